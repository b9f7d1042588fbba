use proptest::prelude::*;

use super::*;

const SECOND: i64 = 1_000;

#[expect(clippy::unnecessary_wraps, reason = "this is how limits are given")]
fn windows(short: u32, long: u32) -> Windows {
    let window = |limit, seconds| Window { limit, period: Duration::from_secs(seconds) };
    Some([window(short, 15), window(long, 300)])
}

fn at(moment: i64) -> UnixMillis {
    UnixMillis(moment)
}

/// Takes as many as may go at a moment, each answered at once.
fn burst(budget: &mut Budget, now: i64) -> usize {
    let mut count = 0;
    while take_one(budget, now) {
        count += 1;
    }
    count
}

fn take_one(budget: &mut Budget, now: i64) -> bool {
    if budget.ready_at(at(now)).is_some() {
        return false;
    }
    let id = budget.take(at(now));
    budget.settle(id, at(now));
    true
}

fn throttling(retry_after: Option<u64>, limit: Option<(u64, u64, &str)>) -> RequestError {
    use crate::xbox::{Call, RateLimit, RetryAfter, StatusError};
    RequestError::Status(Box::new(StatusError {
        call: Call::Batch,
        status: 429,
        retry_after: retry_after.map(|seconds| RetryAfter::For(Duration::from_secs(seconds))),
        limit: limit.map(|(most, seconds, kind)| RateLimit {
            limit_type: Some(kind.to_owned()),
            current_requests: Some(most + 1),
            max_requests: Some(most),
            period: Some(Duration::from_secs(seconds)),
        }),
        xerr: None,
        code: None,
        detail: None,
        policy: None,
    }))
}

#[test]
fn both_windows_hold() {
    let mut budget = Budget::new(windows(10, 30));
    assert_eq!(burst(&mut budget, 0), 10);
    let wait = budget.wait(at(0)).unwrap();
    let [short, long] = windows(10, 30).unwrap();
    assert_eq!(wait.why, WaitReason::RateLimit { limit: short.limit, period: short.period });
    assert!((15 * SECOND..16 * SECOND).contains(&wait.until.0), "{wait:?}");
    for round in 1..3 {
        assert_eq!(burst(&mut budget, round * 16 * SECOND), 10);
    }
    let wait = budget.wait(at(48 * SECOND)).unwrap();
    assert_eq!(wait.why, WaitReason::RateLimit { limit: long.limit, period: long.period });
    assert!((300 * SECOND..301 * SECOND).contains(&wait.until.0), "the first ten count no more: {wait:?}");
    assert_eq!(burst(&mut budget, wait.until.0), 10);
}

#[test]
fn a_request_counts_until_a_period_after_its_answer() {
    let mut budget = Budget::new(windows(1, 30));
    let id = budget.take(at(0));
    assert!(budget.ready_at(at(200 * SECOND)).unwrap() > at(215 * SECOND), "it is still under way");
    budget.settle(id, at(200 * SECOND));
    budget.settle(id, at(200 * SECOND));
    assert!(budget.ready_at(at(214 * SECOND)).is_some());
    assert_eq!(budget.ready_at(at(216 * SECOND)), None);
    let never_sent = budget.take(at(216 * SECOND));
    budget.withdraw(never_sent);
    assert_eq!(budget.ready_at(at(216 * SECOND)), None);
}

#[test]
fn without_a_limit_nothing_is_remembered() {
    let none = Window { limit: u32::MAX, period: Duration::from_secs(15) };
    for windows in [None, Some([none, none])] {
        let mut budget = Budget::new(windows);
        budget.restore(at(0), vec![(at(0), None); 1000]);
        for now in 0..1000 {
            assert_eq!(budget.ready_at(at(now)), None);
            let id = budget.take(at(now));
            if now % 2 == 0 {
                budget.settle(id, at(now));
            }
        }
        assert_eq!((budget.settled.len(), budget.under_way.len()), (0, 0));
        assert_eq!(budget.usage(at(0)), []);
        assert_eq!(budget.forecast(at(0), 1_000_000), Duration::ZERO);
    }
}

