use super::{log::Log, words};
use crate::{analysis::display, engine::Event, model::ExchangeId};

/// The requests of this session, and what is selected, filtered and typed in their screen.
#[derive(Debug, Default)]
pub struct Requests {
    pub(super) log: Log,
    pub(super) selected: Option<ExchangeId>,
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
    }

    /// "14 requests, 1.2 MB read, 3 retried".
    pub fn status_line(&self) -> String {
        let tally = self.log.tally();
        let requests = words::many(tally.requests, "request", "requests");
        let mut line = format!("{requests}, {} read", words::size(tally.read));
        if tally.retried > 0 {
            line.push_str(&format!(", {} retried", display::count(tally.retried)));
        }
        line
    }
}
