//! A marker as pixels: worked out once, and then as cheap to show as a rectangle.

use egui::{
    Color32, Mesh, Pos2,
    epaint::{TessellationOptions, Tessellator},
    pos2,
};

use crate::{
    model::MarkerShape,
    ui::theme::{Series, marker_shape},
};

/// Each pixel of a stamp is tried at so many places along either side.
const TRIES: usize = 4;

/// How much of each pixel a marker covers.
#[derive(Debug)]
pub(super) struct Stamp {
    /// How many pixels it is wide and high.
    pub(super) side: usize,
    /// Row by row, 255 for a pixel that is covered as a whole.
    pub(super) cover: Vec<u8>,
}

impl Stamp {
    /// A marker of so many halves of a pixel across.
    pub(super) fn of(marker: MarkerShape, halves: u32) -> Self {
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
    use super::*;

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
}
