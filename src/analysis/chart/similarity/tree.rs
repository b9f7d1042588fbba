//! Who comes together with whom: average linkage by chains of nearest neighbours, which takes time
//! and memory by the square of the count.

use crate::analysis::{Stop, Stopped};

/// Two parts that come together. Those of one are told by their place; what the first merge made is
/// told by the count of all, what the second made by one more, and so on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// The two parts.
    pub parts: [u32; 2],
    /// Their mean distance.
    pub distance: f32,
    /// How many are in both together.
    pub count: u32,
}

/// Brings all of `count` together. Parts are made before they are used, but not in the order of
/// their distances.
pub(super) fn merges(
    count: usize,
    distance: impl Fn(usize, usize) -> f32,
    stop: &Stop,
) -> Result<Vec<Merge>, Stopped> {
    let mut distances = Distances::new(count, distance, stop)?;
    let mut merges = Vec::with_capacity(count.saturating_sub(1));
    // For each slot the name of the part in it, and how many are in that.
    let mut parts: Vec<(u32, u32)> = (0..count as u32).map(|place| (place, 1)).collect();
    let mut live: Vec<usize> = (0..count).collect();
    let mut chain: Vec<usize> = Vec::new();
    while live.len() > 1 {
        stop.check()?;
        let Some(end) = chain.last().copied() else {
            chain.push(live[0]);
            continue;
        };
        let before = chain.len().checked_sub(2).map(|before| chain[before]);
        let nearest = distances.nearest(end, before, &live);
        if before != Some(nearest) {
            chain.push(nearest);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (kept, gone) = (end.min(nearest), end.max(nearest));
        let (one, other) = (parts[kept], parts[gone]);
        merges.push(Merge {
            parts: [one.0, other.0],
            distance: distances.of(kept, gone),
            count: one.1 + other.1,
        });
        parts[kept] = (count as u32 + merges.len() as u32 - 1, one.1 + other.1);
        live.retain(|slot| *slot != gone);
        let share = one.1 as f32 / (one.1 + other.1) as f32;
        for slot in live.iter().copied().filter(|slot| *slot != kept) {
            let (one, other) = (distances.of(slot, kept), distances.of(slot, gone));
            let mean = one * share + other * (1.0 - share);
            // Rounded below both, it could lead a chain back into itself.
            distances.set(slot, kept, mean.max(one.min(other)));
        }
    }
    Ok(merges)
}

/// Puts merges in the order of their distances, and names parts by that order.
pub(super) fn sort(merges: &mut [Merge], count: usize) {
    let mut order: Vec<usize> = (0..merges.len()).collect();
    // Stable: of two equal distances, that of the part stays before that of the whole.
    order.sort_by(|left, right| merges[*left].distance.total_cmp(&merges[*right].distance));
    let mut names = vec![0; merges.len()];
    for (place, merge) in order.iter().enumerate() {
        names[*merge] = (count + place) as u32;
    }
    let renamed: Vec<Merge> = order
        .iter()
        .map(|merge| {
            let name = |part: u32| (part as usize).checked_sub(count).map_or(part, |merge| names[merge]);
            Merge { parts: merges[*merge].parts.map(name), ..merges[*merge] }
        })
        .collect();
    merges.copy_from_slice(&renamed);
}

/// The distances of all pairs: for each slot those to the slots before it.
struct Distances(Vec<f32>);

impl Distances {
    fn new(count: usize, distance: impl Fn(usize, usize) -> f32, stop: &Stop) -> Result<Self, Stopped> {
        let mut distances = Vec::with_capacity(count * count.saturating_sub(1) / 2);
        for row in 0..count {
            stop.check()?;
            distances.extend((0..row).map(|column| distance(row, column)));
        }
        Ok(Self(distances))
    }

    fn place(one: usize, other: usize) -> usize {
        let (row, column) = (one.max(other), one.min(other));
        row * (row - 1) / 2 + column
    }

    fn of(&self, one: usize, other: usize) -> f32 {
        self.0[Self::place(one, other)]
    }

    fn set(&mut self, one: usize, other: usize, distance: f32) {
        self.0[Self::place(one, other)] = distance;
    }

    /// The live slot nearest to `slot`; of several that are as near, `preferred`, so that a chain ends.
    fn nearest(&self, slot: usize, preferred: Option<usize>, live: &[usize]) -> usize {
        let mut nearest = preferred.unwrap_or(slot);
        let mut least = preferred.map_or(f32::INFINITY, |preferred| self.of(slot, preferred));
        for other in live.iter().copied().filter(|other| *other != slot) {
            let distance = self.of(slot, other);
            if distance < least || nearest == slot {
                (nearest, least) = (other, distance);
            }
        }
        nearest
    }
}
