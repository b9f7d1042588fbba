//! What became of a request, in a word, a colour and a sentence.

use std::borrow::Cow;

use egui::Color32;

use super::{spans, tally, words};
use crate::{
    model::{Api, Exchange, ExchangeState, UnixMillis, WaitReason},
    ui::theme::Palette,
};

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It waits to be sent, for the first time or again.
    Waits,
    /// Its answer is awaited.
    UnderWay,
    /// An answer came that is used.
    Good(Option<u16>),
    /// It failed, or was answered that there is nothing.
    Bad(Option<u16>),
    /// The fetch ended before it did.
    Cancelled,
}

impl Outcome {
    pub(super) fn of(exchange: &Exchange) -> Self {
        match exchange.state {
            ExchangeState::Waiting { .. } => Self::Waits,
            ExchangeState::UnderWay => Self::UnderWay,
            ExchangeState::Cancelled => Self::Cancelled,
            _ if tally::is_failed(exchange) => Self::Bad(exchange.status()),
            _ => Self::Good(exchange.status()),
        }
    }

    /// As the table shows it: "200", "404", "failed", "…", "cancelled".
    pub(super) fn short(self) -> Cow<'static, str> {
        match self {
            Self::Waits | Self::UnderWay => "…".into(),
            Self::Good(Some(status)) => status.to_string().into(),
            Self::Bad(Some(status)) if status >= 400 => status.to_string().into(),
            Self::Good(None) => "done".into(),
            Self::Bad(_) => "failed".into(),
            Self::Cancelled => "cancelled".into(),
        }
    }

    /// As it is said aloud.
    fn spoken(self) -> Cow<'static, str> {
        match self {
            Self::Waits => "waiting".into(),
            Self::UnderWay => "under way".into(),
            Self::Bad(Some(status)) if status >= 400 => format!("failed, {status}").into(),
            _ => self.short(),
        }
    }

    pub(super) fn color(self, colors: &Palette) -> Color32 {
        match self {
            Self::Waits => colors.warning,
            Self::UnderWay | Self::Cancelled => colors.muted,
            Self::Good(_) => colors.accent,
            Self::Bad(_) => colors.error,
        }
    }
}

/// All answers in order: "429, then 200", "no answer, then 200", "waiting after 429".
pub(super) fn course(exchange: &Exchange) -> String {
    let mut steps: Vec<String> = Vec::new();
    for attempt in &exchange.attempts {
        let answer = attempt.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        if steps.last().is_none_or(|last| *last != answer) {
            steps.push(answer);
        }
    }
    let so_far = steps.join(", then ");
    let then =
        |what: &str| if so_far.is_empty() { what.to_owned() } else { format!("{what} after {so_far}") };
    match Outcome::of(exchange) {
        Outcome::Waits => then("waiting"),
        Outcome::UnderWay => then("under way"),
        Outcome::Cancelled => then("cancelled"),
        Outcome::Bad(status) if status.is_none_or(|status| status < 400) && so_far != "no answer" => {
            if so_far.is_empty() { "failed".to_owned() } else { format!("{so_far}, not usable") }
        }
        _ if so_far.is_empty() => "done".to_owned(),
        _ => so_far,
    }
}

/// A whole row as it is said aloud.
pub(super) fn spoken(exchange: &Exchange, now: UnixMillis) -> String {
    let mut parts = vec![
        exchange.id.0.to_string(),
        exchange.title.clone(),
        exchange.api.name().to_owned(),
        Outcome::of(exchange).spoken().into_owned(),
    ];
    if tally::is_retried(exchange) {
        parts.push(words::many(tally::tries(exchange), "try", "tries"));
    }
    parts.extend(exchange.values.map(|values| words::many(values, "value", "values")));
    parts.extend(size(exchange).map(words::size));
    parts.extend(time(exchange, now).map(|(time, _)| time));
    parts.join(", ")
}

/// The size of its last answer.
pub(super) fn size(exchange: &Exchange) -> Option<usize> {
    exchange.last().filter(|last| last.status.is_some()).map(|last| last.body.bytes())
}

/// How long its last attempt took, or when the next one begins; whether it is the latter.
pub(super) fn time(exchange: &Exchange, now: UnixMillis) -> Option<(String, bool)> {
    match &exchange.state {
        ExchangeState::Waiting { until: Some(until), .. } if *until > now => {
            Some((format!("in {}", words::countdown(now, *until)), true))
        }
        ExchangeState::Waiting { .. } => Some(("waits".to_owned(), true)),
        ExchangeState::UnderWay => None,
        _ => exchange.last().map(|last| (words::time(spans::took(last)), false)),
    }
}

