/// A cell of the grid, by what it shows and not by where it stands: the table's row, and the lane
/// (0 is the player, then the table's columns from 1 on). Sorting moves it and keeps it the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) row: u32,
    pub(crate) lane: usize,
}

/// What is selected: some rows × some columns. Rows and columns are the table's, so sorting keeps
/// the selection on the same players.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// By the table's row.
    rows: Vec<bool>,
    /// By the table's column.
    columns: Vec<bool>,
    /// Whether whole rows are selected: players, not cells that happen to be all of theirs.
    of_rows: bool,
    /// Where a range began.
    anchor: Option<Place>,
    /// Where the keyboard is.
    cursor: Option<Place>,
}

impl Selection {
    /// Forgets everything and makes room for a table of this size.
    pub(crate) fn reset(&mut self, rows: usize, columns: usize) {
        *self = Self { rows: vec![false; rows], columns: vec![false; columns], ..Self::default() };
    }

    /// Selects nothing. The keyboard stays where it was.
    pub(crate) fn clear(&mut self) {
        self.rows.fill(false);
        self.columns.fill(false);
        self.of_rows = false;
        self.anchor = None;
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.rows.contains(&true) || !self.columns.contains(&true)
    }

    pub(crate) fn cursor(&self) -> Option<Place> {
        self.cursor
    }

    /// Whether the player in `row` is selected, with some of their cells or all.
    pub(crate) fn has_row(&self, row: u32) -> bool {
        self.rows.get(row as usize).copied().unwrap_or(false)
    }

    /// Whether cells of `column` are selected.
    pub(crate) fn has_column(&self, column: usize) -> bool {
        self.columns.get(column).copied().unwrap_or(false)
    }

    /// Whether rows are what is selected, not cells.
    pub(crate) fn is_of_rows(&self) -> bool {
        self.of_rows
    }

    /// The selected rows in the order in which they stand.
    pub(crate) fn rows_of(&self, order: &[u32]) -> Vec<u32> {
        order.iter().copied().filter(|row| self.has_row(*row)).collect()
    }

    /// The selected columns of the table.
    pub(crate) fn columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|column| self.columns[*column]).collect()
    }

    /// Selects one cell; a player's cell is the whole row.
    pub(crate) fn select(&mut self, place: Place) {
        self.rows.fill(false);
        if let Some(row) = self.rows.get_mut(place.row as usize) {
            *row = true;
        }
        self.select_lanes(place.lane, place.lane);
        self.anchor = Some(place);
        self.cursor = Some(place);
    }

    /// Selects all between the place where the range began and `to`, as they stand in `order`.
    pub(crate) fn extend(&mut self, to: Place, order: &[u32]) {
        let anchor = self.anchor.or(self.cursor).unwrap_or(to);
        let at = |row: u32| order.iter().position(|other| *other == row);
        let (Some(from_index), Some(to_index)) = (at(anchor.row), at(to.row)) else {
            return self.select(to);
        };
        self.rows.fill(false);
        for row in &order[from_index.min(to_index)..=from_index.max(to_index)] {
            self.rows[*row as usize] = true;
        }
        self.select_lanes(anchor.lane, to.lane);
        self.anchor = Some(anchor);
        self.cursor = Some(to);
    }

    /// Adds the row to the selection, or takes it out. The columns stay; where none was selected,
    /// the lane of `place` is.
    pub(crate) fn toggle_row(&mut self, place: Place) {
        if self.is_empty() {
            return self.select(place);
        }
        if place.lane == 0 {
            self.select_lanes(0, 0);
        }
        if let Some(row) = self.rows.get_mut(place.row as usize) {
            *row = !*row;
        }
        self.anchor = Some(place);
        self.cursor = Some(place);
    }

    /// Selects every row that stands in `order`.
    pub(crate) fn select_all(&mut self, order: &[u32]) {
        self.rows.fill(false);
        for row in order {
            self.rows[*row as usize] = true;
        }
        self.select_lanes(0, 0);
    }

    /// The same selection in a table whose rows and columns stand elsewhere: `row` and `column`
    /// tell where, or that they are gone. The keyboard stays where it was, if that is still there.
    pub(crate) fn moved(
        &self,
        rows: usize,
        columns: usize,
        row: impl Fn(u32) -> Option<u32>,
        column: impl Fn(usize) -> Option<usize>,
    ) -> Self {
        let mut moved = Self::default();
        moved.reset(rows, columns);
        for to in (0..self.rows.len()).filter(|at| self.rows[*at]).filter_map(|at| row(at as u32)) {
            moved.rows[to as usize] = true;
        }
        if self.of_rows {
            moved.select_lanes(0, 0);
        } else {
            for to in self.columns().into_iter().filter_map(&column) {
                moved.columns[to] = true;
            }
        }
        let place = |place: Place| {
            let lane = match place.lane.checked_sub(1) {
                None => 0,
                Some(at) => column(at)? + 1,
            };
            Some(Place { row: row(place.row)?, lane })
        };
        moved.cursor = self.cursor.and_then(place);
        moved.anchor = self.anchor.and_then(place);
        moved
    }

    fn select_lanes(&mut self, from: usize, to: usize) {
        let (first, last) = (from.min(to), from.max(to));
        self.of_rows = first == 0;
        for (column, selected) in self.columns.iter_mut().enumerate() {
            *selected = first == 0 || (first..=last).contains(&(column + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection() -> Selection {
        let mut selection = Selection::default();
        selection.reset(5, 3);
        selection
    }

    #[test]
    fn a_range_goes_by_the_order_shown_and_survives_another() {
        let mut selection = selection();
        selection.select(Place { row: 4, lane: 1 });
        selection.extend(Place { row: 2, lane: 2 }, &[4, 0, 2, 1, 3]);
        assert_eq!(selection.rows_of(&[0, 1, 2, 3, 4]), [0, 2, 4]);
        assert_eq!(selection.columns(), [0, 1]);
    }

    #[test]
    fn a_player_is_a_whole_row_and_toggles() {
        let mut selection = selection();
        selection.select(Place { row: 1, lane: 0 });
        assert!(selection.is_of_rows());
        selection.toggle_row(Place { row: 3, lane: 0 });
        selection.toggle_row(Place { row: 1, lane: 0 });
        assert_eq!(selection.rows_of(&[0, 1, 2, 3, 4]), [3]);
        selection.toggle_row(Place { row: 3, lane: 0 });
        assert!(selection.is_empty());
    }

    #[test]
    fn a_range_from_a_row_that_is_gone_begins_anew() {
        let mut selection = selection();
        selection.select(Place { row: 4, lane: 1 });
        selection.extend(Place { row: 1, lane: 1 }, &[0, 1]);
        assert_eq!(selection.rows_of(&[0, 1]), [1]);
    }

    #[test]
    fn moving_drops_what_is_gone() {
        let mut selection = selection();
        selection.select(Place { row: 0, lane: 2 });
        selection.extend(Place { row: 1, lane: 3 }, &[0, 1]);
        let moved = selection.moved(2, 2, |row| (row == 1).then_some(0), |column| column.checked_sub(1));
        assert_eq!(moved.rows_of(&[0, 1]), [0]);
        assert_eq!(moved.columns(), [0, 1]);
        assert_eq!(moved.cursor(), Some(Place { row: 0, lane: 2 }));
        let gone = selection.moved(2, 3, |row| (row == 0).then_some(0), Some);
        assert_eq!(gone.cursor(), None);
    }
}
