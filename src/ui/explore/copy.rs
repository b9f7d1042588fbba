use egui::Context;

use super::{Explore, ExploreAction, ExploreInput, digest::INLINE_CELLS};
use crate::{
    analysis::{View, display, view::Shown},
    formats::cells::{self, Form, Text},
    model::{Cell, Layout, PlayerRow},
    ui::{
        background::Background,
        widgets::grid::{Looks, Selection},
    },
};

/// What is copied, and in which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopyKind {
    /// Values, separated by tabs.
    Values,
    /// The same with headings and names.
    WithHeadings,
    /// Separated by commas, with headings and names.
    Csv,
    /// A table for a chat or a wiki.
    Markdown,
    /// A list of objects, one a row.
    Json,
    /// The players' XUIDs, a line each.
    Xuids,
    /// The same so that a spreadsheet keeps all their digits.
    XuidsForSpreadsheet,
}

/// How values are copied, whatever the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CopyOptions {
    /// Values as they are written in the grid, instead of as they were sent.
    pub(crate) as_shown: bool,
    /// All that the view shows, whatever is selected.
    pub(crate) all: bool,
}

impl CopyKind {
    /// All of them, in the order of a menu.
    pub(crate) const ALL: [Self; 7] = [
        Self::Values,
        Self::WithHeadings,
        Self::Csv,
        Self::Markdown,
        Self::Json,
        Self::Xuids,
        Self::XuidsForSpreadsheet,
    ];

    /// What a menu calls it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Values => "Copy",
            Self::WithHeadings => "Copy with headers",
            Self::Csv => "Copy as CSV",
            Self::Markdown => "Copy as Markdown",
            Self::Json => "Copy as JSON",
            Self::Xuids => "Copy XUIDs",
            Self::XuidsForSpreadsheet => "Copy XUIDs for a spreadsheet",
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

    fn form(self) -> Form {
        match self {
            Self::Values | Self::WithHeadings | Self::Xuids | Self::XuidsForSpreadsheet => Form::Tsv,
            Self::Csv => Form::Csv,
            Self::Markdown => Form::Markdown,
            Self::Json => Form::Json,
        }
    }
}

/// A large copy that is being written beside the window.
#[derive(Debug, Default)]
pub(super) struct Copying {
    pub(super) options: CopyOptions,
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
    view: View,
    looks: std::sync::Arc<Looks>,
    rows: Vec<u32>,
    columns: Vec<usize>,
    /// What of them is selected; `None` for all.
    selection: Option<Selection>,
    kind: CopyKind,
    as_shown: bool,
    /// Whether players are copied, and not just some of their values: their names come along.
    names: bool,
}

impl Explore {
    /// How values are copied, to show and to change in a menu.
    pub(crate) fn copy_options_mut(&mut self) -> &mut CopyOptions {
        &mut self.copying.options
    }

    /// Puts what is selected on the clipboard; all that is shown, when nothing is. `None` when
    /// there is so much of it that it takes longer: then [`copied`](Self::copied) tells.
    pub(super) fn copy(
        &mut self,
        ctx: &Context,
        _input: &ExploreInput<'_>,
        kind: CopyKind,
    ) -> Option<ExploreAction> {
        let shown = self.views.shown()?;
        let all = self.copying.options.all || self.selected_players().is_empty();
        let view = shown.view.clone();
        let selection = self.selection();
        let copy = Copy {
            rows: if all { view.order() } else { self.selected_players() }.to_vec(),
            columns: if all { (0..view.columns().len()).collect() } else { self.selected_places().to_vec() },
            looks: shown.looks.clone(),
            names: all || selection.is_of_rows(),
            selection: (!all && !selection.is_block()).then(|| selection.clone()),
            as_shown: self.copying.options.as_shown,
            kind,
            view,
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
        let Copying { job, asked, .. } = &mut self.copying;
        job.take(asked).map(|written| put(ctx, written))
    }
}

fn put(ctx: &Context, written: Written) -> ExploreAction {
    ctx.copy_text(written.text);
    ExploreAction::Copied { what: written.what }
}

impl Copy {
    fn write(&self) -> Written {
        if matches!(self.kind, CopyKind::Xuids | CopyKind::XuidsForSpreadsheet) {
            return self.xuids();
        }
        let cells = of(self.count(), "cell", "cells");
        let players = of(self.rows.len(), "player", "players");
        let text = in_memory(|out| match self.view.input().settings.layout {
            Layout::Wide => self.wide(out),
            Layout::Transposed => self.transposed(out),
            Layout::Long => self.long(out),
        });
        Written { text, what: format!("Copied {cells} of {players}") }
    }

    fn xuids(&self) -> Written {
        let table = self.view.table();
        let players = self.rows.iter().filter_map(|row| table.rows()[*row as usize].player());
        let xuids: Vec<String> = players.map(|player| player.xuid.to_string()).collect();
        let what = format!("Copied {}", of(xuids.len(), "XUID", "XUIDs"));
        if self.kind == CopyKind::Xuids {
            return Written { text: xuids.join("\n"), what };
        }
        let rows = xuids.into_iter().map(|xuid| vec![Text::words(xuid)]);
        Written { text: in_memory(|out| cells::write(self.kind.form(), &[], false, rows, out)), what }
    }

