//! What some cells come to: how many there are of each kind, sum, mean, deviation, least, greatest.

use std::cmp::Ordering;

use super::{
    Figure,
    moments::{self, Gathered, Moments},
};
use crate::model::{Cell, Column};

/// What some cells come to. Only numbers enter the figures; everything else is counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Cells that hold a number.
    pub numbers: usize,
    /// Cells that hold a value that is no number.
    pub texts: usize,
    /// Cells that were answered without a value.
    pub no_value: usize,
    /// Cells that could not be read.
    pub failed: usize,
    /// Cells whose answer is still to come.
    pub pending: usize,
    /// The sum of the numbers: exact when all are integers. `None` without numbers, or when it is
    /// more than a double holds.
    pub sum: Option<Figure>,
    /// The mean of the numbers. `None` without numbers, or when their sum is more than a double holds.
    pub mean: Option<f64>,
    /// The least number.
    pub min: Option<Figure>,
    /// The greatest number.
    pub max: Option<Figure>,
    /// The standard deviation of the numbers as a sample. `None` below two numbers.
    pub deviation: Option<f64>,
}

impl Summary {
    /// Cells with a value of any kind.
    #[must_use]
    pub fn values(&self) -> usize {
        self.numbers + self.texts
    }

    /// Cells that were asked for and hold no value.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.no_value + self.failed + self.pending
    }
}

/// Sums up any cells. Those not asked for are passed over.
pub fn of<'a>(cells: impl IntoIterator<Item = Cell<'a>>) -> Summary {
    let mut summary = Summary::default();
    let mut exact = Some(0i128);
    let mut moments = Gathered::default();
    for cell in cells {
        let figure = match cell {
            Cell::Value(value) => Figure::of(&value),
            _ => None,
        };
        let Some(figure) = figure else {
            summary.count_apart(cell);
            continue;
        };
        moments.add(figure.as_f64());
        exact = match (exact, figure) {
            (Some(sum), Figure::Int(int)) => sum.checked_add(int),
            _ => None,
        };
        summary.min = Some(pick(summary.min, figure, Ordering::Less));
        summary.max = Some(pick(summary.max, figure, Ordering::Greater));
    }
    let mut moments = moments.all();
    moments.exact = exact;
    summary.take(&moments);
    summary
}

/// Sums up the cells of a column.
///
/// # Panics
/// When a row is not in the column.
#[must_use]
pub fn of_column(column: &Column, rows: &[u32]) -> Summary {
    let moments = moments::of(column.numbers(), rows);
    if moments.is_inexact() {
        return of(rows.iter().map(|row| column.cell(*row as usize)));
    }
    worked_out(&moments, column.numbers(), rows, |row| column.cell(row as usize))
}

/// Sums up numbers that were worked out for each row. Where there is none, the cell that `cell`
/// gives is counted: one with a number counts as being without a value.
pub(super) fn of_numbers<'a>(numbers: &[f64], rows: &[u32], cell: impl Fn(u32) -> Cell<'a>) -> Summary {
    worked_out(&moments::of(numbers, rows), numbers, rows, cell)
}

fn worked_out<'a>(
    moments: &Moments,
    numbers: &[f64],
    rows: &[u32],
    cell: impl Fn(u32) -> Cell<'a>,
) -> Summary {
    let mut summary = Summary::default();
    if moments.count < rows.len() {
        for row in rows.iter().filter(|row| numbers[**row as usize].is_nan()) {
            summary.count_apart(cell(*row));
        }
    }
    if moments.count > 0 {
        summary.min = Some(Figure::from_f64(moments.min));
        summary.max = Some(Figure::from_f64(moments.max));
    }
    summary.take(moments);
    summary
}

impl Summary {
    /// Counts a cell that gives no number.
    fn count_apart(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::NotAsked => {}
            Cell::Pending => self.pending += 1,
            Cell::Failed(_) => self.failed += 1,
            Cell::Value(value) if value.number.is_none() => self.texts += 1,
            Cell::NoValue | Cell::Value(_) => self.no_value += 1,
        }
    }

    fn take(&mut self, moments: &Moments) {
        self.numbers = moments.count;
        if moments.count == 0 {
            return;
        }
        self.sum = match moments.exact {
            Some(exact) => Some(Figure::Int(exact)),
            None => Some(moments.sum()).filter(|sum| sum.is_finite()).map(Figure::Real),
        };
        self.mean = self.sum.map(|sum| sum.as_f64() / moments.count as f64);
        self.deviation = moments.deviation();
    }
}

fn pick(best: Option<Figure>, figure: Figure, wanted: Ordering) -> Figure {
    match best {
        Some(best) if figure.compare(best) != wanted => best,
        _ => figure,
    }
}
