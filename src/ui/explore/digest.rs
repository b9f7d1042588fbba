//! From the table and the settings to the view on screen: in the frame while that is quick, else on
//! a worker, the old view staying until the new one is there.

use std::{collections::HashMap, sync::Arc};

use egui::Context;

use super::ExploreInput;
use crate::{
    analysis::{
        self, Derived, Later, Stop, Stopped, View, ViewInput,
        formula::{DerivedColumns, Names},
    },
    model::{DerivedColumn, Group, PlayerRef, StatDictionary, StatTable, ViewSettings},
    ui::{
        background::Background,
        widgets::grid::{Looks, TitleNames, markers},
    },
};

/// What takes in more cells than these is worked out beside the window.
pub(super) const INLINE_CELLS: usize = 60_000;
/// Cells of a growing table that are copied in a thousandth of a second or less. A table that is on
/// screen is copied before more values go into it, so this is not done with each that comes.
const CELLS_COPIED_A_MILLISECOND: f64 = 60_000.0;
/// How many times longer than such a copy takes the next one waits.
const REST: f64 = 40.0;

/// What a view is made of: another number, or another address, whenever that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    revision: u64,
    query: u64,
    dictionary: usize,
    before: usize,
    /// Grows when the order is asked to settle.
    settled: u64,
}

/// A view, and how its columns look.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) view: View,
    pub(super) looks: Arc<Looks>,
    formulas: Formulas,
}

/// What the formulas came to, to be taken over while they and their table stay.
#[derive(Clone, Debug, Default)]
struct Formulas {
    columns: Vec<DerivedColumn>,
    derived: Vec<Arc<Derived>>,
}

/// A new view, and where the rows of the old table stand in the new one; `None`: where they stood.
#[derive(Debug)]
pub(super) struct Change {
    shown: Shown,
    pub(super) rows: Option<Vec<Option<u32>>>,
}

/// The view on screen and the next one.
#[derive(Debug, Default)]
pub(super) struct Views {
    shown: Option<Shown>,
    /// What `shown` was made of.
    made: Option<Made>,
    /// Whether `shown` keeps the order of an earlier state of its table.
    is_held: bool,
    settled: u64,
    /// Grows with each new view.
    version: usize,
    /// Until when a growing table is not copied again, in seconds.
    rests_until: f64,
    /// Settings and groups that were given to a view last, at the revision of the query.
    asked: Option<Asked>,
    stop: Stop,
    job: Background<Made, Result<Change, Stopped>>,
    preparing: Background<(usize, Vec<usize>), ()>,
}

#[derive(Clone, Debug)]
struct Asked {
    query: u64,
    settings: Arc<ViewSettings>,
    groups: Arc<[Group]>,
}

/// All that a view is worked out from, for a worker to take along.
struct Work {
    table: Arc<StatTable>,
    before: Option<Arc<StatTable>>,
    asked: Asked,
    names: Option<Names>,
    dictionary: Arc<StatDictionary>,
    titles: TitleNames,
    /// The view on screen.
    old: Option<Shown>,
    /// Whether the order stays as it is.
    holds: bool,
    /// Whether the table goes on growing elsewhere.
    is_growing: bool,
    columns: Vec<usize>,
}

impl Views {
    pub(super) fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// Another number whenever another view is on screen.
    pub(super) fn version(&self) -> usize {
        self.version
    }

    /// Whether the order waits for the fetch to end.
    pub(super) fn is_held(&self) -> bool {
        self.is_held && self.shown.as_ref().is_some_and(|shown| depends_on_values(&shown.view))
    }

    /// Has the order follow the values at once.
    pub(super) fn settle(&mut self) {
        self.settled += 1;
    }

