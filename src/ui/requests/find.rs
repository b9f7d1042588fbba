//! Finding requests by a piece of text.

use std::collections::HashMap;

use crate::model::{Exchange, ExchangeId};

/// Bytes of bodies that are looked through in one frame.
const BYTES_A_FRAME: usize = 1024 * 1024;

/// Looks for a text in titles, statuses, correlation ids and what was sent.
#[derive(Debug, Default)]
pub(super) struct Finder {
    /// In small letters; empty finds everything.
    needle: String,
    /// Whether what was sent holds it: that never changes.
    in_body: HashMap<ExchangeId, bool>,
    left: usize,
}

impl Finder {
    /// Begins to look, for another text perhaps.
    pub(super) fn begin(&mut self, needle: &str) {
        let needle = needle.trim().to_lowercase();
        if needle != self.needle {
            self.needle = needle;
            self.in_body.clear();
        }
        self.left = BYTES_A_FRAME;
    }

    /// Whether the request holds the text. `None`: there is no time left in this frame to tell.
    pub(super) fn finds(&mut self, exchange: &Exchange) -> Option<bool> {
        if self.needle.is_empty() || self.in_short_texts(exchange) {
            return Some(true);
        }
        if let Some(known) = self.in_body.get(&exchange.id) {
            return Some(*known);
        }
        self.left = self.left.checked_sub(exchange.sent.body.len()).or_else(|| {
            // One that is larger than a frame's share is looked at alone.
            (self.left == BYTES_A_FRAME).then_some(0)
        })?;
        let found = holds(&exchange.sent.body, &self.needle);
        self.in_body.insert(exchange.id, found);
        Some(found)
    }

    fn in_short_texts(&self, exchange: &Exchange) -> bool {
        let has = |text: &str| text.to_lowercase().contains(&self.needle);
        has(&exchange.title)
            || has(exchange.api.name())
            || exchange.attempts.iter().any(|attempt| {
                attempt.correlation.as_deref().is_some_and(has)
                    || attempt.status.is_some_and(|status| status.to_string() == self.needle)
            })
    }
}

/// Whether `text` holds `needle`, which is in small letters. Letters beyond ASCII must be the same.
fn holds(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let Some((first, rest)) = needle.split_first() else { return true };
    let starts = [first.to_ascii_lowercase(), first.to_ascii_uppercase()];
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| starts.contains(byte)) {
        let behind = from + at + 1;
        if text.get(behind..behind + rest.len()).is_some_and(|next| next.eq_ignore_ascii_case(rest)) {
            return true;
        }
        from = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_found_whatever_the_case() {
        assert!(holds(r#"{"stat":"KillStreak"}"#, "killstreak"));
        assert!(holds("aab", "ab") && holds("x", "") && holds("Звезда", "Звезда"));
        assert!(!holds("ab", "abc") && !holds("", "a"));
    }
}
