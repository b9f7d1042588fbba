//! The line that runs nearest through points.

use super::{
    correlation::{pearson, together},
    numbers::Spread,
};

/// The line from which the y of points are the least away, by the sum of their squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendLine {
    /// By how much y grows with each x.
    pub slope: f64,
    /// The mean of x and that of y: the line runs through them.
    pub centre: (f64, f64),
    /// How closely the points lie on it: Pearson's r. `None` when all have the same y.
    pub r: Option<f64>,
    /// How many points there are.
    pub pairs: usize,
    /// How many rows lack either number.
    pub missing: usize,
}

impl TrendLine {
    /// The y of the line. Taken from the centre, because far from zero an intercept has no digits left.
    #[must_use]
    pub fn at(&self, x: f64) -> f64 {
        self.centre.1 + self.slope * (x - self.centre.0)
    }

    /// The y of the line where x is zero.
    #[must_use]
    pub fn intercept(&self) -> f64 {
        self.at(0.0)
    }
}

/// The trend of points. `None` when fewer than two have different x, and when its slope is more than
/// a double holds.
///
/// # Panics
/// When there are not as many x as y.
#[must_use]
pub fn trend_line(x: &[f64], y: &[f64]) -> Option<TrendLine> {
    assert_eq!(x.len(), y.len(), "not as many x as y");
    let both = |(x, y): &(&f64, &f64)| x.is_finite() && y.is_finite();
    let (xs, ys): (Vec<f64>, Vec<f64>) = x.iter().zip(y).filter(both).unzip();
    let (x_spread, y_spread) = (Spread::of(&xs.iter().copied())?, Spread::of(&ys.iter().copied())?);
    if x_spread.squares <= 0.0 {
        return None;
    }
    let together = together(&xs, &ys, &x_spread, &y_spread);
    let slope = together / x_spread.squares * (y_spread.unit / x_spread.unit);
    slope.is_finite().then_some(TrendLine {
        slope,
        centre: (x_spread.mean * x_spread.unit, y_spread.mean * y_spread.unit),
        r: pearson(&x_spread, &y_spread, together),
        pairs: xs.len(),
        missing: x.len() - xs.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_among_what_is_missing() {
        let x = [1.0, 2.0, f64::NAN, 3.0, 4.0];
        let y = [3.0, 5.0, 100.0, 7.0, f64::INFINITY];
        let line = trend_line(&x, &y).unwrap();
        assert!((line.slope - 2.0).abs() < 1e-12 && (line.intercept() - 1.0).abs() < 1e-12, "{line:?}");
        assert_eq!((line.pairs, line.missing), (3, 2));
        assert!((line.r.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn lines_far_from_zero_keep_their_digits() {
        let x: Vec<f64> = (0..100).map(|n| 1e15 + f64::from(n)).collect();
        let y: Vec<f64> = (0..100).map(|n| 9e15 - f64::from(n) * 3.0).collect();
        let line = trend_line(&x, &y).unwrap();
        assert!((line.slope + 3.0).abs() < 1e-9, "{line:?}");
        assert!((line.at(1e15) - 9e15).abs() <= 2.0, "{line:?}");
        assert!((line.r.unwrap() + 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_line_has_none() {
        assert_eq!(trend_line(&[], &[]), None);
        assert_eq!(trend_line(&[1.0], &[1.0]), None);
        assert_eq!(trend_line(&[2.0, 2.0, 2.0], &[1.0, 5.0, 9.0]), None);
        assert_eq!(trend_line(&[f64::NAN, 1.0], &[1.0, f64::NAN]), None);
        let level = trend_line(&[1.0, 2.0], &[0.1, 0.1]).unwrap();
        assert_eq!((level.slope, level.r), (0.0, None));
        let wide = trend_line(&[-f64::MAX, f64::MAX], &[-f64::MAX, f64::MAX]).unwrap();
        assert!((wide.slope - 1.0).abs() < 1e-12 && wide.pairs == 2, "{wide:?}");
        assert_eq!(trend_line(&[0.0, 5e-324], &[-1e300, 1e300]), None);
    }
}
