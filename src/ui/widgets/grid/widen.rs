//! Making a column wider by the line at its right, and fitting it by a double click.

use egui::{CursorIcon, Id, Rect, Response, Sense};

use super::{GridOutput, GridState, Scene, header, lanes};
use crate::model::ViewSettings;

/// How far to the left and to the right of the line it is taken, in points.
const REACH: [f32; 2] = [5.0, 4.0];
/// How wide the line is then.
const LINE: f32 = 2.0;

/// Takes a column of values by its right side.
pub(super) fn column_ui(
    scene: &Scene<'_>,
    state: &mut GridState,
    x: usize,
    clip: Rect,
    output: &mut GridOutput,
) {
    let rect = header::column_rect(scene, x);
    let Some(response) = handle(scene, scene.id.with(("width", x)), rect, clip) else { return };
    let field = &scene.input.view.columns()[x].field;
    let mut keep = |width: Option<u16>| {
        let mut settings = Box::new(ViewSettings::clone(&scene.input.view.input().settings));
        settings.columns.change(field, |column| column.width = width);
        output.settings = Some(settings);
    };
    let limits = lanes::BY_HAND;
    if response.double_clicked() {
        let width = lanes::fitting(scene.ui, scene.input, x).clamp(*limits.start(), *limits.end());
        keep(Some(width as u16));
        state.widening = None;
    } else if response.dragged() {
        let known = state.widening.filter(|(of, _)| *of == x).map(|(_, width)| width);
        let width = widened(&response, known, rect);
        state.widening = Some((x, width.clamp(*limits.start(), *limits.end())));
    } else if response.drag_stopped()
        && let Some((_, width)) = state.widening.take()
    {
        keep(Some(width.round() as u16));
    }
}

/// Takes the column of players by its right side.
pub(super) fn player_ui(scene: &Scene<'_>, state: &mut GridState, rect: Rect) {
    let Some(response) = handle(scene, scene.id.with("player width"), rect, scene.areas.header) else {
        return;
    };
    if response.double_clicked() {
        state.player_width = None;
    } else if response.dragged() {
        let known = state.player_width.filter(|_| !response.drag_started());
        state.player_width = Some(widened(&response, known, rect).clamp(80.0, 400.0));
    }
}

fn handle(scene: &Scene<'_>, id: Id, rect: Rect, clip: Rect) -> Option<Response> {
    let [before, after] = REACH;
    let reach = rect.with_min_x(rect.right() - before).with_max_x(rect.right() + after).intersect(clip);
    if !reach.is_positive() {
        return None;
    }
    let response = scene.ui.interact(reach, id, Sense::CLICK | Sense::DRAG);
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeColumn);
    if response.hovered() || response.dragged() {
        let line = rect.with_min_x(rect.right() - LINE);
        scene.painter(clip).rect_filled(line, 0, scene.colors.accent);
    }
    Some(response)
}

/// How wide what is dragged is now. What the pointer went until that was a drag counts as well: else
/// the line would stay behind it.
fn widened(response: &Response, known: Option<f32>, rect: Rect) -> f32 {
    match known {
        Some(width) => width + response.drag_delta().x,
        None => rect.width() + response.total_drag_delta().unwrap_or_default().x,
    }
}
