//! Where numbers stand on an axis: evenly, by their powers of ten, or by these on both sides of zero.

use std::f64::consts::LN_10;

use super::numbers::{FARTHEST, ends, finite};

/// How an axis runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Scale {
    /// Equal distances are equal differences.
    #[default]
    Linear,
    /// Equal distances are equal ratios. Zero and negative numbers have no place.
    Log,
    /// Near to zero as [`Linear`](Self::Linear), far from it as [`Log`](Self::Log), and that on both
    /// sides. See [`Scale::symlog`].
    Symlog {
        /// The distance from zero at which the one passes into the other: positive and finite.
        unit: f64,
    },
}

/// Numbers by their place on an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// For each row the place; NaN for those without.
    pub places: Vec<f64>,
    /// How many rows have no number.
    pub missing: usize,
    /// How many have one that the axis has no place for.
    pub left_out: usize,
}

/// From where to where an axis runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// Its ends, the lesser first and never equal. `None` when no number has a place.
    pub range: Option<(f64, f64)>,
    /// How many rows have no number.
    pub missing: usize,
    /// How many have one that the axis has no place for.
    pub left_out: usize,
}

impl Scale {
    /// A symlog axis that suits numbers: linear up to the power of ten that one in ten of them, zeros
    /// aside, does not pass.
    #[must_use]
    pub fn symlog(values: &[f64]) -> Self {
        let mut sizes: Vec<f64> = finite(values).map(f64::abs).filter(|size| *size > 0.0).collect();
        let tenth = sizes.len() / 10;
        if sizes.is_empty() {
            return Self::Symlog { unit: 1.0 };
        }
        let (_, size, _) = sizes.select_nth_unstable_by(tenth, f64::total_cmp);
        let power = size.log10().floor().clamp(-300.0, 300.0);
        Self::Symlog { unit: super::nice::power_of_ten(power as i32) }
    }

    /// The place of a number on the axis; NaN when it has none. Places of a log axis are powers of
    /// ten, those of a symlog axis nearly so, far from zero.
    #[must_use]
    pub fn forward(self, value: f64) -> f64 {
        if !value.is_finite() {
            return f64::NAN;
        }
        match self {
            Self::Linear => value,
            Self::Log if value > 0.0 => value.log10(),
            Self::Log => f64::NAN,
            Self::Symlog { unit } => {
                let units = value.abs() / unit;
                // The quotient may be more than a double holds, but not the logarithms.
                let place = if units.is_finite() {
                    units.ln_1p() / LN_10
                } else {
                    value.abs().log10() - unit.log10()
                };
                place.copysign(value)
            }
        }
    }

    /// The number at a place of the axis; NaN for no place. What is more than a double holds is the
    /// greatest that one does.
    #[must_use]
    pub fn inverse(self, place: f64) -> f64 {
        if !place.is_finite() {
            return f64::NAN;
        }
        let value = match self {
            Self::Linear => place,
            Self::Log => 10f64.powf(place),
            Self::Symlog { unit } => {
                let grown = (place.abs() * LN_10).exp_m1();
                let size =
                    if grown.is_finite() { grown * unit } else { 10f64.powf(place.abs() + unit.log10()) };
                size.copysign(place)
            }
        };
        value.clamp(-f64::MAX, f64::MAX)
    }

    /// All numbers by their place.
    #[must_use]
    pub fn apply(self, values: &[f64]) -> Placed {
        let mut placed = Placed { places: Vec::with_capacity(values.len()), ..Placed::default() };
        for value in values {
            let place = self.forward(*value);
            placed.missing += usize::from(!value.is_finite());
            placed.left_out += usize::from(value.is_finite() && place.is_nan());
            placed.places.push(place);
        }
        placed
    }

    /// The ends of an axis for numbers: the least and the greatest that have a place, or, when these
    /// are one, a little to both sides of it. No end is farther from zero than 1e300.
    #[must_use]
    pub fn fit(self, values: &[f64]) -> Fit {
        let is_placed = |value: &f64| self != Self::Log || *value > 0.0;
        let missing = super::numbers::missing(values);
        let placed = finite(values).filter(is_placed);
        let left_out = values.len() - missing - placed.clone().count();
        let range = ends(placed.map(|value| value.clamp(-FARTHEST, FARTHEST)));
        let range = range.map(
            |(least, greatest)| {
                if least < greatest { (least, greatest) } else { self.around(least) }
            },
        );
        Fit { range, missing, left_out }
    }

