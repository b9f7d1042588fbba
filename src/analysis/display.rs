//! How numbers and values are written for the eye. The value as sent stays where it is: what is
//! written here is for reading, not for reckoning.

use std::borrow::Cow;

use super::Figure;
use crate::model::ValueRef;

/// The sign of negative numbers: as wide as a digit, unlike the hyphen.
pub const MINUS: char = '−';
/// From here on a double is written with a power of ten.
const LARGE: f64 = 1e15;
/// Below this a double keeps three significant digits instead of three decimals.
const SMALL: f64 = 0.1;
/// Below this a double is written with a power of ten.
const TINY: f64 = 1e-6;

/// A value as it is shown: integers in groups of three digits and exact whatever their size,
/// doubles with up to three decimals (three significant digits when small), `DateTime`s to the
/// minute, texts as they are.
#[must_use]
pub fn value<'a>(value: &ValueRef<'a>) -> Cow<'a, str> {
    match value.number {
        Some(number) => integer_text(value.text).unwrap_or_else(|| self::number(number).into()),
        None if value.stat_type.as_str().eq_ignore_ascii_case("DateTime") => moment(value.text),
        None => value.text.into(),
    }
}

/// A value as [`value`] shows it, with zeros behind it up to `decimals` where it is a number with
/// fewer: for columns whose decimal points stand below each other.
#[must_use]
pub fn aligned<'a>(value: &ValueRef<'a>, decimals: usize) -> Cow<'a, str> {
    let shown = self::value(value);
    if decimals == 0 || !value.number.is_some_and(is_written_plainly) {
        return shown;
    }
    let has = shown.rfind('.').map_or(0, |point| shown.len() - point - 1);
    if has >= decimals {
        return shown;
    }
    let mut shown = shown.into_owned();
    if has == 0 {
        shown.push('.');
    }
    shown.extend(std::iter::repeat_n('0', decimals - has));
    shown.into()
}

/// Whether a number is written without a power of ten.
pub(super) fn is_written_plainly(number: f64) -> bool {
    number == 0.0 || (TINY..LARGE).contains(&number.abs())
}

/// A figure, as [`value`] shows it.
#[must_use]
pub fn figure(figure: Figure) -> String {
    match figure {
        Figure::Int(int) => grouped(int < 0, &int.unsigned_abs().to_string(), ""),
        Figure::Real(real) => number(real),
    }
}

/// How many there are of something: `12,480`.
#[must_use]
pub fn count(count: usize) -> String {
    grouped(false, &count.to_string(), "")
}

/// A double, as [`value`] shows it. What is not finite is written as it is.
#[must_use]
pub fn number(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() {
        return number.to_string();
    }
    if size == 0.0 {
        return "0".to_owned();
    }
    if size >= LARGE {
        return power_of_ten(number, &format!("{size:.3e}"));
    }
    if size < TINY {
        return power_of_ten(number, &format!("{size:.2e}"));
    }
    let decimals = if size < SMALL { (2.0 - size.log10().floor()) as usize } else { 3 };
    let written = format!("{size:.decimals$}");
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    grouped(number < 0.0, whole, fraction.trim_end_matches('0'))
}

/// `1.230e-7` as `1.23e−7`.
fn power_of_ten(number: f64, written: &str) -> String {
    let (mantissa, power) = written.split_once('e').unwrap_or((written, "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let sign = if number < 0.0 { "−" } else { "" };
    match power.strip_prefix('-') {
        Some(power) => format!("{sign}{mantissa}e{MINUS}{power}"),
        None => format!("{sign}{mantissa}e{power}"),
    }
}

/// An integer of any length from its text; `None` when the text is no plain integer.
fn integer_text(text: &str) -> Option<Cow<'_, str>> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return Some("0".into());
    }
    Some(if !negative && significant.len() <= 3 {
        significant.into()
    } else {
        grouped(negative, significant, "").into()
    })
}

pub(super) fn grouped(negative: bool, digits: &str, fraction: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + fraction.len() + 4);
    if negative {
        out.push(MINUS);
    }
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// `2026-03-14T09:26:53.58Z` as `2026-03-14 09:26`, with the offset where it is not UTC. What does
/// not look like that is left as it is.
pub(super) fn moment(text: &str) -> Cow<'_, str> {
    shortened_moment(text).map_or(text.into(), Cow::Owned)
}

