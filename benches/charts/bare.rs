//! What bare `egui_plot` draws of the same numbers: what it offers for each kind of chart, given anew
//! each frame, as it wants to be.

use std::time::Duration;

use egui::{Context, Rect, Ui, UiBuilder, Vec2, vec2};
use egui_plot::{
    Bar, BarChart, BoxElem, BoxPlot, BoxSpread, Heatmap, Line, Plot, PlotPoint, PlotPoints, PlotUi, Points,
    Polygon,
};

use statlens::analysis::{
    Stop,
    chart::Groups,
    chart::histogram::{bins, histogram},
};

use crate::{Done, SIZE, frame_of, numbers::number};

/// Several plots stand so many beside each other.
const ACROSS: usize = 4;

/// A plot alone in a window, or several.
pub(crate) struct Bare {
    ctx: Context,
    drawn: Drawn,
}

/// What is drawn.
pub(crate) enum Drawn {
    Points(Vec<PlotPoint>),
    Bars(Vec<Bar>),
    /// For each plot the bars of each group.
    Bins(Vec<Vec<Vec<Bar>>>),
    Boxes(Vec<BoxElem>),
    Polygon(Vec<PlotPoint>),
    /// The cells row by row, and how many stand beside each other.
    Cells(Vec<f64>, usize),
    Lines(Vec<Vec<PlotPoint>>),
}

impl Drawn {
    pub(crate) fn points(count: usize) -> Self {
        Self::Points((0..count).map(|row| PlotPoint::new(number(row, 0), number(row, 1))).collect())
    }

    pub(crate) fn bars(count: usize) -> Self {
        Self::Bars((0..count).map(|row| Bar::new(row as f64, number(row, 0))).collect())
    }

    /// How many players of each group are in each bin, a plot a stat.
    pub(crate) fn bins(count: usize, stats: usize, groups: usize) -> Self {
        let of_rows: Vec<u32> = (0..count).map(|row| (row % groups) as u32).collect();
        let plot = |stat: usize| {
            let numbers: Vec<f64> = (0..count).map(|row| number(row, stat)).collect();
            let bins = bins(&numbers, &Stop::default()).expect("nobody stops it").expect("there are numbers");
            let groups = Groups::new(&of_rows, groups);
            let counted = histogram(&numbers, groups, bins, &Stop::default()).expect("nobody stops it");
            let edges = counted.bins.edges();
            let bar = |(bin, count): (usize, &u32)| {
                let (from, to) = (edges[bin], edges[bin + 1]);
                Bar::new(f64::midpoint(from, to), f64::from(*count)).width(to - from)
            };
            counted.groups.iter().map(|counts| counts.bins.iter().enumerate().map(bar).collect()).collect()
        };
        Self::Bins((0..stats).map(plot).collect())
    }

    pub(crate) fn boxes(count: usize) -> Self {
        let one = |row: usize| {
            let mut five = [0, 1, 2, 3, 4].map(|stat| number(row, stat));
            five.sort_by(f64::total_cmp);
            let [lower_whisker, lower, median, upper, upper_whisker] = five;
            let spread = BoxSpread::new(lower_whisker, lower, median, upper, upper_whisker);
            BoxElem::new(row as f64, spread).box_width(0.5)
        };
        Self::Boxes((0..count).map(one).collect())
    }

    /// A closed shape around a middle.
    pub(crate) fn polygon(count: usize) -> Self {
        let corner = |row: usize| {
            let way = row as f64 / count as f64 * std::f64::consts::TAU;
            let away = 1.0 + number(row, 0) / 1_000_000.0;
            PlotPoint::new(way.cos() * away, way.sin() * away)
        };
        Self::Polygon((0..count).map(corner).collect())
    }

    pub(crate) fn cells(columns: usize, rows: usize) -> Self {
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| number(row, column)));
        Self::Cells(cells.collect(), columns)
    }

    pub(crate) fn lines(count: usize, points: usize) -> Self {
        let line =
            |row: usize| (0..points).map(|stat| PlotPoint::new(stat as f64, number(row, stat))).collect();
        Self::Lines((0..count).map(line).collect())
    }

    /// How many plots it takes.
    fn plots(&self) -> usize {
        if let Self::Bins(plots) = self { plots.len() } else { 1 }
    }

    fn show<'a>(&'a self, number: usize, plot: &mut PlotUi<'a>) {
        match self {
            Self::Points(points) => {
                plot.points(Points::new("players", PlotPoints::Borrowed(points)).radius(2.5));
            }
            Self::Bins(plots) => {
                for bars in &plots[number] {
                    plot.bar_chart(BarChart::new("players", bars.clone()));
                }
            }
            Self::Bars(bars) => plot.bar_chart(BarChart::new("players", bars.clone())),
            Self::Boxes(boxes) => plot.box_plot(BoxPlot::new("players", boxes.clone())),
            Self::Polygon(points) => {
                plot.polygon(Polygon::new("players", PlotPoints::Borrowed(points)));
            }
            Self::Cells(cells, columns) => plot.heatmap(Heatmap::new(cells.clone(), *columns)),
            Self::Lines(lines) => {
                for line in lines {
                    plot.line(Line::new("player", PlotPoints::Borrowed(line)));
                }
            }
        }
    }
}

impl Bare {
    pub(crate) fn new(drawn: Drawn) -> Self {
        Self { ctx: Context::default(), drawn }
    }

    pub(crate) fn frame(&mut self, frame: usize, done: &Done) -> Duration {
        let drawn = &self.drawn;
        let across = drawn.plots().min(ACROSS);
        let down = drawn.plots().div_ceil(across);
        let shown = frame_of(&self.ctx, frame, &done.events, |ui| {
            let room = ui.max_rect();
            let size = room.size() / vec2(across as f32, down as f32);
            for number in 0..drawn.plots() {
                let at = vec2((number % across) as f32, (number / across) as f32) * size;
                let rect = Rect::from_min_size(room.min + at, size);
                ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| plot_ui(ui, drawn, number, done));
            }
        });
        shown.took
    }
}

fn plot_ui(ui: &mut Ui, drawn: &Drawn, number: usize, done: &Done) {
    let plot = Plot::new(("bare", number)).allow_drag(false).allow_zoom(false).allow_scroll(false);
    plot.show(ui, |plot| {
        if done.moves != Vec2::ZERO || done.zooms != 1.0 {
            let bounds = plot.plot_bounds();
            let by = vec2(-done.moves.x, done.moves.y) / SIZE;
            plot.translate_bounds(by * vec2(bounds.width() as f32, bounds.height() as f32));
            plot.zoom_bounds_around_hovered(Vec2::splat(done.zooms));
        }
        drawn.show(number, plot);
    });
}
