use super::*;
use crate::xbox::{
    Call, StatusError,
    userstats::{ReadError, ReadReport},
};

const NOW: UnixMillis = UnixMillis(784_111_777_000);

fn status(status: u16) -> StatusError {
    StatusError {
        call: Call::Batch,
        status,
        retry_after: None,
        limit: None,
        xerr: None,
        code: None,
        detail: None,
        policy: None,
    }
}

fn refused(error: StatusError) -> RequestError {
    RequestError::Status(Box::new(error))
}

fn told(number: u16, retry_after: RetryAfter) -> RequestError {
    refused(StatusError { retry_after: Some(retry_after), ..status(number) })
}

fn transport(kind: Transport) -> RequestError {
    RequestError::Transport { kind, host: "host".to_owned(), detail: String::new() }
}

/// The verdicts with the least and the greatest jitter.
fn both(error: &RequestError, attempts: u32) -> [Verdict; 2] {
    [0.0, 1.0].map(|jitter| verdict(error, attempts, NOW, jitter))
}

fn seconds(error: &RequestError, attempts: u32) -> [f64; 2] {
    both(error, attempts).map(|verdict| match verdict {
        Verdict::Again { after, .. } => after.as_secs_f64(),
        other => panic!("{other:?} for {error:?}"),
    })
}

#[test]
fn the_statuses_that_pass_are_tried_again_and_no_others() {
    for number in 300..=599 {
        let verdict = verdict(&refused(status(number)), 1, NOW, 0.5);
        let expected = match number {
            304 | 408 | 429 | 500 | 502 | 503 | 504 => None,
            401 => Some(Verdict::NewToken),
            400 | 403 | 404 | 413 => Some(Verdict::Narrow),
            _ => Some(Verdict::GiveUp),
        };
        match expected {
            Some(expected) => assert_eq!(verdict, expected, "{number}"),
            None => assert!(matches!(verdict, Verdict::Again { why: WaitReason::BackOff, told: None, .. })),
        }
    }
}

#[test]
fn no_number_of_tries_gives_up_on_what_passes() {
    for number in [408, 429, 500, 502, 503, 504] {
        assert_eq!(seconds(&refused(status(number)), u32::MAX), [60.0, 60.0], "{number}");
    }
    assert_eq!(seconds(&transport(Transport::Timeout), u32::MAX), [60.0, 60.0]);
    assert_eq!(seconds(&transport(Transport::Reset), u32::MAX), [60.0, 60.0]);
}

#[test]
fn pauses_double_up_to_a_minute() {
    for (attempts, pause) in [
        (0, [2.0, 4.0]),
        (1, [2.0, 4.0]),
        (2, [4.0, 8.0]),
        (3, [8.0, 16.0]),
        (4, [16.0, 32.0]),
        (5, [32.0, 60.0]),
        (6, [60.0, 60.0]),
        (99, [60.0, 60.0]),
    ] {
        assert_eq!(seconds(&refused(status(503)), attempts), pause, "{attempts}");
        assert_eq!(seconds(&transport(Transport::Timeout), attempts), pause, "{attempts}");
        let after_500 = pause.map(|pause| pause.max(10.0));
        assert_eq!(seconds(&refused(status(500)), attempts), after_500, "{attempts}");
    }
    for odd in [f64::NAN, -7.0, f64::NEG_INFINITY] {
        let verdict = verdict(&refused(status(503)), 1, NOW, odd);
        assert_eq!(verdict, Verdict::back_off(Duration::from_secs(2)));
    }
}

#[test]
fn retry_after_is_waited_for_and_a_little_more() {
    for number in [408, 429, 500, 502, 503, 504] {
        let error = told(number, RetryAfter::For(Duration::from_secs(100)));
        assert_eq!(seconds(&error, 1), [100.0, 120.0], "{number}");
        for verdict in both(&error, 1) {
            assert!(matches!(verdict, Verdict::Again { why: WaitReason::AsTold, told: None, .. }));
        }
    }
    let short = told(429, RetryAfter::For(Duration::from_secs(1)));
    assert_eq!(seconds(&short, 1), [2.0, 4.0], "never less than the pause of our own");
    assert_eq!(seconds(&told(500, RetryAfter::For(Duration::ZERO)), 1), [10.0, 10.0]);
}

