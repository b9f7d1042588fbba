//! When the service answered with another status than success.

use super::Words;
use crate::{
    model::Remedy,
    xbox::{
        error::{Call, RetryAfter, StatusError},
        xerr,
    },
};

/// The profile service's own code for "no such player" (`XBOX-API.md`, section 2).
const NO_DATA: i64 = 28;

pub(super) fn words(error: &StatusError) -> Words {
    let refused = matches!(error.status, 400 | 401 | 403);
    if let Some(meaning) = error.xerr.filter(|_| refused).and_then(xerr::meaning) {
        return meaning.into();
    }
    match (error.status, error.code) {
        (404, _) | (400, Some(NO_DATA)) => not_found(error.call),
        (400, _) => bad_request(error.call),
        (403, _) => forbidden(error.call),
        (429, _) => throttled(error),
        (status, _) => fixed(status),
    }
}

/// The statuses that mean the same whatever was asked.
fn fixed(status: u16) -> Words {
    let words = |reason: &'static str, causes, advice, remedy| Words {
        reason: reason.into(),
        causes,
        advice,
        remedy,
    };
    match status {
        304 => words(
            "The service says that nothing changed, and sent no values",
            &["Something in between keeps old answers", "The service mistook this for a later request"],
            "Fetch again",
            Remedy::Retry,
        ),
        300..=399 => words(
            "The service points to another address, which is not followed to keep the token safe",
            &[
                "A network that wants a sign-in page first answered in place of the service",
                "The service address is an old one",
            ],
            "Check the service address and the network",
            Remedy::None,
        ),
        401 => words(
            "The token was not accepted: it has expired or is wrong",
            &[
                "The token has expired: it lasts about 16 hours",
                "A part of it was not copied",
                "It was made for another service than Xbox Live",
            ],
            "Give a new token",
            Remedy::NewToken,
        ),
        406 => words(
            "The service does not know the version that was asked for",
            &["The service version was set to one that does not exist"],
            "Set the service version back to its default",
            Remedy::None,
        ),
        407 => words(
            "A proxy in between wants a name and password of its own",
            &["The network's proxy is set up to let only some people through"],
            "Ask whoever runs the network, or use another one",
            Remedy::None,
        ),
        408 => words(
            "The service took too long and gave up",
            &["The service is busy", "The internet connection is slow", "Too much was asked for at once"],
            "Try again; if it stays, ask for fewer players at once",
            Remedy::Retry,
        ),
        413 => words(
            "Too much was asked for at once",
            &["More players in one request than the service takes", "Very many or very long stat names"],
            "Ask for fewer players or stats at once",
            Remedy::EditStats,
        ),
        500 => words(
            "The service failed",
            &["A fault of the service, which mostly passes", "One of the stats cannot be worked out"],
            "Wait a little, then try again",
            Remedy::Retry,
        ),
        502 | 504 => words(
            "A part of the service does not answer",
            &["The service is busy", "The service is being changed or is down in part"],
            "Wait a little, then try again",
            Remedy::Retry,
        ),
        503 => words(
            "The service is down or has too many requests",
            &["Too many requests in a short time", "The service is down for a while"],
            "Wait a little, then try again",
            Remedy::Retry,
        ),
        405 | 410 | 501 => words(
            "The service has no such call any more",
            &["The service address belongs to something else", "The service was changed"],
            "Check the service address, and whether there is a newer Statlens",
            Remedy::None,
        ),
        505..=599 => words(
            "The service failed",
            &["A fault of the service", "Something in between answered in its place"],
            "Its own words, if any, are in the details",
            Remedy::Retry,
        ),
        _ => words(
            "The service refused the request",
            &["Something else than the service answers", "The service was changed"],
            "Its own words, if any, are in the details",
            Remedy::Retry,
        ),
    }
}

