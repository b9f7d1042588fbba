//! Players as marks where two stats meet. A million of them are drawn as what the screen can show of
//! them; each is still pointed at, one by one, when zoomed in.
//!
//! `make.rs` works out a [`Scatter`] from a scene; `kept.rs` what of it a frame shows, kept until
//! that is to be something else, `layer.rs` and `drawn.rs` its marks; `paint.rs`, `sheet.rs`,
//! `raster.rs` and `stamp.rs` turn marks into shapes and pixels; `hands.rs` takes what pointer,
//! keyboard and screen reader do. Parts of it are `dots.rs` (who is where), `density.rs` (how many
//! are where), `sizes.rs` (areas that tell a third stat), `margins.rs` (distributions at the edges),
//! `named.rs` (who is named), `names.rs` (where names stand) and `together.rs` (how closely both stats go
//! together). What the screen can show of very many points is found by `analysis::chart::scatter`.

mod density;
mod dots;
mod drawn;
mod hands;
mod kept;
mod layer;
mod make;
mod margins;
mod named;
mod names;
mod paint;
mod raster;
mod sheet;
mod sizes;
mod stamp;
mod together;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, UiBuilder, Vec2, pos2, vec2};

pub(super) use kept::Kept;
pub(super) use make::make;

use super::{
    DrawState, Drawing, Given, Output, RowSet, Scene, SeriesSet, Told,
    axis::Axis,
    legend::legend_ui,
    plane::{Plane, plane_ui},
    series::Entry,
};
use crate::{
    analysis::chart::{
        NO_GROUP,
        scatter::{Area, Cloud, Point, Single},
        trend::TrendLine,
    },
    model::Filter,
};
use dots::Dots;
use kept::Around;
use margins::Margins;
use sizes::Sizes;

/// Below this size there is no chart, only its place.
const LEAST_SIZE: Vec2 = vec2(130.0, 60.0);
/// Below this size edges have no room.
const LEAST_WITH_MARGINS: Vec2 = vec2(260.0, 160.0);

/// A scatter that was made.
#[derive(Debug)]
struct Scatter {
    /// Another one with each that is made: what is kept from frame to frame is of one.
    id: Arc<()>,
    scene: Scene,
    /// Those of both axes.
    fields: [usize; 2],
    x: Axis,
    y: Axis,
    series: SeriesSet,
    /// Whether the series are groups of players.
    is_by_group: bool,
    cloud: Cloud,
    dots: Dots,
    sizes: Option<Sizes>,
    margins: Option<Margins>,
    /// The line, and what is said beside it.
    trend: Option<(TrendLine, Option<String>)>,
    /// Whether names stand beside marks, where there is room.
    names: bool,
    /// What is in sight before anybody zoomed, where that is not all.
    first: Option<Area>,
    told: Told,
}

