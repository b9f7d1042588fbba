//! HAR 1.2, the archive of requests that browsers and proxies save and open.
//!
//! Each time that a request was sent is an entry of its own, so that retries and what they waited
//! for are seen. What HAR has no field for (why it failed, how many values were read) stands in
//! comments, in Statlens' words. The token is nowhere in it: no `Authorization` header is written.

mod comment;
mod parts;

use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
    sync::Arc,
};

use percent_encoding::percent_decode_str;

use self::parts::{Content, Creator, Entry, Header, Pair, PostData, Request, Response, Text, Timings};
use crate::model::{Attempt, Body, Exchange, UnixMillis, holds_token};

/// Writes an entry for each attempt of each exchange. `read_body` gives the bytes of a body that is
/// not in memory, `None` when it is gone, which a comment then says. One body at a time is held.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    exchanges: &[Arc<Exchange>],
    read_body: &dyn Fn(&Body) -> Option<Vec<u8>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    out.write_all(br#"{"log":{"version":"1.2","creator":"#)?;
    serde_json::to_writer(&mut out, &Creator::STATLENS)?;
    out.write_all(br#","comment":"#)?;
    serde_json::to_writer(&mut out, &comment::of_log(exchanges))?;
    out.write_all(br#","entries":["#)?;
    let mut between: &[u8] = b"\n";
    for exchange in exchanges {
        for place in 0..exchange.attempts.len() {
            out.write_all(between)?;
            write_entry(exchange, place, read_body, &mut out)?;
            between = b",\n";
        }
    }
    out.write_all(b"\n]}}\n")?;
    out.flush()
}

fn write_entry(
    exchange: &Exchange,
    place: usize,
    read_body: &dyn Fn(&Body) -> Option<Vec<u8>>,
    out: &mut impl Write,
) -> io::Result<()> {
    let Some(attempt) = exchange.attempts.get(place) else { return Ok(()) };
    let body = bytes(&attempt.body, read_body);
    let (started, timings) = timings(exchange, place, attempt);
    let entry = Entry {
        started_date_time: moment(started),
        time: timings.sum(),
        request: request(exchange),
        response: response(attempt, body.as_deref()),
        cache: parts::Nothing {},
        timings,
        comment: comment::of_entry(exchange, place),
    };
    serde_json::to_writer(out, &entry)?;
    Ok(())
}

/// The bytes of a body; `None` when they are gone.
fn bytes<'b>(body: &'b Body, read_body: &dyn Fn(&Body) -> Option<Vec<u8>>) -> Option<Cow<'b, [u8]>> {
    match body {
        Body::Empty => Some(Cow::Borrowed(&[])),
        Body::Here(bytes) => Some(Cow::Borrowed(bytes)),
        Body::InFile { .. } => read_body(body).map(Cow::Owned),
        Body::Gone(_) => None,
    }
}

/// When an entry begins, and where its time went. It begins when the request stood ready: first to
/// be sent at all, then, when the attempt before had failed.
fn timings(exchange: &Exchange, place: usize, attempt: &Attempt) -> (UnixMillis, Timings) {
    let before = place.checked_sub(1).and_then(|place| exchange.attempts.get(place));
    let ready = before.map_or(exchange.queued, ended);
    let blocked = u64::try_from(attempt.started.since(ready)).unwrap_or(0);
    (ready.min(attempt.started), Timings::new(blocked, attempt))
}

fn ended(attempt: &Attempt) -> UnixMillis {
    let took = attempt.connecting + attempt.waiting + attempt.reading;
    UnixMillis(attempt.started.0.saturating_add(i64::try_from(took.as_millis()).unwrap_or(i64::MAX)))
}

/// A moment in ISO 8601, in UTC.
fn moment(moment: UnixMillis) -> String {
    let moment = jiff::Timestamp::from_millisecond(moment.0).unwrap_or_default();
    format!("{moment:.3}")
}

fn request(exchange: &Exchange) -> Request<'_> {
    let sent = &exchange.sent;
    let headers = headers(&sent.headers);
    let post_data = (!sent.body.is_empty())
        .then(|| PostData { mime_type: value_of(&sent.headers, "content-type"), text: &sent.body });
    Request {
        method: sent.method,
        url: &sent.url,
        http_version: "HTTP/1.1",
        cookies: [],
        headers,
        query_string: query_string(&sent.url),
        post_data,
        headers_size: -1,
        body_size: size(sent.body.len()),
    }
}

fn response<'a>(attempt: &'a Attempt, body: Option<&'a [u8]>) -> Response<'a> {
    let status = attempt.status.unwrap_or(0);
    Response {
        status,
        status_text: parts::status_text(status),
        http_version: if attempt.status.is_some() { "HTTP/1.1" } else { "" },
        cookies: [],
        headers: headers(&attempt.headers),
        content: content(attempt, body),
        redirect_url: value_of(&attempt.headers, "location"),
        headers_size: -1,
        body_size: if attempt.status.is_some() { size(attempt.body.bytes()) } else { -1 },
        comment: attempt.status.is_none().then_some("No answer came"),
    }
}

fn content<'a>(attempt: &'a Attempt, body: Option<&'a [u8]>) -> Content<'a> {
    let text = body.filter(|body| !body.is_empty()).map(Text::of);
    Content {
        size: attempt.body.bytes(),
        mime_type: value_of(&attempt.headers, "content-type"),
        encoding: text.as_ref().and_then(Text::encoding),
        text,
        comment: body.is_none().then_some("The body is no longer kept"),
    }
}

/// The headers as they went or came, but for the one that holds the token, and any other that does
/// because a service put it there.
fn headers(headers: &[(String, String)]) -> Vec<Header<'_>> {
    headers
        .iter()
        .filter(|(name, value)| !name.eq_ignore_ascii_case("authorization") && !holds_token(value))
        .map(|(name, value)| Header { name, value })
        .collect()
}

/// The value of a header; nothing when it is not there.
fn value_of<'h>(headers: &'h [(String, String)], sought: &str) -> &'h str {
    headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(sought)).map_or("", |(_, value)| value)
}

fn query_string(url: &str) -> Vec<Pair> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Pair { name: decoded(name), value: decoded(value) }
        })
        .collect()
}

fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
