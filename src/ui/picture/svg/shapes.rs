//! Lines, circles, rectangles, paths and curves.

use std::fmt::Write;

use egui::{
    Color32, CornerRadius, Pos2, Rect, Stroke, StrokeKind,
    emath::{GuiRounding, Rot2},
    epaint::{
        BandShape, CircleShape, ColorMode, CubicBezierShape, EllipseShape, PathShape, PathStroke,
        QuadraticBezierShape, RectShape,
    },
};

use super::xml::{Element, number};

pub(super) fn circle(circle: &CircleShape, out: &mut String) {
    if is_finite([circle.center]) && circle.radius > 0.0 {
        Element::new("circle")
            .number("cx", circle.center.x)
            .number("cy", circle.center.y)
            .number("r", circle.radius)
            .paint("fill", circle.fill)
            .stroke(circle.stroke)
            .end(out);
    }
}

pub(super) fn ellipse(ellipse: &EllipseShape, out: &mut String) {
    if is_finite([ellipse.center]) && ellipse.radius.min_elem() > 0.0 {
        let element = Element::new("ellipse")
            .number("cx", ellipse.center.x)
            .number("cy", ellipse.center.y)
            .number("rx", ellipse.radius.x)
            .number("ry", ellipse.radius.y)
            .paint("fill", ellipse.fill)
            .stroke(ellipse.stroke);
        turned(element, ellipse.angle, ellipse.center).end(out);
    }
}

pub(super) fn line([mut from, mut to]: [Pos2; 2], stroke: Stroke, out: &mut String) {
    if stroke.is_empty() || !is_finite([from, to]) {
        return;
    }
    // Straight lines stand on whole points as they do on the screen, so that they are not blurred.
    if from.x == to.x {
        stroke.round_center_to_pixel(1.0, &mut from.x);
        to.x = from.x;
    } else if from.y == to.y {
        stroke.round_center_to_pixel(1.0, &mut from.y);
        to.y = from.y;
    }
    Element::new("line")
        .number("x1", from.x)
        .number("y1", from.y)
        .number("x2", to.x)
        .number("y2", to.y)
        .stroke(stroke)
        .end(out);
}

pub(super) fn path(path: &PathShape, out: &mut String) {
    if path.points.len() < 2 || !is_finite(path.points.iter().copied()) {
        return;
    }
    polygon(&path.points, path.closed, path.fill, plain(&path.stroke, &path.points), out);
}

pub(super) fn band(band: &BandShape, out: &mut String) {
    let turn = Rot2::from_angle(band.angle);
    let corner = |x: f32, y: f32| (turn * egui::vec2(x, y)).to_pos2();
    let known = || band.points.iter().filter(|point| point.is_finite() && point.y.min <= point.y.max);
    let above = known().map(|point| corner(point.x, point.y.min));
    let below = known().rev().map(|point| corner(point.x, point.y.max));
    let points: Vec<Pos2> = above.chain(below).collect();
    if points.len() > 3 {
        polygon(&points, true, band.fill, band.stroke, out);
    }
}

/// A line through points, or around them.
pub(super) fn polygon(points: &[Pos2], is_closed: bool, fill: Color32, stroke: Stroke, out: &mut String) {
    let places: Vec<String> = points.iter().map(|at| format!("{},{}", number(at.x), number(at.y))).collect();
    let element = Element::new(if is_closed { "polygon" } else { "polyline" })
        .text("points", &places.join(" "))
        .paint("fill", if is_closed { fill } else { Color32::TRANSPARENT })
        .stroke(stroke);
    // Without it lines that turn sharply grow thorns.
    let element = if stroke.is_empty() { element } else { element.text("stroke-linejoin", "round") };
    element.end(out);
}

