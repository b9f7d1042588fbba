use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Ui, pos2};

use super::Place;
use crate::{
    analysis::chart::NO_GROUP,
    ui::{charts::meshed::Meshed, theme::palette},
};

/// Up to so many players have a line of their own; of more, lines that run together are one.
pub(super) const MOST_SINGLE: usize = 500;
/// An axis has so many parts between which lines are bundled.
const PARTS: usize = 48;
/// How strong lines are: alone, and behind those that are selected.
const STRONG: f32 = 0.55;
const FAINT: f32 = 0.12;

/// The lines of all players, or what stands for them.
#[derive(Debug)]
pub(super) struct Lines {
    /// For each row the place of its series; [`NO_GROUP`] for those that are hidden.
    of: Vec<u32>,
    /// Between each axis and the next; empty where every player has a line.
    bundles: Vec<Vec<Bundle>>,
}

/// Players whose lines run from the same part of an axis to the same part of the next.
#[derive(Clone, Copy, Debug)]
struct Bundle {
    from: u8,
    to: u8,
    /// The series that most of them are of.
    of: u32,
    /// How many, as a share of the most of any bundle, by logarithm.
    strength: f32,
}

/// What bundles are drawn by, kept until they are to be drawn elsewhere or otherwise.
pub(in super::super) type Kept = Meshed<Of>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Of {
    plot: Rect,
    gap: f32,
    dims: bool,
    dark: bool,
}

impl Lines {
    pub(super) fn of(shares: &[Vec<f32>], of: &[u32], series: usize) -> Self {
        let are_few = of.len() <= MOST_SINGLE;
        let pairs = shares.windows(2).filter(|_| !are_few);
        let bundles = pairs.map(|pair| bundled(&pair[0], &pair[1], of, series)).collect();
        Self { of: of.to_vec(), bundles }
    }

    pub(super) fn is_shown(&self, index: usize) -> bool {
        self.of[index] != NO_GROUP
    }

    pub(super) fn color(&self, index: usize, series: &[Color32], other: Color32) -> Color32 {
        series.get(self.of[index] as usize).copied().unwrap_or(other)
    }

    /// The row whose line is the nearest `part` of the way between two axes, no more than `reach` away.
    pub(super) fn nearest(
        &self,
        left: &[f32],
        right: &[f32],
        part: f32,
        share: f32,
        reach: f32,
    ) -> Option<usize> {
        let mut nearest: Option<(f32, usize)> = None;
        for (index, ((left, right), of)) in left.iter().zip(right).zip(&self.of).enumerate() {
            let away = (left + (right - left) * part - share).abs();
            // Without a number it is NaN, and no less.
            if away <= nearest.map_or(reach, |(best, _)| best.next_down()) && *of != NO_GROUP {
                nearest = Some((away, index));
            }
        }
        nearest.map(|(_, index)| index)
    }

    /// Draws them all; `dims` where others are drawn over them.
    pub(super) fn paint(
        &self,
        ui: &Ui,
        kept: &mut Kept,
        place: Place,
        shares: &[Vec<f32>],
        series: &[Color32],
        dims: bool,
    ) {
        let strength = if dims { FAINT } else { STRONG };
        if self.bundles.is_empty() {
            for index in (0..self.of.len()).filter(|index| self.is_shown(*index)) {
                let color = self.color(index, series, palette(ui).muted).gamma_multiply(strength);
                line(ui, place, shares, index, Stroke::new(1.0, color));
            }
            return;
        }
        let of = Of { plot: place.plot, gap: place.gap, dims, dark: ui.visuals().dark_mode };
        kept.paint(ui.painter(), of, || self.mesh(place, series, palette(ui).muted, strength));
    }

    /// All bundles as triangles.
    fn mesh(&self, place: Place, series: &[Color32], other: Color32, strength: f32) -> Mesh {
        let mut mesh = Mesh::default();
        let y = |part: u8| place.y((f32::from(part) + 0.5) / PARTS as f32);
        for (axis, bundles) in self.bundles.iter().enumerate() {
            for bundle in bundles {
                let color = series.get(bundle.of as usize).copied().unwrap_or(other);
                let ends = [pos2(place.x(axis), y(bundle.from)), pos2(place.x(axis + 1), y(bundle.to))];
                stroke(&mut mesh, ends, color.gamma_multiply(strength * bundle.strength));
            }
        }
        mesh
    }
}

