//! The bars: what is drawn, what is refused and why, and the keyboard.

use std::sync::Arc;

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{
    BarScale, Chart, ChartKind, Comparison, DerivedColumn, Field, Filter, Normalise, Number, Sort, SortBy,
    StatDictionary, StatTable, Test,
};

use crate::{
    clicked, key_press,
    world::{DRIFT, IRON, SIZE, World, column, harness, key, large, rows, small, until, wide, world},
};

fn charted(mut world: World, stats: &[&str], scale: BarScale) -> World {
    let stats = stats.iter().map(|stat| key(IRON, stat).into()).collect();
    world.query.charts = vec![bars_of(stats, scale)];
    world
}

fn bars_of(stats: Vec<Field>, scale: BarScale) -> Chart {
    Chart { kind: Some(ChartKind::Bars), stats, scale, ..Chart::default() }
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
    world.query.charts[0].stats.push(key(IRON, "Y").into());
    harness.run();
    harness.get_by_role_and_label(Role::Figure, "Bars of Y for 2 players");
    harness.get_by_label("X holds texts: bars need numbers · 1 player has no Y");
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

fn shown_as(mut world: World, normalise: Normalise) -> World {
    world.query.view.normalise = normalise;
    world
}

/// What the bars of each player say behind the name.
fn bars(harness: &Harness<'_, World>) -> Vec<String> {
    let groups = harness.query_all_by_role(Role::GraphicsObject);
    groups.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn bars_are_of_what_the_grid_shows_whatever_values_says() {
    let names = ["Ada", "Bob", "Cid", "Dee"];
    for (normalise, words) in [
        (Normalise::Raw, ""),
        (Normalise::Difference, ", difference from median of all"),
        (Normalise::Ratio, ", ratio to median of all"),
        (Normalise::ShareOfGreatest, ", % of the column's maximum"),
        (Normalise::ZScore, ", z-score"),
        (Normalise::Percentile, ", percentile"),
        (Normalise::Per(key(IRON, "Minutes").into(), Number::Int(60)), ", × 60 per Minutes"),
    ] {
        let kills = column(IRON, "Kills", "Integer", &["100", "250", "-", "40"]);
        let minutes = column(IRON, "Minutes", "Integer", &["60", "0", "10", "30"]);
        let world = charted(world(rows(&names), vec![kills, minutes]), &["Kills"], BarScale::Value);
        let mut harness = harness(shown_as(world, normalise.clone()), SIZE);
        let figure = format!("Bars of Kills for 4 players{words}");
        harness.get_by_role_and_label(Role::Figure, &figure);
        let bars = bars(&harness);
        assert_eq!(bars.len(), 4);
        for (name, bar) in names.iter().zip(bars) {
            let number = bar.strip_prefix(&format!("{name}: Kills ")).expect("its stat").to_owned();
            let cell = format!("{name}, Kills: {number}");
            assert!(harness.query_all_by_label_contains(&cell).next().is_some(), "{normalise:?} {cell}");
        }
        harness.state_mut().query.charts[0].scale = BarScale::ShareOfGreatest;
        harness.run();
        assert!(is_drawn(&harness), "{normalise:?}");
    }
}

#[test]
fn differences_have_signs_and_nothing_is_counted() {
    let world = shown_as(one_stat("Integer", &["10", "40", "20", "-", "!"]), Normalise::Difference);
    let mut harness = harness(world, SIZE);
    assert_eq!(bars(&harness), ["A: X −10", "B: X +20", "C: X 0", "D: X no value", "E: X no value"]);
    harness.get_by_label("1 player has no X, 1 failed");
    harness.get_by_label("difference from median of all");
    harness.state_mut().query.view.normalise = Normalise::Raw;
    harness.run();
    assert_eq!(bars(&harness)[0], "A: X 10");
    assert!(harness.query_by_label("difference from median of all").is_none());
}

#[test]
fn where_no_number_can_be_shown_the_reason_is_told() {
    let mut harness = harness(shown_as(one_stat("Integer", &["0", "0"]), Normalise::Ratio), SIZE);
    assert!(!is_drawn(&harness));
    harness.get_by_label("No bars. The reference is 0 in this column, and nothing is a multiple of 0.");
    harness.state_mut().query.view.normalise = Normalise::Percentile;
    harness.run();
    assert_eq!(bars(&harness), ["A: X 50", "B: X 50"]);
}

#[test]
fn bars_stand_in_the_order_of_the_grid() {
    let mut world = one_stat("Integer", &["10", "40", "20"]);
    world.query.view.sort = vec![Sort { by: SortBy::Column(key(IRON, "X").into()), descending: true }];
    world.query.view.filters =
        vec![Filter::Column(key(IRON, "X").into(), Test::Compare(Comparison::Greater, Number::Int(10)))];
    let harness = harness(world, SIZE);
    assert_eq!(bars(&harness), ["B: X 40", "C: X 20"]);
}

#[test]
fn a_formula_is_chosen_and_drawn() {
    let mut world = charted(small(), &["Deaths"], BarScale::Value);
    world.query.view.derived = vec![DerivedColumn { name: "twice".into(), formula: "2 * Deaths".into() }];
    let mut harness = harness(world, SIZE);
    clicked(&mut harness, Role::Button, "Stats: Deaths");
    clicked(&mut harness, Role::CheckBox, "twice");
    let fields = [Field::from(key(IRON, "Deaths")), Field::derived("twice")];
    assert_eq!(harness.state().query.charts[0].stats, fields);
    harness.get_by_role_and_label(Role::Figure, "Bars of Deaths, twice for 4 players");
    harness.get_by_label("TigerShark: Deaths 10, twice 20");
    harness.get_by_label("1 player has no Deaths, 1 pending · 2 players have no twice");
    harness.state_mut().query.view.normalise = Normalise::ShareOfGreatest;
    harness.run();
    harness.get_by_label("HexaWren: Deaths −30.0 %, twice −30.0 %");
    clicked(&mut harness, Role::CheckBox, "Deaths");
    assert_eq!(harness.state().query.charts[0].stats, [Field::derived("twice")]);
    harness.get_by_role_and_label(Role::Figure, "Bars of twice for 4 players, % of the column's maximum");
}

#[test]
fn names_and_lengths_of_time_come_from_the_dictionary_for_hidden_columns_too() {
    let time = column(IRON, "TimePlayed", "Integer", &["307", "5400", "-"]);
    let world = world(rows(&["A", "B", "C"]), vec![time, column(IRON, "X", "Integer", &["1", "2", "3"])]);
    let mut world = charted(world, &["TimePlayed"], BarScale::Value);
    let mut dictionary = StatDictionary::default();
    let entry = dictionary.stat_mut(&key(IRON, "TimePlayed"));
    entry.name = Some("Time played".into());
    entry.format = Some("duration(seconds)".parse().unwrap());
    world.dictionary = Arc::new(dictionary);
    let mut harness = harness(world, SIZE);
    assert_eq!(bars(&harness), ["A: Time played 5:07", "B: Time played 1 h 30 m", "C: Time played no value"]);
    let view = &mut harness.state_mut().query.view;
    view.normalise = Normalise::Difference;
    view.columns.change(&key(IRON, "TimePlayed").into(), |column| column.hidden = true);
    harness.run();
    assert!(harness.query_by_label_contains("A, Time played").is_none(), "the grid does not show it");
    assert_eq!(bars(&harness)[..2], ["A: Time played −42:26.500", "B: Time played +42:26.500"]);
    clicked(&mut harness, Role::Button, "Stats: Time played");
    clicked(&mut harness, Role::CheckBox, "X");
    assert_eq!(harness.state().query.charts[0].stats.len(), 2);
}

#[test]
fn stats_of_one_name_are_told_apart_by_their_title() {
    let kills = |scid| column(scid, "Kills", "Integer", &["1", "2"]);
    let mut world = world(rows(&["A", "B"]), vec![kills(IRON), kills(DRIFT)]);
    let stats = vec![key(IRON, "Kills").into(), key(DRIFT, "Kills").into()];
    world.query.charts = vec![bars_of(stats, BarScale::Value)];
    let harness = harness(world, SIZE);
    assert_eq!(bars(&harness)[0], "A: Kills (Iron Meridian) 1, Kills (Halcyon Drift) 1");
}

#[test]
fn the_scale_changes_nothing_that_was_chosen() {
    let mut world = small();
    let stats = vec![key(IRON, "Deaths").into(), Field::derived("not there yet")];
    world.query.charts = vec![bars_of(stats.clone(), BarScale::Value)];
    let mut harness = harness(world, SIZE);
    clicked(&mut harness, Role::Button, "Scale: value");
    harness.get_by_label("Share of greatest").click();
    harness.run();
    assert_eq!(harness.state().query.charts, [bars_of(stats, BarScale::ShareOfGreatest)]);
}

#[test]
fn bars_of_a_large_hidden_column_come_when_they_are_worked_out() {
    let mut world = charted(large(30_000, 3), &["Stat2"], BarScale::Value);
    world.query.view.normalise = Normalise::Percentile;
    world.query.view.columns.change(&key(IRON, "Stat2").into(), |column| column.hidden = true);
    let mut harness = harness(world, SIZE);
    until(&mut harness, is_drawn);
    harness.run();
    harness.get_by_role_and_label(Role::Figure, "Bars of Stat2 for 30,000 players, percentile");
    assert_eq!(bars(&harness)[0], "0: Stat2 0");
}