    /// Brings the view up to date with what is shown. Returns what changed, if anything did.
    /// `columns` are those in sight, hidden ones that a chart draws among them.
    pub(super) fn refresh(
        &mut self,
        ctx: &Context,
        input: &ExploreInput<'_>,
        columns: &[usize],
    ) -> Option<Change> {
        let made = Made {
            revision: input.revision,
            query: input.query_revision,
            dictionary: Arc::as_ptr(input.dictionary).addr(),
            before: input.before.map_or(0, |before| Arc::as_ptr(before).addr()),
            settled: self.settled,
        };
        // When the fetch is over the order follows, even where its last word brought no value.
        let settles = self.is_held && !input.fetching;
        if self.made == Some(made) && !settles {
            return None;
        }
        self.note_query(input);
        let settles_now = self.made.is_none_or(|old| old.settled != made.settled);
        let holds = input.fetching && !settles_now && self.is_as_asked();
        let cells = input.table.rows().len().saturating_mul(input.table.columns().len());
        if cells <= INLINE_CELLS {
            let change = self.work(input, holds, columns).run(&Stop::default()).ok()?;
            return Some(self.put(change, made, holds));
        }
        // While a fetch runs every moment brings another state: one that was begun is finished.
        let is_alike = |of: &Made| {
            if input.fetching { Made { revision: made.revision, ..*of } == made } else { *of == made }
        };
        if let Some((of, Ok(change))) = self.job.take_if(is_alike) {
            return Some(self.put(change, of, holds));
        }
        if self.job.is_for(is_alike) {
            return None;
        }
        let now = ctx.input(|input| input.time);
        if holds && now < self.rests_until {
            ctx.request_repaint_after_secs((self.rests_until - now) as f32);
            return None;
        }
        let cells = cells as f64;
        self.rests_until = now + cells / CELLS_COPIED_A_MILLISECOND / 1000.0 * REST;
        self.stop.stop();
        self.stop = Stop::default();
        let (work, stop) = (self.work(input, holds, columns), self.stop.clone());
        self.job.request(ctx, made, move || work.run(&stop));
        None
    }

    /// Has what the columns show worked out, where it is not yet: first those in sight, then the others,
    /// for whoever sums up the whole table.
    pub(super) fn prepare(&mut self, ctx: &Context, in_sight: &[usize]) {
        let Some(shown) = &self.shown else { return };
        let view = &shown.view;
        let count = view.columns().len();
        if view.is_prepared((0..count).chain(in_sight.iter().copied())) {
            return;
        }
        let asked: Vec<usize> =
            if view.is_prepared(in_sight.iter().copied()) { (0..count).collect() } else { in_sight.to_vec() };
        let (view, stop) = (view.clone(), self.stop.clone());
        let cells = view.table().rows().len().saturating_mul(count);
        if cells <= INLINE_CELLS {
            // Stopped only for a newer view, which prepares its own.
            let _ = view.prepare((0..count).chain(in_sight.iter().copied()), &Stop::default());
            return;
        }
        if !self.preparing.is_busy() {
            let key = (self.version, asked.clone());
            self.preparing.request(ctx, key, move || {
                let _ = view.prepare(asked, &stop);
            });
        }
    }

    fn note_query(&mut self, input: &ExploreInput<'_>) {
        let query = input.query_revision;
        match &mut self.asked {
            Some(asked) if asked.query == query => {}
            Some(asked) => {
                asked.query = query;
                if *asked.settings != input.query.view {
                    asked.settings = Arc::new(input.query.view.clone());
                }
                if *asked.groups != *input.query.groups {
                    asked.groups = input.query.groups.as_slice().into();
                }
            }
            None => {
                self.asked = Some(Asked {
                    query,
                    settings: Arc::new(input.query.view.clone()),
                    groups: input.query.groups.as_slice().into(),
                });
            }
        }
    }

    /// Whether the view on screen filters, sorts and groups as is asked for now.
    fn is_as_asked(&self) -> bool {
        self.shown.as_ref().zip(self.asked.as_ref()).is_some_and(|(shown, asked)| {
            let held = shown.view.input();
            Arc::ptr_eq(&held.settings, &asked.settings) && Arc::ptr_eq(&held.groups, &asked.groups)
        })
    }

    fn work(&self, input: &ExploreInput<'_>, holds: bool, columns: &[usize]) -> Work {
        let view = &input.query.view;
        let asked = self.asked.clone().unwrap_or_else(|| Asked {
            query: input.query_revision,
            settings: Arc::new(view.clone()),
            groups: input.query.groups.as_slice().into(),
        });
        Work {
            table: input.table.clone(),
            before: input.before.cloned(),
            asked,
            names: (!view.derived.is_empty()).then(|| Names::new(input.query, input.dictionary)),
            dictionary: input.dictionary.clone(),
            titles: title_names(input),
            old: self.shown.clone(),
            holds,
            is_growing: input.fetching,
            columns: columns.to_vec(),
        }
    }

