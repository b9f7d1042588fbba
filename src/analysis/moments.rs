//! Count, sum, mean, deviation, least and greatest of many numbers in one pass over their memory.

use std::ops::Range;

use super::threads;

/// The integers below this are doubles, exactly.
pub(super) const EXACT_LIMIT: f64 = 9_007_199_254_740_992.0;
/// Numbers that are looked at while they are in the nearest cache.
const BATCH: usize = 512;
/// A batch of integers no greater than this adds up exactly as doubles.
const SAFE_IN_BATCH: f64 = EXACT_LIMIT / BATCH as f64;
const LANES: usize = 8;
/// 1.5 · 2^52: doubles of this size are integers.
pub(super) const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// What numbers come to. Those that are NaN are passed over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    pub(super) count: usize,
    /// The sum, when all are integers below 2^53.
    pub(super) exact: Option<i128>,
    pub(super) min: f64,
    pub(super) max: f64,
    sum: f64,
    rounded_away: f64,
    mean: f64,
    /// The sum of the squared distances from the mean.
    squares: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self {
            count: 0,
            exact: Some(0),
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            sum: 0.0,
            rounded_away: 0.0,
            mean: 0.0,
            squares: 0.0,
        }
    }
}

/// The moments of `numbers` at `rows`, each of which is there once.
pub(super) fn of(numbers: &[f64], rows: &[u32]) -> Moments {
    let parts = threads::stretches(rows, |_, rows| stretch(numbers, rows));
    parts.into_iter().fold(Moments::default(), Moments::joined)
}

fn stretch(numbers: &[f64], rows: &[u32]) -> Moments {
    let mut moments = Moments::default();
    for rows in rows.chunks(BATCH) {
        let batch = if let Some(run) = as_run(rows) {
            Moments::of_batch(&numbers[run])
        } else {
            let mut batch = [f64::NAN; BATCH];
            for (slot, row) in batch.iter_mut().zip(rows) {
                *slot = numbers[*row as usize];
            }
            Moments::of_batch(&batch)
        };
        moments = moments.joined(batch);
    }
    moments
}

/// Rows that follow on each other without a gap.
fn as_run(rows: &[u32]) -> Option<Range<usize>> {
    let (first, last) = (*rows.first()? as usize, *rows.last()? as usize);
    // Ascending rows, as filters leave them, have no gap when their ends are as far apart as they are many.
    (last + 1 == first + rows.len() && rows.is_sorted()).then_some(first..last + 1)
}

/// Looks at the numbers at some rows, one after the other.
#[inline]
pub(super) fn each_number(numbers: &[f64], rows: &[u32], mut look: impl FnMut(f64)) {
    match as_run(rows) {
        Some(run) => numbers[run].iter().for_each(|number| look(*number)),
        None => rows.iter().for_each(|row| look(numbers[*row as usize])),
    }
}

/// What is found out about a batch at once, all as doubles, of which a processor handles several
/// at a time: each array has a lane for every eighth number.
struct Survey {
    sum: [f64; LANES],
    min: [f64; LANES],
    max: [f64; LANES],
    count: [f64; LANES],
    /// How many are no integers, NaNs among them.
    odd: [f64; LANES],
}

impl Survey {
    fn of(numbers: &[f64]) -> Self {
        let mut survey = Self {
            sum: [0.0; LANES],
            min: [f64::INFINITY; LANES],
            max: [f64::NEG_INFINITY; LANES],
            count: [0.0; LANES],
            odd: [0.0; LANES],
        };
        let (chunks, rest) = numbers.as_chunks::<LANES>();
        for chunk in chunks {
            survey.add(chunk);
        }
        if !rest.is_empty() {
            survey.add(&padded(rest));
        }
        survey
    }

    #[inline]
    fn add(&mut self, chunk: &[f64; LANES]) {
        for (lane, number) in chunk.iter().copied().enumerate() {
            // Added to so large a number, a fraction is rounded away.
            let whole = (number + ROUNDING) - ROUNDING;
            self.odd[lane] += if whole == number { 0.0 } else { 1.0 };
            self.count[lane] += if number.is_nan() { 0.0 } else { 1.0 };
            self.sum[lane] += if number.is_nan() { 0.0 } else { number };
            self.min[lane] = if number < self.min[lane] { number } else { self.min[lane] };
            self.max[lane] = if number > self.max[lane] { number } else { self.max[lane] };
        }
    }
}

