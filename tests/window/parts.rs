//! Fetching a part: what failed, what is missing.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

/// How many requests the tab counts.
fn requests(window: &Window) -> usize {
    let told = window.query_all_by_role(Role::Tab).find_map(|tab| {
        let told = tab.accesskit_node().label()?;
        told.strip_prefix("Requests ").and_then(|count| count.parse().ok())
    });
    told.unwrap_or(0)
}

#[test]
fn what_failed_is_retried_and_what_is_known_is_not_asked_again() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    paste_into(&mut window, "Players to add", "TigerShark, VantaLynx, QuietOrbit,");
    turn_on(&mut window, "403-user");
    fetch(&mut window);
    assert!(has(&window, "9 failed"), "{}", everything_told(&window));
    assert!(has(&window, "TigerShark, Kills: failed, 403"));
    assert!(has(&window, "VantaLynx, Kills: 1,908"), "the others have their values");
    click(&mut window, Role::Button, "Turn off");
    let before = requests(&window);
    click(&mut window, Role::Button, "Retry failed");
    window.run_steps(2);
    settle(&mut window);
    assert!(!has(&window, "failed"), "{}", everything_told(&window));
    assert!(has(&window, "TigerShark, Kills: "));
    assert_eq!(requests(&window), before + 1, "one request for one player");
    assert!(has(&window, "VantaLynx, Kills: 1,908"));
}

#[test]
fn what_is_missing_is_a_new_player_and_a_new_stat() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    paste_into(&mut window, "Players to add", "TigerShark, VantaLynx, QuietOrbit,");
    fetch(&mut window);
    assert!(window.query_by_role_and_label(Role::Button, "Fetch missing").is_none());
    click_first(&mut window, "QuietOrbit, 2");
    window.key_press(Key::Delete);
    window.run();
    paste_into(&mut window, "Players to add", "NobodyKnowsMe,");
    click(&mut window, Role::CheckBox, "FlagCaptures, Iron Meridian");
    settle(&mut window);
    let before = requests(&window);
    click(&mut window, Role::Button, "More ways to fetch");
    assert!(has(&window, "Fetch all: 30 values"), "{}", everything_told(&window));
    until(&mut window, "what parts would cost", |window| has(window, "Retry failed: nothing"));
    assert!(has(&window, "Fetch missing: 12 values"), "{}", everything_told(&window));
    let retry = window.get_by_role_and_label(Role::Button, "Retry failed: nothing");
    assert!(retry.accesskit_node().is_disabled());
    window.key_press(Key::Escape);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    window.run_steps(2);
    settle(&mut window);
    assert!(has(&window, "TigerShark, FlagCaptures: "), "{}", everything_told(&window));
    assert!(has(&window, "NobodyKnowsMe, not found"));
    let asked = requests(&window) - before;
    assert!(asked <= 3, "a look-up, and the new stat of those that are known: {asked}");
}

#[test]
fn the_menu_says_what_each_kind_would_ask() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "More ways to fetch");
    assert!(has(&window, "Fetch all: 216 values"), "{}", everything_told(&window));
    until(&mut window, "what a part would cost", |window| has(window, "Fetch missing: nothing"));
    let before = requests(&window);
    click(&mut window, Role::Button, "Fetch all: 216 values");
    window.run_steps(2);
    settle(&mut window);
    assert!(requests(&window) > before);
}
