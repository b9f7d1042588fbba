//! What a bar chart draws: for each player a group of bars, one for each chosen stat.

use super::{display, extent};
use crate::model::{BarScale, BarsChart, Cell, StatTable};

/// How many stats a chart draws when none are chosen.
const DEFAULT_STATS: usize = 3;

/// Bars in groups, and what is not among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarSeries {
    /// The table's columns that are drawn, in the order of the bars of a group.
    pub columns: Vec<usize>,
    /// The groups, one a player, in the order of the rows given.
    pub groups: Vec<BarGroup>,
    /// How many rows were left out because there are more than the limit.
    pub left_out: usize,
    /// For each of `columns`, how many of the rows given hold no number there. They have no bar.
    pub missing: Vec<usize>,
}

/// The bars of one player.
#[derive(Clone, Debug, PartialEq)]
pub struct BarGroup {
    /// The table's row.
    pub row: u32,
    /// The player's name.
    pub name: String,
    /// A bar for each drawn column; `None` where there is no number.
    pub bars: Vec<Option<Bar>>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// How far it reaches from zero, as the chart's scale has it. Negative for a negative number.
    pub length: f64,
    /// The number itself.
    pub value: f64,
    /// The value as it is shown.
    pub label: String,
}

/// The table's columns that `chart` draws: its stats as far as the table has them, or
/// [`default_columns`] when it names none.
#[must_use]
pub fn columns(table: &StatTable, chart: &BarsChart) -> Vec<usize> {
    if chart.stats.is_empty() {
        return default_columns(table);
    }
    chart.stats.iter().filter_map(|key| table.column_index(key)).collect()
}

/// The first column that holds numbers, and the next two of like size: those whose greatest is
/// within a factor of ten of its greatest, so that the bars of all three can be told on one axis.
#[must_use]
pub fn default_columns(table: &StatTable) -> Vec<usize> {
    let mut numeric = table
        .columns()
        .iter()
        .enumerate()
        .filter_map(|(index, column)| Some((index, greatest_size(column.numbers())?)));
    let Some((first, size)) = numeric.next() else { return Vec::new() };
    let alike = numeric.filter(|(_, other)| *other <= size * 10.0 && size <= *other * 10.0);
    std::iter::once(first).chain(alike.map(|(index, _)| index)).take(DEFAULT_STATS).collect()
}

/// The greatest distance from zero; `None` without numbers.
fn greatest_size(numbers: &[f64]) -> Option<f64> {
    numbers.iter().filter(|number| !number.is_nan()).map(|number| number.abs()).reduce(f64::max)
}

/// The bars of `rows` × `columns`, for at most `limit` rows. The share of the greatest value is
/// taken over all `rows`, drawn or not, and by distance from zero, so that signs stay.
///
/// # Panics
/// When a row or column is not in the table.
#[must_use]
pub fn bars(table: &StatTable, rows: &[u32], columns: &[usize], scale: BarScale, limit: usize) -> BarSeries {
    let units: Vec<f64> = columns.iter().map(|column| unit(table, rows, *column, scale)).collect();
    let drawn = &rows[..rows.len().min(limit)];
    let groups = drawn
        .iter()
        .map(|row| BarGroup {
            row: *row,
            name: table.rows()[*row as usize].name(),
            bars: columns
                .iter()
                .zip(&units)
                .map(|(column, unit)| bar(table.cell(*row as usize, *column), *unit))
                .collect(),
        })
        .collect();
    let missing = columns.iter().map(|column| without_number(table, rows, *column)).collect();
    BarSeries { columns: columns.to_vec(), groups, left_out: rows.len() - drawn.len(), missing }
}

/// The number that gives a bar of length 1.
fn unit(table: &StatTable, rows: &[u32], column: usize, scale: BarScale) -> f64 {
    match scale {
        BarScale::Value => 1.0,
        BarScale::ShareOfGreatest => extent::of(&table.columns()[column], rows)
            .map(|extent| extent.least.abs().max(extent.greatest.abs()))
            .filter(|greatest| *greatest > 0.0)
            .unwrap_or(1.0),
    }
}

fn bar(cell: Cell<'_>, unit: f64) -> Option<Bar> {
    let Cell::Value(shown) = cell else { return None };
    let value = shown.number?;
    Some(Bar { length: value / unit, value, label: display::value(&shown).into_owned() })
}

fn without_number(table: &StatTable, rows: &[u32], column: usize) -> usize {
    let numbers = table.columns()[column].numbers();
    rows.iter().filter(|row| numbers[**row as usize].is_nan()).count()
}