    /// Ends to both sides of the only number.
    fn around(self, value: f64) -> (f64, f64) {
        if self == Self::Log {
            return (value / 2.0, (value * 2.0).max(f64::MIN_POSITIVE));
        }
        let margin = if value == 0.0 { 1.0 } else { (value.abs() * 0.1).max(f64::MIN_POSITIVE) };
        (value - margin, value + margin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALES: [Scale; 4] =
        [Scale::Linear, Scale::Log, Scale::Symlog { unit: 1.0 }, Scale::Symlog { unit: 1e-3 }];

    #[test]
    fn there_and_back_again() {
        let sizes = [1e-300, 1e-9, 0.25, 1.0, 3.0, 1e6, 9_007_199_254_740_993.0, 1e18, 1e300, f64::MAX];
        for scale in SCALES {
            for value in sizes.into_iter().flat_map(|size| [size, -size]) {
                let place = scale.forward(value);
                if scale == Scale::Log && value < 0.0 {
                    assert!(place.is_nan());
                    continue;
                }
                let back = scale.inverse(place);
                assert!((back / value - 1.0).abs() < 1e-12, "{scale:?}: {value} came back as {back}");
            }
        }
    }

    #[test]
    fn places_rise_with_numbers() {
        let numbers = [-f64::MAX, -1e18, -5.0, -1e-5, 0.0, 1e-5, 0.5, 1.0, 2.0, 1e18, f64::MAX];
        for scale in SCALES {
            let places: Vec<f64> =
                numbers.iter().map(|value| scale.forward(*value)).filter(|place| !place.is_nan()).collect();
            assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{scale:?}: {places:?}");
            assert_eq!(places.len(), if scale == Scale::Log { 6 } else { 11 });
        }
        assert_eq!(Scale::Symlog { unit: 10.0 }.forward(0.0), 0.0);
    }

    #[test]
    fn what_has_no_place_is_counted_and_not_drawn() {
        let values = [0.0, -3.0, 10.0, f64::NAN, 1000.0, f64::INFINITY];
        let placed = Scale::Log.apply(&values);
        assert_eq!((placed.missing, placed.left_out), (2, 2));
        assert_eq!((placed.places[2], placed.places[4]), (1.0, 3.0));
        assert!([0, 1, 3, 5].iter().all(|row: &usize| placed.places[*row].is_nan()));
        assert_eq!(Scale::Log.fit(&values), Fit { range: Some((10.0, 1000.0)), missing: 2, left_out: 2 });
        assert_eq!(Scale::Linear.fit(&values), Fit { range: Some((-3.0, 1000.0)), missing: 2, left_out: 0 });
        assert_eq!(Scale::Log.fit(&[-1.0, 0.0]), Fit { range: None, missing: 0, left_out: 2 });
        assert_eq!(Scale::Linear.fit(&[f64::NAN]), Fit { range: None, missing: 1, left_out: 0 });
    }

    #[test]
    fn axes_of_one_number_have_two_ends() {
        for scale in SCALES {
            for value in [0.0, 5e-324, 1.0, 1e18, f64::MAX, -1e18, -f64::MAX] {
                let Some((from, to)) = scale.fit(&[value, value]).range else { continue };
                assert!(from < to && to - from < f64::INFINITY, "{scale:?}: {value} from {from} to {to}");
            }
        }
    }

    #[test]
    fn symlog_is_linear_where_the_least_are() {
        assert_eq!(Scale::symlog(&[]), Scale::Symlog { unit: 1.0 });
        assert_eq!(Scale::symlog(&[0.0, f64::NAN]), Scale::Symlog { unit: 1.0 });
        assert_eq!(Scale::symlog(&[-40.0, 5000.0, 1e18]), Scale::Symlog { unit: 10.0 });
        assert_eq!(Scale::symlog(&[5e-324]), Scale::Symlog { unit: 1e-300 });
    }
}
