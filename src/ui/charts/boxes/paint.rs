//! What boxes draw: box, whiskers and violin, marks of players, names below.

use egui::{
    Color32, Mesh, Painter, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, pos2,
    text::LayoutJob, vec2,
};

use super::{Frame, item::Item, point::Hot};
use crate::{
    analysis::chart::box_plot::BoxPlot,
    ui::{
        theme::{self, Series, marker_shape, palette},
        widgets::{elided, spoken},
    },
};

const FILL: f32 = 0.28;
const OUTLINE: f32 = 1.5;
/// A box within a violin is so wide.
const THIN: f32 = 9.0;
const MARK: f32 = 7.0;
/// From this width on, there is room for a name below a box.
const NAMED_FROM: f32 = 60.0;
/// Marks nearer to each other than so many points are drawn as one.
const APART: f32 = 2.0;
/// So many selected players have a mark; of more, every second, third and so on.
const LOOKED_AT: usize = 4_000;
/// Up to so many boxes, and so many marks, are told to screen readers.
const SPOKEN: usize = 300;

pub(super) fn paint(ui: &Ui, frame: &Frame<'_>, hot: &Hot, cursor: Option<usize>) {
    let light = !ui.visuals().dark_mode;
    let colors = palette(ui);
    let clip = ui.painter().with_clip_rect(frame.plane.rect.expand(1.0).intersect(ui.clip_rect()));
    for place in frame.lanes.seen.clone() {
        let item = &frame.boxes.items[place];
        let look = frame.boxes.series.entries[item.series].look(light);
        let lane = frame.lane(place);
        let is_hot = hot.item == Some(place) || cursor == Some(place);
        if is_hot {
            clip.rect_filled(lane, 0, colors.hover);
        }
        if let Some(plot) = &item.plot {
            if !item.violin.is_empty() {
                violin(frame, place, item, look.color, &clip);
            }
            body(ui, frame, place, plot, look.color, &clip);
            marks(frame, place, item, look, &clip);
        } else {
            let (at, align) = (lane.center(), egui::Align2::CENTER_CENTER);
            clip.text(at, align, "no numbers", theme::small(), colors.faint);
        }
        if cursor == Some(place) {
            let stroke = Stroke::new(1.5, colors.accent);
            clip.rect_stroke(lane.shrink(1.0), 2, stroke, StrokeKind::Inside);
        }
        name(ui, frame, place, item, look, is_hot);
    }
    people(ui, frame, light, &clip);
    let corner = frame.plane.rect.left_top() + vec2(6.0, -3.0);
    let align = egui::Align2::LEFT_BOTTOM;
    ui.painter().text(corner, align, &frame.boxes.y_name, theme::small(), colors.muted);
    if !frame.given.is_picture {
        tell(ui, frame);
    }
}

/// Draws that the keyboard is here.
pub(super) fn focus(ui: &Ui, room: Rect) {
    let stroke = Stroke::new(1.5, palette(ui).accent);
    ui.painter().rect_stroke(room.shrink(1.0), 2, stroke, StrokeKind::Inside);
}

fn violin(frame: &Frame<'_>, place: usize, item: &Item, color: Color32, clip: &Painter) {
    let body = frame.body(place);
    let (middle, half) = (body.center(), body.span() / 2.0);
    let mut mesh = Mesh::default();
    let (mut left, mut right): (Vec<Pos2>, Vec<Pos2>) = (Vec::new(), Vec::new());
    for (place, width) in &item.violin {
        let y = frame.plane.y(*place);
        left.push(pos2(middle - half * width, y));
        right.push(pos2(middle + half * width, y));
    }
    let fill = color.gamma_multiply(FILL);
    for (left, right) in left.iter().zip(&right) {
        mesh.colored_vertex(*left, fill);
        mesh.colored_vertex(*right, fill);
    }
    for next in 1..left.len() as u32 {
        let (before, after) = (2 * next - 2, 2 * next);
        mesh.add_triangle(before, before + 1, after);
        mesh.add_triangle(before + 1, after, after + 1);
    }
    clip.add(Shape::mesh(mesh));
    left.extend(right.into_iter().rev());
    clip.add(Shape::closed_line(left, Stroke::new(OUTLINE, color)));
}