#[test]
fn usage_tells_how_much_and_until_when() {
    let mut budget = Budget::new(windows(10, 30));
    let empty = budget.usage(at(0));
    assert_eq!(
        empty.iter().map(|window| (window.used, window.frees, window.clear)).collect::<Vec<_>>(),
        [(0, None, None); 2]
    );
    take_one(&mut budget, 0);
    take_one(&mut budget, 5 * SECOND);
    let usage = budget.usage(at(10 * SECOND));
    assert_eq!(usage[0].used, 2);
    let seconds = |moment: Option<UnixMillis>| moment.map(|moment| moment.0 / SECOND);
    assert_eq!((seconds(usage[0].frees), seconds(usage[0].clear)), (Some(15), Some(20)));
    assert_eq!((seconds(usage[1].frees), seconds(usage[1].clear)), (Some(300), Some(305)));
    let under_way = budget.take(at(10 * SECOND));
    let usage = budget.usage(at(16 * SECOND));
    assert_eq!((usage[0].used, usage[1].used, usage[0].clear), (2, 3, None), "its answer is still to come");
    budget.settle(under_way, at(16 * SECOND));
    assert!(budget.usage(at(16 * SECOND))[0].clear.is_some());
}

#[test]
fn other_limits_count_what_was_used_before() {
    let mut budget = Budget::new(windows(1000, 3000));
    for _ in 0..40 {
        take_one(&mut budget, 0);
    }
    budget.set_windows(windows(10, 30));
    assert_eq!(budget.usage(at(0))[0].used, 40);
    assert!(budget.is_over(at(0)));
    assert!(budget.ready_at(at(16 * SECOND)).unwrap() > at(300 * SECOND));
    assert_eq!(burst(&mut budget, 301 * SECOND), 10);
}

#[test]
fn a_refusal_holds_everything_as_long_as_told() {
    let mut budget = Budget::new(windows(100, 300));
    budget.throttled(at(0), &throttling(Some(20), None));
    let wait = budget.wait(at(0)).unwrap();
    assert_eq!((wait.until, wait.why), (at(20 * SECOND), WaitReason::AsTold));
    budget.throttled(at(0), &throttling(Some(5), None));
    assert_eq!(budget.ready_at(at(6 * SECOND)), Some(at(20 * SECOND)), "a shorter one ends none");
    assert_eq!(budget.ready_at(at(20 * SECOND)), None);
    budget.throttled(at(0), &throttling(Some(9_999_999), None));
    assert_eq!(budget.ready_at(at(20 * SECOND)).unwrap().0 / SECOND / 60, 60, "nobody waits for months");
    budget.release();
    assert_eq!(budget.ready_at(at(20 * SECOND)), None);
    budget.throttled(at(0), &throttling(None, None));
    assert_eq!(budget.ready_at(at(20 * SECOND)), None);
}

#[test]
fn a_lower_limit_that_the_service_names_is_kept_to() {
    let mut budget = Budget::new(windows(100, 300));
    budget.throttled(at(0), &throttling(None, Some((40, 15, "Rate"))));
    assert_eq!(budget.windows(), windows(40, 300));
    budget.set_windows(windows(100, 300));
    assert_eq!(burst(&mut budget, 0), 40);
    for harmless in [(9_999, 300, "Rate"), (1, 300, "CONCURRENCY"), (1, 60, "Rate")] {
        budget.throttled(at(0), &throttling(None, Some(harmless)));
        assert_eq!(budget.windows(), windows(40, 300), "{harmless:?}");
    }
    budget.throttled(at(0), &throttling(None, Some((0, 300, "rate"))));
    assert_eq!(budget.windows(), windows(40, 1), "none at all would be for ever");
    budget.set_windows(windows(200, 300));
    assert_eq!(budget.windows(), windows(200, 300), "another service, other limits");
}

#[test]
fn a_restart_forgets_nothing_and_waits_for_nobody_that_is_gone() {
    let mut budget = Budget::new(windows(10, 30));
    let now = 1_000 * SECOND;
    let spent = [
        (now - 400 * SECOND, Some(now - 399 * SECOND)),
        (now - 400 * SECOND, Some(now - 200 * SECOND)),
        (now - 10 * SECOND, None),
        (now - 5 * SECOND, Some(now - 4 * SECOND)),
        (now + 4_000 * SECOND, Some(now + 4_001 * SECOND)),
        (now + 4_000 * SECOND, None),
    ];
    budget.restore(at(now), spent.map(|(taken, settled)| (at(taken), settled.map(at))));
    let used =
        |budget: &mut Budget, now| budget.usage(at(now)).iter().map(|window| window.used).collect::<Vec<_>>();
    assert_eq!(used(&mut budget, now), [4, 5]);
    assert_eq!(used(&mut budget, now + 380 * SECOND), [0, 0], "also what seemed to lie ahead");
}

