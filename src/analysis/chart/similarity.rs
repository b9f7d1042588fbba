//! Which rows, or columns, of a heat map are alike, and an order in which these are neighbours.

mod leaves;
mod tree;

use super::{
    correlation::{self, Method},
    numbers::{Spread, finite},
};
use crate::analysis::{Stop, Stopped};
use leaves::Standard;
pub use tree::Merge;

/// So many rows are held against each other one by one: beyond, that takes too much memory and time.
pub const MOST_CLUSTERED: usize = 4096;
/// So many rows tell how columns go together.
const MOST_SAMPLED: usize = 8192;
/// Rounds in which the direction of the widest spread is looked for.
const ROUNDS: usize = 40;

/// How an order was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Each was held against each, and those alike put together.
    Clusters,
    /// By where each stands along the direction in which all spread the widest: too many to hold each
    /// against each.
    Spread,
}

/// An order in which those alike are neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// All rows, or columns, by their place in what was given.
    pub places: Vec<u32>,
    /// How it was found.
    pub by: By,
    /// How many of them, at the end, have no number at all and are like nothing.
    pub empty: usize,
}

/// Orders rows by how alike their numbers are. Each column counts as much as any other, whatever the
/// size of its numbers; two rows are held against each other by the columns in which both have one.
/// On the whole, rows with greater numbers come first.
///
/// # Errors
/// When `stop` says so.
///
/// # Panics
/// When the columns have different numbers of rows.
pub fn order_rows(columns: &[&[f64]], stop: &Stop) -> Result<Order, Stopped> {
    let count = columns.first().map_or(0, |column| column.len());
    assert!(columns.iter().all(|column| column.len() == count), "columns of different heights");
    stop.check()?;
    let has_number = |row: &u32| columns.iter().any(|column| column[*row as usize].is_finite());
    let (known, empty): (Vec<u32>, Vec<u32>) = (0..count as u32).partition(has_number);
    let (by, mut places) = if known.len() <= MOST_CLUSTERED {
        let rows = Standard::new(columns, &known);
        let merges = tree::merges(rows.count(), |one, other| rows.distance(one, other), stop)?;
        let leaves = leaves::order(&merges, &rows, stop)?;
        (By::Clusters, leaves.into_iter().map(|leaf| known[leaf as usize]).collect())
    } else {
        (By::Spread, by_spread(columns, known, stop)?)
    };
    places.extend(&empty);
    Ok(Order { places, by, empty: empty.len() })
}

/// Orders columns by how closely they go together, up or down.
///
/// # Errors
/// When `stop` says so.
///
/// # Panics
/// When the columns have different numbers of rows.
pub fn order_columns(columns: &[&[f64]], stop: &Stop) -> Result<Order, Stopped> {
    let every = columns.first().map_or(1, |column| column.len().div_ceil(MOST_SAMPLED).max(1));
    let sampled: Vec<Vec<f64>> =
        columns.iter().map(|column| column.iter().step_by(every).copied().collect()).collect();
    let is_known = |place: &u32| finite(columns[*place as usize]).next().is_some();
    let (known, empty): (Vec<u32>, Vec<u32>) = (0..columns.len() as u32).partition(is_known);
    let slices: Vec<&[f64]> = known.iter().map(|place| sampled[*place as usize].as_slice()).collect();
    let matrix = correlation::matrix(&slices, Method::Pearson, stop)?;
    let distance = |one: usize, other: usize| 1.0 - matrix.at(one, other).r.map_or(0.0, f64::abs) as f32;
    let merges = tree::merges(slices.len(), distance, stop)?;
    let leaves = leaves::by_ends(&merges, slices.len(), distance, stop)?;
    let mut places: Vec<u32> = leaves.into_iter().map(|leaf| known[leaf as usize]).collect();
    // Of the two directions, that in which more of the columns keep their order.
    if places.first() > places.last() {
        places.reverse();
    }
    places.extend(&empty);
    Ok(Order { places, by: By::Clusters, empty: empty.len() })
}

/// How rows come together, the nearest first: each merge is at the mean distance of its two parts
/// (average linkage). The distance of two rows is the root of the mean square of the differences of
/// their standardised numbers. At most [`MOST_CLUSTERED`] rows are looked at.
///
/// # Errors
/// When `stop` says so.
///
/// # Panics
/// When the columns have different numbers of rows.
pub fn clusters(columns: &[&[f64]], stop: &Stop) -> Result<Vec<Merge>, Stopped> {
    let count = columns.first().map_or(0, |column| column.len());
    assert!(columns.iter().all(|column| column.len() == count), "columns of different heights");
    let rows: Vec<u32> = (0..count.min(MOST_CLUSTERED) as u32).collect();
    let rows = Standard::new(columns, &rows);
    let mut merges = tree::merges(rows.count(), |one, other| rows.distance(one, other), stop)?;
    tree::sort(&mut merges, rows.count());
    Ok(merges)
}

/// Rows by where they stand along their first principal component, found by going back and forth
/// between columns and rows. A missing number stands at the mean.
fn by_spread(columns: &[&[f64]], mut rows: Vec<u32>, stop: &Stop) -> Result<Vec<u32>, Stopped> {
    let mut known: Vec<(Spread, &[f64])> = Vec::new();
    for column in columns {
        // A column that does not vary tells nothing.
        known.extend(
            Spread::of(&finite(column)).filter(|spread| spread.squares > 0.0).map(|spread| (spread, *column)),
        );
    }
    let height = rows.iter().max().map_or(0, |row| *row as usize + 1);
    let mut weights = vec![1.0; known.len()];
    let mut scores = vec![0.0; height];
    for _ in 0..ROUNDS {
        scores.fill(0.0);
        for ((spread, column), weight) in known.iter().zip(&weights) {
            stop.check()?;
            let weight = weight / spread.deviation();
            for (score, value) in scores.iter_mut().zip(*column) {
                let distance = spread.distance(*value);
                *score += if distance.is_finite() { weight * distance } else { 0.0 };
            }
        }
        let mut next = Vec::with_capacity(weights.len());
        for (spread, column) in &known {
            stop.check()?;
            let together = scores.iter().zip(*column).map(|(score, value)| {
                let distance = spread.distance(*value);
                if distance.is_finite() { score * distance } else { 0.0 }
            });
            next.push(together.sum::<f64>() / spread.deviation());
        }
        let length = next.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
        if length <= 0.0 {
            break;
        }
        for weight in &mut next {
            *weight /= length;
        }
        let moved: f64 = next.iter().zip(&weights).map(|(next, weight)| (next - weight).abs()).sum();
        weights = next;
        if moved < 1e-6 {
            break;
        }
    }
    // The direction has no sign of its own: greater numbers are to come first.
    let sign = if weights.iter().sum::<f64>() < 0.0 { 1.0 } else { -1.0 };
    rows.sort_by(|left, right| (sign * scores[*left as usize]).total_cmp(&(sign * scores[*right as usize])));
    Ok(rows)
}

#[cfg(test)]
mod tests;
