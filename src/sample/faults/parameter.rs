//! How often a fault strikes, or whom: values and their text.

use std::{collections::BTreeSet, fmt};

use crate::model::{Scid, Xuid};

/// A parameter that a kind of fault does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write {expected}")]
pub struct ParameterError {
    /// What can be written, as a phrase.
    pub expected: &'static str,
}

/// How often a fault strikes, or whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    When(When),
    Count(u32),
    Users(Vec<Xuid>),
    Titles(Vec<Scid>),
}

/// How often a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// That share of all tries.
    Share(Share),
    /// So many first tries of each request: the next one gets through.
    First(u32),
}

/// A share of all, in hundredths of a percent: a whole number, so that its text is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share(u32);

impl Share {
    const ALL: u32 = 10_000;

    pub(super) const fn percent(percent: u32) -> Self {
        Self(percent * 100)
    }

    /// Between 0 and 1.
    pub(super) fn likelihood(self) -> f64 {
        f64::from(self.0) / f64::from(Self::ALL)
    }

    /// Reads the text before the `%`.
    fn read(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 2 || !is_digits(whole) || !is_digits(decimals) {
            return None;
        }
        let hundredths = format!("{whole}{decimals:0<2}").parse().ok()?;
        (hundredths <= Self::ALL).then_some(Self(hundredths))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / 100, self.0 % 100);
        match decimals {
            0 => write!(f, "{whole}%"),
            _ if decimals.is_multiple_of(10) => write!(f, "{whole}.{}%", decimals / 10),
            _ => write!(f, "{whole}.{decimals:02}%"),
        }
    }
}

impl Parameter {
    /// Reads a text as a parameter of the same sort as this one.
    pub(super) fn read_alike(&self, text: &str) -> Result<Self, ParameterError> {
        let read = match self {
            Self::When(_) => When::read(text).map(Self::When),
            Self::Count(_) => text.trim().parse().ok().filter(|count| *count > 0).map(Self::Count),
            Self::Users(_) => list(text, |word| word.parse().ok()).map(Self::Users),
            Self::Titles(_) => list(text, |word| word.parse().ok()).map(Self::Titles),
        };
        read.ok_or(ParameterError { expected: self.expected() })
    }

    fn expected(&self) -> &'static str {
        match self {
            Self::When(_) => "a share from 0% to 100% such as 10% or 0.5%, or `first 3`",
            Self::Count(_) => "a whole number from 1 to 4294967295",
            Self::Users(_) => "one or more XUIDs with spaces between",
            Self::Titles(_) => "one or more SCIDs with spaces between",
        }
    }
}

impl When {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(share) = text.strip_suffix('%') {
            return Share::read(share.trim_end()).map(Self::Share);
        }
        let count = text.strip_prefix("first")?;
        // "first3" is a slip that could mean anything.
        let count = count.starts_with(char::is_whitespace).then_some(count)?;
        count.trim().parse().ok().map(Self::First)
    }
}

/// The words of a list, each once, in order of first mention. `None` when there are none, or one
/// cannot be read.
fn list<T: Clone + Ord>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut seen = BTreeSet::new();
    let all: Option<Vec<T>> = text.split_whitespace().map(read).collect();
    let all: Vec<T> = all?.into_iter().filter(|item| seen.insert(item.clone())).collect();
    (!all.is_empty()).then_some(all)
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::When(When::Share(share)) => share.fmt(f),
            Self::When(When::First(count)) => write!(f, "first {count}"),
            Self::Count(count) => count.fmt(f),
            Self::Users(users) => words(f, users),
            Self::Titles(titles) => words(f, titles),
        }
    }
}

fn words<T: fmt::Display>(f: &mut fmt::Formatter<'_>, words: &[T]) -> fmt::Result {
    for (place, word) in words.iter().enumerate() {
        let space = if place == 0 { "" } else { " " };
        write!(f, "{space}{word}")?;
    }
    Ok(())
}
