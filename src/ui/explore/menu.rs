use egui::{Align, Button, Id, Layout, Popup, PopupAnchor, SetOpenCommand, Ui};

use super::{CopyKind, Explore, ExploreAction, ExploreInput, Heading};
use crate::{
    model::{Sort, SortBy, ViewSettings},
    ui::widgets::grid::{self, MenuRequest},
};

/// The ways to copy. Returns the first of them.
pub(super) fn copy_menu_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<Id> {
    let mut first = None;
    for kind in CopyKind::ALL {
        let button = match kind.key() {
            "" => Button::new(kind.label()),
            key => Button::new(kind.label()).shortcut_text(key),
        };
        let response = ui.add(button).accessible_name(kind.label());
        first = first.or(Some(response.id));
        if response.clicked() {
            actions.extend(state.copy(ui.ctx(), input, kind));
            ui.close();
        }
    }
    first
}

/// The menu of a heading. Shown in a popup that is open already; closes it by `ui.close()`.
pub(super) fn header_menu_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    heading: Heading,
    actions: &mut Vec<ExploreAction>,
) {
    let _ = input;
    let column = match heading {
        Heading::Player => None,
        Heading::Column(column) => Some(column),
    };
    sort_menu_ui(ui, state, column, actions);
}

/// The menu of a cell: of the right mouse button, or of the Menu key.
pub(super) fn cell_menu_ui(
    ui: &Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    asked: Option<MenuRequest>,
    actions: &mut Vec<ExploreAction>,
) {
    state.menu = asked.or(state.menu);
    let Some(request) = state.menu else { return };
    let id = ui.scope_id().with("cell-menu");
    let shown = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(request.at), ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .accessible_name("Cell menu")
        .layout(Layout::top_down_justified(Align::Min))
        .style(egui::containers::menu::menu_style)
        .open_memory(asked.map(|_| SetOpenCommand::Bool(true)))
        .show(|ui| {
            ui.set_min_width(210.0);
            let first = copy_menu_ui(ui, state, input, actions);
            if asked.is_some_and(|asked| asked.by_key)
                && let Some(first) = first
            {
                ui.memory_mut(|memory| memory.request_focus(first));
            }
            if let Some(place) = state.selection().cursor() {
                ui.separator();
                sort_menu_ui(ui, state, place.column, actions);
            }
        });
    if shown.is_none() {
        state.menu = None;
        if request.by_key {
            ui.memory_mut(|memory| memory.request_focus(grid::id(ui)));
        }
    }
}

fn sort_menu_ui(ui: &mut Ui, state: &Explore, column: Option<usize>, actions: &mut Vec<ExploreAction>) {
    let Some(view) = state.view() else { return };
    let field = column.and_then(|column| view.columns().get(column)).map(|column| column.field.clone());
    let (by, first, second) = match field {
        None => (SortBy::Player, "Sort players A to Z", "Sort players Z to A"),
        Some(field) => (SortBy::Column(field), "Sort least first", "Sort greatest first"),
    };
    let mut set = |ui: &mut Ui, sort: Vec<Sort>| {
        let settings = ViewSettings { sort, ..ViewSettings::clone(&view.input().settings) };
        actions.push(ExploreAction::SetView(Box::new(settings)));
        ui.close();
    };
    for (label, descending) in [(first, false), (second, true)] {
        if ui.button(label).clicked() {
            set(ui, vec![Sort { by: by.clone(), descending }]);
        }
    }
    if ui.button("Order of the list").clicked() {
        set(ui, Vec::new());
    }
}
