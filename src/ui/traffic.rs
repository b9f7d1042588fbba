//! What goes over the wire, as the window knows it: the limits, the waits, the costs.

use std::time::Duration;

use super::{forecasts::Forecasts, waits::Waiting};
use crate::{
    engine::{Budgets, Draft, Limits},
    model::{Exchange, ExchangeState},
};

/// How much the pace follows the last request: enough to forget a slow start within ten.
const PACE_WEIGHT: f64 = 0.3;

/// What the user chose of how much goes out at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) users_per_request: usize,
    pub(crate) requests_at_once: usize,
}

impl Settings {
    /// What may be chosen.
    pub(crate) const USERS: std::ops::RangeInclusive<usize> = 1..=1_000;
    pub(crate) const AT_ONCE: std::ops::RangeInclusive<usize> = 1..=32;

    /// What the last session chose.
    pub(crate) fn of(draft: &Draft) -> Self {
        let usual = Self::default();
        let within = |chosen: Option<usize>, range: std::ops::RangeInclusive<usize>, usual: usize| {
            chosen.map_or(usual, |chosen| chosen.clamp(*range.start(), *range.end()))
        };
        Self {
            users_per_request: within(draft.users_per_request, Self::USERS, usual.users_per_request),
            requests_at_once: within(draft.requests_at_once, Self::AT_ONCE, usual.requests_at_once),
        }
    }

    /// Leaves what differs from the usual for the next session.
    pub(crate) fn fill(self, draft: &mut Draft) {
        let usual = Self::default();
        let chosen = |chosen: usize, usual: usize| (chosen != usual).then_some(chosen);
        draft.users_per_request = chosen(self.users_per_request, usual.users_per_request);
        draft.requests_at_once = chosen(self.requests_at_once, usual.requests_at_once);
    }

    /// As the engine takes them.
    pub(crate) fn limits(self) -> Limits {
        Limits {
            users_per_request: self.users_per_request,
            requests_at_once: self.requests_at_once,
            ..Limits::default()
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let usual = Limits::default();
        Self { users_per_request: usual.users_per_request, requests_at_once: usual.requests_at_once }
    }
}

/// Limits, waits and costs.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) settings: Settings,
    pub(crate) forecasts: Forecasts,
    budgets: Budgets,
    /// Grows when a fetch costs something else although the query is the same.
    terms: u64,
    /// Seconds that a request took lately.
    pace: Option<f64>,
}

impl Traffic {
    pub(crate) fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    pub(crate) fn set_budgets(&mut self, budgets: Budgets) {
        self.budgets = budgets;
    }

    /// Grows when a fetch costs something else although the query is the same.
    pub(crate) fn terms(&self) -> u64 {
        self.terms
    }

    /// Notes that a fetch costs something else now.
    pub(crate) fn terms_changed(&mut self) {
        self.terms += 1;
    }

    /// Forgets what was known of another service.
    pub(crate) fn service_changed(&mut self) {
        self.budgets = Budgets::default();
        self.forecasts.clear();
        self.pace = None;
        self.terms += 1;
    }

    /// Notes how long a request took.
    pub(crate) fn note(&mut self, exchange: &Exchange) {
        let Some(last) = exchange.last().filter(|_| exchange.state == ExchangeState::Done) else { return };
        let took = (last.connecting + last.waiting + last.reading).as_secs_f64();
        self.pace = Some(self.pace.map_or(took, |pace| pace + PACE_WEIGHT * (took - pace)));
    }

    /// How long a request took lately.
    pub(crate) fn pace(&self) -> Option<Duration> {
        self.pace.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }

    /// What is waited for.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        Waiting::longest(&self.budgets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_back_and_the_usual_is_not_written() {
        let mut draft = Draft::default();
        Settings::default().fill(&mut draft);
        assert_eq!(draft, Draft::default());
        let chosen = Settings { users_per_request: 7, requests_at_once: 2 };
        chosen.fill(&mut draft);
        assert_eq!(Settings::of(&draft), chosen);
        let wild = Draft { users_per_request: Some(0), requests_at_once: Some(9_999), ..Draft::default() };
        assert_eq!(Settings::of(&wild), Settings { users_per_request: 1, requests_at_once: 32 });
    }
}
