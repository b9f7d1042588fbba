//! Elements, as XML 1.0 wants them.

use std::{borrow::Cow, fmt::Write};

use egui::{Color32, Stroke};

/// An element that is being written.
pub(super) struct Element {
    text: String,
    name: &'static str,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { text: format!("<{name}"), name }
    }

    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        // Writing to a text cannot fail.
        let _ = write!(self.text, " {name}=\"{}\"", escaped(value));
        self
    }

    pub(super) fn number(self, name: &str, value: f32) -> Self {
        let value = number(value);
        self.text(name, &value)
    }

    /// A colour, with its opacity where it has one; none where nothing is to be seen.
    pub(super) fn paint(self, name: &str, color: Color32) -> Self {
        let [red, green, blue, opacity] = color.to_srgba_unmultiplied();
        if opacity == 0 {
            return self.text(name, "none");
        }
        let this = self.text(name, &format!("#{red:02x}{green:02x}{blue:02x}"));
        if opacity == u8::MAX {
            return this;
        }
        let name = name.trim_end_matches("-color");
        this.number(&format!("{name}-opacity"), f32::from(opacity) / 255.0)
    }

    /// A line around it; nothing where there is none.
    pub(super) fn stroke(self, stroke: Stroke) -> Self {
        if stroke.is_empty() {
            return self;
        }
        let this = self.paint("stroke", stroke.color);
        if stroke.width == 1.0 { this } else { this.number("stroke-width", stroke.width) }
    }

    /// Ends an element that holds nothing.
    pub(super) fn end(self, out: &mut String) {
        out.push_str(&self.text);
        out.push_str("/>\n");
    }

    /// Ends an element that holds words.
    pub(super) fn holding(self, words: &str, out: &mut String) {
        out.push_str(&self.text);
        out.push('>');
        out.push_str(&escaped(words));
        Self::close(self.name, out);
    }

    /// Ends an element that holds others with words, which nothing stands between: it would be drawn.
    pub(super) fn holding_parts<'a>(self, parts: impl Iterator<Item = (Self, &'a str)>, out: &mut String) {
        out.push_str(&self.text);
        out.push('>');
        for (part, words) in parts {
            let _ = write!(out, "{}>{}</{}>", part.text, escaped(words), part.name);
        }
        Self::close(self.name, out);
    }

    /// Begins an element that holds others.
    pub(super) fn open(self, out: &mut String) {
        out.push_str(&self.text);
        out.push_str(">\n");
    }

    /// Ends one that was begun.
    pub(super) fn close(name: &str, out: &mut String) {
        let _ = writeln!(out, "</{name}>");
    }
}

/// A number in points, as short as a hundredth of a point allows.
pub(super) fn number(value: f32) -> String {
    // XML readers know neither infinity nor what is no number, and nothing in sight is farther.
    let value = if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if matches!(text, "-0" | "") { "0".to_owned() } else { text.to_owned() }
}

/// Words without what XML takes for itself, and without what it does not know at all.
fn escaped(words: &str) -> Cow<'_, str> {
    if !words.contains(|letter| matches!(letter, '<' | '>' | '&' | '"' | '\'') || !is_known(letter)) {
        return words.into();
    }
    let mut text = String::with_capacity(words.len() + 16);
    for letter in words.chars().filter(|letter| is_known(*letter)) {
        match letter {
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            other => text.push(other),
        }
    }
    text.into()
}

/// Whether XML 1.0 has the character.
fn is_known(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
