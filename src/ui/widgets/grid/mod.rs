//! The grid: players × stats with a frozen player column, titles above stats, selection as in a
//! spreadsheet.
//!
//! It draws a table in a given order and keeps nothing but what is selected and where it is
//! scrolled. It sorts, copies and fetches nothing: what was done comes back in [`GridOutput`].
//! Start with [`grid_ui`]; `cell.rs` and `header.rs` draw, `selection.rs`, `keys.rs` and `drag.rs`
//! select.

mod cell;
mod drag;
mod header;
mod keys;
mod selection;
mod widths;
pub(crate) mod words;

use std::ops::Range;

use egui::{EventFilter, Id, PointerButton, Pos2, Rect, Role, Sense, Ui};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};

pub(crate) use selection::{Place, Selection};

use crate::{
    analysis::{Extent, Measure},
    model::{Catalogue, Query, Scid, Sort, SortBy, StatTable},
    ui::{
        theme::{self, HAIRLINE, ROW_HEIGHT, palette},
        widgets::spoken,
    },
};
use cell::Edges;
use keys::KeyAction;

/// Space between the edge of a cell and its text, in points.
const PADDING: f32 = 7.0;
/// What the mark of the order takes beside a heading.
const SORT_MARK: f32 = 12.0;
/// Width of the coloured line where a title begins.
const TITLE_MARK: f32 = 2.0;
const HEADER_HEIGHT: f32 = 26.0;

/// What the grid shows.
pub(crate) struct GridInput<'a> {
    pub(crate) table: &'a StatTable,
    /// The table's rows that are shown, in order.
    pub(crate) order: &'a [u32],
    pub(crate) query: &'a Query,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) sort: Option<&'a Sort>,
    /// By column: between which numbers to shade it. Empty: no heat map.
    pub(crate) extents: &'a [Option<Extent>],
    /// By column: what its values are like when written. Empty: not known yet.
    pub(crate) measures: &'a [Measure],
    /// By row: the group that gives the marker.
    pub(crate) groups: &'a [Option<usize>],
    /// The row that the pointer is over, here or in a chart.
    pub(crate) hovered: Option<u32>,
}

impl GridInput<'_> {
    /// How many decimals the numbers of a column are shown with.
    fn decimals(&self, column: usize) -> usize {
        self.measures.get(column).map_or(0, |measure| measure.decimals)
    }

    /// What a title is called: in the query, in the catalogue, or by its SCID.
    pub(crate) fn title_name(&self, scid: &Scid) -> String {
        title_name(self.query, self.catalogue, scid)
    }
}

/// What a title is called: in the query, in the catalogue, or by its SCID.
pub(crate) fn title_name(query: &Query, catalogue: &Catalogue, scid: &Scid) -> String {
    let in_query = query.title(scid).map(|title| title.name.as_str());
    let known = catalogue.title(scid).map(|title| title.name.as_str());
    let named = [in_query, known].into_iter().flatten().find(|name| !name.is_empty());
    named.map_or_else(|| scid.short(), str::to_owned)
}

/// What outlives a frame.
#[derive(Debug, Default)]
pub(crate) struct GridState {
    pub(crate) selection: Selection,
    /// Whether the mouse is drawing a range.
    dragging: bool,
    /// A cell to bring into view.
    reveal: Option<Place>,
    /// How many rows were in view: what Page Down moves by.
    page: usize,
    /// By lane: how wide it is. Empty: to be found.
    widths: Vec<f32>,
    /// Where the keyboard is, as last drawn; `None` when that is not in sight.
    cursor_rect: Option<Rect>,
    /// Where the values end at the left, behind the player column.
    values_left: f32,
}

impl GridState {
    /// Brings a row into view in the next frame.
    pub(crate) fn reveal(&mut self, row: u32) {
        self.reveal = Some(Place { row, lane: 0 });
    }

    /// Has the widths of the columns found again, after the values changed.
    pub(crate) fn forget_widths(&mut self) {
        self.widths.clear();
    }
}

