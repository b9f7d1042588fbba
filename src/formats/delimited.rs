//! CSV and TSV.

use std::{
    borrow::Cow,
    io::{self, Write},
};

pub use super::{
    guard::{Guard, unguarded},
    rows::Separator,
};
use super::{
    rows::Rows,
    sheet::{Sheet, gamertag, xuid},
};
use crate::model::Cell;

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
    let mut rows = Rows::new(separator, out);
    rows.write(LONG_HEADER.iter())?;
    for record in sheet.records() {
        let value = record.value.unwrap_or_default();
        let value = if record.is_number { guard.number(value) } else { guard.text(value) };
        let status = record.status.map(|status| status.to_string()).unwrap_or_default();
        let cells = [
            guard.text(record.xuid.as_deref().unwrap_or_default()),
            guard.text(record.gamertag.unwrap_or_default()),
            guard.text(record.scid),
            guard.text(record.stat),
            guard.text(record.stat_type.unwrap_or_default()),
            value,
            record.state.into(),
            status.into(),
            guard.text(record.reason.unwrap_or_default()),
        ];
        rows.write(cells.iter())?;
    }
    rows.finish()
}

/// Writes one player a line: `xuid`, `gamertag`, then a column for each stat, its value as sent.
///
/// A cell without a value is empty whatever the reason, so that a column of numbers stays one;
/// [`long`] tells the reasons.
///
/// # Errors
/// When `out` cannot be written to.
pub fn wide(sheet: &Sheet<'_>, separator: Separator, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = Rows::new(separator, out);
    let headings = sheet.headings();
    let headings = headings.iter().map(|heading| guard.text(heading));
    rows.write(["xuid".into(), "gamertag".into()].into_iter().chain(headings))?;
    for (row, player) in sheet.players() {
        let xuid = xuid(player).map(|xuid| xuid.to_string()).unwrap_or_default();
        let name = guard.text(gamertag(player).unwrap_or_default());
        let cells = sheet.cells(row).map(|cell| as_sent(cell, guard));
        rows.write([guard.text(&xuid), name].into_iter().chain(cells))?;
    }
    rows.finish()
}

/// Writes lines of cells as they are, such as the figures behind a chart. What reads as a number is
/// one: it is never guarded as a name or text would be.
///
/// # Errors
/// When `out` cannot be written to.
pub fn lines(
    lines: &[Vec<String>],
    separator: Separator,
    guard: Guard,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = Rows::new(separator, out);
    for line in lines {
        rows.write(line.iter().map(|cell| guard.either(cell)))?;
    }
    rows.finish()
}

/// A value as sent; nothing where there is none.
fn as_sent(cell: Cell<'_>, guard: Guard) -> Cow<'_, str> {
    match cell {
        Cell::Value(value) if value.number.is_some() => guard.number(value.text),
        Cell::Value(value) => guard.text(value.text),
        Cell::NotAsked | Cell::Pending | Cell::NoValue | Cell::Failed(_) => Cow::default(),
    }
}
