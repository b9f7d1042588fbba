//! The Compare screen: two to eight players, groups or figures of all, side by side.
//!
//! It reads the view of Explore, so that filter, normalisation, groups and formats are the same, and
//! changes neither query nor table: what the user did comes back as [`CompareAction`]s. Start with
//! [`compare_ui`]. `fill.rs` works a view out to a [`sheet::Sheet`], plain data that holds all that is
//! drawn and copied; `table.rs`, `header.rs` and `side.rs` show it, `paint.rs` and `picture.rs` draw it
//! without the window, `copy.rs` writes it for a chat.

mod add;
mod choices;
mod copy;
mod differ;
mod empty;
mod fill;
mod header;
mod keys;
mod lanes;
mod paint;
mod picture;
mod profile;
mod sheet;
mod side;
mod state;
mod table;
mod toolbar;
mod words;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

pub use picture::ComparePicture;
pub use state::CompareScreen;

use super::{
    explore::{Explore, ExploreAction, ExploreInput},
    theme::{BAR_HEIGHT, palette},
    widgets::grid::words::{explained, player},
};
use crate::{
    analysis::view::Origin,
    model::{Better, Compare, PlayerRef, StatTable},
};
use fill::Made;
use table::{Asked, Explain};

/// What the user did on the Compare screen that others must act on.
#[derive(Clone, Debug, PartialEq)]
pub enum CompareAction {
    /// Compare so.
    Set(Box<Compare>),
    /// Compare these players, beside those that are pinned.
    Compare(Vec<PlayerRef>),
    /// It was not done, for this reason.
    Refused(String),
    /// Put the text on the clipboard, and say what was copied.
    Copy {
        /// The text.
        text: String,
        /// Such as "Copied 9 stats of 5 columns as Markdown".
        what: String,
    },
    /// Save or copy it as a picture.
    Picture,
    /// Show the player in this row of the table in Explore.
    Show(u32),
    /// The same that Explore asks for.
    Explore(ExploreAction),
}

impl CompareAction {
    fn set(compare: Compare) -> Self {
        Self::Set(Box::new(compare))
    }
}

/// Width from which there is room for the profile beside the table, in points.
const LEAST_FOR_SIDE: f32 = 720.0;
/// How much of the width what stands beside the table takes at first, within these bounds.
const SIDE_SHARE: f32 = 0.285;
const SIDE: std::ops::RangeInclusive<f32> = 240.0..=640.0;
const MOST_SIDE: f32 = 470.0;
/// How thick scroll bars are while the pointer is elsewhere, in points.
const BAR_AT_REST: f32 = 4.0;

/// Shows the screen in all the room that there is. `folded` leaves out what stands beside the table.
pub fn compare_ui(
    ui: &mut Ui,
    state: &mut CompareScreen,
    explore: &mut Explore,
    input: &ExploreInput<'_>,
    folded: bool,
) -> Vec<CompareAction> {
    let mut actions = Vec::new();
    explore.refresh(ui.ctx(), input);
    // While the view of a new table is being worked out, all that is on screen is of the old one.
    let table = explore.view().map_or_else(|| input.table.clone(), |view| view.table().clone());
    let input = &ExploreInput { table: &table, ..*input };
    state.refresh(ui.ctx(), explore, input);
    let colors = palette(ui);
    let room = ui.available_width();
    let compares = state.sheet().is_some_and(|sheet| !sheet.heads.is_empty() && !sheet.lines.is_empty());
    let made = state.made().filter(|_| compares).cloned();
    if let Some(made) = made.as_ref().filter(|_| !folded && room >= LEAST_FOR_SIDE) {
        Panel::right("compare side")
            .resizable(true)
            .default_size((room * SIDE_SHARE).min(MOST_SIDE).round())
            .size_range(*SIDE.start()..=SIDE.end().min(room * 0.5))
            .frame(Frame::new().fill(colors.panel))
            .show(ui, |ui| side::side_ui(ui, state, &input.query.compare, made, &mut actions));
    }
    let frame = Frame::new().fill(colors.window);
    Panel::top("compare toolbar")
        .exact_size(BAR_HEIGHT)
        .resizable(false)
        .frame(frame.inner_margin(Margin::symmetric(10, 0)))
        .show(ui, |ui| toolbar::toolbar_ui(ui, state, explore, input, &mut actions));
    CentralPanel::default().frame(frame).show(ui, |ui| match &made {
        Some(made) => compared_ui(ui, state, made, &input.query.compare, &mut actions),
        None => empty::empty_ui(ui, explore, input, state.is_busy(), &mut actions),
    });
    actions
}

