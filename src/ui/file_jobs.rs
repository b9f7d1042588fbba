//! Reading and writing files, and other work on long lists, off the frame: each job runs on its own thread, and wakes the window.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
};

use egui::{ColorImage, Context};

use super::{
    dictionary::{self, Change, DictionaryDone},
    explore::ExportFormat,
    picture::Order,
};
use crate::{
    engine::{Command, Draft, FetchId, LiveTable, Reuse},
    formats::{
        Sheet,
        curl::{self, Asked, CurlError},
        delimited::{self, Guard, Separator},
        har, json, markdown,
        player_list::{self, Split},
        query_file, replace,
    },
    model::{Body, ColumnKey, Exchange, PlayerRef, Query, QueryTitle, StatTable, Xuid},
};

/// Files beyond this size are no player lists.
const LARGEST_LIST: u64 = 32 * 1024 * 1024;

/// What came of a job.
#[derive(Debug)]
pub(crate) enum Done {
    /// A query file was read.
    Opened { file: PathBuf, text: String, query: Query, warnings: Vec<String> },
    /// The text of the query's own file was read again after a restart.
    Baseline(Query),
    /// The query was written.
    Saved { file: PathBuf, text: String, query: Arc<Query> },
    /// Rows were written.
    Exported { file: PathBuf, rows: usize },
    /// A picture was written.
    Drawn(PathBuf),
    /// A picture for the clipboard.
    Copied(ColorImage),
    /// So many requests were written.
    SavedHar { file: PathBuf, requests: usize },
    /// A copied request was taken apart: what it asks for but for players that the query has.
    Asked(Result<Asked, CurlError>),
    /// A list of players was read from a dropped file.
    Players(String),
    /// A long list of players was taken apart.
    Split(Split),
    /// A fetch of a long list can begin.
    Prepared(Box<Prepared>),
    /// What a fetch of a long list would cost can be asked.
    Question(Box<Command>),
    /// What must survive a restart was put together, the one of this number.
    Draft(u64, Box<Draft>),
    /// The query files in the home folder.
    Listed(Vec<PathBuf>),
    /// The desktop's dialog named a file, was closed, or could not be shown.
    Browsed(Result<Option<PathBuf>, String>),
    /// The file of the stat dictionary was read or changed.
    Dictionary(DictionaryDone),
    /// A folder is shown by the desktop.
    FolderShown,
    /// It did not work. What happened and what to do.
    Failed(String),
}

/// A fetch, ready to begin.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) live: LiveTable,
    pub(crate) players: Vec<PlayerRef>,
    pub(crate) columns: Vec<ColumnKey>,
    pub(crate) reuse: Option<Reuse>,
}

impl Prepared {
    /// Of what the query asks for, but for what is reused. Takes time in proportion to players and stats.
    pub(crate) fn of(id: FetchId, query: &Query, reuse: Option<Reuse>) -> Self {
        let (players, columns) = (query.player_refs(), query.columns());
        let live = match &reuse {
            Some(reuse) => LiveTable::reusing(id, players.clone(), columns.clone(), reuse),
            None => LiveTable::new(id, players.clone(), columns.clone()),
        };
        Self { live, players, columns, reuse }
    }
}

/// The command that asks what a fetch of a query would cost, but for what is reused. Takes time in
/// proportion to players and stats.
pub(crate) fn question(number: u64, query: &Query, reuse: Option<Reuse>) -> Command {
    Command::Forecast { number, players: query.player_refs(), columns: query.columns(), reuse }
}

/// What an export writes.
pub(crate) struct ExportRows {
    pub(crate) table: Arc<StatTable>,
    /// The rows in the order in which they are shown.
    pub(crate) rows: Vec<u32>,
    /// The names of the titles.
    pub(crate) titles: Vec<QueryTitle>,
}

/// The jobs under way.
pub(crate) struct FileJobs {
    context: Context,
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    under_way: usize,
}