#[test]
fn an_absurd_retry_after_is_cut_short_and_says_so() {
    for asked in [9_999_999, u64::MAX] {
        let error = told(503, RetryAfter::For(Duration::from_secs(asked)));
        let [least, most] = both(&error, 1);
        let cut = |after| Verdict::Again {
            after: Duration::from_secs(after),
            why: WaitReason::AsTold,
            told: Some(Duration::from_secs(asked)),
        };
        assert_eq!((least, most), (cut(3_600), cut(4_320)));
    }
}

#[test]
fn a_date_is_believed_as_far_as_the_clock_can_be() {
    let until = |moment: i64| told(429, RetryAfter::Until(UnixMillis(moment)));
    assert_eq!(seconds(&until(NOW.0 + 10_000), 1), [10.0, 12.0]);
    assert_eq!(seconds(&until(NOW.0 - 10_000), 1), [2.0, 4.0], "it is over, or our clock is ahead");
    assert_eq!(seconds(&until(i64::MIN), 1), [2.0, 4.0]);
    assert_eq!(seconds(&until(NOW.0 + 86_400_000), 1), [300.0, 360.0], "our clock is behind");
    assert_eq!(seconds(&until(i64::MAX), 1), [300.0, 360.0]);
}

#[test]
fn without_a_connection_everything_waits_for_one() {
    for kind in [Transport::HostNotFound, Transport::Refused, Transport::NoConnection, Transport::Tls] {
        for attempts in [1, 99] {
            assert_eq!(verdict(&transport(kind), attempts, NOW, 0.5), Verdict::Network, "{kind:?}");
        }
    }
}

#[test]
fn a_kept_connection_that_was_closed_costs_no_time_until_it_is_always_so() {
    let kept = transport(Transport::KeptClosed);
    assert_eq!(seconds(&kept, 1), [0.0, 0.0]);
    assert_eq!(seconds(&kept, 3), [0.0, 0.0]);
    assert_eq!(seconds(&kept, 4), [16.0, 32.0]);
}

#[test]
fn an_answer_that_cannot_be_used_is_asked_for_a_few_times() {
    let read = Box::new(ReadReport::default());
    for error in [
        transport(Transport::CutOff),
        transport(Transport::NotHttp),
        transport(Transport::HugeHead),
        RequestError::unreadable(Call::ProfilesByXuid, "it is empty"),
        ReadError::NotJson { begins: "<html>".to_owned() }.into(),
        ReadError::CutOff { read: read.clone() }.into(),
        ReadError::Broken { at: 1, read }.into(),
        refused(status(304)),
    ] {
        assert_eq!(seconds(&error, 1), [2.0, 4.0], "{error:?}");
        assert_eq!(seconds(&error, 2), [4.0, 8.0], "{error:?}");
        for attempts in [3, 4, u32::MAX] {
            assert_eq!(verdict(&error, attempts, NOW, 0.5), Verdict::GiveUp, "{error:?}");
        }
    }
}

#[test]
fn what_is_about_one_title_or_too_much_is_narrowed() {
    let sandbox = StatusError { xerr: Some(0x8015_DC19), ..status(401) };
    assert_eq!(verdict(&refused(sandbox), 1, NOW, 0.5), Verdict::Narrow);
    let banned = StatusError { xerr: Some(0x8015_DC03), ..status(401) };
    assert_eq!(verdict(&refused(banned), 1, NOW, 0.5), Verdict::NewToken);
    assert_eq!(verdict(&RequestError::TooLarge { limit: 1 }, 1, NOW, 0.5), Verdict::Narrow);
    assert_eq!(verdict(&RequestError::NotAllowed, 1, NOW, 0.5), Verdict::GiveUp);
}
