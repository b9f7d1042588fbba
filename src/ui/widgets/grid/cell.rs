use std::borrow::Cow;

use egui::{Color32, FontId, Galley, Rect, Response, Role, Sense, Stroke, Ui, pos2, vec2};

use super::{GridInput, PADDING, Place, Selection, words};
use crate::{
    model::{Cell, PlayerRow, RowState},
    ui::{
        theme::{self, blend, on_heat, paint_failed_mark, paint_marker, palette},
        widgets::{elided, player_name_job, spoken},
    },
};

/// Where the name begins in the player column, behind its marker.
pub(super) const NAME_LEFT: f32 = 24.0;

/// One value, or what there is instead.
pub(super) fn value_ui(
    ui: &Ui,
    rect: Rect,
    input: &GridInput<'_>,
    place: Place,
    selection: &Selection,
) -> Response {
    let column = place.lane - 1;
    let cell = input.table.cell(place.row as usize, column);
    let response = interact(ui, rect);
    let selected = selection.has_row(place.row) && selection.has_column(column);
    spoken(&response, |node| {
        let player = input.table.rows()[place.row as usize].name();
        let stat = &input.table.columns()[column].key().stat;
        node.set_role(Role::Cell);
        node.set_label(format!("{player}, {stat}: {}", words::shown(&cell)));
        node.set_column_index(place.lane);
        node.set_selected(selected);
    });

    let colors = palette(ui);
    let below = row_fill(ui, input, place.row, selection);
    if selected && !selection.is_of_rows() {
        ui.painter().rect_filled(rect, 0, blend(colors.selected_row, colors.accent, 0.12));
    } else if let (Cell::Value(value), Some(extent)) = (&cell, input.extents.get(column).copied().flatten())
        && let Some(number) = value.number
    {
        ui.painter().rect_filled(rect, 0, on_heat(colors, below, extent.share(number)));
    }
    paint(ui, rect.shrink2(vec2(PADDING, 0.0)), &cell, input.decimals(column));
    response.on_hover_ui(|ui| {
        ui.label(words::explained(&cell));
    })
}

/// The name of the player with the marker of their group.
pub(super) fn player_ui(
    ui: &Ui,
    rect: Rect,
    input: &GridInput<'_>,
    row: u32,
    selection: &Selection,
) -> Response {
    let player = &input.table.rows()[row as usize];
    let name = player.name();
    let response = interact(ui, rect);
    spoken(&response, |node| {
        node.set_role(Role::RowHeader);
        node.set_label(match &player.state {
            RowState::Failed(_) => format!("{name}, not found"),
            RowState::LookingUp => format!("{name}, looking up"),
            _ => name.clone(),
        });
        node.set_selected(selection.has_row(row));
    });
    let colors = palette(ui);
    let series = match input.groups.get(row as usize).copied().flatten() {
        Some(group) => theme::series(group, !ui.visuals().dark_mode),
        None => theme::Series { color: colors.faint, ..theme::series(0, false) },
    };
    paint_marker(ui.painter(), pos2(rect.left() + 13.0, rect.center().y), 8.0, series);
    let is_failed = matches!(player.state, RowState::Failed(_));
    let room = rect.width() - NAME_LEFT - PADDING - if is_failed { 16.0 } else { 0.0 };
    let galley = elided(ui, player_name_job(ui, &name, &theme::body()), room);
    let at = pos2(rect.left() + NAME_LEFT, rect.center().y - galley.size().y / 2.0);
    if is_failed {
        ui.painter().galley_with_override_text_color(at, galley, colors.muted);
        paint_failed_mark(ui.painter(), pos2(rect.right() - 12.0, rect.center().y), ui.visuals().dark_mode);
    } else {
        ui.painter().galley(at, galley, colors.text);
    }
    let hint = |player: &PlayerRow| words::player(player);
    response.on_hover_ui(|ui| {
        ui.label(hint(player));
    })
}

