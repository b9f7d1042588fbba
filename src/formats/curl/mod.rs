//! Requests as cURL commands, out and in.
//!
//! [`write()`] gives a command for a POSIX shell, with `$XBL_TOKEN` where the token was. [`read()`] takes
//! what browsers copy ("Copy as cURL", for bash and for cmd), a body alone, or an address alone, and
//! gives the players and stats that it asks for. A token in what is pasted is not kept: what comes
//! out of here is ids and names of stats, and no message repeats any of the text.
//!
//! Start with `read`; `posix` and `windows` split a command into its words as either shell does,
//! `flags` picks address and body out of them, `body` and `address` say what those ask for.

mod address;
mod asked;
mod body;
mod commas;
mod flags;
mod posix;
mod read;
mod windows;
mod write;

pub use asked::Asked;
pub use read::read;
pub use write::write;

/// Why a pasted text fills no query, and what can be pasted instead. Never holds any of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurlError {
    /// Nothing but space.
    #[error("Nothing was pasted. {PASTE}")]
    Empty,
    /// Neither a command nor a body nor an address.
    #[error("This is no request. {PASTE}")]
    NotARequest,
    /// A token, which has a place of its own.
    #[error("This is a token, no request: give it to Statlens where it asks for one. {PASTE}")]
    Token,
    /// A quote that opens and does not close.
    #[error("A quote opens and does not close, so the end of the command is missing. Copy all of it")]
    OpenQuote,
    /// The body stands in a file.
    #[error("The body is in a file ({flag} @…), which is not read. Paste what the file holds")]
    BodyInFile {
        /// The flag that names it.
        flag: &'static str,
    },
    /// A body that is not JSON.
    #[error("The body is not JSON: it breaks in its line {line} at character {column}. Copy all of it")]
    BrokenJson {
        /// The line of the body, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// JSON, a command or an address that names no players and no stats.
    #[error("This request names no XUIDs and no stats. {PASTE}")]
    AsksNothing,
    /// Far larger than any request.
    #[error("The text is too long for a request: the limit is {} MB", MAX_BYTES / 1_000_000)]
    TooLong,
}

const PASTE: &str = "Paste a cURL command, the body of a request to userstats (`requestedusers`, `requestedscids`), \
     or its address";

/// The longest text that is taken apart. 100,000 players with many stats take 5 MB.
const MAX_BYTES: usize = 32_000_000;
