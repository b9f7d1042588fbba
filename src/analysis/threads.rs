//! Spreading work over threads where there is enough of it: handing over a little takes longer than
//! doing it, above all on a busy machine.

use rayon::prelude::*;

/// Items that one thread takes at a time. Fixed, so that the same items always give the same parts.
pub(super) const STRETCH: usize = 1 << 16;

/// Does work where its parts are spread from: each part that is handed over from elsewhere wakes a
/// thread and waits for it.
pub(super) fn inside<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    rayon::scope(|_| work())
}

/// Something for each item, and its place.
pub(super) fn each<T: Sync, R: Send>(items: &[T], of: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let of = |(place, item)| of(place, item);
    if items.len() <= STRETCH {
        items.iter().enumerate().map(of).collect()
    } else {
        items.par_iter().enumerate().map(of).collect()
    }
}

/// Something for each stretch of items, and the place of its first.
pub(super) fn stretches<T: Sync, R: Send>(items: &[T], of: impl Fn(usize, &[T]) -> R + Sync) -> Vec<R> {
    if items.len() <= STRETCH {
        return vec![of(0, items)];
    }
    items.par_chunks(STRETCH).enumerate().map(|(at, items)| of(at * STRETCH, items)).collect()
}

/// The same of both halves.
pub(super) fn halves<T: Sync, R: Send>(items: &[T], of: impl Fn(&[T]) -> R + Sync) -> [R; 2] {
    halves_with(items, [(), ()], |items, ()| of(items))
}

/// The same of both halves, each with what it is given.
pub(super) fn halves_with<T: Sync, G: Send, R: Send>(
    items: &[T],
    [first, second]: [G; 2],
    of: impl Fn(&[T], G) -> R + Sync,
) -> [R; 2] {
    let (left, right) = items.split_at(items.len() / 2);
    if items.len() <= STRETCH {
        return [of(left, first), of(right, second)];
    }
    rayon::join(|| of(left, first), || of(right, second)).into()
}
