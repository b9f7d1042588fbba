//! The way out: one HTTP client, bounded in time and size, and the one place where the token is
//! attached to a request.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::{Duration, Instant},
};

use reqwest::{
    Method, Request, Response,
    header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE},
    redirect::Policy,
};
use tokio_util::bytes::{Bytes, BytesMut};

use super::{
    endpoint::{Endpoint, Host, LOCALHOST},
    error::{Call, RequestError, StatusError, Transport},
    people, profile,
    token::XblToken,
    userstats::BatchRequest,
};
use crate::model::{Player, Xuid};

/// How requests are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientOptions {
    /// `X-RequestedServiceVersion` of stat requests; `None` leaves it out, which means 1
    /// (`XBOX-API.md`, section 1a).
    pub service_version: Option<u32>,
    /// How long a request may take from its start to the last byte of its answer.
    pub timeout: Duration,
    /// The largest answer that is read, in bytes.
    pub max_body_bytes: usize,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self { service_version: None, timeout: Duration::from_mins(1), max_body_bytes: 64 * 1024 * 1024 }
    }
}

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
#[error("No secure connection can be made: this computer's root certificates cannot be read")]
pub struct ClientError(#[source] reqwest::Error);

/// A client of the services. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct XboxClient {
    client: reqwest::Client,
    endpoint: Endpoint,
    options: ClientOptions,
}

/// How long setting up a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Unused connections are closed before the service closes them, so that none is used in vain.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a request is sent again because its connection was closed before an answer began.
const MOST_RESENT: usize = 2;

/// The largest part of a failure's body that is read.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The largest memory that is set aside for an answer before any of it came.
const MAX_EXPECTED_BODY: usize = 1024 * 1024;

const JSON: &str = "application/json; charset=utf-8";

impl XboxClient {
    /// A client of the services at `endpoint`. It follows no redirects and keeps no cookies. Proxies
    /// of the environment are used for Xbox Live, where the token is encrypted on its way through,
    /// and never for this machine.
    ///
    /// # Errors
    /// When the computer is not set up for secure connections.
    pub fn new(endpoint: Endpoint, options: ClientOptions) -> Result<Self, ClientError> {
        // Fails only where it was done before. Ring, since the usual one takes a minute to build.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("Statlens/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT.min(options.timeout))
            .pool_idle_timeout(IDLE_TIMEOUT)
            .timeout(options.timeout);
        builder = if endpoint.is_loopback() {
            // The name is never looked up, so that no resolver can lead it off this machine.
            // Port 0 stands for the one in the address.
            let here = [IpAddr::from(Ipv4Addr::LOCALHOST), Ipv6Addr::LOCALHOST.into()]
                .map(|address| SocketAddr::new(address, 0));
            builder.no_proxy().resolve_to_addrs(LOCALHOST, &here)
        } else {
            builder.https_only(true)
        };
        if endpoint.is_plain() {
            // A computer without root certificates can still show the sample service.
            builder = builder.tls_certs_only([]);
        }
        Ok(Self { client: builder.build().map_err(ClientError)?, endpoint, options })
    }

    /// Where it sends requests.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Asks for stats (`XBOX-API.md`, section 1a). Gives the answer as it came:
    /// [`read_answer`](super::userstats::read_answer) reads it.
    ///
    /// # Errors
    /// Why no answer came, or which failure did.
    pub async fn batch(&self, token: &XblToken, request: &BatchRequest) -> Result<Bytes, RequestError> {
        let asked = Asked {
            call: Call::Batch,
            method: Method::POST,
            host: Host::UserStats,
            path: "/batch?operation=read".to_owned(),
            contract: "1",
            body: Some(request.body()),
        };
        self.send(token, asked).await
    }

