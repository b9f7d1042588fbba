//! The Requests screen: every request of this session as it went over the wire, like the network tab
//! of a browser.
//!
//! It keeps what the engine tells of its requests, within bounds, and shows it. It sends nothing and
//! writes nothing: what the user asks for comes back as [`RequestsAction`]s. Start with
//! [`requests_ui`] for the screen and [`request_inspector_ui`] for what is selected in it; `log.rs`
//! keeps, `view.rs` chooses what is shown, `table` and `inspector` draw.

mod actions;
mod empty;
mod find;
mod inspector;
mod limits;
mod log;
mod outcome;
mod paste;
mod spans;
mod state;
mod table;
mod tally;
mod toolbar;
mod view;
mod words;

use std::time::Duration;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

pub use self::{actions::RequestsAction, inspector::request_inspector_ui, state::Requests};
pub use super::clock::LocalTime;
use super::theme::palette;
use crate::engine::Budgets;

/// What the screen shows beside the requests.
#[derive(Clone, Copy)]
pub struct RequestsInput<'a> {
    /// How much of the rate limits is used.
    pub budgets: &'a Budgets,
    /// What time it is.
    pub clock: &'a LocalTime,
    /// Whether the limits can be chosen: those of the sample service can.
    pub has_choice: bool,
}

/// Which part of the screen's height the rate limits may have.
const MOST_OF_HEIGHT: f32 = 0.35;

/// Shows the requests as a table, with filters above and the rate limits below.
pub fn requests_ui(ui: &mut Ui, state: &mut Requests, input: &RequestsInput<'_>) -> Vec<RequestsAction> {
    let mut actions = Vec::new();
    state.refresh(ui.ctx());
    let colors = palette(ui);
    let frame = Frame::new().fill(colors.window);
    let bar = frame.inner_margin(Margin::symmetric(10, 0));
    Panel::top("requests-toolbar")
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| toolbar::toolbar_ui(ui, state, &mut actions));
    if !input.budgets.0.is_empty() {
        let height = limits::height(input.budgets).min(ui.available_height() * MOST_OF_HEIGHT);
        let now = input.clock.now();
        Panel::bottom("requests-limits")
            .exact_size(height)
            .resizable(false)
            .frame(Frame::new().fill(colors.window).inner_margin(Margin::symmetric(12, 0)))
            .show(ui, |ui| limits::limits_ui(ui, input, now, &mut actions));
    }
    CentralPanel::default().frame(frame).show(ui, |ui| {
        // What was clicked in the bar above shows at once.
        state.refresh(ui.ctx());
        if state.is_empty() {
            empty::empty_ui(ui);
        } else if state.shown.rows().is_empty() {
            table::nothing_ui(ui, state);
        } else {
            table::table_ui(ui, state, input, &mut actions);
        }
    });
    tick(ui, state, input);
    actions
}

/// Draws anew when a countdown goes on, and not at all while nothing waits.
fn tick(ui: &Ui, state: &Requests, input: &RequestsInput<'_>) {
    let now = input.clock.now();
    if state.log.tally().open > 0 || limits::counts_down(input.budgets, now) {
        let into_second = u64::try_from(now.0.rem_euclid(1_000)).unwrap_or(0);
        ui.ctx().request_repaint_after(Duration::from_millis(1_001 - into_second));
    }
}
