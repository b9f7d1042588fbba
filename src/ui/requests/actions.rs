use std::sync::Arc;

use crate::model::{Exchange, Remedy};

/// What was done in the Requests screen or its inspector that others must carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestsAction {
    /// End all pauses, as [`Command::RetryNow`](crate::engine::Command::RetryNow) does.
    RetryNow,
    /// Write these requests to a HAR file.
    SaveHar(Vec<Arc<Exchange>>),
    /// Put the text on the clipboard, and say what was copied: "a cURL command".
    Copy(String, &'static str),
    /// Ask in the query for what this text asks for: a cURL command, or the body of a request.
    FillQuery(String),
    /// Show the inspector, should it be folded away.
    ShowInspector,
    /// Show where the rate limits of the sample service are chosen.
    ChooseLimits,
    /// Do what mends a failure.
    Remedy(Remedy),
}
