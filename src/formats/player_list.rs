//! What people paste into the players box: one name, a list, or a part of a spreadsheet.
//!
//! - Entries are separated by line ends, tabs, semicolons and commas. Quotes hold a name with a
//!   comma together: `"Smith, J"`.
//! - A line that starts with `#` and a space is a comment. Bullets (`- `, `* `, `• `, `1. `) in
//!   front of a line are dropped, and so are invisible characters around a name.
//! - When the first line is a header with a cell `xuid` or `gamertag` (in tabbed text also
//!   `player`), the rest is a table: each line gives one player, by the XUID where its cell holds
//!   one, else by the name.
//! - In tabbed text without a header whose further cells are all plain values (numbers, dates,
//!   nothing), only the first cell of each line is a player.
//! - Cells that were kept from a spreadsheet are what they hold: `="2535466120001871"` and
//!   `'2535466120001871` are the XUID.
//! - Text that holds an Xbox token is not taken apart at all, so that no part of it can end up
//!   among the players, on the screen or in a file.

use std::{borrow::Cow, collections::HashSet};

use super::{
    guard::unguarded,
    lines::{self, is_invisible, lines, row_lines, separates_entries},
};
use crate::model::{PlayerEntry, PlayerRef, Xuid, holds_token};

/// What a pasted text was taken apart into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The players in order, none twice; what is neither gamertag nor XUID among them.
    pub entries: Vec<PlayerEntry>,
    /// How many entries were left out because they name a player who was there already.
    pub duplicates: usize,
    /// Whether the text holds an Xbox token. There are no entries then.
    pub holds_token: bool,
}

/// Takes a text apart. See the rules above; no text is refused.
#[must_use]
pub fn split(text: &str) -> Split {
    split_new(text, &[])
}

/// Takes a text apart and leaves out players who are `present` already. Takes time in proportion
/// to both.
#[must_use]
pub fn split_new(text: &str, present: &[PlayerEntry]) -> Split {
    if holds_token(text) {
        return Split { holds_token: true, ..Split::default() };
    }
    let (found, repeats) = read(text);
    let mut seen: HashSet<Identity> = present.iter().map(Identity::of).collect();
    let total = found.len();
    let entries: Vec<PlayerEntry> =
        found.into_iter().filter(|entry| seen.insert(Identity::of(entry))).collect();
    let duplicates = match repeats {
        Repeats::Count => total - entries.len(),
        Repeats::Expect => 0,
    };
    Split { entries, duplicates, holds_token: false }
}

/// Two entries have the same identity exactly when [`PlayerEntry::is_same_as`] says so.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Xuid(Xuid),
    Name(String),
    Unread(String),
}

impl Identity {
    fn of(entry: &PlayerEntry) -> Self {
        match entry.read() {
            Ok(PlayerRef::Xuid(xuid)) => Self::Xuid(*xuid),
            Ok(PlayerRef::Gamertag(gamertag)) => Self::Name(gamertag.folded()),
            Err(_) => Self::Unread(entry.text().to_owned()),
        }
    }
}

/// Whether a player who stands there twice is worth a word.
#[derive(Clone, Copy)]
enum Repeats {
    Count,
    /// Our own export has a line for each value, so each player many times.
    Expect,
}

fn read(text: &str) -> (Vec<PlayerEntry>, Repeats) {
    let mut rest = lines(text).filter(|line| !is_blank_or_comment(line)).peekable();
    match rest.peek().and_then(|line| Header::read(line)) {
        None => (read_list(rest.collect()), Repeats::Count),
        Some(Header::SingleName) => (read_list(rest.skip(1).collect()), Repeats::Count),
        Some(Header::Table(table)) => {
            let lines: Vec<&str> = rest.skip(1).collect();
            (table.players(&lines), table.repeats)
        }
    }
}

/// The cells of a line, without what kept them from a spreadsheet.
fn cells(line: &str, separates: impl Fn(char) -> bool) -> Vec<Cow<'_, str>> {
    let plain = |cell| match cell {
        Cow::Borrowed(text) => Cow::Borrowed(unguarded(text)),
        Cow::Owned(text) if unguarded(&text) == text => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(unguarded(&text).to_owned()),
    };
    lines::cells(line, separates).into_iter().map(plain).collect()
}

