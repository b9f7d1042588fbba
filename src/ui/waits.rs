//! What requests wait for, and how long, as the bars and the query panel say it.

use std::time::Duration;

use crate::{
    engine::Budgets,
    model::{Api, UnixMillis, WaitReason},
};

/// What requests to one service wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) api: Api,
    /// Until when, where that is known.
    pub(crate) until: Option<UnixMillis>,
    pub(crate) why: WaitReason,
}

impl Waiting {
    /// Of all waits the one that lasts longest: until it is over the fetch cannot be.
    pub(crate) fn longest(budgets: &Budgets) -> Option<Self> {
        let waits = budgets.0.iter().filter(|budget| budget.queued > 0).filter_map(|budget| {
            let (until, why) = budget.wait.clone()?;
            (why != WaitReason::Turn).then_some(Self { api: budget.api, until, why })
        });
        waits.max_by_key(|wait| (wait.why == WaitReason::Token, wait.until))
    }

    /// "waiting for the profile limit: 0:42".
    pub(crate) fn words(&self, now: UnixMillis) -> String {
        let api = self.api;
        let left = self.until.map(|until| countdown(until, now));
        let with = |words: String, joint: &str| match &left {
            Some(left) => format!("{words}{joint}{left}"),
            None => words,
        };
        match self.why {
            WaitReason::RateLimit { .. } => with(format!("waiting for the {api} limit"), ": "),
            WaitReason::AsTold => with(format!("the {api} service asked to wait"), ": "),
            WaitReason::BackOff => with(format!("trying {api} again"), " in "),
            WaitReason::Network => with("no connection".to_owned(), ", next try in "),
            WaitReason::Token => "waiting for a new token".to_owned(),
            WaitReason::Turn => "waiting for other requests".to_owned(),
        }
    }

    /// Why it has to be waited, in a sentence.
    pub(crate) fn reason(&self) -> String {
        let api = self.api;
        match &self.why {
            WaitReason::RateLimit { limit, period } => format!(
                "The {api} service takes {limit} requests in {}. Statlens keeps to that by itself",
                period_words(*period)
            ),
            WaitReason::AsTold => {
                format!("The {api} service said how long to stay away. Asking sooner may lengthen it")
            }
            WaitReason::BackOff => {
                "A request failed in a way that may pass. It is tried again after a pause \
                                    that grows with each failure"
                    .to_owned()
            }
            WaitReason::Network => {
                "No connection can be made. The fetch goes on by itself once one can".to_owned()
            }
            WaitReason::Token => {
                "The service takes the token no more. The fetch goes on with a new one".to_owned()
            }
            WaitReason::Turn => "As many requests are under way as may be at once".to_owned(),
        }
    }

    /// Whether it is the service that takes no more for now.
    pub(crate) fn is_for_a_limit(&self) -> bool {
        matches!(self.why, WaitReason::RateLimit { .. } | WaitReason::AsTold)
    }

    /// Whether asking at once may help: a rate limit holds whatever the user wants.
    pub(crate) fn can_retry(&self) -> bool {
        matches!(self.why, WaitReason::AsTold | WaitReason::BackOff | WaitReason::Network)
    }

    /// How long until the words change; `None` when they will not by themselves.
    pub(crate) fn next_change(&self, now: UnixMillis) -> Option<Duration> {
        let left = u64::try_from(self.until?.since(now)).ok().filter(|left| *left > 0)?;
        Some(Duration::from_millis((left - 1) % 1_000 + 1))
    }

    /// Whether it will be over only after so long.
    pub(crate) fn is_beyond(&self, span: Duration, now: UnixMillis) -> bool {
        self.until.is_none_or(|until| until.since(now) > span.as_millis().try_into().unwrap_or(i64::MAX))
    }
}

/// "0:42", "1:10:00": how long it is until then, in whole seconds begun.
pub(crate) fn countdown(until: UnixMillis, now: UnixMillis) -> String {
    let seconds = u64::try_from(until.since(now)).unwrap_or(0).div_ceil(1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// "15 s", "5 min": a rate limit's period where there is little room.
pub(crate) fn period_short(period: Duration) -> String {
    match period.as_secs() {
        seconds if seconds >= 60 && seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

/// "15 seconds", "5 minutes".
pub(crate) fn period_words(period: Duration) -> String {
    match period.as_secs() {
        60 => "a minute".to_owned(),
        seconds if seconds >= 60 && seconds % 60 == 0 => format!("{} minutes", seconds / 60),
        1 => "a second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

/// "42 seconds", "70 minutes", "5 hours 10 minutes": about how long something takes.
pub(crate) fn about(span: Duration) -> String {
    let many = |number: u64, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    let seconds = span.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX);
    let minutes = seconds.div_ceil(60);
    match (seconds, minutes) {
        (..90, _) => many(seconds, "second"),
        (_, ..120) => many(minutes, "minute"),
        _ if minutes % 60 == 0 => many(minutes / 60, "hour"),
        _ => format!("{} {}", many(minutes / 60, "hour"), many(minutes % 60, "minute")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Budget;

    fn budget(api: Api, queued: usize, until: i64, why: WaitReason) -> Budget {
        Budget { api, windows: Vec::new(), queued, wait: Some((Some(UnixMillis(until)), why)) }
    }

    fn limit() -> WaitReason {
        WaitReason::RateLimit { limit: 30, period: Duration::from_mins(5) }
    }

    #[test]
    fn the_wait_that_lasts_longest_is_told() {
        let budgets = Budgets(vec![
            budget(Api::Stats, 2, 4_000, WaitReason::BackOff),
            budget(Api::Profile, 7, 42_000, limit()),
            budget(Api::People, 0, 99_000, limit()),
        ]);
        let wait = Waiting::longest(&budgets).unwrap();
        assert_eq!(wait.words(UnixMillis(0)), "waiting for the profile limit: 0:42");
        assert!(!wait.can_retry());
        assert_eq!(wait.next_change(UnixMillis(0)), Some(Duration::from_secs(1)));
        assert_eq!(wait.next_change(UnixMillis(500)), Some(Duration::from_millis(500)));
        assert_eq!(wait.next_change(UnixMillis(42_000)), None, "what is over counts down no more");
    }

    #[test]
    fn a_turn_is_no_wait() {
        assert_eq!(Waiting::longest(&Budgets(vec![budget(Api::Stats, 2, 4_000, WaitReason::Turn)])), None);
    }

    #[test]
    fn spans_read_well() {
        let seconds = Duration::from_secs;
        assert_eq!(about(seconds(1)), "1 second");
        assert_eq!(about(seconds(89)), "89 seconds");
        assert_eq!(about(seconds(4_200)), "70 minutes");
        assert_eq!(about(seconds(7_200)), "2 hours");
        assert_eq!(about(seconds(7_260)), "2 hours 1 minute");
        assert_eq!(period_words(seconds(300)), "5 minutes");
        assert_eq!((period_short(seconds(15)), period_short(seconds(300))), ("15 s".into(), "5 min".into()));
        assert_eq!(countdown(UnixMillis(3_661_000), UnixMillis(0)), "1:01:01");
        assert_eq!(countdown(UnixMillis(0), UnixMillis(5)), "0:00");
    }
}
