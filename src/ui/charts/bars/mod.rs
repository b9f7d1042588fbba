//! Bars: for each player a bar for each stat, on one axis; beside each other, on top of each other, or
//! in order.
//!
//! `lay.rs` tells where they stand, `draw.rs` draws them, `ticks.rs` keeps what is written at the axis.

mod draw;
mod lay;
mod ticks;

use std::sync::Arc;

use egui::{Color32, Ui};
use unicode_width::UnicodeWidthStr;

use super::{
    Chosen, DrawState, Drawing, Given, Hidden, Made, Output, Scene, SeriesSet, Told, Work,
    axis::Axis,
    legend::legend_ui,
    notes::{left_out, missing, players},
    series::Entry,
};
use crate::{
    analysis::{
        Stopped, View,
        chart::scale::Scale,
        display,
        series::{self, BarGroup, BarSeries},
        view::Shown,
    },
    model::{BarScale, BarsForm, Chart, ColourBy},
};
pub(super) use ticks::Ticks;

/// More players than anyone tells apart by their bars; the rest is counted.
const MOST_PLAYERS: usize = 2_000;
/// Names of so many letters have no room aslant; where a third of them are as long, bars go across.
const LONG_NAME: usize = 17;

/// Bars that were made.
#[derive(Debug)]
struct Bars {
    scene: Scene,
    series: BarSeries,
    form: BarsForm,
    axis: Axis,
    /// The place of the axis from which bars grow.
    base: f64,
    upwards: bool,
    /// How long the longest name is at most, in points.
    longest: f32,
    colours: Colours,
    told: Told,
}

/// What the colours of bars tell.
#[derive(Debug)]
enum Colours {
    /// The stat: of those that are drawn, the look of each.
    Stats(Vec<Entry>),
    /// The series of the player, where there is but one stat.
    Players(SeriesSet),
}

pub(super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, hidden, stop } = work;
    let named = chosen.columns.iter().map(|column| scene.name(*column)).enumerate();
    let stats: Vec<Entry> = named.map(|(place, name)| Entry::of_place(name, place)).collect();
    let players = (stats.len() == 1 && chart.colour != ColourBy::Nothing)
        .then(|| SeriesSet::of(scene, &chart.colour, chosen.colour))
        .filter(|series| series.entries.len() > 1);
    let is_shown = |place: &usize| players.is_some() || !hidden.has(&stats[*place].name);
    let shown: Vec<usize> = (0..stats.len()).filter(is_shown).collect();
    let columns: Vec<usize> = shown.iter().map(|place| chosen.columns[*place]).collect();
    let drawn: Vec<Entry> = shown.iter().map(|place| stats[*place].clone()).collect();
    stop.check()?;
    let rows = rows(scene, chart.bars, &columns, players.as_ref(), hidden);
    let write = |row, column| scene.written(row, column);
    let series = series::bars(&scene.view, &rows, &columns, chart.scale, MOST_PLAYERS, write);
    let has_bar = series.groups.iter().any(|group| group.bars.iter().any(Option::is_some));
    if !has_bar && hidden.is_empty() {
        return Ok(Made::Nothing(why_nothing(&series, &scene.view)));
    }
    let (axis, base) = axis(scene, chart, &series);
    let notes = notes(scene, chosen, &series, &rows, &axis);
    let summary = summary(scene, &series, &drawn);
    let legend = players.as_ref().map_or_else(|| stats.into(), |players| players.entries.clone());
    let told = Told { summary, notes, columns: series.columns.clone(), legend };
    let colours = players.map_or(Colours::Stats(drawn), Colours::Players);
    let long = series.groups.iter().filter(|group| group.name.chars().count() >= LONG_NAME).count();
    let upwards = long * 3 < series.groups.len();
    let longest = series.groups.iter().map(|group| length(&group.name)).fold(0.0, f32::max);
    let (scene, form) = (scene.clone(), chart.bars);
    Ok(Made::Chart(Arc::new(Bars { scene, series, form, axis, base, upwards, longest, colours, told })))
}

/// How long a name is at most, in points. Told from its letters: bars are made where no fonts are.
fn length(name: &str) -> f32 {
    name.width() as f32 * 8.0
}

