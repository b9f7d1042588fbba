//! Rate limits: which ones can be on, and how requests are counted towards them.

use std::{collections::HashMap, fmt, str::FromStr};

use crate::model::{Api, Rates, UnixMillis, Window};

/// The rate limits of the sample service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SampleLimits {
    /// None.
    Off,
    /// Ten times what the real service takes, so that a first try never waits.
    #[default]
    Generous,
    /// What the real service is documented to take (`XBOX-API.md`, section 4).
    Documented,
}

impl SampleLimits {
    /// All of them, the strictest first.
    pub const ALL: [Self; 3] = [Self::Documented, Self::Generous, Self::Off];

    /// Its name in the text form.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Generous => "generous",
            Self::Documented => "documented",
        }
    }

    /// What it means, in one line for people.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Off => "No rate limits",
            Self::Generous => "Ten times as many requests as Xbox Live takes",
            Self::Documented => "As many requests as Xbox Live takes: per 15 s and per 300 s",
        }
    }

    /// The limits of each service.
    #[must_use]
    pub fn rates(self) -> Rates {
        match self {
            Self::Off => Rates::none(),
            Self::Generous => Rates::generous(),
            Self::Documented => Rates::documented(),
        }
    }

    /// The header `RateLimit-Policy` of every answer: what a client may send, in the form of the
    /// IETF draft. 4294967295 stands for no limit.
    pub(super) fn policy(self, api: Api) -> String {
        let [short, long] = Rates::PERIODS.map(|period| period.as_secs());
        let [in_short, in_long] = self.rates().of(api).map_or([u32::MAX; 2], |both| both.map(|w| w.limit));
        format!("\"short\";q={in_short};w={short}, \"long\";q={in_long};w={long}")
    }
}

impl fmt::Display for SampleLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that no limits have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write documented, generous or off")]
pub struct UnknownLimits;

impl FromStr for SampleLimits {
    type Err = UnknownLimits;

    fn from_str(text: &str) -> Result<Self, UnknownLimits> {
        Self::ALL.into_iter().find(|limits| limits.name() == text.trim()).ok_or(UnknownLimits)
    }
}

/// What the service counted at one of the services that it stands for, since its limits were set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ApiCounts {
    /// Requests with a token that was taken, throttled ones among them.
    pub requests: u64,
    /// How many of them were answered with 429 because a limit was reached.
    pub throttled: u64,
    /// The highest count of one token in any short and in any long window.
    pub most: [u32; 2],
}

/// What the service counted since its limits were set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SampleCounts([ApiCounts; Api::ALL.len()]);

impl SampleCounts {
    /// Of one service.
    #[must_use]
    pub fn of(&self, api: Api) -> ApiCounts {
        self.0[place(api)]
    }
}

fn place(api: Api) -> usize {
    match api {
        Api::Stats => 0,
        Api::Profile => 1,
        Api::People => 2,
    }
}

/// A limit that a request went over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Over {
    pub(super) window: Window,
    /// How many requests the window has seen, this one among them.
    pub(super) count: u32,
    /// Seconds until it ends, rounded up.
    pub(super) retry_after: u64,
}

/// Tokens whose windows are kept. More are never seen but in abuse, and then counting starts anew.
const MOST_TOKENS: usize = 10_000;

/// Counts requests in fixed windows that follow each other from the moment that counting began,
/// each token apart (`XBOX-API.md`, section 4).
#[derive(Debug)]
pub(super) struct Limiter {
    limits: SampleLimits,
    start: UnixMillis,
    windows: HashMap<(Api, u64), [Counted; 2]>,
    counts: SampleCounts,
}

/// A window by its number, and what it has seen.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    window: i64,
    count: u32,
}

impl Limiter {
    pub(super) fn new(limits: SampleLimits, start: UnixMillis) -> Self {
        Self { limits, start, windows: HashMap::new(), counts: SampleCounts::default() }
    }

    pub(super) fn limits(&self) -> SampleLimits {
        self.limits
    }

    pub(super) fn counts(&self) -> SampleCounts {
        self.counts
    }

