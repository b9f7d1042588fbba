//! What is done on a scatter: pointing, selecting, moving, zooming, pinning.

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::Filter;

use crate::{
    clicked, key_press,
    world::{SIZE, World, brisk, harness, large, until, wide},
};

use super::{at, marks, points, scatter, scattered, selected, summary};

pub(super) fn dragged(
    harness: &mut Harness<'_, World>,
    button: PointerButton,
    way: &[Pos2],
    modifiers: Modifiers,
) {
    let press = |pos, pressed| Event::PointerButton { pos, button, pressed, modifiers };
    harness.event_modifiers(Event::PointerMoved(way[0]), modifiers);
    harness.step();
    harness.event_modifiers(press(way[0], true), modifiers);
    harness.step();
    for at in way {
        harness.event_modifiers(Event::PointerMoved(*at), modifiers);
        harness.step();
    }
    harness.event_modifiers(press(way[way.len() - 1], false), modifiers);
    harness.run();
}

pub(super) fn twice_clicked(harness: &mut Harness<'_, World>, at: Pos2) {
    harness.hover_at(at);
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        harness.step();
    }
    harness.run();
}

fn wheel(harness: &mut Harness<'_, World>, at: Pos2, by: f32) {
    harness.hover_at(at);
    harness.step();
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Wheel,
        delta: vec2(0.0, by),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(40);
}

#[test]
fn pointing_lights_the_row_and_the_other_way_round() {
    let mut harness = harness(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    clicked(&mut harness, Role::ColumnHeader, "Player");
    let at_rest = harness.render().unwrap();
    let mark = at(&harness, "TigerShark: Kills 1,903, Deaths 1,098");
    let row =
        harness.get_by_role_and_label(Role::RowHeader, "TigerShark").rect().right_center() - vec2(5.0, 0.0);
    let lit = |harness: &mut Harness<'_, World>, at: Pos2| {
        let now = harness.render().unwrap();
        let around = (-9..=9).flat_map(|x| (-9..=9).map(move |y| (at.x as i32 + x, at.y as i32 + y)));
        around
            .filter(|(x, y)| now.get_pixel(*x as u32, *y as u32) != at_rest.get_pixel(*x as u32, *y as u32))
            .count()
    };
    harness.hover_at(row);
    harness.run_steps(3);
    assert!(lit(&mut harness, mark) > 10, "a ring around the mark");
    harness.hover_at(mark);
    harness.run_steps(3);
    assert!(lit(&mut harness, row) > 10, "the row is lit");
}

