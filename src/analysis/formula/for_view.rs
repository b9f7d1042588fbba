//! Derived columns as a view takes them.

use std::{collections::HashMap, sync::Arc};

use super::{Derived, DerivedColumns, why::Blame};
use crate::{
    analysis,
    model::{Cell, StatTable},
};

/// The most reasons that are told apart: as many as a byte has room for, one kept for all others.
const MOST_REASONS: usize = 255;

impl DerivedColumns {
    /// The columns that could be worked out, as a [`View`](analysis::View) takes them, each row
    /// without a number with its reason. `table` is the one that they were worked out over.
    ///
    /// A row where a formula gives a text has no number there; that is its reason.
    #[must_use]
    pub fn for_view(&self, table: &StatTable) -> Vec<Arc<analysis::Derived>> {
        let columns = (0..self.len()).filter_map(|place| Some((place, self.get(place)?)));
        columns.map(|(place, derived)| Arc::new(self.column_for_view(place, derived, table))).collect()
    }

    fn column_for_view(&self, place: usize, derived: &Derived, table: &StatTable) -> analysis::Derived {
        let numbers = derived.numbers().to_vec();
        let mut why = vec![0; numbers.len()];
        let mut reasons = Reasons::default();
        let mut stack = Vec::new();
        for row in (0..numbers.len()).filter(|row| numbers[*row].is_nan()) {
            why[row] = if let Some(text) = derived.text(row) {
                reasons.of_text(text)
            } else {
                let blame = self.blame(place, row, table, &mut stack);
                blame.map_or(u8::MAX, |blame| reasons.of_blame(&blame, row, table))
            };
        }
        analysis::Derived { name: derived.name().to_owned(), numbers, why, reasons: reasons.words }
    }
}

/// Reasons, each in words once.
#[derive(Default)]
struct Reasons {
    words: Vec<String>,
    texts: HashMap<String, u8>,
    blames: HashMap<Key, u8>,
}

/// What decides the words for a row: the operation to blame, and the state of the cell it reads.
type Key = ((usize, usize, super::scalar::Why, bool), State);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    NotAsked,
    Pending,
    /// By the address of the failure, which equal failures share.
    Failed(usize),
    Other,
}

impl Reasons {
    fn of_text(&mut self, text: &str) -> u8 {
        if let Some(place) = self.texts.get(text) {
            return *place;
        }
        let place = self.add(format!("The formula gives the text “{text}” here, and no number"));
        self.texts.insert(text.to_owned(), place);
        place
    }

    fn of_blame(&mut self, blame: &Blame<'_>, row: usize, table: &StatTable) -> u8 {
        let state = match blame.column().map(|column| table.cell(row, column)) {
            Some(Cell::NotAsked) => State::NotAsked,
            Some(Cell::Pending) => State::Pending,
            Some(Cell::Failed(failure)) => State::Failed(Arc::as_ptr(failure).addr()),
            Some(Cell::NoValue | Cell::Value(_)) | None => State::Other,
        };
        let key = (blame.key(), state);
        if let Some(place) = self.blames.get(&key) {
            return *place;
        }
        let place = self.add(blame.nothing(row, table).reason);
        self.blames.insert(key, place);
        place
    }

    fn add(&mut self, words: String) -> u8 {
        match self.words.iter().position(|known| *known == words) {
            Some(place) => place as u8,
            None if self.words.len() < MOST_REASONS => {
                self.words.push(words);
                (self.words.len() - 1) as u8
            }
            // Past the end: the general words.
            None => u8::MAX,
        }
    }
}