/// Box, median and whiskers.
fn body(ui: &Ui, frame: &Frame<'_>, place: usize, plot: &BoxPlot, color: Color32, clip: &Painter) {
    let y = |number: f64| frame.y(place, number);
    let wide = frame.body(place);
    let is_thin = !frame.boxes.items[place].violin.is_empty();
    let body =
        if is_thin { Rangef::new(wide.center() - THIN / 2.0, wide.center() + THIN / 2.0) } else { wide };
    let stroke = Stroke::new(OUTLINE, color);
    let cap = if is_thin { 0.0 } else { body.span() / 4.0 };
    for (from, to) in [(plot.lower, plot.lower_whisker), (plot.upper, plot.upper_whisker)] {
        if from != to {
            clip.vline(body.center(), y(from).min(y(to))..=y(from).max(y(to)), stroke);
            clip.hline(body.center() - cap..=body.center() + cap, y(to), stroke);
        }
    }
    let rect = Rect::from_x_y_ranges(body, y(plot.upper)..=y(plot.lower));
    let fill = if is_thin { palette(ui).window } else { color.gamma_multiply(FILL) };
    clip.rect(rect, 2, fill, stroke, StrokeKind::Middle);
    clip.hline(body, y(plot.median), Stroke::new(2.0, palette(ui).text));
}

/// The marks of players: of all, or of those beyond the whiskers.
fn marks(frame: &Frame<'_>, place: usize, item: &Item, look: Series, clip: &Painter) {
    let x = frame.marks(place);
    let y = |index: usize| frame.y(place, item.numbers[index]);
    if frame.boxes.marks_all {
        for index in 0..item.rows.len() {
            let strength = if item.inner.contains(&index) { 0.75 } else { 1.0 };
            let look = Series { color: look.color.gamma_multiply(strength), ..look };
            clip.add(marker_shape(pos2(x, y(index)), MARK, look));
        }
        return;
    }
    let seen = frame.plane.rect.y_range().expand(MARK);
    for beyond in [0..item.inner.start, item.inner.end..item.rows.len()] {
        let mut index = beyond.start;
        while index < beyond.end {
            let at = y(index);
            if seen.contains(at) {
                clip.add(marker_shape(pos2(x, at), MARK - 1.0, look));
            }
            let rest = index + 1..beyond.end;
            let limit = if at > seen.max { seen.max } else { at - APART };
            index = rest.start + item.numbers[rest].partition_point(|number| frame.y(place, *number) > limit);
            if at < seen.min {
                break;
            }
        }
    }
}

/// Rings around selected players, the pinned and the hovered one, and the name of the last.
fn people(ui: &Ui, frame: &Frame<'_>, light: bool, clip: &Painter) {
    let (colors, given) = (palette(ui), frame.given);
    let seen = &frame.lanes.seen;
    let entries = &frame.boxes.series.entries;
    let is_seen = |item: &usize| seen.contains(item);
    let every = given.selected.count() * seen.len().max(1) / LOOKED_AT + 1;
    let many = given.selected.count() > SPOKEN;
    for row in given.selected.rows().step_by(every) {
        for item in frame.boxes.items_of(row).filter(is_seen) {
            let Some(at) = frame.mark(item, row) else { continue };
            let look = entries[frame.boxes.items[item].series].look(light);
            if many {
                clip.circle_filled(at, 2.0, colors.text);
                continue;
            }
            clip.circle(at, 7.0, colors.window.gamma_multiply(0.8), Stroke::new(1.5, colors.text));
            clip.add(marker_shape(at, MARK, look));
        }
    }
    for (row, color) in [(given.pinned, colors.accent), (given.hovered, colors.text)] {
        let Some(row) = row else { continue };
        for (turn, item) in frame.boxes.items_of(row).filter(is_seen).enumerate() {
            let Some(at) = frame.mark(item, row).filter(|at| frame.plane.rect.expand(4.0).contains(*at))
            else {
                continue;
            };
            clip.circle_stroke(at, 9.0, Stroke::new(1.5, color));
            if turn == 0 {
                flag(ui, frame, at, &frame.boxes.scene.player(row), color, clip);
            }
        }
    }
}

