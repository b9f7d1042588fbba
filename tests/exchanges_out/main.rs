//! Requests on their way out of Statlens and back: as HAR, as cURL, and as lines to look at.

mod curl_in;
mod curl_out;
mod har;
mod pretty;

use std::{sync::Arc, time::Duration};

use statlens::model::{
    Api, Attempt, Body, Exchange, ExchangeId, ExchangeState, Failure, Remedy, Sent, UnixMillis,
};

const XUID: u64 = 2_535_466_120_001_871;
const SCID: &str = "7492baca-5d3e-4c1a-8f27-31d266a10343";

/// 2026-11-22T09:00:00Z.
const QUEUED: UnixMillis = UnixMillis(1_795_338_000_000);

/// A request for stats that was answered at once.
fn answered(body: Body) -> Exchange {
    Exchange {
        id: ExchangeId(9),
        api: Api::Stats,
        title: "POST /batch 1 × 2".to_owned(),
        sent: Arc::new(sent()),
        queued: QUEUED,
        state: ExchangeState::Done,
        attempts: vec![attempt(UnixMillis(QUEUED.0 + 5), 200, body)],
        values: Some(2),
        entries: 2,
        unread: Arc::new([]),
    }
}

fn sent() -> Sent {
    Sent {
        method: "POST",
        url: "https://userstats.xboxlive.com/batch?operation=read".to_owned(),
        headers: pairs(&[
            ("x-xbl-contract-version", "1"),
            ("accept-language", "en-US,en;q=0.8"),
            ("content-type", "application/json; charset=utf-8"),
        ]),
        body: serde_json::json!({
            "requestedusers": [XUID.to_string()],
            "requestedscids": [{"scid": SCID, "requestedstats": ["Kills", "Deaths"]}],
        })
        .to_string()
        .into(),
        users: 1,
        stats: 2,
    }
}

fn attempt(started: UnixMillis, status: u16, body: Body) -> Attempt {
    Attempt {
        started,
        connecting: Duration::from_micros(1_500),
        waiting: Duration::from_micros(90_250),
        reading: Duration::from_micros(2_125),
        status: Some(status),
        headers: pairs(&[("Content-Type", "application/json"), ("MS-CV", "abc.1")]),
        body,
        correlation: Some("abc.1".to_owned()),
        failure: None,
    }
}

fn throttled() -> Arc<Failure> {
    Arc::new(Failure {
        status: Some(429),
        reason: "The service limits reading stats to 100 requests in 15 s".to_owned(),
        causes: Vec::new(),
        advice: "Nothing to do: Statlens waits and asks again".to_owned(),
        detail: None,
        remedy: Remedy::Retry,
    })
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
