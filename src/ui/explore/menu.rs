use egui::{Align, Button, Id, Layout, Popup, PopupAnchor, SetOpenCommand, Ui};

use super::{CopyKind, Explore, ExploreAction, ExploreInput};
use crate::{
    model::{Sort, SortBy},
    ui::widgets::grid::{self, MenuRequest, Place},
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
    let _ = (ui, state, input, heading, actions);
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
                sort_menu_ui(ui, input, place, actions);
            }
        });
    if shown.is_none() {
        state.menu = None;
        if request.by_key {
            ui.memory_mut(|memory| memory.request_focus(grid::id(ui)));
        }
    }
}

fn sort_menu_ui(ui: &mut Ui, input: &ExploreInput<'_>, place: Place, actions: &mut Vec<ExploreAction>) {
    let key = place.lane.checked_sub(1).map(|column| input.table.columns()[column].key());
    let (by, first, second) = match key {
        None => (SortBy::Player, "Sort players A to Z", "Sort players Z to A"),
        Some(key) => (SortBy::Column(key.clone().into()), "Sort least first", "Sort greatest first"),
    };
    for (label, descending) in [(first, false), (second, true)] {
        if ui.button(label).clicked() {
            actions.push(ExploreAction::SetSort(Some(Sort { by: by.clone(), descending })));
            ui.close();
        }
    }
    if ui.button("Order of the list").clicked() {
        actions.push(ExploreAction::SetSort(None));
        ui.close();
    }
}
