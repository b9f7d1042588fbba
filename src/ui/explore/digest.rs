use std::sync::Arc;

use egui::Context;

use super::ExploreInput;
use crate::{
    analysis::{self, Extent, Measure, extent, measure},
    model::{RowState, Sort, StatTable},
    ui::background::Background,
};

/// What takes in more cells than these is worked out beside the window.
pub(super) const INLINE_CELLS: usize = 60_000;

/// What is worked out of a table when it changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Digest {
    /// The rows that are shown, in order.
    pub(super) order: Vec<u32>,
    /// By column: between which numbers it lies.
    pub(super) extents: Vec<Option<Extent>>,
    /// By column: what its values are like when written.
    pub(super) measures: Vec<Measure>,
    /// By column: what one player's value is held against.
    pub(super) references: Vec<Option<Reference>>,
}

/// What a value is held against: the median of all players that have one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference {
    pub(crate) median: f64,
    /// How many players have a number.
    pub(crate) count: usize,
    /// How far the farthest of them is from the median.
    pub(crate) reach: f64,
}

#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    sort: Vec<Sort>,
}

/// The order of the rows and what goes with it, kept until table or order change. While values
/// are coming the rows keep their places: they do not jump under the hand.
#[derive(Debug, Default)]
pub(super) struct Rows {
    key: Option<Key>,
    /// The revision whose extents are known, while the order is held.
    seen: u64,
    pub(super) digest: Digest,
    version: usize,
    job: Background<Key, Digest>,
}

impl Rows {
    pub(super) fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Another number whenever the order changed.
    pub(super) fn version(&self) -> usize {
        self.version
    }

    /// Brings the order up to date. Returns whether anything changed.
    pub(super) fn refresh(&mut self, ctx: &Context, input: &ExploreInput<'_>, is_new_shape: bool) -> bool {
        let key = Key { revision: input.revision, sort: input.query.view.sort.clone() };
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        let is_small = input.table.rows().len().saturating_mul(input.table.columns().len()) <= INLINE_CELLS;
        let same_sort = self.key.as_ref().is_some_and(|held| held.sort == key.sort);
        if input.fetching && same_sort && !is_new_shape {
            return self.hold(input, is_small);
        }
        if is_new_shape {
            self.job.clear();
            self.put(Digest { order: shown(input.table).collect(), ..Digest::default() });
        }
        if is_small {
            self.put(Digest::of(input.table, &key.sort));
            self.seen = key.revision;
            self.key = Some(key);
            return true;
        }
        let (table, sort) = (Arc::clone(input.table), key.sort.clone());
        self.job.request(ctx, key.clone(), move || Digest::of(&table, &sort));
        if let Some(digest) = self.job.take(&key) {
            self.put(digest);
            self.key = Some(key);
            return true;
        }
        is_new_shape
    }

    /// Keeps the order; takes out who turned out to stand there already.
    fn hold(&mut self, input: &ExploreInput<'_>, is_small: bool) -> bool {
        if self.seen == input.revision {
            return false;
        }
        self.seen = input.revision;
        let before = self.digest.order.len();
        self.digest.order.retain(|row| !is_duplicate(input.table, *row));
        if self.digest.order.len() != before {
            self.version += 1;
        }
        if is_small {
            let order = std::mem::take(&mut self.digest.order);
            self.digest = Digest::over(input.table, order);
        }
        true
    }

    fn put(&mut self, digest: Digest) {
        self.digest = digest;
        self.version += 1;
    }
}

impl Digest {
    fn of(table: &StatTable, sort: &[Sort]) -> Self {
        Self::over(table, analysis::order(table, sort))
    }

    fn over(table: &StatTable, order: Vec<u32>) -> Self {
        let columns = table.columns();
        Self {
            extents: columns.iter().map(|column| extent::of(column, &order)).collect(),
            measures: columns.iter().map(|column| measure::of(column, &order)).collect(),
            references: columns.iter().map(|column| reference(column.numbers(), &order)).collect(),
            order,
        }
    }
}

fn shown(table: &StatTable) -> impl Iterator<Item = u32> {
    (0..table.rows().len() as u32).filter(|row| !is_duplicate(table, *row))
}

fn is_duplicate(table: &StatTable, row: u32) -> bool {
    matches!(table.rows()[row as usize].state, RowState::DuplicateOf(_))
}

fn reference(numbers: &[f64], rows: &[u32]) -> Option<Reference> {
    let mut values: Vec<f64> =
        rows.iter().map(|row| numbers[*row as usize]).filter(|number| !number.is_nan()).collect();
    let count = values.len();
    let middle = count.checked_sub(1)? / 2;
    let (_, low, above) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let low = *low;
    let median = if count.is_multiple_of(2) {
        // Halved first: the sum of two doubles may be more than a double holds.
        above.iter().copied().min_by(f64::total_cmp).map_or(low, |high| low / 2.0 + high / 2.0)
    } else {
        low
    };
    let reach = values.iter().map(|value| (value - median).abs()).fold(0.0, f64::max);
    Some(Reference { median, count, reach })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_of_those_who_have_a_number() {
        let numbers = [3.0, f64::NAN, 1.0, 10.0, 2.0];
        let of = |rows: &[u32]| reference(&numbers, rows);
        assert_eq!(of(&[0, 1, 2, 3, 4]), Some(Reference { median: 2.5, count: 4, reach: 7.5 }));
        assert_eq!(of(&[0, 1, 2, 4]), Some(Reference { median: 2.0, count: 3, reach: 1.0 }));
        assert_eq!(of(&[1]), None);
    }
}
