//! A radar: some series on several axes at once, each from the middle (0) to the rim (1).
//!
//! It draws what it is given and keeps nothing. Names are never cut off: the radar gives way to them,
//! and long ones wrap. A series has no corner where it has no number, and no line leads there. Start
//! with [`radar_ui`].

use std::{f32::consts::TAU, sync::Arc};

use egui::{
    Color32, Galley, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, pos2, text::LayoutJob, vec2,
};

use super::spoken;
use crate::ui::theme::{self, HAIRLINE, Palette, Series, marker_shape, palette};

/// Space between the rim and a name, in points.
const GAP: f32 = 8.0;
/// Below this radius there is no radar, only its place.
const LEAST_RADIUS: f32 = 24.0;
/// How much of the width a name may take before it wraps.
const NAME_SHARE: f32 = 0.3;
const RINGS: [f32; 4] = [0.25, 0.5, 0.75, 1.0];
const MARKER: f32 = 6.0;
/// How near the pointer must be to a corner.
const REACH: f32 = 9.0;
/// How much of its colour a shape is filled with, and what is left of it beside the one that is pointed at.
const FILL: f32 = 0.16;
const DIMMED: f32 = 0.3;

/// What is said of the stats of these names, which are turned round, so that what is better looks the same
/// everywhere; `None` of no stats.
pub(crate) fn turned(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("Turned round, as less is better: {}", names.join(", ")))
}

/// A shape on the radar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RadarSeries<'a> {
    /// What it is called.
    pub(crate) name: &'a str,
    /// Its colour and its marker.
    pub(crate) look: Series,
    /// Whether it is drawn as a line alone: what others are measured by.
    pub(crate) is_muted: bool,
    /// For each axis how far out it is, from 0 to 1; `None` where it has no number.
    pub(crate) corners: &'a [Option<f64>],
    /// For each axis what is said of it there: "4,531, 96th percentile".
    pub(crate) words: &'a [String],
}

/// What the radar shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RadarInput<'a> {
    /// The names of the axes, clockwise from the top. Three or more.
    pub(crate) axes: &'a [String],
    /// The shapes, each with a corner for each axis.
    pub(crate) series: &'a [RadarSeries<'a>],
    /// The one that is pointed at elsewhere.
    pub(crate) hovered: Option<usize>,
    /// What a screen reader is told of the whole.
    pub(crate) summary: &'a str,
}

/// What was done with the radar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RadarOutput {
    /// The series that the pointer is at.
    pub(crate) hovered: Option<usize>,
    /// The series that was clicked.
    pub(crate) clicked: Option<usize>,
}

/// Draws the radar in `rect`.
pub(crate) fn radar_ui(ui: &mut Ui, rect: Rect, input: &RadarInput<'_>) -> RadarOutput {
    let id = ui.scope_id().with("radar");
    let whole = ui.interact(rect, id, Sense::CLICK);
    spoken(&whole, |node| {
        node.set_role(Role::Figure);
        node.set_label(input.summary.to_owned());
    });
    tell_series(ui, rect, id, input);
    let plot = Plot::of(ui, rect, input.axes);
    if plot.radius < LEAST_RADIUS || input.axes.len() < 3 {
        return RadarOutput::default();
    }
    let pointer = whole.hover_pos().or_else(|| whole.interact_pointer_pos().filter(|_| whole.clicked()));
    let near = pointer.map(|at| plot.corners_at(at, input.series)).unwrap_or_default();
    let hovered = near.first().map(|(place, _)| *place);
    let is_shape = |place: &usize| input.series.get(*place).is_some_and(|series| !series.is_muted);
    plot.paint(ui, input, hovered.or(input.hovered).filter(is_shape));
    if whole.clicked() {
        return RadarOutput { hovered, clicked: hovered };
    }
    if !near.is_empty() {
        whole.on_hover_text_at_pointer(explained(input, &near));
    }
    RadarOutput { hovered, clicked: None }
}

