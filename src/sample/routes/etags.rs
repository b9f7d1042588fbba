//! Validators: `ETag` and `Last-Modified`, and 304 for who has the answer already.

use axum::http::{HeaderMap, StatusCode, header};
use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};

use super::{
    reply::Reply,
    trouble::{http_date, whole_seconds},
};
use crate::{model::UnixMillis, sample::chance::part};

/// Puts validators on an answer, or answers 304 when those of the request match. `plain` is the
/// answer without its liberties: what it says, however it says it.
pub(super) fn validated(reply: Reply, plain: &str, changed: UnixMillis, request: &HeaderMap) -> Reply {
    let etag = format!("\"{:016x}\"", part(plain));
    let is_known = match request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) {
        Some(tags) => tags.split(',').any(|tag| matches!(tag.trim(), tag if tag == "*" || bare(tag) == etag)),
        None => knows_since(request).is_some_and(|since| whole_seconds(changed) <= since.as_second()),
    };
    let reply = if is_known { Reply::json(StatusCode::NOT_MODIFIED, "") } else { reply };
    reply.with(header::ETAG, &etag).with(header::LAST_MODIFIED, &http_date(changed))
}

/// A tag without the mark of weak ones.
fn bare(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

fn knows_since(request: &HeaderMap) -> Option<Timestamp> {
    let date = request.get(header::IF_MODIFIED_SINCE)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(date).ok()
}
