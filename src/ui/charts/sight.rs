//! What of a plane is in sight, and what is being marked out on it: wheel, dragging and keys.
//!
//! The wheel zooms at the pointer, the secondary or middle button moves, a double click shows all
//! again. What dragging with the primary button does is the [`Tool`]'s.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Response, Shape, Stroke, StrokeKind, Ui};

use super::plane::Plane;
use crate::{
    analysis::chart::scatter::{Area, Point},
    model::Choice,
    ui::theme::palette,
};

/// A zoom by one key press.
const STEP: f64 = 1.25;
/// No closer than this part of the places in sight: doubles end soon after. No farther than so many
/// times all.
const CLOSEST: f64 = 1e-12;
const FARTHEST: f64 = 4.0;
/// Corners of a lasso are so many points apart.
const LASSO_STEP: f32 = 3.0;
/// What is dragged no farther is a click.
const LEAST_DRAG: f32 = 4.0;

/// What dragging does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Marks out a rectangle.
    #[default]
    Rectangle,
    /// Marks out whatever is drawn around.
    Lasso,
    /// Moves what is in sight.
    Move,
}

impl Choice for Tool {
    const ALL: &'static [Self] = &[Self::Rectangle, Self::Lasso, Self::Move];

    fn name(self) -> &'static str {
        match self {
            Self::Rectangle => "rectangle",
            Self::Lasso => "lasso",
            Self::Move => "move",
        }
    }
}

/// What is in sight, and what is being marked out.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    pub(crate) tool: Tool,
    pub(crate) labels: super::plane::Labels,
    /// Whether the wheel is for scrolling, since more is beside the plane.
    pub(super) leaves_wheel: bool,
    seen: Seen,
    /// What is shown before anybody zoomed, where that is not all.
    first: Option<Area>,
    marking: Option<Marking>,
}

/// What was asked to be in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Seen {
    /// Nothing yet.
    #[default]
    First,
    All,
    Part(Area),
}

#[derive(Debug)]
enum Marking {
    Rectangle { from: Point, to: Point },
    Lasso(Vec<Point>),
}

/// What was marked out.
#[derive(Debug)]
pub(crate) enum Marked {
    Area(Area),
    Lasso(Vec<Point>),
}

impl Sight {
    /// One that shows the same.
    pub(crate) fn still(&self) -> Self {
        Self { seen: self.seen, first: self.first, ..Self::default() }
    }

    /// What is in sight of a plane that would show `fit` as a whole.
    pub(crate) fn area(&self, fit: Area) -> Area {
        match self.seen {
            Seen::First => self.first.unwrap_or(fit),
            Seen::All => fit,
            Seen::Part(area) => area,
        }
    }

    pub(crate) fn is_zoomed(&self) -> bool {
        match self.seen {
            Seen::First => self.first.is_some(),
            Seen::All => false,
            Seen::Part(_) => true,
        }
    }

    /// Whether what is in sight was chosen by nobody.
    pub(crate) fn is_first(&self) -> bool {
        self.seen == Seen::First
    }

    /// Shows all again.
    pub(crate) fn fit(&mut self) {
        self.seen = Seen::All;
    }

    /// Forgets what was zoomed to: the axes are others.
    pub(crate) fn begin(&mut self) {
        (self.seen, self.first) = (Seen::First, None);
    }

    /// Sets what is shown before anybody zoomed; `None` for all. Returns whether that is another.
    pub(crate) fn set_first(&mut self, first: Option<Area>) -> bool {
        std::mem::replace(&mut self.first, first) != first
    }

    /// Moves until a place is in sight, which then is in the middle.
    pub(crate) fn reveal(&mut self, place: Point, fit: Area) {
        let now = self.area(fit);
        if now.holds(place) {
            return;
        }
        let around = |from: f64, to: f64, place: f64| {
            if (from..=to).contains(&place) {
                return (from, to);
            }
            let half = to / 2.0 - from / 2.0;
            (place - half, place + half)
        };
        let Area { least, greatest } = now;
        self.show(around(least.x, greatest.x, place.x), around(least.y, greatest.y, place.y));
    }

    /// Takes what the pointer and the keyboard did over `plane`, whose whole is `fit`. `across` and
    /// `up` are the axes that can be zoomed. Returns what was marked out.
    pub(crate) fn take(
        &mut self,
        ui: &Ui,
        response: &Response,
        plane: &Plane,
        fit: Area,
        (across, up): (bool, bool),
    ) -> Option<Marked> {
        if response.drag_started() {
            // What is pressed next is for what was marked out or moved, not for a field elsewhere.
            response.request_focus();
        }
        let before = self.seen;
        self.take_zoom(ui, response, plane, fit, (across, up));
        self.take_move(response, plane, fit, (across, up));
        if response.double_clicked() {
            self.fit();
        }
        if self.seen != before {
            ui.ctx().request_repaint();
        }
        self.take_marking(ui, response, plane, (across, up))
    }

    fn take_zoom(&mut self, ui: &Ui, response: &Response, plane: &Plane, fit: Area, axes: (bool, bool)) {
        let middle = plane.rect.center();
        if response.has_focus() {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let (closer, wider) = (pressed(Key::Plus) | pressed(Key::Equals), pressed(Key::Minus));
            if closer || wider {
                self.zoom(plane, fit, middle, if closer { 1.0 / STEP } else { STEP }, axes);
            }
            if pressed(Key::Num0) {
                self.fit();
            }
        }
        let Some(at) = response.hover_pos().filter(|at| plane.rect.contains(*at)) else { return };
        let (scrolled, pinched) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let scrolled = if self.leaves_wheel { 0.0 } else { scrolled };
        let factor = f64::from((-scrolled / 240.0).exp2() / pinched);
        if (factor - 1.0).abs() > 1e-6 {
            self.zoom(plane, fit, at, factor, axes);
        }
    }

