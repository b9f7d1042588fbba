//! Sending a request and taking down what comes, however it ends: the one place where the token is
//! attached.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{
    Method, Request, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue},
};
use tokio_util::bytes::{Bytes, BytesMut};

use super::{
    connecting,
    error::{RequestError, StatusError, Transport, fit_to_show},
    http::XboxClient,
    policy,
    prepare::Prepared,
    token::XblToken,
    validators::Validators,
};
use crate::model::{Attempt, Body, Sent, Window};

/// What came of sending a request once.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What went over the wire, whatever came of it. When it was sent is for the caller to fill in.
    pub attempt: Attempt,
    /// The answer, or why there is none to use.
    pub result: Result<Answer, RequestError>,
}

/// A good answer, as it came. Readers are called apart: [`read_answer`](super::userstats::read_answer),
/// [`profile::read`](super::profile::read), [`people::read`](super::people::read).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The body; empty when it is not modified.
    pub body: Bytes,
    /// What to send along next time, to be told when nothing changed.
    pub validators: Option<Validators>,
    /// Whether the answer that the validators are of is still the right one (304).
    pub not_modified: bool,
    /// The rate limits that the service declares: a short and a long window, `u32::MAX` is no limit.
    /// Whether they are believed is for [`XboxClient::believed`] to say.
    pub policy: Option<[Window; 2]>,
}

impl Reply {
    /// The rate limits that the service declared, whether it answered or refused.
    #[must_use]
    pub fn policy(&self) -> Option<[Window; 2]> {
        match &self.result {
            Ok(answer) => answer.policy,
            Err(error) => error.policy(),
        }
    }
}

/// The largest part that is read of a body that brings no values: of a failure, or packed.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The largest memory that is set aside for an answer before any of it came.
const MAX_EXPECTED_BODY: usize = 1024 * 1024;

/// The most that is kept of an answer's headers, in bytes.
const MAX_KEPT_HEADERS: usize = 64 * 1024;

/// What has come so far. Kept outside of the work, so that it is there when that is cut short.
#[derive(Default)]
struct Received {
    connected: Option<Instant>,
    head: Option<Head>,
    body: BytesMut,
}

struct Head {
    at: Instant,
    status: StatusCode,
    headers: HeaderMap,
}

impl XboxClient {
    /// Sends a request once, with the token, and with validators to be told when nothing changed.
    ///
    /// Nothing is sent again in here. When a kept connection was closed under the request
    /// ([`Transport::KeptClosed`]), it may be at once, and counts anew.
    pub async fn send(
        &self,
        token: &XblToken,
        prepared: &Prepared,
        validators: Option<&Validators>,
    ) -> Reply {
        self.send_until(token, prepared, validators, std::future::pending()).await
    }

    /// Sends a request once, like [`send`](Self::send), and gives up when `deadline` ends. What came
    /// until then is in the attempt all the same.
    pub async fn send_until(
        &self,
        token: &XblToken,
        prepared: &Prepared,
        validators: Option<&Validators>,
        deadline: impl Future<Output = ()>,
    ) -> Reply {
        let sent = prepared.sent_with(validators);
        let began = Instant::now();
        let mut received = Received::default();
        let end = match self.request(&sent, token) {
            Ok(request) => {
                let receive = self.receive(request, &prepared.host, &mut received);
                tokio::select! {
                    biased;
                    end = receive => end,
                    () = deadline => Err(RequestError::timed_out(&prepared.host)),
                }
            }
            Err(error) => Err(error),
        };
        let reply = received.reply(prepared, validators, token, (began, end));
        log(&sent, &reply, began.elapsed());
        reply
    }

    /// Builds the request as it was shown. Nothing else attaches the token, so that the address is
    /// checked wherever it came from.
    fn request(&self, sent: &Sent, token: &XblToken) -> Result<Request, RequestError> {
        let url = Url::parse(&sent.url).map_err(|_| RequestError::NotAllowed)?;
        if !self.endpoint().allows(&url) {
            return Err(RequestError::NotAllowed);
        }
        let method = Method::from_bytes(sent.method.as_bytes()).map_err(|_| RequestError::NotAllowed)?;
        let mut request = Request::new(method, url);
        for (name, value) in &sent.headers {
            // A value that no header can hold is one that a service made up.
            let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
                continue;
            };
            // The library below writes these two itself, from the same address and body.
            if name != HOST && name != CONTENT_LENGTH {
                request.headers_mut().append(name, value);
            }
        }
        if !sent.body.is_empty() {
            *request.body_mut() = Some(sent.body.to_string().into());
        }
        let value = token.header_value().ok_or(RequestError::NotAllowed)?;
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(request)
    }

    async fn receive(
        &self,
        request: Request,
        host: &str,
        received: &mut Received,
    ) -> Result<(), RequestError> {
        let (response, connected) = connecting::watch(self.http().execute(request)).await;
        received.connected = connected;
        let mut response = response.map_err(|error| match RequestError::transport(error, host, false) {
            RequestError::Transport { kind: Transport::Reset, host, detail } if connected.is_none() => {
                RequestError::Transport { kind: Transport::KeptClosed, host, detail }
            }
            error => error,
        })?;
        let head =
            Head { at: Instant::now(), status: response.status(), headers: response.headers().clone() };
        let brings_values = head.status.is_success() && packing(&head.headers).is_none();
        received.head = Some(head);
        if brings_values {
            self.whole_body(&mut response, host, &mut received.body).await
        } else {
            start_of_body(&mut response, &mut received.body).await;
            Ok(())
        }
    }

    async fn whole_body(
        &self,
        response: &mut Response,
        host: &str,
        body: &mut BytesMut,
    ) -> Result<(), RequestError> {
        let limit = self.options().max_body_bytes;
        let expected = usize::try_from(response.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
        if expected > limit {
            return Err(RequestError::TooLarge { limit });
        }
        body.reserve(expected.min(MAX_EXPECTED_BODY));
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    body.truncate(MAX_ERROR_BODY);
                    return Err(RequestError::TooLarge { limit });
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(()),
                Err(error) => return Err(RequestError::transport(error, host, true)),
            }
        }
    }
}

