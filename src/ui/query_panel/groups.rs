//! The Groups menu: named sets of players, told apart by colour and shape.

use std::collections::HashSet;

use egui::{Checkbox, Key, Popup, PopupCloseBehavior, ScrollArea, TextEdit, Ui};

use super::{QueryPanelInput, group_look};
use crate::{
    model::{
        Cohort, Filter, Group, GroupBy, GroupTest, Grouping, HeldBy, PlayerEntry, PlayerRef, Reference,
        ViewSettings,
    },
    ui::{
        actions::Action,
        player_groups::Combination,
        theme::{self, icon},
        widgets,
    },
};

const WIDTH: f32 = 330.0;
/// How high the list is at most.
const LIST: f32 = 220.0;
/// Room for the buttons behind a group's name.
const BUTTONS: f32 = 150.0;

/// What is being typed and ticked in the menu.
#[derive(Default)]
pub(super) struct GroupsMenu {
    new_name: String,
    /// The group being renamed, and its name so far.
    renaming: Option<(usize, String)>,
    /// The group whose colours and shapes are open.
    looked_at: Option<usize>,
    /// The places of the ticked groups, in the order in which they were ticked.
    ticked: Vec<usize>,
    /// The places in the list of the players that were selected in the grid when the menu was opened.
    in_grid: Vec<usize>,
}

/// The button and its menu. `selected` are the places of the players that are selected in the list;
/// where there are none, those that are selected in the grid are meant.
pub(super) fn groups_ui(
    ui: &mut Ui,
    state: &mut GroupsMenu,
    input: &QueryPanelInput<'_>,
    selected: &[usize],
    actions: &mut Vec<Action>,
) {
    let button = widgets::chip_button(ui, "Groups", "");
    let button = button.on_hover_text("Name sets of players: each has its own colour and shape");
    if button.clicked() {
        state.in_grid = if selected.is_empty() { places_in_list(input) } else { Vec::new() };
    }
    let in_grid = state.in_grid.clone();
    let selected = if selected.is_empty() { &in_grid } else { selected };
    let popup = Popup::from_toggle_button_response(&button).gap(4.0).width(WIDTH);
    popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(WIDTH);
        state.ticked.retain(|place| *place < input.query.groups.len());
        ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).show(ui, |ui| {
            for place in 0..input.query.groups.len() {
                line_ui(ui, state, &input.query.groups, place, selected, actions);
            }
        });
        if !input.query.groups.is_empty() {
            use_ui(ui, state, input, actions);
            ui.separator();
        }
        new_group_ui(ui, state, input, selected, actions);
    });
}

/// Where the players that are selected in the grid stand in the list.
fn places_in_list(input: &QueryPanelInput<'_>) -> Vec<usize> {
    let rows = input.table.rows();
    let selected = input.selected_rows.iter().filter_map(|row| Some(&rows.get(*row as usize)?.asked));
    let selected: HashSet<&PlayerRef> = selected.collect();
    let players = input.query.players.iter().enumerate();
    let is_selected = |entry: &PlayerEntry| entry.read().is_ok_and(|player| selected.contains(player));
    players.filter(|(_, entry)| is_selected(entry)).map(|(place, _)| place).collect()
}

