//! What is found out while a formula is typed: what its names may be, what is wrong with it, what it
//! comes to for the first players.

use std::sync::Arc;

use egui::Context;

use super::editor::EditorInput;
use crate::{
    analysis::{
        Figure, Stop, display,
        formula::{self, DerivedColumns, DerivedValue, FormulaError, Names},
    },
    model::{DerivedColumn, Query, StatDictionary, StatTable, ViewSettings},
    ui::background::Background,
};

/// Players whose results are shown.
const SHOWN: usize = 5;
/// Tables of more rows are worked out beside the window.
const INLINE_ROWS: usize = 5_000;

/// A result for one player: a value, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) player: String,
    pub(super) value: Result<String, String>,
}

/// What came of working a formula out.
#[derive(Clone, Debug, Default)]
pub(super) struct Preview {
    /// What is wrong beyond the text itself: that it builds on itself.
    pub(super) error: Option<FormulaError>,
    pub(super) lines: Vec<Line>,
}

/// What a preview is of.
#[derive(Clone, Debug)]
struct Of {
    table: Arc<StatTable>,
    query: u64,
    dictionary: Arc<StatDictionary>,
    former: Option<String>,
    column: DerivedColumn,
    rows: Vec<u32>,
}

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.table, &other.table)
            && Arc::ptr_eq(&self.dictionary, &other.dictionary)
            && (self.query, &self.former, &self.column, &self.rows)
                == (other.query, &other.former, &other.column, &other.rows)
    }
}

/// What is known of the text in the editor.
#[derive(Debug, Default)]
pub(super) struct Check {
    of: Option<Of>,
    pub(super) names: Arc<Names>,
    /// What is wrong with the text.
    pub(super) error: Option<FormulaError>,
    pub(super) preview: Preview,
    job: Background<Of, Preview>,
}

impl Check {
    /// Looks again when anything changed. Cheap when nothing did.
    pub(super) fn refresh(
        &mut self,
        ctx: &Context,
        input: &EditorInput<'_>,
        former: Option<&str>,
        column: &DerivedColumn,
    ) {
        if let Some(of) = &self.of
            && self.job.is_busy()
            && let Some(preview) = self.job.take(of)
        {
            self.preview = preview;
        }
        let is_same = self.of.as_ref().is_some_and(|of| {
            Arc::ptr_eq(&of.table, input.table)
                && Arc::ptr_eq(&of.dictionary, input.dictionary)
                && (of.query, of.former.as_deref(), &of.column) == (input.query_revision, former, column)
                && of.rows == input.order[..input.order.len().min(SHOWN)]
        });
        if is_same {
            return;
        }
        let of = Of {
            table: input.table.clone(),
            query: input.query_revision,
            dictionary: input.dictionary.clone(),
            former: former.map(ToOwned::to_owned),
            column: column.clone(),
            rows: input.order[..input.order.len().min(SHOWN)].to_vec(),
        };
        self.names = Arc::new(names(input.query, input.dictionary, former));
        self.error = formula::check(&column.formula, &self.names).err();
        if self.error.is_some() || column.formula.trim().is_empty() {
            self.preview = Preview::default();
            self.job.clear();
        } else {
            self.work_out(ctx, &of, input);
        }
        self.of = Some(of);
    }

    fn work_out(&mut self, ctx: &Context, of: &Of, input: &EditorInput<'_>) {
        let columns = columns(&input.query.view, of);
        let known = titles_and(input.query, columns.clone());
        let names = Names::new(&known, input.dictionary);
        let of = of.clone();
        if input.table.rows().len() <= INLINE_ROWS {
            self.preview = preview(&of, &columns, &names);
            return;
        }
        let work = of.clone();
        self.job.request(ctx, of, move || preview(&work, &columns, &names));
    }
}

/// The names that a formula may use, but for the column itself.
fn names(query: &Query, dictionary: &StatDictionary, former: Option<&str>) -> Names {
    let others = query.view.derived.iter().filter(|column| Some(column.name.as_str()) != former);
    Names::new(&titles_and(query, others.cloned().collect()), dictionary)
}

/// The titles of a query with other formulas: all that names are made of.
fn titles_and(query: &Query, derived: Vec<DerivedColumn>) -> Query {
    let view = ViewSettings { derived, ..ViewSettings::default() };
    Query { titles: query.titles.clone(), view, ..Query::default() }
}

/// All columns with the one that is typed, in its place or last.
fn columns(view: &ViewSettings, of: &Of) -> Vec<DerivedColumn> {
    let mut columns = view.derived.clone();
    match columns.iter().position(|column| Some(&column.name) == of.former.as_ref()) {
        Some(place) => columns[place] = of.column.clone(),
        None => columns.push(of.column.clone()),
    }
    columns
}

fn preview(of: &Of, columns: &[DerivedColumn], names: &Names) -> Preview {
    let Some(place) = columns.iter().position(|column| *column == of.column) else {
        return Preview::default();
    };
    let all: Vec<u32> = (0..of.table.rows().len() as u32).collect();
    // It cannot be stopped by anyone.
    let Ok(derived) = DerivedColumns::new(columns, names, &of.table, &all, &Stop::default()) else {
        return Preview::default();
    };
    let line = |row: &u32| {
        let player = of.table.rows().get(*row as usize)?.name();
        let row = *row as usize;
        let value = match derived.get(place)?.value(row) {
            Some(DerivedValue::Figure(figure)) => Ok(written(figure)),
            Some(DerivedValue::Text(text)) => Ok(format!("“{text}”")),
            None => Err(derived.why(place, row, &of.table).map(|nothing| nothing.reason).unwrap_or_default()),
        };
        Some(Line { player, value })
    };
    Preview { error: derived.error(place).cloned(), lines: of.rows.iter().filter_map(line).collect() }
}

/// As the grid writes it: two decimals do for most.
fn written(figure: Figure) -> String {
    match figure {
        Figure::Real(real) if real.abs() < 1e6 && real.abs() >= 0.01 => {
            display::figure(Figure::from_f64((real * 100.0).round() / 100.0))
        }
        figure => display::figure(figure),
    }
}
