//! A few players over three to eight stats, each by how many in a hundred players are below.

use std::sync::Arc;

use egui::Ui;

use super::{
    DrawState, Drawing, Given, Made, Output, Scene, Told, Work,
    legend::legend_ui,
    notes::{missing, turned},
    series::Entry,
};
use crate::{
    analysis::{
        Stopped,
        chart::radar::{Spokes, radar},
        display,
    },
    model::Better,
    ui::widgets::radar::{RadarInput, RadarSeries, radar_ui},
};

/// More shapes than these hide each other.
const MOST_PLAYERS: usize = 8;
/// How many are drawn when nobody is selected.
const FIRST_PLAYERS: usize = 4;

#[derive(Debug)]
struct Radar {
    scene: Scene,
    axes: Vec<String>,
    /// All players, those that the legend hides among them.
    legend: Vec<Entry>,
    shapes: Vec<Shape>,
    told: Told,
}

/// A player's shape.
#[derive(Debug)]
struct Shape {
    row: u32,
    entry: Entry,
    corners: Vec<Option<f64>>,
    words: Vec<String>,
}

pub(super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chosen, hidden, stop, .. } = work;
    let whole = scene.whole();
    let most = if scene.is_whole() { FIRST_PLAYERS } else { MOST_PLAYERS };
    let rows = &scene.rows()[..scene.rows().len().min(most)];
    let places: Vec<u32> =
        rows.iter().filter_map(|row| whole.index(*row)).map(|place| place as u32).collect();
    let numbers: Vec<Vec<f64>> = chosen.columns.iter().map(|column| whole.numbers(*column)).collect();
    stop.check()?;
    let better = |column: &usize| scene.look(*column).map_or(Better::Neither, |look| look.better);
    let columns: Vec<(&[f64], Better)> =
        numbers.iter().map(Vec::as_slice).zip(chosen.columns.iter().map(better)).collect();
    let made = match radar(&columns, &places, Spokes::Percentile) {
        Ok(made) => made,
        Err(error) => return Ok(Made::Nothing(format!("{error}."))),
    };
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    notes.extend(turned(scene, &chosen.columns));
    if rows.len() < scene.rows().len() {
        let words = format!("First {} of {} players", rows.len(), display::count(scene.rows().len()));
        notes.push(format!("{words}: select up to {MOST_PLAYERS} in the grid to see others"));
    }
    let axes: Vec<String> = chosen.columns.iter().map(|column| scene.name(*column)).collect();
    notes.extend(chosen.columns.iter().filter_map(|column| missing(scene, *column, rows)));
    let mut legend = Vec::new();
    let mut shapes = Vec::new();
    for (place, (row, corners)) in rows.iter().zip(&made.players).enumerate() {
        let entry = Entry::of_place(scene.player(*row), place);
        legend.push(entry.clone());
        if !hidden.has(&entry.name) {
            let words = chosen.columns.iter().map(|column| scene.written(*row, *column)).collect();
            shapes.push(Shape { row: *row, entry, corners: corners.clone(), words });
        }
    }
    let names: Vec<&str> = shapes.iter().map(|shape| shape.entry.name.as_str()).collect();
    let among = display::count(whole.rows().len());
    let summary =
        format!("Radar of {} by percentile among {among} players: {}", axes.join(", "), names.join(", "));
    let told = Told { summary, notes, columns: chosen.columns.clone(), ..Told::default() };
    Ok(Made::Chart(Arc::new(Radar { scene: scene.clone(), axes, legend, shapes, told })))
}

impl Drawing for Radar {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        legend_ui(ui, &self.legend, "percentile", &mut state.hidden);
        let light = !ui.visuals().dark_mode;
        let series: Vec<RadarSeries<'_>> = self
            .shapes
            .iter()
            .map(|shape| RadarSeries {
                name: &shape.entry.name,
                look: shape.entry.look(light),
                is_muted: false,
                corners: &shape.corners,
                words: &shape.words,
            })
            .collect();
        let place = |row: Option<u32>| self.shapes.iter().position(|shape| Some(shape.row) == row);
        let input = RadarInput {
            axes: &self.axes,
            series: &series,
            hovered: place(given.hovered),
            summary: &self.told.summary,
        };
        let room = ui.available_rect_before_wrap();
        let done = radar_ui(ui, room, &input);
        ui.advance_cursor_after_rect(room);
        let row =
            |place: Option<usize>| place.and_then(|place| self.shapes.get(place)).map(|shape| shape.row);
        let modifiers = ui.input(|input| input.modifiers);
        Output {
            hovered: row(done.hovered),
            clicked: row(done.clicked).map(|row| (row, modifiers)),
            ..Output::default()
        }
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        let rows: Vec<u32> = self.shapes.iter().map(|shape| shape.row).collect();
        self.scene.data(&rows, &self.told.columns)
    }
}
