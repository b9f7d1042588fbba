use egui::Context;

use super::ExploreInput;
use crate::{analysis::View, ui::widgets::grid::Mark};

/// Which cells changed since the fetch before, and which hold what cannot be.
#[derive(Debug, Default)]
pub(super) struct Marks;

impl Marks {
    /// Brings the marks up to date with what is on screen, once a frame. Cheap when nothing changed.
    pub(super) fn refresh(&mut self, _ctx: &Context, _view: &View, _input: &ExploreInput<'_>) {}

    /// The mark of a cell: a row of the table and a place in [`View::columns`]. Asked for each cell
    /// that is drawn.
    pub(super) fn of(&self, _view: &View, _row: u32, _column: usize) -> Option<Mark> {
        None
    }

    /// What the mark means, in words for the tooltip: a sentence a line.
    pub(super) fn words(&self, _view: &View, _row: u32, _column: usize) -> String {
        String::new()
    }
}
