//! Cells of the grid by what they show, and where that stands in each layout.

use crate::{
    analysis::{
        View,
        view::{Line, Shows, ViewColumn},
    },
    model::{Field, Layout},
};

/// A cell by what it shows: a player or a header of some, and a column. One of both missing is a
/// head: the name of a player stands for all their cells, the name of a stat for all of its.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: Option<Line>,
    /// The place in [`View::columns`].
    pub(crate) column: Option<usize>,
}

/// A cell by where it stands: its row, and its column behind the heads; `None` for the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) y: usize,
    pub(crate) x: Option<usize>,
}

/// A column by what it shows, whatever the view.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ColumnId {
    pub(crate) field: Field,
    shows: Shows,
}

impl From<&ViewColumn> for ColumnId {
    fn from(column: &ViewColumn) -> Self {
        Self { field: column.field.clone(), shows: column.shows }
    }
}

impl ColumnId {
    pub(super) fn is(&self, column: &ViewColumn) -> bool {
        self.field == column.field && self.shows == column.shows
    }

    /// Where the column stands in a view.
    pub(crate) fn place(&self, view: &View) -> Option<usize> {
        view.columns().iter().position(|column| self.is(column))
    }
}

impl Place {
    pub(crate) fn player(row: u32) -> Self {
        Self { line: Some(Line::Player(row)), column: None }
    }

    /// The row of the table.
    pub(crate) fn row(self) -> Option<u32> {
        match self.line {
            Some(Line::Player(row)) => Some(row),
            _ => None,
        }
    }

    /// What stands somewhere; `None` outside of the grid.
    pub(crate) fn of(view: &View, at: At) -> Option<Self> {
        let columns = view.columns().len();
        let column = |column: usize| (column < columns).then_some(column);
        match view.input().settings.layout {
            Layout::Wide => {
                let column = match at.x {
                    Some(x) => Some(column(x)?),
                    None => None,
                };
                Some(Self { line: Some(view.line(at.y)?), column })
            }
            Layout::Transposed => {
                let line = match at.x {
                    Some(x) => Some(view.line(x)?),
                    None => None,
                };
                Some(Self { line, column: Some(column(at.y)?) })
            }
            Layout::Long => {
                let row = *view.order().get(at.y.checked_div(columns)?)?;
                Some(Self { line: Some(Line::Player(row)), column: at.x.map(|_| at.y % columns) })
            }
        }
    }

    /// Where it stands; `None` when it is not shown.
    pub(crate) fn at(self, view: &View) -> Option<At> {
        let columns = view.columns().len();
        let line = |line: Line| match line {
            Line::Player(row) => view.line_of(row),
            Line::Group(group) => view.groups().get(group).map(|group| group.line),
        };
        let column = self.column.filter(|column| *column < columns);
        if self.column.is_some() && column.is_none() {
            return None;
        }
        match view.input().settings.layout {
            Layout::Wide => Some(At { y: line(self.line?)?, x: column }),
            Layout::Transposed => {
                let x = match self.line {
                    Some(of) => Some(line(of)?),
                    None => None,
                };
                // A whole player has no row of their own here: their first cell stands for them.
                Some(At { y: column.unwrap_or(0), x })
            }
            Layout::Long => {
                let place = view.place(self.row()?)?;
                Some(At { y: place * columns + column.unwrap_or(0), x: column.map(|_| 0) })
            }
        }
    }
}
