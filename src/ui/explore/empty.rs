use egui::{RichText, Ui, vec2};

use super::{ExploreAction, ExploreInput};
use crate::{
    analysis::display,
    model::{Failure, Remedy, RowState},
    ui::{
        theme::{self, icon, palette},
        widgets::{chip_button, link_button},
    },
};

/// Why there is no grid to show.
pub(super) enum Nothing {
    /// The query asks for nothing yet: why.
    NoQuery(String),
    /// It was never fetched: how many values it asks for.
    NotFetched(usize),
}

pub(super) fn reason(input: &ExploreInput<'_>) -> Option<Nothing> {
    if !input.table.rows().is_empty() && !input.table.columns().is_empty() {
        return None;
    }
    Some(match input.query.ready() {
        Err(missing) => Nothing::NoQuery(missing.to_string()),
        Ok(()) => Nothing::NotFetched(input.query.player_refs().len() * input.query.columns().len()),
    })
}

/// Says in the middle of the screen what is missing, with the button that helps.
pub(super) fn empty_ui(ui: &mut Ui, nothing: &Nothing, actions: &mut Vec<ExploreAction>) {
    let colors = palette(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.36).max(8.0));
        ui.label(RichText::new(icon::TABLE).size(28.0).color(colors.faint));
        ui.add_space(4.0);
        match nothing {
            Nothing::NoQuery(missing) => {
                ui.label(RichText::new("Nothing to show yet").font(theme::heading()));
                ui.label(RichText::new(format!("{missing}.")).color(colors.muted));
            }
            Nothing::NotFetched(values) => {
                ui.label(RichText::new("Not fetched yet").font(theme::heading()));
                let asked = format!("The query asks for {} values.", display::count(*values));
                ui.label(RichText::new(asked).color(colors.muted));
                ui.add_space(8.0);
                if link_button(ui, "Fetch them").on_hover_text("Fetch (Ctrl+Enter)").clicked() {
                    actions.push(ExploreAction::Fetch);
                }
            }
        }
    });
}

/// One line above the grid when not one player could be read.
pub(super) fn trouble_ui(ui: &mut Ui, input: &ExploreInput<'_>, actions: &mut Vec<ExploreAction>) {
    let mut failures = input.table.rows().iter().map(|row| match &row.state {
        RowState::Failed(failure) => Some(failure),
        _ => None,
    });
    let Some(Some(first)) = failures.next() else { return };
    if !failures.all(|failure| failure.is_some()) {
        return;
    }
    let colors = palette(ui);
    ui.horizontal(|ui| {
        ui.add_space(10.0);
        ui.set_min_height(32.0);
        let (mark, _) = ui.allocate_exact_size(vec2(10.0, 10.0), egui::Sense::hover());
        theme::paint_failed_mark(ui.painter(), mark.center(), ui.visuals().dark_mode);
        let words = format!("No player could be read. {first}. {}.", first.advice);
        ui.label(RichText::new(words).color(colors.text));
        remedy_ui(ui, first, actions);
    });
}

/// The button that does what mends a failure.
pub(crate) fn remedy_ui(ui: &mut Ui, failure: &Failure, actions: &mut Vec<ExploreAction>) {
    let (label, hint) = match failure.remedy {
        Remedy::Retry => ("Retry failed", "Ask once more for all that failed (Shift+F5)"),
        Remedy::NewToken => ("Give a new token", "Open the token panel"),
        Remedy::EditPlayers => ("Edit players", "Go to the players list"),
        Remedy::EditStats => ("Edit stats", "Go to titles and stats"),
        Remedy::None => return,
    };
    if chip_button(ui, label, "").on_hover_text(hint).clicked() {
        actions.push(ExploreAction::Remedy(failure.remedy));
    }
}
