use egui::{Color32, Painter, Pos2, Shape, Stroke, vec2};

use super::palette;
use crate::model::ColourSlot;

/// A shape that tells series apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Circle,
    Triangle,
    Square,
    Diamond,
    TriangleDown,
    Plus,
    Cross,
    DiamondHollow,
}

/// How one group, title or stat is told from the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series {
    /// Its colour.
    pub(crate) color: Color32,
    /// Its shape.
    pub(crate) marker: Marker,
}

const MARKERS: [Marker; 8] = [
    Marker::Circle,
    Marker::Triangle,
    Marker::Square,
    Marker::Diamond,
    Marker::TriangleDown,
    Marker::Plus,
    Marker::Cross,
    Marker::DiamondHollow,
];

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
    Series { color: colors[index % colors.len()], marker: MARKERS[index % MARKERS.len()] }
}

/// The color that a rule names.
pub(crate) fn slot_color(slot: ColourSlot, dark: bool) -> Color32 {
    let colors = palette::of(dark);
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
        Marker::Circle => Shape::circle_filled(center, half, series.color),
        Marker::Triangle => polygon(&[(0.0, -1.05), (1.1, 0.9), (-1.1, 0.9)]),
        Marker::TriangleDown => polygon(&[(-1.1, -0.9), (1.1, -0.9), (0.0, 1.05)]),
        Marker::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Marker::Diamond => polygon(&[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)]),
        Marker::DiamondHollow => {
            let corners = points(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]);
            Shape::closed_line(corners, Stroke::new(1.5, series.color))
        }
        Marker::Plus => cross([(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]),
        Marker::Cross => cross([(-0.85, -0.85), (0.85, 0.85), (-0.85, 0.85), (0.85, -0.85)]),
    }
}

/// Draws the small red triangle that marks a failure.
pub(crate) fn paint_failed_mark(painter: &Painter, center: Pos2, dark: bool) {
    painter.add(failed_shape(center, dark));
}

/// The small red triangle that marks a failure.
pub(crate) fn failed_shape(center: Pos2, dark: bool) -> Shape {
    let failed = Series { color: palette::of(dark).error, marker: Marker::Triangle };
    marker_shape(center, 8.0, failed)
}
