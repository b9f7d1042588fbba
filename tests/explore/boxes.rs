//! Boxes and violins: what is drawn of hard numbers, what is told, and what pointer and keys do.

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{AxisScale, BoxesForm, Chart, ChartKind, Field, Group, StatDictionary};

use crate::{
    clicked, key_press,
    world::{IRON, SIZE, World, column, harness, key, large, rows, until, wide, world},
};

fn charted(mut world: World, stats: &[&str], boxes: BoxesForm) -> World {
    let stats = stats.iter().map(|stat| Field::from(key(IRON, stat))).collect();
    world.query.charts = vec![Chart { kind: Some(ChartKind::Box), stats, boxes, ..Chart::default() }];
    world
}

/// A stat of so many players, who are in no group.
fn one_stat(stat_type: &str, cells: &[&str]) -> World {
    let names: Vec<String> = (0..cells.len()).map(|place| format!("P{place}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut world = world(rows(&names), vec![column(IRON, "X", stat_type, cells)]);
    world.query.groups.clear();
    world
}

fn told(harness: &Harness<'_, World>) -> Vec<String> {
    let marks = harness.query_all_by_role(Role::GraphicsObject);
    marks.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn hard_numbers_are_drawn_in_every_form_and_on_every_axis() {
    for cells in [
        vec!["7"],
        vec!["7", "7", "7", "-"],
        vec!["0", "0"],
        vec!["-5", "3", "-", "!"],
        vec!["1", "2", "3", "4", "5", "6", "1000000000000000000"],
        vec!["1e308", "-1e308", "0"],
    ] {
        let mut harness = harness(charted(one_stat("Double", &cells), &["X"], BoxesForm::BoxPerGroup), SIZE);
        for form in [BoxesForm::BoxPerStat, BoxesForm::ViolinPerGroup, BoxesForm::ViolinPerStat] {
            for scale in [AxisScale::Log, AxisScale::Symlog, AxisScale::Linear] {
                let chart = &mut harness.state_mut().query.charts[0];
                (chart.boxes, chart.y_scale) = (form, scale);
                harness.run();
            }
            assert!(told(&harness).iter().any(|words| words.contains("median")), "{cells:?} {form:?}");
        }
    }
}

#[test]
fn the_figures_of_a_box_are_told() {
    let cells = ["1", "2", "3", "4", "100", "-"];
    let world = charted(one_stat("Integer", &cells), &["X"], BoxesForm::BoxPerGroup);
    let harness = harness(world, SIZE);
    harness.get_by_role_and_label(Role::Figure, "Boxes of X for 6 players, median of All players 3");
    harness.get_by_label(
        "All players: median 3, quartiles 2 to 4, whiskers 1 to 4, 5 players, 1 without a number",
    );
    harness.get_by_label("P4: X 100");
    harness.get_by_label("1 player has no X");
}

#[test]
fn what_is_far_away_is_counted_and_does_not_press_the_others_together() {
    let cells = ["1", "2", "3", "4", "5", "6", "1000000000000000000"];
    let harness = harness(charted(one_stat("Integer", &cells), &["X"], BoxesForm::BoxPerGroup), SIZE);
    harness.get_by_label("1 player is far from the others, beyond the axis: X up to 1e18");
    let body = harness.get_by_label_contains("All players: median 4").rect();
    assert!(body.height() > 40.0, "{body}");
}

#[test]
fn numbers_that_a_log_axis_has_no_place_for_are_counted() {
    let mut world = charted(one_stat("Integer", &["-5", "0", "10", "1000"]), &["X"], BoxesForm::BoxPerGroup);
    world.query.charts[0].y_scale = AxisScale::Log;
    let counted = harness(world, SIZE);
    counted.get_by_label("2 players have no place on the log axis: X is 0 or less");
    let mut world = charted(one_stat("Integer", &["-5", "0"]), &["X"], BoxesForm::ViolinPerStat);
    world.query.charts[0].y_scale = AxisScale::Log;
    let none = harness(world, SIZE);
    none.get_by_label("X is 0 or less: a log axis has no place for it. Choose linear or symlog.");
}

#[test]
fn without_numbers_the_reason_is_told() {
    let world = charted(one_stat("Integer", &["-", "!"]), &["X"], BoxesForm::BoxPerGroup);
    harness(world, SIZE).get_by_label("No player has a number of X.");
    let texts = charted(one_stat("String", &["gold", "tin"]), &["X"], BoxesForm::BoxPerStat);
    harness(texts, SIZE).get_by_label("X holds texts: this chart needs numbers.");
}

#[test]
fn groups_have_boxes_and_one_without_numbers_says_so() {
    let cells = ["1", "2", "-", "3", "4", "-", "5", "9", "-"];
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let world = world(rows(&names), vec![column(IRON, "X", "Integer", &cells)]);
    let mut harness = harness(charted(world, &["X"], BoxesForm::BoxPerGroup), SIZE);
    harness.get_by_label("C: no numbers, 3 without a number");
    harness.get_by_label_contains("A: median 3, quartiles 2 to 4");
    clicked(&mut harness, Role::CheckBox, "Show A");
    assert!(harness.query_by_label_contains("A: median").is_none());
    harness.get_by_label_contains("B: median 4");
    for name in ["Show B", "Show C"] {
        clicked(&mut harness, Role::CheckBox, name);
    }
    harness.get_by_label("All series are hidden: show one in the legend");
}

#[test]
fn a_box_selects_who_is_within_it_and_a_mark_its_player() {
    let cells = ["1", "2", "3", "4", "5", "6", "7", "8", "60"];
    let mut harness = harness(charted(one_stat("Integer", &cells), &["X"], BoxesForm::BoxPerGroup), SIZE);
    harness.get_by_label_contains("All players: median 5").click();
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [2, 3, 4, 5, 6]);
    harness.get_by_label("P7: X 8").click();
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [7]);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    key_press(&mut harness, Modifiers::NONE, Key::Home);
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.selected_players(), [2, 3, 4, 5, 6]);
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state.selected_players().is_empty());
}

