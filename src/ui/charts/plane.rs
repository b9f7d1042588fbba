//! The part of a chart that its axes span: numbers on the screen and back, and the lines behind them.

use std::sync::Arc;

use egui::{Galley, Pos2, Rangef, Rect, Stroke, Ui, Vec2, pos2, vec2};

use super::axis::Axis;
use crate::{
    analysis::chart::{
        scale::Scale,
        scatter::{Area, Point, Window},
    },
    ui::theme::{self, blend, palette},
};

/// Between a label and the plot.
const GAP: f32 = 8.0;
/// One label for about so many points.
const X_EVERY: f32 = 90.0;
const Y_EVERY: f32 = 44.0;
const LEAST_LABELS: f32 = 44.0;
/// Below the plot, for the labels.
const BELOW: f32 = 24.0;
const ABOVE: f32 = 8.0;
const RIGHT: f32 = 14.0;

/// A part of the plane and where it is on the screen. `x` grows to the right, `y` upwards.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    pub(crate) rect: Rect,
    /// What of the axes is in sight, in their places.
    pub(crate) area: Area,
}

impl Plane {
    pub(crate) fn x(&self, place: f64) -> f32 {
        self.rect.left() + share(place, self.area.least.x, self.area.greatest.x) * self.rect.width()
    }

    pub(crate) fn y(&self, place: f64) -> f32 {
        self.rect.bottom() - share(place, self.area.least.y, self.area.greatest.y) * self.rect.height()
    }

    pub(crate) fn screen(&self, point: Point) -> Pos2 {
        pos2(self.x(point.x), self.y(point.y))
    }

    /// The place below a position.
    pub(crate) fn place(&self, at: Pos2) -> Point {
        let Area { least, greatest } = self.area;
        let along = |share: f32, from: f64, to: f64| from + (to / 2.0 - from / 2.0) * 2.0 * f64::from(share);
        let across = (at.x - self.rect.left()) / self.rect.width();
        let up = (self.rect.bottom() - at.y) / self.rect.height();
        Point { x: along(across, least.x, greatest.x), y: along(up, least.y, greatest.y) }
    }

    /// The same for what looks into a cloud of points; distances are in points of the screen.
    pub(crate) fn window(&self) -> Window {
        Window { area: self.area, width: f64::from(self.rect.width()), height: f64::from(self.rect.height()) }
    }
}

/// Which part of the way from one end to the other a place is.
fn share(place: f64, from: f64, to: f64) -> f32 {
    // In halves: the distance of two doubles may be more than a double holds.
    ((place / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)) as f32
}

/// The labels of both axes, kept until what is in sight changes.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    of: Option<Of>,
    version: u64,
    /// A text that egui keeps too: another one when it forgot all, because fonts changed.
    probe: Option<Arc<Galley>>,
    x: Vec<(f64, Arc<Galley>)>,
    y: Vec<(f64, Arc<Galley>)>,
    names: Vec<Arc<Galley>>,
    /// How much room those of the vertical axis take.
    width: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Of {
    area: Area,
    room: Vec2,
    dark: bool,
}

impl Labels {
    /// Another number whenever what is in sight, its size, the colours or the fonts are others.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// To be called when axes are others.
    pub(crate) fn forget(&mut self) {
        self.of = None;
    }

    /// Where the names of both axes are within the plane at `rect`.
    pub(crate) fn name_rects(&self, rect: Rect) -> impl Iterator<Item = Rect> {
        let corners =
            move |size: Vec2| [rect.right_bottom() - size - vec2(4.0, 2.0), rect.left_top() + vec2(6.0, 0.0)];
        let names = self.names.iter().enumerate();
        names.map(move |(place, name)| Rect::from_min_size(corners(name.size())[place.min(1)], name.size()))
    }

