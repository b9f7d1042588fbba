//! How one cell is painted.

use egui::{Color32, Rect, Shape, Stroke, StrokeKind, epaint::TextShape, pos2, vec2};

use super::{
    Mark, PADDING, Scene,
    body::Shapes,
    galleys::{Galleys, Key},
};
use crate::{
    analysis::view::{Shade, Shown, Spot},
    model::{Better, Cell},
    ui::theme::{self, blend, failed_shape, on_heat, on_side, slot_color},
};

/// How much of a rule's colour is behind a value.
const RULE_AMOUNT: f32 = 0.24;
const BAR_AMOUNT: f32 = 0.3;

/// What a cell is painted on and with.
pub(super) struct Cells<'a> {
    pub(super) row: u32,
    pub(super) column: usize,
    pub(super) rect: Rect,
    /// What is behind the row.
    pub(super) below: Color32,
    pub(super) is_selected: bool,
    /// Whether its whole row is selected.
    pub(super) is_whole: bool,
    pub(super) scene: &'a Scene<'a>,
}

impl Cells<'_> {
    pub(super) fn paint(&self, texts: &mut Galleys, shapes: &mut Shapes) {
        let mark = (self.scene.input.mark)(self.row, self.column);
        self.fill(shapes, mark);
        self.write(texts, shapes);
        if let Some(mark) = mark {
            self.mark(mark, shapes);
        }
    }

    fn fill(&self, shapes: &mut Shapes, mark: Option<Mark>) {
        let Scene { input, colors, is_dark, .. } = self.scene;
        let view = input.view;
        let rule = input.looks.column(self.column).and_then(|look| look.rule(view, self.row));
        let rule = rule.map(|rule| slot_color(rule, *is_dark));
        // Blue, and most heat, is what is better.
        let is_lower = input.looks.column(self.column).is_some_and(|look| look.better == Better::Lower);
        let heat = view.shade(self.row, self.column).map(|heat| match heat {
            Shade::Share(share) if is_lower => Shade::Share(1.0 - share),
            Shade::Side(side) if is_lower => Shade::Side(-side),
            heat => heat,
        });
        let mut fill = match (rule, heat) {
            (Some(color), _) => Some(blend(self.below, color, RULE_AMOUNT)),
            (None, Some(Shade::Share(share))) => Some(on_heat(colors, self.below, share)),
            (None, Some(Shade::Side(side))) => Some(on_side(colors, self.below, side)),
            (None, None) => None,
        };
        if self.is_selected && !self.is_whole {
            fill = Some(blend(fill.unwrap_or(self.below), colors.accent, 0.16));
        }
        if let Some(flash) = mark.map(|mark| mark.flash).filter(|flash| *flash > 0.0) {
            fill = Some(blend(fill.unwrap_or(self.below), colors.above, 0.3 * flash.min(1.0)));
        }
        shapes.fills.extend(fill.map(|fill| rect(self.rect, fill)));
        let stripe = self.rect.with_max_x(self.rect.left() + 3.0);
        shapes.fills.extend(rule.map(|color| rect(stripe, color)));
        if view.input().settings.bars
            && let Some(share) = view.bar(self.row, self.column)
        {
            self.bar(share, fill.unwrap_or(self.below), shapes);
        }
    }

    fn bar(&self, share: f32, below: Color32, shapes: &mut Shapes) {
        let Scene { input, colors, .. } = self.scene;
        let least = input.view.totals(self.column).and_then(|totals| totals.totals.summary.min);
        let has_negative = least.is_some_and(|least| least.as_f64() < 0.0);
        let inner = self.rect.shrink2(vec2(1.0, 4.0));
        let (zero, room) = if has_negative {
            (inner.center().x, inner.width() / 2.0)
        } else {
            (inner.left(), inner.width())
        };
        let end = zero + share.clamp(-1.0, 1.0) * room;
        let bar = Rect::from_x_y_ranges(zero.min(end)..=zero.max(end), inner.y_range());
        let color = if share < 0.0 { colors.below } else { colors.accent };
        shapes.fills.push(rect(bar, blend(below, color, BAR_AMOUNT)));
    }

    fn write(&self, texts: &mut Galleys, shapes: &mut Shapes) {
        let Scene { ui, input, colors, .. } = self.scene;
        let shown = input.view.cell(self.row, self.column);
        let color = match shown {
            Shown::Cell(Cell::NotAsked) => return,
            Shown::Cell(Cell::Pending) | Shown::Waiting => {
                for dot in 0..3 {
                    let at = pos2(self.rect.right() - PADDING - 3.0 - 6.0 * dot as f32, self.rect.center().y);
                    shapes.fills.push(Shape::circle_filled(at, 1.5, colors.faint));
                }
                return;
            }
            Shown::Cell(Cell::NoValue) | Shown::Nothing(_) => colors.faint,
            Shown::Cell(Cell::Failed(_)) => colors.error,
            _ => colors.text,
        };
        let inner = self.rect.shrink2(vec2(PADDING, 0.0));
        let galley = texts.text(ui, Key::Cell(self.row, self.column), theme::body, inner.width(), || {
            let Some(look) = input.looks.column(self.column) else { return String::new() };
            first_line(look.text(shown).into_owned())
        });
        let width = galley.size().x;
        let at = pos2(inner.right() - width, self.rect.center().y - galley.size().y / 2.0);
        shapes.texts.push(TextShape::new(at, galley, color).into());
        if matches!(shown, Shown::Cell(Cell::Failed(_))) {
            let at = pos2(inner.right() - width - 10.0, self.rect.center().y);
            shapes.texts.push(failed_shape(at, self.scene.is_dark));
        }
    }

    fn mark(&self, mark: Mark, shapes: &mut Shapes) {
        let colors = self.scene.colors;
        if let Some(change) = mark.change.map(crate::analysis::Figure::as_f64).filter(|change| *change != 0.0)
        {
            let color = if change > 0.0 { colors.above } else { colors.below };
            let corner = self.rect.right_top() + vec2(-HALF_LINE, HALF_LINE);
            let points = vec![corner, corner - vec2(6.0, 0.0), corner + vec2(0.0, 6.0)];
            shapes.texts.push(Shape::convex_polygon(points, color, Stroke::NONE));
        }
        if mark.is_flagged {
            let at = self.rect.left_center() + vec2(9.0, 0.0);
            let line = |from: f32, to: f32| {
                Shape::line_segment(
                    [at + vec2(0.0, from), at + vec2(0.0, to)],
                    Stroke::new(2.0, colors.warning),
                )
            };
            shapes.texts.push(line(-5.0, 2.0));
            shapes.texts.push(line(3.5, 5.5));
        }
    }
}

