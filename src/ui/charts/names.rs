//! The names of rows and columns beside a field of cells.

use egui::{Align2, Color32, Pos2, Rect, Ui, pos2, vec2};

use crate::ui::{
    theme::{self, palette},
    widgets::elided,
};

/// Columns as wide as this have their names above them, narrower ones aslant.
pub(super) const LEVEL: f32 = 64.0;
/// Names that stand aslant: how long, and how steep, in radians.
const SLANTED: f32 = 96.0;
const SLANT: f32 = 0.6;

/// How high the names of columns of this width are.
pub(super) fn height(width: f32) -> f32 {
    if width >= LEVEL { 24.0 } else { SLANTED * SLANT.sin() + 16.0 }
}

/// How much farther to the right than its column the last name reaches.
pub(super) fn overhang(width: f32) -> f32 {
    if width >= LEVEL { 0.0 } else { SLANTED * SLANT.cos() }
}

/// Writes the name of a column whose cells begin at `top`.
pub(super) fn paint_above(
    ui: &Ui,
    clip: Rect,
    name: &str,
    (middle, top): (f32, f32),
    width: f32,
    color: Color32,
) {
    let job = |color| egui::text::LayoutJob::simple_singleline(name.to_owned(), theme::small(), color);
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    if width >= LEVEL {
        let galley = elided(ui, job(color), width - 6.0);
        let at = pos2(middle - galley.size().x / 2.0, top - galley.size().y - 4.0);
        painter.galley(at, galley, color);
        return;
    }
    let galley = elided(ui, job(color), SLANTED);
    let at = pos2(middle - 4.0, top - galley.size().y - 2.0);
    painter.add(egui::epaint::TextShape::new(at, galley, color).with_angle(-SLANT));
}

/// Writes the name of a row so that it ends at `right`.
pub(super) fn paint_beside(ui: &Ui, clip: Rect, name: &str, right: Pos2, width: f32, is_hot: bool) {
    let colors = palette(ui);
    let color = if is_hot { colors.text } else { colors.muted };
    let job = egui::text::LayoutJob::simple_singleline(name.to_owned(), theme::small(), color);
    let galley = elided(ui, job, width);
    let rect = Align2::RIGHT_CENTER.anchor_size(right - vec2(8.0, 0.0), galley.size());
    ui.painter().with_clip_rect(clip.intersect(ui.clip_rect())).galley(rect.min, galley, color);
}
