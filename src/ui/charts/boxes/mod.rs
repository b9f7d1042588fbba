//! Quartiles and what stands beyond them: a box or a violin for each group of one stat, or for each of
//! several stats.
//!
//! `item.rs` works out one of them, `make.rs` all and the axis that they stand on, `paint.rs` draws
//! them, `point.rs` has pointer and keys.

mod item;
mod make;
mod paint;
mod point;

use std::ops::Range;

use egui::{Pos2, Rangef, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

pub(super) use make::make;

use super::{
    DrawState, Drawing, Given, Output, Scene, SeriesSet, Told,
    axis::Axis,
    legend::legend_ui,
    plane::{Plane, plane_ui},
};
use crate::{
    analysis::chart::{
        NO_GROUP,
        scatter::{Area, Point},
    },
    model::Filter,
    ui::widgets::spoken,
};
use item::Item;

/// How wide the room of a box is at least, before they scroll.
const LEAST_LANE: f32 = 76.0;
/// The same in a small chart, where the legend has the names.
const LEAST_PART_LANE: f32 = 44.0;
const MOST_LANE: f32 = 280.0;
/// Above the boxes, for what is told upwards.
const ABOVE: f32 = 14.0;
/// Below this size there is no chart, only its place.
const LEAST_SIZE: egui::Vec2 = egui::vec2(130.0, 60.0);

/// Boxes that were made.
#[derive(Debug)]
struct Boxes {
    scene: Scene,
    series: SeriesSet,
    items: Vec<Item>,
    /// For each row of the table the box that it is in; [`NO_GROUP`] for none. Empty when all rows are
    /// in all boxes.
    of_rows: Vec<u32>,
    /// Has no name: it is written elsewhere.
    y: Axis,
    /// What is told upwards.
    y_name: String,
    /// Whether each player has a mark.
    marks_all: bool,
    is_violin: bool,
    told: Told,
}

impl Drawing for Boxes {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        if !state.is_part {
            legend_ui(ui, &self.series.entries, &self.scene.shown_as, &mut state.hidden);
        }
        let room = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(room);
        let mut output = Output::default();
        let response = ui.interact(room, ui.scope_id().with("boxes"), Sense::click_and_drag());
        spoken(&response, |node| {
            node.set_role(Role::Figure);
            node.set_label(self.told.summary.clone());
        });
        if room.width() < LEAST_SIZE.x || room.height() < LEAST_SIZE.y {
            return output;
        }
        let fit = self.fit();
        let area = state.sight.area(fit);
        let nothing = Axis::of_nothing();
        let below = room.with_min_y(room.top() + ABOVE);
        let plane = plane_ui(ui, &mut state.sight.labels, below, (&nothing, &self.y), area);
        let mut marked = None;
        let mut reveals = false;
        if !given.is_picture {
            reveals = self.take_keys(ui, &mut state.cell, &response, given.selected, &mut output);
            marked = state.sight.take(ui, &response, &plane, fit, (false, true));
        }
        let count = self.items.len();
        let least = if state.is_part { LEAST_PART_LANE } else { LEAST_LANE };
        let lane = (plane.rect.width() / count.max(1) as f32).clamp(least, MOST_LANE);
        let aside = ((plane.rect.width() - lane * count as f32) / 2.0).max(0.0);
        let below =
            Rect::from_min_max(pos2(plane.rect.left(), room.top()), pos2(plane.rect.right(), room.bottom()));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(below).id_salt("boxes"));
        ScrollArea::horizontal().auto_shrink(false).show_viewport(&mut inner, |ui, viewport| {
            ui.set_min_size(vec2((lane * count as f32 - 1.0).max(0.0), below.height() - 2.0));
            let lanes = Lanes {
                left: ui.min_rect().left() + aside,
                width: lane,
                seen: seen(viewport.translate(vec2(-aside, 0.0)), lane, count),
            };
            let frame = Frame { boxes: self, plane, lanes, given };
            if let Some((item, _)) = state.cell.filter(|_| reveals) {
                ui.scroll_to_rect(frame.lane(item), None);
            }
            let hot = if given.is_picture {
                point::Hot::default()
            } else {
                frame.point(ui, &response, &mut state.cell, marked.as_ref(), &mut output)
            };
            let cursor = state.cell.filter(|_| response.has_focus()).map(|at| at.0);
            paint::paint(ui, &frame, &hot, cursor);
        });
        if response.has_focus() && state.cell.is_none() {
            paint::focus(ui, room);
        }
        state.sight.paint(ui, &plane);
        output
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        let headings = [
            "box",
            "players",
            "no value",
            "lower whisker",
            "lower quartile",
            "median",
            "upper quartile",
            "upper whisker",
            "beyond the whiskers",
        ];
        let line = |item: &Item| {
            let figures = item
                .plot
                .as_ref()
                .map(|plot| [plot.lower_whisker, plot.lower, plot.median, plot.upper, plot.upper_whisker]);
            let figures = figures.map_or_else(
                || vec![String::new(); 5],
                |figures| figures.iter().map(f64::to_string).collect(),
            );
            let counts = [item.rows.len().to_string(), item.missing.to_string()];
            let beyond = (item.rows.len() - item.inner.len()).to_string();
            std::iter::once(item.name.clone()).chain(counts).chain(figures).chain([beyond]).collect()
        };
        std::iter::once(headings.map(str::to_owned).to_vec()).chain(self.items.iter().map(line)).collect()
    }

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        let [column] = self.told.columns[..] else { return Vec::new() };
        let Some(item) = self.items.first().filter(|_| state.sight.is_zoomed()) else { return Vec::new() };
        if item.placing.ends.is_some() {
            return Vec::new();
        }
        let area = state.sight.area(self.fit());
        vec![self.scene.between(column, item.placing.scale, (area.least.y, area.greatest.y))]
    }
}

