use egui::{
    Color32, CornerRadius, Key, Rect, Response, Role, ScrollArea, Sense, Shape, Stroke, StrokeKind, Ui,
    epaint::TextShape, pos2, vec2,
};

use super::{
    Bars,
    lay::{LEVEL_NAME, Lay, Players, SLANT},
};
use crate::{
    analysis::series::BarGroup,
    model::BarsForm,
    ui::{
        charts::{DrawState, Given, Output, keys, tip},
        theme::{self, blend, paint_marker, palette},
        widgets::{elided, player_name_job, spoken},
    },
};

/// Below this size there is no chart, only its place.
const LEAST: egui::Vec2 = vec2(130.0, 40.0);
const GAP: f32 = 10.0;

/// Draws the chart in all the room that there is. What does not fit scrolls.
pub(super) fn bars_ui(ui: &mut Ui, state: &mut DrawState, bars: &Bars, given: &Given<'_>) -> Output {
    let mut output = Output::default();
    let groups = &bars.series.groups;
    let room = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("bars");
    let whole = ui.interact(room, id, Sense::focusable_noninteractive());
    spoken(&whole, |node| {
        node.set_role(Role::Figure);
        node.set_label(bars.told.summary.clone());
    });
    if room.height() < LEAST.y || room.width() < LEAST.x || groups.is_empty() {
        return output;
    }
    let has_focus = whole.has_focus();
    let reveal = has_focus && take_keys(ui, state, &whole, bars, &mut output);
    let players = Players { count: groups.len(), bars: bars.lanes(), longest: bars.longest };
    let lay = |labels: f32| Lay::new(room, bars.upwards, &players, labels);
    state.ticks.refresh(ui, &bars.axis, lay(40.0).length(), bars.upwards);
    let lay = lay(state.ticks.width);
    lines_ui(ui, state, bars, lay);
    let cursor = state.cursor.filter(|_| has_focus);
    let scrolled = lay.scrolled(room);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(scrolled).id_salt("bars"));
    let scroll = ScrollArea::new([lay.upwards, !lay.upwards]).auto_shrink(false);
    scroll.show_viewport(&mut inner, |ui, viewport| {
        ui.set_min_size(lay.size(scrolled, groups.len()));
        let min = ui.min_rect().min;
        let origin = if lay.upwards { min.x } else { min.y };
        if reveal && let Some(index) = groups.iter().position(|group| Some(group.row) == cursor) {
            ui.scroll_to_rect(lay.group(origin, index), None);
        }
        let drawn = Drawn { bars, given, lay, cursor };
        for index in lay.visible(viewport, groups.len()) {
            group_ui(ui, &drawn, &groups[index], lay.group(origin, index), &mut output);
        }
    });
    let focus = Stroke::new(1.5, palette(ui).accent);
    if has_focus && cursor.is_none() {
        ui.painter().rect_stroke(room.shrink(1.0), 2, focus, StrokeKind::Inside);
    }
    output.hovered = output.hovered.or(cursor);
    ui.advance_cursor_after_rect(room);
    output
}

/// The lines that tell how long bars are.
fn lines_ui(ui: &Ui, state: &DrawState, bars: &Bars, lay: Lay) {
    let colors = palette(ui);
    let (plot, painter) = (lay.plot, ui.painter());
    for (place, label) in &state.ticks.labels {
        let is_base = (*place - bars.base).abs() < f64::EPSILON;
        let color = if is_base {
            blend(colors.line, colors.muted, 0.6)
        } else {
            blend(colors.window, colors.line, 0.7)
        };
        let at = lay.at(&bars.axis, *place);
        let size = label.size();
        let corner = if lay.upwards {
            painter.hline(plot.x_range(), at, Stroke::new(1.0, color));
            pos2(plot.left() - GAP - size.x, at - size.y / 2.0)
        } else {
            painter.vline(at, plot.y_range(), Stroke::new(1.0, color));
            pos2(at - size.x / 2.0, plot.bottom() + 5.0)
        };
        painter.galley(corner, label.clone(), colors.muted);
    }
}

/// Moves through the groups with the arrows, selects with Enter or Space. Returns whether the
/// keyboard went elsewhere.
fn take_keys(ui: &Ui, state: &mut DrawState, whole: &Response, bars: &Bars, output: &mut Output) -> bool {
    let groups = &bars.series.groups;
    let ways = if bars.upwards { keys::ACROSS } else { keys::DOWN };
    keys::hold(ui, whole.id, &ways);
    let at = state.cursor.and_then(|row| groups.iter().position(|group| group.row == row));
    if let Some(to) = keys::walked(ui, at, groups.len(), ways) {
        state.cursor = Some(groups[to].row);
        return true;
    }
    output.clicked = at.and_then(|at| Some((groups[at].row, keys::chosen(ui)?)));
    output.escaped = keys::is_pressed(ui, Key::Escape);
    false
}

