//! Why a formula has no value in a row.

use std::{ops::Range, sync::Arc};

use super::{
    DerivedColumns,
    derive::Derived,
    program::{Code, Op, Source},
    run::{Rows, row},
    scalar::{Missing, Scalar, Why},
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
        let mut derived = self.get(place)?;
        // Formulas that build on each other do not go in circles, so this ends.
        loop {
            match (Asked { columns: self, derived, table, row }).blame()? {
                Blame::Formula(place) => derived = self.get(place)?,
                Blame::Here(nothing) => return Some(nothing),
            }
        }
    }
}

enum Blame {
    Here(Nothing),
    /// This formula has no value either.
    Formula(usize),
}

struct Asked<'a> {
    columns: &'a DerivedColumns,
    derived: &'a Derived,
    table: &'a StatTable,
    row: usize,
}

impl<'a> Asked<'a> {
    fn blame(&self) -> Option<Blame> {
        let mut code = &self.derived.program.code;
        let (Scalar::Nothing(mut missing), _) = self.outcome(code) else { return None };
        // A stage reads only stages before it, so this ends.
        while let Some(stage) = self.stage(code, missing) {
            let span = code.spans.get(missing.step).cloned().unwrap_or_default();
            code = stage;
            missing = match self.outcome(code) {
                (Scalar::Nothing(missing), _) => missing,
                (Scalar::Text(_), step) => Missing { why: Why::IsText, step },
                (Scalar::Figure(_), _) => {
                    let reason = "The player is not among those shown, and only those are ranked".to_owned();
                    return Some(Blame::Here(Nothing { kind: NothingKind::Undefined, reason, span }));
                }
            };
        }
        Some(self.source_blame(code, missing))
    }

    fn outcome(&self, code: &'a Code) -> (Scalar<'a>, usize) {
        let rows = Rows { table: self.table, formulas: &self.columns.derived, stages: &self.derived.stages };
        row(code, rows, self.row, &mut Vec::new())
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

    fn source_blame(&self, code: &Code, missing: Missing) -> Blame {
        let span = code.spans.get(missing.step).cloned().unwrap_or_default();
        let written = self.derived.text.get(span.clone()).unwrap_or_default();
        let (kind, reason) = match missing.why {
            Why::Operand => match code.ops.get(missing.step) {
                Some(Op::Load(Source::Formula(place))) => return Blame::Formula(*place),
                Some(Op::Load(Source::Column(column))) => self.cell(*column, written),
                _ => (NothingKind::NotAsked, format!("{written} was not asked for: fetch again")),
            },
            Why::IsText => {
                (NothingKind::Undefined, format!("{written} is a text here, and a number is needed"))
            }
            Why::DividedByZero => {
                (NothingKind::Undefined, format!("{written} is 0, and nothing can be divided by 0"))
            }
            Why::RootOfNegative => {
                (NothingKind::Undefined, format!("{written} is below 0, and has no square root"))
            }
            Why::LogOfNonPositive => {
                (NothingKind::Undefined, format!("{written} is not above 0, and has no logarithm"))
            }
            Why::BadBase => (
                NothingKind::Undefined,
                format!("{written} is no base of logarithms: a base is above 0, and not 1"),
            ),
            Why::TooLarge => {
                (NothingKind::Undefined, format!("{written} comes to more than can be reckoned with"))
            }
        };
        Blame::Here(Nothing { kind, reason, span })
    }

    fn cell(&self, column: usize, written: &str) -> (NothingKind, String) {
        match self.table.cell(self.row, column) {
            Cell::NotAsked => (NothingKind::NotAsked, format!("{written} was not asked for")),
            Cell::Pending => (NothingKind::Pending, format!("{written} is still to come")),
            Cell::Failed(failure) => (
                NothingKind::Failed(failure.clone()),
                format!("{written} could not be read: {}", failure.reason),
            ),
            Cell::NoValue | Cell::Value(_) => (NothingKind::NoValue, format!("{written} has no value")),
        }
    }
}
