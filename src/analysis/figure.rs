use std::cmp::Ordering;

use super::moments::EXACT_LIMIT;
use crate::model::{Number, ValueRef};

/// A number that was read or worked out: exact where it is an integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// An integer, exactly.
    Int(i128),
    /// Any other number, as near as a double comes.
    Real(f64),
}

impl From<Number> for Figure {
    fn from(number: Number) -> Self {
        match number {
            Number::Int(int) => Self::Int(int),
            Number::Real(real) => Self::from_f64(real),
        }
    }
}

impl Figure {
    /// The number of a value; `None` when it is none.
    #[must_use]
    pub fn of(value: &ValueRef<'_>) -> Option<Self> {
        let number = value.number?;
        if number.abs() < EXACT_LIMIT {
            return Some(Self::from_f64(number));
        }
        Some(value.text.parse().map_or(Self::Real(number), Self::Int))
    }

    /// The figure that a double stands for: an integer where it is one that doubles tell apart.
    #[must_use]
    pub fn from_f64(number: f64) -> Self {
        if number.abs() < EXACT_LIMIT && number.fract() == 0.0 {
            Self::Int(number as i128)
        } else {
            Self::Real(number)
        }
    }

    /// This less `other`: exact between integers, as far as 128 bits reach.
    pub(super) fn minus(self, other: Self) -> Self {
        let exact = match (self, other) {
            (Self::Int(left), Self::Int(right)) => left.checked_sub(right),
            _ => None,
        };
        exact.map_or_else(|| Self::Real(self.as_f64() - other.as_f64()), Self::Int)
    }

    /// As a double.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(int) => int as f64,
            Self::Real(real) => real,
        }
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => left.cmp(&right),
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}
