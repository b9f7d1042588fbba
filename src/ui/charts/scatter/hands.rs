//! What pointer, keyboard and screen reader do on a scatter.

use egui::{
    Key, Modifiers, PointerButton, Rect, Response, Role, Sense, Ui,
    accesskit::{Action, Node},
    vec2,
};

use super::{
    super::{DrawState, Given, Output, keys, plane::Plane, sight::Marked, tip},
    Scatter,
    dots::Step,
    kept::Kept,
    margins::Margins,
    paint::CELL,
};
use crate::{
    analysis::{
        chart::scatter::{Area, Near},
        display::count,
    },
    ui::widgets::spoken,
};

/// How near to a mark the pointer must be, in points.
const REACH: f64 = 9.0;
/// How large a mark is for screen readers.
const MARK: f32 = 9.0;

impl Scatter {
    /// What was done with the plane itself, and on its marks.
    pub(super) fn take(
        &self,
        ui: &Ui,
        state: &mut DrawState,
        given: &Given<'_>,
        response: &Response,
        plane: &Plane,
    ) -> Output {
        let mut output = Output::default();
        self.take_keys(ui, state, response, &mut output);
        let marked = state.sight.take(ui, response, plane, self.fit(), (true, true));
        output.marked = marked.map(|marked| {
            let rows = match &marked {
                Marked::Area(area) => self.cloud.in_area(area),
                Marked::Lasso(corners) => self.cloud.in_lasso(corners),
            };
            let rows = rows.iter().map(|row| self.scene.rows()[*row as usize]).collect();
            (rows, ui.input(|input| input.modifiers.command || input.modifiers.shift))
        });
        self.take_pointer(ui, state, given, response, plane, &mut output);
        output
    }

    /// What is below the pointer, and what was clicked there.
    fn take_pointer(
        &self,
        ui: &Ui,
        state: &DrawState,
        given: &Given<'_>,
        response: &Response,
        plane: &Plane,
        output: &mut Output,
    ) {
        let at = response.hover_pos().filter(|at| plane.rect.contains(*at) && !response.dragged());
        let near = at.and_then(|at| self.cloud.nearest(plane.place(at), &plane.window(), REACH));
        let row = near.map(|near| self.scene.rows()[near.row as usize]);
        output.hovered = row.or(state.cursor.filter(|_| response.has_focus()));
        if let (Some(row), Some(near)) = (row, near) {
            let crowd = self.crowd(plane, &near);
            tip::crowd_tip(response.clone(), given, &self.scene, row, &self.told.columns, crowd.as_deref());
        }
        // Keys click too, but have been seen to.
        if response.clicked_by(PointerButton::Primary) {
            response.request_focus();
            match row {
                Some(row) => output.clicked = Some((row, ui.input(|input| input.modifiers))),
                None => output.escaped = true,
            }
        }
    }

    /// How many are where one is pointed at, if several are.
    fn crowd(&self, plane: &Plane, near: &Near) -> Option<String> {
        let at = plane.screen(near.at);
        let half = vec2(CELL as f32, CELL as f32) / 2.0;
        let here = self.cloud.count_in(&Area::between(plane.place(at - half), plane.place(at + half)));
        let same = self.cloud.count_in(&Area::between(near.at, near.at));
        match (here, same) {
            (here, same) if here > same.max(1) => Some(format!("{} players here: zoom in", count(here))),
            (_, same) if same > 1 => Some(format!("{} players have these very numbers", count(same))),
            _ => None,
        }
    }

    /// Moves from mark to mark with the arrows, selects with Enter or Space.
    fn take_keys(&self, ui: &Ui, state: &mut DrawState, response: &Response, output: &mut Output) {
        if !response.has_focus() {
            return;
        }
        keys::hold(ui, response.id, &keys::ALL);
        let steps = [
            (Key::ArrowRight, Step::Right),
            (Key::ArrowLeft, Step::Left),
            (Key::ArrowUp, Step::Up),
            (Key::ArrowDown, Step::Down),
            (Key::Home, Step::First),
            (Key::End, Step::Last),
        ];
        let step = steps.into_iter().find(|(key, _)| keys::is_pressed(ui, *key));
        if let Some(row) = step.and_then(|(_, step)| self.dots.step(state.cursor, step)) {
            state.cursor = Some(row);
            if let Some(place) = self.dots.at(row) {
                state.sight.reveal(place, self.fit());
            }
            ui.ctx().request_repaint();
        }
        output.clicked = state.cursor.and_then(|row| Some((row, keys::chosen(ui)?)));
        output.escaped = keys::is_pressed(ui, Key::Escape);
    }

    /// Tells screen readers of the whole. Returns whether one listens.
    pub(super) fn tell_whole(&self, response: &Response, cursor: Option<u32>) -> bool {
        let mut is_heard = false;
        let marked = cursor.filter(|row| response.has_focus() && self.dots.at(*row).is_some());
        spoken(response, |node: &mut Node| {
            is_heard = true;
            node.set_role(Role::Figure);
            node.set_label(self.told.summary.clone());
            if let Some(row) = marked {
                node.set_value(self.scene.in_words(row, &self.told.columns));
            }
        });
        is_heard
    }
}

/// Tells screen readers of each mark, and takes what they click.
pub(super) fn tell_marks(
    ui: &Ui,
    kept: &Kept,
    plane: &Plane,
    margins: Option<&Margins>,
    output: &mut Output,
) {
    for mark in kept.marks_in_words() {
        let rect = Rect::from_center_size(mark.at, vec2(MARK, MARK));
        let response = ui.interact(rect, ui.scope_id().with(("mark", mark.row)), Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::GraphicsObject);
            node.set_label(mark.words.clone());
            node.add_action(Action::Click);
        });
        if ui.input(|input| input.has_accesskit_action_request(response.id, Action::Click)) {
            output.clicked = Some((mark.row, Modifiers::NONE));
        }
    }
    if let Some(margins) = margins {
        margins.tell(ui, plane);
    }
    if let Some(words) = kept.in_sight() {
        let response = ui.interact(words.rect, ui.scope_id().with("in-sight"), Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::Label);
            node.set_value(words.text.clone());
        });
    }
}