/// What it waits for, a sentence without the final stop; `None` when it does not wait.
pub(super) fn waiting_for(exchange: &Exchange, now: UnixMillis) -> Option<String> {
    let ExchangeState::Waiting { until, why } = &exchange.state else { return None };
    let why = self::why(exchange.api, why);
    Some(match until.filter(|until| *until > now) {
        Some(until) => format!("{why}. It goes on in {}", words::countdown(now, until)),
        None => why,
    })
}

/// Why a request waits, a sentence without the final stop.
pub(super) fn why(api: Api, why: &WaitReason) -> String {
    match why {
        WaitReason::Turn => "Others are under way, as many as may be at once".to_owned(),
        WaitReason::RateLimit { limit, period } => format!(
            "The {api} service takes no more than {} in {}",
            words::many(*limit as usize, "request", "requests"),
            words::period(*period)
        ),
        WaitReason::AsTold => "The service said how long to stay away".to_owned(),
        WaitReason::BackOff => "A pause before it is tried again, longer after each failure".to_owned(),
        WaitReason::Network => "No connection can be made: it goes on once one can".to_owned(),
        WaitReason::Token => "It goes on with the next token that the service takes".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::*;
    use crate::model::{Attempt, ExchangeId, Failure, Remedy, Sent};

    fn exchange(statuses: &[Option<u16>], state: ExchangeState) -> Exchange {
        let failure = Failure {
            status: None,
            reason: "It failed".into(),
            causes: Vec::new(),
            advice: "Try again".into(),
            detail: None,
            remedy: Remedy::Retry,
        };
        let failure = Arc::new(failure);
        let attempt = |status: &Option<u16>| Attempt {
            waiting: Duration::from_millis(200),
            status: *status,
            failure: (*status != Some(200)).then(|| failure.clone()),
            ..Attempt::default()
        };
        Exchange {
            id: ExchangeId(9),
            api: Api::Stats,
            title: "POST /batch 100 × 9".into(),
            sent: Arc::new(Sent::default()),
            queued: UnixMillis(0),
            state,
            attempts: statuses.iter().map(attempt).collect(),
            values: None,
            entries: 0,
            unread: Arc::new([]),
        }
    }

    fn failed() -> ExchangeState {
        let failure = exchange(&[None], ExchangeState::Done).attempts[0].failure.clone();
        ExchangeState::Failed(failure.unwrap())
    }

    #[test]
    fn a_course_is_told_in_order() {
        let waiting = ExchangeState::Waiting { until: None, why: WaitReason::BackOff };
        for (statuses, state, told) in [
            (vec![Some(200)], ExchangeState::Done, "200"),
            (vec![Some(429), Some(429), Some(200)], ExchangeState::Done, "429, then 200"),
            (vec![None, Some(200)], ExchangeState::Done, "no answer, then 200"),
            (vec![], waiting.clone(), "waiting"),
            (vec![Some(429)], waiting, "waiting after 429"),
            (vec![], ExchangeState::UnderWay, "under way"),
            (vec![Some(500)], ExchangeState::Cancelled, "cancelled after 500"),
            (vec![Some(403)], failed(), "403"),
            (vec![None], failed(), "no answer"),
            (vec![Some(200)], failed(), "200, not usable"),
            (vec![], failed(), "failed"),
        ] {
            assert_eq!(course(&exchange(&statuses, state)), told);
        }
    }

    #[test]
    fn an_answer_that_says_no_is_bad_and_one_that_passed_is_not() {
        let of = |statuses: &[Option<u16>], state| Outcome::of(&exchange(statuses, state));
        assert_eq!(of(&[Some(404)], ExchangeState::Done), Outcome::Bad(Some(404)));
        assert_eq!(of(&[Some(429), Some(200)], ExchangeState::Done), Outcome::Good(Some(200)));
        assert_eq!(of(&[Some(200)], failed()).short(), "failed");
        assert_eq!(of(&[Some(304)], ExchangeState::Done).short(), "304");
    }

    #[test]
    fn a_wait_says_what_for_and_how_long() {
        let until = Some(UnixMillis(42_000));
        let why = WaitReason::RateLimit { limit: 30, period: Duration::from_mins(5) };
        let waits = exchange(&[], ExchangeState::Waiting { until, why });
        let told = waiting_for(&waits, UnixMillis(0)).unwrap();
        assert_eq!(told, "The stats service takes no more than 30 requests in 5 min. It goes on in 0:42");
        assert_eq!(time(&waits, UnixMillis(0)), Some(("in 0:42".to_owned(), true)));
        assert_eq!(time(&waits, UnixMillis(42_000)), Some(("waits".to_owned(), true)));
        assert_eq!(spoken(&waits, UnixMillis(0)), "9, POST /batch 100 × 9, stats, waiting, in 0:42");
    }
}
