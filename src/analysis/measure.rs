//! How the values of a column look when they are written: what a grid needs to align and size them.

use super::display;
use crate::model::{Cell, Column};

/// The most decimals to which a column is aligned: those with which [`display::number`] writes.
const MOST_DECIMALS: usize = 3;

/// What the cells of some rows of a column are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// How many hold a value of any kind.
    pub values: usize,
    /// How many of these are no number.
    pub texts: usize,
    /// The most decimals that any number needs, up to three.
    pub decimals: usize,
    /// The row whose value is written with the most characters.
    pub longest: Option<u32>,
}

/// Measures `column` over `rows`. Takes about as long as writing each value once.
///
/// # Panics
/// When a row is not in the column.
#[must_use]
pub fn of(column: &Column, rows: &[u32]) -> Measure {
    let numbers = column.numbers();
    let decimals = rows.iter().map(|row| decimals(numbers[*row as usize])).max().unwrap_or(0);
    let mut measure = Measure { decimals, ..Measure::default() };
    let mut most_characters = 0;
    for row in rows {
        let Cell::Value(value) = column.cell(*row as usize) else { continue };
        measure.values += 1;
        measure.texts += usize::from(value.number.is_none());
        let characters = display::aligned(&value, decimals).chars().count();
        if characters > most_characters {
            most_characters = characters;
            measure.longest = Some(*row);
        }
    }
    measure
}

/// The decimals that [`display::number`] needs for a number.
fn decimals(number: f64) -> usize {
    if number.fract() == 0.0 || !display::is_written_plainly(number) {
        return 0;
    }
    let thousandths = (number.abs() * 1000.0).round();
    let trailing_zeros = [10.0, 100.0, 1000.0].iter().take_while(|unit| thousandths % **unit == 0.0).count();
    MOST_DECIMALS - trailing_zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_that_a_number_is_written_with() {
        for (number, expected) in [
            (0.0, 0),
            (-4.0, 0),
            (1.5, 1),
            (1.25, 2),
            (-4.567_89, 3),
            (2.999_99, 0),
            (0.05, 2),
            (f64::NAN, 0),
            (1e17 + 0.5, 0),
            (1e-9, 0),
        ] {
            assert_eq!(decimals(number), expected, "{number}");
        }
    }
}
