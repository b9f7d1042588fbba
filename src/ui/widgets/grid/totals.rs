//! The rows below the others that sum up each column.

use egui::{Rect, Shape, Stroke, epaint::TextShape, pos2, vec2};

use super::{
    PADDING, Scene,
    galleys::{Galleys, Key},
};
use crate::{
    model::Statistic,
    ui::theme::{self, HAIRLINE, ROW_HEIGHT},
};

/// What a statistic is called.
pub(crate) fn name(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Count => "count",
        Statistic::Missing => "missing",
        Statistic::Sum => "sum",
        Statistic::Mean => "mean",
        Statistic::Median => "median",
        Statistic::P10 => "p10",
        Statistic::P90 => "p90",
        Statistic::Min => "min",
        Statistic::Max => "max",
        Statistic::Deviation => "deviation",
    }
}

/// Where the row of a statistic is.
pub(super) fn row(scene: &Scene<'_>, place: usize) -> Rect {
    let totals = scene.areas.totals;
    let top = totals.top() + place as f32 * ROW_HEIGHT;
    Rect::from_x_y_ranges(totals.x_range(), top..=top + ROW_HEIGHT)
}

pub(super) fn paint(scene: &Scene<'_>, texts: &mut Galleys) {
    let part = scene.areas.totals;
    if part.height() <= 0.0 {
        return;
    }
    let colors = scene.colors;
    scene.painter(part).rect_filled(part, 0, colors.window);
    let line = Stroke::new(HAIRLINE, colors.line);
    let mut shapes: Vec<Shape> = Vec::new();
    let lanes =
        [(0..scene.lanes.frozen, scene.standing(part)), (scene.lanes_in_sight(), scene.scrolling(part))];
    for (lanes, clip) in lanes {
        for (place, statistic) in scene.lanes.totals.iter().enumerate() {
            let row = row(scene, place);
            for x in lanes.clone() {
                let rect = Rect::from_min_size(
                    pos2(scene.left(x), row.top()),
                    vec2(scene.lanes.values.size(x), ROW_HEIGHT),
                );
                shapes.extend(figure(scene, *statistic, x, rect, texts));
                shapes.push(Shape::vline(rect.right() - HAIRLINE / 2.0, rect.y_range(), line));
                shapes.push(Shape::hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, line));
            }
        }
        scene.painter(clip).extend(shapes.drain(..));
    }
    let heads = part.with_max_x(scene.areas.heads_right);
    for (place, statistic) in scene.lanes.totals.iter().enumerate() {
        let row = row(scene, place).with_max_x(heads.right());
        let word = name(*statistic);
        let galley = texts.text(scene.ui, Key::Word(word), theme::body, row.width(), || word.to_owned());
        let at = pos2(row.left() + PADDING, row.center().y - galley.size().y / 2.0);
        shapes.push(TextShape::new(at, galley, colors.muted).into());
        shapes.push(Shape::hline(row.x_range(), row.bottom() - HAIRLINE / 2.0, line));
        shapes.push(Shape::vline(row.right() - HAIRLINE / 2.0, row.y_range(), line));
    }
    scene.painter(heads).extend(shapes);
    // Rows go by below it.
    let edge = Stroke::new(HAIRLINE, theme::blend(colors.line, colors.muted, 0.4));
    scene.painter(part).hline(part.x_range(), part.top() + HAIRLINE / 2.0, edge);
}

fn figure(
    scene: &Scene<'_>,
    statistic: Statistic,
    column: usize,
    rect: Rect,
    texts: &mut Galleys,
) -> Option<Shape> {
    let figure = scene.input.view.totals(column)?.totals.statistic(statistic)?;
    let look = scene.input.looks.column(column)?;
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let key = Key::Total(column, statistic as usize);
    let galley = texts.text(scene.ui, key, theme::body, inner.width(), || look.total(statistic, figure));
    let at = pos2(inner.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    Some(TextShape::new(at, galley, scene.colors.muted).into())
}
