//! What is left of a fetch when the program ends in its middle, and what the user chose of requests.

use std::{path::Path, sync::Arc};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use keyring_core::CredentialStore;

use crate::desk::*;

/// A session that ends while some of its requests are answered and others are not.
fn cut_short(home: &Path, store: &Arc<CredentialStore>) {
    let mut window = open(home, store);
    open_settings(&mut window);
    set_number(&mut window, "Users per request", "2");
    window.key_press(Key::Escape);
    window.run();
    turn_on_with(&mut window, "stall", "50%");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "some values and a stall", |window| {
        let answered = window.query_all_by_label_contains(" values so far").next().is_some();
        answered && window.query_all_by_label("0 values").next().is_none()
    });
    window.run_steps(20);
}

#[test]
fn a_fetch_that_was_cut_short_is_offered_to_be_gone_on_with() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    cut_short(home.path(), &store);
    let mut window = open(home.path(), &store);
    assert!(
        has(&window, "The fetch of ") && has(&window, " was cut short: "),
        "{}",
        everything_told(&window)
    );
    assert!(has(&window, " of 216 values are here."), "{}", everything_told(&window));
    assert!(!has(&window, "210 values"), "{}", everything_told(&window));
    click(&mut window, Role::Button, "Go on");
    window.run_steps(2);
    settle(&mut window);
    assert!(has(&window, "210 values") && !has(&window, "failed"), "{}", everything_told(&window));
    assert!(!has(&window, "was cut short"));
}

#[test]
fn the_offer_can_be_dismissed() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    cut_short(home.path(), &store);
    let mut window = open(home.path(), &store);
    let told = window.query_all_by_label_contains(" was cut short: ").next().unwrap().rect();
    let close = window.query_all_by_role_and_label(Role::Button, "Dismiss this line");
    let close = close.min_by_key(|close| (close.rect().center().y - told.center().y).abs() as i64);
    close.unwrap().click();
    window.run();
    assert!(!has(&window, "was cut short"));
}

#[test]
fn what_was_chosen_of_requests_is_kept_and_kept_to() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open(home.path(), &store);
    open_settings(&mut window);
    set_number(&mut window, "Users per request", "7");
    set_number(&mut window, "Requests at once", "99");
    window.key_press(Key::Escape);
    window.run();
    settle(&mut window);
    assert!(has(&window, "4 requests"), "24 players by 7: {}", everything_told(&window));
    drop(window);
    let mut window = open(home.path(), &store);
    assert!(has(&window, "4 requests"), "{}", everything_told(&window));
    open_settings(&mut window);
    let value = |window: &Window, label: &str| {
        let mut fields = window.query_all_by_label(label);
        let field = fields.find(|field| field.accesskit_node().role() == Role::SpinButton);
        field.and_then(|field| field.accesskit_node().numeric_value())
    };
    assert_eq!(value(&window, "Users per request"), Some(7.0));
    assert_eq!(value(&window, "Requests at once"), Some(32.0), "no more than may be");
    click(&mut window, Role::Button, "Back to the usual");
    window.key_press(Key::Escape);
    window.run();
    settle(&mut window);
    assert!(has(&window, "1 request,"), "{}", everything_told(&window));
}

fn open_settings(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    click_first(window, "Request settings");
}

fn set_number(window: &mut Window, label: &str, number: &str) {
    let field =
        window.query_all_by_label(label).find(|field| field.accesskit_node().role() == Role::SpinButton);
    field.unwrap().click();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(number.to_owned()));
    window.key_press(Key::Enter);
    window.run();
}

#[test]
fn a_fault_that_passes_costs_no_value() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    turn_on_with(&mut window, "429-bare", "first 1");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "a wait", |window| has(window, "Retry now"));
    window.query_all_by_role_and_label(Role::Button, "Retry now").next().unwrap().click();
    until(&mut window, "the end", |window| has(window, "fetched "));
    settle(&mut window);
    assert!(has(&window, "210 values") && !has(&window, "failed"), "{}", everything_told(&window));
}
