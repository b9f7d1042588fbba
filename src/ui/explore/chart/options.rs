//! What can be chosen of a chart: each an [`Opt`] with its label, its value and its menu.

use std::ops::Range;

use egui::{Color32, ScrollArea, Ui};

use super::super::{Explore, ExploreAction};
use crate::{
    model::{Chart, ChartKind, Choice, ColourBy, Field, ScatterParts},
    ui::{
        charts::{Chosen, Scene},
        theme,
        widgets::{Search, muted_label, search_ui},
    },
};

/// Menus of columns are at most so high.
const MENU_HEIGHT: f32 = 320.0;
/// How wide menus are that have a search, at least and at most.
const MENU_WIDTH: Range<f32> = 200.0..420.0;
/// What is beside the name in a line of a menu: a tick, and a scroll bar.
const BESIDE_NAME: f32 = 48.0;

/// Something of a chart that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opt {
    Stats,
    X,
    Y,
    Size,
    Colour,
    XScale,
    YScale,
    BarScale,
    Bars,
    Distribution,
    Boxes,
    Correlation,
    Parts,
    HeatOrder,
    Split,
    Tool,
}

/// What an option is chosen of.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) scene: &'a Scene,
    pub(super) chart: &'a Chart,
    pub(super) chosen: &'a Chosen,
}

/// What is typed in the menu of an option while it is open.
#[derive(Debug, Default)]
pub(super) struct MenuSearch {
    of: Option<Opt>,
    /// In which frame it was open last.
    seen: u64,
    search: Search,
}

impl MenuSearch {
    /// Empty, and with the keyboard, when the menu was not open in the frame before.
    fn of(&mut self, ui: &Ui, option: Opt) -> &mut Search {
        let frame = ui.ctx().cumulative_frame_nr();
        if self.of != Some(option) || frame > self.seen + 1 {
            self.search = Search::opened();
        }
        (self.of, self.seen) = (Some(option), frame);
        &mut self.search
    }
}

