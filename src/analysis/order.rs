//! The rows of a table in an order.

use std::cmp::Ordering;

use super::{exact, natural::Folded};
use crate::model::{Cell, Column, Field, RowState, Sort, SortBy, StatTable};

/// The rows to show, in the order of `sort`; in the order of the table when there is none, or when
/// it names a column that the table lacks. Rows that repeat an earlier player are left out.
///
/// - By player: by the name shown, in natural order ("Nova 2" before "Nova 10"), case last.
/// - By a stat: numbers by value, exactly, beyond 2^53 too; then texts in natural order; then
///   every cell without a value. Only within numbers and within texts does `descending` turn the
///   order round: what has no value stands last either way.
/// - Rows that compare equal keep the order of the table, in both directions.
#[must_use]
pub fn order(table: &StatTable, sort: &[Sort]) -> Vec<u32> {
    let shown = shown_rows(table);
    match sort.first() {
        None => shown,
        Some(Sort { by: SortBy::Player, descending }) => by_player(table, &shown, *descending),
        Some(Sort { by: SortBy::Column(Field::Stat(key)), descending }) => match table.column_index(key) {
            None => shown,
            Some(index) => by_column(&table.columns()[index], &shown, *descending),
        },
        Some(_) => shown,
    }
}

fn shown_rows(table: &StatTable) -> Vec<u32> {
    (0u32..)
        .zip(table.rows())
        .filter(|(_, row)| !matches!(row.state, RowState::DuplicateOf(_)))
        .map(|(index, _)| index)
        .collect()
}

fn by_player(table: &StatTable, shown: &[u32], descending: bool) -> Vec<u32> {
    let mut named: Vec<(u32, Folded<'_>)> =
        shown.iter().map(|row| (*row, Folded::new(table.rows()[*row as usize].name()))).collect();
    named.sort_by(|(_, left), (_, right)| turned(left.compare(right), descending));
    named.into_iter().map(|(row, _)| row).collect()
}

fn by_column(column: &Column, shown: &[u32], descending: bool) -> Vec<u32> {
    let mut numbers: Vec<(u32, f64, &str)> = Vec::new();
    let mut texts: Vec<(u32, Folded<'_>)> = Vec::new();
    let mut missing: Vec<u32> = Vec::new();
    for row in shown {
        match column.cell(*row as usize) {
            Cell::Value(value) => match value.number {
                Some(number) => numbers.push((*row, number, value.text)),
                None => texts.push((*row, Folded::new(value.text))),
            },
            Cell::NotAsked | Cell::Pending | Cell::NoValue | Cell::Failed(_) => missing.push(*row),
        }
    }
    numbers.sort_by(|left, right| turned(compare_numbers(left, right), descending));
    texts.sort_by(|(_, left), (_, right)| turned(left.compare(right), descending));
    let numbers = numbers.into_iter().map(|(row, ..)| row);
    numbers.chain(texts.into_iter().map(|(row, _)| row)).chain(missing).collect()
}

/// A column's numbers are finite, so `partial_cmp` always tells; where two texts read as the same
/// `f64`, the texts decide.
fn compare_numbers(left: &(u32, f64, &str), right: &(u32, f64, &str)) -> Ordering {
    left.1.partial_cmp(&right.1).unwrap_or(Ordering::Equal).then_with(|| exact::compare(left.2, right.2))
}

fn turned(ordering: Ordering, descending: bool) -> Ordering {
    if descending { ordering.reverse() } else { ordering }
}
