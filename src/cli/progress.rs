use std::io::{IsTerminal, Write, stderr};

use super::say::say;
use crate::{
    clock::{Clock, SystemClock},
    engine::{Budgets, Progress},
    model::{Api, UnixMillis, WaitReason},
};

/// One line on standard error that tells how far a fetch is and what it waits for, when somebody can
/// see it.
pub(super) struct ProgressLine {
    visible: bool,
    drawn: bool,
    progress: Progress,
    wait: Option<Wait>,
}

/// What a service's requests wait for.
struct Wait {
    api: Api,
    until: Option<UnixMillis>,
    why: WaitReason,
}

impl ProgressLine {
    pub(super) fn on_terminal() -> Self {
        Self { visible: stderr().is_terminal(), drawn: false, progress: Progress::default(), wait: None }
    }

    /// Draws the line anew.
    pub(super) fn show(&mut self, progress: Progress) {
        self.progress = progress;
        self.draw();
    }

    /// Notes what is waited for.
    pub(super) fn waits(&mut self, budgets: &Budgets) {
        let waits = budgets.0.iter().filter_map(|budget| {
            let (until, why) = budget.wait.clone()?;
            (why != WaitReason::Turn).then_some(Wait { api: budget.api, until, why })
        });
        // The longest says how long the fetch takes.
        self.wait = waits.max_by_key(|wait| wait.until);
        self.draw();
    }

    /// Draws the line anew when it counts down.
    pub(super) fn count_down(&mut self) {
        if self.wait.is_some() {
            self.draw();
        }
    }

    fn draw(&mut self) {
        if !self.visible {
            return;
        }
        let Progress { requests_done, requests_total, cells_done, cells_total } = self.progress;
        let wait = self.wait.as_ref().map_or_else(String::new, |wait| wait.words(SystemClock.now()));
        let line = format!(
            "{requests_done} of {requests_total} requests · {cells_done} of {cells_total} values · \
             {wait}Ctrl+C stops and prints what is there"
        );
        self.clear();
        // A terminal that cannot be written to shows no progress; the work goes on.
        let _ = write!(stderr(), "{line}");
        let _ = stderr().flush();
        self.drawn = true;
    }

    /// Says something for good.
    pub(super) fn say(&mut self, words: &str) {
        self.clear();
        say(words);
    }

    fn clear(&mut self) {
        if self.drawn {
            let _ = write!(stderr(), "\r\x1b[K");
            self.drawn = false;
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Wait {
    fn words(&self, now: UnixMillis) -> String {
        let api = self.api;
        let what = match self.why {
            WaitReason::Turn => return String::new(),
            WaitReason::RateLimit { .. } => format!("waiting for the {api} limit"),
            WaitReason::AsTold => format!("waiting as long as the {api} service asked"),
            WaitReason::BackOff => "waiting to try again".into(),
            WaitReason::Network => "waiting for a connection".into(),
            WaitReason::Token => "waiting for a token".into(),
        };
        match self.until.map(|until| until.since(now)).filter(|left| *left > 0) {
            Some(left) => {
                // Rounded up, so that it never says 0:00 while there is something to wait for.
                let seconds = (left + 999) / 1000;
                format!("{what}: {}:{:02} · ", seconds / 60, seconds % 60)
            }
            None => format!("{what} · "),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_wait_says_what_for_and_counts_down() {
        let why = WaitReason::RateLimit { limit: 30, period: Duration::from_mins(5) };
        let wait = Wait { api: Api::Profile, until: Some(UnixMillis(42_001)), why };
        assert_eq!(wait.words(UnixMillis(1)), "waiting for the profile limit: 0:42 · ");
        assert_eq!(wait.words(UnixMillis(41_999)), "waiting for the profile limit: 0:01 · ");
        assert_eq!(wait.words(UnixMillis(50_000)), "waiting for the profile limit · ");
        let long = Wait { until: Some(UnixMillis(3_600_000)), ..wait };
        assert_eq!(long.words(UnixMillis(0)), "waiting for the profile limit: 60:00 · ");
    }
}
