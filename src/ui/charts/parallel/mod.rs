//! A line for each player over several axes, one a stat. Dragging along an axis marks out a part of it:
//! the players within all such parts are selected.
//!
//! `lines.rs` draws the lines: each player's own, or bundles of them where there are too many.

mod lines;

use std::sync::Arc;

use egui::{CursorIcon, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

pub(super) use lines::Kept;

use super::{
    DrawState, Drawing, Given, Made, Output, Scene, SeriesSet, Told, Work,
    axis::Axis,
    keys,
    legend::legend_ui,
    notes::{left_out, missing, players},
    tip,
};
use crate::{
    analysis::{
        Stopped,
        chart::{NO_GROUP, scale::Scale},
    },
    model::{Filter, Number, Test},
    ui::{
        theme::{self, palette},
        widgets::{elided, spoken},
    },
};

/// Between two axes at least; nearer, they scroll.
const LEAST_GAP: f32 = 90.0;
/// Beside the first and the last axis, for half of their names.
const ASIDE: f32 = 60.0;
/// Above and below the axes, for names and ends.
const ABOVE: f32 = 40.0;
const BELOW: f32 = 24.0;
/// How near to an axis a drag begins that marks out a part of it, and to a line to be on it.
const AXIS_REACH: f32 = 14.0;
const LINE_REACH: f32 = 8.0;
/// A part of an axis as short as this is none.
const LEAST_PART: f32 = 4.0;
/// A number that was turned into a place and back is off by less than this part of it.
const ROUNDED: f64 = 1e-12;

/// A part of an axis that was marked out: the axis, and its ends as shares of the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Brush {
    axis: usize,
    from: f32,
    to: f32,
}

#[derive(Debug)]
struct Parallel {
    scene: Scene,
    axes: Vec<Axis>,
    /// For each axis and each row of the scene where its number is, from 0 to 1; NaN for none.
    shares: Vec<Vec<f32>>,
    series: SeriesSet,
    lines: lines::Lines,
    told: Told,
}

pub(super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, hidden, stop } = work;
    let columns = chosen.columns.clone();
    if columns.len() < 2 {
        let why = "Parallel axes need two stats that hold numbers. Choose another one.";
        return Ok(Made::Nothing(why.into()));
    }
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    let (mut axes, mut shares) = (Vec::new(), Vec::new());
    for column in &columns {
        stop.check()?;
        let numbers = scene.numbers(*column);
        let of_column = Axis::of_ends(scene, *column, chart.y_scale, &numbers);
        let placed = of_column.scale.apply(&numbers);
        notes.extend(missing(scene, *column, scene.rows()));
        notes.extend(left_out(&of_column.name, placed.left_out));
        let (from, to) = of_column.fit;
        let share = |place: &f64| ((place / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)) as f32;
        shares.push(placed.places.iter().map(share).collect::<Vec<f32>>());
        axes.push(of_column);
    }
    let series = SeriesSet::of(scene, &chart.colour, chosen.colour);
    let shown = series.shown(|name| hidden.has(name));
    let lines = lines::Lines::of(&shares, &shown, series.entries.len());
    let count = shown.iter().filter(|of| **of != NO_GROUP).count();
    let names: Vec<&str> = axes.iter().map(|axis| axis.name.as_str()).collect();
    let summary = format!("Parallel axes of {} for {}", names.join(", "), players(count));
    let told = Told { summary, notes, columns, legend: series.entries.clone() };
    Ok(Made::Chart(Arc::new(Parallel { scene: scene.clone(), axes, shares, series, lines, told })))
}

impl Drawing for Parallel {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        if !state.is_part {
            legend_ui(ui, &self.series.entries, &self.scene.shown_as, &mut state.hidden);
        }
        let room = ui.available_rect_before_wrap();
        let gap = ((room.width() - 2.0 * ASIDE) / (self.axes.len() - 1) as f32).max(LEAST_GAP);
        let width = gap * (self.axes.len() - 1) as f32 + 2.0 * ASIDE;
        let scroll = egui::ScrollArea::horizontal().auto_shrink(false);
        scroll
            .show(ui, |ui| {
                let size = vec2(width.max(room.width()), room.height() - 10.0);
                let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
                spoken(&response, |node| {
                    node.set_role(Role::Figure);
                    node.set_label(self.told.summary.clone());
                });
                let plot = Rect::from_min_max(rect.min + vec2(ASIDE, ABOVE), rect.max - vec2(ASIDE, BELOW));
                let place = Place { plot, gap };
                let mut output = Output::default();
                if plot.height() > 20.0 {
                    if !given.is_picture {
                        self.brush(ui, state, &response, place, &mut output);
                        self.take_keys(ui, state, &response, &mut output);
                        self.point(ui, state, given, &response, place, &mut output);
                    }
                    self.paint(ui, state, given, place);
                }
                output
            })
            .inner
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        self.scene.data(self.scene.rows(), &self.told.columns)
    }

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        let filter = |brush: &Brush| {
            let field = self.scene.field(self.told.columns[brush.axis]);
            let axis = &self.axes[brush.axis];
            Filter::Column(field, Test::Between(number_at(axis, brush.from), number_at(axis, brush.to)))
        };
        state.brushes.iter().map(filter).collect()
    }
}

