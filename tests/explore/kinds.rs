//! The kinds of charts: heat map, correlation, parallel axes; and pictures of all of them.

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{
    AxisScale, BarsForm, BoxesForm, Chart, ChartKind, Choice, Column, DistributionForm, Field, Filter,
    HeatOrder, PlayerRef, PlayerRow, RowState, SplitBy, Test, WireForm, WireValue, Xuid,
};

use crate::{
    clicked, key_press,
    world::{IRON, SIZE, World, column, harness, key, rows, until, wide, world},
};

pub(crate) fn charted(mut world: World, chart: Chart) -> World {
    world.query.charts = vec![chart];
    world
}

pub(crate) fn of(kind: ChartKind, stats: &[&str]) -> Chart {
    let stats = stats.iter().map(|stat| Field::from(key(IRON, stat))).collect();
    Chart { kind: Some(kind), stats, ..Chart::default() }
}

/// Players whose numbers are spread as those of games are: many small, few large, and some go together.
pub(crate) fn crowd(count: u64, stats: &[&str]) -> World {
    let row = |xuid| PlayerRow {
        asked: PlayerRef::Xuid(Xuid(xuid)),
        state: RowState::Known(statlens::model::Player::nameless(Xuid(xuid))),
    };
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut chance = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let played: Vec<f64> = (0..count).map(|_| (-(1.0 - chance()).ln()).powf(1.3) * 2_000.0).collect();
    let columns = stats.iter().map(|stat| {
        let mut column = Column::new(key(IRON, stat), count as usize);
        for (row, played) in played.iter().enumerate() {
            if chance() < 0.03 {
                column.set_no_value(row);
                continue;
            }
            let spread = chance() + chance() + chance();
            let text = format!("{:.0}", played * spread / 3.0 + 20.0 * spread);
            let value = WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" };
            column.set_value(row, value);
        }
        column
    });
    world((0..count).map(row).collect(), columns.collect())
}

pub(crate) fn figure(harness: &Harness<'_, World>) -> String {
    harness.get_by_role(Role::Figure).accesskit_node().label().unwrap_or_default()
}

#[test]
fn a_heat_map_tells_each_cell_and_leads_to_the_player() {
    let world = charted(wide(), of(ChartKind::HeatMap, &["Kills", "Deaths", "Headshots"]));
    let mut harness = harness(world, SIZE);
    assert_eq!(figure(&harness), "Heat map of 3 stats for 14 players");
    let cell = harness.get_by_role_and_label(Role::GraphicsObject, "QuietOrbit: Deaths 2,894");
    cell.click();
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [0]);
    harness.get_by_role(Role::Figure).focus();
    harness.run();
    for key in [Key::End, Key::Enter] {
        key_press(&mut harness, Modifiers::NONE, key);
    }
    assert_eq!(harness.state().state.selected_players(), [13], "the last row in the order of the grid");
}

#[test]
fn the_cells_of_few_stats_are_wide() {
    let mut harness = harness(charted(wide(), of(ChartKind::HeatMap, &["Kills", "Deaths"])), SIZE);
    let width = |harness: &Harness<'_, World>| {
        harness.get_by_role_and_label(Role::GraphicsObject, "QuietOrbit: Deaths 2,894").rect().width()
    };
    assert!((180.0..=200.0).contains(&width(&harness)), "{}", width(&harness));
    harness.state_mut().query.charts[0].stats.clear();
    harness.run();
    assert!(width(&harness) < 130.0);
}

#[test]
fn a_heat_map_by_similarity_has_the_same_players() {
    let mut chart = of(ChartKind::HeatMap, &["Kills", "Deaths", "Headshots"]);
    chart.heat_order = HeatOrder::Similarity;
    let harness = harness(charted(wide(), chart), SIZE);
    harness.get_by_role_and_label(Role::GraphicsObject, "QuietOrbit: Deaths 2,894");
    assert_eq!(figure(&harness), "Heat map of 3 stats for 14 players");
}

#[test]
fn a_click_on_a_correlation_opens_the_scatter_of_both() {
    let world = charted(wide(), of(ChartKind::Correlation, &["Kills", "Deaths", "Headshots"]));
    let mut harness = harness(world, SIZE);
    assert_eq!(figure(&harness), "Correlation of 3 stats, closest Deaths and Kills: 0.95");
    let cell = harness.get_by_label("Headshots and Kills: 0.92 over 14 players").rect().center();
    harness.hover_at(cell);
    harness.run_steps(8);
    harness.get_by_label("Headshots and Kills: 0.92 over 14 players\nClick, or Enter: the scatter of both");
    harness.get_by_label("Headshots and Kills: 0.92 over 14 players").click();
    harness.run();
    let chart = &harness.state().query.charts[0];
    assert_eq!(chart.kind, Some(ChartKind::Scatter));
    assert_eq!(
        (&chart.x, &chart.y),
        (&Some(key(IRON, "Kills").into()), &Some(key(IRON, "Headshots").into()))
    );
    harness.run();
    assert!(figure(&harness).starts_with("Scatter of Headshots over Kills for 14 players"));
}

