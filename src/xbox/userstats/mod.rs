//! `userstats.xboxlive.com`: the body of a batch request, and the reader of answers.
//!
//! The reader is written by hand over the bytes of the answer. It borrows every text, so that
//! reading costs a fraction of building a tree; it treats each part of the answer on its own, so
//! that a broken one loses only itself; and it judges nothing: joining entries onto what was asked
//! is the engine's work. Start with [`read_answer`]; `report` is what it gives back, `request` the way
//! out.

mod answer;
mod report;
mod request;
mod stat;

pub use answer::read_answer;
pub use report::{MAX_UNREAD, ReadError, ReadReport, StatEntry, Unread};
pub use request::BatchRequest;
