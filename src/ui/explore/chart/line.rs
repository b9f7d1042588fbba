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
    model::{Chart, ChartKind, Choice, Filter},
    ui::{
        charts::{Chosen, Made, Tool},
        theme::{BAR_HEIGHT, HAIRLINE, body, icon, palette},
        widgets::{Chip, FontsSeen, icon_button, link_button, muted_label},
    },
};

const GAP: f32 = 6.0;
const LEFT: f32 = 10.0;
/// The button that opens what is folded away.
const MORE: f32 = 30.0;
/// Options of a kind that have a place before its kinds.
const FIRST: usize = 3;
/// Between two things that can be clicked and have no frame.
const LINK_GAP: f32 = 12.0;

/// What is written in the line, kept until the chart is another.
#[derive(Debug, Default)]
pub(super) struct Line {
    of: Option<Of>,
    fonts: FontsSeen,
    kinds: Vec<Chip>,
    /// The chips of [`Opt::of`] the kind that is drawn.
    options: Vec<Chip>,
}

#[derive(Clone, Debug, PartialEq)]
struct Of {
    view: usize,
    chart: Chart,
    chosen: Chosen,
    tool: Tool,
    dark: bool,
}

impl Line {
    fn refresh(&mut self, ui: &Ui, of: Of, state: &Explore, sight: Sight<'_>) {
        if !self.fonts.changed(ui) && self.of.as_ref() == Some(&of) {
            return;
        }
        self.of = Some(of);
        self.kinds = ChartKind::ALL.iter().map(|kind| Chip::plain(ui, title(*kind), "")).collect();
        let options = Opt::of(sight.chosen.kind).iter();
        self.options =
            options.map(|option| Chip::opening(ui, option.label(), &option.value(state, sight))).collect();
    }
}

/// How many of `chips` fit into so many points beside each other, and what is left.
fn fitting(chips: &[Chip], room: f32) -> (usize, f32) {
    let mut left = room;
    let fits = |chip: &&Chip| {
        let rest = left - chip.width() - GAP;
        left = if rest >= 0.0 { rest } else { left };
        rest >= 0.0
    };
    (chips.iter().take_while(fits).count(), left)
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
        let bar = ui.max_rect();
        ui.painter().hline(bar.x_range(), bar.top() + HAIRLINE / 2.0, (HAIRLINE, palette(ui).line));
        let (Some(shown), Some(chosen)) = (&state.chart.made, state.chart.chosen.clone()) else { return };
        let scene = shown.scene.clone();
        let sight = Sight { scene: &scene, chart, chosen: &chosen };
        let mut line = std::mem::take(&mut state.chart.line);
        let of = Of {
            view: state.views.version(),
            chart: chart.clone(),
            chosen: chosen.clone(),
            tool: state.chart.draw.sight.tool,
            dark: ui.visuals().dark_mode,
        };
        line.refresh(ui, of, state, sight);
        ui.spacing_mut().item_spacing.x = GAP;
        ui.add_space(LEFT);
        let words = words_of_selection(state);
        let filters = filters_in_sight(state);
        let said = [
            words.as_str(),
            if words.is_empty() { "" } else { "Show all" },
            if state.chart.draw.is_zoomed() { "Show whole" } else { "" },
            if filters.is_empty() { "" } else { "Filter to this" },
        ];
        let room = bar.width() - 2.0 * LEFT - MORE - links_room(ui, &said);
        let firsts: f32 = line.options.iter().take(FIRST).map(|chip| chip.width() + GAP).sum();
        let folded = chip_room(&line.kinds);
        let (kinds, _) = fitting(&line.kinds, room - firsts);
        let kinds =
            if kinds < line.kinds.len() { fitting(&line.kinds, room - firsts - folded).0 } else { kinds };
        let taken: f32 = line.kinds[..kinds].iter().map(|chip| chip.width() + GAP).sum();
        let folded = if kinds < line.kinds.len() { folded } else { 0.0 };
        let (options, _) = fitting(&line.options, room - taken - folded);
        kinds_ui(ui, &line.kinds[..kinds], chart, chosen.kind, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(LEFT);
            let all = Opt::of(chosen.kind);
            more_ui(ui, state, sight, &all[options..], actions);
            for (option, chip) in all[..options].iter().zip(&line.options).rev() {
                let chip = chip.button_ui(ui).on_hover_text(option.tip());
                Popup::menu(&chip)
                    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                    .show(|ui| option.menu_ui(ui, state, sight, actions));
            }
            ui.spacing_mut().item_spacing.x = LINK_GAP;
            if !words.is_empty() {
                if link_button(ui, "Show all").on_hover_text("Select nothing (Esc)").clicked() {
                    state.clear_selection();
                }
                muted_label(ui, &words);
            }
            sight_ui(ui, state, input, filters, actions);
        });
        state.chart.line = line;
    });
}

