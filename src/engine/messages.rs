//! What goes into the engine and what comes out of it.

use std::{collections::HashMap, path::PathBuf, sync::Arc, time::Duration};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::Limits;
use crate::model::{
    Api, Catalogue, CellBlock, ColumnKey, Exchange, Failure, KnownTitle, Player, PlayerRef, Query, Rates,
    StatDictionary, StatTable, UnixMillis, WaitReason, Window, WindowUse, Xuid,
};

/// Tells the events of one fetch from those of another. Events of a cancelled fetch stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FetchId(pub u64);

/// What the engine is asked to do.
#[derive(Clone, Debug)]
pub enum Command {
    /// Read all values of these players and stats. A fetch under way is cancelled first.
    Fetch {
        /// Chosen by the caller, never used twice.
        id: FetchId,
        /// Rows of the table to be, none twice.
        players: Vec<PlayerRef>,
        /// Columns of the table to be, none twice.
        columns: Vec<ColumnKey>,
        /// What is known already and need not be asked again; `None` asks for everything.
        reuse: Option<Reuse>,
    },
    /// Say what such a fetch would cost: answered by [`Event::Forecast`]. Nothing is asked of a service.
    Forecast {
        /// Chosen by the caller; comes back with the answer.
        number: u64,
        /// As in [`Command::Fetch`].
        players: Vec<PlayerRef>,
        /// As in [`Command::Fetch`].
        columns: Vec<ColumnKey>,
        /// As in [`Command::Fetch`].
        reuse: Option<Reuse>,
    },
    /// End every pause that is Statlens' own (after a failure, for want of a network) and every one
    /// that a service asked for. Rate limits hold all the same.
    RetryNow,
    /// Keep to these rate limits from now on: those of the service talked to are known to be these.
    SetRates(Rates),
    /// Keep to these settings from now on; a fetch under way keeps those that it began with.
    SetLimits(Limits),
    /// End a fetch. What has arrived is kept; the rest is marked as cancelled.
    Cancel(FetchId),
    /// Talk to this service from now on. A fetch under way is cancelled.
    UseService(Service),
    /// Check a pasted token and use it from now on.
    UseToken {
        /// As pasted: header, header line or XSTS answer.
        pasted: SecretString,
        /// Where to keep it.
        keep: KeepToken,
    },
    /// Delete the token from the keyring and from memory.
    ForgetToken,
    /// Look into the keyring again: it may have been unlocked.
    ReloadToken,
    /// The value of `X-RequestedServiceVersion` from now on; `None` is the service's default, 1.
    SetServiceVersion(Option<u32>),
    /// Remember what the user has in front of them, for the next start.
    SaveDraft(Arc<Draft>),
    /// Remember the known titles and stats, for the next start.
    SaveCatalogue(Arc<Catalogue>),
}

/// What a fetch need not ask for again.
#[derive(Clone, Debug)]
pub struct Reuse {
    /// What is known. Players and stats may be others, in another order, than those asked for.
    pub table: Arc<StatTable>,
    /// What is asked for all the same.
    pub ask: Ask,
}

/// Which cells of a fetch are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Those that failed.
    Failed,
    /// Those that failed, and those that were never answered: new players, new stats, and what a
    /// fetch that was cut short left.
    Missing,
}

/// Which service answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Service {
    /// The real one: hosts under `xboxlive.com`, with the user's token.
    Xbox,
    /// The sample service at this loopback address, with its own token. Nothing of it is mixed
    /// with what is kept of the real one.
    Sample {
        /// Its base URL, such as `http://127.0.0.1:40123`.
        url: String,
        /// The token that it takes: no secret.
        token: &'static str,
    },
    /// A service at a base URL that the user named, with the user's token.
    At(String),
}

/// Where a token is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepToken {
    /// In the keyring of the operating system.
    Keyring,
    /// In memory, until the program ends.
    Session,
}