impl FileJobs {
    pub(crate) fn new(context: Context) -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { context, sender, receiver, under_way: 0 }
    }

    /// Whether any job has not ended.
    pub(crate) fn is_busy(&self) -> bool {
        self.under_way > 0
    }

    /// What ended since the last call.
    pub(crate) fn finished(&mut self) -> Vec<Done> {
        let done: Vec<Done> = self.receiver.try_iter().collect();
        self.under_way -= done.len();
        done
    }

    pub(crate) fn open(&mut self, file: PathBuf) {
        self.run("statlens-open", move || open(file));
    }

    /// Reads back the text that the query's file had, to tell whether the query is saved.
    pub(crate) fn read_baseline(&mut self, text: String) {
        self.run("statlens-baseline", move || match query_file::parse(&text) {
            Ok(file) => Done::Baseline(file.query),
            Err(error) => {
                Done::Failed(format!("The text of the query's file could not be read back: {error}"))
            }
        });
    }

    pub(crate) fn save(&mut self, file: PathBuf, query: Arc<Query>, previous: Option<String>) {
        self.run("statlens-save", move || {
            let text = query_file::write(&query, previous.as_deref());
            make_folder_of(&file);
            match query_file::save(&file, &text) {
                Ok(()) => Done::Saved { file, text, query },
                Err(error) => Done::Failed(error.to_string()),
            }
        });
    }

    pub(crate) fn export(&mut self, file: PathBuf, format: ExportFormat, rows: ExportRows) {
        self.run("statlens-export", move || {
            make_folder_of(&file);
            match replace(&file, |out| write_rows(format, &rows, out)) {
                Ok(()) => Done::Exported { file, rows: rows.rows.len() },
                Err(error) => Done::Failed(unwritten(&file, &error)),
            }
        });
    }

    /// Draws a picture to a file.
    pub(crate) fn save_picture(&mut self, file: PathBuf, order: Order) {
        self.run("statlens-picture", move || match order.file() {
            Ok(bytes) => {
                make_folder_of(&file);
                match replace(&file, |out| out.write_all(&bytes)) {
                    Ok(()) => Done::Drawn(file),
                    Err(error) => Done::Failed(unwritten(&file, &error)),
                }
            }
            Err(trouble) => Done::Failed(format!("{trouble}.")),
        });
    }

    /// Draws a picture for the clipboard.
    pub(crate) fn copy_picture(&mut self, order: Order) {
        self.run("statlens-picture", move || match order.copy() {
            Ok(image) => Done::Copied(image),
            Err(trouble) => Done::Failed(format!("{trouble}.")),
        });
    }

    pub(crate) fn save_har(&mut self, file: PathBuf, exchanges: Arc<[Arc<Exchange>]>) {
        self.run("statlens-har", move || {
            match replace(&file, |out| har::write(&exchanges, &read_body, out)) {
                Ok(()) => Done::SavedHar { file, requests: exchanges.len() },
                Err(error) => Done::Failed(unwritten(&file, &error)),
            }
        });
    }

    /// Takes apart a copied request.
    pub(crate) fn read_request(&mut self, text: String, query: Arc<Query>, table: Arc<StatTable>) {
        self.run("statlens-request", move || {
            let asked = curl::read(&text).map(|mut asked| {
                let known = known_players(&query, &table);
                asked.players.retain(|player| !known.contains(player));
                asked
            });
            Done::Asked(asked)
        });
    }

    pub(crate) fn read_players(&mut self, file: PathBuf) {
        self.run("statlens-players", move || read_players(&file));
    }

    /// Takes a long list of players apart, but for those that `query` has.
    pub(crate) fn split(&mut self, text: String, query: Arc<Query>) {
        self.run("statlens-split", move || Done::Split(player_list::split_new(&text, &query.players)));
    }

    /// Copies a large query into what must survive a restart.
    pub(crate) fn draft(&mut self, number: u64, draft: Draft, query: Arc<Query>) {
        self.run("statlens-draft", move || {
            Done::Draft(number, Box::new(Draft { query: Query::clone(&query), ..draft }))
        });
    }

    /// Gets a fetch of a long list ready.
    pub(crate) fn prepare(&mut self, id: FetchId, query: Arc<Query>, reuse: Option<Reuse>) {
        self.run("statlens-prepare", move || Done::Prepared(Box::new(Prepared::of(id, &query, reuse))));
    }

    /// Gets the question ready what a fetch of a long list would cost.
    pub(crate) fn forecast(&mut self, number: u64, query: Arc<Query>, reuse: Option<Reuse>) {
        self.run("statlens-forecast", move || Done::Question(Box::new(question(number, &query, reuse))));
    }

    /// Reads the file of the stat dictionary.
    pub(crate) fn read_dictionary(&mut self, file: PathBuf) {
        self.run("statlens-dictionary", move || Done::Dictionary(dictionary::read_file(file)));
    }

    /// Writes into the file of the stat dictionary.
    pub(crate) fn change_dictionary(&mut self, file: PathBuf, changes: Vec<Change>) {
        self.run("statlens-dictionary", move || Done::Dictionary(dictionary::change_file(file, changes)));
    }

    /// Has the desktop show a folder.
    pub(crate) fn open_folder(&mut self, folder: PathBuf) {
        self.run("statlens-folder", move || match dictionary::open_folder(&folder) {
            Ok(()) => Done::FolderShown,
            Err(reason) => Done::Failed(reason),
        });
    }

    pub(crate) fn list(&mut self, folder: PathBuf) {
        self.run("statlens-list", move || Done::Listed(list(&folder)));
    }

    /// Asks the desktop for a file. `save_name` is the proposed name of a file to write.
    pub(crate) fn browse(&mut self, folder: Option<PathBuf>, save_name: Option<String>) {
        self.run("statlens-browse", move || super::browse::browse(folder, save_name));
    }

    fn run(&mut self, name: &str, job: impl FnOnce() -> Done + Send + 'static) {
        self.under_way += 1;
        let (sender, context) = (self.sender.clone(), self.context.clone());
        let work = move || {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job))
                .unwrap_or_else(|_| Done::Failed("The file could not be handled: Statlens made a mistake. The report is in the logs folder".into()));
            // The window may be gone: then nobody waits for the answer.
            let _ = sender.send(done);
            context.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name(name.into()).spawn(work) {
            let _ =
                self.sender.send(Done::Failed(format!("No thread could be started for the file: {error}")));
        }
    }
}