    /// Looks up who has a gamertag, given in the form of [`profile::gt_form`]
    /// (`XBOX-API.md`, section 2).
    ///
    /// # Errors
    /// [`RequestError::NoSuchPlayer`] or a 404 when nobody has it, or why no answer came.
    pub async fn profile_by_gamertag(
        &self,
        token: &XblToken,
        gamertag: &str,
    ) -> Result<Player, RequestError> {
        let asked = Asked {
            call: Call::ProfileByGamertag,
            method: Method::GET,
            host: Host::Profile,
            path: profile::by_gamertag_path(gamertag),
            contract: "2",
            body: None,
        };
        let players = self.players(token, asked, profile::read).await?;
        players.into_iter().next().ok_or(RequestError::NoSuchPlayer)
    }

    /// Looks up what XUIDs are called (`XBOX-API.md`, section 2). Unknown ones may be left out, or
    /// may fail the whole call with 404.
    ///
    /// # Errors
    /// Why no answer came.
    pub async fn profiles_by_xuid(
        &self,
        token: &XblToken,
        xuids: &[Xuid],
    ) -> Result<Vec<Player>, RequestError> {
        let asked = Asked {
            call: Call::ProfilesByXuid,
            method: Method::POST,
            host: Host::Profile,
            path: profile::BATCH_PATH.to_owned(),
            contract: "2",
            body: Some(profile::batch_body(xuids)),
        };
        self.players(token, asked, profile::read).await
    }

    /// Searches for players whose name resembles `text` (`XBOX-API.md`, section 2).
    ///
    /// # Errors
    /// Why no answer came.
    pub async fn search_people(&self, token: &XblToken, text: &str) -> Result<Vec<Player>, RequestError> {
        let asked = Asked {
            call: Call::PeopleSearch,
            method: Method::GET,
            host: Host::PeopleHub,
            path: people::search_path(text),
            contract: "3",
            body: None,
        };
        self.players(token, asked, people::read).await
    }

    async fn players(
        &self,
        token: &XblToken,
        asked: Asked,
        read: fn(&[u8]) -> Result<Vec<Player>, String>,
    ) -> Result<Vec<Player>, RequestError> {
        let call = asked.call;
        let body = self.send(token, asked).await?;
        read(&body).map_err(|why| RequestError::Unreadable { call, why })
    }

    async fn send(&self, token: &XblToken, asked: Asked) -> Result<Bytes, RequestError> {
        let call = asked.call;
        let mut request = self.request(asked)?;
        self.authorize(&mut request, token)?;
        let place = Place::of(&request);
        let start = Instant::now();
        let answer = match self.execute(request, &place).await {
            Ok(response) => self.answer(response, call, token, &place).await,
            Err(error) => Err(error),
        };
        place.log(&answer, start.elapsed());
        answer
    }

    /// Sends a request. A kept connection may be closed by the service at the very moment that it is
    /// used again; then the request goes out anew, which it may, since all that is sent only reads.
    async fn execute(&self, request: Request, place: &Place) -> Result<Response, RequestError> {
        for _ in 0..MOST_RESENT {
            let Some(copy) = request.try_clone() else { break };
            match self.client.execute(copy).await.map_err(|error| place.explain(error)) {
                Err(RequestError::Transport { kind: Transport::Reset, .. }) => {}
                ended => return ended,
            }
        }
        self.client.execute(request).await.map_err(|error| place.explain(error))
    }

    fn request(&self, asked: Asked) -> Result<Request, RequestError> {
        let url = self.endpoint.url(asked.host, &asked.path).map_err(|_| RequestError::NotAllowed)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut builder = self
            .client
            .request(asked.method, url)
            .header("x-xbl-contract-version", asked.contract)
            .header(ACCEPT, "application/json")
            .header(ACCEPT_LANGUAGE, "en-US,en;q=0.8");
        if let Some(version) = self.options.service_version.filter(|_| asked.call == Call::Batch) {
            builder = builder.header("X-RequestedServiceVersion", version.to_string());
        }
        if let Some(body) = asked.body {
            builder = builder.header(CONTENT_TYPE, JSON).body(body);
        }
        builder.build().map_err(|error| RequestError::transport(error, &host, false))
    }

