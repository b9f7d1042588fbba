//! The line of chips above the table.

use egui::{Align, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Response, SetOpenCommand, Ui};

use super::{CompareAction, CompareScreen, add, choices, words};
use crate::ui::{
    explore::{self, Explore, ExploreInput},
    widgets::{Chip, action_chip, chip_button},
};

const GAP: f32 = 6.0;
const COPY: &str = "Copy as Markdown";
const PICTURE: &str = "Picture…";
const POPUP_WIDTH: f32 = 270.0;

/// The chips.
pub(super) fn toolbar_ui(
    ui: &mut Ui,
    state: &mut CompareScreen,
    explore: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<CompareAction>,
) {
    let opens_add = !ui.ctx().text_edit_focused()
        && !Popup::is_any_open(ui.ctx())
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::A));
    let copies = !ui.ctx().text_edit_focused() && take_copy(ui);
    if copies {
        actions.extend(state.copied());
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let can_copy = state.sheet().is_some_and(|sheet| !sheet.heads.is_empty());
        ui.add_enabled_ui(can_copy, |ui| export_ui(ui, state, actions));
        let compare = &input.query.compare;
        let reference = state.sheet().map(|sheet| sheet.says.reference.clone()).unwrap_or_default();
        let chips =
            [("Values", "percentile"), ("Reference", &reference), ("Show", "difference"), ("Add", "")];
        let left: f32 =
            chips.iter().map(|(label, value)| Chip::opening(ui, label, value).width() + GAP).sum();
        // In a narrow window it stands in the export menu alone.
        if ui.available_width() > left + Chip::plain(ui, COPY, "").width() {
            let copy = ui.add_enabled_ui(can_copy, |ui| action_chip(ui, COPY, "")).inner;
            if copy.on_hover_text("For a chat or a wiki (Ctrl+C)").clicked() {
                actions.extend(state.copied());
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let mut of_values = Vec::new();
            explore::values_chip_ui(ui, explore, input, &mut of_values);
            actions.extend(of_values.into_iter().map(CompareAction::Explore));
            let chip = chip_button(ui, "Reference", &reference);
            let chip = chip.on_hover_text("What the others are held against");
            popup(&chip).accessible_name("Reference").show(|ui| {
                ui.set_width(POPUP_WIDTH);
                choices::reference_ui(ui, input.query, explore.view(), actions);
            });
            let chip = chip_button(ui, "Show", words::beside(compare.beside));
            let chip = chip.on_hover_text("What stands beside each number");
            popup(&chip).accessible_name("Show").show(|ui| {
                ui.set_width(POPUP_WIDTH);
                choices::beside_ui(ui, compare, actions);
            });
            add_chip_ui(ui, state, explore, input, opens_add, actions);
        });
    });
}

fn popup(chip: &Response) -> Popup<'_> {
    Popup::from_toggle_button_response(chip).close_behavior(PopupCloseBehavior::CloseOnClickOutside).gap(4.0)
}

fn add_chip_ui(
    ui: &mut Ui,
    state: &mut CompareScreen,
    explore: &Explore,
    input: &ExploreInput<'_>,
    by_key: bool,
    actions: &mut Vec<CompareAction>,
) {
    let view = explore.view();
    let chip = ui.add_enabled_ui(view.is_some(), |ui| chip_button(ui, "Add", "")).inner;
    let chip = chip.on_hover_text("Put a player, a group or a figure of all beside the others (A)");
    let Some(view) = view else { return };
    let mut popup = popup(&chip);
    if by_key {
        popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
    }
    let just_opened = by_key || chip.clicked();
    popup.accessible_name("Add").show(|ui| {
        add::add_ui(ui, &mut state.add, input, view, just_opened, actions);
    });
}

fn export_ui(ui: &mut Ui, state: &CompareScreen, actions: &mut Vec<CompareAction>) {
    let export = chip_button(ui, "Export", "").on_hover_text("Take the comparison elsewhere");
    Popup::menu(&export).accessible_name("Export").show(|ui| {
        let button = egui::Button::new(COPY).shortcut_text("Ctrl C");
        if ui.add(button).accessible_name(COPY).clicked() {
            actions.extend(state.copied());
            ui.close();
        }
        let button = egui::Button::new(PICTURE).shortcut_text("Ctrl Shift P");
        if ui.add_enabled(state.picture().is_some(), button).accessible_name(PICTURE).clicked() {
            actions.push(CompareAction::Picture);
            ui.close();
        }
    });
}

/// Whether the keys of copying were pressed.
fn take_copy(ui: &Ui) -> bool {
    ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !matches!(event, egui::Event::Copy));
        input.events.len() < before
    })
}
