use egui::{CursorIcon, Rect, Response, Role, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::{GridInput, PADDING, SORT_MARK, TITLE_MARK};
use crate::{
    model::SortBy,
    ui::{
        theme::{self, HAIRLINE, palette},
        widgets::{elided, spoken},
    },
};

/// How wide the handle is that makes a lane wider, in points.
const HANDLE_WIDTH: f32 = 6.0;

/// The name of a title above its stats, with the start and end of its SCID where there is room.
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
    let words = text(ui, &scid, theme::body(), colors.faint, f32::INFINITY);
    if width + 6.0 + words.size().x <= room && name != scid {
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
            (key.stat.as_str(), SortBy::Column(key.clone().into()), words)
        }
    };
    let sorted = input.sort.filter(|sort| sort.by == by).map(|sort| sort.descending);
    // Clicks, but no stop for the Tab key: the grid as a whole is one, and its menu sorts as well.
    let response = ui.interact(rect, ui.scope_id().with("sort"), Sense::CLICK);
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
    let mark = if sorted.is_some() { SORT_MARK } else { 0.0 };
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let words = text(ui, name, theme::body(), color, inner.width() - mark);
    let left = match column {
        None => inner.left(),
        Some(_) => inner.right() - mark - words.size().x,
    };
    let right = left + words.size().x;
    ui.painter().galley(pos2(left, rect.center().y - words.size().y / 2.0), words, color);
    if let Some(descending) = sorted {
        sort_mark(ui, pos2(right + SORT_MARK - 4.0, rect.center().y), descending);
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(format!(
        "{name}\nClick to sort, again to turn the order round, again for the order of the list. \
         From the keyboard: Shift+F10"
    ))
}

/// A small triangle: down for the greatest first.
fn sort_mark(ui: &Ui, center: egui::Pos2, descending: bool) {
    let way = if descending { 1.0 } else { -1.0 };
    let points = [vec2(-4.0, -3.0 * way), vec2(4.0, -3.0 * way), vec2(0.0, 3.5 * way)];
    let points = points.iter().map(|offset| center + *offset).collect();
    ui.painter().add(Shape::convex_polygon(points, palette(ui).accent, Stroke::NONE));
}

/// What was done with the handle at the right side of a heading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Resize {
    /// Make the lane this much wider.
    By(f32),
    /// Make it as wide as its texts ask for.
    Fit,
}

/// The handle at the right side of a heading that makes its lane wider.
pub(super) fn handle_ui(ui: &Ui, rect: Rect) -> Option<Resize> {
    let handle = rect.with_min_x(rect.right() - HANDLE_WIDTH);
    let response = ui.interact(handle, ui.scope_id().with("width"), Sense::CLICK | Sense::DRAG);
    if response.hovered() || response.dragged() {
        let line = rect.with_min_x(rect.right() - 2.0);
        ui.painter().rect_filled(line, 0, palette(ui).accent);
    }
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeColumn);
    if response.double_clicked() {
        return Some(Resize::Fit);
    }
    response.dragged().then(|| Resize::By(response.drag_delta().x))
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
