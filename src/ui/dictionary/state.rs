use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::disk::{self, Change, DictionaryDone};
use crate::model::StatDictionary;

/// The file's name in the home folder.
const FILE_NAME: &str = "dictionary.toml";

/// The team's file and what the service says; what the team says is held by the document.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    /// The file in the home folder; `None` when nothing is kept.
    own: Option<PathBuf>,
    /// The file that the user chose in its place.
    chosen: Option<PathBuf>,
    service: Arc<StatDictionary>,
    /// The team's word, filled from the service's.
    shown: Arc<StatDictionary>,
    /// What of the team's word is not in the file yet, the last change of a stat alone.
    waiting: Vec<Change>,
    /// What is being written.
    under_way: Vec<Change>,
    is_busy: bool,
    trouble: Option<String>,
    warnings: Vec<String>,
}

/// A job beside the window.
#[derive(Debug, PartialEq)]
pub(super) enum Job {
    Read(PathBuf),
    Change(PathBuf, Vec<Change>),
}

impl Dictionary {
    /// With the file in this folder, which is read when the session was.
    pub(crate) fn in_home(home: Option<&Path>) -> Self {
        Self { own: home.map(|home| home.join(FILE_NAME)), ..Self::default() }
    }

    /// What stats are called and how they are written: the team's word, filled from the service's.
    pub(crate) fn shown(&self) -> &Arc<StatDictionary> {
        &self.shown
    }

    /// What the service says.
    pub(super) fn service(&self) -> &StatDictionary {
        &self.service
    }

    pub(super) fn file(&self) -> Option<&Path> {
        self.chosen.as_deref().or(self.own.as_deref())
    }

    pub(crate) fn chosen(&self) -> Option<&PathBuf> {
        self.chosen.as_ref()
    }

    /// Why the file cannot be read or written, in words for the user.
    pub(super) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// What in the file was passed over, a sentence each.
    pub(super) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// How many stats were described anew and are not in the file.
    pub(super) fn unwritten(&self) -> usize {
        self.waiting.len() + self.under_way.len()
    }

    pub(crate) fn set_service(&mut self, service: Arc<StatDictionary>, team: &StatDictionary) {
        self.service = service;
        self.fill(team);
    }

    /// Works out again what is shown. Another handle only when that is different.
    pub(super) fn fill(&mut self, team: &StatDictionary) {
        let filled = team.filled_from(&self.service);
        if filled != *self.shown {
            self.shown = Arc::new(filled);
        }
    }

    /// Uses another file from now on; `None`: the one in the home folder. What is not written yet
    /// goes into the new one.
    pub(crate) fn choose(&mut self, file: Option<PathBuf>) {
        self.chosen = file;
        self.trouble = None;
        self.warnings.clear();
    }

    /// Notes what is to be written.
    pub(super) fn note(&mut self, changes: Vec<Change>) {
        for (key, entry) in changes {
            self.waiting.retain(|(other, _)| *other != key);
            self.waiting.push((key, entry));
        }
    }

    /// The job that reads the file again. It ends a trouble, or finds it once more.
    pub(super) fn read(&mut self) -> Option<Job> {
        if self.is_busy {
            return None;
        }
        let file = self.file()?.to_owned();
        self.is_busy = true;
        Some(Job::Read(file))
    }

    /// The job that writes what waits; `None` while another is under way or the file is in trouble.
    pub(super) fn write(&mut self) -> Option<Job> {
        if self.is_busy || self.trouble.is_some() || self.waiting.is_empty() {
            return None;
        }
        let file = self.file()?.to_owned();
        self.is_busy = true;
        self.under_way = std::mem::take(&mut self.waiting);
        Some(Job::Change(file, self.under_way.clone()))
    }

