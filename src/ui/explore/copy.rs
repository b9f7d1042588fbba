use std::sync::Arc;

use egui::Context;

use super::{Explore, ExploreAction, ExploreInput, digest::INLINE_CELLS};
use crate::{
    analysis::display,
    formats::{Sheet, clipboard, json, markdown},
    model::{QueryTitle, StatTable},
    ui::background::Background,
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

/// A large copy that is being written beside the window.
#[derive(Debug, Default)]
pub(super) struct Copying {
    job: Background<usize, Written>,
    /// The number of the copy that was asked for last.
    asked: usize,
}

/// What goes onto the clipboard, and what to say of it.
#[derive(Debug)]
struct Written {
    text: String,
    what: String,
}

/// What to copy.
struct Copy {
    table: Arc<StatTable>,
    rows: Vec<u32>,
    columns: Vec<usize>,
    titles: Vec<QueryTitle>,
    kind: CopyKind,
    /// Whether players are copied, and not just some of their values: their names come along.
    names: bool,
}

impl Explore {
    /// Puts what is selected on the clipboard; all that is shown, when nothing is. `None` when
    /// there is so much of it that it takes longer: then [`copied`](Self::copied) tells.
    pub(super) fn copy(
        &mut self,
        ctx: &Context,
        input: &ExploreInput<'_>,
        kind: CopyKind,
    ) -> Option<ExploreAction> {
        let none = self.selected.rows.is_empty();
        let copy = Copy {
            table: input.table.clone(),
            rows: if none { self.shown_rows() } else { &self.selected.rows }.to_vec(),
            columns: if none {
                (0..input.table.columns().len()).collect()
            } else {
                self.selected.columns.clone()
            },
            titles: input.query.titles.clone(),
            kind,
            names: none || self.selection().is_of_rows(),
        };
        self.copying.asked += 1;
        if copy.rows.len().saturating_mul(copy.columns.len()) <= INLINE_CELLS {
            self.copying.job.clear();
            return Some(put(ctx, copy.write()));
        }
        self.copying.job.request(ctx, self.copying.asked, move || copy.write());
        None
    }

    /// Puts a large copy on the clipboard once it is written.
    pub(super) fn copied(&mut self, ctx: &Context) -> Option<ExploreAction> {
        let Copying { job, asked } = &mut self.copying;
        job.take(asked).map(|written| put(ctx, written))
    }
}

fn put(ctx: &Context, written: Written) -> ExploreAction {
    ctx.copy_text(written.text);
    ExploreAction::Copied { what: written.what }
}

impl Copy {
    fn write(&self) -> Written {
        if self.kind == CopyKind::Xuids {
            let players = self.rows.iter().filter_map(|row| self.table.rows()[*row as usize].player());
            let lines: Vec<String> = players.map(|player| player.xuid.to_string()).collect();
            let what = format!("Copied {}", of(lines.len(), "XUID", "XUIDs"));
            return Written { text: lines.join("\n"), what };
        }
        let sheet = Sheet::new(&self.table, &self.rows, &self.titles).with_columns(self.columns.clone());
        let cells = of(self.rows.len() * self.columns.len(), "cell", "cells");
        let players = of(self.rows.len(), "player", "players");
        Written { text: text(&sheet, self.kind, self.names), what: format!("Copied {cells} of {players}") }
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
