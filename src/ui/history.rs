//! What can be taken back, and what was: bounded, and cheap, for a step shares what it does not change.

use std::{collections::VecDeque, sync::Arc};

use super::{dictionary::Change, document::PutAway};
use crate::model::{Query, ViewSettings};

/// How many changes can be taken back.
const MOST: usize = 200;
/// How many of them may hold a list of players of their own.
const MOST_WHOLE: usize = 40;

/// What a step leads back to.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// How the answer was looked at.
    View(Box<ViewSettings>),
    /// What the team said of a stat.
    Stat(Box<Change>),
    /// The query as it was, in the same file.
    Query(Arc<Query>),
    /// The query that was there before another took its place, with its file.
    Document(Box<PutAway>),
}

/// A change that was made, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(u64);

/// The changes that can be taken back, the last one last, and those that were.
#[derive(Debug, Default)]
pub(super) struct History {
    back: VecDeque<(Mark, Step)>,
    forth: Vec<(Mark, Step)>,
    /// The number of the last change.
    count: u64,
    /// The press of the pointer under which the last change was made.
    press: Option<u64>,
    /// The change that is being taken back or done again.
    moving: Option<Mark>,
}

impl History {
    /// Notes a change that `step` takes back. One under the same press as the change before joins it.
    pub(super) fn note(&mut self, step: Step, press: Option<u64>) {
        self.forth.clear();
        if press.is_some() && self.press == press && !self.back.is_empty() {
            return;
        }
        self.press = press;
        self.count += 1;
        self.back.push_back((Mark(self.count), step));
        let whole = |(_, step): &&(Mark, Step)| !matches!(step, Step::View(_) | Step::Stat(_));
        while self.back.len() > MOST || self.back.iter().filter(whole).count() > MOST_WHOLE {
            self.back.pop_front();
        }
    }

    /// The step that takes the last change back. [`undone`](Self::undone) must follow.
    pub(super) fn last(&mut self) -> Option<Step> {
        let (mark, step) = self.back.pop_back()?;
        (self.moving, self.press) = (Some(mark), None);
        Some(step)
    }

    /// Notes the step that does again what was taken back.
    pub(super) fn undone(&mut self, inverse: Step) {
        if let Some(mark) = self.moving.take() {
            self.forth.push((mark, inverse));
        }
    }

    /// The step that does again what was taken back last. [`redone`](Self::redone) must follow.
    pub(super) fn next(&mut self) -> Option<Step> {
        let (mark, step) = self.forth.pop()?;
        (self.moving, self.press) = (Some(mark), None);
        Some(step)
    }

    /// Notes the step that takes back again what was done again.
    pub(super) fn redone(&mut self, inverse: Step) {
        if let Some(mark) = self.moving.take() {
            self.back.push_back((mark, inverse));
        }
    }

    /// The last change.
    pub(super) fn mark(&self) -> Option<Mark> {
        self.back.back().map(|(mark, _)| *mark)
    }

    /// Whether a change can be taken back.
    pub(super) fn holds(&self, mark: Mark) -> bool {
        self.back.iter().any(|(held, _)| *held == mark)
    }
}
