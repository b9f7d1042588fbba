//! What a distribution draws: areas and outlines, lines where much is, and where players stand.

use egui::{
    Color32, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, pos2, text::LayoutJob,
    vec2,
};

use super::{
    Frame,
    cell::{Curves, Mark},
    flags::{Flags, with_rows},
    point,
};
use crate::{
    analysis::chart::scatter::Area,
    ui::{
        charts::meshed::{Meshed, mesh_of},
        theme::{self, Series, marker_shape, palette},
        widgets::{elided, spoken},
    },
};

/// How strongly areas are filled: alone, and over each other.
const ALONE: f32 = 0.7;
const OVERLAID: f32 = 0.2;
const OUTLINE: f32 = 1.5;
/// Bins at least so wide have a gap between them.
const GAP_FROM: f32 = 5.0;
/// So many selected players are looked at; of more, every second, third and so on.
const LOOKED_AT: usize = 20_000;
/// With no more marks than these, those of selected players have their shape.
const SHAPED: usize = 300;
/// Up to so many bins are told to screen readers.
const SPOKEN: usize = 300;

/// What areas and outlines were made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Of {
    rect: Rect,
    area: Area,
    dark: bool,
    pixels_per_point: f32,
}

/// Draws a frame; `hovered` is the bin below the pointer, `cursor` that where the keyboard is.
pub(super) fn paint(
    ui: &Ui,
    frame: &Frame<'_>,
    marks: &mut Meshed<Of>,
    hovered: Option<usize>,
    cursor: Option<usize>,
) {
    let light = !ui.visuals().dark_mode;
    let plane = &frame.plane;
    let looks: Vec<Series> = frame.drawing.series.entries.iter().map(|entry| entry.look(light)).collect();
    let clip = ui.painter().with_clip_rect(plane.rect.expand(1.0).intersect(ui.clip_rect()));
    let colors = palette(ui);
    let band = |bin: usize| {
        let (from, to) = frame.binned.edges(bin);
        Rect::from_x_y_ranges(plane.x(from)..=plane.x(to), plane.rect.y_range())
    };
    if let Some(bin) = hovered.or(cursor) {
        clip.rect_filled(band(bin), 0, colors.hover);
    }
    let shapes = || match &frame.plot.curves {
        Curves::Bins => bins(frame, &looks, colors.window),
        Curves::Smooth(curves) => smooth(frame, curves, &looks, colors.window),
        Curves::Steps(curves) => steps(frame, curves, &looks, colors.window),
    };
    if frame.given.is_picture {
        // Triangles would make large files, and edges that are smooth at one size only.
        clip.extend(shapes());
    } else {
        let (rect, area) = (plane.rect, plane.area);
        let of = Of { rect, area, dark: !light, pixels_per_point: ui.pixels_per_point() };
        marks.paint(&clip, of, || mesh_of(ui, shapes()));
    }
    let zero = plane.y(0.0);
    ui.painter().hline(plane.rect.x_range(), zero, Stroke::new(1.0, colors.faint));
    players(ui, frame, &looks, &clip);
    let name = LayoutJob::simple_singleline(frame.cell.name.clone(), theme::small(), colors.muted);
    let name = elided(ui, name, plane.rect.width() - 12.0);
    let at = pos2(plane.rect.right() - 4.0, zero - 4.0) - name.size();
    let behind = Rect::from_min_size(at, name.size()).expand2(vec2(3.0, 0.0));
    ui.painter().rect_filled(behind, 2, colors.window);
    ui.painter().galley(at, name, colors.muted);
    lines(ui, frame);
    if let Some(bin) = cursor {
        clip.rect_stroke(band(bin), 2, Stroke::new(1.5, colors.accent), StrokeKind::Inside);
    }
    if frame.plot.rows.is_empty() {
        let words = "All series are hidden: show one in the legend";
        clip.text(plane.rect.center(), egui::Align2::CENTER_CENTER, words, theme::small(), colors.muted);
    }
    if !frame.given.is_picture {
        tell(ui, frame, band);
    }
}

/// Draws that the keyboard is here.
pub(super) fn focus(ui: &Ui, room: Rect) {
    let stroke = Stroke::new(1.5, palette(ui).accent);
    ui.painter().rect_stroke(room.shrink(1.0), 2, stroke, StrokeKind::Inside);
}

fn strength(frame: &Frame<'_>) -> f32 {
    if frame.drawing.series.entries.len() == 1 { ALONE } else { OVERLAID }
}

