//! Cells for the clipboard: what was selected in a grid, for spreadsheets, chats and programs.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::ser::{SerializeMap as _, Serializer as _};

use super::{
    delimited::{Guard, Separator},
    markdown,
    rows::Rows,
};

/// The form that cells are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Separated by tabs, for spreadsheets.
    Tsv,
    /// Separated by commas.
    Csv,
    /// A table for a chat or a wiki. It always has headings.
    Markdown,
    /// A list of objects, one a row, with the headings as keys.
    Json,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'a> {
    /// What is written.
    pub text: Cow<'a, str>,
    /// Whether it is a number, which no program takes for anything else.
    pub is_number: bool,
}

impl<'a> Text<'a> {
    /// A number, in the form in which programs read one.
    pub fn number(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), is_number: true }
    }

    /// Words, an id, or a number written for the eye.
    pub fn words(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

/// Writes rows of cells. In what goes to spreadsheets (TSV and CSV) names and texts cannot become
/// formulas, and ids and integers lose no digits ([`Guard::Spreadsheet`]). For people and programs
/// (Markdown and JSON) all are what they are.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write<'a>(
    form: Form,
    headings: &[String],
    has_headings: bool,
    rows: impl Iterator<Item = Vec<Text<'a>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match form {
        Form::Tsv => delimited(Separator::Tab, headings, has_headings, rows, out),
        Form::Csv => delimited(Separator::Comma, headings, has_headings, rows, out),
        Form::Markdown => table(headings, rows, out),
        Form::Json => objects(headings, rows, out),
    }
}

fn delimited<'a>(
    separator: Separator,
    headings: &[String],
    has_headings: bool,
    rows: impl Iterator<Item = Vec<Text<'a>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let guard = Guard::Spreadsheet;
    let mut written = Rows::new(separator, out);
    if has_headings {
        written.write(headings.iter().map(|heading| guard.text(heading)))?;
    }
    for row in rows {
        let cells = row
            .iter()
            .map(|cell| if cell.is_number { guard.number(&cell.text) } else { guard.text(&cell.text) });
        written.write(cells)?;
    }
    written.finish()
}

fn table<'a>(
    headings: &[String],
    rows: impl Iterator<Item = Vec<Text<'a>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = rows.peekable();
    let is_number: Vec<bool> =
        rows.peek().map_or(Vec::new(), |row| row.iter().map(|cell| cell.is_number).collect());
    let line = |out: &mut dyn Write, cells: &mut dyn Iterator<Item = Cow<'_, str>>| {
        out.write_all(b"|")?;
        for cell in cells {
            write!(out, " {cell} |")?;
        }
        writeln!(out)
    };
    line(out, &mut headings.iter().map(|heading| markdown::escaped(heading).into()))?;
    let rule = |place: usize| if is_number.get(place).copied().unwrap_or(false) { "---:" } else { "---" };
    line(out, &mut (0..headings.len()).map(|place| rule(place).into()))?;
    for row in rows {
        line(out, &mut row.iter().map(|cell| markdown::escaped(&cell.text).into()))?;
    }
    out.flush()
}

fn objects<'a>(
    headings: &[String],
    rows: impl Iterator<Item = Vec<Text<'a>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut before = "[\n";
    for row in rows {
        out.write_all(before.as_bytes())?;
        let mut serializer = serde_json::Serializer::new(&mut *out);
        let mut object = serializer.serialize_map(Some(row.len()))?;
        for (heading, cell) in headings.iter().zip(&row) {
            // Integers beyond 2^53 lose digits in many readers: those stay text.
            let number = cell.is_number.then(|| cell.text.parse::<serde_json::Number>().ok()).flatten();
            let is_safe = cell.text.trim_start_matches('-').len() <= MOST_DIGITS;
            match number.filter(|_| is_safe) {
                Some(number) => object.serialize_entry(heading, &number)?,
                None if cell.text.is_empty() => object.serialize_entry(heading, &())?,
                None => object.serialize_entry(heading, &cell.text)?,
            }
        }
        object.end()?;
        before = ",\n";
    }
    out.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })?;
    out.flush()
}

/// Digits that every reader of numbers keeps.
const MOST_DIGITS: usize = 15;