const HALF_LINE: f32 = 1.0;

pub(super) fn rect(rect: Rect, color: Color32) -> Shape {
    Shape::rect_filled(rect, 0, color)
}

fn first_line(text: String) -> String {
    match text.split_once(['\n', '\r']) {
        Some((first, _)) => format!("{first}…"),
        None => text,
    }
}

/// A ring around the whole grid: it has the keyboard, and no cell in sight does.
pub(super) fn paint_focus(scene: &Scene<'_>, rect: Rect) {
    let stroke = Stroke::new(1.5, scene.colors.accent);
    scene.ui.painter().rect_stroke(rect.shrink(1.0), 2, stroke, StrokeKind::Inside);
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

impl Edges {
    pub(super) fn paint(self, rect: Rect, color: Color32, shapes: &mut Vec<Shape>) {
        let stroke = Stroke::new(1.0, color);
        if self.top {
            shapes.push(Shape::hline(rect.x_range(), rect.top() + 0.5, stroke));
        }
        if self.bottom {
            shapes.push(Shape::hline(rect.x_range(), rect.bottom() - 0.5, stroke));
        }
        if self.left {
            shapes.push(Shape::vline(rect.left() + 0.5, rect.y_range(), stroke));
        }
        if self.right {
            shapes.push(Shape::vline(rect.right() - 0.5, rect.y_range(), stroke));
        }
    }
}

/// Whether what stands somewhere is selected.
pub(super) fn is_selected(scene: &Scene<'_>, y: usize, x: usize) -> bool {
    match scene.input.view.spot(y, x) {
        Some(Spot::Cell { row, column }) => scene.selection.has(row, column),
        _ => false,
    }
}
