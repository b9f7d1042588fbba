//! The window.
//!
//! It shows what the engine reports and sends it what the user asks for. It owns its state as plain
//! fields and nothing in a frame waits: no file, no lock, no network. Panels take what they show and
//! return [`actions::Action`]s; `act.rs` does them, `app.rs` applies the engine's events, and no
//! other file changes the state. What is said of the Xbox services is not decided here.
//!
//! Start with `app.rs` (the state), then `frame.rs` (where everything stands), then the part in
//! question: `query_panel`, `explore` (with `charts`), `compare`, `inspector`, `picture`, `top_bar`, `status_bar`. `theme`
//! and `widgets` are what they are made of; `run.rs` opens the real window.

mod act;
mod actions;
mod answer;
mod app;
mod background;
mod browse;
mod budget_chip;
mod charts;
mod clock;
pub mod compare;
mod dictionary;
mod document;
mod drafts;
pub mod explore;
mod faults_panel;
mod fetching;
mod file_jobs;
mod file_name;
mod file_popup;
mod files;
mod folding;
mod forecasts;
mod formula;
mod frame;
mod from_compare;
mod from_requests;
mod history;
mod inspector;
mod keys;
mod notices;
mod options;
mod origin;
mod picture;
mod player_groups;
mod player_search;
mod query_menu;
mod query_panel;
pub mod requests;
mod roster;
mod run;
mod said;
mod screen;
mod screenshot;
mod secret_field;
mod services;
mod serving;
mod settings;
mod spot;
mod status_bar;
pub mod theme;
mod token_panel;
mod top_bar;
mod traffic;
mod waits;
mod widgets;

pub use app::{App, AppConfig, StartService};
pub use options::{Screenshot, Theme, WindowError, WindowOptions};
pub use run::run;
pub use screen::Screen;