/// What the engine reports.
#[derive(Clone, Debug)]
pub enum Event {
    /// What the last session left behind. Sent once, first of all.
    Restored(Box<Restored>),
    /// The token changed, or could not.
    Token(TokenState),
    /// The answer to [`Command::UseService`]: what is kept of the service that is talked to now.
    ServiceChanged {
        /// Its known titles and stats.
        catalogue: Catalogue,
        /// The last results that it gave.
        results: Option<Box<Results>>,
    },
    /// Titles and stats that an answer held and that were not known. Already kept for the next
    /// start; to be added to the catalogue in front of the user with [`Catalogue::learn`].
    Learnt(Vec<KnownTitle>),
    /// All that the service that is talked to has said of stats so far. Already kept for the next
    /// start. Sent after [`Restored`](Self::Restored) and
    /// [`ServiceChanged`](Self::ServiceChanged), and whenever an answer says more.
    Told(Arc<StatDictionary>),
    /// A fetch began.
    FetchStarted {
        /// Which.
        id: FetchId,
        /// When.
        at: UnixMillis,
    },
    /// A player was found.
    PlayerFound {
        /// Of which fetch.
        id: FetchId,
        /// The table's row.
        row: usize,
        /// Who it is.
        player: Player,
    },
    /// A player could not be found: all their cells fail.
    PlayerFailed {
        /// Of which fetch.
        id: FetchId,
        /// The table's row.
        row: usize,
        /// Why.
        failure: Arc<Failure>,
    },
    /// A row turned out to be the same player as an earlier one.
    PlayerDuplicate {
        /// Of which fetch.
        id: FetchId,
        /// The table's row.
        row: usize,
        /// The earlier row.
        of: usize,
    },
    /// Cells arrived, as values, no-values or failures.
    Cells {
        /// Of which fetch.
        id: FetchId,
        /// The cells.
        block: Arc<CellBlock>,
    },
    /// What an answer held that nobody asked for, or that could not be read. For the user to know;
    /// the cells concerned are marked as well.
    Remark {
        /// Of which fetch.
        id: FetchId,
        /// One sentence.
        text: String,
    },
    /// How far a fetch is.
    Progress {
        /// Of which fetch.
        id: FetchId,
        /// How far.
        progress: Progress,
    },
    /// A fetch cannot go on without the user's help; what is under way meanwhile goes on.
    Paused {
        /// Which.
        id: FetchId,
        /// Why.
        why: Pause,
    },
    /// A paused fetch goes on.
    Resumed {
        /// Which.
        id: FetchId,
    },
    /// A request was queued, sent, answered, or ended: as it now is.
    Exchange(Arc<Exchange>),
    /// How much of the rate limits is used, and what waits for them.
    Budgets(Budgets),
    /// The answer to [`Command::Forecast`].
    Forecast {
        /// The number of the question.
        number: u64,
        /// What it would cost.
        forecast: Forecast,
    },
    /// A fetch ended. No cell of it is pending any more.
    FetchEnded {
        /// Which.
        id: FetchId,
        /// When.
        at: UnixMillis,
        /// How.
        how: FetchEnd,
    },
    /// Something that was to be kept could not be written. What happened and what to do.
    StoreFailed(String),
}

/// How far a fetch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Requests that ended.
    pub requests_done: usize,
    /// Requests that the fetch will make, as far as known.
    pub requests_total: usize,
    /// Cells that ended.
    pub cells_done: usize,
    /// Cells that were asked for.
    pub cells_total: usize,
}

/// Why a fetch pauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pause {
    /// The service takes the token no more (401): it goes on with the next one that is given.
    Token(Arc<Failure>),
    /// No connection can be made: it goes on by itself once one can.
    Network(Arc<Failure>),
}

/// The state of the rate limits of all services that were asked anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budgets(pub Vec<Budget>);

/// The state of one service's rate limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Whose.
    pub api: Api,
    /// The short and the long window; empty when there is no limit.
    pub windows: Vec<WindowUse>,
    /// Requests that stand ready and may not go yet.
    pub queued: usize,
    /// Until when they wait, where that is known, and what for; `None` when nothing holds them back.
    pub wait: Option<(Option<UnixMillis>, WaitReason)>,
}

