//! One value at a time, exactly: what each operation does to integers, doubles and texts.
//!
//! Runs over whole columns (`run`) reckon in doubles and come here for what a double cannot hold.
//! Both use the functions at the end, so that they agree to the last bit.

use std::cmp::Ordering;

use super::syntax::{Binary, Function};
use crate::analysis::{Figure, moments::EXACT_LIMIT};

/// What a step of a formula comes to in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    Figure(Figure),
    Text(&'a str),
    Nothing(Missing),
}

/// Why there is nothing, and which step is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) why: Why,
    pub(super) step: usize,
}

/// Why a step comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Why {
    /// The cell, formula or rank that the step reads has no value.
    Operand,
    /// The step is a text where a number belongs.
    IsText,
    /// The step is a divisor, and zero.
    DividedByZero,
    /// The step is below zero, and its root is asked for.
    RootOfNegative,
    /// The step is not above zero, and its logarithm is asked for.
    LogOfNonPositive,
    /// The step is the base of a logarithm, and none to any number.
    BadBase,
    /// The step comes to more than a double holds.
    TooLarge,
}

/// A value and the step that it is of.
pub(super) type Stepped<'a> = (Scalar<'a>, usize);

/// A double as a figure: an integer where it exactly is one; `None` when it is not finite.
pub(super) fn real_figure(real: f64) -> Option<Figure> {
    real.is_finite().then(|| Figure::from_f64(real))
}

/// 1 for what holds, 0 for what does not.
fn truth(holds: bool) -> Figure {
    Figure::Int(holds.into())
}

type Outcome<'a> = Result<Scalar<'a>, Missing>;

fn flat(outcome: Outcome<'_>) -> Scalar<'_> {
    outcome.unwrap_or_else(Scalar::Nothing)
}

fn number((scalar, step): Stepped<'_>) -> Result<Figure, Missing> {
    match scalar {
        Scalar::Figure(figure) => Ok(figure),
        Scalar::Text(_) => Err(Missing { why: Why::IsText, step }),
        Scalar::Nothing(missing) => Err(missing),
    }
}

/// The outcome of reckoning in doubles at `step`.
fn real<'a>(result: f64, step: usize) -> Outcome<'a> {
    real_figure(result).map(Scalar::Figure).ok_or(Missing { why: Why::TooLarge, step })
}

/// Makes a figure of two: exactly for integers where that works, else in doubles.
fn combine<'a>(
    left: Figure,
    right: Figure,
    step: usize,
    exact: impl Fn(i128, i128) -> Option<i128>,
    rounded: impl Fn(f64, f64) -> f64,
) -> Outcome<'a> {
    if let (Figure::Int(left), Figure::Int(right)) = (left, right)
        && let Some(int) = exact(left, right)
    {
        return Ok(Scalar::Figure(Figure::Int(int)));
    }
    real(rounded(left.as_f64(), right.as_f64()), step)
}

/// `-x`
pub(super) fn negate(operand: Stepped<'_>, step: usize) -> Scalar<'static> {
    flat(number(operand).and_then(|figure| {
        match figure {
            Figure::Int(int) => int
                .checked_neg()
                .map_or_else(|| real(-(int as f64), step), |int| Ok(Scalar::Figure(Figure::Int(int)))),
            Figure::Real(value) => real(-value, step),
        }
    }))
}

/// `not x`
pub(super) fn not(operand: Stepped<'_>) -> Scalar<'static> {
    flat(number(operand).map(|figure| Scalar::Figure(truth(is_zero(figure)))))
}

fn is_zero(figure: Figure) -> bool {
    figure.as_f64() == 0.0
}

/// `left ∘ right`
pub(super) fn binary(binary: Binary, left: Stepped<'_>, right: Stepped<'_>, step: usize) -> Scalar<'static> {
    flat(try_binary(binary, left, right, step))
}

fn try_binary(binary: Binary, left: Stepped<'_>, right: Stepped<'_>, step: usize) -> Outcome<'static> {
    let holds = |holds: bool| Ok(Scalar::Figure(truth(holds)));
    match binary {
        Binary::And | Binary::Or => {
            // What is on the left decides where it can, whatever is on the right.
            let is_or = binary == Binary::Or;
            if is_zero(number(left)?) != is_or {
                return holds(is_or);
            }
            holds(!is_zero(number(right)?))
        }
        Binary::Equal => holds(equal(left, right)?),
        Binary::NotEqual => holds(!equal(left, right)?),
        _ => {
            let (a, b) = (number(left)?, number(right)?);
            match binary {
                Binary::Add => combine(a, b, step, i128::checked_add, |a, b| a + b),
                Binary::Subtract => combine(a, b, step, i128::checked_sub, |a, b| a - b),
                Binary::Multiply => combine(a, b, step, i128::checked_mul, |a, b| a * b),
                Binary::Divide => divide(a, b, right.1, step),
                Binary::Less => holds(a.compare(b) == Ordering::Less),
                Binary::AtMost => holds(a.compare(b) != Ordering::Greater),
                Binary::Greater => holds(a.compare(b) == Ordering::Greater),
                _ => holds(a.compare(b) != Ordering::Less),
            }
        }
    }
}

/// A text and a number are never equal.
fn equal(left: Stepped<'_>, right: Stepped<'_>) -> Result<bool, Missing> {
    match (left.0, right.0) {
        (Scalar::Nothing(missing), _) | (_, Scalar::Nothing(missing)) => Err(missing),
        (Scalar::Text(left), Scalar::Text(right)) => Ok(left == right),
        (Scalar::Figure(left), Scalar::Figure(right)) => Ok(left.compare(right) == Ordering::Equal),
        _ => Ok(false),
    }
}

