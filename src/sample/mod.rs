//! The sample service: a real HTTP server on loopback that answers like the Xbox services, with
//! invented players and titles. It serves the first start, demonstrations and tests.
//!
//! Everything it says follows from a seed and from the play sessions that were simulated: nothing
//! here reads the clock, the disk or real chance, and nothing listens beyond this machine. No
//! other room's code is used for its answers, so that it can prove our readers wrong.
//!
//! Start with `service` (the server), then `routes` (what it answers), then `world` (what it
//! knows): `players`, `cast` and `names` say who there is, `titles` what is measured, `values` what
//! was reached and `session` how that moves.

mod cast;
mod chance;
mod first_query;
mod names;
mod players;
mod routes;
mod service;
mod session;
mod titles;
mod values;
mod world;

pub use self::{
    first_query::first_query,
    service::{SampleError, SampleService},
    session::PlaySession,
    titles::catalogue,
};

/// The token that Statlens sends to the sample service. The service takes any that is well-formed.
pub const TOKEN: &str = "XBL3.0 x=-;sample.service.token.no.secret";

/// The seed of the world that people see unless they ask for another. With this one the players of
/// the first query lie within two orders of magnitude, so that charts show all of them.
pub const SEED: u64 = 1171;
