//! Narrowing a refused request down to what it was refused for.
//!
//! One private player, one restricted title or one size too many may have a whole request refused
//! (`XBOX-API.md`, section 4). It is cut by titles first, then by users, until what is refused
//! stands alone; everybody else is answered on the way. What was learnt holds for the rest of a
//! fetch. Pure: it is told what became of a [`Part`] and says what to ask next.
//!
//! - Of two halves the left is asked; when it is answered, the culprit is in the right one, which
//!   is cut further without being asked as a whole.
//! - When both halves of the titles are refused it is the users, and users are halved from then on.
//! - A title that nobody was answered for is tried with a few users alone. So many of them refused,
//!   it is the title that is closed, for all: [`Narrow::trim`] leaves it out. One answer for it, from
//!   a request that was under way, and what was left out is asked after all.
//!
//! Start with [`Narrow::refused`]; `part` holds what is asked, `knowledge` what is learnt.

mod knowledge;
mod part;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc};

use self::{
    knowledge::Knowledge,
    part::{Probe, Then},
};
use crate::model::{Failure, Xuid};

pub(super) use self::part::{ColumnSet, Part};

/// So many users refused alone and nobody ever answered: it is the title.
const ENOUGH: usize = 8;
/// So many suffice of users who were answered for other titles at the same time.
const ENOUGH_ANSWERED_ELSEWHERE: usize = 4;

/// What a refusal may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// A user or a title (403, 404).
    UserOrTitle,
    /// Anything (an answer that cannot be had).
    Unknown,
    /// A user, a title or a stat (400).
    UserTitleOrStat,
    /// The size of the request (413).
    Size,
}

/// What a status says that a refusal is about; `None` when it is about none of what was asked.
pub(super) fn about(status: Option<u16>) -> Option<About> {
    match status? {
        400 => Some(About::UserTitleOrStat),
        403 | 404 => Some(About::UserOrTitle),
        413 => Some(About::Size),
        _ => None,
    }
}

/// What is to be done next.
#[derive(Debug)]
pub(super) enum Step {
    /// Ask this.
    Ask(Part),
    /// These cells cannot be had.
    Fail {
        /// Whose.
        users: Vec<Xuid>,
        /// Which of theirs.
        columns: ColumnSet,
        /// Why.
        failure: Arc<Failure>,
    },
}

/// A refusal: what it may be about, and its words.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) about: About,
    pub(super) failure: Arc<Failure>,
}

/// The narrowing of all refused requests of one fetch to one service, and what it has learnt.
#[derive(Debug)]
pub(super) struct Narrow {
    known: Knowledge,
    /// Searches for a bad stat with one user, by number.
    searches: HashMap<u64, Search>,
    next_search: u64,
}

/// One user's stats, asked one by one, while other users wait for what comes of it.
#[derive(Debug)]
struct Search {
    /// Parts that are not answered yet.
    open: usize,
    answered_any: bool,
    bad: Vec<usize>,
    refusal: Refusal,
    waiting: Probe,
}

impl Narrow {
    /// For the columns of a fetch, each with the number of its title.
    pub(super) fn new(titles: Vec<usize>) -> Self {
        Self { known: Knowledge::new(titles), searches: HashMap::new(), next_search: 0 }
    }

    /// Whether a part is of one user and one title: when it is refused, it is that.
    pub(super) fn stands_alone(&self, part: &Part) -> bool {
        part.users.len() == 1 && self.known.groups(&part.columns).len() == 1
    }

    /// Cuts out of a part what is known to be refused and what makes it too large. What remains may
    /// be asked; the other steps are to be taken as well.
    pub(super) fn trim(&mut self, part: Part) -> (Option<Part>, Vec<Step>) {
        let Part { users, columns, then } = part;
        let (columns, mut steps) = self.known.without_closed(&users, &columns);
        let mut part = Part { users, columns, then };
        // Others may wait for the answer to exactly these users.
        if part.is_plain() {
            let (users, failed) = self.known.without_denied(part.users, &part.columns);
            part.users = users;
            steps.extend(failed);
        }
        if part.users.is_empty() || part.columns.is_empty() {
            steps.extend(self.abandoned(part));
            return (None, steps);
        }
        if !self.known.is_too_large(&part) {
            return (Some(part), steps);
        }
        steps.extend(self.in_pieces(part));
        (None, steps)
    }

    /// Notes that a part was answered.
    pub(super) fn answered(&mut self, part: Part) -> Vec<Step> {
        let mut steps = self.known.note_answered(&part.columns);
        steps.extend(match part.then {
            Then::Nothing => Vec::new(),
            Then::RightUsers { users, columns, refusal } => self.cut(users, columns, refusal, false, false),
            Then::RightTitles { columns, refusal } => self.cut(part.users, columns, refusal, false, true),
            Then::LeftTitles { columns, refusal } => self.cut(part.users, columns, refusal, true, true),
            Then::Probe(probe) => self.after_answered_probe(*probe),
            Then::Search(search) => self.search_answered(search),
        });
        steps
    }

