//! Taking pasted text apart: lines, cells, quotes, and the invisible characters that come along.

use std::borrow::Cow;

/// The lines of a text, whatever ends them, without a byte order mark.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.trim_start_matches('\u{feff}').split(is_break)
}

/// Whether a character shows nothing and means nothing at the end of a name: spaces, zero-width
/// characters, marks of direction. Chat programs and spreadsheets leave them around names.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text without invisible characters around it, and with plain spaces inside.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim_matches(is_invisible);
    if trimmed.chars().any(|c| c.is_whitespace() && c != ' ') {
        return trimmed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    }
    Cow::Borrowed(trimmed)
}

/// Whether a character separates the entries of a list written in one line.
pub(super) fn separates_entries(c: char) -> bool {
    matches!(c, '\t' | ';' | ',' | '；' | '，' | '、' | '،')
}

/// The cells of a line, tidied. A cell in double quotes may hold separators, and a quote as `""`;
/// a quote that is never closed, or that something else follows, is a character like any other.
pub(super) fn cells(line: &str, separates: impl Fn(char) -> bool) -> Vec<Cow<'_, str>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match quoted(rest, &separates) {
            Some(read) => read,
            None => plain(rest, &separates),
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
    }
}

/// A cell, and what follows its separator; `None` when the line ends with it.
type Read<'a> = (Cow<'a, str>, Option<&'a str>);

fn plain<'a>(text: &'a str, separates: &impl Fn(char) -> bool) -> Read<'a> {
    match text.char_indices().find(|(_, c)| separates(*c)) {
        Some((end, separator)) => (tidy(&text[..end]), Some(&text[end + separator.len_utf8()..])),
        None => (tidy(text), None),
    }
}

fn quoted<'a>(text: &'a str, separates: &impl Fn(char) -> bool) -> Option<Read<'a>> {
    let invisible = |c: char| is_invisible(c) && !separates(c);
    let start = text.trim_start_matches(invisible);
    let (inside, close) = if let Some(inside) = start.strip_prefix('"') {
        (inside, '"')
    } else {
        (start.strip_prefix('“')?, '”')
    };
    let end = closing(inside, close)?;
    let after = inside[end + close.len_utf8()..].trim_start_matches(invisible);
    let after = match after.chars().next() {
        None => None,
        Some(separator) if separates(separator) => Some(&after[separator.len_utf8()..]),
        Some(_) => return None,
    };
    let cell = if inside[..end].contains("\"\"") {
        Cow::Owned(tidy(&inside[..end].replace("\"\"", "\"")).into_owned())
    } else {
        tidy(&inside[..end])
    };
    Some((cell, after))
}

/// Where the quote ends that `inside` begins with. A doubled quote does not end it.
fn closing(inside: &str, close: char) -> Option<usize> {
    let mut characters = inside.char_indices().peekable();
    while let Some((place, c)) = characters.next() {
        if c == close && (close != '"' || characters.next_if(|(_, next)| *next == '"').is_none()) {
            return Some(place);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        cells(line, separates_entries).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn quotes_hold_separators_together() {
        assert_eq!(read(r#""Smith, J", B"#), ["Smith, J", "B"]);
        assert_eq!(read(r#" "a ""b"" c" ;“d, e”"#), ["a \"b\" c", "d, e"]);
        assert_eq!(read("\"\",\"\""), ["", ""]);
    }

    #[test]
    fn a_quote_that_is_no_quoting_is_a_character() {
        assert_eq!(read(r#""a, b"#), ["\"a", "b"]);
        assert_eq!(read(r#""a" b, c"#), ["\"a\" b", "c"]);
        assert_eq!(read(r#"5" , c"#), ["5\"", "c"]);
    }

    #[test]
    fn invisible_characters_go() {
        assert_eq!(read("\u{200b}Major\u{a0}Nelson\u{200e}\t\u{feff}B "), ["Major Nelson", "B"]);
        assert_eq!(lines("\u{feff}a\r\nb").filter(|line| !line.is_empty()).count(), 2);
    }
}
