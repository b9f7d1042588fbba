//! Query files: plain TOML, fit for version control.
//!
//! ```toml
//! format = 1
//! name = "Ranked night"
//!
//! players = [
//!     "TigerShark",
//!     "Dragon#1652",
//!     "2533274792693551",
//! ]
//!
//! [[group]]
//! name = "Pros"
//! players = [
//!     "TigerShark",
//! ]
//!
//! [[title]]
//! name = "Iron Meridian"
//! scid = "7492baca-c1b4-440d-a391-b7ef364a8d40"
//! title_id = 1717113201
//! stats = [
//!     "Kills",
//!     "Deaths",
//! ]
//!
//! [view]
//! sort = { by = { scid = "7492baca-c1b4-440d-a391-b7ef364a8d40", stat = "Kills" }, descending = true }
//! heat_map = true
//!
//! [[chart]]
//! kind = "bars"
//! stats = [
//!     { scid = "7492baca-c1b4-440d-a391-b7ef364a8d40", stat = "Kills" },
//! ]
//! scale = "share_of_greatest"
//! ```
//!
//! Only a title's `scid` is required. What is absent is empty or off; `sort.by` may be `"player"`;
//! `scale` is `"value"` or `"share_of_greatest"`; `title_id` may be hexadecimal text. Keys, kinds
//! of charts and comments that this version does not know stay in the file. There is nowhere in
//! it to put a secret.

mod arrays;
mod read;
mod tables;
mod write;

pub use super::{
    disk::{FileError, save},
    toml::ReadError as QueryFileError,
};
pub use read::parse;
pub use write::write;

use std::path::Path;

use super::disk;
use crate::model::Query;

/// The `format` of files that this version writes.
const FORMAT: i64 = 1;

/// What a query file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryFile {
    /// The query.
    pub query: Query,
    /// What was passed over and why: a sentence each, with its line.
    pub warnings: Vec<String>,
}

/// A query file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its text, to compare with and to write changes into.
    pub text: String,
    /// What it holds.
    pub file: QueryFile,
}

/// Opens a query file. Waits for the disk.
///
/// # Errors
/// When it cannot be read or holds no query.
pub fn load(path: &Path) -> Result<Opened, FileError> {
    disk::load(path, parse).map(|(text, file)| Opened { text, file })
}