#[test]
fn another_process_that_was_first_has_the_room() {
    let mut budget = Budget::new(windows(1, 30));
    let mine = budget.take(at(0));
    assert!(!budget.is_over(at(0)));
    budget.restore(at(0), [(at(0), None)]);
    assert!(budget.is_over(at(0)));
    budget.withdraw(mine);
    assert!(!budget.is_over(at(0)));
    assert!(budget.ready_at(at(0)).is_some());
}

#[test]
fn a_clock_that_is_set_back_neither_wedges_nor_overspends() {
    let mut budget = Budget::new(windows(10, 30));
    let hour = 3_600 * SECOND;
    assert_eq!(burst(&mut budget, hour), 10);
    assert_eq!(burst(&mut budget, 0), 0, "an hour back frees nothing");
    let ready = budget.ready_at(at(0)).unwrap();
    assert!((15 * SECOND..16 * SECOND).contains(&ready.0), "told by the clock as it is now: {ready:?}");
    assert_eq!(burst(&mut budget, ready.0), 10);
    assert_eq!(burst(&mut budget, ready.0 + hour), 0, "nor does the leap that mends it");
    assert_eq!(burst(&mut budget, ready.0 + hour + 16 * SECOND), 10);
}

#[test]
fn threads_that_look_at_the_clock_at_once_do_not_speed_it_up() {
    let mut budget = Budget::new(windows(1, 30));
    take_one(&mut budget, 0);
    for now in 1..15_000 {
        assert!(budget.ready_at(at(now)).is_some());
        assert!(budget.ready_at(at(now - 1)).is_some());
    }
    assert_eq!(budget.ready_at(at(16_000)), None);
}

#[test]
fn a_forecast_is_when_the_last_goes() {
    let mut budget = Budget::new(windows(10, 30));
    let seconds = |budget: &mut Budget, requests| budget.forecast(at(0), requests).as_secs();
    for (requests, wait) in [(0, 0), (10, 0), (11, 15), (30, 30), (31, 300), (90, 630)] {
        assert_eq!(seconds(&mut budget, requests), wait, "{requests}");
    }
    assert_eq!(budget.bound_by(at(0), 10), None);
    assert_eq!(budget.bound_by(at(0), 11), windows(10, 30).map(|windows| windows[0]));
    assert_eq!(budget.bound_by(at(0), 412), windows(10, 30).map(|windows| windows[1]));
    let exact = 300.3 * 3_333.0;
    for (requests, wait) in [(100_000, exact), (10_000_000, exact * 100.0)] {
        let told = budget.forecast(at(0), requests).as_secs_f64();
        assert!((told / wait - 1.0).abs() < 0.01, "{requests}: {told} for {wait}");
    }
    take_one(&mut budget, 0);
    let _under_way = budget.take(at(0));
    assert_eq!(seconds(&mut budget, 8), 0);
    assert_eq!(seconds(&mut budget, 9), 15);
    budget.throttled(at(0), &throttling(Some(100), None));
    assert_eq!(seconds(&mut budget, 1), 100);
}

/// A service with fixed windows that begin somewhere, which counts every request that comes.
struct Service {
    windows: [Window; 2],
    begin: [i64; 2],
    counts: [std::collections::HashMap<i64, u32>; 2],
}

impl Service {
    fn count(&mut self, moment: i64) {
        for (index, window) in self.windows.iter().enumerate() {
            let number = (moment - self.begin[index]).div_euclid(millis(window.period));
            *self.counts[index].entry(number).or_default() += 1;
        }
    }

    fn most(&self) -> [u32; 2] {
        [0, 1].map(|index| self.counts[index].values().copied().max().unwrap_or(0))
    }
}

