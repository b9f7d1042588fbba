//! What reading an answer gives: entries as they pass, and an account of the rest.

use std::fmt;

use crate::model::{ToldStat, WireValue, Xuid};

/// One stat of one user as it stood in an answer, borrowed from its bytes.
#[derive(Clone, Copy, Debug)]
pub struct StatEntry<'a> {
    /// Whose it is.
    pub xuid: Xuid,
    /// Of which SCID. `None` in answers about one SCID that do not repeat it, and where stats stand
    /// straight under the user.
    pub scid: Option<&'a str>,
    /// The stat's name.
    pub name: &'a str,
    /// What was sent; `None` for `null` and for an entry without `value`, as dialect B writes
    /// stats without one (`XBOX-API.md`, section 1b).
    pub value: Option<WireValue<'a>>,
    /// What the answer says of the stat itself, such as its name for people (dialect B).
    pub told: ToldStat<'a>,
}

/// What became of an answer beside the entries that were visited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadReport {
    /// The users that the answer names, sorted, none twice. A user without stats may be among them
    /// or not: what the service does with those is unknown (`XBOX-API.md`, section 1a).
    pub users: Vec<Xuid>,
    /// How many entries were visited.
    pub entries: usize,
    /// What could not be read. A cell that no entry filled is not "no value" but failed when one
    /// of these may have been it: same user or none known, same SCID or none known, same stat or
    /// none known.
    pub unread: Vec<Unread>,
    /// How many more could not be read and are not listed, since [`MAX_UNREAD`] are. Anything may
    /// have been among them.
    pub unread_left_out: usize,
}

/// Most parts that a [`ReadReport`] lists, so that a hostile answer cannot fill the memory.
pub const MAX_UNREAD: usize = 20_000;

/// The longest SCID or name that an [`Unread`] repeats, in bytes: longer than any that is asked for.
/// One of megabytes could stand around thousands of parts.
const MAX_NAME: usize = 1024;

/// A part of an answer that could not be read, and as much as is known of what it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands, such as `users[37].scids`.
    pub path: String,
    /// What is wrong with it, such as `expected a list, found 7`.
    pub why: String,
    /// Whose it was.
    pub xuid: Option<Xuid>,
    /// Of which SCID.
    pub scid: Option<String>,
    /// Which stat.
    pub stat: Option<String>,
}

/// Why an answer could not be read to its end.
///
/// In the variants that hold a `read`, the entries that were visited before the end are as valid
/// as those of a whole answer; of everything else nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing but space.
    #[error("The answer is empty")]
    Empty,
    /// It is something other than JSON, an HTML page most likely.
    #[error("The answer is not JSON: it begins with `{begins}`")]
    NotJson {
        /// Its first characters.
        begins: String,
    },
    /// It is JSON, and none of the known forms of an answer with stats.
    #[error("The answer holds no stats: {found}")]
    NoStats {
        /// What it holds instead.
        found: String,
    },
    /// It ends in the middle.
    #[error("The answer is cut off after {} stats", read.entries)]
    CutOff {
        /// What was read before.
        read: Box<ReadReport>,
    },
    /// It stops being JSON in the middle.
    #[error("The answer is broken at byte {at}, after {} stats", read.entries)]
    Broken {
        /// The byte that cannot stand where it does, counted from 0.
        at: usize,
        /// What was read before.
        read: Box<ReadReport>,
    },
}

/// A place in an answer, as a chain of steps that lives on the stack: nothing is allocated for it
/// unless something there cannot be read.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step,
}

#[derive(Clone, Copy)]
enum Step {
    Root,
    Key(&'static str),
    Index(usize),
}

impl Place<'_> {
    pub(super) const ROOT: Place<'static> = Place { parent: None, step: Step::Root };

    pub(super) fn key(&self, key: &'static str) -> Place<'_> {
        Place { parent: Some(self), step: Step::Key(key) }
    }

    pub(super) fn index(&self, index: usize) -> Place<'_> {
        Place { parent: Some(self), step: Step::Index(index) }
    }
}

/// The path of the place, such as `users[37].scids`.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) if self.parent.is_none_or(|parent| matches!(parent.step, Step::Root)) => {
                f.write_str(key)
            }
            Step::Key(key) => write!(f, ".{key}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// What is known of the part of an answer that is being read.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'k> {
    pub(super) xuid: Option<Xuid>,
    pub(super) scid: Option<&'k str>,
    pub(super) stat: Option<&'k str>,
}

impl ReadReport {
    pub(super) fn add_unread(&mut self, place: &Place<'_>, known: Known<'_>, why: impl Into<String>) {
        if self.unread.len() == MAX_UNREAD {
            self.unread_left_out += 1;
            return;
        }
        // Too long to be told is the same as not known.
        let name = |name: Option<&str>| name.filter(|name| name.len() <= MAX_NAME).map(str::to_owned);
        self.unread.push(Unread {
            path: place.to_string(),
            why: why.into(),
            xuid: known.xuid,
            scid: name(known.scid),
            stat: name(known.stat),
        });
    }

    pub(super) fn add_user(&mut self, xuid: Xuid) {
        if self.users.last() != Some(&xuid) {
            self.users.push(xuid);
        }
    }

    pub(super) fn finish(mut self) -> Self {
        self.users.sort_unstable();
        self.users.dedup();
        self
    }
}