pub(super) fn rect(shape: &RectShape, out: &mut String) {
    if !is_finite([shape.rect.min, shape.rect.max]) || shape.rect.is_negative() {
        return;
    }
    let whole = if shape.round_to_pixels == Some(false) || shape.angle != 0.0 {
        shape.rect
    } else {
        shape.rect.round_to_pixels(1.0)
    };
    // SVG draws lines over the edge.
    let outward = match shape.stroke_kind {
        _ if shape.stroke.is_empty() => 0.0,
        StrokeKind::Inside => -shape.stroke.width / 2.0,
        StrokeKind::Middle => 0.0,
        StrokeKind::Outside => shape.stroke.width / 2.0,
    };
    let edge = whole.expand(outward);
    if edge.is_negative() {
        return;
    }
    let radius = |radius: u8| {
        let most = edge.width().min(edge.height()) / 2.0;
        if radius == 0 { 0.0 } else { (f32::from(radius) + outward).clamp(0.0, most) }
    };
    let CornerRadius { nw, ne, sw, se } = shape.corner_radius;
    let element = if nw == ne && ne == sw && sw == se {
        let element = bare_rect(edge);
        if radius(nw) > 0.0 { element.number("rx", radius(nw)) } else { element }
    } else {
        Element::new("path").text("d", &rounded(edge, [nw, ne, se, sw].map(radius)))
    };
    let element = element.paint("fill", shape.fill).stroke(shape.stroke);
    let element = match shape.blur_width {
        0.0 => element,
        blur => element.text("filter", &format!("blur({}px)", number(blur / 2.0))),
    };
    turned(element, shape.angle, shape.rect.center()).end(out);
}

/// A rectangle by its place alone.
pub(super) fn bare_rect(rect: Rect) -> Element {
    Element::new("rect")
        .number("x", rect.left())
        .number("y", rect.top())
        .number("width", rect.width())
        .number("height", rect.height())
}

pub(super) fn quadratic(curve: &QuadraticBezierShape, out: &mut String) {
    bent("Q", &curve.points, curve.closed, curve.fill, &curve.stroke, out);
}

pub(super) fn cubic(curve: &CubicBezierShape, out: &mut String) {
    bent("C", &curve.points, curve.closed, curve.fill, &curve.stroke, out);
}

fn bent(kind: &str, points: &[Pos2], is_closed: bool, fill: Color32, stroke: &PathStroke, out: &mut String) {
    let Some((first, rest)) = points.split_first().filter(|_| is_finite(points.iter().copied())) else {
        return;
    };
    let rest: Vec<String> = rest.iter().map(|at| place(*at)).collect();
    let end = if is_closed { " Z" } else { "" };
    Element::new("path")
        .text("d", &format!("M{} {kind}{}{end}", place(*first), rest.join(" ")))
        .paint("fill", fill)
        .stroke(plain(stroke, points))
        .end(out);
}

/// The outline of a rectangle whose corners differ, from the left one above on with the clock.
fn rounded(rect: Rect, radii: [f32; 4]) -> String {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    let mut outline = String::new();
    for (corner, radius) in radii.into_iter().enumerate() {
        let at = corners[corner];
        let toward = |other: usize| at + (corners[other % 4] - at).normalized() * radius;
        let (from, to) = (toward(corner + 3), toward(corner + 1));
        let step = if corner == 0 { 'M' } else { 'L' };
        // Writing to a text cannot fail.
        let _ = write!(outline, "{step}{}", place(from));
        if radius > 0.0 {
            let radius = number(radius);
            let _ = write!(outline, "A{radius},{radius} 0 0 1 {}", place(to));
        }
    }
    outline + "Z"
}

fn place(at: Pos2) -> String {
    format!("{},{}", number(at.x), number(at.y))
}

/// A line of one colour. Where the colour changes along the line it is the one of the middle.
fn plain(stroke: &PathStroke, points: &[Pos2]) -> Stroke {
    let color = match &stroke.color {
        ColorMode::Solid(color) => *color,
        ColorMode::UV(color) => {
            let bounds = Rect::from_points(points);
            color(bounds, bounds.center())
        }
    };
    Stroke::new(stroke.width, color)
}

/// Turned with the clock around `pivot`.
pub(super) fn turned(element: Element, angle: f32, pivot: Pos2) -> Element {
    if angle == 0.0 || !angle.is_finite() {
        return element;
    }
    let turn = format!("rotate({} {} {})", number(angle.to_degrees()), number(pivot.x), number(pivot.y));
    element.text("transform", &turn)
}

pub(super) fn is_finite(points: impl IntoIterator<Item = Pos2>) -> bool {
    points.into_iter().all(|at| at.x.is_finite() && at.y.is_finite())
}
