//! The table: stats as lines, those compared as columns. Heads, names and pinned columns stand still
//! while the rest scrolls; only what is in sight is painted.

use egui::{Painter, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    header::{self, Heads},
    keys::{self, Step},
    lanes::{HEAD_HEIGHT, Lanes, STAT_HEIGHT, TITLE_HEIGHT, in_sight},
    paint,
    sheet::{Sheet, SheetLine},
    shows_more,
};
use crate::ui::{
    theme::{HAIRLINE, palette},
    widgets::spoken,
};

/// What outlives a frame.
#[derive(Debug, Default)]
pub(super) struct TableState {
    /// The column that has the keyboard.
    pub(super) cursor: Option<usize>,
    /// Whether it is to be brought into sight.
    pub(super) reveal: bool,
    /// The column that the pointer carries.
    pub(super) carried: Option<usize>,
    /// The column that the pointer is over.
    pub(super) hovered: Option<usize>,
}

/// What was asked of a column, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Move it to another place.
    Move(usize, usize),
    /// Take it out.
    Drop(usize),
    /// Pin it, or let it go.
    Pin(usize),
    /// Hold the others against it.
    Refer(usize),
    /// Show the player in Explore.
    Show(usize),
}

/// What the table tells on hover.
pub(super) struct Explain<'a> {
    /// Of a head.
    pub(super) head: &'a dyn Fn(usize) -> String,
    /// Of a cell, by the place of its line among those compared.
    pub(super) cell: &'a dyn Fn(usize, usize) -> String,
    /// Of the name of a stat.
    pub(super) stat: &'a dyn Fn(usize) -> String,
}

/// Shows the table in all the room that there is.
pub(super) fn table_ui(
    ui: &mut Ui,
    state: &mut TableState,
    sheet: &Sheet,
    explain: &Explain<'_>,
) -> Vec<Asked> {
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("compared");
    let focus = ui.interact(area, id, Sense::focusable_noninteractive());
    let lanes = Lanes::of(sheet, area.width());
    state.cursor = state.cursor.filter(|cursor| *cursor < lanes.count());
    spoken(&focus, |node| {
        node.set_role(Role::Grid);
        node.set_label("Comparison");
        node.set_row_count(sheet.stats().count());
        node.set_column_count(lanes.count() + 1);
    });
    let mut asked = Vec::new();
    let (mut scroll, mut menu) = (0.0, false);
    if focus.has_focus() {
        let pressed = keys::taken(ui, id, state.cursor, lanes.count());
        for step in &pressed.steps {
            match step {
                Step::Column(column) => {
                    (state.cursor, state.reveal) = (Some(*column), true);
                }
                Step::Lines(many) => scroll += many * STAT_HEIGHT,
                Step::Pages(pages) => scroll += pages * (area.height() - HEAD_HEIGHT - STAT_HEIGHT),
            }
        }
        menu = pressed.menu && state.cursor.is_some();
        asked.extend(pressed.asked);
    }
    let body = area.with_min_y(area.top() + HEAD_HEIGHT);
    let scrolled = body_ui(ui, state, body, &Body { sheet, lanes: &lanes, explain, id, scroll });
    let header = area.with_max_y(body.top());
    let heads = Heads { sheet, lanes: &lanes, id, scrolled, explain, opens_menu: menu };
    let output = header::heads_ui(ui, state, header, area, &heads);
    if output.takes_focus || state.carried.is_some() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    asked.extend(output.asked);
    if focus.has_focus() && state.cursor.is_none() {
        paint::focus(ui, ui.painter(), area);
    }
    asked
}

/// What the lines are drawn from.
struct Body<'a> {
    sheet: &'a Sheet,
    lanes: &'a Lanes,
    explain: &'a Explain<'a>,
    id: egui::Id,
    /// How far a key scrolls.
    scroll: f32,
}

/// The lines. Returns how far they are scrolled sideways.
fn body_ui(ui: &mut Ui, state: &mut TableState, area: Rect, body: &Body<'_>) -> f32 {
    let mut inner = ui.new_child(UiBuilder::new().max_rect(area).id_salt("lines"));
    shows_more(&mut inner);
    let (sheet, lanes) = (body.sheet, body.lanes);
    let tops = tops(sheet);
    let size = vec2(lanes.names + lanes.width(), tops.last().copied().unwrap_or_default());
    let output =
        ScrollArea::both().id_salt("compared lines").auto_shrink(false).show_viewport(&mut inner, |ui, _| {
            ui.set_min_size(size);
            let origin = ui.min_rect().min;
            if body.scroll != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -body.scroll));
            }
            if std::mem::take(&mut state.reveal)
                && let Some(column) = state.cursor.filter(|column| *column >= lanes.still)
            {
                let (from, width) = lanes.lane(column);
                // What stands still lies over the left part of what scrolls.
                let left = origin.x + lanes.names + from - lanes.still_width();
                let right = origin.x + lanes.names + from + width;
                ui.scroll_to_rect(Rect::from_x_y_ranges(left..=right, area.top()..=area.top() + 1.0), None);
            }
            lines_ui(ui, state, area, origin, body, &tops);
        });
    let offset = output.state.clamped_offset();
    if output.content_size.x > area.width() {
        let x = area.left() + lanes.still_width();
        let bottom = area.bottom().min(area.top() + output.content_size.y - offset.y);
        ui.painter().vline(x, area.top()..=bottom, (HAIRLINE, palette(ui).line));
    }
    offset.x
}

