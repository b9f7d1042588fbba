use std::sync::Arc;

use super::{Event, FetchEnd, FetchId, Progress, Results};
use crate::model::{ColumnKey, Failure, PlayerRef, Remedy, StatTable, UnixMillis};

/// The table of one fetch while it fills: takes the engine's events in the order in which they
/// come and leaves those of other fetches alone. Once [`end`](Self::end) is there, no cell is pending.
#[derive(Clone, Debug)]
pub struct LiveTable {
    id: FetchId,
    table: Arc<StatTable>,
    started: UnixMillis,
    ended: Option<UnixMillis>,
    end: Option<FetchEnd>,
    progress: Progress,
    remarks: Vec<String>,
}

impl LiveTable {
    /// How many remarks are kept; a service that makes more has said enough.
    const MAX_REMARKS: usize = 200;

    /// The table of a fetch that is about to be sent as a command, every cell pending.
    #[must_use]
    pub fn new(id: FetchId, players: Vec<PlayerRef>, columns: Vec<ColumnKey>) -> Self {
        Self {
            id,
            table: Arc::new(StatTable::pending(players, columns)),
            started: UnixMillis::default(),
            ended: None,
            end: None,
            progress: Progress::default(),
            remarks: Vec::new(),
        }
    }

    /// Takes an event. Returns whether it was one of this fetch.
    pub fn apply(&mut self, event: &Event) -> bool {
        if self.end.is_some() || fetch_of(event) != Some(self.id) {
            return false;
        }
        match event {
            Event::FetchStarted { at, .. } => self.started = *at,
            Event::PlayerFound { row, player, .. } => self.edit().set_player(*row, player.clone()),
            Event::PlayerFailed { row, failure, .. } => self.edit().fail_player(*row, failure),
            Event::PlayerDuplicate { row, of, .. } => self.edit().set_duplicate(*row, *of),
            Event::Cells { block, .. } => self.edit().apply(block),
            Event::Progress { progress, .. } => self.progress = *progress,
            Event::Remark { text, .. } if self.remarks.len() < Self::MAX_REMARKS => {
                self.remarks.push(text.clone());
            }
            Event::FetchEnded { at, how, .. } => self.finish(*at, how),
            _ => {}
        }
        true
    }

    /// Whose events it takes.
    #[must_use]
    pub fn id(&self) -> FetchId {
        self.id
    }

    /// The table as it stands. Cheap to clone for work elsewhere: the next event then copies it.
    #[must_use]
    pub fn table(&self) -> &Arc<StatTable> {
        &self.table
    }

    /// When the fetch began.
    #[must_use]
    pub fn started(&self) -> UnixMillis {
        self.started
    }

    /// When and how the fetch ended; `None` while it runs.
    #[must_use]
    pub fn end(&self) -> Option<(UnixMillis, &FetchEnd)> {
        self.ended.zip(self.end.as_ref())
    }

    /// How far the fetch is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What the answers held that nobody asked for or that could not be read, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The results as they stand.
    #[must_use]
    pub fn results(&self) -> Results {
        Results { table: StatTable::clone(&self.table), started: self.started, ended: self.ended }
    }

    fn edit(&mut self) -> &mut StatTable {
        Arc::make_mut(&mut self.table)
    }

    fn finish(&mut self, at: UnixMillis, how: &FetchEnd) {
        let failure = match how {
            FetchEnd::NoToken(failure) | FetchEnd::NoService(failure) => failure.clone(),
            FetchEnd::Cancelled => cancelled(),
            FetchEnd::Done => unfinished(),
        };
        self.edit().fail_pending(&failure);
        self.ended = Some(at);
        self.end = Some(how.clone());
    }
}

/// The fetch that an event belongs to.
fn fetch_of(event: &Event) -> Option<FetchId> {
    match event {
        Event::FetchStarted { id, .. }
        | Event::PlayerFound { id, .. }
        | Event::PlayerFailed { id, .. }
        | Event::PlayerDuplicate { id, .. }
        | Event::Cells { id, .. }
        | Event::Remark { id, .. }
        | Event::Progress { id, .. }
        | Event::Paused { id, .. }
        | Event::Resumed { id }
        | Event::FetchEnded { id, .. } => Some(*id),
        Event::Restored(_)
        | Event::Token(_)
        | Event::ServiceChanged { .. }
        | Event::Exchange(_)
        | Event::Budgets(_)
        | Event::Forecast { .. }
        | Event::Learnt(_)
        | Event::StoreFailed(_) => None,
    }
}

/// Why cells are empty after a cancelled fetch.
pub(super) fn cancelled() -> Arc<Failure> {
    Arc::new(Failure {
        status: None,
        reason: "The fetch was cancelled before this was read".into(),
        causes: Vec::new(),
        advice: "Fetch again".into(),
        detail: None,
        remedy: Remedy::Retry,
    })
}

/// Why cells are empty though nothing stopped the fetch: a mistake of ours, never the user's.
pub(super) fn unfinished() -> Arc<Failure> {
    Arc::new(Failure {
        status: None,
        reason: "Statlens met an error of its own while it read this".into(),
        causes: Vec::new(),
        advice: "Fetch again; if it stays, report it with the newest file of the logs folder".into(),
        detail: None,
        remedy: Remedy::Retry,
    })
}
