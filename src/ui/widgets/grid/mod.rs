//! The grid: what a [`View`] shows, in any of its layouts, with frozen columns, titles above stats,
//! sums below, and selection as in a spreadsheet.
//!
//! It draws a view and keeps nothing but what is selected, where it is scrolled and the texts in
//! sight. It sorts, copies and fetches nothing: what was done comes back in [`GridOutput`], changes
//! of the view as new settings. It paints by itself instead of making a widget of each cell:
//! positions stay exact at any number of rows (`axis.rs`), and a frame costs what is in sight. Start
//! with [`grid_ui`]; `lanes.rs` tells what stands where, `body.rs`, `heads.rs`, `header.rs` and
//! `totals.rs` paint, `pointer.rs`, `keys.rs`, `reorder.rs` and `widen.rs` take what is done,
//! `access.rs` tells screen readers, `picture.rs` shows it for a picture.

mod access;
mod axis;
mod body;
mod cell;
mod galleys;
mod header;
mod heads;
mod keys;
mod lanes;
mod looks;
mod picture;
mod place;
mod pointer;
mod reorder;
mod scroll;
mod selection;
mod sorting;
mod totals;
mod widen;
pub(crate) mod words;

use egui::{EventFilter, Id, Key, Painter, Pos2, Rect, Sense, Ui};

use axis::Axis;
use galleys::Galleys;
use keys::KeyAction;
use lanes::{Areas, Lanes};
pub(crate) use looks::{Look, Looks, TitleNames, markers};
pub(crate) use picture::{Still, still_ui};
pub(crate) use place::Place;
pub(crate) use selection::Selection;
pub(crate) use sorting::sort_place;

use crate::{
    analysis::{
        Figure, View,
        view::{Hit, Hits, Line},
    },
    model::{Group, ViewSettings},
    ui::theme::{Palette, palette},
};

/// Space between the edge of a cell and its text, in points.
const PADDING: f32 = 8.0;
/// What the mark of the order takes beside a heading.
const SORT_MARK: f32 = 12.0;
/// What the place of a key takes behind that mark, where there are several.
const SORT_PLACE: f32 = 8.0;

/// What is marked in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mark {
    /// By how much the number grew since the fetch before.
    pub(crate) change: Option<Figure>,
    /// Whether the dictionary says that it cannot be.
    pub(crate) is_flagged: bool,
    /// How bright it flashes: from 1, once, to 0.
    pub(crate) flash: f32,
}

/// What the grid shows.
pub(crate) struct GridInput<'a> {
    pub(crate) view: &'a View,
    /// Another number whenever `view` is another one.
    pub(crate) version: usize,
    pub(crate) looks: &'a Looks,
    /// The groups by whose places `looks` and the headers of `view` name them.
    pub(crate) groups: &'a [Group],
    /// The row of the table that the pointer is over, here or in a chart.
    pub(crate) hovered: Option<u32>,
    /// What was looked for and found.
    pub(crate) hits: Option<&'a Hits>,
    /// The one of them that was gone to.
    pub(crate) hit: Option<Hit>,
    /// The mark of a cell: row of the table and place of the column.
    pub(crate) mark: &'a dyn Fn(u32, usize) -> Option<Mark>,
    /// What the mark means: sentences for the tooltip.
    pub(crate) explain: &'a dyn Fn(u32, usize) -> String,
    /// The column that is being made wider, and how wide.
    pub(crate) widening: Option<(usize, f32)>,
}

