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
/// Takes time in proportion to the line.
pub(super) fn cells(line: &str, separates: impl Fn(char) -> bool) -> Vec<Cow<'_, str>> {
    Cells::new(line, separates).map(|cell| cell.text).collect()
}

/// The most lines that one row of a table may take, line breaks in its texts included.
const MAX_ROW_LINES: usize = 20;

/// How many lines the first row of a table takes: more than one when a quote that opens in it closes
/// in a later line. A quote that closes in none nearby is no quote. Taking row after row takes time in
/// proportion to the lines.
pub(super) fn row_lines(lines: &[&str], separates: impl Fn(char) -> bool) -> usize {
    let mut taken = 1;
    let mut is_open = lines.first().is_some_and(|line| leaves_quote_open(line, &separates));
    while is_open {
        // The search ends at the next quote, whatever that does, so no line is searched twice in vain.
        let nearby = lines.iter().enumerate().take(MAX_ROW_LINES).skip(taken);
        let mut ends = nearby.map(|(place, line)| (place + 1, Quote::read(line, '"', &separates)));
        match ends.find(|(_, quote)| !matches!(quote, Quote::Open)) {
            Some((count, Quote::Closed(_, after))) => {
                taken = count;
                is_open = after.is_some_and(|after| leaves_quote_open(after, &separates));
            }
            _ => return taken,
        }
    }
    taken
}

fn leaves_quote_open(line: &str, separates: impl Fn(char) -> bool) -> bool {
    Cells::new(line, separates).any(|cell| cell.is_open)
}

struct Cell<'a> {
    text: Cow<'a, str>,
    /// It begins with a straight quote that the line does not close.
    is_open: bool,
}

struct Cells<'a, S> {
    /// What follows the last separator; `None` when the line ended with a cell.
    rest: Option<&'a str>,
    separates: S,
    /// Curly quotes with this many bytes or more after them are known to be none. Many share the place
    /// where they would close, which is looked for once.
    no_curly_from: usize,
}

impl<'a, S: Fn(char) -> bool> Cells<'a, S> {
    fn new(line: &'a str, separates: S) -> Self {
        Self { rest: Some(line), separates, no_curly_from: usize::MAX }
    }

    fn plain(&mut self, text: &'a str, is_open: bool) -> Cell<'a> {
        let end = text.char_indices().find(|(_, c)| (self.separates)(*c));
        self.rest = end.map(|(end, separator)| &text[end + separator.len_utf8()..]);
        Cell { text: tidy(&text[..end.map_or(text.len(), |(end, _)| end)]), is_open }
    }

    fn quoted(&mut self, inside: &'a str, after: Option<&'a str>) -> Cell<'a> {
        self.rest = after;
        let text = if inside.contains("\"\"") {
            Cow::Owned(tidy(&inside.replace("\"\"", "\"")).into_owned())
        } else {
            tidy(inside)
        };
        Cell { text, is_open: false }
    }
}

impl<'a, S: Fn(char) -> bool> Iterator for Cells<'a, S> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let text = self.rest?;
        let start = text.trim_start_matches(|c| is_invisible(c) && !(self.separates)(c));
        if let Some(inside) = start.strip_prefix('"') {
            return Some(match Quote::read(inside, '"', &self.separates) {
                Quote::Closed(inside, after) => self.quoted(inside, after),
                Quote::Stray { .. } => self.plain(text, false),
                Quote::Open => self.plain(text, true),
            });
        }
        if let Some(inside) = start.strip_prefix('“').filter(|inside| inside.len() < self.no_curly_from) {
            match Quote::read(inside, '”', &self.separates) {
                Quote::Closed(inside, after) => return Some(self.quoted(inside, after)),
                Quote::Stray { left } => self.no_curly_from = left,
                Quote::Open => self.no_curly_from = 0,
            }
        }
        Some(self.plain(text, false))
    }
}

/// What becomes of a quote that has opened.
enum Quote<'a> {
    /// It closes: what stands in it, and what follows the separator after it.
    Closed(&'a str, Option<&'a str>),
    /// Something other than a separator follows it, so it is none.
    Stray {
        /// The bytes from there to the end.
        left: usize,
    },
    /// The text ends before it does.
    Open,
}