fn bins(frame: &Frame<'_>, looks: &[Series], behind: Color32) -> Vec<Shape> {
    let (plot, plane) = (frame.plot, &frame.plane);
    let edges: Vec<f32> = frame.binned.bins().edges().iter().map(|edge| plane.x(*edge)).collect();
    let zero = plane.y(0.0);
    let is_alone = looks.len() == 1;
    let has_gaps = is_alone && edges.get(1).is_some_and(|second| second - edges[0] >= GAP_FROM);
    let mut fills = Mesh::default();
    let mut outlines: Vec<Shape> = Vec::new();
    for series in &plot.order {
        let counts = &frame.binned.series()[*series].bins;
        let color = looks[*series].color;
        let tops: Vec<f32> = counts.iter().map(|count| plane.y(f64::from(*count))).collect();
        for (bin, top) in tops.iter().enumerate().filter(|(bin, _)| counts[*bin] > 0) {
            let rect = Rect::from_min_max(pos2(edges[bin], *top), pos2(edges[bin + 1], zero));
            let rect = if has_gaps { rect.shrink2(vec2(0.5, 0.0)) } else { rect };
            fills.add_colored_rect(rect, color.gamma_multiply(strength(frame)));
        }
        if !has_gaps {
            outlines.extend(outline(counts, &tops, &edges, zero, Stroke::new(OUTLINE, color)));
        }
        let highest = (0..counts.len()).max_by_key(|bin| (counts[*bin], std::cmp::Reverse(*bin)));
        if let Some(bin) = highest.filter(|bin| !is_alone && counts[*bin] > 0) {
            let at = pos2(f32::midpoint(edges[bin], edges[bin + 1]), tops[bin]);
            outlines.extend(marker(behind, at, looks[*series]));
        }
    }
    outlines.insert(0, Shape::mesh(fills));
    outlines
}

/// The outline of each run of bins that hold something.
fn outline(counts: &[u32], tops: &[f32], edges: &[f32], zero: f32, stroke: Stroke) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut line: Vec<Pos2> = Vec::new();
    for bin in 0..counts.len() {
        if counts[bin] == 0 {
            continue;
        }
        if line.is_empty() {
            line.push(pos2(edges[bin], zero));
        }
        line.extend([pos2(edges[bin], tops[bin]), pos2(edges[bin + 1], tops[bin])]);
        if counts.get(bin + 1).is_none_or(|next| *next == 0) {
            line.push(pos2(edges[bin + 1], zero));
            shapes.push(Shape::line(std::mem::take(&mut line), stroke));
        }
    }
    shapes
}

fn smooth(frame: &Frame<'_>, curves: &[Vec<(f64, f64)>], looks: &[Series], behind: Color32) -> Vec<Shape> {
    let plane = &frame.plane;
    let zero = plane.y(0.0);
    let (mut areas, mut lines) = (Vec::new(), Vec::new());
    for series in &frame.plot.order {
        let look = looks[*series];
        let points: Vec<Pos2> =
            curves[*series].iter().map(|(place, height)| pos2(plane.x(*place), plane.y(*height))).collect();
        let Some(top) = points.iter().copied().min_by(|one, other| one.y.total_cmp(&other.y)) else {
            continue;
        };
        areas.push(Shape::mesh(area(&points, zero, look.color.gamma_multiply(strength(frame)))));
        // Where nobody is beyond, a curve ends high up: it stands on zero all the same.
        let ends = [points[0], points[points.len() - 1]].map(|end| pos2(end.x, zero));
        let line = [&ends[..1], &points[..], &ends[1..]].concat();
        lines.push(Shape::line(line, Stroke::new(OUTLINE, look.color)));
        if looks.len() > 1 {
            lines.extend(marker(behind, top, look));
        }
    }
    areas.extend(lines);
    areas
}

/// What is between a line and zero.
fn area(points: &[Pos2], zero: f32, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for point in points {
        mesh.colored_vertex(*point, color);
        mesh.colored_vertex(pos2(point.x, zero), color);
    }
    for next in 1..points.len() as u32 {
        let (before, after) = (2 * next - 2, 2 * next);
        mesh.add_triangle(before, before + 1, after);
        mesh.add_triangle(before + 1, after, after + 1);
    }
    mesh
}

fn steps(frame: &Frame<'_>, curves: &[Vec<(f64, f64)>], looks: &[Series], behind: Color32) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let plane = &frame.plane;
    let (left, right) = (plane.rect.left() - 2.0, plane.rect.right() + 2.0);
    for series in &frame.plot.order {
        let look = looks[*series];
        let mut line = vec![pos2(left, plane.y(0.0))];
        for (place, share) in &curves[*series] {
            let (x, before) = (plane.x(*place), line[line.len() - 1].y);
            line.extend([pos2(x, before), pos2(x, plane.y(*share))]);
        }
        line.push(pos2(right, line[line.len() - 1].y));
        let half = curves[*series].iter().find(|(_, share)| *share >= 0.5);
        if curves[*series].is_empty() {
            continue;
        }
        shapes.push(Shape::line(line, Stroke::new(2.0, look.color)));
        if let Some((place, share)) = half.filter(|_| looks.len() > 1) {
            shapes.extend(marker(behind, pos2(plane.x(*place), plane.y(*share)), look));
        }
    }
    shapes
}

/// A marker that stands out from what is behind it.
fn marker(behind: Color32, at: Pos2, look: Series) -> [Shape; 2] {
    [marker_shape(at, 11.0, Series { color: behind, ..look }), marker_shape(at, 7.0, look)]
}

