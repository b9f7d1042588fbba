use std::{cell::Cell as Flag, collections::HashMap, sync::Arc};

use egui::Context;

use super::ExploreInput;
use crate::{
    analysis::{
        Figure, FigureFormat, View,
        flags::{self, difference},
        view::{Origin, Shows},
    },
    model::{Cell, PlayerRef, StatDictionary, StatTable, StatTraits},
    ui::{background::Background, widgets::grid::Mark},
};

/// Tables of more players are joined with the one before beside the window.
const INLINE_ROWS: usize = 20_000;
/// How long changed values flash, in seconds.
const FLASH: f64 = 0.9;
/// The time between two pictures of a flash, in seconds.
const FLASH_STEP: f32 = 0.03;
/// Stands for no row.
const NOWHERE: u32 = u32::MAX;

/// Which cells changed since the fetch before, and which hold what cannot be.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The view and the dictionary that `columns` are of.
    of: Option<(View, Arc<StatDictionary>)>,
    /// By place in the view; `None` where nothing can be marked.
    columns: Vec<Option<Marked>>,
    /// The players of the table in the one before, and the job that finds them.
    rows: Option<(Joined, RowsBefore)>,
    joining: Background<Joined, RowsBefore>,
    was_fetching: bool,
    /// When the flash began, in seconds.
    flash: Option<f64>,
    /// How bright it is.
    brightness: f32,
    /// Whether a cell in sight flashed when it was asked for last.
    is_seen: Flag<bool>,
}

/// A column in which cells may be marked.
#[derive(Debug)]
struct Marked {
    /// Its place in the table, and in the one before.
    at: usize,
    before: Option<usize>,
    traits: StatTraits,
    format: FigureFormat,
}

/// Two tables whose players were joined. The tables are held: no other can come to have their address.
#[derive(Clone, Debug)]
struct Joined {
    before: Arc<StatTable>,
    now: Shape,
}

/// A table as far as its players can be told at once: they stay the same while a fetch runs.
type Shape = (usize, Option<PlayerRef>, Option<PlayerRef>);

impl PartialEq for Joined {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.before, &other.before) && self.now == other.now
    }
}

/// Where the players of a table stand in the one before.
#[derive(Clone, Debug)]
enum RowsBefore {
    /// Where they stand now.
    Same,
    /// By row of the table.
    Other(Vec<u32>),
}

impl RowsBefore {
    fn of(before: &StatTable, now: &StatTable) -> Self {
        let (before, now) = (before.rows(), now.rows());
        let is_same = before.len() == now.len()
            && before.iter().zip(now).all(|(before, now)| before.asked == now.asked);
        if is_same {
            return Self::Same;
        }
        let at: HashMap<&PlayerRef, u32> = (0..).zip(before).map(|(at, row)| (&row.asked, at)).collect();
        Self::Other(now.iter().map(|row| at.get(&row.asked).copied().unwrap_or(NOWHERE)).collect())
    }

    fn row(&self, row: u32) -> Option<usize> {
        match self {
            Self::Same => Some(row as usize),
            Self::Other(rows) => {
                rows.get(row as usize).filter(|row| **row != NOWHERE).map(|row| *row as usize)
            }
        }
    }
}

impl Marks {
    /// Brings the marks up to date with what is on screen, once a frame. Cheap when nothing changed.
    pub(super) fn refresh(&mut self, ctx: &Context, view: &View, input: &ExploreInput<'_>) {
        let is_same = self.of.as_ref().is_some_and(|(of, dictionary)| {
            std::ptr::eq(of.input(), view.input()) && Arc::ptr_eq(dictionary, input.dictionary)
        });
        if !is_same {
            self.of = Some((view.clone(), input.dictionary.clone()));
            self.columns = (0..view.columns().len()).map(|at| marked(view, at, input.dictionary)).collect();
            self.join(ctx, view);
        } else if self.joining.is_busy() {
            self.take_joined();
        }
        self.flash(ctx, input.fetching && input.before.is_some());
    }

    fn join(&mut self, ctx: &Context, view: &View) {
        let Some(before) = view.input().before.clone() else {
            self.rows = None;
            return;
        };
        let table = view.table();
        let asked = |row: Option<&crate::model::PlayerRow>| row.map(|row| row.asked.clone());
        let rows = table.rows();
        let joined =
            Joined { before: before.clone(), now: (rows.len(), asked(rows.first()), asked(rows.last())) };
        if self.rows.as_ref().is_some_and(|(of, _)| *of == joined) {
            return;
        }
        if rows.len() <= INLINE_ROWS {
            self.rows = Some((joined, RowsBefore::of(&before, table)));
            return;
        }
        self.rows = None;
        let table = table.clone();
        self.joining.request(ctx, joined, move || RowsBefore::of(&before, &table));
        self.take_joined();
    }