    /// How far up and down a line at `x` goes that leaves the names of the axes legible.
    fn beside_names(&self, rect: Rect, x: f32) -> Rangef {
        let crossed = self.name_rects(rect).filter(|name| name.expand(2.0).x_range().contains(x));
        let whole = rect.y_range();
        let free = crossed.fold(whole, |free, name| {
            let is_above = name.center().y < whole.center();
            if is_above { Rangef::new(name.bottom(), free.max) } else { Rangef::new(free.min, name.top()) }
        });
        if free.min < free.max { free } else { whole }
    }

    fn refresh(&mut self, ui: &Ui, room: Rect, x: &Axis, y: &Axis, area: Area) {
        let colors = palette(ui);
        let layout = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), theme::small(), colors.muted);
        let probe = layout("0");
        let same_fonts = self.probe.as_ref().is_some_and(|known| Arc::ptr_eq(known, &probe));
        let of = Some(Of { area, room: room.size(), dark: ui.visuals().dark_mode });
        if same_fonts && self.of == of {
            return;
        }
        (self.of, self.probe) = (of, Some(probe));
        self.version += 1;
        let written = |axis: &Axis, ends: (f64, f64), length: f32, every: f32| -> Vec<(f64, Arc<Galley>)> {
            let most = (length / every).clamp(2.0, 14.0) as usize;
            // A single number beside an axis says little of how far apart things are.
            let mut ticks = (most..most + 3).map(|most| axis.ticks(ends, most));
            let first = ticks.next().unwrap_or_default();
            let ticks =
                if first.len() < 2 { ticks.find(|more| more.len() > 1).unwrap_or(first) } else { first };
            ticks.iter().map(|(place, text)| (*place, layout(text))).collect()
        };
        let (least, greatest) = (area.least, area.greatest);
        self.y = written(y, (least.y, greatest.y), room.height() - BELOW - ABOVE, Y_EVERY);
        let widest = self.y.iter().map(|(_, text)| text.size().x).fold(0.0, f32::max);
        self.width = (widest + GAP + 12.0).max(LEAST_LABELS);
        self.x = written(x, (least.x, greatest.x), room.width() - self.width - RIGHT, X_EVERY);
        self.names = [&x.name, &y.name].map(|name| layout(name)).to_vec();
    }
}

/// Draws lines and labels of two axes in `room`, and tells where the plane is.
pub(crate) fn plane_ui(
    ui: &Ui,
    labels: &mut Labels,
    room: Rect,
    (x, y): (&Axis, &Axis),
    area: Area,
) -> Plane {
    labels.refresh(ui, room, x, y, area);
    let colors = palette(ui);
    let rect = Rect::from_min_max(
        room.min + vec2(labels.width, ABOVE),
        (room.max - vec2(RIGHT, BELOW)).max(room.min + vec2(labels.width + 1.0, ABOVE + 1.0)),
    );
    let plane = Plane { rect, area };
    let line = Stroke::new(1.0, blend(colors.window, colors.line, 0.7));
    let zero = Stroke::new(1.0, blend(colors.line, colors.muted, 0.6));
    let stroke = |axis: &Axis, place: f64| if place == 0.0 && axis.scale != Scale::Log { zero } else { line };
    let painter = ui.painter();
    for (place, text) in &labels.y {
        let at = plane.y(*place);
        painter.hline(rect.x_range(), at, stroke(y, *place));
        let size = text.size();
        painter.galley(pos2(rect.left() - GAP - size.x, at - size.y / 2.0), text.clone(), colors.muted);
    }
    for (place, text) in &labels.x {
        let at = plane.x(*place);
        painter.vline(at, labels.beside_names(rect, at), stroke(x, *place));
        let size = text.size();
        let left = (at - size.x / 2.0).min(room.right() - size.x);
        painter.galley(pos2(left, rect.bottom() + 5.0), text.clone(), colors.muted);
    }
    for (name, at) in labels.names.iter().zip(labels.name_rects(rect)) {
        painter.galley(at.min, name.clone(), colors.muted);
    }
    plane
}
