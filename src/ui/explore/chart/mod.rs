//! The chart below the grid, linked with it: what is hovered, selected or filtered in one shows in the
//! other.
//!
//! `line.rs` is the line of kinds and options above it, `links.rs` what is done from there with who is
//! selected, `more.rs` its menu. What charts draw, and how, is in
//! [`crate::ui::charts`]; here is when they are made anew, and what comes of what is done in them.

mod line;
mod links;
mod more;
mod options;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::{Align, Context, Key, Layout, Modifiers, Ui, Vec2, vec2};

use super::{Explore, ExploreAction, ExploreInput, digest::INLINE_CELLS, state};
use crate::{
    analysis::{Stop, view::Shows},
    model::{Chart, ChartKind, Filter, Group, GroupMark, PlayerRef, ViewSettings},
    ui::{
        background::Background,
        charts::{
            Chosen, Columns, DrawState, Given, Hidden, Made, Output, RowSet, Scene, Work, make, notes_ui,
            nothing_ui, pinned_ui,
        },
        picture::Picture,
    },
};

/// Pictures have at least so much room.
const LEAST_PICTURE: Vec2 = vec2(900.0, 420.0);

/// Where the card of the pinned player is in a chart: to the right of the axis, below legend and names.
const PINNED: Vec2 = vec2(64.0, 64.0);

/// The chart, kept until what it shows changes.
#[derive(Debug, Default)]
pub(super) struct ChartState {
    /// What was looked at last.
    asked: Option<Asked>,
    /// What the chart on the screen is of.
    of: Option<Of>,
    chosen: Option<Chosen>,
    made: Option<Shown>,
    job: Background<Of, Shown>,
    draw: DrawState,
    /// The player that tooltips compare with.
    pinned: Option<PlayerRef>,
    selected: Selected,
    line: line::Line,
    /// How much room the chart had last, in points.
    room: Vec2,
}

/// What a chart follows from. While that is the same there is nothing to do.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    view: usize,
    selection: usize,
    query: u64,
    hidden: Hidden,
}

/// What a chart is made of. Another one gives another chart.
#[derive(Clone, Debug, PartialEq)]
struct Of {
    view: usize,
    /// How the groups look.
    marks: Vec<GroupMark>,
    /// That of the selection, for kinds that draw only what is selected.
    selection: Option<usize>,
    chart: Chart,
    chosen: Chosen,
    hidden: Hidden,
    /// Whether all numbers were there.
    is_ready: bool,
}

/// A chart, and what it was made of.
#[derive(Debug)]
struct Shown {
    scene: Scene,
    made: Made,
}

/// The rows that are selected, as charts show them.
#[derive(Debug, Default)]
struct Selected {
    /// The versions of view and selection.
    of: Option<(usize, usize)>,
    rows: RowSet,
    columns: Columns,
}

impl ChartState {
    /// What is drawn, as places in `View::all_columns`.
    pub(super) fn columns(&self) -> Vec<usize> {
        self.chosen.as_ref().map(Chosen::read).unwrap_or_default()
    }
}

/// The chart with its line. Returns the row under the pointer.
pub(super) fn chart_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<u32> {
    let usual = Chart::default();
    let chart = input.query.charts.first().unwrap_or(&usual);
    refresh(ui.ctx(), state, input, chart);
    line::line_ui(ui, state, input, chart, actions);
    let mut output = state.cover.below(&ui.ctx().clone(), || drawing_ui(ui, state, input));
    // Esc is for the popup as well.
    output.escaped &= !state.cover.is_open();
    let hovered = output.hovered;
    act(ui, state, output, actions);
    hovered
}

impl Explore {
    /// The chart as it is shown, with nothing selected; `None` where none is drawn.
    pub(crate) fn chart_picture(&self) -> Option<Picture> {
        let Some(Shown { made: Made::Chart(drawing), .. }) = &self.chart.made else { return None };
        let room = self.chart.room.max(LEAST_PICTURE);
        let state = self.chart.draw.still();
        let shown = drawing.clone();
        let make = move || {
            let drawing = shown.clone();
            let mut state = state.still();
            move |ui: &mut Ui| {
                let selected = RowSet::default();
                let given = Given { hovered: None, selected: &selected, pinned: None, is_picture: true };
                drawing.ui(ui, &mut state, &given);
            }
        };
        let kind = self.chart.of.as_ref().map_or("chart", |of| line::title(of.chosen.kind)).to_lowercase();
        let picture = Picture::new(&drawing.told().summary, room, make).with_name(kind).with_vector();
        Some(drawing.told().notes.iter().fold(picture, |picture, note| picture.with_note(note.clone())))
    }
}

