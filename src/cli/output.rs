//! Where values are printed, and how.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{CommandError, args::Format};
use crate::{
    analysis,
    formats::{
        Sheet,
        delimited::{self, Guard, Separator},
        json, markdown, text,
    },
    model::{QueryTitle, StatTable},
};

/// Standard output, or a file that is opened before the work begins: a folder that cannot be
/// written to is known before the wait, not after.
pub(super) struct Output {
    file: Option<OutFile>,
}

struct OutFile {
    file: Option<File>,
    /// Written first, then renamed to `path`; `None` where `path` is a device or a pipe.
    part: Option<PathBuf>,
    path: PathBuf,
}

impl Output {
    pub(super) fn open(path: Option<&Path>) -> Result<Self, CommandError> {
        let file = path.map(|path| OutFile::open(path).map_err(|error| explain(path, &error))).transpose()?;
        Ok(Self { file })
    }

    /// Prints the whole table. A reader that has gone away is no error.
    pub(super) fn write(
        self,
        table: &StatTable,
        titles: &[QueryTitle],
        format: Format,
        wide: bool,
    ) -> Result<(), CommandError> {
        let rows = analysis::order(table, &[]);
        let sheet = Sheet::new(table, &rows, titles);
        let Some(mut file) = self.file else {
            return match print(&sheet, format, wide, &mut BufWriter::new(io::stdout().lock())) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    Err(CommandError::trouble(format!(
                        "The values could not be printed: {error}. Add --out FILE to write them to a file"
                    )))
                }
                _ => Ok(()),
            };
        };
        let path = file.path.clone();
        file.finish(|out| print(&sheet, format, wide, out)).map_err(|error| explain(&path, &error))
    }
}

impl OutFile {
    fn open(path: &Path) -> io::Result<Self> {
        let is_special = fs::metadata(path).is_ok_and(|what| !what.is_file() && !what.is_dir());
        if is_special {
            let file = File::options().write(true).open(path)?;
            return Ok(Self { file: Some(file), part: None, path: path.to_owned() });
        }
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // Through a symbolic link, the file that it leads to is replaced.
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let part = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
        let file = File::create(&part)?;
        Ok(Self { file: Some(file), part: Some(part), path: path.to_owned() })
    }

    fn finish(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let mut buffered = BufWriter::new(file);
        write(&mut buffered)?;
        let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Some(part) = &self.part {
            file.sync_all()?;
            fs::rename(part, &self.path)?;
            self.part = None;
        }
        Ok(())
    }
}

impl Drop for OutFile {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            // Nothing was asked for that this could be reported to.
            let _ = fs::remove_file(part);
        }
    }
}

fn print(sheet: &Sheet<'_>, format: Format, wide: bool, out: &mut dyn Write) -> io::Result<()> {
    let delimited = |separator, out: &mut dyn Write| {
        if wide {
            delimited::wide(sheet, separator, Guard::Exact, out)
        } else {
            delimited::long(sheet, separator, Guard::Exact, out)
        }
    };
    match format {
        Format::Table => text::table(sheet, out)?,
        Format::Csv => delimited(Separator::Comma, out)?,
        Format::Tsv => delimited(Separator::Tab, out)?,
        Format::Json => json::long(sheet, out)?,
        Format::Markdown => markdown::table(sheet, out)?,
    }
    out.flush()
}

fn explain(path: &Path, error: &io::Error) -> CommandError {
    CommandError::trouble(format!(
        "{} could not be written: {error}. Give --out a file in a folder that you may write to",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "before").unwrap();
        drop(OutFile::open(&path).unwrap());
        let mut file = OutFile::open(&path).unwrap();
        file.finish(|_| Err(io::ErrorKind::StorageFull.into())).unwrap_err();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        OutFile::open(&path).unwrap().finish(|out| out.write_all(b"after")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_known_at_once() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Output::open(Some(&folder.path().join("no/out.csv"))).is_err());
        assert!(Output::open(Some(folder.path())).is_err());
    }
}
