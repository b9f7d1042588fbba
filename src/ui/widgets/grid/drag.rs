use std::time::Duration;

use egui::{Rangef, Rect, Ui};

use super::{GridState, Place};

/// How long the next step is waited for while the pointer rests beyond an edge.
const STEP: Duration = Duration::from_millis(25);
/// How far beyond the edge the pointer must be for one row or column more a step, in points.
const FASTER_EVERY: f32 = 24.0;
const MOST_AT_ONCE: f32 = 25.0;

/// While the mouse draws a range and is beyond the edge of the values, the range grows that way
/// and the grid follows.
pub(super) fn past_edge(ui: &Ui, state: &mut GridState, order: &[u32], lanes: usize, values: Rect) {
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let (Some(at), Some(cursor)) = (pointer, state.selection.cursor()) else { return };
    let (down, right) = (beyond(at.y, values.y_range()), beyond(at.x, values.x_range()));
    if (down, right) == (0, 0) {
        return;
    }
    let Some(index) = order.iter().position(|row| *row == cursor.row) else { return };
    let row = order[index.saturating_add_signed(down).min(order.len() - 1)];
    let lane = match cursor.lane {
        // Whole rows are being selected.
        0 => 0,
        lane => lane.saturating_add_signed(right).clamp(1, lanes - 1),
    };
    let to = Place { row, lane };
    if to != cursor {
        state.selection.extend(to, order);
        state.reveal = Some(to);
        ui.ctx().request_repaint_after(STEP);
    }
}

/// By how many steps a point is beyond a range: negative before it, 0 inside.
fn beyond(at: f32, range: Rangef) -> isize {
    let steps = |far: f32| (1.0 + far / FASTER_EVERY).min(MOST_AT_ONCE) as isize;
    if at < range.min {
        -steps(range.min - at)
    } else if at > range.max {
        steps(at - range.max)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farther_out_the_faster() {
        let range = Rangef::new(100.0, 200.0);
        let found = [99.0, 100.0, 150.0, 200.0, 201.0, 250.0, 1e9].map(|at| beyond(at, range));
        assert_eq!(found, [-1, 0, 0, 0, 1, 3, 25]);
    }
}