fn line_ui(
    ui: &mut Ui,
    state: &mut GroupsMenu,
    groups: &[Group],
    place: usize,
    selected: &[usize],
    actions: &mut Vec<Action>,
) {
    if let Some((renamed, name)) = &mut state.renaming
        && *renamed == place
    {
        if name_ui(ui, name, "Name of the group") {
            actions.push(Action::RenameGroup(place, std::mem::take(name)));
            state.renaming = None;
        }
        return;
    }
    let group = &groups[place];
    let name = &group.name;
    let mut ticked = state.ticked.contains(&place);
    ui.horizontal(|ui| {
        let tick = ui
            .add(Checkbox::without_text(&mut ticked))
            .on_hover_text("Use it, alone or with others: see below");
        ui.ctx().accesskit_node_builder(tick.id, |node| node.set_label(format!("Use group {name}")));
        if tick.changed() {
            state.ticked.retain(|other| *other != place);
            state.ticked.extend(ticked.then_some(place));
        }
        let is_open = state.looked_at == Some(place);
        if group_look::marker_ui(ui, groups, place, is_open).clicked() {
            state.looked_at = (!is_open).then_some(place);
        }
        widgets::row_ui(
            ui,
            |ui| {
                widgets::elided_label(ui, name, ui.available_width() - BUTTONS);
                widgets::muted_label(ui, &group.players.len().to_string());
            },
            |ui| {
                let remove = format!("Remove group {name}");
                if icon_ui(
                    ui,
                    icon::TRASH,
                    &remove,
                    "Remove the group, not its players (Ctrl+Z brings it back)",
                ) {
                    actions.push(Action::RemoveGroup(place));
                    state.looked_at = None;
                }
                if icon_ui(ui, icon::PENCIL_SIMPLE, &format!("Rename group {name}"), "Rename") {
                    state.renaming = Some((place, name.clone()));
                }
                ui.add_enabled_ui(!selected.is_empty(), |ui| {
                    let take = format!("Take selected out of {name}");
                    if icon_ui(ui, icon::MINUS, &take, "Take the selected players out of it") {
                        actions.push(Action::TakeFromGroups(Some(place), selected.to_vec()));
                    }
                    let add = format!("Add selected to {name}");
                    if icon_ui(ui, icon::PLUS, &add, "Add the selected players") {
                        actions.push(Action::AddToGroup(name.clone(), selected.to_vec()));
                    }
                });
            },
        );
    });
    if state.looked_at == Some(place)
        && let Some(look) = group_look::choices_ui(ui, group, place)
    {
        actions.push(Action::SetGroupLook(place, look));
    }
}

/// What can be done with the ticked groups.
fn use_ui(ui: &mut Ui, state: &GroupsMenu, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    let view = &input.query.view;
    let mut set = |view: ViewSettings| actions.push(Action::SetView(Box::new(view)));
    let names: Vec<String> =
        state.ticked.iter().map(|place| input.query.groups[*place].name.clone()).collect();
    ui.separator();
    if names.is_empty() {
        widgets::muted_label(
            ui,
            "Tick groups to filter by them, to hold players against them or to combine them",
        );
    } else {
        ui.horizontal_wrapped(|ui| {
            widgets::muted_label(ui, "Show who is in");
            for (held_by, label, hint) in [
                (HeldBy::Any, "any", "At least one of the ticked groups"),
                (HeldBy::All, "all", "Each of the ticked groups"),
                (HeldBy::One, "only one", "Exactly one of the ticked groups"),
                (HeldBy::None, "none", "None of the ticked groups"),
            ] {
                let filter = Filter::Groups(GroupTest { held_by, groups: names.clone() });
                let on = view.filters.contains(&filter);
                let chip = widgets::chip_toggle(ui, label, "", on);
                spoken_as(ui, &chip, &format!("Show who is in {label}"));
                if chip.on_hover_text(hint).clicked() {
                    set(filtered(view, filter, !on));
                }
            }
        });
    }
    if let [name] = &names[..] {
        ui.horizontal_wrapped(|ui| {
            widgets::muted_label(ui, "Hold others against its");
            for (label, reference) in [
                ("median", Reference::Median(Cohort::Group(name.clone()))),
                ("mean", Reference::Mean(Cohort::Group(name.clone()))),
            ] {
                let on = view.reference == reference;
                let chip = widgets::chip_toggle(ui, label, "", on);
                spoken_as(ui, &chip, &format!("Reference: {label} of {name}"));
                if chip.on_hover_text("Use it as the reference; again: the median of all").clicked() {
                    let reference = if on { Reference::default() } else { reference };
                    set(ViewSettings { reference, ..view.clone() });
                }
            }
        });
    }
    if let [first, second] = state.ticked[..] {
        ui.horizontal_wrapped(|ui| {
            widgets::muted_label(ui, "New group of who is in");
            for how in Combination::ALL {
                let (label, name) = combination_words(how, &names[0], &names[1]);
                let chip = widgets::action_chip(ui, &label, "");
                spoken_as(ui, &chip, &format!("New group of who is in {label}"));
                if chip.on_hover_text(format!("Make the group “{name}”")).clicked() {
                    let name = unused(&name, &input.query.groups);
                    actions.push(Action::CombineGroups(name, [first, second], how));
                }
            }
        });
    }
    let mut by_group = view.grouping.as_ref().is_some_and(|grouping| grouping.by == GroupBy::PlayerGroup);
    let rows = ui.checkbox(&mut by_group, "Group rows by player group");
    if rows.on_hover_text("Each group under a header with its subtotals").changed() {
        let grouping = by_group.then(|| Grouping::new(GroupBy::PlayerGroup));
        actions.push(Action::SetView(Box::new(ViewSettings { grouping, ..view.clone() })));
    }
}

