//! What can go wrong with a request. What the user is told of it is in `words`.

use std::{error::Error, fmt, io, time::Duration};

use serde_json::Value;

use super::{policy, token::XblToken, userstats::ReadError, words};
use crate::model::{Failure, UnixMillis, Window};

/// The calls that are made. The same status means different things for different calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Stats of many players.
    Batch,
    /// A player by gamertag.
    ProfileByGamertag,
    /// Players by XUID.
    ProfilesByXuid,
    /// A search for players.
    PeopleSearch,
}

/// Why a request brought nothing. Never holds any of the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// It was not sent: the token may not go to that address.
    NotAllowed,
    /// No answer came, or not all of it.
    Transport {
        /// In which way.
        kind: Transport,
        /// The host that was asked.
        host: String,
        /// The technical words of it.
        detail: String,
    },
    /// The answer is larger than the limit, and was not read to its end.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The service answered with another status than success.
    Status(Box<StatusError>),
    /// An answer is not what such an answer is.
    Unreadable {
        /// What it was about.
        call: Call,
        /// What came instead, in words.
        why: String,
    },
    /// An answer with stats cannot be read to its end.
    Garbled(ReadError),
}

/// How a request failed on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// The host's name has no address.
    HostNotFound,
    /// Nothing listens there.
    Refused,
    /// No connection came about for another reason.
    NoConnection,
    /// The secure connection could not be set up.
    Tls,
    /// No complete answer within the time limit.
    Timeout,
    /// The connection was closed or reset before an answer began.
    Reset,
    /// The same on a connection that was kept from an earlier request: the service may have closed
    /// it just when it was used again, and another try brings a new one.
    KeptClosed,
    /// The connection was closed or reset within the answer.
    CutOff,
    /// What came is no HTTP.
    NotHttp,
    /// The headers of the answer are more than any answer needs.
    HugeHead,
}

