//! A scanner of JSON that borrows from the bytes it reads and forgives what can be forgiven:
//! commas too many or too few, numbers and words that JSON does not know, any depth of nesting.
//!
//! It never recurses, so no nesting can overflow the stack, and it decodes a text only when asked,
//! so that a broken one costs nobody but its owner.

use std::{borrow::Cow, fmt};

/// Why scanning cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The bytes end inside a value.
    CutOff,
    /// What stands at this byte cannot stand there.
    Broken(usize),
}

/// A value, or for lists and objects their JSON text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Raw<'a> {
    Null,
    Bool(&'a str),
    /// Its digits as sent.
    Number(&'a str),
    Text(RawText<'a>),
    List(&'a [u8]),
    Object(&'a [u8]),
    /// Something bare that is no JSON, such as `NaN`.
    Word(&'a str),
}

/// A text between its quotes, escapes and all.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawText<'a> {
    /// `None` when it is not UTF-8.
    text: Option<&'a str>,
    has_escapes: bool,
}

/// Why a text cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadText {
    #[error("the text holds bytes that are not UTF-8")]
    NotUtf8,
    #[error("the text holds an escape that JSON does not know")]
    UnknownEscape,
    #[error("the text holds half of a surrogate pair")]
    HalfSurrogate,
}

pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    /// The same, when all of it is UTF-8: checked once, since checking each text costs far more.
    whole: Option<&'a str>,
    at: usize,
    /// The closing brackets that [`Self::nested`] still waits for; kept to reuse its memory.
    open: Vec<u8>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, whole: std::str::from_utf8(bytes).ok(), at: 0, open: Vec::new() }
    }

    /// Where the next byte is read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes back to a place that [`Self::position`] gave.
    pub(super) fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    /// The first byte of the next value, without taking it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    /// Takes the bracket that [`Self::peek`] showed.
    pub(super) fn enter(&mut self) {
        self.at += 1;
    }

    /// The next key of the object that was entered, with its colon; `None` at the object's end,
    /// which is taken.
    pub(super) fn next_key(&mut self) -> Result<Option<&'a [u8]>, Stop> {
        match self.peek_past_commas() {
            Some(b'"') => {
                let key = self.text()?;
                match self.peek() {
                    Some(b':') => self.at += 1,
                    Some(_) => return Err(Stop::Broken(self.at)),
                    None => return Err(Stop::CutOff),
                }
                Ok(Some(key.text.unwrap_or_default().as_bytes()))
            }
            Some(b'}') => {
                self.at += 1;
                Ok(None)
            }
            Some(_) => Err(Stop::Broken(self.at)),
            None => Err(Stop::CutOff),
        }
    }

    /// Whether the list that was entered has a next item; its end is taken.
    pub(super) fn next_item(&mut self) -> Result<bool, Stop> {
        match self.peek_past_commas() {
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(b'}' | b':') => Err(Stop::Broken(self.at)),
            Some(_) => Ok(true),
            None => Err(Stop::CutOff),
        }
    }

    /// Takes the next value, whatever it is.
    pub(super) fn value(&mut self) -> Result<Raw<'a>, Stop> {
        match self.peek() {
            Some(b'"') => self.text().map(Raw::Text),
            Some(b'{') => self.nested().map(Raw::Object),
            Some(b'[') => self.nested().map(Raw::List),
            Some(_) => self.bare(),
            None => Err(Stop::CutOff),
        }
    }

    /// Commas say nothing that the brackets do not: the documented sample answers have some too
    /// many and some too few.
    fn peek_past_commas(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' | b',' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    fn text(&mut self) -> Result<RawText<'a>, Stop> {
        let start = self.at + 1;
        let mut at = start;
        let mut has_escapes = false;
        loop {
            let rest = self.bytes.get(at..).ok_or(Stop::CutOff)?;
            let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Stop::CutOff)?;
            at += stop;
            if rest[stop] == b'"' {
                break;
            }
            has_escapes = true;
            at += 2;
        }
        self.at = at + 1;
        Ok(RawText { text: self.slice(start, at), has_escapes })
    }

    /// The bytes between two places as text, if they are UTF-8.
    fn slice(&self, start: usize, end: usize) -> Option<&'a str> {
        match self.whole {
            Some(whole) => whole.get(start..end),
            None => std::str::from_utf8(&self.bytes[start..end]).ok(),
        }
    }

    fn nested(&mut self) -> Result<&'a [u8], Stop> {
        let start = self.at;
        self.open.clear();
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.text()?;
                    continue;
                }
                Some(b'{') => self.open.push(b'}'),
                Some(b'[') => self.open.push(b']'),
                Some(byte @ (b'}' | b']')) if self.open.pop() != Some(*byte) => {
                    return Err(Stop::Broken(self.at));
                }
                Some(_) => {}
                None => return Err(Stop::CutOff),
            }
            self.at += 1;
            if self.open.is_empty() {
                return Ok(&self.bytes[start..self.at]);
            }
        }
    }

    fn bare(&mut self) -> Result<Raw<'a>, Stop> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| is_bare(*byte)) {
            self.at += 1;
        }
        // A bare value at the very end may be the head of a longer one.
        if self.at == self.bytes.len() {
            return Err(Stop::CutOff);
        }
        let word = match self.slice(start, self.at) {
            Some(word) if !word.is_empty() => word,
            _ => return Err(Stop::Broken(start)),
        };
        Ok(match word {
            "null" => Raw::Null,
            "true" | "false" => Raw::Bool(word),
            _ if is_number(word.as_bytes()) => Raw::Number(word),
            _ => Raw::Word(word),
        })
    }
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_')
}

