//! How the numbers of a stat are spread: bins, a smooth curve, or shares that add up. Several stats
//! stand in cells of equal size, each with axes of its own.
//!
//! `cell.rs` works out what is drawn of a stat, `binned.rs` how many are in each bin, `smooth.rs` how
//! densely they stand, `paint.rs` draws it, `point.rs` has pointer and keys, `flags.rs` puts words at
//! lines so that none covers another.

mod binned;
mod cell;
mod flags;
mod paint;
mod point;
mod smooth;

use std::sync::Arc;

use egui::{Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{
    DrawState, Drawing, Given, Made, Output, Scene, SeriesSet, Told, Work,
    legend::legend_ui,
    meshed::Meshed,
    plane::{Plane, plane_ui},
    sight::Sight,
    tiles::Tiles,
};
use crate::{
    analysis::{
        Stopped,
        chart::{
            NO_GROUP,
            scatter::{Area, Point},
        },
    },
    model::Filter,
    ui::{theme::palette, widgets::spoken},
};
use binned::Binned;
use cell::{Cell, Plot, Source};

/// A cell is at least so large; where there is no room for that, they scroll.
const CELL: egui::Vec2 = egui::vec2(330.0, 170.0);
/// Below zero, for the marks of players.
const STRIP: f32 = 14.0;
/// From this height on, there are two rows of words above.
const TWO_ROWS_FROM: f32 = 320.0;
/// Below this size there is no chart, only its place.
const LEAST_SIZE: egui::Vec2 = egui::vec2(130.0, 60.0);

/// Distributions that were made.
#[derive(Debug)]
struct Distribution {
    scene: Scene,
    series: SeriesSet,
    /// For each row of the table the place of its series; [`NO_GROUP`] when it is not drawn.
    of_rows: Vec<u32>,
    cells: Arc<[Cell]>,
    told: Told,
}

/// What outlives a frame of each of several distributions.
#[derive(Debug, Default)]
pub(super) struct Kept {
    of: Option<Arc<[Cell]>>,
    cells: Vec<KeptCell>,
}

/// What outlives a frame of one of them.
#[derive(Debug, Default)]
struct KeptCell {
    /// Used where there are several: one alone is seen with the sight of its chart.
    sight: Sight,
    seen: Seen,
}

/// What is seen of a cell, kept until something else is in sight.
#[derive(Debug, Default)]
struct Seen {
    marks: Meshed<paint::Of>,
    finer: Option<Finer>,
}

/// The finer bins of a part that is zoomed to, and from where to where that is.
type Finer = ((f64, f64), Option<Binned>);

/// The bins that suit what is in sight: finer ones where a histogram is zoomed. The keyboard stays at
/// its place.
fn binned_in<'a>(
    kept: &'a mut Option<Finer>,
    plot: &'a Plot,
    zoomed: Option<(f64, f64)>,
    cursor: &mut Option<usize>,
) -> &'a Binned {
    if kept.as_ref().map(|(known, _)| *known) != zoomed {
        let place = cursor.map(|bin| suiting(kept.as_ref(), plot).edges(bin));
        *kept = zoomed.map(|ends| (ends, plot.finer(ends)));
        let middle = place.map(|(from, to)| from / 2.0 + to / 2.0);
        *cursor = middle.and_then(|middle| suiting(kept.as_ref(), plot).bins().bin_of(middle));
    }
    suiting(kept.as_ref(), plot)
}

fn suiting<'a>(kept: Option<&'a Finer>, plot: &'a Plot) -> &'a Binned {
    kept.and_then(|(_, finer)| finer.as_ref()).unwrap_or(&plot.binned)
}

impl Kept {
    /// To be called before these are drawn.
    fn attach(&mut self, cells: &Arc<[Cell]>) {
        if self.of.as_ref().is_none_or(|of| !Arc::ptr_eq(of, cells)) {
            self.of = Some(cells.clone());
            self.cells = cells.iter().map(|_| KeptCell::default()).collect();
        }
    }
}

