use egui::{Color32, Mesh, Pos2, Shape, Stroke, Ui, pos2};

use super::Place;
use crate::{analysis::chart::NO_GROUP, ui::theme::palette};

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
    /// Their series.
    of: u32,
    /// How many, as a share of the most of any bundle, by logarithm.
    strength: f32,
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
        let away = |index: usize| (left[index] + (right[index] - left[index]) * part - share).abs();
        let near = (0..self.of.len()).filter(|index| self.is_shown(*index) && away(*index) <= reach);
        near.min_by(|one, other| away(*one).total_cmp(&away(*other)))
    }

    /// Draws them all; `dims` where others are drawn over them.
    pub(super) fn paint(&self, ui: &Ui, place: Place, shares: &[Vec<f32>], series: &[Color32], dims: bool) {
        let strength = if dims { FAINT } else { STRONG };
        if self.bundles.is_empty() {
            for index in (0..self.of.len()).filter(|index| self.is_shown(*index)) {
                let color = self.color(index, series, palette(ui).muted).gamma_multiply(strength);
                line(ui, place, shares, index, Stroke::new(1.0, color));
            }
            return;
        }
        let mut mesh = Mesh::default();
        for (axis, bundles) in self.bundles.iter().enumerate() {
            for bundle in bundles {
                let color = series.get(bundle.of as usize).copied().unwrap_or(palette(ui).muted);
                let y = |part: u8| place.y((f32::from(part) + 0.5) / PARTS as f32);
                let ends = [pos2(place.x(axis), y(bundle.from)), pos2(place.x(axis + 1), y(bundle.to))];
                stroke(&mut mesh, ends, color.gamma_multiply(strength * bundle.strength));
            }
        }
        ui.painter().add(Shape::mesh(mesh));
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
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let full = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    full.map(|(at, count)| {
        let (pair, lane) = (at / lanes, at % lanes);
        Bundle {
            from: (pair / PARTS) as u8,
            to: (pair % PARTS) as u8,
            of: lane as u32,
            strength: 0.15 + 0.85 * (*count as f32).ln_1p() / most.ln_1p(),
        }
    })
    .collect()
}
