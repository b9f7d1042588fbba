//! How Statlens looks: colours, fonts, icons, sizes and egui's style.
//!
//! The only place that names a raw colour; everything else asks [`palette`], [`series`] or
//! [`on_heat`]. Nothing in here knows what is drawn with it. Start with [`install`], then
//! `palette.rs` for the colours of the design.

mod fonts;
pub(crate) mod icon;
mod palette;
mod paper;
mod series;
mod style;

pub(crate) use fonts::{body, heading, semibold, small};
pub(crate) use palette::{Palette, blend, is_legible, on_heat, on_side, palette, palette_of, tinted};
pub(crate) use paper::{on_white, window};
pub(crate) use series::{
    Series, failed_shape, group_series, mark_series, marker_shape, paint_failed_mark, paint_marker, series,
    shade, slot_color,
};

/// Height of a row of the grid, in points.
pub(crate) const ROW_HEIGHT: f32 = 27.0;
/// Height of a toolbar.
pub(crate) const BAR_HEIGHT: f32 = 40.0;
/// Height of the top bar.
pub(crate) const TOP_BAR_HEIGHT: f32 = 44.0;
/// Height of the status bar.
pub(crate) const STATUS_HEIGHT: f32 = 28.0;
/// Radius of the corners of chips, inputs and popups.
pub(crate) const CORNER_RADIUS: u8 = 6;
/// Width of the lines between panels, rows and columns.
pub(crate) const HAIRLINE: f32 = 1.0;

/// Gives a context the fonts, icons and both styles of Statlens. Once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    style::install(ctx);
}

/// Shows the light or the dark style from the next frame on.
pub fn set_light(ctx: &egui::Context, light: bool) {
    ctx.set_theme(if light { egui::Theme::Light } else { egui::Theme::Dark });
}
