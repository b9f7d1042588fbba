//! Filters: the chips that say which there are, and the popup in which one is made or changed.

mod chips;
mod draft;
mod editor;
mod facets;

use egui::Rect;

pub(in crate::ui::explore) use chips::{ADD_WIDTH, FilterChip, add_ui, chip_ui, list_ui};
use draft::Wrong;
pub(in crate::ui::explore) use draft::{At, Draft, Kind, Subject, TestDraft};
pub(in crate::ui::explore) use editor::{TestInput, editor_ui, test_ui};

/// The popup, while it is open.
#[derive(Debug, Default)]
pub(in crate::ui::explore) struct Filters {
    editor: Option<editor::Editor>,
    facets: facets::Facets,
}

impl Filters {
    /// Opens the popup below `anchor`: for the filter at `place`, or for a new one.
    pub(super) fn open(&mut self, draft: Draft, place: Option<usize>, anchor: Rect) {
        self.facets.reset();
        self.editor = Some(editor::Editor::new(Some(draft), place, anchor));
    }

    /// Opens the popup below `anchor` to choose what a new filter is about.
    pub(super) fn open_to_choose(&mut self, anchor: Rect) {
        self.facets.reset();
        self.editor = Some(editor::Editor::new(None, None, anchor));
    }
}
