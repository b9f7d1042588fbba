//! What a scatter shows, kept from frame to frame: only when what is in sight, its size, the colours,
//! the fonts or the scatter are others is it worked out anew. What goes with the pointer is not here.

use std::sync::Arc;

use egui::{Galley, Mesh, Pos2, Rect, Shape, Ui, Vec2, vec2};

use super::{
    super::{
        Given, RowSet,
        notes::players,
        plane::{Labels, Plane},
    },
    Scatter,
    drawn::Drawn,
    margins::Margins,
    names::{self, Spot, placed},
    paint::{self, Marking},
};
use crate::{
    analysis::{
        chart::scatter::{Marks, Single},
        display::count,
    },
    ui::{
        theme::{self, Series, palette},
        widgets::{elided, player_name_job},
    },
};

/// Up to so many marks have their names beside them.
const NAMED: usize = 60;
/// Names are no wider than this, in points.
pub(super) const NAME_WIDTH: f32 = 170.0;
/// Up to so many marks are told to screen readers, one by one.
const SPOKEN: usize = 300;

/// What is kept of a scatter.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    of: Option<Of>,
    marks: Marks,
    drawn: Drawn,
    margins: Option<Arc<Mesh>>,
    trend: Option<Trend>,
    /// How many players are in sight, where that is not all.
    in_sight: Option<Written>,
    selected: RowSet,
    rings: Option<Arc<Mesh>>,
    names: Vec<Name>,
    spoken: Vec<Spoken>,
}

/// What it is kept for.
#[derive(Debug)]
struct Of {
    /// That of the scatter.
    id: Arc<()>,
    /// That of the labels.
    version: u64,
    rect: Rect,
    pixels_per_point: f32,
    is_picture: bool,
}

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.id, &other.id)
            && (self.version, self.rect, self.pixels_per_point, self.is_picture)
                == (other.version, other.rect, other.pixels_per_point, other.is_picture)
    }
}

/// What stands around the marks.
pub(super) struct Around<'a> {
    pub(super) labels: &'a Labels,
    pub(super) margins: Option<&'a Margins>,
    /// Whether nobody zoomed yet.
    pub(super) is_first: bool,
}

/// Words and where they stand.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) rect: Rect,
    pub(super) galley: Arc<Galley>,
}

#[derive(Debug)]
struct Trend {
    ends: [Pos2; 2],
    words: Option<Written>,
}

/// A name beside a mark.
#[derive(Debug)]
struct Name {
    row: u32,
    at: Pos2,
    galley: Arc<Galley>,
}

/// What a screen reader is told of a mark.
#[derive(Debug)]
pub(super) struct Spoken {
    pub(super) row: u32,
    pub(super) at: Pos2,
    pub(super) words: String,
}

impl Kept {
    /// Works out what is to be shown, unless it is known.
    pub(super) fn refresh(
        &mut self,
        ui: &Ui,
        scatter: &Scatter,
        plane: &Plane,
        around: &Around<'_>,
        given: &Given<'_>,
    ) {
        let labels = around.labels;
        let of = Of {
            id: scatter.id.clone(),
            version: labels.version(),
            rect: plane.rect,
            pixels_per_point: ui.pixels_per_point(),
            is_picture: given.is_picture,
        };
        let is_known = self.of.as_ref() == Some(&of);
        if !is_known {
            self.of = Some(of);
            self.refresh_marks(ui, scatter, plane, given.is_picture);
            self.in_sight = in_sight(ui, scatter, plane, around.is_first);
            self.trend = trend(ui, scatter, plane, &self.marks);
            let light = !ui.visuals().dark_mode;
            let looks = scatter.looks(light);
            self.margins =
                around.margins.map(|margins| Arc::new(margins.mesh(plane, &looks, palette(ui).muted)));
            self.spoken = self.spoken(scatter, plane);
        } else if self.drawn.is_heavy() {
            self.settle(ui, scatter, plane);
        }
        if !is_known || self.selected != *given.selected {
            self.selected.clone_from(given.selected);
            self.rings = paint::rings(ui, scatter, plane, &self.selected, self.across_few()).map(Arc::new);
            let taken: Vec<Rect> = labels
                .name_rects(plane.rect)
                .chain(self.in_sight.as_ref().map(|words| words.rect))
                .chain(self.trend.as_ref().and_then(|trend| trend.words.as_ref()).map(|words| words.rect))
                .collect();
            self.names = self.names(ui, scatter, plane, &taken);
        }
    }

