//! How much goes out at once: two numbers, kept for the next start.

use egui::{DragValue, Grid, Ui};

use super::{actions::Action, traffic::Settings, widgets};

/// The two numbers.
pub(crate) fn settings_ui(ui: &mut Ui, settings: Settings, actions: &mut Vec<Action>) {
    let mut chosen = settings;
    Grid::new("request settings").num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
        let users = DragValue::new(&mut chosen.users_per_request).range(Settings::USERS).speed(1.0);
        let hint =
            "Players in one request to the service, 1 to 1,000. Fewer make more requests of smaller size";
        number_ui(ui, "Users per request", users, hint);
        let at_once = DragValue::new(&mut chosen.requests_at_once).range(Settings::AT_ONCE).speed(0.2);
        let hint = "Requests under way together, 1 to 32. The rate limits hold all the same";
        number_ui(ui, "Requests at once", at_once, hint);
    });
    if chosen != Settings::default()
        && widgets::link_button(ui, "Back to the usual")
            .on_hover_text("100 users per request, 6 at once")
            .clicked()
    {
        chosen = Settings::default();
    }
    if chosen != settings {
        actions.push(Action::SetSettings(chosen));
    }
}

fn number_ui(ui: &mut Ui, label: &str, number: DragValue<'_>, hint: &str) {
    widgets::muted_label(ui, label);
    let field = ui.add(number.update_while_editing(false)).on_hover_text(hint);
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(label));
    ui.end_row();
}
