//! The service client against servers that behave, misbehave and attack, all on loopback.

mod asked;
mod capture;
mod failures;
mod hostile;
mod server;
