use std::sync::LazyLock;

use egui::Color32;

/// The named colours of one theme.
#[derive(Debug)]
pub(crate) struct Palette {
    /// Behind everything.
    pub(crate) window: Color32,
    /// Side panels, bars, popups.
    pub(crate) panel: Color32,
    /// Chips and inputs.
    pub(crate) raised: Color32,
    /// What the pointer is over.
    pub(crate) hover: Color32,
    /// Hairlines.
    pub(crate) line: Color32,
    /// Words and figures.
    pub(crate) text: Color32,
    /// Words that explain.
    pub(crate) muted: Color32,
    /// Words that can be passed over, and marks that are off.
    pub(crate) faint: Color32,
    /// What can be pressed first, and what is on.
    pub(crate) accent: Color32,
    /// Words on the accent.
    pub(crate) on_accent: Color32,
    /// Behind selected rows.
    pub(crate) selected_row: Color32,
    /// What needs a look.
    pub(crate) warning: Color32,
    /// What went wrong. Nothing else is red.
    pub(crate) error: Color32,
    /// Above the reference.
    pub(crate) above: Color32,
    /// Below the reference.
    pub(crate) below: Color32,
}

const DARK: Palette = Palette {
    window: Color32::from_rgb(0x0e, 0x11, 0x15),
    panel: Color32::from_rgb(0x14, 0x18, 0x1e),
    raised: Color32::from_rgb(0x1b, 0x20, 0x27),
    hover: Color32::from_rgb(0x22, 0x29, 0x32),
    line: Color32::from_rgb(0x26, 0x2d, 0x36),
    text: Color32::from_rgb(0xe4, 0xe9, 0xef),
    muted: Color32::from_rgb(0x8a, 0x96, 0xa3),
    faint: Color32::from_rgb(0x5b, 0x66, 0x72),
    accent: Color32::from_rgb(0x3f, 0xb6, 0x8b),
    on_accent: Color32::from_rgb(0x08, 0x1a, 0x13),
    selected_row: Color32::from_rgb(0x17, 0x32, 0x2a),
    warning: Color32::from_rgb(0xe6, 0xa2, 0x3c),
    error: Color32::from_rgb(0xe5, 0x64, 0x5a),
    above: Color32::from_rgb(0x56, 0xb4, 0xe9),
    below: Color32::from_rgb(0xe6, 0x9f, 0x00),
};

const LIGHT: Palette = Palette {
    window: Color32::from_rgb(0xf7, 0xf8, 0xfa),
    panel: Color32::from_rgb(0xff, 0xff, 0xff),
    raised: Color32::from_rgb(0xee, 0xf1, 0xf4),
    hover: Color32::from_rgb(0xe3, 0xe8, 0xed),
    line: Color32::from_rgb(0xd9, 0xdf, 0xe5),
    text: Color32::from_rgb(0x1a, 0x21, 0x29),
    muted: Color32::from_rgb(0x5a, 0x66, 0x73),
    faint: Color32::from_rgb(0x8b, 0x96, 0xa2),
    accent: Color32::from_rgb(0x1f, 0x8a, 0x64),
    on_accent: Color32::from_rgb(0xff, 0xff, 0xff),
    selected_row: Color32::from_rgb(0xdf, 0xf3, 0xea),
    warning: Color32::from_rgb(0xa8, 0x6a, 0x00),
    error: Color32::from_rgb(0xc2, 0x3a, 0x30),
    above: Color32::from_rgb(0x00, 0x72, 0xb2),
    below: Color32::from_rgb(0xd5, 0x5e, 0x00),
};

/// The strongest heat: as much of the accent, and no more, keeps text on it readable.
const HEAT_MAX: f32 = 0.34;

/// The colours of the theme that `ui` is drawn in.
pub(crate) fn palette(ui: &egui::Ui) -> &'static Palette {
    palette_of(ui.visuals().dark_mode)
}