/// The order that a click on a header asks for; `None` is the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortRequest(pub(crate) Option<Sort>);

/// What was done in the grid.
#[derive(Debug, Default)]
pub(crate) struct GridOutput {
    /// A header was clicked: show this order.
    pub(crate) sort: Option<SortRequest>,
    /// Copy what is selected; with headings when true.
    pub(crate) copy: Option<bool>,
    /// The menu of a cell was asked for.
    pub(crate) menu: Option<MenuRequest>,
    /// The row under the pointer.
    pub(crate) hovered: Option<u32>,
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

/// Shows the grid in all the room that there is.
pub(crate) fn grid_ui(ui: &mut Ui, state: &mut GridState, input: &GridInput<'_>) -> GridOutput {
    let id = id(ui);
    let lanes = input.table.columns().len() + 1;
    let mut output = GridOutput::default();
    let area = ui.available_rect_before_wrap();
    let focus = ui.interact(area, id, Sense::focusable_noninteractive());
    spoken(&focus, |node| {
        node.set_role(Role::Grid);
        node.set_label("Values");
        node.set_row_count(input.order.len());
        node.set_column_count(lanes);
    });
    let has_focus = focus.has_focus();
    let menu_by_key = has_focus && take_keys(ui, state, input, &mut output);
    if !ui.input(|input| input.pointer.primary_down()) {
        state.dragging = false;
    }
    if state.widths.len() != lanes {
        state.widths = widths::of(ui, input, area.width());
    }
    let titles = titles(input.table);
    let table = table(state, input, &titles);
    header::strip_ui(ui, area.with_max_y((area.top() + 2.0 * HEADER_HEIGHT).min(area.bottom())));
    // The table would draw its lines down to the bottom, rows or not; the cells draw their own.
    ui.style_mut().visuals.widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    state.cursor_rect = None;
    let mut delegate = Delegate { id, input, state, output: &mut output, titles: &titles, has_focus };
    table.show(ui, &mut delegate);
    let top_left = egui::pos2(state.values_left, area.top() + 2.0 * HEADER_HEIGHT);
    let values = Rect::from_min_max(top_left, area.max);
    if state.dragging {
        drag::past_edge(ui, state, input.order, lanes, values);
    }
    let cursor = state.cursor_rect.filter(|rect| values.with_min_x(area.left()).intersects(*rect));
    if has_focus && cursor.is_none() {
        cell::paint_focus(ui, area);
    }
    if menu_by_key {
        let at = cursor.map_or(values.min, |rect| rect.left_bottom());
        output.menu = Some(MenuRequest { at, by_key: true });
    }
    output
}

/// Does what the keys ask for. Returns whether one asked for the menu.
fn take_keys(ui: &Ui, state: &mut GridState, input: &GridInput<'_>, output: &mut GridOutput) -> bool {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(ui), filter));
    let lanes = input.table.columns().len() + 1;
    let mut menu = false;
    for action in keys::handle(ui, &mut state.selection, input.order, lanes, state.page.max(1)) {
        match action {
            KeyAction::Moved => state.reveal = state.selection.cursor(),
            KeyAction::Copy { headings } => output.copy = Some(headings),
            KeyAction::Menu => menu = true,
        }
    }
    menu
}

/// The table with its columns as wide as they are, scrolled to what should be seen.
fn table(state: &mut GridState, input: &GridInput<'_>, titles: &[Range<usize>]) -> Table {
    // Widths are ours to change: the table's own handles would each stop the Tab key.
    let columns: Vec<Column> = state
        .widths
        .iter()
        .map(|width| Column::new(*width).range(*width..=*width).resizable(false))
        .collect();
    let lanes = columns.len();
    let mut table = Table::new()
        .id_salt("values")
        .num_rows(input.order.len() as u64)
        .num_sticky_cols(1)
        .columns(columns)
        .headers(headers(titles, lanes));
    if let Some(place) = state.reveal.take()
        && let Some(index) = input.order.iter().position(|row| *row == place.row)
    {
        table = table.scroll_to_row(index as u64, None);
        if place.lane > 0 {
            table = table.scroll_to_column(place.lane, None);
        }
    }
    table
}

/// The ranges of columns that belong to one title each.
fn titles(table: &StatTable) -> Vec<Range<usize>> {
    let mut titles: Vec<Range<usize>> = Vec::new();
    for (index, column) in table.columns().iter().enumerate() {
        match titles.last_mut() {
            Some(range) if table.columns()[range.start].key().scid == column.key().scid => {
                range.end = index + 1;
            }
            _ => titles.push(index..index + 1),
        }
    }
    titles
}

fn headers(titles: &[Range<usize>], lanes: usize) -> Vec<HeaderRow> {
    let player = 0..1;
    let above = titles.iter().map(|range| range.start + 1..range.end + 1);
    let mut top = HeaderRow::new(HEADER_HEIGHT);
    top.groups = std::iter::once(player).chain(above).collect();
    let mut below = HeaderRow::new(HEADER_HEIGHT);
    below.groups = (0..lanes).map(|lane| lane..lane + 1).collect();
    vec![top, below]
}

struct Delegate<'a> {
    id: Id,
    input: &'a GridInput<'a>,
    state: &'a mut GridState,
    output: &'a mut GridOutput,
    titles: &'a [Range<usize>],
    has_focus: bool,
}

