//! Rows as they are compared, and the order of the leaves of a tree of them.

use super::{Spread, tree::Merge};
use crate::analysis::{Stop, Stopped};

/// The mean distance of two rows that have nothing to do with each other: so far apart are two
/// that have no column in common.
const UNRELATED: f32 = std::f32::consts::SQRT_2;

/// Rows of standardised numbers: the mean of each column is 0, its deviation 1.
pub(super) struct Standard {
    width: usize,
    /// Row by row; NaN where there is none.
    cells: Vec<f32>,
}

impl Standard {
    pub(super) fn new(columns: &[&[f64]], rows: &[u32]) -> Self {
        let mut cells = vec![f32::NAN; columns.len() * rows.len()];
        for (place, column) in columns.iter().enumerate() {
            let values = rows.iter().map(|row| column[*row as usize]);
            let Some(spread) = Spread::of(&values.clone().filter(|value| value.is_finite())) else {
                continue;
            };
            let deviation = spread.deviation();
            for (row, value) in values.enumerate().filter(|(_, value)| value.is_finite()) {
                let standard = if deviation > 0.0 { spread.distance(value) / deviation } else { 0.0 };
                cells[row * columns.len() + place] = standard as f32;
            }
        }
        Self { width: columns.len(), cells }
    }

    pub(super) fn count(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.cells[row * self.width..(row + 1) * self.width]
    }

    pub(super) fn distance(&self, one: usize, other: usize) -> f32 {
        let (mut sum, mut shared) = (0.0, 0.0);
        for (one, other) in self.row(one).iter().zip(self.row(other)) {
            let distance = one - other;
            if !distance.is_nan() {
                sum += distance * distance;
                shared += 1.0;
            }
        }
        if shared > 0.0 { (sum / shared).sqrt() } else { UNRELATED }
    }

    /// The mean of what a row has.
    fn height(&self, row: usize) -> f32 {
        let present = || self.row(row).iter().filter(|value| !value.is_nan());
        present().sum::<f32>() / present().count().max(1) as f32
    }
}

/// The leaves of a tree of rows. Neighbours are alike; the greater end comes first.
pub(super) fn order(merges: &[Merge], rows: &Standard, stop: &Stop) -> Result<Vec<u32>, Stopped> {
    let mut leaves = by_ends(merges, rows.count(), |one, other| rows.distance(one, other), stop)?;
    let half = leaves.len() / 2;
    let height = |leaves: &[u32]| leaves.iter().map(|leaf| rows.height(*leaf as usize)).sum::<f32>();
    if height(&leaves[..half]) < height(&leaves[leaves.len() - half..]) {
        leaves.reverse();
    }
    Ok(leaves)
}

/// The leaves of a tree over `count`. Where two parts come together, each is turned so that the ends
/// that meet are as near as they can be.
pub(super) fn by_ends(
    merges: &[Merge],
    count: usize,
    distance: impl Fn(usize, usize) -> f32,
    stop: &Stop,
) -> Result<Vec<u32>, Stopped> {
    let mut parts: Vec<Vec<u32>> = (0..count as u32).map(|leaf| vec![leaf]).collect();
    for merge in merges {
        stop.check()?;
        let [mut left, mut right] = merge.parts.map(|part| std::mem::take(&mut parts[part as usize]));
        let ends = |part: &[u32]| [part[0] as usize, part[part.len() - 1] as usize];
        let ([left_first, left_last], [right_first, right_last]) = (ends(&left), ends(&right));
        let met = [
            (distance(left_last, right_first), false, false),
            (distance(left_last, right_last), false, true),
            (distance(left_first, right_first), true, false),
            (distance(left_first, right_last), true, true),
        ];
        let nearest = met.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
        let (turns_left, turns_right) = nearest.map_or((false, false), |(_, left, right)| (left, right));
        if turns_left {
            left.reverse();
        }
        if turns_right {
            right.reverse();
        }
        left.append(&mut right);
        parts.push(left);
    }
    Ok(parts.pop().unwrap_or_default())
}
