//! How numbers are spread over bins.

use super::{
    Groups,
    nice::{Step, finest},
    numbers::{FARTHEST, STRETCH, Spread, ends, finite},
};
use crate::analysis::{Stop, Stopped, quantile::quantiles};

/// More bins are not told apart by eye. Rounding their width may make them half as many again, and some.
const MOST_BINS: f64 = 120.0;
/// Integers over no more than this each have a bin.
const FEW_INTEGERS: f64 = 30.0;
/// Beyond this, halves are not told from integers.
const LARGEST_INTEGER: f64 = (1u64 << 51) as f64;
/// The share of the numbers, at either end, that may stand beyond the bins.
const TAIL: f64 = 0.005;

/// Where bins begin and end. Each holds its lower edge, the last one its upper edge too.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    edges: Vec<f64>,
    integers: bool,
}

impl Bins {
    /// Bins with these edges: finite, ascending, no two equal. `None` for others.
    #[must_use]
    pub fn new(edges: Vec<f64>) -> Option<Self> {
        let ascend = edges.windows(2).all(|pair| pair[0] < pair[1]);
        let good = edges.len() > 1 && ascend && edges.iter().all(|edge| edge.is_finite());
        good.then_some(Self { edges, integers: false })
    }

    /// How many there are; never none.
    #[must_use]
    pub fn count(&self) -> usize {
        self.edges.len() - 1
    }

    /// Where they begin and end: one more than there are bins.
    #[must_use]
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// Whether each bin is for certain integers: its edges are then half way between two.
    #[must_use]
    pub fn are_of_integers(&self) -> bool {
        self.integers
    }

    /// The bin of a number; `None` for one beyond them, and for none.
    #[must_use]
    pub fn bin_of(&self, value: f64) -> Option<usize> {
        match self.place(value) {
            Place::Bin(bin) => Some(bin),
            _ => None,
        }
    }

    fn place(&self, value: f64) -> Place {
        let last = self.edges[self.count()];
        if !value.is_finite() {
            Place::Nowhere
        } else if value < self.edges[0] {
            Place::Below
        } else if value > last {
            Place::Above
        } else {
            let after = self.edges.partition_point(|edge| *edge <= value);
            Place::Bin(after.min(self.count()) - 1)
        }
    }
}

enum Place {
    Nowhere,
    Below,
    Above,
    Bin(usize),
}

/// Bins that show how numbers are spread: of equal, round width, near to that of Freedman and
/// Diaconis, or to that of Sturges where it is less. Integers over a short range each have their bin.
/// A few numbers very far from the others stand beyond the bins, rather than press all others into
/// one. For several groups on one axis, give the numbers of all. `None` without numbers.
///
/// # Errors
/// When `stop` says so.
pub fn bins(values: &[f64], stop: &Stop) -> Result<Option<Bins>, Stopped> {
    stop.check()?;
    let mut sorted: Vec<f64> = finite(values).map(|value| value.clamp(-FARTHEST, FARTHEST)).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    stop.check()?;
    let (Some(least), Some(greatest)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Ok(None);
    };
    let integers = -LARGEST_INTEGER <= least
        && greatest <= LARGEST_INTEGER
        && sorted.iter().all(|value| value.fract() == 0.0);
    if least == greatest {
        return Ok(Some(single(least, integers)));
    }
    let wanted = width(&sorted, integers);
    let (from, to) = range(&sorted, wanted);
    if from == to {
        return Ok(Some(single(from, integers)));
    }
    let least_width = ((to - from) / MOST_BINS).max(finest(from, to));
    Ok(Some(if integers {
        of_integers(from, to, wanted.max(least_width))
    } else {
        even(from, to, wanted.max(least_width))
    }))
}

/// The width after Freedman and Diaconis: twice the distance of the quartiles, divided by the cube
/// root of how many numbers there are. `None` when it is zero, and without numbers.
#[must_use]
pub fn freedman_diaconis(values: &[f64]) -> Option<f64> {
    let numbers: Vec<f64> = finite(values).map(|value| value.clamp(-FARTHEST, FARTHEST)).collect();
    let rows: Vec<u32> = (0..numbers.len() as u32).collect();
    let [lower, upper] = quantiles(&numbers, &rows, [0.25, 0.75])?;
    let width = 2.0 * (upper - lower) / (numbers.len() as f64).cbrt();
    (width > 0.0).then_some(width)
}

/// The one bin of numbers that are all equal.
fn single(value: f64, integers: bool) -> Bins {
    let half = if integers || value == 0.0 { 0.5 } else { (value.abs() * 0.05).max(f64::MIN_POSITIVE) };
    Bins { edges: vec![value - half, value + half], integers }
}

