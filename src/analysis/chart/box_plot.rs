//! Quartiles, whiskers and what stands beyond them.

use super::Groups;
use crate::analysis::{Stop, Stopped, quantile::quantiles};

/// Whiskers reach to the farthest number within so many heights of the box from it.
const REACH: f64 = 1.5;

/// The box of a group. A violin is the box with the group's [density](super::density) around it.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxPlot {
    /// The first quartile. Quartiles between two numbers are interpolated, as spreadsheets do.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The third quartile.
    pub upper: f64,
    /// The least number that is no farther below the box than one and a half of its height.
    pub lower_whisker: f64,
    /// The greatest that is no farther above it.
    pub upper_whisker: f64,
    /// The rows whose numbers are beyond the whiskers, by number, the least first.
    pub outliers: Vec<u32>,
}

/// The box of a group, and how many there are in it.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupBox {
    /// `None` without numbers.
    pub plot: Option<BoxPlot>,
    /// How many rows have a number.
    pub numbers: usize,
    /// How many have none.
    pub missing: usize,
}

/// The box of each group.
///
/// # Errors
/// When `stop` says so.
pub fn boxes(values: &[f64], groups: Groups<'_>, stop: &Stop) -> Result<Vec<GroupBox>, Stopped> {
    stop.check()?;
    groups
        .members(values)
        .into_iter()
        .map(|members| {
            stop.check()?;
            let plot = BoxPlot::of(values, &members.rows);
            Ok(GroupBox { plot, numbers: members.rows.len(), missing: members.missing })
        })
        .collect()
}

impl BoxPlot {
    /// `rows` all hold numbers.
    fn of(values: &[f64], rows: &[u32]) -> Option<Self> {
        let [lower, median, upper] = quantiles(values, rows, [0.25, 0.5, 0.75])?;
        // The height may be more than a double holds: nothing is beyond then.
        let reach = REACH * (upper - lower);
        let (least, greatest) = (lower - reach, upper + reach);
        // An interpolated quartile may be beyond every number within reach: whiskers end at the box.
        let (mut lower_whisker, mut upper_whisker) = (lower, upper);
        let mut outliers = Vec::new();
        for row in rows {
            let value = values[*row as usize];
            if value < least || value > greatest {
                outliers.push(*row);
            } else {
                lower_whisker = lower_whisker.min(value);
                upper_whisker = upper_whisker.max(value);
            }
        }
        outliers.sort_by(|left, right| values[*left as usize].total_cmp(&values[*right as usize]));
        Some(Self { lower, median, upper, lower_whisker, upper_whisker, outliers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> GroupBox {
        boxes(values, Groups::ALL, &Stop::default()).unwrap().remove(0)
    }

    #[test]
    fn whiskers_end_at_numbers_and_outliers_stand_beyond() {
        let found = of(&[100.0, 1.0, 2.0, f64::NAN, 3.0, 4.0, -90.0, 5.0]);
        let plot = found.plot.unwrap();
        assert_eq!((found.numbers, found.missing), (7, 1));
        assert_eq!((plot.lower, plot.median, plot.upper), (1.5, 3.0, 4.5));
        assert_eq!((plot.lower_whisker, plot.upper_whisker), (1.0, 5.0));
        assert_eq!(plot.outliers, [6, 0]);
    }

    #[test]
    fn a_whisker_is_never_inside_the_box() {
        // The upper quartile lies between 1 and the outlier, and no number is between it and the fence.
        let plot = of(&[1.0, 1.0, 1.0, 1e18]).plot.unwrap();
        assert!(plot.upper > 1.0 && plot.upper_whisker >= plot.upper, "{plot:?}");
    }

    #[test]
    fn few_and_extreme_numbers_have_a_box_too() {
        assert_eq!(of(&[]).plot, None);
        let nothing = of(&[f64::NAN, f64::INFINITY]);
        assert_eq!((nothing.plot, nothing.missing), (None, 2));
        let one = of(&[7.0]).plot.unwrap();
        assert_eq!((one.lower, one.upper_whisker, one.outliers.len()), (7.0, 7.0, 0));
        let equal = of(&[3.0; 50]).plot.unwrap();
        assert_eq!((equal.lower_whisker, equal.upper_whisker, equal.outliers.len()), (3.0, 3.0, 0));
        let wide = of(&[f64::MAX, -f64::MAX, 0.0]).plot.unwrap();
        assert_eq!((wide.lower_whisker, wide.upper_whisker), (-f64::MAX, f64::MAX));
    }

    #[test]
    fn each_of_many_groups_has_its_own() {
        let values: Vec<f64> = (0..4000).map(f64::from).collect();
        let of_rows: Vec<u32> = (0..4000).map(|row| row % 41).collect();
        let found = boxes(&values, Groups::new(&of_rows, 40), &Stop::default()).unwrap();
        assert_eq!(found.len(), 40);
        assert_eq!(found.iter().map(|group| group.numbers).sum::<usize>(), 4000 - 97);
        assert_eq!(found[3].plot.as_ref().unwrap().lower_whisker, 3.0);
        let stop = Stop::default();
        stop.stop();
        assert_eq!(boxes(&values, Groups::ALL, &stop), Err(Stopped));
    }
}
