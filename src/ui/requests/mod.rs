//! The Requests screen: every request of this session as it went over the wire, like the network tab
//! of a browser.
//!
//! It keeps what the engine tells of its requests, within bounds, and shows it. It sends nothing and
//! writes nothing: what the user asks for comes back as [`RequestsAction`]s. Start with
//! [`requests_ui`] for the screen and [`request_inspector_ui`] for what is selected in it; `log.rs`
//! keeps, `state.rs` knows what is shown.

mod actions;
mod log;
mod state;
mod tally;
mod words;

use egui::Ui;

pub use self::{actions::RequestsAction, state::Requests};
pub use super::clock::LocalTime;
use crate::engine::Budgets;

/// What the screen shows beside the requests.
#[derive(Clone, Copy)]
pub struct RequestsInput<'a> {
    /// How much of the rate limits is used.
    pub budgets: &'a Budgets,
    /// What time it is.
    pub clock: &'a LocalTime,
}

/// Shows the requests as a table, with filters above and the rate limits below.
pub fn requests_ui(ui: &mut Ui, state: &mut Requests, input: &RequestsInput<'_>) -> Vec<RequestsAction> {
    let _ = (state, input.budgets, input.clock);
    super::widgets::muted_label(ui, "No requests yet");
    Vec::new()
}

/// Shows the selected request whole: what happened, what was sent, what came back.
pub fn request_inspector_ui(
    ui: &mut Ui,
    state: &mut Requests,
    input: &RequestsInput<'_>,
) -> Vec<RequestsAction> {
    let _ = (state, input.budgets, input.clock);
    super::widgets::muted_label(ui, "Click a request to see it whole");
    Vec::new()
}