impl Opt {
    /// The options of a kind, the weightiest first.
    pub(super) fn of(kind: ChartKind) -> &'static [Self] {
        match kind {
            ChartKind::Scatter => &[
                Self::X,
                Self::Y,
                Self::Colour,
                Self::Size,
                Self::XScale,
                Self::YScale,
                Self::Parts,
                Self::Tool,
                Self::Split,
            ],
            ChartKind::Bars => {
                &[Self::Stats, Self::BarScale, Self::Bars, Self::Colour, Self::YScale, Self::Split]
            }
            ChartKind::Distribution => {
                &[Self::Stats, Self::Distribution, Self::Colour, Self::XScale, Self::Split, Self::Tool]
            }
            ChartKind::Box => &[Self::Stats, Self::Boxes, Self::YScale, Self::Split, Self::Tool],
            ChartKind::HeatMap => &[Self::Stats, Self::HeatOrder, Self::Split],
            ChartKind::Correlation => &[Self::Stats, Self::Correlation, Self::Split],
            ChartKind::Parallel => &[Self::Stats, Self::Colour, Self::YScale, Self::Split],
            ChartKind::Radar => &[Self::Stats, Self::Split],
            ChartKind::OverTime => &[Self::Stats],
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Stats => "Stats",
            Self::X => "X",
            Self::Y => "Y",
            Self::Size => "Size",
            Self::Colour => "Colour",
            Self::XScale => "X axis",
            Self::YScale => "Y axis",
            Self::BarScale => "Scale",
            Self::Bars => "Bars",
            Self::Distribution | Self::Boxes => "Form",
            Self::Correlation => "Compared",
            Self::Parts => "Show",
            Self::HeatOrder => "Order",
            Self::Split => "Split by",
            Self::Tool => "Dragging",
        }
    }

    pub(super) fn tip(self) -> &'static str {
        match self {
            Self::Stats => "Choose the stats and formulas that are drawn",
            Self::X => "What is drawn from left to right",
            Self::Y => "What is drawn upwards",
            Self::Size => "What the size of a mark tells",
            Self::Colour => "What colours tell",
            Self::XScale | Self::YScale => {
                "How the axis runs: linear, by ratios, or by ratios to both sides of zero"
            }
            Self::BarScale => {
                "Value: all stats on one axis. Share of greatest: each stat by its own greatest value"
            }
            Self::Bars => "How the bars of a player stand",
            Self::Distribution | Self::Boxes => "How it is drawn",
            Self::Correlation => {
                "By numbers: whether they lie on a line. By ranks: whether one rises with the other"
            }
            Self::Parts => "What is drawn beside the marks",
            Self::HeatOrder => "In what order players and stats stand",
            Self::Split => "A small chart for each",
            Self::Tool => "What dragging does. The other mouse buttons always move",
        }
    }

    /// What is chosen, in a word or two.
    pub(super) fn value(self, state: &Explore, sight: Sight<'_>) -> String {
        let Sight { scene, chart, chosen } = sight;
        let name = |column: Option<usize>| column.map_or_else(|| "none".into(), |column| scene.name(column));
        match self {
            Self::Stats => match (&chosen.columns[..], &chosen.refused[..]) {
                ([], []) => "none".to_owned(),
                ([one], []) | ([], [one]) => scene.name(*one),
                (drawn, refused) => (drawn.len() + refused.len()).to_string(),
            },
            Self::X => name(chosen.x),
            Self::Y => name(chosen.y),
            Self::Size => name(chosen.size),
            Self::Colour => match &chart.colour {
                ColourBy::Group => "group".into(),
                ColourBy::Nothing => "none".into(),
                ColourBy::Field(_) => name(chosen.colour),
            },
            Self::XScale => chart.x_scale.name().into(),
            Self::YScale => chart.y_scale.name().into(),
            Self::BarScale => chart.scale.name().into(),
            Self::Bars => chart.bars.name().into(),
            Self::Distribution => chart.distribution.name().into(),
            Self::Boxes => chart.boxes.name().into(),
            Self::Correlation => chart.correlation.name().into(),
            Self::Parts => String::new(),
            Self::HeatOrder => chart.heat_order.name().into(),
            Self::Split => chart.split.name().into(),
            Self::Tool => state.chart.draw.sight.tool.name().into(),
        }
    }

    /// The menu that changes it.
    pub(super) fn menu_ui(
        self,
        ui: &mut Ui,
        state: &mut Explore,
        sight: Sight<'_>,
        actions: &mut Vec<ExploreAction>,
    ) {
        let chart = sight.chart;
        let mut set = |change: &dyn Fn(&mut Chart)| {
            let mut chart = chart.clone();
            change(&mut chart);
            actions.push(ExploreAction::SetChart(Box::new(chart)));
        };
        let search = state.chart.line.search.of(ui, self);
        match self {
            Self::Stats => {
                if let Some(stats) = stats_ui(ui, search, sight) {
                    set(&|chart| chart.stats.clone_from(&stats));
                }
            }
            Self::X => column_ui(ui, search, sight, sight.chosen.x, None, &mut |field| {
                set(&|chart| chart.x.clone_from(&field));
            }),
            Self::Y => column_ui(ui, search, sight, sight.chosen.y, None, &mut |field| {
                set(&|chart| chart.y.clone_from(&field));
            }),
            Self::Size => column_ui(ui, search, sight, sight.chosen.size, Some("None"), &mut |field| {
                set(&|chart| chart.size.clone_from(&field));
            }),
            Self::Colour => {
                colour_ui(ui, search, sight, &mut |colour| set(&|chart| chart.colour.clone_from(&colour)));
            }
            Self::XScale => choice_ui(ui, chart.x_scale, &mut |scale| set(&|chart| chart.x_scale = scale)),
            Self::YScale => choice_ui(ui, chart.y_scale, &mut |scale| set(&|chart| chart.y_scale = scale)),
            Self::BarScale => choice_ui(ui, chart.scale, &mut |scale| set(&|chart| chart.scale = scale)),
            Self::Bars => choice_ui(ui, chart.bars, &mut |bars| set(&|chart| chart.bars = bars)),
            Self::Distribution => {
                choice_ui(ui, chart.distribution, &mut |form| set(&|chart| chart.distribution = form));
            }
            Self::Boxes => choice_ui(ui, chart.boxes, &mut |form| set(&|chart| chart.boxes = form)),
            Self::Correlation => {
                choice_ui(ui, chart.correlation, &mut |form| set(&|chart| chart.correlation = form));
            }
            Self::Parts => parts_ui(ui, chart.scatter, &mut |parts| set(&|chart| chart.scatter = parts)),
            Self::HeatOrder => {
                choice_ui(ui, chart.heat_order, &mut |order| set(&|chart| chart.heat_order = order));
            }
            Self::Split => choice_ui(ui, chart.split, &mut |split| set(&|chart| chart.split = split)),
            Self::Tool => {
                let tool = &mut state.chart.draw.sight.tool;
                choice_ui(ui, *tool, &mut |chosen| *tool = chosen);
            }
        }
    }
}

