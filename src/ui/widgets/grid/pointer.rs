//! What the mouse does in the rows: selects, draws ranges, opens menus.

use std::time::Duration;

use egui::{PointerButton, Pos2, Rangef, Rect, Response, Sense, Ui};

use super::{
    GridInput, GridOutput, GridState, MenuRequest, Place, Scene, body,
    lanes::{Areas, Lanes, NAME_LEFT},
    place::At,
    sorting, words,
};
use crate::{
    analysis::{
        View,
        view::{Line, Spot},
    },
    model::Layout,
};

/// How long the next step is waited for while the pointer rests beyond an edge.
const STEP: Duration = Duration::from_millis(25);
/// How far beyond the edge the pointer must be for one row or column more a step, in points.
const FASTER_EVERY: f32 = 24.0;
const MOST_AT_ONCE: f32 = 25.0;

/// What the mouse did.
#[derive(Clone, Copy, Debug)]
pub(super) enum Done {
    Pressed { place: Place, extends: bool, adds: bool },
    Folded(usize),
    DraggedTo(Place),
    Menu { place: Place, at: Pos2 },
    Inspect(Place),
    Column(usize),
}

/// Where the mouse counts: rows, and in layouts that have players above, their names.
pub(super) fn sense(scene: &Scene<'_>) -> Response {
    scene.ui.interact(scene.areas.body, scene.id.with("rows"), Sense::CLICK | Sense::DRAG)
}

/// The row of the table under the pointer.
pub(super) fn row_under(
    ui: &Ui,
    lanes: &Lanes,
    areas: &Areas,
    scroll: (f64, f64),
    view: &View,
) -> Option<u32> {
    let at = ui.input(|input| input.pointer.latest_pos())?;
    if !areas.body.contains(at) || !ui.rect_contains_pointer(areas.body) {
        return None;
    }
    let place = Place::of(view, at_of(lanes, areas, scroll, at)?)?;
    place.row()
}

fn at_of(lanes: &Lanes, areas: &Areas, scroll: (f64, f64), at: Pos2) -> Option<At> {
    if lanes.rows.count() == 0 {
        return None;
    }
    let y = lanes.rows.at(scroll.1 + f64::from(at.y - areas.body.top()));
    if at.x < areas.heads_right {
        return Some(At { y, x: None });
    }
    Some(At { y, x: Some(lanes.lane_at(areas, scroll.0, at.x)?) })
}

/// What was done in this frame, and the tooltip of what the pointer rests on.
pub(super) fn done(scene: &Scene<'_>, response: &Response) -> Option<Done> {
    let view = scene.input.view;
    let place = |at: Pos2| at_of(scene.lanes, &scene.areas, scene.scroll, at);
    let (pressed, modifiers, latest) = scene
        .ui
        .input(|input| (input.pointer.primary_pressed(), input.modifiers, input.pointer.latest_pos()));
    if let Some(done) = column_clicked(scene) {
        return Some(done);
    }
    if response.double_clicked() {
        let place = Place::of(view, place(response.interact_pointer_pos()?)?)?;
        return Some(match place.line {
            Some(Line::Group(group)) => Done::Folded(group),
            _ => Done::Inspect(place),
        });
    }
    if response.secondary_clicked() {
        let at = response.interact_pointer_pos()?;
        return Some(Done::Menu { place: Place::of(view, place(at)?)?, at });
    }
    // Pressed and let go within one frame it is a click and down no more.
    if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
        let at = response.interact_pointer_pos()?;
        let found = place(at)?;
        if let Some(group) = caret_at(scene, found, at) {
            return Some(Done::Folded(group));
        }
        let place = Place::of(view, found)?;
        return Some(Done::Pressed { place, extends: modifiers.shift, adds: modifiers.command });
    }
    if response.dragged_by(PointerButton::Primary) {
        let at = latest?;
        let inside = scene.areas.body.clamp(at);
        return Some(Done::DraggedTo(Place::of(view, place(inside)?)?));
    }
    if response.hovered() && !response.is_pointer_button_down_on() {
        tooltip(scene, latest?);
    }
    None
}

/// A heading was clicked with Ctrl.
fn column_clicked(scene: &Scene<'_>) -> Option<Done> {
    if scene.lanes.layout != Layout::Wide || !scene.ui.rect_contains_pointer(scene.areas.header) {
        return None;
    }
    let (clicked, command, at) = scene.ui.input(|input| {
        (input.pointer.primary_clicked(), input.modifiers.command, input.pointer.interact_pos())
    });
    let at =
        at.filter(|at| clicked && command && at.y > scene.areas.header.top() + scene.lanes.title_height)?;
    scene.lanes.lane_at(&scene.areas, scene.scroll.0, at.x).map(Done::Column)
}

fn caret_at(scene: &Scene<'_>, at: At, pointer: Pos2) -> Option<usize> {
    if at.x.is_some() || pointer.x > scene.areas.all.left() + NAME_LEFT || scene.lanes.layout != Layout::Wide
    {
        return None;
    }
    body::group_at(scene, at.y)
}

