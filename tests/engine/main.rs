//! The engine against the sample service and against servers that misbehave.

mod desk;
mod every_cell;
mod hostile;
mod keyring;
mod look_ups;
mod sample_data;
mod session;
#[path = "../support/mod.rs"]
mod support;
