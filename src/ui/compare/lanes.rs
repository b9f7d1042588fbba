//! Where the columns of the table stand.

use std::ops::Range;

use super::sheet::{Head, Sheet};

pub(super) const HEAD_HEIGHT: f32 = 96.0;
pub(super) const STAT_HEIGHT: f32 = 34.0;
pub(super) const TITLE_HEIGHT: f32 = 30.0;
/// How wide the names of the stats are, at most and at least.
const NAMES: Range<f32> = 140.0..200.0;
/// How much of the room they may take.
const NAMES_SHARE: f32 = 0.2;
const LEAST: f32 = 132.0;
/// A column takes no more of the room than this when there is more than it needs.
const ENOUGH: f32 = 200.0;
/// The same for a figure to measure by, and the least that it needs.
const MUTED: Range<f32> = 116.0..130.0;
/// The widest that a column gets for its content.
const MOST: f32 = 430.0;
/// About how wide a digit is, and what is beside the digits in a cell.
const DIGIT: f32 = 7.0;
const PADDING: f32 = 32.0;
/// How often a width is halved to find the one that fits: to less than a point.
const HALVINGS: usize = 12;
/// What must be left to scroll in beside pinned columns.
const LEAST_SCROLLED: f32 = 150.0;

/// Where the columns stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lanes {
    /// How wide the names of the stats are.
    pub(super) names: f32,
    /// How many columns stand still beside them.
    pub(super) still: usize,
    /// For each column where it begins behind the names, and how wide it is.
    columns: Vec<(f32, f32)>,
}

impl Lanes {
    pub(super) fn of(sheet: &Sheet, room: f32) -> Self {
        // Whole points, so that hairlines stand where columns end.
        let names = (room * NAMES_SHARE).clamp(NAMES.start, NAMES.end).round();
        let widths = widths(&sheet.heads, room - names);
        let mut at = 0.0;
        let lanes: Vec<(f32, f32)> = widths
            .into_iter()
            .map(|width| {
                at += width;
                (at - width, width)
            })
            .collect();
        let pinned: f32 = lanes[..sheet.pinned].iter().map(|(_, width)| width).sum();
        let all: f32 = lanes.iter().map(|(_, width)| width).sum();
        let fits = names + all <= room || names + pinned + LEAST_SCROLLED <= room;
        Self { names, still: if fits { sheet.pinned } else { 0 }, columns: lanes }
    }

    /// Where a column begins behind the names, and how wide it is.
    pub(super) fn lane(&self, column: usize) -> (f32, f32) {
        self.columns[column]
    }

    pub(super) fn count(&self) -> usize {
        self.columns.len()
    }

    /// How wide all columns are, without the names.
    pub(super) fn width(&self) -> f32 {
        self.columns.last().map_or(0.0, |(from, width)| from + width)
    }

    /// How wide is what stands still: the names, and the columns beside them.
    pub(super) fn still_width(&self) -> f32 {
        self.names + self.columns.get(self.still).map_or_else(|| self.width(), |(from, _)| *from)
    }

    /// The column at `x` from the left edge of the table, when it is scrolled by `scrolled`.
    pub(super) fn column_at(&self, x: f32, scrolled: f32) -> Option<usize> {
        let is_still = x < self.still_width();
        let at = x - self.names + if is_still { 0.0 } else { scrolled };
        let range = if is_still { 0..self.still } else { self.still..self.count() };
        range.into_iter().find(|column| {
            let (from, width) = self.columns[*column];
            (from..from + width).contains(&at)
        })
    }
}

/// As much as the content of each column needs, and what is left for those that have less than the
/// others.
fn widths(heads: &[Head], room: f32) -> Vec<f32> {
    let least = |head: &Head| {
        let least = if head.colour.is_some() { LEAST } else { MUTED.start };
        (head.longest as f32 * DIGIT + PADDING).clamp(least, MOST).round()
    };
    let at = |level: f32| {
        let enough = |head: &Head| if head.colour.is_some() { ENOUGH } else { MUTED.end };
        heads.iter().map(move |head| least(head).max(level.min(enough(head))))
    };
    let (mut low, mut high) = (0.0, ENOUGH);
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(low, high);
        if at(middle).sum::<f32>() <= room { low = middle } else { high = middle }
    }
    let fits = at(low.ceil()).sum::<f32>() <= room;
    at(if fits { low.ceil() } else { low.floor() }).collect()
}

/// The lines within a stretch of height, where one follows on the other.
pub(super) fn in_sight(tops: &[f32], from: f32, to: f32) -> Range<usize> {
    let first = tops.partition_point(|top| *top <= from).saturating_sub(1);
    let last = tops.partition_point(|top| *top < to);
    first..last.max(first).min(tops.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SeriesSlot;

    fn sheet(longest: &[usize], pinned: usize) -> Sheet {
        let head = |longest: &usize| Head {
            colour: Some(SeriesSlot::from_index(0)),
            longest: *longest,
            ..Head::default()
        };
        Sheet { heads: longest.iter().map(head).collect(), pinned, ..Sheet::default() }
    }

    #[test]
    fn columns_share_the_room_and_take_what_their_content_needs() {
        let lanes = Lanes::of(&sheet(&[5, 5, 5], 0), 1_000.0);
        assert_eq!((lanes.names, lanes.lane(1)), (200.0, (200.0, 200.0)));
        let lanes = Lanes::of(&sheet(&[5, 50, 5], 0), 700.0);
        assert_eq!(lanes.lane(0).1, LEAST);
        assert_eq!(lanes.lane(1).1, 50.0 * DIGIT + PADDING);
        assert!(Lanes::of(&sheet(&[], 0), 700.0).width().abs() < f32::EPSILON);
    }

    #[test]
    fn pinned_columns_stand_still_unless_they_leave_no_room() {
        let lanes = Lanes::of(&sheet(&[5; 8], 2), 700.0);
        assert_eq!(lanes.still, 2);
        assert_eq!(lanes.column_at(lanes.names + 5.0, 400.0), Some(0));
        assert_eq!(lanes.column_at(lanes.still_width() + 5.0, 132.0), Some(3));
        assert_eq!(lanes.column_at(5.0, 0.0), None);
        assert_eq!(Lanes::of(&sheet(&[5; 8], 7), 700.0).still, 0);
    }

    #[test]
    fn lines_in_sight_are_those_that_reach_into_it() {
        let tops = [0.0, 30.0, 64.0, 98.0];
        assert_eq!(in_sight(&tops, 0.0, 98.0), 0..3);
        assert_eq!(in_sight(&tops, 30.0, 31.0), 1..2);
        assert_eq!(in_sight(&tops, 65.0, 500.0), 2..3);
        assert_eq!(in_sight(&[0.0], 0.0, 50.0), 0..0);
    }
}