/// The number at a share of an axis. At its ends it leaves nobody out who stands there.
fn number_at(axis: &Axis, share: f32) -> Number {
    let (from, to) = axis.fit;
    let rounded = if axis.scale == Scale::Linear { 0.0 } else { ROUNDED };
    let end = |place: f64, outwards: f64| {
        let number = axis.scale.inverse(place);
        number + number.abs() * rounded * outwards
    };
    Number::Real(match share {
        ..=0.0 => end(from, -1.0),
        1.0.. => end(to, 1.0),
        _ => axis.scale.inverse(from + (to / 2.0 - from / 2.0) * 2.0 * f64::from(share)),
    })
}

/// Where the axes are.
#[derive(Clone, Copy)]
struct Place {
    plot: Rect,
    gap: f32,
}

impl Place {
    fn x(self, axis: usize) -> f32 {
        self.plot.left() + axis as f32 * self.gap
    }

    fn y(self, share: f32) -> f32 {
        self.plot.bottom() - share * self.plot.height()
    }

    fn share(self, y: f32) -> f32 {
        ((self.plot.bottom() - y) / self.plot.height()).clamp(0.0, 1.0)
    }
}

impl Parallel {
    /// The axis that a position is near to.
    fn axis_at(&self, place: Place, x: f32) -> Option<usize> {
        let axis = ((x - place.plot.left()) / place.gap).round();
        let is_axis = axis >= 0.0 && (axis as usize) < self.axes.len();
        let is_near = (place.x(axis.max(0.0) as usize) - x).abs() <= AXIS_REACH;
        (is_axis && is_near).then_some(axis as usize)
    }

    /// Marks out a part of an axis while it is dragged; a double click on an axis takes its part away.
    fn brush(&self, ui: &Ui, state: &mut DrawState, response: &Response, place: Place, output: &mut Output) {
        let pressed = ui.input(|input| input.pointer.press_origin());
        let axis = |x: f32| self.axis_at(place, x);
        if response.hover_pos().is_some_and(|at| axis(at.x).is_some()) {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
        }
        if let (true, Some(from), Some(at)) = (response.dragged(), pressed, response.interact_pointer_pos())
            && let Some(axis) = axis(from.x)
        {
            let (one, other) = (place.share(from.y), place.share(at.y));
            state.brushes.retain(|brush| brush.axis != axis);
            if (from.y - at.y).abs() >= LEAST_PART {
                state.brushes.push(Brush { axis, from: one.min(other), to: one.max(other) });
            }
        }
        if response.double_clicked()
            && let Some(axis) = response.interact_pointer_pos().and_then(|at| axis(at.x))
        {
            state.brushes.retain(|brush| brush.axis != axis);
            output.marked = Some((self.within(&state.brushes), false));
        }
        if response.drag_stopped() {
            output.marked = Some((self.within(&state.brushes), false));
        }
    }

    /// The rows of the table that are within all parts; none without any.
    fn within(&self, brushes: &[Brush]) -> Vec<u32> {
        if brushes.is_empty() {
            return Vec::new();
        }
        let is_within = |index: usize| {
            let holds = |brush: &Brush| (brush.from..=brush.to).contains(&self.shares[brush.axis][index]);
            self.lines.is_shown(index) && brushes.iter().all(holds)
        };
        let rows = self.scene.rows().iter().enumerate();
        rows.filter(|(index, _)| is_within(*index)).map(|(_, row)| *row).collect()
    }

