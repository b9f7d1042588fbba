//! CSV and TSV.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::sheet::{Sheet, gamertag, xuid};
use crate::model::Cell;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// CSV.
    Comma,
    /// TSV.
    Tab,
}

/// Whether the text is for programs or for spreadsheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Every cell is exactly what it is.
    Exact,
    /// A name or text that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`,
    /// `@`, a tab or a line break) gets an apostrophe in front. Numbers stay as they are: `-5` is
    /// no formula. So does an id of more than 15 digits, of which a spreadsheet would keep the first
    /// 15 only.
    Spreadsheet,
}

impl Guard {
    pub(super) fn apply(self, text: &str) -> Cow<'_, str> {
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let is_long = text.len() > MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Spreadsheet if is_formula || is_long => Cow::Owned(format!("'{text}")),
            Self::Spreadsheet | Self::Exact => Cow::Borrowed(text),
        }
    }
}

/// The digits of a number that a spreadsheet keeps.
const MOST_DIGITS: usize = 15;

/// The header of the long form.
const LONG_HEADER: [&str; 9] =
    ["xuid", "gamertag", "scid", "stat", "type", "value", "state", "status", "reason"];

/// Writes one value a line, with the header
/// `xuid,gamertag,scid,stat,type,value,state,status,reason`.
///
/// `value` is the text as sent; `state` is `value`, `no_value` or `failed`, and `pending` in a
/// table whose fetch has not ended. `status` is the HTTP status of a failure, where there was an
/// answer. What is not known is empty. Cells that were not asked for have no line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn long(sheet: &Sheet<'_>, separator: Separator, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(separator, out);
    writer.write_record(LONG_HEADER).map_err(io_error)?;
    for record in sheet.records() {
        let value = record.value.unwrap_or_default();
        let value = if record.is_number { Cow::Borrowed(value) } else { guard.apply(value) };
        let status = record.status.map(|status| status.to_string()).unwrap_or_default();
        writer
            .write_record([
                record.xuid.as_deref().unwrap_or_default(),
                &guard.apply(record.gamertag.unwrap_or_default()),
                &guard.apply(record.scid),
                &guard.apply(record.stat),
                &guard.apply(record.stat_type.unwrap_or_default()),
                &value,
                record.state,
                &status,
                &guard.apply(record.reason.unwrap_or_default()),
            ])
            .map_err(io_error)?;
    }
    writer.flush()
}

/// Writes one player a line: `xuid`, `gamertag`, then a column for each stat, its value as sent.
///
/// A cell without a value is empty whatever the reason, so that a column of numbers stays one;
/// [`long`] tells the reasons.
///
/// # Errors
/// When `out` cannot be written to.
pub fn wide(sheet: &Sheet<'_>, separator: Separator, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(separator, out);
    let headings = sheet.headings();
    let headings = headings.iter().map(|heading| guard.apply(heading));
    write_row(&mut writer, ["xuid".into(), "gamertag".into()].into_iter().chain(headings))?;
    for (row, player) in sheet.players() {
        let xuid = xuid(player).map(|xuid| xuid.to_string()).unwrap_or_default();
        let name = guard.apply(gamertag(player).unwrap_or_default());
        let cells = sheet.cells(row).map(|cell| as_sent(cell, guard));
        write_row(&mut writer, [Cow::from(xuid), name].into_iter().chain(cells))?;
    }
    writer.flush()
}

/// A value as sent; nothing where there is none.
fn as_sent(cell: Cell<'_>, guard: Guard) -> Cow<'_, str> {
    match cell {
        Cell::Value(value) if value.number.is_some() => value.text.into(),
        Cell::Value(value) => guard.apply(value.text),
        Cell::NotAsked | Cell::Pending | Cell::NoValue | Cell::Failed(_) => Cow::default(),
    }
}

pub(super) fn writer(separator: Separator, out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    let delimiter = match separator {
        Separator::Comma => b',',
        Separator::Tab => b'\t',
    };
    csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(out)
}

pub(super) fn write_row<'a>(
    writer: &mut csv::Writer<&mut dyn Write>,
    cells: impl Iterator<Item = Cow<'a, str>>,
) -> io::Result<()> {
    for cell in cells {
        writer.write_field(cell.as_bytes()).map_err(io_error)?;
    }
    writer.write_record(None::<&[u8]>).map_err(io_error)
}

/// The error of the writer beneath, whose kind tells a full disk from a closed pipe.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
