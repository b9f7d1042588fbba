use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use super::{QueryFile, QueryFileError, parse};
use crate::formats::replace::replace;

/// More than any query needs: a list of a million players is smaller.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Why a query file could not be opened or saved, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there, or may not be read.
    #[error("Could not read {}: {source}. Check that the file is there and that you may read it", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is far larger than a query file can be.
    #[error("{} is no query file: it is larger than 64 MiB. Choose another file", .0.display())]
    TooLarge(PathBuf),
    /// It is not UTF-8.
    #[error("{} is no query file: it is not text in UTF-8. Choose another file, or save it as UTF-8", .0.display())]
    NotText(PathBuf),
    /// It is text, and no query.
    #[error("{}, {error}. Correct the line in a text editor, then open the file again", path.display())]
    Broken {
        /// Which file.
        path: PathBuf,
        /// Where it is broken, and how.
        error: QueryFileError,
    },
    /// It could not be written. What stood there before still does.
    #[error("Could not save {}: {source}. The file is as it was. Check that its folder is there and that you may write to it, or save under another name", path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// A query file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its text, to compare with and to write changes into.
    pub text: String,
    /// What it holds.
    pub file: QueryFile,
}

/// Opens a query file. Waits for the disk.
///
/// # Errors
/// When it cannot be read or holds no query.
pub fn load(path: &Path) -> Result<Opened, FileError> {
    let text = read_text(path)?;
    match parse(&text) {
        Ok(file) => Ok(Opened { text, file }),
        Err(error) => Err(FileError::Broken { path: path.to_owned(), error }),
    }
}

fn read_text(path: &Path) -> Result<String, FileError> {
    let failed = |source| FileError::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge(path.to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| FileError::NotText(path.to_owned()))
}

/// Saves a text as a file, so that a crash leaves either the old text or the new. An existing file
/// keeps its permissions; through a symbolic link, the file that it leads to is replaced. Waits for
/// the disk.
///
/// # Errors
/// When it cannot be written. The old file is untouched then.
pub fn save(path: &Path, text: &str) -> Result<(), FileError> {
    replace(path, |out| out.write_all(text.as_bytes()))
        .map_err(|source| FileError::Write { path: path.to_owned(), source })
}