impl Delegate<'_> {
    fn press(&mut self, ui: &Ui, response: &egui::Response, place: Place, rect: Rect) {
        let modifiers = ui.input(|input| input.modifiers);
        let order = self.input.order;
        let selection = &mut self.state.selection;
        if response.drag_started_by(PointerButton::Primary) || response.clicked() {
            match (modifiers.shift, modifiers.command) {
                (true, _) => selection.extend(place, order),
                (false, true) => selection.toggle_row(place),
                (false, false) => selection.select(place),
            }
            self.state.dragging = response.drag_started();
            ui.memory_mut(|memory| memory.request_focus(self.id));
        } else if response.secondary_clicked() {
            let column = place.lane.checked_sub(1);
            let inside =
                selection.has_row(place.row) && column.is_none_or(|column| selection.has_column(column));
            if !inside {
                selection.select(place);
            }
            ui.memory_mut(|memory| memory.request_focus(self.id));
            let at = response.interact_pointer_pos().unwrap_or_else(|| rect.left_bottom());
            self.output.menu = Some(MenuRequest { at, by_key: false });
        } else if self.state.dragging {
            let pointer = ui.input(|input| input.pointer.latest_pos());
            if pointer.is_some_and(|at| rect.contains(at) && ui.clip_rect().contains(at)) {
                self.drag_to(place);
            }
        }
    }

    /// Extends the range that the mouse draws. One of cells stays one of cells over the names.
    fn drag_to(&mut self, place: Place) {
        let selection = &mut self.state.selection;
        let lane = match selection.cursor() {
            Some(cursor) if place.lane == 0 => cursor.lane,
            Some(cursor) if cursor.lane == 0 => 0,
            _ => place.lane,
        };
        let place = Place { lane, ..place };
        if selection.cursor() != Some(place) {
            selection.extend(place, self.input.order);
        }
    }

    /// Makes a lane wider or narrower.
    fn resize(&mut self, ui: &Ui, lane: usize, resize: header::Resize) {
        let width = match resize {
            header::Resize::Fit => widths::fitting(ui, self.input, lane),
            header::Resize::By(more) => {
                (self.state.widths[lane] + more).clamp(*widths::BY_HAND.start(), *widths::BY_HAND.end())
            }
        };
        self.state.widths[lane] = width;
        widths::keep(ui, self.input, lane, (resize != header::Resize::Fit).then_some(width));
    }

    /// Where the block of selected cells that `place` belongs to ends.
    fn edges(&self, index: usize, place: Place) -> Edges {
        let selection = &self.state.selection;
        let Some(column) = place.lane.checked_sub(1) else { return Edges::default() };
        if selection.is_of_rows() || !selection.has_row(place.row) || !selection.has_column(column) {
            return Edges::default();
        }
        let row = |index: Option<usize>| {
            index.and_then(|index| self.input.order.get(index)).is_some_and(|row| selection.has_row(*row))
        };
        Edges {
            top: !row(index.checked_sub(1)),
            bottom: !row(Some(index + 1)),
            left: !column.checked_sub(1).is_some_and(|column| selection.has_column(column)),
            right: !selection.has_column(column + 1),
        }
    }
}

