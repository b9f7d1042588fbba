//! Everything that a user can ask of the window, as values: panels return them, `App::act` does them.

use std::{path::PathBuf, sync::Arc};

use secrecy::SecretString;

use super::{
    explore::ExportFormat, history::Mark, options::Theme, picture::PictureAction, player_groups::Combination,
    screen::Screen, traffic::Settings,
};
use crate::{
    engine::{Ask, KeepToken},
    model::{
        Chart, ColumnKey, Compare, Exchange, GroupLook, KnownTitle, PlayerEntry, Scid, StatEntry, StatName,
        ViewSettings,
    },
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
    /// Add these to the group of this name, made where there is none.
    AddToGroup(String, Vec<usize>),
    /// Take these out of the group at this place, or out of all.
    TakeFromGroups(Option<usize>, Vec<usize>),
    /// Make a group of this name of two others.
    CombineGroups(String, [usize; 2], Combination),
    /// Give the group at this place another name.
    RenameGroup(usize, String),
    /// Have the group at this place look so.
    SetGroupLook(usize, GroupLook),
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
    /// Take back the last change of the query or of the view.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Take back this change, and what came after it.
    UndoTo(Mark),

    /// Show what is said of this stat, or of all.
    OpenDictionary(Option<ColumnKey>),
    /// Say this of a stat from now on.
    Describe(ColumnKey, Box<StatEntry>),
    /// Show the popup that chooses the file of the stat dictionary.
    AskDictionary,
    /// Keep the stat dictionary in this file from now on; `None`: in the one of the home folder.
    UseDictionary(Option<PathBuf>),
    /// Read the file of the stat dictionary again.
    ReadDictionary,
    /// Show the folder that this file is in.
    OpenDictionaryFolder,

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
    /// Look at the answer so.
    SetView(Box<ViewSettings>),
    /// Change the chart.
    SetChart(Box<Chart>),
    /// Compare so.
    SetCompare(Box<Compare>),
    /// Compare the players that are selected in the grid; one alone joins those who are compared.
    CompareSelected,

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
    /// Draw a picture.
    Picture(PictureAction),
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