    fn refresh_marks(&mut self, ui: &Ui, scatter: &Scatter, plane: &Plane, is_picture: bool) {
        scatter.cloud.look(&plane.window(), paint::CELL, paint::SINGLES, &mut self.marks);
        let known = self.drawn.take_image();
        let looks = scatter.looks(!ui.visuals().dark_mode);
        let marking = self.marking(ui, scatter, plane, &looks);
        self.drawn = if is_picture {
            Drawn::Shapes(marking.shapes())
        } else if self.marks.points() <= paint::FEW {
            Drawn::Mesh(Arc::new(paint::mesh(ui.pixels_per_point(), marking.shapes())))
        } else {
            Drawn::textured(ui, &marking, known)
        };
        if self.drawn.is_heavy() {
            ui.ctx().request_repaint();
        }
    }

    /// Draws what rests so that it is cheap to show, however long it takes.
    fn settle(&mut self, ui: &Ui, scatter: &Scatter, plane: &Plane) {
        let known = self.drawn.take_image();
        let looks = scatter.looks(!ui.visuals().dark_mode);
        self.drawn = Drawn::image(ui, &self.marking(ui, scatter, plane, &looks), known);
    }

    fn marking<'a>(
        &'a self,
        ui: &Ui,
        scatter: &'a Scatter,
        plane: &'a Plane,
        looks: &'a [Series],
    ) -> Marking<'a> {
        let (marks, sizes) = (&self.marks, scatter.sizes.as_ref());
        Marking { marks, plane, looks, of_none: palette(ui).muted, sizes }
    }

    /// Where the players in sight are counted, and what is said.
    pub(super) fn in_sight(&self) -> Option<&Written> {
        self.in_sight.as_ref()
    }

    /// What screen readers are told of marks; nothing where these are too many.
    pub(super) fn marks_in_words(&self) -> &[Spoken] {
        &self.spoken
    }

    /// Whether marks are few enough to be large.
    pub(super) fn across_few(&self) -> bool {
        self.marks.points() <= paint::FEW
    }

    /// Draws it all. The name of `hovered` is not drawn: it stands out from the others.
    pub(super) fn paint(&self, ui: &Ui, plane: &Plane, hovered: Option<u32>) {
        let colors = palette(ui);
        let clip = paint::clipped(ui, plane);
        if let Some(margins) = &self.margins {
            ui.painter().add(Shape::mesh(margins.clone()));
        }
        self.drawn.paint(&clip);
        if let Some(trend) = &self.trend {
            let color = if self.across_few() { colors.muted } else { colors.text };
            clip.extend(Shape::dashed_line(&trend.ends, (1.0, color), 5.0, 4.0));
        }
        if let Some(rings) = &self.rings {
            clip.add(Shape::mesh(rings.clone()));
        }
        let words = self.trend.as_ref().and_then(|trend| trend.words.as_ref());
        for words in words.into_iter().chain(&self.in_sight) {
            clip.rect_filled(words.rect.expand2(vec2(3.0, 1.0)), 3.0, colors.window.gamma_multiply(0.75));
            clip.galley(words.rect.min, words.galley.clone(), colors.muted);
        }
        for name in self.names.iter().filter(|name| Some(name.row) != hovered) {
            clip.galley(name.at, name.galley.clone(), colors.muted);
        }
    }

    /// Where the name of a row stands, if it has a place.
    pub(super) fn name_of(&self, row: u32) -> Option<Pos2> {
        self.names.iter().find(|name| name.row == row).map(|name| name.at)
    }

    /// Names for what is in sight, those of the selected first.
    fn names(&self, ui: &Ui, scatter: &Scatter, plane: &Plane, taken: &[Rect]) -> Vec<Name> {
        if !scatter.names || !self.marks.cells.is_empty() || self.marks.singles.len() > NAMED {
            return Vec::new();
        }
        let rows = scatter.scene.rows();
        let mut named: Vec<(bool, u32, &Single)> = self
            .marks
            .singles
            .iter()
            .map(|single| (single, rows[single.row as usize]))
            .map(|(single, row)| (!self.selected.has(row), row, single))
            .collect();
        named.sort_unstable_by_key(|(is_other, row, _)| (*is_other, *row));
        let galleys: Vec<Arc<Galley>> =
            named.iter().map(|(_, row, _)| name_galley(ui, &scatter.scene.player(*row), false)).collect();
        let spots: Vec<Spot> = named
            .iter()
            .zip(&galleys)
            .map(|((is_other, _, single), galley)| Spot {
                at: plane.screen(single.at),
                radius: scatter.across(single.row, true) / 2.0,
                size: galley.size(),
                must: !is_other,
            })
            .collect();
        let line = self.trend.as_ref().map(|trend| trend.ends);
        let places = placed(plane.rect, taken, line, &spots);
        let all = named.into_iter().zip(galleys).zip(places);
        all.filter_map(|(((_, row, _), galley), place)| Some(Name { row, at: place?.min, galley })).collect()
    }

    fn spoken(&self, scatter: &Scatter, plane: &Plane) -> Vec<Spoken> {
        if self.marks.points() > SPOKEN {
            return Vec::new();
        }
        let tell = |single: &Single| {
            let row = scatter.scene.rows()[single.row as usize];
            let words = scatter.scene.in_words(row, &scatter.told.columns);
            Spoken { row, at: plane.screen(single.at), words }
        };
        self.marks.singles.iter().map(tell).collect()
    }
}

