//! Why a formula has no value in a row.

use std::{ops::Range, sync::Arc};

use super::{
    DerivedColumns,
    derive::Derived,
    program::{Code, Op, Source},
    run::{Rows, row},
    scalar::{Missing, Scalar, Stepped, Why},
};
use crate::model::{Cell, Failure, StatTable};

/// Why there is nothing in a cell of a derived column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nothing {
    /// Which kind of nothing it is.
    pub kind: NothingKind,
    /// Why, for people: a sentence without the final stop.
    pub reason: String,
    /// The bytes of the formula that are to blame.
    pub span: Range<usize>,
}

/// The kinds of nothing in a derived column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NothingKind {
    /// A stat that it needs was not asked for.
    NotAsked,
    /// A stat that it needs is still to come.
    Pending,
    /// A stat that it needs has no value.
    NoValue,
    /// A stat that it needs could not be read.
    Failed(Arc<Failure>),
    /// The values are there, and nothing follows from them.
    Undefined,
}

impl DerivedColumns {
    /// Why the formula at `place` has nothing in `row` of the table that it was worked out over.
    /// `None` when it has something there. Takes as long as working out that row.
    #[must_use]
    pub fn why(&self, place: usize, row: usize, table: &StatTable) -> Option<Nothing> {
        self.blame(place, row, table, &mut Vec::new()).map(|blame| blame.nothing(row, table))
    }

    /// What is to blame for nothing in a row: found quickly, put in words later.
    pub(super) fn blame<'a>(
        &'a self,
        place: usize,
        row: usize,
        table: &'a StatTable,
        stack: &mut Vec<Stepped<'a>>,
    ) -> Option<Blame<'a>> {
        let mut derived = self.get(place)?;
        // Formulas that build on each other do not go in circles, so this ends.
        loop {
            let blame = Asked { columns: self, derived, table, row }.blame(stack)?;
            match blame.source() {
                Some(Source::Formula(place)) => derived = self.get(place)?,
                _ => return Some(blame),
            }
        }
    }
}

/// The operation that is to blame for nothing in a row.
#[derive(Clone, Copy)]
pub(super) struct Blame<'a> {
    derived: &'a Derived,
    code: &'a Code,
    missing: Missing,
    /// Whether it is a rank, and there is something to rank.
    is_unranked: bool,
}

impl Blame<'_> {
    /// Equal for two rows of a table only when the words for both are the same, as far as the
    /// cells to blame are alike.
    pub(super) fn key(&self) -> (usize, usize, Why, bool) {
        (std::ptr::from_ref(self.code).addr(), self.missing.step, self.missing.why, self.is_unranked)
    }

    /// The column of the table whose cell is to blame.
    pub(super) fn column(&self) -> Option<usize> {
        match self.source() {
            Some(Source::Column(column)) => Some(column),
            _ => None,
        }
    }

    fn source(&self) -> Option<Source> {
        match (self.missing.why, self.code.ops.get(self.missing.step)) {
            (Why::Operand, Some(Op::Load(source))) => Some(*source),
            _ => None,
        }
    }

    /// In words.
    pub(super) fn nothing(&self, row: usize, table: &StatTable) -> Nothing {
        let span = self.code.spans.get(self.missing.step).cloned().unwrap_or_default();
        let written = self.derived.text.get(span.clone()).unwrap_or_default();
        let (kind, reason) = match (self.missing.why, self.column()) {
            (Why::Operand, Some(column)) => missing_cell(table.cell(row, column), written),
            (why, _) => match words(why, written, self.is_unranked) {
                Some(reason) => (NothingKind::Undefined, reason),
                None => (NothingKind::NotAsked, format!("{written} was not asked for: fetch again")),
            },
        };
        Nothing { kind, reason, span }
    }
}

fn missing_cell(cell: Cell<'_>, written: &str) -> (NothingKind, String) {
    match cell {
        Cell::NotAsked => (NothingKind::NotAsked, format!("{written} was not asked for")),
        Cell::Pending => (NothingKind::Pending, format!("{written} is still to come")),
        Cell::Failed(failure) => {
            (NothingKind::Failed(failure.clone()), format!("{written} could not be read: {}", failure.reason))
        }
        Cell::NoValue | Cell::Value(_) => (NothingKind::NoValue, format!("{written} has no value")),
    }
}

/// Why nothing follows from values that are there; `None` when one is not.
fn words(why: Why, written: &str, is_unranked: bool) -> Option<String> {
    Some(match why {
        Why::Operand if is_unranked => {
            "The player is not among those shown, and only those are ranked".to_owned()
        }
        Why::Operand => return None,
        Why::IsText => format!("{written} is a text here, and a number is needed"),
        Why::DividedByZero => format!("{written} is 0, and nothing can be divided by 0"),
        Why::RootOfNegative => format!("{written} is below 0, and has no square root"),
        Why::LogOfNonPositive => format!("{written} is not above 0, and has no logarithm"),
        Why::BadBase => format!("{written} is no base of logarithms: a base is above 0, and not 1"),
        Why::TooLarge => format!("{written} comes to more than can be reckoned with"),
    })
}

struct Asked<'a> {
    columns: &'a DerivedColumns,
    derived: &'a Derived,
    table: &'a StatTable,
    row: usize,
}

impl<'a> Asked<'a> {
    fn blame(&self, stack: &mut Vec<Stepped<'a>>) -> Option<Blame<'a>> {
        let derived = self.derived;
        let mut code = &derived.program.code;
        let (Scalar::Nothing(mut missing), _) = self.outcome(code, stack) else { return None };
        // A stage reads only stages before it, so this ends.
        while let Some(stage) = self.stage(code, missing) {
            missing = match self.outcome(stage, stack) {
                (Scalar::Nothing(missing), _) => missing,
                (Scalar::Text(_), step) => Missing { why: Why::IsText, step },
                (Scalar::Figure(_), _) => return Some(Blame { derived, code, missing, is_unranked: true }),
            };
            code = stage;
        }
        Some(Blame { derived, code, missing, is_unranked: false })
    }

    fn outcome(&self, code: &'a Code, stack: &mut Vec<Stepped<'a>>) -> Stepped<'a> {
        let rows = Rows { table: self.table, formulas: &self.columns.derived, stages: &self.derived.stages };
        row(code, rows, self.row, stack)
    }

    /// The code of the rank that is missing, when it is one.
    fn stage(&self, code: &Code, missing: Missing) -> Option<&'a Code> {
        match (missing.why, code.ops.get(missing.step)) {
            (Why::Operand, Some(Op::Load(Source::Stage(stage)))) => {
                self.derived.program.stages.get(*stage).map(|stage| &stage.code)
            }
            _ => None,
        }
    }
}
