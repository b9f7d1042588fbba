//! What happened to a request, in words.

use std::time::Duration;

use egui::{Label, TextFormat, Ui, text::LayoutJob};

use crate::{
    analysis::display::count,
    model::{Attempt, Exchange, ExchangeState, Failure, UnixMillis},
    ui::{
        requests::{outcome, spans, tally, words},
        theme::{self, palette},
    },
};

/// A piece of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// What matters.
    Strong(String),
    /// What explains.
    Plain(String),
    /// What went wrong.
    Bad(String),
}

/// The story as one paragraph.
pub(super) fn story_ui(ui: &mut Ui, story: &[Piece]) {
    let colors = palette(ui);
    let mut job = LayoutJob::default();
    for (index, piece) in story.iter().enumerate() {
        let (text, color) = match piece {
            Piece::Strong(text) => (text, colors.text),
            Piece::Plain(text) => (text, colors.muted),
            Piece::Bad(text) => (text, colors.error),
        };
        let mut format = TextFormat::simple(theme::body(), color);
        format.line_height = Some(20.0);
        job.append(if index == 0 { "" } else { " " }, 0.0, format.clone());
        job.append(text, 0.0, format);
    }
    ui.add(Label::new(job).selectable(true).wrap());
}

/// What happened, what it was due to, and what is to be done.
pub(super) fn story(exchange: &Exchange, now: UnixMillis) -> Vec<Piece> {
    let mut story = retries(exchange);
    let had_retries = !story.is_empty();
    match &exchange.state {
        ExchangeState::Waiting { .. } => {
            let why = outcome::waiting_for(exchange, now).unwrap_or_default();
            story.push(Piece::Strong(format!("{why}.")));
        }
        ExchangeState::UnderWay if had_retries => {
            story.push(Piece::Plain("The answer to the last attempt is awaited.".to_owned()));
        }
        ExchangeState::UnderWay => story.push(Piece::Plain("The answer is awaited.".to_owned())),
        ExchangeState::Cancelled => {
            story.push(Piece::Plain("The fetch ended before it did. Fetch again to ask anew.".to_owned()));
        }
        ExchangeState::Failed(failure) => story.extend(failed(failure)),
        ExchangeState::Done if tally::is_failed(exchange) => {
            match exchange.last().and_then(|last| last.failure.as_ref()) {
                Some(failure) => story.extend(failed(failure)),
                None => {
                    story.push(Piece::Bad(format!("The service answered {}.", outcome::course(exchange))));
                }
            }
        }
        ExchangeState::Done => {
            story.extend(answered(exchange));
            if had_retries {
                story.push(Piece::Plain("Nothing to do.".to_owned()));
            }
        }
    }
    story
}

/// What was read, and in which time.
fn answered(exchange: &Exchange) -> Option<Piece> {
    let last = exchange.last()?;
    let took = words::time(spans::took(last));
    let entries = exchange.entries;
    Some(Piece::Plain(match (last.status, exchange.values) {
        (Some(304), _) => format!("Nothing has changed since it was last asked: answered in {took}."),
        (_, Some(values)) if entries > values => format!(
            "Answered in {took} with {} from {}.",
            words::many(values, "value", "values"),
            words::many(entries, "entry", "entries")
        ),
        (_, Some(values)) => {
            format!("Answered in {took} with {}.", words::many(values, "value", "values"))
        }
        (_, None) => format!("Answered in {took}."),
    }))
}

/// A failure that nothing more became of: what happened, why perhaps, what to do.
fn failed(failure: &Failure) -> Vec<Piece> {
    let mut story = vec![Piece::Bad(format!("{failure}."))];
    if !failure.causes.is_empty() {
        story.push(Piece::Plain(format!("Likely causes: {}.", failure.causes.join("; "))));
    }
    if !failure.advice.is_empty() {
        story.push(Piece::Strong(format!("{}.", failure.advice)));
    }
    story
}

/// Attempts one after the other that failed for the same reason.
struct Run<'a> {
    failure: &'a Failure,
    times: usize,
    waited: Duration,
    /// `Retry-After`, as sent with the last of them.
    told: Option<&'a str>,
    was_sent_again: bool,
}

/// What was tried again, and how long Statlens waited for it.
fn retries(exchange: &Exchange) -> Vec<Piece> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let is_open = !exchange.is_over();
    for (index, attempt) in exchange.attempts.iter().enumerate() {
        let next = (index + 1 < exchange.attempts.len()).then(|| spans::waited_before(exchange, index + 1));
        let Some(failure) = attempt.failure.as_ref().filter(|_| is_open || next.is_some()) else { continue };
        match runs.last_mut() {
            Some(run) if run.failure.reason == failure.reason => {
                run.times += 1;
                run.waited += next.unwrap_or_default();
                run.told = retry_after(attempt);
                run.was_sent_again = next.is_some();
            }
            _ => runs.push(Run {
                failure,
                times: 1,
                waited: next.unwrap_or_default(),
                told: retry_after(attempt),
                was_sent_again: next.is_some(),
            }),
        }
    }
    runs.iter().flat_map(told).collect()
}

