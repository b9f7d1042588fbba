use super::{Ink, Limits, LineMark, Piece, Pretty};
use crate::analysis::display;

/// So much of one string, number or line is shown, in bytes.
const MOST_OF_ONE: usize = 1_000;

/// Lines under way, and how many there may be.
pub(super) struct Canvas {
    pretty: Pretty,
    limits: Limits,
}

impl Canvas {
    pub(super) fn new(limits: Limits) -> Self {
        Self { pretty: Pretty::default(), limits }
    }

    pub(super) fn items(&self) -> usize {
        self.limits.items
    }

    /// Whether there is room for so many lines more, few of them long.
    pub(super) fn has_room(&self, lines: usize) -> bool {
        const BYTES_A_LINE: usize = 32;
        self.pretty.lines.len() + lines < self.limits.lines
            && self.pretty.text.len() + BYTES_A_LINE * lines < self.limits.bytes
    }

    pub(super) fn punctuation(&mut self, text: &str) {
        self.push(Ink::Punctuation, text);
    }

    pub(super) fn fold(&mut self, text: &str) {
        self.push(Ink::Fold, text);
    }

    /// Text of the body, made safe to show, and no more of it than a line takes.
    pub(super) fn found(&mut self, ink: Ink, text: &[u8]) {
        let shown = &text[..cut(text, MOST_OF_ONE)];
        if shown.iter().all(|byte| matches!(byte, b' '..=b'~')) {
            self.pretty.text.extend(shown.iter().copied().map(char::from));
        } else {
            let shown = String::from_utf8_lossy(shown);
            shown.chars().for_each(|c| push_visible(&mut self.pretty.text, c));
        }
        self.end_piece(ink);
        if shown.len() < text.len() {
            self.fold(&format!("… {} more bytes", display::count(text.len() - shown.len())));
        }
    }

    /// Ends a line, so deep.
    pub(super) fn end_line(&mut self, indent: usize) {
        self.pretty.lines.push(LineMark { indent, end: self.pretty.pieces.len() });
    }

    /// Whether something stands in a line that has not ended.
    pub(super) fn is_in_line(&self) -> bool {
        self.pretty.lines.last().map_or(0, |line| line.end) < self.pretty.pieces.len()
    }

    pub(super) fn finish(self) -> Pretty {
        self.pretty
    }

    fn push(&mut self, ink: Ink, text: &str) {
        self.pretty.text.push_str(text);
        self.end_piece(ink);
    }

    /// Ends a piece, which is one with the piece before it in the line when both are of a kind.
    fn end_piece(&mut self, ink: Ink) {
        let end = self.pretty.text.len();
        let goes_on = self.is_in_line();
        match self.pretty.pieces.last_mut() {
            Some(last) if goes_on && last.ink == ink => last.end = end,
            _ => self.pretty.pieces.push(Piece { ink, end }),
        }
    }
}

/// Where to cut a text to at most so many bytes, not within a character.
fn cut(text: &[u8], most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    let is_start = |at: &usize| text[*at] & 0b1100_0000 != 0b1000_0000;
    (most.saturating_sub(3)..=most).rev().find(is_start).unwrap_or(most)
}

/// A character, or, when it cannot be seen or would turn the direction of the line, its number as
/// JSON writes it.
fn push_visible(text: &mut String, c: char) {
    let is_invisible = (c.is_control() && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if is_invisible {
        text.extend(["\\u", &format!("{:04x}", u32::from(c))]);
    } else {
        text.push(c);
    }
}