/// What all groups are drawn with.
struct Drawn<'a> {
    bars: &'a Bars,
    given: &'a Given<'a>,
    lay: Lay,
    /// The row of the group where the keyboard is.
    cursor: Option<u32>,
}

fn group_ui(ui: &Ui, drawn: &Drawn<'_>, group: &BarGroup, rect: Rect, output: &mut Output) {
    let colors = palette(ui);
    let lay = drawn.lay;
    let touch = if lay.upwards {
        rect.with_max_y(rect.bottom() + lay.names.min(26.0))
    } else {
        rect.with_min_x(rect.left() - lay.names)
    };
    let id = ui.scope_id().with(("group", group.row));
    let response = ui.interact(touch, id, Sense::CLICK);
    let columns = &drawn.bars.series.columns;
    spoken(&response, |node| {
        node.set_role(Role::GraphicsObject);
        node.set_label(drawn.bars.scene.in_words(group.row, columns));
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
        ui.painter().rect_filled(rect, 0, colors.hover);
    }
    paint_bars(ui, drawn, group, rect);
    let color = if is_hot { colors.text } else { colors.muted };
    if !lay.upwards {
        paint_name_beside(ui, drawn, group, rect, color);
    } else if lay.names > 16.0 {
        paint_name_below(ui, drawn, group, rect, color);
    }
    if has_cursor {
        let stroke = Stroke::new(1.5, colors.accent);
        ui.painter().rect_stroke(rect.shrink(0.5), 2, stroke, StrokeKind::Inside);
    }
    tip::player_tip(response, drawn.given, &drawn.bars.scene, group.row, columns);
}

fn paint_bars(ui: &Ui, drawn: &Drawn<'_>, group: &BarGroup, rect: Rect) {
    let Drawn { bars, lay, .. } = drawn;
    let light = !ui.visuals().dark_mode;
    let is_stacked = bars.form == BarsForm::Stacked;
    let (mut above, mut below) = (0.0, 0.0);
    for (index, bar) in group.bars.iter().enumerate() {
        let Some(bar) = bar else { continue };
        let stack = if bar.length < 0.0 { &mut below } else { &mut above };
        let (from, to) = if is_stacked { (*stack, *stack + bar.length) } else { (0.0, bar.length) };
        *stack = to;
        let place = |length: f64| if length == 0.0 { bars.base } else { bars.axis.scale.forward(length) };
        if !place(to).is_finite() {
            continue;
        }
        let lane = if is_stacked { (0, 1) } else { (index, bars.lanes()) };
        let ends = (lay.at(&bars.axis, place(from)), lay.at(&bars.axis, place(to)));
        let shape = lay.bar(rect, lane, ends);
        ui.painter().rect_filled(
            shape,
            corners(lay.upwards, bar.length, is_stacked),
            bars.color(group.row, index, light),
        );
    }
}

/// The far end is round, where no other bar begins.
fn corners(upwards: bool, length: f64, is_stacked: bool) -> CornerRadius {
    match (is_stacked || length < 0.0, upwards) {
        (true, _) => CornerRadius::ZERO,
        (false, true) => CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 },
        (false, false) => CornerRadius { nw: 0, ne: 2, sw: 0, se: 2 },
    }
}

fn paint_name_below(ui: &Ui, drawn: &Drawn<'_>, group: &BarGroup, rect: Rect, color: Color32) {
    let job = player_name_job(ui, &group.name, &theme::small());
    let below = pos2(rect.center().x, rect.bottom() + 6.0);
    if drawn.lay.step >= LEVEL_NAME {
        let galley = elided(ui, job, rect.width() - 8.0);
        let at = below - vec2(galley.size().x / 2.0, 0.0);
        ui.painter().galley_with_override_text_color(at, galley, color);
        return;
    }
    let galley = elided(ui, job, drawn.lay.slanted);
    let shape = TextShape::new(below - vec2(2.0, 0.0), galley, color)
        .with_override_text_color(color)
        .with_angle(SLANT);
    ui.painter().add(Shape::Text(shape));
}

fn paint_name_beside(ui: &Ui, drawn: &Drawn<'_>, group: &BarGroup, rect: Rect, color: Color32) {
    let bars = drawn.bars;
    let mut width = drawn.lay.names - 20.0;
    if let Some(place) = bars.scene.looks.group_of(group.row) {
        let at = pos2(rect.left() - drawn.lay.names + 14.0, rect.center().y);
        let light = !ui.visuals().dark_mode;
        paint_marker(ui.painter(), at, 8.0, theme::group_series(&bars.scene.groups, place, light));
        width -= 16.0;
    }
    let galley = elided(ui, player_name_job(ui, &group.name, &theme::small()), width);
    let size = galley.size();
    let at = pos2(rect.left() - GAP - size.x, rect.center().y - size.y / 2.0);
    ui.painter().galley_with_override_text_color(at, galley, color);
}
