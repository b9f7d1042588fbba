//! What a scatter draws: marks, what stands for many, the trend, and rings around those that count.

use egui::{Align2, Color32, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, vec2};

use super::{
    super::{DrawState, Given, plane::Plane},
    Scatter,
};
use crate::{
    analysis::chart::{NO_GROUP, scatter::Marks},
    ui::{
        theme::{self, Series, marker_shape, palette},
        widgets::spoken,
    },
};

/// Up to so many marks are drawn one by one, each in its shape.
const SINGLES: usize = 3_000;
/// Points nearer to each other than so many points of the screen are drawn as one.
const CELL: f64 = 6.0;
const MARK: f32 = 9.0;
const SMALL_MARK: f32 = 5.0;
/// With more marks than these they are smaller.
const LARGE_UP_TO: usize = 400;
/// Up to so many are told to screen readers, and so many rings are drawn.
const SPOKEN: usize = 300;
const RINGS: usize = 2_000;

pub(super) fn marks(ui: &Ui, scatter: &Scatter, state: &mut DrawState, given: &Given<'_>, plane: &Plane) {
    let light = !ui.visuals().dark_mode;
    let looks: Vec<Series> = scatter.series.entries.iter().map(|entry| entry.look(light)).collect();
    let mut marks = std::mem::take(&mut state.marks);
    scatter.cloud.look(&plane.window(), CELL, SINGLES, &mut marks);
    let clip = ui.painter().with_clip_rect(plane.rect.expand(1.0).intersect(ui.clip_rect()));
    trend(ui, scatter, plane, &clip);
    clip.add(Shape::mesh(cells(&marks, plane, &looks, palette(ui).muted)));
    let size = if marks.points() <= LARGE_UP_TO { MARK } else { SMALL_MARK };
    clip.extend(marks.singles.iter().map(|single| {
        let look = looks.get(single.group as usize).copied();
        marker_shape(plane.screen(single.at), size, look.unwrap_or(looks[0]))
    }));
    rings(ui, scatter, given, plane, &clip);
    if marks.points() <= SPOKEN && !given.is_picture {
        tell(ui, scatter, &marks, plane);
    }
    state.marks = marks;
}

/// A square for each place where there are several, the denser the more there are.
fn cells(marks: &Marks, plane: &Plane, looks: &[Series], of_none: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    let most = marks.cells.iter().map(|cell| cell.count).max().unwrap_or(1).max(2);
    for cell in &marks.cells {
        let color = if cell.group == NO_GROUP {
            of_none
        } else {
            looks.get(cell.group as usize).map_or(of_none, |look| look.color)
        };
        let share = (cell.count as f32).ln_1p() / (most as f32).ln_1p();
        let side = (CELL as f32 - 1.0).max(2.0);
        let at: Pos2 = plane.screen(cell.middle());
        mesh.add_colored_rect(
            Rect::from_center_size(at, vec2(side, side)),
            color.gamma_multiply(0.35 + 0.65 * share),
        );
    }
    mesh
}

fn trend(ui: &Ui, scatter: &Scatter, plane: &Plane, clip: &egui::Painter) {
    let Some(trend) = &scatter.trend else { return };
    let colors = palette(ui);
    let ends = [plane.area.least.x, plane.area.greatest.x];
    let points = ends.map(|x| egui::pos2(plane.x(x), plane.y(trend.at(x))));
    if !points.iter().all(|point| point.y.is_finite()) {
        return;
    }
    clip.extend(Shape::dashed_line(&points, Stroke::new(1.0, colors.muted), 5.0, 4.0));
    let Some(r) = trend.r else { return };
    let words = format!("trend, r = {r:.2}");
    let y = points[1].y.clamp(plane.rect.top() + 14.0, plane.rect.bottom() - 4.0);
    let at = egui::pos2(plane.rect.right() - 6.0, y - 3.0);
    clip.text(at, Align2::RIGHT_BOTTOM, words, theme::small(), colors.muted);
}

/// Rings around the selected, the pinned and the one below the pointer, and the name of the last.
fn rings(ui: &Ui, scatter: &Scatter, given: &Given<'_>, plane: &Plane, clip: &egui::Painter) {
    let colors = palette(ui);
    let ring = |row: u32, radius: f32, stroke: Stroke| {
        let at = plane.screen(scatter.at(row)?);
        clip.circle_stroke(at, radius, stroke);
        Some(at)
    };
    if given.selected.count() <= RINGS {
        for row in given.selected.rows() {
            ring(row, 8.0, Stroke::new(1.5, colors.text));
        }
    }
    if let Some(row) = given.pinned {
        ring(row, 10.0, Stroke::new(1.5, colors.accent));
    }
    let Some(row) = given.hovered else { return };
    if let Some(at) = ring(row, 10.0, Stroke::new(1.5, colors.text)) {
        let (align, aside) = if at.x > plane.rect.center().x {
            (Align2::RIGHT_BOTTOM, vec2(-10.0, -8.0))
        } else {
            (Align2::LEFT_BOTTOM, vec2(10.0, -8.0))
        };
        clip.text(at + aside, align, scatter.scene.player(row), theme::small(), colors.text);
    }
}

/// Tells screen readers of each mark.
fn tell(ui: &Ui, scatter: &Scatter, marks: &Marks, plane: &Plane) {
    for single in &marks.singles {
        let row = scatter.scene.rows()[single.row as usize];
        let rect = Rect::from_center_size(plane.screen(single.at), vec2(MARK, MARK));
        let response = ui.interact(rect, ui.scope_id().with(("mark", row)), Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::GraphicsObject);
            node.set_label(scatter.scene.in_words(row, &scatter.columns));
        });
    }
}
