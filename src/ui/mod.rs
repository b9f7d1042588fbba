//! The window.

mod background;
pub mod explore;
mod inspector;
pub mod theme;
mod widgets;