/// A player's name beside a mark, cut where it is too long.
pub(super) fn name_galley(ui: &Ui, name: &str, stands_out: bool) -> Arc<Galley> {
    let mut job = player_name_job(ui, name, &theme::small());
    if !stands_out {
        for section in &mut job.sections {
            section.format.color = palette(ui).muted;
        }
    }
    elided(ui, job, NAME_WIDTH)
}

fn written(ui: &Ui, text: String, corner: impl FnOnce(Vec2) -> Pos2) -> Written {
    let galley = ui.painter().layout_no_wrap(text.clone(), theme::small(), palette(ui).muted);
    Written { text, rect: Rect::from_min_size(corner(galley.size()), galley.size()), galley }
}

/// What is said of those that are out of sight.
fn in_sight(ui: &Ui, scatter: &Scatter, plane: &Plane, is_first: bool) -> Option<Written> {
    let all = scatter.cloud.count();
    let seen = scatter.cloud.count_in(&plane.area);
    if seen == all {
        return None;
    }
    let text = match (is_first, all - seen) {
        (true, 1) => "1 player is far away, out of sight".to_owned(),
        (true, more) => format!("{} players are far away, out of sight", count(more)),
        (false, _) => format!("{} of {} in sight", count(seen), players(all)),
    };
    let corner = plane.rect.right_top() + vec2(-6.0, 3.0);
    Some(written(ui, text, |size| corner - vec2(size.x, 0.0)))
}

/// The trend within what is in sight. Its words stand where they cover no mark, as far right as can be.
fn trend(ui: &Ui, scatter: &Scatter, plane: &Plane, marks: &Marks) -> Option<Trend> {
    let (line, text) = scatter.trend.as_ref()?;
    let ends = paint::line_within(plane, line)?;
    let half = if marks.points() <= paint::FEW { Scatter::across_usual(true) / 2.0 } else { 0.0 };
    let covers = |words: Rect| {
        let words = words.expand(half);
        half > 0.0 && marks.singles.iter().any(|single| words.contains(plane.screen(single.at)))
    };
    let words = text.clone().map(|text| {
        written(ui, text, |size| {
            let places = along(ends, size).map(|corner| Rect::from_min_size(corner, size));
            let mut within =
                places.filter(|words| plane.rect.contains_rect(*words) && !names::runs_through(ends, *words));
            let first = within.next();
            let free = first.filter(|words| !covers(*words)).or_else(|| within.find(|words| !covers(*words)));
            free.or(first).map_or(plane.rect.left_top() + vec2(6.0, 16.0), |words| words.min)
        })
    });
    Some(Trend { ends, words })
}

/// Corners of words above and below a line, from its right end on.
fn along([from, to]: [Pos2; 2], size: Vec2) -> impl Iterator<Item = Pos2> {
    let lift = ((to.y - from.y) / (to.x - from.x).max(1.0)).abs() * size.x;
    (0..10).flat_map(move |step| {
        let end = to.lerp(from, step as f32 / 10.0) - vec2(6.0 + size.x, 0.0);
        let rises = to.y < from.y;
        let (above, below) =
            (size.y + 4.0 + if rises { 0.0 } else { lift }, 4.0 + if rises { lift } else { 0.0 });
        [end - vec2(0.0, above), end + vec2(0.0, below)]
    })
}
