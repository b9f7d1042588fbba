//! The comparison as a table for a chat.

use super::sheet::{Sheet, SheetCell, SheetLine};
use crate::{
    formats::chat::{ChatCell, ChatTable},
    model::Beside,
};

/// The whole as Markdown, and what to say of it.
pub(super) fn markdown(sheet: &Sheet) -> (String, String) {
    let mut table = ChatTable::new("Stat");
    for head in &sheet.heads {
        let name = if head.is_reference { format!("{} (reference)", head.name) } else { head.name.clone() };
        table.column(&name);
    }
    for line in &sheet.lines {
        match line {
            SheetLine::Title(name) => table.line(ChatCell { text: name, is_strong: true, aside: "" }, []),
            SheetLine::Stat(stat) => {
                let unit = stat.unit.as_str();
                let name = ChatCell { text: &stat.name, is_strong: false, aside: unit };
                let words: Vec<_> = stat.cells.iter().map(SheetCell::words).collect();
                let cells = stat.cells.iter().zip(&words).map(|(cell, words)| ChatCell {
                    text: words,
                    is_strong: cell.is_best,
                    aside: &cell.beside,
                });
                table.line(name, cells);
            }
        }
    }
    let says = &sheet.says;
    let mut notes = Vec::new();
    if sheet.stats().any(|stat| stat.cells.iter().any(|cell| cell.is_best)) {
        notes.push("Best in bold.".to_owned());
    }
    match says.beside {
        Beside::Difference => notes.push(format!("In brackets: difference from {}.", says.reference)),
        Beside::Ratio => notes.push(format!("In brackets: ratio to {}.", says.reference)),
        Beside::ZScore => notes.push(format!("In brackets: z-score among {}.", says.among)),
        Beside::Percentile => notes.push(format!("In brackets: percentile among {}.", says.among)),
        Beside::Nothing => {}
    }
    if !says.shown_as.is_empty() {
        notes.push(format!("Values: {}.", says.shown_as));
    }
    notes.push(format!("{}.", says.better));
    let columns = super::words::several(sheet.heads.len(), "column");
    let what =
        format!("Copied {} of {columns} as Markdown", super::words::several(sheet.stats().count(), "stat"));
    (table.text(&notes.join(" ")), what)
}
