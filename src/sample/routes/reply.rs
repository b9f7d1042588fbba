//! An answer before it is sent: faults still change it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::refusal::Refused;

const JSON: &str = "application/json; charset=utf-8";

/// Status, headers and body.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// An answer in JSON, or in nothing.
    pub(super) fn json(status: StatusCode, body: impl Into<Vec<u8>>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
        Self { status, headers, body: body.into() }
    }

    /// Puts a header in. One that cannot stand in a header is left out.
    pub(super) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Puts another body in.
    pub(super) fn with_body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.with(header::CONTENT_TYPE, content_type)
    }
}

impl From<Result<String, Refused>> for Reply {
    fn from(answered: Result<String, Refused>) -> Self {
        match answered {
            Ok(json) => Self::json(StatusCode::OK, json),
            Err(refused) => {
                let reply = Self::json(refused.refusal.status(), refused.body());
                match reply.status {
                    StatusCode::UNAUTHORIZED => reply.with(header::WWW_AUTHENTICATE, "XBL3.0"),
                    _ => reply,
                }
            }
        }
    }
}
