//! The rules of HAR 1.2, held against what is written.

use std::{cell::Cell, io, path::Path, sync::Arc, time::Duration};

use serde_json::Value;
use statlens::{
    formats::har,
    model::{Attempt, Body, Exchange, ExchangeState, Failure, UnixMillis},
};

use super::{QUEUED, answered, attempt, pairs, throttled};

fn written(exchanges: Vec<Exchange>) -> Value {
    written_with(exchanges, &|_| None)
}

fn written_with(exchanges: Vec<Exchange>, read_body: &dyn Fn(&Body) -> Option<Vec<u8>>) -> Value {
    let exchanges: Vec<Arc<Exchange>> = exchanges.into_iter().map(Arc::new).collect();
    let mut out = Vec::new();
    har::write(&exchanges, read_body, &mut out).unwrap();
    let har: Value = serde_json::from_slice(&out).unwrap();
    assert_follows_the_rules(&har);
    har["log"].clone()
}

fn here(body: &[u8]) -> Body {
    Body::Here(body.into())
}

/// Every field that HAR 1.2 requires, with its type.
fn assert_follows_the_rules(har: &Value) {
    let log = &har["log"];
    assert_eq!(log["version"], "1.2");
    assert_eq!(log["creator"]["name"], "Statlens");
    assert!(log["creator"]["version"].is_string());
    for entry in log["entries"].as_array().unwrap() {
        let started = entry["startedDateTime"].as_str().unwrap();
        started.parse::<jiff::Timestamp>().expect("ISO 8601 with a zone");
        assert!(entry["cache"].is_object());
        assert_request(&entry["request"]);
        assert_response(&entry["response"]);
        assert_times(entry);
        assert!(entry["comment"].is_string());
    }
}

fn assert_request(request: &Value) {
    for text in ["method", "url", "httpVersion"] {
        assert!(request[text].is_string(), "{text} in {request}");
    }
    assert_message(request);
    for pair in request["queryString"].as_array().unwrap() {
        assert!(pair["name"].is_string() && pair["value"].is_string());
    }
    if let Some(post) = request.get("postData") {
        assert!(post["mimeType"].is_string() && post["text"].is_string());
    }
    let url = request["url"].as_str().unwrap();
    assert!(url.starts_with("http"), "{url} is absolute");
}

fn assert_response(response: &Value) {
    assert!(response["status"].is_u64());
    for text in ["statusText", "httpVersion", "redirectURL"] {
        assert!(response[text].is_string(), "{text} in {response}");
    }
    assert_message(response);
    let content = &response["content"];
    assert!(content["size"].is_u64() && content["mimeType"].is_string());
    for optional in ["text", "encoding", "comment"] {
        assert!(content.get(optional).is_none_or(Value::is_string), "{optional} in {content}");
    }
}

fn assert_message(message: &Value) {
    assert!(message["cookies"].is_array());
    assert!(message["headersSize"].is_i64() && message["bodySize"].is_i64());
    for header in message["headers"].as_array().unwrap() {
        assert!(header["name"].is_string() && header["value"].is_string());
    }
}

/// `time` is the sum of the timings, without those that are -1.
fn assert_times(entry: &Value) {
    let timings = entry["timings"].as_object().unwrap();
    for required in ["send", "wait", "receive"] {
        assert!(timings[required].as_f64().unwrap() >= 0.0, "{required}");
    }
    let sum: f64 = timings.values().map(|time| time.as_f64().unwrap()).filter(|time| *time >= 0.0).sum();
    let total = entry["time"].as_f64().unwrap();
    assert!((sum - total).abs() < 1e-6, "{sum} is not {total}");
    assert!(timings.values().all(|time| time.as_f64().unwrap() >= -1.0));
}