/// The last numbers of a batch, filled up with what counts for nothing.
fn padded(rest: &[f64]) -> [f64; LANES] {
    let mut padded = [f64::NAN; LANES];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// The sum of the squared distances from a mean.
fn squares(numbers: &[f64], mean: f64) -> f64 {
    let mut squares = [0.0; LANES];
    let mut add = |chunk: &[f64; LANES]| {
        for (square, number) in squares.iter_mut().zip(chunk) {
            let distance = number - mean;
            *square += if number.is_nan() { 0.0 } else { distance * distance };
        }
    };
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    chunks.iter().for_each(&mut add);
    if !rest.is_empty() {
        add(&padded(rest));
    }
    squares.iter().sum()
}

impl Moments {
    fn of_batch(numbers: &[f64]) -> Self {
        let mut moments = Self::default();
        let survey = Survey::of(numbers);
        let count: f64 = survey.count.iter().sum();
        if count == 0.0 {
            return moments;
        }
        moments.count = count as usize;
        moments.min = survey.min.iter().copied().fold(f64::INFINITY, f64::min);
        moments.max = survey.max.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let fractions =
            survey.odd.iter().sum::<f64>() - (numbers.len().next_multiple_of(LANES) as f64 - count);
        if moments.min >= -SAFE_IN_BATCH && moments.max <= SAFE_IN_BATCH && fractions == 0.0 {
            moments.sum = survey.sum.iter().sum();
            moments.exact = Some(moments.sum as i128);
        } else {
            let present = || numbers.iter().copied().filter(|number| !number.is_nan());
            moments.exact = exact_sum(present());
            present().for_each(|number| moments.add(number));
        }
        moments.mean = moments.sum() / count;
        moments.squares = squares(numbers, moments.mean);
        moments
    }

    /// Adds to the sum, and carries along what the addition rounded away (Neumaier), so that a
    /// small number among large ones is not lost.
    fn add(&mut self, number: f64) {
        let sum = self.sum + number;
        self.rounded_away += if self.sum.abs() >= number.abs() {
            (self.sum - sum) + number
        } else {
            (number - sum) + self.sum
        };
        self.sum = sum;
    }

    /// Both together (Chan et al., for the squares).
    fn joined(mut self, other: Self) -> Self {
        if other.count == 0 {
            return self;
        }
        if self.count == 0 {
            return other;
        }
        let (here, there) = (self.count as f64, other.count as f64);
        let distance = other.mean - self.mean;
        self.squares += other.squares + distance * distance * here * there / (here + there);
        self.mean += distance * there / (here + there);
        self.count += other.count;
        self.exact = self.exact.zip(other.exact).and_then(|(left, right)| left.checked_add(right));
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.add(other.sum);
        self.rounded_away += other.rounded_away;
        self
    }

    /// The sum as near as a double comes; not finite when it is more than one holds.
    pub(super) fn sum(&self) -> f64 {
        self.exact.map_or(self.sum + self.rounded_away, |exact| exact as f64)
    }

    /// The standard deviation of a sample. `None` below two numbers, and when it is more than a
    /// double holds.
    pub(super) fn deviation(&self) -> Option<f64> {
        (self.count > 1)
            .then(|| (self.squares / (self.count - 1) as f64).sqrt())
            .filter(|deviation| deviation.is_finite())
    }

    /// Whether any number may stand for another integer than the one that was sent.
    pub(super) fn is_inexact(&self) -> bool {
        self.count > 0 && (self.min <= -EXACT_LIMIT || self.max >= EXACT_LIMIT)
    }
}

/// Numbers that come one by one.
#[derive(Default)]
pub(super) struct Gathered {
    moments: Moments,
    batch: Vec<f64>,
}

impl Gathered {
    pub(super) fn add(&mut self, number: f64) {
        self.batch.push(number);
        if self.batch.len() == BATCH {
            self.moments = self.all();
            self.batch.clear();
        }
    }

    pub(super) fn all(&self) -> Moments {
        self.moments.joined(Moments::of_batch(&self.batch))
    }
}

fn exact_sum(mut numbers: impl Iterator<Item = f64>) -> Option<i128> {
    numbers.try_fold(0i128, |sum, number| {
        let is_exact = number.abs() < EXACT_LIMIT && number.fract() == 0.0;
        is_exact.then(|| sum + number as i128)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(numbers: &[f64]) -> Moments {
        of(numbers, &(0..numbers.len() as u32).collect::<Vec<_>>())
    }

    #[test]
    fn many_small_deviations_on_a_large_number_are_not_lost() {
        let numbers: Vec<f64> = (0..100_000).map(|n| 1e9 + f64::from(n % 2)).collect();
        let deviation = all(&numbers).deviation().unwrap();
        assert!((deviation - 0.500_002_5).abs() < 1e-9, "{deviation}");
    }

    #[test]
    fn rows_in_any_order_are_looked_up_one_by_one() {
        let numbers = [1.0, f64::NAN, 4.0, 100.0];
        let moments = of(&numbers, &[2, 1, 0]);
        assert_eq!((moments.count, moments.exact, moments.min, moments.max), (2, Some(5), 1.0, 4.0));
        assert_eq!(of(&numbers, &[2, 3, 4 - 3]).exact, Some(104));
    }

    #[test]
    fn small_numbers_among_large_ones_count_across_batches() {
        let mut numbers = vec![1e30];
        numbers.extend([0.1; 2000]);
        numbers.push(-1e30);
        assert!((all(&numbers).sum() - 200.0).abs() < 1e-9);
    }
}
