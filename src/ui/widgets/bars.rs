//! Grouped bars: for each player a bar for each stat, on one axis.

use std::ops::Range;

use egui::{
    Align2, Color32, CornerRadius, FontSelection, Modifiers, Pos2, Rect, Response, Role, ScrollArea, Sense,
    Shape, Stroke, Ui, epaint::TextShape, pos2, vec2,
};

use super::{elided, player_name_job, spoken};
use crate::{
    analysis::{
        display,
        series::{BarGroup, BarSeries},
    },
    ui::theme::{self, blend, paint_marker, palette, series},
};

const AXIS_WIDTH: f32 = 70.0;
const GROUP_WIDTH: std::ops::RangeInclusive<f32> = 22.0..=150.0;
const BAR_WIDTH: std::ops::RangeInclusive<f32> = 3.0..=26.0;
/// From this width on, a group has room for its name beside the others'.
const LEVEL_NAME_WIDTH: f32 = 96.0;
/// Names that stand aslant: how long, and how steep, in radians.
const SLANTED_NAME: f32 = 104.0;
const SLANT: f32 = 0.6;
/// Below this height names are left to the tooltip.
const NAMES_FROM_HEIGHT: f32 = 110.0;

/// What the chart shows.
pub(crate) struct BarsInput<'a> {
    pub(crate) series: &'a BarSeries,
    /// The name of each drawn column.
    pub(crate) names: &'a [String],
    /// Whether lengths are shares of the greatest: the axis is in percent.
    pub(crate) shares: bool,
    /// The row that the pointer is over elsewhere.
    pub(crate) hovered: Option<u32>,
    /// What a screen reader is told of the whole.
    pub(crate) summary: &'a str,
}

/// What was done in the chart.
#[derive(Debug, Default)]
pub(crate) struct BarsOutput {
    /// The row whose bars the pointer is over.
    pub(crate) hovered: Option<u32>,
    /// The row whose bars were clicked, with the keys held.
    pub(crate) clicked: Option<(u32, Modifiers)>,
}

/// Draws the chart in all the room that there is. What does not fit scrolls sideways.
pub(crate) fn bars_ui(ui: &mut Ui, input: &BarsInput<'_>) -> BarsOutput {
    let mut output = BarsOutput::default();
    legend_ui(ui, input.names);
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("bars");
    let whole = ui.interact(area, id, Sense::hover());
    spoken(&whole, |node| {
        node.set_role(Role::Figure);
        node.set_label(input.summary.to_owned());
    });
    if area.height() < 40.0 || area.width() < AXIS_WIDTH + 60.0 || input.series.groups.is_empty() {
        return output;
    }
    let group_width = group_width(area.width() - AXIS_WIDTH, input.series);
    let slanted = group_width < LEVEL_NAME_WIDTH;
    let names_height = match (area.height() < NAMES_FROM_HEIGHT, slanted) {
        (true, _) => 8.0,
        (false, true) => SLANTED_NAME * SLANT.sin() + 18.0,
        (false, false) => 26.0,
    };
    let plot = Rect::from_min_max(area.min + vec2(AXIS_WIDTH, 8.0), area.max - vec2(8.0, names_height));
    let axis = Axis::new(input, plot);
    axis.paint(ui, input.shares);

    let scroll_rect = Rect::from_min_max(pos2(plot.left(), area.top()), area.max);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(scroll_rect).id_salt("bars"));
    let room_for_last_name = if slanted { SLANTED_NAME * SLANT.cos() } else { 0.0 };
    let width = group_width * input.series.groups.len() as f32 + room_for_last_name;
    ScrollArea::horizontal().auto_shrink(false).show_viewport(&mut inner, |ui, viewport| {
        ui.set_min_size(vec2(width, scroll_rect.height() - 2.0));
        let left = ui.min_rect().left();
        for index in visible(viewport, group_width, room_for_last_name, input.series.groups.len()) {
            let from = left + index as f32 * group_width;
            let column = Rect::from_x_y_ranges(from..=from + group_width, plot.y_range());
            group_ui(ui, input, &axis, &input.series.groups[index], column, names_height, &mut output);
        }
    });
    ui.advance_cursor_after_rect(area);
    output
}

