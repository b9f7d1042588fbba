//! Stable orders by counting, for numbers that are few different ones: integers that lie close
//! together, and decimals with up to three places that do. Most stats are such.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{moments::ROUNDING, threads};

/// Fewer rows than these are sorted as quickly by comparing.
const LEAST_ROWS: usize = 1 << 12;
/// More different numbers than these are not counted: their counts would not stay in a cache.
const MOST_DIFFERENT: f64 = (1 << 18) as f64;
/// What makes integers of numbers with three decimals.
const THOUSAND: f64 = 1000.0;

/// Between which numbers some lie, and whether all are whole.
#[derive(Clone, Copy)]
struct Ends {
    least: f64,
    greatest: f64,
    whole: bool,
}

/// The rows that have a number, in the order of `number`, and those that have none; `None` when
/// counting is not the way.
pub(super) fn order(
    rows: &[u32],
    descending: bool,
    number: impl Fn(u32) -> f64 + Sync,
) -> Option<(Vec<u32>, Vec<u32>)> {
    if rows.len() < LEAST_ROWS {
        return None;
    }
    let ends = threads::stretches(rows, |_, rows| Ends::of(rows, &number));
    let ends = ends.into_iter().reduce(Ends::joined)?;
    let scale = if ends.whole { 1.0 } else { THOUSAND };
    let width = (ends.greatest - ends.least) * scale;
    if !(0.0..MOST_DIFFERENT).contains(&width) {
        return None;
    }
    let thousandths = |rows: &[u32]| {
        present(rows, &number).all(|(_, number)| rounded(number * THOUSAND) / THOUSAND == number)
    };
    if !ends.whole && !threads::stretches(rows, |_, rows| thousandths(rows)).into_iter().all(|all| all) {
        return None;
    }
    let (width, least) = (rounded(width) as usize, rounded(ends.least * scale));
    let place = |number: f64| {
        let above = (rounded(number * scale) - least) as usize;
        if descending { width - above } else { above }
    };
    let [counts, others] = threads::halves(rows, |rows| {
        let mut counts = vec![0u32; width + 1];
        present(rows, &number).for_each(|(_, number)| counts[place(number)] += 1);
        counts
    });
    let mut end = 0;
    let (mut starts, mut other_starts) = (counts, others);
    for (start, other) in starts.iter_mut().zip(&mut other_starts) {
        let (count, of_other) = (*start, *other);
        (*start, *other) = (end, end + count);
        end += count + of_other;
    }
    // Each half of the rows has places of its own, which lie between those of the other.
    let sorted: Vec<AtomicU32> = (0..end).map(|_| AtomicU32::new(0)).collect();
    let without = threads::halves_with(rows, [starts, other_starts], |rows, mut starts| {
        let mut without = Vec::new();
        for row in rows {
            let number = number(*row);
            if number.is_nan() {
                without.push(*row);
                continue;
            }
            let next = &mut starts[place(number)];
            sorted[*next as usize].store(*row, Ordering::Relaxed);
            *next += 1;
        }
        without
    });
    Some((sorted.into_iter().map(AtomicU32::into_inner).collect(), without.concat()))
}

/// The rows that have a number, and it.
fn present(rows: &[u32], number: impl Fn(u32) -> f64) -> impl Iterator<Item = (u32, f64)> {
    rows.iter().map(move |row| (*row, number(*row))).filter(|(_, number)| !number.is_nan())
}

impl Ends {
    fn of(rows: &[u32], number: impl Fn(u32) -> f64) -> Self {
        let mut ends = Self { least: f64::INFINITY, greatest: f64::NEG_INFINITY, whole: true };
        for row in rows {
            let number = number(*row);
            ends.least = if number < ends.least { number } else { ends.least };
            ends.greatest = if number > ends.greatest { number } else { ends.greatest };
            ends.whole &= number.is_nan() | (rounded(number) == number);
        }
        ends
    }

    fn joined(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            whole: self.whole && other.whole,
        }
    }
}

/// The nearest integer, of numbers up to 2^51: what is farther out comes out as another number.
fn rounded(number: f64) -> f64 {
    (number + ROUNDING) - ROUNDING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: impl Fn(u32) -> f64 + Sync, counts: bool) {
        let rows: Vec<u32> = (0..2 * LEAST_ROWS as u32).rev().collect();
        for descending in [false, true] {
            let (without, mut expected): (Vec<u32>, Vec<u32>) =
                rows.iter().partition(|row| number(**row).is_nan());
            expected.sort_by(|left, right| {
                let ordering = number(*left).total_cmp(&number(*right));
                if descending { ordering.reverse() } else { ordering }
            });
            assert!(
                order(&rows, descending, &number) == counts.then_some((expected, without)),
                "descending: {descending}"
            );
        }
    }

    #[test]
    fn close_integers_and_decimals_are_counted_and_others_are_not() {
        check(|row| f64::from(row * 7 % 501) - 250.0, true);
        check(|row| (f64::from(row * 7 % 50_021) - 3250.0) / 1000.0, true);
        check(|row| if row % 3 == 0 { f64::NAN } else { f64::from(row % 10) / 4.0 }, true);
        check(|_| 5.0, true);
        check(|row| f64::from(row).sqrt(), false);
        check(|row| f64::from(row % 5) * 1e9, false);
        check(|row| f64::from(row % 5) + 1e17, true);
        check(|row| if row == 9 { 1e300 } else { 1.5 }, false);
        check(|_| f64::NAN, false);
    }
}