/// A word as it begins a line.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn choice_ui<T: Choice>(ui: &mut Ui, chosen: T, set: &mut dyn FnMut(T)) {
    for choice in T::ALL {
        if ui.selectable_label(*choice == chosen, capital(choice.name())).clicked() {
            set(*choice);
            ui.close();
        }
    }
}

/// A column of numbers, or `none` of them.
fn column_ui(
    ui: &mut Ui,
    search: &mut Search,
    sight: Sight<'_>,
    chosen: Option<usize>,
    none: Option<&str>,
    set: &mut dyn FnMut(Option<Field>),
) {
    let Sight { scene, .. } = sight;
    if let Some(none) = none
        && ui.selectable_label(chosen.is_none(), none).clicked()
    {
        set(None);
        ui.close();
    }
    let can_be = |column| scene.has_numbers(column);
    let taken = columns_ui(ui, search, scene, can_be, |ui, column, name| {
        let line = ui.selectable_label(chosen == Some(column), name);
        line.on_disabled_hover_text("It holds no numbers: an axis needs some").clicked()
    });
    if let Some(column) = taken {
        set(Some(scene.field(column)));
        ui.close();
    }
}

fn colour_ui(ui: &mut Ui, search: &mut Search, sight: Sight<'_>, set: &mut dyn FnMut(ColourBy)) {
    let Sight { scene, chart, chosen } = sight;
    for (words, colour) in [("Group", ColourBy::Group), ("None", ColourBy::Nothing)] {
        if ui.selectable_label(chart.colour == colour, words).clicked() {
            set(colour);
            ui.close();
        }
    }
    muted_label(ui, "By a stat or formula");
    let taken = columns_ui(
        ui,
        search,
        scene,
        |_| true,
        |ui, column, name| ui.selectable_label(chosen.colour == Some(column), name).clicked(),
    );
    if let Some(column) = taken {
        set(ColourBy::Field(scene.field(column)));
        ui.close();
    }
}

fn stats_ui(ui: &mut Ui, search: &mut Search, sight: Sight<'_>) -> Option<Vec<Field>> {
    let Sight { scene, chart, chosen } = sight;
    let can_change = |column| chosen.has(column) || scene.has_numbers(column);
    let taken = columns_ui(ui, search, scene, can_change, |ui, column, name| {
        let tick = ui.checkbox(&mut chosen.has(column), name);
        tick.on_disabled_hover_text("It holds no numbers: charts need some").changed()
    })?;
    Some(chosen.toggled(scene, chart, taken))
}

/// The columns that a search finds, each as a line by `line_ui`, which tells whether it was taken; grey
/// where `can_be` says no. Returns the one that was taken, by Enter the first that can be.
fn columns_ui(
    ui: &mut Ui,
    search: &mut Search,
    scene: &Scene,
    can_be: impl Fn(usize) -> bool,
    line_ui: impl Fn(&mut Ui, usize, &str) -> bool,
) -> Option<usize> {
    let columns: Vec<usize> = scene.columns().collect();
    let names: Vec<String> = columns.iter().map(|column| scene.name(*column)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if search.has_field(names.len()) {
        ui.set_width(menu_width(ui, &names));
    }
    let found = search_ui(ui, search, "Find a stat", "No stat has such a name", &names);
    let mut taken = None;
    if found.entered {
        taken = found.places.iter().map(|place| columns[*place]).find(|column| can_be(*column));
        search.clear();
    }
    ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
        for place in found.places {
            let column = columns[place];
            ui.add_enabled_ui(can_be(column), |ui| {
                if line_ui(ui, column, names[place]) {
                    taken = Some(column);
                }
            });
        }
    });
    taken
}

/// How wide a menu of so many columns is, whichever of them are found.
fn menu_width(ui: &Ui, names: &[&str]) -> f32 {
    let width = |name: &&str| {
        ui.painter().layout_no_wrap((*name).to_owned(), theme::body(), Color32::PLACEHOLDER).size().x
    };
    let widest = names.iter().map(width).fold(0.0, f32::max);
    (widest + BESIDE_NAME).clamp(MENU_WIDTH.start, MENU_WIDTH.end)
}

fn parts_ui(ui: &mut Ui, parts: ScatterParts, set: &mut dyn FnMut(ScatterParts)) {
    let mut changed = parts;
    ui.checkbox(&mut changed.trend, "Trend line");
    ui.checkbox(&mut changed.margins, "Distributions at the edges");
    ui.checkbox(&mut changed.labels, "Names");
    if changed != parts {
        set(changed);
    }
}
