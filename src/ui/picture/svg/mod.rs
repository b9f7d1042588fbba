//! Shapes into the text of an SVG file: what egui would draw, by the names that SVG has for it.
//!
//! Letters stay letters: they can be searched, copied and set in another font. The file names fonts
//! and brings none; each run of letters says how wide it is, so that another font keeps the places.
//! Left out is what only exists as pixels: icons of the icon font and textures.
//!
//! Start with [`write`]; `shapes.rs`, `mesh.rs` and `text.rs` have one kind of shape each, `xml.rs`
//! writes elements that any reader takes.

mod mesh;
mod shapes;
mod text;
mod xml;

use std::collections::HashMap;

use egui::{Color32, Rect, Shape, Vec2, epaint::ClippedShape};

use xml::{Element, number};

/// First the font of the window, then those that come nearest.
const FONTS: &str = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/// What is said of the picture to those who cannot see it.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    /// The small print.
    pub(super) print: &'a str,
}

/// Writes shapes in an area of `size` points over `background`.
pub(super) fn write(shapes: &[ClippedShape], size: Vec2, background: Color32, about: &About<'_>) -> String {
    let area = Rect::from_min_size(egui::Pos2::ZERO, size);
    let mut out = Out::default();
    let mut open: Option<usize> = None;
    for ClippedShape { clip_rect, shape, .. } in shapes {
        let seen = shape.visual_bounding_rect();
        let clip_rect = clip_rect.intersect(area);
        if !clip_rect.intersects(seen) || !clip_rect.is_positive() {
            continue;
        }
        // Edges that fade out reach a little further than the shape.
        let clip = (!clip_rect.expand(0.5).contains_rect(seen)).then(|| out.clip(clip_rect));
        if clip != open {
            close(&mut out, open);
            if let Some(clip) = clip {
                Element::new("g").text("clip-path", &format!("url(#c{clip})")).open(&mut out.body);
            }
            open = clip;
        }
        shape_into(shape, &mut out);
    }
    close(&mut out, open);
    whole(&out, size, background, about)
}

fn close(out: &mut Out, open: Option<usize>) {
    if open.is_some() {
        Element::close("g", &mut out.body);
    }
}

fn whole(out: &Out, size: Vec2, background: Color32, about: &About<'_>) -> String {
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let view = format!("0 0 {} {}", number(size.x), number(size.y));
    Element::new("svg")
        .text("xmlns", "http://www.w3.org/2000/svg")
        .number("width", size.x)
        .number("height", size.y)
        .text("viewBox", &view)
        .text("font-family", FONTS)
        .text("style", "font-variant-numeric:tabular-nums")
        .text("xml:space", "preserve")
        .text("role", "img")
        .open(&mut file);
    Element::new("title").holding(about.title, &mut file);
    Element::new("desc").holding(about.print, &mut file);
    if !out.defs.is_empty() {
        Element::new("defs").open(&mut file);
        file.push_str(&out.defs);
        Element::close("defs", &mut file);
    }
    Element::new("rect")
        .number("width", size.x)
        .number("height", size.y)
        .paint("fill", background)
        .end(&mut file);
    file.push_str(&out.body);
    Element::close("svg", &mut file);
    file
}

/// What was written so far.
#[derive(Default)]
struct Out {
    body: String,
    /// What is defined to be named: areas that cut, colours that change.
    defs: String,
    clips: HashMap<[u32; 4], usize>,
    gradients: usize,
}

impl Out {
    /// The number of an area that cuts.
    fn clip(&mut self, rect: Rect) -> usize {
        let key = [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f32::to_bits);
        let next = self.clips.len();
        if let Some(known) = self.clips.get(&key) {
            return *known;
        }
        self.clips.insert(key, next);
        Element::new("clipPath").text("id", &format!("c{next}")).open(&mut self.defs);
        shapes::bare_rect(rect).end(&mut self.defs);
        Element::close("clipPath", &mut self.defs);
        next
    }
}

fn shape_into(shape: &Shape, out: &mut Out) {
    match shape {
        Shape::Noop | Shape::Callback(_) => {}
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| shape_into(shape, out)),
        Shape::Circle(circle) => shapes::circle(circle, &mut out.body),
        Shape::Ellipse(ellipse) => shapes::ellipse(ellipse, &mut out.body),
        Shape::LineSegment { points, stroke } => shapes::line(*points, *stroke, &mut out.body),
        Shape::Path(path) => shapes::path(path, &mut out.body),
        Shape::Band(band) => shapes::band(band, &mut out.body),
        Shape::Rect(rect) => shapes::rect(rect, &mut out.body),
        Shape::QuadraticBezier(curve) => shapes::quadratic(curve, &mut out.body),
        Shape::CubicBezier(curve) => shapes::cubic(curve, &mut out.body),
        Shape::Text(text) => text::text(text, &mut out.body),
        Shape::Mesh(mesh) => mesh::mesh(mesh, out),
    }
}

#[cfg(test)]
mod tests;
