//! Stable orders of very many rows.
//!
//! What rows are compared by is packed with their place into one integer each, and these are
//! sorted: nothing is looked up while comparing, and what is equal keeps its order. Only where such
//! a key does not tell all (long texts, integers beyond 2^53) are runs of equal keys compared again.

use std::{borrow::Cow, cmp::Ordering, ops::RangeInclusive};

use super::{
    counted, exact,
    moments::EXACT_LIMIT,
    natural::{Folded, prefix},
    packed, threads,
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
    if rows.len() > threads::STRETCH {
        threads::inside(|| sorted_here(rows, key, descending))
    } else {
        sorted_here(rows, key, descending)
    }
}

fn sorted_here(rows: Vec<u32>, key: Key<'_>, descending: bool) -> Vec<u32> {
    match key {
        Key::Names(table) => by_text(&rows, descending, |row| table.rows()[row as usize].shown_name()),
        Key::Places(places) => {
            let place = |row: u32| Some(places[row as usize]).filter(|place| *place != NOWHERE);
            let (mut known, _) = by_bits(&rows, descending, |row| place(row).map(u64::from));
            known.extend(rows.into_iter().filter(|row| place(*row).is_none()));
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
    let (mut sorted, others) = numbered(rows, &cells, descending);
    let Some(column) = cells.column else {
        sorted.extend(others);
        return sorted;
    };
    let (texts, missing): (Vec<u32>, Vec<u32>) =
        others.into_iter().partition(|row| text_of(column, *row).is_some());
    sorted.extend(by_text(&texts, descending, |row| text_of(column, row).unwrap_or_default().into()));
    sorted.extend(missing);
    sorted
}

/// The rows that have a number, in the order of these, and those that have none.
fn numbered(rows: Vec<u32>, cells: &Cells<'_>, descending: bool) -> (Vec<u32>, Vec<u32>) {
    if let Some(sorted) = counted::order(&rows, descending, |row| cells.number(row)) {
        return sorted;
    }
    let bits = |row: u32| (!cells.numbers[row as usize].is_nan()).then(|| cells.bits(row));
    let (mut sorted, ends) = by_bits(&rows, descending, bits);
    let large = order_bits(-EXACT_LIMIT)..=order_bits(EXACT_LIMIT);
    if cells.exact && !(ends.start() > large.start() && ends.end() < large.end()) {
        each_run(
            &mut sorted,
            |left, right| cells.bits(*left) == cells.bits(*right),
            |run| {
                run.sort_by(|left, right| turned(cells.compare_exactly(*left, *right), descending));
            },
        );
    }
    let others = rows.into_iter().filter(|row| cells.numbers[*row as usize].is_nan()).collect();
    (sorted, others)
}

/// The text of a value that is no number.
pub(super) fn text_of(column: &Column, row: u32) -> Option<&str> {
    if !column.has_value(row as usize) {
        return None;
    }
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

    fn number(&self, row: u32) -> f64 {
        let number = self.numbers[row as usize];
        if self.absolute { number.abs() } else { number }
    }

    fn bits(&self, row: u32) -> u64 {
        order_bits(self.number(row))
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

/// Bits that compare as the numbers do. The two zeros are one.
pub(super) fn order_bits(number: f64) -> u64 {
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// Sorts the rows that have bits by these, and tells the least and the greatest bits. The uppermost
/// of them are packed with the place of the row into 64; where these are equal, the others decide.
fn by_bits(
    rows: &[u32],
    descending: bool,
    bits: impl Fn(u32) -> Option<u64> + Sync,
) -> (Vec<u32>, RangeInclusive<u64>) {
    let place_width = usize::BITS - rows.len().leading_zeros();
    let places: u64 = (1 << place_width) - 1;
    let flip = if descending { u64::MAX } else { 0 };
    let parts = threads::stretches(rows, |start, rows| {
        let mut packed = Vec::with_capacity(rows.len());
        let (mut least, mut greatest, mut untold) = (u64::MAX, 0, 0);
        for (place, row) in (start as u64..).zip(rows) {
            if let Some(bits) = bits(*row) {
                packed.push((bits ^ flip) & !places | place);
                least = least.min(bits);
                greatest = greatest.max(bits);
                untold |= bits & places;
            }
        }
        (packed, least..=greatest, untold)
    });
    let untold = parts.iter().fold(0, |all, part| all | part.2);
    let least = parts.iter().map(|part| *part.1.start()).min().unwrap_or(u64::MAX);
    let greatest = parts.iter().map(|part| *part.1.end()).max().unwrap_or(0);
    let mut all = Vec::with_capacity(rows.len());
    for (packed, ..) in parts {
        all.extend(packed);
    }
    let mut packed = packed::sorted(all);
    let row = |packed: &u64| rows[(packed & places) as usize];
    if untold != 0 {
        each_run(
            &mut packed,
            |left, right| left & !places == right & !places,
            |run| {
                let first = bits(row(&run[0]));
                if run.iter().any(|packed| bits(row(packed)) != first) {
                    run.sort_by(|left, right| turned(bits(row(left)).cmp(&bits(row(right))), descending));
                }
            },
        );
    }
    (threads::each(&packed, |_, packed| row(packed)), least..=greatest)
}

/// The beginning of a text's key, and behind it in the lowest bits the place of the row.
type Packed = (u64, u64, u64);

fn by_text<'a>(rows: &[u32], descending: bool, text: impl Fn(u32) -> Cow<'a, str> + Sync) -> Vec<u32> {
    let flip = if descending { u64::MAX } else { 0 };
    let pack = |place: usize, row: &u32| -> Packed {
        let [first, second, third] = prefix(&text(*row));
        (first ^ flip, second ^ flip, (third ^ flip) << u32::BITS | place as u64)
    };
    let mut packed = packed::sorted(threads::each(rows, pack));
    let key = |packed: &Packed| (packed.0, packed.1, packed.2 >> u32::BITS);
    each_run(
        &mut packed,
        |left, right| key(left) == key(right),
        |run| {
            let text_at = |packed: &Packed| text(rows[packed.2 as u32 as usize]);
            let first = text_at(&run[0]);
            if run.iter().all(|packed| text_at(packed) == first) {
                return;
            }
            let mut texts: Vec<(Packed, Folded<'_>)> =
                run.iter().map(|packed| (*packed, Folded::new(text_at(packed)))).collect();
            texts.sort_by(|(_, left), (_, right)| turned(left.compare(right), descending));
            for (slot, (packed, _)) in run.iter_mut().zip(texts) {
                *slot = packed;
            }
        },
    );
    packed.iter().map(|packed| rows[packed.2 as u32 as usize]).collect()
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
