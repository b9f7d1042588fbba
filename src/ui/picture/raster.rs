//! Triangles into pixels, as the window's renderer does it: egui blends premultiplied colours as they
//! are, without making them linear, and smooths edges by triangles that fade out.
//!
//! Whether a pixel belongs to a triangle is decided in whole numbers, 256 to a pixel, by the rule of
//! graphics cards: triangles that share an edge neither overlap nor leave a gap.

use egui::{
    ClippedPrimitive, Color32, ColorImage, Mesh, Rect,
    epaint::{Primitive, Vertex},
};
use rayon::prelude::*;

use super::{
    headless::Drawing,
    textures::{Texture, Textures},
};

/// Lines of pixels that are drawn together.
const BAND: usize = 128;
/// Parts of a pixel.
const PARTS: i64 = 256;
/// How far from the picture a corner may be, in pixels, so that products of two distances fit.
const FAR: f32 = 2_000_000.0;
/// Red, green, blue, opacity, and the place in the texture.
const VALUES: usize = 6;

/// The picture of a drawing, over `background`.
pub(super) fn raster(mut drawing: Drawing, background: Color32) -> ColorImage {
    let primitives = drawing.triangles();
    let [width, height] = drawing.pixels();
    let mut pixels = vec![background; width * height];
    if width > 0 {
        pixels.par_chunks_mut(width * BAND).enumerate().for_each(|(band, pixels)| {
            let mut band = Band { top: signed(band * BAND), width: signed(width), pixels };
            for primitive in &primitives {
                band.primitive(primitive, &drawing.textures, drawing.scale);
            }
        });
    }
    ColorImage::new([width, height], pixels)
}

/// A count of pixels, to subtract from.
fn signed(pixels: usize) -> i64 {
    i64::try_from(pixels).unwrap_or(i64::MAX)
}

/// Some lines of the picture.
struct Band<'a> {
    top: i64,
    width: i64,
    pixels: &'a mut [Color32],
}

/// The pixels that may be drawn to, up to but not with `right` and `bottom`.
#[derive(Clone, Copy)]
struct Clip {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

/// A corner of a triangle: its place in parts of pixels, and what is spread from it.
#[derive(Clone, Copy)]
struct Corner {
    x: i64,
    y: i64,
    values: [f32; VALUES],
}

impl Band<'_> {
    fn primitive(&mut self, primitive: &ClippedPrimitive, textures: &Textures, scale: f32) {
        // Callbacks paint with the window's own renderer: nothing of ours makes one.
        let Primitive::Mesh(mesh) = &primitive.primitive else { return };
        let Some(texture) = textures.get(mesh.texture_id) else { return };
        let clip = self.clip(primitive.clip_rect, scale);
        if clip.left >= clip.right || clip.top >= clip.bottom {
            return;
        }
        self.mesh(mesh, texture, scale, clip);
    }

    fn clip(&self, rect: Rect, scale: f32) -> Clip {
        let side = |at: f32| (at * scale).round() as i64;
        let bottom = self.top + signed(self.pixels.len()) / self.width;
        Clip {
            left: side(rect.left()).clamp(0, self.width),
            right: side(rect.right()).clamp(0, self.width),
            top: side(rect.top()).clamp(self.top, bottom),
            bottom: side(rect.bottom()).clamp(self.top, bottom),
        }
    }

    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, scale: f32, clip: Clip) {
        for corners in mesh.indices.chunks_exact(3) {
            let at = |place: usize| mesh.vertices.get(corners[place] as usize);
            let (Some(a), Some(b), Some(c)) = (at(0), at(1), at(2)) else { continue };
            let (lowest, highest) =
                (a.pos.y.max(b.pos.y).max(c.pos.y) * scale, a.pos.y.min(b.pos.y).min(c.pos.y) * scale);
            if lowest < clip.top as f32 || highest > clip.bottom as f32 {
                continue;
            }
            let corners = [a, b, c].map(|vertex| Corner::of(vertex, texture, scale));
            if let [Some(a), Some(b), Some(c)] = corners {
                self.triangle([a, b, c], texture, clip);
            }
        }
    }

    fn triangle(&mut self, [a, b, c]: [Corner; 3], texture: &Texture, clip: Clip) {
        let (a, b, c) = match cross(a, b, c) {
            0 => return,
            1.. => (a, b, c),
            _ => (a, c, b),
        };
        let edges = [Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)];
        let spread = Spread::new(a, b, c);
        let (highest, lowest) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
        let first = (highest - PARTS / 2).div_euclid(PARTS).max(clip.top);
        let last = (lowest - PARTS / 2).div_euclid(PARTS).min(clip.bottom - 1);
        for y in first..=last {
            let (mut left, mut right) = (clip.left, clip.right - 1);
            for edge in &edges {
                edge.narrow(y * PARTS + PARTS / 2, &mut left, &mut right);
            }
            if left <= right {
                let start = ((y - self.top) * self.width + left) as usize;
                let pixels = &mut self.pixels[start..=start + (right - left) as usize];
                spread.fill(pixels, left, y, texture);
            }
        }
    }
}

