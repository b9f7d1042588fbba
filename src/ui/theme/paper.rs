use egui::{Color32, Shape, epaint::shape_transform::adjust_colors};

use super::palette_of;

/// What is behind everything in the light or the dark style.
pub(crate) const fn window(is_light: bool) -> Color32 {
    palette_of(!is_light).window
}

/// What the light style fills as if it were the window is white from now on: for paper.
pub(crate) fn on_white(shape: &mut Shape) {
    match shape {
        Shape::Vec(shapes) => shapes.iter_mut().for_each(on_white),
        // No words are in the colour of the window, and these would be copied.
        Shape::Text(_) => {}
        other => adjust_colors(other, |color| {
            if *color == window(true) {
                *color = Color32::WHITE;
            }
        }),
    }
}
