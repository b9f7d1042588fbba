//! The engine: owns the tokio runtime, takes [`Command`]s and sends [`Event`]s.
//!
//! It plans a fetch, resolves names, reads values, joins them onto what was asked for, keeps the
//! token and writes what must survive. It never draws and never blocks its caller. Start with
//! `messages`.

mod messages;

pub use messages::{
    Command, Draft, Event, FetchEnd, FetchId, KeepToken, Progress, Restored, Results, Service, TokenInfo,
    TokenState,
};
