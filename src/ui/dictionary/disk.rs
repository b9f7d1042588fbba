//! The team's file on the disk. Each function waits for it, and runs beside the window.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Mutex,
};

use crate::{
    formats::dictionary::{self, DictionaryFile, FileError},
    model::{ColumnKey, StatDictionary, StatEntry},
};

/// What is said of a stat from now on; an entry that says nothing takes back all that was said.
pub(crate) type Change = (ColumnKey, StatEntry);

/// What came of reading the file, or of changing it.
#[derive(Debug)]
pub(crate) struct DictionaryDone {
    pub(crate) path: PathBuf,
    /// What was to be written.
    pub(crate) changes: Vec<Change>,
    /// What the file holds now, or why that is not known, in words for the user.
    pub(crate) outcome: Result<DictionaryFile, String>,
}

/// The last changes of a session are written while others may be under way: the file is read and
/// written by one at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Reads the file. One that is not there says nothing.
pub(crate) fn read(path: PathBuf) -> DictionaryDone {
    let outcome = opened(&path).map(|(_, file)| file);
    DictionaryDone { path, changes: Vec::new(), outcome }
}

/// Writes `changes` into the file as it stands by now, whoever changed it meanwhile.
pub(crate) fn change(path: PathBuf, changes: Vec<Change>) -> DictionaryDone {
    let outcome = changed(&path, &changes);
    DictionaryDone { path, changes, outcome }
}

fn changed(path: &Path, changes: &[Change]) -> Result<DictionaryFile, String> {
    // What is guarded is the file: a thread that panicked has left nothing half done in memory.
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let (previous, mut file) = opened(path)?;
    apply(&mut file.dictionary, changes);
    let text = dictionary::write(&file.dictionary, previous.as_deref());
    if previous.as_ref() != Some(&text) {
        dictionary::save(path, &text).map_err(|error| words(&error))?;
    }
    Ok(file)
}

/// Says of stats what `changes` say.
pub(super) fn apply(dictionary: &mut StatDictionary, changes: &[Change]) {
    for (key, entry) in changes {
        if *entry == StatEntry::default() {
            dictionary.forget_stat(key);
        } else {
            *dictionary.stat_mut(key) = entry.clone();
        }
    }
}

fn opened(path: &Path) -> Result<(Option<String>, DictionaryFile), String> {
    match dictionary::load(path) {
        Ok(opened) => Ok((Some(opened.text), opened.file)),
        Err(FileError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Ok((None, DictionaryFile::default()))
        }
        Err(error) => Err(words(&error)),
    }
}

fn words(error: &FileError) -> String {
    match error {
        FileError::Broken { path, error } => format!(
            "{} cannot be read: line {}, character {}: {}. Correct it in a text editor, then read it again. \
             Until then nothing is written into it",
            path.display(),
            error.line,
            error.column,
            error.message
        ),
        other => other.to_string(),
    }
}

/// Shows a folder in the desktop's own way.
///
/// # Errors
/// What to do when the desktop has none.
pub(crate) fn open_folder(folder: &Path) -> Result<(), String> {
    let program = if cfg!(target_os = "windows") {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let quiet = Command::new(program)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match quiet {
        // The Windows one reports a failure whatever it did.
        Ok(status) if status.success() || cfg!(target_os = "windows") => Ok(()),
        _ => Err(format!("The folder could not be shown. It is {}", folder.display())),
    }
}
