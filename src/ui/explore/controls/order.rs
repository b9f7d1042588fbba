//! The order of the rows: its keys, to turn round, to move and to drop.

use egui::Ui;

use super::{Sight, words};
use crate::ui::{explore::ExploreAction, theme::icon, widgets};

/// The content of the popup.
pub(in crate::ui::explore) fn order_ui(ui: &mut Ui, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let keys = &sight.settings.sort;
    if keys.is_empty() {
        widgets::muted_label(ui, "Rows stand in the order of the players list. Click a heading to sort.");
        return;
    }
    for (place, key) in keys.iter().enumerate() {
        let name = words::sort(key, sight.fields);
        widgets::row_ui(
            ui,
            |ui| {
                widgets::muted_label(ui, &format!("{}", place + 1));
                widgets::elided_label(ui, &name, ui.available_width() - 100.0);
            },
            |ui| {
                if icon_ui(ui, icon::X, &format!("Drop order by {name}"), "Drop this key") {
                    sight.change(actions, |view| drop(view.sort.remove(place)));
                }
                let (glyph, hint) = if key.descending {
                    (icon::ARROW_DOWN, "Greatest first. Click for least first")
                } else {
                    (icon::ARROW_UP, "Least first. Click for greatest first")
                };
                if icon_ui(ui, glyph, &format!("Turn round order by {name}"), hint) {
                    sight.change(actions, |view| view.sort[place].descending = !key.descending);
                }
                if place > 0
                    && icon_ui(ui, icon::CARET_UP, &format!("Weightier: {name}"), "Look at this key sooner")
                {
                    sight.change(actions, |view| view.sort.swap(place, place - 1));
                }
            },
        );
    }
    if widgets::link_button(ui, "Order of the list").on_hover_text("Drop all keys").clicked() {
        sight.change(actions, |view| view.sort.clear());
        ui.close();
    }
}

fn icon_ui(ui: &mut Ui, glyph: &str, name: &str, hint: &str) -> bool {
    widgets::icon_button(ui, glyph, name).on_hover_text(hint).clicked()
}
