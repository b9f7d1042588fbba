//! Where values are printed, and how.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{CommandError, args::Format};
use crate::{
    analysis,
    formats::{
        Replacement, Sheet,
        delimited::{self, Guard, Separator},
        json, markdown, text,
    },
    model::{QueryTitle, StatTable},
};

/// Standard output, or a file that is opened before the work begins: a folder that cannot be
/// written to is known before the wait, not after.
pub(super) struct Output {
    file: Option<(Replacement, PathBuf)>,
}

impl Output {
    pub(super) fn open(path: Option<&Path>) -> Result<Self, CommandError> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        let file = Replacement::begin(path).map_err(|error| explain(path, &error))?;
        Ok(Self { file: Some((file, path.to_owned())) })
    }

    /// Prints the whole table. A reader that has gone away is no error.
    pub(super) fn write(
        self,
        table: &StatTable,
        titles: &[QueryTitle],
        format: Format,
        wide: bool,
    ) -> Result<(), CommandError> {
        let rows = analysis::order(table, None);
        let sheet = Sheet::new(table, &rows, titles);
        let Some((file, path)) = self.file else {
            return match print(&sheet, format, wide, &mut BufWriter::new(io::stdout().lock())) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    Err(CommandError::trouble(format!(
                        "The values could not be printed: {error}. Add --out FILE to write them to a file"
                    )))
                }
                _ => Ok(()),
            };
        };
        file.finish(|out| print(&sheet, format, wide, out)).map_err(|error| explain(&path, &error))
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
    fn a_folder_that_is_not_there_is_known_at_once() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Output::open(Some(&folder.path().join("no/out.csv"))).is_err());
        assert!(Output::open(Some(folder.path())).is_err());
    }
}