/// A player's name beside their mark.
fn flag(ui: &Ui, frame: &Frame<'_>, at: Pos2, name: &str, color: Color32, clip: &Painter) {
    let job = LayoutJob::simple_singleline(name.to_owned(), theme::small(), color);
    let galley = elided(ui, job, 220.0);
    let size = galley.size();
    let is_right = at.x + 14.0 + size.x < frame.plane.rect.right();
    let left = if is_right { at.x + 14.0 } else { at.x - 14.0 - size.x };
    let rect = Rect::from_min_size(pos2(left, at.y - size.y / 2.0), size);
    clip.rect_filled(rect.expand2(vec2(3.0, 0.0)), 2, palette(ui).window.gamma_multiply(0.75));
    clip.galley(rect.min, galley, color);
}

/// The name below a box, whole on hover where it is cut; its marker alone where it has no room.
fn name(ui: &Ui, frame: &Frame<'_>, place: usize, item: &Item, look: Series, is_hot: bool) {
    let colors = palette(ui);
    let color = if is_hot { colors.text } else { colors.muted };
    let lane = frame.lane(place);
    let job = LayoutJob::simple_singleline(item.name.clone(), theme::small(), color);
    let galley = elided(ui, job, lane.width() - 26.0);
    let has_room = lane.width() >= NAMED_FROM;
    let size = if has_room { galley.size() + vec2(14.0, 0.0) } else { vec2(8.0, galley.size().y) };
    let rect = Rect::from_min_size(pos2(lane.center().x - size.x / 2.0, lane.bottom() + 5.0), size);
    ui.painter().add(marker_shape(rect.left_center() + vec2(4.0, 0.0), 8.0, look));
    if (galley.elided || !has_room) && !frame.given.is_picture {
        let id = ui.scope_id().with(("name", place));
        ui.interact(rect, id, Sense::hover()).on_hover_text(&item.name);
    }
    if has_room {
        ui.painter().galley(rect.min + vec2(14.0, 0.0), galley, color);
    }
}

/// Tells screen readers of boxes and marks.
fn tell(ui: &Ui, frame: &Frame<'_>) {
    let boxes = frame.boxes;
    let say = |rect: Rect, id: egui::Id, words: &dyn Fn() -> String| {
        let response = ui.interact(rect, id, Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::GraphicsObject);
            node.set_label(words());
        });
    };
    if boxes.items.len() > SPOKEN {
        return;
    }
    for place in frame.lanes.seen.clone() {
        let item = &boxes.items[place];
        let rect = match &item.plot {
            Some(plot) => {
                let ends = [plot.upper, plot.lower].map(|number| frame.y(place, number));
                Rect::from_x_y_ranges(frame.body(place), ends[0]..=ends[1].max(ends[0] + 2.0))
            }
            None => frame.lane(place),
        };
        say(rect, ui.scope_id().with(("box", place)), &|| item.words.clone());
        if !boxes.marks_all {
            continue;
        }
        for row in &item.rows {
            let Some(at) = frame.mark(place, *row) else { continue };
            let rect = Rect::from_center_size(at, vec2(MARK, MARK));
            let id = ui.scope_id().with(("mark", place, *row));
            say(rect, id, &|| boxes.scene.in_words(*row, &[item.column]));
        }
    }
}
