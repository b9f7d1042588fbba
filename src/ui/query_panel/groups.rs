//! The Groups menu: named sets of players, told apart by colour and shape.

use egui::{Key, Popup, PopupCloseBehavior, TextEdit, Ui, vec2};

use super::QueryPanelInput;
use crate::ui::{
    actions::Action,
    theme::{self, icon},
    widgets,
};

/// What is being typed in the menu.
#[derive(Default)]
pub(super) struct GroupsMenu {
    new_name: String,
    /// The group being renamed, and its name so far.
    renaming: Option<(usize, String)>,
}

/// The button and its menu. `selected` are the places of the selected players.
pub(super) fn groups_ui(
    ui: &mut Ui,
    state: &mut GroupsMenu,
    input: &QueryPanelInput<'_>,
    selected: &[usize],
    actions: &mut Vec<Action>,
) {
    let button = widgets::chip_button(ui, "Groups", "");
    let button = button.on_hover_text("Name sets of players: each has its own colour and shape");
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(260.0).show(|ui| {
        for (place, group) in input.query.groups.iter().enumerate() {
            if let Some((renamed, name)) = &mut state.renaming
                && *renamed == place
            {
                if name_ui(ui, name, "Name of the group") {
                    actions.push(Action::RenameGroup(place, std::mem::take(name)));
                    state.renaming = None;
                }
                continue;
            }
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(14.0, 24.0), egui::Sense::hover());
                let series = theme::series(place, !ui.visuals().dark_mode);
                theme::paint_marker(ui.painter(), rect.center(), 10.0, series);
                widgets::row_ui(
                    ui,
                    |ui| {
                        widgets::elided_label(ui, &group.name, ui.available_width() - 110.0);
                        widgets::muted_label(ui, &group.players.len().to_string());
                    },
                    |ui| {
                        let name = &group.name;
                        if icon_ui(
                            ui,
                            icon::TRASH,
                            &format!("Remove group {name}"),
                            "Remove the group, not its players",
                        ) {
                            actions.push(Action::RemoveGroup(place));
                        }
                        if icon_ui(ui, icon::PENCIL_SIMPLE, &format!("Rename group {name}"), "Rename") {
                            state.renaming = Some((place, name.clone()));
                        }
                        ui.add_enabled_ui(!selected.is_empty(), |ui| {
                            if icon_ui(
                                ui,
                                icon::PLUS,
                                &format!("Add selected to {name}"),
                                "Add the selected players",
                            ) {
                                actions.push(Action::PutIntoGroup(name.clone(), selected.to_vec()));
                            }
                        });
                    },
                );
            });
        }
        if !input.query.groups.is_empty() {
            ui.separator();
        }
        new_group_ui(ui, state, input, selected, actions);
    });
}

fn new_group_ui(
    ui: &mut Ui,
    state: &mut GroupsMenu,
    input: &QueryPanelInput<'_>,
    selected: &[usize],
    actions: &mut Vec<Action>,
) {
    let words = match selected.len() {
        0 => "New group: select players in the list first".to_owned(),
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
            actions.push(Action::PutIntoGroup(name, selected.to_vec()));
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
