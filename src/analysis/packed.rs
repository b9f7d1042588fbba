//! Sorting values, no two of which are equal, on two threads.

/// Fewer than these are not worth a second thread.
const WORTH_A_THREAD: usize = 1 << 14;

/// Sorts values, no two of which are equal.
pub(super) fn sorted<T: Ord + Copy + Default + Send + Sync>(mut values: Vec<T>) -> Vec<T> {
    if values.len() < WORTH_A_THREAD {
        values.sort_unstable();
        return values;
    }
    let middle = values.len() / 2;
    let (left, right) = values.split_at_mut(middle);
    rayon::join(|| left.sort_unstable(), || right.sort_unstable());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_are_sorted_as_one() {
        for count in [0u64, 1, 5, 40_001] {
            let values: Vec<u64> = (0..count).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
            let mut expected = values.clone();
            expected.sort_unstable();
            assert_eq!(sorted(values), expected, "{count}");
            assert_eq!(sorted(expected.clone()), expected, "{count}");
        }
    }
}
