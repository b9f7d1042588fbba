//! Rate limits, counted as documented, with a clock that is moved by hand.

use std::sync::Arc;

use serde_json::json;
use statlens::{
    model::Api,
    sample::{ApiCounts, SampleLimits, SampleOptions, TOKEN},
};

use crate::{Answer, NOVA, Sample, hand_clock::HandClock};

const SEARCH: &str = "/users/me/people/search?q=nova";

fn start(limits: SampleLimits) -> (Sample, Arc<HandClock>) {
    let clock = HandClock::at(1_795_197_600_777);
    (Sample::with(SampleOptions { limits, clock: clock.clone(), ..SampleOptions::default() }), clock)
}

fn search(sample: &Sample) -> Answer {
    sample.get(SEARCH, "3")
}

fn retry_after(answer: &Answer) -> &str {
    answer.headers["retry-after"].to_str().unwrap()
}

#[test]
fn windows_are_counted_to_their_edge() {
    let (sample, clock) = start(SampleLimits::Documented);
    for _ in 0..10 {
        assert_eq!(search(&sample).status, 200);
    }
    let over = search(&sample);
    assert_eq!((over.status, retry_after(&over)), (429, "15"));
    assert_eq!(
        over.json(),
        json!({
            "version": 1, "currentRequests": 11, "maxRequests": 10, "periodInSeconds": 15, "limitType": "Rate",
        })
    );
    clock.forward(14_999);
    let over = search(&sample);
    assert_eq!((over.status, retry_after(&over)), (429, "1"));
    clock.forward(1);
    assert_eq!(search(&sample).status, 200, "a new window");
    clock.forward(15_000);
    for _ in 0..10 {
        search(&sample);
    }
    clock.forward(15_000);
    // 11 + 1 + 1 + 10 so far, the throttled ones among them.
    for _ in 0..7 {
        assert_eq!(search(&sample).status, 200);
    }
    let over = search(&sample);
    assert_eq!((over.status, retry_after(&over)), (429, "255"), "the long window");
    assert_eq!(over.json()["periodInSeconds"], 300);
    assert_eq!(sample.kills(NOVA).status, 200, "each service counts its own");
    let counts = sample.service.counts();
    assert_eq!(counts.of(Api::People), ApiCounts { requests: 31, throttled: 3, most: [12, 31] });
    assert_eq!(counts.of(Api::Stats), ApiCounts { requests: 1, throttled: 0, most: [1, 1] });
    assert_eq!(counts.of(Api::Profile), ApiCounts::default());
    clock.forward(254_999);
    assert_eq!(search(&sample).status, 429);
    clock.forward(1);
    assert_eq!(search(&sample).status, 200);
}

#[test]
fn each_token_is_counted_apart_and_those_that_are_none_not_at_all() {
    let (sample, _clock) = start(SampleLimits::Documented);
    let ask = |token: &str| {
        sample.send("GET", SEARCH, &[("authorization", token), ("x-xbl-contract-version", "3")], None).status
    };
    for _ in 0..10 {
        assert_eq!((ask(TOKEN), ask("XBL3.0 x=1;other"), ask("nonsense")), (200, 200, 401));
    }
    assert_eq!((ask(TOKEN), ask("XBL3.0 x=1;other"), ask("XBL3.0 x=1;third")), (429, 429, 200));
    assert_eq!(sample.service.counts().of(Api::People).most, [11, 11]);
}

#[test]
fn time_can_be_moved_on_for_the_limits() {
    let (sample, _clock) = start(SampleLimits::Documented);
    let fill = || while search(&sample).status == 200 {};
    let forward = |body: &str| sample.send("POST", "/sample/clock", &[], Some(body.to_owned()));
    fill();
    assert_eq!(forward("{\"forward_seconds\":15}").json(), json!({ "ahead_seconds": 15 }));
    assert_eq!(search(&sample).status, 200);
    fill();
    assert_eq!(forward("{\"forward_seconds\":300}").json(), json!({ "ahead_seconds": 315 }));
    assert_eq!(search(&sample).status, 200);
    for bad in ["{\"forward_seconds\":-1}", "{}", "300", "{\"forward_seconds\":1,\"x\":1}"] {
        assert_eq!(forward(bad).status, 400, "{bad}");
    }
}

#[test]
fn every_answer_says_what_a_client_may_send() {
    let stats = |limits| sample_policy(&start(limits).0.kills(NOVA));
    assert_eq!(stats(SampleLimits::Generous), r#""short";q=1000;w=15, "long";q=3000;w=300"#);
    assert_eq!(stats(SampleLimits::Documented), r#""short";q=100;w=15, "long";q=300;w=300"#);
    assert_eq!(stats(SampleLimits::Off), r#""short";q=4294967295;w=15, "long";q=4294967295;w=300"#);
    let (sample, _clock) = start(SampleLimits::Documented);
    while search(&sample).status == 200 {}
    let expected = r#""short";q=10;w=15, "long";q=30;w=300"#;
    assert_eq!(sample_policy(&search(&sample)), expected, "throttled ones too");
    assert_eq!(sample_policy(&sample.send("GET", SEARCH, &[], None)), expected, "and refused ones");
}

fn sample_policy(answer: &Answer) -> String {
    answer.headers["ratelimit-policy"].to_str().unwrap().to_owned()
}

#[test]
fn limits_can_be_changed_while_it_runs() {
    let sample = Sample::with(SampleOptions::default());
    assert!(sample_policy(&search(&sample)).contains("q=100;w=15"), "generous unless told otherwise");
    sample.service.set_limits(SampleLimits::Documented);
    let statuses: Vec<u16> = (0..11).map(|_| search(&sample).status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 10, "{statuses:?}");
    assert_eq!(sample.service.counts().of(Api::People).requests, 11, "counted anew");
    sample.service.set_limits(SampleLimits::Off);
    for _ in 0..50 {
        assert_eq!(search(&sample).status, 200);
    }
}

#[test]
fn what_is_refused_later_counts_and_what_is_ours_does_not() {
    let (sample, _clock) = start(SampleLimits::Documented);
    for _ in 0..5 {
        assert_eq!(sample.get(SEARCH, "9").status, 406);
        assert_eq!(sample.send("GET", "/sample/faults", &[], None).status, 200);
        assert_eq!(sample.get("/nowhere", "3").status, 404);
        sample.service.set_faults("500:100%".parse().unwrap());
        assert_eq!(search(&sample).status, 500);
    }
    assert_eq!(search(&sample).status, 429);
}
