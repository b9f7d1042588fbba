//! What stands at the left of the rows: numbers, players, stats, headers of groups.

use egui::{Align2, Rect, Shape, Stroke, epaint::TextShape, pos2, vec2};

use super::{
    PADDING, Place, Scene,
    body::{self, Shapes},
    cell,
    galleys::{Galleys, Key},
    header,
    lanes::{self, Head, NAME_LEFT},
    place::At,
};
use crate::{
    analysis::{display, view::Line},
    model::{GroupBy, Layout, RowState, Statistic},
    ui::{
        theme::{self, HAIRLINE, failed_shape, icon, marker_shape},
        widgets::player_name_job,
    },
};

/// Paints the heads of some rows.
pub(super) fn paint(
    scene: &Scene<'_>,
    rows: std::ops::Range<usize>,
    texts: &mut Galleys,
    shapes: &mut Shapes,
) {
    let line = Stroke::new(HAIRLINE, scene.colors.line);
    for y in rows {
        let top = scene.top(y);
        let mut left = scene.areas.all.left();
        let whole = Rect::from_min_size(pos2(left, top), vec2(scene.lanes.heads_width, theme::ROW_HEIGHT));
        shapes.fills.push(cell::rect(whole, body::row_fill(scene, y)));
        let group = match scene.lanes.layout {
            Layout::Wide => lanes::is_group(scene.input.view, y),
            _ => None,
        };
        if let Some(group) = group {
            group_header(scene, group, whole, texts, shapes);
        } else {
            for (head, width) in &scene.lanes.heads {
                let rect = Rect::from_min_size(pos2(left, top), vec2(*width, theme::ROW_HEIGHT));
                paint_head(scene, *head, y, rect, texts, shapes);
                left += width;
                shapes.lines.push(Shape::vline(left - HAIRLINE / 2.0, rect.y_range(), line));
            }
        }
        shapes.lines.push(Shape::hline(whole.x_range(), whole.bottom() - HAIRLINE / 2.0, line));
    }
    let right = scene.areas.heads_right - HAIRLINE / 2.0;
    shapes.lines.push(Shape::vline(right, scene.areas.body.y_range(), line));
}

fn paint_head(scene: &Scene<'_>, head: Head, y: usize, rect: Rect, texts: &mut Galleys, shapes: &mut Shapes) {
    let view = scene.input.view;
    match head {
        Head::Number => {
            let row = Place::of(view, At { y, x: None }).and_then(Place::row);
            let Some(place) = row.and_then(|row| view.place(row)) else { return };
            let text = || display::count(place + 1);
            let galley = texts.text(scene.ui, Key::Number(place), theme::small, rect.width(), text);
            let at = pos2(rect.right() - PADDING - galley.size().x, rect.center().y - galley.size().y / 2.0);
            shapes.texts.push(TextShape::new(at, galley, scene.colors.faint).into());
        }
        Head::Player => {
            if let Some(row) = Place::of(view, At { y, x: None }).and_then(Place::row) {
                player(scene, row, rect, texts, shapes);
            }
        }
        Head::Stat => {
            let columns = view.columns().len().max(1);
            let column = if scene.lanes.layout == Layout::Long { y % columns } else { y };
            stat(scene, column, rect, texts, shapes);
        }
        Head::Distribution => shapes.fills.extend(header::histogram(scene, y, rect)),
        Head::Total(statistic) => total(scene, statistic, y, rect, texts, shapes),
    }
}

/// The name of a player with the marker of their group.
pub(super) fn player(scene: &Scene<'_>, row: u32, rect: Rect, texts: &mut Galleys, shapes: &mut Shapes) {
    let Scene { ui, input, colors, is_dark, .. } = scene;
    let player = &input.view.table().rows()[row as usize];
    body::hit(scene, row, None, rect, shapes);
    let series = match input.looks.group_of(row) {
        Some(group) => theme::group_series(input.groups, group, !is_dark),
        None => theme::Series { color: colors.faint, ..theme::series(0, false) },
    };
    shapes.texts.push(marker_shape(pos2(rect.left() + 13.0, rect.center().y), 8.0, series));
    let is_failed = matches!(player.state, RowState::Failed(_));
    let room = rect.width() - NAME_LEFT - PADDING - if is_failed { 16.0 } else { 0.0 };
    let job = || player_name_job(ui, &player.shown_name(), &theme::body());
    let galley = texts.job(ui, Key::Player(row), room, job);
    let at = pos2(rect.left() + NAME_LEFT, rect.center().y - galley.size().y / 2.0);
    let mut text = TextShape::new(at, galley, colors.text);
    if is_failed {
        text = text.with_override_text_color(colors.muted);
        shapes.texts.push(failed_shape(pos2(rect.right() - 12.0, rect.center().y), *is_dark));
    }
    shapes.texts.push(text.into());
}

