use std::ops::Range;

use egui::{
    Color32, CornerRadius, EventFilter, Key, Modifiers, Rangef, Rect, Response, Role, ScrollArea, Sense,
    Shape, Stroke, StrokeKind, Ui, epaint::TextShape, pos2, vec2,
};

use super::{
    super::{DrawState, Given, Output, Scene, series::Entry, tip},
    axis::{Axis, Ticks},
};
use crate::{
    analysis::series::{BarGroup, BarSeries},
    ui::{
        theme::{self, palette},
        widgets::{elided, player_name_job, spoken},
    },
};

/// Below this width there is no chart, only its place.
const LEAST_WIDTH: f32 = 130.0;
const GROUP_WIDTH: std::ops::RangeInclusive<f32> = 22.0..=150.0;
const BAR_WIDTH: std::ops::RangeInclusive<f32> = 3.0..=26.0;
/// From this width on, a group has room for its name beside the others'.
const LEVEL_NAME_WIDTH: f32 = 76.0;
/// Names that stand aslant: how long, and how steep, in radians.
const SLANTED_NAME: f32 = 104.0;
const SLANT: f32 = 0.6;
const RIGHT_MARGIN: f32 = 8.0;
/// Below this height names are left to the tooltip.
const NAMES_FROM_HEIGHT: f32 = 110.0;
/// And below this one if they would stand aslant, which takes more of it.
const SLANTED_NAMES_FROM_HEIGHT: f32 = 140.0;

/// What the chart shows.
pub(super) struct BarsInput<'a> {
    pub(super) scene: &'a Scene,
    pub(super) series: &'a BarSeries,
    /// Each drawn column.
    pub(super) entries: &'a [Entry],
    /// What stands at the axis.
    pub(super) ticks: Ticks<'a>,
    /// What a screen reader is told of the whole.
    pub(super) summary: &'a str,
}

/// Draws the chart in all the room that there is. What does not fit scrolls sideways.
pub(super) fn bars_ui(
    ui: &mut Ui,
    state: &mut DrawState,
    input: &BarsInput<'_>,
    given: &Given<'_>,
) -> Output {
    let mut output = Output::default();
    let groups = &input.series.groups;
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("bars");
    let whole = ui.interact(area, id, Sense::focusable_noninteractive());
    spoken(&whole, |node| {
        node.set_role(Role::Figure);
        node.set_label(input.summary.to_owned());
    });
    if area.height() < 40.0 || area.width() < LEAST_WIDTH || groups.is_empty() {
        return output;
    }
    let has_focus = whole.has_focus();
    let reveal = has_focus && take_keys(ui, state, &whole, groups, &mut output);
    let extent = (input.series.least, input.series.greatest);
    let tall = Axis::new(extent, area.height(), input.ticks);
    let axis_width = tall.width(ui);
    let group_width = group_width(area.width() - axis_width - RIGHT_MARGIN, input.series);
    let slanted = group_width < LEVEL_NAME_WIDTH;
    let least_height = if slanted { SLANTED_NAMES_FROM_HEIGHT } else { NAMES_FROM_HEIGHT };
    let names_height = match (area.height() < least_height, slanted) {
        (true, _) => 8.0,
        (false, true) => SLANTED_NAME * SLANT.sin() + 18.0,
        (false, false) => 26.0,
    };
    let top_left = area.min + vec2(axis_width, 8.0);
    let plot = Rect::from_min_max(top_left, area.max - vec2(RIGHT_MARGIN, names_height));
    let axis = Axis::new(extent, plot.height(), input.ticks);
    axis.paint(ui, plot);

    let scroll_rect = Rect::from_min_max(pos2(plot.left(), area.top()), area.max);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(scroll_rect).id_salt("bars"));
    let room_for_last_name =
        if slanted && names_height > SLANTED_NAME * SLANT.sin() { SLANTED_NAME * SLANT.cos() } else { 0.0 };
    let width = group_width * groups.len() as f32 + room_for_last_name;
    let cursor = state.cursor.filter(|_| has_focus);
    ScrollArea::horizontal().auto_shrink(false).show_viewport(&mut inner, |ui, viewport| {
        ui.set_min_size(vec2(width, scroll_rect.height() - 2.0));
        let left = ui.min_rect().left();
        let column = |index: usize| {
            let from = left + index as f32 * group_width;
            Rect::from_x_y_ranges(from..=from + group_width, plot.y_range())
        };
        if reveal && let Some(index) = groups.iter().position(|group| Some(group.row) == cursor) {
            ui.scroll_to_rect(column(index), None);
        }
        for index in visible(viewport, group_width, room_for_last_name, groups.len()) {
            let drawn = Drawn { input, given, axis: &axis, names_height, cursor };
            group_ui(ui, &drawn, &groups[index], column(index), &mut output);
        }
    });
    let focus = Stroke::new(1.5, palette(ui).accent);
    if has_focus && cursor.is_none() {
        ui.painter().rect_stroke(area.shrink(1.0), 2, focus, StrokeKind::Inside);
    }
    output.hovered = output.hovered.or(cursor);
    ui.advance_cursor_after_rect(area);
    output
}