fn open(file: PathBuf) -> Done {
    match query_file::load(&file) {
        Ok(opened) => {
            Done::Opened { file, text: opened.text, query: opened.file.query, warnings: opened.file.warnings }
        }
        Err(error) => Done::Failed(error.to_string()),
    }
}

fn read_players(file: &Path) -> Done {
    let too_large = std::fs::metadata(file).is_ok_and(|about| about.len() > LARGEST_LIST);
    if too_large {
        return Done::Failed(format!(
            "{} is larger than 32 MB: too large for a list of players",
            file.display()
        ));
    }
    match std::fs::read(file) {
        Ok(bytes) => Done::Players(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Done::Failed(format!("{} could not be read: {error}", file.display())),
    }
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")))
        .collect();
    files.sort();
    files
}

/// The folder that is proposed for files is not there before the first of them. What cannot be made
/// is told of by the write that follows.
fn make_folder_of(file: &Path) {
    if let Some(folder) = file.parent() {
        let _ = std::fs::create_dir(folder);
    }
}

fn unwritten(file: &Path, error: &std::io::Error) -> String {
    format!(
        "{} could not be written: {error}. Choose another folder, or make room on the disk",
        file.display()
    )
}

/// The bytes of a body; `None` when it is no longer kept.
fn read_body(body: &Body) -> Option<Vec<u8>> {
    match body {
        Body::Empty => Some(Vec::new()),
        Body::Here(bytes) => Some(bytes.to_vec()),
        Body::InFile { path, .. } => std::fs::read(path).ok(),
        Body::Gone(_) => None,
    }
}

/// The players that the query names, by XUID or by a gamertag that was found.
fn known_players(query: &Query, table: &StatTable) -> HashSet<Xuid> {
    let named: HashSet<&PlayerRef> = query.players.iter().filter_map(|entry| entry.read().ok()).collect();
    let found = table.rows().iter().filter(|row| named.contains(&row.asked));
    let found = found.filter_map(|row| Some(row.player()?.xuid));
    let given = named.iter().filter_map(|player| match player {
        PlayerRef::Xuid(xuid) => Some(*xuid),
        PlayerRef::Gamertag(_) => None,
    });
    given.chain(found).collect()
}

fn write_rows(format: ExportFormat, rows: &ExportRows, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let sheet = Sheet::new(&rows.table, &rows.rows, &rows.titles);
    // The files end in spreadsheets, where a name that begins with = would become a formula.
    match format {
        ExportFormat::Csv => delimited::long(&sheet, Separator::Comma, Guard::Spreadsheet, out),
        ExportFormat::Tsv => delimited::long(&sheet, Separator::Tab, Guard::Spreadsheet, out),
        ExportFormat::Json => json::long(&sheet, out),
        ExportFormat::Markdown => markdown::table(&sheet, out),
    }
}

/// How files of a format end.
pub(crate) fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Tsv => "tsv",
        ExportFormat::Json => "json",
        ExportFormat::Markdown => "md",
    }
}
