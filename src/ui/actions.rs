//! Everything that a user can ask of the window, as values: panels return them, `App::act` does them.

use std::{path::PathBuf, sync::Arc};

use secrecy::SecretString;

use super::{document::PutAway, explore::ExportFormat, options::Theme, screen::Screen, traffic::Settings};
use crate::{
    engine::{Ask, KeepToken},
    model::{BarsChart, Exchange, KnownTitle, PlayerEntry, Scid, Sort, StatName},
    sample::{Faults, SampleLimits},
};

/// Players in the list beyond which it is worked on outside the frame.
pub(crate) const LONG_LIST: usize = 5_000;

/// A thing to do. What concerns players names them by their place in the query's list.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Add what this text lists to the players.
    AddPlayers(String),
    /// Put another entry in the place of one.
    SetPlayer(usize, PlayerEntry),
    /// Remove these, ascending.
    RemovePlayers(Vec<usize>),
    /// Remove all.
    ClearPlayers,
    /// Select this player in the grid.
    ShowPlayer(usize),
    /// Put these into the group of this name, made where there is none.
    PutIntoGroup(String, Vec<usize>),
    /// Take these out of their groups.
    TakeFromGroups(Vec<usize>),
    /// Give the group at this place another name.
    RenameGroup(usize, String),
    /// Remove the group at this place; its players stay in the list.
    RemoveGroup(usize),

    /// Make a title and its stats known, and tick them.
    AddTitle(KnownTitle),
    /// Tick or untick stats of a title.
    Tick(Scid, Vec<StatName>, bool),
    /// Give a title another name.
    RenameTitle(Scid, String),
    /// Forget a title: it leaves the query too.
    ForgetTitle(Scid),

    /// Read all values.
    Fetch,
    /// Read what failed, or what is missing, of the values that are shown.
    FetchSome(Ask),
    /// End the fetch under way.
    Cancel,
    /// End all pauses but those that rate limits ask for.
    RetryNow,
    /// Send requests of this size, so many at once, from now on.
    SetSettings(Settings),

    /// Put an empty query in place.
    NewQuery,
    /// Show the popup that opens a query file.
    AskOpen,
    /// Show the popup that saves under another name.
    AskSaveAs,
    /// Show the popup that exports the shown rows.
    AskExport(ExportFormat),
    /// Open this file.
    Open(PathBuf),
    /// Save to the query's file; ask for one where there is none.
    Save,
    /// Save to this file from now on.
    SaveAs(PathBuf),
    /// Write the shown rows to this file.
    Export(ExportFormat, PathBuf),
    /// Ask the desktop for a file, for the popup that is open.
    Browse,
    /// Go on with a copy that has no file.
    Duplicate,
    /// Give the query another name.
    RenameQuery(String),
    /// Bring back a query that was put away.
    BringBack(Box<PutAway>),

    /// Show this screen.
    ShowScreen(Screen),
    /// Ask in the query for what a copied request asks for.
    FillQuery(String),
    /// Write these requests to a HAR file.
    SaveHar(Arc<[Arc<Exchange>]>, PathBuf),
    /// Fold the query panel away, or show it.
    FoldQuery,
    /// Fold the inspector away, or show it.
    FoldInspector,
    /// Dark or light.
    SetTheme(Theme),
    /// Sort the grid.
    SetSort(Option<Sort>),
    /// Shade the grid.
    SetHeatMap(bool),
    /// Change the chart.
    SetChart(BarsChart),

    /// Show the token panel.
    OpenTokenPanel,
    /// Hide it, or show it.
    ToggleTokenPanel,
    /// Check this token and use it.
    UseToken(SecretString, KeepToken),
    /// Delete the token.
    ForgetToken,
    /// Look into the keyring again.
    ReloadToken,
    /// Talk to this service.
    UseService(ServiceChoice),
    /// The value of `X-RequestedServiceVersion`; `None` is the default.
    SetServiceVersion(Option<u32>),
    /// Hide the panel of the sample service, or show it.
    ToggleFaults,
    /// Have these things go wrong at the sample service.
    SetFaults(Faults),
    /// Have the sample service take so many requests.
    SetSampleLimits(SampleLimits),
    /// Put the time of the sample service forward.
    FastForward,
    /// Let sample players play: the selected ones, or all; then fetch again.
    PlaySession,

    /// Put text on the clipboard.
    Copy(String),
    /// What the user typed somewhere changed, and must survive a restart.
    DraftChanged,
}

/// Which service to talk to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServiceChoice {
    /// The sample service inside the program.
    Sample,
    /// Xbox Live.
    Xbox,
    /// A base URL that the user named.
    At(String),
}