    fn put(&mut self, change: Change, made: Made, held: bool) -> Change {
        self.shown = Some(change.shown.clone());
        self.made = Some(made);
        self.is_held = held;
        self.version += 1;
        change
    }
}

impl Work {
    fn run(self, stop: &Stop) -> Result<Change, Stopped> {
        let is_large = self.table.rows().len().saturating_mul(self.table.columns().len()) > INLINE_CELLS;
        let table = own(self.table, self.is_growing && is_large);
        let old_view = self.old.as_ref().map(|old| &old.view);
        let rows = old_view.and_then(|old| rows_in(old.table(), &table));
        let formulas = match (&self.names, &self.old) {
            (None, _) => Formulas::default(),
            (Some(_), Some(old))
                if old.formulas.columns == self.asked.settings.derived
                    && Arc::ptr_eq(old.view.table(), &table) =>
            {
                old.formulas.clone()
            }
            (Some(names), _) => Formulas::of(&self.asked.settings.derived, names, &table, stop)?,
        };
        let later = Later {
            table: table.clone(),
            before: self.before.clone(),
            derived: formulas.derived.clone(),
            rows: rows.as_deref(),
        };
        let held = old_view.filter(|_| self.holds).and_then(|old| old.later(later));
        let view = if let Some(view) = held {
            view
        } else {
            let input = ViewInput {
                table: table.clone(),
                before: self.before,
                groups: self.asked.groups.clone(),
                settings: self.asked.settings,
                derived: formulas.derived.clone(),
            };
            View::compute(input, old_view, stop)?
        };
        view.prepare(self.columns, stop)?;
        let same_markers = self.old.as_ref().filter(|old| {
            rows.is_none()
                && Arc::ptr_eq(&old.view.input().groups, &self.asked.groups)
                && old.view.table().rows().len() == table.rows().len()
        });
        let markers = match same_markers {
            Some(old) => old.looks.markers().clone(),
            None => markers(&table, &self.asked.groups),
        };
        let looks = Looks::of(&view, &self.dictionary, &self.titles, markers);
        Ok(Change { shown: Shown { view, looks: Arc::new(looks), formulas }, rows })
    }
}

impl Formulas {
    fn of(columns: &[DerivedColumn], names: &Names, table: &StatTable, stop: &Stop) -> Result<Self, Stopped> {
        let ranked = analysis::order(table, &[]);
        let derived = DerivedColumns::new(columns, names, table, &ranked, stop)?.for_view(table);
        Ok(Self { columns: columns.to_vec(), derived })
    }
}

/// A table to keep. One that grows elsewhere is copied, and let go of at once: whoever fills it
/// would have to copy it otherwise.
fn own(table: Arc<StatTable>, copies: bool) -> Arc<StatTable> {
    if copies { Arc::new(StatTable::clone(&table)) } else { table }
}

/// Where the rows of one table stand in another; `None` when they stand where they did.
fn rows_in(old: &StatTable, new: &StatTable) -> Option<Vec<Option<u32>>> {
    let same = old.rows().len() == new.rows().len()
        && old.rows().iter().zip(new.rows()).all(|(old, new)| old.asked == new.asked);
    if same {
        return None;
    }
    let at: HashMap<&PlayerRef, u32> = (0..).zip(new.rows()).map(|(at, row)| (&row.asked, at)).collect();
    Some(old.rows().iter().map(|row| at.get(&row.asked).copied()).collect())
}

fn depends_on_values(view: &View) -> bool {
    let settings = &view.input().settings;
    !settings.sort.is_empty() || !settings.filters.is_empty() || settings.grouping.is_some()
}

/// What the titles of the table are called, in the order of the query.
fn title_names(input: &ExploreInput<'_>) -> TitleNames {
    let name = |scid: &crate::model::Scid| {
        let said = input.dictionary.title(scid).and_then(|title| title.name.clone());
        let known = input.catalogue.title(scid).map(|title| title.name.clone());
        said.or(known).unwrap_or_default()
    };
    let mut names: TitleNames = Vec::new();
    for title in &input.query.titles {
        let own = Some(title.name.clone()).filter(|name| !name.is_empty());
        names.push((title.scid.clone(), own.unwrap_or_else(|| name(&title.scid))));
    }
    for column in input.table.columns() {
        let scid = &column.key().scid;
        if !names.iter().any(|(known, _)| known == scid) {
            names.push((scid.clone(), name(scid)));
        }
    }
    names
}
