//! Which rows are shown.

use std::{borrow::Cow, cmp::Ordering};

use regex::{Regex, RegexBuilder};

use super::{Origin, Part, Problem, context::Context};
use crate::{
    analysis::{
        Stop, Stopped, exact,
        moments::EXACT_LIMIT,
        quantile,
        sort::{self, Cells, Key},
        threads,
    },
    model::{Cell, Comparison, Field, Filter, GroupTest, HeldBy, Number, Test, TextTest},
};

/// What a regular expression may take up, compiled, in bytes.
const LARGEST_REGEX: usize = 1 << 20;

/// The rows of `rows` that meet all filters but those that `skip` names. Filters that cannot be
/// applied are left out, and said in `problems`.
pub(super) fn keep(
    context: &Context,
    rows: &[u32],
    skip: impl Fn(&Filter) -> bool,
    problems: &mut Vec<Problem>,
    stop: &Stop,
) -> Result<Vec<u32>, Stopped> {
    let mut kept = Cow::Borrowed(rows);
    let mut relative = Vec::new();
    for (place, filter) in context.input.settings.filters.iter().enumerate() {
        if skip(filter) {
            continue;
        }
        if let Filter::Column(field, test @ (Test::Top(_) | Test::Bottom(_) | Test::Outlier)) = filter {
            relative.push((place, field, test));
            continue;
        }
        match retained(context, &kept, filter, stop)? {
            Ok(left) => kept = left.into(),
            Err(words) => problems.push(Problem { part: Part::Filter(place), words }),
        }
    }
    let all = if relative.is_empty() { Cow::default() } else { kept.clone() };
    for (place, field, test) in relative {
        stop.check()?;
        match context.origin(field) {
            Some(origin) => {
                let among = standing_out(&context.cells(origin), &all, test);
                kept = retain(&kept, stop, |row| among.binary_search(&row).is_ok())?.into();
            }
            None => problems.push(Problem { part: Part::Filter(place), words: lacks(field) }),
        }
    }
    Ok(kept.into_owned())
}

pub(super) fn lacks(field: &Field) -> String {
    format!("The answer has no column {}", field.name())
}

type Retained = Result<Result<Vec<u32>, String>, Stopped>;

fn retained(context: &Context, rows: &[u32], filter: &Filter, stop: &Stop) -> Retained {
    match filter {
        Filter::Player(test) => {
            let players = context.input.table.rows();
            with_text(test, |meets| retain(rows, stop, |row| meets(&players[row as usize].shown_name())))
        }
        Filter::Groups(test) => by_groups(context, rows, test, stop).map(Ok),
        Filter::Column(field, test) => match context.origin(field) {
            Some(origin) => by_cell(context, rows, origin, test, stop),
            None => Ok(Err(lacks(field))),
        },
    }
}

fn by_groups(context: &Context, rows: &[u32], test: &GroupTest, stop: &Stop) -> Result<Vec<u32>, Stopped> {
    let members = context.members();
    let mut held = vec![0usize; context.input.table.rows().len()];
    let asked: Vec<usize> = (0..context.input.groups.len())
        .filter(|place| test.groups.contains(&context.input.groups[*place].name))
        .collect();
    for group in &asked {
        members.rows(*group).iter().for_each(|row| held[*row as usize] += 1);
    }
    retain(rows, stop, |row| match (test.held_by, held[row as usize]) {
        (HeldBy::Any, count) => count > 0,
        (HeldBy::All, count) => count == asked.len(),
        (HeldBy::One, count) => count == 1,
        (HeldBy::None, count) => count == 0,
    })
}

fn by_cell(context: &Context, rows: &[u32], origin: Origin, test: &Test, stop: &Stop) -> Retained {
    let cells = context.cells(origin);
    let column = cells.column;
    let cell = |row: u32| context.cell(origin, row);
    let value = |row: u32| match column.map(|column| column.cell(row as usize)) {
        Some(Cell::Value(value)) => Some(value.text),
        _ => None,
    };
    match test {
        Test::Compare(comparison, bound) => by_number(cells, rows, *comparison, *bound, stop).map(Ok),
        Test::Between(least, greatest) => {
            let left = by_number(cells, rows, Comparison::AtLeast, *least, stop)?;
            by_number(cells, &left, Comparison::AtMost, *greatest, stop).map(Ok)
        }
        Test::Text(test) => with_text(test, |meets| retain(rows, stop, |row| value(row).is_some_and(meets))),
        Test::OneOf(texts) => {
            retain(rows, stop, |row| value(row).is_some_and(|text| texts.iter().any(|one| one == text)))
                .map(Ok)
        }
        Test::Missing => {
            let lacks = |row: u32| cells.numbers[row as usize].is_nan() && matches!(cell(row), Cell::NoValue);
            retain(rows, stop, lacks).map(Ok)
        }
        Test::Failed => retain(rows, stop, |row| matches!(cell(row), Cell::Failed(_))).map(Ok),
        Test::HasValue => {
            let has = |row: u32| !cells.numbers[row as usize].is_nan() || matches!(cell(row), Cell::Value(_));
            retain(rows, stop, has).map(Ok)
        }
        Test::Top(_) | Test::Bottom(_) | Test::Outlier => Ok(Ok(rows.to_vec())),
    }
}

