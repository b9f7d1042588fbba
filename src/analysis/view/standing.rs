//! Where each number stands among the others of its column.

use crate::{
    analysis::sort::{Cells, Key, same_number, sorted},
    model::RankOrder,
};

/// For each row of the table how many in a hundred numbers are below its own, half of those equal
/// to it counted (itself among them); NaN without a number.
pub(super) fn percentiles(cells: &Cells<'_>, rows: &[u32]) -> Vec<f64> {
    let mut found = vec![f64::NAN; cells.numbers.len()];
    let sorted = ordered(cells, rows, false);
    let count = sorted.len() as f64;
    let mut below = 0;
    for equals in sorted.chunk_by(|left, right| same_number(cells, *left, *right)) {
        let percentile = (below as f64 + equals.len() as f64 / 2.0) / count * 100.0;
        for row in equals {
            found[*row as usize] = percentile;
        }
        below += equals.len();
    }
    found
}

/// For each row of the table its rank from 1; 0 without a number. Equal numbers share the best.
pub(super) fn ranks(cells: &Cells<'_>, rows: &[u32], order: RankOrder) -> Vec<u32> {
    let mut found = vec![0; cells.numbers.len()];
    let mut rank = 1;
    let sorted = ordered(cells, rows, order == RankOrder::GreatestFirst);
    for equals in sorted.chunk_by(|left, right| same_number(cells, *left, *right)) {
        for row in equals {
            found[*row as usize] = rank;
        }
        rank += equals.len() as u32;
    }
    found
}

fn ordered(cells: &Cells<'_>, rows: &[u32], descending: bool) -> Vec<u32> {
    let rows = rows.iter().copied().filter(|row| !cells.numbers[*row as usize].is_nan()).collect();
    sorted(rows, Key::Cells(*cells), descending)
}
