//! Players of a table, found by some of their name.

use std::sync::Arc;

use egui::Context;

use super::background::Background;
use crate::model::{RowState, StatTable};

/// More players than these are searched beside the window.
const INLINE_PLAYERS: usize = 20_000;

/// What was found last, kept while table and text stay.
#[derive(Debug, Default)]
pub(crate) struct PlayerSearch {
    found: Option<((u64, String), Vec<u32>)>,
    job: Background<(u64, String), Vec<u32>>,
}

impl PlayerSearch {
    /// More players than these are not listed: more of the name finds the others.
    pub(crate) const MOST_LISTED: usize = 50;

    /// Finds players by what is typed, unless that was done. `revision` is another number whenever
    /// anything in the table changed.
    pub(crate) fn find(&mut self, ctx: &Context, table: &Arc<StatTable>, revision: u64, typed: &str) {
        let key = (revision, typed.trim().to_lowercase());
        if self.found.as_ref().is_some_and(|(of, _)| *of == key) {
            return;
        }
        if table.rows().len() <= INLINE_PLAYERS {
            let found = players_named(table, &key.1);
            self.found = Some((key, found));
            return;
        }
        let (table, wanted) = (table.clone(), key.1.clone());
        self.job.request(ctx, key.clone(), move || players_named(&table, &wanted));
        if let Some(found) = self.job.take(&key) {
            self.found = Some((key, found));
        }
    }

    /// The rows of the table, one more than are listed where there are more.
    pub(crate) fn found(&self) -> &[u32] {
        self.found.as_ref().map(|(_, found)| found.as_slice()).unwrap_or_default()
    }

    /// Whether a search is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.job.is_busy()
    }
}

/// The first rows whose names hold a text.
fn players_named(table: &StatTable, wanted: &str) -> Vec<u32> {
    let rows = (0u32..).zip(table.rows());
    rows.filter(|(_, row)| {
        !matches!(row.state, RowState::DuplicateOf(_)) && row.shown_name().to_lowercase().contains(wanted)
    })
    .map(|(place, _)| place)
    .take(PlayerSearch::MOST_LISTED + 1)
    .collect()
}