fn divide<'a>(left: Figure, right: Figure, divisor_step: usize, step: usize) -> Outcome<'a> {
    if is_zero(right) {
        return Err(Missing { why: Why::DividedByZero, step: divisor_step });
    }
    let exact = |left: i128, right: i128| {
        (left.checked_rem(right) == Some(0)).then(|| left.checked_div(right)).flatten()
    };
    combine(left, right, step, exact, |left, right| left / right)
}

/// `function(arguments)`. Functions over whole columns are none of these.
pub(super) fn call<'a>(function: Function, arguments: &[Stepped<'a>], step: usize) -> Scalar<'a> {
    flat(try_call(function, arguments, step))
}

fn try_call<'a>(function: Function, arguments: &[Stepped<'a>], step: usize) -> Outcome<'a> {
    let missing = |why, step| Err(Missing { why, step });
    let [first, rest @ ..] = arguments else { return missing(Why::Operand, step) };
    match (function, rest) {
        (Function::If, [then, otherwise]) => {
            let chosen = if is_zero(number(*first)?) { otherwise } else { then };
            match chosen.0 {
                Scalar::Nothing(missing) => Err(missing),
                value => Ok(value),
            }
        }
        (Function::Abs, _) => match number(*first)? {
            Figure::Int(int) if int != i128::MIN => Ok(Scalar::Figure(Figure::Int(int.abs()))),
            figure => real(figure.as_f64().abs(), step),
        },
        (Function::Round, _) => match (number(*first)?, rest.first()) {
            (Figure::Int(int), _) => Ok(Scalar::Figure(Figure::Int(int))),
            (Figure::Real(value), None) => real(round(value, 1.0), step),
            (Figure::Real(value), Some(decimals)) => {
                real(round(value, round_scale(number(*decimals)?.as_f64())), step)
            }
        },
        (Function::Sqrt, _) => match number(*first)?.as_f64() {
            value if value < 0.0 => missing(Why::RootOfNegative, first.1),
            value => real(value.sqrt(), step),
        },
        (Function::Ln, _) => logarithm(number(*first)?, first.1, f64::ln, step),
        (Function::Log, []) => logarithm(number(*first)?, first.1, f64::log10, step),
        (Function::Log, [base, ..]) => {
            let (value, base_value) = (number(*first)?, number(*base)?.as_f64());
            if !is_base(base_value) {
                return missing(Why::BadBase, base.1);
            }
            logarithm(value, first.1, |value| log(value, base_value), step)
        }
        (Function::Min | Function::Max, _) => {
            let wanted = if function == Function::Min { Ordering::Less } else { Ordering::Greater };
            let pick = |best: Figure, next: Figure| if next.compare(best) == wanted { next } else { best };
            let best = rest.iter().try_fold(number(*first)?, |best, next| Ok(pick(best, number(*next)?)))?;
            Ok(Scalar::Figure(best))
        }
        (Function::Sum, _) => Ok(Scalar::Figure(sum(arguments, step)?)),
        (Function::Mean, _) => {
            let count = Figure::Int(arguments.len() as i128);
            divide(sum(arguments, step)?, count, step, step)
        }
        (Function::Median, _) => median(arguments, step),
        (Function::If | Function::Rank | Function::Percentile, _) => missing(Why::Operand, step),
    }
}

fn sum(arguments: &[Stepped<'_>], step: usize) -> Result<Figure, Missing> {
    let mut total = Figure::Int(0);
    for argument in arguments {
        match combine(total, number(*argument)?, step, i128::checked_add, |a, b| a + b)? {
            Scalar::Figure(figure) => total = figure,
            // Two figures make a figure or nothing.
            Scalar::Text(_) | Scalar::Nothing(_) => return Err(Missing { why: Why::TooLarge, step }),
        }
    }
    Ok(total)
}

fn median<'a>(arguments: &[Stepped<'a>], step: usize) -> Outcome<'a> {
    let mut figures = arguments.iter().map(|argument| number(*argument)).collect::<Result<Vec<_>, _>>()?;
    figures.sort_by(|left, right| left.compare(*right));
    let (low, high) = (figures[(figures.len() - 1) / 2], figures[figures.len() / 2]);
    if figures.len() % 2 == 1 {
        return Ok(Scalar::Figure(high));
    }
    match combine(low, high, step, i128::checked_add, |a, b| a + b)? {
        Scalar::Figure(both) => divide(both, Figure::Int(2), step, step),
        nothing => Ok(nothing),
    }
}

fn logarithm<'a>(value: Figure, value_step: usize, log: impl Fn(f64) -> f64, step: usize) -> Outcome<'a> {
    let value = value.as_f64();
    if value > 0.0 {
        real(log(value), step)
    } else {
        Err(Missing { why: Why::LogOfNonPositive, step: value_step })
    }
}

/// Whether a logarithm can have this base.
pub(super) fn is_base(base: f64) -> bool {
    base > 0.0 && base != 1.0
}

/// The logarithm of a number above zero. Exact powers of 2 and 10 come out whole.
pub(super) fn log(value: f64, base: f64) -> f64 {
    if base == 2.0 {
        value.log2()
    } else if base == 10.0 {
        value.log10()
    } else {
        value.ln() / base.ln()
    }
}

/// What [`round`] multiplies with to round to so many decimals.
pub(super) fn round_scale(decimals: f64) -> f64 {
    10f64.powf(decimals)
}

/// To the nearest part of one in `scale`, halves away from zero. What is too large to have such
/// parts stays.
pub(super) fn round(value: f64, scale: f64) -> f64 {
    let scaled = value * scale;
    if value.fract() == 0.0 || scaled.abs() >= EXACT_LIMIT { value } else { scaled.round() / scale }
}