    fn count(&self) -> usize {
        match &self.selection {
            None => self.rows.len() * self.columns.len(),
            Some(_) => self.rows.iter().map(|row| self.lanes_of(*row).count()).sum(),
        }
    }

    /// The columns that are copied of a row.
    fn lanes_of(&self, row: u32) -> impl Iterator<Item = usize> {
        let has =
            move |column: &usize| self.selection.as_ref().is_none_or(|selection| selection.has(row, *column));
        self.columns.iter().copied().filter(has)
    }

    /// Whether the form has headings and names beside the values.
    fn is_labelled(&self) -> bool {
        !matches!(self.kind, CopyKind::Values)
    }

    fn headings(&self) -> Vec<String> {
        let columns: Vec<_> = self.columns.iter().filter_map(|column| self.looks.column(*column)).collect();
        columns
            .iter()
            .map(|look| match columns.iter().filter(|other| other.name == look.name).count() {
                1 => look.name.clone(),
                _ => format!("{}: {}", look.title, look.name),
            })
            .collect()
    }

    fn wide(&self, out: &mut Vec<u8>) -> std::io::Result<()> {
        let has_names = self.is_labelled() || self.names;
        let name = has_names.then(|| "Player".to_owned());
        let headings: Vec<String> = name.into_iter().chain(self.headings()).collect();
        let rows = self.rows.iter().map(|row| {
            let name = has_names.then(|| self.name(*row));
            name.into_iter().chain(self.columns.iter().map(|column| self.cell(*row, *column))).collect()
        });
        cells::write(self.kind.form(), &headings, self.is_labelled(), rows, out)
    }

    fn transposed(&self, out: &mut Vec<u8>) -> std::io::Result<()> {
        let is_labelled = self.is_labelled();
        let name = is_labelled.then(|| "Stat".to_owned());
        let players = self.rows.iter().map(|row| self.view.table().rows()[*row as usize].name());
        let headings: Vec<String> = name.into_iter().chain(players).collect();
        let names = self.headings();
        let rows = self.columns.iter().zip(&names).map(|(column, name)| {
            let name = is_labelled.then(|| Text::words(name.as_str()));
            name.into_iter().chain(self.rows.iter().map(|row| self.cell(*row, *column))).collect()
        });
        cells::write(self.kind.form(), &headings, is_labelled, rows, out)
    }

    fn long(&self, out: &mut Vec<u8>) -> std::io::Result<()> {
        let is_labelled = self.is_labelled() || self.names;
        let headings: Vec<String> = if is_labelled {
            ["Player", "Title", "Stat", "Value"].map(str::to_owned).to_vec()
        } else {
            vec!["Value".to_owned()]
        };
        let rows = self.rows.iter().flat_map(|row| {
            self.lanes_of(*row).map(move |column| {
                let value = self.cell(*row, column);
                let Some(look) = self.looks.column(column).filter(|_| is_labelled) else {
                    return vec![value];
                };
                let (title, stat) = (Text::words(look.title.as_str()), Text::words(look.name.as_str()));
                vec![self.name(*row), title, stat, value]
            })
        });
        cells::write(self.kind.form(), &headings, self.is_labelled(), rows, out)
    }

    fn name(&self, row: u32) -> Text<'_> {
        let player: &PlayerRow = &self.view.table().rows()[row as usize];
        Text::words(player.shown_name())
    }

    /// A cell; empty where there is no value, or where it is not selected.
    fn cell(&self, row: u32, column: usize) -> Text<'_> {
        let is_selected = self.selection.as_ref().is_none_or(|selection| selection.has(row, column));
        let Some(look) = self.looks.column(column).filter(|_| is_selected) else { return Text::default() };
        let shown = self.view.cell(row, column);
        // A chat is read by people, whatever the choice.
        let as_shown = self.as_shown || self.kind == CopyKind::Markdown;
        match shown {
            Shown::Cell(Cell::Value(value)) => Text {
                text: if as_shown { look.text(shown) } else { value.text.into() },
                is_number: value.number.is_some(),
            },
            Shown::Number(number) if !as_shown => Text::number(number.to_string()),
            Shown::Number(_) => Text::number(look.text(shown).into_owned()),
            Shown::Rank(rank) => Text::number(rank.to_string()),
            Shown::Cell(Cell::NoValue | Cell::Failed(_)) if as_shown => Text::words(look.text(shown)),
            Shown::Cell(_) | Shown::Nothing(_) | Shown::Waiting => Text::default(),
        }
    }
}

fn in_memory(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    let written = write(&mut out);
    // Memory takes everything that is written to it.
    debug_assert!(written.is_ok(), "{written:?}");
    String::from_utf8_lossy(&out).into_owned()
}

fn of(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", display::count(count), if count == 1 { one } else { many })
}
