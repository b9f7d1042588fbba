//! The inspector: everything that is known of what is selected, exactly as it was sent.
//!
//! It shows and offers, and changes nothing itself: what the user did comes back as
//! [`ExploreAction`]s. Start with [`inspector_ui`].

mod cell;
mod player;
mod several;

use egui::{RichText, ScrollArea, Ui};

use super::{
    explore::{Explore, ExploreAction, ExploreInput},
    theme::palette,
    widgets::section_header,
};

/// Shows a player, a cell, or what several cells come to.
pub fn inspector_ui(ui: &mut Ui, state: &Explore, input: &ExploreInput<'_>) -> Vec<ExploreAction> {
    let mut actions = Vec::new();
    if !state.fits(input.table) {
        return actions;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let (rows, columns) = (state.selected_players(), state.selected_columns());
        match (rows, columns) {
            ([row], [column]) if !state.selection().is_of_rows() => {
                player::header_ui(ui, state, input, *row, &mut actions);
                cell::cell_ui(ui, input, *row, *column, &mut actions);
                player::against_median_ui(ui, state, input, *row);
            }
            ([row], _) => {
                player::header_ui(ui, state, input, *row, &mut actions);
                player::against_median_ui(ui, state, input, *row);
            }
            ([], _) => nothing_ui(ui),
            _ => several::several_ui(ui, state, input),
        }
    });
    actions
}

fn nothing_ui(ui: &mut Ui) {
    ui.add_space(8.0);
    section_header(ui, "Inspector", "");
    let words = "Click a value or a player to see all that is known of it. Shift and arrows select several.";
    ui.label(RichText::new(words).color(palette(ui).muted));
}

/// Space and a line between two sections.
fn section_line(ui: &mut Ui) {
    ui.add_space(6.0);
    ui.separator();
    ui.add_space(2.0);
}
