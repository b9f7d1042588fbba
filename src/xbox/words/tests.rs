use std::time::Duration;

use crate::{
    model::{Failure, Remedy},
    xbox::{
        Call, RateLimit, RequestError, RetryAfter, StatusError, Transport,
        userstats::{ReadError, ReadReport},
    },
};

const CALLS: [Call; 4] = [Call::Batch, Call::ProfileByGamertag, Call::ProfilesByXuid, Call::PeopleSearch];

const TRANSPORTS: [Transport; 10] = [
    Transport::HostNotFound,
    Transport::Refused,
    Transport::NoConnection,
    Transport::Tls,
    Transport::Timeout,
    Transport::Reset,
    Transport::KeptClosed,
    Transport::CutOff,
    Transport::NotHttp,
    Transport::HugeHead,
];

/// The codes of `XBOX-API.md`, section 5.
const XERRS: [u64; 17] =
    [0x03, 0x04, 0x05, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x18, 0x19];

fn bare(call: Call, status: u16) -> StatusError {
    StatusError {
        call,
        status,
        retry_after: None,
        limit: None,
        xerr: None,
        code: None,
        detail: None,
        policy: None,
    }
}

fn told_of(error: StatusError) -> Failure {
    RequestError::Status(Box::new(error)).to_failure()
}

fn told(call: Call, status: u16) -> Failure {
    told_of(bare(call, status))
}

/// Plain sentences that say something, without their final stop.
fn assert_sane(failure: &Failure) {
    let texts = [&failure.reason, &failure.advice].into_iter().chain(&failure.causes);
    for text in texts {
        let begins_with_host = text.starts_with("profile.xboxlive.com") || text.starts_with("host");
        let first = text.chars().next();
        assert!(first.is_some_and(|first| !first.is_lowercase() || begins_with_host), "{failure:?}");
        assert!(!text.ends_with(['.', ' ', '!']) && !text.contains("  "), "{failure:?}");
    }
    assert!((1..=4).contains(&failure.causes.len()), "{failure:?}");
}

#[test]
fn every_status_has_words_and_only_401_asks_for_a_token() {
    for call in CALLS {
        for status in 300..=599 {
            let failure = told(call, status);
            assert_eq!(failure.status, Some(status));
            assert_sane(&failure);
            assert_eq!(failure.remedy == Remedy::NewToken, status == 401, "{failure:?}");
        }
    }
}

#[test]
fn everything_else_that_can_go_wrong_has_words() {
    for kind in TRANSPORTS {
        let (host, detail) = ("profile.xboxlive.com".to_owned(), "the words below".to_owned());
        let failure = RequestError::Transport { kind, host, detail }.to_failure();
        assert_sane(&failure);
        assert!(failure.reason.contains("profile.xboxlive.com"), "{failure:?}");
    }
    for call in CALLS {
        assert_sane(&RequestError::unreadable(call, "it is empty").to_failure());
    }
    let read = Box::new(ReadReport::default());
    for error in [
        ReadError::Empty,
        ReadError::NotJson { begins: "<html>".to_owned() },
        ReadError::NoStats { found: "7".to_owned() },
        ReadError::CutOff { read: read.clone() },
        ReadError::Broken { at: 7, read },
    ] {
        assert_eq!(RequestError::from(error.clone()).to_failure(), error.to_failure());
        assert_sane(&error.to_failure());
    }
    for error in
        [RequestError::NotAllowed, RequestError::TooLarge { limit: 7 }, RequestError::timed_out("host")]
    {
        assert_sane(&error.to_failure());
    }
}

#[test]
fn throttling_in_no_form_reads_like_a_refusal_of_the_account() {
    let limits = [None, Some("Rate"), Some("CONCURRENCY"), Some("Unauthorized token")].map(|kind| {
        kind.map(|kind| RateLimit {
            limit_type: Some(kind.to_owned()),
            current_requests: Some(13),
            max_requests: Some(10),
            period: Some(Duration::from_secs(15)),
        })
    });
    let waits = [None, Some(RetryAfter::For(Duration::from_secs(12)))];
    for call in CALLS {
        for (limit, retry_after) in limits.iter().flat_map(|limit| waits.map(|wait| (limit.clone(), wait))) {
            for (xerr, code) in
                [(None, None), (Some(2_148_916_233), Some(28)), (Some(0x8015_DC12), Some(401))]
            {
                let error = StatusError { limit: limit.clone(), retry_after, xerr, code, ..bare(call, 429) };
                let failure = told_of(error);
                assert_sane(&failure);
                let words =
                    format!("{} {:?} {}", failure.reason, failure.causes, failure.advice).to_lowercase();
                for wrong in ["sign", "token", "auth", "401", "allowed to"] {
                    assert!(!words.contains(wrong), "{words}");
                }
                assert_eq!(failure.remedy, Remedy::Retry);
            }
        }
    }
}

#[test]
fn throttling_says_how_much_is_allowed_and_how_long_to_wait() {
    let limit = |kind: &str| {
        Some(RateLimit {
            limit_type: Some(kind.to_owned()),
            max_requests: Some(10),
            period: Some(Duration::from_secs(15)),
            ..RateLimit::default()
        })
    };
    let retry_after = Some(RetryAfter::For(Duration::from_secs(12)));
    let error = |kind| StatusError { retry_after, limit: limit(kind), ..bare(Call::Batch, 429) };
    assert_eq!(
        told_of(error("Rate")).to_string(),
        "429: The service had too many requests: it allows 10 in 15 s and asks to wait 12 s"
    );
    assert_eq!(
        told_of(error("concurrency")).to_string(),
        "429: The service had too many requests at the same time and asks to wait 12 s"
    );
}

#[test]
fn a_sign_in_refusal_is_told_in_its_own_words() {
    for status in [400, 401, 403] {
        let mut seen = Vec::new();
        for low in XERRS {
            let failure = told_of(StatusError { xerr: Some(0x8015_DC00 + low), ..bare(Call::Batch, status) });
            assert_sane(&failure);
            assert_ne!(failure.reason, told(Call::Batch, status).reason);
            seen.push(failure.reason);
        }
        seen.dedup();
        assert_eq!(seen.len(), XERRS.len() - 2, "each means something of its own, but two pairs");
    }
    let failure = told_of(StatusError { xerr: Some(0x8015_DC09), ..bare(Call::Batch, 401) });
    assert_eq!(failure.to_string(), "401: The account of the token has no Xbox profile yet");
    let failure = told_of(StatusError { xerr: Some(7), ..bare(Call::Batch, 401) });
    assert_eq!(failure, told(Call::Batch, 401), "no code of the sign-in service");
}

#[test]
fn a_missing_player_is_the_players_list_to_mend() {
    assert_eq!(told(Call::ProfileByGamertag, 404).remedy, Remedy::EditPlayers);
    assert_eq!(told(Call::ProfilesByXuid, 404).remedy, Remedy::EditPlayers);
    assert_eq!(told(Call::Batch, 404).remedy, Remedy::EditStats);
    let no_data = told_of(StatusError { code: Some(28), ..bare(Call::ProfileByGamertag, 400) });
    assert_eq!(no_data.reason, told(Call::ProfileByGamertag, 404).reason);
}
