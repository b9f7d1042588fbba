//! Players as marks where two stats meet. A million of them are drawn as what the screen can show of
//! them; each is still pointed at, one by one, when zoomed in.

mod paint;

use std::sync::Arc;

use egui::{EventFilter, Key, Modifiers, Response, Role, Sense, Ui};

use super::{
    Chosen, DrawState, Drawing, Given, Hidden, Made, Output, Scene, SeriesSet,
    axis::{Axis, left_out, missing},
    legend::legend_ui,
    plane::{Plane, plane_ui},
    sight::Marked,
    tip,
};
use crate::{
    analysis::{
        Stop, Stopped,
        chart::{
            Groups, NO_GROUP,
            correlation::{Method, correlation},
            scatter::{Area, Cloud, Point},
            trend::{TrendLine, trend_line},
        },
        display,
    },
    model::{Chart, Filter, Number, Test},
    ui::widgets::spoken,
};

/// How near to a mark the pointer must be, in points.
const REACH: f64 = 9.0;
/// Below this size there is no chart, only its place.
const LEAST_SIZE: egui::Vec2 = egui::vec2(130.0, 60.0);

/// A scatter that was made.
#[derive(Debug)]
struct Scatter {
    scene: Scene,
    /// The columns that the tooltip tells.
    columns: Vec<usize>,
    fields: [usize; 2],
    x: Axis,
    y: Axis,
    series: SeriesSet,
    cloud: Cloud,
    /// For each row of the scene its place on both axes; NaN for none.
    places: [Vec<f64>; 2],
    /// The rows of the scene that have a mark, from left to right.
    in_order: Vec<u32>,
    trend: Option<TrendLine>,
    summary: String,
    notes: Vec<String>,
}

pub(super) fn make(
    scene: &Scene,
    chart: &Chart,
    chosen: &Chosen,
    hidden: &Hidden,
    stop: &Stop,
) -> Result<Made, Stopped> {
    let (Some(across), Some(up)) = (chosen.x, chosen.y) else {
        return Ok(Made::Nothing("A scatter needs two stats that hold numbers.".into()));
    };
    let numbers = [across, up].map(|column| scene.numbers(column));
    let x = Axis::of_column(scene, across, chart.x_scale, &numbers[0]);
    let y = Axis::of_column(scene, up, chart.y_scale, &numbers[1]);
    stop.check()?;
    let series = SeriesSet::of(scene, &chart.colour, chosen.colour);
    let placed = [x.scale.apply(&numbers[0]), y.scale.apply(&numbers[1])];
    let mut notes: Vec<String> = [
        missing(&x.name, placed[0].missing),
        left_out(&x.name, placed[0].left_out),
        missing(&y.name, placed[1].missing),
        left_out(&y.name, placed[1].left_out),
    ]
    .into_iter()
    .flatten()
    .collect();
    let [mut xs, ys] = placed.map(|placed| placed.places);
    let shown = series.shown(|name| hidden.has(name));
    for (x, of) in xs.iter_mut().zip(&shown) {
        if *of == NO_GROUP {
            *x = f64::NAN;
        }
    }
    let cloud = Cloud::new(&xs, &ys, Groups::new(&shown, series.entries.len()), stop)?;
    if cloud.count() == 0 {
        let why = if notes.is_empty() {
            "All series are hidden: show one in the legend".into()
        } else {
            notes.join(". ")
        };
        if hidden.is_empty() {
            return Ok(Made::Nothing(format!("No player has a number of both stats. {why}.")));
        }
        notes.push(why);
    }
    let mut in_order: Vec<u32> = (0..xs.len() as u32)
        .filter(|row| xs[*row as usize].is_finite() && ys[*row as usize].is_finite())
        .collect();
    in_order.sort_by(|one, other| xs[*one as usize].total_cmp(&xs[*other as usize]));
    let r = correlation(&xs, &ys, Method::Pearson, stop)?.r;
    let trend = if chart.scatter.trend { trend_line(&xs, &ys) } else { None };
    let together = r.map(|r| format!(", r = {r:.2}")).unwrap_or_default();
    let summary = format!("Scatter of {} over {} for {}{together}", y.name, x.name, players(cloud.count()));
    let columns = [Some(across), Some(up), chosen.size, chosen.colour].into_iter().flatten().collect();
    Ok(Made::Chart(Arc::new(Scatter {
        scene: scene.clone(),
        columns,
        fields: [across, up],
        x,
        y,
        series,
        cloud,
        places: [xs, ys],
        in_order,
        trend,
        summary,
        notes,
    })))
}

fn players(count: usize) -> String {
    format!("{} {}", display::count(count), if count == 1 { "player" } else { "players" })
}

