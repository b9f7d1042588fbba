//! What a pasted request asks for, gathered piece by piece.

use std::collections::{HashMap, HashSet};

use crate::model::{IdError, Scid, StatName, Xuid, holds_token};

/// What a pasted request asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The players, in order, none twice.
    pub players: Vec<Xuid>,
    /// The titles and their stats, in order, no title and no stat of one twice.
    pub titles: Vec<(Scid, Vec<StatName>)>,
    /// What was passed over and why: a sentence each, without the final stop. None quotes the text.
    pub left_out: Vec<String>,
}

/// Gathers an [`Asked`].
#[derive(Default)]
pub(super) struct Gathered {
    asked: Asked,
    players: HashSet<Xuid>,
    titles: HashMap<Scid, (usize, HashSet<StatName>)>,
    left_out: Vec<(LeftOut, usize)>,
}

/// What is passed over. What is said of it counts how often.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// In the place of a XUID stands something else.
    Player,
    /// A player who is named by gamertag.
    Gamertag,
    /// `users/me`.
    Me,
    /// No SCID.
    Scid(BadId),
    /// No name of a stat.
    Stat(BadId),
    /// A stat of a title that is named by title id.
    TitleId,
    /// A group of stats.
    Group,
    /// A token, in whatever place.
    Token,
    /// A flag of cURL that could matter.
    Flag(&'static str),
    /// A flag that cURL may know.
    UnknownFlag,
    /// Whatever follows the first command.
    Rest,
}

/// Why an id is none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BadId {
    /// It is no text.
    Form,
    /// It breaks a rule of such ids.
    Rule(&'static str),
}

impl BadId {
    fn of(error: &IdError) -> Self {
        Self::Rule(match error {
            IdError::Empty => "it is empty",
            IdError::Space => "it has a space inside",
            IdError::Control => "it has an invisible control character inside",
            IdError::Comma => "it has a comma inside",
            _ => "it is too long",
        })
    }

    fn why(self) -> &'static str {
        match self {
            Self::Form => "it is no text",
            Self::Rule(why) => why,
        }
    }
}

impl Gathered {
    pub(super) fn player(&mut self, text: &str) {
        match text.trim().parse() {
            Ok(xuid) => self.xuid(xuid),
            Err(_) => self.leave_out(LeftOut::Player),
        }
    }

    pub(super) fn xuid(&mut self, xuid: Xuid) {
        if self.players.insert(xuid) {
            self.asked.players.push(xuid);
        }
    }

    /// A title; `None` when its SCID is none, which is told then.
    pub(super) fn title(&mut self, scid: &str) -> Option<Scid> {
        if holds_token(scid) {
            self.leave_out(LeftOut::Token);
            return None;
        }
        let scid: Result<Scid, IdError> = scid.parse();
        let scid = scid.map_err(|error| self.leave_out(LeftOut::Scid(BadId::of(&error)))).ok()?;
        if !self.titles.contains_key(&scid) {
            self.titles.insert(scid.clone(), (self.asked.titles.len(), HashSet::new()));
            self.asked.titles.push((scid.clone(), Vec::new()));
        }
        Some(scid)
    }

    /// A stat of a title that [`Self::title`] gave.
    pub(super) fn stat(&mut self, scid: &Scid, name: &str) {
        if holds_token(name) {
            return self.leave_out(LeftOut::Token);
        }
        let name: StatName = match name.parse() {
            Ok(name) => name,
            Err(error) => return self.leave_out(LeftOut::Stat(BadId::of(&error))),
        };
        let Some((place, names)) = self.titles.get_mut(scid) else { return };
        let title = self.asked.titles.get_mut(*place).filter(|_| names.insert(name.clone()));
        if let Some((_, stats)) = title {
            stats.push(name);
        }
    }

    pub(super) fn leave_out(&mut self, what: LeftOut) {
        match self.left_out.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += 1,
            None => self.left_out.push((what, 1)),
        }
    }

    pub(super) fn names_nothing(&self) -> bool {
        self.asked.players.is_empty() && self.asked.titles.is_empty()
    }

    pub(super) fn finish(mut self) -> Asked {
        self.asked.left_out = self.left_out.into_iter().map(|(what, count)| what.in_words(count)).collect();
        self.asked
    }
}

impl LeftOut {
    fn in_words(self, count: usize) -> String {
        let counted = |one: &str, several: &str| {
            if count == 1 { format!("One {one}") } else { format!("{count} {several}") }
        };
        match self {
            Self::Player => counted("player: it is no XUID", "players: they are no XUIDs"),
            Self::Gamertag => {
                "The gamertag in the address: add it to the players, where it is looked up".to_owned()
            }
            Self::Me => "`me` in the address: it names no XUID".to_owned(),
            Self::Scid(bad) => format!("{}: {}", counted("SCID", "SCIDs"), bad.why()),
            Self::Stat(bad) => format!("{}: {}", counted("name of a stat", "names of stats"), bad.why()),
            Self::TitleId => counted(
                "stat that names its title by title id: it needs the SCID",
                "stats that name their title by title id: they need the SCID",
            ),
            Self::Group => counted(
                "group of stats: Statlens asks for stats by name",
                "groups of stats: Statlens asks for stats by name",
            ),
            Self::Token => "The token: give it to Statlens where it asks for one".to_owned(),
            Self::Flag(flag) => format!("`{flag}` and what it gives"),
            Self::UnknownFlag => counted("flag that is not known", "flags that are not known"),
            Self::Rest => "What follows the first command".to_owned(),
        }
    }
}
