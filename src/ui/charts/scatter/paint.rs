//! What a scatter draws: marks, what stands for many, the trend, and rings around those that count.

use std::cmp::Ordering;

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2};

use super::{
    super::{meshed::mesh_of, plane::Plane},
    Scatter,
    density::{Density, Tone},
    dots::Dot,
    kept::Kept,
    layer::Manner,
    named::{name_galley, paint_name},
    names::Spot,
    raster::Raster,
    sheet::Sheet,
    sizes::Sizes,
};
use crate::{
    analysis::chart::{
        NO_GROUP,
        scatter::{Marks, Single},
        trend::TrendLine,
    },
    ui::theme::{Series, marker_shape, palette},
};

/// Up to so many marks are drawn one by one, each in its shape.
pub(super) const SINGLES: usize = 3_000;
/// Points nearer to each other than so many points of the screen are drawn as one.
pub(super) const CELL: f64 = 8.0;
/// Up to so many marks are large.
pub(super) const FEW: usize = 400;
/// How far marks are across, in points: few, and many.
const ACROSS: [f32; 2] = [9.0, 5.0];
/// The same for the largest, where sizes tell something.
const LARGEST: [f32; 2] = [22.0, 13.0];
/// So far the largest mark at the edge is drawn beyond the plane, with the ring around it.
pub(super) const BEYOND: f32 = 18.0;
/// Up to so many of the selected have a ring each; before more the others recede.
pub(super) const RINGS: usize = 40;
/// How strong those are that recede.
const FAINT: f32 = 0.22;
/// Marks that tell sizes may lie over each other, and marks beside what stands for many are no stronger.
const SEE_THROUGH: f32 = 0.75;

impl Scatter {
    /// How far the mark of a row of the scene is across, in points.
    pub(super) fn across(&self, index: u32, are_few: bool) -> f32 {
        across(self.sizes.as_ref(), index, are_few)
    }

    /// How far marks are across that tell no size.
    pub(super) fn across_usual(are_few: bool) -> f32 {
        ACROSS[usize::from(!are_few)]
    }

    /// The greatest of them.
    pub(super) fn largest(are_few: bool) -> f32 {
        LARGEST[usize::from(!are_few)]
    }

    pub(super) fn looks(&self, light: bool) -> Vec<Series> {
        self.series.entries.iter().map(|entry| entry.look(light)).collect()
    }
}

fn across(sizes: Option<&Sizes>, index: u32, are_few: bool) -> f32 {
    let place = usize::from(!are_few);
    sizes.map_or(ACROSS[place], |sizes| sizes.across(index, LARGEST[place]))
}

/// What draws marks.
pub(super) struct Marking<'a> {
    marks: &'a Marks,
    pub(super) plane: &'a Plane,
    looks: Vec<Series>,
    /// For those of no series.
    of_none: Color32,
    sizes: Option<&'a Sizes>,
    manner: Manner,
}

impl<'a> Marking<'a> {
    pub(super) fn of(
        ui: &Ui,
        scatter: &'a Scatter,
        marks: &'a Marks,
        plane: &'a Plane,
        manner: Manner,
    ) -> Self {
        let looks = scatter.looks(!ui.visuals().dark_mode);
        Self { marks, plane, looks, of_none: palette(ui).muted, sizes: scatter.sizes.as_ref(), manner }
    }

    /// Every mark as a shape, what stands for many first.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let density = self.density();
        let mut cells = Mesh::default();
        for (area, color) in density.iter().flat_map(|density| self.squares(density)) {
            cells.add_colored_rect(area, color);
        }
        let mut shapes = Vec::with_capacity(self.marks.singles.len() + 1);
        if !cells.is_empty() {
            shapes.push(Shape::mesh(cells));
        }
        shapes.extend(
            self.singles(density.as_ref())
                .into_iter()
                .map(|(at, across, look)| marker_shape(at, across, look)),
        );
        shapes
    }

    /// The same by parts of a texture, for a screen with `scale` pixels a point.
    pub(super) fn sheet(&self, origin: Pos2, scale: f32) -> Sheet {
        let mut sheet = Sheet::new(origin, scale);
        let density = self.density();
        if let Some(density) = &density {
            let mut colors = vec![Color32::TRANSPARENT; density.count()];
            for (place, tones) in density.drawn() {
                colors[place] = self.shade(tones);
            }
            sheet.squares(density.square(0), density.columns(), &colors, self.plane.rect);
        }
        for (at, across, look) in self.singles(density.as_ref()) {
            sheet.mark(at, across, look);
        }
        sheet
    }

    /// The same as pixels, `scale` of them for a point, from `origin` on.
    pub(super) fn raster(&self, origin: Pos2, size: Vec2, scale: f32) -> Raster {
        let mut raster = Raster::new([size.x.round() as usize, size.y.round() as usize]);
        let on = |at: Pos2| ((at - origin) * scale).to_pos2();
        let density = self.density();
        for (area, color) in density.iter().flat_map(|density| self.squares(density)) {
            raster.fill(Rect::from_min_max(on(area.min), on(area.max)), color);
        }
        for (at, across, look) in self.singles(density.as_ref()) {
            raster.mark(on(at), across * scale, look);
        }
        raster
    }

    /// Where players are too many for marks, and in which colour.
    fn squares(&self, density: &Density) -> impl Iterator<Item = (Rect, Color32)> {
        let seen = |place| density.square(place).intersect(self.plane.rect);
        let squares = density.drawn().map(move |(place, tones)| (seen(place), self.shade(tones)));
        squares.filter(|(seen, _)| seen.is_positive())
    }

    /// The colour of a square, the first of whose tones is the lowest.
    fn shade(&self, tones: [Tone; 2]) -> Color32 {
        let color = |(group, strength): Tone| self.look(group).color.gamma_multiply(strength);
        let [below, above] = tones;
        let whole = if below.1 > 0.0 { color(below).blend(color(above)) } else { color(above) };
        if self.manner.is_faint { whole.gamma_multiply(FAINT) } else { whole }
    }

    /// How many players are where; `None` when each has a mark.
    fn density(&self) -> Option<Density> {
        let are_many = !self.marks.cells.is_empty() || self.marks.singles.len() > SINGLES;
        are_many.then(|| Density::of(self.marks, self.plane))
    }

    /// Where each single mark is, how far across, and how it looks. Those of no group come first, and
    /// the large before the small: neither are to hide the others.
    fn singles(&self, density: Option<&Density>) -> Vec<(Pos2, f32, Series)> {
        let is_see_through = self.sizes.is_some() || !self.marks.cells.is_empty();
        let faint = if self.manner.is_faint { FAINT } else { 1.0 };
        let strength = faint * if is_see_through { SEE_THROUGH } else { 1.0 };
        let look = |group: u32| {
            let look = self.look(group);
            Series { color: look.color.gamma_multiply(strength), ..look }
        };
        let has_room = |at: Pos2| density.is_none_or(|density| density.is_sparse(at));
        let places = self.marks.singles.iter().map(|single| (self.plane.screen(single.at), single));
        let mut marks: Vec<(Pos2, f32, u32)> = places
            .filter(|(at, _)| has_room(*at))
            .map(|(at, single)| (at, across(self.sizes, single.row, self.manner.are_few), single.group))
            .collect();
        let order = |(_, across, group): &(Pos2, f32, u32)| (*group != NO_GROUP, -across);
        marks.sort_by(|one, other| order(one).partial_cmp(&order(other)).unwrap_or(Ordering::Equal));
        marks.into_iter().map(|(at, across, group)| (at, across, look(group))).collect()
    }

    fn look(&self, group: u32) -> Series {
        let known = if group == NO_GROUP { None } else { self.looks.get(group as usize).copied() };
        known.unwrap_or(Series { color: self.of_none, marker: crate::model::MarkerShape::Circle })
    }
}

