//! What stands in place of each number: the reference taken off, shares, z-scores and the like.

use super::{Origin, context::Context, standing};
use crate::{
    analysis::{
        Figure,
        moments::{self, EXACT_LIMIT},
        sort::Cells,
        threads,
    },
    model::Normalise,
};

/// Why a cell that holds a number shows none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The player, group or statistic that it is held against has no number in this column.
    NoReference,
    /// The reference is 0: nothing can be a multiple of it.
    ZeroReference,
    /// The greatest number of the column is not above 0: nothing can be a share of it.
    NothingAboveZero,
    /// There are no two different numbers in the column.
    NoSpread,
    /// The answer has no such column as the one to divide by.
    NoDivisor,
    /// The player has no number to divide by.
    DivisorMissing,
    /// The number to divide by is 0.
    DivisorZero,
    /// The result is more than a double holds.
    TooLarge,
}

impl Why {
    /// In words for the user: one sentence without the final stop.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoReference => "The reference has no number in this column",
            Self::ZeroReference => "The reference is 0 in this column, and nothing is a multiple of 0",
            Self::NothingAboveZero => "No number in this column is above 0 to take a share of",
            Self::NoSpread => {
                "The numbers in this column do not differ, so there is no deviation to count in"
            }
            Self::NoDivisor => "The stat to divide by was not fetched",
            Self::DivisorMissing => "This player has no number in the stat to divide by",
            Self::DivisorZero => "The stat to divide by is 0 for this player",
            Self::TooLarge => "The result is larger than any number that can be shown",
        }
    }
}

/// The numbers that a column shows.
#[derive(Debug)]
pub(super) struct Values {
    /// By row of the table, NaN for none; `None` when they are those of the table or the formula.
    worked: Option<Vec<f64>>,
    /// Why none has any.
    nothing: Option<Why>,
}

impl Values {
    pub(super) fn of(context: &Context, origin: Origin) -> Self {
        let own = context.cells(origin);
        let reference = || context.reference(own.numbers, |row| context.figure(origin, row));
        let worked = match &context.input.settings.normalise {
            Normalise::Raw => Ok(None),
            Normalise::Difference => {
                reference().ok_or(Why::NoReference).map(|from| Some(difference(context, origin, from)))
            }
            Normalise::Ratio => match reference().map(Figure::as_f64) {
                None => Err(Why::NoReference),
                Some(0.0) => Err(Why::ZeroReference),
                Some(reference) => Ok(Some(each(own.numbers, |number| number / reference))),
            },
            Normalise::ShareOfGreatest => {
                let greatest = moments::of(own.numbers, &context.shown).max;
                let share = || Some(each(own.numbers, |number| number / greatest * 100.0));
                (greatest > 0.0).then(share).ok_or(Why::NothingAboveZero)
            }
            Normalise::ZScore => {
                let moments = moments::of(own.numbers, &context.shown);
                let mean = moments.sum() / moments.count as f64;
                match moments.deviation().filter(|deviation| *deviation > 0.0 && mean.is_finite()) {
                    Some(deviation) => Ok(Some(each(own.numbers, |number| (number - mean) / deviation))),
                    None => Err(Why::NoSpread),
                }
            }
            Normalise::Percentile => Ok(Some(standing::percentiles(&own, &context.shown))),
            Normalise::Per(field, factor) => match context.origin(field) {
                Some(divisor) => Ok(Some(per(own.numbers, context.cells(divisor).numbers, factor.as_f64()))),
                None => Err(Why::NoDivisor),
            },
        };
        match worked {
            Ok(worked) => Self { worked, nothing: None },
            Err(why) => Self { worked: Some(vec![f64::NAN; own.numbers.len()]), nothing: Some(why) },
        }
    }

    /// What is shown for a row: exact where it is as it was sent.
    pub(super) fn figure(&self, context: &Context, origin: Origin, row: u32) -> Option<Figure> {
        let cells = self.cells(context.cells(origin));
        if cells.exact {
            return context.figure(origin, row);
        }
        let number = cells.numbers[row as usize];
        (!number.is_nan()).then(|| Figure::from_f64(number))
    }

    /// The cells, with what is shown in place of their numbers.
    pub(super) fn cells<'a>(&'a self, own: Cells<'a>) -> Cells<'a> {
        match &self.worked {
            Some(numbers) => Cells { numbers, exact: false, ..own },
            None => own,
        }
    }
}

/// Why a row that has a number of its own shows none.
pub(super) fn why(context: &Context, values: &Values, row: u32) -> Why {
    if let Some(why) = values.nothing {
        return why;
    }
    let Normalise::Per(field, _) = &context.input.settings.normalise else { return Why::TooLarge };
    match context.origin(field).map(|divisor| context.cells(divisor).numbers[row as usize]) {
        None => Why::NoDivisor,
        Some(0.0) => Why::DivisorZero,
        Some(divisor) if divisor.is_nan() => Why::DivisorMissing,
        Some(_) => Why::TooLarge,
    }
}

fn each(numbers: &[f64], of: impl Fn(f64) -> f64 + Sync) -> Vec<f64> {
    threads::each(numbers, |_, number| finite(of(*number)))
}

fn per(numbers: &[f64], divisors: &[f64], factor: f64) -> Vec<f64> {
    // What is divided by zero is not finite.
    threads::each(numbers, |row, number| finite(number / divisors[row] * factor))
}

fn difference(context: &Context, origin: Origin, reference: Figure) -> Vec<f64> {
    let (numbers, double) = (context.cells(origin).numbers, reference.as_f64());
    let is_exact = double.abs() < EXACT_LIMIT;
    threads::each(numbers, |row, number| {
        if number.is_nan() || (is_exact && number.abs() < EXACT_LIMIT) {
            return number - double;
        }
        let figure = context.figure(origin, row as u32);
        finite(figure.map_or(f64::NAN, |figure| figure.minus(reference).as_f64()))
    })
}

fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { f64::NAN }
}