/// Tells what is known of the cell under the pointer.
fn tooltip(scene: &Scene<'_>, pointer: Pos2) {
    let Some(at) = at_of(scene.lanes, &scene.areas, scene.scroll, pointer) else { return };
    let view = scene.input.view;
    let (rect, what) = match at.x {
        None => {
            let top = scene.top(at.y);
            let left = scene.areas.all.left()..=scene.areas.heads_right;
            (Rect::from_x_y_ranges(left, top..=top + crate::ui::theme::ROW_HEIGHT), None)
        }
        Some(x) => (body::cell_rect(scene, at.y, x), view.spot(at.y, x)),
    };
    // A widget of its own for each cell, so that the tooltip of one does not stay for the next.
    let response = scene.ui.interact(rect, scene.id.with(("hint", at.y, at.x)), Sense::hover());
    match (what, body::player_of(scene, at)) {
        (Some(Spot::Cell { row, column }), _) => drop(response.on_hover_ui(|ui| {
            if let Some(look) = scene.input.looks.column(column) {
                ui.label(words::explained_in(view, look, row, column));
            }
            let marks = (scene.input.explain)(row, column);
            if !marks.is_empty() {
                ui.label(marks);
            }
        })),
        (None, Some(row)) if at.x.is_none() => drop(response.on_hover_ui(|ui| {
            ui.label(words::player(&view.table().rows()[row as usize]));
        })),
        _ => {}
    }
}

/// Applies what the mouse did.
pub(super) fn apply(
    ui: &Ui,
    state: &mut GridState,
    input: &GridInput<'_>,
    lanes: &Lanes,
    areas: &Areas,
    done: Option<Done>,
    output: &mut GridOutput,
) {
    let view = input.view;
    if !ui.input(|input| input.pointer.primary_down()) {
        state.is_dragging = false;
    }
    match done {
        Some(Done::Pressed { place, extends: true, .. }) => {
            state.selection.extend(place, view);
            state.is_dragging = true;
        }
        Some(Done::Pressed { place, adds, .. }) => {
            if adds {
                state.selection.toggle(place, view);
            } else {
                state.selection.select(place, view);
            }
            state.is_dragging = true;
        }
        Some(Done::DraggedTo(place)) if state.is_dragging => {
            drag_to(state, view, place);
            past_edge(ui, state, lanes, areas, view);
        }
        Some(Done::Folded(group)) => output.settings = sorting::folded(view, group),
        Some(Done::Menu { place, at }) => {
            let is_inside = match (place.row(), place.column) {
                (Some(row), Some(column)) => state.selection.has(row, column),
                (Some(row), None) => state.selection.has_whole_row(row),
                (None, Some(column)) => state.selection.has_whole_column(column),
                (None, None) => true,
            };
            if !is_inside {
                state.selection.select(place, view);
            }
            output.menu = Some(MenuRequest { at, by_key: false });
        }
        Some(Done::Inspect(place)) => {
            state.selection.select(place, view);
            output.inspect = true;
        }
        Some(Done::Column(column)) => {
            state.selection.toggle(Place { line: None, column: Some(column) }, view);
        }
        Some(Done::DraggedTo(_)) | None => {}
    }
}

/// Extends the range that the mouse draws. One of cells stays one of cells over the names.
fn drag_to(state: &mut GridState, view: &View, place: Place) {
    let Some(cursor) = state.selection.cursor() else { return };
    let place = match (cursor.at(view), place.at(view)) {
        (Some(At { x: None, .. }), Some(At { y, .. })) => Place::of(view, At { y, x: None }),
        (Some(At { x, .. }), Some(At { y, x: None })) => Place::of(view, At { y, x }),
        _ => Some(place),
    };
    if let Some(place) = place.filter(|place| *place != cursor) {
        state.selection.extend(place, view);
    }
}

/// While the mouse draws a range and is beyond the edge of the values, the range grows that way and
/// the grid follows.
fn past_edge(ui: &Ui, state: &mut GridState, lanes: &Lanes, areas: &Areas, view: &View) {
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let (Some(at), Some(cursor)) = (pointer, state.selection.cursor()) else { return };
    let values = areas.body.with_min_x(areas.heads_right);
    let (down, right) = (beyond(at.y, values.y_range()), beyond(at.x, values.x_range()));
    if (down, right) == (0, 0) {
        return;
    }
    let Some(from) = cursor.at(view) else { return };
    let y = from.y.saturating_add_signed(down).min(lanes.rows.count().saturating_sub(1));
    let x = from.x.map(|x| x.saturating_add_signed(right).min(lanes.values.count().saturating_sub(1)));
    if let Some(to) = Place::of(view, At { y, x }).filter(|to| *to != cursor) {
        state.selection.extend(to, view);
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
