//! A table of plain text, for terminals.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::sheet::Sheet;
use crate::{analysis::display, model::Cell};

/// The widest that a cell gets, in columns of the terminal. The rest of a longer text is cut off.
const MAX_WIDTH: usize = 40;
const GAP: &str = "  ";

/// Writes players × stats, aligned: numbers to the right, texts to the left, wide characters as
/// the two columns that they take. Values are as shown; what is not a value is said in words.
///
/// Characters that could steer a terminal or turn the direction of a line are drawn as `�`.
///
/// # Errors
/// When `out` cannot be written to.
pub fn table(sheet: &Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut right = vec![false];
    right.extend(sheet.numeric());
    let mut header = vec!["Player".to_owned()];
    header.extend(sheet.headings().iter().map(|heading| fitted(heading)));
    let mut widths: Vec<usize> = header.iter().map(|cell| cell.width()).collect();
    for line in body(sheet) {
        for (width, cell) in widths.iter_mut().zip(&line) {
            *width = (*width).max(cell.width());
        }
    }
    write_line(out, &header, &widths, &right)?;
    // Made a second time, so that a table of a million rows is never held as text.
    for line in body(sheet) {
        write_line(out, &line, &widths, &right)?;
    }
    out.flush()
}

fn body(sheet: &Sheet<'_>) -> impl Iterator<Item = Vec<String>> {
    sheet.players().map(|(row, player)| {
        let mut line = vec![fitted(&player.name())];
        line.extend(sheet.cells(row).map(|cell| fitted(&cell_text(cell))));
        line
    })
}

fn write_line(out: &mut dyn Write, cells: &[String], widths: &[usize], right: &[bool]) -> io::Result<()> {
    let mut line = String::new();
    for ((cell, width), right) in cells.iter().zip(widths).zip(right) {
        let padding = " ".repeat(width.saturating_sub(cell.width()));
        let (before, after) = if *right { (padding.as_str(), "") } else { ("", padding.as_str()) };
        for part in [before, cell, after, GAP] {
            line.push_str(part);
        }
    }
    writeln!(out, "{}", line.trim_end())
}

/// A cell in words: its value as shown, or why there is none.
pub(super) fn cell_text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::NotAsked => "".into(),
        Cell::Pending => "pending".into(),
        Cell::NoValue => "no value".into(),
        Cell::Value(value) => display::value(&value),
        Cell::Failed(failure) => match failure.status {
            Some(status) => format!("failed ({status})").into(),
            None => "failed".into(),
        },
    }
}

/// A character that is safe to write in a line: line breaks are spaces, and what would steer a
/// terminal or reverse the text after it is `�`.
pub(super) fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

fn fitted(text: &str) -> String {
    let text: String = text.chars().map(visible).collect();
    if text.width() <= MAX_WIDTH {
        return text;
    }
    let mut width = 0;
    let kept = text.chars().take_while(|c| {
        width += c.width().unwrap_or(0);
        width < MAX_WIDTH
    });
    kept.chain(['…']).collect()
}