fn is_blank_or_comment(line: &str) -> bool {
    let line = line.trim_matches(is_invisible);
    line.is_empty() || line == "#" || line.starts_with("# ") || line.starts_with("#\t")
}

enum Header {
    /// A column of names and nothing else: read as a list.
    SingleName,
    Table(Table),
}

struct Table {
    separator: char,
    xuid: Option<usize>,
    name: Option<usize>,
    repeats: Repeats,
}

impl Header {
    fn read(line: &str) -> Option<Self> {
        let separator = ['\t', ';', ','].into_iter().find(|c| line.contains(*c));
        let titles: Vec<String> = cells(line, |c| Some(c) == separator).iter().map(|t| folded(t)).collect();
        let place = |wanted: &str| titles.iter().position(|title| title == wanted);
        let xuid = place("xuid");
        let tabbed = separator == Some('\t');
        let name = place("gamertag").or_else(|| place("player").filter(|_| tabbed));
        match (xuid, name) {
            (None, None) => None,
            (None, Some(_)) if titles.len() == 1 => Some(Self::SingleName),
            _ => {
                let repeats = if place("stat").is_some() { Repeats::Expect } else { Repeats::Count };
                Some(Self::Table(Table { separator: separator.unwrap_or(','), xuid, name, repeats }))
            }
        }
    }
}

/// The title of a column without case, spaces and punctuation: `Gamer Tag` is `gamertag`.
fn folded(title: &str) -> String {
    title.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

impl Table {
    fn players(&self, lines: &[&str]) -> Vec<PlayerEntry> {
        let mut players = Vec::with_capacity(lines.len());
        let mut next = 0;
        while next < lines.len() {
            let taken = row_lines(&lines[next..], |c| c == self.separator);
            players.extend(self.player(&lines[next..next + taken].join(" ")));
            next += taken;
        }
        players
    }

    fn player(&self, line: &str) -> Option<PlayerEntry> {
        let cells = cells(line, |c| c == self.separator);
        let cell = |place: Option<usize>| {
            place.and_then(|place| cells.get(place)).map(Cow::as_ref).filter(|text| !text.is_empty())
        };
        let (xuid, name) = (cell(self.xuid), cell(self.name));
        match xuid.map(str::parse::<Xuid>) {
            Some(Ok(xuid)) => Some(PlayerEntry::from(PlayerRef::Xuid(xuid))),
            Some(Err(_)) | None => name.or(xuid).map(PlayerEntry::new),
        }
    }
}

fn read_list(lines: Vec<&str>) -> Vec<PlayerEntry> {
    let first_cell_only = is_grid(&lines);
    let mut entries = Vec::with_capacity(lines.len());
    for line in lines {
        let line = without_bullet(line);
        if first_cell_only {
            let name = cells(line, |c| c == '\t').into_iter().next().unwrap_or_default();
            entries.extend((!name.is_empty()).then(|| PlayerEntry::new(&name)));
        } else {
            let names = cells(line, separates_entries).into_iter().filter(|name| !name.is_empty());
            entries.extend(names.map(|name| PlayerEntry::new(&name)));
        }
    }
    entries
}

/// Whether lines are players with values beside them, as copied from a grid.
fn is_grid(lines: &[&str]) -> bool {
    let mut values = 0;
    for line in lines.iter().filter(|line| line.contains('\t')) {
        for cell in cells(line, |c| c == '\t').iter().skip(1) {
            if !looks_like_value(cell) {
                return false;
            }
            values += usize::from(!cell.is_empty());
        }
    }
    values > 0
}

/// Nothing, a number or a date; not a XUID.
fn looks_like_value(cell: &str) -> bool {
    let is_mark = |c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | ':' | '-' | '−' | '+' | '%' | 'e' | 'T' | 'Z')
    };
    let is_number = cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '+' | '.'));
    let is_xuid = matches!(PlayerEntry::new(cell).read(), Ok(PlayerRef::Xuid(_)));
    cell.is_empty() || (is_number && cell.chars().all(is_mark) && !is_xuid)
}

fn without_bullet(line: &str) -> &str {
    let line = line.trim_start_matches(|c| is_invisible(c) && c != '\t');
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = if numbered.len() < line.len() {
        numbered.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '•', '–', '·'])
    };
    match after {
        Some(after) if after.starts_with([' ', '\t', '\u{a0}']) => after,
        _ => line,
    }
}
