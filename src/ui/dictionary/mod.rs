//! What is known of stats, in the window: the team's file, what the service says, and the panel in
//! which both are seen and the team's word is changed.
//!
//! The team's dictionary belongs to no query, yet its changes are undone like those of one: it is
//! held by the [`Document`](super::document::Document), and what changes there is written into the
//! file stat by stat, over what stands in it by then. A file that cannot be read is never written.
//! Nothing in here decides what a word means: `model::StatDictionary` and `formats::dictionary` do.
//!
//! Start with `state.rs` (file and words), then `panel.rs`; `disk.rs` is what runs beside the window.

mod act;
mod choices;
mod disk;
mod draft;
mod form;
mod panel;
mod state;
mod stats;

pub(crate) use disk::{Change, DictionaryDone, change as change_file, open_folder, read as read_file};
pub(crate) use panel::{DictionaryInput, DictionaryPanel, dictionary_panel_ui};
pub(crate) use state::Dictionary;
