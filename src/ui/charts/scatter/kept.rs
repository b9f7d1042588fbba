//! What a scatter shows, kept from frame to frame: only when what is in sight, its size, the colours,
//! the fonts or the scatter are others is it worked out anew. What goes with the pointer is not here.

use std::sync::Arc;

use egui::{Galley, Mesh, Pos2, Rect, Shape, Ui, Vec2, pos2, vec2};

use super::{
    super::{
        Given, RowSet,
        notes::players,
        plane::{Labels, Plane},
    },
    Scatter,
    layer::{Layer, Manner},
    margins::Margins,
    named::{Name, Taken, ToName, named},
    names, paint,
};
use crate::{
    analysis::{
        chart::scatter::{Marks, Single},
        display::count,
    },
    ui::theme::{self, palette},
};

/// Up to so many marks are told to screen readers, one by one.
const SPOKEN: usize = 300;
/// A plane as wide as this always tells of its trend in words.
const ROOMY: f32 = 260.0;
/// Between words and the edge of the plane.
const BESIDE: f32 = 6.0;
/// The same above and below, where the names of the axes stand.
const LIFTED: f32 = 22.0;

/// What is kept of a scatter.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    of: Option<Of>,
    all: Layer,
    /// The selected, over all others.
    over: Layer,
    margins: Option<Arc<Mesh>>,
    trend: Option<Trend>,
    /// How many players are in sight, where that is not all.
    in_sight: Option<Written>,
    selected: Selected,
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
    /// Whether those recede who are not selected.
    recedes: bool,
}

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.id, &other.id)
            && (self.version, self.rect, self.pixels_per_point, self.is_picture, self.recedes)
                == (other.version, other.rect, other.pixels_per_point, other.is_picture, other.recedes)
    }
}

/// Who is selected.
#[derive(Debug, Default)]
struct Selected {
    /// The scatter that the marks are of.
    of: Option<Arc<()>>,
    rows: RowSet,
    /// Their marks, in sight or not.
    marks: Vec<Single>,
}

impl Selected {
    /// Returns whether it was known.
    fn refresh(&mut self, scatter: &Scatter, rows: &RowSet) -> bool {
        let is_same = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &scatter.id));
        if is_same && self.rows == *rows {
            return true;
        }
        self.of = Some(scatter.id.clone());
        self.rows.clone_from(rows);
        self.marks = scatter.marks_of(rows);
        false
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
        let is_selection_known = self.selected.refresh(scatter, given.selected);
        let of = Of {
            id: scatter.id.clone(),
            version: labels.version(),
            rect: plane.rect,
            pixels_per_point: ui.pixels_per_point(),
            is_picture: given.is_picture,
            recedes: self.recedes(),
        };
        let is_known = self.of.as_ref() == Some(&of);
        if is_known {
            self.all.settle(ui, scatter, plane, self.manner(given.is_picture, false));
        } else {
            self.of = Some(of);
            scatter.cloud.look(&plane.window(), paint::CELL, paint::SINGLES, &mut self.all.marks);
            self.all.draw(ui, scatter, plane, self.manner(given.is_picture, false));
            self.in_sight = in_sight(ui, scatter, plane, around.is_first);
            let taken = labels.name_rects(plane.rect).chain(self.in_sight.as_ref().map(|words| words.rect));
            self.trend = trend(ui, scatter, plane, &taken.collect::<Vec<_>>(), &self.all.marks);
            let light = !ui.visuals().dark_mode;
            let looks = scatter.looks(light);
            self.margins =
                around.margins.map(|margins| Arc::new(margins.mesh(plane, &looks, palette(ui).muted)));
            self.spoken = self.spoken(scatter, plane);
        }
        if is_known && is_selection_known {
            self.over.settle(ui, scatter, plane, self.manner(given.is_picture, true));
        } else {
            self.draw_selected(ui, scatter, plane, given.is_picture);
            self.refresh_names(ui, scatter, plane, labels);
        }
    }

    /// How marks are drawn: all of them, or the selected over them.
    fn manner(&self, is_picture: bool, are_selected: bool) -> Manner {
        Manner { are_few: self.across_few(), is_faint: self.recedes() && !are_selected, is_picture }
    }

    /// Whether the selected are so many that all others recede.
    fn recedes(&self) -> bool {
        self.selected.marks.len() > paint::RINGS
    }

    /// The selected that are in sight.
    fn draw_selected(&mut self, ui: &Ui, scatter: &Scatter, plane: &Plane, is_picture: bool) {
        let in_sight = self.selected.marks.iter().filter(|mark| plane.area.holds(mark.at));
        self.over.marks.singles.clear();
        self.over.marks.singles.extend(in_sight);
        self.over.draw(ui, scatter, plane, self.manner(is_picture, true));
        let ringed: &[Single] = if self.recedes() { &[] } else { &self.over.marks.singles };
        self.rings = paint::rings(ui, scatter, plane, ringed, self.across_few()).map(Arc::new);
    }

    fn refresh_names(&mut self, ui: &Ui, scatter: &Scatter, plane: &Plane, labels: &Labels) {
        let trend = self.trend.as_ref();
        let taken: Vec<Rect> = labels
            .name_rects(plane.rect)
            .chain(self.in_sight.as_ref().map(|words| words.rect))
            .chain(trend.and_then(|trend| trend.words.as_ref()).map(|words| words.rect))
            .collect();
        let around = Taken { rects: &taken, line: trend.map(|trend| trend.ends) };
        let (all, selected) = (&self.all.marks, &self.over.marks.singles[..]);
        let marks = ToName { all, selected, recedes: self.recedes(), are_few: self.across_few() };
        self.names = named(ui, scatter, plane, &marks, &around);
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
        self.all.marks.points() <= paint::FEW
    }

    /// Draws it all. The name of `hovered` is not drawn: it stands out from the others.
    pub(super) fn paint(&self, ui: &Ui, plane: &Plane, hovered: Option<u32>) {
        let colors = palette(ui);
        let clip = paint::clipped(ui, plane);
        if let Some(margins) = &self.margins {
            ui.painter().add(Shape::mesh(margins.clone()));
        }
        self.all.paint(&clip);
        self.over.paint(&clip);
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
            name.paint(ui, &clip);
        }
    }

    /// Where the name of a row stands, if it has a place.
    pub(super) fn name_of(&self, row: u32) -> Option<Pos2> {
        self.names.iter().find(|name| name.row == row).map(|name| name.at)
    }

    fn spoken(&self, scatter: &Scatter, plane: &Plane) -> Vec<Spoken> {
        if self.all.marks.points() > SPOKEN {
            return Vec::new();
        }
        let tell = |single: &Single| {
            let row = scatter.scene.rows()[single.row as usize];
            let words = scatter.scene.in_words(row, &scatter.told.columns);
            Spoken { row, at: plane.screen(single.at), words }
        };
        self.all.marks.singles.iter().map(tell).collect()
    }
}