    /// Attaches the token. Nothing else does, so that the address is checked wherever it came from.
    fn authorize(&self, request: &mut Request, token: &XblToken) -> Result<(), RequestError> {
        if !self.endpoint.allows(request.url()) {
            return Err(RequestError::NotAllowed);
        }
        let value = token.header_value().ok_or(RequestError::NotAllowed)?;
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(())
    }

    async fn answer(
        &self,
        mut response: Response,
        call: Call,
        token: &XblToken,
        place: &Place,
    ) -> Result<Bytes, RequestError> {
        let status = response.status();
        if status.is_success() {
            let unreadable = |why: String| RequestError::Unreadable { call, why };
            if let Some(packing) = packing(&response) {
                return Err(unreadable(format!("it is packed ({packing}), which was not asked for")));
            }
            let body = self.body(response, place).await?;
            // Of an answer much is shown and kept, so none that repeats the token may get there.
            return if token.is_in(&body) {
                Err(unreadable("it repeats the token".into()))
            } else {
                Ok(body)
            };
        }
        let body = start_of_body(&mut response).await;
        let error = StatusError::read(call, status.as_u16(), response.headers(), &body, token);
        Err(RequestError::Status(Box::new(error)))
    }

    async fn body(&self, mut response: Response, place: &Place) -> Result<Bytes, RequestError> {
        let limit = self.options.max_body_bytes;
        let expected = usize::try_from(response.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
        if expected > limit {
            return Err(RequestError::TooLarge { limit });
        }
        let mut body = BytesMut::with_capacity(expected.min(MAX_EXPECTED_BODY));
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    return Err(RequestError::TooLarge { limit });
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body.freeze()),
                Err(error) => return Err(RequestError::transport(error, &place.host, true)),
            }
        }
    }
}

/// How a body is packed, if it is.
fn packing(response: &Response) -> Option<String> {
    let packing = response.headers().get(CONTENT_ENCODING)?;
    let packing: String =
        packing.to_str().unwrap_or("unknown").chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    (!packing.is_empty() && packing != "identity").then_some(packing)
}

/// As much of a failure's body as there is, up to a limit. The status has said the main thing, so
/// a body that is cut off or never ends does not matter.
async fn start_of_body(response: &mut Response) -> BytesMut {
    let mut body = BytesMut::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = MAX_ERROR_BODY - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MAX_ERROR_BODY {
            break;
        }
    }
    body
}

/// A request before it has an address.
struct Asked {
    call: Call,
    method: Method,
    host: Host,
    /// With its query.
    path: String,
    /// `x-xbl-contract-version`.
    contract: &'static str,
    body: Option<String>,
}

/// What may be logged of a request.
struct Place {
    method: Method,
    /// With its port.
    host: String,
    path: String,
    sent_bytes: usize,
}

impl Place {
    fn of(request: &Request) -> Self {
        let url = request.url();
        let host = url.host_str().unwrap_or_default();
        Self {
            method: request.method().clone(),
            host: url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
            path: url.path().to_owned(),
            sent_bytes: request.body().and_then(reqwest::Body::as_bytes).map_or(0, <[u8]>::len),
        }
    }

    fn explain(&self, error: reqwest::Error) -> RequestError {
        RequestError::transport(error, &self.host, false)
    }

    fn log(&self, answer: &Result<Bytes, RequestError>, time: Duration) {
        let Self { method, path, sent_bytes, .. } = self;
        let took_ms = time.as_millis();
        match answer {
            Ok(body) => {
                tracing::debug!(%method, path, sent_bytes, status = 200, received_bytes = body.len(), took_ms);
            }
            Err(error) => {
                let status = error.status().unwrap_or(0);
                tracing::debug!(%method, path, sent_bytes, status, took_ms, "request failed");
            }
        }
    }
}
