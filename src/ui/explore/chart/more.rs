//! The menu of the chart: what has no room in the line above it, and what is done with it as a whole.

use egui::{Button, Popup, PopupCloseBehavior, Ui, containers::menu::SubMenuButton};

use super::{
    super::{Explore, ExploreAction, ExploreInput},
    links::Links,
    options::{Opt, Sight},
};
use crate::{
    analysis::display::count,
    formats::delimited::{Guard, Separator, lines},
    model::Chart,
    ui::{charts::Made, theme::icon, widgets::icon_button},
};

/// The button with its menu. `folded` are the options without room in the line.
pub(super) fn more_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    sight: Sight<'_>,
    folded: &[Opt],
    links: &Links,
    actions: &mut Vec<ExploreAction>,
) {
    let more = icon_button(ui, icon::DOTS_THREE, "More of the chart").on_hover_text("More of the chart");
    Popup::menu(&more).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        for option in folded {
            let value = option.value(state, sight);
            let label =
                if value.is_empty() { option.label().into() } else { format!("{}: {value}", option.label()) };
            SubMenuButton::new(label).ui(ui, |ui| option.menu_ui(ui, state, sight, actions));
        }
        if !folded.is_empty() {
            ui.separator();
        }
        suiting_ui(ui, sight.chart, actions);
        ui.separator();
        links.menu_ui(ui, state, input, actions);
        ui.separator();
        take_ui(ui, state, actions);
    });
}

/// Leaving the kind to the selection.
fn suiting_ui(ui: &mut Ui, chart: &Chart, actions: &mut Vec<ExploreAction>) {
    let suiting = ui.selectable_label(chart.kind.is_none(), "What suits the selection");
    if suiting.on_hover_text("The kind of chart follows what is selected in the grid").clicked() {
        actions.push(ExploreAction::SetChart(Box::new(Chart { kind: None, ..chart.clone() })));
        ui.close();
    }
}

/// Taking the chart elsewhere: as a picture, or its numbers.
fn take_ui(ui: &mut Ui, state: &Explore, actions: &mut Vec<ExploreAction>) {
    let has_chart = matches!(state.chart.made.as_ref().map(|shown| &shown.made), Some(Made::Chart(_)));
    let picture = ui.add_enabled(has_chart, Button::new("Picture of the chart…"));
    if picture.on_hover_text("As PNG or SVG, or on the clipboard").clicked() {
        actions.push(ExploreAction::ChartPicture);
        ui.close();
    }
    if ui.button("Copy data").on_hover_text("The numbers behind the chart, as TSV").clicked() {
        actions.extend(copy_data(ui, state));
        ui.close();
    }
}

fn copy_data(ui: &Ui, state: &Explore) -> Option<ExploreAction> {
    let Made::Chart(drawing) = &state.chart.made.as_ref()?.made else { return None };
    let data = drawing.data();
    let mut text = Vec::new();
    lines(&data, Separator::Tab, Guard::Spreadsheet, &mut text).ok()?;
    ui.copy_text(String::from_utf8(text).ok()?);
    let what = format!("Copied the data of the chart: {} lines", count(data.len().saturating_sub(1)));
    Some(ExploreAction::Copied { what })
}
