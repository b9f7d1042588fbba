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
//! colour = "orange"
//! shape = "square"
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
//!
//! [compare]
//! columns = [
//!     { player = "TigerShark", pinned = true, colour = "blue" },
//!     { of = "median", group = "Pros" },
//! ]
//! reference = { player = "TigerShark" }
//! ```
//!
//! Only a title's `scid` is required. What is absent is empty or off; `title_id` may be hexadecimal
//! text. A group's `colour` is `"blue"`, `"orange"`,
//! `"pink"`, `"green"`, `"yellow"`, `"second blue"`, `"second orange"` or `"grey"`, its `shape`
//! `"circle"`, `"triangle"`, `"square"`, `"diamond"`, `"triangle down"`, `"plus"`, `"cross"` or
//! `"hollow diamond"`; without them it has those of its place. Keys, kinds of charts, entries of lists
//! and comments that this version does not know stay in the file. There is nowhere in it to put a
//! secret.
//!
//! All that a `[[chart]]` may hold, where `{ … }` is a column: `{ scid = "…", stat = "…" }`, or
//! `{ derived = "…" }` for a formula:
//!
//! ```toml
//! kind = "scatter"
//! stats = [{ … }]
//! x = { … }
//! y = { … }
//! size = { … }
//! colour = "group"
//! x_scale = "log"
//! y_scale = "symlog"
//! scale = "share_of_greatest"
//! bars = "stacked"
//! distribution = "density"
//! boxes = "violin_per_stat"
//! correlation = "by_ranks"
//! trend = false
//! margins = true
//! labels = false
//! heat_order = "by_similarity"
//! split = "title"
//! ```
//!
//! `kind` is also `"bars"`, `"distribution"`, `"box"`, `"radar"`, `"heat_map"`, `"correlation"`,
//! `"parallel"` or `"over_time"`; without it the kind follows what is selected. `colour` is also
//! `"nothing"` or a column; a scale of an axis also `"linear"`; `scale` also `"value"`; `bars` also
//! `"grouped"` or `"ranked"`; `distribution` also `"histogram"` or `"cumulative"`; `boxes` also
//! `"box_per_group"`, `"box_per_stat"` or `"violin_per_group"`; `correlation` also `"by_numbers"`;
//! `heat_order` also `"as_in_the_grid"`; `split` also `"stat"`, `"group"` or `"nothing"`.
//!
//! All that `[view]` may hold:
//!
//! ```toml
//! sort = [{ by = "group" }, { by = { … }, of = "change", descending = true }, { by = "player" }]
//! filters = [
//!     { on = "player", test = "contains", text = "shark" },
//!     { on = "groups", held_by = "any", groups = ["Pros"] },
//!     { on = { … }, test = ">=", value = 10 },
//!     { on = { … }, test = "between", from = 0.5, to = 2 },
//!     { on = { … }, test = "one_of", texts = ["Ranked"] },
//!     { on = { … }, test = "top", count = 10 },
//! ]
//! normalise = { per = { … }, times = 60 }
//! reference = { percentile = 90, group = "Pros" }
//! grouping = { by = "player_group", subtotal = "mean", collapsed = ["Casual"], rest_collapsed = true }
//! layout = "transposed"
//! column_order = [{ … }]
//! frozen = 1
//! columns = [{ column = { … }, hidden = true, width = 90, rank = "greatest_first", percentile = true }]
//! row_numbers = true
//! summary = ["count", "missing", "sum", "mean", "median", "p10", "p90", "min", "max", "deviation"]
//! heat_map = true
//! heat_scope = "row"
//! diverging = true
//! bars = true
//! rules = [{ on = { … }, test = "<", value = 0, colour = "warning" }]
//! derived = [{ name = "K/D", formula = "Kills / Deaths" }]
//! ```
//!
//! A single key of `sort` may stand without a list; `of` is `"size"` or `"change"`; `held_by` is
//! `"any"`, `"all"`, `"one"` or `"none"`. A `test` is a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`),
//! one of the above, `"bottom"`, `"outlier"`, `"missing"`, `"failed"`, `"has_value"`, or for texts
//! `"contains"`, `"equals"`, `"starts_with"`, `"matches"`. `normalise` is also `"raw"`,
//! `"difference"`, `"ratio"`, `"share_of_greatest"`, `"z_score"` or `"percentile"`; a `reference` is
//! also `{ of = "median" }`, `{ of = "mean" }` or `{ player = "…" }`; `layout` also `"wide"` or
//! `"long"`; `heat_scope` also `"column"` or `"title"`. Integers beyond 64 bits are texts.
//!
//! `[compare]` holds who stands side by side on the Compare screen: up to eight `columns`, each a
//! reference as in `[view]`, `pinned` or not, with a `colour` of its own as a group may have. The others
//! are held against its `reference`; without one, against that of the view. `beside` is `"difference"`,
//! `"z_score"`, `"percentile"`, `"ratio"` or `"nothing"`; `profile` lists the columns of the radar.

mod arrays;
mod charts;
mod compare_values;
mod read;
mod read_compare;
mod read_view;
mod tables;
mod view_values;
mod write;
mod write_compare;
mod write_view;

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
