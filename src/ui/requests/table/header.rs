use egui::{CursorIcon, Rect, Role, Sense, Shape, Stroke, Ui, pos2, text::LayoutJob, vec2};

use super::{
    super::view::{Column, Order},
    columns::Lane,
    row::PADDING,
};
use crate::ui::{
    theme::{self, HAIRLINE, palette},
    widgets::{elided, spoken},
};

/// What the mark of the order takes beside a heading.
const SORT_MARK: f32 = 12.0;

/// The headings. A click changes the order.
pub(super) fn header_ui(ui: &mut Ui, rect: Rect, lanes: &[Lane], order: &mut Order) {
    let colors = palette(ui);
    ui.painter().rect_filled(rect, 0, colors.panel);
    for lane in lanes {
        let cell = lane.of(rect);
        if heading_ui(ui, cell, lane.column, *order).clicked() {
            *order = order.next(lane.column);
        }
        ui.painter().vline(cell.right() - HAIRLINE / 2.0, cell.y_range(), (HAIRLINE, colors.line));
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, (HAIRLINE, colors.line));
}

fn heading_ui(ui: &Ui, rect: Rect, column: Column, order: Order) -> egui::Response {
    let colors = palette(ui);
    let sorted = (order.by == column && order != Order::default()).then_some(order.descending);
    let response = ui.interact(rect, super::id().with(("heading", column as u8)), Sense::click());
    let name = name(column);
    spoken(&response, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_label(match sorted {
            Some(true) => format!("{name}, sorted descending"),
            Some(false) => format!("{name}, sorted ascending"),
            None => name.to_owned(),
        });
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0, colors.hover);
    }
    let color = if sorted.is_some() || response.hovered() { colors.text } else { colors.muted };
    let mark = if sorted.is_some() { SORT_MARK } else { 0.0 };
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let job = LayoutJob::simple_singleline(short(column).to_owned(), theme::body(), color);
    let words = elided(ui, job, inner.width() - mark);
    let left = if is_figure(column) { inner.right() - mark - words.size().x } else { inner.left() };
    let right = left + words.size().x;
    ui.painter().galley(pos2(left, rect.center().y - words.size().y / 2.0), words, color);
    if let Some(descending) = sorted {
        sort_mark(ui, pos2(right + SORT_MARK - 4.0, rect.center().y), descending);
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(hint(column))
}

/// Whether it holds figures, which end at the right.
pub(super) fn is_figure(column: Column) -> bool {
    !matches!(column, Column::Request | Column::Service | Column::Waterfall)
}

/// What a screen reader calls it.
fn name(column: Column) -> &'static str {
    match column {
        Column::Number => "Number",
        Column::Waterfall => "Waterfall",
        _ => short(column),
    }
}

fn short(column: Column) -> &'static str {
    match column {
        Column::Number => "#",
        Column::Request => "Request",
        Column::Service => "Service",
        Column::Status => "Status",
        Column::Tries => "Tries",
        Column::Values => "Values",
        Column::Size => "Size",
        Column::Time => "Time",
        Column::Waterfall => "Waited, connected, answered, read",
    }
}

fn hint(column: Column) -> &'static str {
    match column {
        Column::Number => "Requests in the order in which they were planned. Click to turn it round",
        Column::Request => "What was asked: users × stats, or a gamertag. Click to sort",
        Column::Service => "Each service has its own rate limits. Click to sort",
        Column::Status => "HTTP status of the last answer. Click to sort",
        Column::Tries => "How many times it was sent. Click to sort",
        Column::Values => "Values that were read from the answer. Click to sort",
        Column::Size => "Size of the last answer. Click to sort",
        Column::Time => "From sending to the end of the last answer. Click to sort",
        Column::Waterfall => {
            "All rows in sight on one axis of time: waited (brown), connected (grey), waited for the \
             answer (green; orange where it was of no use), read (blue); pale: under way. Time in which nothing happened \
             is left out, with a line in its place. Click to sort by when it was queued"
        }
    }
}

/// A small triangle: down for the greatest first.
fn sort_mark(ui: &Ui, center: egui::Pos2, descending: bool) {
    let way = if descending { 1.0 } else { -1.0 };
    let points = [vec2(-4.0, -3.0 * way), vec2(4.0, -3.0 * way), vec2(0.0, 3.5 * way)];
    let points = points.iter().map(|offset| center + *offset).collect();
    ui.painter().add(Shape::convex_polygon(points, palette(ui).accent, Stroke::NONE));
}
