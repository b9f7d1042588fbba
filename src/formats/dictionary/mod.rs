//! Stat dictionaries: plain TOML that a team keeps in version control.
//!
//! ```toml
//! format = 1
//!
//! [titles."7492baca-c1b4-440d-a391-b7ef364a8d40"]
//! name = "Iron Meridian"
//!
//! [titles."7492baca-c1b4-440d-a391-b7ef364a8d40".stats.Kills]
//! name = "Kills"
//! description = "Opponents defeated, bots among them"
//! better = "higher"
//! min = 0
//! only_grows = true
//! largest_change = 200
//!
//! [titles."7492baca-c1b4-440d-a391-b7ef364a8d40".stats."BestLap.Track.04"]
//! name = "Best lap, Harbour Loop"
//! unit = "s"
//! format = "duration(seconds)"
//! better = "lower"
//! ```
//!
//! A title's key is its SCID, whose case matters. What is absent is not said, and then what the
//! service tells holds. `format` is one of those of [`ValueFormat`](crate::model::ValueFormat);
//! `better` is `higher`, `lower` or `neither`; `ignore_in_checks` and `order` (a whole number)
//! exist too. Numbers beyond 64 bits stand in quotes. Keys and comments that this version does not
//! know stay in the file.

mod read;
mod write;

pub use super::{
    disk::{FileError, save},
    toml::ReadError as DictionaryError,
};
pub use read::parse;
pub use write::write;

use std::path::Path;

use super::disk;
use crate::model::StatDictionary;

/// The `format` of files that this version writes.
const FORMAT: i64 = 1;

/// The keys of a stat, in the order in which they are written.
const STAT_KEYS: [&str; 11] = [
    "name",
    "description",
    "unit",
    "format",
    "better",
    "min",
    "max",
    "only_grows",
    "largest_change",
    "ignore_in_checks",
    "order",
];

/// What a dictionary file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DictionaryFile {
    /// The dictionary. Titles and stats of which nothing is said are left out.
    pub dictionary: StatDictionary,
    /// What was passed over or looks like a mistake: a sentence each, with its line.
    pub warnings: Vec<String>,
}

/// A dictionary file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedDictionary {
    /// Its text, to compare with and to write changes into.
    pub text: String,
    /// What it holds.
    pub file: DictionaryFile,
}

/// Opens a dictionary file. Waits for the disk.
///
/// # Errors
/// When it cannot be read or holds no dictionary.
pub fn load(path: &Path) -> Result<OpenedDictionary, FileError> {
    disk::load(path, parse).map(|(text, file)| OpenedDictionary { text, file })
}
