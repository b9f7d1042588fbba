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
