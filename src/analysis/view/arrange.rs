//! The order of the rows, and the headers that they are put together under.

use std::{collections::HashMap, ops::Range};

use super::{Lazies, Origin, Part, Problem, context::Context, filter};
use crate::{
    analysis::{
        Figure, Stop, Stopped,
        natural::Folded,
        sort::{Cells, Key, NOWHERE, sorted},
    },
    model::{Cell, Field, GroupBy, PlayerRef, Sort, SortBy},
};

/// Rows under one header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// The group's name or the text that they have in common; `None` for the rows without one,
    /// which come last.
    pub label: Option<String>,
    /// The place of the group in the query, when rows are put together by these.
    pub group: Option<usize>,
    /// Where its rows are in [`View::order`](super::View::order).
    pub rows: Range<usize>,
    /// Whether its rows are hidden.
    pub collapsed: bool,
    /// The line of its header.
    pub line: usize,
}

/// Puts rows in the order of the sort keys.
pub(super) fn order(
    context: &Context,
    lazies: &Lazies,
    mut rows: Vec<u32>,
    problems: &mut Vec<Problem>,
    stop: &Stop,
) -> Result<Vec<u32>, Stopped> {
    // From the last key to the first: each order keeps the one before where it finds rows equal.
    for (place, Sort { by, descending }) in context.input.settings.sort.iter().enumerate().rev() {
        stop.check()?;
        let origin = |field: &Field| match context.origin(field) {
            Some(origin) => Ok(origin),
            None => Err(Problem { part: Part::Sort(place), words: filter::lacks(field) }),
        };
        let cells = |field: &Field| {
            origin(field).map(|origin| lazies.values(context, origin).cells(context.cells(origin)))
        };
        let changes_of;
        let key = match by {
            SortBy::Player => Ok(Key::Names(&context.input.table)),
            SortBy::Group => Ok(Key::Places(context.members().first())),
            SortBy::Column(field) => cells(field).map(Key::Cells),
            SortBy::Absolute(field) => {
                cells(field).map(|cells| Key::Cells(Cells { absolute: true, ..cells }))
            }
            SortBy::Change(field) => match origin(field) {
                Ok(origin) => {
                    changes_of = changes(context, origin);
                    Ok(Key::Cells(Cells::of_numbers(&changes_of)))
                }
                Err(problem) => Err(problem),
            },
        };
        match key {
            Ok(key) => rows = sorted(rows, key, *descending),
            Err(problem) => problems.push(problem),
        }
    }
    Ok(rows)
}

/// For each row of the table by how much the number sent grew since the fetch before; NaN where
/// either has none.
pub(super) fn changes(context: &Context, origin: Origin) -> Vec<f64> {
    let mut changes = vec![f64::NAN; context.input.table.rows().len()];
    let (Some(before), Origin::Stat(column)) = (&context.input.before, origin) else { return changes };
    let Some(column_before) = before.column_index(context.input.table.columns()[column].key()) else {
        return changes;
    };
    let row_before: HashMap<&PlayerRef, usize> =
        before.rows().iter().enumerate().map(|(place, row)| (&row.asked, place)).collect();
    for row in context.shown.iter() {
        let Some(at) = row_before.get(&context.input.table.rows()[*row as usize].asked) else { continue };
        let Cell::Value(value) = before.cell(*at, column_before) else { continue };
        if let (Some(now), Some(then)) = (context.figure(origin, *row), Figure::of(&value)) {
            changes[*row as usize] = now.minus(then).as_f64();
        }
    }
    changes
}

/// Puts ordered rows together under headers; no headers when the rows are not to be.
pub(super) fn group(
    context: &Context,
    rows: Vec<u32>,
    problems: &mut Vec<Problem>,
) -> (Vec<u32>, Vec<RowGroup>) {
    let settings = &context.input.settings;
    let Some(grouping) = &settings.grouping else { return (rows, Vec::new()) };
    let (labels, places) = match &grouping.by {
        GroupBy::PlayerGroup => {
            let names = context.input.groups.iter().map(|group| group.name.clone()).collect();
            (names, context.members().first().to_vec())
        }
        GroupBy::Column(field) => {
            let Some(origin) = context.origin(field) else {
                problems.push(Problem { part: Part::Grouping, words: filter::lacks(field) });
                return (rows, Vec::new());
            };
            by_text(context, origin, &rows)
        }
    };
    let same_subject = |key: &Sort| match (&key.by, &grouping.by) {
        (SortBy::Group, GroupBy::PlayerGroup) => true,
        (SortBy::Column(field), GroupBy::Column(by)) => field == by,
        _ => false,
    };
    let descending = settings.sort.first().is_some_and(|key| key.descending && same_subject(key));
    let rows = sorted(rows, Key::Places(&places), descending);
    let mut groups: Vec<RowGroup> = Vec::new();
    let (mut start, mut line) = (0, 0);
    for run in rows.chunk_by(|left, right| places[*left as usize] == places[*right as usize]) {
        let place =
            Some(places[run[0] as usize]).filter(|place| *place != NOWHERE).map(|place| place as usize);
        let label: Option<String> = place.map(|place| labels[place].clone());
        let collapsed = match &label {
            Some(label) => grouping.collapsed.contains(label),
            None => grouping.rest_collapsed,
        };
        let range = start..start + run.len();
        start = range.end;
        let group = place.filter(|_| grouping.by == GroupBy::PlayerGroup);
        groups.push(RowGroup { label, group, rows: range, collapsed, line });
        line += 1 + if collapsed { 0 } else { run.len() };
    }
    (rows, groups)
}

/// The texts of a column in natural order, and for each row of the table the place of its own.
fn by_text(context: &Context, origin: Origin, rows: &[u32]) -> (Vec<String>, Vec<u32>) {
    let text = |row: u32| match context.cell(origin, row) {
        Cell::Value(value) => Some(value.text),
        _ => None,
    };
    let mut found: HashMap<&str, u32> = HashMap::new();
    for text in rows.iter().filter_map(|row| text(*row)) {
        let next = found.len() as u32;
        found.entry(text).or_insert(next);
    }
    let mut texts: Vec<(Folded<'_>, &str)> = found.keys().map(|text| (Folded::new(*text), *text)).collect();
    texts.sort_by(|(left, _), (right, _)| left.compare(right));
    for (place, (_, text)) in (0..).zip(&texts) {
        found.insert(text, place);
    }
    let mut places = vec![NOWHERE; context.input.table.rows().len()];
    for row in rows {
        places[*row as usize] = text(*row).and_then(|text| found.get(text).copied()).unwrap_or(NOWHERE);
    }
    (texts.into_iter().map(|(_, text)| text.to_owned()).collect(), places)
}
