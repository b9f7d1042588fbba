//! What is selected: blocks of players × columns, by rows of the table and fields, so that it stays
//! on them whatever the view.

use super::place::{At, ColumnId, Place};
use crate::{
    analysis::{
        View,
        view::{Line, ViewColumn},
    },
    model::Layout,
};

/// Some rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rows {
    All,
    /// A bit for each row.
    Some(Vec<u64>),
}

/// Some columns.
#[derive(Clone, Debug, PartialEq)]
enum Lanes {
    All,
    Some(Vec<ColumnId>),
}

#[derive(Clone, Debug, PartialEq)]
struct Block {
    rows: Rows,
    lanes: Lanes,
    /// Which columns of the view these are. All, where it is empty.
    places: Vec<bool>,
}

/// What is selected. The last block is the one that is being drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    blocks: Vec<Block>,
    /// Where a range began, in the view that the selection is attached to.
    anchor: Option<Place>,
    /// Where the keyboard is.
    cursor: Option<Place>,
    /// The columns of these.
    anchor_id: Option<ColumnId>,
    cursor_id: Option<ColumnId>,
    /// How many blocks the range that is being drawn has.
    drawn: usize,
    /// Grows with each change.
    version: usize,
}

impl Rows {
    fn has(&self, row: u32) -> bool {
        match self {
            Self::All => true,
            Self::Some(bits) => bits.get(row as usize / 64).is_some_and(|bits| bits & (1 << (row % 64)) != 0),
        }
    }

    fn of(rows: impl IntoIterator<Item = u32>, count: usize) -> Self {
        let mut bits = vec![0; count.div_ceil(64)];
        for row in rows {
            bits[row as usize / 64] |= 1 << (row % 64);
        }
        Self::Some(bits)
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Some(bits) if bits.iter().all(|bits| *bits == 0))
    }
}

impl Block {
    fn new(rows: Rows, lanes: Lanes, view: &View) -> Self {
        let mut block = Self { rows, lanes, places: Vec::new() };
        block.attach(view.columns());
        block
    }

    fn attach(&mut self, columns: &[ViewColumn]) {
        self.places = match &self.lanes {
            Lanes::All => Vec::new(),
            Lanes::Some(ids) => columns.iter().map(|column| ids.iter().any(|id| id.is(column))).collect(),
        };
    }

    fn has_column(&self, column: usize) -> bool {
        match self.lanes {
            Lanes::All => true,
            Lanes::Some(_) => self.places.get(column).copied().unwrap_or(false),
        }
    }
}

impl Selection {
    /// Another number whenever it changed.
    pub(crate) fn version(&self) -> usize {
        self.version
    }

