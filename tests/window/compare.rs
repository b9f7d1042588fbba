//! Players brought from the grid to the Compare screen, looked at, copied, and all of it taken back.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::ui::Screen;

use crate::desk::*;

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// The names above the columns, from left to right.
fn heads(window: &Window) -> Vec<String> {
    let mut heads: Vec<(f32, String)> = window
        .query_all_by_role(Role::ColumnHeader)
        .map(|node| (node.rect().left(), node.accesskit_node().label().unwrap_or_default()))
        .collect();
    heads.sort_by(|left, right| left.0.total_cmp(&right.0));
    heads.into_iter().map(|(_, name)| name.split(", ").next().unwrap_or_default().to_owned()).collect()
}

fn select(window: &mut Window, names: &[&str]) {
    for (place, name) in names.iter().enumerate() {
        let head = window.get_by_role_and_label(Role::RowHeader, name);
        if place == 0 {
            head.click();
        } else {
            head.click_modifiers(Modifiers::COMMAND);
        }
        window.run();
    }
}

#[test]
fn the_first_query_comes_with_four_players_and_the_median() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    press(&mut window, Modifiers::COMMAND, Key::Num2);
    assert_eq!(
        heads(&window),
        ["TigerShark", "Нова Звезда#4410", "QuietOrbit", "미르 달빛#082", "median of all 24"]
    );
    assert!(has(&window, "4 players and 1 reference · 9 stats in 2 titles"));
    assert!(has(&window, "Better is up, except Deaths and BestLap.Track.04, neither in MinutesPlayed"));
    assert!(window.query_by_label("Players to add").is_none(), "the comparison takes the query's place");
    press(&mut window, Modifiers::COMMAND, Key::I);
    assert!(!has(&window, "Where they differ most"));
    press(&mut window, Modifiers::COMMAND, Key::I);
    assert!(has(&window, "Where they differ most"));
}

#[test]
fn two_players_of_the_grid_are_compared_and_copied_dropped_and_brought_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    select(&mut window, &["QuietOrbit", "HexaWren"]);
    press(&mut window, Modifiers::COMMAND, Key::M);
    assert_eq!(heads(&window), ["HexaWren", "QuietOrbit"], "as they stand in the grid");
    assert!(has(&window, ", best"), "one of them is better in something");
    click(&mut window, Role::Button, "Copy as Markdown");
    assert!(has(&window, "Copied 9 stats of 2 columns as Markdown"));
    click(&mut window, Role::Button, "Menu of QuietOrbit");
    click(&mut window, Role::Button, "Pin");
    click(&mut window, Role::Button, "Menu of HexaWren");
    click(&mut window, Role::Button, "Drop");
    assert_eq!(heads(&window), ["QuietOrbit"]);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(heads(&window), ["QuietOrbit", "HexaWren"]);
    press(&mut window, Modifiers::COMMAND, Key::Num1);
    select(&mut window, &["VantaLynx", "DunePilot77"]);
    click(&mut window, Role::Button, "Compare 2 players");
    let compared = heads(&window);
    assert_eq!((compared[0].as_str(), compared.len()), ("QuietOrbit", 3), "the pinned one stays");
    assert!(["VantaLynx", "DunePilot77"].iter().all(|name| compared.iter().any(|other| other == name)));
    for _ in 0..4 {
        press(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(heads(&window)[0], "TigerShark");
    assert_eq!(heads(&window).len(), 5);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    press(&mut window, Modifiers::COMMAND, Key::M);
    assert!(has(&window, "Select two to eight players in the grid"));
    click(&mut window, Role::RowHeader, "QuietOrbit");
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Modifiers::COMMAND, Key::M);
    assert!(has(&window, "24 players are selected, and eight are the most"));
    click(&mut window, Role::RowHeader, "HexaWren");
    press(&mut window, Modifiers::COMMAND, Key::M);
    assert_eq!(heads(&window).len(), 6, "one alone joins those who are compared");
}

#[test]
fn the_comparison_comes_back_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open_as(home.path(), &store, |config| config.screen = Some(Screen::Compare));
    click(&mut window, Role::Button, "Menu of TigerShark");
    click(&mut window, Role::Button, "Drop");
    settle(&mut window);
    drop(window);
    let window = open(home.path(), &store);
    assert_eq!(heads(&window), ["Нова Звезда#4410", "QuietOrbit", "미르 달빛#082", "median of all 24"]);
}