fn bad_request(call: Call) -> Words {
    match call {
        Call::ProfileByGamertag | Call::ProfilesByXuid | Call::PeopleSearch => Words {
            reason: "The service does not take this as a player".into(),
            causes: &["The gamertag holds a character that none can have", "The XUID has digits too many"],
            advice: "Check the gamertag or XUID",
            remedy: Remedy::EditPlayers,
        },
        Call::Batch => Words {
            reason: "The service could not use the request: a SCID, stat name or XUID in it is wrong".into(),
            causes: &[
                "A SCID is misspelt, or has capitals where it should not",
                "A stat name is misspelt, or holds a character that none can have",
                "A XUID is none",
            ],
            advice: "Check the SCIDs and stat names first, then the XUIDs",
            remedy: Remedy::EditStats,
        },
    }
}

fn forbidden(call: Call) -> Words {
    match call {
        Call::ProfileByGamertag | Call::ProfilesByXuid | Call::PeopleSearch => Words {
            reason: "Not allowed: the player is private, or the token may not look up players".into(),
            causes: &[
                "The player lets nobody see their profile",
                "The account of the token may not see other players",
            ],
            advice: "Remove the player, or use another token",
            remedy: Remedy::EditPlayers,
        },
        Call::Batch => Words {
            reason: "Not allowed: a player is private, a title is restricted, or the token is for another \
                     sandbox"
                .into(),
            causes: &[
                "The player lets nobody see their stats",
                "The title lets only itself read a stat that was asked for",
                "The token is for another sandbox than the title's",
                "The account of the token may not see other players' stats",
            ],
            advice: "Remove private players and restricted titles, or use a token of the title's sandbox",
            remedy: Remedy::EditPlayers,
        },
    }
}

fn not_found(call: Call) -> Words {
    match call {
        Call::ProfileByGamertag => Words {
            reason: "No player has this gamertag".into(),
            causes: &["The name is misspelt", "The player has another name now", "Its #number is missing"],
            advice: "Check the spelling, or add the player by XUID",
            remedy: Remedy::EditPlayers,
        },
        Call::ProfilesByXuid => Words {
            reason: "No player has this XUID".into(),
            causes: &["A digit of the XUID is wrong or missing", "The account was deleted"],
            advice: "Check the XUID",
            remedy: Remedy::EditPlayers,
        },
        Call::PeopleSearch => Words {
            reason: "The service has no people search at this address".into(),
            causes: &["The service address belongs to something else", "The service was changed"],
            advice: "Check the service address, or add the player by XUID",
            remedy: Remedy::EditPlayers,
        },
        Call::Batch => Words {
            reason: "The service does not know a SCID or player that was asked for".into(),
            causes: &[
                "A SCID is misspelt, or its capitals differ from the title's",
                "The title is in another sandbox than the token's",
                "A XUID is nobody's",
            ],
            advice: "Check the SCIDs, then the XUIDs",
            remedy: Remedy::EditStats,
        },
    }
}

/// Never to be taken for a refusal of the account: waiting is all that helps.
fn throttled(error: &StatusError) -> Words {
    let limit = error.limit.as_ref();
    let wait = match error.retry_after {
        Some(RetryAfter::For(wait)) => format!(" and asks to wait {} s", wait.as_secs()),
        _ => String::new(),
    };
    let is_at_once = limit
        .and_then(|limit| limit.limit_type.as_deref())
        .is_some_and(|kind| kind.eq_ignore_ascii_case("concurrency"));
    let allowed = limit.and_then(|limit| limit.max_requests.zip(limit.period)).filter(|_| !is_at_once);
    let allowed = allowed
        .map_or(String::new(), |(most, period)| format!(": it allows {most} in {} s", period.as_secs()));
    let at_once = if is_at_once { " at the same time" } else { "" };
    Words {
        reason: format!("The service had too many requests{at_once}{allowed}{wait}").into(),
        causes: &[
            "Another program reads with the same account: a second Statlens, a tool, a console",
            "Requests that were sent before Statlens was started count as well",
            "The service allows fewer requests than it says",
        ],
        advice: "Wait, then try again",
        remedy: Remedy::Retry,
    }
}
