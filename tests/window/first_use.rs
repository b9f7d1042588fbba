//! The first start, and the main job.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::ui::StartService;

use crate::desk::*;

#[test]
fn the_first_start_shows_sample_values_and_then_rests() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    assert!(has(&window, "Sample data. Add a token to see real players."));
    assert!(has(&window, "HexaWren, Kills: 5,424"), "values of the first query are there");
    assert!(has(&window, "24 players × 9 stats in 2 titles = 216 values"));
    window.run();
    assert!(!window.ctx.has_requested_repaint(), "an idle window asks for no frame");
}

#[test]
fn the_sample_can_be_forced() {
    let home = tempfile::tempdir().unwrap();
    let window = open_with(home.path(), &store(), StartService::Sample);
    assert!(has(&window, "HexaWren, Kills: 5,424"));
}

#[test]
fn the_main_job_from_typing_to_the_chart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    assert!(has(&window, "24 players removed."));
    assert!(has(&window, "Add at least one player"));
    type_into(&mut window, "Players to add", "TigerShark");
    window.key_press(Key::Enter);
    window.run();
    paste_into(&mut window, "Players to add", "QuietOrbit\nOkapiPrime\nno<name\nNobodyKnowsMe\nQuietOrbit");
    assert!(has(&window, "no<name, to correct"));
    assert!(has(&window, "1 player was in the list already"));
    click(&mut window, Role::CheckBox, "Deaths, Iron Meridian");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(2);
    settle(&mut window);
    assert!(has(&window, "TigerShark, Kills: "));
    assert!(has(&window, "NobodyKnowsMe, not found"));
    assert!(window.query_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian").is_none());
    assert!(has(&window, "1 not found · 1 to correct"));
    // Clicking a player in the list selects them in the grid, and the chart follows.
    window.query_all_by_label_contains("TigerShark, 2").next().unwrap().click();
    window.run();
    assert!(has(&window, "1 player"), "the chart draws the selected player");
}

#[test]
fn bad_input_is_answered_where_it_was_typed_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    paste_into(&mut window, "Players to add", "99999999999999999999999, 12345");
    assert!(has(&window, "99999999999999999999999, to correct"));
    click(&mut window, Role::Button, "Take as a XUID: 12345");
    assert!(has(&window, "xuid:12345"));
    click(&mut window, Role::Button, "Add title or stats");
    type_into(&mut window, "Title name", "My game");
    type_into(&mut window, "SCID", "7492baca c1b4");
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills");
    click(&mut window, Role::Button, "Add title");
    assert!(has(&window, "This is no SCID: it has a space inside"));
    assert_eq!(
        window.get_by_role_and_label(Role::TextInput, "SCID").value().as_deref(),
        Some("7492baca c1b4"),
        "nothing typed is lost"
    );
}

#[test]
fn lines_that_come_in_one_frame_stay_apart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    window.get_by_role_and_label(Role::MultilineTextInput, "Players to add").focus();
    window.run();
    for name in ["TigerShark", "QuietOrbit", "OkapiPrime"] {
        window.event(egui::Event::Text(name.to_owned()));
        window.key_press(Key::Enter);
    }
    window.event(egui::Event::Text("Half".to_owned()));
    window.run();
    for name in ["TigerShark, ", "QuietOrbit, ", "OkapiPrime, "] {
        assert!(has(&window, name), "{name}");
    }
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Players to add");
    assert_eq!(field.value().as_deref(), Some("Half"));
}

#[test]
fn a_line_is_corrected_in_place() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    paste_into(&mut window, "Players to add", "no<name, TigerShark");
    click_first(&mut window, "no<name, to correct");
    window.key_press(Key::F2);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("QuietOrbit".to_owned()));
    window.key_press(Key::Enter);
    window.run();
    assert!(!has(&window, "no<name"));
    assert!(has(&window, "QuietOrbit, 2"), "what was known of a player is there at once");
}

#[test]
fn a_cleared_list_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    assert!(has(&window, "The query changed since this fetch"));
    click(&mut window, Role::Button, "Undo");
    assert!(has(&window, "24 players × 9 stats"));
    assert!(!has(&window, "The query changed since this fetch"));
}

#[test]
fn sorting_by_a_header_and_selecting_move_grid_and_chart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let top = |window: &Window, name: &str| {
        window
            .get_by_label(&format!("{name}, Deaths: {}", if name == "HexaWren" { "2,446" } else { "1,702" }))
            .rect()
            .top()
    };
    assert!(top(&window, "HexaWren") < top(&window, "OkapiPrime"));
    let greatest = "밤하늘 여우#119, Deaths: 3,556";
    for is_shown in [true, false] {
        window
            .query_all_by_role(Role::ColumnHeader)
            .find(|node| node.accesskit_node().label().is_some_and(|l| l.starts_with("Deaths")))
            .unwrap()
            .click();
        window.run();
        assert_eq!(has(&window, greatest), is_shown, "the greatest stand first, then last");
    }
    click(&mut window, Role::Button, "More");
    click_first(&mut window, "Order: Deaths");
    click_first(&mut window, "Turn round order by Deaths");
    assert!(has(&window, greatest), "the greatest stand first again");
    window.key_press(Key::Escape);
    window.run();
    assert!(window.query_by_label_contains("MinutesPlayed for 24 players").is_some());
    click_first(&mut window, greatest);
    assert!(has(&window, "1 selected"), "the chart follows");
    assert!(has(&window, "Selected 1 × 1"));
}
