//! What the inspector tells of the numbers that the grid shows in place of those sent.

use egui::accesskit::Role;
use egui_kittest::{Harness, kittest::Queryable};
use statlens::model::{DerivedColumn, Normalise};

use crate::{
    clicked,
    world::{IRON, SIZE, World, column, harness, rows, world},
};

fn players(normalise: Normalise) -> World {
    let mut world = world(
        rows(&["Ada", "Bob", "Cid"]),
        vec![
            column(IRON, "Kills", "Integer", &["1000", "2500", "-"]),
            column(IRON, "Wins", "Integer", &["0", "0", "0"]),
        ],
    );
    world.query.view.derived = vec![DerivedColumn { name: "half".into(), formula: "Kills / 2".into() }];
    world.query.view.normalise = normalise;
    world
}

fn has(harness: &Harness<'_, World>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn a_value_is_told_as_sent_and_as_the_grid_shows_it() {
    let mut harness = harness(players(Normalise::Difference), SIZE);
    clicked(&mut harness, Role::Cell, "Ada, Kills: −750");
    harness.get_by_label("1000");
    harness.get_by_label("Integer, JSON string, as sent by the service");
    harness.get_by_label("In the grid: difference from median of all");
    harness.get_by_label("−750");
    harness.state_mut().query.view.normalise = Normalise::ShareOfGreatest;
    harness.run();
    harness.get_by_label("1000");
    harness.get_by_label("In the grid: % of the column's maximum");
    harness.get_by_label("40.0 %");
    harness.state_mut().query.view.normalise = Normalise::Raw;
    harness.run();
    harness.get_by_label("1000");
    assert!(!has(&harness, "In the grid"), "there it is the same");
}

#[test]
fn a_value_that_the_grid_cannot_show_is_told_with_the_reason() {
    let mut harness = harness(players(Normalise::Ratio), SIZE);
    harness.get_by_label_contains("Bob, Wins: no value").click();
    harness.run();
    harness.get_by_label("In the grid: ratio to median of all");
    harness.get_by_label("The reference is 0 in this column, and nothing is a multiple of 0.");
    clicked(&mut harness, Role::Cell, "Cid, Kills: no value");
    assert!(!has(&harness, "In the grid"), "nothing was sent that it could show");
}

#[test]
fn a_formula_is_told_as_it_came_out_and_as_the_grid_shows_it() {
    let mut harness = harness(players(Normalise::Difference), SIZE);
    clicked(&mut harness, Role::Cell, "Bob, half: +375");
    harness.get_by_label("1,250");
    harness.get_by_label("1250, worked out from other values");
    harness.get_by_label("In the grid: difference from median of all");
    harness.get_by_label("+375");
}

#[test]
fn the_list_of_a_player_holds_both() {
    let mut harness = harness(players(Normalise::Ratio), SIZE);
    clicked(&mut harness, Role::RowHeader, "Bob");
    harness.get_by_label("In the grid");
    harness.get_by_role_and_label(Role::ListItem, "Kills, 2,500 as sent, 1.43× in the grid");
    harness.get_by_role_and_label(Role::ListItem, "Wins, 0 as sent, no value in the grid");
    harness.get_by_role_and_label(Role::ListItem, "half, 1,250 as worked out, 1.43× in the grid");
    clicked(&mut harness, Role::RowHeader, "Cid");
    assert!(!has(&harness, "Kills, no value as sent"));
    harness.state_mut().query.view.normalise = Normalise::Raw;
    harness.run();
    assert!(!has(&harness, "in the grid"));
}

#[test]
fn sums_say_what_they_are_of() {
    let mut harness = harness(players(Normalise::ZScore), SIZE);
    harness.get_by_label("Of what the grid shows: z-score");
    clicked(&mut harness, Role::RowHeader, "Ada");
    harness.get_by_role_and_label(Role::RowHeader, "Bob").click_modifiers(egui::Modifiers::SHIFT);
    harness.run();
    harness.get_by_label("Of what the grid shows: z-score");
    harness.state_mut().query.view.normalise = Normalise::Raw;
    harness.run();
    assert!(!has(&harness, "Of what the grid shows"));
}

#[test]
fn the_switch_says_what_follows_it() {
    let mut harness = harness(players(Normalise::Raw), SIZE);
    harness.get_by_label("Values: raw").hover();
    harness.run();
    harness.get_by_label("What stands in place of each number: grid, chart and inspector follow it");
}
