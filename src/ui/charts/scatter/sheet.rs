//! Very many marks as one small texture and rectangles that show parts of it: a pixel for each square
//! in which players are too many for marks, and each marker once.

use std::collections::HashMap;

use egui::{Color32, ColorImage, Mesh, Pos2, Rect, TextureId, Vec2, pos2, vec2};

use super::stamp::Stamp;
use crate::{model::MarkerShape, ui::theme::Series};

/// The texture is at least as wide: markers have room, however few squares there are.
const LEAST_WIDTH: usize = 256;

/// Marks that are drawn by parts of a texture. The screen is in points.
#[derive(Debug)]
pub(super) struct Sheet {
    width: usize,
    pixels: Vec<Color32>,
    /// Places on the texture are in its pixels.
    mesh: Mesh,
    /// Where on the screen pixels are counted from, and how many a point has.
    origin: Pos2,
    scale: f32,
    markers: HashMap<(MarkerShape, u32), Marker>,
    /// Where the next marker has room.
    free: (usize, usize),
}

/// A marker on the texture.
#[derive(Clone, Copy, Debug)]
struct Marker {
    side: usize,
    corner: Pos2,
}

impl Sheet {
    /// Without anything. `origin` is where a pixel begins.
    pub(super) fn new(origin: Pos2, scale: f32) -> Self {
        Self {
            width: LEAST_WIDTH,
            pixels: Vec::new(),
            mesh: Mesh::default(),
            origin,
            scale,
            markers: HashMap::new(),
            free: (0, 0),
        }
    }

    /// Shows squares, `columns` of them beside each other, as large as told and the first at `first`:
    /// as far as they are within `seen`. To be called before anything is marked.
    pub(super) fn squares(&mut self, first: Rect, columns: usize, colors: &[Color32], seen: Rect) {
        let rows = colors.len().div_ceil(columns.max(1));
        self.width = columns.max(LEAST_WIDTH);
        self.pixels = vec![Color32::TRANSPARENT; self.width * rows];
        for (line, colors) in self.pixels.chunks_exact_mut(self.width).zip(colors.chunks(columns.max(1))) {
            line[..colors.len()].copy_from_slice(colors);
        }
        let on = |at: Pos2| ((at - first.min) / first.size()).to_pos2();
        let part = Rect::from_min_max(on(seen.min), on(seen.max));
        self.mesh.add_rect_with_uv(seen, part, Color32::WHITE);
    }

    /// Draws a marker around a place, so many points across.
    pub(super) fn mark(&mut self, at: Pos2, across: f32, look: Series) {
        let halves = (across * self.scale * 2.0).round().max(2.0) as u32;
        let Marker { side, corner } = self.marker(look.marker, halves);
        let side = Vec2::splat(side as f32);
        // On whole pixels: each is then shown as it is.
        let on_screen = ((at - self.origin) * self.scale - side / 2.0).round() / self.scale;
        let shown = Rect::from_min_size(self.origin + on_screen, side / self.scale);
        self.mesh.add_rect_with_uv(shown, Rect::from_min_size(corner, side), look.color);
    }

    /// The texture, and what shows it once it is known as `texture`.
    pub(super) fn finish(self) -> (ColorImage, impl FnOnce(TextureId) -> Mesh) {
        let Self { width, mut pixels, mut mesh, .. } = self;
        if pixels.is_empty() {
            pixels = vec![Color32::TRANSPARENT; width];
        }
        let height = pixels.len() / width;
        let size = vec2(width as f32, height as f32);
        for vertex in &mut mesh.vertices {
            vertex.uv = (vertex.uv.to_vec2() / size).to_pos2();
        }
        let shown = move |texture| {
            mesh.texture_id = texture;
            mesh
        };
        (ColorImage::new([width, height], pixels), shown)
    }