/// Makes the chart anew when view, selection, choices or legend are others, or the numbers came.
fn refresh(ctx: &Context, state: &mut Explore, input: &ExploreInput<'_>, chart: &Chart) {
    let Some(shown) = state.views.shown() else { return };
    let (view, looks) = (shown.view.clone(), shown.looks.clone());
    let asked = Asked {
        view: state.views.version(),
        selection: state.selected_version(),
        query: input.query_revision,
        hidden: state.chart.draw.hidden.clone(),
    };
    let has_numbers = state.chart.of.as_ref().is_some_and(|of| of.is_ready);
    if state.chart.asked.as_ref() == Some(&asked) && has_numbers && !state.chart.job.is_busy() {
        return;
    }
    refresh_selected(state);
    let (version, selection) = (asked.view, asked.selection);
    state.chart.asked = Some(asked);
    let groups: Arc<[Group]> = state::groups_of(&view, &input.query.groups).into();
    let marks = groups.iter().enumerate().map(|(place, group)| group.mark(place)).collect();
    let shown_as = state.shown_as().unwrap_or_default().into();
    let scene = Scene::new(view.clone(), looks, groups, shown_as);
    let chosen = Chosen::of(&scene, chart, &state.chart.selected.columns);
    let read = chosen.read();
    let is_ready = read.iter().all(|column| view.numbers(*column).is_some());
    if !is_ready {
        state.views.prepare(ctx, &read);
    }
    let is_ready = is_ready || read.iter().all(|column| view.numbers(*column).is_some());
    let draws_selected = draws_selected(chosen.kind);
    let of = Of {
        view: version,
        marks,
        selection: draws_selected.then_some(selection),
        chart: chart.clone(),
        chosen: chosen.clone(),
        hidden: state.chart.draw.hidden.clone(),
        is_ready,
    };
    state.chart.chosen = Some(chosen.clone());
    if let Some((of, shown)) = state.chart.job.take_if(|done| *done == of) {
        state.chart.put(of, shown);
    }
    if state.chart.of.as_ref() == Some(&of) {
        return;
    }
    let scene = if draws_selected && state.chart.selected.rows.count() > 0 {
        scene.of_rows(state.selected_players().into())
    } else {
        scene
    };
    let (chart, hidden) = (chart.clone(), of.hidden.clone());
    let work = move || {
        // Nobody stops it: a newer request makes its result worthless.
        let made = make(Work {
            scene: &scene,
            chart: &chart,
            chosen: &chosen,
            hidden: &hidden,
            stop: &Stop::default(),
        });
        let made = made.unwrap_or_else(|_| Made::Nothing(String::new()));
        Shown { scene, made }
    };
    if view.order().len() * of.chosen.read().len().max(1) <= INLINE_CELLS {
        state.chart.put(of, work());
    } else {
        state.chart.job.request(ctx, of, work);
    }
}

/// Whether charts of this kind draw only who is selected, where anybody is.
fn draws_selected(kind: ChartKind) -> bool {
    matches!(kind, ChartKind::Bars | ChartKind::Radar)
}

impl ChartState {
    fn put(&mut self, of: Of, shown: Shown) {
        let is_same_plane = self.of.as_ref().is_some_and(|was| {
            let axes = |of: &Of| {
                let chart = &of.chart;
                (of.chosen.clone(), chart.x_scale, chart.y_scale, chart.distribution, chart.boxes)
            };
            axes(was) == axes(&of)
        });
        if !is_same_plane {
            self.draw.start_over();
        }
        self.draw.forget();
        self.of = Some(of);
        self.made = Some(shown);
    }
}

/// Notes what is selected, unless neither it nor the view changed.
fn refresh_selected(state: &mut Explore) {
    let of = Some((state.views.version(), state.selected_version()));
    if state.chart.selected.of == of {
        return;
    }
    let Some(view) = state.view() else { return };
    let selection = state.selection();
    let selected = state.selected_players();
    let is_all = selected.len() == view.order().len();
    let whole = (0..view.columns().len()).filter(|column| {
        selection.has_whole_column(*column) && view.columns()[*column].shows == Shows::Value
    });
    let columns = Columns { whole: whole.collect(), players: if is_all { 0 } else { selected.len() } };
    let rows = if is_all { RowSet::default() } else { RowSet::of(selected) };
    state.chart.selected = Selected { of, rows, columns };
}

