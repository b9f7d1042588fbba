//! The words of a command as `cmd.exe` and the programs that it starts read it.

use super::{CurlError, posix::Command};

/// Whether a command is written for `cmd.exe`. Its first quote tells: single ones it does not know,
/// and those that a caret precedes only it does. Plain double quotes both have; then it depends on
/// what makes a line go on.
pub(super) fn is_meant(text: &str) -> bool {
    let Some(quote) = text.find(['"', '\'']) else { return goes_on_with(text, '^') };
    if text[quote..].starts_with('\'') {
        return false;
    }
    text[..quote].ends_with('^') || (goes_on_with(text, '^') && !goes_on_with(text, '\\'))
}

fn goes_on_with(text: &str, mark: char) -> bool {
    text.lines().any(|line| line.trim_end().strip_suffix(mark).is_some_and(|line| line.ends_with(' ')))
}

/// The words of the first command of a text.
///
/// # Errors
/// When a quote is not closed.
pub(super) fn split(text: &str) -> Result<Command, CurlError> {
    let (line, rest) = first_line(text);
    Ok(Command { words: words(&line)?, is_followed: !rest.trim().is_empty() })
}

/// The first command without its carets, and what follows it. A caret takes the meaning from the
/// character after it, and at a line's end makes the next line a part of this one, whose first
/// character has no meaning either. Between quotes that no caret precedes it is a character.
fn first_line(text: &str) -> (String, &str) {
    let text = text.trim_start();
    let mut line = String::with_capacity(text.len());
    let mut in_quotes = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '^' if !in_quotes => line.extend(after_caret(&mut chars)),
            '\r' => {}
            '\n' => break,
            '"' => {
                in_quotes = !in_quotes;
                line.push(c);
            }
            '|' | '&' | '>' | '<' if !in_quotes && line.ends_with(char::is_whitespace) => {
                return (line, text.get(text.len() - chars.as_str().len() - 1..).unwrap_or_default());
            }
            c => line.push(c),
        }
    }
    (line, chars.as_str())
}

fn after_caret(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let mut next = chars.next();
    if next == Some('\r') {
        next = chars.next();
    }
    if next != Some('\n') {
        return next;
    }
    next = chars.next();
    if next == Some('\r') { chars.next() } else { next }
}

/// A line as C programs on Windows split it: at spaces and tabs outside of quotes, with `\"` for a quote.
/// Backslashes count in pairs before a quote, and are themselves elsewhere.
fn words(line: &str) -> Result<Vec<String>, CurlError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut in_quotes = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let mut count = 1;
                while chars.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let is_before_quote = chars.peek() == Some(&'"');
                let kept = if is_before_quote { count / 2 } else { count };
                let word = word.get_or_insert_default();
                word.extend(std::iter::repeat_n('\\', kept));
                if is_before_quote && count % 2 == 1 {
                    word.extend(chars.next());
                }
            }
            '"' if in_quotes && chars.next_if_eq(&'"').is_some() => word.get_or_insert_default().push('"'),
            '"' => {
                in_quotes = !in_quotes;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !in_quotes => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if in_quotes { Err(CurlError::OpenQuote) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_todays_browsers_write_it() {
        let text = "curl ^\"https://h/batch?a=b^%^20c^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":^[1^]^}^\"\r\n";
        assert!(is_meant(text));
        assert_eq!(
            split(text).unwrap().words,
            ["curl", "https://h/batch?a=b%20c", "-H", "accept: */*", "--data-raw", r#"{"a":[1]}"#]
        );
    }

    #[test]
    fn as_earlier_browsers_wrote_it() {
        let text =
            "curl \"https://h/b\" ^\n  -H \"a: ^b\" ^\n  --data-raw \"{\\\"a\\\":\"^\n\n\"1}\" --compressed";
        assert!(is_meant(text));
        assert_eq!(
            split(text).unwrap().words,
            ["curl", "https://h/b", "-H", "a: ^b", "--data-raw", "{\"a\":\n1}", "--compressed"]
        );
    }

    #[test]
    fn other_shells_are_told_from_it() {
        for other in
            ["curl 'a' -d '{\"a ^\"}'", "curl \"a\" \\\n -d \"b ^\n\"", "curl \"a\" -d \"^\"", "curl a"]
        {
            assert!(!is_meant(other), "{other}");
        }
        assert!(is_meant("curl a ^\n -d b"));
    }

    #[test]
    fn quotes_and_backslashes() {
        assert_eq!(words(r#"a\b "c\\" "d\\\"e" "f""g" """#).unwrap(), [r"a\b", r"c\", r#"d\"e"#, "f\"g", ""]);
        assert_eq!(words("curl \"a"), Err(CurlError::OpenQuote));
        assert_eq!(words(r"a\\\b\").unwrap(), [r"a\\\b\"]);
    }

    #[test]
    fn what_follows_is_told() {
        assert!(split("curl ^\"a^\" | jq").unwrap().is_followed);
        assert!(split("curl ^\"a^\"\r\ncurl b").unwrap().is_followed);
        assert!(!split("curl ^\"a&b^\"\r\n").unwrap().is_followed);
        assert!(!split("curl a ^").unwrap().is_followed);
    }
}
