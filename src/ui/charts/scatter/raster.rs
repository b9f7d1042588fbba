//! Very many marks as the pixels of a whole chart: dear to draw, and then as cheap to show as one mark.

use std::collections::HashMap;

use egui::{Color32, ColorImage, Pos2, Rect};

use super::stamp::Stamp;
use crate::{model::MarkerShape, ui::theme::Series};

/// Pixels that marks are drawn on.
#[derive(Debug)]
pub(super) struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    stamps: HashMap<(MarkerShape, u32), Stamp>,
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

#[cfg(test)]
mod tests {
    use egui::{Vec2, pos2};

    use super::*;

    fn alpha(image: &ColorImage, x: usize, y: usize) -> u8 {
        image.pixels[y * image.width() + x].a()
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