pub(super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, hidden, .. } = work;
    let series = SeriesSet::of(scene, &chart.colour, chosen.colour);
    let shown = series.shown(|name| hidden.has(name));
    let source = Source { work, series: &series, shown: &shown };
    let cells = chosen.columns.iter().map(|column| Cell::make(&source, *column));
    let cells: Arc<[Cell]> = cells.collect::<Result<_, _>>()?;
    if cells.iter().all(|cell| cell.plot.is_err()) {
        let why = cells.iter().find_map(|cell| cell.plot.as_ref().err().cloned());
        return Ok(Made::Nothing(why.unwrap_or_default()));
    }
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    notes.extend(cells.iter().flat_map(|cell| cell.notes.clone()));
    let mut of_rows = vec![NO_GROUP; scene.view.table().rows().len()];
    for (row, of) in scene.rows().iter().zip(&shown) {
        of_rows[*row as usize] = *of;
    }
    let summaries: Vec<&str> = cells.iter().map(|cell| cell.summary.as_str()).collect();
    let summary = summaries.join("; ");
    let (columns, legend) = (chosen.columns.clone(), series.entries.clone());
    let (scene, told) = (scene.clone(), Told { summary, notes, columns, legend });
    Ok(Made::Chart(Arc::new(Distribution { scene, series, of_rows, cells, told })))
}

impl Drawing for Distribution {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        if !state.is_part {
            legend_ui(ui, &self.series.entries, &self.scene.shown_as, &mut state.hidden);
        }
        state.distributions.attach(&self.cells);
        let room = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(room);
        if self.cells.len() == 1 {
            let seen = &mut state.distributions.cells[0].seen;
            return self.cell_ui(ui, 0, room, (&mut state.sight, seen), &mut state.cell, given);
        }
        self.cells_ui(ui, room, state, given)
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        let names = self.series.entries.iter().map(|entry| entry.name.clone());
        let headings = ["stat", "from", "to"].map(str::to_owned).into_iter().chain(names).collect();
        let bins = self.cells.iter().flat_map(|cell| {
            let plot = cell.plot.as_ref().ok();
            plot.into_iter().flat_map(|plot| (0..plot.binned.len()).map(|bin| line(&cell.name, plot, bin)))
        });
        std::iter::once(headings).chain(bins).collect()
    }

    fn filters(&self, state: &DrawState) -> Vec<Filter> {
        let [Cell { column, plot: Ok(plot), .. }] = &self.cells[..] else { return Vec::new() };
        if !state.sight.is_zoomed() {
            return Vec::new();
        }
        let area = state.sight.area(plot.fit(plot.y.fit.1, 0.0));
        vec![self.scene.between(*column, plot.x.scale, (area.least.x, area.greatest.x))]
    }
}

/// A bin, to be copied.
fn line(name: &str, plot: &Plot, bin: usize) -> Vec<String> {
    let (from, to) = plot.binned.edges(bin);
    let ends = [from, to].map(|place| plot.x.scale.inverse(place).to_string());
    let counts = plot.binned.series().iter().map(|counts| counts.bins[bin].to_string());
    std::iter::once(name.to_owned()).chain(ends).chain(counts).collect()
}

/// A cell as it is drawn in a frame.
struct Frame<'a> {
    drawing: &'a Distribution,
    /// Which of the cells.
    number: usize,
    cell: &'a Cell,
    plot: &'a Plot,
    /// The bins that suit what is in sight.
    binned: &'a Binned,
    plane: Plane,
    /// How many rows of words are above the plane.
    rows: usize,
    given: &'a Given<'a>,
}

impl Frame<'_> {
    /// Where a player is.
    fn place(&self, row: u32) -> Option<f64> {
        let of = self.drawing.of_rows.get(row as usize)?;
        let number = self.drawing.scene.view.number(row, self.cell.column)?;
        let place = self.plot.x.scale.forward(number);
        (*of != NO_GROUP && place.is_finite()).then_some(place)
    }
}

