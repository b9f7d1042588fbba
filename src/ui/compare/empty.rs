//! What is said while nobody is compared, with buttons that change it.

use egui::{RichText, Ui};

use super::{CompareAction, players_at, words};
use crate::{
    analysis::display,
    model::Compare,
    ui::{
        explore::{Explore, ExploreAction, ExploreInput},
        theme::{self, icon, palette},
        widgets::link_button,
    },
};

/// How many of the first players are offered.
const FIRST: usize = 4;

/// Says in the middle of the screen why there is nothing to see, with buttons that change it.
pub(super) fn empty_ui(
    ui: &mut Ui,
    explore: &Explore,
    input: &ExploreInput<'_>,
    is_busy: bool,
    actions: &mut Vec<CompareAction>,
) {
    let colors = palette(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(8.0));
        ui.label(RichText::new(icon::TABLE).size(28.0).color(colors.faint));
        ui.add_space(4.0);
        if input.table.rows().is_empty() || input.table.columns().is_empty() {
            not_fetched_ui(ui, input, actions);
        } else if is_busy {
            ui.label(RichText::new("The comparison is being worked out").color(colors.muted));
        } else if !input.query.compare.contestants.is_empty() {
            ui.label(RichText::new("No stat is shown").font(theme::heading()));
            ui.label(RichText::new("Columns, in Explore, brings them back.").color(colors.muted));
        } else {
            ui.label(RichText::new("Nobody is compared yet").font(theme::heading()));
            let hint = "Put two to eight players, groups or figures of all side by side: here, by Add above (A), \
                        or from a selection in Explore (Ctrl+M).";
            ui.add(egui::Label::new(RichText::new(hint).color(colors.muted)).wrap());
            ui.add_space(8.0);
            offers_ui(ui, explore, actions);
        }
    });
}

fn not_fetched_ui(ui: &mut Ui, input: &ExploreInput<'_>, actions: &mut Vec<CompareAction>) {
    let colors = palette(ui);
    ui.label(RichText::new("Nothing to compare yet").font(theme::heading()));
    if let Err(missing) = input.query.ready() {
        ui.label(RichText::new(format!("{missing}.")).color(colors.muted));
        return;
    }
    ui.label(RichText::new("The query was not fetched.").color(colors.muted));
    ui.add_space(8.0);
    if link_button(ui, "Fetch it").on_hover_text("Fetch (Ctrl+Enter)").clicked() {
        actions.push(CompareAction::Explore(ExploreAction::Fetch));
    }
}

fn offers_ui(ui: &mut Ui, explore: &Explore, actions: &mut Vec<CompareAction>) {
    let selected = explore.selected_players();
    if (2..=Compare::MOST).contains(&selected.len()) {
        let label = format!("Compare the {} selected", words::several(selected.len(), "player"));
        offer_ui(ui, &label, explore, selected, actions);
    }
    let shown = explore.shown_rows();
    let first = &shown[..shown.len().min(FIRST)];
    match first.len() {
        0 => {}
        1 => offer_ui(ui, "Compare the player shown", explore, first, actions),
        many => {
            let label = format!("Compare the first {} players shown", display::count(many));
            offer_ui(ui, &label, explore, first, actions);
        }
    }
}

fn offer_ui(ui: &mut Ui, label: &str, explore: &Explore, rows: &[u32], actions: &mut Vec<CompareAction>) {
    if link_button(ui, label).clicked() {
        let players = explore.view().map(|view| players_at(view.table(), rows)).unwrap_or_default();
        actions.push(CompareAction::Compare(players));
    }
}