impl Drawing for Scatter {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        let mut kept = std::mem::take(&mut state.scatter);
        self.legend_ui(ui, state, &kept);
        let room = ui.available_rect_before_wrap();
        let response = ui.interact(room, ui.scope_id().with("scatter"), Sense::click_and_drag());
        ui.advance_cursor_after_rect(room);
        let is_heard = self.tell_whole(&response, state.cursor);
        let mut output = Output::default();
        if room.width() >= LEAST_SIZE.x && room.height() >= LEAST_SIZE.y {
            if state.sight.set_first(self.first) {
                ui.ctx().request_repaint();
            }
            let plane = self.plane_ui(ui, state, room);
            if !given.is_picture {
                output = self.take(ui, state, given, &response, &plane);
            }
            let is_first = state.sight.is_first();
            let margins = self.margins_in(room);
            let around = Around { labels: &state.sight.labels, margins, is_first };
            kept.refresh(ui, self, &plane, &around, given);
            if is_heard && !given.is_picture {
                hands::tell_marks(ui, &kept, &plane, margins, &mut output);
            }
            let hovered = output.hovered.or(given.hovered);
            kept.paint(ui, &plane, hovered);
            self.paint_pointed(ui, &kept, &plane, [given.pinned, hovered]);
            state.sight.paint(ui, &plane);
        }
        state.scatter = kept;
        output
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        let mut lines = self.scene.data(self.scene.rows(), &self.told.columns);
        let (headings, lines_of_players) = lines.split_at_mut(1);
        for line in headings {
            line.splice(
                1..1,
                ["xuid"].into_iter().chain(self.is_by_group.then_some("group")).map(Into::into),
            );
        }
        let players = self.scene.rows().iter().zip(self.series.of.iter());
        for (line, (row, of)) in lines_of_players.iter_mut().zip(players) {
            let group = self.is_by_group.then(|| self.series.entries[*of as usize].name.clone());
            line.splice(1..1, std::iter::once(self.scene.xuid(*row)).chain(group));
        }
        lines
    }

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        if !state.sight.is_zoomed() {
            return Vec::new();
        }
        let area = state.sight.area(self.fit());
        let (least, greatest) = (area.least, area.greatest);
        vec![
            self.scene.between(self.fields[0], self.x.scale, (least.x, greatest.x)),
            self.scene.between(self.fields[1], self.y.scale, (least.y, greatest.y)),
        ]
    }
}

impl Scatter {
    fn fit(&self) -> Area {
        let (x, y) = (self.x.fit, self.y.fit);
        Area::between(Point { x: x.0, y: y.0 }, Point { x: x.1, y: y.1 })
    }

    /// The series, and what sizes mean.
    fn legend_ui(&self, ui: &mut Ui, state: &mut DrawState, kept: &Kept) {
        if state.is_part && self.sizes.is_none() {
            return;
        }
        let (entries, shown_as): (&[Entry], &str) =
            if state.is_part { (&[], "") } else { (&self.series.entries, &self.scene.shown_as) };
        let Some(sizes) = &self.sizes else { return legend_ui(ui, entries, shown_as, &mut state.hidden) };
        let line = ui.available_rect_before_wrap();
        let end = line.left() + sizes::beside(line, sizes.note_width(ui));
        let legend = Rect::from_min_max(line.min, pos2(end, line.bottom()));
        let beside = Rect::from_min_max(pos2(end, line.top()), line.max);
        let largest = Self::largest(kept.across_few());
        let mut legend = ui.new_child(UiBuilder::new().max_rect(legend));
        legend_ui(&mut legend, entries, shown_as, &mut state.hidden);
        let mut beside = ui.new_child(UiBuilder::new().max_rect(beside));
        beside.set_clip_rect(beside.clip_rect().intersect(line));
        sizes.note_ui(&mut beside, largest);
        let line = if state.is_part { beside.min_rect() } else { legend.min_rect() };
        ui.advance_cursor_after_rect(line);
    }

    /// The marks of some rows of the table.
    fn marks_of(&self, rows: &RowSet) -> Vec<Single> {
        let rest = self.series.rest();
        let group = |index: u32| Some(self.series.of[index as usize]).filter(|of| Some(*of) != rest);
        let dots = self.dots.of_rows(rows);
        dots.map(|dot| Single { at: dot.at, row: dot.index, group: group(dot.index).unwrap_or(NO_GROUP) })
            .collect()
    }

    /// What stands at the edges, where there is room for it.
    fn margins_in(&self, room: Rect) -> Option<&Margins> {
        self.margins.as_ref().filter(|_| room.size().min(LEAST_WITH_MARGINS) == LEAST_WITH_MARGINS)
    }

    /// The axes, with room for what stands at the edges.
    fn plane_ui(&self, ui: &Ui, state: &mut DrawState, mut room: Rect) -> Plane {
        if self.margins_in(room).is_some() {
            room.min.y += margins::DEPTH;
            room.max.x -= margins::DEPTH;
        }
        let area = state.sight.area(self.fit());
        plane_ui(ui, &mut state.sight.labels, room, (&self.x, &self.y), area)
    }
}
