//! Several small charts of one kind: one a stat, a title or a group, on the same axes as far as they
//! have them in common.

use std::sync::Arc;

use egui::{Align, Label, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{
    Chosen, DrawState, Drawing, Given, Made, Output, Scene, SeriesSet, Told, Work, legend::legend_ui,
    make_one, nothing_ui, series::Entry, tiles::Tiles,
};
use crate::{
    analysis::Stopped,
    model::{ChartKind, Choice, ColourBy, Filter, SplitBy, Test},
    ui::{
        theme,
        widgets::{link_button, spoken},
    },
};

/// A small chart is at least so large; more of them scroll.
const LEAST: egui::Vec2 = vec2(230.0, 150.0);
const TITLE: f32 = 22.0;
/// Beside a title.
const ASIDE: f32 = 12.0;
/// More small charts than anyone compares.
const MOST: usize = 40;

#[derive(Debug)]
struct Multiples {
    parts: Vec<Part>,
    shown_as: Arc<str>,
    told: Told,
}

/// One of the charts.
#[derive(Debug)]
struct Part {
    title: String,
    made: Made,
}

/// Makes the charts; `None` when there is nothing to split by.
pub(super) fn make(work: Work<'_>) -> Result<Option<Made>, Stopped> {
    let Work { scene, chart, chosen, .. } = work;
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
            None => make_one(Work { scene: &scene, chosen: &chosen, ..work })?,
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
    let told = Told { summary, notes, columns: chosen.read(), legend: legend.into() };
    Ok(Some(Made::Chart(Arc::new(Multiples { parts, shown_as: scene.shown_as.clone(), told }))))
}

/// Whether a chart of one stat alone says nothing.
fn takes_several(kind: ChartKind) -> bool {
    matches!(kind, ChartKind::Radar | ChartKind::Correlation | ChartKind::Parallel)
}

impl Part {
    fn legend(&self) -> &[Entry] {
        match &self.made {
            Made::Chart(drawing) => &drawing.told().legend,
            Made::Nothing(_) => &[],
        }
    }

    /// What is not drawn, and of which group.
    fn notes(&self, split: SplitBy) -> Vec<String> {
        let Made::Chart(drawing) = &self.made else { return Vec::new() };
        let notes = drawing.told().notes.iter();
        match split {
            SplitBy::Group => notes.map(|note| format!("{}: {note}", self.title)).collect(),
            SplitBy::Nothing | SplitBy::Stat | SplitBy::Title => notes.cloned().collect(),
        }
    }
}

type Split = Vec<(String, Scene, Chosen)>;

fn by_group(scene: &Scene, chosen: &Chosen) -> Split {
    let groups = SeriesSet::of(scene, &ColourBy::Group, None);
    let mut rows = vec![Vec::new(); groups.entries.len()];
    for (row, of) in scene.rows().iter().zip(groups.of.iter()) {
        if let Some(rows) = rows.get_mut(*of as usize) {
            rows.push(*row);
        }
    }
    let named = groups.entries.iter().zip(scene.parts(rows));
    let parts = named.filter(|(_, scene)| !scene.rows().is_empty());
    parts.map(|(entry, scene)| (entry.name.clone(), scene, chosen.clone())).collect()
}

fn by_stat(scene: &Scene, chosen: &Chosen) -> Split {
    let stats = stats(scene, chosen).into_iter();
    stats.map(|column| (scene.name(column), scene.clone(), of_stats(chosen, vec![column]))).collect()
}

fn by_title(scene: &Scene, chosen: &Chosen) -> Split {
    let mut titles: Vec<(String, Vec<usize>)> = Vec::new();
    for column in stats(scene, chosen) {
        let title = scene.look(column).map(|look| look.title.clone()).unwrap_or_default();
        match titles.iter_mut().find(|(known, _)| *known == title) {
            Some((_, columns)) => columns.push(column),
            None => titles.push((title, vec![column])),
        }
    }
    let named = |title: String| if title.is_empty() { "Formulas".to_owned() } else { title };
    let titles = titles.into_iter();
    titles.map(|(title, columns)| (named(title), scene.clone(), of_stats(chosen, columns))).collect()
}

/// The stats that are shared out among the charts: all that are drawn; of scatters each that shows
/// numbers, except the one that goes across in all.
fn stats(scene: &Scene, chosen: &Chosen) -> Vec<usize> {
    if chosen.kind != ChartKind::Scatter {
        return chosen.columns.clone();
    }
    let shown = scene.view.columns().len();
    let numeric = scene.columns().filter(|column| *column < shown && scene.has_numbers(*column));
    numeric.filter(|column| Some(*column) != chosen.x).collect()
}

/// The same with these stats alone; a scatter draws the first of them upwards.
fn of_stats(chosen: &Chosen, columns: Vec<usize>) -> Chosen {
    match chosen.kind {
        ChartKind::Scatter => Chosen { y: columns.first().copied(), ..chosen.clone() },
        _ => Chosen { columns, refused: Vec::new(), ..chosen.clone() },
    }
}

impl Drawing for Multiples {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        let mut parts = std::mem::take(&mut state.parts);
        parts.resize_with(self.parts.len(), DrawState::default);
        let has_legend = !self.told.legend.is_empty();
        if has_legend {
            legend_ui(ui, &self.told.legend, &self.shown_as, &mut state.hidden);
        }
        let tiles = Tiles::new(ui.available_size_before_wrap(), self.parts.len(), LEAST);
        let mut output = Output::default();
        let mut parts_ui = |ui: &mut Ui| {
            let (all, _) = ui.allocate_exact_size(tiles.whole(), Sense::hover());
            for (place, (part, drawn)) in self.parts.iter().zip(&mut parts).enumerate() {
                let rect = tiles.rect(place).translate(all.min.to_vec2()).shrink(2.0);
                if !ui.is_rect_visible(rect) {
                    continue;
                }
                let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("part", place)));
                drawn.hidden.clone_from(&state.hidden);
                drawn.sight.tool = state.sight.tool;
                drawn.sight.leaves_wheel = tiles.scrolls;
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
        };
        if given.is_picture {
            parts_ui(ui);
        } else {
            ScrollArea::vertical().auto_shrink(false).show(ui, parts_ui);
        }
        state.parts = parts;
        output
    }

    fn told(&self) -> &Told {
        &self.told
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

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        let parts = self.parts.iter().zip(&state.parts);
        let filters = parts.filter_map(|(part, state)| match &part.made {
            Made::Chart(drawing) => Some(drawing.filters(state)),
            Made::Nothing(_) => None,
        });
        joined(filters.flatten())
    }
}

