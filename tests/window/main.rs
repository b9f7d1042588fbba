//! The window, driven by accessible names, with the real engine and the real sample service.

mod chart_pictures;
mod compare;
mod copied;
mod desk;
mod dictionary;
mod faults;
mod files;
mod first_use;
mod going_on;
mod groups;
mod layout;
mod look_ups;
mod parts;
mod pauses;
mod pictures;
mod screens;
mod secrecy;
mod selection;
mod services;
mod session;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "other tests ask more of the server")]
mod support;
mod tokens;
mod undo;