/// The room that the chip takes behind which kinds are folded, whichever of them it names.
fn chip_room(kinds: &[Chip]) -> f32 {
    kinds.iter().map(Chip::width).fold(0.0, f32::max) + 24.0
}

/// How much room these take beside each other, without those that are empty.
fn links_room(ui: &Ui, said: &[&str]) -> f32 {
    let color = palette(ui).muted;
    let width = |words: &&str| ui.painter().layout_no_wrap((*words).to_owned(), body(), color).size().x;
    said.iter().filter(|words| !words.is_empty()).map(|words| width(words) + LINK_GAP).sum()
}

/// Conditions that those meet who are in sight, where not all are.
fn filters_in_sight(state: &Explore) -> Vec<Filter> {
    match state.chart.made.as_ref().map(|shown| &shown.made) {
        Some(Made::Chart(drawing)) => drawing.filters(&state.chart.draw),
        _ => Vec::new(),
    }
}

/// How many players are drawn, where they are not all.
fn words_of_selection(state: &Explore) -> String {
    match state.chart.selected.rows.count() {
        0 => String::new(),
        selected => format!("{} of {} players", count(selected), count(state.shown_rows().len())),
    }
}

/// The tabs of as many kinds as there are chips, and one behind which the others are folded.
fn kinds_ui(ui: &mut Ui, tabs: &[Chip], chart: &Chart, drawn: ChartKind, actions: &mut Vec<ExploreAction>) {
    let mut set = |kind: Option<ChartKind>| {
        actions.push(ExploreAction::SetChart(Box::new(Chart { kind, ..chart.clone() })));
    };
    for (kind, tab) in ChartKind::ALL.iter().zip(tabs) {
        if tab.toggle_ui(ui, drawn == *kind).clicked() {
            // Once more: what suits the selection.
            set((chart.kind != Some(*kind)).then_some(*kind));
        }
    }
    let folded = &ChartKind::ALL[tabs.len()..];
    if folded.is_empty() {
        return;
    }
    let is_drawn = folded.contains(&drawn);
    let chip = Chip::opening(ui, if is_drawn { title(drawn) } else { "More kinds" }, "");
    let chip = if is_drawn { chip.lit_button_ui(ui) } else { chip.button_ui(ui) };
    let chip = chip.on_hover_text("Other kinds of charts");
    Popup::menu(&chip).show(|ui| {
        if tabs.is_empty() && ui.selectable_label(chart.kind.is_none(), "What suits the selection").clicked()
        {
            set(None);
        }
        for kind in folded {
            if ui.selectable_label(drawn == *kind, title(*kind)).clicked() {
                set(Some(*kind));
            }
        }
    });
}

/// What is done with a part that was zoomed to.
fn sight_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    filters: Vec<Filter>,
    actions: &mut Vec<ExploreAction>,
) {
    if state.chart.draw.is_zoomed()
        && link_button(ui, "Show whole").on_hover_text("Back to all marks (0, or a double click)").clicked()
    {
        state.chart.draw.show_whole();
    }
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
        let has_chart = matches!(state.chart.made.as_ref().map(|shown| &shown.made), Some(Made::Chart(_)));
        let picture = ui.add_enabled(has_chart, Button::new("Picture of the chart…"));
        if picture.on_hover_text("As PNG or SVG, or on the clipboard").clicked() {
            actions.push(ExploreAction::ChartPicture);
            ui.close();
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