fn by_number(
    cells: Cells<'_>,
    rows: &[u32],
    comparison: Comparison,
    bound: Number,
    stop: &Stop,
) -> Result<Vec<u32>, Stopped> {
    // One loop for each, so that none of them decides anew at each row.
    let number = |row: u32| cells.numbers[row as usize];
    let limit = bound.as_f64();
    let exactly = |row: u32| compare_exactly(&cells, row, bound);
    let is_near = |number: f64| number.abs() >= EXACT_LIMIT;
    macro_rules! keep {
        ($op:tt, $orders:pat) => {
            retain(rows, stop, |row| {
                let number = number(row);
                if is_near(number) { matches!(exactly(row), $orders) } else { number $op limit }
            })
        };
    }
    match comparison {
        Comparison::Equal => keep!(==, Ordering::Equal),
        Comparison::NotEqual => retain(rows, stop, |row| {
            let number = number(row);
            if is_near(number) { exactly(row).is_ne() } else { !number.is_nan() && number != limit }
        }),
        Comparison::Less => keep!(<, Ordering::Less),
        Comparison::AtMost => keep!(<=, Ordering::Less | Ordering::Equal),
        Comparison::Greater => keep!(>, Ordering::Greater),
        Comparison::AtLeast => keep!(>=, Ordering::Greater | Ordering::Equal),
    }
}

/// Compares the number of a row with a bound by their digits, where a double cannot tell.
fn compare_exactly(cells: &Cells<'_>, row: u32, bound: Number) -> Ordering {
    match cells.column.map(|column| column.cell(row as usize)) {
        Some(Cell::Value(value)) => exact::compare(value.text, &bound.to_string()),
        _ => cells.numbers[row as usize].total_cmp(&bound.as_f64()),
    }
}

/// Calls `use_it` with what tells whether a text meets the test; in words why it cannot be told.
fn with_text(
    test: &TextTest,
    use_it: impl FnOnce(&(dyn Fn(&str) -> bool + Sync)) -> Result<Vec<u32>, Stopped>,
) -> Retained {
    let folded = |wanted: &String| wanted.to_lowercase();
    match test {
        TextTest::Contains(wanted) => {
            let wanted = folded(wanted);
            use_it(&|text| text.to_lowercase().contains(&wanted)).map(Ok)
        }
        TextTest::Equals(wanted) => {
            let wanted = folded(wanted);
            use_it(&|text| text.to_lowercase() == wanted).map(Ok)
        }
        TextTest::StartsWith(wanted) => {
            let wanted = folded(wanted);
            use_it(&|text| text.to_lowercase().starts_with(&wanted)).map(Ok)
        }
        TextTest::Matches(pattern) => match compiled(pattern) {
            Ok(regex) => use_it(&|text| regex.is_match(text)).map(Ok),
            Err(words) => Ok(Err(words)),
        },
    }
}

/// Why a text that somebody typed is no regular expression: a sentence without the final stop.
#[must_use]
pub fn pattern_problem(pattern: &str) -> Option<String> {
    compiled(pattern).err()
}

/// A regular expression that somebody typed; in words why it is none.
pub(in crate::analysis) fn compiled(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).size_limit(LARGEST_REGEX).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => {
            "The regular expression is too large. Write a shorter one".to_owned()
        }
        other => {
            let words = other.to_string();
            let last = words.lines().last().unwrap_or_default();
            let reason = last.strip_prefix("error: ").unwrap_or(last);
            format!("The regular expression cannot be read: {reason}")
        }
    })
}

/// The rows whose numbers stand out among those of `rows`, ascending.
fn standing_out(cells: &Cells<'_>, rows: &[u32], test: &Test) -> Vec<u32> {
    let numbers = cells.numbers;
    let with_number: Vec<u32> = rows.iter().copied().filter(|row| !numbers[*row as usize].is_nan()).collect();
    let mut found = match test {
        Test::Top(count) => first_of(cells, with_number, *count, true),
        Test::Bottom(count) => first_of(cells, with_number, *count, false),
        _ => {
            let Some([first, third]) = quantile::quantiles(numbers, &with_number, [0.25, 0.75]) else {
                return Vec::new();
            };
            let reach = 1.5 * (third - first);
            let is_outside =
                |row: &u32| numbers[*row as usize] < first - reach || numbers[*row as usize] > third + reach;
            with_number.into_iter().filter(is_outside).collect()
        }
    };
    found.sort_unstable();
    found
}

/// The first `count` in the order of their numbers, and who ties with the last of them.
fn first_of(cells: &Cells<'_>, rows: Vec<u32>, count: u32, descending: bool) -> Vec<u32> {
    let mut sorted = sort::sorted(rows, Key::Cells(*cells), descending);
    let Some(last) = (count as usize).min(sorted.len()).checked_sub(1) else { return Vec::new() };
    let ties =
        sorted[last + 1..].iter().take_while(|row| sort::same_number(cells, sorted[last], **row)).count();
    sorted.truncate(last + 1 + ties);
    sorted
}

fn retain(rows: &[u32], stop: &Stop, keep: impl Fn(u32) -> bool + Sync) -> Result<Vec<u32>, Stopped> {
    let parts = threads::stretches(rows, |_, rows| {
        stop.check()?;
        // Written in any case and counted only if kept: quicker than a guess at each row.
        let mut kept = vec![0; rows.len()];
        let mut length = 0;
        for row in rows {
            kept[length] = *row;
            length += usize::from(keep(*row));
        }
        kept.truncate(length);
        Ok(kept)
    });
    Ok(parts.into_iter().collect::<Result<Vec<Vec<u32>>, Stopped>>()?.concat())
}
