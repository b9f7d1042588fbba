//! Colours for a line of JSON.

use egui::{Color32, FontId, TextFormat, text::LayoutJob};

use crate::ui::theme::{Palette, blend};

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Key,
    Text,
    Number,
    Rest,
}

/// One line, coloured. Strings of JSON never go over several lines, so each line stands alone.
pub(super) fn colored(line: &str, font: &FontId, colors: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (kind, piece) in pieces(line) {
        job.append(piece, 0.0, TextFormat::simple(font.clone(), color(kind, colors)));
    }
    if line.is_empty() {
        job.append(" ", 0.0, TextFormat::simple(font.clone(), colors.text));
    }
    job
}

fn color(kind: Kind, colors: &Palette) -> Color32 {
    match kind {
        Kind::Key => colors.above,
        Kind::Text => blend(colors.text, colors.accent, 0.55),
        Kind::Number => colors.warning,
        Kind::Rest => colors.text,
    }
}

fn pieces(line: &str) -> Vec<(Kind, &str)> {
    let mut pieces: Vec<(Kind, &str)> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (kind, end) = next(rest);
        pieces.push((kind, &rest[..end]));
        rest = &rest[end..];
    }
    pieces
}

/// The kind and the length of what a text begins with.
fn next(text: &str) -> (Kind, usize) {
    let first = text.as_bytes()[0];
    if first == b'"' {
        let end = string_end(text);
        let is_key = text[end..].trim_start().starts_with(':');
        return (if is_key { Kind::Key } else { Kind::Text }, end);
    }
    let in_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    if first.is_ascii_digit() || first == b'-' {
        let end = text.bytes().position(|byte| !in_number(byte)).unwrap_or(text.len());
        return (Kind::Number, end);
    }
    let ends = |byte: u8| byte == b'"' || byte == b'-' || byte.is_ascii_digit();
    (Kind::Rest, text.bytes().position(ends).unwrap_or(text.len()))
}

/// Where the string that a text begins with ends; at its own end when it is cut off.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_texts_and_numbers_are_told_apart() {
        let told: Vec<(Kind, &str)> = pieces(r#"  "a\"b" : "x", "n": -1.5e3, null ]"#);
        assert_eq!(
            told,
            [
                (Kind::Rest, "  "),
                (Kind::Key, r#""a\"b""#),
                (Kind::Rest, " : "),
                (Kind::Text, r#""x""#),
                (Kind::Rest, ", "),
                (Kind::Key, r#""n""#),
                (Kind::Rest, ": "),
                (Kind::Number, "-1.5e3"),
                (Kind::Rest, ", null ]"),
            ]
        );
    }

    #[test]
    fn no_line_loses_a_character() {
        for line in ["", "\"cut off", "\"ends in \\", "плохо \"é\": 5é", "…", "{}[]--1"] {
            let joined: String = pieces(line).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(joined, line);
        }
    }
}
