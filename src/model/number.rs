use std::{
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

/// A number that the user typed: a bound of a filter, a factor. Integers are exact, whatever their
/// size up to 128 bits; all others are finite doubles.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Number {
    /// An integer.
    Int(i128),
    /// Any other number. Finite when it was read from a text.
    Real(f64),
}

/// Why a text is no [`Number`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number: write digits, with a point before decimals, such as 1500 or 0.25")]
pub struct NumberError;

impl Number {
    /// As a double: the nearest one to an integer beyond 2^53.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(int) => int as f64,
            Self::Real(real) => real,
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Takes what people type and what the grid shows: `1500`, `1,500`, `-0.25`, `−3`, `2e6`.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let plain: String = text.trim().replace('−', "-").split(',').collect();
        if let Ok(int) = plain.parse() {
            return Ok(Self::Int(int));
        }
        let real = plain.parse().ok().filter(|real: &f64| real.is_finite());
        real.map(Self::Real).ok_or(NumberError)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => int.fmt(f),
            // With the point that tells it from an integer when it is read again.
            Self::Real(real) => fmt::Debug::fmt(real, f),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => left == right,
            (Self::Real(left), Self::Real(right)) => left.to_bits() == right.to_bits(),
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Int(int) => int.hash(state),
            Self::Real(real) => real.to_bits().hash(state),
        }
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_and_comes_back() {
        for (text, expected) in [
            ("1500", Number::Int(1500)),
            (" 1,500 ", Number::Int(1500)),
            ("−3", Number::Int(-3)),
            ("18446744073709551615", Number::Int(i128::from(u64::MAX))),
            ("0.25", Number::Real(0.25)),
            ("2.0", Number::Real(2.0)),
            ("2e6", Number::Real(2e6)),
        ] {
            let read: Number = text.parse().unwrap();
            assert_eq!(read, expected, "{text}");
            assert_eq!(read.to_string().parse(), Ok(expected), "{text}");
        }
        for text in ["", "many", "NaN", "inf", "1e999", "0x10"] {
            assert_eq!(text.parse::<Number>(), Err(NumberError), "{text}");
        }
    }
}
