//! What people type for values.

use super::{date, duration};
use crate::{
    analysis::{Figure, display::MINUS},
    model::{Comparison, DateForm, Number, PercentageOf, Test, TextTest, TimeUnit, ValueFormat},
};

/// Why something typed is no value of a column, and what to type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// Not a number.
    #[error("Type a number, such as 1500 or 0.25")]
    NotNumber,
    /// A comma where none separates thousands.
    #[error("Write a point before decimals, and commas only between thousands: 1,234.5")]
    Comma,
    /// More than can be held.
    #[error("The number is larger than can be compared with")]
    TooLarge,
    /// A percentage in a column of other numbers.
    #[error("This column holds no percentages. Type the number alone")]
    NoPercentage,
    /// Not a percentage.
    #[error("Type a percentage, such as 45 %")]
    NotPercentage,
    /// Not a length of time.
    #[error("Type a length of time, such as 1 h 30 m, 1:30:00 or 90 s")]
    NotDuration,
    /// Not a moment.
    #[error("Type a day, such as 2026-03-14, or a day with a time, such as 2026-03-14 09:26")]
    NotDate,
    /// Nothing behind an operator, or nothing at all.
    #[error("Type a value, or a condition such as > 100, 10..20 or = Gold")]
    Nothing,
}

type Read<T> = Result<T, TypedError>;

/// Reads a value of a column.
pub(super) fn number(typed: &str, format: Option<ValueFormat>, unit: &str) -> Read<Number> {
    let typed = typed.trim();
    let typed = without_unit(typed, unit);
    match format {
        Some(ValueFormat::Duration(unit)) => length_of_time(typed, unit),
        Some(ValueFormat::Date(form)) => moment(typed, form),
        Some(ValueFormat::Percentage { of, .. }) => percentage(typed, of),
        _ if typed.ends_with('%') => Err(TypedError::NoPercentage),
        _ => plain(typed),
    }
}

/// Reads a condition on a column.
pub(super) fn test(typed: &str, format: Option<ValueFormat>, unit: &str) -> Read<Test> {
    const SIGNS: [(&str, Comparison); 11] = [
        (">=", Comparison::AtLeast),
        ("≥", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("≤", Comparison::AtMost),
        ("<>", Comparison::NotEqual),
        ("!=", Comparison::NotEqual),
        ("≠", Comparison::NotEqual),
        (">", Comparison::Greater),
        ("<", Comparison::Less),
        ("==", Comparison::Equal),
        ("=", Comparison::Equal),
    ];
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(TypedError::Nothing);
    }
    let sign =
        SIGNS.iter().find_map(|(sign, comparison)| Some((typed.strip_prefix(sign)?.trim(), *comparison)));
    if matches!(format, Some(ValueFormat::Text | ValueFormat::Date(DateForm::Text))) {
        return Ok(Test::Text(match sign {
            Some((text, Comparison::Equal)) => TextTest::Equals(text.to_owned()),
            _ => TextTest::Contains(typed.to_owned()),
        }));
    }
    let read = |typed: &str| number(typed, format, unit);
    match sign {
        Some(("", _)) => Err(TypedError::Nothing),
        Some((value, comparison)) => read(value).map(|number| Test::Compare(comparison, number)),
        None => match ["..", "…", " to ", "–"].iter().find_map(|between| typed.split_once(between)) {
            Some((from, to)) if from.trim().is_empty() || to.trim().is_empty() => Err(TypedError::Nothing),
            Some((from, to)) => {
                let (from, to) = (read(from)?, read(to)?);
                let is_turned = from.as_f64() > to.as_f64();
                Ok(if is_turned { Test::Between(to, from) } else { Test::Between(from, to) })
            }
            None => read(typed).map(|number| Test::Compare(Comparison::Equal, number)),
        },
    }
}

fn without_unit<'t>(typed: &'t str, unit: &str) -> &'t str {
    let split = typed.len().checked_sub(unit.len()).filter(|_| !unit.is_empty());
    match split.and_then(|split| typed.split_at_checked(split)) {
        Some((number, end)) if end.to_lowercase() == unit.to_lowercase() && !number.trim().is_empty() => {
            number.trim_end()
        }
        _ => typed,
    }
}