#[test]
fn an_answered_request_is_an_entry() {
    let log = written(vec![answered(here(br#"{"users":[]}"#))]);
    let entry = &log["entries"][0];
    assert_eq!(entry["startedDateTime"], "2026-11-22T09:00:00.000Z");
    let timings = &entry["timings"];
    assert_eq!((timings["blocked"].as_f64(), timings["connect"].as_f64()), (Some(5.0), Some(1.5)));
    assert_eq!((timings["wait"].as_f64(), timings["receive"].as_f64()), (Some(90.25), Some(2.125)));
    let request = &entry["request"];
    assert_eq!(request["method"], "POST");
    assert_eq!(request["queryString"][0]["name"], "operation");
    assert_eq!(request["queryString"][0]["value"], "read");
    assert_eq!(request["postData"]["mimeType"], "application/json; charset=utf-8");
    assert!(request["postData"]["text"].as_str().unwrap().contains("requestedusers"));
    let response = &entry["response"];
    assert_eq!((&response["status"], &response["statusText"]), (&200.into(), &"OK".into()));
    assert_eq!(response["content"]["text"], r#"{"users":[]}"#);
    assert_eq!(response["content"]["size"], 12);
    assert_eq!(entry["comment"], "Request 9 (stats): POST /batch 1 × 2. 2 values read.");
}

#[test]
fn each_retry_is_an_entry_that_begins_where_the_one_before_ended() {
    let mut exchange = answered(Body::Empty);
    exchange.attempts[0] = Attempt {
        failure: Some(throttled()),
        headers: pairs(&[("Retry-After", "4")]),
        ..attempt(UnixMillis(QUEUED.0 + 5), 429, Body::Empty)
    };
    let ended = QUEUED.0 + 5 + 93;
    exchange
        .attempts
        .push(Attempt { connecting: Duration::ZERO, ..attempt(UnixMillis(ended + 4_200), 200, here(b"{}")) });
    let log = written(vec![exchange]);
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(
        entries[0]["comment"],
        "Request 9 (stats): POST /batch 1 × 2. Attempt 1 of 2. The service limits reading stats to \
         100 requests in 15 s. Nothing to do: Statlens waits and asks again."
    );
    assert_eq!(entries[1]["startedDateTime"], "2026-11-22T09:00:00.098Z");
    assert_eq!(entries[1]["timings"]["blocked"].as_f64(), Some(4_200.0));
    assert_eq!(entries[1]["timings"]["connect"].as_f64(), Some(-1.0), "the connection was there");
    assert!(entries[1]["comment"].as_str().unwrap().ends_with("Attempt 2 of 2. 2 values read."));
}

#[test]
fn a_request_without_an_answer_says_why() {
    let failure = Failure { status: None, reason: "No connection".to_owned(), ..(*throttled()).clone() };
    let failure = Arc::new(failure);
    let mut exchange = answered(Body::Empty);
    exchange.attempts[0] = Attempt {
        started: UnixMillis(QUEUED.0 - 3_000),
        failure: Some(Arc::clone(&failure)),
        ..Attempt::default()
    };
    exchange.state = ExchangeState::Failed(failure);
    exchange.values = None;
    let log = written(vec![exchange]);
    let entry = &log["entries"][0];
    assert_eq!(entry["response"]["status"], 0);
    assert_eq!(entry["response"]["comment"], "No answer came");
    assert_eq!(entry["startedDateTime"], "2026-11-22T08:59:57.000Z", "a clock may be set back");
    assert_eq!(entry["timings"]["blocked"].as_f64(), Some(0.0));
    let comment = entry["comment"].as_str().unwrap();
    assert_eq!(comment.matches("No connection").count(), 1, "{comment}");
}

#[test]
fn bodies_are_text_or_base64_or_said_to_be_gone() {
    let file = Body::InFile { path: Path::new("body").into(), bytes: 3 };
    let gone = Body::InFile { path: Path::new("gone").into(), bytes: 70_000 };
    let read = |body: &Body| match body {
        Body::InFile { path, .. } if path.as_ref() == Path::new("body") => Some(b"\xFF\x00a".to_vec()),
        _ => None,
    };
    let nasty = "\u{0}\"\\\u{1b}\u{2028}星".as_bytes();
    let bodies = [here(nasty), file, gone, Body::Gone(12), Body::Empty];
    let log = written_with(bodies.map(answered).to_vec(), &read);
    let content = |place: usize| &log["entries"][place]["response"]["content"];
    assert_eq!(content(0)["text"].as_str().unwrap().as_bytes(), nasty);
    assert_eq!((&content(1)["text"], &content(1)["encoding"]), (&"/wBh".into(), &"base64".into()));
    for gone in [2, 3] {
        assert!(content(gone).get("text").is_none());
        assert_eq!(content(gone)["comment"], "The body is no longer kept");
    }
    assert_eq!(content(2)["size"], 70_000);
    assert!(content(4).get("text").is_none() && content(4).get("comment").is_none());
}

#[test]
fn no_token_is_written_even_when_one_stands_among_the_headers() {
    let mut exchange = answered(Body::Empty);
    let mut sent = super::sent();
    sent.headers.push(("AUTHORIZATION".to_owned(), "XBL3.0 x=1;secret".to_owned()));
    sent.headers.push(("if-none-match".to_owned(), "\"XBL3.0 x=1;secret\"".to_owned()));
    exchange.sent = Arc::new(sent);
    let log = written(vec![exchange]);
    assert!(!log.to_string().contains("secret"));
    assert!(log["comment"].as_str().unwrap().contains("Authorization header"));
}

#[test]
fn what_was_not_understood_and_what_was_not_sent_is_said() {
    let mut exchange = answered(Body::Empty);
    exchange.entries = 840;
    exchange.unread = Arc::new(["users[37].scids: expected a list, found 7".to_owned()]);
    let mut waiting = answered(Body::Empty);
    waiting.attempts.clear();
    waiting.state = ExchangeState::Cancelled;
    let log = written(vec![exchange, waiting]);
    let comment = log["entries"][0]["comment"].as_str().unwrap();
    assert!(
        comment.ends_with("1 of 840 entries not understood: users[37].scids: expected a list, found 7."),
        "{comment}"
    );
    assert_eq!(log["entries"].as_array().unwrap().len(), 1);
    assert!(log["comment"].as_str().unwrap().ends_with("One request had not been sent and has no entry."));
}

#[test]
fn nothing_is_a_har_too() {
    assert_eq!(written(Vec::new())["entries"], serde_json::json!([]));
}

/// A writer that knows how much was written, and stops taking any after so much.
struct Counting<'c> {
    written: &'c Cell<usize>,
    limit: usize,
}

impl io::Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.get() > self.limit {
            return Err(io::Error::other("the disk is full"));
        }
        self.written.set(self.written.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn each_body_is_written_before_the_next_is_read() {
    const SIZE: usize = 300_000;
    let file = || Body::InFile { path: Path::new("large").into(), bytes: SIZE };
    let exchanges: Vec<Arc<Exchange>> = (0..20).map(|_| Arc::new(answered(file()))).collect();
    let (written, asked) = (Cell::new(0), Cell::new(0));
    let read = |_: &Body| {
        assert!(written.get() >= asked.get() * SIZE, "those before are out");
        asked.set(asked.get() + 1);
        Some(vec![b'x'; SIZE])
    };
    har::write(&exchanges, &read, &mut Counting { written: &written, limit: usize::MAX }).unwrap();
    assert_eq!(asked.get(), 20);

    let error = har::write(
        &exchanges,
        &|_| Some(vec![b'x'; SIZE]),
        &mut Counting { written: &Cell::new(0), limit: 1_000_000 },
    );
    assert_eq!(error.unwrap_err().to_string(), "the disk is full");
}
