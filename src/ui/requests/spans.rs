//! What a request spent its time with, as the waterfall draws it.

use std::time::Duration;

use crate::{
    model::{Attempt, Exchange, ExchangeState, UnixMillis},
    ui::widgets::waterfall::{Phase, Span},
};

/// The phases of a request up to now, in order.
pub(super) fn spans(exchange: &Exchange, now: UnixMillis) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = millis(exchange.queued);
    let mut add = |phase, from: f64, to: f64| spans.push(Span { phase, from, to });
    for attempt in &exchange.attempts {
        let started = millis(attempt.started).max(at);
        add(Phase::Waited, at, started);
        let connected = started + lasted(attempt.connecting);
        let answered = connected + lasted(attempt.waiting);
        let read = answered + lasted(attempt.reading);
        add(Phase::Connected, started, connected);
        let awaited = if attempt.failure.is_none() { Phase::Answered } else { Phase::Refused };
        add(awaited, connected, answered);
        add(Phase::Read, answered, read);
        at = read;
    }
    let now = millis(now).max(at);
    match exchange.state {
        ExchangeState::Waiting { .. } => add(Phase::Waited, at, now),
        ExchangeState::UnderWay => add(Phase::Open, at, now),
        ExchangeState::Done | ExchangeState::Failed(_) | ExchangeState::Cancelled => {}
    }
    spans
}

/// When it was queued, and when it ended or what time it is.
pub(super) fn extent(exchange: &Exchange, now: UnixMillis) -> (f64, f64) {
    let from = millis(exchange.queued);
    let end = match exchange.last() {
        Some(last) if exchange.is_over() => millis(last.started) + lasted(took(last)),
        _ if exchange.is_over() => from,
        _ => millis(now),
    };
    (from, end.max(from))
}

/// How long an attempt took.
pub(super) fn took(attempt: &Attempt) -> Duration {
    attempt.connecting + attempt.waiting + attempt.reading
}

/// How long it waited before an attempt.
pub(super) fn waited_before(exchange: &Exchange, attempt: usize) -> Duration {
    let ready = match attempt.checked_sub(1) {
        Some(before) => {
            let before = &exchange.attempts[before];
            millis(before.started) + lasted(took(before))
        }
        None => millis(exchange.queued),
    };
    Duration::from_secs_f64(((millis(exchange.attempts[attempt].started) - ready) / 1e3).max(0.0))
}

fn millis(moment: UnixMillis) -> f64 {
    moment.0 as f64
}

fn lasted(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
