//! What the user is told when a request failed: one table, which everything that shows errors shares
//! (`XBOX-API.md`, section 4, "Meanings").

use super::{
    error::{Call, RequestError, RetryAfter, StatusError, Transport},
    userstats::ReadError,
    xerr,
};
use crate::model::{Failure, Remedy};

/// What happened and why, what to do, and which button does it.
type Words = (String, &'static str, Remedy);

pub(super) fn failure(error: &RequestError) -> Failure {
    let ((reason, advice, remedy), detail) = match error {
        RequestError::NotAllowed => (not_allowed(), None),
        RequestError::Transport { kind, host, detail } => (transport(*kind, host), Some(detail.clone())),
        RequestError::TooLarge { limit } => (too_large(*limit), None),
        RequestError::Status(error) => (status(error), error.detail.clone()),
        RequestError::Unreadable { call, why } => (unreadable(*call, why), None),
        RequestError::NoSuchPlayer => (no_such_player(), None),
    };
    Failure { status: error.status(), reason, advice: advice.to_owned(), detail, remedy }
}

impl ReadError {
    /// What to tell the user of each cell that the answer should have filled.
    #[must_use]
    pub fn to_failure(&self) -> Failure {
        let advice = match self {
            Self::NotJson { .. } | Self::NoStats { .. } => {
                "Check the service address and the network: something else answered, a sign-in page perhaps"
            }
            Self::Empty | Self::CutOff { .. } | Self::Broken { .. } => "Fetch again",
        };
        Failure {
            status: None,
            reason: self.to_string(),
            advice: advice.to_owned(),
            detail: None,
            remedy: Remedy::Retry,
        }
    }
}

fn not_allowed() -> Words {
    let reason = "The request was not sent: the token may only go to Xbox Live or to this machine";
    (reason.to_owned(), "Check the service address", Remedy::None)
}

fn transport(kind: Transport, host: &str) -> Words {
    let (reason, advice) = match kind {
        Transport::HostNotFound => (
            format!("The address {host} was not found"),
            "Check the internet connection and the service address",
        ),
        Transport::Refused => {
            (format!("Nothing answers at {host}"), "Check the service address, and that the service runs")
        }
        Transport::NoConnection => {
            (format!("No connection to {host}"), "Check the internet connection and the firewall")
        }
        Transport::Tls => (
            format!("The secure connection to {host} failed"),
            "Check this computer's clock, and whether a proxy or virus scanner stands in between",
        ),
        Transport::Timeout => (format!("{host} did not answer in time"), "Try again"),
        Transport::Reset => (format!("{host} closed the connection without an answer"), "Try again"),
        Transport::CutOff => (format!("The answer of {host} was cut off"), "Try again"),
        Transport::NotHttp => {
            (format!("What answers at {host} is not a web service"), "Check the service address")
        }
    };
    (reason, advice, Remedy::Retry)
}

fn too_large(limit: usize) -> Words {
    let megabytes = limit / (1024 * 1024);
    let limit = if megabytes > 0 { format!("{megabytes} MB") } else { format!("{limit} bytes") };
    (
        format!("The answer is larger than {limit} and was not read to its end"),
        "Ask for fewer players or stats at once",
        Remedy::EditStats,
    )
}

fn unreadable(call: Call, why: &str) -> Words {
    let what = match call {
        Call::Batch => "stats",
        Call::ProfileByGamertag | Call::ProfilesByXuid => "the profile service",
        Call::PeopleSearch => "the people search",
    };
    (
        format!("The answer of {what} could not be read: {why}"),
        "Check the service address and the network, then try again",
        Remedy::Retry,
    )
}

fn no_such_player() -> Words {
    ("No such player".to_owned(), "Check the spelling, or add the player by XUID", Remedy::EditPlayers)
}

fn status(error: &StatusError) -> Words {
    let refused = matches!(error.status, 400 | 401 | 403);
    if let Some(meaning) = error.xerr.filter(|_| refused).and_then(xerr::meaning) {
        return (meaning.reason.to_owned(), meaning.advice, meaning.remedy);
    }
    let fixed = |reason: &str, advice, remedy| (reason.to_owned(), advice, remedy);
    match error.status {
        304 => {
            fixed("The service says that nothing changed, and sent no values", "Fetch again", Remedy::Retry)
        }
        300..=399 => fixed(
            "The service points to another address, which is not followed to keep the token safe",
            "Check the service address",
            Remedy::None,
        ),
        400 => bad_request(error.call),
        401 => fixed(
            "The token was not accepted: it has expired or is wrong",
            "Give a new token",
            Remedy::NewToken,
        ),
        403 => forbidden(error.call),
        404 => not_found(error.call),
        406 => fixed(
            "The service does not know the version that was asked for",
            "Set the service version back to its default",
            Remedy::None,
        ),
        408 => fixed("The service took too long and gave up", "Try again", Remedy::Retry),
        413 => fixed(
            "Too much was asked for at once",
            "Ask for fewer players or stats at once",
            Remedy::EditStats,
        ),
        429 => (throttled(error), "Wait, then try again", Remedy::Retry),
        503 => fixed(
            "The service is down or has too many requests",
            "Wait a little, then try again",
            Remedy::Retry,
        ),
        500..=599 => fixed("The service failed", "Wait a little, then try again", Remedy::Retry),
        _ => fixed(
            "The service refused the request",
            "Its own words, if any, are in the details",
            Remedy::Retry,
        ),
    }
}

fn bad_request(call: Call) -> Words {
    match call {
        Call::ProfileByGamertag | Call::ProfilesByXuid | Call::PeopleSearch => (
            "The service does not take this as a player".to_owned(),
            "Check the gamertag or XUID",
            Remedy::EditPlayers,
        ),
        Call::Batch => (
            "The service could not use the request: a SCID, stat name or XUID in it is wrong".to_owned(),
            "Check the SCIDs and stat names first, then the XUIDs",
            Remedy::EditStats,
        ),
    }
}

fn forbidden(call: Call) -> Words {
    match call {
        Call::ProfileByGamertag | Call::ProfilesByXuid | Call::PeopleSearch => (
            "Not allowed: the player is private, or the token may not look up players".to_owned(),
            "Remove the player, or use another token",
            Remedy::EditPlayers,
        ),
        Call::Batch => (
            "Not allowed: a player is private, a title is restricted, or the token is for another sandbox"
                .to_owned(),
            "Remove private players and restricted titles, or use a token of the title's sandbox",
            Remedy::EditPlayers,
        ),
    }
}

fn not_found(call: Call) -> Words {
    match call {
        Call::ProfileByGamertag => (
            "No player has this gamertag".to_owned(),
            "Check the spelling, or add the player by XUID",
            Remedy::EditPlayers,
        ),
        Call::ProfilesByXuid => ("No player has this XUID".to_owned(), "Check the XUID", Remedy::EditPlayers),
        Call::PeopleSearch => (
            "The service has no people search at this address".to_owned(),
            "Check the service address, or add the player by XUID",
            Remedy::EditPlayers,
        ),
        Call::Batch => (
            "The service does not know a SCID or player that was asked for".to_owned(),
            "Check the SCIDs, then the XUIDs",
            Remedy::EditStats,
        ),
    }
}

fn throttled(error: &StatusError) -> String {
    let limit = error.limit.as_ref();
    let wait = match error.retry_after {
        Some(RetryAfter::For(wait)) => format!(" and asks to wait {} s", wait.as_secs()),
        _ => String::new(),
    };
    let allowed = limit.and_then(|limit| limit.max_requests.zip(limit.period));
    let allowed = allowed
        .map_or(String::new(), |(most, period)| format!(": it allows {most} in {} s", period.as_secs()));
    format!("The service had too many requests{allowed}{wait}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::xbox::RateLimit;

    const CALLS: [Call; 4] = [Call::Batch, Call::ProfileByGamertag, Call::ProfilesByXuid, Call::PeopleSearch];

    fn bare(call: Call, status: u16) -> StatusError {
        StatusError { call, status, retry_after: None, limit: None, xerr: None, code: None, detail: None }
    }

    fn told(call: Call, status: u16) -> Failure {
        RequestError::Status(Box::new(bare(call, status))).to_failure()
    }

    #[test]
    fn every_status_has_words_and_only_401_asks_for_a_token() {
        for call in CALLS {
            for status in 100..=599 {
                let failure = told(call, status);
                assert_eq!(failure.status, Some(status));
                assert!(!failure.reason.is_empty() && !failure.reason.ends_with('.'), "{failure:?}");
                assert!(!failure.advice.is_empty() && !failure.advice.ends_with('.'), "{failure:?}");
                assert_eq!(failure.remedy == Remedy::NewToken, status == 401, "{failure:?}");
            }
        }
    }

    #[test]
    fn throttling_never_reads_like_a_token_problem() {
        let error = StatusError {
            retry_after: Some(RetryAfter::For(Duration::from_secs(12))),
            limit: Some(RateLimit {
                max_requests: Some(10),
                period: Some(Duration::from_secs(15)),
                ..RateLimit::default()
            }),
            xerr: Some(2_148_916_233),
            ..bare(Call::Batch, 429)
        };
        let failure = RequestError::Status(Box::new(error)).to_failure();
        assert_eq!(
            failure.to_string(),
            "429: The service had too many requests: it allows 10 in 15 s and asks to wait 12 s"
        );
        assert_eq!(failure.remedy, Remedy::Retry);
    }

    #[test]
    fn a_sign_in_refusal_is_told_in_its_own_words() {
        let error = StatusError { xerr: Some(0x8015_DC09), ..bare(Call::Batch, 401) };
        let failure = RequestError::Status(Box::new(error)).to_failure();
        assert_eq!(failure.to_string(), "401: The account of the token has no Xbox profile yet");
    }

    #[test]
    fn a_missing_player_is_the_players_list_to_mend() {
        assert_eq!(told(Call::ProfileByGamertag, 404).remedy, Remedy::EditPlayers);
        assert_eq!(told(Call::ProfilesByXuid, 404).remedy, Remedy::EditPlayers);
        assert_eq!(told(Call::Batch, 404).remedy, Remedy::EditStats);
        assert_eq!(RequestError::NoSuchPlayer.to_failure().remedy, Remedy::EditPlayers);
    }
}
