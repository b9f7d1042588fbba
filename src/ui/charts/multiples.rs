//! Several small charts of one kind: one a stat, a title or a group, on the same axes as far as they
//! have them in common.

use std::sync::Arc;

use egui::{Label, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::{
    Chosen, DrawState, Drawing, Given, Hidden, Made, Output, Scene, SeriesSet, legend::legend_ui, make_one,
    nothing_ui, series::Entry,
};
use crate::{
    analysis::{Stop, Stopped},
    model::{Chart, ChartKind, Choice, ColourBy, Filter, SplitBy},
    ui::theme,
};

/// A small chart is at least so large; more of them scroll.
const LEAST: egui::Vec2 = vec2(280.0, 190.0);
const TITLE: f32 = 20.0;
/// More small charts than anyone compares.
const MOST: usize = 40;

#[derive(Debug)]
struct Multiples {
    parts: Vec<Part>,
    columns: Vec<usize>,
    /// The series of all parts.
    legend: Vec<Entry>,
    shown_as: Arc<str>,
    summary: String,
    notes: Vec<String>,
}

/// One of the charts.
#[derive(Debug)]
struct Part {
    title: String,
    made: Made,
}

/// Makes the charts; `None` when there is nothing to split by.
pub(super) fn make(
    scene: &Scene,
    chart: &Chart,
    chosen: &Chosen,
    hidden: &Hidden,
    stop: &Stop,
) -> Result<Option<Made>, Stopped> {
    let split = match chart.split {
        SplitBy::Nothing => return Ok(None),
        SplitBy::Group => by_group(scene, chosen),
        SplitBy::Stat if takes_several(chosen.kind) => {
            return Ok(Some(Made::Nothing(
                "This chart takes several stats, so it cannot be split by stat. Split it by group or title."
                    .into(),
            )));
        }
        SplitBy::Stat => by_stat(scene, chosen),
        SplitBy::Title => by_title(scene, chosen),
    };
    if split.len() < 2 {
        return Ok(None);
    }
    let count = split.len();
    let mut parts = Vec::new();
    for (title, scene, chosen) in split.into_iter().take(MOST) {
        let made = match chosen.nothing(&scene) {
            Some(nothing) => Made::Nothing(nothing),
            None => make_one(&scene, chart, &chosen, hidden, stop)?,
        };
        parts.push(Part { title, made });
    }
    let mut notes = Vec::new();
    if count > MOST {
        notes.push(format!("First {MOST} of {count} charts"));
    }
    for note in parts.iter().flat_map(|part| part.notes(chart.split)) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    let mut legend: Vec<Entry> = Vec::new();
    for entry in parts.iter().flat_map(Part::legend) {
        if legend.iter().all(|known| known.name != entry.name) {
            legend.push(entry.clone());
        }
    }
    let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
    let summary = format!("{count} charts by {}: {}", chart.split.name(), titles.join(", "));
    let (columns, shown_as) = (chosen.read(), scene.shown_as.clone());
    Ok(Some(Made::Chart(Arc::new(Multiples { parts, columns, legend, shown_as, summary, notes }))))
}

/// Whether a chart of one stat alone says nothing.
fn takes_several(kind: ChartKind) -> bool {
    matches!(kind, ChartKind::Radar | ChartKind::Correlation | ChartKind::Parallel)
}

impl Part {
    fn legend(&self) -> &[Entry] {
        match &self.made {
            Made::Chart(drawing) => drawing.legend(),
            Made::Nothing(_) => &[],
        }
    }

    /// What is not drawn, and of which group.
    fn notes(&self, split: SplitBy) -> Vec<String> {
        let Made::Chart(drawing) = &self.made else { return Vec::new() };
        let notes = drawing.notes().iter();
        match split {
            SplitBy::Group => notes.map(|note| format!("{}: {note}", self.title)).collect(),
            SplitBy::Nothing | SplitBy::Stat | SplitBy::Title => notes.cloned().collect(),
        }
    }
}

type Split = Vec<(String, Scene, Chosen)>;

fn by_group(scene: &Scene, chosen: &Chosen) -> Split {
    let groups = SeriesSet::of(scene, &ColourBy::Group, None);
    let of_group = |place: usize| -> Arc<[u32]> {
        let rows = scene.rows().iter().zip(groups.of.iter());
        rows.filter(|(_, of)| **of as usize == place).map(|(row, _)| *row).collect()
    };
    let entries = groups.entries.iter().enumerate();
    let parts =
        entries.map(|(place, entry)| (entry.name.clone(), scene.part(of_group(place)), chosen.clone()));
    parts.filter(|(_, scene, _)| !scene.rows().is_empty()).collect()
}

fn by_stat(scene: &Scene, chosen: &Chosen) -> Split {
    let of = |column: usize| match chosen.kind {
        ChartKind::Scatter => Chosen { y: Some(column), ..chosen.clone() },
        _ => Chosen { columns: vec![column], refused: Vec::new(), ..chosen.clone() },
    };
    let columns = match chosen.kind {
        ChartKind::Scatter => upwards(scene, chosen),
        _ => chosen.columns.clone(),
    };
    columns.into_iter().map(|column| (scene.name(column), scene.clone(), of(column))).collect()
}

/// What each of several scatters draws upwards: all stats but the one that goes across.
fn upwards(scene: &Scene, chosen: &Chosen) -> Vec<usize> {
    let shown = scene.view.columns().len();
    let numeric = scene.columns().filter(|column| *column < shown && scene.has_numbers(*column));
    numeric.filter(|column| Some(*column) != chosen.x).collect()
}

fn by_title(scene: &Scene, chosen: &Chosen) -> Split {
    let title = |column: usize| scene.look(column).map(|look| look.title.clone()).unwrap_or_default();
    let columns = match chosen.kind {
        ChartKind::Scatter => upwards(scene, chosen),
        _ => chosen.columns.clone(),
    };
    let mut titles: Vec<(String, Vec<usize>)> = Vec::new();
    for column in columns {
        let name = title(column);
        match titles.iter_mut().find(|(known, _)| *known == name) {
            Some((_, columns)) => columns.push(column),
            None => titles.push((name, vec![column])),
        }
    }
    let of = |columns: Vec<usize>| match chosen.kind {
        ChartKind::Scatter => Chosen { y: columns.first().copied(), ..chosen.clone() },
        _ => Chosen { columns, refused: Vec::new(), ..chosen.clone() },
    };
    let named = |name: String| if name.is_empty() { "Formulas".to_owned() } else { name };
    titles.into_iter().map(|(name, columns)| (named(name), scene.clone(), of(columns))).collect()
}

impl Drawing for Multiples {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        let mut parts = std::mem::take(&mut state.parts);
        parts.resize_with(self.parts.len(), DrawState::default);
        let has_legend = !self.legend.is_empty();
        if has_legend {
            legend_ui(ui, &self.legend, &self.shown_as, &mut state.hidden);
        }
        let room = ui.available_rect_before_wrap();
        let across = ((room.width() / LEAST.x).floor().max(1.0) as usize).min(self.parts.len());
        let lines = self.parts.len().div_ceil(across);
        let size = vec2(room.width() / across as f32, (room.height() / lines as f32).max(LEAST.y));
        let mut output = Output::default();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let (all, _) =
                ui.allocate_exact_size(vec2(room.width(), size.y * lines as f32), egui::Sense::hover());
            for (place, (part, drawn)) in self.parts.iter().zip(&mut parts).enumerate() {
                let corner = vec2((place % across) as f32 * size.x, (place / across) as f32 * size.y);
                let rect = Rect::from_min_size(all.min + corner, size).shrink(2.0);
                if !ui.is_rect_visible(rect) {
                    continue;
                }
                let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("part", place)));
                drawn.hidden.clone_from(&state.hidden);
                drawn.sight.tool = state.sight.tool;
                drawn.is_part = has_legend;
                if drawn.sight.is_first() {
                    // Parts can be held against each other only over the same range.
                    drawn.sight.fit();
                }
                output.join(part_ui(&mut child, part, drawn, given));
                if drawn.hidden != state.hidden {
                    state.hidden.clone_from(&drawn.hidden);
                }
            }
        });
        state.parts = parts;
        output
    }

    fn summary(&self) -> &str {
        &self.summary
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn data(&self) -> Vec<Vec<String>> {
        let mut lines = Vec::new();
        for part in &self.parts {
            if let Made::Chart(drawing) = &part.made {
                lines.push(vec![part.title.clone()]);
                lines.extend(drawing.data());
            }
        }
        lines
    }

    fn columns(&self) -> &[usize] {
        &self.columns
    }

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        let parts = self.parts.iter().zip(&state.parts);
        let zoomed = parts.filter_map(|(part, state)| match &part.made {
            Made::Chart(drawing) => Some(drawing.filters(state)),
            Made::Nothing(_) => None,
        });
        zoomed.flatten().collect()
    }
}

fn part_ui(ui: &mut Ui, part: &Part, state: &mut DrawState, given: &Given<'_>) -> Output {
    let line = vec2(ui.available_width(), TITLE);
    ui.allocate_ui(line, |ui| {
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.add(Label::new(RichText::new(&part.title).font(theme::semibold())).truncate());
        });
    });
    match &part.made {
        Made::Chart(drawing) => drawing.ui(ui, state, given),
        Made::Nothing(why) => {
            nothing_ui(ui, why);
            Output::default()
        }
    }
}
