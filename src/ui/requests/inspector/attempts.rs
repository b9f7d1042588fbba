use egui::{Label, RichText, ScrollArea, Ui};

use crate::{
    model::{Attempt, Exchange},
    ui::{
        requests::{LocalTime, RequestsAction, spans, words},
        theme::{self, icon, palette},
        widgets::{icon_button, link_button, muted_label},
    },
};

/// Every time that it was sent, the first first. Returns the attempt whose answer is asked for.
pub(super) fn attempts_ui(
    ui: &mut Ui,
    exchange: &Exchange,
    clock: &LocalTime,
    actions: &mut Vec<RequestsAction>,
) -> Option<usize> {
    if exchange.attempts.is_empty() {
        muted_label(ui, "Not sent yet.");
        return None;
    }
    let mut asked = None;
    ScrollArea::vertical().id_salt("attempts").auto_shrink(false).show(ui, |ui| {
        for (index, attempt) in exchange.attempts.iter().enumerate() {
            ui.push_id(index, |ui| {
                heading_ui(ui, index, attempt, clock);
                if let Some(failure) = &attempt.failure {
                    ui.add(Label::new(format!("{failure}.")).wrap());
                }
                muted_label(ui, &figures(exchange, index));
                if let Some(correlation) = &attempt.correlation {
                    correlation_ui(ui, correlation, actions);
                }
                let label = format!("Show answer {}", index + 1);
                if attempt.body.bytes() > 0 && link_button(ui, &label).clicked() {
                    asked = Some(index);
                }
                ui.add_space(8.0);
            });
        }
    });
    asked
}

fn heading_ui(ui: &mut Ui, index: usize, attempt: &Attempt, clock: &LocalTime) {
    let colors = palette(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("Attempt {}", index + 1)).font(theme::semibold()));
        let (words, color) = match attempt.status {
            None => ("no answer".to_owned(), colors.warning),
            Some(status) if attempt.failure.is_some() => (status.to_string(), colors.warning),
            Some(status) => (status.to_string(), colors.accent),
        };
        ui.label(RichText::new(words).color(color));
        muted_label(ui, &format!("sent {}", clock.time(attempt.started)));
    });
}

/// "Waited 4.20 s, connected in 12 ms, answered in 180 ms, read 104 kB in 3 ms".
fn figures(exchange: &Exchange, index: usize) -> String {
    let attempt = &exchange.attempts[index];
    let waited = spans::waited_before(exchange, index);
    let mut parts = Vec::new();
    if !waited.is_zero() {
        parts.push(format!("waited {}", words::time(waited)));
    }
    if !attempt.connecting.is_zero() {
        parts.push(format!("connected in {}", words::time(attempt.connecting)));
    }
    if !attempt.waiting.is_zero() {
        parts.push(format!("answered in {}", words::time(attempt.waiting)));
    }
    if attempt.status.is_some() {
        let size = words::size(attempt.body.bytes());
        parts.push(format!("read {size} in {}", words::time(attempt.reading)));
    }
    words::sentence(&parts.join(", "))
}

fn correlation_ui(ui: &mut Ui, correlation: &str, actions: &mut Vec<RequestsAction>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let words = RichText::new(correlation).monospace().color(palette(ui).muted);
        ui.add(Label::new(words).selectable(true).truncate()).on_hover_text("Correlation id");
        let copy = icon_button(ui, icon::COPY, "Copy correlation id");
        if copy.on_hover_text("Copy the correlation id, for questions to the service").clicked() {
            actions.push(RequestsAction::Copy(correlation.to_owned(), "a correlation id"));
        }
    });
}
