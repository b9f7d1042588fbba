//! The line above a chart: its kinds, and what can be chosen of the one that is drawn. What does not
//! fit is folded away, never cut off.

use egui::{Align, Button, Layout, Popup, PopupCloseBehavior, Ui, containers::menu::SubMenuButton, vec2};

use super::{
    super::{Explore, ExploreAction, ExploreInput},
    filtered,
    options::{Opt, Sight},
};
use crate::{
    analysis::display::count,
    formats::delimited::{Guard, Separator, lines},
    model::{Chart, ChartKind, Choice},
    ui::{
        charts::Made,
        theme::{BAR_HEIGHT, HAIRLINE, icon, palette},
        widgets::{chip_button, chip_toggle, chip_width, icon_button, link_button, muted_label},
    },
};

const GAP: f32 = 6.0;
const LEFT: f32 = 10.0;
/// The button that opens what is folded away, and what is said of the selection.
const RIGHT: f32 = 36.0;
/// The options of a kind that have a place before the kinds are folded.
const FIRST: usize = 3;

/// What is said in the line, kept until the chart is another.
#[derive(Debug, Default)]
pub(super) struct Line {
    values: Vec<String>,
    widths: Vec<f32>,
    /// How wide all kinds are.
    kinds: f32,
}

/// The name of a kind, as its tab says it.
fn title(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Scatter => "Scatter",
        ChartKind::Bars => "Bars",
        ChartKind::Distribution => "Distribution",
        ChartKind::Box => "Box",
        ChartKind::Radar => "Radar",
        ChartKind::HeatMap => "Heat map",
        ChartKind::Correlation => "Correlation",
        ChartKind::Parallel => "Parallel",
        ChartKind::OverTime => "Over time",
    }
}

pub(super) fn line_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    chart: &Chart,
    actions: &mut Vec<ExploreAction>,
) {
    let size = vec2(ui.available_width(), BAR_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let line = ui.max_rect();
        ui.painter().hline(line.x_range(), line.top() + HAIRLINE / 2.0, (HAIRLINE, palette(ui).line));
        ui.spacing_mut().item_spacing.x = GAP;
        ui.add_space(LEFT);
        let (Some(shown), Some(chosen)) = (state.chart.made.as_ref(), state.chart.chosen.clone()) else {
            return;
        };
        let scene = shown.scene.clone();
        let sight = Sight { scene: &scene, chart, chosen: &chosen };
        let options = Opt::of(chosen.kind);
        state.chart.line = measured(ui, state, sight, options);
        let words = words_of_selection(state);
        let words_width = if words.is_empty() { 0.0 } else { 150.0 };
        let room = line.width() - LEFT - RIGHT - words_width;
        let firsts: f32 = state.chart.line.widths.iter().take(FIRST).map(|width| width + GAP).sum();
        let are_folded = room < state.chart.line.kinds + firsts + 12.0;
        kinds_ui(ui, chart, chosen.kind, are_folded, actions);
        let mut left = line.right() - ui.cursor().left() - RIGHT - words_width;
        let fits = |width: &&f32| {
            left -= **width + GAP;
            left >= 0.0
        };
        let fitting = state.chart.line.widths.iter().take_while(fits).count();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(LEFT);
            more_ui(ui, state, sight, &options[fitting..], input, actions);
            for (place, option) in options[..fitting].iter().enumerate().rev() {
                let chip = chip_button(ui, option.label(), &state.chart.line.values[place]);
                let chip = chip.on_hover_text(option.tip());
                Popup::menu(&chip)
                    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                    .show(|ui| option.menu_ui(ui, state, sight, actions));
            }
            if !words.is_empty() {
                if link_button(ui, "Show all").on_hover_text("Select nothing (Esc)").clicked() {
                    state.clear_selection();
                }
                muted_label(ui, &words);
            }
            sight_ui(ui, state, input, actions);
        });
    });
}

