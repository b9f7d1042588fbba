//! The bars: what is drawn, what is refused and why, and the keyboard.

use std::sync::Arc;

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};
use statlens::model::{BarScale, BarsChart, StatTable};

use crate::{
    clicked, key_press,
    world::{IRON, SIZE, World, column, harness, key, large, rows, small, wide, world},
};

fn charted(mut world: World, stats: &[&str], scale: BarScale) -> World {
    let stats = stats.iter().map(|stat| key(IRON, stat)).collect();
    world.query.charts = vec![BarsChart { stats, scale }];
    world
}

fn one_stat(stat_type: &str, cells: &[&str]) -> World {
    let names = ["A", "B", "C", "D", "E"];
    let world = world(rows(&names[..cells.len()]), vec![column(IRON, "X", stat_type, cells)]);
    charted(world, &["X"], BarScale::Value)
}

fn is_drawn(harness: &Harness<'_, World>) -> bool {
    harness.query_all_by_role(Role::GraphicsObject).next().is_some()
}

#[test]
fn hard_values_are_drawn_or_their_lack_is_told() {
    for (cells, drawn) in [
        (vec!["-5", "3", "-"], true),
        (vec!["7"], true),
        (vec!["7", "7", "7"], true),
        (vec!["0", "0"], true),
        (vec!["1000000000000000000", "999999999999999999", "-1000000000000000000"], true),
        (vec!["1e308", "-1e308"], true),
        (vec!["-", "!"], false),
    ] {
        let mut harness = harness(one_stat("Double", &cells), SIZE);
        assert_eq!(is_drawn(&harness), drawn, "{cells:?}");
        harness.state_mut().query.charts[0].scale = BarScale::ShareOfGreatest;
        harness.run();
        assert_eq!(is_drawn(&harness), drawn, "{cells:?}");
    }
}

#[test]
fn texts_are_refused_with_the_reason() {
    let mut harness = harness(one_stat("String", &["gold", "silver"]), SIZE);
    assert!(!is_drawn(&harness));
    harness.get_by_label("X holds texts: bars need numbers.");
    let table = StatTable::from_parts(
        rows(&["A", "B"]),
        vec![column(IRON, "X", "String", &["gold", "1"]), column(IRON, "Y", "Integer", &["4", "-"])],
    );
    let world = harness.state_mut();
    world.table = Arc::new(table.unwrap());
    world.revision += 1;
    world.query.charts[0].stats.push(key(IRON, "Y"));
    harness.run();
    harness.get_by_role_and_label(Role::Figure, "Bars of Y for 2 players");
    harness.get_by_label("X holds texts: bars need numbers · 1 player has no value of Y");
}

#[test]
fn without_a_choice_stats_of_like_size_are_drawn() {
    let harness = harness(wide(), SIZE);
    harness.get_by_role_and_label(Role::Figure, "Bars of Kills, Deaths, Headshots for 14 players");
}

#[test]
fn the_keyboard_goes_through_the_groups_and_selects() {
    let mut harness = harness(charted(small(), &["Kills"], BarScale::Value), SIZE);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    key_press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    key_press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.selected_players(), [1]);
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state.selected_players().is_empty());
    key_press(&mut harness, Modifiers::NONE, Key::End);
    key_press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(harness.state().state.selected_players(), [3]);
}

#[test]
fn many_players_scroll_and_the_rest_is_counted() {
    let mut harness = harness(charted(large(2_500, 2), &["Stat0"], BarScale::Value), SIZE);
    harness.get_by_label("First 2,000 of 2,500 players");
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    key_press(&mut harness, Modifiers::NONE, Key::End);
    let last = format!("1999: Stat0 {}", 1999 * 7919 % 2_500);
    let plain: Vec<_> = harness.query_all_by_role(Role::GraphicsObject).collect();
    assert!(plain.len() < 100, "only what is in sight is drawn: {}", plain.len());
    harness.get_by_label_contains(&last[..11]);
}

#[test]
fn hovering_bars_lights_their_row_and_the_other_way_round() {
    let mut harness = harness(charted(small(), &["Kills", "Deaths"], BarScale::Value), SIZE);
    clicked(&mut harness, Role::ColumnHeader, "Player");
    let at_rest = harness.render().unwrap();
    let pixel = |harness: &mut Harness<'_, World>, at: egui::Pos2| {
        harness.render().unwrap().get_pixel(at.x as u32, at.y as u32).0
    };
    let row = harness.get_by_role_and_label(Role::RowHeader, "TigerShark").rect().right_center()
        - Vec2::new(5.0, 0.0);
    let bars =
        harness.get_by_label("TigerShark: Kills 1,903, Deaths 10").rect().left_top() + Vec2::new(3.0, 3.0);
    let before = |at: egui::Pos2| at_rest.get_pixel(at.x as u32, at.y as u32).0;
    harness.hover_at(bars);
    harness.run_steps(3);
    assert_ne!(pixel(&mut harness, row), before(row), "the row is lit");
    harness.hover_at(row);
    harness.run_steps(3);
    assert_ne!(pixel(&mut harness, bars), before(bars), "the bars are lit");
}

#[test]
fn the_picture_of_hard_bars_stays() {
    let cells = ["-420", "880", "-", "0", "310"];
    let world = world(
        rows(&["Нова Звезда#4410", "A very long name indeed#12", "Nobody", "Zero", "Ploy"]),
        vec![
            column(IRON, "Score", "Integer", &cells),
            column(IRON, "Rank", "String", &["a", "b", "c", "d", "e"]),
        ],
    );
    let mut world = charted(world, &["Score", "Rank"], BarScale::Value);
    world.fetched_at = None;
    let mut harness = harness(world, Vec2::new(760.0, 600.0));
    harness.snapshot("explore_bars");
}
