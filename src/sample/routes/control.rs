//! What is ours and not an Xbox call, so that it asks for no token and nothing goes wrong with it:
//! `POST /sample/play-session` lets players play, `GET` and `POST /sample/faults` tell and change
//! what goes wrong, `POST /sample/clock` moves the time of the rate limits.

use std::time::Duration;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::oneshot;

use super::{
    Service,
    ids::{WrittenXuid, read_xuids},
    json as written,
    refusal::Refusal,
    reply::Reply,
    wire::iso,
};
use crate::{
    model::{Scid, UnixMillis},
    sample::{
        faults::{Fault, FaultKind, Faults},
        session::PlaySession,
        titles::TITLES,
    },
};

/// A play session that waits for its turn, and who wants to hear of its end.
pub(in crate::sample) struct Job {
    pub(in crate::sample) session: PlaySession,
    pub(in crate::sample) done: Option<oneshot::Sender<Played>>,
}

/// What a play session did.
pub(in crate::sample) struct Played {
    /// How many careers moved, each one player in one title.
    pub(in crate::sample) moved: usize,
    /// What the clock of the sample world showed afterwards.
    pub(in crate::sample) now: UnixMillis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    xuids: Vec<WrittenXuid>,
    scid: Option<String>,
    #[serde(default = "one")]
    matches: u32,
}

fn one() -> u32 {
    1
}

/// Plays the session and answers when it is over.
pub(super) async fn play_session(service: &Service, body: &[u8]) -> Result<String, Refusal> {
    let request: Request = serde_json::from_slice(body)
        .map_err(|_| Refusal::Malformed("The body is not {\"xuids\":[…],\"scid\":\"…\",\"matches\":1}."))?;
    if request.scid.as_ref().is_some_and(|scid| TITLES.iter().all(|title| title.scid != scid)) {
        return Err(Refusal::Malformed("No title has this scid."));
    }
    let session = PlaySession {
        players: read_xuids(&request.xuids)?,
        scid: request.scid.as_deref().map(Scid::from_wire),
        matches: request.matches,
    };
    let (done, wait) = oneshot::channel();
    service.jobs.send(Job { session, done: Some(done) }).map_err(|_| Refusal::Internal)?;
    let played = wait.await.map_err(|_| Refusal::Internal)?;
    written(&json!({ "moved": played.moved, "now": iso(played.now) }))
}

/// Which faults are on, in both forms, and which there are.
pub(super) fn faults(service: &Service) -> Result<String, Refusal> {
    let faults = service.desk.faults();
    let on: Map<String, Value> =
        faults.iter().map(|fault| (fault.kind().to_string(), fault.parameter().into())).collect();
    let known = |kind: &FaultKind| {
        json!({
            "name": kind.name(),
            "group": kind.group().name(),
            "description": kind.description(),
            "parameter": kind.parameter(),
            "usual": Fault::usual(*kind).parameter(),
        })
    };
    let known: Vec<Value> = FaultKind::ALL.iter().map(known).collect();
    written(&json!({ "text": faults.to_string(), "faults": on, "known": known }))
}

/// Changes the faults to those of a text (`500:10%, slow`), of the same in a JSON string, or of a
/// JSON object of names and parameters (`{"500":"10%","slow":""}`).
pub(super) fn set_faults(service: &Service, body: &[u8]) -> Reply {
    match read_faults(body) {
        Ok(faults) => {
            service.desk.set_faults(faults);
            self::faults(service).map_err(|refusal| refusal.at("Sample")).into()
        }
        Err(why) => {
            let error = json!({ "code": 1000, "source": "Sample", "description": why });
            Reply::json(StatusCode::BAD_REQUEST, error.to_string())
        }
    }
}

fn read_faults(body: &[u8]) -> Result<Faults, String> {
    let text = std::str::from_utf8(body).map_err(|_| "The body is not UTF-8.".to_owned())?.trim();
    let spec = |text: &str| text.parse().map_err(|error: crate::sample::FaultsError| error.to_string());
    if !text.starts_with(['{', '"']) {
        return spec(text);
    }
    match serde_json::from_str(text).map_err(|error| format!("The body is not JSON: {error}."))? {
        Value::String(text) => spec(&text),
        Value::Object(fields) => fields.iter().map(|(name, parameter)| one_fault(name, parameter)).collect(),
        _ => Err("The body is neither a text nor an object of faults.".to_owned()),
    }
}

fn one_fault(name: &str, parameter: &Value) -> Result<Fault, String> {
    let text = match parameter {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(true) => String::new(),
        _ => return Err(format!("The parameter of `{name}` is no text: write it as in the text form.")),
    };
    let kind = FaultKind::named(name);
    // The text form knows how to say what is wrong with a name.
    let kind =
        kind.ok_or_else(|| name.parse::<Faults>().err().map_or(String::new(), |why| why.to_string()))?;
    Fault::read(kind, &text).map_err(|why| format!("`{text}` cannot stand after `{name}`: {why}."))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forward {
    forward_seconds: u32,
}

/// Moves the service's time on, for its rate limits.
pub(super) fn fast_forward(service: &Service, body: &[u8]) -> Result<String, Refusal> {
    let forward: Forward = serde_json::from_slice(body)
        .map_err(|_| Refusal::Malformed("The body is not {\"forward_seconds\":300}."))?;
    let ahead = service.desk.fast_forward(Duration::from_secs(forward.forward_seconds.into()));
    written(&json!({ "ahead_seconds": ahead.as_secs() }))
}
