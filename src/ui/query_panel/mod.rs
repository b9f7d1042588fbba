//! The panel at the left: whom and what to ask for, what that costs, and the button that does it.
//!
//! Nothing in here changes the query: each part shows it and returns [`Action`]s. What is kept here
//! is what is being typed, selected or unfolded. Start with [`query_panel_ui`], then `players.rs`
//! and `titles.rs`.

mod fetch;
mod group_look;
mod groups;
mod line;
mod plan;
mod players;
mod title_form;
mod titles;
mod tree;

use std::sync::Arc;

use egui::{Frame, Margin, Panel, Response, Ui};

pub(crate) use players::{PlayersPanel, box_id};
use titles::TitlesPanel;

use super::{
    actions::Action,
    roster::{Roster, Tally},
    theme,
    traffic::Traffic,
    waits::Waiting,
    widgets::Share,
};
use crate::{
    engine::{Pause, Progress},
    model::{Catalogue, Query, StatDictionary, StatTable, UnixMillis},
};

/// The name under which the width of the panel is kept.
pub(crate) const PANEL: &str = "query panel";

const PLAYERS_PANEL: &str = "players";
/// Least heights of the two lists, small enough for a low window at a high zoom.
const LEAST_PLAYERS: f32 = 112.0;
const LEAST_TITLES: f32 = 112.0;
/// Height of cost and button, before they were first laid out.
const COST_HEIGHT: f32 = 98.0;

/// What the panel shows.
pub(crate) struct QueryPanelInput<'a> {
    pub(crate) query: &'a Query,
    pub(crate) query_revision: u64,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) catalogue_revision: u64,
    pub(crate) dictionary: &'a Arc<StatDictionary>,
    pub(crate) table: &'a StatTable,
    pub(crate) roster: &'a Roster,
    pub(crate) tally: Tally,
    /// How far the fetch under way is.
    pub(crate) fetching: Option<Progress>,
    /// Why it cannot go on, and what it waits for.
    pub(crate) pause: Option<&'a Pause>,
    pub(crate) waiting: Option<&'a Waiting>,
    pub(crate) now: UnixMillis,
    /// What fetches would cost, and how fast requests are answered.
    pub(crate) traffic: &'a Traffic,
    /// How many of the values that are shown failed.
    pub(crate) failed: usize,
    /// The rows of the table that are selected in the grid.
    pub(crate) selected_rows: &'a [u32],
}

/// What is being typed, selected or unfolded.
#[derive(Default)]
pub(crate) struct QueryPanel {
    pub(crate) players: PlayersPanel,
    titles: TitlesPanel,
    /// How the height is shared between players and titles.
    share: Share,
}

/// The whole panel.
pub(crate) fn query_panel_ui(
    ui: &mut Ui,
    state: &mut QueryPanel,
    input: &QueryPanelInput<'_>,
    actions: &mut Vec<Action>,
) {
    let part = Frame::new().fill(theme::palette(ui).panel).inner_margin(Margin::symmetric(12, 10));
    let room = ui.available_height();
    Panel::bottom("cost")
        .resizable(false)
        .default_size(COST_HEIGHT)
        .frame(part)
        .show(ui, |ui| fetch::fetch_ui(ui, input, actions));
    let height = ui.available_height();
    state.share.before(ui, PLAYERS_PANEL, room);
    let players = Panel::top(PLAYERS_PANEL)
        .resizable(true)
        .default_size(height * 0.34)
        .size_range(LEAST_PLAYERS..=(height - LEAST_TITLES).max(LEAST_PLAYERS + 1.0))
        .frame(part)
        .show(ui, |ui| {
            // A panel is as high as what is in it: without this it would shrink with the list.
            ui.set_min_height(ui.available_height());
            players::players_ui(ui, &mut state.players, input, actions);
        });
    state.share.after(room, players.response.rect.height());
    part.show(ui, |ui| titles::titles_ui(ui, &mut state.titles, input, actions));
}

/// Says something when the pointer rests on a line, put into words only then.
fn explain(response: Response, words: impl FnOnce() -> String) -> Response {
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(words());
    })
}
