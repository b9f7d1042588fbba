//! The line above a chart: its kinds, what can be chosen of the one that is drawn, and links to what is
//! done with who is selected. What does not fit is folded away, never cut off: links first, then
//! options. Kinds stay where they are at a given width.

use egui::{Align, Layout, Popup, PopupCloseBehavior, Ui, vec2};

use super::{
    super::{Explore, ExploreAction, ExploreInput},
    links::Links,
    more::more_ui,
    options::{MenuSearch, Opt, Sight},
};
use crate::{
    model::{Chart, ChartKind, Choice as _},
    ui::{
        charts::{Chosen, Tool},
        theme::{BAR_HEIGHT, HAIRLINE, icon, palette},
        widgets::{Chip, FontsSeen, icon_button},
    },
};

const GAP: f32 = 6.0;
const LEFT: f32 = 10.0;
/// The buttons that open what is folded away, and give the chart all the room.
const MORE: f32 = 60.0;
/// Options of a kind that have a place before links have words.
const FIRST: usize = 3;
/// Between kinds and options.
const PARTS_GAP: f32 = 10.0;
/// What part of the line kinds leave to options and links, and how much at least, whatever is drawn,
/// selected or zoomed to: so that they stay where they are.
const OTHERS: f32 = 0.47;
const LEAST_OTHERS: f32 = 320.0;

/// What of the line outlives a frame.
#[derive(Debug, Default)]
pub(super) struct Line {
    written: Written,
    /// What is typed in the menu that is open.
    pub(super) search: MenuSearch,
}

/// What is written in the line, kept until the chart is another.
#[derive(Debug, Default)]
struct Written {
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

impl Written {
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
pub(super) fn title(kind: ChartKind) -> &'static str {
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
        let mut line = std::mem::take(&mut state.chart.line.written);
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
        let room = bar.width() - 2.0 * LEFT - MORE;
        let (kinds, rest) = kinds_fitting(&line.kinds, room);
        let mut links = Links::of(state, chosen.kind);
        let all = Opt::of(chosen.kind);
        let options = options_fitting(ui, &line.options, &mut links, rest - PARTS_GAP);
        kinds_ui(ui, &line.kinds[..kinds], chart, chosen.kind, actions);
        ui.add_space(PARTS_GAP);
        for (option, chip) in all[..options].iter().zip(&line.options) {
            let chip = chip.button_ui(ui).on_hover_text(option.tip());
            Popup::menu(&chip)
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .show(|ui| option.menu_ui(ui, state, sight, actions));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(LEFT);
            enlarge_ui(ui, state);
            more_ui(ui, state, input, sight, &all[options..], &links, actions);
            links.links_ui(ui, state, input, actions);
        });
        state.chart.line.written = line;
    });
}

/// The button that gives the chart all the room, or the grid its part again.
fn enlarge_ui(ui: &mut Ui, state: &mut Explore) {
    let (glyph, name) = if state.is_chart_alone {
        (icon::CARET_DOWN, "Show the grid too")
    } else {
        (icon::CARET_UP, "Give the chart all the room")
    };
    state.is_chart_alone ^= icon_button(ui, glyph, name).on_hover_text(format!("{name} (M)")).clicked();
}

/// How many kinds stand in the line, and what they leave of this room.
fn kinds_fitting(kinds: &[Chip], room: f32) -> (usize, f32) {
    let own = room - (room * OTHERS).max(LEAST_OTHERS);
    let (all, _) = fitting(kinds, own);
    let folded = if all < kinds.len() { chip_room(kinds) } else { 0.0 };
    let (shown, _) = fitting(kinds, own - folded);
    let taken: f32 = kinds[..shown].iter().map(|chip| chip.width() + GAP).sum();
    (shown, room - taken - folded)
}

/// How many options stand in this room beside the links: the first of them before links have words, the
/// others after.
fn options_fitting(ui: &Ui, options: &[Chip], links: &mut Links, room: f32) -> usize {
    let (firsts, others) = options.split_at(options.len().min(FIRST));
    let least = links.least_width(ui);
    let (shown, left) = fitting(firsts, room - least);
    let left = left + least - links.fit(ui, left + least);
    if shown < firsts.len() { shown } else { shown + fitting(others, left).0 }
}

/// The room that the chip takes behind which kinds are folded, whichever of them it names.
fn chip_room(kinds: &[Chip]) -> f32 {
    kinds.iter().map(Chip::width).fold(0.0, f32::max) + 24.0
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
        for kind in folded {
            if ui.selectable_label(drawn == *kind, title(*kind)).clicked() {
                set(Some(*kind));
            }
        }
    });
}
