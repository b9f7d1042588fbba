//! All formulas of a view, worked out over a table.

use std::{ops::Range, sync::Arc};

use super::{
    Formula, FormulaError, Names,
    lanes::Lanes,
    names::Meaning,
    program::{Program, compile},
    ranking,
    run::{Rows, run},
};
use crate::{
    analysis::{Figure, Stop, Stopped},
    model::{DerivedColumn, StatTable},
};

/// What a formula comes to in each row of a table. Never an infinity, never a NaN that is a value.
#[derive(Clone, Debug)]
pub struct Derived {
    name: String,
    pub(super) text: Arc<str>,
    pub(super) program: Program,
    pub(super) stages: Vec<Vec<f64>>,
    pub(super) lanes: Lanes,
}

/// A value that a formula came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DerivedValue<'a> {
    /// A number. A condition is 1 where it holds and 0 where it does not.
    Figure(Figure),
    /// A text.
    Text(&'a str),
}

impl Derived {
    /// What the column is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The numbers of all rows of the table, NaN where a row has none.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        self.lanes.numbers()
    }

    /// The number in a row, exactly.
    #[must_use]
    pub fn figure(&self, row: usize) -> Option<Figure> {
        self.lanes.figure(row)
    }

    /// The text in a row, where the formula gives one.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        self.lanes.text(row)
    }

    /// What stands in a row; `None` for nothing, and [`DerivedColumns::why`] tells why.
    #[must_use]
    pub fn value(&self, row: usize) -> Option<DerivedValue<'_>> {
        let figure = self.figure(row).map(DerivedValue::Figure);
        figure.or_else(|| self.text(row).map(DerivedValue::Text))
    }
}

/// The derived columns of a view, each worked out or with what is wrong with its formula.
#[derive(Clone, Debug, Default)]
pub struct DerivedColumns {
    pub(super) derived: Vec<Option<Derived>>,
    errors: Vec<Option<FormulaError>>,
}

impl DerivedColumns {
    /// Works out all formulas over all rows of `table`. Ranks and percentiles are taken among the
    /// rows of `ranked`: those that the view shows.
    ///
    /// Takes time in proportion to rows times operations (a million times three in a few
    /// milliseconds), and to sort the rows for each rank.
    ///
    /// # Errors
    /// When `stop` says so.
    pub fn new(
        columns: &[DerivedColumn],
        names: &Names,
        table: &StatTable,
        ranked: &[u32],
        stop: &Stop,
    ) -> Result<Self, Stopped> {
        let mut work = Work::new(columns, names);
        for place in work.order() {
            stop.check()?;
            work.work_out(place, &columns[place].name, table, ranked);
        }
        work.name_cycles();
        Ok(Self { derived: work.derived, errors: work.errors })
    }

    /// How many columns there are, broken ones too.
    #[must_use]
    pub fn len(&self) -> usize {
        self.derived.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.derived.is_empty()
    }

    /// The column at this place of the view's list; `None` when it is broken or not there.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Derived> {
        self.derived.get(place)?.as_ref()
    }

    /// The column of this name; the first, when several have it.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Derived> {
        self.derived.iter().flatten().find(|derived| derived.name == name)
    }

    /// What is wrong with the formula at this place.
    #[must_use]
    pub fn error(&self, place: usize) -> Option<&FormulaError> {
        self.errors.get(place)?.as_ref()
    }
}

/// A formula whose names are known.
struct Bound {
    formula: Formula,
    meanings: Vec<Meaning>,
}

impl Bound {
    /// The formulas that it builds on.
    fn needs(&self) -> impl Iterator<Item = usize> {
        self.meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Formula(place) => Some(*place),
            Meaning::Stat(_) => None,
        })
    }

    /// Where it names the formula at `place`.
    fn span_of(&self, place: usize) -> Range<usize> {
        let name = self.meanings.iter().position(|meaning| *meaning == Meaning::Formula(place));
        name.map_or(0..0, |name| self.formula.span_of(name))
    }
}

struct Work {
    bound: Vec<Option<Bound>>,
    derived: Vec<Option<Derived>>,
    errors: Vec<Option<FormulaError>>,
    names: Vec<String>,
}