fn length_of_time(typed: &str, unit: TimeUnit) -> Read<Number> {
    if let Ok(number) = plain(typed) {
        return Ok(number);
    }
    let (negative, length) = unsigned(typed);
    let milliseconds = duration::read(length, unit).ok_or(TypedError::NotDuration)?;
    let number = milliseconds / unit.milliseconds() as f64;
    number_of(if negative { -number } else { number })
}

fn moment(typed: &str, form: DateForm) -> Read<Number> {
    if let Ok(number) = plain(typed) {
        return Ok(number);
    }
    let seconds = date::read(typed).ok_or(TypedError::NotDate)?;
    Ok(Number::Int(if form == DateForm::Milliseconds { seconds * 1000 } else { seconds }))
}

fn percentage(typed: &str, of: PercentageOf) -> Read<Number> {
    let Some(hundredths) = typed.strip_suffix('%') else {
        return plain(typed).map_err(|error| match error {
            TypedError::NotNumber => TypedError::NotPercentage,
            other => other,
        });
    };
    let number = plain(hundredths.trim_end()).map_err(|_| TypedError::NotPercentage)?;
    match of {
        PercentageOf::Hundred => Ok(number),
        PercentageOf::One => number_of(number.as_f64() / 100.0),
    }
}

/// What stands before a sign, and the rest.
fn unsigned(typed: &str) -> (bool, &str) {
    match typed.strip_prefix(['-', MINUS]) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, typed.strip_prefix('+').unwrap_or(typed).trim_start()),
    }
}

/// A number alone: with separated thousands, a power of ten, or `k` and `M` behind it.
fn plain(typed: &str) -> Read<Number> {
    let (negative, number) = unsigned(typed);
    let (number, factor) = match number.strip_suffix(['k', 'K', 'm', 'M']) {
        Some(rest) if number.ends_with(['k', 'K']) => (rest.trim_end(), 1000),
        Some(rest) => (rest.trim_end(), 1_000_000),
        None => (number, 1),
    };
    if !number.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Err(TypedError::NotNumber);
    }
    let digits = without_separators(&number.replace(MINUS, "-"))?;
    if let Ok(int) = digits.parse::<i128>() {
        let int = int.checked_mul(factor).ok_or(TypedError::TooLarge)?;
        return Ok(Number::Int(if negative { -int } else { int }));
    }
    let real: f64 = digits.parse().map_err(|_| TypedError::NotNumber)?;
    let real = real * factor as f64;
    number_of(if negative { -real } else { real })
}

fn number_of(real: f64) -> Read<Number> {
    if !real.is_finite() {
        return Err(TypedError::TooLarge);
    }
    Ok(match Figure::from_f64(real) {
        Figure::Int(int) => Number::Int(int),
        Figure::Real(real) => Number::Real(real),
    })
}

/// Takes out what separates thousands, where there are groups of three digits.
fn without_separators(number: &str) -> Read<String> {
    const SEPARATORS: [char; 7] = [',', ' ', '\u{a0}', '\u{2009}', '\u{202f}', '_', '\''];
    let (whole, rest) = number.split_at(number.find(['.', 'e', 'E']).unwrap_or(number.len()));
    if rest.contains(',') {
        return Err(TypedError::Comma);
    }
    let mut groups = whole.split(SEPARATORS);
    let first = groups.next().unwrap_or_default();
    let others: Vec<&str> = groups.collect();
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(first) || !others.iter().all(|group| are_digits(group)) {
        return Err(TypedError::NotNumber);
    }
    let is_grouped =
        others.is_empty() || (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    match (is_grouped, whole.contains(',')) {
        (true, _) => Ok(format!("{first}{}{rest}", others.concat())),
        (false, true) => Err(TypedError::Comma),
        (false, false) => Err(TypedError::NotNumber),
    }
}
