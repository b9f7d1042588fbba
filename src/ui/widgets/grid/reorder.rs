//! Moving a column by its heading.

use egui::{PointerButton, Rect, Response, pos2, vec2};

use super::{GridOutput, GridState, Scene, header};
use crate::{
    analysis::View,
    model::{Field, ViewSettings},
    ui::theme::blend,
};

/// A heading that the pointer has taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moving {
    field: Field,
    lane: usize,
}

/// Takes a heading where a drag begins.
pub(super) fn take(scene: &Scene<'_>, state: &mut GridState, lane: usize, response: &Response) {
    if response.drag_started_by(PointerButton::Primary) {
        state.moving = Some(Moving { field: scene.input.view.columns()[lane].field.clone(), lane });
    }
}

/// Shows where the heading would go, and puts it there when it is let go.
pub(super) fn ui(scene: &Scene<'_>, state: &mut GridState, output: &mut GridOutput) {
    let Some(moving) = state.moving.clone() else { return };
    let (at, is_down, is_cancelled) = scene.ui.input(|input| {
        (input.pointer.latest_pos(), input.pointer.primary_down(), input.key_pressed(egui::Key::Escape))
    });
    let target = at.and_then(|at| target(scene, at.x));
    if is_cancelled {
        state.moving = None;
        return;
    }
    if !is_down {
        state.moving = None;
        if let Some(before) = target {
            output.settings = moved(scene.input.view, &moving.field, before);
        }
        return;
    }
    if let (Some(at), Some(before)) = (at, target) {
        let x = if before < scene.lanes.values.count() {
            scene.left(before)
        } else {
            scene.left(before - 1) + scene.lanes.values.size(before - 1)
        };
        let all = scene.areas.header.union(scene.areas.body);
        let line = Rect::from_min_max(
            pos2(x - 1.0, all.top() + scene.lanes.title_height),
            pos2(x + 1.0, all.bottom()),
        );
        scene.painter(all).rect_filled(line, 0, scene.colors.accent);
        let galley = scene.ui.painter().layout_job(header::dragged(scene, moving.lane));
        let chip = Rect::from_min_size(at + vec2(10.0, 6.0), galley.size() + vec2(16.0, 8.0));
        let painter = scene.painter(scene.ui.clip_rect());
        painter.rect_filled(chip, 4, blend(scene.colors.raised, scene.colors.accent, 0.2));
        painter.galley(chip.min + vec2(8.0, 4.0), galley, scene.colors.text);
    }
}

/// The column before which one would be put that is let go here.
fn target(scene: &Scene<'_>, x: f32) -> Option<usize> {
    let count = scene.lanes.values.count();
    if count == 0 {
        return None;
    }
    let at = x.clamp(scene.areas.heads_right, scene.areas.all.right());
    let lane = scene.lanes.lane_at(&scene.areas, scene.scroll.0, at).unwrap_or(count - 1);
    let middle = scene.left(lane) + scene.lanes.values.size(lane) / 2.0;
    Some(if at > middle { lane + 1 } else { lane })
}

/// The settings with a column, and what belongs to it, before the one at a place of the view.
pub(super) fn moved(view: &View, field: &Field, before: usize) -> Option<Box<ViewSettings>> {
    let columns = view.columns();
    // The ranks of a column go with it: what is put behind them is put behind all of them.
    let target = (before..columns.len())
        .find(|at| *at == 0 || columns[*at].field != columns[*at - 1].field)
        .and_then(|at| columns.get(at))
        .map(|column| &column.field);
    if target == Some(field) {
        return None;
    }
    let mut order = full_order(view);
    let from = order.iter().position(|other| other == field)?;
    let taken = order.remove(from);
    let to = match target {
        Some(target) => order.iter().position(|other| other == target)?,
        None => order.len(),
    };
    order.insert(to, taken);
    if order == full_order(view) {
        return None;
    }
    let mut settings = Box::new(ViewSettings::clone(&view.input().settings));
    settings.columns.order = order;
    Some(settings)
}

/// All columns in their order, hidden ones too.
fn full_order(view: &View) -> Vec<Field> {
    let input = view.input();
    let stats = input.table.columns().iter().map(|column| Field::from(column.key().clone()));
    let derived = input.settings.derived.iter().map(|column| Field::derived(column.name.clone()));
    let mut order: Vec<Field> = Vec::new();
    for field in input.settings.columns.order.iter().cloned().chain(stats).chain(derived) {
        if !order.contains(&field) {
            order.push(field);
        }
    }
    order
}
