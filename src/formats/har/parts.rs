//! The objects of HAR 1.2, as far as Statlens writes them.

use std::{fmt, time::Duration};

use serde::{Serialize, Serializer};

use crate::model::Attempt;

#[derive(Serialize)]
pub(super) struct Creator {
    name: &'static str,
    version: &'static str,
}

impl Creator {
    pub(super) const STATLENS: Self = Self { name: "Statlens", version: env!("CARGO_PKG_VERSION") };
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry<'a> {
    pub(super) started_date_time: String,
    /// In milliseconds, as are all times.
    pub(super) time: f64,
    pub(super) request: Request<'a>,
    pub(super) response: Response<'a>,
    pub(super) cache: Nothing,
    pub(super) timings: Timings,
    pub(super) comment: String,
}

/// An object without fields.
#[derive(Serialize)]
pub(super) struct Nothing {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a str,
    pub(super) http_version: &'static str,
    pub(super) cookies: [Nothing; 0],
    pub(super) headers: Vec<Header<'a>>,
    pub(super) query_string: Vec<Pair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) post_data: Option<PostData<'a>>,
    /// -1: not known.
    pub(super) headers_size: i64,
    pub(super) body_size: i64,
}

#[derive(Serialize)]
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

#[derive(Serialize)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PostData<'a> {
    pub(super) mime_type: &'a str,
    pub(super) text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response<'a> {
    /// 0: there was none.
    pub(super) status: u16,
    pub(super) status_text: &'static str,
    pub(super) http_version: &'static str,
    pub(super) cookies: [Nothing; 0],
    pub(super) headers: Vec<Header<'a>>,
    pub(super) content: Content<'a>,
    #[serde(rename = "redirectURL")]
    pub(super) redirect_url: &'a str,
    /// -1: not known.
    pub(super) headers_size: i64,
    pub(super) body_size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content<'a> {
    pub(super) size: usize,
    pub(super) mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<&'static str>,
}

/// A body in a JSON string: as it is when it is UTF-8, else in base64.
pub(super) enum Text<'a> {
    Utf8(&'a str),
    Base64(&'a [u8]),
}

impl<'a> Text<'a> {
    pub(super) fn of(body: &'a [u8]) -> Self {
        std::str::from_utf8(body).map_or(Self::Base64(body), Self::Utf8)
    }

    pub(super) fn encoding(&self) -> Option<&'static str> {
        matches!(self, Self::Base64(_)).then_some("base64")
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Utf8(text) => serializer.serialize_str(text),
            Self::Base64(bytes) => serializer.collect_str(&Base64(bytes)),
        }
    }
}

/// Bytes as base64 (RFC 4648, section 4), made while they are written.
struct Base64<'a>(&'a [u8]);

impl fmt::Display for Base64<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for three in self.0.chunks(3) {
            let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            let mut digits = *b"====";
            for (place, digit) in digits.iter_mut().enumerate().take(three.len() + 1) {
                *digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            }
            digits.iter().try_for_each(|digit| fmt::Write::write_char(f, char::from(*digit)))?;
        }
        Ok(())
    }
}

/// Where the time of an entry went, in milliseconds; -1 is what does not apply.
#[derive(Serialize)]
pub(super) struct Timings {
    blocked: f64,
    dns: i8,
    connect: f64,
    ssl: i8,
    send: u8,
    wait: f64,
    receive: f64,
}

impl Timings {
    /// Finding the host and securing the connection are part of connecting, sending is part of
    /// waiting: they are not measured apart.
    pub(super) fn new(blocked_millis: u64, attempt: &Attempt) -> Self {
        let is_new_connection = attempt.connecting > Duration::ZERO;
        Self {
            blocked: millis(Duration::from_millis(blocked_millis)),
            dns: -1,
            connect: if is_new_connection { millis(attempt.connecting) } else { -1.0 },
            ssl: -1,
            send: 0,
            wait: millis(attempt.waiting),
            receive: millis(attempt.reading),
        }
    }

    /// All of it.
    pub(super) fn sum(&self) -> f64 {
        self.blocked + self.connect.max(0.0) + self.wait + self.receive
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1000.0
}

/// The usual words for a status; nothing for a rare one.
pub(super) fn status_text(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded_as_the_standard_shows() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(Base64(bytes.as_bytes()).to_string(), text);
        }
        assert_eq!(Base64(&[0xFB, 0xFF, 0xFE]).to_string(), "+//+");
    }
}
