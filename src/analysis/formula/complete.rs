//! Names offered while a formula is typed.

use std::ops::Range;

use super::{
    Names,
    names::bracketed,
    parse::MOST_BYTES,
    syntax::{Binary, Function},
    token::{Spanned, Token, tokens, word_end},
};

/// The most names that are offered at once.
const MOST: usize = 50;

/// A name that fits where the cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that it takes the place of.
    pub replaces: Range<usize>,
    /// What to put there. The cursor goes behind it.
    pub text: String,
    /// What to call it in a list.
    pub label: String,
    /// What it is, for the line beside or below.
    pub detail: String,
    /// What kind of thing it is.
    pub kind: CompletionKind,
}

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// Another derived column.
    Formula,
    /// A stat.
    Stat,
    /// A function.
    Function,
    /// A title, whose stats are offered next.
    Title,
}

/// What may stand where the cursor (a place in bytes) is, best first; nothing within a text and
/// where no name can stand.
#[must_use]
pub fn complete(text: &str, cursor: usize, names: &Names) -> Vec<Completion> {
    if text.len() > MOST_BYTES {
        return Vec::new();
    }
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let Some(place) = Place::find(text, cursor) else { return Vec::new() };
    let mut offers = Offers { place: &place, found: Vec::new() };
    match &place.title {
        Some(title) => offers.stats_of(title, names),
        None => offers.everything(names, text),
    }
    offers.found.sort_by_key(|(fit, completion)| (*fit, completion.kind));
    offers.found.into_iter().map(|(_, completion)| completion).take(MOST).collect()
}

/// Where a name is being typed.
struct Place {
    /// What stands of it before the cursor, without brackets.
    typed: String,
    /// The bytes of all of it, behind the cursor too.
    replaces: Range<usize>,
    /// The title before the colons.
    title: Option<String>,
}

impl Place {
    fn find(text: &str, cursor: usize) -> Option<Self> {
        let before = &text[..cursor];
        let (mut tokens, broken) = tokens(before);
        let (typed, start) = match broken {
            // An open bracket: the name is what follows it.
            Some(broken) if text[broken.span.start..].starts_with('[') => {
                (before[broken.span.start + 1..].trim_start().to_owned(), broken.span.start)
            }
            Some(_) => return None,
            None => match tokens.last() {
                Some(last) if last.span.end == cursor && is_word(text, last) => {
                    let start = last.span.start;
                    tokens.pop();
                    (before[start..].to_owned(), start)
                }
                _ => (String::new(), cursor),
            },
        };
        let title = match &tokens[..] {
            [
                ..,
                Spanned { token: Token::Word(title) | Token::Bracketed(title), .. },
                Spanned { token: Token::Of, .. },
            ] => Some(title.to_string()),
            _ => None,
        };
        if title.is_none() && tokens.last().is_some_and(|last| ends_operand(&last.token)) {
            return None;
        }
        Some(Self { typed, replaces: start..name_end(text, start, cursor), title })
    }

    /// How well one of these names fits what is typed: less is better.
    fn fit(&self, names: &[&str]) -> Option<u8> {
        let typed = self.typed.to_lowercase();
        names.iter().filter_map(|name| fit(&typed, name)).min()
    }
}

fn is_word(text: &str, token: &Spanned) -> bool {
    match token.token {
        Token::Word(_) | Token::Not | Token::Operator(Binary::And | Binary::Or) => {
            text[token.span.clone()].starts_with(char::is_alphabetic) || matches!(token.token, Token::Word(_))
        }
        _ => false,
    }
}

fn ends_operand(token: &Token) -> bool {
    matches!(token, Token::Number(_) | Token::Text(_) | Token::Word(_) | Token::Bracketed(_) | Token::Close)
}

/// Where the name that begins at `start` and holds the cursor ends.
fn name_end(text: &str, start: usize, cursor: usize) -> usize {
    let behind = &text[cursor..];
    if text[start..].starts_with('[') {
        let of_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | ',' | '#');
        let end = behind.find(|c| !of_name(c)).unwrap_or(behind.len());
        return if behind[end..].starts_with(']') { cursor + end + 1 } else { cursor };
    }
    if start == cursor { cursor } else { (start + word_end(&text[start..])).max(cursor) }
}

/// 0 for the beginning of the name, 1 for that of a word in it, 2 for anywhere else in it.
fn fit(typed: &str, name: &str) -> Option<u8> {
    let folded = name.to_lowercase();
    if folded.starts_with(typed) {
        return Some(0);
    }
    let mut before = ' ';
    for (place, c) in name.char_indices() {
        let begins = !before.is_alphanumeric() || (c.is_uppercase() && !before.is_uppercase());
        before = c;
        if begins && c.is_alphanumeric() && name[place..].to_lowercase().starts_with(typed) {
            return Some(1);
        }
    }
    folded.contains(typed).then_some(2)
}

struct Offers<'a> {
    place: &'a Place,
    found: Vec<(u8, Completion)>,
}

impl Offers<'_> {
    fn offer(&mut self, names: &[&str], kind: CompletionKind, text: String, label: &str, detail: String) {
        if let Some(fit) = self.place.fit(names) {
            let replaces = self.place.replaces.clone();
            self.found.push((fit, Completion { replaces, text, label: label.to_owned(), detail, kind }));
        }
    }

    fn stats_of(&mut self, title: &str, names: &Names) {
        let Ok(title) = names.find_title(title) else { return };
        for stat in names.stats().iter().filter(|stat| stat.title == title) {
            let raw = stat.key.stat.as_str();
            self.offer(
                &[raw, &stat.display],
                CompletionKind::Stat,
                bracketed(raw),
                raw,
                named(raw, &stat.display, None),
            );
        }
    }

    fn everything(&mut self, names: &Names, text: &str) {
        for formula in names.formulas() {
            self.offer(
                &[formula],
                CompletionKind::Formula,
                bracketed(formula),
                formula,
                "Formula".to_owned(),
            );
        }
        for stat in names.stats() {
            let raw = stat.key.stat.as_str();
            let title = names.titles()[stat.title].name.as_str();
            self.offer(
                &[raw, &stat.display],
                CompletionKind::Stat,
                names.reference(stat),
                raw,
                named(raw, &stat.display, Some(title)),
            );
        }
        let is_called = text[self.place.replaces.end..].starts_with('(');
        for function in Function::ALL {
            let text = format!("{}{}", function.name(), if is_called { "" } else { "(" });
            let detail = format!("{}: {}", function.usage(), function.meaning());
            self.offer(&[function.name()], CompletionKind::Function, text, function.name(), detail);
        }
        if names.titles().len() > 1 {
            for (place, title) in names.titles().iter().enumerate() {
                let text = format!("{}::", names.title_reference(place));
                self.offer(&[&title.name], CompletionKind::Title, text, &title.name, "Title".to_owned());
            }
        }
    }
}

/// What a stat is, beside its name on the wire.
fn named(raw: &str, display: &str, title: Option<&str>) -> String {
    let display = (raw != display).then_some(display);
    [display, title].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