/// The colour behind a row.
pub(super) fn row_fill(ui: &Ui, input: &GridInput<'_>, row: u32, selection: &Selection) -> Color32 {
    let colors = palette(ui);
    let is_selected = selection.has_row(row) && selection.is_of_rows();
    match (is_selected, input.hovered == Some(row)) {
        (true, false) => colors.selected_row,
        (true, true) => blend(colors.selected_row, colors.hover, 0.5),
        (false, true) => colors.hover,
        (false, false) => colors.window,
    }
}

/// A ring around the whole grid: it has the keyboard, and no cell in sight does.
pub(super) fn paint_focus(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(1.5, palette(ui).accent);
    ui.painter().rect_stroke(rect.shrink(1.0), 2, stroke, egui::StrokeKind::Inside);
}

/// Lines around a block of selected cells, and around the cell where the keyboard is.
pub(super) fn paint_edges(ui: &Ui, rect: Rect, edges: Edges, has_cursor: bool) {
    let colors = palette(ui);
    let stroke = Stroke::new(1.0, colors.accent);
    let painter = ui.painter();
    if edges.top {
        painter.hline(rect.x_range(), rect.top() + 0.5, stroke);
    }
    if edges.bottom {
        painter.hline(rect.x_range(), rect.bottom() - 0.5, stroke);
    }
    if edges.left {
        painter.vline(rect.left() + 0.5, rect.y_range(), stroke);
    }
    if edges.right {
        painter.vline(rect.right() - 0.5, rect.y_range(), stroke);
    }
    if has_cursor {
        let stroke = Stroke::new(1.5, colors.accent);
        painter.rect_stroke(rect.shrink(0.5), 2, stroke, egui::StrokeKind::Inside);
    }
}

/// At which sides of a cell the selection ends.
#[expect(clippy::struct_excessive_bools, reason = "the four sides are independent")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edges {
    pub(super) top: bool,
    pub(super) bottom: bool,
    pub(super) left: bool,
    pub(super) right: bool,
}

/// Clicks and drags, but no stop for the Tab key: the grid as a whole is one.
fn interact(ui: &Ui, rect: Rect) -> Response {
    ui.interact(rect, ui.scope_id().with("cell"), Sense::CLICK | Sense::DRAG)
}

fn paint(ui: &Ui, rect: Rect, cell: &Cell<'_>, decimals: usize) {
    let colors = palette(ui);
    match cell {
        Cell::NotAsked => {}
        Cell::Pending => {
            for dot in 0..3 {
                let at = pos2(rect.right() - 3.0 - 6.0 * dot as f32, rect.center().y);
                ui.painter().circle_filled(at, 1.5, colors.faint);
            }
        }
        Cell::NoValue => {
            words_at_right(ui, rect, words::NO_VALUE.into(), theme::body(), colors.faint);
        }
        Cell::Value(value) => {
            let shown = words::shown_in_column(cell, decimals);
            if value.number.is_some() {
                words_at_right(ui, rect, shown, theme::body(), colors.text);
            } else {
                words_at_right(ui, rect, first_line(shown), theme::body(), colors.text);
            }
        }
        Cell::Failed(failure) => {
            let shown = failure.status.map_or_else(|| "failed".to_owned(), |status| status.to_string());
            let width = words_at_right(ui, rect, shown.into(), theme::body(), colors.error);
            let at = pos2(rect.right() - width - 9.0, rect.center().y);
            paint_failed_mark(ui.painter(), at, ui.visuals().dark_mode);
        }
    }
}

fn first_line(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.split_once(['\n', '\r']) {
        Some((first, _)) => format!("{first}…").into(),
        None => text,
    }
}

/// Draws one line that ends at the right side; returns its width.
fn words_at_right(ui: &Ui, rect: Rect, text: Cow<'_, str>, font: FontId, color: Color32) -> f32 {
    let galley = ui.painter().layout_no_wrap(text.into_owned(), font.clone(), color);
    let galley = if galley.size().x <= rect.width() {
        galley
    } else {
        let text = galley.job.text.clone();
        elided(ui, egui::text::LayoutJob::simple_singleline(text, font, color), rect.width())
    };
    let Galley { rect: size, .. } = *galley;
    let at = pos2(rect.right() - size.width(), rect.center().y - size.height() / 2.0);
    ui.painter().galley(at, galley, color);
    size.width()
}
