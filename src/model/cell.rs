use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::ValueRef;

/// What is known of one stat of one player. Every cell that was asked for ends as `Value`,
/// `NoValue` or `Failed`. None but `Value` is ever a number: missing is not zero.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// Nobody asked for it.
    NotAsked,
    /// Asked for, the answer is still to come.
    Pending,
    /// The service sent a value.
    Value(ValueRef<'a>),
    /// The service answered and sent no value: it returns only statistics that have one.
    NoValue,
    /// It could not be read.
    Failed(&'a Arc<Failure>),
}

/// Why something could not be read, in words for the user, and what they can do.
///
/// Shown whole in the inspector, so it never holds a token or other secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// What happened and why: one sentence without the final stop.
    pub reason: String,
    /// What likely caused it, most likely first, each without the final stop; empty when the reason
    /// says it all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// What to do next: one sentence without the final stop.
    pub advice: String,
    /// The first part of the service's own words (error body), and its correlation id.
    pub detail: Option<String>,
    /// What a button beside it should do.
    pub remedy: Remedy,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "{status}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// The one action that most likely mends a [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    /// Ask again: it may pass.
    Retry,
    /// Give a new token.
    NewToken,
    /// Correct or remove the player.
    EditPlayers,
    /// Correct or remove the SCID or stat.
    EditStats,
    /// Nothing that Statlens can do.
    None,
}
