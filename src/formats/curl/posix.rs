//! The words of a command as a POSIX shell or bash reads it. Variables and patterns stay as they
//! stand: nothing is run and nothing looked up.

use std::{iter::Peekable, str::Chars};

use super::CurlError;

/// A command, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// Its words, quotes resolved.
    pub(super) words: Vec<String>,
    /// Whether something follows it: another command, or where its output goes.
    pub(super) is_followed: bool,
}

/// The words of the first command of a text.
///
/// # Errors
/// When a quote is not closed.
pub(super) fn split(text: &str) -> Result<Command, CurlError> {
    Splitter { chars: text.chars().peekable(), word: Vec::new(), is_open: false, words: Vec::new() }.command()
}

struct Splitter<'t> {
    chars: Peekable<Chars<'t>>,
    /// The word so far, in bytes, since `\xE6` in a quote is one.
    word: Vec<u8>,
    /// Whether a word has begun; an empty one may, between quotes.
    is_open: bool,
    words: Vec<String>,
}

impl Splitter<'_> {
    fn command(mut self) -> Result<Command, CurlError> {
        let mut is_followed = false;
        while let Some(c) = self.chars.next() {
            match c {
                '\n' if self.ends_command() => break,
                c if c.is_whitespace() => self.end_word(),
                '\\' => self.escaped(),
                '\'' => self.single_quoted()?,
                '"' => self.double_quoted()?,
                '$' if self.chars.next_if_eq(&'\'').is_some() => self.ansi_quoted()?,
                // `$"…"` is a text to be translated: a plain one.
                '$' if self.chars.next_if_eq(&'"').is_some() => self.double_quoted()?,
                '#' if !self.is_open => while self.chars.next_if(|c| *c != '\n').is_some() {},
                // Within a word these are more often of an address that lacks its quotes.
                '>' | '<' | '&' if self.is_open => self.push(c),
                '>' | '<' | '&' | '|' | ';' => {
                    is_followed = true;
                    break;
                }
                c => self.push(c),
            }
        }
        self.end_word();
        is_followed = is_followed || self.chars.any(|c| !c.is_whitespace());
        Ok(Command { words: self.words, is_followed })
    }

    /// A line end ends the command, once there is one.
    fn ends_command(&mut self) -> bool {
        self.end_word();
        !self.words.is_empty()
    }

    fn push(&mut self, c: char) {
        self.is_open = true;
        self.word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn end_word(&mut self) {
        if self.is_open {
            let word = std::mem::take(&mut self.word);
            self.words.push(String::from_utf8_lossy(&word).into_owned());
            self.is_open = false;
        }
    }

    /// Outside of quotes: any character as it is, a line end as nothing.
    fn escaped(&mut self) {
        self.chars.next_if_eq(&'\r');
        match self.chars.next() {
            Some('\n') | None => {}
            Some(c) => self.push(c),
        }
    }

    fn single_quoted(&mut self) -> Result<(), CurlError> {
        self.is_open = true;
        loop {
            match self.next_in_quote()? {
                '\'' => return Ok(()),
                c => self.push(c),
            }
        }
    }

    fn double_quoted(&mut self) -> Result<(), CurlError> {
        self.is_open = true;
        loop {
            match self.next_in_quote()? {
                '"' => return Ok(()),
                '\\' => match self.next_in_quote()? {
                    '\n' => {}
                    c @ ('"' | '\\' | '$' | '`') => self.push(c),
                    c => {
                        self.push('\\');
                        self.push(c);
                    }
                },
                c => self.push(c),
            }
        }
    }

    /// `$'…'` of bash, in which browsers write what is not plain ASCII.
    fn ansi_quoted(&mut self) -> Result<(), CurlError> {
        self.is_open = true;
        loop {
            match self.next_in_quote()? {
                '\'' => return Ok(()),
                '\\' => self.ansi_escape()?,
                c => self.push(c),
            }
        }
    }

    fn ansi_escape(&mut self) -> Result<(), CurlError> {
        match self.next_in_quote()? {
            'n' => self.push('\n'),
            'r' => self.push('\r'),
            't' => self.push('\t'),
            'a' => self.push('\u{7}'),
            'b' => self.push('\u{8}'),
            'e' | 'E' => self.push('\u{1b}'),
            'f' => self.push('\u{c}'),
            'v' => self.push('\u{b}'),
            'x' => {
                let byte = self.digits(16, 2, 0);
                self.word.push(byte as u8);
            }
            'u' => self.code_point(4),
            'U' => self.code_point(8),
            c @ '0'..='7' => {
                let byte = self.digits(8, 2, u32::from(c) - u32::from('0'));
                self.word.push(byte as u8);
            }
            c @ ('\\' | '\'' | '"' | '?') => self.push(c),
            c => {
                self.push('\\');
                self.push(c);
            }
        }
        Ok(())
    }

    /// A character by its number. Browsers write those beyond the first plane as two halves, each
    /// with its own `\u`.
    fn code_point(&mut self, most: usize) {
        let first = self.digits(16, most, 0);
        if !(0xD800..0xDC00).contains(&first) {
            return self.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let mut ahead = self.chars.clone();
        let has_second = ahead.next() == Some('\\') && ahead.next() == Some('u');
        if !has_second {
            return self.push(char::REPLACEMENT_CHARACTER);
        }
        self.chars = ahead;
        let second = self.digits(16, 4, 0);
        let joined = (0xDC00..0xE000)
            .contains(&second)
            .then(|| 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            .and_then(char::from_u32);
        self.push(joined.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    /// The number that up to `most` more digits make after `value`.
    fn digits(&mut self, radix: u32, most: usize, mut value: u32) -> u32 {
        for _ in 0..most {
            let Some(digit) = self.chars.peek().and_then(|c| c.to_digit(radix)) else { break };
            self.chars.next();
            value = value.wrapping_mul(radix).wrapping_add(digit);
        }
        value
    }

    fn next_in_quote(&mut self) -> Result<char, CurlError> {
        self.chars.next().ok_or(CurlError::OpenQuote)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text).unwrap().words
    }

    #[test]
    fn quotes_of_every_kind() {
        assert_eq!(
            words(r#"a 'b c' "d \"e\" \x $F" g\ h '' i'j'"k""#),
            ["a", "b c", r#"d "e" \x $F"#, "g h", "", "ijk"]
        );
        assert_eq!(words(r"$'it\'s\n\u0021\x41\101\\\q'"), ["it's\n!AA\\\\q"]);
        assert_eq!(words(r"$'\uD83D\uDE00 \xE6\x98\x9F \U0001F600'"), ["😀 星 😀"]);
        assert_eq!(words(r"$'\uD83D \uDE00 \uD83Dx \uD83D\u0041'"), ["� � �x �"]);
        assert_eq!(words(r"'it'\''s'"), ["it's"]);
    }

    #[test]
    fn lines_go_on_after_a_backslash_only() {
        assert_eq!(words("curl a \\\n  b\\\r\n c"), ["curl", "a", "b", "c"]);
        let two = split("\n# first\ncurl a # b\ncurl c").unwrap();
        assert_eq!((two.words, two.is_followed), (vec!["curl".to_owned(), "a".to_owned()], true));
        assert!(!split("curl a\n\n").unwrap().is_followed);
    }

    #[test]
    fn what_follows_a_command_is_told_and_an_address_is_not_taken_apart() {
        for followed in ["curl a | jq .", "curl a; ls", "curl a > out", "curl a && b", "curl a|b"] {
            assert_eq!(
                split(followed).unwrap(),
                Command { words: vec!["curl".into(), "a".into()], is_followed: true }
            );
        }
        assert_eq!(words("curl http://x/?a=1&b=2"), ["curl", "http://x/?a=1&b=2"]);
    }

    #[test]
    fn an_open_quote_is_an_error() {
        for open in ["curl '", "curl \"a\\\"", "curl $'a\\'", "'\\", "$'\\x4"] {
            assert_eq!(split(open), Err(CurlError::OpenQuote), "{open}");
        }
    }
}
