//! Players, as people write them and as the service knows them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Gamertag, IdError, Xuid};

/// A player as asked for: by name or by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlayerRef {
    /// By XUID: nothing to look up.
    Xuid(Xuid),
    /// By gamertag, with or without its `#suffix`: looked up first.
    Gamertag(Gamertag),
}

impl fmt::Display for PlayerRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Xuid(xuid) => xuid.fmt(f),
            Self::Gamertag(gamertag) => gamertag.fmt(f),
        }
    }
}

/// A player as the profile service knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Player {
    /// The key of everything about them.
    pub xuid: Xuid,
    /// The name to show: the modern gamertag with its suffix where there is one, else the classic
    /// one. `None` when the profile service did not say.
    pub gamertag: Option<Gamertag>,
    /// The classic gamertag, where it differs from `gamertag`.
    pub classic_gamertag: Option<Gamertag>,
    /// Points for achievements, over all titles.
    pub gamerscore: Option<u64>,
}

impl Player {
    /// A player of whom only the XUID is known.
    #[must_use]
    pub fn nameless(xuid: Xuid) -> Self {
        Self { xuid, gamertag: None, classic_gamertag: None, gamerscore: None }
    }

    /// The name to show: the gamertag, or the XUID when there is none.
    #[must_use]
    pub fn name(&self) -> String {
        self.gamertag.as_ref().map_or_else(|| self.xuid.to_string(), Gamertag::to_string)
    }
}

/// Why a text is neither a gamertag nor a XUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlayerError {
    /// Nothing but spaces.
    #[error("Nothing is written here")]
    Empty,
    /// Digits, or text after `xuid:`, that are no XUID.
    #[error("Not a XUID: {0}")]
    Xuid(IdError),
    /// Longer than any gamertag.
    #[error("Too long for a gamertag (15 letters and digits) and not a XUID (digits only)")]
    TooLong,
    /// A character that no gamertag has.
    #[error("Neither a gamertag nor a XUID: no gamertag has the character {0:?}")]
    Character(char),
    /// What follows the `#` is not digits.
    #[error("The part after # must be digits, as in Dragon#1652")]
    Suffix,
}

/// One line of the players box: the text as typed, and what it was read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct PlayerEntry {
    text: String,
    read: Result<PlayerRef, PlayerError>,
}

impl PlayerEntry {
    /// Reads a line. Digits are a XUID from 16 on and a gamertag below; `xuid:` or `gt:` in front
    /// says which is meant (`XBOX-API.md`, section 2).
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        Self { text: text.to_owned(), read: read(text) }
    }

    /// The text as typed, without spaces around it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The player that it names, or why it names none.
    ///
    /// # Errors
    /// The reason that the text is neither a gamertag nor a XUID.
    pub fn read(&self) -> Result<&PlayerRef, &PlayerError> {
        self.read.as_ref()
    }

    /// Whether the text could as well mean the other kind: up to 15 bare digits.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.text.len() < XUID_DIGITS && is_digits(&self.text)
    }

    /// Whether both name the same player as far as can be told without asking the service:
    /// gamertags are the same when they differ only by case and spaces.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (&self.read, &other.read) {
            (Ok(PlayerRef::Gamertag(left)), Ok(PlayerRef::Gamertag(right))) => left.matches(right),
            (Ok(left), Ok(right)) => left == right,
            _ => self.text == other.text,
        }
    }
}

impl From<String> for PlayerEntry {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<PlayerEntry> for String {
    fn from(entry: PlayerEntry) -> Self {
        entry.text
    }
}

impl From<PlayerRef> for PlayerEntry {
    fn from(player: PlayerRef) -> Self {
        let plain = Self::new(&player.to_string());
        if plain.read.as_ref() == Ok(&player) {
            return plain;
        }
        let prefix = match &player {
            PlayerRef::Xuid(_) => XUID_PREFIX,
            PlayerRef::Gamertag(_) => GAMERTAG_PREFIX,
        };
        Self { text: format!("{prefix}{player}"), read: Ok(player) }
    }
}

impl Gamertag {
    /// Whether both are the same name, as far as [`folded`](Self::folded) tells.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }

    /// The form in which names are compared: lower case, without spaces. Whether the service
    /// ignores case and spaces is unknown, so only our own matching does.
    ///
    /// In an ASCII name the `#` is left out as well: `Dragon#1652` has the classic form
    /// `Dragon1652`. Names in other scripts have unrelated classic forms, so there the `#` counts.
    #[must_use]
    pub fn folded(&self) -> String {
        let text = self.as_str();
        let is_left_out = |c: char| c.is_whitespace() || (c == '#' && text.is_ascii());
        text.chars().filter(|c| !is_left_out(*c)).flat_map(char::to_lowercase).collect()
    }

    /// The name and its suffix: `Dragon#1652` is `("Dragon", Some("1652"))`.
    #[must_use]
    pub fn split_suffix(&self) -> (&str, Option<&str>) {
        match self.as_str().rsplit_once('#') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (self.as_str(), None),
        }
    }
}

