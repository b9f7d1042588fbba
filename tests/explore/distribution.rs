//! Distributions: what is drawn of hard numbers, what is told, and what pointer and keys do.

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{
    AxisScale, Chart, ChartKind, ColourBy, DistributionForm, Field, Filter, Group, Normalise, Test,
};

use crate::{
    clicked, key_press,
    world::{IRON, SIZE, World, column, harness, key, large, rows, small, until, wide, world},
};

fn charted(mut world: World, stats: &[&str], change: impl FnOnce(&mut Chart)) -> World {
    let stats = stats.iter().map(|stat| Field::from(key(IRON, stat))).collect();
    let mut chart =
        Chart { kind: Some(ChartKind::Distribution), stats, colour: ColourBy::Nothing, ..Chart::default() };
    change(&mut chart);
    world.query.charts = vec![chart];
    world
}

fn one_stat(stat_type: &str, cells: &[&str]) -> World {
    let names: Vec<String> = (0..cells.len()).map(|place| format!("P{place}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    world(rows(&names), vec![column(IRON, "X", stat_type, cells)])
}

/// What is told of each bin.
fn bins(harness: &Harness<'_, World>) -> Vec<String> {
    let marks = harness.query_all_by_role(Role::GraphicsObject);
    marks.filter_map(|node| node.accesskit_node().label()).collect()
}

fn players_told(harness: &Harness<'_, World>) -> usize {
    let count = |words: &String| -> Option<usize> {
        words.split_once(": ")?.1.split_once(" player")?.0.replace(',', "").parse().ok()
    };
    bins(harness).iter().filter_map(count).sum()
}

#[test]
fn hard_numbers_are_drawn_in_every_form_and_on_every_axis() {
    for (cells, drawn) in [
        (vec!["7"], 1),
        (vec!["7", "7", "7", "-"], 3),
        (vec!["0", "0"], 2),
        (vec!["1.25", "1.25"], 2),
        (vec!["-5", "3", "-", "!"], 2),
        (vec!["1", "2", "3", "4", "5", "6", "1000000000000000000"], 6),
        (vec!["1e308", "-1e308", "0"], 1),
    ] {
        let mut harness = harness(charted(one_stat("Double", &cells), &["X"], |_| {}), SIZE);
        for form in [DistributionForm::Histogram, DistributionForm::Density, DistributionForm::Cumulative] {
            for scale in [AxisScale::Linear, AxisScale::Symlog, AxisScale::Log] {
                let chart = &mut harness.state_mut().query.charts[0];
                (chart.distribution, chart.x_scale) = (form, scale);
                harness.run();
                if scale == AxisScale::Linear && !cells[0].starts_with("1e308") {
                    assert_eq!(players_told(&harness), drawn, "{cells:?} {form:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_far_away_is_counted_and_not_drawn() {
    let cells = ["1", "2", "3", "4", "5", "6", "1000000000000000000"];
    let harness = harness(charted(one_stat("Integer", &cells), &["X"], |_| {}), SIZE);
    harness.get_by_label("1 player is far from the others and not drawn: X above 8");
    harness.get_by_label("X 6 to 8: 1 player");
}

#[test]
fn numbers_that_a_log_axis_has_no_place_for_are_counted() {
    let log = |chart: &mut Chart| chart.x_scale = AxisScale::Log;
    let mut harness = harness(charted(one_stat("Integer", &["-5", "0", "10", "1000"]), &["X"], log), SIZE);
    harness.get_by_label("2 players have no place on the log axis: X is 0 or less");
    assert_eq!(players_told(&harness), 2);
    harness.state_mut().query.view.filters = vec![Filter::Column(
        key(IRON, "X").into(),
        Test::Compare(statlens::model::Comparison::Less, statlens::model::Number::Int(1)),
    )];
    harness.run();
    harness.get_by_label("X is 0 or less: a log axis has no place for it. Choose linear or symlog.");
}

#[test]
fn the_median_is_written_alike_on_every_axis() {
    let cells = ["400", "565", "1000"];
    let mut harness = harness(charted(one_stat("Integer", &cells), &["X"], |_| {}), SIZE);
    for scale in [AxisScale::Linear, AxisScale::Symlog, AxisScale::Log] {
        harness.state_mut().query.charts[0].x_scale = scale;
        harness.run();
        harness.get_by_role_and_label(Role::Figure, "Histogram of X for 3 players, median 565");
    }
}

#[test]
fn without_numbers_the_reason_is_told() {
    let none = harness(charted(one_stat("Integer", &["-", "!"]), &["X"], |_| {}), SIZE);
    none.get_by_label("No player has a number of X.");
    let texts = harness(charted(one_stat("String", &["gold", "tin"]), &["X"], |_| {}), SIZE);
    texts.get_by_label("X holds texts: this chart needs numbers.");
}

#[test]
fn a_density_of_equal_numbers_is_explained() {
    let density = |chart: &mut Chart| chart.distribution = DistributionForm::Density;
    let harness = harness(charted(one_stat("Integer", &["7", "7", "7"]), &["X"], density), SIZE);
    harness.get_by_label("No density of All players: it needs two numbers that differ");
    harness.get_by_label("X 7: 3 players");
}

#[test]
fn groups_are_told_apart_and_hidden_by_the_legend() {
    let by_group = |chart: &mut Chart| chart.colour = ColourBy::Group;
    let mut harness = harness(charted(wide(), &["Kills"], by_group), SIZE);
    harness.get_by_role_and_label(Role::Figure, "Histogram of Kills for 14 players, median 1,752.5");
    assert_eq!(players_told(&harness), 14);
    assert!(bins(&harness).iter().any(|bin| bin.contains(", A ") && bin.contains(", B ")));
    clicked(&mut harness, Role::CheckBox, "Show A");
    assert_eq!(players_told(&harness), 9);
    assert!(bins(&harness).iter().all(|bin| !bin.contains(", A ")));
    clicked(&mut harness, Role::CheckBox, "Show B");
    clicked(&mut harness, Role::CheckBox, "Show C");
    assert_eq!(players_told(&harness), 0);
    harness.get_by_role_and_label(Role::Figure, "Histogram of Kills for 0 players");
    clicked(&mut harness, Role::CheckBox, "Show A");
    assert_eq!(players_told(&harness), 5);
}

#[test]
fn many_groups_and_long_names_have_room() {
    let names: Vec<String> = (0..40).map(|place| format!("{place:0>2}{}", "W".repeat(38))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let numbers: Vec<String> = (0..40).map(|place| (place * 37 % 40).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut world = world(rows(&names), vec![column(IRON, "X", "Integer", &numbers)]);
    let groups = names.iter().zip(&world.query.players).map(|(name, entry)| Group {
        name: (*name).into(),
        players: entry.read().into_iter().cloned().collect(),
        ..Group::default()
    });
    world.query.groups = groups.collect();
    let mut harness =
        harness(charted(world, &["X"], |chart| chart.colour = ColourBy::Group), Vec2::new(900.0, 600.0));
    assert_eq!(players_told(&harness), 40);
    harness.state_mut().query.groups.clear();
    harness.run();
    assert_eq!(players_told(&harness), 40);
}

#[test]
fn a_click_on_a_bin_selects_its_players_and_adds_with_control() {
    let mut harness = harness(charted(wide(), &["Kills"], |_| {}), SIZE);
    let told = bins(&harness);
    let first = told.first().unwrap().clone();
    harness.get_by_label(&first).click();
    harness.run();
    let selected = harness.state().state.selected_players().to_vec();
    assert!(selected.contains(&13) && selected.contains(&12), "{first}: {selected:?}");
    let last = told.last().unwrap().clone();
    harness.get_by_label(&last).click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert!(harness.state().state.selected_players().contains(&0));
    assert!(harness.state().state.selected_players().len() > selected.len());
    harness.get_by_label(&last).click();
    harness.run();
    let alone = harness.state().state.selected_players().len();
    harness.get_by_label(&last).click();
    harness.run();
    let all = harness.state().state.selected_players().len();
    assert!(alone < 14 && (all == 0 || all == 14), "once more shows all: {alone}, {all}");
}

#[test]
fn the_keyboard_goes_from_bin_to_bin_and_selects() {
    let mut harness = harness(charted(one_stat("Integer", &["1", "1", "4", "9"]), &["X"], |_| {}), SIZE);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    for _ in 0..2 {
        key_press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.selected_players(), [2], "bins without players are passed over");
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    key_press(&mut harness, Modifiers::NONE, Key::Home);
    key_press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(harness.state().state.selected_players(), [0, 1]);
    key_press(&mut harness, Modifiers::NONE, Key::End);
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.selected_players(), [3]);
}

#[test]
fn dragging_across_selects_a_range() {
    let mut harness = harness(charted(one_stat("Integer", &["0", "10", "20", "30"]), &["X"], |_| {}), SIZE);
    let plot = harness.get_by_label("X 10: 1 player").rect();
    let end = harness.get_by_label("X 20: 1 player").rect();
    harness.drag_at(plot.left_top() + Vec2::new(-3.0, 40.0));
    harness.run();
    harness.hover_at(end.right_top() + Vec2::new(3.0, 42.0));
    harness.run();
    harness.drop_at(end.right_top() + Vec2::new(3.0, 42.0));
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [1, 2]);
}

#[test]
fn a_zoomed_part_can_be_filtered_to() {
    let mut harness = harness(charted(wide(), &["Kills"], |_| {}), SIZE);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    assert!(harness.query_by_label("Filter to those in sight").is_none());
    for _ in 0..6 {
        key_press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    harness.get_by_label("Filter to those in sight").click();
    harness.run();
    let filters = &harness.state().query.view.filters;
    assert!(matches!(&filters[..], [Filter::Column(_, Test::Between(..))]), "{filters:?}");
    assert!(players_told(&harness) < 14);
}

#[test]
fn zooming_a_histogram_makes_finer_bins_that_count_right() {
    let mut harness = harness(charted(large(30_000, 1), &["Stat0"], |_| {}), SIZE);
    until(&mut harness, |harness| harness.query_by_label_contains("Histogram of Stat0 for 30,000").is_some());
    harness.run();
    // Each integer is the number of one player.
    let counted = |harness: &Harness<'_, World>| -> Vec<(u32, u32)> {
        let number = |text: &str| text.replace(',', "").parse::<u32>().unwrap();
        let told = bins(harness).into_iter().map(|words| {
            let (range, count) = words.strip_prefix("Stat0 ").unwrap().split_once(": ").unwrap();
            let (from, to) = range.split_once(" to ").unwrap_or((range, range));
            (number(to) - number(from) + 1, number(count.split_once(' ').unwrap().0))
        });
        told.collect()
    };
    let whole = counted(&harness);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    for _ in 0..12 {
        key_press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    let zoomed = counted(&harness);
    assert!(zoomed[0].0 < whole[0].0 && zoomed.len() > 10, "{whole:?} {zoomed:?}");
    assert!(zoomed.iter().all(|(integers, players)| integers == players), "{zoomed:?}");
    for key in [Key::Home, Key::ArrowRight, Key::Enter] {
        key_press(&mut harness, Modifiers::NONE, key);
    }
    let selected = harness.state().state.selected_players().to_vec();
    assert_eq!(selected.len(), zoomed[1].0 as usize);
    // The keyboard stays where it is while bins become finer around it.
    for key in [Key::Plus, Key::Plus, Key::Plus, Key::Plus, Key::Plus, Key::Enter] {
        key_press(&mut harness, Modifiers::NONE, key);
    }
    let closer = harness.state().state.selected_players().to_vec();
    assert!(closer.len() <= selected.len(), "{} {}", closer.len(), selected.len());
    key_press(&mut harness, Modifiers::NONE, Key::Num0);
    assert_eq!(counted(&harness), whole);
}

#[test]
fn several_stats_stand_in_cells_of_their_own() {
    let mut harness = harness(charted(wide(), &["Kills", "Deaths", "Headshots"], |_| {}), SIZE);
    let figures: Vec<String> =
        harness.query_all_by_role(Role::Figure).filter_map(|node| node.accesskit_node().label()).collect();
    assert!(figures.iter().all(|figure| figure.starts_with("Histogram of ")), "{figures:?}");
    assert!(figures.len() >= 2, "{figures:?}");
    harness.state_mut().query.view.normalise = Normalise::Percentile;
    harness.run();
    harness.get_by_label_contains("Histogram of Kills for 14 players, median 50, percentile");
}

#[test]
fn a_large_table_comes_when_it_is_worked_out() {
    let mut harness = harness(charted(large(30_000, 1), &["Stat0"], |_| {}), SIZE);
    until(&mut harness, |harness| harness.query_by_label_contains("Histogram of Stat0 for 30,000").is_some());
    harness.run();
    assert_eq!(players_told(&harness), 30_000);
}

#[test]
fn the_selected_and_the_hovered_stand_in_it() {
    let mut harness = harness(charted(small(), &["Deaths"], |_| {}), SIZE);
    let at_rest = harness.render().unwrap();
    harness.get_by_label("TigerShark, Kills: 1,903").hover();
    harness.run_steps(3);
    let bin = harness.get_by_label("Deaths 10: 1 player").rect();
    let lit = harness.render().unwrap();
    let differs = (0..bin.height() as u32).any(|y| {
        (0..bin.width() as u32).any(|x| {
            let (x, y) = (bin.left() as u32 + x, bin.top() as u32 + y);
            lit.get_pixel(x, y) != at_rest.get_pixel(x, y)
        })
    });
    assert!(differs, "a line stands where the hovered player is");
}

fn picture(form: DistributionForm, name: &str) {
    let change = |chart: &mut Chart| (chart.distribution, chart.colour) = (form, ColourBy::Group);
    let mut world = charted(wide(), &["Kills"], change);
    world.fetched_at = None;
    harness(world, Vec2::new(760.0, 600.0)).snapshot(name);
}

#[test]
fn the_picture_of_a_histogram_stays() {
    picture(DistributionForm::Histogram, "explore_histogram");
}

#[test]
fn the_picture_of_a_density_stays() {
    picture(DistributionForm::Density, "explore_density");
}

#[test]
fn the_picture_of_shares_that_add_up_stays() {
    picture(DistributionForm::Cumulative, "explore_cumulative");
}
