//! Quantiles, without sorting: only the numbers near the wanted ones are looked at closely.

use super::{moments::each_number, sort::order_bits, threads};

/// Numbers are first told apart by so many of their uppermost bits.
const BUCKET_BITS: u32 = 16;
/// So many numbers are sooner picked out of a copy of them than counted into buckets.
const FEW: usize = 4096;

/// Quantiles of `numbers` at `rows`, for shares from 0 to 1 in ascending order. A quantile that
/// falls between two numbers is interpolated between them (type 7 of Hyndman and Fan: what numpy
/// and spreadsheets do by default). NaNs are passed over; `None` when nothing else is there.
///
/// # Panics
/// When a row is not among the numbers.
#[must_use]
pub fn quantiles<const N: usize>(numbers: &[f64], rows: &[u32], shares: [f64; N]) -> Option<[f64; N]> {
    if rows.len() <= FEW {
        let mut values = Vec::with_capacity(rows.len());
        each_number(numbers, rows, |number| values.extend(Some(number).filter(|number| number.is_finite())));
        let wanted = Wanted::new(shares, values.len())?;
        let places = wanted.places.clone();
        return Some(wanted.among(&mut values, &places));
    }
    let [mut counts, others] = threads::halves(rows, |rows| count(numbers, rows));
    for (count, other) in counts.iter_mut().zip(others) {
        *count += other;
    }
    let wanted = Wanted::new(shares, counts.iter().map(|count| *count as usize).sum())?;
    let near = Near::of(&counts, &wanted.places);
    let [mut values, others] = threads::halves(rows, |rows| near.among(numbers, rows));
    values.extend(others);
    Some(wanted.among(&mut values, &near.places))
}

/// Where the quantiles stand among all numbers, were they sorted.
struct Wanted<const N: usize> {
    exact: [f64; N],
    /// The whole places around them, ascending.
    places: Vec<usize>,
}

impl<const N: usize> Wanted<N> {
    /// `None` when there is no number.
    fn new(shares: [f64; N], count: usize) -> Option<Self> {
        let last = count.checked_sub(1)?;
        let exact = shares.map(|share| share.clamp(0.0, 1.0) * last as f64);
        let mut places: Vec<usize> =
            exact.iter().flat_map(|place| [place.floor() as usize, place.ceil() as usize]).collect();
        places.sort_unstable();
        places.dedup();
        Some(Self { exact, places })
    }

    /// The quantiles, when the wanted places are `places` among `values`.
    fn among(&self, values: &mut [f64], places: &[usize]) -> [f64; N] {
        select(values, 0, places);
        let at = |place: f64| {
            let found = self.places.binary_search(&(place as usize)).unwrap_or_default();
            values[places[found]]
        };
        self.exact.map(|place| between(at(place.floor()), at(place.ceil()), place.fract()))
    }
}

fn count(numbers: &[f64], rows: &[u32]) -> Vec<u32> {
    let mut counts = vec![0u32; 1 << BUCKET_BITS];
    each_number(numbers, rows, |number| counts[bucket(number)] += 1);
    // What is not finite, which is NaN here, has buckets of its own, beyond those of all numbers.
    counts[..=bucket(f64::NEG_INFINITY)].fill(0);
    counts[bucket(f64::INFINITY)..].fill(0);
    counts
}

fn bucket(number: f64) -> usize {
    (order_bits(number) >> (u64::BITS - BUCKET_BITS)) as usize
}

/// The numbers that share a bucket with a wanted one.
struct Near {
    /// Whether a bucket holds any.
    buckets: Vec<bool>,
    /// How many they are.
    count: usize,
    /// Where the wanted ones stand among them, were they sorted.
    places: Vec<usize>,
}

impl Near {
    fn among(&self, numbers: &[f64], rows: &[u32]) -> Vec<f64> {
        let mut found = Vec::with_capacity(self.count);
        each_number(numbers, rows, |number| {
            if self.buckets[bucket(number)] {
                found.push(number);
            }
        });
        found
    }

    /// `places` ascend, each below the sum of `counts`.
    fn of(counts: &[u32], places: &[usize]) -> Self {
        let mut near = Self { buckets: vec![false; counts.len()], count: 0, places: Vec::new() };
        let mut below = 0;
        let mut wanted = places.iter().copied().peekable();
        for (bucket, count) in counts.iter().enumerate() {
            let end = below + *count as usize;
            while let Some(place) = wanted.next_if(|place| *place < end) {
                near.buckets[bucket] = true;
                near.places.push(near.count + place - below);
            }
            near.count += if near.buckets[bucket] { *count as usize } else { 0 };
            below = end;
        }
        near
    }
}

/// From both ends, because the distance of two doubles may be more than a double holds.
fn between(low: f64, high: f64, fraction: f64) -> f64 {
    if low == high { low } else { low * (1.0 - fraction) + high * fraction }
}

/// Brings the numbers to the given places that stand there in a sorted slice, which begins at
/// place `start`. `places` ascend.
fn select(values: &mut [f64], start: usize, places: &[usize]) {
    let Some(place) = places.get(places.len() / 2).copied() else { return };
    let (below, _, above) = values.select_nth_unstable_by(place - start, f64::total_cmp);
    select(below, start, &places[..places.partition_point(|other| *other < place)]);
    select(above, place + 1, &places[places.partition_point(|other| *other <= place)..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_fall_between_numbers() {
        let of = |values: &[f64], share| {
            quantiles(values, &(0..values.len() as u32).collect::<Vec<_>>(), [share]).map(|[found]| found)
        };
        assert_eq!(of(&[], 0.5), None);
        assert_eq!(of(&[7.0], 0.9), Some(7.0));
        assert_eq!(of(&[4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
        assert_eq!(of(&[4.0, 1.0, 3.0, 2.0], 0.1), Some(1.3));
        assert_eq!(of(&[0.0, -0.0, 5.0], 0.5), Some(0.0));
        assert_eq!(of(&[f64::MAX, -f64::MAX], 0.5), Some(0.0));
        let numbers = [3.0, f64::NAN, 1.0, 2.0];
        assert_eq!(quantiles(&numbers, &[0, 1, 2, 3], [0.0, 0.5, 1.0]), Some([1.0, 2.0, 3.0]));
        assert_eq!(quantiles(&numbers, &[1], [0.5]), None);
    }

    #[test]
    fn many_numbers_are_told_apart_as_few_are() {
        for count in [FEW, FEW + 1, 5 * FEW] {
            // Both signs, sizes far apart, and every tenth is none.
            let number = |row: usize| match row % 10 {
                0 => f64::NAN,
                digit => ((row * 7919 % count) as f64 - count as f64 / 3.0) * 1000f64.powf(digit as f64),
            };
            let numbers: Vec<f64> = (0..count).map(number).collect();
            let rows: Vec<u32> = (0..count as u32).collect();
            let mut sorted: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            let shares = [0.0, 0.1, 0.5, 0.9, 1.0];
            let expected = shares.map(|share| {
                let place = share * (sorted.len() - 1) as f64;
                between(sorted[place.floor() as usize], sorted[place.ceil() as usize], place.fract())
            });
            assert_eq!(quantiles(&numbers, &rows, shares), Some(expected), "{count}");
        }
    }
}