/// Rings around marks that are in sight. `None` around nobody.
pub(super) fn rings(
    ui: &Ui,
    scatter: &Scatter,
    plane: &Plane,
    marks: &[Single],
    are_few: bool,
) -> Option<Mesh> {
    let stroke = Stroke::new(1.5, palette(ui).text);
    let ring =
        |mark: &Single| Shape::circle_stroke(plane.screen(mark.at), scatter.ring(mark.row, are_few), stroke);
    let mesh = mesh_of(ui, marks.iter().map(ring).collect());
    (!mesh.is_empty()).then_some(mesh)
}

impl Scatter {
    /// The radius of the ring around the mark of a row of the scene.
    pub(super) fn ring(&self, index: u32, are_few: bool) -> f32 {
        self.across(index, are_few) / 2.0 + 3.5
    }

    /// Rings around the pinned player and the one below the pointer, and the name of the latter.
    pub(super) fn paint_pointed(&self, ui: &Ui, kept: &Kept, plane: &Plane, rows: [Option<u32>; 2]) {
        let colors = palette(ui);
        let clip = clipped(ui, plane);
        let [pinned, hovered] = rows;
        let dot = |row: Option<u32>| self.dots.dot(row?).filter(|dot| plane.area.holds(dot.at));
        let radius = |dot: &Dot| self.ring(dot.index, kept.across_few()) + 2.0;
        for (row, color) in [(pinned, colors.accent), (hovered, colors.text)] {
            if let Some(dot) = dot(row) {
                clip.circle_stroke(plane.screen(dot.at), radius(&dot), Stroke::new(1.5, color));
            }
        }
        let Some(dot) = dot(hovered) else { return };
        let galley = name_galley(ui, &self.scene.player(dot.row), true);
        let corner = kept.name_of(dot.row).or_else(|| {
            let (at, radius) = (plane.screen(dot.at), radius(&dot));
            let spot = Spot { at, radius, size: galley.size(), must: true };
            spot.beside().into_iter().find(|name| plane.rect.contains_rect(*name)).map(|name| name.min)
        });
        let Some(corner) = corner else { return };
        paint_name(ui, &clip, corner, galley);
    }
}

/// What draws on the plane, and as far beyond it as marks at its edge reach.
pub(super) fn clipped(ui: &Ui, plane: &Plane) -> Painter {
    ui.painter().with_clip_rect(plane.rect.expand(BEYOND).intersect(ui.clip_rect()))
}

/// The part of a trend that is in sight, from left to right. `None` when none of it is.
pub(super) fn line_within(plane: &Plane, line: &TrendLine) -> Option<[Pos2; 2]> {
    let (least, greatest) = (plane.area.least, plane.area.greatest);
    let mut ends = [least.x, greatest.x];
    if line.slope != 0.0 {
        let crossing = |y: f64| line.centre.0 + (y - line.centre.1) / line.slope;
        let (one, other) = (crossing(least.y), crossing(greatest.y));
        ends = [ends[0].max(one.min(other)), ends[1].min(one.max(other))];
    }
    let is_seen = |y: f64| y.is_finite() && y >= least.y.next_down() && y <= greatest.y.next_up();
    if line.slope == 0.0 && !is_seen(line.centre.1) {
        return None;
    }
    // Not `>=`: neither may be NaN.
    let is_long = ends[0] < ends[1];
    is_long.then(|| {
        ends.map(|x| {
            let at = pos2(plane.x(x), plane.y(line.at(x)));
            at.clamp(plane.rect.min, plane.rect.max)
        })
    })
}
