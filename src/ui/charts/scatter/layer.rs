use std::sync::Arc;

use egui::{Painter, Ui};

use super::{
    super::{meshed::mesh_of, plane::Plane},
    Scatter,
    drawn::Drawn,
    paint::{self, Marking},
};
use crate::analysis::chart::scatter::Marks;

/// Marks that are drawn alike, and what shows them until they are others.
#[derive(Debug, Default)]
pub(super) struct Layer {
    pub(super) marks: Marks,
    drawn: Drawn,
}

/// How marks are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Whether they are so few in sight that each is large.
    pub(super) are_few: bool,
    /// Whether they recede behind others.
    pub(super) is_faint: bool,
    /// Whether it is for a picture, which may be enlarged.
    pub(super) is_picture: bool,
}

impl Layer {
    /// To be called when marks are others, or are to be drawn otherwise.
    pub(super) fn draw(&mut self, ui: &Ui, scatter: &Scatter, plane: &Plane, manner: Manner) {
        let known = self.drawn.take_image();
        let marking = Marking::of(ui, scatter, &self.marks, plane, manner);
        self.drawn = if manner.is_picture {
            Drawn::Shapes(marking.shapes())
        } else if self.marks.points() <= paint::FEW {
            Drawn::Mesh(Arc::new(mesh_of(ui, marking.shapes())))
        } else {
            Drawn::textured(ui, &marking, known)
        };
        if self.drawn.is_heavy() {
            ui.ctx().request_repaint();
        }
    }

    /// Draws what rests so that it is cheap to show, however long it takes.
    pub(super) fn settle(&mut self, ui: &Ui, scatter: &Scatter, plane: &Plane, manner: Manner) {
        if !self.drawn.is_heavy() {
            return;
        }
        let known = self.drawn.take_image();
        let marking = Marking::of(ui, scatter, &self.marks, plane, manner);
        self.drawn = Drawn::image(ui, &marking, known);
    }

    pub(super) fn paint(&self, clip: &Painter) {
        self.drawn.paint(clip);
    }
}
