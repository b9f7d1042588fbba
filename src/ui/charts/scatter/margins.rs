//! How the numbers of both axes are spread, drawn along the edges of the plane.

use egui::{Color32, Mesh, Rect, Role, Sense, Ui, pos2};

use super::super::{axis::Axis, plane::Plane};
use crate::{
    analysis::{
        Stop, Stopped,
        chart::{
            Groups,
            histogram::{Histogram, bins, histogram},
        },
        display::count,
    },
    ui::{theme::Series, widgets::spoken},
};

/// How high the bars at an edge are at most, in points.
pub(super) const DEPTH: f32 = 34.0;
/// Between the plane and the bars.
const GAP: f32 = 4.0;
/// With more series than these, all are counted together.
const FEW_SERIES: usize = 6;
/// Bars are so much less than opaque.
const OPACITY: f32 = 0.75;

/// Histograms of both axes.
#[derive(Debug)]
pub(super) struct Margins {
    across: Edge,
    up: Edge,
}

#[derive(Debug)]
struct Edge {
    /// Of places on the axis.
    histogram: Histogram,
    words: String,
}

impl Margins {
    /// For places on both axes, and the series of each row, of which there are `series`. `None`
    /// without places.
    pub(super) fn of(
        places: [&[f64]; 2],
        axes: [&Axis; 2],
        of_rows: &[u32],
        series: usize,
        stop: &Stop,
    ) -> Result<Option<Self>, Stopped> {
        let groups = if series <= FEW_SERIES { Groups::new(of_rows, series) } else { Groups::ALL };
        let edge = |places: &[f64], axis: &Axis| -> Result<Option<Edge>, Stopped> {
            let Some(bins) = bins(places, stop)? else { return Ok(None) };
            let histogram = histogram(places, groups, bins, stop)?;
            let words = words(&histogram, axis);
            Ok(Some(Edge { histogram, words }))
        };
        let edges = (edge(places[0], axes[0])?, edge(places[1], axes[1])?);
        let (Some(across), Some(up)) = edges else { return Ok(None) };
        Ok(Some(Self { across, up }))
    }

    /// The bars beside the plane: above it and to the right of it.
    pub(super) fn mesh(&self, plane: &Plane, looks: &[Series], of_all: Color32) -> Mesh {
        let mut mesh = Mesh::default();
        let color = |histogram: &Histogram, series: usize| {
            let own = looks.get(series).filter(|_| histogram.groups.len() == looks.len());
            own.map_or(of_all, |look| look.color).gamma_multiply(OPACITY)
        };
        let rect = plane.rect;
        let (above, right) = (rect.top() - GAP, rect.right() + GAP);
        self.across.bars(
            |place| plane.x(place).clamp(rect.left(), rect.right()),
            |ends, depths, series| {
                let (from, to) = spaced(ends);
                let bar = Rect::from_min_max(pos2(from, above - depths.1), pos2(to, above - depths.0));
                mesh.add_colored_rect(bar, color(&self.across.histogram, series));
            },
        );
        self.up.bars(
            |place| plane.y(place).clamp(rect.top(), rect.bottom()),
            |ends, depths, series| {
                let (from, to) = spaced((ends.1, ends.0));
                let bar = Rect::from_min_max(pos2(right + depths.0, from), pos2(right + depths.1, to));
                mesh.add_colored_rect(bar, color(&self.up.histogram, series));
            },
        );
        mesh
    }

    /// Tells screen readers of both.
    pub(super) fn tell(&self, ui: &Ui, plane: &Plane) {
        let rect = plane.rect;
        let above = Rect::from_min_max(pos2(rect.left(), rect.top() - DEPTH), rect.right_top());
        let right = Rect::from_min_max(rect.right_top(), pos2(rect.right() + DEPTH, rect.bottom()));
        for (edge, room) in [(&self.across, above), (&self.up, right)] {
            let response = ui.interact(room, ui.scope_id().with(("edge", &edge.words)), Sense::hover());
            spoken(&response, |node| {
                node.set_role(Role::GraphicsObject);
                node.set_label(edge.words.clone());
            });
        }
    }
}

impl Edge {
    /// Gives each part of each bar that is in sight: from where to where along the axis, from which
    /// depth to which, and the place of the series.
    fn bars(&self, along: impl Fn(f64) -> f32, mut bar: impl FnMut((f32, f32), (f32, f32), usize)) {
        let edges = self.histogram.bins.edges();
        let ends = |bin: usize| (along(edges[bin]), along(edges[bin + 1]));
        let is_seen = |bin: &usize| ends(*bin).0 != ends(*bin).1;
        let total = |bin: usize| self.histogram.groups.iter().map(|counts| counts.bins[bin]).sum::<u32>();
        let bins = || (0..self.histogram.bins.count()).filter(is_seen);
        let Some(most) = bins().map(total).max().filter(|most| *most > 0) else { return };
        let depth = |count: u32| count as f32 / most as f32 * (DEPTH - GAP);
        for bin in bins() {
            let mut below = 0;
            for (series, counts) in
                self.histogram.groups.iter().enumerate().filter(|(_, counts)| counts.bins[bin] > 0)
            {
                let from = below;
                below += counts.bins[bin];
                bar(ends(bin), (depth(from), depth(below)), series);
            }
        }
    }
}

/// Leaves a little room between bars that are wide enough for it.
fn spaced((from, to): (f32, f32)) -> (f32, f32) {
    if to - from > 4.0 { (from + 0.5, to - 0.5) } else { (from, to) }
}

fn words(histogram: &Histogram, axis: &Axis) -> String {
    let total = |bin: usize| histogram.groups.iter().map(|counts| counts.bins[bin]).sum::<u32>();
    let most = (0..histogram.bins.count()).max_by_key(|bin| (total(*bin), usize::MAX - bin)).unwrap_or(0);
    let edges = histogram.bins.edges();
    let write = |place: f64| axis.write(axis.scale.inverse(place));
    format!(
        "Distribution of {}: most, {}, from {} to {}",
        axis.name,
        count(total(most) as usize),
        write(edges[most]),
        write(edges[most + 1])
    )
}
