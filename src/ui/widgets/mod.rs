//! Small things that every screen is made of: chips, buttons, headings, cut-off text, the grid,
//! the bars and the radar.
//!
//! A widget takes what it shows and returns what was done with it. It knows no query, no engine
//! and no screen, and it changes nothing but its own state. Start with `buttons.rs` for the
//! small ones and `grid/mod.rs` for the large one.

mod buttons;
mod chip;
pub(crate) mod grid;
mod marked;
mod portrait;
pub(crate) mod radar;
mod search;
mod share;
mod spoken;
mod text;
pub(crate) mod waterfall;

pub(crate) use buttons::{icon_button, link_button, primary_button, square_button};
pub(crate) use chip::{Chip, action_chip, chip_button, chip_toggle};
pub(crate) use marked::{group_button, group_radio};
pub(crate) use portrait::paint_portrait;
pub(crate) use search::{Search, found, search_ui};
pub(crate) use share::Share;
pub(crate) use spoken::{describe_groups, describe_member, spoken};
pub(crate) use text::{
    FontsSeen, elided, elided_label, muted_label, player_name_job, row_ui, section_header,
};