/// XUIDs have 16 digits nearly always, and a gamertag never has more than 15 characters.
const XUID_DIGITS: usize = 16;
const XUID_PREFIX: &str = "xuid:";
const GAMERTAG_PREFIX: &str = "gt:";
/// A classic gamertag has up to 15 characters; with suffix, a modern one stays below that too.
const GAMERTAG_CHARS: usize = 15;
/// Modern gamertags have up to 12 characters, each of which may be several code points.
const MODERN_CODE_POINTS: usize = 12 * 4;
const SUFFIX_DIGITS: std::ops::RangeInclusive<usize> = 1..=6;

fn read(text: &str) -> Result<PlayerRef, PlayerError> {
    if text.is_empty() {
        return Err(PlayerError::Empty);
    }
    if let Some(rest) = strip_prefix_any_case(text, XUID_PREFIX) {
        return read_xuid(rest.trim());
    }
    if let Some(rest) = strip_prefix_any_case(text, GAMERTAG_PREFIX) {
        return read_gamertag(rest.trim());
    }
    if is_digits(text) && text.len() >= XUID_DIGITS {
        return read_xuid(text);
    }
    read_gamertag(text)
}

fn read_xuid(text: &str) -> Result<PlayerRef, PlayerError> {
    text.parse().map(PlayerRef::Xuid).map_err(PlayerError::Xuid)
}

fn read_gamertag(text: &str) -> Result<PlayerRef, PlayerError> {
    let (name, suffix) = match text.split_once('#') {
        Some((name, suffix)) => (name.trim_end(), Some(suffix)),
        None => (text, None),
    };
    if suffix.is_some_and(|digits| !is_digits(digits) || !SUFFIX_DIGITS.contains(&digits.len())) {
        return Err(PlayerError::Suffix);
    }
    if name.is_empty() {
        return Err(PlayerError::Empty);
    }
    if let Some(bad) = name.chars().find(|c| !can_be_in_gamertag(*c)) {
        return Err(PlayerError::Character(bad));
    }
    let limit = if name.is_ascii() { GAMERTAG_CHARS } else { MODERN_CODE_POINTS };
    if name.chars().count() > limit {
        return Err(PlayerError::TooLong);
    }
    let gamertag = match suffix {
        Some(digits) => Gamertag::from_wire(&format!("{name}#{digits}")),
        None => Gamertag::from_wire(name),
    };
    Ok(PlayerRef::Gamertag(gamertag))
}

/// Modern names take many scripts, with marks that no std predicate knows, so of what is not ASCII
/// only the plainly impossible is refused.
fn can_be_in_gamertag(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || matches!(c, ' ' | ',')
    } else {
        !c.is_control() && !c.is_whitespace()
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn strip_prefix_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gamertag(text: &str) -> PlayerRef {
        PlayerRef::Gamertag(Gamertag::from_wire(text))
    }

    #[test]
    fn names_in_every_script_are_gamertags() {
        for name in [
            "Major Nelson",
            "Нова Звезда#4410",
            "미르 달빛#082",
            "星野ソラ#7715",
            "Łukasz Bór#991",
            "ดาวเหนือ#310",
            "नक्षत्र#12",
            "نجمة#77",
            "Smith, J",
        ] {
            assert_eq!(read(name), Ok(gamertag(name)), "{name}");
        }
    }

    #[test]
    fn digits_are_a_xuid_from_sixteen_on() {
        assert_eq!(read("2533274792693551"), Ok(PlayerRef::Xuid(Xuid(2_533_274_792_693_551))));
        assert_eq!(read("123456789012345"), Ok(gamertag("123456789012345")));
        assert!(PlayerEntry::new("123456789012345").is_ambiguous());
        assert_eq!(read("xuid:5"), Ok(PlayerRef::Xuid(Xuid(5))));
        assert_eq!(read("XUID: 5"), Ok(PlayerRef::Xuid(Xuid(5))));
        assert_eq!(read("99999999999999999999999"), Err(PlayerError::Xuid(IdError::TooLarge)));
    }

    #[test]
    fn bad_lines_say_why() {
        assert_eq!(read(""), Err(PlayerError::Empty));
        assert_eq!(read("what<is>this"), Err(PlayerError::Character('<')));
        assert_eq!(read("Dragon#abc"), Err(PlayerError::Suffix));
        assert_eq!(read("#12"), Err(PlayerError::Empty));
        assert_eq!(read("a name far too long"), Err(PlayerError::TooLong));
    }

    #[test]
    fn the_same_player_is_seen_through_case_and_spaces() {
        let entry = |text| PlayerEntry::new(text);
        assert!(entry("Major Nelson").is_same_as(&entry("majornelson")));
        assert!(entry("Dragon#1652").is_same_as(&entry("Dragon1652")));
        assert!(!entry("5").is_same_as(&entry("xuid:5")));
        assert!(!entry("ソラ#7715").is_same_as(&entry("ソラ7#715")), "two players");
    }

    #[test]
    fn a_reference_written_as_a_line_reads_back() {
        for player in [
            PlayerRef::Xuid(Xuid(5)),
            PlayerRef::Xuid(Xuid(u64::MAX)),
            PlayerRef::Gamertag(Gamertag::from_wire("5")),
            PlayerRef::Gamertag(Gamertag::from_wire("A b#1")),
        ] {
            let entry = PlayerEntry::from(player.clone());
            assert_eq!(PlayerEntry::new(entry.text()).read(), Ok(&player));
        }
    }
}
