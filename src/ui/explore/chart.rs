use egui::{Align, Layout, Popup, PopupCloseBehavior, RichText, Ui};

use super::{Explore, ExploreAction, ExploreInput};
use crate::{
    analysis::{
        display,
        series::{self, BarSeries},
    },
    model::{BarScale, BarsChart, StatTable},
    ui::{
        theme::{self, BAR_HEIGHT, HAIRLINE, palette},
        widgets::{
            bars::{self, BarsInput},
            chip_button,
            grid::Place,
            link_button, muted_label,
        },
    },
};

/// More players than anyone tells apart by their bars; the rest is counted.
const MOST_PLAYERS: usize = 2_000;

/// The bars, kept until what they show changes.
#[derive(Debug, Default)]
pub(super) struct ChartState {
    of: Option<Drawn>,
    bars: BarSeries,
}

#[derive(Debug, PartialEq)]
struct Drawn {
    revision: u64,
    version: usize,
    selected: Vec<u32>,
    columns: Vec<usize>,
    scale: BarScale,
}

/// The chart with its chips. Returns the row under the pointer.
pub(super) fn chart_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<u32> {
    let chart = input.query.charts.first().cloned().unwrap_or_default();
    let columns = series::columns(input.table, &chart);
    refresh(state, input, &columns, chart.scale);
    chips_ui(ui, state, input, &chart, &columns, actions);
    let names: Vec<String> = columns.iter().map(|column| column_name(input.table, *column)).collect();
    let bars = &state.chart.bars;
    let hovered = state.hovered;
    let mut output = bars::BarsOutput::default();
    if columns.is_empty() || bars.groups.iter().all(|group| group.bars.iter().all(Option::is_none)) {
        ui.centered_and_justified(|ui| {
            let words = match (columns.is_empty(), input.fetching) {
                (_, true) => "Bars appear as values come.",
                (true, false) => "No stat holds numbers: there is nothing to draw.",
                (false, false) => "None of these players has a value of the chosen stats.",
            };
            ui.label(RichText::new(words).color(palette(ui).muted));
        });
    } else {
        let note = note(bars, &names);
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            if !note.is_empty() {
                ui.horizontal(|ui| {
                    ui.add_space(12.0);
                    ui.label(RichText::new(note).font(theme::small()).color(palette(ui).muted));
                });
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                let players = if bars.groups.len() == 1 { "player" } else { "players" };
                let count = display::count(bars.groups.len() + bars.left_out);
                let summary = format!("Bars of {} for {count} {players}", names.join(", "));
                let shares = chart.scale == BarScale::ShareOfGreatest;
                output = bars::bars_ui(
                    ui,
                    &BarsInput { series: bars, names: &names, shares, hovered, summary: &summary },
                );
            });
        });
    }
    if let Some((row, modifiers)) = output.clicked {
        click(state, row, modifiers);
    }
    output.hovered
}

/// A click on a player's bars selects them; on the only one selected, all are shown again.
fn click(state: &mut Explore, row: u32, modifiers: egui::Modifiers) {
    if modifiers.command || state.selected_players() == [row] {
        state.grid.selection.toggle_row(Place { row, lane: 0 });
    } else {
        state.select_player(row as usize);
    }
}

fn refresh(state: &mut Explore, input: &ExploreInput<'_>, columns: &[usize], scale: BarScale) {
    let wanted = Drawn {
        revision: input.revision,
        version: state.rows.version(),
        selected: state.selected.rows.clone(),
        columns: columns.to_vec(),
        scale,
    };
    if state.chart.of.as_ref() == Some(&wanted) {
        return;
    }
    let rows = if wanted.selected.is_empty() { state.shown_rows() } else { &wanted.selected };
    state.chart.bars = series::bars(input.table, rows, columns, scale, MOST_PLAYERS);
    state.chart.of = Some(wanted);
}

