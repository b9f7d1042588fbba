use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Ui, pos2, vec2};

use crate::{
    model::SeriesSlot,
    ui::theme::{self, blend, palette, series},
};

/// The radius of the corners, as a part of the side and in points at most.
const ROUNDED: f32 = 0.2;
const MOST_RADIUS: f32 = 8.0;
/// In how many steps a corner is drawn.
const STEPS: u32 = 6;
/// The colour of the series that is near the accent.
const NEAR_ACCENT: usize = 3;

/// Draws what stands for the picture of a player: a rounded square that shades off from their colour,
/// with their initial.
pub(crate) fn paint_portrait(ui: &Ui, painter: &Painter, rect: Rect, colour: SeriesSlot, name: &str) {
    let colors = palette(ui);
    let from = series(colour.index(), !ui.visuals().dark_mode).color;
    let to = if colour.index() == NEAR_ACCENT { colors.above } else { colors.accent };
    painter.add(rounded_gradient(rect, from, to));
    let initial = name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string());
    let font = FontId { size: (rect.height() * 0.42).round(), ..theme::heading() };
    let ink = blend(to, colors.on_accent, 0.85);
    painter.text(rect.center(), Align2::CENTER_CENTER, initial.unwrap_or_default(), font, ink);
}

fn rounded_gradient(rect: Rect, from: Color32, to: Color32) -> Mesh {
    let color_at = |at: Pos2| {
        let share = ((at.x - rect.left()) + (at.y - rect.top())) / (rect.width() + rect.height());
        blend(from, to, share)
    };
    let radius = (rect.height() * ROUNDED).min(MOST_RADIUS);
    let inner = rect.shrink(radius);
    let corners = [
        (inner.right_bottom(), 0.0_f32),
        (pos2(inner.left(), inner.bottom()), 0.5),
        (inner.left_top(), 1.0),
        (inner.right_top(), 1.5),
    ];
    let mut mesh = Mesh::default();
    mesh.colored_vertex(rect.center(), color_at(rect.center()));
    for (center, quarter) in corners {
        for step in 0..=STEPS {
            let angle = (quarter + 0.5 * step as f32 / STEPS as f32) * std::f32::consts::PI;
            let at = center + radius * vec2(angle.cos(), angle.sin());
            mesh.colored_vertex(at, color_at(at));
        }
    }
    let around = 4 * (STEPS + 1);
    for index in 0..around {
        mesh.add_triangle(0, 1 + index, 1 + (index + 1) % around);
    }
    mesh
}
