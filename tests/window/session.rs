//! What comes back after a restart, and a simulated play session.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;

use crate::desk::*;

#[test]
fn a_restart_brings_back_query_text_and_results() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open(home.path(), &store);
    empty_list(&mut window);
    paste_into(&mut window, "Players to add", "TigerShark, QuietOrbit");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(2);
    settle(&mut window);
    type_into(&mut window, "Players to add", "Half typ");
    drop(window);
    let window = open(home.path(), &store);
    assert!(has(&window, "TigerShark, Kills: "), "the last results are there");
    assert!(!has(&window, "OkapiPrime"));
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Players to add");
    assert_eq!(field.value().as_deref(), Some("Half typ"));
    assert!(has(&window, "2 players × 9 stats"));
}

#[test]
fn a_restart_brings_back_how_the_results_were_looked_at() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let window = open(home.path(), &store);
    assert!(has(&window, "Kills, Iron Meridian, sorted descending"));
    drop(window);
    let window = open(home.path(), &store);
    assert!(has(&window, "Kills, Iron Meridian, sorted descending"), "{}", everything_told(&window));
}

#[test]
fn a_play_session_moves_the_values() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    assert!(has(&window, "HexaWren, Kills: 5,424"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    click(&mut window, Role::Button, "Simulate a play session");
    settle(&mut window);
    assert!(has(&window, "HexaWren, Kills: "));
    assert!(!has(&window, "HexaWren, Kills: 5,424"), "three matches were played");
}
