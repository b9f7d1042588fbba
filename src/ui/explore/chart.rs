//! The chart below the grid: bars of the numbers that the grid shows.
//!
//! It reads the view of the grid, so that rows, order and numbers are those of the grid whatever
//! stands in place of them. Kept in [`ChartState`] until view, selection or chart change.

mod chosen;
#[cfg(test)]
mod tests;

use egui::{Align, Checkbox, Context, Layout, Popup, PopupCloseBehavior, RichText, Ui};

use super::{Explore, ExploreAction, ExploreInput};
use crate::{
    analysis::{
        View, display,
        series::{self, BarSeries},
        view::{Shown as Cell, Shows},
    },
    model::{BarScale, BarsChart},
    ui::{
        theme::{self, BAR_HEIGHT, HAIRLINE, palette},
        widgets::{
            bars::{self, BarsInput, BarsState, Ticks},
            chip_button,
            grid::{Look, Looks},
            link_button, muted_label,
        },
    },
};
use chosen::Chosen;

/// More players than anyone tells apart by their bars; the rest is counted.
const MOST_PLAYERS: usize = 2_000;

/// The bars, kept until what they show changes.
#[derive(Debug, Default)]
pub(super) struct ChartState {
    of: Option<Shown>,
    /// Whether the numbers were there when the bars were made.
    is_ready: bool,
    chosen: Chosen,
    bars: BarSeries,
    words: Words,
    widget: BarsState,
}

/// What the bars were made of.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    /// That of the view, and that of the selection.
    versions: (usize, usize),
    chart: BarsChart,
}

/// What is said of the bars.
#[derive(Debug, Default)]
struct Words {
    /// What the drawn columns are called.
    names: Vec<String>,
    /// What stands in place of the values; empty for the values themselves.
    shown_as: String,
    /// What is not drawn.
    note: String,
    /// What a screen reader is told of the whole.
    summary: String,
    /// Why there is no bar, where there is none.
    nothing: Option<String>,
}

impl ChartState {
    /// What is drawn, as places in [`View::all_columns`].
    pub(super) fn columns(&self) -> &[usize] {
        &self.chosen.drawn
    }
}

