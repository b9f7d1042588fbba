//! What stands around what is drawn: the title above, the small print below.

use std::sync::Arc;

use egui::{Align, Galley, Layout, Rect, Ui, UiBuilder, Vec2, pos2, text::LayoutJob, vec2};

use super::{Draw, Order};
use crate::ui::theme::{self, palette};

const MARGIN: f32 = 16.0;
/// Between parts of the small print.
const BETWEEN: &str = "  ·  ";
const BELOW_TITLE: f32 = 10.0;
const ABOVE_PRINT: f32 = 10.0;
/// How wide title and small print are at least, before they wrap.
const LEAST_WIDTH: f32 = 320.0;
/// About what margins, title and small print take.
pub(super) const AROUND: Vec2 = vec2(2.0 * MARGIN, 2.0 * MARGIN + 80.0);

/// What the next frame needs to know of this one.
#[derive(Debug, Default)]
pub(super) struct SheetState {
    /// How wide was what is drawn.
    width: f32,
}

/// The small print in one line: what is shown, of which query, when it was fetched and from where.
pub(super) fn print(order: &Order) -> String {
    let parts: Vec<&str> = order.picture.notes.iter().chain(&order.print).map(|part| part.trim()).collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN)
}

/// Draws the whole sheet. Returns its size in points.
pub(super) fn sheet_ui(ui: &mut Ui, state: &mut SheetState, order: &Order, draw: &mut Draw) -> Vec2 {
    let colors = palette(ui);
    let width = state.width.max(LEAST_WIDTH);
    let title = galley(ui, &order.picture.title, theme::heading(), colors.text, width);
    let print = galley(ui, &held_together(&print(order)), theme::small(), colors.muted, width);
    let mut y = MARGIN;
    let mut right: f32 = 0.0;
    if !title.is_empty() {
        right = right.max(title.size().x);
        y += title.size().y + BELOW_TITLE;
        ui.painter().galley(pos2(MARGIN, MARGIN), title, colors.text);
    }
    let room = Rect::from_min_size(pos2(MARGIN, y), order.picture.room);
    let builder = UiBuilder::new().max_rect(room).layout(Layout::top_down(Align::Min));
    let mut inner = ui.new_child(builder);
    draw(&mut inner);
    let drawn = inner.min_rect().size().ceil();
    state.width = drawn.x;
    right = right.max(drawn.x);
    y += drawn.y;
    if !print.is_empty() {
        y += ABOVE_PRINT;
        right = right.max(print.size().x);
        let height = print.size().y;
        ui.painter().galley(pos2(MARGIN, y), print, colors.muted);
        y += height;
    }
    vec2(right + 2.0 * MARGIN, y + MARGIN).ceil()
}

/// Breaks lines only between the parts.
fn held_together(print: &str) -> String {
    print.replace(' ', "\u{a0}").replace(&BETWEEN.replace(' ', "\u{a0}"), BETWEEN)
}

fn galley(ui: &Ui, text: &str, font: egui::FontId, color: egui::Color32, width: f32) -> Arc<Galley> {
    ui.painter().layout_job(LayoutJob::simple(text.to_owned(), font, color, width))
}
