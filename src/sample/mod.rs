//! The sample service: a real HTTP server on loopback that answers like the Xbox services, with
//! invented players and titles. It serves the first start, demonstrations and tests.
//!
//! Everything it says follows from a seed, from the play sessions that were simulated and from the
//! faults that are on: nothing here reads the disk or real chance, only rate limits and faults that
//! take time ask the clock, and nothing listens beyond this machine. No other room's code is used
//! for its answers, so that it can prove our readers wrong.
//!
//! Start with `service` (the server), then `routes` (what it answers), then `world` (what it
//! knows): `players`, `cast` and `names` say who there is, `titles` what is measured, `values` what
//! was reached, `session` how that moves and `truth` how to measure answers by it. `faults` says
//! what can go wrong, `limits` counts requests, `desk` holds both while they change, `connection`
//! lets a route cut the line.

mod cast;
mod chance;
mod connection;
mod desk;
mod dictionary;
mod faults;
mod first_query;
mod limits;
mod names;
mod players;
mod routes;
mod service;
mod session;
mod titles;
mod truth;
mod values;
mod world;

pub use self::{
    dictionary::dictionary,
    faults::{Fault, FaultGroup, FaultKind, Faults, FaultsError, ParameterError},
    first_query::first_query,
    limits::{ApiCounts, SampleCounts, SampleLimits, UnknownLimits},
    service::{SampleError, SampleOptions, SampleService},
    session::PlaySession,
    titles::catalogue,
    truth::{TrueKind, TrueValue, Truth},
};

/// The token that Statlens sends to the sample service. The service takes any that is well-formed.
pub const TOKEN: &str = "XBL3.0 x=-;sample.service.token.no.secret";

/// The seed of the world that people see unless they ask for another. With this one the players of
/// the first query lie within two orders of magnitude, so that charts show all of them.
pub const SEED: u64 = 1171;
