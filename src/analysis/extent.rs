//! Between which numbers a column lies: what the heat map shades by.

use crate::model::Column;

/// The least and the greatest number of some cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The least.
    pub least: f64,
    /// The greatest.
    pub greatest: f64,
}

/// The extent of `column` over `rows`; `None` when none of them holds a number.
///
/// # Panics
/// When a row is not in the column.
#[must_use]
pub fn of(column: &Column, rows: &[u32]) -> Option<Extent> {
    let numbers = column.numbers();
    rows.iter().map(|row| numbers[*row as usize]).filter(|number| !number.is_nan()).fold(
        None,
        |extent, number| {
            Some(match extent {
                None => Extent { least: number, greatest: number },
                Some(Extent { least, greatest }) => {
                    Extent { least: least.min(number), greatest: greatest.max(number) }
                }
            })
        },
    )
}

impl Extent {
    /// From the lesser least to the greater greatest.
    pub(super) fn joined(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), greatest: self.greatest.max(other.greatest) }
    }

    /// Where `number` stands between the least (0) and the greatest (1). 0 when the two are equal:
    /// there is nothing to tell apart.
    #[must_use]
    pub fn share(&self, number: f64) -> f32 {
        // Halved first, because the distance of two doubles may be more than a double holds.
        let width = self.greatest / 2.0 - self.least / 2.0;
        if width > 0.0 { ((number / 2.0 - self.least / 2.0) / width).clamp(0.0, 1.0) as f32 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_always_between_none_and_all() {
        let extent = Extent { least: -f64::MAX, greatest: f64::MAX };
        assert_eq!(extent.share(-f64::MAX), 0.0);
        assert_eq!(extent.share(f64::MAX), 1.0);
        assert!((extent.share(0.0) - 0.5).abs() < 1e-6);
        assert_eq!(Extent { least: 7.0, greatest: 7.0 }.share(7.0), 0.0);
    }
}