impl<'a> Quote<'a> {
    fn read(inside: &'a str, close: char, separates: &impl Fn(char) -> bool) -> Self {
        let Some(end) = closing(inside, close) else { return Self::Open };
        let after = inside[end + close.len_utf8()..].trim_start_matches(|c| is_invisible(c) && !separates(c));
        match after.chars().next() {
            None => Self::Closed(&inside[..end], None),
            Some(separator) if separates(separator) => {
                Self::Closed(&inside[..end], Some(&after[separator.len_utf8()..]))
            }
            Some(_) => Self::Stray { left: after.len() },
        }
    }
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
    use proptest::prelude::*;

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
        assert_eq!(read("“a,“b” c,“d, e”,“f"), ["“a", "“b” c", "d, e", "“f"]);
    }

    #[test]
    fn invisible_characters_go() {
        assert_eq!(read("\u{200b}Major\u{a0}Nelson\u{200e}\t\u{feff}B "), ["Major Nelson", "B"]);
        assert_eq!(lines("\u{feff}a\r\nb").filter(|line| !line.is_empty()).count(), 2);
    }

    fn rows(text: &str) -> Vec<usize> {
        let lines: Vec<&str> = lines(text).collect();
        let mut rows = Vec::new();
        while rows.iter().sum::<usize>() < lines.len() {
            rows.push(row_lines(&lines[rows.iter().sum()..], |c| c == ','));
        }
        rows
    }

    #[test]
    fn a_row_goes_on_while_a_quote_is_open() {
        assert_eq!(rows("a,\"b\nc\"\nd"), [2, 1]);
        assert_eq!(rows("\"a\n\",\"b\n\nc\" ,d\ne"), [4, 1], "one quote after another");
        assert_eq!(rows("\"a \"\"\n\"\"\",\"\"\nb"), [2, 1], "doubled quotes close nothing");
        assert_eq!(rows("\"5\"\" nail\"\n\"\"\"b\"\"\"\nc"), [1, 1, 1]);
        assert_eq!(rows("“a\nb”"), [1, 1]);
    }

    #[test]
    fn a_quote_that_does_not_close_nearby_takes_no_lines() {
        assert_eq!(rows("\"a\nb\nc"), [1, 1, 1]);
        assert_eq!(rows("1,\"a\n1,\"b\n1,c"), [1, 1, 1], "something follows the second quote");
        assert_eq!(rows("\"a\n\",\"b\nc"), [2, 1], "the first closes and the second does not");
        let (near, far) = ("\n".repeat(MAX_ROW_LINES - 1), "\n".repeat(MAX_ROW_LINES));
        assert_eq!(rows(&format!("\"a{near}\"\nb")), [MAX_ROW_LINES, 1]);
        assert_eq!(rows(&format!("\"a{far}\"")), [1; MAX_ROW_LINES + 1]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn written_rows_are_found_again(written in prop::collection::vec(
            prop::collection::vec("([a“”,\"]|\n){0,4}", 1..5), 1..5,
        )) {
            let row = |cells: &Vec<String>| {
                let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
                quoted.collect::<Vec<_>>().join(",")
            };
            let written: Vec<String> = written.iter().map(row).collect();
            let counts: Vec<usize> = written.iter().map(|row| lines(row).count()).collect();
            prop_assert_eq!(rows(&written.join("\n")), counts);
        }
    }

    /// Takes minutes when every quote looks for its end anew.
    #[test]
    fn quotes_that_never_close_are_not_followed_again_and_again() {
        for (line, cell) in [
            ("“a,".repeat(50_000), "“a"),
            ("“a,".repeat(50_000) + "”" + &" ".repeat(50_000) + "x,", "“a"),
            ("\"a,".repeat(50_000), "\"a"),
        ] {
            let cells = cells(&line, |c| c == ',');
            assert!(cells.len() > 50_000 && cells[..50_000].iter().all(|read| read == cell), "{cell}");
        }
        let long = format!("\"{}", "a".repeat(50));
        for line in ["1,\"ab", "1,“ab", "1,\"a\"\"", "1,\"\"\"a\"\"\"\"", &long] {
            let lines = vec![line; 20_000];
            let mut places = 0..lines.len();
            assert!(places.all(|place| row_lines(&lines[place..], |c| c == ',') == 1), "{line}");
        }
    }
}