#[test]
fn what_cannot_be_correlated_is_said() {
    let columns = vec![
        column(IRON, "Same", "Integer", &["5", "5", "5"]),
        column(IRON, "Other", "Integer", &["1", "2", "3"]),
    ];
    let world = world(rows(&["A", "B", "C"]), columns);
    let mut harness = harness(charted(world, of(ChartKind::Correlation, &["Same", "Other"])), SIZE);
    harness.get_by_label("Other and Same: cannot be told over 3 players: one of both is the same for all");
    harness.state_mut().query.charts[0].stats.pop();
    harness.run();
    harness.get_by_label("A correlation needs two stats that hold numbers. Choose another one.");
}

#[test]
fn too_few_players_for_a_correlation_are_said() {
    let columns = vec![
        column(IRON, "X", "Integer", &["1", "2", "-", "!"]),
        column(IRON, "Y", "Integer", &["3", "5", "1", "2"]),
        column(IRON, "Z", "Integer", &["7", "1", "4", "9"]),
    ];
    let world = world(rows(&["A", "B", "C", "D"]), columns);
    let mut harness = harness(charted(world, of(ChartKind::Correlation, &["X", "Y"])), SIZE);
    harness.get_by_label_contains("A correlation needs at least 3 players with values of both stats.");
    harness.state_mut().query.charts = vec![of(ChartKind::Correlation, &["X", "Y", "Z"])];
    harness.run();
    harness.get_by_label("Y and X: cannot be told over 2 players: it needs at least 3");
    clicked(&mut harness, Role::Button, "More of the chart");
    clicked(&mut harness, Role::Button, "Copy data");
    let copied = harness.state_mut().copied.pop().unwrap_or_default();
    let lines: Vec<Vec<&str>> = copied.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!((lines[1][2], lines[2][2], lines[3][3]), ("", "1", "1"), "{copied}");
}

#[test]
fn a_part_of_an_axis_selects_who_is_within_and_becomes_a_filter() {
    let world = charted(wide(), of(ChartKind::Parallel, &["Kills", "Deaths"]));
    let mut harness = harness(world, SIZE);
    assert_eq!(figure(&harness), "Parallel axes of Kills, Deaths for 14 players");
    let rect = harness.get_by_role(Role::Figure).rect();
    // The first axis stands 60 points from the left; the upper half of it.
    let from = egui::pos2(rect.left() + 60.0, rect.top() + 40.0);
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(egui::pos2(from.x, rect.center().y));
    harness.run_steps(2);
    harness.drop_at(egui::pos2(from.x, rect.center().y));
    harness.run_steps(2);
    let selected = harness.state().state.selected_players().to_vec();
    assert!(!selected.is_empty() && selected.len() < 10, "{selected:?}");
    assert!(selected.contains(&0), "the one with most kills is above the middle");
    clicked(&mut harness, Role::Button, "Filter to these ranges");
    let [Filter::Column(field, Test::Between(..))] = &harness.state().query.view.filters[..] else {
        panic!("{:?}", harness.state().query.view.filters)
    };
    assert_eq!(*field, key(IRON, "Kills").into());
    assert_eq!(harness.state().state.shown_rows().len(), selected.len());
}

#[test]
fn axes_side_by_side_end_where_the_numbers_do() {
    let columns = vec![
        column(IRON, "Kills", "Integer", &["0", "7", "20"]),
        column(IRON, "Deaths", "Integer", &["3", "5", "9"]),
    ];
    let world = charted(
        world(rows(&["One", "Two", "Three"]), columns),
        of(ChartKind::Parallel, &["Kills", "Deaths"]),
    );
    let mut harness = harness(world, SIZE);
    let rect = harness.get_by_role(Role::Figure).rect();
    let at = |y: f32| egui::pos2(rect.left() + 60.0, y);
    harness.drag_at(at(rect.center().y));
    harness.step();
    harness.hover_at(at(rect.bottom()));
    harness.step();
    harness.drop_at(at(rect.bottom()));
    harness.run();
    harness.get_by_label("Filter to these ranges").click();
    harness.run();
    let Some(Filter::Column(_, Test::Between(from, _))) = harness.state().query.view.filters.first() else {
        panic!("a part of an axis is a filter");
    };
    assert!(from.as_f64().abs() < f64::EPSILON, "nobody has fewer than none: {from:?}");
}

