//! The scatter: what is drawn of hard numbers, and what it looks like.

mod hands;
mod marks;

use egui::{Key, Modifiers, Pos2, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::{
    model::{AxisScale, Chart, ChartKind, ColourBy, Group, ScatterParts},
    ui::explore::ExploreAction,
};

use hands::twice_clicked;

use crate::{
    clicked, key_press,
    world::{IRON, SIZE, World, brisk, column, harness, key, rows, wide, world},
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
    let told = "Scatter of Y over X for 7 players, r = 0.89 without 1 far away (−0.11 with all)";
    assert_eq!(summary(&harness), told);
    clicked(&mut harness, Role::Button, "Zoom out");
    assert_eq!(marks(&harness).len(), 7);
    assert_eq!(summary(&harness), told);
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
