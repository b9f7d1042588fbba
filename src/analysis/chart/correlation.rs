//! How closely stats go together.

use rayon::prelude::*;

use super::numbers::{STRETCH, Spread};
use crate::analysis::{Stop, Stopped};

/// With fewer rows, handing a pair of columns to another thread takes longer than the pair.
const MANY_ROWS: usize = 1 << 13;

/// By what two stats are held against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// By their numbers: whether they lie on a line.
    #[default]
    Pearson,
    /// By their ranks: whether one rises with the other, on a line or not. Equal numbers share the
    /// mean of their ranks.
    Spearman,
}

/// How closely two stats go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// From -1 to 1. `None` when either stat has the same number in all pairs, or there are fewer
    /// than two.
    pub r: Option<f64>,
    /// How many rows have a number in both.
    pub pairs: usize,
    /// How many rows do not.
    pub missing: usize,
}

/// How closely two stats go together. Rows without a number in either are left out.
///
/// # Errors
/// When `stop` says so.
///
/// # Panics
/// When the stats have different numbers of rows.
pub fn correlation(x: &[f64], y: &[f64], method: Method, stop: &Stop) -> Result<Correlation, Stopped> {
    let matrix = matrix(&[x, y], method, stop)?;
    Ok(*matrix.at(0, 1))
}

/// How closely each of several stats goes together with each.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    /// Row by row, each up to and with the diagonal.
    cells: Vec<Correlation>,
}

impl Matrix {
    /// How many stats there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Of two stats; the order does not matter.
    ///
    /// # Panics
    /// When there is no such stat.
    #[must_use]
    pub fn at(&self, one: usize, other: usize) -> &Correlation {
        let (row, column) = (one.max(other), one.min(other));
        assert!(row < self.size, "stat {row} of {}", self.size);
        &self.cells[row * (row + 1) / 2 + column]
    }
}

/// Holds each of `columns` against each.
///
/// # Errors
/// When `stop` says so.
///
/// # Panics
/// When the columns have different numbers of rows.
pub fn matrix(columns: &[&[f64]], method: Method, stop: &Stop) -> Result<Matrix, Stopped> {
    let rows = columns.first().map_or(0, |column| column.len());
    assert!(columns.iter().all(|column| column.len() == rows), "columns of different heights");
    let mut orders = Vec::new();
    if method == Method::Spearman {
        for column in columns {
            stop.check()?;
            orders.push(ascending(column));
        }
    }
    let places: Vec<(usize, usize)> =
        (0..columns.len()).flat_map(|row| (0..=row).map(move |column| (row, column))).collect();
    let cell = |pairs: &mut Pairs, (row, column): (usize, usize)| {
        pairs.fill(columns[row], columns[column], stop)?;
        if method == Method::Spearman {
            pairs.rank(&orders[row], &orders[column], stop)?;
        }
        let count = pairs.x.len();
        Ok(Correlation { r: pairs.pearson(), pairs: count, missing: rows - count })
    };
    let cells = if rows < MANY_ROWS {
        let mut pairs = Pairs::default();
        places.into_iter().map(|place| cell(&mut pairs, place)).collect::<Result<_, _>>()?
    } else {
        places.into_par_iter().map_init(Pairs::default, cell).collect::<Result<_, _>>()?
    };
    Ok(Matrix { size: columns.len(), cells })
}

/// The rows with a number, the least number first.
fn ascending(column: &[f64]) -> Vec<u32> {
    let mut rows: Vec<u32> =
        (0..column.len() as u32).filter(|row| column[*row as usize].is_finite()).collect();
    rows.sort_unstable_by(|left, right| column[*left as usize].total_cmp(&column[*right as usize]));
    rows
}

/// Where a row is in no pair.
const NOWHERE: u32 = u32::MAX;

/// Two stats where both have a number.
#[derive(Default)]
struct Pairs {
    x: Vec<f64>,
    y: Vec<f64>,
    /// For each row the place of its pair.
    places: Vec<u32>,
}

impl Pairs {
    fn fill(&mut self, x: &[f64], y: &[f64], stop: &Stop) -> Result<(), Stopped> {
        self.x.clear();
        self.y.clear();
        self.places.clear();
        for (x, y) in x.chunks(STRETCH).zip(y.chunks(STRETCH)) {
            stop.check()?;
            for (x, y) in x.iter().zip(y) {
                if x.is_finite() && y.is_finite() {
                    self.places.push(self.x.len() as u32);
                    self.x.push(*x);
                    self.y.push(*y);
                } else {
                    self.places.push(NOWHERE);
                }
            }
        }
        Ok(())
    }

    /// Puts ranks in place of the numbers. The orders are those of all rows.
    fn rank(&mut self, x_order: &[u32], y_order: &[u32], stop: &Stop) -> Result<(), Stopped> {
        stop.check()?;
        rank(&mut self.x, x_order, &self.places);
        stop.check()?;
        rank(&mut self.y, y_order, &self.places);
        Ok(())
    }

    fn pearson(&self) -> Option<f64> {
        let (x, y) = (Spread::of(&self.x.iter().copied())?, Spread::of(&self.y.iter().copied())?);
        pearson(&x, &y, together(&self.x, &self.y, &x, &y))
    }
}

/// The sum of the products of the distances from the means, in units of both.
pub(super) fn together(x: &[f64], y: &[f64], x_spread: &Spread, y_spread: &Spread) -> f64 {
    x.iter().zip(y).map(|(x, y)| x_spread.distance(*x) * y_spread.distance(*y)).sum()
}

pub(super) fn pearson(x: &Spread, y: &Spread, together: f64) -> Option<f64> {
    // The root of the product, not the product of the roots: it is exact where both are equal.
    let size = (x.squares * y.squares).sqrt();
    (size > 0.0).then(|| (together / size).clamp(-1.0, 1.0))
}

/// Puts ranks from 1 in place of numbers; equal ones get the mean of theirs. Rows that are in no
/// pair are passed over.
fn rank(values: &mut [f64], order: &[u32], places: &[u32]) {
    let mut paired =
        order.iter().map(|row| places[*row as usize]).filter(|place| *place != NOWHERE).peekable();
    let mut equals = Vec::new();
    let mut below = 0;
    while let Some(place) = paired.next() {
        let value = values[place as usize];
        equals.clear();
        equals.push(place);
        while let Some(place) = paired.next_if(|place| values[*place as usize] == value) {
            equals.push(place);
        }
        let shared = below as f64 + (equals.len() + 1) as f64 / 2.0;
        for place in &equals {
            values[*place as usize] = shared;
        }
        below += equals.len();
    }
}

#[cfg(test)]
mod tests;
