//! Stable orders of very many rows.
//!
//! What rows are compared by is packed with their place into one integer each, and these are
//! sorted: nothing is looked up while comparing, and what is equal keeps its order. Only where such
//! a key does not tell all (long texts, integers beyond 2^53) are runs of equal keys compared again.

use std::{borrow::Cow, cmp::Ordering};

use rayon::prelude::*;

use super::{
    exact,
    moments::EXACT_LIMIT,
    natural::{Folded, prefix},
};
use crate::model::{Cell, Column, StatTable};

/// Where a place is missing in [`Key::Places`].
pub(super) const NOWHERE: u32 = u32::MAX;

/// What rows are compared by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'a> {
    /// The names that are shown, in natural order.
    Names(&'a StatTable),
    /// For each row of the table a place; those [`NOWHERE`] last.
    Places(&'a [u32]),
    /// Numbers, then texts in natural order, then all that is neither.
    Cells(Cells<'a>),
}

/// The cells of a column, as they are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'a> {
    /// For each row of the table its number; NaN for none.
    pub(super) numbers: &'a [f64],
    /// Where the texts are.
    pub(super) column: Option<&'a Column>,
    /// Whether the numbers are those of the column, so that its texts tell what doubles cannot.
    pub(super) exact: bool,
    /// Compares distances from zero.
    pub(super) absolute: bool,
}

/// Puts rows in the order of a key. What is equal keeps its order, in both directions, and what has
/// nothing to compare by stands last, in both directions.
pub(super) fn sorted(rows: Vec<u32>, key: Key<'_>, descending: bool) -> Vec<u32> {
    match key {
        Key::Names(table) => by_text(rows, descending, |row| table.rows()[row as usize].shown_name()),
        Key::Places(places) => {
            let (known, nowhere): (Vec<u32>, Vec<u32>) =
                rows.into_iter().partition(|row| places[*row as usize] != NOWHERE);
            let mut known = by_bits(known, descending, |row| u64::from(places[row as usize]));
            known.extend(nowhere);
            known
        }
        Key::Cells(cells) => by_cells(rows, cells, descending),
    }
}

/// Whether two rows with numbers are equal there.
pub(super) fn same_number(cells: &Cells<'_>, left: u32, right: u32) -> bool {
    cells.bits(left) == cells.bits(right) && cells.compare_exactly(left, right).is_eq()
}

fn by_cells(rows: Vec<u32>, cells: Cells<'_>, descending: bool) -> Vec<u32> {
    let (numbers, others): (Vec<u32>, Vec<u32>) =
        rows.into_iter().partition(|row| !cells.numbers[*row as usize].is_nan());
    let is_large = |row: &u32| cells.numbers[*row as usize].abs() >= EXACT_LIMIT;
    let needs_texts = cells.exact && numbers.par_iter().any(is_large);
    let mut sorted = by_bits(numbers, descending, |row| cells.bits(row));
    if needs_texts {
        each_run(
            &mut sorted,
            |left, right| cells.bits(*left) == cells.bits(*right),
            |run| {
                run.sort_by(|left, right| turned(cells.compare_exactly(*left, *right), descending));
            },
        );
    }
    let Some(column) = cells.column else {
        sorted.extend(others);
        return sorted;
    };
    let (texts, missing): (Vec<u32>, Vec<u32>) =
        others.into_iter().partition(|row| text_of(column, *row).is_some());
    sorted.extend(by_text(texts, descending, |row| text_of(column, row).unwrap_or_default().into()));
    sorted.extend(missing);
    sorted
}

/// The text of a value that is no number.
pub(super) fn text_of(column: &Column, row: u32) -> Option<&str> {
    match column.cell(row as usize) {
        Cell::Value(value) if value.number.is_none() => Some(value.text),
        _ => None,
    }
}

impl<'a> Cells<'a> {
    /// The cells of a column as they are.
    pub(super) fn of(column: &'a Column) -> Self {
        Self { numbers: column.numbers(), column: Some(column), exact: true, absolute: false }
    }

    /// Numbers alone.
    pub(super) fn of_numbers(numbers: &'a [f64]) -> Self {
        Self { numbers, column: None, exact: false, absolute: false }
    }

    /// Bits that compare as the numbers do. The two zeros are one.
    fn bits(&self, row: u32) -> u64 {
        let number = self.numbers[row as usize];
        let number = if self.absolute { number.abs() } else { number };
        let bits = (number + 0.0).to_bits();
        if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
    }

    fn compare_exactly(&self, left: u32, right: u32) -> Ordering {
        if !self.exact || self.numbers[left as usize].abs() < EXACT_LIMIT {
            return Ordering::Equal;
        }
        let text = |row: u32| match self.column.map(|column| column.cell(row as usize)) {
            Some(Cell::Value(value)) if self.absolute => value.text.trim_start_matches('-'),
            Some(Cell::Value(value)) => value.text,
            _ => "0",
        };
        exact::compare(text(left), text(right))
    }
}

/// Sorts by bits. Where few enough of them differ, they and the place fit into 64 bits.
fn by_bits(rows: Vec<u32>, descending: bool, bits: impl Fn(u32) -> u64 + Sync) -> Vec<u32> {
    let keys: Vec<u64> = rows.par_iter().map(|row| bits(*row)).collect();
    let Some(first) = keys.first().copied() else { return rows };
    let differing = keys.par_iter().map(|key| key ^ first).reduce(|| 0, |left, right| left | right);
    if differing == 0 {
        return rows;
    }
    let shift = differing.trailing_zeros();
    let width = u64::BITS - differing.leading_zeros() - shift;
    let place_width = usize::BITS - rows.len().leading_zeros();
    if width + place_width > u64::BITS {
        let flip = if descending { u64::MAX } else { 0 };
        let pack = |(place, key): (usize, &u64)| u128::from(key ^ flip) << u32::BITS | place as u128;
        let mut packed: Vec<u128> = keys.par_iter().enumerate().map(pack).collect();
        packed.par_sort_unstable();
        return packed.par_iter().map(|packed| rows[*packed as u32 as usize]).collect();
    }
    let mask = u64::MAX >> (u64::BITS - width);
    let flip = if descending { mask } else { 0 };
    let pack = |(place, key): (usize, &u64)| (key >> shift & mask ^ flip) << place_width | place as u64;
    let mut packed: Vec<u64> = keys.par_iter().enumerate().map(pack).collect();
    packed.par_sort_unstable();
    let places = (1 << place_width) - 1;
    packed.par_iter().map(|packed| rows[(packed & places) as usize]).collect()
}

fn by_text<'a>(rows: Vec<u32>, descending: bool, text: impl Fn(u32) -> Cow<'a, str> + Sync) -> Vec<u32> {
    let flip = if descending { u128::MAX >> u32::BITS } else { 0 };
    let pack = |(place, row): (usize, &u32)| (prefix(&text(*row)) ^ flip) << u32::BITS | place as u128;
    let mut packed: Vec<u128> = rows.par_iter().enumerate().map(pack).collect();
    packed.par_sort_unstable();
    each_run(
        &mut packed,
        |left, right| left >> u32::BITS == right >> u32::BITS,
        |run| {
            let text_at = |packed: &u128| text(rows[*packed as u32 as usize]);
            let first = text_at(&run[0]);
            if run.iter().all(|packed| text_at(packed) == first) {
                return;
            }
            let mut texts: Vec<(u128, Folded<'_>)> =
                run.iter().map(|packed| (*packed, Folded::new(text_at(packed)))).collect();
            texts.par_sort_by(|(_, left), (_, right)| turned(left.compare(right), descending));
            for (slot, (packed, _)) in run.iter_mut().zip(texts) {
                *slot = packed;
            }
        },
    );
    packed.par_iter().map(|packed| rows[*packed as u32 as usize]).collect()
}

/// Calls `settle` for each run of two or more that are the same.
fn each_run<T>(sorted: &mut [T], same: impl Fn(&T, &T) -> bool, mut settle: impl FnMut(&mut [T])) {
    for run in sorted.chunk_by_mut(|left, right| same(left, right)).filter(|run| run.len() > 1) {
        settle(run);
    }
}

fn turned(ordering: Ordering, descending: bool) -> Ordering {
    if descending { ordering.reverse() } else { ordering }
}
