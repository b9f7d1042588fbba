use egui::{Align2, CornerRadius, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, CORNER_RADIUS, blend, palette};

const GAP: f32 = 6.0;

/// The button of a panel that does its main work, as wide as there is room. `key` is the key
/// that does the same, such as "Ctrl ↵"; empty for none.
pub(crate) fn primary_button(ui: &mut Ui, label: &str, key: &str) -> Response {
    let colors = palette(ui);
    let size = vec2(ui.available_width(), 34.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, label));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let (mut fill, text) =
        if enabled { (colors.accent, colors.on_accent) } else { (colors.raised, colors.muted) };
    if enabled && (response.hovered() || response.is_pointer_button_down_on()) {
        fill = blend(fill, colors.text, 0.12);
    }
    ui.painter().rect_filled(rect, CornerRadius::same(CORNER_RADIUS), fill);
    paint_focus(ui, &response);
    let words = ui.painter().layout_no_wrap(label.to_owned(), theme::semibold(), text);
    let hint = ui.painter().layout_no_wrap(key.to_owned(), theme::small(), text);
    let hint_width = if key.is_empty() { 0.0 } else { hint.size().x + GAP + 2.0 * GAP };
    let both_width = words.size().x + hint_width;
    let mut at = rect.center() - vec2(both_width / 2.0, 0.0);
    let words_width = words.size().x;
    ui.painter().galley(at - vec2(0.0, words.size().y / 2.0), words, text);
    if !key.is_empty() {
        at.x += words_width + GAP;
        let behind = egui::Rect::from_min_size(pos2(at.x, at.y - 9.0), vec2(hint.size().x + 2.0 * GAP, 18.0));
        ui.painter().rect_filled(behind, CornerRadius::same(4), blend(fill, text, 0.14));
        ui.painter().galley(behind.center() - hint.size() / 2.0, hint, text);
    }
    response
}

/// A square button as high as the main one of a panel, to stand beside it. `name` is its accessible
/// name.
pub(crate) fn square_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(34.0, 34.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        let colors = palette(ui);
        let look = ui.style().interact_selectable(&response, false);
        let corners = CornerRadius::same(CORNER_RADIUS);
        ui.painter().rect(rect, corners, look.weak_bg_fill, look.bg_stroke, StrokeKind::Inside);
        paint_focus(ui, &response);
        let color = if enabled { colors.text } else { colors.faint };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, theme::body(), color);
    }
    response
}

/// A small square button with an icon. `name` is its accessible name; give the tooltip, with the
/// key, by `on_hover_text`.
pub(crate) fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        let hot = enabled && (response.hovered() || response.has_focus());
        if hot {
            ui.painter().rect_filled(rect, CornerRadius::same(CORNER_RADIUS), colors.hover);
        }
        paint_focus(ui, &response);
        let color = match (enabled, hot) {
            (false, _) => colors.faint,
            (true, true) => colors.text,
            (true, false) => colors.muted,
        };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, theme::body(), color);
    }
    response
}

/// Words that do something when clicked, without a frame.
pub(crate) fn link_button(ui: &mut Ui, label: &str) -> Response {
    let colors = palette(ui);
    let galley = ui.painter().layout_no_wrap(label.to_owned(), theme::body(), colors.above);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(0.0, 4.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    if ui.is_rect_visible(rect) {
        let color = if response.hovered() { colors.text } else { colors.above };
        let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley_with_override_text_color(at, galley, color);
        paint_focus(ui, &response);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A ring around what has the keyboard.
pub(super) fn paint_focus(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette(ui).accent);
        let corners = CornerRadius::same(CORNER_RADIUS);
        ui.painter().rect_stroke(response.rect.expand(1.0), corners, stroke, StrokeKind::Outside);
    }
}
