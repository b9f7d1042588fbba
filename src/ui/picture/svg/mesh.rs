//! Coloured triangles. Two that make a rectangle become one: heat maps are made of them.

use egui::{
    Color32, Mesh, Pos2, Rect, Stroke, TextureId,
    epaint::{Vertex, WHITE_UV},
};

use super::{Out, shapes, xml::Element};

pub(super) fn mesh(mesh: &Mesh, out: &mut Out) {
    let is_textured =
        mesh.texture_id != TextureId::default() || mesh.vertices.iter().any(|vertex| vertex.uv != WHITE_UV);
    if is_textured || !shapes::is_finite(mesh.vertices.iter().map(|vertex| vertex.pos)) {
        return;
    }
    let corners = |indices: &[u32]| -> Option<Vec<Vertex>> {
        indices.iter().map(|index| mesh.vertices.get(*index as usize).copied()).collect()
    };
    // What touches is to leave no seam.
    Element::new("g").text("shape-rendering", "crispEdges").open(&mut out.body);
    let mut rest = &mesh.indices[..];
    while rest.len() >= 3 {
        let pair = rest.get(..6).and_then(corners);
        if let Some((rect, colors)) = pair.as_deref().and_then(rectangle) {
            self::rect(rect, colors, out);
            rest = &rest[6..];
            continue;
        }
        if let Some(triangle) = corners(&rest[..3]) {
            let points: Vec<Pos2> = triangle.iter().map(|vertex| vertex.pos).collect();
            let colors: Vec<Color32> = triangle.iter().map(|vertex| vertex.color).collect();
            shapes::polygon(&points, true, mean(&colors), Stroke::NONE, &mut out.body);
        }
        rest = &rest[3..];
    }
    Element::close("g", &mut out.body);
}

/// The rectangle that two triangles make, and the colours of its corners from the left one above on
/// with the clock.
fn rectangle(corners: &[Vertex]) -> Option<(Rect, [Color32; 4])> {
    let bounds = Rect::from_points(&corners.iter().map(|vertex| vertex.pos).collect::<Vec<_>>());
    let places = [bounds.left_top(), bounds.right_top(), bounds.right_bottom(), bounds.left_bottom()];
    let mut colors = [None; 4];
    for vertex in corners {
        let place = places.iter().position(|place| *place == vertex.pos)?;
        match &mut colors[place] {
            Some(color) if *color != vertex.color => return None,
            color => *color = Some(vertex.color),
        }
    }
    let [Some(a), Some(b), Some(c), Some(d)] = colors else { return None };
    // Four corners by six: the two that count twice are those that the triangles share.
    let area = |three: &[Vertex]| {
        let (to, on) = (three[1].pos - three[0].pos, three[2].pos - three[0].pos);
        (to.x * on.y - to.y * on.x).abs() / 2.0
    };
    let covered = area(&corners[..3]) + area(&corners[3..]);
    let diagonals = |three: &[Vertex]| {
        let missing = places.iter().position(|place| three.iter().all(|vertex| vertex.pos != *place));
        missing.map(|place| place % 2)
    };
    let fits = (covered - bounds.area()).abs() <= bounds.area() * 1e-3
        && diagonals(&corners[..3]) == diagonals(&corners[3..]);
    let is_even = (a == d && b == c) || (a == b && c == d);
    (fits && is_even).then_some((bounds, [a, b, c, d]))
}

fn rect(rect: Rect, [first, second, third, _]: [Color32; 4], out: &mut Out) {
    if first == second && second == third {
        shapes::bare_rect(rect).paint("fill", first).end(&mut out.body);
        return;
    }
    let id = out.gradients;
    out.gradients += 1;
    let (along, down) = if first == second { (0.0, 1.0) } else { (1.0, 0.0) };
    Element::new("linearGradient")
        .text("id", &format!("g{id}"))
        .number("x2", along)
        .number("y2", down)
        .open(&mut out.defs);
    for (at, color) in [(0.0, first), (1.0, third)] {
        Element::new("stop").number("offset", at).paint("stop-color", color).end(&mut out.defs);
    }
    Element::close("linearGradient", &mut out.defs);
    shapes::bare_rect(rect).text("fill", &format!("url(#g{id})")).end(&mut out.body);
}

fn mean(colors: &[Color32]) -> Color32 {
    let mut mean = Color32::TRANSPARENT;
    for channel in 0..4 {
        let sum: usize = colors.iter().map(|color| usize::from(color[channel])).sum();
        mean[channel] = (sum / colors.len().max(1)) as u8;
    }
    mean
}