/// Whether it is a number as JSON writes them; zeros in front are let through.
fn is_number(word: &[u8]) -> bool {
    let whole = word.strip_prefix(b"-").unwrap_or(word);
    let Some(rest) = past_digits(whole) else { return false };
    let rest = match rest.strip_prefix(b".") {
        Some(fraction) => match past_digits(fraction) {
            Some(rest) => rest,
            None => return false,
        },
        None => rest,
    };
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => {
            past_digits(exponent) == Some(b"")
        }
        _ => false,
    }
}

/// What follows the digits at the start, of which there must be one at least.
fn past_digits(bytes: &[u8]) -> Option<&[u8]> {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| &bytes[count..])
}

impl<'a> RawText<'a> {
    /// The text that is meant.
    pub(super) fn decode(self) -> Result<Cow<'a, str>, BadText> {
        let text = self.text.ok_or(BadText::NotUtf8)?;
        if self.has_escapes { unescape(text).map(Cow::Owned) } else { Ok(Cow::Borrowed(text)) }
    }
}

fn unescape(text: &str) -> Result<String, BadText> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut chars = rest[at + 1..].chars();
        match chars.next() {
            Some(c @ ('"' | '\\' | '/')) => out.push(c),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let (c, rest) = code_point(chars.as_str())?;
                out.push(c);
                chars = rest.chars();
            }
            _ => return Err(BadText::UnknownEscape),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Ok(out)
}

/// The character of `\uXXXX` whose digits `text` begins with, and what follows it. A character
/// beyond the first plane takes two.
fn code_point(text: &str) -> Result<(char, &str), BadText> {
    let (first, rest) = four_hex(text)?;
    if let Some(c) = char::from_u32(first) {
        return Ok((c, rest));
    }
    let second = rest.strip_prefix("\\u").ok_or(BadText::HalfSurrogate)?;
    let (second, rest) = four_hex(second)?;
    if !(0xD800..0xDC00).contains(&first) || !(0xDC00..0xE000).contains(&second) {
        return Err(BadText::HalfSurrogate);
    }
    let joined = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    char::from_u32(joined).map(|c| (c, rest)).ok_or(BadText::HalfSurrogate)
}

fn four_hex(text: &str) -> Result<(u32, &str), BadText> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    unit.map(|unit| (unit, &text[4..])).ok_or(BadText::UnknownEscape)
}

/// Longest part of a value that a report quotes.
const QUOTED_CHARS: usize = 24;

/// How a report names what it found: `7`, `"abc"`, `an object`.
impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::List(_) => f.write_str("a list"),
            Self::Object(_) => f.write_str("an object"),
            Self::Bool(text) | Self::Number(text) | Self::Word(text) => f.write_str(&shortened(text)),
            Self::Text(text) => match text.decode() {
                Ok(text) => write!(f, "\"{}\"", shortened(&text)),
                Err(_) => f.write_str("a text that cannot be decoded"),
            },
        }
    }
}

/// The first characters of a text, those that cannot be shown left out.
pub(super) fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(QUOTED_CHARS + 1).collect();
    if let Some((end, _)) = shown.char_indices().nth(QUOTED_CHARS) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Result<String, BadText> {
        match Scanner::new(json.as_bytes()).value() {
            Ok(Raw::Text(text)) => text.decode().map(Cow::into_owned),
            other => panic!("{json} is {other:?}"),
        }
    }

    #[test]
    fn escapes_are_decoded_and_bad_ones_named() {
        assert_eq!(
            text(r#""a\"\\\/\b\f\n\r\té\u661f\uD83D\uDE00z""#).unwrap(),
            "a\"\\/\u{8}\u{c}\n\r\té星😀z"
        );
        for half in [r#""\uD83D""#, r#""\uDE00x""#, r#""\uD83Dxx""#, r#""\uD83D\u0041""#, r#""\uD83D\n""#] {
            assert_eq!(text(half), Err(BadText::HalfSurrogate), "{half}");
        }
        for bad in [r#""\x""#, r#""\u12""#, r#""\u12é4""#, r#""\u+123""#] {
            assert_eq!(text(bad), Err(BadText::UnknownEscape), "{bad}");
        }
    }

    #[test]
    fn numbers_are_told_from_other_words() {
        for good in ["0", "-0", "1E5", "1.50", "12345678901234567890", "1e-7", "1e+400", "007"] {
            assert!(is_number(good.as_bytes()), "{good}");
        }
        for bad in ["", "-", "NaN", "Infinity", "-Infinity", "1.", ".5", "1e", "1e+", "1.2.3", "0x10", "+1"] {
            assert!(!is_number(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn brackets_must_match_at_any_depth() {
        let deep = format!("{}1{}", "[{\"a\":".repeat(100_000), "}]".repeat(100_000));
        assert!(matches!(Scanner::new(deep.as_bytes()).value(), Ok(Raw::List(_))));
        assert!(matches!(Scanner::new(b"[{]}").value(), Err(Stop::Broken(2))));
        assert!(matches!(Scanner::new(b"[[1,2").value(), Err(Stop::CutOff)));
        assert!(matches!(Scanner::new(br#"{"a":"]}\""#).value(), Err(Stop::CutOff)));
    }

    #[test]
    fn reports_quote_little_and_nothing_invisible() {
        assert_eq!(shortened("short"), "short");
        assert_eq!(shortened(&"x".repeat(QUOTED_CHARS)), "x".repeat(QUOTED_CHARS));
        assert_eq!(shortened(&"x".repeat(99)), format!("{}…", "x".repeat(QUOTED_CHARS)));
        assert_eq!(shortened("a\u{1b}[31m"), "a[31m");
    }
}
