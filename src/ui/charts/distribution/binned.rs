//! Players counted into bins: those of the whole axis, and finer ones for a part that was zoomed to.

use std::ops::Range;

use crate::{
    analysis::chart::histogram::{Bins, Counts, Histogram},
    ui::charts::axis::Axis,
};

/// A bin is split into no more parts than a number with so many zeros, and some: edges must be told from
/// each other.
const MOST_TENS: u32 = 6;

/// How many players of each series are in each bin.
#[derive(Debug)]
pub(super) struct Binned {
    histogram: Histogram,
    /// Whether each bin is for certain integers: its edges are then half way between two.
    pub(super) are_integers: bool,
    /// The axis of how many there are. It has no name.
    pub(super) y: Axis,
}

impl Binned {
    pub(super) fn new(histogram: Histogram) -> Self {
        let are_integers = histogram.bins.are_of_integers();
        Self { y: Axis::of_counts("", f64::from(most(&histogram))), histogram, are_integers }
    }

    pub(super) fn bins(&self) -> &Bins {
        &self.histogram.bins
    }

    /// What each series has in the bins.
    pub(super) fn series(&self) -> &[Counts] {
        &self.histogram.groups
    }

    /// How many bins there are.
    pub(super) fn len(&self) -> usize {
        self.histogram.bins.count()
    }

    /// From where to where a bin reaches.
    pub(super) fn edges(&self, bin: usize) -> (f64, f64) {
        let edges = self.histogram.bins.edges();
        (edges[bin], edges[bin + 1])
    }

    /// Where the first begins, and the last ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.edges(0).0, self.edges(self.len() - 1).1)
    }

    /// How many players of all series are in a bin.
    pub(super) fn count(&self, bin: usize) -> usize {
        self.series().iter().map(|counts| counts.bins[bin] as usize).sum()
    }

    /// How many players of one series are in the bin with most of them.
    pub(super) fn most(&self) -> f64 {
        f64::from(most(&self.histogram))
    }

    /// The bins between two places split into parts of equal, round width, as many as suit the players
    /// who are there; whole ones where these suit. `of_series` has the places of each series, ascending.
    /// `None` where nobody is.
    pub(super) fn finer(&self, of_series: &[Vec<f64>], (from, to): (f64, f64)) -> Option<Self> {
        let (first, last) = self.ends();
        let (from, to) = (from.max(first), to.min(last));
        let players: usize = of_series.iter().map(|places| within(places, from, to).len()).sum();
        if players == 0 || from >= to {
            return None;
        }
        let width = self.edges(0).1 - first;
        // After Rice.
        let suiting = 2.0 * (players as f64).cbrt();
        let parts = self.parts(width, suiting * width / (to - from));
        let part = |place: f64| (place - first) / width * parts as f64;
        let seen = part(from).floor() as usize..(part(to).ceil() as usize).min(self.len() * parts);
        let edge = |part: usize| {
            let bin = (part / parts).min(self.len() - 1);
            let (from, to) = self.edges(bin);
            from + (to - from) * (part - bin * parts) as f64 / parts as f64
        };
        let edges: Vec<f64> = (seen.start..=seen.end).map(edge).collect();
        let groups = of_series.iter().map(|places| counts(places, &edges, last)).collect();
        let histogram = Histogram { bins: Bins::new(edges)?, groups };
        Some(Self { are_integers: self.are_integers, ..Self::new(histogram) })
    }

    /// Into how many parts a bin is split, at most so many; 1 when it is not.
    fn parts(&self, width: f64, most: f64) -> usize {
        let tens = (0..=MOST_TENS).map(|power| 10_usize.pow(power));
        let round = tens.flat_map(|ten| [2 * ten, 5 * ten, 10 * ten]);
        let is_whole = |parts: &usize| !self.are_integers || width % *parts as f64 == 0.0;
        round.filter(|parts| *parts as f64 <= most && is_whole(parts)).max().unwrap_or(1)
    }
}

fn most(histogram: &Histogram) -> u32 {
    histogram.groups.iter().flat_map(|counts| &counts.bins).max().copied().unwrap_or_default()
}

/// The places from one to another, both included.
pub(super) fn within(places: &[f64], from: f64, to: f64) -> Range<usize> {
    let first = places.partition_point(|place| *place < from);
    first..places.partition_point(|place| *place <= to).max(first)
}

/// Counts ascending places into bins with these edges. Each bin holds its lower edge, the one that ends
/// at `last` its upper edge too.
fn counts(places: &[f64], edges: &[f64], last: f64) -> Counts {
    let before = |edge: &f64| {
        places.partition_point(|place| if *edge < last { place < edge } else { place <= edge }) as u32
    };
    let before: Vec<u32> = edges.iter().map(before).collect();
    let bins = before.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let all = places.len() as u32;
    let above = all - before[before.len() - 1];
    Counts { bins, below: before[0], above, missing: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        Stop,
        chart::{
            Groups,
            histogram::{bins, histogram},
        },
    };

    fn binned(places: &[f64]) -> Binned {
        let bins = bins(places, &Stop::default()).unwrap().unwrap();
        Binned::new(histogram(places, Groups::ALL, bins, &Stop::default()).unwrap())
    }

    #[test]
    fn finer_bins_hold_the_same_players() {
        for step in [1.0, 0.37] {
            let places: Vec<f64> = (0..4_000).map(|place| f64::from(place * place % 4_001) * step).collect();
            let whole = binned(&places);
            let mut sorted = places.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let (first, last) = whole.ends();
            let (from, to) = (first + (last - first) * 0.31, first + (last - first) * 0.36);
            let finer = whole.finer(&[sorted], (from, to)).unwrap();
            assert!(finer.edges(0).0 <= from && finer.ends().1 >= to);
            for bin in 0..finer.len() {
                let (begin, end) = finer.edges(bin);
                let there = places.iter().filter(|place| (begin..end).contains(*place)).count();
                assert_eq!(finer.count(bin), there, "{begin} to {end}");
                assert!(step != 1.0 || ((end - begin).fract() == 0.0 && begin.fract().abs() == 0.5));
            }
            assert_eq!(finer.series()[0].numbers() as usize, places.len());
        }
    }

    #[test]
    fn the_last_place_is_in_the_last_bin() {
        let places: Vec<f64> = (0..=1_000).map(|place| f64::from(place) / 8.0).collect();
        let whole = binned(&places);
        let (first, last) = whole.ends();
        let finer = whole.finer(std::slice::from_ref(&places), (last - (last - first) / 20.0, last)).unwrap();
        let series = &finer.series()[0];
        assert_eq!((series.above, series.numbers() as usize), (0, places.len()));
    }

    #[test]
    fn few_players_and_single_integers_are_not_split() {
        let whole = binned(&[1.0, 2.0, 5.0, 9.0]);
        let (from, to) = whole.edges(0);
        let few = whole.finer(&[vec![1.0, 2.0, 5.0, 9.0]], (from, to)).unwrap();
        assert_eq!((few.len(), few.edges(0)), (1, (from, to)));
        assert!(whole.finer(&[vec![]], (from, to)).is_none());
        let many: Vec<f64> = (0..30_000).map(|place| f64::from(place / 1_000)).collect();
        let whole = binned(&many);
        let closer = whole.finer(&[many], (4.6, 5.4)).unwrap();
        assert_eq!((closer.len(), closer.edges(0), closer.most()), (1, (4.5, 5.5), 1_000.0));
    }
}