/// The groups that are in sight, with those whose slanted name reaches into it.
fn visible(viewport: Rect, group_width: f32, name: f32, count: usize) -> Range<usize> {
    let first = ((viewport.left() - name) / group_width).floor().max(0.0) as usize;
    let last = (viewport.right() / group_width).ceil().max(0.0) as usize;
    first.min(count)..last.min(count)
}

fn group_width(room: f32, series: &BarSeries) -> f32 {
    let count = series.groups.len().max(1) as f32;
    let bars = series.columns.len().max(1) as f32;
    let least = (bars * BAR_WIDTH.start() * 1.5 + 10.0).max(*GROUP_WIDTH.start());
    let even = room / count;
    // With slanted names the last one needs room as well.
    let even = if even < LEVEL_NAME_WIDTH { (room - SLANTED_NAME * SLANT.cos()) / count } else { even };
    even.clamp(least, GROUP_WIDTH.end().max(least))
}

fn legend_ui(ui: &mut Ui, names: &[String]) {
    let colors = palette(ui);
    let light = !ui.visuals().dark_mode;
    ui.horizontal_wrapped(|ui| {
        ui.add_space(AXIS_WIDTH);
        for (index, name) in names.iter().enumerate() {
            let (mark, _) = ui.allocate_exact_size(vec2(9.0, 16.0), Sense::hover());
            paint_marker(ui.painter(), mark.center(), 8.0, series(index, light));
            ui.label(egui::RichText::new(name).font(theme::small()).color(colors.muted));
            ui.add_space(6.0);
        }
    });
}

fn group_ui(
    ui: &Ui,
    input: &BarsInput<'_>,
    axis: &Axis,
    group: &BarGroup,
    column: Rect,
    names_height: f32,
    output: &mut BarsOutput,
) {
    let colors = palette(ui);
    let touch = column.with_max_y(column.bottom() + names_height.min(26.0));
    let id = ui.scope_id().with(("group", group.row));
    let response = ui.interact(touch, id, Sense::CLICK);
    spoken(&response, |node| {
        node.set_role(Role::GraphicsObject);
        node.set_label(in_words(input, group));
    });
    let is_hot = response.hovered() || input.hovered == Some(group.row);
    if response.hovered() {
        output.hovered = Some(group.row);
    }
    if response.clicked() {
        output.clicked = Some((group.row, ui.input(|input| input.modifiers)));
    }
    if is_hot {
        ui.painter().rect_filled(column, 0, colors.hover);
    }
    paint_bars(ui, axis, group, column);
    if names_height > 16.0 {
        let color = if is_hot { colors.text } else { colors.muted };
        paint_name(ui, group, column, color);
    }
    tooltip(response, input, group);
}

fn paint_bars(ui: &Ui, axis: &Axis, group: &BarGroup, column: Rect) {
    let light = !ui.visuals().dark_mode;
    let count = group.bars.len().max(1) as f32;
    let room = column.width() * 0.8;
    let step = (room / count).min(BAR_WIDTH.end() + 2.0);
    let width = (step - if step > 6.0 { 2.0 } else { 0.5 }).max(*BAR_WIDTH.start());
    let left = column.center().x - step * count / 2.0;
    let zero = axis.y(0.0);
    for (index, bar) in group.bars.iter().enumerate() {
        let Some(bar) = bar else { continue };
        let x = left + step * index as f32 + (step - width) / 2.0;
        let y = axis.y(bar.length);
        let mut rect = Rect::from_x_y_ranges(x..=x + width, y.min(zero)..=y.max(zero));
        // A value so small that no bar shows still leaves a line: it is there.
        if rect.height() < 1.0 {
            rect.min.y = rect.max.y - 1.0;
        }
        let top = CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 };
        ui.painter().rect_filled(
            rect,
            if bar.length >= 0.0 { top } else { CornerRadius::ZERO },
            series(index, light).color,
        );
    }
}

fn paint_name(ui: &Ui, group: &BarGroup, column: Rect, color: Color32) {
    let job = player_name_job(ui, &group.name, &theme::small());
    let below = pos2(column.center().x, column.bottom() + 6.0);
    if column.width() >= LEVEL_NAME_WIDTH {
        let galley = elided(ui, job, column.width() - 8.0);
        let at = below - vec2(galley.size().x / 2.0, 0.0);
        ui.painter().galley_with_override_text_color(at, galley, color);
        return;
    }
    let galley = elided(ui, job, SLANTED_NAME);
    let shape = TextShape::new(below - vec2(2.0, 0.0), galley, color)
        .with_override_text_color(color)
        .with_angle(SLANT);
    ui.painter().add(Shape::Text(shape));
}