/// What outlives a frame.
#[derive(Debug, Default)]
pub(crate) struct GridState {
    selection: Selection,
    /// Where the top left of what scrolls is, in points from the first row and column.
    scroll: (f64, f64),
    /// A cell to bring into view.
    reveal: Option<Place>,
    /// Whether the mouse is drawing a range.
    is_dragging: bool,
    /// Where on a scroll bar's handle it was taken.
    grabbed: Option<f32>,
    /// How many rows were in view: what Page Down moves by.
    page: usize,
    /// Sizes, and what they are of.
    lanes: Option<(Sized, Lanes)>,
    galleys: Galleys,
    /// The column that is being made wider, and how wide.
    widening: Option<(usize, f32)>,
    moving: Option<reorder::Moving>,
    /// How wide the player column was made by hand.
    player_width: Option<f32>,
    /// A player above their values that was clicked.
    clicked_line: Option<Line>,
    in_sight: Vec<usize>,
    /// Whether it is drawn for a picture, where nothing can be scrolled.
    is_still: bool,
    /// The shapes of a frame, to reuse their memory.
    shapes: body::Shapes,
}

/// What sizes depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sized {
    version: usize,
    room: f32,
    widening: Option<(usize, f32)>,
    player: Option<f32>,
    is_prepared: bool,
}

impl GridState {
    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The column that is being made wider, and how wide.
    pub(crate) fn widening(&self) -> Option<(usize, f32)> {
        self.widening
    }

    /// Selects a cell, or all of a player, and brings it into view in the next frame.
    pub(crate) fn select(&mut self, place: Place, view: &View) {
        self.selection.select(place, view);
        self.reveal = Some(place);
    }

    /// Selects all between the place where the last range began and this one.
    #[cfg(test)]
    pub(crate) fn extend(&mut self, place: Place, view: &View) {
        self.selection.extend(place, view);
    }

    pub(crate) fn clear_selection(&mut self) {
        self.selection.clear();
    }

    /// Selects these players, beside what is selected or in its place, and brings the first of them into
    /// view in the next frame.
    pub(crate) fn select_players(&mut self, rows: &[u32], adds: bool, view: &View) {
        self.selection.select_players(rows, adds, view);
        let first = rows.iter().filter_map(|row| Some((view.place(*row)?, *row))).min();
        self.reveal = first.map(|(_, row)| Place::player(row)).or(self.reveal);
    }

    /// Adds a player to the selection, or takes them out.
    pub(crate) fn toggle_player(&mut self, row: u32, view: &View) {
        self.selection.toggle(Place::player(row), view);
    }

    /// Puts selection and keyboard into another view. `rows` tells where the rows of the table went,
    /// when it is another one. With another layout, what has the keyboard stays in sight.
    pub(crate) fn attach(&mut self, view: &View, rows: Option<&[Option<u32>]>) {
        self.selection.attach(view, rows);
        let layout = self.lanes.as_ref().map(|(_, lanes)| lanes.layout);
        if layout.is_some_and(|layout| layout != view.input().settings.layout) {
            self.scroll = (0.0, 0.0);
            self.reveal = self.selection.cursor();
        }
    }

    /// The columns of the view that are in sight, or will be.
    pub(crate) fn columns_in_sight(&self) -> &[usize] {
        &self.in_sight
    }

    /// How many texts were ever laid out: a frame in which nothing changed adds none.
    pub(crate) fn laid_out(&self) -> u64 {
        self.galleys.laid_out()
    }
}

/// What was done in the grid.
#[derive(Debug, Default)]
pub(crate) struct GridOutput {
    /// Look at the table so from now on.
    pub(crate) settings: Option<Box<ViewSettings>>,
    /// Copy what is selected; with headings when true.
    pub(crate) copy: Option<bool>,
    /// The menu of a cell was asked for.
    pub(crate) menu: Option<MenuRequest>,
    /// The menu of a heading was asked for: of a column of the view, or of the players.
    pub(crate) heading_menu: Option<(Option<usize>, MenuRequest)>,
    /// The row of the table under the pointer.
    pub(crate) hovered: Option<u32>,
    /// Show all that is known of what is selected.
    pub(crate) inspect: bool,
    /// Look for something.
    pub(crate) find: bool,
}