    /// Selects nothing. The keyboard stays where it was.
    pub(crate) fn clear(&mut self) {
        self.version += 1;
        self.blocks.clear();
        self.anchor = None;
        self.drawn = 0;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    pub(crate) fn cursor(&self) -> Option<Place> {
        self.cursor
    }

    pub(crate) fn has(&self, row: u32, column: usize) -> bool {
        self.blocks.iter().any(|block| block.has_column(column) && block.rows.has(row))
    }

    /// Whether the player in `row` is selected, with some of their cells or all.
    pub(crate) fn has_row(&self, row: u32) -> bool {
        self.blocks.iter().any(|block| block.rows.has(row))
    }

    /// Whether all cells of a row are selected, as a player and not one by one.
    pub(crate) fn has_whole_row(&self, row: u32) -> bool {
        self.blocks.iter().any(|block| block.lanes == Lanes::All && block.rows.has(row))
    }

    /// Whether cells of `column` are selected.
    pub(crate) fn has_column(&self, column: usize) -> bool {
        self.blocks.iter().any(|block| block.has_column(column))
    }

    /// Whether all cells of a column are selected, as a column and not one by one.
    pub(crate) fn has_whole_column(&self, column: usize) -> bool {
        self.blocks.iter().any(|block| block.rows == Rows::All && block.has_column(column))
    }

    /// Whether players are what is selected, not cells.
    pub(crate) fn is_of_rows(&self) -> bool {
        !self.blocks.is_empty() && self.blocks.iter().all(|block| block.lanes == Lanes::All)
    }

    /// The rows that are selected, in the order in which they stand.
    pub(crate) fn rows_of(&self, order: &[u32]) -> Vec<u32> {
        if self.blocks.iter().any(|block| block.rows == Rows::All) {
            return order.to_vec();
        }
        if self.blocks.is_empty() {
            return Vec::new();
        }
        order.iter().copied().filter(|row| self.has_row(*row)).collect()
    }

    /// The columns of the view in which something is selected.
    pub(crate) fn columns_of(&self, view: &View) -> Vec<usize> {
        (0..view.columns().len()).filter(|column| self.has_column(*column)).collect()
    }

    /// Whether every selected row has the same columns selected.
    pub(crate) fn is_block(&self) -> bool {
        self.blocks.len() <= 1
    }

    /// Selects one cell; a head stands for its whole row or column.
    pub(crate) fn select(&mut self, place: Place, view: &View) {
        self.blocks.clear();
        self.add(place, view);
    }

    /// Adds a cell to what is selected, or takes its row or column out when it is a head that was.
    pub(crate) fn toggle(&mut self, place: Place, view: &View) {
        let whole = match (place.row(), place.column) {
            (Some(row), None) => {
                self.blocks.iter().position(|block| block.lanes == Lanes::All && block.rows.has(row))
            }
            (None, Some(column)) => {
                self.blocks.iter().position(|block| block.rows == Rows::All && block.has_column(column))
            }
            _ => None,
        };
        let Some(at) = whole else { return self.add(place, view) };
        self.version += 1;
        let block = &mut self.blocks[at];
        if let Some(row) = place.row() {
            if block.rows == Rows::All {
                block.rows = Rows::of(view.order().iter().copied(), view.table().rows().len());
            }
            if let Rows::Some(bits) = &mut block.rows {
                bits[row as usize / 64] &= !(1 << (row % 64));
            }
        } else if let Some(column) = place.column {
            let places =
                (0..view.columns().len()).filter(|other| *other != column && block.has_column(*other));
            block.lanes = Lanes::Some(places.map(|place| ColumnId::from(&view.columns()[place])).collect());
            block.attach(view.columns());
        }
        self.blocks.retain(|block| !block.rows.is_empty() && block.lanes != Lanes::Some(Vec::new()));
        self.drawn = 0;
        self.put_cursor(place, view);
        self.put_anchor(place, view);
    }

    fn add(&mut self, place: Place, view: &View) {
        self.version += 1;
        self.drawn = 0;
        self.put_anchor(place, view);
        self.draw(place, place, view);
        self.put_cursor(place, view);
    }

    /// Selects all between the place where the range began and `to`, as they stand.
    pub(crate) fn extend(&mut self, to: Place, view: &View) {
        let from = self.anchor.or(self.cursor).unwrap_or(to);
        if from.at(view).is_none() || to.at(view).is_none() {
            return self.select(to, view);
        }
        self.version += 1;
        if self.anchor.is_none() {
            self.put_anchor(from, view);
        }
        self.blocks.truncate(self.blocks.len() - self.drawn.min(self.blocks.len()));
        self.draw(from, to, view);
        self.put_cursor(to, view);
    }

    /// Selects these players, beside what is selected or in its place.
    pub(crate) fn select_players(&mut self, rows: &[u32], adds: bool, view: &View) {
        self.version += 1;
        if !adds {
            self.blocks.clear();
        }
        if let Some(first) = rows.first() {
            let rows = Rows::of(rows.iter().copied(), view.table().rows().len());
            self.blocks.push(Block::new(rows, Lanes::All, view));
            self.put_cursor(Place::player(*first), view);
            self.put_anchor(Place::player(*first), view);
        }
        self.drawn = 0;
    }

    /// Selects every cell.
    pub(crate) fn select_all(&mut self, view: &View) {
        self.version += 1;
        self.blocks = vec![Block::new(Rows::All, Lanes::All, view)];
        self.drawn = 1;
    }

    /// Selects the whole columns of the view in which something is selected, or where the keyboard is.
    pub(crate) fn whole_columns(&mut self, view: &View) {
        let cursor = self.cursor.and_then(|cursor| cursor.column);
        let places: Vec<usize> = (0..view.columns().len())
            .filter(|column| if self.is_empty() { cursor == Some(*column) } else { self.has_column(*column) })
            .collect();
        if !places.is_empty() {
            self.version += 1;
            let ids = places.iter().map(|place| ColumnId::from(&view.columns()[*place])).collect();
            self.blocks = vec![Block::new(Rows::All, Lanes::Some(ids), view)];
            self.drawn = 1;
        }
    }

    /// Selects the whole rows in which something is selected, or where the keyboard is.
    pub(crate) fn whole_rows(&mut self, view: &View) {
        if self.is_empty()
            && let Some(cursor) = self.cursor
        {
            return self.select(Place { column: None, ..cursor }, view);
        }
        let rows = self.rows_of(view.order());
        if !rows.is_empty() {
            self.version += 1;
            let rows = Rows::of(rows, view.table().rows().len());
            self.blocks = vec![Block::new(rows, Lanes::All, view)];
            self.drawn = 1;
        }
    }

    /// Puts the selection into another view. `rows` tells where the rows of the table went, when it
    /// is another one. What the view does not show stays selected, unseen.
    pub(crate) fn attach(&mut self, view: &View, rows: Option<&[Option<u32>]>) {
        self.version += 1;
        let count = view.table().rows().len();
        for block in &mut self.blocks {
            if let (Some(moved), Rows::Some(bits)) = (rows, &block.rows) {
                let old = (0..bits.len() as u32 * 64).filter(|row| block.rows.has(*row));
                let new = old.filter_map(|row| moved.get(row as usize).copied().flatten());
                block.rows = Rows::of(new, count);
            }
            block.attach(view.columns());
        }
        self.blocks.retain(|block| !block.rows.is_empty());
        self.drawn = self.drawn.min(self.blocks.len());
        let moved = |place: Option<Place>, id: &Option<ColumnId>| {
            let place = place?;
            let line = match place.line {
                Some(Line::Player(row)) => {
                    let row = rows.map_or(Some(row), |moved| moved.get(row as usize).copied().flatten())?;
                    Some(Line::Player(row))
                }
                // Headers change with every order: the keyboard goes back to the grid.
                Some(Line::Group(group)) => Some(Line::Group(group)).filter(|_| group < view.groups().len()),
                None => None,
            };
            let column = match id {
                Some(id) => Some(id.place(view)?),
                None => None,
            };
            (line.is_some() || column.is_some()).then_some(Place { line, column })
        };
        self.cursor = moved(self.cursor, &self.cursor_id);
        self.anchor = moved(self.anchor, &self.anchor_id);
    }

    fn put_cursor(&mut self, place: Place, view: &View) {
        self.cursor = Some(place);
        self.cursor_id = place.column.and_then(|column| view.columns().get(column)).map(ColumnId::from);
    }

    fn put_anchor(&mut self, place: Place, view: &View) {
        self.anchor = Some(place);
        self.anchor_id = place.column.and_then(|column| view.columns().get(column)).map(ColumnId::from);
    }

    /// Adds what lies between two places.
    fn draw(&mut self, from: Place, to: Place, view: &View) {
        let before = self.blocks.len();
        let (Some(from_at), Some(to_at)) = (from.at(view), to.at(view)) else { return };
        if view.input().settings.layout == Layout::Long {
            self.draw_long(from_at, to_at, view);
        } else {
            let lanes = match (from.column, to.column) {
                (Some(from), Some(to)) => {
                    let places = &view.columns()[from.min(to)..=from.max(to)];
                    Lanes::Some(places.iter().map(ColumnId::from).collect())
                }
                _ => Lanes::All,
            };
            let rows = match (from.line, to.line) {
                (Some(from), Some(to)) => Rows::of(players(view, from, to), view.table().rows().len()),
                _ => Rows::All,
            };
            self.blocks.push(Block::new(rows, lanes, view));
        }
        self.blocks.retain(|block| !block.rows.is_empty());
        self.drawn = self.blocks.len().saturating_sub(before);
    }

    /// A stretch of a list of values: the rest of a player's, whole players, the beginning of another's.
    fn draw_long(&mut self, from: At, to: At, view: &View) {
        let columns = view.columns();
        let (first, last) = (from.y.min(to.y), from.y.max(to.y));
        let count = view.table().rows().len();
        let whole = from.x.is_none() || to.x.is_none();
        let mut add = |places: std::ops::RangeInclusive<usize>, lanes: &[ViewColumn]| {
            let rows = view.order().get(places).unwrap_or_default();
            if !rows.is_empty() && !lanes.is_empty() {
                let is_all = lanes.len() == columns.len();
                let lanes =
                    if is_all { Lanes::All } else { Lanes::Some(lanes.iter().map(ColumnId::from).collect()) };
                self.blocks.push(Block::new(Rows::of(rows.iter().copied(), count), lanes, view));
            }
        };
        let (first_row, last_row) = (first / columns.len(), last / columns.len());
        let (first_lane, last_lane) = (first % columns.len(), last % columns.len());
        if whole {
            add(first_row..=last_row, columns);
        } else if first_row == last_row {
            add(first_row..=first_row, &columns[first_lane..=last_lane]);
        } else {
            add(first_row..=first_row, &columns[first_lane..]);
            if first_row + 1 < last_row {
                add(first_row + 1..=last_row - 1, columns);
            }
            add(last_row..=last_row, &columns[..=last_lane]);
        }
    }
}

/// The players between two lines, both included; a header alone stands for all under it.
fn players(view: &View, from: Line, to: Line) -> Vec<u32> {
    if let (Line::Group(group), true) = (from, from == to) {
        return view
            .groups()
            .get(group)
            .map_or(Vec::new(), |group| view.order()[group.rows.clone()].to_vec());
    }
    let at = |line: Line| match line {
        Line::Player(row) => view.line_of(row),
        Line::Group(group) => view.groups().get(group).map(|group| group.line),
    };
    let (Some(from), Some(to)) = (at(from), at(to)) else { return Vec::new() };
    let lines = from.min(to)..=from.max(to);
    lines
        .filter_map(|line| match view.line(line)? {
            Line::Player(row) => Some(row),
            Line::Group(_) => None,
        })
        .collect()
}
