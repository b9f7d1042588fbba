//! The sample service over real HTTP: what it refuses, what its answers look like, whether its
//! world is the one that `XBOX-API.md` and the charts need, how it fails when it is told to, and
//! how it counts requests.

mod connection;
mod control;
mod faults;
mod hand_clock;
mod limits;
mod odd_answers;
mod players;
mod refusals;
mod spec;
mod stats;
mod truth;
mod world;

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use serde_json::{Value, json};
use statlens::sample::{Faults, SampleLimits, SampleOptions, SampleService, TOKEN};

const SHOOTER: &str = "7492baca-5d3e-4c1a-8f27-31d266a10343";
const RACER: &str = "c402ff50-0b7e-4d92-a25f-7c1e5c3f1212";
const PUZZLE: &str = "5E0B9A74-2D1C-4F3E-9B7A-0D4C8E61A2F5";
const WARRIOR_SAINT: u64 = 2_535_466_120_001_871;
const NOVA: u64 = 2_535_466_120_771_093;
const MAJOR_FENNEC: u64 = 2_535_466_122_967_735;
const TIGER_SHARK: u64 = 2_535_466_120_372_514;
const HIDDEN_HERON: u64 = 2_535_466_128_903_287;
const IDLE_FERN: u64 = 2_535_466_129_274_852;
const AIM_OF_GOLD: u64 = 2_535_466_129_645_038;
const OVERFLOW_OWL: u64 = 2_535_466_130_387_264;

/// A running service and a client of it.
struct Sample {
    service: SampleService,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }
}

impl Sample {
    /// Without limits: some tests ask more than anybody does.
    fn start(seed: u64) -> Self {
        Self::with(SampleOptions { seed, limits: SampleLimits::Off, ..SampleOptions::default() })
    }

    fn with_faults(faults: &str) -> Self {
        let faults: Faults = faults.parse().unwrap();
        Self::with(SampleOptions { faults, limits: SampleLimits::Off, ..SampleOptions::default() })
    }

    fn with(options: SampleOptions) -> Self {
        let service = SampleService::start_with(options).unwrap();
        // Fails only where another test has done it before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { service, client, runtime }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        let method = method.parse().unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.service.url()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json; charset=utf-8").body(body);
        }
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            Answer { status, headers, text: answer.text().await.unwrap() }
        })
    }

    /// Kills of one player, with a token of one's own.
    fn kills_with(&self, token: &str, xuid: u64) -> Answer {
        let body = batch_body(&[xuid], &[(SHOOTER, &["Kills"])]);
        let headers = [("authorization", token), ("x-xbl-contract-version", "1")];
        self.send("POST", "/batch", &headers, Some(body.to_string()))
    }

    fn kills(&self, xuid: u64) -> Answer {
        self.kills_with(TOKEN, xuid)
    }

    fn get(&self, path: &str, contract: &str) -> Answer {
        self.send("GET", path, &[("authorization", TOKEN), ("x-xbl-contract-version", contract)], None)
    }

    fn post(&self, path: &str, contract: &str, body: &Value) -> Answer {
        let headers = [("authorization", TOKEN), ("x-xbl-contract-version", contract)];
        self.send("POST", path, &headers, Some(body.to_string()))
    }

    fn batch(&self, xuids: &[u64], scids: &[(&str, &[&str])]) -> Answer {
        self.post("/batch?operation=read", "1", &batch_body(xuids, scids))
    }

    /// Values by XUID, SCID and stat.
    fn values(&self, xuids: &[u64], scids: &[(&str, &[&str])]) -> HashMap<(u64, String, String), String> {
        let answer = self.batch(xuids, scids);
        assert_eq!(answer.status, 200, "{}", answer.text);
        read(&answer.json())
    }

    fn numbers(&self, xuid: u64, scid: &str, stats: &[&str]) -> Vec<f64> {
        let values = self.values(&[xuid], &[(scid, stats)]);
        stats
            .iter()
            .map(|stat| values[&(xuid, scid.to_owned(), (*stat).to_owned())].parse().unwrap())
            .collect()
    }

    /// Many players of the usual seed whose stats can be read, in every script. Found once.
    fn readable(&self) -> &'static [u64] {
        static FOUND: OnceLock<Vec<u64>> = OnceLock::new();
        FOUND.get_or_init(|| self.find_readable())
    }

    fn find_readable(&self) -> Vec<u64> {
        let mut all = BTreeSet::new();
        for text in ["a", "e", "i", "o", "u", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] {
            for more in ["", "r", "l", "w", "t", "n", "5", "7", "9"] {
                let path = format!("/users/me/people/search?q={text}{more}&maxItems=100");
                for person in self.get(&path, "3").json()["people"].as_array().unwrap() {
                    all.insert(person["xuid"].as_str().unwrap().parse::<u64>().unwrap());
                }
            }
        }
        let all: Vec<u64> = all.into_iter().collect();
        all.chunks(20).flat_map(|chunk| self.readable_of(chunk)).collect()
    }

    /// Those of `xuids` who are not private: a batch that holds one who is is refused, so halve it.
    fn readable_of(&self, xuids: &[u64]) -> Vec<u64> {
        if self.batch(xuids, &[(SHOOTER, &["Kills"])]).status == 200 {
            return xuids.to_vec();
        }
        if xuids.len() == 1 {
            return Vec::new();
        }
        let (left, right) = xuids.split_at(xuids.len() / 2);
        [self.readable_of(left), self.readable_of(right)].concat()
    }
}

fn batch_body(xuids: &[u64], scids: &[(&str, &[&str])]) -> Value {
    let users: Vec<String> = xuids.iter().map(u64::to_string).collect();
    let scids: Vec<Value> =
        scids.iter().map(|(scid, stats)| json!({ "scid": scid, "requestedstats": stats })).collect();
    json!({ "requestedusers": users, "requestedscids": scids })
}

/// Reads a dialect A answer, XUIDs as numbers or strings, values in any form.
fn read(answer: &Value) -> HashMap<(u64, String, String), String> {
    let mut values = HashMap::new();
    for user in answer["users"].as_array().unwrap() {
        let xuid = user["xuid"].as_u64().or_else(|| user["xuid"].as_str()?.parse().ok()).unwrap();
        for scid in user["scids"].as_array().unwrap() {
            for stat in scid["stats"].as_array().unwrap() {
                let value = stat["value"].as_str().map_or_else(|| stat["value"].to_string(), str::to_owned);
                let key = (xuid, text(&scid["scid"]), text(&stat["statname"]));
                assert!(values.insert(key, value).is_none(), "sent twice: {stat}");
            }
        }
    }
    values
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn escape(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