/// Words no wider than the plane.
fn written(ui: &Ui, plane: &Plane, text: String, corner: impl FnOnce(Vec2) -> Pos2) -> Written {
    let room = (plane.rect.width() - 2.0 * BESIDE).max(0.0);
    let galley = ui.painter().layout(text.clone(), theme::small(), palette(ui).muted, room);
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
    let corner = plane.rect.right_top() + vec2(-BESIDE, 3.0);
    Some(written(ui, plane, text, |size| corner - vec2(size.x, 0.0)))
}

/// The trend within what is in sight. Its words stand beside what is `taken`, and where they cover no mark,
/// as far right as can be; a small plane does without them where there is no such place.
fn trend(ui: &Ui, scatter: &Scatter, plane: &Plane, taken: &[Rect], marks: &Marks) -> Option<Trend> {
    let (line, text) = scatter.trend.as_ref()?;
    let ends = paint::line_within(plane, line)?;
    let half = if marks.points() <= paint::FEW { Scatter::across_usual(true) / 2.0 } else { 0.0 };
    let covers = |words: Rect| {
        let words = words.expand(half);
        half > 0.0 && marks.singles.iter().any(|single| words.contains(plane.screen(single.at)))
    };
    let is_free = |words: Rect| taken.iter().all(|taken| !taken.intersects(words));
    let words = text.clone().map(|text| {
        written(ui, plane, text, |size| {
            let places = along(ends, size).chain(in_corners(plane.rect, size));
            let places = places.map(|corner| Rect::from_min_size(corner, size));
            let mut within = places.filter(|words| {
                is_free(*words) && plane.rect.contains_rect(*words) && !names::runs_through(ends, *words)
            });
            let first = within.next();
            let free = first.filter(|words| !covers(*words)).or_else(|| within.find(|words| !covers(*words)));
            free.or(first).map_or(plane.rect.left_top() + vec2(BESIDE, 16.0), |words| words.min)
        })
    });
    let has_place =
        |words: &Written| plane.rect.width() >= ROOMY || (is_free(words.rect) && !covers(words.rect));
    Some(Trend { ends, words: words.filter(has_place) })
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

/// Corners of words in those of the plane, for when there is no room along the line.
fn in_corners(plane: Rect, size: Vec2) -> impl Iterator<Item = Pos2> {
    let inner = plane.shrink2(vec2(BESIDE, LIFTED));
    let (right, bottom) = (inner.right() - size.x, inner.bottom() - size.y);
    [
        pos2(right, bottom),
        pos2(inner.left(), inner.top()),
        pos2(inner.left(), bottom),
        pos2(right, inner.top()),
    ]
    .into_iter()
}
