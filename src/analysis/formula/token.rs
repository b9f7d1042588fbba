//! A formula's text as tokens.

use std::{ops::Range, sync::Arc};

use super::{FormulaError, scalar::real_figure, syntax::Binary};
use crate::analysis::Figure;

/// The smallest pieces of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(Figure),
    /// In quotes.
    Text(Arc<str>),
    /// A word that may be a stat, a title or a function.
    Word(Arc<str>),
    /// In brackets: a stat or a title, whatever it looks like.
    Bracketed(Arc<str>),
    Operator(Binary),
    Not,
    Open,
    Close,
    Comma,
    /// `::`
    Of,
}

/// A token and the bytes that it is written with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

/// Whether a word may begin with `c`.
pub(super) fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Whether `c` may stand within a word. A dot only between two such.
fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where the word that begins at `text`'s start ends.
pub(super) fn word_end(text: &str) -> usize {
    let mut end = 0;
    for (place, c) in text.char_indices() {
        let dot_within = c == '.' && text[place + 1..].starts_with(continues_word);
        if !continues_word(c) && !dot_within {
            break;
        }
        end = place + c.len_utf8();
    }
    end
}

/// Cuts a formula into tokens. With an error come the tokens before it.
pub(super) fn tokens(text: &str) -> (Vec<Spanned>, Option<FormulaError>) {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        match lexer.next() {
            Ok(Some(token)) => tokens.push(token),
            Ok(None) => return (tokens, None),
            Err(error) => return (tokens, Some(error)),
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

type Found<T> = Result<T, FormulaError>;

impl Lexer<'_> {
    fn next(&mut self) -> Found<Option<Spanned>> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let start = self.at;
        let token = match first {
            '"' | '\'' => Token::Text(self.quoted(first, first, "a text")?),
            '[' => self.bracketed()?,
            '0'..='9' => self.number()?,
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
            c if begins_word(c) => self.word(),
            _ => self.sign()?,
        };
        Ok(Some(Spanned { token, span: start..self.at }))
    }

    fn bracketed(&mut self) -> Found<Token> {
        let start = self.at;
        let name = self.quoted('[', ']', "a name")?;
        if name.trim().is_empty() {
            return Err(FormulaError::new(
                self.text,
                start..self.at,
                "these brackets are empty: write a stat's name in them",
            ));
        }
        Ok(Token::Bracketed(name.trim().into()))
    }

    /// What stands up to `close`, which is itself written twice within.
    fn quoted(&mut self, open: char, close: char, what: &str) -> Found<Arc<str>> {
        let start = self.at;
        let mut content = String::new();
        let mut rest = self.text[start + 1..].char_indices().peekable();
        while let Some((place, c)) = rest.next() {
            // The closing sign written twice stands for itself.
            if c == close && rest.next_if(|(_, next)| *next == close).is_none() {
                self.at = start + 1 + place + 1;
                return Ok(content.into());
            }
            content.push(c);
        }
        let message = format!("{what} begins here with {open} and does not end: write {close} behind it");
        Err(FormulaError::new(self.text, start..self.text.len(), message))
    }

    fn word(&mut self) -> Token {
        let end = self.at + word_end(&self.text[self.at..]);
        let word = &self.text[self.at..end];
        self.at = end;
        match word.to_ascii_lowercase().as_str() {
            "and" => Token::Operator(Binary::And),
            "or" => Token::Operator(Binary::Or),
            "not" => Token::Not,
            _ => Token::Word(word.into()),
        }
    }

    fn number(&mut self) -> Found<Token> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'_') {
                at += 1;
            }
            at
        };
        let mut end = digits(start);
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
                end = digits(end + 1 + sign);
            }
        }
        self.at = end;
        if self.text[end..].starts_with(begins_word) {
            let end = end + word_end(&self.text[end..]);
            let name = &self.text[start..end];
            let message = format!(
                "a name that begins with a digit is written in brackets: [{name}]. To multiply, write *"
            );
            return Err(FormulaError::new(self.text, start..end, message).replaced_by(format!("[{name}]")));
        }
        let written = self.text[start..end].replace('_', "");
        let figure = match written.parse::<i128>() {
            Ok(int) => Some(Figure::Int(int)),
            Err(_) => written.parse().ok().and_then(real_figure),
        };
        figure.map(Token::Number).ok_or_else(|| {
            FormulaError::new(self.text, start..end, "this number is larger than can be reckoned with")
        })
    }

    fn sign(&mut self) -> Found<Token> {
        const SIGNS: [(&str, Token); 21] = [
            ("::", Token::Of),
            ("==", Token::Operator(Binary::Equal)),
            ("!=", Token::Operator(Binary::NotEqual)),
            ("<>", Token::Operator(Binary::NotEqual)),
            ("<=", Token::Operator(Binary::AtMost)),
            (">=", Token::Operator(Binary::AtLeast)),
            ("≠", Token::Operator(Binary::NotEqual)),
            ("≤", Token::Operator(Binary::AtMost)),
            ("≥", Token::Operator(Binary::AtLeast)),
            ("=", Token::Operator(Binary::Equal)),
            ("<", Token::Operator(Binary::Less)),
            (">", Token::Operator(Binary::Greater)),
            ("+", Token::Operator(Binary::Add)),
            ("-", Token::Operator(Binary::Subtract)),
            ("−", Token::Operator(Binary::Subtract)),
            ("*", Token::Operator(Binary::Multiply)),
            ("×", Token::Operator(Binary::Multiply)),
            ("/", Token::Operator(Binary::Divide)),
            ("÷", Token::Operator(Binary::Divide)),
            ("(", Token::Open),
            (")", Token::Close),
        ];
        let rest = &self.text[self.at..];
        if rest.starts_with(',') {
            self.at += 1;
            return Ok(Token::Comma);
        }
        if let Some((sign, token)) = SIGNS.into_iter().find(|(sign, _)| rest.starts_with(sign)) {
            self.at += sign.len();
            return Ok(token);
        }
        // `rest` is not empty: a character was seen before.
        let wrong = rest.chars().next().unwrap_or_default();
        let span = self.at..self.at + wrong.len_utf8();
        let (message, instead) = match wrong {
            '&' => ("write and, not &".to_owned(), Some("and")),
            '|' => ("write or, not |".to_owned(), Some("or")),
            '!' => ("write not, not !".to_owned(), Some("not")),
            ';' => ("write a comma between arguments, not ;".to_owned(), Some(",")),
            ':' => ("between a title and its stat stand two colons: Title::Stat".to_owned(), Some("::")),
            ']' => ("this bracket was never opened".to_owned(), None),
            '.' => ("a name with a dot at its border is written in brackets: [name.]".to_owned(), None),
            '“' | '”' | '„' | '«' | '»' => {
                ("write texts between straight quotes: \"…\"".to_owned(), Some("\""))
            }
            c => (format!("“{}” means nothing in a formula", c.escape_debug()), None),
        };
        let error = FormulaError::new(self.text, span, message);
        Err(match instead {
            Some(instead) => error.replaced_by(instead),
            None => error,
        })
    }
}
