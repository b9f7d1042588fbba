//! The rows: what is behind them, their cells, the lines between them, and what is selected.

use egui::{Color32, Rect, Shape, Stroke, StrokeKind, epaint::TextShape, pos2, vec2};

use super::{
    PADDING, Place, Scene,
    cell::{self, Cells, Edges},
    galleys::{Galleys, Key},
    heads, lanes,
    place::At,
};
use crate::{
    analysis::view::{Hit, Line, Spot},
    model::Layout,
    ui::theme::{self, HAIRLINE, blend},
};

/// What is painted of one part, in layers.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) fills: Vec<Shape>,
    pub(super) texts: Vec<Shape>,
    pub(super) lines: Vec<Shape>,
}

impl Shapes {
    pub(super) fn flush(&mut self, painter: &egui::Painter) {
        painter.extend(self.fills.drain(..).chain(self.texts.drain(..)).chain(self.lines.drain(..)));
    }
}

/// Paints all rows in sight. Returns where the keyboard is, when that is in sight.
pub(super) fn paint(scene: &Scene<'_>, texts: &mut Galleys, shapes: &mut Shapes) -> Option<Rect> {
    let body = scene.areas.body;
    let rows = scene.rows_in_sight();
    for y in rows.clone() {
        let rect = row_rect(scene, y);
        shapes.fills.push(cell::rect(rect, row_fill(scene, y)));
    }
    shapes.flush(&scene.painter(body));
    let (frozen, scrolling) = (0..scene.lanes.frozen, scene.lanes_in_sight());
    for (lanes, part) in [(frozen, scene.standing(body)), (scrolling, scene.scrolling(body))] {
        if lanes.is_empty() {
            continue;
        }
        for y in rows.clone() {
            for x in lanes.clone() {
                paint_spot(scene, y, x, texts, shapes);
            }
        }
        lines(scene, rows.clone(), lanes.clone(), shapes);
        for y in rows.clone() {
            for x in lanes.clone() {
                edges(scene, y, x, shapes);
            }
        }
        shapes.flush(&scene.painter(part));
    }
    if scene.lanes.frozen > 0 {
        let stroke = Stroke::new(HAIRLINE, blend(scene.colors.line, scene.colors.muted, 0.6));
        let right = scene.areas.frozen_right - HAIRLINE / 2.0;
        scene.painter(body).vline(right, body.y_range(), stroke);
    }
    heads::paint(scene, rows, texts, shapes);
    shapes.flush(&scene.painter(body.with_max_x(scene.areas.heads_right)));
    cursor(scene)
}

fn row_rect(scene: &Scene<'_>, y: usize) -> Rect {
    let top = scene.top(y);
    Rect::from_x_y_ranges(scene.areas.all.x_range(), top..=top + theme::ROW_HEIGHT)
}

/// The colour behind a row.
pub(super) fn row_fill(scene: &Scene<'_>, y: usize) -> Color32 {
    let colors = scene.colors;
    let view = scene.input.view;
    if scene.lanes.layout == Layout::Transposed {
        let is_selected = scene.selection.has_whole_column(y);
        return if is_selected { colors.selected_row } else { colors.window };
    }
    let Some(row) = Place::of(view, At { y, x: None }).and_then(Place::row) else { return colors.panel };
    let is_selected = scene.selection.has_whole_row(row);
    match (is_selected, scene.hovered == Some(row)) {
        (true, false) => colors.selected_row,
        (true, true) => blend(colors.selected_row, colors.hover, 0.5),
        (false, true) => colors.hover,
        (false, false) => colors.window,
    }
}

pub(super) fn cell_rect(scene: &Scene<'_>, y: usize, x: usize) -> Rect {
    let (left, top) = (scene.left(x), scene.top(y));
    Rect::from_min_size(pos2(left, top), vec2(scene.lanes.values.size(x), theme::ROW_HEIGHT))
}

fn paint_spot(scene: &Scene<'_>, y: usize, x: usize, texts: &mut Galleys, shapes: &mut Shapes) {
    let rect = cell_rect(scene, y, x);
    match scene.input.view.spot(y, x) {
        Some(Spot::Cell { row, column }) => {
            let is_whole = match scene.lanes.layout {
                Layout::Transposed => scene.selection.has_whole_column(column),
                _ => scene.selection.has_whole_row(row),
            };
            let cell = Cells {
                row,
                column,
                rect,
                below: row_fill(scene, y),
                is_selected: scene.selection.has(row, column),
                is_whole,
                scene,
            };
            cell.paint(texts, shapes);
            hit(scene, row, Some(column), rect, shapes);
        }
        Some(Spot::Subtotal { group, column }) => subtotal(scene, group, column, rect, texts, shapes),
        None => {}
    }
}

