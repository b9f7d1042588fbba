//! What is done with the dictionary: the only place where the window's state changes for it.

use std::path::PathBuf;

use super::{disk::DictionaryDone, state::Job};
use crate::{
    engine::Draft,
    model::{ColumnKey, StatDictionary, StatEntry},
    ui::{
        actions::Action,
        app::App,
        notices::{Notice, Subject, Tone},
    },
};

impl App {
    /// Says this of a stat from now on.
    pub(in crate::ui) fn describe(&mut self, key: ColumnKey, entry: StatEntry) {
        self.document.describe(key, entry);
        self.keep_described();
    }

    /// Has what was said anew be shown, and written into the file.
    pub(in crate::ui) fn keep_described(&mut self) {
        let described = self.document.take_described();
        if described.is_empty() {
            return;
        }
        self.dictionary.note(described);
        self.dictionary.fill(self.document.team());
        self.write_dictionary();
    }

    /// Shows the panel, and reads the file again: others may have changed it.
    pub(in crate::ui) fn open_dictionary(&mut self, stat: Option<ColumnKey>) {
        self.panels.dictionary.open(stat);
        self.read_dictionary();
    }

    pub(in crate::ui) fn read_dictionary(&mut self) {
        let job = self.dictionary.read();
        self.run_dictionary(job);
    }

    fn write_dictionary(&mut self) {
        let job = self.dictionary.write();
        self.run_dictionary(job);
    }

    fn run_dictionary(&mut self, job: Option<Job>) {
        match job {
            Some(Job::Read(file)) => self.jobs.read_dictionary(file),
            Some(Job::Change(file, changes)) => self.jobs.change_dictionary(file, changes),
            None => {}
        }
    }

    /// Uses another file from now on; `None`: the one in the home folder.
    pub(in crate::ui) fn use_dictionary(&mut self, file: Option<PathBuf>) {
        let file =
            file.map(|file| if file.extension().is_none() { file.with_extension("toml") } else { file });
        self.dictionary.choose(file);
        self.drafts.touch();
        self.read_dictionary();
    }

    /// Takes up which file the last session used.
    pub(in crate::ui) fn restore_dictionary(&mut self, draft: Option<&Draft>) {
        self.dictionary.choose(draft.and_then(|draft| draft.dictionary.clone()));
        self.read_dictionary();
    }

    /// Takes what came of reading or changing the file.
    pub(in crate::ui) fn take_dictionary(&mut self, done: DictionaryDone) {
        let was_in_trouble = self.dictionary.trouble().is_some();
        let is_of_another = self.dictionary.file() != Some(done.path.as_path());
        if let Some(team) = self.dictionary.take(done) {
            self.set_team(team);
        }
        match self.dictionary.trouble() {
            Some(trouble) => {
                let notice = Notice::new(Subject::Dictionary, Tone::Error, format!("{trouble}."))
                    .with_button("Open folder", Action::OpenDictionaryFolder)
                    .with_button("Read again", Action::ReadDictionary);
                self.notices.push(notice.lasting());
            }
            None if was_in_trouble => self.notices.drop_subject(Subject::Dictionary),
            None => {}
        }
        if is_of_another {
            self.read_dictionary();
        }
        self.write_dictionary();
    }

    fn set_team(&mut self, team: StatDictionary) {
        self.document.set_team(team);
        self.dictionary.fill(self.document.team());
    }

    pub(in crate::ui) fn open_dictionary_folder(&mut self) {
        if let Some(folder) = self.dictionary.file().and_then(|file| file.parent()) {
            self.jobs.open_folder(folder.to_owned());
        }
    }
}
