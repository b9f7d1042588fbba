//! One request whole: what happened and what to do, what was sent, what came back.

mod attempts;
mod body;
mod headers;
mod heading;
mod story;
mod tabs;
mod unread;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Panel, ScrollArea, Ui};

use super::{Requests, RequestsAction, RequestsInput};
use crate::{
    model::{Exchange, ExchangeId},
    ui::{
        theme::{self, palette},
        widgets::{muted_label, section_header},
    },
};
use body::BodyView;
use tabs::Tab;

/// What is open in the inspector.
#[derive(Default)]
pub(super) struct Inspection {
    of: Option<ExchangeId>,
    tab: Tab,
    /// Whose answer is shown; `None`: that of the last attempt.
    attempt: Option<usize>,
    body: BodyView,
}

impl Inspection {
    /// Begins anew with another request, but for the tab.
    fn turn_to(&mut self, id: ExchangeId) {
        if self.of != Some(id) {
            self.of = Some(id);
            self.attempt = None;
        }
    }

    /// The attempt whose answer is shown.
    fn attempt(&self, exchange: &Exchange) -> Option<usize> {
        let last = exchange.attempts.len().checked_sub(1)?;
        Some(self.attempt.unwrap_or(last).min(last))
    }
}

/// Which part of the height the words above the tabs may have, and which those below.
const MOST_STORY: f32 = 0.4;
const MOST_UNREAD: f32 = 0.3;
/// With less height than this, everything scrolls together.
const LEAST_HEIGHT: f32 = 460.0;

/// Shows the selected request whole: what happened, what was sent, what came back.
pub fn request_inspector_ui(
    ui: &mut Ui,
    state: &mut Requests,
    input: &RequestsInput<'_>,
) -> Vec<RequestsAction> {
    let mut actions = Vec::new();
    let selected = state.selected.and_then(|id| state.log.get(id)).cloned();
    let Some(exchange) = selected else {
        nothing_ui(ui, state.is_empty());
        return actions;
    };
    let inspection = &mut state.inspection;
    inspection.turn_to(exchange.id);
    actions.extend(inspection.body.copied());
    let room = ui.available_height();
    if room >= LEAST_HEIGHT {
        whole_ui(ui, inspection, &exchange, input, &mut actions);
        return actions;
    }
    // Too low for everything at once: the whole of it scrolls, and nothing is squeezed.
    ScrollArea::vertical().id_salt("request").auto_shrink(false).show(ui, |ui| {
        let size = egui::vec2(ui.available_width(), LEAST_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect));
        whole_ui(&mut ui, inspection, &exchange, input, &mut actions);
    });
    actions
}

fn whole_ui(
    ui: &mut Ui,
    inspection: &mut Inspection,
    exchange: &Arc<Exchange>,
    input: &RequestsInput<'_>,
    actions: &mut Vec<RequestsAction>,
) {
    heading::heading_ui(ui, inspection, exchange, input.clock.now(), actions);
    line_ui(ui);
    story_ui(ui, exchange, input, actions);
    line_ui(ui);
    if !exchange.unread.is_empty() {
        Panel::bottom("not understood")
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::new())
            .max_size(ui.available_height() * MOST_UNREAD)
            .show(ui, |ui| unread::unread_ui(ui, exchange));
    }
    CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
        tabs::tabs_ui(ui, &mut inspection.tab, exchange.attempts.len());
        ui.add_space(6.0);
        tab_ui(ui, inspection, exchange, input, actions);
    });
}

fn nothing_ui(ui: &mut Ui, none_yet: bool) {
    section_header(ui, "Request", "");
    muted_label(
        ui,
        if none_yet {
            "What was sent and what came back stands here once there is a request."
        } else {
            "Click a request, or choose one with the arrow keys: what happened, what was sent and what came \
             back stands here."
        },
    );
}

fn story_ui(
    ui: &mut Ui,
    exchange: &Arc<Exchange>,
    input: &RequestsInput<'_>,
    actions: &mut Vec<RequestsAction>,
) {
    section_header(ui, "What happened", "");
    let most = ui.available_height() * MOST_STORY;
    ScrollArea::vertical().id_salt("story").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        let told = story::story(exchange, input.clock.now());
        story::story_ui(ui, &told);
        heading::remedy_ui(ui, exchange, actions);
    });
}

fn tab_ui(
    ui: &mut Ui,
    inspection: &mut Inspection,
    exchange: &Arc<Exchange>,
    input: &RequestsInput<'_>,
    actions: &mut Vec<RequestsAction>,
) {
    let attempt = inspection.attempt(exchange);
    match inspection.tab {
        Tab::Sent => body::sent_ui(ui, &mut inspection.body, exchange),
        Tab::Answer | Tab::Raw => {
            let Some(attempt) = attempt else {
                muted_label(ui, "No answer yet.");
                return;
            };
            earlier_ui(ui, &mut inspection.attempt, attempt, exchange.attempts.len());
            body::answer_ui(ui, &mut inspection.body, exchange, attempt, inspection.tab == Tab::Answer);
        }
        Tab::Headers => headers::headers_ui(ui, exchange, attempt, actions),
        Tab::Attempts => {
            if let Some(show) = attempts::attempts_ui(ui, exchange, input.clock, actions) {
                inspection.attempt = Some(show);
                inspection.tab = Tab::Answer;
            }
        }
    }
}

/// Says that it is not the last answer that is shown, and leads there.
fn earlier_ui(ui: &mut Ui, chosen: &mut Option<usize>, attempt: usize, attempts: usize) {
    if attempt + 1 == attempts {
        return;
    }
    ui.horizontal(|ui| {
        let words = format!("Answer to attempt {} of {attempts}.", attempt + 1);
        ui.label(egui::RichText::new(words).font(theme::small()).color(palette(ui).warning));
        if crate::ui::widgets::link_button(ui, "Show the last").clicked() {
            *chosen = None;
        }
    });
}

/// Space and a line between two parts.
fn line_ui(ui: &mut Ui) {
    ui.add_space(4.0);
    ui.separator();
    ui.add_space(2.0);
}