/// As much of a body as there is, up to a limit. The status has said the main thing, so a body that
/// is cut off or never ends does not matter.
async fn start_of_body(response: &mut Response, body: &mut BytesMut) {
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = MAX_ERROR_BODY - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MAX_ERROR_BODY {
            break;
        }
    }
}

/// How a body is packed, if it is.
fn packing(headers: &HeaderMap) -> Option<String> {
    let packing = headers.get(CONTENT_ENCODING)?;
    let packing: String =
        packing.to_str().unwrap_or("unknown").chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    (!packing.is_empty() && packing != "identity").then_some(packing)
}

impl Received {
    /// Makes of what came what is told of it.
    fn reply(
        self,
        prepared: &Prepared,
        validators: Option<&Validators>,
        token: &XblToken,
        (began, end): (Instant, Result<(), RequestError>),
    ) -> Reply {
        let now = Instant::now();
        let Self { connected, head, body } = self;
        let hidden = token.hidden_in_bytes(&body);
        let (is_echo, body): (bool, Arc<[u8]>) = match hidden {
            Some(hidden) => (true, hidden.into()),
            None => (false, body.as_ref().into()),
        };
        let waiting_since = connected.unwrap_or(began);
        let head_at = head.as_ref().map_or(now, |head| head.at);
        let headers = head.as_ref().map_or(Vec::new(), |head| shown_headers(&head.headers, token));
        let mut attempt = Attempt {
            connecting: waiting_since.saturating_duration_since(began),
            waiting: head_at.saturating_duration_since(waiting_since),
            reading: now.saturating_duration_since(head_at),
            status: head.as_ref().map(|head| head.status.as_u16()),
            correlation: correlation(&headers),
            headers,
            body: if body.is_empty() { Body::Empty } else { Body::Here(body.clone()) },
            ..Attempt::default()
        };
        let result = match head {
            Some(head) => judge(&head, end, body, prepared, validators, token, is_echo),
            // Cannot be `Ok`: that needs a head.
            None => end.and(Err(RequestError::timed_out(&prepared.host))),
        };
        attempt.failure = result.as_ref().err().map(|error| Arc::new(error.to_failure()));
        Reply { attempt, result }
    }
}

/// What an answer comes to, of which the head came at least.
fn judge(
    head: &Head,
    end: Result<(), RequestError>,
    body: Arc<[u8]>,
    prepared: &Prepared,
    asked_with: Option<&Validators>,
    token: &XblToken,
    is_echo: bool,
) -> Result<Answer, RequestError> {
    let Head { status, headers, .. } = head;
    let answer = |body, not_modified| Answer {
        body,
        validators: Validators::read(headers, token).or_else(|| asked_with.filter(|_| not_modified).cloned()),
        not_modified,
        policy: policy::declared(headers),
    };
    if *status == StatusCode::NOT_MODIFIED && asked_with.is_some() {
        return Ok(answer(Bytes::new(), true));
    }
    if !status.is_success() {
        let error = StatusError::read(prepared.call, status.as_u16(), headers, &body, token);
        return Err(RequestError::Status(Box::new(error)));
    }
    if let Some(packing) = packing(headers) {
        let why = format!("it is packed ({packing}), which was not asked for");
        return Err(RequestError::unreadable(prepared.call, why));
    }
    end?;
    // Of an answer much is shown and kept, so none that repeats the token may get there.
    if is_echo {
        return Err(RequestError::unreadable(prepared.call, "it repeats the token"));
    }
    Ok(answer(Bytes::from_owner(body), false))
}

/// The headers of an answer as they may be shown, up to a size.
fn shown_headers(headers: &HeaderMap, token: &XblToken) -> Vec<(String, String)> {
    let mut room = MAX_KEPT_HEADERS;
    let shown = headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), token.hidden_in(&String::from_utf8_lossy(value.as_bytes())))
    });
    shown
        .take_while(|(name, value)| {
            let fits = room.checked_sub(name.len() + value.len());
            room = fits.unwrap_or(0);
            fits.is_some()
        })
        .collect()
}

/// By which id the service knows the request.
fn correlation(headers: &[(String, String)]) -> Option<String> {
    ["x-xblcorrelationid", "ms-cv"].into_iter().find_map(|wanted| {
        let (_, id) = headers.iter().find(|(name, value)| name == wanted && !value.is_empty())?;
        Some(fit_to_show(id))
    })
}

fn log(sent: &Sent, reply: &Reply, time: Duration) {
    let method = sent.method;
    let path = sent.url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let path = path.map_or("", |path| path.split('?').next().unwrap_or(path));
    let status = reply.attempt.status.unwrap_or(0);
    let (sent_bytes, received_bytes) = (sent.body.len(), reply.attempt.body.bytes());
    let took_ms = time.as_millis();
    let failed = reply.result.is_err();
    tracing::debug!(%method, path, sent_bytes, status, received_bytes, took_ms, failed, "request");
}
