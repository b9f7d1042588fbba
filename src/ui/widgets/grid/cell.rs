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
    ui::theme::{self, Palette, failed_shape, is_legible, on_heat, on_side, slot_color, tinted},
};

/// How much of a rule's colour is behind a value.
const RULE_AMOUNT: f32 = 0.24;
const BAR_AMOUNT: f32 = 0.3;
const SELECTED_AMOUNT: f32 = 0.16;
const FLASH_AMOUNT: f32 = 0.3;

/// What colours a cell beside the row that it is in.
#[derive(Clone, Copy, Debug, Default)]
struct Tint {
    /// The colour of the rule that it meets, which counts more than heat.
    rule: Option<Color32>,
    heat: Option<Shade>,
    is_selected: bool,
    /// How bright it flashes, up to 1.
    flash: f32,
}

impl Tint {
    /// The colour over a row drawn in `below`; `None` where that stays. Text on it can be read.
    fn over(self, colors: &Palette, below: Color32) -> Option<Color32> {
        let tint = |base: Option<Color32>, top, amount| {
            Some(tinted(base.unwrap_or(below), top, amount, colors.text))
        };
        let mut fill = match (self.rule, self.heat) {
            (Some(color), _) => tint(None, color, RULE_AMOUNT),
            (None, Some(Shade::Share(share))) => Some(on_heat(colors, below, share)),
            (None, Some(Shade::Side(side))) => Some(on_side(colors, below, side)),
            (None, None) => None,
        };
        if self.is_selected {
            fill = tint(fill, colors.accent, SELECTED_AMOUNT);
        }
        if self.flash > 0.0 {
            fill = tint(fill, colors.above, FLASH_AMOUNT * self.flash.min(1.0));
        }
        fill
    }
}

/// The colour of a bar over a cell drawn in `below`.
fn bar_color(colors: &Palette, below: Color32, is_negative: bool) -> Color32 {
    let color = if is_negative { colors.below } else { colors.accent };
    tinted(below, color, BAR_AMOUNT, colors.text)
}

/// The colour of words over a cell drawn in `fill`: words that are grey or red on a plain row are
/// not where that could not be read.
fn ink_on(colors: &Palette, fill: Option<Color32>, ink: Color32) -> Color32 {
    if fill.is_some_and(|fill| !is_legible(ink, fill)) { colors.text } else { ink }
}

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
        let fill = self.fill(shapes, mark);
        self.write(fill, texts, shapes);
        if let Some(mark) = mark {
            self.mark(mark, shapes);
        }
    }

    fn fill(&self, shapes: &mut Shapes, mark: Option<Mark>) -> Option<Color32> {
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
        let is_selected = self.is_selected && !self.is_whole;
        let tint = Tint { rule, heat, is_selected, flash: mark.map_or(0.0, |mark| mark.flash) };
        let fill = tint.over(colors, self.below);
        shapes.fills.extend(fill.map(|fill| rect(self.rect, fill)));
        let stripe = self.rect.with_max_x(self.rect.left() + 3.0);
        shapes.fills.extend(rule.map(|color| rect(stripe, color)));
        if view.input().settings.bars
            && let Some(share) = view.bar(self.row, self.column)
        {
            self.bar(share, fill.unwrap_or(self.below), shapes);
        }
        fill
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
        shapes.fills.push(rect(bar, bar_color(colors, below, share < 0.0)));
    }

    fn write(&self, fill: Option<Color32>, texts: &mut Galleys, shapes: &mut Shapes) {
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
        let color = ink_on(colors, fill, color);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::ColourSlot,
        ui::theme::{blend, palette},
    };

    /// All that may be behind a row of the grid.
    fn rows(colors: &Palette) -> Vec<Color32> {
        let both = blend(colors.selected_row, colors.hover, 0.5);
        vec![colors.window, colors.panel, colors.hover, colors.selected_row, both]
    }

    /// All heats and all rules, at both ends and between.
    fn tints(is_dark: bool) -> Vec<Tint> {
        let shares = [0.0, 0.25, 0.5, 0.75, 1.0];
        let heats =
            shares.iter().flat_map(|share| [Shade::Share(*share), Shade::Side(*share), Shade::Side(-share)]);
        let slots = ColourSlot::all();
        let heats = heats.map(|heat| Tint { heat: Some(heat), ..Tint::default() });
        let rules = slots.map(|slot| Tint { rule: Some(slot_color(slot, is_dark)), ..Tint::default() });
        heats.chain(rules).chain([Tint::default()]).collect()
    }

    #[test]
    fn words_can_be_read_on_whatever_colours_a_cell() {
        let ctx = egui::Context::default();
        for is_dark in [true, false] {
            ctx.set_theme(if is_dark { egui::Theme::Dark } else { egui::Theme::Light });
            let mut colors = None;
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| colors = Some(palette(ui)));
            output.textures_delta.clear();
            let colors = colors.unwrap();
            for (below, tint) in rows(colors)
                .into_iter()
                .flat_map(|row| tints(is_dark).into_iter().map(move |tint| (row, tint)))
            {
                for (is_selected, flash) in
                    [(false, 0.0), (true, 0.0), (false, 1.0), (true, 1.0), (true, 0.5)]
                {
                    let tint = Tint { is_selected, flash, ..tint };
                    let fill = tint.over(colors, below);
                    let behind = fill.unwrap_or(below);
                    assert!(is_legible(colors.text, behind), "{tint:?} over {below:?}: {behind:?}");
                    for bar in [false, true].map(|is_negative| bar_color(colors, behind, is_negative)) {
                        assert!(is_legible(colors.text, bar), "a bar in {tint:?} over {below:?}: {bar:?}");
                    }
                    for ink in [colors.faint, colors.error, colors.text] {
                        let ink = ink_on(colors, fill, ink);
                        assert!(fill.is_none_or(|fill| is_legible(ink, fill)), "{ink:?} on {tint:?}");
                    }
                }
                assert_ne!(tint.rule.and(tint.over(colors, below)), Some(below), "{tint:?} is to be seen");
            }
        }
    }
}