/// The width that suits numbers, of which at least two are not equal.
fn width(sorted: &[f64], integers: bool) -> f64 {
    let count = sorted.len() as f64;
    let whole = sorted[sorted.len() - 1] - sorted[0];
    let sturges = whole / (count.log2() + 1.0);
    if let Some(width) = freedman_diaconis(sorted) {
        return width.min(sturges);
    }
    // More than half are equal. After Scott then, of what is left without the tails.
    let (from, to) = core(sorted);
    let spread = Spread::of(&sorted[from..=to].iter().copied());
    let deviation = spread.map_or(0.0, |spread| spread.deviation() * spread.unit);
    let scott = 3.49 * deviation / count.cbrt();
    if scott > 0.0 {
        scott.min(sturges)
    } else if integers {
        1.0
    } else {
        sturges
    }
}

/// Where the numbers without the tails begin and end among all, both included. At least one number
/// is taken for a tail at either end, where there are enough.
fn core(sorted: &[f64]) -> (usize, usize) {
    let last = (sorted.len() - 1) as f64;
    let (from, to) = ((TAIL * last).ceil() as usize, ((1.0 - TAIL) * last).floor() as usize);
    if from <= to { (from, to) } else { (0, sorted.len() - 1) }
}

/// From where to where bins of this width are to reach.
fn range(sorted: &[f64], width: f64) -> (f64, f64) {
    let (least, greatest) = (sorted[0], sorted[sorted.len() - 1]);
    let whole = greatest - least;
    if whole <= width * MOST_BINS {
        return (least, greatest);
    }
    let (from, to) = core(sorted);
    let reach = (sorted[to] - sorted[from]) / 2.0;
    let (from, to) = ((sorted[from] - reach).max(least), (sorted[to] + reach).min(greatest));
    // Bins twice as wide are a small price for leaving nobody out.
    if whole <= 2.0 * (to - from) { (least, greatest) } else { (from, to) }
}

fn of_integers(from: f64, to: f64, width: f64) -> Bins {
    let step = if to - from <= FEW_INTEGERS { Step::ONE } else { Step::nearest(width.max(1.0)) };
    let first = (from / step.size()).floor();
    let count = ((to - step.times(first)) / step.size()).floor() as usize + 1;
    let edges = (0..=count).map(|edge| step.times(first + edge as f64) - 0.5).collect();
    Bins { edges, integers: true }
}

fn even(from: f64, to: f64, width: f64) -> Bins {
    let step = Step::nearest(width);
    // Division rounds, and the ends themselves are to be within.
    let (mut first, mut last) = ((from / step.size()).floor(), (to / step.size()).ceil());
    if step.times(first) > from {
        first -= 1.0;
    }
    if step.times(last) < to || last <= first {
        last += 1.0;
    }
    let edges = (0..=(last - first) as usize).map(|edge| step.times(first + edge as f64)).collect();
    Bins { edges, integers: false }
}

/// How many numbers each bin holds, of each group.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// The bins.
    pub bins: Bins,
    /// What each group has in them.
    pub groups: Vec<Counts>,
}

/// What a group has in the bins of a [`Histogram`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// For each bin how many numbers.
    pub bins: Vec<u32>,
    /// How many are less than the first bin begins with.
    pub below: u32,
    /// How many are greater than the last bin ends with.
    pub above: u32,
    /// How many rows have no number.
    pub missing: usize,
}

impl Counts {
    /// How many rows have a number.
    #[must_use]
    pub fn numbers(&self) -> u32 {
        self.below + self.bins.iter().sum::<u32>() + self.above
    }

    /// For each bin how many numbers are in it or before.
    #[must_use]
    pub fn cumulative(&self) -> Vec<u32> {
        let sum = |sum: &mut u32, count: &u32| {
            *sum += count;
            Some(*sum)
        };
        self.bins.iter().scan(self.below, sum).collect()
    }
}

/// Counts numbers into bins. Rows in no group are passed over.
///
/// # Errors
/// When `stop` says so.
pub fn histogram(values: &[f64], groups: Groups<'_>, bins: Bins, stop: &Stop) -> Result<Histogram, Stopped> {
    let none = Counts { bins: vec![0; bins.count()], ..Counts::default() };
    let mut counts = vec![none; groups.count()];
    for (stretch, values) in values.chunks(STRETCH).enumerate() {
        stop.check()?;
        for (row, value) in values.iter().enumerate() {
            let Some(group) = groups.of(stretch * STRETCH + row) else { continue };
            let counts = &mut counts[group];
            match bins.place(*value) {
                Place::Nowhere => counts.missing += 1,
                Place::Below => counts.below += 1,
                Place::Above => counts.above += 1,
                Place::Bin(bin) => counts.bins[bin] += 1,
            }
        }
    }
    Ok(Histogram { bins, groups: counts })
}

/// The part of an axis on which nearly all numbers stand: all of it, unless a few are so far from the
/// others that these could not be told apart. What a chart shows at first. `None` without numbers.
///
/// # Errors
/// When `stop` says so.
pub fn core_range(values: &[f64], stop: &Stop) -> Result<Option<(f64, f64)>, Stopped> {
    let Some(bins) = bins(values, stop)? else { return Ok(None) };
    let (from, to) = (bins.edges[0], bins.edges[bins.count()]);
    Ok(ends(finite(values).filter(|value| (from..=to).contains(value))))
}

#[cfg(test)]
mod tests;
