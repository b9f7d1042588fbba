//! What the sample service answers: one file a service, named as `XBOX-API.md` has them.
//!
//! A request goes the way that it goes at the real service, and is refused in the same order:
//! unknown path, token, rate limit, contract version, body, rights. Faults that are on strike where
//! the real service fails: those of tokens with the token, the others once a request is read
//! (`trouble`, `odd`, `etags`), those of the connection when it is answered (`delivery`). Start with
//! [`answer`].

mod batch;
mod call;
mod control;
mod delivery;
mod etags;
mod ids;
mod lists;
mod number;
mod odd;
mod people;
mod profile;
mod refusal;
mod reply;
mod single;
mod titlehub;
mod trouble;
mod who;
mod wire;

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, header, request::Parts},
    response::Response,
};
use percent_encoding::percent_decode_str;
use serde::Serialize;

pub(super) use self::control::{Job, Played};
use self::{call::Call, refusal::Refusal, reply::Reply};
use super::{
    chance::{Chance, part},
    connection::Scissors,
    desk::Desk,
    faults::{Fate, FaultGroup, FaultKind},
    world::World,
};
use crate::clock::Clock;

/// Bodies beyond this are refused with 413.
const MOST_BODY_BYTES: usize = 1 << 20;
/// Bodies up to this are read to their end before they are refused, so that the client, still
/// writing, hears the refusal and not a broken connection.
const MOST_BYTES_READ: usize = 16 << 20;

/// Which header says what a client may send.
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The world of a service, drawn by whoever needs it first.
pub(super) type LazyWorld = LazyLock<World, Box<dyn FnOnce() -> World + Send>>;

/// What every answer can use.
pub(super) struct Service {
    pub(super) world: Arc<LazyWorld>,
    pub(super) desk: Arc<Desk>,
    pub(super) clock: Arc<dyn Clock>,
    /// To the task that plays sessions, one after the other.
    pub(super) jobs: tokio::sync::mpsc::UnboundedSender<Job>,
    /// How many answers were given: makes correlation ids differ.
    pub(super) answers: AtomicU64,
}

/// A request, read.
struct Asking<'a> {
    parts: &'a Parts,
    body: Result<Vec<u8>, Refusal>,
}

/// Answers any request.
pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let count = service.answers.fetch_add(1, Ordering::Relaxed);
    let (parts, body) = request.into_parts();
    let asking = Asking { parts: &parts, body: read_body(body).await };
    let decoded: Vec<_> = parts.uri.path().split('/').skip(1).map(decode).collect();
    let segments: Vec<&str> = decoded.iter().map(String::as_str).collect();
    let call = Call::of(&parts.method, &segments);
    let policy =
        call.as_ref().and_then(Call::api).map(|api| service.desk.limits().policy(api)).unwrap_or_default();
    let (mut reply, way) = match call {
        None => (Err(Refusal::UnknownPath.at("")).into(), None),
        Some(call) if call.is_ours() => (ours(&service, &call, &asking).await, None),
        Some(call) => handle(&service, &call, &asking),
    };
    if !policy.is_empty() {
        reply = reply.with(POLICY, &policy);
    }
    let (id, vector) = correlation(service.world.seed(), count);
    reply = reply
        .with(HeaderName::from_static("x-xblcorrelationid"), &id)
        .with(HeaderName::from_static("ms-cv"), &vector);
    delivery::deliver(reply, way, &scissors, &service.clock).await
}

/// Answers a call that is ours.
async fn ours(service: &Service, call: &Call<'_>, asking: &Asking<'_>) -> Reply {
    let answered = match (&asking.body, call) {
        (Err(refusal), _) => Err(*refusal),
        (Ok(body), Call::PlaySession) => control::play_session(service, body).await,
        (Ok(body), Call::SetFaults) => return control::set_faults(service, body),
        (Ok(body), Call::FastForward) => control::fast_forward(service, body),
        (Ok(_), _) => control::faults(service),
    };
    answered.map_err(|refusal| refusal.at(call.source())).into()
}