fn tooltip(response: Response, input: &BarsInput<'_>, group: &BarGroup) {
    response.on_hover_ui_at_pointer(|ui| {
        let light = !ui.visuals().dark_mode;
        let job = player_name_job(ui, &group.name, &theme::semibold());
        ui.label(job);
        for (index, (name, bar)) in input.names.iter().zip(&group.bars).enumerate() {
            ui.horizontal(|ui| {
                let (mark, _) = ui.allocate_exact_size(vec2(9.0, 14.0), Sense::hover());
                paint_marker(ui.painter(), mark.center(), 8.0, series(index, light));
                super::muted_label(ui, name);
                match bar {
                    Some(bar) => ui.label(&bar.label),
                    None => super::muted_label(ui, "no value"),
                };
            });
        }
    });
}

fn in_words(input: &BarsInput<'_>, group: &BarGroup) -> String {
    let bars = input.names.iter().zip(&group.bars).map(|(name, bar)| match bar {
        Some(bar) => format!("{name} {}", bar.label),
        None => format!("{name} no value"),
    });
    format!("{}: {}", group.name, bars.collect::<Vec<_>>().join(", "))
}

/// The vertical axis: from the least to the greatest length, zero always among them.
struct Axis {
    least: f64,
    greatest: f64,
    step: f64,
    plot: Rect,
}

impl Axis {
    fn new(input: &BarsInput<'_>, plot: Rect) -> Self {
        let lengths =
            || input.series.groups.iter().flat_map(|group| group.bars.iter().flatten()).map(|bar| bar.length);
        let least = lengths().fold(0.0, f64::min);
        let greatest = lengths().fold(0.0, f64::max);
        let (least, greatest) = if least < greatest { (least, greatest) } else { (0.0, 1.0) };
        let lines = f64::from((plot.height() / 36.0).clamp(2.0, 8.0));
        let step = nice_step((greatest - least) / lines);
        Self { least: (least / step).floor() * step, greatest: (greatest / step).ceil() * step, step, plot }
    }

    fn y(&self, length: f64) -> f32 {
        let share = (length - self.least) / (self.greatest - self.least);
        self.plot.bottom() - self.plot.height() * share as f32
    }

    fn paint(&self, ui: &Ui, shares: bool) {
        let colors = palette(ui);
        let font = FontSelection::FontId(theme::small()).resolve(ui.style());
        let lines = ((self.greatest - self.least) / self.step).round() as usize;
        for line in 0..=lines {
            let value = self.least + self.step * line as f64;
            let is_zero = value.abs() < self.step / 2.0;
            let y = self.y(value);
            let color = if is_zero {
                blend(colors.line, colors.muted, 0.6)
            } else {
                blend(colors.window, colors.line, 0.7)
            };
            ui.painter().hline(self.plot.x_range(), y, Stroke::new(1.0, color));
            let label = match (is_zero, shares) {
                (true, _) => "0".to_owned(),
                (false, true) => format!("{} %", display::number(value * 100.0)),
                (false, false) => display::number(value),
            };
            let at = Pos2::new(self.plot.left() - 10.0, y);
            ui.painter().text(at, Align2::RIGHT_CENTER, label, font.clone(), colors.muted);
        }
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least`.
fn nice_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.abs().max(f64::MIN_POSITIVE).log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (least, step) in [(0.9, 1.0), (1.1, 2.0), (430.0, 500.0), (5100.0, 10000.0)] {
            assert!((nice_step(least) - step).abs() < 1e-9, "{least}");
        }
        assert!(nice_step(1e-300) > 0.0);
        assert!(nice_step(1e300).is_finite());
    }

    #[test]
    fn only_what_is_in_sight_is_drawn() {
        let viewport = Rect::from_min_max(pos2(1000.0, 0.0), pos2(1500.0, 10.0));
        assert_eq!(visible(viewport, 50.0, 100.0, 2000), 18..30);
        assert_eq!(visible(viewport, 50.0, 0.0, 25), 20..25);
        assert_eq!(visible(viewport, 50.0, 0.0, 3), 3..3);
    }
}
