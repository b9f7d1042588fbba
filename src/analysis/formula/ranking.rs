//! Functions that look at a whole column.

use std::cmp::Ordering;

use super::{lanes::Lanes, syntax::Function};
use crate::analysis::moments::EXACT_LIMIT;

/// The rank or percentile of each row of `lanes` among `rows`; NaN for those that are not among
/// them and those without a number.
///
/// Rank 1 is the greatest, and equal numbers share the best of their ranks: 1, 2, 2, 4. A
/// percentile is how many in a hundred are below, half of those equal counted.
pub(super) fn ranked(function: Function, lanes: &Lanes, rows: &[u32]) -> Vec<f64> {
    let numbers = lanes.numbers();
    let mut results = vec![f64::NAN; numbers.len()];
    let mut standing: Vec<(f64, u32)> = rows
        .iter()
        .filter_map(|row| Some((*numbers.get(*row as usize)?, *row)))
        .filter(|(number, _)| !number.is_nan())
        .collect();
    standing.sort_unstable_by(|(left, _), (right, _)| right.total_cmp(left));
    if lanes.has_large() {
        // Stable, and nearly in order: only integers that are the same double move.
        standing.sort_by(|left, right| compare(lanes, *right, *left));
    }
    let count = standing.len() as f64;
    let mut first = 0;
    while first < standing.len() {
        let is_same = |other: &&(f64, u32)| compare(lanes, standing[first], **other) == Ordering::Equal;
        let equals = standing[first..].iter().take_while(is_same).count();
        let above = first as f64;
        let result = match function {
            Function::Percentile => 100.0 * (count - above - equals as f64 / 2.0) / count,
            _ => above + 1.0,
        };
        for (_, row) in &standing[first..first + equals] {
            results[*row as usize] = result;
        }
        first += equals;
    }
    results
}

fn compare(lanes: &Lanes, left: (f64, u32), right: (f64, u32)) -> Ordering {
    let by_double = left.0.total_cmp(&right.0);
    if by_double != Ordering::Equal || left.0.abs() < EXACT_LIMIT {
        return by_double;
    }
    match (lanes.figure(left.1 as usize), lanes.figure(right.1 as usize)) {
        (Some(left), Some(right)) => left.compare(right),
        _ => Ordering::Equal,
    }
}