impl Distribution {
    /// All cells, as many beside each other as there is room for.
    fn cells_ui(&self, ui: &mut Ui, room: Rect, state: &mut DrawState, given: &Given<'_>) -> Output {
        let tiles = Tiles::new(room.size(), self.cells.len(), CELL);
        let mut output = Output::default();
        let mut inner = ui.new_child(UiBuilder::new().max_rect(room).id_salt("distributions"));
        let kept = &mut state.distributions.cells;
        ScrollArea::vertical().auto_shrink(false).show_viewport(&mut inner, |ui, viewport| {
            ui.set_min_size(tiles.whole() - vec2(1.0, 1.0));
            let origin = ui.min_rect().min.to_vec2();
            for (number, KeptCell { sight, seen }) in kept.iter_mut().enumerate() {
                let rect = tiles.rect(number);
                if !rect.y_range().intersects(viewport.y_range()) {
                    continue;
                }
                let rect = rect.translate(origin);
                let done = self.cell_ui(ui, number, rect, (sight, seen), &mut state.cell, given);
                // The wheel scrolls here.
                sight.fit();
                output.join(done);
            }
        });
        output
    }

    fn cell_ui(
        &self,
        ui: &mut Ui,
        number: usize,
        room: Rect,
        (sight, kept): (&mut Sight, &mut Seen),
        cursor: &mut Option<super::cells::At>,
        given: &Given<'_>,
    ) -> Output {
        let cell = &self.cells[number];
        let mut output = Output::default();
        let response = ui.interact(room, ui.scope_id().with(("spread", number)), Sense::click_and_drag());
        spoken(&response, |node| {
            node.set_role(Role::Figure);
            node.set_label(cell.summary.clone());
        });
        if room.width() < LEAST_SIZE.x || room.height() < LEAST_SIZE.y {
            return output;
        }
        let plot = match &cell.plot {
            Ok(plot) => plot,
            Err(why) => {
                let why = RichText::new(why).color(palette(ui).muted);
                ui.put(room, egui::Label::new(why).wrap());
                return output;
            }
        };
        let rows = if room.height() < TWO_ROWS_FROM { 1 } else { 2 };
        let inner = room.with_min_y(room.top() + flags::ROW * rows as f32);
        let strip = f64::from(STRIP / inner.height());
        let seen = sight.area(plot.fit(plot.y.fit.1, strip));
        let mut at = cursor.filter(|at| at.0 == number).map(|at| at.1);
        let zoomed = sight.is_zoomed().then_some((seen.least.x, seen.greatest.x));
        let had_place = at.is_some();
        let Seen { marks, finer } = kept;
        let binned = binned_in(finer, plot, zoomed, &mut at);
        if had_place {
            *cursor = at.map(|bin| (number, bin));
        }
        let y = plot.axis_of(binned);
        let fit = plot.fit(y.fit.1, strip);
        // What is in sight upwards follows from the bins, however far it was zoomed across.
        let area = Area::between(
            Point { x: seen.least.x, y: fit.least.y },
            Point { x: seen.greatest.x, y: fit.greatest.y },
        );
        let plane = plane_ui(ui, &mut sight.labels, inner, (&plot.x, y), area);
        let frame = Frame { drawing: self, number, cell, plot, binned, plane, rows, given };
        let mut bin = None;
        if !given.is_picture {
            frame.take_keys(ui, cursor, &response, &mut output);
            let marked = sight.take(ui, &response, &plane, fit, (true, false));
            bin = frame.point(ui, &response, cursor, marked, &mut output);
        }
        let at = cursor.filter(|at| response.has_focus() && at.0 == number).map(|at| at.1);
        paint::paint(ui, &frame, marks, bin, at);
        if response.has_focus() && at.is_none() {
            paint::focus(ui, room);
        }
        sight.paint(ui, &plane);
        output
    }
}
