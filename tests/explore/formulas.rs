//! The editor of formulas, by accessible names.

use egui::{Event, Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::DerivedColumn;

use crate::{
    clicked, key_press,
    world::{IRON, World, column, harness, rows, world},
};

const ROOMY: Vec2 = Vec2::new(1700.0, 900.0);

fn players() -> World {
    world(
        rows(&["Ada", "Bob", "Cid"]),
        vec![
            column(IRON, "Kills", "Integer", &["100", "200", "-"]),
            column(IRON, "Deaths", "Integer", &["50", "0", "10"]),
        ],
    )
}

fn has(harness: &Harness<'_, World>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

fn begin(harness: &mut Harness<'_, World>) {
    let chip = harness
        .query_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|name| name.starts_with("Columns")));
    chip.expect("the chip").click();
    harness.run();
    clicked(harness, Role::Button, "New column…");
    harness.run();
}

fn write(harness: &mut Harness<'_, World>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

fn formula(harness: &Harness<'_, World>) -> String {
    let field = harness.get_by_role_and_label(Role::MultilineTextInput, "Formula");
    field.accesskit_node().value().unwrap_or_default()
}

fn derived(harness: &Harness<'_, World>) -> Vec<DerivedColumn> {
    harness.state().query.view.derived.clone()
}

#[test]
fn a_column_is_written_with_names_completed_and_shown() {
    let mut harness = harness(players(), ROOMY);
    begin(&mut harness);
    write(&mut harness, "Ki");
    assert!(has(&harness, "Kills: "), "offered");
    harness.key_press(Key::Tab);
    harness.run();
    write(&mut harness, " / de");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(formula(&harness), "Kills / Deaths");
    harness.get_by_role_and_label(Role::TextInput, "Name of the column").focus();
    harness.run();
    write(&mut harness, "kd");
    clicked(&mut harness, Role::Button, "Add column");
    assert_eq!(derived(&harness), [DerivedColumn { name: "kd".into(), formula: "Kills / Deaths".into() }]);
    harness.get_by_role_and_label(Role::Cell, "Ada, kd: 2");
    assert!(has(&harness, "Bob, kd: no value"), "dividing by zero gives no value");
    assert!(!has(&harness, "Name of the column"), "the editor is closed");
}

#[test]
fn arrows_choose_among_what_is_offered() {
    let mut harness = harness(players(), ROOMY);
    begin(&mut harness);
    write(&mut harness, "r");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(formula(&harness).ends_with('('), "a function: {}", formula(&harness));
    write(&mut harness, "Kil");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(has(&harness, "Name of the column"), "Esc was for the list");
}

#[test]
fn a_mistake_is_told_with_its_place_and_mended() {
    let mut harness = harness(players(), ROOMY);
    begin(&mut harness);
    write(&mut harness, "Kills / Deats");
    assert!(has(&harness, "Character 9: "), "told");
    clicked(&mut harness, Role::Button, "Add column");
    assert_eq!(derived(&harness), []);
    clicked(&mut harness, Role::Button, "Write Deaths");
    assert_eq!(formula(&harness), "Kills / Deaths");
    assert!(!has(&harness, "Character "), "mended");
    assert!(has(&harness, "ivide") || has(&harness, "zero"), "the preview says why Bob has none");
    clicked(&mut harness, Role::Button, "Add column");
    assert_eq!(derived(&harness).len(), 1);
}

#[test]
fn a_column_is_changed_and_removed() {
    let mut players = players();
    players.query.view.derived = vec![
        DerivedColumn { name: "kd".into(), formula: "Kills / Deaths".into() },
        DerivedColumn { name: "twice".into(), formula: "2 * kd".into() },
    ];
    let mut harness = harness(players, ROOMY);
    begin(&mut harness);
    clicked(&mut harness, Role::Button, "Change kd");
    assert_eq!(formula(&harness), "Kills / Deaths");
    harness.get_by_role_and_label(Role::MultilineTextInput, "Formula").focus();
    harness.run();
    key_press(&mut harness, Modifiers::COMMAND, Key::A);
    write(&mut harness, "twice + 1");
    assert!(has(&harness, "Character "), "it would build on itself");
    key_press(&mut harness, Modifiers::COMMAND, Key::A);
    write(&mut harness, "Kills - Deaths");
    clicked(&mut harness, Role::Button, "Change column");
    assert_eq!(derived(&harness)[0].formula, "Kills - Deaths");
    harness.get_by_role_and_label(Role::Cell, "Ada, kd: 50");
    harness.get_by_role_and_label(Role::Cell, "Ada, twice: 100");
    begin(&mut harness);
    clicked(&mut harness, Role::Button, "Change twice");
    clicked(&mut harness, Role::Button, "Remove column");
    assert_eq!(derived(&harness).len(), 1);
}

#[test]
fn the_inspector_says_why_a_formula_gives_nothing() {
    let mut players = players();
    players.query.view.derived = vec![DerivedColumn { name: "kd".into(), formula: "Kills / Deaths".into() }];
    let mut harness = harness(players, ROOMY);
    let cell = harness
        .query_all_by_role(Role::Cell)
        .find(|node| node.accesskit_node().label().is_some_and(|name| name.starts_with("Bob, kd")));
    cell.unwrap().click();
    harness.run();
    assert!(has(&harness, "Deaths is 0") || has(&harness, "zero"), "the reason");
    assert!(has(&harness, "Change formula…"));
}
