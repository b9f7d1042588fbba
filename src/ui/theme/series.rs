use egui::{Color32, Painter, Pos2, Shape, Stroke, vec2};

use super::palette;
use crate::model::{ColourSlot, Group, GroupMark, MarkerShape};

/// How one group, title or stat is told from the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series {
    /// Its colour.
    pub(crate) color: Color32,
    /// Its shape.
    pub(crate) marker: MarkerShape,
}

/// The palette of Okabe and Ito, for eyes of every kind.
const ON_DARK: [Color32; 8] = [
    Color32::from_rgb(0x56, 0xb4, 0xe9),
    Color32::from_rgb(0xe6, 0x9f, 0x00),
    Color32::from_rgb(0xcc, 0x79, 0xa7),
    Color32::from_rgb(0x00, 0x9e, 0x73),
    Color32::from_rgb(0xf0, 0xe4, 0x42),
    Color32::from_rgb(0x00, 0x72, 0xb2),
    Color32::from_rgb(0xd5, 0x5e, 0x00),
    Color32::from_rgb(0x99, 0x99, 0x99),
];

/// The same hues with the dark ones first, and a yellow that shows on white.
const ON_LIGHT: [Color32; 8] = [
    Color32::from_rgb(0x00, 0x72, 0xb2),
    Color32::from_rgb(0xd5, 0x5e, 0x00),
    Color32::from_rgb(0xcc, 0x79, 0xa7),
    Color32::from_rgb(0x00, 0x9e, 0x73),
    Color32::from_rgb(0xa8, 0x92, 0x00),
    Color32::from_rgb(0x2f, 0x95, 0xd0),
    Color32::from_rgb(0xc2, 0x86, 0x00),
    Color32::from_rgb(0x6f, 0x6f, 0x6f),
];

/// Steps from the least to the greatest numbers, each further from the window's colour than the one
/// before, and none so near to it that it is lost.
const STEPS_ON_DARK: [Color32; 5] = [
    Color32::from_rgb(0x7d, 0x74, 0xe0),
    Color32::from_rgb(0x4f, 0x9b, 0xe0),
    Color32::from_rgb(0x35, 0xbf, 0xb0),
    Color32::from_rgb(0x9a, 0xd6, 0x5a),
    Color32::from_rgb(0xfb, 0xea, 0x6b),
];
const STEPS_ON_LIGHT: [Color32; 5] = [
    Color32::from_rgb(0x1e, 0x91, 0x80),
    Color32::from_rgb(0x24, 0x75, 0xa3),
    Color32::from_rgb(0x3a, 0x54, 0xa4),
    Color32::from_rgb(0x47, 0x2c, 0x87),
    Color32::from_rgb(0x2b, 0x0a, 0x40),
];

/// The colour of numbers that stand at `share` (0 to 1) between the least and the greatest.
pub(crate) fn shade(share: f32, light: bool) -> Color32 {
    let steps = if light { &STEPS_ON_LIGHT } else { &STEPS_ON_DARK };
    let at = share.clamp(0.0, 1.0) * (steps.len() - 1) as f32;
    let below = (at as usize).min(steps.len() - 2);
    palette::blend(steps[below], steps[below + 1], at - below as f32)
}

/// The look of the series at `index`; after eight they begin again.
pub(crate) fn series(index: usize, light: bool) -> Series {
    let colors = if light { &ON_LIGHT } else { &ON_DARK };
    Series { color: colors[index % colors.len()], marker: MarkerShape::from_index(index) }
}

/// The look of the group at `place`: what was chosen, or what follows from the place.
pub(crate) fn group_series(groups: &[Group], place: usize, light: bool) -> Series {
    let mark = groups.get(place).map_or_else(|| GroupMark::of_place(place), |group| group.mark(place));
    mark_series(mark, light)
}

/// A colour and a shape as they are drawn.
pub(crate) fn mark_series(mark: GroupMark, light: bool) -> Series {
    Series { color: series(mark.colour.index(), light).color, marker: mark.shape }
}

/// The color that a rule names.
pub(crate) fn slot_color(slot: ColourSlot, dark: bool) -> Color32 {
    let colors = palette::palette_of(dark);
    match slot {
        ColourSlot::Accent => colors.accent,
        ColourSlot::Warning => colors.warning,
        ColourSlot::Error => colors.error,
        ColourSlot::Series(slot) => series(slot.index(), !dark).color,
    }
}

/// Draws a marker of about `size` points across.
pub(crate) fn paint_marker(painter: &Painter, center: Pos2, size: f32, series: Series) {
    painter.add(marker_shape(center, size, series));
}

/// The shape of a marker of about `size` points across.
pub(crate) fn marker_shape(center: Pos2, size: f32, series: Series) -> Shape {
    let half = size / 2.0;
    let points = |points: &[(f32, f32)]| -> Vec<Pos2> {
        points.iter().map(|(x, y)| center + vec2(x * half, y * half)).collect()
    };
    let polygon = |corners: &[(f32, f32)]| Shape::convex_polygon(points(corners), series.color, Stroke::NONE);
    let cross = |ends: [(f32, f32); 4]| {
        let stroke = Stroke::new((size * 0.3).max(1.5), series.color);
        let ends = points(&ends);
        let line = |from: usize, to: usize| Shape::line_segment([ends[from], ends[to]], stroke);
        Shape::Vec(vec![line(0, 1), line(2, 3)])
    };
    match series.marker {
        MarkerShape::Circle => Shape::circle_filled(center, half, series.color),
        MarkerShape::Triangle => polygon(&[(0.0, -1.05), (1.1, 0.9), (-1.1, 0.9)]),
        MarkerShape::TriangleDown => polygon(&[(-1.1, -0.9), (1.1, -0.9), (0.0, 1.05)]),
        MarkerShape::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        MarkerShape::Diamond => polygon(&[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)]),
        MarkerShape::DiamondHollow => {
            let corners = points(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]);
            Shape::closed_line(corners, Stroke::new(1.5, series.color))
        }
        MarkerShape::Plus => cross([(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]),
        MarkerShape::Cross => cross([(-0.85, -0.85), (0.85, 0.85), (-0.85, 0.85), (0.85, -0.85)]),
    }
}

/// Draws the small red triangle that marks a failure.
pub(crate) fn paint_failed_mark(painter: &Painter, center: Pos2, dark: bool) {
    painter.add(failed_shape(center, dark));
}

/// The small red triangle that marks a failure.
pub(crate) fn failed_shape(center: Pos2, dark: bool) -> Shape {
    let failed = Series { color: palette::palette_of(dark).error, marker: MarkerShape::Triangle };
    marker_shape(center, 8.0, failed)
}

#[cfg(test)]
mod tests {
    use super::{super::palette::contrast, *};

    #[test]
    fn shades_stand_out_from_the_window_in_order_of_lightness() {
        for light in [false, true] {
            let window = palette::palette_of(!light).window;
            for count in 2..=5 {
                let shades = (0..count).map(|part| shade(part as f32 / (count - 1) as f32, light));
                let contrasts: Vec<f32> = shades.map(|color| contrast(color, window)).collect();
                assert!(contrasts[0] >= 3.0, "{contrasts:?}");
                assert!(contrasts.is_sorted_by(|one, next| next / one > 1.15), "{contrasts:?}");
            }
        }
    }
}
