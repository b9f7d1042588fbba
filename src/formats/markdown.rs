//! Markdown.

use std::io::{self, Write};

use super::{
    sheet::Sheet,
    text::{cell_text, visible},
};

/// Writes a table of players × stats with values as they are shown. Columns that hold numbers are
/// aligned to the right; what is not a value is said in words.
///
/// # Errors
/// When `out` cannot be written to.
pub fn table(sheet: &Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<String> = sheet.headings().iter().map(|heading| escaped(heading)).collect();
    let rules = sheet.numeric().into_iter().map(|numeric| if numeric { "---:" } else { "---" });
    line(out, "Player", headings.iter().map(String::as_str))?;
    line(out, "---", rules)?;
    for (row, player) in sheet.players() {
        let cells: Vec<String> = sheet.cells(row).map(|cell| escaped(&cell_text(cell))).collect();
        line(out, &escaped(&player.name()), cells.iter().map(String::as_str))?;
    }
    out.flush()
}

fn line<'a>(out: &mut dyn Write, first: &str, rest: impl Iterator<Item = &'a str>) -> io::Result<()> {
    write!(out, "| {first} |")?;
    for cell in rest {
        write!(out, " {cell} |")?;
    }
    writeln!(out)
}

/// A text as it is, whatever characters of Markdown it holds.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(visible) {
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '<' | '[' | ']' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
