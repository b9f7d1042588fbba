//! The window.

mod background;
pub mod theme;
mod widgets;
