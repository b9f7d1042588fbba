//! The scatter: what is drawn of hard numbers, what is done on it, and what it looks like.

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Vec2, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::{
    model::{AxisScale, Chart, ChartKind, ColourBy, Filter, Group, ScatterParts},
    ui::explore::ExploreAction,
};

use crate::{
    clicked, key_press,
    world::{IRON, SIZE, World, brisk, column, harness, key, large, rows, until, wide, world},
};

fn scatter(x: &str, y: &str) -> Chart {
    let (x, y) = (Some(key(IRON, x).into()), Some(key(IRON, y).into()));
    Chart { kind: Some(ChartKind::Scatter), x, y, ..Chart::default() }
}

fn scattered(mut world: World, chart: Chart) -> World {
    world.query.charts = vec![chart];
    world
}

/// Players "P0", "P1" and so on with these numbers of X and Y.
fn points(xs: &[&str], ys: &[&str]) -> World {
    let names: Vec<String> = (0..xs.len()).map(|at| format!("P{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let columns = vec![column(IRON, "X", "Double", xs), column(IRON, "Y", "Double", ys)];
    scattered(world(rows(&names), columns), scatter("X", "Y"))
}

/// What each mark says.
fn marks(harness: &Harness<'_, World>) -> Vec<String> {
    let marks = harness.query_all_by_role(Role::GraphicsObject);
    let mut words: Vec<String> = marks.filter_map(|node| node.accesskit_node().label()).collect();
    words.sort();
    words
}

fn summary(harness: &Harness<'_, World>) -> String {
    harness.get_by_role(Role::Figure).accesskit_node().label().unwrap_or_default()
}

fn at(harness: &Harness<'_, World>, mark: &str) -> Pos2 {
    harness.get_by_label(mark).rect().center()
}

fn selected(harness: &Harness<'_, World>) -> Vec<u32> {
    let mut rows = harness.state().state.selected_players().to_vec();
    rows.sort_unstable();
    rows
}

fn dragged(harness: &mut Harness<'_, World>, button: PointerButton, way: &[Pos2], modifiers: Modifiers) {
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

fn twice_clicked(harness: &mut Harness<'_, World>, at: Pos2) {
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
fn hard_numbers_are_drawn() {
    for (xs, ys, drawn) in [
        (vec!["5"], vec!["7"], 1),
        (vec!["0"], vec!["0"], 1),
        (vec!["3", "3", "3"], vec!["8", "8", "8"], 3),
        (vec!["3", "3", "3"], vec!["1", "2", "3"], 3),
        (vec!["1", "2", "-"], vec!["4", "-", "6"], 1),
        (vec!["1e300", "-1e300", "0"], vec!["1e-300", "1", "2"], 3),
        (vec!["9223372036854775807", "9223372036854775806"], vec!["1", "2"], 2),
    ] {
        for scale in [AxisScale::Linear, AxisScale::Symlog] {
            let mut world = points(&xs, &ys);
            world.query.charts[0].x_scale = scale;
            world.query.charts[0].scatter.margins = true;
            let harness = harness(world, SIZE);
            let marks = marks(&harness).iter().filter(|words| words.starts_with('P')).count();
            assert_eq!(marks, drawn, "{xs:?} {scale:?}");
        }
    }
}

#[test]
fn without_numbers_the_reason_is_told() {
    let harness = harness(points(&["-", "!"], &["1", "2"]), SIZE);
    assert!(harness.query_by_role(Role::Figure).is_none());
    harness.get_by_label("No player has a place on both axes. 1 player has no X, 1 failed.");
}

#[test]
fn texts_are_no_axis() {
    let columns =
        vec![column(IRON, "Rank", "String", &["gold", "silver"]), column(IRON, "Y", "Integer", &["1", "2"])];
    let world = scattered(world(rows(&["A", "B"]), columns), scatter("Rank", "Y"));
    let harness = harness(world, SIZE);
    assert!(harness.query_by_role(Role::Figure).is_none());
    harness.get_by_label("Rank holds texts: an axis needs numbers. Choose another stat.");
}

#[test]
fn one_far_outlier_does_not_hide_the_others() {
    let xs = ["1", "2", "3", "4", "5", "6", "1000000000000000000"];
    let mut harness = harness(points(&xs, &["1", "3", "2", "5", "4", "6", "3"]), SIZE);
    let far = at(&harness, "P5: X 6, Y 6").x - at(&harness, "P0: X 1, Y 1").x;
    assert!(far > 300.0, "{far}");
    assert_eq!(marks(&harness).len(), 6);
    harness.get_by_label("1 player is far away, out of sight");
    clicked(&mut harness, Role::Button, "Zoom out");
    assert_eq!(marks(&harness).len(), 7);
    assert!(harness.query_by_label("1 player is far away, out of sight").is_none());
    assert!(harness.query_by_label("Zoom out").is_none());
    // What the keyboard comes to is shown.
    harness.get_by_role(Role::Figure).focus();
    key_press(&mut harness, Modifiers::NONE, Key::Home);
    for _ in 0..60 {
        key_press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    assert!(marks(&harness).len() < 7);
    key_press(&mut harness, Modifiers::NONE, Key::End);
    harness.get_by_label_contains("P6: X 1,000,000,000,000,000,000");
}

#[test]
fn a_log_axis_counts_whom_it_leaves_out_and_says_what_r_is_of() {
    let mut world = points(&["-5", "0", "10", "100", "1000"], &["1", "1", "1", "2", "3"]);
    world.query.charts[0].x_scale = AxisScale::Log;
    let mut harness = harness(world, SIZE);
    harness.get_by_label("2 players have no place on the log axis: X is 0 or less");
    assert_eq!(summary(&harness), "Scatter of Y over X for 3 players, r with log of X = 1.00");
    let [one, two, three] =
        ["P2: X 10, Y 1", "P3: X 100, Y 2", "P4: X 1,000, Y 3"].map(|mark| at(&harness, mark).x);
    assert!(((two - one) - (three - two)).abs() < 1.0, "equal ratios are equally far");
    assert!(two - one > 100.0, "all of the axis is used");
    harness.state_mut().query.charts[0].x_scale = AxisScale::Symlog;
    harness.run();
    assert_eq!(marks(&harness).len(), 5);
    harness.state_mut().query.charts[0].y_scale = AxisScale::Log;
    harness.run();
    assert!(summary(&harness).contains(", r of logs = 0."));
    harness.state_mut().query.charts[0].x_scale = AxisScale::Linear;
    harness.run();
    assert!(summary(&harness).contains(", r with log of Y = 0."));
    harness.state_mut().query.charts[0].y_scale = AxisScale::Linear;
    harness.run();
    assert_eq!(summary(&harness), "Scatter of Y over X for 5 players, r = 0.92");
}

#[test]
fn all_below_zero_on_a_log_axis_is_explained() {
    let mut world = points(&["-5", "-6"], &["1", "2"]);
    world.query.charts[0].x_scale = AxisScale::Log;
    let harness = harness(world, SIZE);
    harness.get_by_label(
        "No player has a place on both axes. 2 players have no place on the log axis: X is 0 or less.",
    );
}

#[test]
fn series_are_hidden_and_shown_alone() {
    let mut harness = brisk(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    assert_eq!(marks(&harness).len(), 14);
    clicked(&mut harness, Role::CheckBox, "Show A");
    assert_eq!(marks(&harness).len(), 9);
    assert!(summary(&harness).contains("for 9 players"));
    harness.run_steps(60);
    let of_b = harness.get_by_role_and_label(Role::CheckBox, "Show B").rect().center();
    twice_clicked(&mut harness, of_b);
    assert_eq!(marks(&harness).len(), 5, "B alone");
    assert!(marks(&harness)[0].starts_with("Hoshino#7715"));
    harness.run_steps(60);
    twice_clicked(&mut harness, of_b);
    assert_eq!(marks(&harness).len(), 14, "all again");
    harness.run_steps(60);
    harness.get_by_role_and_label(Role::CheckBox, "Show B").focus();
    harness.run();
    key_press(&mut harness, Modifiers::ALT, Key::Enter);
    assert_eq!(marks(&harness).len(), 5, "B alone");
    key_press(&mut harness, Modifiers::ALT, Key::Enter);
    assert_eq!(marks(&harness).len(), 14, "all again");
    key_press(&mut harness, Modifiers::ALT, Key::Enter);
    harness.run_steps(60);
    clicked(&mut harness, Role::CheckBox, "Show B");
    harness.get_by_label("Nobody is drawn: show more in the legend");
    harness.get_by_role_and_label(Role::CheckBox, "Show A");
}

#[test]
fn no_group_and_forty_groups_are_drawn() {
    let mut world = scattered(wide(), scatter("Kills", "Deaths"));
    world.query.groups.clear();
    let mut harness = harness(world, SIZE);
    harness.get_by_role_and_label(Role::CheckBox, "Show All players");
    assert_eq!(marks(&harness).len(), 14);
    let players: Vec<_> = harness.state().table.rows().iter().map(|row| row.asked.clone()).collect();
    let group = |place: usize| Group {
        name: format!("Group {place} of very many"),
        players: vec![players[place % players.len()].clone()],
        ..Group::default()
    };
    harness.state_mut().query.groups = (0..40).map(group).collect();
    harness.state_mut().query.charts[0].scatter.margins = true;
    harness.run();
    assert_eq!(marks(&harness).len(), 14 + 2, "with both edges");
    assert_eq!(harness.query_all_by_label_contains("Show Group").count(), 40);
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

/// How many pixels of the figure are as told.
fn pixels(harness: &mut Harness<'_, World>, is_so: impl Fn([u8; 3]) -> bool) -> usize {
    let figure = harness.get_by_role(Role::Figure).rect();
    let picture = harness.render().unwrap();
    let (columns, rows) =
        (figure.left() as u32..figure.right() as u32, figure.top() as u32..figure.bottom() as u32);
    let all = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
    all.filter(|(x, y)| {
        let [red, green, blue, _] = picture.get_pixel(*x, *y).0;
        is_so([red, green, blue])
    })
    .count()
}

/// Rings, and names that stand out, are of this colour.
fn is_bright(pixel: [u8; 3]) -> bool {
    pixel.iter().all(|part| *part > 200)
}

/// The colour of the first group.
fn is_blue([red, _, blue]: [u8; 3]) -> bool {
    blue > red.saturating_add(60)
}

/// So many players, two of them at the ends and all others at one place, the first in a group.
fn crowd(count: usize) -> World {
    let numbers: Vec<&str> = (0..count)
        .map(|at| match at {
            1 => "0",
            2 => "20",
            _ => "10",
        })
        .collect();
    let mut world = points(&numbers, &numbers);
    world.query.groups = vec![Group {
        name: "A".into(),
        players: vec![world.table.rows()[0].asked.clone()],
        ..Group::default()
    }];
    world.query.charts[0].scatter = ScatterParts { trend: false, labels: false, ..ScatterParts::default() };
    world
}

#[test]
fn players_of_no_group_never_hide_a_group() {
    for count in [12, 4_000] {
        let mut harness = harness(crowd(count), SIZE);
        until(&mut harness, |harness| harness.query_by_role(Role::Figure).is_some());
        harness.run();
        assert!(pixels(&mut harness, is_blue) > 8, "{count}");
    }
}

#[test]
fn others_recede_behind_many_that_are_selected() {
    let numbers: Vec<String> = (0..60).map(|at| at.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut world = points(&numbers, &numbers);
    world.query.groups.clear();
    world.query.charts[0].scatter = ScatterParts { trend: false, labels: false, ..ScatterParts::default() };
    let mut harness = harness(world, SIZE);
    let [first, tenth, last, far] =
        ["P0: X 0, Y 0", "P9: X 9, Y 9", "P44: X 44, Y 44", "P50: X 50, Y 50"].map(|mark| at(&harness, mark));
    let all = pixels(&mut harness, is_blue);
    let select = |harness: &mut Harness<'_, World>, to: Pos2| {
        let (from, to) = (first + vec2(-3.0, 3.0), to + vec2(3.0, -3.0));
        dragged(harness, PointerButton::Primary, &[from, from.lerp(to, 0.5), to], Modifiers::NONE);
        harness.remove_cursor();
        harness.run();
    };
    select(&mut harness, tenth);
    assert_eq!(selected(&harness).len(), 10);
    assert!(pixels(&mut harness, is_bright) > 100, "a ring around each");
    assert!(pixels(&mut harness, is_blue) * 2 > all, "the others are seen as before");
    select(&mut harness, last);
    assert_eq!(selected(&harness).len(), 45);
    assert_eq!(pixels(&mut harness, is_bright), 0, "no rings");
    let seen = pixels(&mut harness, is_blue);
    assert!((all * 70 / 100..all * 80 / 100).contains(&seen), "{seen} of {all}");
    let picture = harness.render().unwrap();
    let pixel = |at: Pos2| picture.get_pixel(at.x as u32, at.y as u32).0[2];
    assert!(pixel(first) > 200 && (40..120).contains(&pixel(far)), "{} {}", pixel(first), pixel(far));
    assert_eq!(marks(&harness).len(), 60, "all can still be pointed at");
}

#[test]
fn the_selected_are_named_where_there_is_no_room_for_all_names() {
    let numbers: Vec<String> = (0..520).map(|at| (at * 7919 % 521).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut up = numbers.clone();
    up.reverse();
    let named = |labels: bool| {
        let mut world = points(&numbers, &up);
        world.query.groups.clear();
        world.query.charts[0].scatter = ScatterParts { trend: false, labels, ..ScatterParts::default() };
        let mut harness = harness(world, SIZE);
        assert_eq!(pixels(&mut harness, is_bright), 0);
        harness.get_by_role_and_label(Role::RowHeader, "P3").click();
        harness.run();
        assert_eq!(selected(&harness), [3]);
        harness.remove_cursor();
        harness.run();
        pixels(&mut harness, is_bright)
    };
    let (ring, both) = (named(false), named(true));
    assert!(ring > 8 && both > ring + 8, "{ring} {both}");
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
fn the_ring_of_a_mark_at_the_edge_is_whole() {
    let mut harness = harness(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    let name = "QuietOrbit: Kills 4,531, Deaths 2,894";
    let mark = at(&harness, name);
    // The plane ends 14 points before the figure does.
    let end = harness.get_by_role(Role::Figure).rect().right();
    let moved = vec2(end - 16.0 - mark.x, 40.0);
    dragged(&mut harness, PointerButton::Secondary, &[mark, mark + moved], Modifiers::NONE);
    let mark = at(&harness, name);
    assert!((mark.x - end + 16.0).abs() < 1.0, "{mark:?}");
    harness.remove_cursor();
    harness.run();
    let at_rest = harness.render().unwrap();
    harness.hover_at(mark - vec2(2.0, 0.0));
    harness.step();
    let lit = harness.render().unwrap();
    let differs = |x: u32| {
        let rows = mark.y as u32 - 8..mark.y as u32 + 8;
        rows.clone().any(|y| at_rest.get_pixel(x, y) != lit.get_pixel(x, y))
    };
    assert!(differs(end as u32 - 7), "the ring reaches beyond the plane");
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

#[test]
fn sizes_tell_a_third_stat_and_who_has_none_of_it() {
    let mut world = scattered(wide(), scatter("Kills", "Deaths"));
    world.query.charts[0].size = Some(key(crate::world::DRIFT, "RacesWon").into());
    let mut harness = harness(world, SIZE);
    harness.get_by_label("Sizes tell RacesWon");
    harness.get_by_label("2 players without RacesWon drawn small");
    harness.get_by_label("QuietOrbit: Kills 4,531, Deaths 2,894, RacesWon 273");
    clicked(&mut harness, Role::CheckBox, "Show A");
    assert_eq!(marks(&harness).len(), 9);
    harness.state_mut().query.charts[0].size = Some(key(crate::world::DRIFT, "BestLap.Track.04").into());
    harness.run();
    harness.get_by_label("No player has a number of BestLap.Track.04: all marks are of one size");
}

#[test]
fn of_players_without_a_size_only_those_that_are_drawn_are_counted() {
    let columns = vec![
        column(IRON, "X", "Double", &["1", "2", "3", "-", "4", "-"]),
        column(IRON, "Y", "Double", &["1", "4", "-", "5", "6", "-"]),
        column(IRON, "Size", "Double", &["1", "-", "-", "-", "7", "-"]),
    ];
    let mut chart = scatter("X", "Y");
    chart.size = Some(key(IRON, "Size").into());
    let world = scattered(world(rows(&["P0", "P1", "P2", "P3", "P4", "P5"]), columns), chart);
    let mut harness = harness(world, SIZE);
    harness.get_by_label_contains("1 player without Size drawn small");
    // The only one of them is in the second group.
    clicked(&mut harness, Role::CheckBox, "Show B");
    assert!(harness.query_by_label_contains("drawn small").is_none());
}

#[test]
fn copied_data_tells_who_is_who_and_in_which_group() {
    let columns = vec![
        column(IRON, "X", "Double", &["1", "2.5", "-"]),
        column(IRON, "Y", "Integer", &["3", "4", "5"]),
        column(IRON, "Rank", "String", &["gold", "-", "silver"]),
    ];
    let mut world = scattered(world(rows(&["Ada", "=Ploy", "Zero"]), columns), scatter("X", "Y"));
    world.query.groups.pop();
    let mut harness = harness(world, SIZE);
    let mut copied = |colour: ColourBy| {
        harness.state_mut().query.charts[0].colour = colour;
        harness.run();
        clicked(&mut harness, Role::Button, "More of the chart");
        clicked(&mut harness, Role::Button, "Copy data");
        harness.state_mut().copied.pop().unwrap()
    };
    let xuid = |place: u64| format!("2535466120771{place:03}");
    let by_group = copied(ColourBy::Group);
    let lines: Vec<Vec<&str>> = by_group.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], ["player", "xuid", "group", "X", "Y"]);
    assert_eq!(lines[1][0], "Ada");
    assert!(lines[1][1].contains(&xuid(0)) && lines[1][1] != xuid(0), "no digit is lost in a spreadsheet");
    assert_eq!(lines[1][2..], ["A", "1", "3"]);
    assert_eq!(lines[2][2..], ["B", "2.5", "4"]);
    assert_eq!(lines[3][2..], ["No group", "", "5"]);
    let by_rank = copied(ColourBy::Field(key(IRON, "Rank").into()));
    let lines: Vec<Vec<&str>> = by_rank.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], ["player", "xuid", "X", "Y", "Rank"]);
    assert_eq!(lines[3][2..], ["", "5", "silver"]);
}

#[test]
fn edges_tell_how_numbers_are_spread() {
    let mut world = scattered(wide(), scatter("Kills", "Deaths"));
    world.query.charts[0].scatter = ScatterParts { margins: true, ..ScatterParts::default() };
    let mut harness = harness(world, SIZE);
    harness.get_by_label_contains("Distribution of Kills: most, ");
    harness.get_by_label_contains("Distribution of Deaths: most, ");
    harness.set_size(Vec2::new(640.0, 360.0));
    harness.run();
    assert!(harness.query_by_label_contains("Distribution of Kills").is_none(), "no room for them");
}

#[test]
fn at_rest_a_scatter_draws_no_frame_and_lays_out_nothing() {
    let mut world = scattered(wide(), scatter("Kills", "Deaths"));
    world.query.charts[0].scatter.margins = true;
    let mut harness = harness(world, SIZE);
    harness.run_steps(20);
    assert!(!harness.ctx.has_requested_repaint());
    let laid_out = harness.state().state.texts_laid_out();
    harness.run_steps(5);
    assert_eq!(harness.state().state.texts_laid_out(), laid_out);
    assert!(!harness.state().actions.iter().any(|action| matches!(action, ExploreAction::SetChart(_))));
}

#[test]
fn the_picture_of_a_scatter_stays() {
    let mut world = scattered(wide(), scatter("Kills", "Deaths"));
    world.fetched_at = None;
    world.query.charts[0].size = Some(key(IRON, "MinutesPlayed").into());
    world.query.charts[0].scatter.margins = true;
    let mut harness = harness(world, Vec2::new(900.0, 760.0));
    harness.get_by_label("HexaWren: Kills 1,567, Deaths 1,296, MinutesPlayed 5,233").click();
    harness.run();
    harness.remove_cursor();
    harness.run();
    harness.snapshot("explore_scatter");
}

#[test]
fn the_picture_of_a_hard_scatter_stays() {
    let names = ["ШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШ", "Ploy", "Zero", "Ada"];
    let columns = vec![
        column(IRON, "X", "Double", &["-4000000", "0", "12", "1000000000000000000"]),
        column(IRON, "Y", "Double", &["1", "0.001", "1000", "300"]),
        column(IRON, "Rank", "String", &["gold", "silver", "gold", "-"]),
    ];
    let mut chart = scatter("X", "Y");
    (chart.x_scale, chart.y_scale) = (AxisScale::Symlog, AxisScale::Log);
    chart.colour = ColourBy::Field(key(IRON, "Rank").into());
    let mut world = scattered(world(rows(&names), columns), chart);
    (world.fetched_at, world.light) = (None, true);
    let mut harness = harness(world, Vec2::new(760.0, 640.0));
    harness.snapshot("explore_scatter_hard");
}
