//! What the grid is told by: the chips above it with their popups, filters, the columns.
//!
//! Every control shows the [`ViewSettings`] of the query and, when used, asks for others by
//! [`ExploreAction::SetView`]; nothing in here changes them itself, or looks into the table beyond
//! what the [`View`] on screen tells. Kept here is only what is half done: a filter while it is
//! typed, a search in a list. Start with [`Sight`], what every control looks at, and with
//! `toolbar.rs` beside this folder, which puts the controls in a line.

pub(super) mod chooser;
pub(super) mod control;
pub(super) mod fields;
pub(super) mod filters;
pub(super) mod heat;
pub(super) mod order;
mod parts;
mod picker;
pub(super) mod reference;
pub(super) mod rows;
mod rules;
pub(super) mod summary;
pub(super) mod values;
mod values_chip;
pub(super) mod words;

pub(crate) use values_chip::values_chip_ui;
pub(crate) use words::{ordinal, reference, reference_with};

use egui::Rect;

use super::{ExploreAction, ExploreInput};
use crate::{
    analysis::View,
    model::{Field, RowState, ViewSettings},
};
use fields::Fields;

/// What is half done in the controls, and what is known of the columns.
#[derive(Debug, Default)]
pub(super) struct Controls {
    pub(super) fields: Fields,
    pub(super) filters: filters::Filters,
    pub(super) chooser: chooser::Chooser,
    pub(super) values: values::ValuesMenu,
    pub(super) reference: reference::ReferenceMenu,
    pub(super) rules: rules::RulesMenu,
    players: Players,
}

/// What every control looks at.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) input: &'a ExploreInput<'a>,
    pub(super) settings: &'a ViewSettings,
    pub(super) fields: &'a Fields,
    /// The view on screen; `None` before the first.
    pub(super) view: Option<&'a View>,
    /// The player that has the keyboard in the grid, as a row of the table.
    pub(super) cursor: Option<u32>,
}

impl Sight<'_> {
    /// Asks for other settings, unless they are the same.
    pub(super) fn change(&self, actions: &mut Vec<ExploreAction>, change: impl FnOnce(&mut ViewSettings)) {
        actions.extend(changed(self.settings, change));
    }
}

/// The action that asks for other settings; `None` when nothing is different.
pub(super) fn changed(
    settings: &ViewSettings,
    change: impl FnOnce(&mut ViewSettings),
) -> Option<ExploreAction> {
    let mut view = settings.clone();
    change(&mut view);
    (view != *settings).then(|| ExploreAction::SetView(Box::new(view)))
}

/// A handle of a view, equal to those of the same view alone.
#[derive(Clone, Debug)]
pub(super) struct Same(pub(super) View);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        // Both are held: no other view can have come to stand in the same place.
        std::ptr::eq(self.0.input(), other.0.input())
    }
}

/// How many players a table has, counted once for each of its states.
#[derive(Debug, Default)]
struct Players {
    of: Option<u64>,
    count: usize,
}

impl Controls {
    /// Brings up to date what is known of table and dictionary. Cheap when nothing changed.
    pub(super) fn refresh(&mut self, input: &ExploreInput<'_>) {
        self.fields.refresh(input);
        if self.players.of.replace(input.revision) != Some(input.revision) {
            let is_one = |state: &RowState| !matches!(state, RowState::DuplicateOf(_));
            self.players.count = input.table.rows().iter().filter(|row| is_one(&row.state)).count();
        }
    }

    /// How many players the table has, whatever is filtered out.
    pub(super) fn players(&self) -> usize {
        self.players.count
    }

    /// Opens the list of what a new filter can be about, below `anchor`.
    pub(super) fn filters_to_choose(&mut self, anchor: Rect) {
        self.filters.open_to_choose(anchor);
    }

    /// Opens the editor of a new filter on a column, below `anchor`.
    pub(super) fn add_filter(&mut self, field: &Field, anchor: Rect) {
        let subject = filters::Subject::Column(field.clone());
        self.filters.open(filters::Draft::new(subject, &self.fields), None, anchor);
    }

    /// Opens the editor of a new filter on names, below `anchor`.
    pub(super) fn add_name_filter(&mut self, anchor: Rect) {
        self.filters.open(filters::Draft::new(filters::Subject::Player, &self.fields), None, anchor);
    }

    /// Opens the editor of a new filter on groups, below `anchor`.
    pub(super) fn add_group_filter(&mut self, anchor: Rect) {
        self.filters.open(filters::Draft::new(filters::Subject::Groups, &self.fields), None, anchor);
    }
}