#[test]
fn small_charts_have_one_legend_and_count_what_is_missing() {
    let mut chart = of(ChartKind::Distribution, &["Kills", "Deaths"]);
    let legend = |harness: &Harness<'_, World>| harness.query_all_by_label_contains("Show ").count();
    let mut harness = harness(charted(wide(), chart.clone()), SIZE);
    let of_one = legend(&harness);
    assert!(of_one > 1);
    chart.split = SplitBy::Stat;
    harness.state_mut().query.charts = vec![chart];
    harness.run();
    assert_eq!(legend(&harness), of_one);
    let mut chart = of(ChartKind::Box, &["Kills", "Deaths"]);
    chart.split = SplitBy::Stat;
    let world = charted(crowd(200, &["Kills", "Deaths"]), chart);
    let harness = self::harness(world, SIZE);
    harness.get_by_label_contains("players have no Kills · ");
}

#[test]
fn many_notes_are_told_in_few_words_and_the_rest_on_hover() {
    let stats: Vec<String> = (10..30).map(|stat| format!("Stat{stat}")).collect();
    let columns =
        stats.iter().map(|stat| column(IRON, stat, "Integer", &["4", "-", "!", "!", "?"])).collect();
    let world = world(rows(&["A", "B", "C", "D", "E"]), columns);
    let stats: Vec<&str> = stats.iter().map(String::as_str).collect();
    let mut harness = harness(charted(world, of(ChartKind::Parallel, &stats)), SIZE);
    let said = harness.get_by_label_contains("1 player has no Stat10, 2 failed, 1 pending · ");
    let said = said.accesskit_node().value().unwrap_or_default();
    let told = said.split(" · ").count();
    assert!(said.ends_with(" pending") && (2..10).contains(&told), "{said}");
    let more = format!(" · and {} more", 20 - told);
    harness.get_by_label(&more).hover();
    harness.run_steps(8);
    harness.get_by_label("1 player has no Stat29, 2 failed, 1 pending");
}

#[test]
fn whose_requests_failed_is_not_said_to_have_no_value() {
    let columns = vec![
        column(IRON, "Kills", "Integer", &["1", "2", "3", "!", "!"]),
        column(IRON, "Deaths", "Integer", &["1", "2", "3", "?", "!"]),
    ];
    let world = world(rows(&["A", "B", "C", "D", "E"]), columns);
    let mut chart = of(ChartKind::Scatter, &[]);
    (chart.x, chart.y) = (Some(key(IRON, "Kills").into()), Some(key(IRON, "Deaths").into()));
    let mut harness = harness(charted(world, chart), SIZE);
    let notes = "Kills failed for 2 players · Deaths failed for 1 player, 1 pending";
    harness.get_by_label(notes);
    for kind in [ChartKind::Bars, ChartKind::Distribution, ChartKind::Parallel] {
        harness.state_mut().query.charts = vec![of(kind, &["Kills", "Deaths"])];
        harness.run();
        harness.get_by_label(notes);
    }
}

#[test]
fn what_takes_several_stats_is_not_split_by_stat() {
    for kind in [ChartKind::Radar, ChartKind::Correlation, ChartKind::Parallel] {
        let mut chart = of(kind, &["Kills", "Deaths", "Headshots"]);
        chart.split = SplitBy::Stat;
        let harness = harness(charted(wide(), chart), SIZE);
        harness.get_by_label_contains("Split it by group or title.");
    }
}

#[test]
fn thousands_of_lines_are_bundled_and_each_is_still_pointed_at() {
    let world = charted(
        crowd(3_000, &["Kills", "Deaths", "Assists"]),
        of(ChartKind::Parallel, &["Kills", "Deaths", "Assists"]),
    );
    let mut harness = harness(world, SIZE);
    assert_eq!(figure(&harness), "Parallel axes of Kills, Deaths, Assists for 3,000 players");
    let rect = harness.get_by_role(Role::Figure).rect();
    harness.hover_at(egui::pos2(rect.left() + 60.0, rect.bottom() - 60.0));
    harness.run_steps(4);
    harness.get_by_label_contains("P pins it");
}

