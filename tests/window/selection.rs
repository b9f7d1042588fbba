//! What is selected, summed up in the bar at the bottom.

use egui::{Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;

use crate::desk::*;

/// The first of what a label begins with, such as a cell of the grid.
fn cell<'a>(window: &'a Window, label: &'a str) -> egui_kittest::Node<'a> {
    window.query_all_by_label_contains(label).next().unwrap_or_else(|| panic!("no {label}"))
}

#[test]
fn figures_of_a_selection_are_written_as_their_column_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    cell(&window, "HexaWren, BestLap.Track.04: 1:06.981").click();
    window.run();
    cell(&window, "DunePilot77, BestLap.Track.04: 1:13.611").click_modifiers(Modifiers::SHIFT);
    window.run();
    for figure in ["Selected 2 × 1", "Sum 2:20.592", "Mean 1:10.296", "Min 1:06.981", "Max 1:13.611"] {
        assert!(has(&window, figure), "{figure}: {}", everything_told(&window));
    }
    cell(&window, "DunePilot77, RacesWon: 279").click_modifiers(Modifiers::SHIFT);
    window.run();
    for figure in ["Selected 2 × 2", "Sum 1,738.592", "Min 66.981", "Max 1,319"] {
        assert!(has(&window, figure), "times and counts have no form in common, {figure}");
    }
}

#[test]
fn esc_leaves_the_selection_wherever_the_keyboard_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    for (role, label) in [(Role::CheckBox, "Show Casual"), (Role::CheckBox, "Bars")] {
        cell(&window, "HexaWren, Deaths").click();
        window.run();
        assert!(has(&window, "Selected 1 × 1"));
        click(&mut window, role, label);
        assert!(has(&window, "Selected 1 × 1"), "{label}");
        window.key_press(egui::Key::Escape);
        window.run();
        assert!(!has(&window, "Selected 1 × 1"), "{label}");
    }
}

#[test]
fn the_keyboard_is_in_the_chart_where_players_were_marked_out() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.get_by_label("Players to add").focus();
    window.run();
    let chart = window.get_by_role(Role::Figure).rect();
    window.drag_at(chart.left_top() + chart.size() * 0.1);
    window.step();
    window.hover_at(chart.left_top() + chart.size() * 0.5);
    window.step();
    window.drop_at(chart.left_top() + chart.size() * 0.9);
    window.run();
    assert!(has(&window, "Selected "), "{}", everything_told(&window));
    window.key_press(egui::Key::Escape);
    window.run();
    assert!(!has(&window, "Selected "));
}

#[test]
fn a_click_that_closes_a_panel_selects_nothing_below_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    cell(&window, "HexaWren, Kills").click();
    window.run();
    cell(&window, "HexaWren, Deaths").click_modifiers(Modifiers::SHIFT);
    window.run();
    for keys in [(Modifiers::COMMAND, egui::Key::T), (Modifiers::COMMAND | Modifiers::SHIFT, egui::Key::P)] {
        let is_open = |window: &Window| {
            has(window, "Copy picture")
                || window.query_by_role_and_label(Role::PasswordInput, "Token").is_some()
        };
        assert!(!is_open(&window));
        window.key_press_modifiers(keys.0, keys.1);
        window.run();
        assert!(is_open(&window), "{}", everything_told(&window));
        cell(&window, "HexaWren, Kills").click();
        window.run();
        assert!(!is_open(&window), "the click closes it");
        assert!(has(&window, "Selected 1 × 2"), "and does nothing else: {}", everything_told(&window));
    }
    cell(&window, "HexaWren, Kills").click();
    window.run();
    assert!(has(&window, "Selected 1 × 1"), "the next click selects");
}
