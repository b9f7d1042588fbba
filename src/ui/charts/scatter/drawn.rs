//! Marks, drawn once and shown until they are others.

use std::{fmt, sync::Arc};

use egui::{
    ColorImage, Mesh, Painter, Pos2, Rect, Shape, TextureHandle, TextureOptions, Ui, emath::GuiRounding,
    pos2, vec2,
};

use super::paint::{BEYOND, Marking};

/// With more corners than these, a texture's parts become one as soon as they rest.
const CORNERS: usize = 4_000;

/// The marks, ready to be shown.
#[derive(Debug, Default)]
pub(super) enum Drawn {
    #[default]
    Nothing,
    /// A few, as triangles.
    Mesh(Arc<Mesh>),
    /// Many, as parts of a texture: quick to make, so that what moves is drawn so.
    Textured(Image, Arc<Mesh>),
    /// Very many that are at rest, as pixels, and where they are.
    Image(Image, Rect),
    /// As what they are: for pictures, which may be enlarged.
    Shapes(Vec<Shape>),
}

/// Pixels on the graphics card.
pub(super) struct Image(TextureHandle);

impl Image {
    /// In place of one that is there.
    fn of(ui: &Ui, pixels: ColorImage, known: Option<Self>) -> Self {
        match known {
            Some(mut image) => {
                image.0.set(pixels, TextureOptions::NEAREST);
                image
            }
            None => Self(ui.ctx().load_texture("scatter", pixels, TextureOptions::NEAREST)),
        }
    }
}

impl Drawn {
    /// Many, drawn so that it does not take long.
    pub(super) fn textured(ui: &Ui, marking: &Marking<'_>, known: Option<Image>) -> Self {
        let scale = ui.pixels_per_point();
        let (pixels, shown) = marking.sheet(marking.plane.rect.min.round_to_pixels(scale), scale).finish();
        let image = Image::of(ui, pixels, known);
        let mesh = shown(image.0.id());
        Self::Textured(image, Arc::new(mesh))
    }

    /// Very many, drawn so that it does not take long to show them again and again.
    pub(super) fn image(ui: &Ui, marking: &Marking<'_>, known: Option<Image>) -> Self {
        let rect = marking.plane.rect.expand(BEYOND).round_to_pixels(ui.pixels_per_point());
        let most = ui.input(|input| input.max_texture_side) as f32;
        let scale = ui.pixels_per_point().min(most / rect.width().max(rect.height()));
        let pixels = marking.raster(rect.min, (rect.size() * scale).max(vec2(1.0, 1.0)), scale).image();
        Self::Image(Image::of(ui, pixels, known), rect)
    }

    /// Shows them.
    pub(super) fn paint(&self, clip: &Painter) {
        match self {
            Self::Nothing => {}
            Self::Mesh(mesh) | Self::Textured(_, mesh) => {
                clip.add(Shape::mesh(mesh.clone()));
            }
            Self::Image(image, rect) => {
                let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
                clip.image(image.0.id(), *rect, whole, egui::Color32::WHITE);
            }
            Self::Shapes(shapes) => clip.extend(shapes.iter().cloned()),
        }
    }

    /// Takes out what is on the graphics card, to be drawn over.
    pub(super) fn take_image(&mut self) -> Option<Image> {
        match std::mem::take(self) {
            Self::Textured(image, _) | Self::Image(image, _) => Some(image),
            _ => None,
        }
    }

    /// Whether showing it takes long, frame by frame.
    pub(super) fn is_heavy(&self) -> bool {
        matches!(self, Self::Textured(_, mesh) if mesh.vertices.len() > CORNERS)
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Image").field(&self.0.id()).finish()
    }
}
