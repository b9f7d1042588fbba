//! Scrolling, with the position as doubles: at millions of rows the points of a usual scroll area
//! are too coarse to reach each one.

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use super::{
    GridState, Place,
    lanes::{Areas, Lanes},
};
use crate::{
    analysis::View,
    ui::theme::{blend, palette},
};

const BAR: f32 = 8.0;
const LEAST_HANDLE: f32 = 24.0;

/// Scrolls by the wheel and to what should be seen, and never beyond the ends.
pub(super) fn refresh(ui: &Ui, state: &mut GridState, lanes: &Lanes, areas: &Areas, view: &View) {
    if ui.rect_contains_pointer(areas.all) {
        let wheel = ui.input(egui::InputState::smooth_scroll_delta);
        state.scroll.0 -= f64::from(wheel.x);
        state.scroll.1 -= f64::from(wheel.y);
        if wheel != egui::Vec2::ZERO {
            ui.input_mut(|input| input.smooth_scroll_delta = egui::Vec2::ZERO);
        }
    }
    if let Some(place) = state.reveal.take() {
        reveal(state, lanes, areas, view, place);
    }
    let (most_x, most_y) = ends(lanes, areas);
    state.scroll = (state.scroll.0.clamp(0.0, most_x), state.scroll.1.clamp(0.0, most_y));
}

/// How far it can be scrolled.
fn ends(lanes: &Lanes, areas: &Areas) -> (f64, f64) {
    let width = f64::from((areas.all.right() - areas.frozen_right).max(0.0));
    let most_x = (lanes.scrolled_width() - width).max(0.0);
    (most_x, (lanes.rows.end() - f64::from(areas.body.height())).max(0.0))
}

fn reveal(state: &mut GridState, lanes: &Lanes, areas: &Areas, view: &View, place: Place) {
    let Some(at) = place.at(view) else { return };
    if place.line.is_some() || at.y < lanes.rows.count() {
        state.scroll.1 =
            into(state.scroll.1, lanes.rows.start(at.y), lanes.rows.start(at.y + 1), areas.body.height());
    }
    if let Some(x) = at.x.filter(|x| *x >= lanes.frozen) {
        let start = lanes.values.start(lanes.frozen);
        let width = (areas.all.right() - areas.frozen_right).max(0.0);
        let (from, to) = (lanes.values.start(x) - start, lanes.values.start(x + 1) - start);
        state.scroll.0 = into(state.scroll.0, from, to, width);
    }
}

/// The least scrolling that brings a stretch into sight; its beginning, where it is too long.
fn into(scroll: f64, from: f64, to: f64, room: f32) -> f64 {
    let room = f64::from(room);
    if from < scroll || to - from > room {
        from
    } else if to > scroll + room {
        to - room
    } else {
        scroll
    }
}

/// The bars at the right and at the bottom, where there is something to scroll.
pub(super) fn bars_ui(ui: &Ui, state: &mut GridState, lanes: &Lanes, areas: &Areas) {
    let (most_x, most_y) = ends(lanes, areas);
    let body = areas.body;
    if most_y > 0.0 && body.height() > LEAST_HANDLE {
        let track = body.with_min_x(body.right() - BAR);
        let bar = Bar { id: ui.scope_id().with("rows bar"), track, is_vertical: true };
        state.scroll.1 = bar.ui(ui, &mut state.grabbed, state.scroll.1, most_y, lanes.rows.end());
    }
    let width = areas.all.right() - areas.frozen_right;
    if most_x > 0.0 && width > LEAST_HANDLE {
        let bottom = areas.totals.bottom();
        let track =
            Rect::from_min_max(pos2(areas.frozen_right, bottom - BAR), pos2(areas.all.right() - BAR, bottom));
        let bar = Bar { id: ui.scope_id().with("columns bar"), track, is_vertical: false };
        state.scroll.0 = bar.ui(ui, &mut state.grabbed, state.scroll.0, most_x, lanes.scrolled_width());
    }
}

struct Bar {
    id: Id,
    track: Rect,
    is_vertical: bool,
}

impl Bar {
    /// Returns where it is scrolled to.
    fn ui(&self, ui: &Ui, grabbed: &mut Option<f32>, scroll: f64, most: f64, whole: f64) -> f64 {
        let along = |at: egui::Pos2| if self.is_vertical { at.y } else { at.x };
        let (first, length) = if self.is_vertical {
            (self.track.top(), self.track.height())
        } else {
            (self.track.left(), self.track.width())
        };
        let handle = ((f64::from(length) / whole) as f32 * length).clamp(LEAST_HANDLE, length);
        let free = f64::from(length - handle).max(1.0);
        let start = first + (scroll / most * free) as f32;
        let response = ui.interact(self.track, self.id, Sense::CLICK | Sense::DRAG);
        let mut scrolled = scroll;
        if response.is_pointer_button_down_on()
            && let Some(at) = response.interact_pointer_pos()
        {
            let inside = along(at) - start;
            // Taken beside the handle, its middle comes to the pointer.
            let grab =
                *grabbed.get_or_insert(if (0.0..=handle).contains(&inside) { inside } else { handle / 2.0 });
            scrolled = (f64::from(along(at) - grab - first) / free * most).clamp(0.0, most);
            ui.ctx().request_repaint();
        } else if response.drag_stopped() || response.clicked() {
            *grabbed = None;
        }
        let colors = palette(ui);
        let is_hot = response.hovered() || response.is_pointer_button_down_on();
        let thick = if is_hot { BAR } else { BAR / 2.0 };
        let start = first + (scrolled / most * free) as f32;
        let rect = if self.is_vertical {
            Rect::from_min_size(pos2(self.track.right() - thick, start), vec2(thick, handle))
        } else {
            Rect::from_min_size(pos2(start, self.track.bottom() - thick), vec2(handle, thick))
        };
        ui.painter().rect_filled(
            rect,
            thick / 2.0,
            blend(colors.line, colors.muted, if is_hot { 0.8 } else { 0.45 }),
        );
        scrolled
    }
}

#[cfg(test)]
mod tests {
    use super::into;

    #[test]
    fn no_more_is_scrolled_than_needed() {
        assert_eq!(into(100.0, 110.0, 130.0, 50.0), 100.0);
        assert_eq!(into(100.0, 90.0, 110.0, 50.0), 90.0);
        assert_eq!(into(100.0, 140.0, 160.0, 50.0), 110.0);
        assert_eq!(into(0.0, 26_999_973.0, 27_000_000.0, 500.0), 26_999_500.0);
    }
}