/// What is said of the corners that the pointer is at.
fn explained(input: &RadarInput<'_>, near: &[(usize, usize)]) -> String {
    let line = |(place, axis): &(usize, usize)| {
        let series = &input.series[*place];
        let words = series.words.get(*axis).map_or("", String::as_str);
        format!("{}, {}: {words}", series.name, input.axes[*axis])
    };
    near.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A line for each series, as far as anybody listens.
fn tell_series(ui: &Ui, rect: Rect, id: egui::Id, input: &RadarInput<'_>) {
    if ui.ctx().accesskit_node_builder(id, |_| ()).is_none() {
        return;
    }
    for (place, series) in input.series.iter().enumerate() {
        let line = ui.interact(rect, id.with(place), Sense::hover());
        spoken(&line, |node| {
            node.set_role(Role::ListItem);
            let corners = input.axes.iter().zip(series.words).map(|(axis, words)| format!("{axis} {words}"));
            node.set_label(format!("{}: {}", series.name, corners.collect::<Vec<_>>().join("; ")));
        });
    }
}

/// Where the radar stands.
struct Plot {
    center: Pos2,
    radius: f32,
    /// The direction of each axis.
    ways: Vec<Vec2>,
    names: Vec<Arc<Galley>>,
}

impl Plot {
    /// As large as the names leave room for.
    fn of(ui: &Ui, rect: Rect, axes: &[String]) -> Self {
        let ways: Vec<Vec2> = (0..axes.len()).map(|axis| way(axis, axes.len())).collect();
        let wrap = (rect.width() * NAME_SHARE).max(48.0);
        let color = palette(ui).muted;
        let names = axes.iter().map(|name| {
            let job = LayoutJob::simple(name.clone(), theme::small(), color, wrap);
            ui.painter().layout_job(job)
        });
        let names: Vec<Arc<Galley>> = names.collect();
        let radius = names.iter().zip(&ways).map(|(name, way)| fitting(rect.size(), name.size(), *way));
        Self { center: rect.center(), radius: radius.fold(f32::INFINITY, f32::min), ways, names }
    }

    fn at(&self, axis: usize, share: f32) -> Pos2 {
        self.center + self.ways[axis] * (self.radius * share)
    }

    /// The corners of a series.
    fn points(&self, series: &RadarSeries<'_>) -> Vec<Option<Pos2>> {
        let corner = |axis: usize| {
            let share = series.corners.get(axis).copied().flatten()?;
            Some(self.at(axis, share.clamp(0.0, 1.0) as f32))
        };
        (0..self.ways.len()).map(corner).collect()
    }

    /// The corners near a point as series and axis, the nearest first.
    fn corners_at(&self, at: Pos2, series: &[RadarSeries<'_>]) -> Vec<(usize, usize)> {
        let mut near: Vec<(f32, usize, usize)> = Vec::new();
        for (place, one) in series.iter().enumerate() {
            for (axis, corner) in self.points(one).into_iter().enumerate() {
                let distance = corner.map(|corner| corner.distance(at));
                near.extend(distance.filter(|far| *far <= REACH).map(|far| (far, place, axis)));
            }
        }
        near.sort_by(|left, right| left.0.total_cmp(&right.0));
        near.into_iter().map(|(_, place, axis)| (place, axis)).collect()
    }

    fn paint(&self, ui: &Ui, input: &RadarInput<'_>, hovered: Option<usize>) {
        let colors = palette(ui);
        self.paint_web(ui, colors);
        // The one that is pointed at lies over the others.
        let order = (0..input.series.len()).filter(|place| Some(*place) != hovered).chain(hovered);
        for place in order {
            let Some(series) = input.series.get(place) else { continue };
            let is_dimmed = hovered.is_some_and(|hovered| hovered != place);
            self.paint_series(ui, series, is_dimmed);
        }
    }

    fn paint_web(&self, ui: &Ui, colors: &Palette) {
        let stroke = Stroke::new(HAIRLINE, colors.line);
        for ring in RINGS {
            let corners = (0..self.ways.len()).map(|axis| self.at(axis, ring)).collect();
            ui.painter().add(Shape::closed_line(corners, stroke));
        }
        for (axis, name) in self.names.iter().enumerate() {
            ui.painter().line_segment([self.center, self.at(axis, 1.0)], stroke);
            let (way, size) = (self.ways[axis], name.size());
            let middle =
                self.at(axis, 1.0) + vec2(way.x * (GAP + size.x / 2.0), way.y * (GAP + size.y / 2.0));
            ui.painter().galley(middle - size / 2.0, name.clone(), colors.muted);
        }
    }

    fn paint_series(&self, ui: &Ui, series: &RadarSeries<'_>, is_dimmed: bool) {
        let strength = if is_dimmed { DIMMED } else { 1.0 };
        let color = series.look.color.gamma_multiply(strength);
        let points = self.points(series);
        if !series.is_muted {
            ui.painter().add(fill(self.center, &points, series.look.color.gamma_multiply(FILL * strength)));
        }
        let stroke = Stroke::new(if series.is_muted { 1.0 } else { 1.6 }, color);
        for (from, to) in edges(&points) {
            ui.painter().line_segment([from, to], stroke);
        }
        if !series.is_muted {
            for point in points.into_iter().flatten() {
                ui.painter().add(marker_shape(point, MARKER, Series { color, ..series.look }));
            }
        }
    }
}

/// The direction of an axis, clockwise from the top.
fn way(axis: usize, count: usize) -> Vec2 {
    let angle = axis as f32 / count as f32 * TAU;
    vec2(angle.sin(), -angle.cos())
}

/// The greatest radius at which a name outside the rim still is within `room`.
fn fitting(room: Vec2, name: Vec2, way: Vec2) -> f32 {
    let along = |room: f32, name: f32, way: f32| {
        let way = way.abs();
        if way < 1e-3 { f32::INFINITY } else { (room / 2.0 - name / 2.0) / way - GAP - name / 2.0 }
    };
    along(room.x, name.x, way.x).min(along(room.y, name.y, way.y))
}

/// Each two corners beside each other that are both there.
fn edges(points: &[Option<Pos2>]) -> impl Iterator<Item = (Pos2, Pos2)> {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).filter_map(|(from, to)| Some(((*from)?, (*to)?)))
}

/// What lies between the middle and the edges.
fn fill(center: Pos2, points: &[Option<Pos2>], color: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for (from, to) in edges(points) {
        let first = mesh.vertices.len() as u32;
        for at in [center, from, to] {
            mesh.colored_vertex(pos2(at.x, at.y), color);
        }
        mesh.add_triangle(first, first + 1, first + 2);
    }
    Shape::mesh(mesh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_leads_where_there_is_no_number() {
        let at = |x: f32| Some(pos2(x, 0.0));
        assert_eq!(edges(&[at(1.0), at(2.0), at(3.0)]).count(), 3);
        assert_eq!(edges(&[at(1.0), None, at(3.0), at(4.0)]).count(), 2);
        assert_eq!(edges(&[at(1.0), None, None]).count(), 0);
        assert_eq!(edges(&[None; 3]).count(), 0);
    }

    #[test]
    fn names_keep_within_the_room() {
        let room = vec2(300.0, 260.0);
        let name = vec2(90.0, 32.0);
        for axis in 0..7 {
            let way = way(axis, 7);
            let radius = fitting(room, name, way);
            let middle = way * radius + vec2(way.x * (GAP + name.x / 2.0), way.y * (GAP + name.y / 2.0));
            assert!(middle.x.abs() + name.x / 2.0 <= room.x / 2.0 + 0.01, "{axis}");
            assert!(middle.y.abs() + name.y / 2.0 <= room.y / 2.0 + 0.01, "{axis}");
        }
    }
}
