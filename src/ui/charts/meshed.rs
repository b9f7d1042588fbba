//! Marks as triangles, made once and kept until they are to be drawn elsewhere or otherwise.

use std::sync::Arc;

use egui::{
    Mesh, Painter, Shape, Ui,
    epaint::{TessellationOptions, Tessellator},
};

/// Triangles, and what they were made for.
#[derive(Debug)]
pub(super) struct Meshed<Of> {
    of: Option<Of>,
    mesh: Arc<Mesh>,
}

impl<Of> Default for Meshed<Of> {
    fn default() -> Self {
        Self { of: None, mesh: Arc::default() }
    }
}

impl<Of: PartialEq> Meshed<Of> {
    /// Draws what was made for the same, or else what `make` makes now.
    pub(super) fn paint(&mut self, painter: &Painter, of: Of, make: impl FnOnce() -> Mesh) {
        if self.of.as_ref() != Some(&of) {
            self.of = Some(of);
            self.mesh = Arc::new(make());
        }
        painter.add(Shape::mesh(self.mesh.clone()));
    }

    /// To be called with other marks.
    pub(super) fn forget(&mut self) {
        self.of = None;
    }
}

/// The triangles that egui would make of shapes without texts, in their order.
pub(super) fn mesh_of(ui: &Ui, shapes: Vec<Shape>) -> Mesh {
    let options: TessellationOptions = ui.ctx().tessellation_options(|options| *options);
    let mut tessellator = Tessellator::new(ui.pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for shape in shapes {
        tessellator.tessellate_shape(shape, &mut mesh);
    }
    mesh
}
