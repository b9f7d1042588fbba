//! Steps that are easily read: 1, 2 and 5 times a power of ten.

/// A step, and its multiples as the doubles that are nearest to what is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// 1, 2 or 5.
    digit: f64,
    power: i32,
}

/// Powers of ten beyond these are not told apart: doubles end there.
const LEAST_POWER: i32 = -307;
const GREATEST_POWER: i32 = 308;
/// The part of a number below which steps from it are no longer told from it, with some room.
const FINEST: f64 = 1.0 / (1u64 << 48) as f64;

impl Step {
    pub(super) const ONE: Self = Self { digit: 1.0, power: 0 };

    /// The least that is at least `width`.
    pub(super) fn at_least(width: f64) -> Self {
        let mut step = Self::decade(width);
        // A width such as 0.3 may be the least bit above what is written so.
        while step.size() < width * (1.0 - 1e-9) && step.power < GREATEST_POWER {
            step = step.next();
        }
        step
    }

    /// The greatest that is at most `width`.
    pub(super) fn at_most(width: f64) -> Self {
        let mut step = Self::decade(width);
        while step.next().size() <= width && step.power < GREATEST_POWER {
            step = step.next();
        }
        step
    }

    /// That which is nearest to `width` by ratio.
    pub(super) fn nearest(width: f64) -> Self {
        // Half way between 1, 2, 5 and 10, by ratio.
        let mut step = Self::decade(width);
        while step.size() * (step.next().size() / step.size()).sqrt() < width && step.power < GREATEST_POWER {
            step = step.next();
        }
        step
    }

    /// One times a power of ten, no greater than `width`.
    fn decade(width: f64) -> Self {
        let exponent = width.abs().clamp(f64::MIN_POSITIVE, f64::MAX).log10().floor() as i32;
        let power = exponent.clamp(LEAST_POWER, GREATEST_POWER);
        // The logarithm of the number before a power of ten may be rounded up to that of the power.
        let power = if power_of_ten(power) > width { power - 1 } else { power };
        Self { digit: 1.0, power: power.max(LEAST_POWER) }
    }

    /// The next greater.
    pub(super) fn next(self) -> Self {
        match self.digit {
            1.0 => Self { digit: 2.0, ..self },
            2.0 => Self { digit: 5.0, ..self },
            _ => Self { digit: 1.0, power: self.power + 1 },
        }
    }

    /// How wide it is.
    pub(super) fn size(self) -> f64 {
        self.times(1.0)
    }

    /// So many steps from zero.
    pub(super) fn times(self, count: f64) -> f64 {
        decimal(count * self.digit, self.power)
    }

    /// The multiples from the first at or above `from` to the last at or below `to`, counted in steps.
    pub(super) fn between(self, from: f64, to: f64) -> (f64, f64) {
        let size = self.size();
        let (mut first, mut last) = ((from / size).ceil(), (to / size).floor());
        // Division rounds: what is written as a multiple is to be found as one.
        if self.times(first - 1.0) >= from {
            first -= 1.0;
        }
        if self.times(last + 1.0) <= to {
            last += 1.0;
        }
        (first, last)
    }
}

/// The least width of steps that are told apart between two ends.
pub(super) fn finest(from: f64, to: f64) -> f64 {
    (from.abs().max(to.abs()) * FINEST).max(f64::MIN_POSITIVE)
}

/// The double nearest to a power of ten, so many times. It is read from what is written, because
/// multiplying is off by a digit beyond the 22nd power.
pub(super) fn decimal(times: f64, power: i32) -> f64 {
    format!("{times}e{power}").parse().unwrap_or(f64::NAN)
}

/// The double nearest to this power of ten.
pub(super) fn power_of_ten(power: i32) -> f64 {
    decimal(1.0, power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (width, step) in
            [(0.9, 1.0), (1.0, 1.0), (1.1, 2.0), (430.0, 500.0), (5100.0, 10000.0), (0.3, 0.5)]
        {
            assert_eq!(Step::at_least(width).size(), step, "{width}");
        }
        for (width, step) in [(0.9, 1.0), (1.3, 1.0), (1.5, 2.0), (3.1, 2.0), (3.3, 5.0), (7.2, 10.0)] {
            assert_eq!(Step::nearest(width).size(), step, "{width}");
        }
        for (width, step) in [(0.9, 0.5), (1.0, 1.0), (1.9, 1.0), (430.0, 200.0), (9.9, 5.0), (1e300, 1e300)]
        {
            assert_eq!(Step::at_most(width).size(), step, "{width}");
        }
        for width in [f64::MIN_POSITIVE, 5e-324, 1e300, 1e-300, 0.0] {
            let size = Step::at_least(width).size();
            assert!(size > 0.0 && size.is_finite() && size >= width, "{width}: {size}");
        }
    }

    #[test]
    fn multiples_are_what_is_written() {
        let tenth = Step::at_least(0.1);
        let multiples: Vec<f64> = (0..=10).map(|count| tenth.times(f64::from(count))).collect();
        assert_eq!(multiples, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        assert_eq!(Step::at_least(1e25).times(3.0), 3e25);
        assert_eq!(tenth.between(0.3, 0.7), (3.0, 7.0));
    }
}
