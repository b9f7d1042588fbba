//! The bar above the table: what is shown, and what can be done with all of it.

use egui::{Align, Key, Layout, Modifiers, Popup, TextEdit, Ui, vec2};

use super::{Requests, RequestsAction, paste, table, view::Scope, words};
use crate::{
    analysis::display::count,
    model::Api,
    ui::{
        theme::icon,
        widgets::{action_chip, chip_button, chip_toggle},
    },
};

/// Width from which chips and tools stand in one line, in points.
const ONE_LINE: f32 = 960.0;
const LINE: f32 = 40.0;
const FIND_WIDTH: std::ops::RangeInclusive<f32> = 90.0..=170.0;

/// How high the bar is.
pub(super) fn height(room: f32) -> f32 {
    if room >= ONE_LINE { LINE } else { 2.0 * LINE - 8.0 }
}

/// The bar.
pub(super) fn toolbar_ui(ui: &mut Ui, state: &mut Requests, actions: &mut Vec<RequestsAction>) {
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        ui.memory_mut(|memory| memory.request_focus(find_id()));
    }
    let width = ui.available_width();
    if width >= ONE_LINE {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            chips_ui(ui, state);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| tools_ui(ui, state, actions));
        });
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let line = vec2(width, height(width) / 2.0);
    ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| chips_ui(ui, state));
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| tools_ui(ui, state, actions));
}

fn chips_ui(ui: &mut Ui, state: &mut Requests) {
    let tally = state.log.tally();
    let always = [
        (Scope::All, "All", tally.requests, "All requests"),
        (Scope::Of(Api::Stats), words::service(Api::Stats), tally.of(Api::Stats), "Requests for values"),
        (
            Scope::Of(Api::Profile),
            words::service(Api::Profile),
            tally.of(Api::Profile),
            "Look-ups of gamertags and names",
        ),
    ];
    let when_any = [
        (Scope::Of(Api::People), words::service(Api::People), tally.of(Api::People), "Searches for players"),
        (Scope::Failed, "Failed", tally.failed, "Requests that brought nothing"),
        (Scope::Retried, "Retried", tally.retried, "Requests that were sent more than once"),
        (Scope::Waiting, "Waiting", tally.waiting, "Requests that wait to be sent"),
    ];
    let chosen = state.choice.scope;
    let some = when_any.into_iter().filter(|(scope, _, many, _)| *many > 0 || *scope == chosen);
    for (scope, label, many, hint) in always.into_iter().chain(some) {
        if chip_toggle(ui, label, &count(many), chosen == scope).on_hover_text(hint).clicked() {
            state.choice.scope = if chosen == scope { Scope::All } else { scope };
        }
    }
    status_chip_ui(ui, state);
}

/// The statuses there are, to choose one.
fn status_chip_ui(ui: &mut Ui, state: &mut Requests) {
    let value = state.choice.status.map_or_else(|| "any".to_owned(), status_name);
    let chip = chip_button(ui, "Status", &value).on_hover_text("Show one status alone");
    Popup::menu(&chip).show(|ui| {
        if ui.selectable_label(state.choice.status.is_none(), "Any").clicked() {
            state.choice.status = None;
            ui.close();
        }
        for (status, many) in &state.log.tally().statuses {
            let label = format!("{} · {}", status_name(*status), count(*many));
            if ui.selectable_label(state.choice.status == Some(*status), label).clicked() {
                state.choice.status = Some(*status);
                ui.close();
            }
        }
    });
}

fn status_name(status: Option<u16>) -> String {
    status.map_or_else(|| "no answer".to_owned(), |status| status.to_string())
}

/// What can be done with all requests, from the right.
fn tools_ui(ui: &mut Ui, state: &mut Requests, actions: &mut Vec<RequestsAction>) {
    let over = state.log.tally().requests - state.log.tally().open;
    let clear = ui.add_enabled_ui(over > 0, |ui| action_chip(ui, "Clear", "")).inner;
    if clear.on_hover_text("Forget the requests that ended. Those that wait go on").clicked() {
        state.clear();
    }
    let any = !state.shown.rows().is_empty();
    let save = ui.add_enabled_ui(any, |ui| action_chip(ui, "Save HAR", "")).inner;
    if save.on_hover_text("Write the shown requests to a file for other tools, without the token").clicked() {
        actions.push(RequestsAction::SaveHar(state.shown.rows().to_vec()));
    }
    paste::button_ui(ui, &mut state.paste, actions);
    find_ui(ui, state);
}

fn find_id() -> egui::Id {
    egui::Id::unique("find in requests")
}

fn find_ui(ui: &mut Ui, state: &mut Requests) {
    let id = find_id();
    let left = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                state.choice.needle.clear();
                return true;
            }
            input.consume_key(Modifiers::NONE, Key::Enter) || input.consume_key(Modifiers::NONE, Key::ArrowDown)
        });
    let width = ui.available_width().clamp(*FIND_WIDTH.start(), *FIND_WIDTH.end());
    let field = TextEdit::singleline(&mut state.choice.needle)
        .id(id)
        .hint_text(format!("{} Find in requests", icon::MAGNIFYING_GLASS))
        .desired_width(width - 16.0)
        .margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(field).on_hover_text(
        "Find by title, status, correlation id or what was sent (Ctrl+F). Esc drops it, Enter goes to the table",
    );
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find in requests"));
    if left {
        ui.memory_mut(|memory| memory.request_focus(table::id()));
    }
}
