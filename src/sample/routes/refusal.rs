//! Why a request is refused, and the body that says so.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// The refusals of the real service (`XBOX-API.md`, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The body or a parameter is not what the call takes.
    Malformed(&'static str),
    /// No token, or a header that is none.
    NoToken,
    /// A player whose stats are private is among those asked for.
    Private,
    /// A title whose stats are not for everyone is among those asked for.
    Restricted,
    /// No player of this name or number.
    NoPlayer,
    /// No title of this number.
    NoTitle,
    /// No call at this path.
    UnknownPath,
    /// A contract version that the call does not have.
    Contract,
    /// A body, or a number of users, beyond the limit.
    TooLarge,
    /// The answer could not be written.
    Internal,
}

/// A refusal by one of the services.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    pub(super) refusal: Refusal,
    source: &'static str,
}

impl Refusal {
    pub(super) fn at(self, source: &'static str) -> Refused {
        Refused { refusal: self, source }
    }

    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::Private | Self::Restricted => StatusCode::FORBIDDEN,
            Self::NoPlayer | Self::NoTitle | Self::UnknownPath => StatusCode::NOT_FOUND,
            Self::Contract => StatusCode::NOT_ACCEPTABLE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Code and description; `None` where the real service sends no body.
    fn words(self) -> Option<(u32, &'static str)> {
        match self {
            Self::Malformed(what) => Some((1000, what)),
            Self::Private => Some((8, "Privacy settings of a requested user do not allow this.")),
            Self::Restricted => Some((9, "A requested service configuration is restricted.")),
            Self::NoPlayer => Some((28, "The server found no data for the requested entity.")),
            Self::NoTitle => Some((28, "No title has the requested id.")),
            Self::Contract => Some((11, "The requested contract version is not supported.")),
            Self::TooLarge => Some((13, "The request body is too large.")),
            Self::NoToken | Self::UnknownPath | Self::Internal => None,
        }
    }
}

impl Refused {
    /// The body in the form that the profile service documents; empty where there is none.
    pub(super) fn body(self) -> String {
        let body = self.refusal.words().map(|(code, description)| {
            json!({
                "code": code,
                "source": self.source,
                "description": description,
                "traceInformation": Value::Null,
            })
        });
        body.map(|body| body.to_string()).unwrap_or_default()
    }
}