    /// Counts a request. When it is over a limit it is counted too: throttled calls still count.
    pub(super) fn take(&mut self, api: Api, token: u64, now: UnixMillis) -> Result<(), Over> {
        if self.windows.len() >= MOST_TOKENS {
            self.windows.clear();
        }
        let limits = self.limits.rates().of(api);
        let counted = self.windows.entry((api, token)).or_default();
        let counts = &mut self.counts.0[place(api)];
        counts.requests += 1;
        let mut over = None;
        for (place, period) in Rates::PERIODS.into_iter().enumerate() {
            let millis = i64::try_from(period.as_millis()).unwrap_or(i64::MAX);
            let (window, passed) =
                (now.since(self.start).div_euclid(millis), now.since(self.start).rem_euclid(millis));
            if counted[place].window != window {
                counted[place] = Counted { window, count: 0 };
            }
            counted[place].count += 1;
            let count = counted[place].count;
            counts.most[place] = counts.most[place].max(count);
            // Of both the long one is told: it lasts longer.
            if let Some(window) = limits.map(|both| both[place]).filter(|window| count > window.limit) {
                let retry_after = (millis - passed).cast_unsigned().div_ceil(1000);
                over = Some(Over { window, count, retry_after });
            }
        }
        counts.throttled += u64::from(over.is_some());
        over.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_795_197_600_123;

    fn at(millis: i64) -> UnixMillis {
        UnixMillis(START + millis)
    }

    #[test]
    fn windows_follow_each_other_from_the_start() {
        let mut limiter = Limiter::new(SampleLimits::Documented, at(0));
        for _ in 0..10 {
            limiter.take(Api::Profile, 1, at(14_999)).unwrap();
        }
        let over = limiter.take(Api::Profile, 1, at(14_999)).unwrap_err();
        assert_eq!((over.count, over.window.limit, over.retry_after), (11, 10, 1));
        limiter.take(Api::Profile, 1, at(15_000)).unwrap();
        limiter.take(Api::Profile, 2, at(14_999)).unwrap();
        limiter.take(Api::Stats, 1, at(14_999)).unwrap();
        let counts = limiter.counts().of(Api::Profile);
        assert_eq!(counts, ApiCounts { requests: 13, throttled: 1, most: [11, 12] });
    }

    #[test]
    fn throttled_calls_count_in_the_long_window_too() {
        let mut limiter = Limiter::new(SampleLimits::Documented, at(0));
        for _ in 0..30 {
            let _ = limiter.take(Api::People, 1, at(0));
        }
        let over = limiter.take(Api::People, 1, at(15_000)).unwrap_err();
        assert_eq!((over.count, over.window.limit, over.retry_after), (31, 30, 285));
        assert!(limiter.take(Api::People, 1, at(299_999)).is_err());
        assert!(limiter.take(Api::People, 1, at(300_000)).is_ok());
    }

    #[test]
    fn without_limits_all_is_counted_and_nothing_refused() {
        let mut limiter = Limiter::new(SampleLimits::Off, at(0));
        assert!((0..5000).all(|_| limiter.take(Api::Stats, 1, at(0)).is_ok()));
        assert_eq!(
            limiter.counts().of(Api::Stats),
            ApiCounts { requests: 5000, throttled: 0, most: [5000; 2] }
        );
    }

    #[test]
    fn the_policy_says_what_is_taken() {
        let policy = |limits: SampleLimits, api| limits.policy(api);
        assert_eq!(policy(SampleLimits::Generous, Api::Stats), r#""short";q=1000;w=15, "long";q=3000;w=300"#);
        assert_eq!(policy(SampleLimits::Documented, Api::Profile), r#""short";q=10;w=15, "long";q=30;w=300"#);
        assert_eq!(
            policy(SampleLimits::Off, Api::People),
            r#""short";q=4294967295;w=15, "long";q=4294967295;w=300"#
        );
    }

    #[test]
    fn names_are_read_back() {
        for limits in SampleLimits::ALL {
            assert_eq!(limits.to_string().parse(), Ok(limits));
        }
        assert_eq!("Strict".parse::<SampleLimits>(), Err(UnknownLimits));
    }
}