    fn take_joined(&mut self) {
        if let Some((joined, rows)) = self.joining.take_if(|_| true) {
            self.rows = Some((joined, rows));
        }
    }

    /// Has what changed flash when a fetch is over.
    fn flash(&mut self, ctx: &Context, fetching: bool) {
        let was_fetching = std::mem::replace(&mut self.was_fetching, fetching);
        let was_seen = self.is_seen.replace(false);
        let now = ctx.input(|input| input.time);
        if was_fetching && !fetching {
            self.flash = Some(now);
        }
        let Some(start) = self.flash else { return };
        let share = ((now - start) / FLASH).clamp(0.0, 1.0) as f32;
        self.brightness = 1.0 - share;
        if share >= 1.0 || (share > 0.0 && !was_seen) {
            (self.flash, self.brightness) = (None, 0.0);
        }
        // The last picture is the one without it.
        ctx.request_repaint_after_secs(FLASH_STEP);
    }

    /// The mark of a cell: a row of the table and a place in [`View::columns`]. Asked for each cell
    /// that is drawn.
    pub(super) fn of(&self, view: &View, row: u32, column: usize) -> Option<Mark> {
        let marked = self.columns.get(column)?.as_ref()?;
        let (value, before) = self.figures(view, row, marked)?;
        let change = before.map(|before| difference(before, value)).filter(|change| change.as_f64() != 0.0);
        let is_flagged = !flags::flags(&marked.traits, value, before).is_empty();
        if change.is_none() && !is_flagged {
            return None;
        }
        let flash = if change.is_some() { self.brightness } else { 0.0 };
        if flash > 0.0 {
            self.is_seen.set(true);
        }
        Some(Mark { change, is_flagged, flash })
    }

    /// The number of a cell, and the one that it held at the fetch before.
    fn figures(&self, view: &View, row: u32, marked: &Marked) -> Option<(Figure, Option<Figure>)> {
        let figure = |table: &StatTable, row: usize, column: usize| match table.cell(row, column) {
            Cell::Value(value) => Figure::of(&value),
            _ => None,
        };
        let value = figure(view.table(), row as usize, marked.at)?;
        let before = marked.before.zip(self.rows.as_ref()).and_then(|(column, (joined, rows))| {
            let is_of_view =
                view.input().before.as_ref().is_some_and(|before| Arc::ptr_eq(before, &joined.before));
            figure(&joined.before, rows.row(row).filter(|_| is_of_view)?, column)
        });
        Some((value, before))
    }

    /// What the mark means, in words for the tooltip: a sentence a line.
    pub(super) fn words(&self, view: &View, row: u32, column: usize) -> String {
        let Some(marked) = self.columns.get(column).and_then(Option::as_ref) else { return String::new() };
        let Some((value, before)) = self.figures(view, row, marked) else { return String::new() };
        let (change, flags) = words(marked, value, before);
        let lines: Vec<String> = flags.into_iter().chain(change).collect();
        lines.join("\n")
    }

    /// What is wrong with the value of a cell of the table, and by how much it changed: sentences.
    pub(super) fn about(&self, view: &View, row: u32, at: usize) -> About {
        let marked = self.columns.iter().flatten().find(|marked| marked.at == at);
        let figures = marked.and_then(|marked| Some((marked, self.figures(view, row, marked)?)));
        let Some((marked, (value, before))) = figures else { return About::default() };
        let (change, flags) = words(marked, value, before);
        About { change, flags }
    }
}

/// What is told of a cell beside its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct About {
    /// By how much it changed since the fetch before.
    pub(crate) change: Option<String>,
    /// What is wrong with it.
    pub(crate) flags: Vec<String>,
}

fn marked(view: &View, column: usize, dictionary: &StatDictionary) -> Option<Marked> {
    let shown = view.columns().get(column)?;
    let (Origin::Stat(at), Shows::Value) = (shown.origin, shown.shows) else { return None };
    let cells = &view.table().columns()[at];
    let traits = dictionary.traits(cells.key(), None);
    let before = view.input().before.as_ref().and_then(|before| before.column_index(cells.key()));
    if before.is_none() && traits.min.is_none() && traits.max.is_none() {
        return None;
    }
    Some(Marked { at, before, format: FigureFormat::new(&traits), traits })
}

fn words(marked: &Marked, value: Figure, before: Option<Figure>) -> (Option<String>, Vec<String>) {
    let format = &marked.format;
    let flags = flags::flags(&marked.traits, value, before);
    let flags = flags.iter().map(|flag| format!("{}.", flag.reason(format))).collect();
    let change = before.filter(|before| difference(*before, value).as_f64() != 0.0).map(|before| {
        let by = format.with_unit(format.difference(difference(before, value))).into_owned();
        let was = format.with_unit(format.figure(before)).into_owned();
        format!("{by} since the fetch before, when it was {was}.")
    });
    (change, flags)
}
