use egui::{Align2, CursorIcon, Rect, Response, Role, Sense, Ui, pos2, vec2};

use super::{GridInput, PADDING, TITLE_MARK};
use crate::{
    model::SortBy,
    ui::{
        theme::{self, HAIRLINE, icon, palette},
        widgets::{elided, spoken},
    },
};

/// The name of a title with the start and end of its SCID, above its stats.
pub(super) fn title_ui(ui: &Ui, rect: Rect, input: &GridInput<'_>, first_column: usize, title: usize) {
    let colors = palette(ui);
    fill(ui, rect);
    let key = input.table.columns()[first_column].key();
    let name = input.title_name(&key.scid);
    let scid = key.scid.short();
    let id = ui.scope_id().with("title");
    let response = ui.interact(rect, id, Sense::hover());
    spoken(&response, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_label(format!("{name}, {scid}"));
    });
    response.on_hover_text(format!("{name}\nSCID {}", key.scid));

    let mark = theme::series(title, !ui.visuals().dark_mode).color;
    ui.painter().rect_filled(rect.with_max_x(rect.left() + TITLE_MARK), 0, mark);
    // The name stays in sight while its stats are scrolled by.
    let left = rect.left().max(ui.clip_rect().left()) + PADDING;
    let room = rect.right() - left - PADDING;
    let words = text(ui, &name, theme::semibold(), colors.text, room);
    let width = words.size().x;
    ui.painter().galley(pos2(left, rect.center().y - words.size().y / 2.0), words, colors.text);
    let room = room - width - 6.0;
    if room > 60.0 && name != scid {
        let words = text(ui, &scid, theme::body(), colors.faint, room);
        let at = pos2(left + width + 6.0, rect.center().y - words.size().y / 2.0);
        ui.painter().galley(at, words, colors.faint);
    }
}

/// The name of a stat, or of the player column, with the mark of the order. A click sorts.
pub(super) fn stat_ui(ui: &Ui, rect: Rect, input: &GridInput<'_>, column: Option<usize>) -> Response {
    let colors = palette(ui);
    fill(ui, rect);
    let (name, by, words) = match column {
        None => ("Player", SortBy::Player, "Player".to_owned()),
        Some(column) => {
            let key = input.table.columns()[column].key();
            let words = format!("{}, {}", key.stat, input.title_name(&key.scid));
            (key.stat.as_str(), SortBy::Column(key.clone()), words)
        }
    };
    let sorted = input.sort.filter(|sort| sort.by == by).map(|sort| sort.descending);
    let response = ui.interact(rect, ui.scope_id().with("sort"), Sense::click());
    spoken(&response, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_label(match sorted {
            Some(true) => format!("{words}, sorted descending"),
            Some(false) => format!("{words}, sorted ascending"),
            None => words.clone(),
        });
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 0, colors.hover);
        lines(ui, rect);
    }
    let color = if sorted.is_some() || response.hovered() { colors.text } else { colors.muted };
    let arrow = if sorted.is_some() { 16.0 } else { 0.0 };
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let words = text(ui, name, theme::body(), color, inner.width() - arrow);
    let left = match column {
        None => inner.left(),
        Some(_) => inner.right() - arrow - words.size().x,
    };
    let right = left + words.size().x;
    ui.painter().galley(pos2(left, rect.center().y - words.size().y / 2.0), words, color);
    if let Some(descending) = sorted {
        let mark = if descending { icon::ARROW_DOWN } else { icon::ARROW_UP };
        let at = pos2(right + 4.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, mark, theme::body(), colors.accent);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.5, colors.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), 3, stroke, egui::StrokeKind::Inside);
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(format!(
        "{name}\nClick (or Enter) to sort, again to turn the order round, again for the order of the list"
    ))
}

/// The empty corner above the player column.
pub(super) fn corner_ui(ui: &Ui, rect: Rect) {
    fill(ui, rect);
}

/// What is behind all headers, and goes on where there are no columns.
pub(super) fn strip_ui(ui: &Ui, rect: Rect) {
    let (above, below) = rect.split_top_bottom_at_fraction(0.5);
    fill(ui, above);
    fill(ui, below);
}

fn fill(ui: &Ui, rect: Rect) {
    let colors = palette(ui);
    ui.painter().rect_filled(rect, 0, colors.panel);
    lines(ui, rect);
}

fn lines(ui: &Ui, rect: Rect) {
    let line = (HAIRLINE, palette(ui).line);
    ui.painter().hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, line);
    ui.painter().vline(rect.right() - HAIRLINE / 2.0, rect.y_range(), line);
}

fn text(
    ui: &Ui,
    text: &str,
    font: egui::FontId,
    color: egui::Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    elided(ui, egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color), width)
}
