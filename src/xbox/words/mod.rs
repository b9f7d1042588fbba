//! What the user is told when a request failed: one catalogue, which the window, the command line and
//! exports share (`XBOX-API.md`, section 4, "Meanings").
//!
//! Every entry says what happened, what likely caused it, in order, and what to do. `status` holds
//! those of answers that refuse, `transport` those of answers that never came, `reading` those of
//! answers that cannot be used, and `xerr` beside this room those of the sign-in service.

mod reading;
mod status;
mod transport;

use std::borrow::Cow;

use super::{error::RequestError, xerr::Meaning};
use crate::model::{Failure, Remedy};

/// An entry of the catalogue.
struct Words {
    /// What happened.
    reason: Cow<'static, str>,
    /// What likely caused it, most likely first; empty when the reason says it all.
    causes: &'static [&'static str],
    /// What to do.
    advice: &'static str,
    /// Which button does it.
    remedy: Remedy,
}

impl Words {
    fn into_failure(self, status: Option<u16>, detail: Option<String>) -> Failure {
        Failure {
            status,
            reason: self.reason.into_owned(),
            causes: self.causes.iter().map(|cause| (*cause).to_owned()).collect(),
            advice: self.advice.to_owned(),
            detail,
            remedy: self.remedy,
        }
    }
}

impl From<Meaning> for Words {
    fn from(meaning: Meaning) -> Self {
        let Meaning { reason, causes, advice, remedy } = meaning;
        Self { reason: reason.into(), causes, advice, remedy }
    }
}

pub(super) fn failure(error: &RequestError) -> Failure {
    let (words, detail) = match error {
        RequestError::NotAllowed => (transport::not_allowed(), None),
        RequestError::Transport { kind, host, detail } => {
            (transport::words(*kind, host), Some(detail.clone()))
        }
        RequestError::TooLarge { limit } => (reading::too_large(*limit), None),
        RequestError::Status(error) => (status::words(error), error.detail.clone()),
        RequestError::Unreadable { call, why } => (reading::unreadable(*call, why), None),
        RequestError::Garbled(error) => return error.to_failure(),
    };
    words.into_failure(error.status(), detail)
}

#[cfg(test)]
mod tests;