#[test]
fn clicks_select_and_the_keys_that_are_held_add() {
    let mut harness = harness(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    harness.get_by_label("TigerShark: Kills 1,903, Deaths 1,098").click();
    harness.run();
    assert_eq!(selected(&harness), [6]);
    harness.get_by_label("WarriorSaint: Kills 360, Deaths 348").click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(selected(&harness), [6, 13]);
    assert_eq!(marks(&harness).len(), 14, "the others stay in sight");
    harness.get_by_label("HexaWren: Kills 1,567, Deaths 1,296").click_accesskit();
    harness.run();
    assert_eq!(selected(&harness), [8]);
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(selected(&harness), [0; 0]);
}

#[test]
fn the_keyboard_goes_from_mark_to_mark() {
    let mut harness = harness(points(&["3", "1", "2"], &["5", "9", "7"]), SIZE);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    let mut went = |key: Key| {
        key_press(&mut harness, Modifiers::NONE, key);
        harness.get_by_role(Role::Figure).accesskit_node().value().unwrap_or_default()
    };
    assert_eq!(went(Key::ArrowRight), "P1: X 1, Y 9");
    assert_eq!(went(Key::ArrowRight), "P2: X 2, Y 7");
    assert_eq!(went(Key::ArrowUp), "P1: X 1, Y 9");
    assert_eq!(went(Key::ArrowDown), "P2: X 2, Y 7");
    assert_eq!(went(Key::End), "P0: X 3, Y 5");
    assert_eq!(went(Key::ArrowRight), "P0: X 3, Y 5");
    went(Key::Enter);
    assert_eq!(selected(&harness), [0]);
    key_press(&mut harness, Modifiers::NONE, Key::Home);
    key_press(&mut harness, Modifiers::COMMAND, Key::Space);
    assert_eq!(selected(&harness), [0, 1]);
}

#[test]
fn a_rectangle_and_a_lasso_select() {
    let world = points(&["1", "2", "3", "4"], &["1", "4", "2", "3"]);
    let mut harness = harness(world, SIZE);
    let places: Vec<Pos2> = ["P0: X 1, Y 1", "P1: X 2, Y 4", "P2: X 3, Y 2", "P3: X 4, Y 3"]
        .map(|mark| at(&harness, mark))
        .to_vec();
    let (from, to) = (places[0] + vec2(-9.0, 9.0), pos2(places[1].x + 9.0, places[1].y - 9.0));
    dragged(&mut harness, PointerButton::Primary, &[from, from.lerp(to, 0.5), to], Modifiers::NONE);
    assert_eq!(selected(&harness), [0, 1]);
    let (from, to) = (places[3] + vec2(-15.0, -9.0), places[3] + vec2(9.0, 9.0));
    dragged(&mut harness, PointerButton::Primary, &[from, to], Modifiers::SHIFT);
    assert_eq!(selected(&harness), [0, 1, 3]);
    clicked(&mut harness, Role::Button, "More of the chart");
    harness.get_by_label_contains("Dragging: rectangle").hover();
    harness.run();
    clicked(&mut harness, Role::Button, "Lasso");
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    let around =
        |at: Pos2| [(-12.0, -12.0), (12.0, -12.0), (12.0, 12.0), (-12.0, 12.0)].map(|(x, y)| at + vec2(x, y));
    dragged(&mut harness, PointerButton::Primary, &around(places[2]), Modifiers::NONE);
    assert_eq!(selected(&harness), [2]);
}

#[test]
fn a_double_click_shows_all_again() {
    let mut harness = brisk(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    let mark = at(&harness, "QuietOrbit: Kills 4,531, Deaths 2,894");
    wheel(&mut harness, mark, 400.0);
    assert!(marks(&harness).len() < 14);
    twice_clicked(&mut harness, mark + vec2(-60.0, 30.0));
    assert_eq!(marks(&harness).len(), 14);
}

#[test]
fn zooming_counts_who_is_in_sight_and_filters_to_them() {
    let mut harness = harness(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    let mark = at(&harness, "QuietOrbit: Kills 4,531, Deaths 2,894");
    wheel(&mut harness, mark, 400.0);
    let closer = marks(&harness).len();
    assert!((1..14).contains(&closer), "{closer}");
    harness.get_by_label(&format!("{closer} of 14 players in sight"));
    let moved = at(&harness, "QuietOrbit: Kills 4,531, Deaths 2,894");
    assert!(moved.distance(mark) < 3.0, "it stays below the pointer");
    dragged(&mut harness, PointerButton::Secondary, &[mark, mark + vec2(-30.0, 20.0)], Modifiers::NONE);
    let moved = at(&harness, "QuietOrbit: Kills 4,531, Deaths 2,894");
    assert!((moved - mark - vec2(-30.0, 20.0)).length() < 3.0, "{moved:?}");
    clicked(&mut harness, Role::Button, "Filter to those in sight");
    let filters = &harness.state().query.view.filters;
    assert!(matches!(filters[..], [Filter::Column(..), Filter::Column(..)]), "{filters:?}");
    assert!(harness.state().state.shown_rows().len() < 14);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    let all = marks(&harness).len();
    for _ in 0..9 {
        key_press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    harness.get_by_label_contains("players in sight");
    key_press(&mut harness, Modifiers::NONE, Key::Num0);
    assert_eq!(marks(&harness).len(), all);
}

#[test]
fn the_pinned_player_is_compared_with() {
    let mut harness = harness(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    harness.hover_at(at(&harness, "TigerShark: Kills 1,903, Deaths 1,098"));
    harness.run_steps(8);
    harness.get_by_label("P pins it, to compare");
    key_press(&mut harness, Modifiers::NONE, Key::P);
    harness.get_by_role_and_label(Role::Button, "Unpin");
    harness.hover_at(at(&harness, "HexaWren: Kills 1,567, Deaths 1,296"));
    harness.run_steps(8);
    harness.get_by_label("against TigerShark");
    harness.get_by_label("−336");
    harness.get_by_label("+198");
}

#[test]
fn several_at_one_place_are_counted() {
    let mut harness = harness(points(&["1", "1", "1", "9"], &["2", "2", "2", "5"]), SIZE);
    let place = harness.query_all_by_label("P0: X 1, Y 2").next().unwrap().rect().center();
    harness.hover_at(place);
    harness.run_steps(8);
    harness.get_by_label("3 players have these very numbers");
    harness.hover_at(at(&harness, "P3: X 9, Y 5"));
    harness.run_steps(8);
    assert!(harness.query_by_label_contains("these very numbers").is_none());
}

#[test]
fn a_place_that_stands_for_many_says_how_many_and_who_is_nearest() {
    let mut world = scattered(large(20_000, 2), scatter("Stat0", "Stat1"));
    world.query.groups.clear();
    let mut harness = harness(world, SIZE);
    until(&mut harness, |harness| harness.query_by_role(Role::Figure).is_some());
    harness.run();
    assert_eq!(summary(&harness), "Scatter of Stat1 over Stat0 for 20,000 players, r = 1.00");
    assert_eq!(marks(&harness), [""; 0], "so many are not told one by one");
    let figure = harness.get_by_role(Role::Figure).rect();
    // Both stats are equal: the marks are on the diagonal of the plane, which ends above its labels.
    let found = (0..40).any(|step| {
        harness.hover_at(figure.center() + vec2(0.0, step as f32 * 3.0 - 60.0));
        harness.run_steps(8);
        harness.query_by_label_contains("players here: zoom in").is_some()
    });
    assert!(found);
    harness.get_by_label("P pins it, to compare");
}