/// What a fetch would cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Values that would be asked for.
    pub values: usize,
    /// Values that are known and would not be asked for.
    pub known_values: usize,
    /// Requests for stats.
    pub stat_requests: usize,
    /// Gamertags that would have to be looked up, one request each.
    pub look_ups: usize,
    /// Gamertags that are known and cost nothing.
    pub known_names: usize,
    /// Requests for the names of players given by XUID.
    pub name_requests: usize,
    /// How long the rate limits would have it wait altogether, as they stand now.
    pub wait: Duration,
    /// The limit that costs most of that: whose, and which window.
    pub bound_by: Option<(Api, Window)>,
    /// When players were looked up whom the fetch would not look up again.
    pub looked_up: Arc<HashMap<Xuid, UnixMillis>>,
}

impl Forecast {
    /// All requests.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.stat_requests + self.look_ups + self.name_requests
    }
}

/// How a fetch ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchEnd {
    /// All requests were made, whatever they brought.
    Done,
    /// The user, or a later fetch, ended it.
    Cancelled,
    /// It could not begin: there is no usable token.
    NoToken(Arc<Failure>),
    /// It could not begin: the service's address cannot be used.
    NoService(Arc<Failure>),
}

/// What is known of the token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TokenState {
    /// Not looked up yet.
    #[default]
    Unknown,
    /// There is none.
    None,
    /// The sample service needs none of the user's.
    Sample,
    /// There is one.
    Ready(TokenInfo),
    /// The pasted text is no token. Its reason never repeats any of it.
    Refused {
        /// What is wrong and what to paste instead.
        reason: String,
        /// The token in use before, which stays in use.
        before: Box<TokenState>,
    },
    /// The service refused the token (401): it is wrong or has expired. Sent beside the failures of
    /// the fetch that met it; a fetch may still try it again.
    Rejected {
        /// What happened and what to do.
        reason: String,
        /// What is known of the token.
        info: TokenInfo,
    },
    /// The keyring could not be used: there is none, or it is locked.
    KeyringFailed {
        /// What is wrong and what to do.
        reason: String,
        /// The token that is in use all the same, for this session only.
        session: Option<TokenInfo>,
    },
}

/// What may be shown of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    /// The gamertag of its owner, where the pasted text told it.
    pub owner: Option<String>,
    /// When it ends, where the pasted text told it.
    pub expires: Option<UnixMillis>,
    /// Where it is kept.
    pub kept: KeepToken,
}

/// What the user has in front of them: enough to go on after a restart or a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The query as it stands, saved or not.
    pub query: Query,
    /// The file it was opened from or saved to.
    pub file: Option<PathBuf>,
    /// The text of that file when it was last read or written, to tell whether it is unsaved.
    pub saved_text: Option<String>,
    /// Text in the players box that was not added yet.
    pub players_box: String,
    /// Files opened or saved lately, latest first.
    pub recent: Vec<PathBuf>,
    /// Whether the window shows the sample service.
    pub on_sample: bool,
    /// Whether the window is light.
    pub light: bool,
    /// The screen that is shown, by its name; empty is the first.
    pub screen: String,
    /// Players in one request, where the user chose how many.
    pub users_per_request: Option<usize>,
    /// Requests under way at once, where the user chose how many.
    pub requests_at_once: Option<usize>,
    /// The file of the stat dictionary, where the user chose one.
    pub dictionary: Option<PathBuf>,
}

/// What the last session left behind.
#[derive(Clone, Debug, Default)]
pub struct Restored {
    /// `None` at the first start.
    pub draft: Option<Draft>,
    /// All titles and stats known.
    pub catalogue: Catalogue,
    /// The last results.
    pub results: Option<Results>,
    /// What could not be read back, in words for the user.
    pub trouble: Option<String>,
}

/// The table of the last fetch.
#[derive(Clone, Debug)]
pub struct Results {
    /// The values.
    pub table: StatTable,
    /// When its fetch began.
    pub started: UnixMillis,
    /// When it ended; `None` when the program ended before it.
    pub ended: Option<UnixMillis>,
    /// How many cells were never answered because the program or the fetch was ended before: to go
    /// on, fetch what is [missing](Ask::Missing).
    pub unanswered: usize,
}