impl Corner {
    fn of(vertex: &Vertex, texture: &Texture, scale: f32) -> Option<Self> {
        let at = vertex.pos.to_vec2() * scale;
        let part = |at: f32| (at.clamp(-FAR, FAR) * PARTS as f32).round() as i64;
        let [width, height] = texture.size.map(|side| side as f32);
        let [red, green, blue, opacity] = vertex.color.to_array().map(|channel| f32::from(channel) / 255.0);
        let (x, y) = (vertex.uv.x * width - 0.5, vertex.uv.y * height - 0.5);
        (at.x.is_finite() && at.y.is_finite() && x.is_finite() && y.is_finite()).then(|| Self {
            x: part(at.x),
            y: part(at.y),
            values: [red, green, blue, opacity, x, y],
        })
    }
}

/// Twice the area of a triangle; negative where its corners go the other way round.
fn cross(a: Corner, b: Corner, c: Corner) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// A side of a triangle, which lies at the right of who walks along it.
struct Edge {
    x: i64,
    y: i64,
    dx: i64,
    dy: i64,
    /// From what on a point is inside: points on a side belong to the triangle below or right of it.
    least: i64,
}

impl Edge {
    fn new(from: Corner, to: Corner) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let is_top_or_left = dy < 0 || (dy == 0 && dx > 0);
        Self { x: from.x, y: from.y, dx, dy, least: i64::from(!is_top_or_left) }
    }

    /// Leaves of the pixels from `left` to `right` in the line through `y` those that are inside.
    fn narrow(&self, y: i64, left: &mut i64, right: &mut i64) {
        let reach = self.dx * (y - self.y) - self.least;
        let pixel = |at: i64| self.x + at - PARTS / 2;
        if self.dy < 0 {
            let from = -reach.div_euclid(-self.dy);
            *left = (*left).max(-(-pixel(from)).div_euclid(PARTS));
        } else if self.dy > 0 {
            let to = reach.div_euclid(self.dy);
            *right = (*right).min(pixel(to).div_euclid(PARTS));
        } else if reach < 0 {
            *right = *left - 1;
        }
    }
}

/// How values go on from one corner over the whole triangle.
struct Spread {
    x: f64,
    y: f64,
    values: [f32; VALUES],
    along: [f64; VALUES],
    down: [f64; VALUES],
}

impl Spread {
    fn new(a: Corner, b: Corner, c: Corner) -> Self {
        let pixels = |parts: i64| parts as f64 / PARTS as f64;
        let (bx, by) = (pixels(b.x - a.x), pixels(b.y - a.y));
        let (cx, cy) = (pixels(c.x - a.x), pixels(c.y - a.y));
        let area = bx * cy - by * cx;
        let to = |corner: &Corner, value: usize| f64::from(corner.values[value] - a.values[value]);
        Self {
            x: pixels(a.x),
            y: pixels(a.y),
            values: a.values,
            along: std::array::from_fn(|value| (to(&b, value) * cy - to(&c, value) * by) / area),
            down: std::array::from_fn(|value| (to(&c, value) * bx - to(&b, value) * cx) / area),
        }
    }

    /// Draws over the pixels from `x` on in the line `y`.
    fn fill(&self, pixels: &mut [Color32], x: i64, y: i64, texture: &Texture) {
        let (dx, dy) = (x as f64 + 0.5 - self.x, y as f64 + 0.5 - self.y);
        let start: [f32; VALUES] = std::array::from_fn(|value| {
            (f64::from(self.values[value]) + self.along[value] * dx + self.down[value] * dy) as f32
        });
        let step = self.along.map(|along| along as f32);
        if step == [0.0; VALUES] {
            let paint = Paint::of(&start, texture);
            for pixel in pixels {
                paint.over(pixel);
            }
            return;
        }
        for (place, pixel) in pixels.iter_mut().enumerate() {
            let values: [f32; VALUES] =
                std::array::from_fn(|value| start[value] + step[value] * place as f32);
            Paint::of(&values, texture).over(pixel);
        }
    }
}

/// What is laid over a pixel: red, green, blue and opacity, from 0 to 255.
struct Paint([f32; 4]);

impl Paint {
    fn of(values: &[f32; VALUES], texture: &Texture) -> Self {
        let texel = texture.sample(values[4], values[5]);
        Self(std::array::from_fn(|channel| values[channel] * texel[channel] * 255.0))
    }

    fn over(&self, pixel: &mut Color32) {
        let left = 1.0 - self.0[3] / 255.0;
        for channel in 0..4 {
            let sum = self.0[channel] + f32::from(pixel[channel]) * left;
            pixel[channel] = (sum + 0.5).clamp(0.0, 255.0) as u8;
        }
    }
}

#[cfg(test)]
mod tests;
