//! The bar above the table: what is shown, and what can be done with all of it.

use egui::{Align, Key, Layout, Modifiers, Popup, TextEdit, Ui, vec2};

use super::{
    Requests, RequestsAction, paste, table,
    view::{Scope, StatusChoice},
    words,
};
use crate::{
    analysis::display::count,
    model::Api,
    ui::{
        theme::icon,
        widgets::{action_chip, chip_button, chip_toggle},
    },
};

const LINE: f32 = 40.0;
/// What the tools need when they stand in a line with the chips, in points.
const TOOLS_WIDTH: f32 = 440.0;
const FIND_WIDTH: f32 = 170.0;

/// How wide the chips are, as last drawn.
#[derive(Debug)]
pub(super) struct ChipsWidth(f32);

impl Default for ChipsWidth {
    fn default() -> Self {
        Self(480.0)
    }
}

/// The bar: one line where there is room, else as many as it takes.
pub(super) fn toolbar_ui(ui: &mut Ui, state: &mut Requests, actions: &mut Vec<RequestsAction>) {
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        ui.memory_mut(|memory| memory.request_focus(find_id()));
    }
    let width = ui.available_width();
    ui.spacing_mut().item_spacing.x = 6.0;
    if state.chips_width.0 + TOOLS_WIDTH <= width {
        ui.allocate_ui_with_layout(vec2(width, LINE), Layout::left_to_right(Align::Center), |ui| {
            state.chips_width.0 = chips_ui(ui, state);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                clear_ui(ui, state);
                save_ui(ui, state, actions);
                paste::button_ui(ui, &mut state.paste, actions);
                find_ui(ui, state);
            });
        });
        return;
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        state.chips_width.0 = chips_ui(ui, state);
    });
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        find_ui(ui, state);
        paste::button_ui(ui, &mut state.paste, actions);
        save_ui(ui, state, actions);
        clear_ui(ui, state);
    });
    ui.add_space(4.0);
}

/// The chips. Returns how wide they are together.
fn chips_ui(ui: &mut Ui, state: &mut Requests) -> f32 {
    let mut width = 0.0;
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
        let chip = chip_toggle(ui, label, &count(many), chosen == scope).on_hover_text(hint);
        width += chip.rect.width() + ui.spacing().item_spacing.x;
        if chip.clicked() {
            state.choice.scope = if chosen == scope { Scope::All } else { scope };
        }
    }
    width + status_chip_ui(ui, state)
}

/// The statuses there are, to choose one. Returns how wide the chip is.
fn status_chip_ui(ui: &mut Ui, state: &mut Requests) -> f32 {
    let value = match state.choice.status {
        StatusChoice::Any => String::new(),
        StatusChoice::Only(status) => status_name(status),
    };
    let chip = chip_button(ui, "Status", &value).on_hover_text("Show one status alone");
    let width = chip.rect.width();
    Popup::menu(&chip).show(|ui| {
        if ui.selectable_label(state.choice.status == StatusChoice::Any, "Any").clicked() {
            state.choice.status = StatusChoice::Any;
            ui.close();
        }
        for (status, many) in &state.log.tally().statuses {
            let label = format!("{} · {}", status_name(*status), count(*many));
            let only = StatusChoice::Only(*status);
            if ui.selectable_label(state.choice.status == only, label).clicked() {
                state.choice.status = only;
                ui.close();
            }
        }
    });
    width
}

fn status_name(status: Option<u16>) -> String {
    status.map_or_else(|| "no answer".to_owned(), |status| status.to_string())
}

fn clear_ui(ui: &mut Ui, state: &mut Requests) {
    let over = state.log.tally().requests - state.log.tally().open;
    let clear = ui.add_enabled(over > 0, |ui: &mut Ui| action_chip(ui, "Clear", ""));
    if clear.on_hover_text("Forget the requests that ended. Those that wait go on").clicked() {
        state.clear();
    }
}

fn save_ui(ui: &mut Ui, state: &Requests, actions: &mut Vec<RequestsAction>) {
    let any = !state.shown.rows().is_empty();
    let save = ui.add_enabled(any, |ui: &mut Ui| action_chip(ui, "Save HAR", ""));
    if save.on_hover_text("Write the shown requests to a file for other tools, without the token").clicked() {
        actions.push(RequestsAction::SaveHar(state.shown.rows().to_vec()));
    }
}

fn find_id() -> egui::Id {
    egui::Id::unique("find in requests")
}

fn find_ui(ui: &mut Ui, state: &mut Requests) {
    let field = TextEdit::singleline(&mut state.choice.needle)
        .id(find_id())
        .hint_text(format!("{} Find in requests", icon::MAGNIFYING_GLASS))
        .desired_width(FIND_WIDTH - 16.0)
        .margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(field).on_hover_text(
        "Find by title, status, correlation id or what was sent (Ctrl+F). Esc drops it, Enter goes to the table",
    );
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find in requests"));
    if response.lost_focus() {
        let (drop, leave) = ui.input(|input| {
            let drop = input.key_pressed(Key::Escape);
            (drop, drop || input.key_pressed(Key::Enter) || input.key_pressed(Key::ArrowDown))
        });
        if drop {
            state.choice.needle.clear();
        }
        if leave {
            ui.memory_mut(|memory| memory.request_focus(table::id()));
        }
    }
}
