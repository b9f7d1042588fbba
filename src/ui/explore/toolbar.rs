use egui::{Align, Layout, Popup, Ui};

use super::{Explore, ExploreAction, ExploreInput, ExportFormat, menu::copy_menu_ui};
use crate::{
    model::{Sort, SortBy},
    ui::widgets::{chip_button, chip_toggle},
};

const EXPORTS: [(ExportFormat, &str); 4] = [
    (ExportFormat::Csv, "CSV, a value a row"),
    (ExportFormat::Tsv, "TSV, a value a row"),
    (ExportFormat::Json, "JSON, a value an object"),
    (ExportFormat::Markdown, "Markdown table"),
];

/// Room from which the chips say all that they can, in points.
const ROOM_FOR_DETAIL: f32 = 520.0;

/// The chips above the grid.
pub(super) fn toolbar_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let view = &input.query.view;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        // What the hover tells too goes first where there is no room.
        let detail = if ui.available_width() < ROOM_FOR_DETAIL { "" } else { "per column" };
        let heat = chip_toggle(ui, "Heat map", detail, view.heat_map).on_hover_text(
            "Shade each cell by where it stands between its column's least and greatest value",
        );
        if heat.clicked() {
            actions.push(ExploreAction::SetHeatMap(!view.heat_map));
        }
        if let Some(sort) = &view.sort {
            order_ui(ui, sort, actions);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let has_rows = !input.table.rows().is_empty();
            let export = ui.add_enabled_ui(has_rows, |ui| chip_button(ui, "Export", "")).inner;
            let export = export.on_hover_text("Write the shown rows to a file");
            Popup::menu(&export).show(|ui| {
                for (format, label) in EXPORTS {
                    if ui.button(label).clicked() {
                        actions.push(ExploreAction::Export(format));
                        ui.close();
                    }
                }
            });
            let copy = ui.add_enabled_ui(has_rows, |ui| chip_button(ui, "Copy", "")).inner;
            let copy = copy.on_hover_text("Copy what is selected, or all (Ctrl+C)");
            Popup::menu(&copy).show(|ui| {
                copy_menu_ui(ui, state, input, actions);
            });
        });
    });
}

/// The order in use; a click goes back to that of the list.
fn order_ui(ui: &mut Ui, sort: &Sort, actions: &mut Vec<ExploreAction>) {
    let by = match &sort.by {
        SortBy::Player => "player",
        SortBy::Column(key) => key.stat.as_str(),
    };
    let way = if sort.descending { "greatest first" } else { "least first" };
    let way = match (&sort.by, sort.descending) {
        (SortBy::Player, false) => "A to Z",
        (SortBy::Player, true) => "Z to A",
        _ => way,
    };
    let chip = chip_button(ui, "Order", &format!("{by}, {way}"));
    let chip = chip.on_hover_text("Turn the order round, or go back to the order of the list");
    Popup::menu(&chip).show(|ui| {
        if ui.button("Turn round").clicked() {
            let turned = Sort { by: sort.by.clone(), descending: !sort.descending };
            actions.push(ExploreAction::SetSort(Some(turned)));
            ui.close();
        }
        if ui.button("Order of the list").clicked() {
            actions.push(ExploreAction::SetSort(None));
            ui.close();
        }
    });
}
