//! Values written as the stat dictionary says, and read back from what people type.
//!
//! The value as sent stays where it is: what is written here is for reading, not for reckoning.

mod date;
mod duration;
mod typed;

use std::borrow::Cow;

pub use typed::TypedError;

use super::{
    Figure,
    display::{self, MINUS},
};
use crate::model::{DateForm, Number, PercentageOf, StatTraits, Test, TimeUnit, ValueFormat, ValueRef};

/// Above this a double is written with a power of ten.
const LARGE: f64 = 1e15;

/// How the values of one column are written, and what may be typed for them. Made once a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureFormat {
    format: Option<ValueFormat>,
    unit: String,
}

impl FigureFormat {
    /// As the dictionary says of a stat.
    #[must_use]
    pub fn new(traits: &StatTraits) -> Self {
        Self { format: traits.format, unit: traits.unit.trim().to_owned() }
    }

    /// A format without a unit; `None` writes each number as it needs.
    #[must_use]
    pub fn plain(format: Option<ValueFormat>) -> Self {
        Self { format, unit: String::new() }
    }

    /// How values are written; `None`: each number as it needs.
    #[must_use]
    pub fn format(&self) -> Option<ValueFormat> {
        self.format
    }

    /// The unit to write behind values or into the header; empty where the format has its own.
    #[must_use]
    pub fn unit(&self) -> &str {
        match self.format {
            Some(ValueFormat::Percentage { .. } | ValueFormat::Duration(_) | ValueFormat::Date(_)) => "",
            _ => &self.unit,
        }
    }

    /// A value without its unit: `12,480`, `45.3 %`, `12 h 05 m`. Texts as they are; what does not
    /// fit the format as it would be without one.
    #[must_use]
    pub fn value<'a>(&self, value: &ValueRef<'a>) -> Cow<'a, str> {
        match (self.format, Figure::of(value)) {
            (Some(ValueFormat::Text), _) => value.text.into(),
            (Some(ValueFormat::Date(DateForm::Text)), None) => display::moment(value.text),
            (Some(_), Some(figure)) => self.figure(figure).into(),
            (None, _) | (Some(_), None) => display::value(value),
        }
    }

    /// A figure of this column, without its unit.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> String {
        match self.format {
            None | Some(ValueFormat::Date(DateForm::Text)) => display::figure(figure),
            Some(ValueFormat::Text) => match figure {
                Figure::Int(int) => int.to_string(),
                Figure::Real(real) => display::number(real),
            },
            Some(ValueFormat::Integer) => fixed(figure, 0),
            Some(ValueFormat::Decimals(decimals)) => fixed(figure, decimals.into()),
            Some(ValueFormat::Percentage { of, decimals }) => {
                format!("{} %", fixed(in_hundredths(figure, of), decimals.into()))
            }
            Some(ValueFormat::Duration(unit)) => duration::written(figure, unit),
            Some(ValueFormat::Date(DateForm::Seconds)) => date::written(figure, 1),
            Some(ValueFormat::Date(DateForm::Milliseconds)) => date::written(figure, 1000),
        }
    }

    /// The difference of two figures of this column, with its sign: `+1,234`, `−5 m 07 s`, `0`.
    /// Between two moments lies a length of time; between two percentages, their points.
    #[must_use]
    pub fn difference(&self, figure: Figure) -> String {
        let between = match self.format {
            Some(ValueFormat::Date(DateForm::Seconds)) => Some(ValueFormat::Duration(TimeUnit::Seconds)),
            Some(ValueFormat::Date(DateForm::Milliseconds)) => {
                Some(ValueFormat::Duration(TimeUnit::Milliseconds))
            }
            Some(ValueFormat::Text) => None,
            format => format,
        };
        let written = Self::plain(between).figure(figure);
        // What is too small to be written is no difference.
        let is_zero = !written.contains(|c: char| ('1'..='9').contains(&c));
        if is_zero {
            written.trim_start_matches('−').to_owned()
        } else if figure.as_f64() > 0.0 {
            format!("+{written}")
        } else {
            written
        }
    }

    /// What [`value`](Self::value), [`figure`](Self::figure) or [`difference`](Self::difference)
    /// wrote, with the unit behind it.
    #[must_use]
    pub fn with_unit<'a>(&self, written: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        let written = written.into();
        match self.unit() {
            "" => written,
            unit => format!("{written} {unit}").into(),
        }
    }

    /// The number that somebody typed as a value of this column: `1,234.5`, `45 %`, `1 h 30 m`,
    /// `2026-03-14 09:26`, with or without the unit. A bare number counts as it is sent.
    ///
    /// # Errors
    /// What to type instead.
    pub fn read(&self, typed: &str) -> Result<Number, TypedError> {
        typed::number(typed, self.format, self.unit())
    }

    /// A number as a text that is [read](Self::read) as the same again: as it is shown, unless that is
    /// rounded.
    #[must_use]
    pub fn typed(&self, number: Number) -> String {
        let shown = self.figure(Figure::from(number));
        if self.read(&shown) == Ok(number) { shown } else { number.to_string() }
    }

    /// The condition that somebody typed for this column: `> 1 h 30 m`, `≥ 45 %`, `10..20`,
    /// `10 to 20`, or a value to be equal to. In columns of texts, `= Gold` for the whole text and
    /// anything else for a part of it.
    ///
    /// # Errors
    /// What to type instead.
    pub fn read_test(&self, typed: &str) -> Result<Test, TypedError> {
        typed::test(typed, self.format, self.unit())
    }
}