impl Drawing for Scatter {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        let mut output = Output::default();
        legend_ui(ui, &self.series.entries, &self.scene.shown_as, &mut state.hidden);
        let room = ui.available_rect_before_wrap();
        let response = ui.interact(room, ui.scope_id().with("scatter"), Sense::click_and_drag());
        spoken(&response, |node| {
            node.set_role(Role::Figure);
            node.set_label(self.summary.clone());
        });
        ui.advance_cursor_after_rect(room);
        if room.width() < LEAST_SIZE.x || room.height() < LEAST_SIZE.y {
            return output;
        }
        let fit = self.fit();
        let area = state.sight.area(fit);
        let plane = plane_ui(ui, &mut state.sight.labels, room, (&self.x, &self.y), area);
        if !given.is_picture {
            self.take_keys(ui, state, &response, &mut output);
            let marked = state.sight.take(ui, &response, &plane, fit, (true, true));
            output.marked = marked.map(|marked| {
                let rows = match &marked {
                    Marked::Area(area) => self.cloud.in_area(area),
                    Marked::Lasso(corners) => self.cloud.in_lasso(corners),
                };
                (self.rows(&rows), ui.input(|input| input.modifiers.command || input.modifiers.shift))
            });
            self.point(ui, state, given, &response, &plane, &mut output);
        }
        paint::marks(ui, self, state, given, &plane);
        state.sight.paint(ui, &plane);
        output
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn data(&self) -> Vec<Vec<String>> {
        self.scene.data(self.scene.rows(), &self.columns)
    }

    fn columns(&self) -> &[usize] {
        &self.columns
    }

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        if !state.sight.is_zoomed() {
            return Vec::new();
        }
        let area = state.sight.area(self.fit());
        let range = |column: usize, axis: &Axis, from: f64, to: f64| {
            let field = self.scene.view.all_columns()[column].field.clone();
            let number = |place: f64| Number::Real(axis.scale.inverse(place));
            Filter::Column(field, Test::Between(number(from), number(to)))
        };
        let (least, greatest) = (area.least, area.greatest);
        vec![
            range(self.fields[0], &self.x, least.x, greatest.x),
            range(self.fields[1], &self.y, least.y, greatest.y),
        ]
    }
}

impl Scatter {
    fn fit(&self) -> Area {
        let (x, y) = (self.x.fit, self.y.fit);
        Area::between(Point { x: x.0, y: y.0 }, Point { x: x.1, y: y.1 })
    }

    /// The rows of the table that rows of the scene are.
    fn rows(&self, rows: &[u32]) -> Vec<u32> {
        rows.iter().map(|row| self.scene.rows()[*row as usize]).collect()
    }

    /// Where a row of the table is; `None` when it has no mark.
    fn at(&self, row: u32) -> Option<Point> {
        let index = self.scene.index(row)?;
        let [x, y] = [self.places[0][index], self.places[1][index]];
        (x.is_finite() && y.is_finite()).then_some(Point { x, y })
    }

    /// What is below the pointer, and what was clicked there.
    fn point(
        &self,
        ui: &Ui,
        state: &DrawState,
        given: &Given<'_>,
        response: &Response,
        plane: &Plane,
        output: &mut Output,
    ) {
        let at = response.hover_pos().filter(|at| plane.rect.contains(*at) && !response.dragged());
        let near = at.and_then(|at| self.cloud.nearest(plane.place(at), &plane.window(), REACH));
        let row = near.map(|near| self.scene.rows()[near.row as usize]);
        output.hovered = row.or(state.cursor.filter(|_| response.has_focus()));
        if let Some(row) = row {
            tip::player_tip(response.clone(), given, &self.scene, row, &self.columns);
        }
        if response.clicked() {
            response.request_focus();
            match row {
                Some(row) => output.clicked = Some((row, ui.input(|input| input.modifiers))),
                None => output.escaped = true,
            }
        }
    }

    /// Moves from mark to mark with the arrows, selects with Enter or Space.
    fn take_keys(&self, ui: &Ui, state: &mut DrawState, response: &Response, output: &mut Output) {
        if !response.has_focus() {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, escape: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let index = state.cursor.and_then(|row| self.scene.index(row));
        let at = index.and_then(|index| self.in_order.iter().position(|other| *other as usize == index));
        let last = self.in_order.len().saturating_sub(1);
        let to = if pressed(Key::ArrowRight) {
            Some(at.map_or(0, |at| (at + 1).min(last)))
        } else if pressed(Key::ArrowLeft) {
            Some(at.map_or(0, |at| at.saturating_sub(1)))
        } else {
            None
        };
        if let Some(index) = to.and_then(|to| self.in_order.get(to)) {
            state.cursor = Some(self.scene.rows()[*index as usize]);
        }
        if let Some(row) = state.cursor.filter(|_| pressed(Key::Enter) || pressed(Key::Space)) {
            output.clicked = Some((row, Modifiers::NONE));
        }
        output.escaped = pressed(Key::Escape);
    }
}