/// The table, and what was asked of its columns.
fn compared_ui(
    ui: &mut Ui,
    state: &mut CompareScreen,
    made: &Made,
    compare: &Compare,
    actions: &mut Vec<CompareAction>,
) {
    let explain = Explain {
        head: &|column| made.explained_head(column),
        cell: &|line, column| made.explained(line, column),
        stat: &|line| made.explained_stat(line),
    };
    let hovered = state.table.hovered.take();
    let asked = table::table_ui(ui, &mut state.table, &made.sheet, &explain);
    if state.table.hovered != hovered {
        ui.request_repaint();
    }
    // The sheet may be of an earlier comparison while a new one is worked out.
    if compare.contestants.len() != made.sheet.heads.len() {
        return;
    }
    for asked in asked {
        if let Some((compare, cursor)) = done(compare, asked) {
            state.table.cursor = cursor;
            state.table.reveal = true;
            actions.push(CompareAction::set(compare));
        } else if let Asked::Show(column) = asked {
            actions.extend(made.compared.rows[column].map(CompareAction::Show));
        }
    }
}

/// The comparison after something was asked of a column, and the column that has the keyboard then.
fn done(compare: &Compare, asked: Asked) -> Option<(Compare, Option<usize>)> {
    let mut next = compare.clone();
    let cursor = match asked {
        Asked::Move(from, to) => Some(next.shift(from, to)),
        Asked::Pin(column) => {
            let is_pinned = next.contestants.get(column)?.pinned;
            Some(next.pin(column, !is_pinned))
        }
        Asked::Drop(column) => {
            next.remove(column);
            next.contestants.len().checked_sub(1).map(|last| column.min(last))
        }
        Asked::Refer(column) => {
            next.reference = Some(next.contestants.get(column)?.who.clone());
            Some(column)
        }
        Asked::Show(_) => return None,
    };
    (next != *compare || matches!(asked, Asked::Move(..))).then_some((next, cursor))
}

impl Made {
    /// A head on hover.
    fn explained_head(&self, column: usize) -> String {
        let head = &self.sheet.heads[column];
        match self.compared.rows[column].and_then(|row| self.view.table().rows().get(row as usize)) {
            Some(row) => player(row),
            None if head.colour.is_some() => format!("{}\n{}", head.name, head.notes.join(", ")),
            None => format!("{}\nOf the players who have a number. It is never the best.", head.name),
        }
    }

    /// A cell on hover: as sent, against the reference, among the players shown.
    fn explained(&self, line: usize, column: usize) -> String {
        let (Some(head), Some(compared)) = (self.sheet.heads.get(column), self.compared.lines.get(line))
        else {
            return String::new();
        };
        let Some(look) = self.looks.column(compared.column) else { return String::new() };
        let entry = &compared.entries[column];
        let mut lines = vec![format!("{} of {}", look.name, head.name)];
        if let (Some(row), Origin::Stat(at)) =
            (self.compared.rows[column], self.view.columns()[compared.column].origin)
        {
            lines.push(explained(&self.view.table().cell(row as usize, at)));
        }
        if let Some(difference) = entry.difference {
            let ratio = entry.ratio.map(|ratio| format!(", {ratio:.2} times")).unwrap_or_default();
            lines.push(format!("{} from {}{ratio}", look.apart(difference), self.sheet.says.reference));
        }
        let standing = entry.percentile.map(|percentile| fill::standing(percentile, compared.better));
        if let Some((score, standing)) = entry.z_score.map(fill::score).zip(standing) {
            let among = &self.sheet.says.among;
            lines.push(format!("z-score {score}, {standing} among {among}"));
        }
        lines.join("\n")
    }

    /// The name of a stat on hover.
    fn explained_stat(&self, line: usize) -> String {
        let Some(compared) = self.compared.lines.get(line) else { return String::new() };
        let Some(look) = self.looks.column(compared.column) else { return String::new() };
        let better = match compared.better {
            Better::Higher => "More is better",
            Better::Lower => "Less is better",
            Better::Neither => "Neither more nor less is better, so no best is marked",
        };
        let raw = look.raw.as_ref().map(|raw| format!("On the wire: {raw}"));
        let said = Some(look.description.clone()).filter(|said| !said.is_empty());
        let title = Some(look.title.clone()).filter(|title| !title.is_empty());
        let first = Some(look.name.clone());
        [first, title, said, raw, Some(format!("{better}."))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Has what is scrolled tell by its bar that there is more, wherever the pointer is: what fades out at
/// the edges reads badly.
fn shows_more(ui: &mut Ui) {
    let scroll = &mut ui.spacing_mut().scroll;
    scroll.fade.strength = 0.0;
    scroll.floating_width = BAR_AT_REST;
    scroll.dormant_handle_opacity = 0.5;
}

/// The players of some rows that stand beside each other, to be compared.
pub(crate) fn players_at(table: &Arc<StatTable>, rows: &[u32]) -> Vec<PlayerRef> {
    rows.iter().filter_map(|row| table.rows().get(*row as usize)).map(|row| row.asked.clone()).collect()
}