fn lines_ui(ui: &mut Ui, state: &mut TableState, area: Rect, origin: Pos2, body: &Body<'_>, tops: &[f32]) {
    let (sheet, lanes) = (body.sheet, body.lanes);
    let whole = ui.interact(area, body.id.with("lines"), Sense::CLICK);
    let told = ui.ctx().accesskit_node_builder(body.id, |_| ()).is_some();
    let scrolled = area.min - origin;
    let still = ui.painter_at(area);
    let moving = ui.painter_at(area.with_min_x(area.left() + lanes.still_width()));
    let pointer = whole.hover_pos().or_else(|| whole.interact_pointer_pos());
    let column = pointer.and_then(|at| lanes.column_at(at.x - area.left(), scrolled.x));
    let mut hint = None;
    for place in in_sight(tops, scrolled.y, scrolled.y + area.height()) {
        let rows = origin.y + tops[place]..=origin.y + tops[place + 1];
        let line = Rect::from_x_y_ranges(area.x_range(), rows);
        let stat = match &sheet.lines[place] {
            SheetLine::Title(name) => {
                paint::title(ui, &still, line, name);
                continue;
            }
            SheetLine::Stat(stat) => stat,
        };
        paint::underline(ui, &still, line);
        let columns = (lanes.still..lanes.count()).map(|column| (column, &moving));
        for (column, painter) in columns.chain((0..lanes.still).map(|column| (column, &still))) {
            let rect = cell_rect(lanes, area, line, column, scrolled.x);
            let seen = rect.intersect(painter.clip_rect());
            if !seen.is_positive() {
                continue;
            }
            paint_cell(ui, painter, sheet, rect, place, column);
            if told {
                let response = ui.interact(seen, body.id.with(("cell", place, column)), Sense::hover());
                spoken(&response, |node| {
                    node.set_role(Role::Cell);
                    node.set_row_index(place);
                    node.set_column_index(column + 1);
                    node.set_label(sheet.said(stat, column));
                });
            }
        }
        let name = line.with_max_x(area.left() + lanes.names);
        paint::stat_name(ui, &still, name, stat);
        if told {
            let response = ui.interact(name.intersect(area), body.id.with(("name", place)), Sense::hover());
            spoken(&response, |node| {
                node.set_role(Role::RowHeader);
                node.set_row_index(place);
                node.set_label(stat.name.clone());
            });
        }
        if pointer.is_some_and(|at| line.y_range().contains(at.y)) {
            hint = match column {
                Some(column) => Some((body.explain.cell)(stat.line, column)),
                None if pointer.is_some_and(|at| name.contains(at)) => Some((body.explain.stat)(stat.line)),
                None => None,
            };
        }
    }
    state.hovered = column;
    if whole.clicked() && column.is_some() {
        state.cursor = column;
        ui.memory_mut(|memory| memory.request_focus(body.id));
    }
    if let Some(hint) = hint.filter(|hint| !hint.is_empty()) {
        whole.on_hover_text_at_pointer(hint);
    }
}

fn paint_cell(ui: &Ui, painter: &Painter, sheet: &Sheet, rect: Rect, place: usize, column: usize) {
    if let SheetLine::Stat(stat) = &sheet.lines[place]
        && let (Some(head), Some(cell)) = (sheet.heads.get(column), stat.cells.get(column))
    {
        paint::cell(ui, painter, rect, head, cell, sheet.says.beside);
        if column + 1 == sheet.heads.len() {
            paint::end(ui, painter, rect);
        }
    }
}

/// Where a cell is. What stands still is not scrolled.
fn cell_rect(lanes: &Lanes, area: Rect, line: Rect, column: usize, scrolled: f32) -> Rect {
    let (from, width) = lanes.lane(column);
    let scrolled = if column < lanes.still { 0.0 } else { scrolled };
    let left = area.left() + lanes.names + from - scrolled;
    Rect::from_min_max(pos2(left, line.top()), pos2(left + width, line.bottom()))
}

/// Where each line begins, and where the last one ends.
pub(super) fn tops(sheet: &Sheet) -> Vec<f32> {
    let mut at = 0.0;
    let mut tops = vec![at];
    for line in &sheet.lines {
        at += match line {
            SheetLine::Title(_) => TITLE_HEIGHT,
            SheetLine::Stat(_) => STAT_HEIGHT,
        };
        tops.push(at);
    }
    tops
}
