//! Words on standard error.

use std::{
    fmt::Display,
    io::{Write, stderr},
};

/// Tells the user something, on a line of its own. Who closed standard error does not want to know,
/// so that is no error. What a service sent may be part of the words, so nothing in them steers
/// the terminal.
pub(super) fn say(words: impl Display) {
    let _ = writeln!(stderr(), "statlens: {}", harmless(&words.to_string()));
}

fn harmless(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2J\nb\u{9b}é"), "a\u{fffd}[2J\u{fffd}b\u{fffd}é");
    }
}
