//! Files and texts in and out: query files, stat dictionaries, pasted lists of players and stats,
//! tables as CSV, TSV, JSON, Markdown or plain text, and requests as HAR, as cURL and as lines to
//! look at.
//!
//! Readers take whatever people have and say what they made of it; writers stream a [`Sheet`] to
//! any [`Write`](std::io::Write). Only `query_file`, `dictionary` and `replace` touch the disk, nothing in here
//! asks a service, and no token ever passes through. Start with [`query_file`] for what is kept,
//! [`player_list`] for what is pasted, [`Sheet`] for what is written.

pub mod cells;
pub mod chat;
pub mod curl;
pub mod delimited;
pub mod dictionary;
mod disk;
mod guard;
pub mod har;
pub mod json;
mod lines;
pub mod markdown;
pub mod player_list;
pub mod pretty;
pub mod query_file;
mod replace;
mod rows;
mod sheet;
pub mod stat_list;
pub mod text;
pub mod title_input;
mod toml;

pub use replace::{Replacement, replace};
pub use sheet::Sheet;
