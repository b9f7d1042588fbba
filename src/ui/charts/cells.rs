//! A field of cells that scrolls both ways while the names above and beside it stay in sight: what a
//! heat map and a matrix of correlations have in common.

use std::ops::Range;

use egui::{
    Key, Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::{keys, names};
use crate::ui::{theme::palette, widgets::spoken};

/// A cell: its column and its row.
pub(super) type At = (usize, usize);

/// How a field is laid out.
pub(super) struct Field<'a> {
    /// How many columns and rows.
    pub(super) size: At,
    /// How wide and how high a cell is at least and at most.
    pub(super) cell: (std::ops::RangeInclusive<f32>, std::ops::RangeInclusive<f32>),
    /// How wide the names of rows are at most.
    pub(super) beside: f32,
    pub(super) column_name: &'a dyn Fn(usize) -> String,
    pub(super) row_name: &'a dyn Fn(usize) -> String,
    /// What a screen reader is told of the whole.
    pub(super) summary: &'a str,
}

/// Where the cells in sight are, and what was done.
pub(super) struct Shown {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
    /// Where the first cell of all would be.
    origin: Pos2,
    cell: egui::Vec2,
    /// Where cells are in sight.
    pub(super) clip: Rect,
    pub(super) response: Response,
    /// The cell below the pointer.
    pub(super) hovered: Option<At>,
    /// The cell that was clicked, or had Enter or Space pressed on it.
    pub(super) clicked: Option<At>,
    pub(super) escaped: bool,
}

impl Shown {
    pub(super) fn rect(&self, (column, row): At) -> Rect {
        let min = self.origin + vec2(column as f32 * self.cell.x, row as f32 * self.cell.y);
        Rect::from_min_size(min, self.cell)
    }

    /// Puts a frame around a cell.
    pub(super) fn frame(&self, ui: &Ui, at: At) {
        let painter = ui.painter().with_clip_rect(self.clip.expand(1.0));
        let stroke = Stroke::new(1.5, palette(ui).text);
        painter.rect_stroke(self.rect(at), 1, stroke, StrokeKind::Outside);
    }
}

/// Shows names and calls `paint` for the cells in sight. `cursor` is the cell where the keyboard is;
/// `hot` the row that is lit.
pub(super) fn cells_ui(
    ui: &mut Ui,
    field: &Field<'_>,
    cursor: &mut Option<At>,
    hot: Option<usize>,
    paint: impl FnOnce(&mut Ui, &Shown),
) -> Shown {
    let room = ui.available_rect_before_wrap();
    let (columns, rows) = field.size;
    let free = room.width() - field.beside;
    let share = |room: f32, count: usize, ends: &std::ops::RangeInclusive<f32>| {
        (room / count.max(1) as f32).clamp(*ends.start(), *ends.end())
    };
    let mut width = share(free - 14.0, columns, &field.cell.0);
    if width < names::LEVEL {
        width = share(free - 14.0 - names::overhang(width), columns, &field.cell.0);
    }
    let above = names::height(width);
    let height = share(room.height() - above - 12.0, rows, &field.cell.1);
    let cell = vec2(width, height);
    let inner = Rect::from_min_max(room.min + vec2(field.beside, above), room.max).intersect(room);
    let size = vec2(width * columns as f32 + names::overhang(width), height * rows as f32);
    let id = ui.scope_id().with("cells");
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("cells"));
    let mut scroll = ScrollArea::both().auto_shrink(false).animated(false);
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let keys = if has_focus { take_keys(ui, id, cursor, field.size) } else { Keys::default() };
    if keys.moved
        && let Some((column, row)) = *cursor
    {
        let middle = vec2(column as f32 * width, row as f32 * height) - inner.size() / 2.0;
        let most = (size - inner.size()).max(egui::Vec2::ZERO);
        scroll = scroll.scroll_offset(middle.clamp(egui::Vec2::ZERO, most));
    }
    let shown = scroll.show_viewport(&mut child, |ui, viewport| {
        ui.set_min_size(size);
        let origin = ui.min_rect().min;
        let clip = ui.clip_rect().intersect(inner);
        let response = ui.interact(clip, id, Sense::click());
        let visible = |from: f32, to: f32, step: f32, count: usize| {
            let first = (from / step).floor().max(0.0) as usize;
            first.min(count)..((to / step).ceil().max(0.0) as usize).min(count)
        };
        let at = response.hover_pos().and_then(|at| {
            let place = (at - origin) / cell;
            let (column, row) = (place.x.floor(), place.y.floor());
            let is_cell = column >= 0.0 && row >= 0.0 && (column as usize) < columns && (row as usize) < rows;
            is_cell.then_some((column as usize, row as usize))
        });
        let shown = Shown {
            columns: visible(viewport.left(), viewport.right(), width, columns),
            rows: visible(viewport.top(), viewport.bottom(), height, rows),
            origin,
            cell,
            clip,
            hovered: at,
            clicked: keys.pressed.or(at.filter(|_| response.clicked())),
            escaped: keys.escaped,
            response,
        };
        if shown.response.clicked() {
            shown.response.request_focus();
            *cursor = at.or(*cursor);
        }
        paint(ui, &shown);
        shown
    });
    let shown = shown.inner;
    spoken(&shown.response, |node| {
        node.set_role(Role::Figure);
        node.set_label(field.summary.to_owned());
    });
    if has_focus && let Some(at) = *cursor {
        shown.frame(ui, at);
    }
    names_ui(ui, field, &shown, room, hot);
    ui.advance_cursor_after_rect(room);
    shown
}

