//! The table in the window: that of the fetch under way, or the last one.

use std::sync::Arc;

use crate::{
    engine::{Event, FetchEnd, FetchId, LiveTable, Pause, Progress, Results},
    model::{Counts, ExchangeId, StatTable, UnixMillis},
};

/// Cells beyond which they are not counted anew with each piece that arrives.
const COUNTED_LIVE: usize = 200_000;

/// What the service answered so far.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    table: Arc<StatTable>,
    /// The table that was there when the fetch began.
    before: Option<Arc<StatTable>>,
    live: Option<LiveTable>,
    /// Start and end of the fetch that the table is of.
    times: Option<(UnixMillis, Option<UnixMillis>)>,
    revision: u64,
    rows_revision: u64,
    counts: Counts,
}

impl Answer {
    /// Shows what an earlier session left, or nothing.
    pub(crate) fn show(&mut self, results: Option<Results>) {
        self.live = None;
        self.before = None;
        let results = results.map(|results| (Arc::new(results.table), (results.started, results.ended)));
        let (table, times) = results.unzip();
        self.table = table.unwrap_or_default();
        self.times = times;
        self.rows_revision += 1;
        self.touch(true);
    }

    /// Shows the table of a fetch that begins.
    pub(crate) fn begin(&mut self, live: LiveTable) {
        let before = std::mem::replace(&mut self.table, live.table().clone());
        self.before = (!before.rows().is_empty()).then_some(before);
        self.live = Some(live);
        self.times = None;
        self.rows_revision += 1;
        self.touch(true);
    }

    /// Takes an event. Returns how the fetch ended, if this was its end.
    pub(crate) fn apply(&mut self, event: &Event) -> Option<FetchEnd> {
        let live = self.live.as_mut()?;
        // The window's own handle would make each change a copy of the whole table.
        self.table = Arc::default();
        let ours = live.apply(event);
        self.table = live.table().clone();
        if !ours {
            return None;
        }
        let ended = live.end().map(|(at, how)| (at, how.clone()));
        self.times = Some((live.started(), ended.as_ref().map(|(at, _)| *at)));
        self.touch(ended.is_some());
        ended.map(|(_, how)| how)
    }

    pub(crate) fn table(&self) -> &Arc<StatTable> {
        &self.table
    }

    /// The table of the fetch before, to tell what changed.
    pub(crate) fn before(&self) -> Option<&Arc<StatTable>> {
        self.before.as_ref()
    }

    /// Grows whenever the table changes.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever other players are asked for.
    pub(crate) fn rows_revision(&self) -> u64 {
        self.rows_revision
    }

    /// The fetch under way.
    pub(crate) fn fetching(&self) -> Option<FetchId> {
        self.live.as_ref().filter(|live| live.end().is_none()).map(LiveTable::id)
    }

    /// Why the fetch under way cannot go on.
    pub(crate) fn pause(&self) -> Option<&Pause> {
        self.live.as_ref().filter(|live| live.end().is_none()).and_then(LiveTable::pause)
    }

    /// The request that a cell of the table came from, where this session fetched it.
    pub(crate) fn exchange_of(&self, row: usize, column: usize) -> Option<ExchangeId> {
        self.live.as_ref()?.exchange_of(row, column)
    }

    /// How far the fetch under way is.
    pub(crate) fn progress(&self) -> Progress {
        self.live.as_ref().map(LiveTable::progress).unwrap_or_default()
    }

    /// What the answers held that nobody asked for, a sentence each.
    pub(crate) fn remarks(&self) -> &[String] {
        self.live.as_ref().map_or(&[], LiveTable::remarks)
    }

    /// When the fetch began and ended.
    pub(crate) fn times(&self) -> Option<(UnixMillis, Option<UnixMillis>)> {
        self.times
    }

    /// When the values were fetched.
    pub(crate) fn fetched_at(&self) -> Option<UnixMillis> {
        self.times.map(|(started, ended)| ended.unwrap_or(started))
    }

    /// How many cells are in which state. While a very large fetch runs, as it was at its start.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    fn touch(&mut self, count: bool) {
        self.revision += 1;
        if count || self.table.rows().len() * self.table.columns().len() <= COUNTED_LIVE {
            self.counts = self.table.counts();
        }
    }
}