/// The chart with its chips. Returns the row under the pointer.
pub(super) fn chart_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<u32> {
    let of_default = BarsChart::default();
    let chart = input.query.charts.first().unwrap_or(&of_default);
    refresh(ui.ctx(), state, chart);
    chips_ui(ui, state, chart, actions);
    let (bars, words) = (&state.chart.bars, &state.chart.words);
    let hovered = state.hovered;
    let mut output = bars::BarsOutput::default();
    if let Some(nothing) = &words.nothing {
        let words = match (input.fetching, state.chart.is_ready) {
            (true, _) => "Bars appear as values come.",
            (false, false) => "The numbers are being worked out.",
            (false, true) => nothing,
        };
        ui.centered_and_justified(|ui| {
            ui.label(RichText::new(words).color(palette(ui).muted));
        });
    } else {
        let look = state.views.shown().and_then(|shown| common_look(&shown.looks, &bars.columns));
        let write = |number: f64| match (chart.scale, look) {
            (BarScale::ShareOfGreatest, _) if number != 0.0 => {
                format!("{} %", display::number(number * 100.0))
            }
            (BarScale::Value, Some(look)) => look.tick(number),
            _ => display::number(number),
        };
        let second = look.filter(|_| chart.scale == BarScale::Value).and_then(Look::second);
        let shown = BarsInput {
            series: bars,
            names: &words.names,
            shown_as: &words.shown_as,
            ticks: Ticks { write: &write, second },
            hovered,
            summary: &words.summary,
        };
        let widget = &mut state.chart.widget;
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            if !words.note.is_empty() {
                ui.horizontal(|ui| {
                    ui.add_space(12.0);
                    let note = RichText::new(&words.note).font(theme::small()).color(palette(ui).muted);
                    ui.add(egui::Label::new(note).truncate());
                });
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                output = bars::bars_ui(ui, widget, &shown);
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

/// Makes the bars anew when view, selection or chart are others, or the numbers came meanwhile.
fn refresh(ctx: &Context, state: &mut Explore, chart: &BarsChart) {
    let Some(shown) = state.views.shown() else { return };
    let (view, looks) = (shown.view.clone(), shown.looks.clone());
    let versions = (state.views.version(), state.selected_version());
    let of = state.chart.of.as_ref();
    let is_same = of.is_some_and(|of| of.versions == versions && of.chart == *chart);
    if is_same && state.chart.is_ready {
        return;
    }
    if !is_same {
        state.chart.chosen = Chosen::of(&view, chart);
    }
    let is_ready = |chosen: &Chosen| chosen.drawn.iter().all(|column| view.numbers(*column).is_some());
    if !is_ready(&state.chart.chosen) {
        let drawn = state.chart.chosen.drawn.clone();
        state.views.prepare(ctx, &drawn);
    }
    let is_ready = is_ready(&state.chart.chosen);
    if is_same && !is_ready {
        return;
    }
    let selected = state.selected_players();
    let rows = if selected.is_empty() { state.shown_rows() } else { selected };
    let drawn = &state.chart.chosen.drawn;
    let write = |row, column| {
        let look = looks.column(column);
        look.map(|look| look.measured(view.cell(row, column)).into_owned()).unwrap_or_default()
    };
    let bars = series::bars(&view, rows, drawn, chart.scale, MOST_PLAYERS, write);
    let words = Words::of(&state.chart.chosen, &bars, &view, &looks, state.shown_as());
    state.chart.bars = bars;
    state.chart.words = words;
    state.chart.is_ready = is_ready;
    if !is_same {
        state.chart.of = Some(Shown { versions, chart: chart.clone() });
    }
}

impl Words {
    fn of(chosen: &Chosen, bars: &BarSeries, view: &View, looks: &Looks, shown_as: Option<String>) -> Self {
        let called = |columns: &[usize]| -> Vec<String> {
            columns.iter().map(|column| chosen::name(view, looks, *column)).collect()
        };
        let (names, refused) = (called(&chosen.drawn), called(&chosen.refused));
        let note = note(bars, &names, &refused);
        let players = if bars.groups.len() == 1 { "player" } else { "players" };
        let count = display::count(bars.groups.len() + bars.left_out);
        let mut summary = format!("Bars of {} for {count} {players}", names.join(", "));
        let shown_as = shown_as.unwrap_or_default();
        if !shown_as.is_empty() {
            summary = format!("{summary}, {shown_as}");
        }
        let has_bar = bars.groups.iter().any(|group| group.bars.iter().any(Option::is_some));
        let nothing = match (names.is_empty(), refused.is_empty()) {
            _ if has_bar => None,
            (true, true) => Some("No stat holds numbers: there is nothing to draw.".to_owned()),
            (true, false) => Some(format!("{note}.")),
            (false, _) => Some(why_nothing(bars, view)),
        };
        Self { names, shown_as, note, summary, nothing }
    }
}

/// Why none of the drawn columns shows a number.
fn why_nothing(bars: &BarSeries, view: &View) -> String {
    let mut cells = bars
        .groups
        .iter()
        .flat_map(|group| bars.columns.iter().map(move |column| view.cell(group.row, *column)));
    let why = cells.find_map(|cell| match cell {
        Cell::Nothing(why) => Some(format!("No bars. {why}.")),
        _ => None,
    });
    why.unwrap_or_else(|| "None of these players has a value of the chosen stats.".to_owned())
}

/// How all of these columns write their numbers; `None` when they do not write them alike.
fn common_look<'a>(looks: &'a Looks, columns: &[usize]) -> Option<&'a Look> {
    let first = looks.column(*columns.first()?)?;
    let is_like = |column: &usize| looks.column(*column).is_some_and(|look| look.ticks_like(first));
    columns.iter().all(is_like).then_some(first)
}

fn chips_ui(ui: &mut Ui, state: &mut Explore, chart: &BarsChart, actions: &mut Vec<ExploreAction>) {
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), BAR_HEIGHT),
        Layout::left_to_right(Align::Center),
        |ui| {
            let line = ui.max_rect();
            ui.painter().hline(line.x_range(), line.top() + HAIRLINE / 2.0, (HAIRLINE, palette(ui).line));
            ui.add_space(10.0);
            ui.label(RichText::new("Bars").font(theme::semibold()));
            if let Some(shown) = state.views.shown() {
                stats_chip_ui(ui, &shown.view, &shown.looks, &state.chart.chosen, chart, actions);
            }
            scale_chip_ui(ui, chart, actions);
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
    view: &View,
    looks: &Looks,
    chosen: &Chosen,
    chart: &BarsChart,
    actions: &mut Vec<ExploreAction>,
) {
    let value = match (&chosen.drawn[..], &chosen.refused[..]) {
        ([], []) => "none".to_owned(),
        ([one], []) | ([], [one]) => chosen::name(view, looks, *one),
        (drawn, refused) => (drawn.len() + refused.len()).to_string(),
    };
    let chip = chip_button(ui, "Stats", &value).on_hover_text("Choose the stats and formulas that are drawn");
    Popup::menu(&chip).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            let columns = view.all_columns().iter().enumerate();
            for (place, _) in columns.filter(|(_, column)| column.shows == Shows::Value) {
                let mut is_chosen = chosen.has(place);
                let can_change = is_chosen || chosen::has_numbers(view, place);
                let checkbox = Checkbox::new(&mut is_chosen, chosen::name(view, looks, place));
                let response = ui.add_enabled(can_change, checkbox);
                if response.on_disabled_hover_text("It holds no numbers: bars need some").changed() {
                    let stats = chosen.toggled(view, chart, place);
                    actions.push(ExploreAction::SetChart(BarsChart { stats, scale: chart.scale }));
                }
            }
        });
    });
}

fn scale_chip_ui(ui: &mut Ui, chart: &BarsChart, actions: &mut Vec<ExploreAction>) {
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
                let stats = chart.stats.clone();
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
