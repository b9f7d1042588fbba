//! What is asked at once, and what its answer decides.

use std::sync::Arc;

use super::Refusal;
use crate::model::Xuid;

/// Columns of a fetch, by their places, ascending.
pub(in crate::engine) type ColumnSet = Arc<[usize]>;

/// Some columns of some users: what one request asks for.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Part {
    pub(in crate::engine) users: Vec<Xuid>,
    pub(in crate::engine) columns: ColumnSet,
    /// What follows from its answer.
    pub(super) then: Then,
}

impl Part {
    /// One whose answer decides about nothing else.
    pub(in crate::engine) fn new(users: Vec<Xuid>, columns: ColumnSet) -> Self {
        Self { users, columns, then: Then::Nothing }
    }

    /// Whether it was planned, and is no step of a narrowing.
    pub(in crate::engine) fn is_plain(&self) -> bool {
        matches!(self.then, Then::Nothing)
    }

    /// Whether it can be cut: more than one user or more than one column.
    pub(in crate::engine) fn can_be_cut(&self) -> bool {
        self.users.len() > 1 || self.columns.len() > 1
    }

    /// It in two, which decide about nothing: its users, else its columns.
    pub(in crate::engine) fn halves(&self) -> [Self; 2] {
        let (users, columns) = (self.users.as_slice(), self.columns.clone());
        if users.len() > 1 {
            let (left, right) = users.split_at(users.len() / 2);
            return [left, right].map(|users| Self::new(users.to_vec(), columns.clone()));
        }
        let (left, right) = columns.split_at(columns.len() / 2);
        [left, right].map(|columns| Self::new(users.to_vec(), columns.into()))
    }

    /// What waits for its answer, to be asked without it. A search knows by itself what waits for it.
    pub(super) fn released(self) -> Option<Self> {
        match self.then {
            Then::Nothing | Then::Search(_) => None,
            Then::RightUsers { users, columns, .. } => Some(Self::new(users, columns)),
            Then::RightTitles { columns, .. } | Then::LeftTitles { columns, .. } => {
                Some(Self::new(self.users, columns))
            }
            Then::Probe(probe) => Some(Self::new(probe.rest, probe.columns)),
        }
        .filter(|part| !part.users.is_empty() && !part.columns.is_empty())
    }
}

/// What follows from the answer to a part.
#[derive(Clone, Debug)]
pub(super) enum Then {
    Nothing,
    /// It is the left half of users who were refused together with these.
    RightUsers { users: Vec<Xuid>, columns: ColumnSet, refusal: Refusal },
    /// It is the left half of titles that were refused together with these.
    RightTitles { columns: ColumnSet, refusal: Refusal },
    /// It is the right half of titles whose left half, these, was refused.
    LeftTitles { columns: ColumnSet, refusal: Refusal },
    /// Its one user is tried for the others.
    Probe(Box<Probe>),
    /// It belongs to the search of this number.
    Search(u64),
}

/// Users who were refused together for a title that nobody was answered for yet, tried one by one.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    /// Those not tried.
    pub(super) rest: Vec<Xuid>,
    pub(super) columns: ColumnSet,
    pub(super) refusal: Refusal,
    /// How many were refused.
    pub(super) refused: usize,
    /// How many refused are enough to close the title.
    pub(super) enough: usize,
    /// How many were tried.
    pub(super) asked: usize,
}

impl Probe {
    /// Whom to try next: from all over the list, since those who stand together are often alike.
    pub(super) fn next_place(&mut self) -> usize {
        self.asked += 1;
        // The golden ratio spreads places evenly however many are taken.
        let place = (self.asked as f64 * 0.618_033_988_75).fract() * self.rest.len() as f64;
        (place as usize).min(self.rest.len() - 1)
    }
}

/// Sets as one.
pub(super) fn join(sets: &[ColumnSet]) -> ColumnSet {
    let mut columns: Vec<usize> = sets.iter().flat_map(|set| set.iter().copied()).collect();
    columns.sort_unstable();
    columns.into()
}