/// Moves through the groups with the arrows, selects with Enter or Space. Returns whether the
/// keyboard went elsewhere.
fn take_keys(
    ui: &Ui,
    state: &mut DrawState,
    whole: &Response,
    groups: &[BarGroup],
    output: &mut Output,
) -> bool {
    let filter = EventFilter { horizontal_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, filter));
    let at = state.cursor.and_then(|row| groups.iter().position(|group| group.row == row));
    let last = groups.len() - 1;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = if pressed(Key::ArrowRight) {
        at.map_or(0, |at| (at + 1).min(last))
    } else if pressed(Key::ArrowLeft) {
        at.map_or(0, |at| at.saturating_sub(1))
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        let control = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Space));
        if let Some(at) = at
            && (control || pressed(Key::Enter) || pressed(Key::Space))
        {
            let modifiers = if control { Modifiers::COMMAND } else { Modifiers::NONE };
            output.clicked = Some((groups[at].row, modifiers));
        }
        output.escaped = pressed(Key::Escape);
        return false;
    };
    state.cursor = Some(groups[to].row);
    true
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

/// What all groups are drawn with.
struct Drawn<'a> {
    input: &'a BarsInput<'a>,
    given: &'a Given<'a>,
    axis: &'a Axis,
    names_height: f32,
    /// The row of the group where the keyboard is.
    cursor: Option<u32>,
}

fn group_ui(ui: &Ui, drawn: &Drawn<'_>, group: &BarGroup, column: Rect, output: &mut Output) {
    let colors = palette(ui);
    let touch = column.with_max_y(column.bottom() + drawn.names_height.min(26.0));
    let id = ui.scope_id().with(("group", group.row));
    let response = ui.interact(touch, id, Sense::CLICK);
    spoken(&response, |node| {
        node.set_role(Role::GraphicsObject);
        node.set_label(drawn.input.scene.in_words(group.row, &drawn.input.series.columns));
    });
    let has_cursor = drawn.cursor == Some(group.row);
    let is_hot = response.hovered() || has_cursor || drawn.given.hovered == Some(group.row);
    if response.hovered() {
        output.hovered = Some(group.row);
    }
    if response.clicked() {
        output.clicked = Some((group.row, ui.input(|input| input.modifiers)));
    }
    if is_hot {
        ui.painter().rect_filled(column, 0, colors.hover);
    }
    paint_bars(ui, drawn, group, column);
    if drawn.names_height > 16.0 {
        let color = if is_hot { colors.text } else { colors.muted };
        paint_name(ui, group, column, color);
    }
    if has_cursor {
        let stroke = Stroke::new(1.5, colors.accent);
        ui.painter().rect_stroke(column.shrink(0.5), 2, stroke, StrokeKind::Inside);
    }
    let columns = &drawn.input.series.columns;
    tip::player_tip(response, drawn.given, drawn.input.scene, group.row, columns);
}

fn paint_bars(ui: &Ui, drawn: &Drawn<'_>, group: &BarGroup, column: Rect) {
    let axis = drawn.axis;
    let light = !ui.visuals().dark_mode;
    let count = group.bars.len().max(1) as f32;
    let room = column.width() * 0.8;
    let step = (room / count).min(BAR_WIDTH.end() + 2.0);
    let width = (step - if step > 6.0 { 2.0 } else { 0.5 }).max(*BAR_WIDTH.start());
    let left = column.center().x - step * count / 2.0;
    let range: Rangef = column.y_range();
    let zero = axis.y(0.0, range);
    for (index, bar) in group.bars.iter().enumerate() {
        let Some(bar) = bar else { continue };
        let x = left + step * index as f32 + (step - width) / 2.0;
        let y = axis.y(bar.length, range);
        let mut rect = Rect::from_x_y_ranges(x..=x + width, y.min(zero)..=y.max(zero));
        // A value so small that no bar shows still leaves a line: it is there.
        if rect.height() < 1.0 {
            rect.min.y = rect.max.y - 1.0;
        }
        let top = CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 };
        ui.painter().rect_filled(
            rect,
            if bar.length >= 0.0 { top } else { CornerRadius::ZERO },
            drawn.input.entries[index].color(light),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_sight_is_drawn() {
        let viewport = Rect::from_min_max(pos2(1000.0, 0.0), pos2(1500.0, 10.0));
        assert_eq!(visible(viewport, 50.0, 100.0, 2000), 18..30);
        assert_eq!(visible(viewport, 50.0, 0.0, 25), 20..25);
        assert_eq!(visible(viewport, 50.0, 0.0, 3), 3..3);
    }
}