/// The colours of the dark theme, or of the light one.
pub(crate) const fn palette_of(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

/// The background of a cell whose value stands at `share` (0 to 1) between its column's least
/// and greatest, over a row drawn in `row`.
pub(crate) fn on_heat(colors: &Palette, row: Color32, share: f32) -> Color32 {
    blend(row, colors.accent, HEAT_MAX * share.clamp(0.0, 1.0))
}

/// The background of a cell whose value is `side` (−1 to 1) away from the reference, over a row drawn
/// in `row`.
pub(crate) fn on_side(colors: &Palette, row: Color32, side: f32) -> Color32 {
    let color = if side < 0.0 { colors.below } else { colors.above };
    blend(row, color, HEAT_MAX * side.abs().min(1.0))
}

/// `amount` (0 to 1) of `top` over `base`.
pub(crate) fn blend(base: Color32, top: Color32, amount: f32) -> Color32 {
    let mix = |base: u8, top: u8| {
        (f32::from(base) + (f32::from(top) - f32::from(base)) * amount).round().clamp(0.0, 255.0) as u8
    };
    Color32::from_rgb(mix(base.r(), top.r()), mix(base.g(), top.g()), mix(base.b(), top.b()))
}

/// The least contrast of words and what is behind them.
pub(crate) const LEAST_CONTRAST: f32 = 4.5;
/// In how many steps a colour is taken back until words on it can be read.
const STEPS: u8 = 16;

/// Whether words in `ink` can be read on `fill`.
pub(crate) fn is_legible(ink: Color32, fill: Color32) -> bool {
    contrast(ink, fill) >= LEAST_CONTRAST
}

/// Contrast ratio of two opaque colours as WCAG 2 defines it.
pub(super) fn contrast(one: Color32, other: Color32) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// `amount` (0 to 1) of `top` over `base`, or as much of it as leaves words in `ink` readable.
pub(crate) fn tinted(base: Color32, top: Color32, amount: f32, ink: Color32) -> Color32 {
    let mut fills =
        (1..=STEPS).rev().map(|step| blend(base, top, amount * f32::from(step) / f32::from(STEPS)));
    fills.find(|fill| is_legible(ink, *fill)).unwrap_or(base)
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(color: Color32) -> f32 {
    static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
        std::array::from_fn(|byte| {
            let share = byte as f32 / 255.0;
            if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        })
    });
    let linear = |byte: u8| LINEAR[usize::from(byte)];
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast ratio of two opaque colours as WCAG 2 defines it.
    fn contrast(one: Color32, other: Color32) -> f64 {
        let luminance = |color: Color32| {
            let linear = |byte: u8| {
                let share = f64::from(byte) / 255.0;
                if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_on_any_heat_can_be_read() {
        for colors in [palette_of(true), palette_of(false)] {
            for row in [colors.window, colors.panel, colors.hover, colors.selected_row] {
                for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
                    let ratio = contrast(colors.text, on_heat(colors, row, share));
                    assert!(ratio >= 4.5, "{ratio} at {share} on {row:?}");
                }
            }
        }
    }

    #[test]
    fn text_on_either_side_of_the_reference_can_be_read() {
        for colors in [palette_of(true), palette_of(false)] {
            for row in [colors.window, colors.panel, colors.hover, colors.selected_row] {
                for side in [-1.0, -0.5, 0.0, 0.5, 1.0] {
                    let ratio = contrast(colors.text, on_side(colors, row, side));
                    assert!(ratio >= 4.5, "{ratio} at {side} on {row:?}");
                }
            }
        }
    }

    #[test]
    fn a_tint_stops_where_words_end_being_readable() {
        for colors in [palette_of(true), palette_of(false)] {
            assert_eq!(
                tinted(colors.window, colors.accent, 0.3, colors.text),
                blend(colors.window, colors.accent, 0.3)
            );
            for top in [Color32::WHITE, Color32::BLACK, colors.text, colors.accent] {
                let fill = tinted(colors.window, top, 1.0, colors.text);
                assert!(contrast(colors.text, fill) >= 4.49, "{top:?}");
                assert!(is_legible(colors.text, fill));
            }
            assert!(!is_legible(colors.faint, blend(colors.window, colors.accent, 0.3)));
        }
    }

    #[test]
    fn words_can_be_read() {
        for colors in [palette_of(true), palette_of(false)] {
            for words in [colors.text, colors.muted, colors.warning, colors.error] {
                assert!(contrast(words, colors.panel) >= 4.3, "{words:?}");
            }
            assert!(contrast(colors.on_accent, colors.accent) >= 4.2);
        }
    }
}
