//! The inspector: everything that is known of what is selected, exactly as it was sent.
//!
//! It shows and offers, and changes nothing itself: what the user did comes back as
//! [`ExploreAction`]s. Start with [`inspector_ui`].

mod cell;
mod derived;
mod overview;
mod player;
mod several;
mod shown;

use egui::{ScrollArea, Ui};

use super::{
    explore::{Explore, ExploreAction, ExploreInput},
    widgets::muted_label,
};

/// Shows a player, a cell, what several cells come to, or the table when nothing is selected.
pub fn inspector_ui(ui: &mut Ui, state: &Explore, input: &ExploreInput<'_>) -> Vec<ExploreAction> {
    let mut actions = Vec::new();
    // While the view of a new table is being worked out, the selection is one of the old.
    let table = state.view().map_or_else(|| input.table.clone(), |view| view.table().clone());
    let input = &ExploreInput { table: &table, ..*input };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let (rows, columns) = (state.selected_players(), state.selected_columns());
        match (rows, columns) {
            ([row], [column]) if !state.selection().is_of_rows() => {
                player::header_ui(ui, state, input, *row, &mut actions);
                cell::cell_ui(ui, state, input, *row, *column, &mut actions);
                player::against_reference_ui(ui, state, *row);
            }
            ([row], []) if derived::is_selected(state) => {
                player::header_ui(ui, state, input, *row, &mut actions);
                derived::derived_ui(ui, state, *row, &mut actions);
                player::against_reference_ui(ui, state, *row);
            }
            ([row], _) => {
                player::header_ui(ui, state, input, *row, &mut actions);
                shown::list_ui(ui, state, *row);
                player::against_reference_ui(ui, state, *row);
            }
            ([], _) => overview::overview_ui(ui, state, input),
            _ => several::several_ui(ui, state, input, &mut actions),
        }
    });
    actions
}

/// Says what figures are of, where the grid shows other numbers than were sent.
fn shown_as_ui(ui: &mut Ui, state: &Explore) {
    if let Some(shown_as) = state.shown_as() {
        muted_label(ui, &format!("Of what the grid shows: {shown_as}"));
    }
}

/// Space and a line between two sections.
fn section_line(ui: &mut Ui) {
    ui.add_space(6.0);
    ui.separator();
    ui.add_space(2.0);
}