#[test]
fn charts_of_hard_tables_are_drawn_or_explained() {
    let kinds = [
        ChartKind::Scatter,
        ChartKind::Bars,
        ChartKind::HeatMap,
        ChartKind::Correlation,
        ChartKind::Parallel,
    ];
    let tables: [[&[&str]; 2]; 7] = [
        [&["7"], &["8"]],
        [&["-", "!"], &["?", "-"]],
        [&["5", "5", "5"], &["5", "5", "5"]],
        [&["1", "2", "1000000000000000000"], &["3", "4", "5"]],
        [&["-5", "0", "7"], &["1", "-2", "0"]],
        [&["gold", "silver", "x"], &["1", "2", "3"]],
        [&["1e308", "-1e308", "0"], &["1", "2", "3"]],
    ];
    for cells in tables {
        let names = ["A", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "C"];
        let columns = vec![column(IRON, "X", "Double", cells[0]), column(IRON, "Y", "Double", cells[1])];
        let world = world(rows(&names[..cells[0].len()]), columns);
        let mut harness = harness(charted(world, of(kinds[0], &["X", "Y"])), SIZE);
        for kind in kinds {
            for scale in AxisScale::ALL {
                let chart = &mut harness.state_mut().query.charts[0];
                (chart.kind, chart.x_scale, chart.y_scale) = (Some(kind), *scale, *scale);
                harness.run();
                let is_drawn = harness.query_by_role(Role::Figure).is_some();
                let is_explained = harness.query_all_by_role(Role::Label).any(|label| {
                    let words = label.accesskit_node().value().unwrap_or_default();
                    words.ends_with('.') && (words.contains("value") || words.contains("number"))
                });
                assert!(is_drawn || is_explained, "{kind:?} {scale:?} {cells:?}");
            }
        }
    }
}

#[test]
fn without_a_choice_the_chart_follows_what_is_selected() {
    let mut harness = harness(charted(wide(), Chart::default()), SIZE);
    assert!(figure(&harness).starts_with("Bars of"));
    harness.get_by_role_and_label(Role::Grid, "Values").focus();
    harness.run();
    key_press(&mut harness, Modifiers::CTRL, Key::Space);
    assert!(!figure(&harness).is_empty());
}

/// All kinds, dark and light, at three sizes.
#[test]
#[ignore = "pictures to look at"]
fn pictures() {
    let sizes = [Vec2::new(1330.0, 900.0), Vec2::new(1060.0, 600.0), Vec2::new(760.0, 640.0)];
    for (name, make) in [("few", wide as fn() -> World), ("crowd", many)] {
        for (place, size) in sizes.into_iter().enumerate() {
            let mut harness = harness(charted(make(), Chart::default()), size);
            for kind in ChartKind::ALL {
                for (form, change) in forms(*kind) {
                    for light in [false, true] {
                        let world = harness.state_mut();
                        world.light = light;
                        world.query.charts = vec![Chart { kind: Some(*kind), ..Chart::default() }];
                        change(&mut world.query.charts[0]);
                        until(&mut harness, |harness| {
                            harness.query_by_label("The chart is being worked out.").is_none()
                        });
                        harness.run();
                        let theme = if light { "light" } else { "dark" };
                        let file = format!("zz_{}_{form}_{name}_{place}_{theme}", kind.key());
                        let _ = harness.try_snapshot(file);
                    }
                }
            }
        }
    }
}

fn many() -> World {
    crowd(2_000, &["Kills", "Deaths", "Assists", "Headshots", "MatchesWon", "MinutesPlayed"])
}

type Change = fn(&mut Chart);

fn forms(kind: ChartKind) -> Vec<(&'static str, Change)> {
    let mut forms: Vec<(&'static str, Change)> = vec![("usual", |_| {})];
    match kind {
        ChartKind::Scatter => forms.push(("margins", |chart| {
            chart.scatter.margins = true;
            chart.x_scale = AxisScale::Log;
        })),
        ChartKind::Bars => {
            forms.push(("stacked", |chart| chart.bars = BarsForm::Stacked));
            forms.push(("ranked", |chart| chart.bars = BarsForm::Ranked));
        }
        ChartKind::Distribution => {
            forms.push(("density", |chart| chart.distribution = DistributionForm::Density));
            forms.push(("cumulative", |chart| chart.distribution = DistributionForm::Cumulative));
            forms.push(("split", |chart| chart.split = SplitBy::Group));
        }
        ChartKind::Box => {
            forms.push(("stat", |chart| chart.boxes = BoxesForm::BoxPerStat));
            forms.push(("violin", |chart| chart.boxes = BoxesForm::ViolinPerGroup));
        }
        ChartKind::HeatMap => forms.push(("similar", |chart| chart.heat_order = HeatOrder::Similarity)),
        _ => {}
    }
    forms
}