/// The rows that have bars, in order.
fn rows(
    scene: &Scene,
    form: BarsForm,
    columns: &[usize],
    players: Option<&SeriesSet>,
    hidden: &Hidden,
) -> Vec<u32> {
    let is_shown = |place: usize| {
        players.is_none_or(|players| !hidden.has(&players.entries[players.of[place] as usize].name))
    };
    let rows = scene.rows().iter().enumerate().filter(|(place, _)| is_shown(*place));
    let mut rows: Vec<u32> = rows.map(|(_, row)| *row).collect();
    if form == BarsForm::Ranked
        && let Some(numbers) = columns.first().and_then(|column| scene.view.numbers(*column))
    {
        let number = |row: u32| Some(numbers[row as usize]).filter(|number| !number.is_nan());
        rows.sort_by(|one, other| match (number(*one), number(*other)) {
            (Some(one), Some(other)) => other.total_cmp(&one),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
    }
    rows
}

/// The axis along which bars grow, and where on it they begin.
fn axis(scene: &Scene, chart: &Chart, series: &BarSeries) -> (Axis, f64) {
    let lengths: Vec<f64> = match chart.bars {
        BarsForm::Stacked => series.groups.iter().flat_map(stacks).collect(),
        BarsForm::Grouped | BarsForm::Ranked => {
            let bars = series.groups.iter().flat_map(|group| group.bars.iter().flatten());
            bars.map(|bar| bar.length).collect()
        }
    };
    // The axes of several small charts are the same.
    let of_all: Vec<f64> = match (chart.bars, chart.scale) {
        (BarsForm::Stacked, _) | (_, BarScale::ShareOfGreatest) => Vec::new(),
        _ => series.columns.iter().filter_map(|column| scene.numbers_of_all(*column)).flatten().collect(),
    };
    let lengths = if of_all.is_empty() { lengths } else { of_all };
    let column = scene.common_column(&series.columns).filter(|_| chart.scale == BarScale::Value);
    let axis = match (column, chart.scale) {
        (Some(column), _) => Axis::of_column(scene, column, chart.y_scale, &lengths),
        (None, BarScale::ShareOfGreatest) => Axis::of_shares("", 1.0),
        (None, BarScale::Value) => Axis::of_counts("", 1.0),
    };
    let axis = axis.with_zero(chart.y_scale, &lengths);
    let base = if axis.scale == Scale::Log { axis.fit.0 } else { 0.0 };
    (axis, base)
}

/// How far a player's bars reach up and down, on top of each other.
fn stacks(group: &BarGroup) -> [f64; 2] {
    let lengths = group.bars.iter().flatten().map(|bar| bar.length);
    lengths.fold(
        [0.0, 0.0],
        |[above, below], length| {
            if length < 0.0 { [above, below + length] } else { [above + length, below] }
        },
    )
}

fn notes(scene: &Scene, chosen: &Chosen, series: &BarSeries, rows: &[u32], axis: &Axis) -> Vec<String> {
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    if series.left_out > 0 {
        notes.push(format!("First {} of {}", display::count(series.groups.len()), players(rows.len())));
    }
    notes.extend(series.columns.iter().filter_map(|column| missing(scene, *column, rows)));
    for (place, column) in series.columns.iter().enumerate() {
        let bars = series.groups.iter().filter_map(|group| group.bars[place].as_ref());
        let count = bars.filter(|bar| !axis.scale.forward(bar.length).is_finite()).count();
        notes.extend(left_out(&scene.name(*column), count));
    }
    notes
}

fn summary(scene: &Scene, series: &BarSeries, drawn: &[Entry]) -> String {
    let stats: Vec<&str> = drawn.iter().map(|entry| entry.name.as_str()).collect();
    let count = series.groups.len() + series.left_out;
    let summary = format!("Bars of {} for {}", stats.join(", "), players(count));
    if scene.shown_as.is_empty() { summary } else { format!("{summary}, {}", scene.shown_as) }
}

/// Why none of the drawn columns shows a number.
fn why_nothing(bars: &BarSeries, view: &View) -> String {
    let mut cells = bars
        .groups
        .iter()
        .flat_map(|group| bars.columns.iter().map(move |column| view.cell(group.row, *column)));
    let why = cells.find_map(|cell| match cell {
        Shown::Nothing(why) => Some(format!("No bars. {why}.")),
        _ => None,
    });
    why.unwrap_or_else(|| "None of these players has a value of the chosen stats.".to_owned())
}

impl Bars {
    /// How many bars of a player stand beside each other.
    fn lanes(&self) -> usize {
        if self.form == BarsForm::Stacked { 1 } else { self.series.columns.len() }
    }

    fn color(&self, row: u32, stat: usize, light: bool) -> Color32 {
        match &self.colours {
            Colours::Stats(entries) => entries[stat].color(light),
            Colours::Players(series) => {
                let of = self.scene.index(row).and_then(|place| series.of.get(place));
                let entry = of.and_then(|of| series.entries.get(*of as usize)).unwrap_or(&series.entries[0]);
                entry.color(light)
            }
        }
    }
}

impl Drawing for Bars {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        if !state.is_part {
            legend_ui(ui, &self.told.legend, &self.scene.shown_as, &mut state.hidden);
        }
        draw::bars_ui(ui, state, self, given)
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        self.scene.data(self.scene.rows(), &self.series.columns)
    }
}