    /// Puts `factor` times as much in sight, `at` staying where it is.
    fn zoom(&mut self, plane: &Plane, fit: Area, at: Pos2, factor: f64, (across, up): (bool, bool)) {
        let (now, still) = (plane.area, plane.place(at));
        let scaled = |from: f64, to: f64, still: f64, fit: f64, zooms: bool| {
            let width = to - from;
            if !zooms || fit <= 0.0 || !fit.is_finite() || width <= 0.0 {
                return (from, to);
            }
            let closest = (from.abs().max(to.abs()) * CLOSEST).max(f64::MIN_POSITIVE);
            let wanted = (width * factor).max(closest).min(fit * FARTHEST);
            let from = still - (still - from) * (wanted / width);
            (from, from + wanted)
        };
        let x = scaled(now.least.x, now.greatest.x, still.x, fit.greatest.x - fit.least.x, across);
        let y = scaled(now.least.y, now.greatest.y, still.y, fit.greatest.y - fit.least.y, up);
        self.show(x, y);
    }

    fn take_move(&mut self, response: &Response, plane: &Plane, fit: Area, (across, up): (bool, bool)) {
        let moves = response.dragged_by(PointerButton::Middle)
            || response.dragged_by(PointerButton::Secondary)
            || (self.tool == Tool::Move && response.dragged_by(PointerButton::Primary));
        if !moves || response.drag_delta() == egui::Vec2::ZERO {
            return;
        }
        let delta = response.drag_delta();
        let now = self.area(fit);
        let origin = plane.place(plane.rect.min);
        let there = plane.place(plane.rect.min - delta);
        let by = |from: f64, to: f64, moves: bool| if moves { to - from } else { 0.0 };
        let (dx, dy) = (by(origin.x, there.x, across), by(origin.y, there.y, up));
        self.show((now.least.x + dx, now.greatest.x + dx), (now.least.y + dy, now.greatest.y + dy));
    }

    fn show(&mut self, x: (f64, f64), y: (f64, f64)) {
        let ends = [x.0, x.1, y.0, y.1];
        if ends.iter().all(|end| end.is_finite()) && x.0 < x.1 && y.0 < y.1 {
            self.seen = Seen::Part(Area::between(Point { x: x.0, y: y.0 }, Point { x: x.1, y: y.1 }));
        }
    }

    /// A rectangle spans the whole of an axis that cannot be zoomed.
    fn take_marking(
        &mut self,
        ui: &Ui,
        response: &Response,
        plane: &Plane,
        (across, up): (bool, bool),
    ) -> Option<Marked> {
        let spanned = |place: Point, end: Point| Point {
            x: if across { place.x } else { end.x },
            y: if up { place.y } else { end.y },
        };
        if self.tool == Tool::Move {
            self.marking = None;
            return None;
        }
        let pointer = response.interact_pointer_pos();
        if response.drag_started_by(PointerButton::Primary) {
            let from = ui.input(|input| input.pointer.press_origin()).or(pointer)?;
            let from = plane.place(from.clamp(plane.rect.min, plane.rect.max));
            self.marking = Some(if self.tool == Tool::Lasso {
                Marking::Lasso(vec![from])
            } else {
                let (from, to) = (spanned(from, plane.area.least), spanned(from, plane.area.greatest));
                Marking::Rectangle { from, to }
            });
        }
        let at = pointer.map(|at| at.clamp(plane.rect.min, plane.rect.max));
        if let (Some(marking), Some(at)) = (&mut self.marking, at) {
            match marking {
                Marking::Rectangle { to, .. } => *to = spanned(plane.place(at), plane.area.greatest),
                Marking::Lasso(corners) => {
                    let is_far =
                        corners.last().is_none_or(|last| plane.screen(*last).distance(at) >= LASSO_STEP);
                    if is_far {
                        corners.push(plane.place(at));
                    }
                }
            }
        }
        if self.marking.is_some() && cancelled(ui) {
            self.marking = None;
        }
        if !response.drag_stopped_by(PointerButton::Primary) {
            return None;
        }
        match self.marking.take()? {
            Marking::Rectangle { from, to } => {
                let is_drag = plane.screen(from).distance(plane.screen(to)) >= LEAST_DRAG;
                is_drag.then(|| Marked::Area(Area::between(from, to)))
            }
            Marking::Lasso(corners) => (corners.len() > 2).then_some(Marked::Lasso(corners)),
        }
    }

    /// Draws what is being marked out.
    pub(crate) fn paint(&self, ui: &Ui, plane: &Plane) {
        let colors = palette(ui);
        let stroke = Stroke::new(1.0, colors.accent);
        match &self.marking {
            None => {}
            Some(Marking::Rectangle { from, to }) => {
                let rect = egui::Rect::from_two_pos(plane.screen(*from), plane.screen(*to));
                let fill = colors.accent.gamma_multiply(0.12);
                ui.painter().rect(rect, 0, fill, stroke, StrokeKind::Inside);
            }
            Some(Marking::Lasso(corners)) => {
                let corners = corners.iter().map(|corner| plane.screen(*corner)).collect();
                ui.painter().add(Shape::closed_line(corners, stroke));
            }
        }
    }
}

/// Whether Esc was pressed: it ends the marking, and nothing else.
fn cancelled(ui: &Ui) -> bool {
    ui.input_mut(|input| {
        let count = input.events.len();
        input.events.retain(|event| !matches!(event, Event::Key { key: Key::Escape, pressed: true, .. }));
        input.events.len() != count
    })
}
