//! Tabbed text for pasting into a spreadsheet or a chat.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{
    delimited::{Guard, Separator, as_sent, write_row, writer},
    sheet::Sheet,
};
use crate::{analysis::display, model::Cell};

/// What is copied beside the values, and in what form they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// A first line with the headings.
    pub headings: bool,
    /// A first column with the players' names.
    pub players: bool,
    /// The form of the values.
    pub values: Values,
}

/// The form of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Exactly as the service sent them.
    AsSent,
    /// As the grid shows them.
    AsShown,
}

/// Writes the sheet as tabbed text. Cells without a value are empty; names and texts cannot become
/// formulas ([`Guard::Spreadsheet`]).
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(sheet: &Sheet<'_>, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(Separator::Tab, out);
    let guard = Guard::Spreadsheet;
    if options.headings {
        let headings = sheet.headings();
        let player = options.players.then_some(Cow::Borrowed("Player"));
        write_row(&mut writer, player.into_iter().chain(headings.iter().map(|text| guard.apply(text))))?;
    }
    for (row, player) in sheet.players() {
        let name = options.players.then(|| player.name());
        let cells = sheet.cells(row).map(|cell| match (options.values, cell) {
            (Values::AsShown, Cell::Value(value)) if value.number.is_some() => display::value(&value),
            (Values::AsShown, Cell::Value(value)) => guard.apply(&display::value(&value)).into_owned().into(),
            (_, cell) => as_sent(cell, guard),
        });
        write_row(&mut writer, name.iter().map(|name| guard.apply(name)).chain(cells))?;
    }
    writer.flush()
}
