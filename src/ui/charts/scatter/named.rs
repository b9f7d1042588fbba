//! The names of players beside their marks.

use std::sync::Arc;

use egui::{Galley, Painter, Pos2, Rect, Ui, vec2};

use super::{
    super::plane::Plane,
    Scatter,
    names::{Spot, placed},
};
use crate::{
    analysis::chart::scatter::{Marks, Single},
    ui::{
        theme::{self, palette},
        widgets::{elided, player_name_job},
    },
};

/// Up to so many marks have their names beside them.
const NAMED: usize = 60;
/// Up to so many of the selected are named where there are more marks than that.
const NAMED_SELECTED: usize = 12;
/// Names are no wider than this, in points.
const NAME_WIDTH: f32 = 170.0;

/// A name beside a mark.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) row: u32,
    pub(super) at: Pos2,
    galley: Arc<Galley>,
    stands_out: bool,
}

/// Marks in sight, some of which may be named.
pub(super) struct ToName<'a> {
    pub(super) all: &'a Marks,
    pub(super) selected: &'a [Single],
    /// Whether those recede who are not selected.
    pub(super) recedes: bool,
    /// Whether marks are large.
    pub(super) are_few: bool,
}

/// What names are not to cover.
pub(super) struct Taken<'a> {
    pub(super) rects: &'a [Rect],
    pub(super) line: Option<[Pos2; 2]>,
}

impl ToName<'_> {
    /// All, where they are few; else the selected, where these are.
    fn chosen(&self) -> &[Single] {
        let fit = self.all.cells.is_empty() && self.all.singles.len() <= NAMED;
        match (fit, self.recedes) {
            (true, false) => &self.all.singles,
            (true, true) => self.selected,
            (false, _) if self.selected.len() <= NAMED_SELECTED => self.selected,
            (false, _) => &[],
        }
    }
}

/// Names for what is in sight, those of the selected first.
pub(super) fn named(
    ui: &Ui,
    scatter: &Scatter,
    plane: &Plane,
    marks: &ToName<'_>,
    taken: &Taken<'_>,
) -> Vec<Name> {
    if !scatter.names {
        return Vec::new();
    }
    let is_selected = |single: &Single| marks.selected.iter().any(|other| other.row == single.row);
    let row = |single: &Single| scatter.scene.rows()[single.row as usize];
    let mut chosen: Vec<(bool, u32, &Single)> =
        marks.chosen().iter().map(|single| (!is_selected(single), row(single), single)).collect();
    chosen.sort_unstable_by_key(|(is_other, row, _)| (*is_other, *row));
    let galley = |row: u32, stands_out: bool| name_galley(ui, &scatter.scene.player(row), stands_out);
    let galleys: Vec<Arc<Galley>> = chosen.iter().map(|(is_other, row, _)| galley(*row, !is_other)).collect();
    let radius = |is_other: bool, single: &Single| {
        let has_ring = !is_other && !marks.recedes;
        let across = scatter.across(single.row, marks.are_few);
        if has_ring { scatter.ring(single.row, marks.are_few) + 1.0 } else { across / 2.0 }
    };
    let spots: Vec<Spot> = chosen
        .iter()
        .zip(&galleys)
        .map(|((is_other, _, single), galley)| Spot {
            at: plane.screen(single.at),
            radius: radius(*is_other, single),
            size: galley.size(),
            must: !is_other && marks.selected.len() <= NAMED_SELECTED,
        })
        .collect();
    let places = placed(plane.rect, taken.rects, taken.line, &spots);
    let names = chosen.into_iter().zip(galleys).zip(places);
    names
        .filter_map(|(((is_other, row, _), galley), place)| {
            Some(Name { row, at: place?.min, galley, stands_out: !is_other })
        })
        .collect()
}

impl Name {
    pub(super) fn paint(&self, ui: &Ui, clip: &Painter) {
        if self.stands_out {
            paint_name(ui, clip, self.at, self.galley.clone());
        } else {
            clip.galley(self.at, self.galley.clone(), palette(ui).muted);
        }
    }
}

/// A name that can be read whatever is behind it.
pub(super) fn paint_name(ui: &Ui, clip: &Painter, corner: Pos2, galley: Arc<Galley>) {
    let colors = palette(ui);
    let behind = Rect::from_min_size(corner, galley.size()).expand2(vec2(3.0, 1.0));
    clip.rect_filled(behind, 3.0, colors.window.gamma_multiply(0.85));
    clip.galley(corner, galley, colors.text);
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