/// What a simulation does with each request.
#[derive(Clone, Debug)]
struct Course {
    /// How long after the one before it is wanted.
    pause: i64,
    /// How long until it is answered.
    latency: i64,
    /// How much of that passes before the service counts it.
    counted_after: f64,
    /// Whether the program ends and starts again before it is sent.
    restart: bool,
}

fn course(most_pause: i64, most_latency: i64) -> impl Strategy<Value = Course> {
    (0..=most_pause, 0..=most_latency, 0.0..=1.0, prop::bool::weighted(0.02)).prop_map(
        |(pause, latency, counted_after, restart)| Course { pause, latency, counted_after, restart },
    )
}

/// Sends requests as a [`Budget`] lets them go, with six at once. Returns the service, and when the last
/// went.
fn simulate(windows: [Window; 2], begin: [i64; 2], courses: &[Course]) -> (Service, i64) {
    let mut service = Service { windows, begin, counts: Default::default() };
    let mut budget = Budget::new(Some(windows));
    let mut kept: Vec<(UnixMillis, Option<UnixMillis>)> = Vec::new();
    let mut under_way: Vec<(i64, SpendId, usize)> = Vec::new();
    let (mut now, mut counted) = (0, Vec::new());
    for course in courses {
        now += course.pause;
        if course.restart {
            // What is under way is lost, and with it when it was settled.
            under_way.clear();
            budget = Budget::new(Some(windows));
            budget.restore(at(now), kept.iter().copied());
        }
        loop {
            under_way.sort_unstable_by_key(|(answered, ..)| *answered);
            while let Some((answered, id, index)) = under_way.first().copied().filter(|first| first.0 <= now)
            {
                under_way.remove(0);
                budget.settle(id, at(answered));
                kept[index].1 = Some(at(answered));
            }
            let ready = budget.ready_at(at(now));
            let first_answer = under_way.first().map(|(answered, ..)| *answered);
            now = match (ready, first_answer) {
                (None, _) if under_way.len() < 6 => break,
                (None, Some(answered)) => answered,
                (Some(ready), Some(answered)) => ready.0.min(answered),
                (Some(ready), None) => ready.0,
                (None, None) => break,
            };
        }
        let id = budget.take(at(now));
        kept.push((at(now), None));
        under_way.push((now + course.latency, id, kept.len() - 1));
        counted.push(now + (course.latency as f64 * course.counted_after) as i64);
    }
    for moment in counted {
        service.count(moment);
    }
    (service, now)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_window_of_any_service_ever_counts_too_many(
        limits in (1..12_u32, 1..40_u32),
        begin in (0..15_000_i64, 0..300_000_i64),
        courses in prop_oneof![
            prop::collection::vec(course(0, 900), 1..300),
            prop::collection::vec(course(4_000, 20_000), 1..300),
            prop::collection::vec(course(40_000, 59_000), 1..100),
        ],
    ) {
        let windows = windows(limits.0, limits.1).unwrap();
        let (service, _) = simulate(windows, begin.into(), &courses);
        let most = service.most();
        prop_assert!(most[0] <= limits.0 && most[1] <= limits.1, "{most:?} of {limits:?}");
    }

    #[test]
    fn a_long_fetch_uses_what_it_may(
        limits in prop_oneof![Just((100_u32, 300_u32)), Just((10, 30)), Just((7, 100))],
        begin in (0..15_000_i64, 0..300_000_i64),
        latency in 0..700_i64,
    ) {
        let windows = windows(limits.0, limits.1).unwrap();
        let rate = windows.map(|window| f64::from(window.limit) / window.period.as_secs_f64());
        let sustained = rate[0].min(rate[1]);
        let requests = (sustained * 3_600.0) as usize;
        let course = Course { pause: 0, latency, counted_after: 0.5, restart: false };
        let mut courses = vec![course; requests];
        // A program that is started anew in the middle is no slower.
        courses[requests / 2].restart = true;
        let (service, last) = simulate(windows, begin.into(), &courses);
        let most = service.most();
        prop_assert!(most[0] <= limits.0 && most[1] <= limits.1, "{most:?} of {limits:?}");
        let used = requests as f64 / (last as f64 / 1_000.0) / sustained;
        prop_assert!(used >= 0.95, "{used} of the rate, with {latency} ms an answer");
    }
}