/// Where players stand: all of them where they are few, and those that are selected.
fn players(ui: &Ui, frame: &Frame<'_>, looks: &[Series], clip: &Painter) {
    let (plane, selected) = (&frame.plane, frame.given.selected);
    let zero = plane.y(0.0);
    let look = |row: u32| looks.get(*frame.drawing.of_rows.get(row as usize)? as usize).copied();
    let mark = |row: u32| Some((plane.x(frame.place(row)?), look(row)?));
    if frame.plot.rows.len() <= point::FEW {
        let ticks = frame.plot.rows.iter().filter_map(|row| mark(*row));
        let ends = [zero + 2.0, f32::midpoint(zero, plane.rect.bottom()) + 1.0];
        clip.extend(ticks.map(|(x, look)| {
            Shape::line_segment([pos2(x, ends[0]), pos2(x, ends[1])], Stroke::new(1.0, look.color))
        }));
    }
    let every = selected.count() / LOOKED_AT + 1;
    let marks = selected.rows().step_by(every).filter_map(mark);
    if selected.count() <= SHAPED {
        for (x, look) in marks {
            let ends = [pos2(x, zero - 4.0), pos2(x, plane.rect.bottom())];
            clip.add(Shape::line_segment(ends, Stroke::new(1.5, palette(ui).text)));
            clip.extend(marker(palette(ui).window, pos2(x, zero - 6.0), look));
        }
        return;
    }
    // Where many stand on one point of the screen, one tick is drawn.
    let mut is_taken = vec![false; plane.rect.width().ceil() as usize + 1];
    let mut ticks = Mesh::default();
    for (x, _) in marks.filter(|(x, _)| plane.rect.x_range().contains(*x)) {
        let point = (x - plane.rect.left()) as usize;
        if !std::mem::replace(&mut is_taken[point], true) {
            let left = plane.rect.left() + point as f32;
            let tick = Rect::from_x_y_ranges(left..=left + 1.0, zero + 1.0..=plane.rect.bottom());
            ticks.add_colored_rect(tick, palette(ui).text);
        }
    }
    clip.add(Shape::mesh(ticks));
}

/// Lines at median and mean, and at the pinned and the hovered player, with their words.
fn lines(ui: &Ui, frame: &Frame<'_>) {
    let (plane, colors) = (&frame.plane, palette(ui));
    let is_in_sight = |x: &f32| plane.rect.x_range().contains(*x);
    let at = |row: Option<u32>| row.and_then(|row| Some((row, plane.x(frame.place(row)?))));
    let players = [(at(frame.given.hovered), colors.text), (at(frame.given.pinned), colors.accent)];
    let players: Vec<(u32, f32, Color32)> = players
        .into_iter()
        .filter_map(|(at, color)| at.map(|(row, x)| (row, x, color)))
        .filter(|(_, x, _)| is_in_sight(x))
        .collect();
    let marks: Vec<(&Mark, f32)> = (frame.plot.marks.iter().map(|mark| (mark, plane.x(mark.place))))
        .filter(|(_, x)| is_in_sight(x))
        .collect();
    let lines: Vec<f32> = players.iter().map(|(_, x, _)| *x).chain(marks.iter().map(|(_, x)| *x)).collect();
    let whole = with_rows(plane.rect, frame.rows);
    let clip = ui.painter().with_clip_rect(whole.intersect(ui.clip_rect()));
    let mut flags = Flags::new(ui, plane.rect, frame.rows, &frame.plot.counted, &lines);
    for (_, x, color) in &players {
        clip.vline(*x, flags.top(*x)..=whole.bottom(), Stroke::new(1.5, *color));
    }
    for (mark, x) in &marks {
        let stroke = Stroke::new(1.0, colors.muted);
        let ends = [pos2(*x, flags.top(*x)), pos2(*x, plane.y(0.0))];
        if mark.is_dashed {
            clip.extend(Shape::dashed_line(&ends, stroke, 4.0, 4.0));
        } else {
            clip.add(Shape::line_segment(ends, stroke));
        }
    }
    for (row, x, color) in players {
        flags.put(x, &frame.drawing.scene.player(row), color);
    }
    for (mark, x) in marks {
        flags.put(x, &mark.words, colors.muted);
    }
}

/// Tells screen readers of each bin that holds players.
fn tell(ui: &Ui, frame: &Frame<'_>, band: impl Fn(usize) -> Rect) {
    let all: usize =
        frame.drawing.cells.iter().flat_map(|cell| &cell.plot).map(|plot| plot.binned.len()).sum();
    if all > SPOKEN {
        return;
    }
    for bin in 0..frame.binned.len() {
        let rect = band(bin).intersect(frame.plane.rect);
        if !rect.is_positive() || frame.binned.count(bin) == 0 {
            continue;
        }
        let id = ui.scope_id().with(("bin", frame.number, bin));
        let response = ui.interact(rect, id, Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::GraphicsObject);
            node.set_label(frame.words(bin));
        });
    }
}
