//! What a bar chart draws of a view: for each player a group of bars, one for each chosen column.

use super::{View, view::Shows};
use crate::model::BarScale;

/// How many columns a chart draws when none are chosen.
const DEFAULT_STATS: usize = 3;

/// Bars in groups, and what is not among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarSeries {
    /// What is drawn, as places in [`View::all_columns`], in the order of the bars of a group.
    pub columns: Vec<usize>,
    /// The groups, one a player, in the order of the rows given.
    pub groups: Vec<BarGroup>,
    /// How many rows were left out because there are more than the limit.
    pub left_out: usize,
    /// For each of `columns`, how many of the rows given show no number there. They have no bar.
    pub missing: Vec<usize>,
    /// The length of the bar that reaches farthest down; 0 when none does.
    pub least: f64,
    /// The length of the bar that reaches farthest up; 0 when none does.
    pub greatest: f64,
}

/// The bars of one player.
#[derive(Clone, Debug, PartialEq)]
pub struct BarGroup {
    /// The table's row.
    pub row: u32,
    /// The player's name.
    pub name: String,
    /// A bar for each drawn column; `None` where the grid shows no number.
    pub bars: Vec<Option<Bar>>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// How far it reaches from zero, as the chart's scale has it. Negative for a negative number.
    pub length: f64,
    /// The number as it is written.
    pub label: String,
}

/// The first shown column that holds numbers, and the next two of like size: those whose greatest is
/// within a factor of ten of its greatest, so that the bars of all three can be told on one axis.
/// What stands in place of the numbers does not count: switching that draws no other columns.
#[must_use]
pub fn default_columns(view: &View) -> Vec<usize> {
    let mut numeric = view
        .columns()
        .iter()
        .enumerate()
        .filter(|(_, column)| column.shows == Shows::Value)
        .filter_map(|(place, _)| Some((place, greatest_size(view.own_numbers(place))?)));
    let Some((first, size)) = numeric.next() else { return Vec::new() };
    let alike = numeric.filter(|(_, other)| *other <= size * 10.0 && size <= *other * 10.0);
    std::iter::once(first).chain(alike.map(|(place, _)| place)).take(DEFAULT_STATS).collect()
}

/// The greatest distance from zero; `None` without numbers.
fn greatest_size(numbers: &[f64]) -> Option<f64> {
    numbers.iter().filter(|number| !number.is_nan()).map(|number| number.abs()).reduce(f64::max)
}

/// The bars of `rows` × `columns`, for at most `limit` rows: the numbers that the view shows, each
/// written by `label`, which is given the row and the place of the column. The share of the greatest
/// number is taken over all `rows`, drawn or not, and by distance from zero, so that signs stay.
/// Columns whose numbers are still being worked out have no bars.
///
/// # Panics
/// When a row is not in the table, or a column not in the view.
#[must_use]
pub fn bars(
    view: &View,
    rows: &[u32],
    columns: &[usize],
    scale: BarScale,
    limit: usize,
    label: impl Fn(u32, usize) -> String,
) -> BarSeries {
    let lanes: Vec<Lane<'_>> = columns.iter().map(|column| Lane::of(view, *column, rows, scale)).collect();
    let drawn = &rows[..rows.len().min(limit)];
    let (mut least, mut greatest) = (0.0_f64, 0.0_f64);
    let mut bar = |row: u32, lane: &Lane<'_>| {
        let length = lane.number(row)? / lane.unit;
        (least, greatest) = (least.min(length), greatest.max(length));
        Some(Bar { length, label: label(row, lane.column) })
    };
    let groups = drawn
        .iter()
        .map(|row| BarGroup {
            row: *row,
            name: view.table().rows()[*row as usize].name(),
            bars: lanes.iter().map(|lane| bar(*row, lane)).collect(),
        })
        .collect();
    let missing = lanes.iter().map(|lane| rows.iter().filter(|row| lane.number(**row).is_none()).count());
    BarSeries {
        columns: columns.to_vec(),
        groups,
        left_out: rows.len() - drawn.len(),
        missing: missing.collect(),
        least,
        greatest,
    }
}

/// A column that is drawn.
struct Lane<'a> {
    column: usize,
    /// By row of the table; none at all while they are being worked out.
    numbers: &'a [f64],
    /// The number that gives a bar of length 1.
    unit: f64,
}

impl<'a> Lane<'a> {
    fn of(view: &'a View, column: usize, rows: &[u32], scale: BarScale) -> Self {
        let lane = Self { column, numbers: view.numbers(column).unwrap_or_default(), unit: 1.0 };
        let unit = match scale {
            BarScale::Value => 1.0,
            BarScale::ShareOfGreatest => {
                let sizes = rows.iter().filter_map(|row| lane.number(*row)).map(f64::abs);
                sizes.reduce(f64::max).filter(|greatest| *greatest > 0.0).unwrap_or(1.0)
            }
        };
        Self { unit, ..lane }
    }

    fn number(&self, row: u32) -> Option<f64> {
        self.numbers.get(row as usize).copied().filter(|number| !number.is_nan())
    }
}
