//! Columns moved, pinned, dropped and added.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use statlens::{
    model::{Cohort, Reference},
    ui::compare::CompareAction,
};

use crate::world::*;

const BOTH: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn head<'a>(harness: &'a Screen, name: &'a str) -> egui_kittest::Node<'a> {
    let found = harness.query_all_by_role(Role::ColumnHeader).find(|node| {
        use egui_kittest::kittest::NodeT;
        node.accesskit_node().label().is_some_and(|label| label.starts_with(name))
    });
    found.unwrap_or_else(|| panic!("there is no column {name:?}"))
}

fn click_head(harness: &mut Screen, name: &str) {
    head(harness, name).click();
    harness.run();
}

#[test]
fn keys_move_and_drop_columns() {
    let mut harness = harness(usual(), SIZE);
    click_head(&mut harness, "TigerShark");
    press(&mut harness, BOTH, Key::ArrowRight);
    assert_eq!(heads(&harness), ["Okapi#12", "TigerShark", "QuietOrbit"]);
    press(&mut harness, BOTH, Key::ArrowRight);
    press(&mut harness, BOTH, Key::ArrowRight);
    assert_eq!(heads(&harness), ["Okapi#12", "QuietOrbit", "TigerShark"], "the keyboard stays on it");
    assert!(has(&harness, "TigerShark, reference, best in 1 of 4, blue circle"), "its colour goes with it");
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(heads(&harness), ["Okapi#12", "TigerShark"]);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::R);
    assert!(has(&harness, "Okapi#12, reference"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().actions.last(), Some(&CompareAction::Show(1)));
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::Delete);
    }
    assert!(has(&harness, "Nobody is compared yet"));
}

#[test]
fn the_menu_of_a_column_does_the_same() {
    let mut harness = harness(usual(), SIZE);
    click(&mut harness, Role::Button, "Menu of QuietOrbit");
    click(&mut harness, Role::Button, "Pin");
    assert_eq!(heads(&harness), ["QuietOrbit", "TigerShark", "Okapi#12"]);
    assert!(has(&harness, "pink square, pinned"));
    click(&mut harness, Role::Button, "Menu of TigerShark");
    click(&mut harness, Role::Button, "Move right");
    assert_eq!(heads(&harness), ["QuietOrbit", "Okapi#12", "TigerShark"]);
    click(&mut harness, Role::Button, "Menu of Okapi#12");
    click(&mut harness, Role::Button, "Drop");
    assert_eq!(heads(&harness), ["QuietOrbit", "TigerShark"]);
    head(&harness, "QuietOrbit").click_secondary();
    harness.run();
    click(&mut harness, Role::Button, "Unpin");
    assert_eq!(harness.state().query.compare.pinned(), 0);
}

#[test]
fn the_menu_opens_by_a_key_and_is_gone_through_by_keys() {
    let mut harness = harness(usual(), SIZE);
    click_head(&mut harness, "Okapi#12");
    press(&mut harness, Modifiers::SHIFT, Key::F10);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "orange triangle, pinned"));
    press(&mut harness, Modifiers::NONE, Key::P);
    assert_eq!(harness.state().query.compare.pinned(), 0, "the table has the keyboard again");
}

#[test]
fn a_column_is_dragged_to_another_place() {
    let mut harness = harness(usual(), SIZE);
    let from = head(&harness, "TigerShark").rect().center();
    let to = head(&harness, "QuietOrbit").rect().center();
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run();
    assert_eq!(heads(&harness), ["Okapi#12", "QuietOrbit", "TigerShark"]);
}

#[test]
fn the_pinned_stays_in_sight_when_columns_scroll() {
    let mut world = usual();
    for name in &NAMES[3..] {
        let who = world.query.players[NAMES.iter().position(|other| other == name).unwrap()]
            .read()
            .unwrap()
            .clone();
        world.query.compare.add(Reference::Player(who)).unwrap();
    }
    world.query.compare.pin(1, true);
    world.folded = true;
    let mut harness = harness(world, egui::Vec2::new(640.0, 500.0));
    let pinned = head(&harness, "Okapi#12").rect();
    click_head(&mut harness, "Okapi#12");
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(head(&harness, "Okapi#12").rect(), pinned);
    let last = head(&harness, "HexaWren").rect();
    assert!(last.left() >= pinned.right() && last.right() <= 641.0, "{last:?}");
}

#[test]
fn players_groups_and_figures_are_found_and_added() {
    let mut harness = harness(usual(), SIZE);
    press(&mut harness, Modifiers::NONE, Key::A);
    harness.run();
    harness.event(Event::Text("hexa".into()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(heads(&harness)[3], "HexaWren");
    harness.event(Event::Text("pros".into()));
    harness.run();
    click(&mut harness, Role::Button, "median of Pros");
    assert_eq!(heads(&harness)[4], "median of Pros");
    harness.event(Event::Text("nobody of that name".into()));
    harness.run();
    assert!(has(&harness, "Nobody has such a name"));
}

#[test]
fn nobody_is_added_twice_and_no_ninth() {
    let mut harness = harness(usual(), SIZE);
    press(&mut harness, Modifiers::NONE, Key::A);
    harness.event(Event::Text("tiger".into()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().refused, ["Already compared: nobody stands there twice."]);
    for percent in 1..=5 {
        let who = Reference::Percentile(percent, Cohort::All);
        harness.state_mut().query.compare.add(who).unwrap();
    }
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::A);
    harness.event(Event::Text("hexa".into()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().refused[1].starts_with("Eight are the most"), "{:?}", harness.state().refused);
    assert_eq!(harness.state().query.compare.contestants.len(), 8);
}
