//! A formula with its names looked up: what is run.

use std::{ops::Range, sync::Arc};

use super::{
    Formula,
    names::Meaning,
    syntax::{Binary, Function, Step},
};
use crate::{analysis::Figure, model::StatTable};

/// A formula, ready to run over a table: first each stage, then the code.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// What is worked out over all rows before: the ranks.
    pub(super) stages: Vec<Stage>,
    pub(super) code: Code,
}

/// A function over a whole column.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) function: Function,
    /// What is ranked. It may read the stages before.
    pub(super) code: Code,
}

/// Operations in postfix order, each row for itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Code {
    pub(super) ops: Vec<Op>,
    /// What each operation is written with.
    pub(super) spans: Vec<Range<usize>>,
}

#[derive(Clone, Debug)]
pub(super) enum Op {
    Number(Figure),
    Text(Arc<str>),
    Load(Source),
    Negate,
    Not,
    Binary(Binary),
    Call(Function, usize),
}

/// Where an operand comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// This column of the table.
    Column(usize),
    /// A stat that the table lacks: it was chosen after the fetch.
    NotFetched,
    /// The formula at this place.
    Formula(usize),
    /// This stage of the program.
    Stage(usize),
}

impl Code {
    /// How many values are held at once at most.
    pub(super) fn stack_size(&self) -> usize {
        let mut size = 0_usize;
        let mut most = 0;
        for op in &self.ops {
            size = match op {
                Op::Number(_) | Op::Text(_) | Op::Load(_) => size + 1,
                Op::Negate | Op::Not => size,
                Op::Binary(_) => size.saturating_sub(1),
                Op::Call(_, count) => (size + 1).saturating_sub(*count),
            };
            most = most.max(size);
        }
        most
    }

    /// Whether a text in an operand can make a difference, other than to make nothing.
    pub(super) fn sees_texts(&self) -> bool {
        let sees =
            |op: &Op| matches!(op, Op::Binary(Binary::Equal | Binary::NotEqual) | Op::Call(Function::If, _));
        self.ops.len() == 1 || self.ops.iter().any(sees)
    }
}

/// Puts together the program of a formula whose names have these meanings.
pub(super) fn compile(formula: &Formula, meanings: &[Meaning], table: &StatTable) -> Program {
    let mut stages = Vec::new();
    let mut code = Code::default();
    // For each value that is held: the operation with which its own begin.
    let mut starts: Vec<usize> = Vec::new();
    for (step, span) in formula.steps.iter().zip(&formula.spans) {
        let here = code.ops.len();
        let taken = match step {
            Step::Number(_) | Step::Text(_) | Step::Name(_) => 0,
            Step::Negate | Step::Not => 1,
            Step::Binary(_) => 2,
            Step::Call(_, count) => *count,
        };
        let start = starts.split_off(starts.len().saturating_sub(taken)).first().copied().unwrap_or(here);
        starts.push(start);
        let op = match step {
            Step::Number(figure) => Op::Number(*figure),
            Step::Text(text) => Op::Text(text.clone()),
            Step::Name(place) => Op::Load(source(meanings.get(*place), table)),
            Step::Negate => Op::Negate,
            Step::Not => Op::Not,
            Step::Binary(binary) => Op::Binary(*binary),
            Step::Call(function, _) if function.is_whole_column() => {
                let ranked = Code { ops: code.ops.split_off(start), spans: code.spans.split_off(start) };
                stages.push(Stage { function: *function, code: ranked });
                Op::Load(Source::Stage(stages.len() - 1))
            }
            Step::Call(function, count) => Op::Call(*function, *count),
        };
        code.ops.push(op);
        code.spans.push(span.clone());
    }
    Program { stages, code }
}

fn source(meaning: Option<&Meaning>, table: &StatTable) -> Source {
    match meaning {
        Some(Meaning::Formula(place)) => Source::Formula(*place),
        Some(Meaning::Stat(key)) => table.column_index(key).map_or(Source::NotFetched, Source::Column),
        None => Source::NotFetched,
    }
}
