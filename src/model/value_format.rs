use std::{fmt, str::FromStr};

use super::as_text::serde_as_text;

/// The most decimals that a format may ask for: a double holds no more.
const MOST_DECIMALS: u8 = 15;

/// How the values of a stat are written. Its text form, `decimals(2)` or `duration(minutes)`, is
/// what a dictionary file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueFormat {
    /// A whole number: `integer`.
    Integer,
    /// A number with always so many decimals: `decimals(2)`.
    Decimals(u8),
    /// Hundredths of something, with so many decimals: `percentage` (one decimal) or
    /// `percentage(0)` where 45 means 45 %, `share` or `share(0)` where 0.45 does.
    Percentage {
        /// What the value counts.
        of: PercentageOf,
        /// How many decimals the percentage is written with.
        decimals: u8,
    },
    /// A length of time: `duration(seconds)`. `duration` alone means seconds.
    Duration(TimeUnit),
    /// A moment: `date` for texts such as `2026-03-14T09:26:53Z`, `date(seconds)` or
    /// `date(milliseconds)` for numbers that count from 1970.
    Date(DateForm),
    /// As it was sent, digits too: `text`.
    Text,
}

/// What the value of a percentage counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PercentageOf {
    /// 45 means 45 %.
    Hundred,
    /// 0.45 means 45 %.
    One,
}

/// What a number that stands for a length of time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

/// How a moment is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// As text.
    Text,
    /// As seconds since 1970-01-01T00:00:00Z.
    Seconds,
    /// As milliseconds since then.
    Milliseconds,
}

/// A text that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a format is one of integer, decimals(2), percentage, percentage(0), share, duration(seconds), \
     duration(minutes), duration(hours), date, date(seconds) and text"
)]
pub struct FormatError;

impl TimeUnit {
    const ALL: [Self; 5] = [Self::Milliseconds, Self::Seconds, Self::Minutes, Self::Hours, Self::Days];

    /// Its name, in the plural: `seconds`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// How many milliseconds it lasts.
    #[must_use]
    pub fn milliseconds(self) -> i64 {
        match self {
            Self::Milliseconds => 1,
            Self::Seconds => 1000,
            Self::Minutes => 60_000,
            Self::Hours => 3_600_000,
            Self::Days => 86_400_000,
        }
    }
}

impl ValueFormat {
    /// How many decimals a percentage has unless it says so.
    const PERCENTAGE_DECIMALS: u8 = 1;

    /// The format that values of this `type` have unless somebody says otherwise. `None` for
    /// numbers with decimals: those are written with as many as they need.
    #[must_use]
    pub fn of_type(stat_type: &str) -> Option<Self> {
        let is = |name: &str| stat_type.eq_ignore_ascii_case(name);
        if is("Integer") {
            Some(Self::Integer)
        } else if is("DateTime") {
            Some(Self::Date(DateForm::Text))
        } else if is("String") {
            Some(Self::Text)
        } else {
            None
        }
    }
}

impl fmt::Display for ValueFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer => f.write_str("integer"),
            Self::Decimals(decimals) => write!(f, "decimals({decimals})"),
            Self::Percentage { of, decimals } => {
                f.write_str(match of {
                    PercentageOf::Hundred => "percentage",
                    PercentageOf::One => "share",
                })?;
                if *decimals == Self::PERCENTAGE_DECIMALS { Ok(()) } else { write!(f, "({decimals})") }
            }
            Self::Duration(unit) => write!(f, "duration({})", unit.name()),
            Self::Date(DateForm::Text) => f.write_str("date"),
            Self::Date(DateForm::Seconds) => f.write_str("date(seconds)"),
            Self::Date(DateForm::Milliseconds) => f.write_str("date(milliseconds)"),
            Self::Text => f.write_str("text"),
        }
    }
}

impl FromStr for ValueFormat {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let text = text.trim().to_ascii_lowercase();
        let (name, inside) = match text.split_once('(') {
            Some((name, rest)) => (name.trim_end(), Some(rest.strip_suffix(')').ok_or(FormatError)?.trim())),
            None => (text.as_str(), None),
        };
        let decimals = |unless: Option<u8>| match inside {
            None => unless.ok_or(FormatError),
            Some(digits) => digits.parse().ok().filter(|count| *count <= MOST_DECIMALS).ok_or(FormatError),
        };
        let percentage =
            |of| Ok(Self::Percentage { of, decimals: decimals(Some(Self::PERCENTAGE_DECIMALS))? });
        match (name, inside) {
            ("integer", None) => Ok(Self::Integer),
            ("text", None) => Ok(Self::Text),
            ("decimals", _) => decimals(None).map(Self::Decimals),
            ("percentage", _) => percentage(PercentageOf::Hundred),
            ("share", _) => percentage(PercentageOf::One),
            ("duration", _) => {
                let unit = inside.unwrap_or("seconds");
                TimeUnit::ALL
                    .into_iter()
                    .find(|known| known.name().trim_end_matches('s') == unit.trim_end_matches('s'))
                    .map(Self::Duration)
                    .ok_or(FormatError)
            }
            ("date", None) => Ok(Self::Date(DateForm::Text)),
            ("date", Some("seconds")) => Ok(Self::Date(DateForm::Seconds)),
            ("date", Some("milliseconds")) => Ok(Self::Date(DateForm::Milliseconds)),
            _ => Err(FormatError),
        }
    }
}

serde_as_text!(ValueFormat);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let units = TimeUnit::ALL.map(ValueFormat::Duration);
        let percentages = [PercentageOf::One, PercentageOf::Hundred]
            .into_iter()
            .flat_map(|of| (0..=3).map(move |decimals| ValueFormat::Percentage { of, decimals }));
        let dates = [DateForm::Text, DateForm::Seconds, DateForm::Milliseconds].map(ValueFormat::Date);
        let others =
            [ValueFormat::Integer, ValueFormat::Decimals(0), ValueFormat::Decimals(15), ValueFormat::Text];
        for format in units.into_iter().chain(percentages).chain(dates).chain(others) {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
    }

    #[test]
    fn people_write_it_loosely_and_nonsense_is_refused() {
        assert_eq!(" Duration ( Minute ) ".parse(), Ok(ValueFormat::Duration(TimeUnit::Minutes)));
        assert_eq!("duration".parse(), Ok(ValueFormat::Duration(TimeUnit::Seconds)));
        for wrong in
            ["", "decimals", "decimals()", "decimals(16)", "decimals(-1)", "integer(2)", "duration(", "money"]
        {
            assert_eq!(wrong.parse::<ValueFormat>(), Err(FormatError), "{wrong}");
        }
    }
}