/// Conditions that leave whoever one of the charts shows: of each column the range that holds those of
/// all.
fn joined(filters: impl Iterator<Item = Filter>) -> Vec<Filter> {
    let mut joined: Vec<Filter> = Vec::new();
    for filter in filters {
        if !joined.iter_mut().any(|known| is_widened(known, &filter)) {
            joined.push(filter);
        }
    }
    joined
}

/// Widens a range so that it holds another one. Returns whether both are ranges of one column.
fn is_widened(range: &mut Filter, other: &Filter) -> bool {
    let (Filter::Column(field, Test::Between(from, to)), Filter::Column(of, Test::Between(least, greatest))) =
        (range, other)
    else {
        return false;
    };
    if field != of {
        return false;
    }
    if least.as_f64() < from.as_f64() {
        *from = *least;
    }
    if greatest.as_f64() > to.as_f64() {
        *to = *greatest;
    }
    true
}

fn part_ui(ui: &mut Ui, part: &Part, state: &mut DrawState, given: &Given<'_>) -> Output {
    title_ui(ui, part, state, given.is_picture);
    match &part.made {
        Made::Chart(drawing) => drawing.ui(ui, state, given),
        Made::Nothing(why) => {
            nothing_ui(ui, why);
            Output::default()
        }
    }
}

/// The name of a chart, and the way back where it was zoomed.
fn title_ui(ui: &mut Ui, part: &Part, state: &mut DrawState, is_picture: bool) {
    let line = vec2(ui.available_width(), TITLE);
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(TITLE);
        ui.add_space(ASIDE);
        if state.is_zoomed() && !is_picture {
            let back = link_button(ui, "Zoom out");
            spoken(&back, |node| node.set_label(format!("Show the whole of {}", part.title)));
            if back.on_hover_text("Back to all of it (0, or a double click)").clicked() {
                state.show_whole();
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(ASIDE);
            ui.add(Label::new(RichText::new(&part.title).font(theme::semibold())).truncate());
        });
    });
}