impl Work {
    fn new(columns: &[DerivedColumn], names: &Names) -> Self {
        let read = |column: &DerivedColumn| {
            let formula = Formula::parse(&column.formula)?;
            let meanings = formula.meanings(names)?;
            Ok(Bound { formula, meanings })
        };
        let (mut bound, mut errors) = (Vec::new(), Vec::new());
        for column in columns {
            let (formula, error) = match read(column) {
                Ok(formula) => (Some(formula), None),
                Err(error) => (None, Some(error)),
            };
            bound.push(formula);
            errors.push(error);
        }
        let names = columns.iter().map(|column| column.name.clone()).collect();
        Self { derived: columns.iter().map(|_| None).collect(), bound, errors, names }
    }

    /// The formulas without those that go in circles, each behind those that it needs.
    fn order(&self) -> Vec<usize> {
        let mut waits: Vec<usize> = Vec::new();
        let mut needed_by: Vec<Vec<usize>> = self.bound.iter().map(|_| Vec::new()).collect();
        for (place, bound) in self.bound.iter().enumerate() {
            let mut count = 0;
            for needed in bound.iter().flat_map(Bound::needs) {
                if let Some(users) = needed_by.get_mut(needed) {
                    users.push(place);
                    count += 1;
                }
            }
            waits.push(count);
        }
        let mut order: Vec<usize> = (0..waits.len()).filter(|place| waits[*place] == 0).collect();
        let mut next = 0;
        while let Some(place) = order.get(next).copied() {
            next += 1;
            for user in &needed_by[place] {
                waits[*user] -= 1;
                if waits[*user] == 0 {
                    order.push(*user);
                }
            }
        }
        order
    }

    fn work_out(&mut self, place: usize, name: &str, table: &StatTable, ranked: &[u32]) {
        let Some(bound) = &self.bound[place] else { return };
        if let Some(broken) =
            bound.needs().find(|needed| self.derived.get(*needed).is_none_or(Option::is_none))
        {
            self.errors[place] = Some(self.needs_broken(bound, broken));
            return;
        }
        let program = compile(&bound.formula, &bound.meanings, table);
        let mut stages: Vec<Vec<f64>> = Vec::new();
        for stage in &program.stages {
            let lanes = run(&stage.code, Rows { table, formulas: &self.derived, stages: &stages });
            stages.push(ranking::ranked(stage.function, &lanes, ranked));
        }
        let lanes = run(&program.code, Rows { table, formulas: &self.derived, stages: &stages });
        let text = bound.formula.text.clone();
        self.derived[place] = Some(Derived { name: name.to_owned(), text, program, stages, lanes });
    }

    fn needs_broken(&self, bound: &Bound, broken: usize) -> FormulaError {
        let name = self.names.get(broken).map_or("", String::as_str);
        let message = format!("the formula “{name}” has an error: correct it first");
        FormulaError::new(&bound.formula.text, bound.span_of(broken), message)
    }

    /// Tells each formula that was left over what circle it is in, or leads to.
    fn name_cycles(&mut self) {
        for place in 0..self.bound.len() {
            let Some(bound) = self.bound[place].as_ref().filter(|_| self.derived[place].is_none()) else {
                continue;
            };
            if self.errors[place].is_some() {
                continue;
            }
            let Some((cycle, first)) = self.cycle_from(place) else { continue };
            self.errors[place] = Some(if cycle.first() == Some(&place) {
                let names: Vec<String> = cycle
                    .iter()
                    .chain(cycle.first())
                    .map(|place| format!("“{}”", self.names[*place]))
                    .collect();
                let message = format!("a formula cannot build on itself: {}", names.join(" needs "));
                FormulaError::new(&bound.formula.text, bound.span_of(first), message)
            } else {
                self.needs_broken(bound, first)
            });
        }
    }

    /// The circle that is reached from a formula, from its first member on, and the formula that
    /// `place` needs to get there.
    fn cycle_from(&self, place: usize) -> Option<(Vec<usize>, usize)> {
        let mut path = vec![place];
        loop {
            let last = *path.last()?;
            // Whoever was left over needs another that was: prefer the way back to the start.
            let mut stuck =
                self.bound[last].as_ref()?.needs().filter(|needed| self.is_stuck(*needed)).peekable();
            let any = stuck.peek().copied();
            let next = stuck.find(|needed| *needed == place).or(any)?;
            if let Some(start) = path.iter().position(|known| *known == next) {
                let first = path.get(1).copied().unwrap_or(next);
                return Some((path.split_off(start), first));
            }
            path.push(next);
        }
    }

    fn is_stuck(&self, place: usize) -> bool {
        let is_readable = self.bound.get(place).is_some_and(Option::is_some);
        is_readable && self.derived[place].is_none()
    }
}
