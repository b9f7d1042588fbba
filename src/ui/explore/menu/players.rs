//! What the menu of a cell does with the selected players.

use egui::{Button, Ui};

use super::super::{Explore, ExploreAction, ExploreInput};
use crate::{
    analysis::View,
    model::{Compare, PlayerRef},
    ui::widgets,
};

/// Bringing the selected players to the Compare screen.
pub(super) fn compare_ui(ui: &mut Ui, state: &Explore, actions: &mut Vec<ExploreAction>) {
    let many = state.selected_players().len();
    let label = if many == 1 { "Add to Compare".to_owned() } else { format!("Compare {many} players") };
    let is_enabled = (1..=Compare::MOST).contains(&many);
    let button = ui.add_enabled(is_enabled, Button::new(&label).shortcut_text("Ctrl M"));
    let button = button.accessible_name(&label).on_hover_text("Side by side, on a screen of their own");
    if button.on_disabled_hover_text("Eight are the most that can be compared").clicked() {
        actions.push(ExploreAction::CompareSelected);
        ui.close();
    }
}

/// Putting the selected players into groups, and taking them out.
pub(super) fn groups_ui(
    ui: &mut Ui,
    state: &Explore,
    input: &ExploreInput<'_>,
    view: &View,
    actions: &mut Vec<ExploreAction>,
) {
    let selected = || selected(state, view);
    ui.menu_button("Groups", |ui| {
        for (place, group) in input.query.groups.iter().enumerate() {
            let groups = &input.query.groups;
            if widgets::group_button(ui, groups, place, &format!("Add to {}", group.name)).clicked() {
                actions.push(ExploreAction::AddToGroup(group.name.clone(), selected()));
                ui.close();
            }
            let take = format!("Take out of {}", group.name);
            if widgets::group_button(ui, groups, place, &take).clicked() {
                actions.push(ExploreAction::TakeFromGroup(place, selected()));
                ui.close();
            }
        }
        if ui.button("New group").on_hover_text("It can be renamed in the Groups menu").clicked() {
            actions.extend(new_group(state, input));
            ui.close();
        }
    });
}

/// Puts the selected players into a group of their own, with a name that no group has.
pub(in super::super) fn new_group(state: &Explore, input: &ExploreInput<'_>) -> Option<ExploreAction> {
    let players = selected(state, state.view()?);
    let is_taken = |name: &str| input.query.groups.iter().any(|group| group.name == name);
    let mut names = (1..).map(|number| format!("Group {number}"));
    names.find(|name| !is_taken(name)).map(|name| ExploreAction::AddToGroup(name, players))
}

fn selected(state: &Explore, view: &View) -> Vec<PlayerRef> {
    let rows = view.table().rows();
    let selected = state.selected_players().iter().filter_map(|row| rows.get(*row as usize));
    selected.map(|row| row.asked.clone()).collect()
}
