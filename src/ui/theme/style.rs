use std::collections::BTreeMap;

use egui::{
    Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals,
    style::{ScrollAnimation, ScrollStyle, Selection, WidgetVisuals, Widgets},
    vec2,
};

use super::{CORNER_RADIUS, HAIRLINE, Palette, fonts, palette};

pub(super) fn install(ctx: &Context) {
    for (theme, dark) in [(Theme::Dark, true), (Theme::Light, false)] {
        ctx.style_mut_of(theme, |style| {
            shape(style);
            style.visuals = visuals(palette::palette_of(dark), dark);
        });
    }
}

/// What both themes share: sizes, spacing, and that nothing moves by itself.
fn shape(style: &mut Style) {
    style.text_styles = BTreeMap::from([
        (TextStyle::Small, fonts::small()),
        (TextStyle::Body, fonts::body()),
        (TextStyle::Button, fonts::body()),
        (TextStyle::Heading, fonts::heading()),
        (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
    ]);
    style.animation_time = 0.0;
    style.scroll_animation = ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    style.interaction.resize_grab_radius_side = 4.0;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 4.0);
    spacing.interact_size = vec2(28.0, 24.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(12);
    spacing.icon_width = 15.0;
    spacing.icon_width_inner = 9.0;
    spacing.icon_spacing = 8.0;
    spacing.indent = 16.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle { bar_width: 8.0, ..ScrollStyle::floating() };
}

fn visuals(colors: &Palette, dark: bool) -> Visuals {
    let base = if dark { Visuals::dark() } else { Visuals::light() };
    let shadow = Shadow { offset: [0, 6], blur: 18, spread: 0, color: base.popup_shadow.color };
    Visuals {
        override_text_color: None,
        weak_text_color: Some(colors.muted),
        widgets: widgets(colors),
        selection: Selection {
            bg_fill: palette::blend(colors.panel, colors.accent, 0.4),
            stroke: Stroke::new(1.0, colors.text),
        },
        hyperlink_color: colors.above,
        faint_bg_color: colors.raised,
        extreme_bg_color: colors.window,
        text_edit_bg_color: Some(colors.raised),
        code_bg_color: colors.raised,
        warn_fg_color: colors.warning,
        error_fg_color: colors.error,
        window_corner_radius: CornerRadius::same(CORNER_RADIUS),
        menu_corner_radius: CornerRadius::same(CORNER_RADIUS),
        window_shadow: shadow,
        popup_shadow: shadow,
        window_fill: colors.panel,
        window_stroke: Stroke::new(HAIRLINE, colors.line),
        panel_fill: colors.panel,
        indent_has_left_vline: false,
        text_cursor: egui::style::TextCursorStyle {
            stroke: Stroke::new(1.5, colors.accent),
            blink: false,
            ..base.text_cursor.clone()
        },
        ..base
    }
}

fn widgets(colors: &Palette) -> Widgets {
    let look = |fill, line, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(HAIRLINE, line),
        corner_radius: CornerRadius::same(CORNER_RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(colors.panel, colors.line, colors.text),
        inactive: look(colors.raised, colors.line, colors.text),
        hovered: look(colors.hover, palette::blend(colors.line, colors.text, 0.25), colors.text),
        active: look(colors.hover, colors.accent, colors.text),
        open: look(colors.hover, colors.accent, colors.text),
    }
}