/// The view with this filter on groups and no other, or with none.
fn filtered(view: &ViewSettings, filter: Filter, on: bool) -> ViewSettings {
    let mut view = view.clone();
    view.filters.retain(|filter| !matches!(filter, Filter::Groups(_)));
    view.filters.extend(on.then_some(filter));
    view
}

/// What a combination is called in the menu, and what the group that it makes.
fn combination_words(how: Combination, first: &str, second: &str) -> (String, String) {
    match how {
        Combination::Either => ("either".into(), format!("{first} or {second}")),
        Combination::Both => ("both".into(), format!("{first} and {second}")),
        Combination::OnlyOne => ("only one".into(), format!("Only one of {first}, {second}")),
        Combination::Without => (format!("{first} alone"), format!("{first} without {second}")),
    }
}

/// The name, with a number where there is a group of it.
fn unused(name: &str, groups: &[Group]) -> String {
    let is_taken = |name: &str| groups.iter().any(|group| group.name == name);
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

fn new_group_ui(
    ui: &mut Ui,
    state: &mut GroupsMenu,
    input: &QueryPanelInput<'_>,
    selected: &[usize],
    actions: &mut Vec<Action>,
) {
    let words = match selected.len() {
        0 => "New group: select players in the list or in the grid first".to_owned(),
        1 => "New group of the selected player".to_owned(),
        many => format!("New group of the {many} selected players"),
    };
    widgets::muted_label(ui, &words);
    ui.add_enabled_ui(!selected.is_empty(), |ui| {
        let entered = name_ui(ui, &mut state.new_name, "Name of the new group");
        let name = state.new_name.trim().to_owned();
        let taken = input.query.groups.iter().any(|group| group.name == name);
        if taken {
            let warning = theme::palette(ui).warning;
            ui.colored_label(warning, "There is a group of this name: the players join it");
        }
        let pressed = ui.add_enabled(!name.is_empty(), egui::Button::new("Make group")).clicked();
        if (entered || pressed) && !name.is_empty() {
            actions.push(Action::AddToGroup(name, selected.to_vec()));
            state.new_name.clear();
        }
    });
}

/// A field for a name. Returns whether Enter was pressed in it.
fn name_ui(ui: &mut Ui, name: &mut String, label: &'static str) -> bool {
    let response = ui.add(TextEdit::singleline(name).hint_text(label).desired_width(f32::INFINITY));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn icon_ui(ui: &mut Ui, glyph: &str, name: &str, hint: &str) -> bool {
    widgets::icon_button(ui, glyph, name).on_hover_text(hint).clicked()
}

fn spoken_as(ui: &Ui, response: &egui::Response, name: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_combined_group_has_a_name_of_its_own() {
        let group = |name: &str| Group { name: name.into(), ..Group::default() };
        let groups = [group("A and B"), group("A and B 2")];
        assert_eq!(unused("A and B", &groups), "A and B 3");
        assert_eq!(unused("A or B", &groups), "A or B");
    }
}