impl TableDelegate for Delegate<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        let rows = info.visible_rows.end.saturating_sub(info.visible_rows.start);
        self.state.page = (rows as usize).saturating_sub(2).max(1);
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        match (cell.row_nr, cell.group_index) {
            (0, 0) => header::corner_ui(ui, rect),
            (0, group) => header::title_ui(ui, rect, self.input, cell.col_range.start - 1, group - 1),
            (_, lane) => {
                let response = header::stat_ui(ui, rect, self.input, lane.checked_sub(1));
                if response.clicked() {
                    self.output.sort = Some(SortRequest(next_sort(self.input, lane.checked_sub(1))));
                }
                if let Some(resize) = header::handle_ui(ui, rect) {
                    self.resize(ui, lane, resize);
                }
            }
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let row = self.input.order[row_nr as usize];
        let rect = ui.max_rect();
        // On the line between two rows, the pointer is over one of them.
        if ui.rect_contains_pointer(rect.with_max_y(rect.bottom() - HAIRLINE / 2.0)) {
            self.output.hovered = Some(row);
        }
        let id = ui.unique_id();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Row);
            node.set_row_index(row_nr as usize);
        });
        let hovered = self.output.hovered.or(self.input.hovered);
        let input = GridInput { hovered, ..*self.input };
        ui.painter().rect_filled(rect, 0, cell::row_fill(ui, &input, row, &self.state.selection));
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let row = self.input.order[cell.row_nr as usize];
        let place = Place { row, lane: cell.col_nr };
        let rect = ui.max_rect();
        let hovered = self.output.hovered.or(self.input.hovered);
        let input = GridInput { hovered, ..*self.input };
        if cell.col_nr == 0 {
            self.state.values_left = rect.right();
        }
        let selection = &self.state.selection;
        let response = match cell.col_nr {
            0 => cell::player_ui(ui, rect, &input, row, selection),
            _ => cell::value_ui(ui, rect, &input, place, selection),
        };
        let line = (HAIRLINE, palette(ui).line);
        ui.painter().hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, line);
        ui.painter().vline(rect.right() - HAIRLINE / 2.0, rect.y_range(), line);
        let starts_title = self.titles.iter().any(|range| range.start + 1 == cell.col_nr && range.start > 0);
        if starts_title {
            let edge = rect.with_max_x(rect.left() + HAIRLINE);
            ui.painter().rect_filled(edge, 0, theme::blend(palette(ui).line, palette(ui).muted, 0.4));
        }
        let is_cursor = selection.cursor() == Some(place);
        cell::paint_edges(ui, rect, self.edges(cell.row_nr as usize, place), is_cursor && self.has_focus);
        if is_cursor {
            self.state.cursor_rect = Some(rect);
            ui.ctx().accesskit_node_builder(self.id, |node| {
                node.set_active_descendant(response.id.accesskit_id());
            });
        }
        self.press(ui, &response, place, rect);
    }

    fn default_row_height(&self) -> f32 {
        ROW_HEIGHT
    }
}

/// What a click on a header asks for: a stat's greatest first, then its least, then the order of
/// the list; names the other way round.
fn next_sort(input: &GridInput<'_>, column: Option<usize>) -> Option<Sort> {
    let by = column
        .map_or(SortBy::Player, |column| SortBy::Column(input.table.columns()[column].key().clone().into()));
    let first = by != SortBy::Player;
    match input.sort.filter(|sort| sort.by == by) {
        None => Some(Sort { by, descending: first }),
        Some(sort) if sort.descending == first => Some(Sort { by, descending: !first }),
        Some(_) => None,
    }
}
