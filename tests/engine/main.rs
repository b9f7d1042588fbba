//! The engine against the sample service and against servers that misbehave.

mod desk;
mod every_cell;
mod hostile;
#[path = "../support/jump_clock.rs"]
mod jump_clock;
mod keyring;
mod limits;
mod look_ups;
mod nothing_lost;
mod pauses;
mod refusals;
mod reuse;
mod sample_data;
mod session;
mod stage;
#[path = "../support/mod.rs"]
mod support;
