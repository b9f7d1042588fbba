use egui::Context;

use super::{Explore, ExploreAction, ExploreInput};
use crate::{
    analysis::display,
    formats::{Sheet, clipboard, json, markdown},
};

/// The form in which selected cells are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopyKind {
    /// Values as sent, separated by tabs.
    Values,
    /// The same with headings and names.
    WithHeadings,
    /// A table for a chat or a wiki.
    Markdown,
    /// A list of objects, one a value.
    Json,
    /// The players' XUIDs, a line each.
    Xuids,
}

impl CopyKind {
    /// All of them, in the order of a menu.
    pub(crate) const ALL: [Self; 5] =
        [Self::Values, Self::WithHeadings, Self::Markdown, Self::Json, Self::Xuids];

    /// What a menu calls it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Values => "Copy",
            Self::WithHeadings => "Copy with headers",
            Self::Markdown => "Copy as Markdown",
            Self::Json => "Copy as JSON",
            Self::Xuids => "Copy XUIDs",
        }
    }

    /// The key that does the same; empty for none.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Values => "Ctrl C",
            Self::WithHeadings => "Ctrl Shift C",
            _ => "",
        }
    }
}

impl Explore {
    /// Puts what is selected on the clipboard; all that is shown, when nothing is.
    pub(super) fn copy(&self, ctx: &Context, input: &ExploreInput<'_>, kind: CopyKind) -> ExploreAction {
        let none = self.selected.rows.is_empty();
        let all_columns: Vec<usize> = (0..input.table.columns().len()).collect();
        let rows = if none { self.shown_rows() } else { &self.selected.rows };
        let columns = if none { &all_columns } else { &self.selected.columns };
        let has_names = none || self.selection().is_of_rows();
        let players = of(rows.len(), "player", "players");
        let what = if kind == CopyKind::Xuids {
            let xuids = rows.iter().filter_map(|row| input.table.rows()[*row as usize].player());
            let lines: Vec<String> = xuids.map(|player| player.xuid.to_string()).collect();
            ctx.copy_text(lines.join("\n"));
            format!("Copied {}", of(lines.len(), "XUID", "XUIDs"))
        } else {
            let sheet = Sheet::new(input.table, rows, &input.query.titles).with_columns(columns.clone());
            ctx.copy_text(text(&sheet, kind, has_names));
            format!("Copied {} of {players}", of(rows.len() * columns.len(), "cell", "cells"))
        };
        ExploreAction::Copied { what }
    }
}

fn text(sheet: &Sheet<'_>, kind: CopyKind, has_names: bool) -> String {
    let mut out = Vec::new();
    let with =
        |headings, players| clipboard::Options { headings, players, values: clipboard::Values::AsSent };
    let written = match kind {
        CopyKind::Markdown => markdown::table(sheet, &mut out),
        CopyKind::Json => json::long(sheet, &mut out),
        CopyKind::WithHeadings => clipboard::write(sheet, with(true, true), &mut out),
        CopyKind::Values | CopyKind::Xuids => clipboard::write(sheet, with(false, has_names), &mut out),
    };
    // Memory takes everything that is written to it.
    debug_assert!(written.is_ok(), "{written:?}");
    String::from_utf8_lossy(&out).into_owned()
}

fn of(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", display::count(count), if count == 1 { one } else { many })
}