    /// Notes that a part was refused.
    pub(super) fn refused(&mut self, part: Part, refusal: Refusal) -> Vec<Step> {
        if refusal.about == About::Size {
            return self.too_large(part, &refusal);
        }
        let Part { users, columns, then } = part;
        match then {
            Then::Nothing => self.cut(users, columns, refusal, true, false),
            Then::RightUsers { users: right, columns: theirs, .. } => {
                let mut steps = self.cut(users, columns, refusal, true, false);
                steps.push(Step::Ask(Part::new(right, theirs)));
                steps
            }
            Then::RightTitles { columns: right, .. } => {
                let then = Then::LeftTitles { columns, refusal };
                vec![Step::Ask(Part { users, columns: right, then })]
            }
            Then::LeftTitles { columns: left, .. } => {
                self.known.users_first = true;
                let all = part::join(&[left, columns]);
                self.cut(users, all, refusal, true, false)
            }
            Then::Probe(probe) => self.after_refused_probe(&users, &columns, refusal, *probe),
            Then::Search(search) => self.search_refused(search, users, columns, refusal),
        }
    }

    /// Gives a part up: what waits for it is asked without it.
    pub(super) fn abandoned(&mut self, part: Part) -> Vec<Step> {
        match part.then {
            Then::Search(search) => self.search_ended(search, false),
            _ => part.released().into_iter().map(Step::Ask).collect(),
        }
    }

    /// Cuts what holds a culprit. `asked`: it was asked as it is, and refused. `elsewhere`: its users
    /// were answered for other titles.
    fn cut(
        &mut self,
        users: Vec<Xuid>,
        columns: ColumnSet,
        refusal: Refusal,
        asked: bool,
        elsewhere: bool,
    ) -> Vec<Step> {
        let titles = self.known.groups(&columns);
        if users.len() < 2 {
            return match titles.as_slice() {
                _ if !asked => vec![Step::Ask(Part::new(users, columns))],
                [_] => self.refused_alone(&users, &columns, &refusal),
                _ => titles.into_iter().map(|title| Step::Ask(Part::new(users.clone(), title))).collect(),
            };
        }
        if titles.len() > 1 && !self.known.users_first {
            let (left, right) = titles.split_at(titles.len() / 2);
            let then = Then::RightTitles { columns: part::join(right), refusal };
            return vec![Step::Ask(Part { users, columns: part::join(left), then })];
        }
        if titles.len() == 1 && !self.known.is_readable(&columns) {
            let enough = if elsewhere { ENOUGH_ANSWERED_ELSEWHERE } else { ENOUGH };
            let probe = Probe { rest: users, columns, refusal, refused: 0, enough, asked: 0 };
            return Self::probe(probe);
        }
        Self::halve(users, columns, refusal)
    }

    fn halve(mut users: Vec<Xuid>, columns: ColumnSet, refusal: Refusal) -> Vec<Step> {
        let right = users.split_off(users.len() / 2);
        let then = Then::RightUsers { users: right, columns: columns.clone(), refusal };
        vec![Step::Ask(Part { users, columns, then })]
    }

    /// Asks one of the users alone.
    fn probe(mut probe: Probe) -> Vec<Step> {
        if probe.rest.is_empty() {
            return Vec::new();
        }
        let place = probe.next_place();
        let user = probe.rest.swap_remove(place);
        let columns = probe.columns.clone();
        vec![Step::Ask(Part { users: vec![user], columns, then: Then::Probe(Box::new(probe)) })]
    }

    fn after_answered_probe(&mut self, probe: Probe) -> Vec<Step> {
        let Probe { rest, columns, refusal, refused, .. } = probe;
        if rest.is_empty() {
            return Vec::new();
        }
        // Who was refused meanwhile may have been the only culprit.
        if refused > 0 {
            return vec![Step::Ask(Part::new(rest, columns))];
        }
        self.cut(rest, columns, refusal, false, false)
    }

    fn after_refused_probe(
        &mut self,
        users: &[Xuid],
        columns: &ColumnSet,
        refusal: Refusal,
        mut probe: Probe,
    ) -> Vec<Step> {
        probe.refused += 1;
        let is_new = refusal.about == About::UserTitleOrStat && columns.len() > 1;
        if is_new && self.known.begin_search(columns) {
            return self.search(users, columns, refusal, probe);
        }
        let mut steps = self.refused_alone(users, columns, &refusal);
        steps.extend(self.go_on_probing(probe));
        steps
    }

