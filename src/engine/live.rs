use std::{collections::HashMap, sync::Arc};

use super::{Event, FetchEnd, FetchId, Pause, Progress, Results, Reuse, reuse::Known};
use crate::model::{
    CellBlock, ColumnKey, ExchangeId, Failure, PlayerRef, Remedy, Scid, StatTable, UnixMillis, WaitReason,
};

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
    /// The title of each column, as a number.
    titles: Vec<usize>,
    /// Which request the cells of a row and a title came from last, title after title; 0 is none.
    sources: Vec<u64>,
    pause: Option<Pause>,
    /// What the requests of any fetch waited for, as told last.
    waits_for: Option<WaitReason>,
}

impl LiveTable {
    /// How many remarks are kept; a service that makes more has said enough.
    const MAX_REMARKS: usize = 200;

    /// The table of a fetch that is about to be sent as a command, every cell pending.
    #[must_use]
    pub fn new(id: FetchId, players: Vec<PlayerRef>, columns: Vec<ColumnKey>) -> Self {
        Self::begin(id, StatTable::pending(players, columns))
    }

    /// The table of a fetch that reuses what is known: those cells are there from the beginning, and
    /// those that the fetch does not ask for stay as they are.
    #[must_use]
    pub fn reusing(id: FetchId, players: Vec<PlayerRef>, columns: Vec<ColumnKey>, reuse: &Reuse) -> Self {
        let known = Known::new(&players, &columns, Some(reuse));
        Self::begin(id, known.table(players, columns))
    }

    fn begin(id: FetchId, table: StatTable) -> Self {
        let mut numbers: HashMap<&Scid, usize> = HashMap::new();
        let mut titles = Vec::with_capacity(table.columns().len());
        for column in table.columns() {
            let next = numbers.len();
            titles.push(*numbers.entry(&column.key().scid).or_insert(next));
        }
        let sources = vec![0; numbers.len() * table.rows().len()];
        Self {
            id,
            table: Arc::new(table),
            started: UnixMillis::default(),
            ended: None,
            end: None,
            progress: Progress::default(),
            remarks: Vec::new(),
            titles,
            sources,
            pause: None,
            waits_for: None,
        }
    }

    /// Takes an event. Returns whether it was one of this fetch.
    pub fn apply(&mut self, event: &Event) -> bool {
        if let Event::Budgets(budgets) = event {
            self.waits_for = budgets.0.iter().find_map(|budget| Some(budget.wait.as_ref()?.1.clone()));
        }
        if self.end.is_some() || fetch_of(event) != Some(self.id) {
            return false;
        }
        match event {
            Event::FetchStarted { at, .. } => self.started = *at,
            Event::PlayerFound { row, player, .. } => self.edit().set_player(*row, player.clone()),
            Event::PlayerFailed { row, failure, .. } => self.edit().fail_player(*row, failure),
            Event::PlayerDuplicate { row, of, .. } => self.edit().set_duplicate(*row, *of),
            Event::Cells { block, .. } => self.take_cells(block),
            Event::Paused { why, .. } => self.pause = Some(why.clone()),
            Event::Resumed { .. } => self.pause = None,
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

    /// Why the fetch pauses, while it does.
    #[must_use]
    pub fn pause(&self) -> Option<&Pause> {
        self.pause.as_ref()
    }

    /// The request of this fetch that the cell came from. Of several for one player and title, the
    /// last that was answered.
    #[must_use]
    pub fn exchange_of(&self, row: usize, column: usize) -> Option<ExchangeId> {
        let title = self.titles.get(column)?;
        let source = self.sources.get(title * self.table.rows().len() + row)?;
        (*source > 0).then_some(ExchangeId(*source))
    }

    /// What the answers held that nobody asked for or that could not be read, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The results as they stand.
    #[must_use]
    pub fn results(&self) -> Results {
        Results {
            table: StatTable::clone(&self.table),
            started: self.started,
            ended: self.ended,
            unanswered: 0,
        }
    }

    fn take_cells(&mut self, block: &CellBlock) {
        self.edit().apply(block);
        let Some(exchange) = block.exchange else { return };
        let rows = self.table.rows().len();
        for (column, _) in &block.columns {
            for row in &block.rows {
                self.sources[self.titles[*column] * rows + row] = exchange.0;
            }
        }
    }

    fn edit(&mut self) -> &mut StatTable {
        Arc::make_mut(&mut self.table)
    }

    fn finish(&mut self, at: UnixMillis, how: &FetchEnd) {
        let failure = match how {
            FetchEnd::NoToken(failure) | FetchEnd::NoService(failure) => failure.clone(),
            FetchEnd::Cancelled => cancelled(self.waits_for().as_ref()),
            FetchEnd::Done => unfinished(),
        };
        self.edit().fail_pending(&failure);
        self.ended = Some(at);
        self.end = Some(how.clone());
        self.pause = None;
    }

    fn waits_for(&self) -> Option<WaitReason> {
        match &self.pause {
            Some(Pause::Token(_)) => Some(WaitReason::Token),
            Some(Pause::Network(_)) => Some(WaitReason::Network),
            None => self.waits_for.clone(),
        }
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

/// Why cells are empty after a cancelled fetch, and what it waited for then.
pub(super) fn cancelled(waits_for: Option<&WaitReason>) -> Arc<Failure> {
    let waited = match waits_for {
        None | Some(WaitReason::Turn) => String::new(),
        Some(WaitReason::RateLimit { limit, period }) => {
            format!(", while it waited for the limit of {limit} requests in {} s", period.as_secs())
        }
        Some(WaitReason::AsTold) => ", while it waited as long as the service had asked".into(),
        Some(WaitReason::BackOff) => ", while it waited to try again".into(),
        Some(WaitReason::Network) => ", while it waited for a connection".into(),
        Some(WaitReason::Token) => ", while it waited for a new token".into(),
    };
    Arc::new(Failure {
        status: None,
        reason: format!("The fetch was cancelled before this was read{waited}"),
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