/// Answers a call of the real services, and says how the answer is to be sent.
fn handle(service: &Service, call: &Call<'_>, asking: &Asking<'_>) -> (Reply, Option<FaultKind>) {
    let source = call.source();
    let refused = |refusal: Refusal| Reply::from(Err(refusal.at(source)));
    let token = match token(&asking.parts.headers) {
        Some(token) if service.desk.accepts(token) => token,
        _ => return (refused(Refusal::NoToken), None),
    };
    if let Some(Err(over)) = call.api().map(|api| service.desk.take(api, token)) {
        return (trouble::throttled(&over), None);
    }
    let contract = match contract(call, &asking.parts.headers) {
        Ok(contract) => contract,
        Err(refusal) => return (refused(refusal), None),
    };
    let body = match &asking.body {
        Ok(body) => body,
        Err(refusal) => return (refused(*refusal), None),
    };
    let fate = service.desk.fate(content(asking.parts, body), &|| who::asked(call, body));
    let reply = if let Some(reply) = trouble::passing(&fate, call.api(), service.clock.now()) {
        reply
    } else if let Some(refusal) = trouble::lasting(&fate) {
        refused(refusal)
    } else {
        match world_answer(service, call, contract, asking.parts, body, &fate) {
            Ok(reply) => reply,
            Err(refusal) => refused(refusal),
        }
    };
    (reply, fate.of(FaultGroup::Connection))
}

/// What the world has to say, as odd or broken as the faults have it.
fn world_answer(
    service: &Service,
    call: &Call<'_>,
    contract: u32,
    parts: &Parts,
    body: &[u8],
    fate: &Fate,
) -> Result<Reply, Refusal> {
    let world = &service.world;
    let query = Parameters::of(parts.uri.query().unwrap_or_default());
    let mut odd = None;
    let plain = match call {
        Call::Batch if contract == 2 => lists::batch(world, body),
        Call::Batch => {
            let asked = batch::Asked::read(body)?;
            let users = batch::users(world, &asked)?;
            let plain = batch::written(&users);
            odd = odd::write(users, &asked, fate);
            plain
        }
        Call::Single { who, scid, names } => single::answer(world, who, scid, names, contract, &query),
        Call::Settings(who) => profile::one(world, who, &query),
        Call::SettingsBatch => profile::batch(world, body),
        Call::Search => people::search(world, &query),
        Call::TitleHistory { who, decoration } => titlehub::history(world, who, decoration, &query),
        Call::Title { who, id, decoration } => titlehub::one(world, who, *id, decoration),
        Call::PlaySession | Call::Faults | Call::SetFaults | Call::FastForward => Err(Refusal::UnknownPath),
    }?;
    let is_stats = matches!(call, Call::Batch | Call::Single { .. });
    if is_stats && fate.has(FaultKind::Etags) {
        let reply = Reply::from(Ok(odd.unwrap_or_else(|| plain.clone())));
        let reply = etags::validated(reply, &plain, world.now(), &parts.headers);
        return Ok(if reply.status.is_success() { trouble::spoilt(reply, fate) } else { reply });
    }
    Ok(trouble::spoilt(Reply::from(Ok(odd.unwrap_or(plain))), fate))
}

/// The token of a request as a number that tells it from others; `None` when there is none.
fn token(headers: &HeaderMap) -> Option<u64> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    ids::is_token(authorization).then(|| part(authorization))
}

fn contract(call: &Call<'_>, headers: &HeaderMap) -> Result<u32, Refusal> {
    headers
        .get("x-xbl-contract-version")
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .filter(|version| call.contracts().contains(version))
        .ok_or(Refusal::Contract)
}

/// What a request asks, as a number: that of another try is the same.
fn content(parts: &Parts, body: &[u8]) -> u64 {
    let body = String::from_utf8_lossy(body);
    let path = parts.uri.path_and_query().map(|path| path.as_str()).unwrap_or_default();
    part(path).rotate_left(7) ^ part(&body)
}

async fn read_body(body: Body) -> Result<Vec<u8>, Refusal> {
    let read = to_bytes(body, MOST_BYTES_READ).await.map_err(|_| Refusal::TooLarge)?;
    if read.len() > MOST_BODY_BYTES { Err(Refusal::TooLarge) } else { Ok(read.into()) }
}

/// A correlation id and a vector in the forms of the real service, the same in every run.
fn correlation(seed: u64, count: u64) -> (String, String) {
    const BASE_64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut chance = Chance::of(&[seed, count]);
    let (high, low) = (chance.bits(), chance.bits());
    let (first, second, third) = (high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF);
    let id =
        format!("{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}", low >> 48, low & 0xFFFF_FFFF_FFFF);
    let vector: String = (0..22).map(|_| char::from(chance.pick(BASE_64))).collect();
    (id, format!("{vector}.0"))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The parameters after the `?`.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn of(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
        };
        Self(pairs.map(pair).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The number of this name; `None` where it is missing or none.
    fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }
}

fn json<T: Serialize>(answer: &T) -> Result<String, Refusal> {
    serde_json::to_string(answer).map_err(|_| Refusal::Internal)
}
