//! Formulas: columns worked out from stats and from each other, such as `60 * Kills / MinutesPlayed`.
//!
//! A text becomes a [`Formula`] (`token`, `parse`), whose names [`Names`] looks up. All formulas of
//! a view together become [`DerivedColumns`], over whole columns at once (`program`, `run`,
//! `scalar`). While one is typed, [`check`] tells what is wrong and [`complete`] offers names.
//!
//! What can be written, loosest first: `or`, `and`, `not`, comparisons (`= != < <= > >=`), `+ -`,
//! `* /`, a sign, and numbers, `"texts"`, names, calls and parentheses. A condition is 1 where it
//! holds and 0 where not. Names that are not one word stand in brackets, `[Enemies.Weapon.17]`; a
//! stat of a certain title is `Title::Stat`. Functions: see [`functions`].
//!
//! A missing operand gives nothing. So does what has no result, such as dividing by zero: there is
//! never an infinity, and [`DerivedColumns::why`] tells the reason. Of `if`, only the branch that
//! is chosen matters; `and` and `or` look to the right only when the left does not decide.
//! Integers are exact in sums, differences, products and even divisions, up to 128 bits.

mod complete;
mod derive;
mod error;
mod for_view;
mod lanes;
mod names;
mod parse;
mod program;
mod ranking;
mod run;
mod scalar;
mod suggest;
mod syntax;
mod token;
mod why;

use std::{fmt, ops::Range, str::FromStr, sync::Arc};

pub use complete::{Completion, CompletionKind, complete};
pub use derive::{Derived, DerivedColumns, DerivedValue};
pub use error::FormulaError;
pub use names::Names;
pub use why::{Nothing, NothingKind};

use names::Meaning;
use syntax::{Function, Name, Step, written};

/// A formula that was read. Its [`Display`](fmt::Display) form is the formula in plain spacing;
/// two are equal when they are the same but for spaces and needless parentheses.
#[derive(Clone, Debug)]
pub struct Formula {
    text: Arc<str>,
    steps: Vec<Step>,
    /// The bytes of the text that each step is written with, its operands included.
    spans: Vec<Range<usize>>,
    names: Vec<Name>,
}

/// What is wrong with a formula, if anything: what to show below the box while it is typed.
///
/// # Errors
/// The first thing that is wrong, with its place: syntax, then names. That it builds on itself
/// shows only in [`DerivedColumns::error`].
pub fn check(text: &str, names: &Names) -> Result<(), FormulaError> {
    Formula::parse(text)?.meanings(names).map(|_| ())
}

/// All functions: how each is called, and what it gives.
pub fn functions() -> impl Iterator<Item = (&'static str, &'static str)> {
    Function::ALL.into_iter().map(|function| (function.usage(), function.meaning()))
}

impl Formula {
    /// Reads a formula. Names are not looked up yet.
    ///
    /// # Errors
    /// The first place that cannot be read, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        parse::parse(text)
    }

    /// What each of its names means.
    fn meanings(&self, names: &Names) -> Result<Vec<Meaning>, FormulaError> {
        let look_up = |(place, name): (usize, &Name)| {
            names.find(name).map_err(|unknown| FormulaError {
                replacement: unknown.replacement,
                ..FormulaError::new(&self.text, self.span_of(place), unknown.message)
            })
        };
        self.names.iter().enumerate().map(look_up).collect()
    }

    /// Where the name at this place first stands.
    fn span_of(&self, name: usize) -> Range<usize> {
        let step = self.steps.iter().position(|step| *step == Step::Name(name));
        step.and_then(|step| self.spans.get(step)).cloned().unwrap_or_default()
    }
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps && self.names == other.names
    }
}

impl FromStr for Formula {
    type Err = FormulaError;

    fn from_str(text: &str) -> Result<Self, FormulaError> {
        Self::parse(text)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.steps, &self.names))
    }
}
