//! Quantiles, by selecting instead of sorting.

use rayon::prelude::*;

/// Fewer numbers than these are not worth a second thread.
const WORTH_A_THREAD: usize = 1 << 14;

/// Quantiles of `numbers` at `rows`, for shares from 0 to 1 in ascending order. A quantile that
/// falls between two numbers is interpolated between them (type 7 of Hyndman and Fan: what numpy
/// and spreadsheets do by default). NaNs are passed over; `None` when nothing else is there.
pub(super) fn quantiles<const N: usize>(numbers: &[f64], rows: &[u32], shares: [f64; N]) -> Option<[f64; N]> {
    let parts: Vec<Vec<f64>> = rows
        .par_chunks(WORTH_A_THREAD)
        .map(|rows| rows.iter().map(|row| numbers[*row as usize]).filter(|number| !number.is_nan()).collect())
        .collect();
    of_values(&mut parts.concat(), shares)
}

/// The same of plain numbers without NaN, which are put in another order.
pub(super) fn of_values<const N: usize>(values: &mut [f64], shares: [f64; N]) -> Option<[f64; N]> {
    let last = values.len().checked_sub(1)?;
    let exact = shares.map(|share| share.clamp(0.0, 1.0) * last as f64);
    let places = exact.map(|place| place.floor() as usize);
    select(values, 0, &places);
    let mut found = [0.0; N];
    for (at, place) in places.into_iter().enumerate() {
        let low = values[place];
        let fraction = exact[at] - place as f64;
        found[at] = if fraction > 0.0 {
            // What stands behind a selected place up to the next one is not less than either end.
            let end = places.iter().copied().find(|next| *next > place).map_or(values.len(), |next| next + 1);
            let high = values[place + 1..end].iter().copied().fold(f64::INFINITY, f64::min);
            between(low, high, fraction)
        } else {
            low
        };
    }
    Some(found)
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
    let left = &places[..places.partition_point(|other| *other < place)];
    let right = &places[places.partition_point(|other| *other <= place)..];
    if below.len().min(above.len()) < WORTH_A_THREAD {
        select(below, start, left);
        select(above, place + 1, right);
    } else {
        rayon::join(|| select(below, start, left), || select(above, place + 1, right));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_fall_between_numbers() {
        let of = |values: &[f64], share| of_values(&mut values.to_vec(), [share]).map(|[found]| found);
        assert_eq!(of(&[], 0.5), None);
        assert_eq!(of(&[7.0], 0.9), Some(7.0));
        assert_eq!(of(&[4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
        assert_eq!(of(&[4.0, 1.0, 3.0, 2.0], 0.1), Some(1.3));
        assert_eq!(of(&[f64::MAX, -f64::MAX], 0.5), Some(0.0));
        let numbers = [3.0, f64::NAN, 1.0, 2.0];
        assert_eq!(quantiles(&numbers, &[0, 1, 2, 3], [0.0, 0.5, 1.0]), Some([1.0, 2.0, 3.0]));
        assert_eq!(quantiles(&numbers, &[1], [0.5]), None);
    }
}
