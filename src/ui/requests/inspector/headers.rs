use egui::{Label, ScrollArea, Ui};

use crate::{
    model::Exchange,
    ui::{
        requests::RequestsAction,
        theme::{self, icon, palette},
        widgets::{icon_button, muted_label, section_header},
    },
};

/// Headers that carry secrets. The engine keeps none of them; should one come all the same, it is not
/// shown.
const SECRET: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "set-cookie"];

/// The headers as sent, and those of the chosen answer.
pub(super) fn headers_ui(
    ui: &mut Ui,
    exchange: &Exchange,
    attempt: Option<usize>,
    actions: &mut Vec<RequestsAction>,
) {
    ScrollArea::vertical().id_salt("headers").auto_shrink(false).show(ui, |ui| {
        section_header(ui, "Sent", "");
        line_ui(ui, "Authorization", "hidden");
        for (name, value) in &exchange.sent.headers {
            line_ui(ui, name, value);
        }
        ui.add_space(8.0);
        let Some(attempt) = attempt.and_then(|at| exchange.attempts.get(at)) else {
            section_header(ui, "Received", "nothing yet");
            return;
        };
        let status = attempt.status.map(|status| status.to_string());
        section_header(ui, "Received", status.as_deref().unwrap_or("no answer"));
        if let Some(correlation) = &attempt.correlation {
            ui.horizontal(|ui| {
                muted_label(ui, "Correlation id, for questions to the service");
                let copy = icon_button(ui, icon::COPY, "Copy correlation id");
                if copy.on_hover_text("Copy the correlation id").clicked() {
                    actions.push(RequestsAction::Copy(correlation.clone(), "a correlation id"));
                }
            });
        }
        for (name, value) in &attempt.headers {
            line_ui(ui, name, value);
        }
    });
}

fn line_ui(ui: &mut Ui, name: &str, value: &str) {
    let colors = palette(ui);
    let is_secret = SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret));
    let value = if is_secret { "hidden" } else { value };
    let mut job = egui::text::LayoutJob::default();
    let part = |color| egui::TextFormat::simple(egui::FontId::monospace(theme::small().size), color);
    job.append(name, 0.0, part(colors.above));
    job.append(": ", 0.0, part(colors.muted));
    job.append(value, 0.0, part(if is_secret { colors.faint } else { colors.text }));
    ui.add(Label::new(job).selectable(true).wrap());
}