fn subtotal(
    scene: &Scene<'_>,
    group: usize,
    column: usize,
    rect: Rect,
    texts: &mut Galleys,
    shapes: &mut Shapes,
) {
    let input = scene.input;
    shapes.fills.push(cell::rect(rect, scene.colors.panel));
    let Some(statistic) = input.view.input().settings.grouping.as_ref().map(|grouping| grouping.subtotal)
    else {
        return;
    };
    let figure = input.view.subtotals(group, column).and_then(|totals| totals.statistic(statistic));
    let Some((figure, look)) = figure.zip(input.looks.column(column)) else { return };
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let text = || look.total(statistic, figure);
    let galley = texts.text(scene.ui, Key::Subtotal(group, column), theme::body, inner.width(), text);
    let at = pos2(inner.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    shapes.texts.push(TextShape::new(at, galley, scene.colors.muted).into());
}

/// A frame around what was looked for.
pub(super) fn hit(scene: &Scene<'_>, row: u32, column: Option<usize>, rect: Rect, shapes: &mut Shapes) {
    let Some(hits) = scene.input.hits else { return };
    let Some(place) = scene.input.view.place(row) else { return };
    let hit = Hit { place: place as u32, column: column.map(|column| column as u32) };
    if hits.contains(hit) {
        let is_current = scene.input.hit == Some(hit);
        let color = scene.colors.warning;
        let fill = blend(scene.colors.window, color, if is_current { 0.34 } else { 0.16 });
        let inner = rect.shrink2(vec2(1.0, 2.0));
        let stroke = Stroke::new(if is_current { 2.0 } else { 1.0 }, color);
        shapes.fills.push(Shape::rect_filled(inner, 3, fill));
        shapes.lines.push(Shape::rect_stroke(inner, 3, stroke, StrokeKind::Inside));
    }
}

fn lines(
    scene: &Scene<'_>,
    rows: std::ops::Range<usize>,
    lanes: std::ops::Range<usize>,
    shapes: &mut Shapes,
) {
    let colors = scene.colors;
    let line = Stroke::new(HAIRLINE, colors.line);
    let left = scene.left(lanes.start);
    let right = scene.left(lanes.end - 1) + scene.lanes.values.size(lanes.end - 1);
    for y in rows {
        let bottom = scene.top(y) + theme::ROW_HEIGHT - HAIRLINE / 2.0;
        shapes.lines.push(Shape::hline(left..=right, bottom, line));
    }
    let body = scene.areas.body;
    for x in lanes {
        let right = scene.left(x) + scene.lanes.values.size(x);
        shapes.lines.push(Shape::vline(right - HAIRLINE / 2.0, body.y_range(), line));
        if x > 0 && starts_title(scene, x) {
            let stroke = Stroke::new(HAIRLINE, blend(colors.line, colors.muted, 0.4));
            shapes.lines.push(Shape::vline(scene.left(x) + HAIRLINE / 2.0, body.y_range(), stroke));
        }
    }
}

fn starts_title(scene: &Scene<'_>, x: usize) -> bool {
    scene.lanes.layout == Layout::Wide && scene.input.looks.titles().iter().any(|run| run.columns.start == x)
}

fn edges(scene: &Scene<'_>, y: usize, x: usize, shapes: &mut Shapes) {
    if scene.selection.is_empty() {
        return;
    }
    let Some(Spot::Cell { row, column }) = scene.input.view.spot(y, x) else { return };
    let is_selected = |y: Option<usize>, x: Option<usize>| {
        y.zip(x).is_some_and(|(y, x)| x < scene.lanes.values.count() && cell::is_selected(scene, y, x))
    };
    if !scene.selection.has(row, column) || scene.selection.is_of_rows() {
        return;
    }
    let edges = Edges {
        top: !is_selected(y.checked_sub(1), Some(x)),
        bottom: !is_selected(Some(y + 1), Some(x)),
        left: !is_selected(Some(y), x.checked_sub(1)),
        right: !is_selected(Some(y), Some(x + 1)),
    };
    edges.paint(cell_rect(scene, y, x), scene.colors.accent, &mut shapes.lines);
}

/// A frame around the cell where the keyboard is. Returns where that is, when it is in sight.
fn cursor(scene: &Scene<'_>) -> Option<Rect> {
    let (rect, part) = cursor_rect(scene)?;
    if scene.has_focus {
        let stroke = Stroke::new(1.5, scene.colors.accent);
        scene.painter(part).rect_stroke(rect.shrink(0.5), 2, stroke, StrokeKind::Inside);
    }
    Some(rect)
}

/// Where the keyboard is, and the part of the grid that it is in.
pub(super) fn cursor_rect(scene: &Scene<'_>) -> Option<(Rect, Rect)> {
    let At { y, x } = scene.selection.cursor()?.at(scene.input.view)?;
    if !scene.rows_in_sight().contains(&y) {
        return None;
    }
    let body = scene.areas.body;
    Some(match x {
        None => {
            let row = row_rect(scene, y);
            (row.with_max_x(scene.areas.heads_right), body.with_max_x(scene.areas.heads_right))
        }
        Some(x) if x < scene.lanes.frozen => (cell_rect(scene, y, x), scene.standing(body)),
        Some(x) if scene.lanes_in_sight().contains(&x) => (cell_rect(scene, y, x), scene.scrolling(body)),
        Some(_) => return None,
    })
}

/// The line of players that a row or a column of the grid is.
pub(super) fn group_at(scene: &Scene<'_>, line: usize) -> Option<usize> {
    lanes::is_group(scene.input.view, line)
}

/// What a row says of a player, for the tooltip.
pub(super) fn player_of(scene: &Scene<'_>, at: At) -> Option<u32> {
    match Place::of(scene.input.view, at)?.line? {
        Line::Player(row) => Some(row),
        Line::Group(_) => None,
    }
}
