//! The sample service's faults and limits, from the window.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

const WARNING: &str = "The sample service answers wrongly on purpose";

#[test]
fn the_requests_screen_leads_to_where_limits_are_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num5);
    window.run();
    click(&mut window, Role::Button, "Choose limits");
    assert!(has(&window, "Fast-forward 5 minutes"), "{}", everything_told(&window));
}

#[test]
fn a_fault_is_turned_on_tuned_warned_of_and_turned_off() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open(home.path(), &store);
    assert!(!has(&window, WARNING));
    open_faults(&mut window);
    for told in ["Refusals that last", "Odd answers", "all off"] {
        assert!(has(&window, told), "{told}");
    }
    click(&mut window, Role::CheckBox, "413");
    assert!(has(&window, "1 on") && has(&window, "1 fault is on"));
    paste_over(&mut window, "Parameter of 413", "none at all");
    assert!(has(&window, "413: write a whole number"), "{}", everything_told(&window));
    paste_over(&mut window, "Parameter of 413", "10");
    assert!(!has(&window, "413: write"));
    window.key_press(egui::Key::Escape);
    window.run();
    fetch(&mut window);
    assert!(has(&window, "210 values"), "requests are halved until they fit: {}", everything_told(&window));
    drop(window);
    let mut window = open(home.path(), &store);
    assert!(!has(&window, WARNING), "a first try is clean");
    turn_on(&mut window, "shuffle");
    turn_on(&mut window, "doubles");
    assert!(has(&window, "2 faults are on"));
    click(&mut window, Role::Button, "Turn off");
    assert!(!has(&window, WARNING));
    open_faults(&mut window);
    let switch = window.get_by_role_and_label(Role::CheckBox, "shuffle");
    assert_eq!(switch.accesskit_node().toggled(), Some(egui::accesskit::Toggled::False));
}

#[test]
fn limits_as_documented_are_waited_for_and_fast_forwarded() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    assert!(has(&window, "The rate limits here are ten times as generous."));
    open_faults(&mut window);
    click(&mut window, Role::CheckBox, "As documented");
    assert!(!has(&window, "ten times as generous"));
    window.key_press(egui::Key::Escape);
    window.run();
    let names: Vec<String> = (0..40).map(|number| format!("Newcomer {number}")).collect();
    paste_into(&mut window, "Players to add", &names.join("\n"));
    settle(&mut window);
    assert!(has(&window, "40 new gamertags: "), "{}", everything_told(&window));
    assert!(has(&window, " at 30 per 5 minutes; "), "{}", everything_told(&window));
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    until(&mut window, "the limit to hold", |window| has(window, "aiting for the profile limit: "));
    assert!(has(&window, "Budget: profile waits "), "{}", everything_told(&window));
    assert!(window.query_by_role_and_label(Role::Button, "Retry now").is_none(), "no retry helps");
    assert!(window.query_all_by_role_and_label(Role::Button, "Stop").next().is_some());
    open_faults(&mut window);
    let is_over = |window: &Window| has(window, "fetched ");
    while !is_over(&window) {
        click(&mut window, Role::Button, "Fast-forward 5 minutes");
        until(&mut window, "the next wait, or the end", |window| {
            is_over(window) || has(window, "limit: 0:1")
        });
    }
    settle(&mut window);
    assert!(has(&window, "40 not found"), "{}", everything_told(&window));
}

#[test]
fn there_is_no_panel_beside_real_players() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    turn_on(&mut window, "500");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::T);
    window.run();
    click(&mut window, Role::Button, "Xbox Live");
    settle(&mut window);
    assert!(!has(&window, WARNING) && !has(&window, "Faults and limits…"), "{}", everything_told(&window));
}