/// An answer whose status is not success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusError {
    /// What was asked.
    pub call: Call,
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After`, as sent.
    pub retry_after: Option<RetryAfter>,
    /// What the body of a 429 says.
    pub limit: Option<RateLimit>,
    /// The sign-in service's code, where the body has one.
    pub xerr: Option<u64>,
    /// The service's own code for it: `code` or `errorCode` of the body.
    pub code: Option<i64>,
    /// The first part of the body and the correlation id, fit to be shown.
    pub detail: Option<String>,
    /// The rate limits that the service declared with it.
    pub policy: Option<[Window; 2]>,
}

/// How long to wait, as a service says it (`XBOX-API.md`, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// This long after the answer came.
    For(Duration),
    /// Until this moment by the service's clock.
    Until(UnixMillis),
}

/// The body of a 429 (`XBOX-API.md`, section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateLimit {
    /// `Rate` or `Concurrency`, in the case in which it came.
    pub limit_type: Option<String>,
    /// How many requests the service counted.
    pub current_requests: Option<u64>,
    /// How many it allows in a period.
    pub max_requests: Option<u64>,
    /// How long a period is.
    pub period: Option<Duration>,
}

impl RequestError {
    /// The answer of `host` was waited for as long as any is.
    #[must_use]
    pub fn timed_out(host: &str) -> Self {
        let detail = "the time limit passed".to_owned();
        Self::Transport { kind: Transport::Timeout, host: host.to_owned(), detail }
    }

    /// The answer to a call was read, and is something else: `why` says what, and follows "could not
    /// be read: ".
    #[must_use]
    pub fn unreadable(call: Call, why: impl Into<String>) -> Self {
        Self::Unreadable { call, why: why.into() }
    }

    /// What to tell the user.
    #[must_use]
    pub fn to_failure(&self) -> Failure {
        words::failure(self)
    }

    /// The HTTP status, when there was an answer with one that is not success.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status(error) => Some(error.status),
            _ => None,
        }
    }

    /// How long the service asks to wait before the next call to it, counted from `now`.
    #[must_use]
    pub fn retry_after(&self, now: UnixMillis) -> Option<Duration> {
        let Self::Status(error) = self else { return None };
        match error.retry_after? {
            RetryAfter::For(wait) => Some(wait),
            RetryAfter::Until(moment) => {
                Some(Duration::from_millis(u64::try_from(moment.since(now)).unwrap_or(0)))
            }
        }
    }

    /// The rate limit that a 429 says was exceeded. `None` when the service says none, or when it had
    /// too many requests at the same time instead.
    #[must_use]
    pub fn rate_limit(&self) -> Option<Window> {
        let Self::Status(error) = self else { return None };
        let limit = error.limit.as_ref().filter(|_| error.status == 429)?;
        let is_other = |kind: &str| kind.eq_ignore_ascii_case("concurrency");
        if limit.limit_type.as_deref().is_some_and(is_other) {
            return None;
        }
        Some(Window { limit: u32::try_from(limit.max_requests?).ok()?, period: limit.period? })
    }

    /// The rate limits that the service declared with its refusal.
    #[must_use]
    pub fn policy(&self) -> Option<[Window; 2]> {
        match self {
            Self::Status(error) => error.policy,
            _ => None,
        }
    }

    pub(super) fn transport(error: reqwest::Error, host: &str, body_began: bool) -> Self {
        let error = error.without_url();
        let detail = words_of_chain(&error);
        let kind = kind_of(&error, &detail, body_began);
        Self::Transport { kind, host: host.to_owned(), detail }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_failure().fmt(f)
    }
}

impl Error for RequestError {}

impl From<ReadError> for RequestError {
    fn from(error: ReadError) -> Self {
        Self::Garbled(error)
    }
}

fn kind_of(error: &reqwest::Error, detail: &str, body_began: bool) -> Transport {
    if error.is_timeout() {
        return if error.is_connect() { Transport::NoConnection } else { Transport::Timeout };
    }
    if body_began {
        return Transport::CutOff;
    }
    if !error.is_connect() {
        // The error types of the HTTP library are not ours to name, so its words tell them apart.
        return if detail.contains("invalid HTTP") {
            Transport::NotHttp
        } else if detail.contains("head is too large") {
            Transport::HugeHead
        } else {
            Transport::Reset
        };
    }
    if error.is_dns() || detail.contains("dns error") {
        return Transport::HostNotFound;
    }
    // A failed handshake is an I/O error that says the data is bad, within others.
    let kinds = io_kinds(error);
    if kinds.contains(&io::ErrorKind::ConnectionRefused) {
        Transport::Refused
    } else if kinds.contains(&io::ErrorKind::InvalidData) || kinds.contains(&io::ErrorKind::UnexpectedEof) {
        Transport::Tls
    } else {
        Transport::NoConnection
    }
}

/// The kinds of all I/O errors among the causes. One that wraps another error leaves that out of
/// its own causes, so each is opened.
fn io_kinds(error: &(dyn Error + 'static)) -> Vec<io::ErrorKind> {
    let mut kinds = Vec::new();
    for io_error in chain(error).filter_map(|link| link.downcast_ref::<io::Error>()) {
        kinds.push(io_error.kind());
        if let Some(inner) = io_error.get_ref() {
            kinds.extend(io_kinds(inner));
        }
    }
    kinds
}

fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |link| (*link).source())
}

/// The words of an error and all its causes, repetitions left out.
fn words_of_chain(error: &(dyn Error + 'static)) -> String {
    let mut words = String::new();
    for link in chain(error) {
        let link = link.to_string();
        if words.contains(&link) {
            continue;
        }
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&link);
    }
    fit_to_show(&words)
}

impl StatusError {
    /// Reads what can be read of a failure's headers and body.
    pub(super) fn read(
        call: Call,
        status: u16,
        headers: &reqwest::header::HeaderMap,
        body: &[u8],
        token: &XblToken,
    ) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        // One of the forms wraps the others in `status`.
        let json = if json["status"].is_object() { &json["status"] } else { &json };
        Self {
            call,
            status,
            retry_after: header("retry-after").and_then(retry_after).map(|told| told.since(header("date"))),
            limit: rate_limit(json),
            xerr: whole_number(&json["XErr"]).and_then(|code| u64::try_from(code).ok()),
            code: whole_number(&json["code"]).or_else(|| whole_number(&json["errorCode"])),
            detail: detail(body, header("x-xblcorrelationid"), header("ms-cv"), token),
            policy: policy::declared(headers),
        }
    }
}

fn rate_limit(json: &Value) -> Option<RateLimit> {
    let number = |key: &str| whole_number(&json[key]).and_then(|number| u64::try_from(number).ok());
    let limit = RateLimit {
        limit_type: json["limitType"].as_str().map(fit_to_show),
        current_requests: number("currentRequests"),
        max_requests: number("maxRequests"),
        period: number("periodInSeconds").map(Duration::from_secs),
    };
    (limit != RateLimit::default()).then_some(limit)
}

fn whole_number(json: &Value) -> Option<i64> {
    json.as_i64().or_else(|| json.as_str()?.parse().ok())
}

fn retry_after(text: &str) -> Option<RetryAfter> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(RetryAfter::For(Duration::from_secs(seconds)));
    }
    date(text).map(RetryAfter::Until)
}

fn date(text: &str) -> Option<UnixMillis> {
    let moment = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()?;
    Some(UnixMillis(moment.as_millisecond()))
}

impl RetryAfter {
    /// As a wait, where the answer tells the service's time (`Date`): the clock here may be wrong.
    fn since(self, answered: Option<&str>) -> Self {
        match (self, answered.and_then(date)) {
            (Self::Until(moment), Some(answered)) => {
                Self::For(Duration::from_millis(u64::try_from(moment.since(answered)).unwrap_or(0)))
            }
            (told, _) => told,
        }
    }
}

/// Longest part of an error's body that is kept, in characters.
const SHOWN_CHARS: usize = 500;

/// How much of a body is looked at: more than is shown, so that a token at the border is found.
const SEARCHED_BYTES: usize = 8 * SHOWN_CHARS;

fn detail(body: &[u8], correlation: Option<&str>, vector: Option<&str>, token: &XblToken) -> Option<String> {
    let body = String::from_utf8_lossy(&body[..body.len().min(SEARCHED_BYTES)]);
    let body = fit_to_show(&token.hidden_in(&body));
    let id = |name, id: Option<&str>| id.map(|id| format!("{name}: {}", fit_to_show(&token.hidden_in(id))));
    let id = id("X-XblCorrelationId", correlation).or_else(|| id("MS-CV", vector));
    let parts: Vec<String> = [Some(body), id].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// The first characters, on one line, without what cannot be seen.
pub(super) fn fit_to_show(text: &str) -> String {
    let mut shown = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    if let Some((end, _)) = shown.char_indices().nth(SHOWN_CHARS) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    const SECRET: &str = "SECRETsecretSECRETsecretSECRET";

    fn read(status: u16, headers: &[(&'static str, &'static str)], body: &[u8]) -> StatusError {
        let token = XblToken::parse(&format!("XBL3.0 x=1;{SECRET}").into()).unwrap();
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        StatusError::read(Call::Batch, status, &headers, body, &token)
    }

    #[test]
    fn error_bodies_are_read_in_every_form() {
        for (body, code) in [
            (r#"{"code":28,"source":"Profile","description":"No data.","traceInformation":null}"#, Some(28)),
            (r#"{"errorCode":"7","errorMessage":"No."}"#, Some(7)),
            (r#"{"status":{"errorCode":9,"errorMessage":"No."}}"#, Some(9)),
            (r#"{"code":"words"}"#, None),
            ("[1,2]", None),
            ("not json", None),
        ] {
            let error = read(400, &[], body.as_bytes());
            assert_eq!((error.code, error.detail.as_deref()), (code, Some(body)));
        }
        assert_eq!(read(401, &[], b"").detail, None);
        assert_eq!(read(401, &[], br#"{"Identity":"0","XErr":2148916233}"#).xerr, Some(2_148_916_233));
    }

    #[test]
    fn a_rate_limit_says_how_long() {
        let body =
            br#"{"version":1,"currentRequests":13,"maxRequests":10,"periodInSeconds":15,"limitType":"Rate"}"#;
        let error = read(429, &[("retry-after", "12")], body);
        assert_eq!(
            error.limit,
            Some(RateLimit {
                limit_type: Some("Rate".into()),
                current_requests: Some(13),
                max_requests: Some(10),
                period: Some(Duration::from_secs(15)),
            })
        );
        let error = RequestError::Status(Box::new(error));
        assert_eq!(error.retry_after(UnixMillis(0)), Some(Duration::from_secs(12)));
        assert_eq!(read(429, &[], b"").limit, None);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let wait = |text, now| {
            let error = StatusError { retry_after: retry_after(text), ..read(503, &[], b"") };
            RequestError::Status(Box::new(error)).retry_after(UnixMillis(now)).map(|wait| wait.as_secs())
        };
        assert_eq!(wait("0", 0), Some(0));
        assert_eq!(wait(" 300 ", 0), Some(300));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770_000), Some(7));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_790_000), Some(0));
        for nonsense in ["", "-5", "1.5", "soon", "99999999999999999999999"] {
            assert_eq!(wait(nonsense, 0), None, "{nonsense}");
        }
    }

    #[test]
    fn a_date_is_counted_by_the_services_own_clock() {
        let until = "Sun, 06 Nov 1994 08:49:37 GMT";
        let wait = |date, now| {
            let error = read(503, &[("retry-after", until), ("date", date)], b"");
            RequestError::Status(Box::new(error)).retry_after(UnixMillis(now)).map(|wait| wait.as_secs())
        };
        for now in [0, 784_111_777_000, 99_999_999_999_000] {
            assert_eq!(wait("Sun, 06 Nov 1994 08:49:07 GMT", now), Some(30), "whatever time it is here");
            assert_eq!(wait("Sun, 06 Nov 1994 08:50:00 GMT", now), Some(0));
        }
        assert_eq!(wait("yesterday", 784_111_770_000), Some(7), "then by ours");
    }

    #[test]
    fn only_a_rate_that_is_told_whole_is_a_limit() {
        let limit = |status, body: &str| {
            RequestError::Status(Box::new(read(status, &[], body.as_bytes()))).rate_limit()
        };
        let told = r#"{"maxRequests":10,"periodInSeconds":15,"limitType":"rate"}"#;
        assert_eq!(limit(429, told), Some(Window { limit: 10, period: Duration::from_secs(15) }));
        assert_eq!(limit(503, told), None);
        for other in [
            r#"{"maxRequests":10,"periodInSeconds":15,"limitType":"concurrency"}"#,
            r#"{"maxRequests":10}"#,
            r#"{"periodInSeconds":15}"#,
            r#"{"maxRequests":99999999999999,"periodInSeconds":15}"#,
            r#"{"maxRequests":-1,"periodInSeconds":15}"#,
            "",
        ] {
            assert_eq!(limit(429, other), None, "{other}");
        }
    }

    #[test]
    fn the_detail_is_short_visible_and_without_the_token() {
        let body = format!("a\u{1b}[31m\r\n b {SECRET} {}", "é".repeat(2_000));
        let detail = read(500, &[("ms-cv", "abc.1")], body.as_bytes()).detail.unwrap();
        assert!(detail.starts_with("a [31m b (token) éé"), "{detail}");
        assert!(detail.ends_with("é…\nMS-CV: abc.1"), "{detail}");
        assert_eq!(detail.lines().next().unwrap().chars().count(), SHOWN_CHARS + 1);
        let detail = read(500, &[("x-xblcorrelationid", "id-7"), ("ms-cv", "abc.1")], b"").detail.unwrap();
        assert_eq!(detail, "X-XblCorrelationId: id-7");
    }
}
