//! When an answer came that cannot be used.

use super::Words;
use crate::{
    model::{Failure, Remedy},
    xbox::{error::Call, userstats::ReadError},
};

const SOMETHING_ELSE: &[&str] = &[
    "A network that wants a sign-in page first answered in place of the service",
    "The service address belongs to something else",
    "The service changed the form of its answers",
];

const DAMAGED: &[&str] =
    &["The connection broke while the answer came", "The service stopped in the middle of it"];

impl ReadError {
    /// What to tell the user of each cell that the answer should have filled.
    #[must_use]
    pub fn to_failure(&self) -> Failure {
        let (causes, advice) = match self {
            Self::NotJson { .. } | Self::NoStats { .. } => {
                (SOMETHING_ELSE, "Check the service address and the network, then fetch again")
            }
            Self::Empty | Self::CutOff { .. } | Self::Broken { .. } => (DAMAGED, "Fetch again"),
        };
        let reason = self.to_string().into();
        Words { reason, causes, advice, remedy: Remedy::Retry }.into_failure(None, None)
    }
}

pub(super) fn too_large(limit: usize) -> Words {
    let megabytes = limit / (1024 * 1024);
    let limit = if megabytes > 0 { format!("{megabytes} MB") } else { format!("{limit} bytes") };
    Words {
        reason: format!("The answer is larger than {limit} and was not read to its end").into(),
        causes: &["Too much was asked for at once", "Something else than the service answers"],
        advice: "Ask for fewer players or stats at once",
        remedy: Remedy::EditStats,
    }
}

pub(super) fn unreadable(call: Call, why: &str) -> Words {
    let what = match call {
        Call::Batch => "stats",
        Call::ProfileByGamertag | Call::ProfilesByXuid => "the profile service",
        Call::PeopleSearch => "the people search",
    };
    Words {
        reason: format!("The answer of {what} could not be read: {why}").into(),
        causes: SOMETHING_ELSE,
        advice: "Check the service address and the network, then try again",
        remedy: Remedy::Retry,
    }
}