fn chips_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    chart: &BarsChart,
    columns: &[usize],
    actions: &mut Vec<ExploreAction>,
) {
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), BAR_HEIGHT),
        Layout::left_to_right(Align::Center),
        |ui| {
            let line = ui.max_rect();
            ui.painter().hline(line.x_range(), line.top() + HAIRLINE / 2.0, (HAIRLINE, palette(ui).line));
            ui.add_space(10.0);
            ui.label(RichText::new("Bars").font(theme::semibold()));
            stats_chip_ui(ui, input, chart, columns, actions);
            scale_chip_ui(ui, chart, columns, input.table, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(12.0);
                let selected = state.selected_players().len();
                let shown = state.shown_rows().len();
                if selected > 0 {
                    if link_button(ui, "Show all").on_hover_text("Select nothing (Esc)").clicked() {
                        state.clear_selection();
                    }
                    let words = format!("{} of {} players", display::count(selected), display::count(shown));
                    muted_label(ui, &words);
                } else {
                    muted_label(ui, &format!("all {} players", display::count(shown)));
                }
            });
        },
    );
}

fn stats_chip_ui(
    ui: &mut Ui,
    input: &ExploreInput<'_>,
    chart: &BarsChart,
    columns: &[usize],
    actions: &mut Vec<ExploreAction>,
) {
    let value = match columns {
        [] => "none".to_owned(),
        [one] => column_name(input.table, *one),
        several => several.len().to_string(),
    };
    let chip = chip_button(ui, "Stats", &value).on_hover_text("Choose the stats that are drawn");
    Popup::menu(&chip).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (index, column) in input.table.columns().iter().enumerate() {
                if !column.is_numeric() && !columns.contains(&index) {
                    continue;
                }
                let mut drawn = columns.contains(&index);
                if ui.checkbox(&mut drawn, column_name(input.table, index)).changed() {
                    let chosen = (0..input.table.columns().len())
                        .filter(|other| if *other == index { drawn } else { columns.contains(other) });
                    let stats = chosen.map(|column| input.table.columns()[column].key().clone()).collect();
                    actions.push(ExploreAction::SetChart(BarsChart { stats, scale: chart.scale }));
                }
            }
        });
    });
}

fn scale_chip_ui(
    ui: &mut Ui,
    chart: &BarsChart,
    columns: &[usize],
    table: &StatTable,
    actions: &mut Vec<ExploreAction>,
) {
    let name = |scale| match scale {
        BarScale::Value => "value",
        BarScale::ShareOfGreatest => "share of greatest",
    };
    let chip = chip_button(ui, "Scale", name(chart.scale)).on_hover_text(
        "Value: all stats on one axis. Share of greatest: each stat by its own greatest value",
    );
    Popup::menu(&chip).show(|ui| {
        for scale in [BarScale::Value, BarScale::ShareOfGreatest] {
            let label = match scale {
                BarScale::Value => "Value",
                BarScale::ShareOfGreatest => "Share of greatest",
            };
            if ui.selectable_label(chart.scale == scale, label).clicked() {
                let stats = columns.iter().map(|column| table.columns()[*column].key().clone()).collect();
                actions.push(ExploreAction::SetChart(BarsChart { stats, scale }));
            }
        }
    });
}

/// What is not drawn, counted.
fn note(bars: &BarSeries, names: &[String]) -> String {
    let mut parts = Vec::new();
    if bars.left_out > 0 {
        let (drawn, all) = (bars.groups.len(), bars.groups.len() + bars.left_out);
        parts.push(format!("First {} of {} players", display::count(drawn), display::count(all)));
    }
    let missing = names.iter().zip(&bars.missing).filter(|(_, count)| **count > 0);
    parts.extend(missing.map(|(name, count)| match count {
        1 => format!("1 player has no value of {name}"),
        _ => format!("{} players have no value of {name}", display::count(*count)),
    }));
    parts.join(" · ")
}

fn column_name(table: &StatTable, column: usize) -> String {
    table.columns()[column].key().stat.to_string()
}
