//! Sums that neither overflow nor lose small distances on large numbers.

/// Farther from zero than this nothing is placed: the distance of two ends must stay a number.
pub(super) const FARTHEST: f64 = 1e300;
/// So many rows are gone through between two looks at whether to go on.
pub(super) const STRETCH: usize = 1 << 15;

/// Those of `values` that are numbers.
pub(super) fn finite(values: &[f64]) -> impl Iterator<Item = f64> + Clone {
    values.iter().copied().filter(|value| value.is_finite())
}

/// How many of `values` are none.
pub(super) fn missing(values: &[f64]) -> usize {
    values.iter().filter(|value| !value.is_finite()).count()
}

/// The least and the greatest of the numbers.
pub(super) fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |ends, value| {
        Some(
            ends.map_or((value, value), |(least, greatest): (f64, f64)| {
                (least.min(value), greatest.max(value))
            }),
        )
    })
}

/// Where numbers are and how far they spread, in a unit in which none is greater than 2: squares of
/// doubles may be more, or less, than a double holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// A power of two, so that dividing by it rounds nothing.
    pub(super) unit: f64,
    pub(super) count: usize,
    /// In units.
    pub(super) mean: f64,
    /// What the mean has beyond the digits of a double: far from zero, all distances are the less
    /// true for it.
    rest: f64,
    /// The sum of the squared distances from the mean, in squared units. Zero when all are equal.
    pub(super) squares: f64,
}

impl Spread {
    /// `None` without numbers. `values` must all be finite.
    pub(super) fn of(values: &(impl Iterator<Item = f64> + Clone)) -> Option<Self> {
        let (least, greatest) = ends(values.clone())?;
        let unit = power_of_two(least.abs().max(greatest.abs()));
        let scaled = || values.clone().map(|value| value / unit);
        let (count, sum) = scaled().fold((0usize, 0.0), |(count, sum), value| (count + 1, sum + value));
        if least == greatest {
            return Some(Self { unit, count, mean: least / unit, rest: 0.0, squares: 0.0 });
        }
        let near = sum / count as f64;
        // What the first sum rounded away is found in the distances from it.
        let mean = near + scaled().map(|value| value - near).sum::<f64>() / count as f64;
        let rest = scaled().map(|value| value - mean).sum::<f64>() / count as f64;
        let squares = scaled().map(|value| (value - mean - rest).powi(2)).sum();
        Some(Self { unit, count, mean, rest, squares })
    }

    /// The standard deviation as a sample, in units; zero below two numbers.
    pub(super) fn deviation(&self) -> f64 {
        if self.count < 2 { 0.0 } else { (self.squares / (self.count - 1) as f64).sqrt() }
    }

    /// How far a number is from the mean, in units.
    pub(super) fn distance(&self, value: f64) -> f64 {
        value / self.unit - self.mean - self.rest
    }
}

/// The greatest power of two that is no greater than `size`; 1 for zero.
pub(super) fn power_of_two(size: f64) -> f64 {
    if size == 0.0 {
        return 1.0;
    }
    // Without the digits after it, a double is the power alone. Subnormal ones have none of their own.
    f64::from_bits(size.to_bits() & f64::INFINITY.to_bits()).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deviation(values: &[f64]) -> f64 {
        let spread = Spread::of(&values.iter().copied()).unwrap();
        spread.deviation() * spread.unit
    }

    #[test]
    fn deviations_hold_at_any_size() {
        assert_eq!(deviation(&[0.1; 7]), 0.0);
        assert_eq!(deviation(&[7.0]), 0.0);
        assert!((deviation(&[1.0, 2.0, 3.0, 4.0]) - 1.290_994_448_735_805_6).abs() < 1e-15);
        assert!((deviation(&[1e18, 1e18 + 256.0]) - 181.019_335_983_756).abs() < 1e-9);
        let wide = deviation(&[1e308, -1e308]);
        assert!((wide / 1e308 - std::f64::consts::SQRT_2).abs() < 1e-12, "{wide}");
        let narrow = deviation(&[1e-310, 3e-310]);
        assert!((narrow / 1e-310 - std::f64::consts::SQRT_2).abs() < 1e-6, "{narrow}");
        assert!(Spread::of(&[].into_iter()).is_none());
    }

    #[test]
    fn units_are_powers_of_two() {
        for (size, unit) in [(1.0, 1.0), (3.9, 2.0), (0.3, 0.25), (0.0, 1.0)] {
            assert_eq!(power_of_two(size), unit);
        }
        assert!(power_of_two(f64::MAX).is_finite());
        assert!(power_of_two(5e-324) > 0.0);
    }
}
