//! The editor of formulas: a name, a text with its names completed while it is typed, what is wrong
//! with it marked under the character, and what it comes to for the first players.
//!
//! It changes nothing but its own state: what is done comes back as other [`ViewSettings`]. What a
//! formula means is decided in `analysis::formula`. Start with `editor.rs`; `typing.rs` is the field
//! and what is offered below it, `check.rs` what is found out while it is typed, `columns.rs` what a
//! new name or a removed column changes in a view.
//!
//! [`ViewSettings`]: crate::model::ViewSettings

mod check;
mod columns;
mod editor;
mod typing;

pub(crate) use editor::{EditorInput, FormulaEditor, formula_editor_ui};