    /// Goes from player to player with up and down, in the order of the grid.
    fn take_keys(&self, ui: &Ui, state: &mut DrawState, response: &Response, output: &mut Output) {
        if !response.has_focus() {
            return;
        }
        keys::hold(ui, response.id, &keys::DOWN);
        let rows = self.scene.rows();
        let at = state.cursor.and_then(|row| self.scene.index(row));
        if let Some(to) = keys::walked(ui, at, rows.len(), keys::DOWN) {
            state.cursor = Some(rows[to]);
        }
        output.hovered = state.cursor;
        output.clicked = state.cursor.and_then(|row| Some((row, keys::chosen(ui)?)));
        output.escaped = keys::is_pressed(ui, Key::Escape);
        if output.escaped {
            state.brushes.clear();
        }
    }

    /// Who is below the pointer, and who was clicked.
    fn point(
        &self,
        ui: &Ui,
        state: &DrawState,
        given: &Given<'_>,
        response: &Response,
        place: Place,
        output: &mut Output,
    ) {
        let at =
            response.hover_pos().filter(|at| place.plot.expand(4.0).contains(*at) && !response.dragged());
        let near = at.and_then(|at| {
            let along = ((at.x - place.plot.left()) / place.gap).clamp(0.0, (self.axes.len() - 1) as f32);
            let left = (along.floor() as usize).min(self.axes.len() - 2);
            let reach = LINE_REACH / place.plot.height();
            let part = along - left as f32;
            self.lines.nearest(&self.shares[left], &self.shares[left + 1], part, place.share(at.y), reach)
        });
        let row = near.map(|index| self.scene.rows()[index]);
        output.hovered = row.or(output.hovered);
        if let Some(row) = row {
            tip::player_tip(response.clone(), given, &self.scene, row, &self.told.columns);
        }
        if response.clicked() {
            response.request_focus();
            match row {
                Some(row) => output.clicked = Some((row, ui.input(|input| input.modifiers))),
                None if state.brushes.is_empty() => output.escaped = true,
                None => {}
            }
        }
    }

    fn paint(&self, ui: &Ui, state: &mut DrawState, given: &Given<'_>, place: Place) {
        let colors = palette(ui);
        let light = !ui.visuals().dark_mode;
        let of_series: Vec<_> = self.series.entries.iter().map(|entry| entry.color(light)).collect();
        let dims = given.selected.count() > 0;
        self.lines.paint(ui, &mut state.lines, place, &self.shares, &of_series, dims);
        let line = |index: usize, stroke: Stroke| lines::line(ui, place, &self.shares, index, stroke);
        if dims && given.selected.count() <= lines::MOST_SINGLE {
            for index in given.selected.rows().filter_map(|row| self.scene.index(row)) {
                line(index, Stroke::new(1.5, self.lines.color(index, &of_series, colors.muted)));
            }
        }
        for (row, color) in [(given.pinned, colors.accent), (given.hovered, colors.text)] {
            if let Some(index) = row.and_then(|row| self.scene.index(row)) {
                line(index, Stroke::new(2.5, color));
            }
        }
        for (place_of, axis) in self.axes.iter().enumerate() {
            paint_axis(ui, axis, place_of, place);
        }
        for brush in &state.brushes {
            let x = place.x(brush.axis);
            let rect =
                Rect::from_min_max(pos2(x - 6.0, place.y(brush.to)), pos2(x + 6.0, place.y(brush.from)));
            let fill = colors.accent.gamma_multiply(0.25);
            ui.painter().rect(rect, 2, fill, (1.0, colors.accent), StrokeKind::Inside);
        }
    }
}

fn paint_axis(ui: &Ui, axis: &Axis, number: usize, place: Place) {
    let colors = palette(ui);
    let x = place.x(number);
    ui.painter().vline(x, place.plot.y_range(), Stroke::new(1.0, colors.muted));
    let centred = |text: &str, y: f32, color| {
        let job = egui::text::LayoutJob::simple_singleline(text.to_owned(), theme::small(), color);
        let galley = elided(ui, job, place.gap - 10.0);
        ui.painter().galley(pos2(x - galley.size().x / 2.0, y), galley, color);
    };
    centred(&axis.name, place.plot.top() - ABOVE + 4.0, colors.text);
    let [from, to] = [axis.fit.0, axis.fit.1].map(|end| axis.scale.inverse(end));
    centred(&axis.write(to), place.plot.top() - 18.0, colors.muted);
    centred(&axis.write(from), place.plot.bottom() + 4.0, colors.muted);
}
