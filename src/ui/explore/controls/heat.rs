//! How cells are coloured by their numbers.

use egui::Ui;

use super::{
    Sight, parts,
    rules::{self, RulesMenu},
};
use crate::{model::HeatScope, ui::explore::ExploreAction};

/// The content of the popup.
pub(in crate::ui::explore) fn heat_ui(
    ui: &mut Ui,
    state: &mut RulesMenu,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let settings = sight.settings;
    parts::heading_ui(ui, "Shade cells by where they stand");
    if parts::choice_ui(ui, !settings.heat_map, "Off", "H turns it on and off") {
        sight.change(actions, |view| view.heat_map = false);
    }
    for (scope, label, hint) in [
        (HeatScope::Column, "Per column", "Between the least and the greatest of the column"),
        (HeatScope::Row, "Per row", "Among all numbers of the player"),
        (HeatScope::Title, "Per title", "Among all numbers of the title's shown columns"),
    ] {
        let is_chosen = settings.heat_map && settings.heat_scope == scope;
        if parts::choice_ui(ui, is_chosen, label, hint) {
            sight.change(actions, |view| (view.heat_map, view.heat_scope) = (true, scope));
        }
    }
    ui.add_enabled_ui(settings.heat_map, |ui| {
        let hint = "Blue above the reference, orange below, the stronger the farther away";
        if let Some(on) = parts::tick_ui(ui, settings.diverging, "Around the reference", hint) {
            sight.change(actions, |view| view.diverging = on);
        }
    });
    let hint = "A bar in each cell, as long as its number";
    if let Some(on) = parts::tick_ui(ui, settings.bars, "Bars in cells", hint) {
        sight.change(actions, |view| view.bars = on);
    }
    ui.separator();
    rules::rules_ui(ui, state, sight, actions);
}
