//! What stands where in the grid, and where to find it again.

use super::View;
use crate::model::Layout;

/// A line of players: one of them, or a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The player in this row of the table.
    Player(u32),
    /// The header of this one of [`View::groups`].
    Group(usize),
}

/// What stands at a place of the grid. Rows are rows of the table, so that a selection made of them
/// stays on its players whatever the order; columns are places in [`View::columns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A player's cell.
    Cell {
        /// The row of the table.
        row: u32,
        /// The place of the column.
        column: usize,
    },
    /// What a column comes to over the rows under a header.
    Subtotal {
        /// The place of the header in [`View::groups`].
        group: usize,
        /// The place of the column.
        column: usize,
    },
}

impl View {
    /// How many lines of players there are, headers among them. The rows of a grid when it is wide,
    /// its columns when it is transposed.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.groups().last().map_or(self.order().len(), |last| {
            last.line + 1 + if last.collapsed { 0 } else { last.rows.len() }
        })
    }

    /// What a line of players shows; `None` past the last.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<Line> {
        let groups = self.groups();
        let Some(at) = groups.partition_point(|group| group.line <= line).checked_sub(1) else {
            return self.order().get(line).map(|row| Line::Player(*row));
        };
        let group = &groups[at];
        match line - group.line {
            0 => Some(Line::Group(at)),
            inside if group.collapsed || inside > group.rows.len() => None,
            inside => Some(Line::Player(self.order()[group.rows.start + inside - 1])),
        }
    }

    /// The line of the player in a row of the table; `None` when it is filtered out or hidden under
    /// a header.
    #[must_use]
    pub fn line_of(&self, row: u32) -> Option<usize> {
        let place = self.place(row)?;
        let groups = self.groups();
        let Some(at) = groups.partition_point(|group| group.rows.start <= place).checked_sub(1) else {
            return Some(place);
        };
        let group = &groups[at];
        (!group.collapsed).then(|| group.line + 1 + place - group.rows.start)
    }

    /// How many rows the grid has, in its layout.
    #[must_use]
    pub fn height(&self) -> usize {
        match self.input().settings.layout {
            Layout::Wide => self.lines(),
            Layout::Transposed => self.columns().len(),
            Layout::Long => self.order().len() * self.columns().len(),
        }
    }

    /// How many columns of values the grid has, in its layout.
    #[must_use]
    pub fn width(&self) -> usize {
        match self.input().settings.layout {
            Layout::Wide => self.columns().len(),
            Layout::Transposed => self.lines(),
            Layout::Long => usize::from(!self.columns().is_empty()),
        }
    }

    /// What stands in a row and column of the grid, in its layout. The long form has no headers,
    /// and hides nothing under them.
    #[must_use]
    pub fn spot(&self, y: usize, x: usize) -> Option<Spot> {
        let columns = self.columns().len();
        let (line, column) = match self.input().settings.layout {
            Layout::Wide => (self.line(y)?, x),
            Layout::Transposed => (self.line(x)?, y),
            Layout::Long if x > 0 => return None,
            Layout::Long => (Line::Player(*self.order().get(y.checked_div(columns)?)?), y % columns),
        };
        (column < columns).then_some(match line {
            Line::Player(row) => Spot::Cell { row, column },
            Line::Group(group) => Spot::Subtotal { group, column },
        })
    }

    /// The row and column of the grid where a cell stands; `None` when it is not shown.
    #[must_use]
    pub fn place_of(&self, row: u32, column: usize) -> Option<(usize, usize)> {
        let columns = self.columns().len();
        if column >= columns {
            return None;
        }
        Some(match self.input().settings.layout {
            Layout::Wide => (self.line_of(row)?, column),
            Layout::Transposed => (column, self.line_of(row)?),
            Layout::Long => (self.place(row)? * columns + column, 0),
        })
    }
}
