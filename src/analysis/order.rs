use super::sort::{Cells, Key, sorted};
use crate::model::{PlayerRow, RowState, Sort, SortBy, StatTable};

/// The rows of a table in an order, without those that repeat an earlier player. Keys on names and
/// stats count; those on groups, changes and formulas need a [`View`](super::View) and are passed
/// over here, as are those on stats that the table lacks.
///
/// - By player: by the name shown, in natural order ("Nova 2" before "Nova 10"), case last.
/// - By a stat: numbers by value, exactly, beyond 2^53 too; then texts in natural order; then
///   every cell without a value. Only within numbers and within texts does `descending` turn the
///   order round: what has no value stands last either way.
/// - Rows that compare equal keep the order of the table, in both directions.
#[must_use]
pub fn order(table: &StatTable, sort: &[Sort]) -> Vec<u32> {
    sort.iter().rev().fold(shown_rows(table), |rows, key| {
        let (field, absolute) = match &key.by {
            SortBy::Player => return sorted(rows, Key::Names(table), key.descending),
            SortBy::Column(field) => (field, false),
            SortBy::Absolute(field) => (field, true),
            SortBy::Group | SortBy::Change(_) => return rows,
        };
        match field.stat().and_then(|key| table.column_index(key)) {
            Some(column) => {
                let cells = Cells { absolute, ..Cells::of(&table.columns()[column]) };
                sorted(rows, Key::Cells(cells), key.descending)
            }
            None => rows,
        }
    })
}

/// The rows of a table without those that repeat an earlier player.
pub(super) fn shown_rows(table: &StatTable) -> Vec<u32> {
    let is_shown = |row: &PlayerRow| !matches!(row.state, RowState::DuplicateOf(_));
    (0u32..).zip(table.rows()).filter(|(_, row)| is_shown(row)).map(|(index, _)| index).collect()
}