    /// Takes what came of a job. Returns what the team says now, where that is known.
    pub(super) fn take(&mut self, done: DictionaryDone) -> Option<StatDictionary> {
        self.is_busy = false;
        self.under_way.clear();
        let is_of_this = self.file() == Some(done.path.as_path());
        if !is_of_this || done.outcome.is_err() {
            // What could not be written waits on, but for stats that were described anew since.
            let newer = std::mem::replace(&mut self.waiting, done.changes);
            self.note(newer);
        }
        if !is_of_this {
            return None;
        }
        match done.outcome {
            Ok(mut file) => {
                self.trouble = None;
                self.warnings = file.warnings;
                disk::apply(&mut file.dictionary, &self.waiting);
                Some(file.dictionary)
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                None
            }
        }
    }

    /// Writes what is not in the file when the program ends. Waits for the disk.
    pub(crate) fn write_rest(&mut self) {
        let mut rest = std::mem::take(&mut self.under_way);
        rest.append(&mut self.waiting);
        if let Some(file) = self.file().filter(|_| !rest.is_empty() && self.trouble.is_none())
            && let Err(trouble) = disk::change(file.to_owned(), rest).outcome
        {
            tracing::error!("the last changes of the stat dictionary were not written: {trouble}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnKey, Scid, StatEntry, StatName};

    fn key(stat: &str) -> ColumnKey {
        ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }
    }

    fn named(name: &str) -> StatEntry {
        StatEntry { name: Some(name.into()), ..StatEntry::default() }
    }

    fn run(job: Option<Job>) -> DictionaryDone {
        match job.expect("a job") {
            Job::Read(path) => disk::read(path),
            Job::Change(path, changes) => disk::change(path, changes),
        }
    }

    #[test]
    fn what_others_wrote_meanwhile_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let mut state = Dictionary::in_home(Some(home.path()));
        let file = home.path().join(FILE_NAME);
        state.note(vec![(key("Kills"), named("Defeated"))]);
        let job = state.write();
        assert_eq!(state.write(), None, "one at a time");
        std::fs::write(&file, "format = 1 # ours\n[titles.s.stats.Deaths]\nname = \"Fallen\"\n").unwrap();
        state.note(vec![(key("Kills"), named("Beaten")), (key("Wins"), named("Won"))]);
        let team = state.take(run(job)).expect("the file can be read");
        assert_eq!(team.stat(&key("Deaths")), Some(&named("Fallen")));
        assert_eq!(team.stat(&key("Kills")), Some(&named("Beaten")), "what waits counts already");
        state.write_rest();
        let text = std::fs::read_to_string(&file).unwrap();
        for part in ["# ours", "Fallen", "Beaten", "Won"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_never_written() {
        let home = tempfile::tempdir().unwrap();
        let mut state = Dictionary::in_home(Some(home.path()));
        let file = home.path().join(FILE_NAME);
        std::fs::write(&file, "format = 1\n[titles.s\n").unwrap();
        state.note(vec![(key("Kills"), named("Defeated"))]);
        let job = state.write();
        assert_eq!(state.take(run(job)), None);
        assert!(state.trouble().unwrap().contains("line 2, character"), "{:?}", state.trouble());
        assert_eq!((state.write(), state.unwritten()), (None, 1));
        state.write_rest();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "format = 1\n[titles.s\n");
        std::fs::write(&file, "format = 1\n").unwrap();
        state.note(vec![(key("Kills"), named("Defeated"))]);
        let job = state.read();
        let team = state.take(run(job)).expect("it was mended");
        assert_eq!(team.stat(&key("Kills")), Some(&named("Defeated")));
        let job = state.write();
        assert!(state.take(run(job)).is_some());
        assert!(std::fs::read_to_string(&file).unwrap().contains("Defeated"));
    }

    #[test]
    fn what_waits_follows_to_another_file() {
        let home = tempfile::tempdir().unwrap();
        let mut state = Dictionary::in_home(Some(&home.path().join("missing folder")));
        state.note(vec![(key("Kills"), named("Defeated"))]);
        let job = state.write();
        assert_eq!(state.take(run(job)), None);
        state.choose(Some(home.path().join("team.toml")));
        let job = state.write();
        assert!(state.take(run(job)).unwrap().stat(&key("Kills")).is_some());
        assert_eq!(state.unwritten(), 0);
    }
}