fn drawing_ui(ui: &mut Ui, state: &mut Explore, input: &ExploreInput<'_>) -> Output {
    let (hovered, pinned) = (state.hovered, pinned_row(state));
    let mut draw = std::mem::take(&mut state.chart.draw);
    let mut room = state.chart.room;
    let chart = &state.chart;
    let drawing = match chart.made.as_ref() {
        Some(Shown { made: Made::Chart(drawing), .. }) => Ok(drawing.clone()),
        Some(Shown { made: Made::Nothing(why), .. }) if !why.is_empty() => Err(why.as_str()),
        _ => Err("The chart is being worked out."),
    };
    let is_ready = chart.of.as_ref().is_some_and(|of| of.is_ready);
    let output = match drawing {
        Ok(drawing) => {
            let rows = chart.made.as_ref().map_or(0, |shown| shown.scene.view.table().rows().len());
            let known = |row: &u32| (*row as usize) < rows;
            let given = Given {
                hovered: hovered.filter(known),
                selected: &chart.selected.rows,
                pinned: pinned.filter(known),
                is_picture: false,
            };
            noted_ui(ui, &drawing.told().notes, |ui| {
                let at = ui.available_rect_before_wrap();
                room = at.size();
                let mut output = drawing.ui(ui, &mut draw, &given);
                let scene = chart.made.as_ref().map(|shown| &shown.scene);
                if let (Some(row), Some(scene)) = (given.pinned, scene)
                    && pinned_ui(ui, at.min + PINNED, scene, row, &drawing.told().columns)
                {
                    output.unpinned = true;
                }
                output
            })
        }
        Err(why) => {
            let why = match (input.fetching, is_ready) {
                (true, _) => "The chart appears as values come.",
                (false, false) => "The numbers are being worked out.",
                (false, true) => why,
            };
            nothing_ui(ui, why);
            Output::default()
        }
    };
    state.chart.draw = draw;
    state.chart.room = room;
    output
}

/// What `draw` shows above a line of notes.
fn noted_ui(ui: &mut Ui, notes: &[String], draw: impl FnOnce(&mut Ui) -> Output) -> Output {
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        if !notes.is_empty() {
            notes_ui(ui, notes);
        }
        ui.with_layout(Layout::top_down(Align::Min), draw).inner
    })
    .inner
}

/// The row of the table of the player that is pinned.
fn pinned_row(state: &Explore) -> Option<u32> {
    let (pinned, view) = (state.chart.pinned.as_ref()?, state.view()?);
    let row = view.table().rows().iter().position(|row| row.asked == *pinned)?;
    view.place(row as u32).map(|_| row as u32)
}

/// Does what was done in the chart.
fn act(ui: &Ui, state: &mut Explore, output: Output, actions: &mut Vec<ExploreAction>) {
    if output.escaped {
        state.clear_selection();
    }
    if let Some((row, modifiers)) = output.clicked {
        click(state, row, modifiers);
    }
    if let (Some((rows, adds)), Some(view)) = (&output.marked, state.view().cloned()) {
        state.grid.select_players(rows, *adds, &view);
    }
    if let Some(chart) = output.chart {
        actions.push(ExploreAction::SetChart(chart));
    }
    let pins =
        !ui.ctx().text_edit_focused() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::P));
    if pins || output.unpinned {
        let row = output.hovered.or(state.hovered).filter(|row| pins && pinned_row(state) != Some(*row));
        let rows = state.view().map(|view| view.table().rows());
        state.chart.pinned = row.and_then(|row| Some(rows?.get(row as usize)?.asked.clone()));
    }
}

/// A click on a player's mark selects them; on the only one selected, all are shown again.
fn click(state: &mut Explore, row: u32, modifiers: Modifiers) {
    let is_only = state.selected_players() == [row];
    if let Some(view) = state.view().cloned().filter(|_| modifiers.command || modifiers.shift) {
        state.grid.toggle_player(row, &view);
    } else if is_only {
        state.clear_selection();
    } else {
        state.select_player(row as usize);
    }
}

/// The settings with these filters, in place of those on the same columns.
fn filtered(settings: &ViewSettings, filters: Vec<Filter>) -> Box<ViewSettings> {
    let mut settings = settings.clone();
    let field = |filter: &Filter| match filter {
        Filter::Column(field, _) => Some(field.clone()),
        _ => None,
    };
    settings.filters.retain(|filter| filters.iter().all(|new| field(filter) != field(new)));
    settings.filters.extend(filters);
    Box::new(settings)
}