fn shortened_moment(text: &str) -> Option<String> {
    let (head, tail) = text.split_at_checked("2026-03-14T09:26".len())?;
    let fits = head.bytes().zip("dddd-dd-ddTdd:dd".bytes()).all(|(byte, form)| match form {
        b'd' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't' | b' '),
        other => byte == other,
    });
    if !fits {
        return None;
    }
    let offset = tail.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let shown_offset = match offset {
        "" | "Z" | "z" | "+00:00" | "-00:00" => "",
        other if other.starts_with(['+', '-']) => other,
        _ => return None,
    };
    let (day, time) = (&head[..10], &head[11..]);
    let space = if shown_offset.is_empty() { "" } else { " " };
    Some(format!("{day} {time}{space}{shown_offset}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{StatType, WireForm};

    fn shown(text: &str, stat_type: &str) -> String {
        let number = if matches!(stat_type, "Integer" | "Double") { text.parse().ok() } else { None };
        let stat_type = StatType::from_wire(stat_type);
        value(&ValueRef { text, form: WireForm::String, stat_type: &stat_type, number }).into_owned()
    }

    #[test]
    fn integers_are_exact_and_grouped() {
        for (sent, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("999", "999"),
            ("007", "7"),
            ("4531", "4,531"),
            ("-4531", "−4,531"),
            ("-9223372036854775808", "−9,223,372,036,854,775,808"),
            ("18446744073709551615", "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(shown(sent, "Integer"), expected);
        }
    }

    #[test]
    fn doubles_are_short_and_keep_their_sign() {
        for (sent, expected) in [
            ("0.0", "0"),
            ("1.50", "1.5"),
            ("1234.56789", "1,234.568"),
            ("999.99996", "1,000"),
            ("-0.0004", "−0.0004"),
            ("0.00123456", "0.00123"),
            ("-0.000000123", "−1.23e−7"),
            ("5e-324", "4.94e−324"),
            ("1e20", "1e20"),
            ("-123456789012345678.5", "−1.235e17"),
        ] {
            assert_eq!(shown(sent, "Double"), expected);
        }
    }

    #[test]
    fn moments_are_shown_to_the_minute_and_texts_as_they_are() {
        assert_eq!(shown("2026-03-14T09:26:53.58Z", "DateTime"), "2026-03-14 09:26");
        assert_eq!(shown("2026-03-14T09:26:53+02:00", "datetime"), "2026-03-14 09:26 +02:00");
        assert_eq!(shown("2026-03-14T09:26 or so", "DateTime"), "2026-03-14T09:26 or so");
        assert_eq!(shown("2026-03-14Ä9:26:00Z", "DateTime"), "2026-03-14Ä9:26:00Z");
        assert_eq!(shown("yesterday", "DateTime"), "yesterday");
        assert_eq!(shown("2026-03-14T09:26:53Z", "String"), "2026-03-14T09:26:53Z");
        assert_eq!(shown("NaN", "Text"), "NaN");
    }

    #[test]
    fn aligned_numbers_end_in_zeros_and_nothing_else_does() {
        let aligned = |text: &str, stat_type: &str| {
            let number = if stat_type == "Double" { text.parse().ok() } else { None };
            let stat_type = StatType::from_wire(stat_type);
            let value = ValueRef { text, form: WireForm::String, stat_type: &stat_type, number };
            super::aligned(&value, 2).into_owned()
        };
        for (sent, expected) in [
            ("28.1", "28.10"),
            ("-3", "−3.00"),
            ("1234.5", "1,234.50"),
            ("0", "0.00"),
            ("0.00123", "0.00123"),
            ("1e20", "1e20"),
            ("9223372036854775807", "9,223,372,036,854,775,807"),
        ] {
            assert_eq!(aligned(sent, "Double"), expected);
        }
        assert_eq!(aligned("5", "String"), "5");
    }

    #[test]
    fn figures_and_counts_are_grouped_too() {
        assert_eq!(figure(Figure::Int(-1_234_567)), "−1,234,567");
        assert_eq!(figure(Figure::Real(2.0 / 3.0)), "0.667");
        assert_eq!(count(12_480), "12,480");
    }
}
