//! What refusals and answers have taught, for the rest of a fetch.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::{About, ColumnSet, Part, Refusal, Step, part::join};
use crate::model::{Failure, Xuid};

#[derive(Debug)]
pub(super) struct Knowledge {
    /// The title of each column. A stat that is refused by itself is set apart as a title of its own.
    titles: Vec<usize>,
    standings: HashMap<usize, Standing>,
    /// Whom the service refuses for which titles.
    denied: HashMap<Xuid, (HashSet<usize>, Arc<Failure>)>,
    /// Whether a split by titles showed that refusals are about users.
    pub(super) users_first: bool,
    most_users: usize,
    most_columns: usize,
}

/// What is known of a title.
#[derive(Debug, Default)]
struct Standing {
    /// Whether anybody was answered for it.
    readable: bool,
    /// Users who were refused for it alone, as long as nobody was answered.
    refused: HashSet<Xuid>,
    /// Why nobody is asked for it any more.
    closed: Option<Arc<Failure>>,
    /// What was left out since.
    left_out: Vec<Part>,
    searched: bool,
}

impl Knowledge {
    pub(super) fn new(titles: Vec<usize>) -> Self {
        Self {
            titles,
            standings: HashMap::new(),
            denied: HashMap::new(),
            users_first: false,
            most_users: usize::MAX,
            most_columns: usize::MAX,
        }
    }

    /// Columns by title.
    pub(super) fn groups(&self, columns: &ColumnSet) -> Vec<ColumnSet> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for column in columns.iter() {
            groups.entry(self.titles[*column]).or_default().push(*column);
        }
        groups.into_values().map(Into::into).collect()
    }

    fn titles_of(&self, columns: &ColumnSet) -> HashSet<usize> {
        columns.iter().map(|column| self.titles[*column]).collect()
    }

    /// The standing of the one title of some columns.
    fn standing(&mut self, columns: &ColumnSet) -> Option<&mut Standing> {
        let title = self.titles[*columns.first()?];
        Some(self.standings.entry(title).or_default())
    }

    pub(super) fn is_readable(&mut self, columns: &ColumnSet) -> bool {
        self.standing(columns).is_some_and(|standing| standing.readable)
    }

    pub(super) fn is_closed(&mut self, columns: &ColumnSet) -> bool {
        self.standing(columns).is_some_and(|standing| standing.closed.is_some())
    }

    /// Whether a search for bad stats is still to be made; it is made once.
    pub(super) fn begin_search(&mut self, columns: &ColumnSet) -> bool {
        self.standing(columns).is_some_and(|standing| !std::mem::replace(&mut standing.searched, true))
    }

    /// Makes a stat a title of its own.
    pub(super) fn set_apart(&mut self, column: usize) {
        let is_alone = !self
            .titles
            .iter()
            .enumerate()
            .any(|(other, title)| other != column && *title == self.titles[column]);
        // What looked like the users was the stat.
        self.users_first = false;
        if !is_alone {
            self.titles[column] = self.titles.iter().max().map_or(0, |title| title + 1);
        }
    }

    /// Notes that columns were answered. What was left out of a title that was thought closed is asked.
    pub(super) fn note_answered(&mut self, columns: &ColumnSet) -> Vec<Step> {
        let mut steps = Vec::new();
        for title in self.titles_of(columns) {
            let standing = self.standings.entry(title).or_default();
            standing.readable = true;
            standing.refused.clear();
            if standing.closed.take().is_some() {
                steps.extend(standing.left_out.drain(..).map(Step::Ask));
            }
        }
        steps
    }

    pub(super) fn note_refused_alone(
        &mut self,
        user: Xuid,
        columns: &ColumnSet,
        refusal: &Refusal,
        enough: usize,
    ) {
        let Some(title) = columns.first().map(|column| self.titles[*column]) else { return };
        if refusal.about == About::UserOrTitle {
            let denied = self.denied.entry(user).or_insert_with(|| (HashSet::new(), refusal.failure.clone()));
            denied.0.insert(title);
        }
        let standing = self.standings.entry(title).or_default();
        if !standing.readable {
            standing.refused.insert(user);
            if standing.refused.len() >= enough {
                self.close(columns, &refusal.failure);
            }
        }
    }

    /// Asks nobody any more for a title, unless somebody was answered.
    pub(super) fn close(&mut self, columns: &ColumnSet, failure: &Arc<Failure>) {
        // What looked like the users was the title.
        self.users_first = false;
        if let Some(standing) = self.standing(columns)
            && !standing.readable
            && standing.closed.is_none()
        {
            standing.closed = Some(failure.clone());
        }
    }

    /// The columns that may be asked for; those that may not fail.
    pub(super) fn without_closed(&mut self, users: &[Xuid], columns: &ColumnSet) -> (ColumnSet, Vec<Step>) {
        if self.standings.values().all(|standing| standing.closed.is_none()) {
            return (columns.clone(), Vec::new());
        }
        let mut steps = Vec::new();
        let mut open = Vec::new();
        for group in self.groups(columns) {
            match self.standing(&group) {
                Some(standing) if standing.closed.is_some() => {
                    standing.left_out.push(Part::new(users.to_vec(), group.clone()));
                    let failure = standing.closed.clone();
                    let fail = |failure| Step::Fail { users: users.to_vec(), columns: group, failure };
                    steps.extend(failure.map(fail));
                }
                _ => open.push(group),
            }
        }
        (join(&open), steps)
    }

    /// The users who may be asked for; those who are refused for all of it fail.
    pub(super) fn without_denied(&self, users: Vec<Xuid>, columns: &ColumnSet) -> (Vec<Xuid>, Vec<Step>) {
        if self.denied.is_empty() {
            return (users, Vec::new());
        }
        let titles = self.titles_of(columns);
        let mut steps = Vec::new();
        let mut asked = Vec::with_capacity(users.len());
        for user in users {
            match self.denied.get(&user).filter(|(denied, _)| titles.is_subset(denied)) {
                Some((_, failure)) => steps.push(Step::Fail {
                    users: vec![user],
                    columns: columns.clone(),
                    failure: failure.clone(),
                }),
                None => asked.push(user),
            }
        }
        (asked, steps)
    }

    pub(super) fn note_too_large(&mut self, part: &Part) {
        if part.users.len() > 1 {
            self.most_users = self.most_users.min(part.users.len().div_ceil(2));
        } else {
            self.most_columns = self.most_columns.min(part.columns.len().div_ceil(2)).max(1);
        }
    }

    pub(super) fn is_too_large(&self, part: &Part) -> bool {
        part.users.len() > self.most_users || part.columns.len() > self.most_columns
    }

    pub(super) fn pieces(&self, users: &[Xuid], columns: &ColumnSet) -> Vec<Part> {
        let sets: Vec<ColumnSet> = even(columns, self.most_columns).map(Into::into).collect();
        even(users, self.most_users)
            .flat_map(|users| sets.iter().map(|columns| Part::new(users.to_vec(), columns.clone())))
            .collect()
    }
}

/// Pieces of at most so many, as even as they can be.
fn even<T>(all: &[T], most: usize) -> impl Iterator<Item = &[T]> {
    let pieces = all.len().div_ceil(most.max(1)).max(1);
    all.chunks(all.len().div_ceil(pieces).max(1))
}
