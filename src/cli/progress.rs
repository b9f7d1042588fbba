use std::io::{IsTerminal, Write, stderr};

use super::say::say;
use crate::engine::Progress;

/// One line on standard error that tells how far a fetch is, when somebody can see it.
pub(super) struct ProgressLine {
    visible: bool,
    drawn: bool,
}

impl ProgressLine {
    pub(super) fn on_terminal() -> Self {
        Self { visible: stderr().is_terminal(), drawn: false }
    }

    /// Draws the line anew.
    pub(super) fn show(&mut self, progress: Progress) {
        if self.visible {
            let Progress { requests_done, requests_total, cells_done, cells_total } = progress;
            let line = format!(
                "{requests_done} of {requests_total} requests · {cells_done} of {cells_total} values · \
                 Ctrl+C stops and prints what is there"
            );
            self.clear();
            // A terminal that cannot be written to shows no progress; the work goes on.
            let _ = write!(stderr(), "{line}");
            let _ = stderr().flush();
            self.drawn = true;
        }
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
