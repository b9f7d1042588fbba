use egui::{Rangef, Rect, Ui};

use super::super::{Requests, view::Column};
use crate::ui::theme::{HAIRLINE, palette};

/// A column that is shown, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lane {
    pub(super) column: Column,
    /// From the left side of the table.
    pub(super) left: f32,
    pub(super) width: f32,
}

impl Lane {
    /// Its part of a row.
    pub(super) fn of(&self, row: Rect) -> Rect {
        let left = row.left() + self.left;
        Rect::from_x_y_ranges(Rangef::new(left, left + self.width), row.y_range())
    }
}

/// Width of the columns with figures, in points, in the order in which they stand.
const FIXED: [(Column, f32); 6] = [
    (Column::Service, 74.0),
    (Column::Status, 82.0),
    (Column::Tries, 56.0),
    (Column::Values, 70.0),
    (Column::Size, 72.0),
    (Column::Time, 80.0),
];
/// What is left out first where the table is narrow: the inspector tells it all.
const LEFT_OUT: [Column; 5] =
    [Column::Size, Column::Values, Column::Service, Column::Waterfall, Column::Tries];
const LEAST_REQUEST: f32 = 150.0;
const MOST_REQUEST: f32 = 340.0;
const LEAST_WATERFALL: f32 = 110.0;
/// What most titles need.
const USUAL_REQUEST: f32 = 190.0;
/// Which part of what the figures leave the titles get; the waterfall has the rest.
const REQUEST_SHARE: f32 = 0.42;

/// The columns that there is room for, left to right.
pub(super) fn lanes(state: &Requests, room: f32) -> Vec<Lane> {
    let greatest = state.log.last().map_or(0, |last| last.id.0);
    fitting(digits(greatest), room)
}

fn digits(number: u64) -> u32 {
    number.checked_ilog10().unwrap_or(0) + 1
}

fn fitting(digits: u32, room: f32) -> Vec<Lane> {
    let number = 22.0 + 8.0 * digits.max(2) as f32;
    let mut left_out = Vec::new();
    let needed = |left_out: &[Column]| {
        let figures: f32 = FIXED.iter().filter(|(c, _)| !left_out.contains(c)).map(|(_, width)| width).sum();
        let waterfall = if left_out.contains(&Column::Waterfall) { 0.0 } else { LEAST_WATERFALL };
        (number + figures, number + figures + LEAST_REQUEST + waterfall)
    };
    for column in LEFT_OUT {
        if needed(&left_out).1 <= room {
            break;
        }
        left_out.push(column);
    }
    let free = (room - needed(&left_out).0).max(LEAST_REQUEST);
    let has_waterfall = !left_out.contains(&Column::Waterfall);
    let request = if has_waterfall {
        let usual = USUAL_REQUEST.min(free - LEAST_WATERFALL).max(LEAST_REQUEST);
        (free * REQUEST_SHARE).clamp(usual, MOST_REQUEST).floor()
    } else {
        free
    };
    let mut widths = vec![(Column::Number, number), (Column::Request, request)];
    widths.extend(FIXED.iter().filter(|(column, _)| !left_out.contains(column)));
    if has_waterfall {
        widths.push((Column::Waterfall, free - request));
    }
    let mut left = 0.0;
    let lane = |(column, width)| {
        let lane = Lane { column, left, width };
        left += width;
        lane
    };
    widths.into_iter().map(lane).collect()
}

/// The lines between the columns.
pub(super) fn lines_ui(ui: &Ui, rect: Rect, lanes: &[Lane]) {
    for lane in lanes {
        let right = lane.of(rect).right() - HAIRLINE / 2.0;
        ui.painter().vline(right, rect.y_range(), (HAIRLINE, palette(ui).line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(room: f32) -> (Vec<Column>, f32) {
        let lanes = fitting(2, room);
        let width = lanes.iter().map(|lane| lane.width).sum();
        (lanes.iter().map(|lane| lane.column).collect(), width)
    }

    #[test]
    fn all_columns_fill_the_room_exactly() {
        for room in [740.0, 850.0, 1040.0, 2400.0] {
            let (columns, width) = shown(room);
            assert_eq!(columns.len(), 9, "at {room}");
            assert!((width - room).abs() < 0.5, "{width} of {room}");
        }
    }

    #[test]
    fn a_narrow_table_keeps_what_matters_most() {
        let (columns, width) = shown(420.0);
        assert!(width <= 420.5, "{width}");
        for column in [Column::Number, Column::Request, Column::Status, Column::Time] {
            assert!(columns.contains(&column), "{column:?}");
        }
        assert!(!shown(650.0).0.contains(&Column::Size));
    }

    #[test]
    fn long_numbers_get_room() {
        assert_eq!([0, 9, 10, 99_999].map(digits), [1, 1, 2, 5]);
        assert!(fitting(6, 1_000.0)[0].width > fitting(2, 1_000.0)[0].width);
    }
}
