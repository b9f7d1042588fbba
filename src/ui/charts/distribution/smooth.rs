//! The smooth curves of a stat: how densely the players of each series stand, as the share of them within
//! a width that the axis names.

use std::f64::consts::LN_10;

use super::cell::{Source, significant};
use crate::{
    analysis::{
        Stop, Stopped,
        chart::{
            Groups,
            density::{Density, GroupDensity, densities, share_width},
            histogram::Bins,
            scale::Scale,
        },
        display,
    },
    ui::charts::axis::Axis,
};

/// A smooth curve is drawn through so many points.
const POINTS: usize = 256;

/// The curves of all series.
pub(super) struct Smooth {
    /// For each series places and heights; none for a series without.
    pub(super) curves: Vec<Vec<(f64, f64)>>,
    /// The greatest of the heights.
    pub(super) most: f64,
    /// What the heights are.
    pub(super) counted: String,
}

impl Smooth {
    /// Of the places of a column on the axis `x`.
    pub(super) fn of(
        source: &Source<'_>,
        (column, x): (usize, &Axis),
        bins: &Bins,
        places: &[f64],
        notes: &mut Vec<String>,
    ) -> Result<Self, Stopped> {
        let entries = &source.series.entries;
        let groups = Groups::new(source.shown, entries.len());
        let found = within_ends(places, groups, bins, source.work.stop)?;
        let lacking: Vec<&str> = found
            .iter()
            .zip(entries.iter())
            .filter(|(group, _)| group.density.is_none() && group.numbers > 0)
            .map(|(_, entry)| entry.name.as_str())
            .collect();
        if !lacking.is_empty() {
            notes.push(format!("No density of {}: it needs two numbers that differ", lacking.join(", ")));
        }
        let densities = found.iter().filter_map(|group| group.density.as_ref());
        let densest = densities.map(Density::greatest).fold(0.0, f64::max);
        let is_moment = source.work.scene.look(column).is_some_and(crate::ui::widgets::grid::Look::is_moment);
        let bin = bins.edges()[1] - bins.edges()[0];
        let (width, counted) = told_width(x, is_moment, bin, densest);
        let curve = |density: Density| {
            let heights = density.heights.iter().enumerate();
            heights.map(|(place, height)| (density.at(place), height * width)).collect()
        };
        let curves = found.into_iter().map(|group| group.density.map(curve).unwrap_or_default()).collect();
        Ok(Self { curves, most: densest * width, counted })
    }
}

/// The densities of all groups, from the least to the greatest place that is drawn: nobody is beyond.
fn within_ends(
    places: &[f64],
    groups: Groups<'_>,
    bins: &Bins,
    stop: &Stop,
) -> Result<Vec<GroupDensity>, Stopped> {
    // What is far away would smooth all that is near into one.
    let near: Vec<f64> =
        places.iter().map(|place| if bins.bin_of(*place).is_some() { *place } else { f64::NAN }).collect();
    let drawn = near.iter().enumerate().filter(|(row, _)| groups.of(*row).is_some());
    let ends = drawn.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), (_, place)| {
        (least.min(*place), greatest.max(*place))
    });
    densities(&near, groups, ends, POINTS, stop)
}

/// The width, in places of the axis, within which no curve has more than all players, and what a share
/// within it is called.
fn told_width(x: &Axis, is_moment: bool, bin: f64, densest: f64) -> (f64, String) {
    match x.scale {
        Scale::Linear if !is_moment => {
            let width = share_width(bin, densest);
            (width, format!("share of players per {}", written(x, width)))
        }
        Scale::Log => {
            let width = share_width(bin, densest);
            let factor = 1.0 + significant((width * LN_10).exp_m1());
            (width, format!("share of players per factor of {}", display::number(factor)))
        }
        // Neither lengths of time between dates nor places of a symlog axis have a number that says more.
        Scale::Linear | Scale::Symlog { .. } => {
            let hundredth = x.fit.1 / 100.0 - x.fit.0 / 100.0;
            let parts = share_width(bin / hundredth, densest * hundredth);
            (parts * hundredth, format!("share of players per {} % of the axis", display::number(parts)))
        }
    }
}

/// A width as the axis writes numbers, unless that has too few decimals for it.
fn written(x: &Axis, width: f64) -> String {
    let text = x.write(width);
    if [0.0, width * 2.0].iter().any(|other| x.write(*other) == text) {
        return display::number(width);
    }
    // A width has no side.
    text.trim_start_matches('+').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::chart::{NO_GROUP, histogram::bins};

    #[test]
    fn curves_end_where_the_numbers_that_are_drawn_do() {
        let places = [0.0, 1.0, 2.0, 4.0, 9.0, 30.0];
        let bins = bins(&places, &Stop::default()).unwrap().unwrap();
        for (last, to) in [(1, 30.0), (NO_GROUP, 9.0)] {
            let groups = [0, 0, 1, 0, 1, last];
            let found = within_ends(&places, Groups::new(&groups, 2), &bins, &Stop::default()).unwrap();
            for density in found.into_iter().filter_map(|group| group.density) {
                assert_eq!((density.from, density.at(POINTS - 1)), (0.0, to));
                assert!(density.heights[0] > 0.0);
            }
        }
        let nobody = within_ends(&places, Groups::new(&[NO_GROUP; 6], 2), &bins, &Stop::default()).unwrap();
        assert!(nobody.iter().all(|group| group.density.is_none()));
    }

    #[test]
    fn the_axis_names_a_width_within_which_are_no_more_than_all() {
        let mut x = Axis::of_counts("Kills", 100.0);
        let told = |x: &Axis, is_moment, bin, densest| told_width(x, is_moment, bin, densest);
        assert_eq!(told(&x, false, 500.0, 0.002), (500.0, "share of players per 500".into()));
        assert_eq!(told(&x, false, 500.0, 0.0031), (200.0, "share of players per 200".into()));
        assert_eq!(told(&x, false, 0.3 - 0.2, 1.0), (0.1, "share of players per 0.1".into()));
        x.fit = (0.0, 1_000.0);
        assert_eq!(told(&x, true, 50.0, 0.02), (50.0, "share of players per 5 % of the axis".into()));
        assert_eq!(told(&x, true, 50.0, 0.03), (20.0, "share of players per 2 % of the axis".into()));
        x.scale = Scale::Log;
        assert_eq!(told(&x, false, 0.1, 2.0), (0.1, "share of players per factor of 1.259".into()));
        assert_eq!(told(&x, false, 0.1, 15.5), (0.05, "share of players per factor of 1.122".into()));
        assert_eq!(told(&x, false, 1.0, 0.5), (1.0, "share of players per factor of 10".into()));
        (x.scale, x.fit) = (Scale::Symlog { unit: 1.0 }, (0.0, 5.0));
        assert_eq!(told(&x, false, 0.1, 20.0), (0.05, "share of players per 1 % of the axis".into()));
    }
}
