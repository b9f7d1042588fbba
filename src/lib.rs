//! Statlens: a desktop explorer for Xbox Live player statistics.
//!
//! The library holds everything; the binary only calls [`cli::main`]. `ARCHITECTURE.md` tells
//! which room holds what and who may use whom; `tests/architecture.rs` holds them to it.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod cli;
pub mod clock;
pub mod engine;
pub mod formats;
pub mod model;
pub mod sample;
pub mod store;
pub mod ui;
pub mod vault;
pub mod xbox;