/// Where the menu of a cell should open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MenuRequest {
    pub(crate) at: Pos2,
    /// Whether it was asked for with the keyboard, which then goes into the menu.
    pub(crate) by_key: bool,
}

/// The id of the grid in `ui`, for giving it the keyboard.
pub(crate) fn id(ui: &Ui) -> Id {
    ui.scope_id().with("grid")
}

/// What painting and hit testing need of a frame.
struct Scene<'a> {
    ui: &'a Ui,
    id: Id,
    input: &'a GridInput<'a>,
    lanes: &'a Lanes,
    areas: Areas,
    scroll: (f64, f64),
    selection: &'a Selection,
    colors: &'static Palette,
    is_dark: bool,
    has_focus: bool,
    hovered: Option<u32>,
}

impl Scene<'_> {
    fn painter(&self, clip: Rect) -> Painter {
        self.ui.painter().with_clip_rect(self.ui.clip_rect().intersect(clip))
    }

    /// The top of a row on the screen.
    fn top(&self, row: usize) -> f32 {
        self.areas.body.top() + (self.lanes.rows.start(row) - self.scroll.1) as f32
    }

    fn rows_in_sight(&self) -> std::ops::Range<usize> {
        self.lanes.rows.between(self.scroll.1, self.scroll.1 + f64::from(self.areas.body.height()))
    }

    fn left(&self, lane: usize) -> f32 {
        self.lanes.left(&self.areas, self.scroll.0, lane)
    }

    fn lanes_in_sight(&self) -> std::ops::Range<usize> {
        self.lanes.in_sight(&self.areas, self.scroll.0)
    }

    /// Where the columns are that scroll, from `top` to `bottom`.
    fn scrolling(&self, part: Rect) -> Rect {
        part.with_min_x(self.areas.frozen_right)
    }

    fn standing(&self, part: Rect) -> Rect {
        Rect::from_x_y_ranges(self.areas.heads_right..=self.areas.frozen_right, part.y_range())
    }
}

/// Shows the grid in all the room that there is.
pub(crate) fn grid_ui(ui: &mut Ui, state: &mut GridState, input: &GridInput<'_>) -> GridOutput {
    let id = id(ui);
    let mut output = GridOutput::default();
    let all = ui.available_rect_before_wrap();
    let focus = ui.interact(all, id, Sense::focusable_noninteractive());
    let has_focus = focus.has_focus();
    access::grid(&focus, input.view, &state.selection);
    let is_dark = ui.visuals().dark_mode;
    state.galleys.begin(ui, galleys::Of { version: input.version, is_dark });
    refresh_lanes(ui, state, input, all.width());
    let Some((_, lanes)) = state.lanes.take_if(|_| true) else { return output };
    let areas = lanes.areas(all);
    let menu_by_key = has_focus && take_keys(ui, state, input, &lanes, &mut output);
    scroll::refresh(ui, state, &lanes, &areas, input.view);
    let hovered = pointer::row_under(ui, &lanes, &areas, state.scroll, input.view);
    output.hovered = hovered;
    let mut shapes = std::mem::take(&mut state.shapes);
    let mut texts = std::mem::take(&mut state.galleys);
    let selection = std::mem::take(&mut state.selection);
    let scene = Scene {
        ui,
        id,
        input,
        lanes: &lanes,
        areas,
        scroll: state.scroll,
        selection: &selection,
        colors: palette(ui),
        is_dark,
        has_focus,
        hovered: hovered.or(input.hovered),
    };
    let body = pointer::sense(&scene);
    let cursor = body::paint(&scene, &mut texts, &mut shapes);
    totals::paint(&scene, &mut texts);
    header::header_ui(&scene, state, &mut texts, &mut output);
    if has_focus && cursor.is_none() {
        cell::paint_focus(&scene, all);
    }
    let told = access::cells(&scene);
    if menu_by_key {
        menu_at_cursor(&scene, cursor, &mut output);
    }
    let told = told.map(|place| pointer::Done::Pressed { place, extends: false, adds: false });
    let line = state.clicked_line.take().map(|line| Place { line: Some(line), column: None });
    let line = line.map(|place| {
        let modifiers = ui.input(|input| input.modifiers);
        pointer::Done::Pressed { place, extends: modifiers.shift, adds: modifiers.command }
    });
    let done = told.or(line).or_else(|| pointer::done(&scene, &body));
    // A click takes the keyboard from everything that it is beside, as the release ends it.
    if done.is_some() || body.clicked() || body.secondary_clicked() || body.drag_stopped() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    state.in_sight = in_sight(std::mem::take(&mut state.in_sight), &scene);
    state.page = (f64::from(areas.body.height() / theme_row()) as usize).saturating_sub(2).max(1);
    (state.selection, state.galleys, state.shapes) = (selection, texts, shapes);
    pointer::apply(ui, state, input, &lanes, &areas, done, &mut output);
    if !state.is_still {
        scroll::bars_ui(ui, state, &lanes, &areas);
    }
    let sized = sized(state, input, all.width());
    state.lanes = Some((sized, lanes));
    output
}

