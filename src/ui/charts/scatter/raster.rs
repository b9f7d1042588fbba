//! Very many marks as pixels: drawn once, and then as cheap to show as one.

use std::collections::HashMap;

use egui::{
    Color32, ColorImage, Mesh, Pos2, Rect,
    epaint::{TessellationOptions, Tessellator},
    pos2,
};

use crate::{
    model::MarkerShape,
    ui::theme::{Series, marker_shape},
};

/// Each pixel of a stamp is tried at so many places along either side.
const TRIES: usize = 4;

/// Pixels that marks are drawn on.
#[derive(Debug)]
pub(super) struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    stamps: HashMap<(MarkerShape, u32), Stamp>,
}

/// How much of each pixel a marker covers.
#[derive(Debug)]
struct Stamp {
    side: usize,
    cover: Vec<u8>,
}

impl Raster {
    /// A clear one.
    pub(super) fn new([width, height]: [usize; 2]) -> Self {
        Self { width, height, pixels: vec![Color32::TRANSPARENT; width * height], stamps: HashMap::new() }
    }

    /// Fills an area, where nothing denser is. In pixels.
    pub(super) fn fill(&mut self, area: Rect, color: Color32) {
        let within = |from: f32, to: f32, most: usize| {
            let from = from.round().clamp(0.0, most as f32) as usize;
            from..(to.round().clamp(0.0, most as f32) as usize).max(from)
        };
        let columns = within(area.left(), area.right(), self.width);
        for row in within(area.top(), area.bottom(), self.height) {
            let start = row * self.width;
            for pixel in &mut self.pixels[start + columns.start..start + columns.end] {
                if pixel.a() < color.a() {
                    *pixel = color;
                }
            }
        }
    }

    /// Draws a marker around a place, so many pixels across.
    pub(super) fn mark(&mut self, at: Pos2, across: f32, look: Series) {
        let halves = (across * 2.0).round().max(2.0) as u32;
        let stamp =
            self.stamps.entry((look.marker, halves)).or_insert_with(|| Stamp::of(look.marker, halves));
        let (side, cover) = (stamp.side, std::mem::take(&mut stamp.cover));
        if let Some((left, top)) = self.corner(at, side) {
            for (place, cover) in cover.iter().enumerate().filter(|(_, cover)| **cover > 0) {
                // Beyond the left or the upper edge there is no such pixel.
                let x = left.checked_add_unsigned(place % side).and_then(|x| usize::try_from(x).ok());
                let y = top.checked_add_unsigned(place / side).and_then(|y| usize::try_from(y).ok());
                if let (Some(x), Some(y)) = (x.filter(|x| *x < self.width), y.filter(|y| *y < self.height)) {
                    let pixel = &mut self.pixels[y * self.width + x];
                    *pixel = over(*pixel, look.color.gamma_multiply_u8(*cover));
                }
            }
        }
        if let Some(stamp) = self.stamps.get_mut(&(look.marker, halves)) {
            stamp.cover = cover;
        }
    }

    /// What was drawn.
    pub(super) fn image(self) -> ColorImage {
        ColorImage::new([self.width, self.height], self.pixels)
    }

    /// Where a square around a place begins; `None` when it is not on the pixels.
    fn corner(&self, at: Pos2, side: usize) -> Option<(isize, isize)> {
        let half = side as f32 / 2.0;
        let is_on = |at: f32, length: usize| at + half >= 0.0 && at - half <= length as f32;
        let corner = ((at.x - half).round() as isize, (at.y - half).round() as isize);
        (is_on(at.x, self.width) && is_on(at.y, self.height)).then_some(corner)
    }
}

fn over(below: Color32, color: Color32) -> Color32 {
    if below == Color32::TRANSPARENT { color } else { below.blend(color) }
}

impl Stamp {
    /// A marker of so many halves of a pixel across.
    fn of(marker: MarkerShape, halves: u32) -> Self {
        let across = halves as f32 / 2.0;
        let side = (across * 1.2).ceil() as usize + 2;
        let fine = side * TRIES;
        let at = pos2(side as f32 / 2.0, side as f32 / 2.0);
        let look = Series { color: Color32::WHITE, marker };
        let mut mesh = Mesh::default();
        // With hard edges: what a pixel is covered by is counted.
        let options = TessellationOptions {
            feathering: false,
            prerasterized_discs: false,
            ..TessellationOptions::default()
        };
        Tessellator::new(1.0, options, [1, 1], Vec::new())
            .tessellate_shape(marker_shape(at, across, look), &mut mesh);
        let mut held = vec![false; fine * fine];
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize].pos * TRIES as f32);
            hold(corners, fine, &mut held);
        }
        let cover = (0..side * side).map(|pixel| {
            let (left, top) = (pixel % side * TRIES, pixel / side * TRIES);
            let rows = (top..top + TRIES).map(|row| &held[row * fine + left..row * fine + left + TRIES]);
            let count = rows.flatten().filter(|is_held| **is_held).count();
            (count * 255 / (TRIES * TRIES)) as u8
        });
        Self { side, cover: cover.collect() }
    }
}

/// Notes the middles of squares of one by one that are in a triangle.
fn hold([a, b, c]: [Pos2; 3], side: usize, held: &mut [bool]) {
    let cross =
        |from: Pos2, to: Pos2, at: Pos2| (to - from).x * (at - from).y - (to - from).y * (at - from).x;
    let last = (side - 1) as f32;
    let range = |least: f32, greatest: f32| {
        least.floor().clamp(0.0, last) as usize..=greatest.ceil().clamp(0.0, last) as usize
    };
    for row in range(a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y)) {
        for column in range(a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x)) {
            let at = pos2(column as f32 + 0.5, row as f32 + 0.5);
            let sides = [cross(a, b, at), cross(b, c, at), cross(c, a, at)];
            let is_in = sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0);
            held[row * side + column] |= is_in;
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::Vec2;

    use super::*;

    fn alpha(image: &ColorImage, x: usize, y: usize) -> u8 {
        image.pixels[y * image.width() + x].a()
    }

    #[test]
    fn every_marker_leaves_its_own_shape() {
        let all: Vec<Vec<u8>> = (0..8)
            .map(|place| Stamp::of(MarkerShape::from_index(place), 14))
            .inspect(|stamp| assert!(stamp.cover.contains(&255), "{stamp:?}"))
            .map(|stamp| stamp.cover)
            .collect();
        for (place, one) in all.iter().enumerate() {
            assert!(all[..place].iter().all(|other| other != one), "{place}");
        }
    }

    #[test]
    fn a_circle_covers_its_area_and_is_soft_at_the_edge() {
        let stamp = Stamp::of(MarkerShape::Circle, 20);
        let area = stamp.cover.iter().map(|cover| f32::from(*cover) / 255.0).sum::<f32>();
        assert!((area - 78.5).abs() < 4.0, "{area}");
        assert!(stamp.cover.iter().any(|cover| (1..255).contains(cover)));
    }

    #[test]
    fn what_is_beyond_the_edge_is_cut_off() {
        let mut raster = Raster::new([8, 6]);
        let look = Series { color: Color32::WHITE, marker: MarkerShape::Square };
        for at in [pos2(-3.0, 2.0), pos2(7.5, 5.5), pos2(f32::MAX, 1.0), pos2(f32::NAN, 1.0), pos2(4.0, -1e9)]
        {
            raster.mark(at, 4.0, look);
            raster.fill(Rect::from_center_size(at, Vec2::splat(5.0)), Color32::WHITE);
        }
        let image = raster.image();
        assert_eq!((alpha(&image, 7, 5), alpha(&image, 3, 2)), (255, 0));
    }
}
