//! How closely both stats go together, in words, and the line of it. A few who stand far away from all
//! others would decide both alone: where the first sight leaves them out, the line is that of the others,
//! and both numbers are told.

use super::super::axis::Axis;
use crate::analysis::{
    Stop, Stopped,
    chart::{
        correlation::{Method, correlation},
        scale::Scale,
        scatter::{Area, Point},
        trend::{TrendLine, trend_line},
    },
    display::count,
};

/// What is known of all points that have a place on both axes.
pub(super) struct Together {
    /// The line of those in sight at first; that of all where those have none.
    pub(super) line: Option<TrendLine>,
    /// "r = 0.66 without 1 far away (−0.02 with all)"; `None` where there is no r.
    pub(super) words: Option<String>,
}

impl Together {
    /// Of points on these axes, of which `first` is in sight at first, where that is not all.
    pub(super) fn of(
        [xs, ys]: [&[f64]; 2],
        axes: [&Axis; 2],
        first: Option<Area>,
        stop: &Stop,
    ) -> Result<Self, Stopped> {
        let what = what_r_is_of(axes);
        let (line, r) = (trend_line(xs, ys), correlation(xs, ys, Method::Pearson, stop)?);
        let near = first.map(|area| near(xs, ys, &area)).filter(|[xs, _]| xs.len() < r.pairs);
        let Some([xs, ys]) = near else {
            return Ok(Self { line, words: r.r.map(|r| format!("{what} = {}", signed(r))) });
        };
        let away = format!("{} far away", count(r.pairs - xs.len()));
        let words = match (correlation(&xs, &ys, Method::Pearson, stop)?.r, r.r) {
            (Some(near), Some(all)) => {
                Some(format!("{what} = {} without {away} ({} with all)", signed(near), signed(all)))
            }
            (Some(near), None) => Some(format!("{what} = {} without {away}", signed(near))),
            (None, Some(all)) => Some(format!("{what} = {} with {away}", signed(all))),
            (None, None) => None,
        };
        Ok(Self { line: trend_line(&xs, &ys).or(line), words })
    }
}

/// The points that are within an area.
fn near(xs: &[f64], ys: &[f64], area: &Area) -> [Vec<f64>; 2] {
    let points = xs.iter().zip(ys).map(|(x, y)| Point { x: *x, y: *y });
    let (xs, ys) = points.filter(|point| area.holds(*point)).map(|point| (point.x, point.y)).unzip();
    [xs, ys]
}

/// What r tells of: numbers, or their logs where an axis is one of logs.
fn what_r_is_of([x, y]: [&Axis; 2]) -> String {
    match [x, y].map(|axis| axis.scale != Scale::Linear) {
        [false, false] => "r".into(),
        [true, true] => "r of logs".into(),
        [true, false] => format!("r with log of {}", x.name),
        [false, true] => format!("r with log of {}", y.name),
    }
}

/// r with two decimals and the minus sign that figures have.
fn signed(r: f64) -> String {
    let size = format!("{:.2}", r.abs());
    if r < 0.0 && size != "0.00" { format!("−{size}") } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six who rise, and one far to the right whose y is below their mean.
    const XS: [f64; 7] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1e18];
    const YS: [f64; 7] = [1.0, 3.0, 2.0, 5.0, 4.0, 6.0, 3.0];

    fn of(xs: &[f64], ys: &[f64], first: Option<Area>) -> Together {
        let axis = Axis::of_counts("Kills", 1.0);
        Together::of([xs, ys], [&axis, &axis], first, &Stop::default()).unwrap()
    }

    fn up_to(greatest: f64) -> Area {
        Area::between(Point { x: 0.0, y: 0.0 }, Point { x: greatest, y: 10.0 })
    }

    #[test]
    fn who_is_far_away_does_not_turn_the_line() {
        let found = of(&XS, &YS, Some(up_to(7.0)));
        // 15.5 / 17.5, and, as the six stand on one place beside the seventh,
        // (3 - 24 / 7) / sqrt(6 / 7 * (100 - 24² / 7)).
        assert_eq!(found.words.as_deref(), Some("r = 0.89 without 1 far away (−0.11 with all)"));
        let line = found.line.unwrap();
        assert!((line.slope - 15.5 / 17.5).abs() < 1e-12, "{line:?}");
        assert_eq!((line.centre, line.pairs), ((3.5, 3.5), 6));
    }

    #[test]
    fn where_all_are_in_sight_one_number_is_told() {
        for first in [None, Some(up_to(2e18))] {
            let found = of(&XS, &YS, first);
            assert_eq!(found.words.as_deref(), Some("r = −0.11"));
            assert_eq!(found.line.unwrap().pairs, 7);
        }
    }

    #[test]
    fn what_cannot_be_told_of_the_others_is_told_of_all() {
        let level = of(&[1.0, 2.0, 3.0, 1e9, 2e9], &[4.0, 4.0, 4.0, 4.0, 9.0], Some(up_to(7.0)));
        // All but the last stand on one y: 1 and 2 far away, on the units of the latter.
        assert_eq!(level.words.as_deref(), Some("r = 0.88 with 2 far away"));
        assert_eq!(level.line.unwrap().slope, 0.0);
        let upright = of(&[2.0, 2.0, 2.0, 1e9], &[1.0, 2.0, 3.0, 2.0], Some(up_to(7.0)));
        assert_eq!(upright.words.as_deref(), Some("r = 0.00 with 1 far away"));
        assert_eq!(upright.line.unwrap().pairs, 4, "the others have no line");
        assert_eq!(of(&[1.0, 1e9], &[4.0, 4.0], Some(up_to(7.0))).words, None);
    }
}