fn theme_row() -> f32 {
    crate::ui::theme::ROW_HEIGHT
}

fn in_sight(mut known: Vec<usize>, scene: &Scene<'_>) -> Vec<usize> {
    let found = lanes::columns_in_sight(scene.input.view, scene.lanes, &scene.areas, scene.scroll);
    if known != found {
        known = found;
    }
    known
}

fn menu_at_cursor(scene: &Scene<'_>, cursor: Option<Rect>, output: &mut GridOutput) {
    let at = cursor.map_or(scene.areas.body.min, |rect| rect.left_bottom());
    let request = MenuRequest { at, by_key: true };
    let place = scene.selection.cursor();
    match place {
        // The head of a column is its name: its menu is that of the heading.
        Some(Place { line: None, column: Some(column) }) => {
            output.heading_menu = Some((Some(column), request));
        }
        Some(Place { column: Some(column), .. }) if scene.selection.has_whole_column(column) => {
            output.heading_menu = Some((Some(column), request));
        }
        _ => output.menu = Some(request),
    }
}

fn sized(state: &GridState, input: &GridInput<'_>, room: f32) -> Sized {
    let is_prepared = input.view.is_prepared(0..input.view.columns().len());
    Sized { version: input.version, room, widening: input.widening, player: state.player_width, is_prepared }
}

fn refresh_lanes(ui: &Ui, state: &mut GridState, input: &GridInput<'_>, room: f32) {
    let sized = sized(state, input, room);
    if state.lanes.as_ref().is_none_or(|(of, _)| *of != sized) {
        state.lanes = Some((sized, Lanes::of(ui, input, state.player_width, room)));
    }
}

/// Does what the keys ask for. Returns whether one asked for the menu.
fn take_keys(
    ui: &Ui,
    state: &mut GridState,
    input: &GridInput<'_>,
    lanes: &Lanes,
    output: &mut GridOutput,
) -> bool {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(ui), filter));
    let mut menu = false;
    let size =
        keys::Size { height: lanes.rows.count(), width: lanes.values.count(), page: state.page.max(1) };
    for action in keys::handle(ui, &mut state.selection, input.view, size) {
        match action {
            KeyAction::Moved => {
                state.reveal = state.selection.cursor();
                // Names stand still: a row is at its beginning when its first column is in sight.
                if ui.input(|input| input.key_pressed(Key::Home)) {
                    state.scroll.0 = 0.0;
                }
            }
            KeyAction::Copy { headings } => output.copy = Some(headings),
            KeyAction::Menu => menu = true,
            KeyAction::Inspect => output.inspect = true,
            KeyAction::Find => output.find = true,
            KeyAction::Fold(group) => output.settings = sorting::folded(input.view, group),
        }
    }
    menu
}
