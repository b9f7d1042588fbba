use egui::{Align, Checkbox, Layout, Popup, PopupCloseBehavior, RichText, Ui};

use super::{Explore, ExploreAction, ExploreInput};
use crate::{
    analysis::{
        display,
        series::{self, BarSeries},
    },
    model::{BarScale, BarsChart, Cell, StatTable},
    ui::{
        theme::{self, BAR_HEIGHT, HAIRLINE, palette},
        widgets::{
            bars::{self, BarsInput, BarsState},
            chip_button, link_button, muted_label,
        },
    },
};

/// More players than anyone tells apart by their bars; the rest is counted.
const MOST_PLAYERS: usize = 2_000;
/// Rows that are looked at to learn whether a column without numbers holds texts.
const ROWS_TRIED: usize = 10_000;

/// The bars, kept until what they show changes.
#[derive(Debug, Default)]
pub(super) struct ChartState {
    of: Option<Shown>,
    chosen: Chosen,
    bars: BarSeries,
    widget: BarsState,
}

/// What the bars were made of.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    /// That of the view, and that of the selection.
    versions: (usize, usize),
    chart: BarsChart,
}

/// The stats that a chart asks for.
#[derive(Clone, Debug, Default)]
struct Chosen {
    /// The columns that are drawn.
    drawn: Vec<usize>,
    /// Those that hold texts: a text has no length.
    refused: Vec<usize>,
}

impl Chosen {
    fn of(table: &StatTable, chart: &BarsChart) -> Self {
        let holds_text = |column: &usize| {
            let cells = &table.columns()[*column];
            let has_value = |row| matches!(cells.cell(row), Cell::Value(_));
            !cells.is_numeric() && (0..cells.len().min(ROWS_TRIED)).any(has_value)
        };
        let (refused, drawn) = series::columns(table, chart).into_iter().partition(holds_text);
        Self { drawn, refused }
    }

    /// All of them, in the order of the table.
    fn all(&self) -> Vec<usize> {
        let mut all = [self.drawn.as_slice(), &self.refused].concat();
        all.sort_unstable();
        all
    }
}

/// The chart with its chips. Returns the row under the pointer.
pub(super) fn chart_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<u32> {
    let chart = input.query.charts.first().cloned().unwrap_or_default();
    refresh(state, input, &chart);
    chips_ui(ui, state, input, &chart, actions);
    let (chosen, bars) = (&state.chart.chosen, &state.chart.bars);
    let names: Vec<String> = chosen.drawn.iter().map(|column| column_name(input.table, *column)).collect();
    let refused: Vec<String> =
        chosen.refused.iter().map(|column| column_name(input.table, *column)).collect();
    let note = note(bars, &names, &refused);
    let hovered = state.hovered;
    let mut output = bars::BarsOutput::default();
    if names.is_empty() || bars.groups.iter().all(|group| group.bars.iter().all(Option::is_none)) {
        let words = match (names.is_empty(), input.fetching) {
            (_, true) => "Bars appear as values come.".to_owned(),
            (true, false) if refused.is_empty() => {
                "No stat holds numbers: there is nothing to draw.".to_owned()
            }
            (true, false) => format!("{note}."),
            (false, false) => "None of these players has a value of the chosen stats.".to_owned(),
        };
        ui.centered_and_justified(|ui| {
            ui.label(RichText::new(words).color(palette(ui).muted));
        });
    } else {
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            if !note.is_empty() {
                ui.horizontal(|ui| {
                    ui.add_space(12.0);
                    let words = RichText::new(&note).font(theme::small()).color(palette(ui).muted);
                    ui.add(egui::Label::new(words).truncate());
                });
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                let players = if bars.groups.len() == 1 { "player" } else { "players" };
                let count = display::count(bars.groups.len() + bars.left_out);
                let summary = format!("Bars of {} for {count} {players}", names.join(", "));
                let shares = chart.scale == BarScale::ShareOfGreatest;
                output = bars::bars_ui(
                    ui,
                    &mut state.chart.widget,
                    &BarsInput { series: bars, names: &names, shares, hovered, summary: &summary },
                );
            });
        });
    }
    if output.escaped {
        state.clear_selection();
    }
    if let Some((row, modifiers)) = output.clicked {
        click(state, row, modifiers);
    }
    output.hovered
}

/// A click on a player's bars selects them; on the only one selected, all are shown again.
fn click(state: &mut Explore, row: u32, modifiers: egui::Modifiers) {
    let is_only = state.selected_players() == [row];
    if let Some(view) = state.view().cloned().filter(|_| modifiers.command) {
        state.grid.toggle_player(row, &view);
    } else if is_only {
        state.clear_selection();
    } else {
        state.select_player(row as usize);
    }
}

fn refresh(state: &mut Explore, input: &ExploreInput<'_>, chart: &BarsChart) {
    let wanted = Shown { versions: (state.views.version(), state.selected_version()), chart: chart.clone() };
    if state.chart.of.as_ref() == Some(&wanted) {
        return;
    }
    let chosen = Chosen::of(input.table, chart);
    let selected = state.selected_players();
    let rows = if selected.is_empty() { state.shown_rows() } else { selected };
    state.chart.bars = series::bars(input.table, rows, &chosen.drawn, chart.scale, MOST_PLAYERS);
    state.chart.chosen = chosen;
    state.chart.of = Some(wanted);
}

fn chips_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    chart: &BarsChart,
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
            let columns = state.chart.chosen.all();
            stats_chip_ui(ui, input, chart, &columns, actions);
            scale_chip_ui(ui, chart, &columns, input.table, actions);
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
                let mut drawn = columns.contains(&index);
                let has_numbers = column.is_numeric();
                let can_change = has_numbers || drawn;
                let checkbox = Checkbox::new(&mut drawn, column.key().stat.as_str());
                let response = ui.add_enabled(can_change, checkbox);
                if response.on_disabled_hover_text("It holds no numbers: bars need some").changed() {
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
                ui.close();
            }
        }
    });
}

/// What is not drawn, counted.
fn note(bars: &BarSeries, names: &[String], refused: &[String]) -> String {
    let mut parts = Vec::new();
    match refused {
        [] => {}
        [one] => parts.push(format!("{one} holds texts: bars need numbers")),
        several => parts.push(format!("{} hold texts: bars need numbers", several.join(", "))),
    }
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
