//! Refusals and bodies that no request deserves: what faults and rate limits answer.

use axum::http::{StatusCode, header};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use serde_json::json;

use super::{refusal::Refusal, reply::Reply};
use crate::{
    model::{Api, Rates, UnixMillis, Window},
    sample::{
        chance::Chance,
        faults::{Fate, FaultGroup, FaultKind},
        limits::Over,
    },
};

/// The refusal of a fault that lasts as long as it is on.
pub(super) fn lasting(fate: &Fate) -> Option<Refusal> {
    match fate.of(FaultGroup::Refusals)? {
        FaultKind::BadUser => Some(Refusal::Malformed("A requested user id is not valid.")),
        FaultKind::TitleForbidden => Some(Refusal::Restricted),
        FaultKind::UserForbidden => Some(Refusal::Private),
        FaultKind::UserUnknown => Some(Refusal::NoPlayer),
        FaultKind::TooMany => Some(Refusal::TooLarge),
        _ => None,
    }
}

/// The refusal of a fault that passes.
pub(super) fn passing(fate: &Fate, api: Option<Api>, now: UnixMillis) -> Option<Reply> {
    let kind = fate.of(FaultGroup::Passing)?;
    let mut chance = fate.chance("trouble");
    let window = documented(api);
    let over = Over { window, count: window.limit + 3, retry_after: 1 + chance.below(5) };
    let seconds = over.retry_after.to_string();
    let date = http_date(UnixMillis(now.0.saturating_add(over.retry_after.cast_signed() * 1000)));
    let bare = |status: StatusCode| Reply::json(status, "");
    let mut failed = |status: StatusCode| Reply::json(status, error_body(status, &mut chance));
    Some(match kind {
        FaultKind::Timeout => failed(StatusCode::REQUEST_TIMEOUT),
        FaultKind::Throttled => throttled(&over),
        FaultKind::ThrottledDate => bare(StatusCode::TOO_MANY_REQUESTS).with(header::RETRY_AFTER, &date),
        FaultKind::ThrottledBody => Reply::json(StatusCode::TOO_MANY_REQUESTS, limit_body(&over, "Rate")),
        FaultKind::Concurrency => {
            Reply::json(StatusCode::TOO_MANY_REQUESTS, limit_body(&over, "cOnCURRENcy"))
                .with(header::RETRY_AFTER, &seconds)
        }
        FaultKind::Broken => failed(StatusCode::INTERNAL_SERVER_ERROR),
        FaultKind::BadGateway => bare(StatusCode::BAD_GATEWAY).with_body("text/html", GATEWAY_PAGE),
        FaultKind::Unavailable => failed(StatusCode::SERVICE_UNAVAILABLE),
        FaultKind::UnavailableAfter => {
            failed(StatusCode::SERVICE_UNAVAILABLE).with(header::RETRY_AFTER, &seconds)
        }
        FaultKind::UnavailableDate => {
            failed(StatusCode::SERVICE_UNAVAILABLE).with(header::RETRY_AFTER, &date)
        }
        FaultKind::GatewayTimeout => failed(StatusCode::GATEWAY_TIMEOUT),
        _ => bare(StatusCode::TOO_MANY_REQUESTS),
    })
}

/// A body that is no answer, instead of one.
pub(super) fn spoilt(reply: Reply, fate: &Fate) -> Reply {
    match fate.of(FaultGroup::Bodies) {
        Some(FaultKind::SignInPage) => reply.with_body("text/html; charset=utf-8", SIGN_IN_PAGE),
        Some(FaultKind::Noise) => {
            let mut chance = fate.chance("noise");
            let noise: Vec<u8> = (0..512).map(|_| chance.below(256) as u8).collect();
            Reply { body: noise, ..reply }
        }
        Some(FaultKind::Half) => {
            let mut body = reply.body;
            body.truncate(body.len() / 2);
            Reply { body, ..reply }
        }
        Some(FaultKind::Nothing) => Reply { body: Vec::new(), ..reply },
        _ => reply,
    }
}

/// 429 as documented (`XBOX-API.md`, section 4).
pub(super) fn throttled(over: &Over) -> Reply {
    Reply::json(StatusCode::TOO_MANY_REQUESTS, limit_body(over, "Rate"))
        .with(header::RETRY_AFTER, &over.retry_after.to_string())
}

fn limit_body(over: &Over, limit_type: &str) -> String {
    json!({
        "version": 1,
        "currentRequests": over.count,
        "maxRequests": over.window.limit,
        "periodInSeconds": over.window.period.as_secs(),
        "limitType": limit_type,
    })
    .to_string()
}

/// The documented short window of a service.
fn documented(api: Option<Api>) -> Window {
    let windows = api.and_then(|api| Rates::documented().of(api));
    windows.map_or(Window { limit: 10, period: Rates::PERIODS[0] }, |[short, _]| short)
}

/// An error body in one of the forms that services send, or none (`XBOX-API.md`, section 4).
fn error_body(status: StatusCode, chance: &mut Chance) -> String {
    let (code, words) = (status.as_u16(), status.canonical_reason().unwrap_or_default());
    match chance.below(5) {
        0 => json!({ "code": code, "source": "Sample", "description": words, "traceInformation": null })
            .to_string(),
        1 => json!({ "errorCode": code, "errorMessage": words }).to_string(),
        2 => json!({ "status": { "errorCode": code, "errorMessage": words } }).to_string(),
        3 => words.to_owned(),
        _ => String::new(),
    }
}

/// A moment as headers write it, such as `Fri, 20 Nov 2026 18:00:00 GMT`.
pub(super) fn http_date(moment: UnixMillis) -> String {
    let moment = Timestamp::from_second(whole_seconds(moment)).unwrap_or_default();
    DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).unwrap_or_default()
}

/// A moment in seconds since 1970, rounded up: a date in a header never comes early.
pub(super) fn whole_seconds(moment: UnixMillis) -> i64 {
    moment.0.div_euclid(1000) + i64::from(moment.0.rem_euclid(1000) > 0)
}

const GATEWAY_PAGE: &str = "<html><head><title>502 Bad Gateway</title></head>\
    <body><center><h1>502 Bad Gateway</h1></center><hr></body></html>";

const SIGN_IN_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Sign in to this network</title>\
    </head>\n<body><h1>Welcome</h1><form method=\"post\" action=\"/sign-in\"><input name=\"room\">\
    <button>Go online</button></form></body></html>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_http_and_never_early() {
        assert_eq!(http_date(UnixMillis(1_795_197_600_000)), "Fri, 20 Nov 2026 18:00:00 GMT");
        assert_eq!(http_date(UnixMillis(1_795_197_600_001)), "Fri, 20 Nov 2026 18:00:01 GMT");
    }
}
