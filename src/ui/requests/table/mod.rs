//! The table of requests with its waterfall: only the rows in sight are drawn.

mod columns;
mod header;
mod keys;
mod row;

use std::sync::Arc;

use egui::{EventFilter, Id, Rect, Role, ScrollArea, Sense, Ui, vec2};

use super::{Requests, RequestsAction, RequestsInput, spans, view::Order};
use crate::{
    model::Exchange,
    ui::{
        theme::{ROW_HEIGHT, palette},
        widgets::{spoken, waterfall::Axis},
    },
};
use columns::Lane;

const HEADER_HEIGHT: f32 = 26.0;

/// Where the table is scrolled.
#[derive(Debug, Default)]
pub(super) struct TableState {
    offset: f32,
    height: f32,
    /// Brings the selected request into view in the next frame.
    pub(super) reveal: bool,
}

/// The id of the table in `ui`, for giving it the keyboard.
pub(super) fn id() -> Id {
    Id::unique("requests table")
}

/// Shows the table in all the room that there is.
pub(super) fn table_ui(
    ui: &mut Ui,
    state: &mut Requests,
    input: &RequestsInput<'_>,
    actions: &mut Vec<RequestsAction>,
) {
    let area = ui.available_rect_before_wrap();
    let focus = ui.interact(area, id(), Sense::focusable_noninteractive());
    let lanes = columns::lanes(state, area.width());
    spoken(&focus, |node| {
        node.set_role(Role::Grid);
        node.set_label("Requests");
        node.set_row_count(state.shown.rows().len());
        node.set_column_count(lanes.len());
    });
    if focus.has_focus() {
        take_keys(ui, state, actions);
    }
    let header = Rect::from_min_size(area.min, vec2(area.width(), HEADER_HEIGHT));
    header::header_ui(ui, header, &lanes, &mut state.choice.order);
    rows_ui(ui, area.with_min_y(header.bottom()), state, input, &lanes);
    if focus.has_focus() {
        row::paint_focus(ui, area);
    }
}

fn take_keys(ui: &Ui, state: &mut Requests, actions: &mut Vec<RequestsAction>) {
    let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
    let page = ((state.table.height / ROW_HEIGHT) as usize).saturating_sub(1).max(1);
    for key in keys::taken(ui) {
        match key {
            keys::Pressed::Inspect => actions.push(RequestsAction::ShowInspector),
            keys::Pressed::Unselect => state.selected = None,
            keys::Pressed::Move(way) => {
                let rows = state.shown.rows();
                let from = state.selected.and_then(|id| state.shown.position(id));
                if let Some(to) = keys::target(from, rows.len(), page, way) {
                    let id = rows[to].id;
                    state.select(id);
                }
            }
        }
    }
}

fn rows_ui(ui: &mut Ui, area: Rect, state: &mut Requests, input: &RequestsInput<'_>, lanes: &[Lane]) {
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(area).id_salt("rows"));
    ui.spacing_mut().item_spacing.y = 0.0;
    // Rows that fade out at the edges read badly, and the scroll bar tells that there are more.
    ui.spacing_mut().scroll.fade.strength = 0.0;
    let reveal = std::mem::take(&mut state.table.reveal);
    // At the end of a list that grows, the newest stay in sight; to go elsewhere must still be possible.
    let stick = state.choice.order == Order::default() && !reveal;
    let mut scroll = ScrollArea::vertical().id_salt("requests").auto_shrink(false).stick_to_bottom(stick);
    if reveal && let Some(at) = state.selected.and_then(|id| state.shown.position(id)) {
        scroll = scroll.vertical_scroll_offset(revealing(at, state.table.offset, area.height()));
    }
    let now = input.clock.now();
    let rows = state.shown.rows();
    let mut clicked = None;
    let output = scroll.show_rows(&mut ui, ROW_HEIGHT, rows.len(), |ui, range| {
        let rows = &rows[range.start.min(rows.len())..range.end.min(rows.len())];
        let axis = Axis::over(rows.iter().map(|exchange| spans::extent(exchange, now)));
        for (index, exchange) in rows.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(vec2(area.width(), ROW_HEIGHT), Sense::hover());
            let selected = state.selected == Some(exchange.id);
            let shown = row::Row { exchange, index: range.start + index, selected, now, axis: &axis };
            let response = row::row_ui(ui, rect, lanes, &shown);
            if response.clicked() {
                clicked = Some(exchange.id);
            }
            if selected {
                ui.ctx().accesskit_node_builder(id(), |node| {
                    node.set_active_descendant(response.id.accesskit_id());
                });
            }
        }
    });
    state.table.offset = output.state.clamped_offset().y;
    state.table.height = output.inner_rect.height();
    if let Some(clicked) = clicked {
        state.selected = Some(clicked);
        ui.memory_mut(|memory| memory.request_focus(id()));
    }
    columns::lines_ui(&ui, area.with_max_y(area.top() + rows_height(state.shown.rows(), area)), lanes);
}

/// How much of the area the rows take.
fn rows_height(rows: &[Arc<Exchange>], area: Rect) -> f32 {
    (rows.len() as f32 * ROW_HEIGHT).min(area.height())
}

/// The nearest offset that has the row at `index` in sight.
fn revealing(index: usize, offset: f32, height: f32) -> f32 {
    let top = index as f32 * ROW_HEIGHT;
    if top < offset {
        top
    } else if top + ROW_HEIGHT > offset + height {
        top + ROW_HEIGHT - height
    } else {
        offset
    }
}

/// Says that the filters leave nothing, where the rows would be.
pub(super) fn nothing_ui(ui: &mut Ui, state: &mut Requests) {
    let colors = palette(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(8.0));
        ui.label(egui::RichText::new("No request fits these filters").color(colors.muted));
        if crate::ui::widgets::link_button(ui, "Show all").on_hover_text("Drop all filters").clicked() {
            state.choice = state.choice.widened();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_brought_into_sight_by_the_shortest_way() {
        assert_eq!(revealing(0, 100.0, 270.0), 0.0);
        assert_eq!(revealing(5, 100.0, 270.0), 100.0);
        assert_eq!(revealing(20, 100.0, 270.0), 21.0 * ROW_HEIGHT - 270.0);
    }
}