fn names_ui(ui: &Ui, field: &Field<'_>, shown: &Shown, room: Rect, hot: Option<usize>) {
    let colors = palette(ui);
    let lit = shown.hovered.map(|(column, _)| column);
    let above = Rect::from_min_max(room.min, pos2(room.right(), shown.clip.top()));
    for column in shown.columns.clone() {
        let rect = shown.rect((column, 0));
        let color = if lit == Some(column) { colors.text } else { colors.muted };
        let at = (rect.center().x, shown.clip.top());
        names::paint_above(
            ui,
            above.with_min_x(shown.clip.left() - 4.0),
            &(field.column_name)(column),
            at,
            rect.width(),
            color,
        );
    }
    // Names closer than their height would run into each other.
    let every = (11.0 / shown.cell.y).ceil().max(1.0) as usize;
    let beside =
        Rect::from_min_max(pos2(room.left(), shown.clip.top()), pos2(shown.clip.left(), room.bottom()));
    for row in shown.rows.clone() {
        let is_hot = hot == Some(row);
        if row % every == 0 || is_hot {
            let right = pos2(shown.clip.left(), shown.rect((0, row)).center().y);
            names::paint_beside(ui, beside, &(field.row_name)(row), right, field.beside - 16.0, is_hot);
        }
    }
}

#[derive(Default)]
struct Keys {
    moved: bool,
    pressed: Option<At>,
    escaped: bool,
}

fn take_keys(ui: &Ui, id: egui::Id, cursor: &mut Option<At>, (columns, rows): At) -> Keys {
    keys::hold(ui, id, &keys::ALL);
    let pressed = |key| keys::is_pressed(ui, key);
    let (last_column, last_row) = (columns.saturating_sub(1), rows.saturating_sub(1));
    let (column, row) = cursor.unwrap_or_default();
    let to = if pressed(Key::ArrowRight) {
        Some((column + usize::from(cursor.is_some()), row))
    } else if pressed(Key::ArrowLeft) {
        Some((column.saturating_sub(1), row))
    } else if pressed(Key::ArrowDown) {
        Some((column, row + usize::from(cursor.is_some())))
    } else if pressed(Key::ArrowUp) {
        Some((column, row.saturating_sub(1)))
    } else if pressed(Key::Home) {
        Some((column, 0))
    } else if pressed(Key::End) {
        Some((column, last_row))
    } else {
        None
    };
    if let Some((column, row)) = to {
        *cursor = Some((column.min(last_column), row.min(last_row)));
    }
    let enters = pressed(Key::Enter) || pressed(Key::Space);
    Keys { moved: to.is_some(), pressed: cursor.filter(|_| enters), escaped: pressed(Key::Escape) }
}
