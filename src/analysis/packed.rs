//! Sorting packed integers, no two of which are equal, on two threads.

/// Fewer than these are not worth a second thread.
const WORTH_A_THREAD: usize = 1 << 14;
/// Fewer than these are sorted by comparing.
const WORTH_COUNTING: usize = 1 << 10;
const DIGIT_BITS: u32 = 11;

/// Sorts by comparing.
pub(super) fn by_comparing<T: Ord + Copy + Default + Send + Sync>(values: Vec<T>) -> Vec<T> {
    halved(values, <[T]>::sort_unstable)
}

/// Sorts integers whose lowest `ready` bits ascend already, by counting the digits above them.
pub(super) fn by_counting(values: Vec<u64>, ready: u32) -> Vec<u64> {
    halved(values, |half| count_digits(half, ready))
}

fn halved<T: Ord + Copy + Default + Send + Sync>(
    mut values: Vec<T>,
    sort: impl Fn(&mut [T]) + Sync,
) -> Vec<T> {
    if values.len() < WORTH_A_THREAD {
        sort(&mut values);
        return values;
    }
    let middle = values.len() / 2;
    let (left, right) = values.split_at_mut(middle);
    rayon::join(|| sort(left), || sort(right));
    if left.last() < right.first() {
        return values;
    }
    let mut merged = vec![T::default(); values.len()];
    let (left, right) = values.split_at(middle);
    let (low, high) = merged.split_at_mut(middle);
    rayon::join(|| merge_least(left, right, low), || merge_greatest(left, right, high));
    merged
}

/// Fills `into` with the least of both, in order.
fn merge_least<T: Ord + Copy>(left: &[T], right: &[T], into: &mut [T]) {
    let (mut l, mut r) = (0, 0);
    for slot in into {
        let takes_left = r == right.len() || (l < left.len() && left[l] < right[r]);
        *slot = if takes_left { left[l] } else { right[r] };
        l += usize::from(takes_left);
        r += usize::from(!takes_left);
    }
}

/// Fills `into` with the greatest of both, in order.
fn merge_greatest<T: Ord + Copy>(left: &[T], right: &[T], into: &mut [T]) {
    let (mut l, mut r) = (left.len(), right.len());
    for slot in into.iter_mut().rev() {
        let takes_left = r == 0 || (l > 0 && left[l - 1] > right[r - 1]);
        *slot = if takes_left { left[l - 1] } else { right[r - 1] };
        l -= usize::from(takes_left);
        r -= usize::from(!takes_left);
    }
}

fn count_digits(values: &mut [u64], ready: u32) {
    if values.len() < WORTH_COUNTING {
        values.sort_unstable();
        return;
    }
    let top = values.iter().fold(0, |all, value| all | value);
    let mut from = values.to_vec();
    let mut into = vec![0; values.len()];
    let mut shift = ready;
    while shift < u64::BITS && top >> shift > 0 {
        let digit = |value: u64| (value >> shift) as usize & ((1 << DIGIT_BITS) - 1);
        let mut starts = [0u32; 1 << DIGIT_BITS];
        from.iter().for_each(|value| starts[digit(*value)] += 1);
        let mut next = 0;
        for start in &mut starts {
            next += std::mem::replace(start, next);
        }
        for value in &from {
            let place = &mut starts[digit(*value)];
            into[*place as usize] = *value;
            *place += 1;
        }
        std::mem::swap(&mut from, &mut into);
        shift += DIGIT_BITS;
    }
    values.copy_from_slice(&from);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_sort() {
        for count in [0, 1, 5, 3_000, 40_001] {
            let values: Vec<u64> =
                (0..count).map(|n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) << 16 | n).collect();
            let mut expected = values.clone();
            expected.sort_unstable();
            assert_eq!(by_comparing(values.clone()), expected, "{count}");
            assert_eq!(by_counting(values, 16), expected, "{count}");
        }
    }
}