/// The name of a stat, with the colour of its title.
fn stat(scene: &Scene<'_>, column: usize, rect: Rect, texts: &mut Galleys, shapes: &mut Shapes) {
    let Some(look) = scene.input.looks.column(column) else { return };
    let run = scene.input.looks.titles().iter().find(|run| run.columns.contains(&column));
    if let Some(series) = run.and_then(|run| run.series) {
        let mark = Rect::from_min_size(rect.min, vec2(2.0, rect.height()));
        shapes.texts.push(cell::rect(mark, theme::series(series, !scene.is_dark).color));
    }
    let room = rect.width() - 2.0 * PADDING;
    let galley = texts.text(scene.ui, Key::Stat(column), theme::body, room, || lanes::heading(look));
    let at = pos2(rect.left() + PADDING + 2.0, rect.center().y - galley.size().y / 2.0);
    shapes.texts.push(TextShape::new(at, galley, scene.colors.text).into());
}

fn total(
    scene: &Scene<'_>,
    statistic: Statistic,
    column: usize,
    rect: Rect,
    texts: &mut Galleys,
    shapes: &mut Shapes,
) {
    let figure = scene.input.view.totals(column).and_then(|totals| totals.totals.statistic(statistic));
    let Some((figure, look)) = figure.zip(scene.input.looks.column(column)) else { return };
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let text = || look.total(statistic, figure);
    let key = Key::Total(column, statistic as usize);
    let galley = texts.text(scene.ui, key, theme::body, inner.width(), text);
    let at = pos2(inner.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    shapes.texts.push(TextShape::new(at, galley, scene.colors.muted).into());
}

/// The header of a group: whether its rows are shown, its name, how many there are.
pub(super) fn group_header(
    scene: &Scene<'_>,
    group: usize,
    rect: Rect,
    texts: &mut Galleys,
    shapes: &mut Shapes,
) {
    let Scene { ui, input, colors, is_dark, .. } = scene;
    let Some(found) = input.view.groups().get(group) else { return };
    let caret = if found.collapsed { icon::CARET_RIGHT } else { icon::CARET_DOWN };
    let galley = texts.text(ui, Key::Word(caret), theme::body, 20.0, || caret.to_owned());
    let at = Align2::CENTER_CENTER.anchor_size(pos2(rect.left() + 13.0, rect.center().y), galley.size()).min;
    shapes.texts.push(TextShape::new(at, galley, colors.muted).into());
    let mut left = rect.left() + NAME_LEFT;
    if let Some(place) = found.group {
        shapes.texts.push(marker_shape(
            pos2(left + 5.0, rect.center().y),
            8.0,
            theme::group_series(input.groups, place, !is_dark),
        ));
        left += 16.0;
    }
    let count =
        texts.text(ui, Key::GroupCount(group), theme::small, 80.0, || display::count(found.rows.len()));
    let room = rect.right() - left - PADDING - count.size().x - 6.0;
    let semibold = texts.semibold();
    let name = texts.text(ui, Key::Group(group), || semibold, room, || group_name(scene, group));
    let at = pos2(left, rect.center().y - name.size().y / 2.0);
    left += name.size().x + 6.0;
    shapes.texts.push(TextShape::new(at, name, colors.text).into());
    let at = pos2(left, rect.center().y - count.size().y / 2.0);
    shapes.texts.push(TextShape::new(at, count, colors.muted).into());
}

/// What the header of a group is called.
pub(super) fn group_name(scene: &Scene<'_>, group: usize) -> String {
    let view = scene.input.view;
    let label = view.groups().get(group).and_then(|group| group.label.clone());
    label.unwrap_or_else(|| match view.input().settings.grouping.as_ref().map(|grouping| &grouping.by) {
        Some(GroupBy::Column(_)) => "No value".to_owned(),
        _ => "No group".to_owned(),
    })
}

/// What a line of players is called.
pub(super) fn line_name(scene: &Scene<'_>, line: Line) -> String {
    match line {
        Line::Player(row) => scene.input.view.table().rows()[row as usize].name(),
        Line::Group(group) => group_name(scene, group),
    }
}
