//! Grouped bars: for each player a bar for each stat, on one axis.
//!
//! `draw.rs` draws them, `axis.rs` has the lines behind them and their labels.

mod axis;
mod draw;

use std::sync::Arc;

use egui::Ui;

use super::{
    Chosen, DrawState, Drawing, Given, Hidden, Made, Output, Scene, axis::missing, legend::legend_ui,
    series::Entry,
};
use crate::{
    analysis::{
        Stop, Stopped, View, display,
        series::{self, BarSeries},
        view::Shown,
    },
    model::{BarScale, Chart},
    ui::widgets::grid::{Look, Looks},
};
use axis::Ticks;
use draw::{BarsInput, bars_ui};

/// More players than anyone tells apart by their bars; the rest is counted.
const MOST_PLAYERS: usize = 2_000;

/// Bars that were made.
#[derive(Debug)]
struct Bars {
    scene: Scene,
    series: BarSeries,
    /// All columns, those that the legend hides among them.
    entries: Vec<Entry>,
    /// The entries that are drawn.
    drawn: Vec<Entry>,
    scale: BarScale,
    summary: String,
    notes: Vec<String>,
}

pub(super) fn make(
    scene: &Scene,
    chart: &Chart,
    chosen: &Chosen,
    hidden: &Hidden,
    stop: &Stop,
) -> Result<Made, Stopped> {
    let named = chosen.columns.iter().map(|column| scene.name(*column)).enumerate();
    let entries: Vec<Entry> = named.map(|(place, name)| Entry::of_place(name, place)).collect();
    let is_shown = |place: &usize| !hidden.has(&entries[*place].name);
    let shown: Vec<usize> = (0..entries.len()).filter(is_shown).collect();
    let columns: Vec<usize> = shown.iter().map(|place| chosen.columns[*place]).collect();
    let drawn: Vec<Entry> = shown.iter().map(|place| entries[*place].clone()).collect();
    stop.check()?;
    let series =
        series::bars(&scene.view, scene.rows(), &columns, chart.scale, MOST_PLAYERS, |row, column| {
            scene.written(row, column)
        });
    let has_bar = series.groups.iter().any(|group| group.bars.iter().any(Option::is_some));
    if !has_bar && hidden.is_empty() {
        return Ok(Made::Nothing(why_nothing(&series, &scene.view)));
    }
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    if series.left_out > 0 {
        let (drawn, all) = (series.groups.len(), series.groups.len() + series.left_out);
        notes.push(format!("First {} of {} players", display::count(drawn), display::count(all)));
    }
    let lacking = drawn.iter().zip(&series.missing);
    notes.extend(lacking.filter_map(|(entry, count)| missing(&entry.name, *count)));
    let stats: Vec<&str> = drawn.iter().map(|entry| entry.name.as_str()).collect();
    let count = series.groups.len() + series.left_out;
    let players = if count == 1 { "player" } else { "players" };
    let mut summary = format!("Bars of {} for {} {players}", stats.join(", "), display::count(count));
    if !scene.shown_as.is_empty() {
        summary = format!("{summary}, {}", scene.shown_as);
    }
    let scene = scene.clone();
    Ok(Made::Chart(Arc::new(Bars { scene, series, entries, drawn, scale: chart.scale, summary, notes })))
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

/// How all of these columns write their numbers; `None` when they do not write them alike.
pub(super) fn common_look<'a>(looks: &'a Looks, columns: &[usize]) -> Option<&'a Look> {
    let first = looks.column(*columns.first()?)?;
    let is_like = |column: &usize| looks.column(*column).is_some_and(|look| look.ticks_like(first));
    columns.iter().all(is_like).then_some(first)
}

impl Drawing for Bars {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        legend_ui(ui, &self.entries, &self.scene.shown_as, &mut state.hidden);
        let look = common_look(&self.scene.looks, &self.series.columns);
        let write = |number: f64| match (self.scale, look) {
            (BarScale::ShareOfGreatest, _) if number != 0.0 => {
                format!("{} %", display::number(number * 100.0))
            }
            (BarScale::Value, Some(look)) => look.tick(number),
            _ => display::number(number),
        };
        let second = look.filter(|_| self.scale == BarScale::Value).and_then(Look::second);
        let input = BarsInput {
            scene: &self.scene,
            series: &self.series,
            entries: &self.drawn,
            ticks: Ticks { write: &write, second },
            summary: &self.summary,
        };
        bars_ui(ui, state, &input, given)
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn data(&self) -> Vec<Vec<String>> {
        self.scene.data(self.scene.rows(), &self.series.columns)
    }

    fn columns(&self) -> &[usize] {
        &self.series.columns
    }
}