fn told(run: &Run<'_>) -> Vec<Piece> {
    let times = if run.times > 1 { format!(" ({} times)", count(run.times)) } else { String::new() };
    let mut story = vec![Piece::Strong(format!("{}{times}.", run.failure.reason))];
    let waited = words::time(run.waited);
    let as_told = run.told.map(|told| format!(" as told (Retry-After {told})")).unwrap_or_default();
    match (run.times, run.was_sent_again) {
        (1, true) => {
            story.push(Piece::Plain(format!("Statlens waited {waited}{as_told} and sent it again.")));
        }
        (_, true) => {
            story.push(Piece::Plain(format!("Statlens waited {waited} in all and sent it each time again.")));
        }
        (_, false) => {}
    }
    story
}

fn retry_after(attempt: &Attempt) -> Option<&str> {
    let mut headers = attempt.headers.iter();
    headers.find(|(name, _)| name.eq_ignore_ascii_case("retry-after")).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Api, ExchangeId, Remedy, Sent, WaitReason};

    fn failure(reason: &str) -> Arc<Failure> {
        Arc::new(Failure {
            status: Some(429),
            reason: reason.into(),
            causes: vec!["Others with this account".into(), "A second window".into()],
            advice: "Wait, then try again".into(),
            detail: None,
            remedy: Remedy::Retry,
        })
    }

    fn attempt(started: i64, failure: Option<Arc<Failure>>) -> Attempt {
        Attempt {
            started: UnixMillis(started),
            waiting: Duration::from_millis(200),
            status: Some(if failure.is_some() { 429 } else { 200 }),
            headers: vec![("Retry-After".into(), "4".into())],
            failure,
            ..Attempt::default()
        }
    }

    fn exchange(attempts: Vec<Attempt>, state: ExchangeState) -> Exchange {
        Exchange {
            id: ExchangeId(9),
            api: Api::Stats,
            title: "POST /batch".into(),
            sent: Arc::new(Sent::default()),
            queued: UnixMillis(0),
            state,
            attempts,
            values: Some(768),
            entries: 840,
            unread: Arc::new([]),
        }
    }

    fn told(exchange: &Exchange) -> String {
        let pieces = story(exchange, UnixMillis(0)).into_iter().map(|piece| match piece {
            Piece::Strong(text) | Piece::Plain(text) | Piece::Bad(text) => text,
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_clean_answer_is_told_in_a_line() {
        let clean = exchange(vec![attempt(0, None)], ExchangeState::Done);
        assert_eq!(told(&clean), "Answered in 200 ms with 768 values from 840 entries.");
    }

    #[test]
    fn a_wait_that_was_told_is_told() {
        let attempts = vec![attempt(0, Some(failure("Too many requests"))), attempt(4_400, None)];
        assert_eq!(
            told(&exchange(attempts, ExchangeState::Done)),
            "Too many requests. Statlens waited 4.20 s as told (Retry-After 4) and sent it again. Answered in \
             200 ms with 768 values from 840 entries. Nothing to do."
        );
    }

    #[test]
    fn many_failures_of_one_kind_are_told_once() {
        let failures = (0..5).map(|n| attempt(n * 1_200, Some(failure("No connection"))));
        let attempts = failures.chain([attempt(6_000, None)]).collect();
        let told = told(&exchange(attempts, ExchangeState::Done));
        let begin = "No connection (5 times). Statlens waited 5.00 s in all and sent it each time again.";
        assert!(told.starts_with(begin), "{told}");
    }

    #[test]
    fn a_failure_tells_causes_and_what_to_do() {
        let last = failure("Too many requests");
        let state = ExchangeState::Failed(last.clone());
        assert_eq!(
            told(&exchange(vec![attempt(0, Some(last))], state)),
            "429: Too many requests. Likely causes: Others with this account; A second window. Wait, then try \
             again."
        );
    }

    #[test]
    fn a_wait_under_way_tells_what_it_waits_for() {
        let why = WaitReason::AsTold;
        let state = ExchangeState::Waiting { until: Some(UnixMillis(42_000)), why };
        let attempts = vec![attempt(0, Some(failure("Too many requests")))];
        assert_eq!(
            told(&exchange(attempts, state)),
            "Too many requests. The service said how long to stay away. It goes on in 0:42."
        );
    }
}
