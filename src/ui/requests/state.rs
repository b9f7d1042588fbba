use std::sync::Arc;

use egui::Context;

use super::{
    inspector::Inspection,
    log::{Log, MOST_BYTES, MOST_REQUESTS},
    paste::Paste,
    table::TableState,
    toolbar::ChipsWidth,
    view::{Choice, Shown},
    words,
};
use crate::{
    analysis::display,
    engine::Event,
    model::{Exchange, ExchangeId},
};

/// The requests of this session, and what is selected, filtered and typed in their screen.
#[derive(Default)]
pub struct Requests {
    pub(super) log: Log,
    pub(super) choice: Choice,
    pub(super) shown: Shown,
    pub(super) selected: Option<ExchangeId>,
    pub(super) table: TableState,
    pub(super) chips_width: ChipsWidth,
    pub(super) paste: Paste,
    pub(super) inspection: Inspection,
}

impl Requests {
    /// Takes in an event of the engine. All but those of requests are passed over.
    pub fn apply(&mut self, event: &Event) {
        if let Event::Exchange(exchange) = event {
            self.log.put(exchange);
        }
    }

    /// How many requests are kept.
    pub fn len(&self) -> usize {
        self.log.tally().requests
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Selects a request and brings it into view.
    pub fn select(&mut self, id: ExchangeId) {
        self.selected = Some(id);
        self.table.reveal = true;
    }

    /// "14 requests, 1.2 MB read, 3 retried".
    pub fn status_line(&self) -> String {
        let tally = self.log.tally();
        let requests = words::many(tally.requests, "request", "requests");
        let retried = match tally.retried {
            0 => String::new(),
            retried => format!(", {} retried", display::count(retried)),
        };
        format!("{requests}, {} read{retried}", words::size(tally.read))
    }

    /// All that are kept, in the order of their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Exchange>> {
        self.log.all()
    }

    /// Another number whenever any of them changed.
    pub(crate) fn revision(&self) -> u64 {
        self.log.revision()
    }

    /// "kept: last 5,000 requests, 64 MB": how much room there is.
    pub fn room() -> String {
        let megabytes = MOST_BYTES / (1024 * 1024);
        format!("kept: last {} requests, {megabytes} MB", display::count(MOST_REQUESTS))
    }

    /// Forgets what ended.
    pub(super) fn clear(&mut self) {
        self.log.clear();
        self.selected = self.selected.filter(|id| self.log.get(*id).is_some());
    }

    /// Brings what is shown up to date with what is kept and chosen. Filters that hide a request which
    /// is to be brought into view are dropped.
    pub(super) fn refresh(&mut self, ctx: &Context) {
        if self.table.reveal && !self.shown.refresh(&self.log, &self.choice) && self.selected_is_hidden() {
            self.choice = self.choice.widened();
        }
        if self.shown.refresh(&self.log, &self.choice) {
            ctx.request_repaint();
        }
    }

    fn selected_is_hidden(&self) -> bool {
        let is_kept = |id: &ExchangeId| self.log.get(*id).is_some();
        self.selected.filter(is_kept).is_some_and(|id| self.shown.position(id).is_none())
    }
}