/// A player's line; broken where there is no number.
pub(super) fn line(ui: &Ui, place: Place, shares: &[Vec<f32>], index: usize, stroke: Stroke) {
    let mut points: Vec<Pos2> = Vec::with_capacity(shares.len());
    for (axis, shares) in shares.iter().enumerate() {
        if shares[index].is_finite() {
            points.push(pos2(place.x(axis), place.y(shares[index])));
        } else {
            end(ui, &mut points, stroke);
        }
    }
    end(ui, &mut points, stroke);
}

/// Draws what there is of a line, and begins anew.
fn end(ui: &Ui, points: &mut Vec<Pos2>, stroke: Stroke) {
    let points = std::mem::take(points);
    match points[..] {
        [] => {}
        [alone] => {
            ui.painter().circle_filled(alone, 2.0, stroke.color);
        }
        _ => {
            ui.painter().add(Shape::line(points, stroke));
        }
    }
}

fn stroke(mesh: &mut Mesh, [from, to]: [Pos2; 2], color: Color32) {
    let first = mesh.vertices.len() as u32;
    for at in [from, to, to + egui::vec2(0.0, 1.5), from + egui::vec2(0.0, 1.5)] {
        mesh.colored_vertex(at, color);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}

fn bundled(left: &[f32], right: &[f32], of: &[u32], series: usize) -> Vec<Bundle> {
    let part = |share: f32| ((share * PARTS as f32) as usize).min(PARTS - 1);
    let lanes = series.max(1);
    let mut counts = vec![0_u32; PARTS * PARTS * lanes];
    for (index, of) in of.iter().enumerate() {
        if *of != NO_GROUP && left[index].is_finite() && right[index].is_finite() {
            let lane = (*of as usize).min(lanes - 1);
            counts[(part(left[index]) * PARTS + part(right[index])) * lanes + lane] += 1;
        }
    }
    let bundles: Vec<&[u32]> = counts.chunks_exact(lanes).collect();
    let count = |bundle: &[u32]| bundle.iter().sum::<u32>();
    let most = bundles.iter().map(|bundle| count(bundle)).max().unwrap_or(0).max(1) as f32;
    let full = bundles.into_iter().enumerate().filter(|(_, bundle)| count(bundle) > 0);
    full.map(|(pair, bundle)| {
        let lane = (0..lanes).max_by_key(|lane| (bundle[*lane], lanes - lane)).unwrap_or(0);
        Bundle {
            from: (pair / PARTS) as u8,
            to: (pair % PARTS) as u8,
            of: lane as u32,
            strength: 0.15 + 0.85 * (count(bundle) as f32).ln_1p() / most.ln_1p(),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_has_the_colour_of_most_of_its_players() {
        let left = [vec![0.5; 5], vec![0.9, f32::NAN]].concat();
        let right = [vec![0.1; 5], vec![0.2, 0.2]].concat();
        let of = [0, 1, 1, NO_GROUP, 1, 0, 0];
        let bundles = bundled(&left, &right, &of, 2);
        let series: Vec<u32> = bundles.iter().map(|bundle| bundle.of).collect();
        assert_eq!(series, [1, 0]);
        assert!(bundles[0].strength > bundles[1].strength);
    }

    #[test]
    fn the_nearest_line_is_found_between_axes() {
        let (left, right) = ([0.0, 0.2, f32::NAN, 0.21], [1.0, 0.2, 0.4, 0.21]);
        let lines = Lines { of: vec![0, 0, 0, NO_GROUP], bundles: Vec::new() };
        let nearest = |part, share| lines.nearest(&left, &right, part, share, 0.05);
        assert_eq!(nearest(0.5, 0.52), Some(0));
        assert_eq!(nearest(0.9, 0.205), Some(1));
        assert_eq!(nearest(0.9, 0.4), None);
    }
}
