//! The calls that are made, each as it will be sent: address, headers and body.

use std::sync::Arc;

use reqwest::{
    Url,
    header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT},
};

use super::{
    endpoint::Host, error::Call, http::XboxClient, people, profile, userstats::BatchRequest,
    validators::Validators,
};
use crate::model::{Api, Sent, Xuid};

const JSON: &str = "application/json; charset=utf-8";

/// The longest name or search text that a title shows, in characters.
const TITLE_CHARS: usize = 40;

/// A request that is ready to be sent, as often as need be, by [`XboxClient::send`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Whose rate limit it counts towards.
    pub api: Api,
    /// What lists call it: `POST /batch 100 × 9`, `GET gt(TigerShark)`, `POST /users/batch (24 users)`.
    pub title: String,
    /// What is sent; with [`Self::sent_with`] what is sent when validators are.
    pub sent: Arc<Sent>,
    pub(super) call: Call,
    pub(super) host: String,
}

impl Prepared {
    /// Which call it is.
    #[must_use]
    pub fn call(&self) -> Call {
        self.call
    }

    /// The host that is asked, with its port where that is not the usual one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What is sent when the answer is wanted only if it changed.
    #[must_use]
    pub fn sent_with(&self, validators: Option<&Validators>) -> Arc<Sent> {
        let Some(validators) = validators else { return self.sent.clone() };
        let mut sent = Sent::clone(&self.sent);
        sent.headers.extend(validators.headers());
        Arc::new(sent)
    }
}

/// A request before it has an address.
struct Question {
    call: Call,
    title: String,
    host: Host,
    /// With its query.
    path: String,
    /// `x-xbl-contract-version`.
    contract: &'static str,
    /// `None` for a `GET`.
    body: Option<String>,
    users: usize,
    stats: usize,
}

impl XboxClient {
    /// Asks for stats (`XBOX-API.md`, section 1a). [`read_answer`](super::userstats::read_answer)
    /// reads the answer.
    #[must_use]
    pub fn prepare_batch(&self, request: &BatchRequest) -> Prepared {
        let users = request.users.len();
        let stats = request.scids.iter().map(|(_, stats)| stats.len()).sum();
        self.prepare(Question {
            call: Call::Batch,
            title: format!("POST /batch {users} × {stats}"),
            host: Host::UserStats,
            path: "/batch?operation=read".to_owned(),
            contract: "1",
            body: Some(request.body()),
            users,
            stats,
        })
    }

    /// Asks who has a gamertag, given in the form of [`profile::gt_form`] (`XBOX-API.md`,
    /// section 2). [`profile::read`] reads the answer; nobody in it means the same as a 404.
    #[must_use]
    pub fn prepare_profile_by_gamertag(&self, gamertag: &str) -> Prepared {
        self.prepare(Question {
            call: Call::ProfileByGamertag,
            title: format!("GET gt({})", in_title(gamertag)),
            host: Host::Profile,
            path: profile::by_gamertag_path(gamertag),
            contract: "2",
            body: None,
            users: 1,
            stats: 0,
        })
    }

    /// Asks what XUIDs are called (`XBOX-API.md`, section 2). [`profile::read`] reads the answer.
    /// Unknown ones may be left out of it, or may fail the whole call with 404.
    #[must_use]
    pub fn prepare_profiles_by_xuid(&self, xuids: &[Xuid]) -> Prepared {
        let users = if xuids.len() == 1 { "1 user".to_owned() } else { format!("{} users", xuids.len()) };
        self.prepare(Question {
            call: Call::ProfilesByXuid,
            title: format!("POST /users/batch ({users})"),
            host: Host::Profile,
            path: profile::BATCH_PATH.to_owned(),
            contract: "2",
            body: Some(profile::batch_body(xuids)),
            users: xuids.len(),
            stats: 0,
        })
    }

    /// Searches for players whose name resembles `text` (`XBOX-API.md`, section 2).
    /// [`people::read`] reads the answer.
    #[must_use]
    pub fn prepare_people_search(&self, text: &str) -> Prepared {
        self.prepare(Question {
            call: Call::PeopleSearch,
            title: format!("GET search({})", in_title(text)),
            host: Host::PeopleHub,
            path: people::search_path(text),
            contract: "3",
            body: None,
            users: 1,
            stats: 0,
        })
    }

    fn prepare(&self, question: Question) -> Prepared {
        let Question { call, title, host, path, contract, body, users, stats } = question;
        let address = self.endpoint().address(host, &path);
        let url = Url::parse(&address);
        let host = url.as_ref().map(host_of).unwrap_or_default();
        let mut headers = vec![
            header("x-xbl-contract-version", contract),
            header(ACCEPT, "application/json"),
            header(ACCEPT_LANGUAGE, "en-US,en;q=0.8"),
            header(USER_AGENT, concat!("Statlens/", env!("CARGO_PKG_VERSION"))),
            header(HOST, &host),
        ];
        if let Some(version) = self.options().service_version.filter(|_| call == Call::Batch) {
            headers.push(header("x-requestedserviceversion", &version.to_string()));
        }
        if let Some(body) = &body {
            headers.push(header(CONTENT_TYPE, JSON));
            headers.push(header(CONTENT_LENGTH, &body.len().to_string()));
        }
        let sent = Sent {
            method: if body.is_some() { "POST" } else { "GET" },
            // An address that cannot be read is refused when it is sent.
            url: url.map_or(address, String::from),
            headers,
            body: body.unwrap_or_default().into(),
            users,
            stats,
        };
        Prepared { api: api_of(call), title, sent: Arc::new(sent), call, host }
    }
}

fn api_of(call: Call) -> Api {
    match call {
        Call::Batch => Api::Stats,
        Call::ProfileByGamertag | Call::ProfilesByXuid => Api::Profile,
        Call::PeopleSearch => Api::People,
    }
}

fn header(name: impl AsRef<str>, value: &str) -> (String, String) {
    (name.as_ref().to_owned(), value.to_owned())
}

fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A name as a title shows it: on one line and not too long.
fn in_title(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TITLE_CHARS).collect()
}