impl Boxes {
    fn fit(&self) -> Area {
        Area::between(Point { x: 0.0, y: self.y.fit.0 }, Point { x: 1.0, y: self.y.fit.1 })
    }

    /// The boxes that a player is in.
    fn items_of(&self, row: u32) -> Range<usize> {
        if self.of_rows.is_empty() {
            return 0..self.items.len();
        }
        match self.of_rows.get(row as usize) {
            Some(of) if *of != NO_GROUP => *of as usize..*of as usize + 1,
            _ => 0..0,
        }
    }
}

/// Where the boxes are across.
#[derive(Clone)]
struct Lanes {
    left: f32,
    width: f32,
    /// Those in sight.
    seen: Range<usize>,
}

/// The boxes that are in sight.
fn seen(viewport: Rect, lane: f32, count: usize) -> Range<usize> {
    let place = |x: f32| (x / lane).max(0.0);
    (place(viewport.left()).floor() as usize).min(count)..(place(viewport.right()).ceil() as usize).min(count)
}

/// Boxes as they are drawn in a frame.
struct Frame<'a> {
    boxes: &'a Boxes,
    plane: Plane,
    lanes: Lanes,
    given: &'a Given<'a>,
}

impl Frame<'_> {
    /// The room of a box.
    fn lane(&self, item: usize) -> Rect {
        let left = self.lanes.left + self.lanes.width * item as f32;
        Rect::from_x_y_ranges(left..=left + self.lanes.width, self.plane.rect.y_range())
    }

    /// How far the box reaches across.
    fn body(&self, item: usize) -> Rangef {
        let lane = self.lane(item);
        let half = if self.boxes.is_violin {
            (lane.width() * 0.36).min(70.0)
        } else {
            (lane.width() * 0.24).min(44.0)
        };
        let middle = lane.center().x - self.aside();
        Rangef::new(middle - half, middle + half)
    }

    /// How far boxes stand to the left of the middle, to leave room for the marks of all players.
    fn aside(&self) -> f32 {
        if self.boxes.marks_all { (self.lanes.width * 0.12).min(18.0) } else { 0.0 }
    }

    /// Where the marks of players are across.
    fn marks(&self, item: usize) -> f32 {
        let body = self.body(item);
        if self.boxes.marks_all { body.max + 12.0 } else { body.center() }
    }

    fn y(&self, item: usize, number: f64) -> f32 {
        self.plane.y(self.boxes.items[item].placing.place(number))
    }

    /// The mark of a player in a box; `None` without a number.
    fn mark(&self, item: usize, row: u32) -> Option<Pos2> {
        let number = self.boxes.scene.view.number(row, self.boxes.items[item].column)?;
        let y = self.y(item, number);
        y.is_finite().then(|| pos2(self.marks(item), y))
    }
}