/// A figure with so many decimals, in groups of three digits.
fn fixed(figure: Figure, decimals: usize) -> String {
    let real = match figure {
        Figure::Int(int) => {
            return display::grouped(int < 0, &int.unsigned_abs().to_string(), &"0".repeat(decimals));
        }
        Figure::Real(real) if !real.is_finite() || real.abs() >= LARGE => return display::number(real),
        Figure::Real(real) => real,
    };
    let written = format!("{:.decimals$}", real.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let is_zero = written.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    display::grouped(real < 0.0 && !is_zero, whole, fraction)
}

fn in_hundredths(figure: Figure, of: PercentageOf) -> Figure {
    match (of, figure) {
        (PercentageOf::Hundred, figure) => figure,
        (PercentageOf::One, Figure::Int(int)) => {
            int.checked_mul(100).map_or(Figure::Real(int as f64 * 100.0), Figure::Int)
        }
        (PercentageOf::One, Figure::Real(real)) => Figure::Real(real * 100.0),
    }
}

/// `text` with the sign of a negative number in front.
fn signed(negative: bool, text: &str) -> String {
    if negative { format!("{MINUS}{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comparison, TextTest};

    fn of(format: &str) -> FigureFormat {
        FigureFormat::plain((!format.is_empty()).then(|| format.parse().unwrap()))
    }

    fn figure(text: &str) -> Figure {
        text.parse().map_or_else(|_| Figure::Real(text.parse().unwrap()), Figure::Int)
    }

    #[test]
    fn figures_are_written_as_the_format_says() {
        for (format, number, expected) in [
            ("", "12480", "12,480"),
            ("", "0.5", "0.5"),
            ("integer", "-1234567", "−1,234,567"),
            ("integer", "9007199254740993", "9,007,199,254,740,993"),
            ("integer", "2.6", "3"),
            ("integer", "-0.2", "0"),
            ("decimals(2)", "1234", "1,234.00"),
            ("decimals(2)", "-1234.567", "−1,234.57"),
            ("decimals(2)", "-0.001", "0.00"),
            ("decimals(3)", "1e20", "1e20"),
            ("percentage", "45.25", "45.2 %"),
            ("percentage(0)", "45", "45 %"),
            ("share", "0.453", "45.3 %"),
            ("share(0)", "1", "100 %"),
            ("share", "-0.29", "−29.0 %"),
            ("text", "1234567", "1234567"),
            ("date(seconds)", "1773480413", "2026-03-14 09:26"),
            ("date(milliseconds)", "-1", "1969-12-31 23:59"),
            ("date(seconds)", "951782400", "2000-02-29 00:00"),
            ("date(seconds)", "1e30", "1e30"),
            ("duration(minutes)", "725", "12 h 05 m"),
            ("duration(seconds)", "43533", "12 h 05 m"),
            ("duration(seconds)", "307", "5:07"),
            ("duration(seconds)", "76.25", "1:16.250"),
            ("duration(seconds)", "61.5", "1:01.500"),
            ("duration(seconds)", "59.9996", "1:00.000"),
            ("duration(seconds)", "7.25", "7.250 s"),
            ("duration(milliseconds)", "1500", "1.500 s"),
            ("duration(minutes)", "45", "45 m"),
            ("duration(minutes)", "0.5", "30 s"),
            ("duration(minutes)", "45.5", "45 m 30 s"),
            ("duration(hours)", "1234.5", "1,234 h 30 m"),
            ("duration(hours)", "3", "3 h"),
            ("duration(days)", "2", "48 h"),
            ("duration(minutes)", "0", "0 m"),
            ("duration(seconds)", "-5400", "−1 h 30 m"),
            ("duration(hours)", "1e40", "1e40 h"),
        ] {
            assert_eq!(of(format).figure(figure(number)), expected, "{number} as {format}");
        }
    }

    #[test]
    fn differences_have_a_sign() {
        for (format, number, expected) in [
            ("integer", "1234", "+1,234"),
            ("integer", "-1234", "−1,234"),
            ("integer", "0", "0"),
            ("percentage", "1.5", "+1.5 %"),
            ("duration(seconds)", "-307", "−5:07"),
            ("date(seconds)", "5400", "+1 h 30 m"),
            ("decimals(2)", "0.0000001", "0.00"),
            ("decimals(2)", "-0.0000001", "0.00"),
        ] {
            assert_eq!(of(format).difference(figure(number)), expected);
        }
    }

    #[test]
    fn a_unit_stands_behind_unless_the_format_has_one() {
        let kilometres = FigureFormat { unit: "km".into(), ..of("decimals(1)") };
        assert_eq!(kilometres.with_unit(kilometres.figure(figure("12.34"))), "12.3 km");
        let share = FigureFormat { unit: "km".into(), ..of("share") };
        assert_eq!(share.with_unit("45.3 %"), "45.3 %");
        assert_eq!(kilometres.read("12.5 KM"), Ok(Number::Real(12.5)));
        assert_eq!(kilometres.read("12km"), Ok(Number::Int(12)));
    }

    #[test]
    fn what_people_type_is_read() {
        let int = Number::Int;
        let real = Number::Real;
        for (format, typed, expected) in [
            ("", "1,234.5", real(1234.5)),
            ("", " 1 234 567 ", int(1_234_567)),
            ("", "−1,234", int(-1234)),
            ("", "+5", int(5)),
            ("", "18446744073709551615", int(u64::MAX.into())),
            ("", "1.5k", int(1500)),
            ("", "2 M", int(2_000_000)),
            ("", "1.23e−7", real(1.23e-7)),
            ("", ".5", real(0.5)),
            ("integer", "1'000", int(1000)),
            ("percentage", "45 %", int(45)),
            ("percentage", "45.5", real(45.5)),
            ("share", "45 %", real(0.45)),
            ("share", "0.45", real(0.45)),
            ("share", "100%", int(1)),
            ("duration(minutes)", "1 h 30 m", int(90)),
            ("duration(minutes)", "1h30", int(90)),
            ("duration(seconds)", "1 h 30 m", int(5400)),
            ("duration(seconds)", "1:30:00", int(5400)),
            ("duration(seconds)", "1:30", int(90)),
            ("duration(minutes)", "1:30", int(90)),
            ("duration(seconds)", "1:16.250", real(76.25)),
            ("duration(seconds)", "1 m 16.25 s", real(76.25)),
            ("duration(seconds)", "90 min", int(5400)),
            ("duration(hours)", "1 day, 2 hours and 30 minutes", real(26.5)),
            ("duration(seconds)", "1500 ms", real(1.5)),
            ("duration(minutes)", "1,500", int(1500)),
            ("duration(minutes)", "−1 h 30 m", int(-90)),
            ("date(seconds)", "2026-03-14 09:26", int(1_773_480_360)),
            ("date(seconds)", "2026-03-14", int(1_773_446_400)),
            ("date(milliseconds)", "1970-01-01T00:00:01", int(1000)),
            ("date(seconds)", "1,000", int(1000)),
        ] {
            assert_eq!(of(format).read(typed), Ok(expected), "{typed} as {format}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_type() {
        for (format, typed, expected) in [
            ("", "", "type a number"),
            ("", "many", "type a number"),
            ("", "1,5", "write a point before decimals"),
            ("", "1.234,5", "write a point before decimals"),
            ("", "12,34,567", "write a point before decimals"),
            ("", "NaN", "type a number"),
            ("", "1e999", "larger"),
            ("", "45 %", "no percentage"),
            ("percentage", "a lot %", "type a percentage"),
            ("duration(seconds)", "1 h 30 x", "type a length of time"),
            ("duration(seconds)", "1:99", "type a length of time"),
            ("duration(seconds)", "h", "type a length of time"),
            ("duration(seconds)", "1 30", "type a length of time"),
            ("date(seconds)", "2026-02-30", "type a day"),
            ("date(seconds)", "14.3.2026", "type a day"),
        ] {
            let error = of(format).read(typed).expect_err(typed).to_string();
            assert!(error.to_lowercase().contains(expected), "{typed}: {error}");
        }
    }

    #[test]
    fn conditions_are_read_as_people_type_them() {
        let compare = |comparison, number| Test::Compare(comparison, number);
        for (format, typed, expected) in [
            ("duration(minutes)", "> 1 h 30 m", compare(Comparison::Greater, Number::Int(90))),
            ("share", "≥ 45 %", compare(Comparison::AtLeast, Number::Real(0.45))),
            ("", ">=1,234.5", compare(Comparison::AtLeast, Number::Real(1234.5))),
            ("", "<> 5", compare(Comparison::NotEqual, Number::Int(5))),
            ("", "5", compare(Comparison::Equal, Number::Int(5))),
            ("", "10..20", Test::Between(Number::Int(10), Number::Int(20))),
            ("", "20 to 10", Test::Between(Number::Int(10), Number::Int(20))),
            ("duration(minutes)", "1 h – 2 h", Test::Between(Number::Int(60), Number::Int(120))),
            ("text", "Gold", Test::Text(TextTest::Contains("Gold".into()))),
            ("text", "= Gold", Test::Text(TextTest::Equals("Gold".into()))),
            ("text", ">= Gold", Test::Text(TextTest::Contains(">= Gold".into()))),
        ] {
            assert_eq!(of(format).read_test(typed), Ok(expected), "{typed}");
        }
        for wrong in ["", ">", "> x", "10..", "..", "text > 5"] {
            assert!(of("").read_test(wrong).is_err(), "{wrong}");
        }
    }
}