    fn go_on_probing(&mut self, probe: Probe) -> Vec<Step> {
        if self.known.is_readable(&probe.columns) {
            // Another request was answered for the title meanwhile.
            return self.after_answered_probe(probe);
        }
        if probe.refused >= probe.enough {
            self.known.close(&probe.columns, &probe.refusal.failure);
        }
        if self.known.is_closed(&probe.columns) {
            // Closed: the trimming marks them.
            return match self.trim(Part::new(probe.rest, probe.columns)) {
                (Some(part), mut steps) => {
                    steps.push(Step::Ask(part));
                    steps
                }
                (None, steps) => steps,
            };
        }
        Self::probe(probe)
    }

    /// One user was refused for one title, with nothing else in the request.
    fn refused_alone(&mut self, users: &[Xuid], columns: &ColumnSet, refusal: &Refusal) -> Vec<Step> {
        let may_be_a_stat = refusal.about == About::UserTitleOrStat && columns.len() > 1;
        if may_be_a_stat && !self.known.is_readable(columns) && self.known.begin_search(columns) {
            let (columns, refusal) = (columns.clone(), refusal.clone());
            let nobody = Probe { rest: Vec::new(), columns, refusal, refused: 0, enough: ENOUGH, asked: 0 };
            return self.search(users, &nobody.columns.clone(), nobody.refusal.clone(), nobody);
        }
        for user in users {
            self.known.note_refused_alone(*user, columns, refusal, ENOUGH);
        }
        let failure = refusal.failure.clone();
        vec![Step::Fail { users: users.to_vec(), columns: columns.clone(), failure }]
    }

    /// Looks for the stats that one user is refused for.
    fn search(&mut self, users: &[Xuid], columns: &ColumnSet, refusal: Refusal, waiting: Probe) -> Vec<Step> {
        let number = self.next_search;
        self.next_search += 1;
        let search = Search { open: 2, answered_any: false, bad: Vec::new(), refusal, waiting };
        self.searches.insert(number, search);
        Self::search_halves(number, users, columns)
    }

    fn search_halves(number: u64, users: &[Xuid], columns: &ColumnSet) -> Vec<Step> {
        let (left, right) = columns.split_at(columns.len() / 2);
        [left, right]
            .map(|columns| {
                let then = Then::Search(number);
                Step::Ask(Part { users: users.to_vec(), columns: columns.into(), then })
            })
            .into()
    }

    fn search_refused(
        &mut self,
        number: u64,
        users: Vec<Xuid>,
        columns: ColumnSet,
        refusal: Refusal,
    ) -> Vec<Step> {
        if columns.len() > 1 {
            if let Some(search) = self.searches.get_mut(&number) {
                search.open += 1;
            }
            return Self::search_halves(number, &users, &columns);
        }
        if let Some(search) = self.searches.get_mut(&number) {
            search.bad.extend(columns.iter());
        }
        let mut steps = vec![Step::Fail { users, columns, failure: refusal.failure }];
        steps.extend(self.search_ended(number, false));
        steps
    }

    fn search_answered(&mut self, number: u64) -> Vec<Step> {
        self.search_ended(number, true)
    }

    /// A part of a search has ended; with the last one those who waited go on.
    fn search_ended(&mut self, number: u64, answered: bool) -> Vec<Step> {
        let Some(search) = self.searches.get_mut(&number) else { return Vec::new() };
        search.answered_any |= answered;
        search.open -= 1;
        if search.open > 0 {
            return Vec::new();
        }
        let Some(Search { answered_any, bad, refusal, waiting, .. }) = self.searches.remove(&number) else {
            return Vec::new();
        };
        if !answered_any {
            return self.go_on_probing(waiting);
        }
        for column in bad {
            self.known.set_apart(column);
        }
        if waiting.rest.is_empty() {
            return Vec::new();
        }
        self.cut(waiting.rest, waiting.columns, refusal, true, true)
    }

    fn too_large(&mut self, part: Part, refusal: &Refusal) -> Vec<Step> {
        if part.users.len() == 1 && part.columns.len() == 1 {
            let Part { users, columns, then } = part;
            let failure = refusal.failure.clone();
            let mut steps = vec![Step::Fail { users: users.clone(), columns: columns.clone(), failure }];
            steps.extend(self.abandoned(Part { users, columns, then }));
            return steps;
        }
        self.known.note_too_large(&part);
        self.in_pieces(part)
    }

    /// A part that is too large in pieces that are not, and what waited for it.
    fn in_pieces(&mut self, part: Part) -> Vec<Step> {
        let Part { users, columns, then } = part;
        let mut steps: Vec<Step> = self.known.pieces(&users, &columns).into_iter().map(Step::Ask).collect();
        steps.extend(self.abandoned(Part { users, columns, then }));
        steps
    }
}
