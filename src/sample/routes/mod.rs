//! What the sample service answers: one file a service, named as `XBOX-API.md` has them.
//!
//! A request goes the way that it goes at the real service, and is refused in the same order:
//! unknown path, token, contract version, body, rights. Start with [`answer`].

mod batch;
mod control;
mod ids;
mod lists;
mod people;
mod profile;
mod refusal;
mod single;
mod titlehub;
mod wire;

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::Response,
};
use percent_encoding::percent_decode_str;
use serde::Serialize;

pub(super) use self::control::{Job, Played};
use self::{
    ids::Who,
    refusal::{Refusal, Refused},
};
use super::{chance::Chance, world::World};

/// Bodies beyond this are refused with 413.
const MOST_BODY_BYTES: usize = 1 << 20;
/// Bodies up to this are read to their end before they are refused, so that the client, still
/// writing, hears the refusal and not a broken connection.
const MOST_BYTES_READ: usize = 16 << 20;

/// What every answer can use.
pub(super) struct Service {
    pub(super) world: World,
    /// To the task that plays sessions, one after the other.
    pub(super) jobs: tokio::sync::mpsc::UnboundedSender<Job>,
    /// How many answers were given: makes correlation ids differ.
    pub(super) answers: AtomicU64,
}

/// Which of its calls a request is.
enum Call<'a> {
    Batch,
    Single { who: Who, scid: &'a str, names: &'a str },
    Settings(Who),
    SettingsBatch,
    Search,
    TitleHistory { who: Who, decoration: &'a str },
    Title { who: Who, id: u32, decoration: &'a str },
    PlaySession,
}

impl<'a> Call<'a> {
    /// The call behind a method and path; `None` for one that is not known. The host does not
    /// matter: the paths of the services do not collide.
    fn of(method: &Method, segments: &[&'a str]) -> Option<Self> {
        let get = method == Method::GET;
        let post = method == Method::POST;
        Some(match *segments {
            ["batch"] if post => Self::Batch,
            ["users", who, "scids", scid, "stats", names] if get => {
                Self::Single { who: Who::read(who)?, scid, names }
            }
            ["users", "batch", "profile", "settings"] if post => Self::SettingsBatch,
            ["users", who, "profile", "settings"] if get => Self::Settings(Who::read(who)?),
            ["users", "me", "people", "search"] | ["users", "me", "people", "search", "decoration", _]
                if get =>
            {
                Self::Search
            }
            ["users", who, "titles", "titlehistory", "decoration", decoration] if get => {
                Self::TitleHistory { who: Who::read(who)?, decoration }
            }
            ["users", who, "titles", title, "decoration", decoration] if get => Self::Title {
                who: Who::read(who)?,
                id: ids::in_brackets(title, "titleid")?.parse().ok()?,
                decoration,
            },
            ["sample", "play-session"] if post => Self::PlaySession,
            _ => return None,
        })
    }

    /// The contract versions that the real service is seen to take; empty for what is ours alone.
    fn contracts(&self) -> &'static [u32] {
        match self {
            Self::Batch => &[1, 2],
            Self::Single { .. } => &[1, 2, 3],
            Self::Settings(_) | Self::SettingsBatch => &[2, 3],
            Self::Search => &[3, 5, 7],
            Self::TitleHistory { .. } | Self::Title { .. } => &[2],
            Self::PlaySession => &[],
        }
    }

    /// The name that stands as `source` in error bodies.
    fn source(&self) -> &'static str {
        match self {
            Self::Batch | Self::Single { .. } => "UserStats",
            Self::Settings(_) | Self::SettingsBatch => "Profile",
            Self::Search => "PeopleHub",
            Self::TitleHistory { .. } | Self::Title { .. } => "TitleHub",
            Self::PlaySession => "Sample",
        }
    }
}

/// Answers any request.
pub(super) async fn answer(State(service): State<std::sync::Arc<Service>>, request: Request) -> Response {
    let count = service.answers.fetch_add(1, Ordering::Relaxed);
    let (parts, body) = request.into_parts();
    let answered = match handle(&service, &parts.method, &parts.uri, &parts.headers, body).await {
        Ok(json) => (StatusCode::OK, json),
        Err(refused) => (refused.refusal.status(), refused.body()),
    };
    respond(answered, correlation(service.world.seed(), count))
}

async fn handle(
    service: &Service,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<String, Refused> {
    let decoded: Vec<_> = uri.path().split('/').skip(1).map(decode).collect();
    let segments: Vec<&str> = decoded.iter().map(String::as_str).collect();
    let call = Call::of(method, &segments).ok_or_else(|| Refusal::UnknownPath.at(""))?;
    let source = call.source();
    let refused = |refusal: Refusal| refusal.at(source);
    let query = Parameters::of(uri.query().unwrap_or_default());

    let contract = check_headers(&call, headers).map_err(refused)?;
    let body = read_body(body).await.map_err(refused)?;
    let world = &service.world;
    match call {
        Call::Batch if contract == 2 => lists::batch(world, &body),
        Call::Batch => batch::answer(world, &body),
        Call::Single { who, scid, names } => single::answer(world, &who, scid, names, contract, &query),
        Call::Settings(who) => profile::one(world, &who, &query),
        Call::SettingsBatch => profile::batch(world, &body),
        Call::Search => people::search(world, &query),
        Call::TitleHistory { who, decoration } => titlehub::history(world, &who, decoration, &query),
        Call::Title { who, id, decoration } => titlehub::one(world, &who, id, decoration),
        Call::PlaySession => control::play_session(service, &body).await,
    }
    .map_err(refused)
}

/// Checks token and contract version. Returns the version, 0 where none is asked for.
fn check_headers(call: &Call<'_>, headers: &HeaderMap) -> Result<u32, Refusal> {
    if call.contracts().is_empty() {
        return Ok(0);
    }
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !authorization.is_some_and(ids::is_token) {
        return Err(Refusal::NoToken);
    }
    headers
        .get("x-xbl-contract-version")
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .filter(|version| call.contracts().contains(version))
        .ok_or(Refusal::Contract)
}

async fn read_body(body: Body) -> Result<Vec<u8>, Refusal> {
    let read = to_bytes(body, MOST_BYTES_READ).await.map_err(|_| Refusal::TooLarge)?;
    if read.len() > MOST_BODY_BYTES { Err(Refusal::TooLarge) } else { Ok(read.into()) }
}

fn respond((status, body): (StatusCode, String), correlation: (String, String)) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("XBL3.0"));
    }
    for (name, value) in [("x-xblcorrelationid", correlation.0), ("ms-cv", correlation.1)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
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