fn measured(ui: &Ui, state: &Explore, sight: Sight<'_>, options: &[Opt]) -> Line {
    let values: Vec<String> = options.iter().map(|option| option.value(state, sight)).collect();
    let chips = options.iter().zip(&values);
    let widths = chips.map(|(option, value)| chip_width(ui, option.label(), value, true)).collect();
    let kinds = ChartKind::ALL.iter().map(|kind| chip_width(ui, title(*kind), "", false) + GAP).sum();
    Line { values, widths, kinds }
}

/// How many players are drawn, where they are not all.
fn words_of_selection(state: &Explore) -> String {
    match state.chart.selected.rows.count() {
        0 => String::new(),
        selected => format!("{} of {} players", count(selected), count(state.shown_rows().len())),
    }
}

fn kinds_ui(
    ui: &mut Ui,
    chart: &Chart,
    drawn: ChartKind,
    are_folded: bool,
    actions: &mut Vec<ExploreAction>,
) {
    let mut set = |kind: Option<ChartKind>| {
        actions.push(ExploreAction::SetChart(Box::new(Chart { kind, ..chart.clone() })));
    };
    if are_folded {
        let chip = chip_button(ui, "Chart", drawn.name()).on_hover_text("Choose the kind of chart");
        Popup::menu(&chip).show(|ui| {
            if ui.selectable_label(chart.kind.is_none(), "What suits the selection").clicked() {
                set(None);
            }
            for kind in ChartKind::ALL {
                if ui.selectable_label(drawn == *kind, title(*kind)).clicked() {
                    set(Some(*kind));
                }
            }
        });
        return;
    }
    for kind in ChartKind::ALL {
        let chip = chip_toggle(ui, title(*kind), "", drawn == *kind);
        if chip.clicked() {
            // Once more: what suits the selection.
            set((chart.kind != Some(*kind)).then_some(*kind));
        }
    }
}

/// What is done with a part that was zoomed to.
fn sight_ui(ui: &mut Ui, state: &mut Explore, input: &ExploreInput<'_>, actions: &mut Vec<ExploreAction>) {
    if state.chart.draw.sight.is_zoomed()
        && link_button(ui, "Show whole").on_hover_text("Back to all marks (0, or a double click)").clicked()
    {
        state.chart.draw.sight.fit();
    }
    let Some(Made::Chart(drawing)) = state.chart.made.as_ref().map(|shown| &shown.made) else { return };
    let filters = drawing.filters(&state.chart.draw);
    if !filters.is_empty()
        && link_button(ui, "Filter to this")
            .on_hover_text("Show only the players that are in sight, or marked out")
            .clicked()
    {
        actions.push(ExploreAction::SetView(filtered(&input.query.view, filters)));
        state.chart.draw.start_over();
    }
}

/// What has no room, and what is done with the chart as a whole.
fn more_ui(
    ui: &mut Ui,
    state: &mut Explore,
    sight: Sight<'_>,
    folded: &[Opt],
    _input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let more = icon_button(ui, icon::DOTS_THREE, "More of the chart").on_hover_text("More of the chart");
    Popup::menu(&more).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        for option in folded {
            let value = option.value(state, sight);
            let label =
                if value.is_empty() { option.label().into() } else { format!("{}: {value}", option.label()) };
            SubMenuButton::from_button(Button::new(label))
                .ui(ui, |ui| option.menu_ui(ui, state, sight, actions));
        }
        if !folded.is_empty() {
            ui.separator();
        }
        if ui.button("Copy data").on_hover_text("The numbers behind the chart, as TSV").clicked() {
            actions.extend(copy_data(ui, state));
            ui.close();
        }
    });
}

fn copy_data(ui: &Ui, state: &Explore) -> Option<ExploreAction> {
    let Made::Chart(drawing) = &state.chart.made.as_ref()?.made else { return None };
    let data = drawing.data();
    let mut text = Vec::new();
    lines(&data, Separator::Tab, Guard::Spreadsheet, &mut text).ok()?;
    ui.copy_text(String::from_utf8(text).ok()?);
    let what = format!("Copied the data of the chart: {} lines", count(data.len().saturating_sub(1)));
    Some(ExploreAction::Copied { what })
}