    fn marker(&mut self, shape: MarkerShape, halves: u32) -> Marker {
        if let Some(known) = self.markers.get(&(shape, halves)) {
            return *known;
        }
        let stamp = Stamp::of(shape, halves);
        let side = stamp.side;
        let (mut left, mut top) = self.free;
        if left + side > self.width || top == 0 {
            (left, top) = (0, self.pixels.len() / self.width);
        }
        let bottom = (top + side) * self.width;
        if self.pixels.len() < bottom {
            self.pixels.resize(bottom, Color32::TRANSPARENT);
        }
        for (row, cover) in stamp.cover.chunks_exact(side).enumerate() {
            let start = (top + row) * self.width + left;
            for (pixel, cover) in self.pixels[start..start + side].iter_mut().zip(cover) {
                *pixel = Color32::from_white_alpha(*cover);
            }
        }
        self.free = (left + side, top);
        let marker = Marker { side, corner: pos2(left as f32, top as f32) };
        self.markers.insert((shape, halves), marker);
        marker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(marker: MarkerShape) -> Series {
        Series { color: Color32::RED, marker }
    }

    /// What is shown at a place, as shares of the texture turned into its pixels.
    fn part(mesh: &Mesh, image: &ColorImage, rect: usize) -> Rect {
        let size = vec2(image.width() as f32, image.height() as f32);
        let corners = [0, 3].map(|corner| mesh.vertices[rect * 4 + corner].uv);
        Rect::from_two_pos((corners[0].to_vec2() * size).to_pos2(), (corners[1].to_vec2() * size).to_pos2())
    }

    #[test]
    fn squares_stand_first_and_markers_below_them() {
        let mut sheet = Sheet::new(pos2(10.0, 20.0), 2.0);
        let colors: Vec<Color32> =
            (0..300 * 3).map(|at| Color32::WHITE.gamma_multiply_u8((at % 200) as u8)).collect();
        let first = Rect::from_min_size(pos2(8.0, 20.0), vec2(4.0, 4.0));
        let seen = Rect::from_min_max(pos2(10.0, 20.0), pos2(1000.0, 30.0));
        sheet.squares(first, 300, &colors, seen);
        for (at, marker) in [(pos2(30.0, 25.0), 0), (pos2(40.0, 25.0), 1), (pos2(50.0, 25.0), 0)] {
            sheet.mark(at, 7.0, look(MarkerShape::from_index(marker)));
        }
        let (image, shown) = sheet.finish();
        let mesh = shown(TextureId::User(7));
        assert_eq!(image.pixels[..900], colors);
        assert_eq!((mesh.texture_id, mesh.vertices.len()), (TextureId::User(7), 16));
        let squares = part(&mesh, &image, 0);
        assert!((squares.min - pos2(0.5, 0.0)).length() < 0.01, "{squares:?}");
        assert!((squares.max - pos2(248.0, 2.5)).length() < 0.01, "{squares:?}");
        let [one, other, again] = [1, 2, 3].map(|rect| part(&mesh, &image, rect));
        assert!(one.top() >= 2.99 && other.left() >= one.right() - 0.01, "{one:?} {other:?}");
        assert!((one.min - again.min).length() < 0.01, "each marker is there once");
    }

    #[test]
    fn every_marker_has_room_of_its_own_on_whole_pixels() {
        let mut sheet = Sheet::new(pos2(0.0, 0.0), 1.0);
        for halves in 2..60 {
            for marker in 0..8 {
                sheet.mark(pos2(33.3, 44.7), halves as f32 / 2.0, look(MarkerShape::from_index(marker)));
            }
        }
        let mut known: Vec<Rect> = Vec::new();
        for marker in sheet.markers.values() {
            let rect = Rect::from_min_size(marker.corner, Vec2::splat(marker.side as f32)).shrink(0.1);
            assert!(known.iter().all(|other| !other.intersects(rect)));
            known.push(rect);
        }
        let (image, shown) = sheet.finish();
        let mesh = shown(TextureId::User(1));
        assert!(known.iter().all(|rect| rect.max.y <= image.height() as f32));
        assert!(mesh.vertices.iter().all(|vertex| vertex.pos == vertex.pos.round()));
    }

    #[test]
    fn without_anything_there_still_is_a_texture() {
        let (image, shown) = Sheet::new(Pos2::ZERO, 1.0).finish();
        assert!(image.height() > 0 && shown(TextureId::User(1)).is_empty());
    }
}
