//! What is said of requests beside what HAR has fields for.

use std::sync::Arc;

use crate::{
    analysis::display,
    model::{Attempt, Exchange, ExchangeState, Failure},
};

/// What holds for all of them.
pub(super) fn of_log(exchanges: &[Arc<Exchange>]) -> String {
    let unsent = match exchanges.iter().filter(|exchange| exchange.attempts.is_empty()).count() {
        0 => String::new(),
        1 => " One request had not been sent and has no entry.".to_owned(),
        several => format!(" {} requests had not been sent and have no entry.", display::count(several)),
    };
    format!("The Authorization header, which holds the token, is left out everywhere.{unsent}")
}

/// What one attempt was, and what became of it.
pub(super) fn of_entry(exchange: &Exchange, place: usize) -> String {
    let total = exchange.attempts.len();
    let mut said = vec![format!("Request {} ({}): {}", exchange.id.0, exchange.api, exchange.title)];
    if total > 1 {
        said.push(format!("Attempt {} of {total}", place + 1));
    }
    let attempt = exchange.attempts.get(place);
    let failure = attempt.and_then(|attempt| attempt.failure.as_deref());
    said.extend(failure.map(in_words));
    if place + 1 == total {
        said.extend(outcome(exchange, attempt));
    }
    said.join(". ") + "."
}

fn outcome(exchange: &Exchange, last: Option<&Attempt>) -> Vec<String> {
    let mut said = Vec::new();
    match &exchange.state {
        ExchangeState::Done => {}
        ExchangeState::Waiting { .. } => said.push("It waits to be sent again".to_owned()),
        ExchangeState::UnderWay => said.push("Its answer had not come when this was saved".to_owned()),
        ExchangeState::Cancelled => said.push("The fetch ended before it did".to_owned()),
        ExchangeState::Failed(failure) => {
            let is_said = last.is_some_and(|last| last.failure.as_ref() == Some(failure));
            said.extend((!is_said).then(|| in_words(failure)));
        }
    }
    match exchange.values {
        None => {}
        Some(1) => said.push("1 value read".to_owned()),
        Some(values) => said.push(format!("{} values read", display::count(values))),
    }
    if !exchange.unread.is_empty() {
        said.push(format!(
            "{} of {} entries not understood: {}",
            display::count(exchange.unread.len()),
            display::count(exchange.entries),
            exchange.unread.join("; ")
        ));
    }
    said
}

fn in_words(failure: &Failure) -> String {
    let parts = [failure.reason.as_str(), failure.advice.as_str()];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty()).collect();
    parts.join(". ")
}
