//! What the requests come to, counted as they change.

use std::collections::BTreeMap;

use crate::model::{Api, Exchange, ExchangeState};

/// What the requests in the log come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) requests: usize,
    pub(super) failed: usize,
    pub(super) retried: usize,
    pub(super) waiting: usize,
    /// Not over: waiting or under way.
    pub(super) open: usize,
    /// Bytes of all answers, kept or not.
    pub(super) read: usize,
    by_api: BTreeMap<Api, usize>,
    /// By the status of the last answer; `None` counts those without any.
    pub(super) statuses: BTreeMap<Option<u16>, usize>,
}

impl Tally {
    /// How many requests went to a service.
    pub(super) fn of(&self, api: Api) -> usize {
        self.by_api.get(&api).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, exchange: &Exchange) {
        self.change(exchange, |count, by| *count += by);
    }

    pub(super) fn remove(&mut self, exchange: &Exchange) {
        self.change(exchange, |count, by| *count = count.saturating_sub(by));
        self.statuses.retain(|_, count| *count > 0);
    }

    fn change(&mut self, exchange: &Exchange, change: impl Fn(&mut usize, usize)) {
        change(&mut self.requests, 1);
        change(&mut self.failed, usize::from(is_failed(exchange)));
        change(&mut self.retried, usize::from(is_retried(exchange)));
        change(&mut self.waiting, usize::from(is_waiting(exchange)));
        change(&mut self.open, usize::from(!exchange.is_over()));
        change(&mut self.read, exchange.attempts.iter().map(|attempt| attempt.body.bytes()).sum());
        change(self.by_api.entry(exchange.api).or_default(), 1);
        change(self.statuses.entry(exchange.status()).or_default(), 1);
    }
}

/// Whether it ended without what was asked for. An answer that says so is used and fails all the same.
pub(super) fn is_failed(exchange: &Exchange) -> bool {
    match exchange.state {
        ExchangeState::Failed(_) => true,
        ExchangeState::Done => exchange.status().is_some_and(|status| status >= 400),
        _ => false,
    }
}

/// How many times it was sent. The attempt under way is none of its attempts yet.
pub(super) fn tries(exchange: &Exchange) -> usize {
    exchange.attempts.len() + usize::from(exchange.state == ExchangeState::UnderWay)
}

/// Whether it was sent more than once.
pub(super) fn is_retried(exchange: &Exchange) -> bool {
    tries(exchange) > 1
}

/// Whether it waits to be sent.
pub(super) fn is_waiting(exchange: &Exchange) -> bool {
    matches!(exchange.state, ExchangeState::Waiting { .. })
}