#[test]
fn stats_that_differ_in_size_or_unit_have_an_axis_each() {
    let note = "The stats differ in size or unit: each runs from its own least to its greatest";
    let like = harness(charted(wide(), &["Kills", "Deaths"], BoxesForm::BoxPerStat), SIZE);
    assert!(like.query_by_label(note).is_none());
    like.get_by_label_contains("Kills: median 1,752.5");
    like.get_by_label_contains("Deaths: median");
    let sized = harness(charted(wide(), &["MatchesWon", "MinutesPlayed"], BoxesForm::BoxPerStat), SIZE);
    sized.get_by_label(note);
    let mut world = charted(wide(), &["Kills", "Deaths"], BoxesForm::ViolinPerStat);
    let mut dictionary = StatDictionary::default();
    dictionary.stat_mut(&key(IRON, "Kills")).format = Some("duration(seconds)".parse().unwrap());
    world.dictionary = std::sync::Arc::new(dictionary);
    harness(world, SIZE).get_by_label(note);
}

#[test]
fn only_the_first_stat_is_drawn_by_group_and_that_is_said() {
    let note = |form| format!("Only Kills: {form} by group take one stat. Split by stat shows each");
    let mut harness = harness(charted(wide(), &["Kills", "Deaths"], BoxesForm::BoxPerGroup), SIZE);
    harness.get_by_label(&note("boxes"));
    harness.state_mut().query.charts[0].boxes = BoxesForm::ViolinPerGroup;
    harness.run();
    harness.get_by_label(&note("violins"));
    // Of those that nobody chose the same is true.
    harness.state_mut().query.charts[0].stats.clear();
    harness.run();
    harness.get_by_label(&note("violins"));
    harness.state_mut().query.charts[0].stats = vec![key(IRON, "Kills").into()];
    harness.run();
    assert!(harness.query_by_label_contains("by group take one stat").is_none());
}

#[test]
fn many_groups_scroll_and_long_names_are_cut() {
    let names: Vec<String> = (0..80).map(|place| format!("P{place}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let numbers: Vec<String> = (0..80).map(|place| (place * 37 % 80).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut world = world(rows(&names), vec![column(IRON, "X", "Integer", &numbers)]);
    let groups = world.query.players.chunks(2).enumerate().map(|(place, pair)| Group {
        name: format!("{place:0>2}{}", "W".repeat(38)),
        players: pair.iter().filter_map(|entry| entry.read().ok()).cloned().collect(),
        ..Group::default()
    });
    world.query.groups = groups.collect();
    let mut harness = harness(charted(world, &["X"], BoxesForm::ViolinPerGroup), SIZE);
    let boxes =
        |harness: &Harness<'_, World>| told(harness).iter().filter(|words| words.contains("median")).count();
    assert!((4..30).contains(&boxes(&harness)), "only what is in sight is drawn: {}", boxes(&harness));
    assert!(harness.query_by_label_contains("39W").is_none_or(|node| node.rect().left() > 0.0));
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    key_press(&mut harness, Modifiers::NONE, Key::End);
    harness.run();
    assert!(told(&harness).iter().any(|words| words.starts_with("39W")), "the keyboard goes to the last");
}

#[test]
fn a_large_table_comes_when_it_is_worked_out() {
    let mut harness = harness(charted(large(30_000, 1), &["Stat0"], BoxesForm::ViolinPerGroup), SIZE);
    until(&mut harness, |harness| harness.query_by_label_contains("Violins of Stat0 for 30,000").is_some());
    harness.run();
    assert_eq!(told(&harness).len(), 3, "with so many players only those beyond the whiskers have marks");
}

fn picture(boxes: BoxesForm, stats: &[&str], name: &str) {
    let mut world = charted(wide(), stats, boxes);
    world.fetched_at = None;
    harness(world, Vec2::new(760.0, 600.0)).snapshot(name);
}

#[test]
fn the_picture_of_boxes_stays() {
    picture(BoxesForm::BoxPerGroup, &["Kills"], "explore_boxes");
}

#[test]
fn the_picture_of_violins_stays() {
    picture(BoxesForm::ViolinPerStat, &["Kills", "Deaths", "MatchesWon"], "explore_violins");
}
