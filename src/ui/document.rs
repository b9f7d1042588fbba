//! The query that is being edited, the file it belongs to, and whether it is saved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    dictionary::Change,
    history::{History, Mark, Step},
};
use crate::{
    engine::Draft,
    model::{
        ColumnKey, KnownTitle, PlayerEntry, Query, QueryTitle, Scid, StatDictionary, StatEntry, StatName,
        ViewSettings,
    },
};

/// How many files the menu remembers.
const RECENT_FILES: usize = 8;

/// The query in the window. Each change goes through [`edit`](Self::edit), so that what depends on
/// it knows when to look again. It is shared with workers and with what can be undone: a list of
/// 100,000 players is copied at most once for a change, and never to be read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    query: Arc<Query>,
    revision: u64,
    file: Option<PathBuf>,
    /// The text of `file` when it was last read or written; new text is written over it, so that
    /// comments and keys of other versions survive.
    saved_text: Option<String>,
    /// The query that counts as saved. `None`: it was restored and its file's text not read yet.
    saved: Option<Arc<Query>>,
    unsaved: bool,
    recent: Vec<PathBuf>,
    /// What the team says of stats. It belongs to no query, and is changed and undone like one.
    team: Arc<StatDictionary>,
    /// What was said anew and nobody has taken to the file yet.
    described: Vec<Change>,
    history: History,
}

/// What a step back or forth changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Changed {
    /// What the team says of a stat.
    Stat,
    /// How the answer is looked at, and nothing else.
    View,
    /// Anything of the query, or all of it.
    Query,
}

/// A document put away, to be brought back whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PutAway {
    query: Arc<Query>,
    file: Option<PathBuf>,
    saved_text: Option<String>,
    saved: Option<Arc<Query>>,
}

impl PutAway {
    /// Whether anything would be lost with it: changes that no file has.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        let empty = self.query.players.is_empty() && self.query.titles.is_empty();
        !empty && (self.file.is_none() || self.saved.as_ref() != Some(&self.query))
    }
}

impl Document {
    /// A query that counts as saved although it has no file: the sample's, or an empty one.
    pub(crate) fn untouched(query: Query) -> Self {
        let query = Arc::new(query);
        Self { saved: Some(query.clone()), query, revision: 1, ..Self::default() }
    }

    /// What the last session left, in place of this one.
    pub(crate) fn restored(&self, draft: &Draft) -> Self {
        let mut document = Self {
            query: Arc::new(draft.query.clone()),
            revision: self.revision + 1,
            file: draft.file.clone(),
            saved_text: draft.saved_text.clone(),
            saved: None,
            recent: draft.recent.clone(),
            ..Self::default()
        };
        if document.saved_text.is_none() {
            document.unsaved = draft.query != Query::default();
        }
        document
    }

    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// The query as it stands, to be worked on outside a frame.
    pub(crate) fn shared(&self) -> &Arc<Query> {
        &self.query
    }

    /// Grows with each change of the query.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    pub(crate) fn saved_text(&self) -> Option<&str> {
        self.saved_text.as_deref()
    }

    pub(crate) fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    /// Whether there are changes that no file has.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// The name to show.
    pub(crate) fn name(&self) -> &str {
        match self.query.name.trim() {
            "" => "Untitled query",
            name => name,
        }
    }

    /// Changes the query. Can be undone, unless nothing is different.
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Query)) {
        let former = self.query.clone();
        change(Arc::make_mut(&mut self.query));
        if self.query == former {
            self.query = former;
            return;
        }
        self.history.note(Step::Query(former), None);
        self.changed();
    }

    /// Looks at the answer in another way. Can be undone; changes under one `press` of the pointer
    /// are undone as one.
    pub(crate) fn set_view(&mut self, view: ViewSettings, press: Option<u64>) {
        if self.query.view == view {
            return;
        }
        let former = Arc::make_mut(&mut self.query).set_view(view);
        self.history.note(Step::View(Box::new(former)), press);
        self.changed();
    }

    /// Takes the last change back. Returns what changed by that; `None` when there is none to take back.
    pub(crate) fn undo(&mut self) -> Option<Changed> {
        let step = self.history.last()?;
        let (inverse, changed) = self.take(step);
        self.history.undone(inverse);
        Some(changed)
    }

    /// Does once more what was taken back last.
    pub(crate) fn redo(&mut self) -> Option<Changed> {
        let step = self.history.next()?;
        let (inverse, changed) = self.take(step);
        self.history.redone(inverse);
        Some(changed)
    }

    /// Takes back all changes since `mark`, in one.
    pub(crate) fn undo_to(&mut self, mark: Mark) -> Option<Changed> {
        let mut changed = None;
        while self.history.holds(mark) {
            changed = changed.max(self.undo());
        }
        changed
    }

    /// The change made last, to be taken back by name.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.history.mark()
    }

    /// Whether a change can still be taken back.
    pub(crate) fn can_undo(&self, mark: Mark) -> bool {
        self.history.holds(mark)
    }

    /// Goes a step, and hands back the one that leads here again.
    fn take(&mut self, step: Step) -> (Step, Changed) {
        let (inverse, changed) = match step {
            Step::View(view) => {
                let former = Arc::make_mut(&mut self.query).set_view(*view);
                (Step::View(Box::new(former)), Changed::View)
            }
            Step::Stat(change) => {
                let (key, entry) = *change;
                return (Step::Stat(Box::new(self.say(key, entry))), Changed::Stat);
            }
            Step::Query(query) => (Step::Query(std::mem::replace(&mut self.query, query)), Changed::Query),
            Step::Document(next) => (Step::Document(Box::new(self.exchange(*next))), Changed::Query),
        };
        self.changed();
        (inverse, changed)
    }

    /// What the team says of stats.
    pub(crate) fn team(&self) -> &StatDictionary {
        &self.team
    }

    /// Takes what stands in the team's file by now.
    pub(crate) fn set_team(&mut self, team: StatDictionary) {
        self.team = Arc::new(team);
    }

    /// Says this of a stat. Can be undone.
    pub(crate) fn describe(&mut self, key: ColumnKey, entry: StatEntry) {
        if self.team.stat(&key).cloned().unwrap_or_default() != entry {
            let former = self.say(key, entry);
            self.history.note(Step::Stat(Box::new(former)), None);
        }
    }

    /// Hands out what was said anew since the last time.
    pub(crate) fn take_described(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.described)
    }

    /// Returns what takes it back.
    fn say(&mut self, key: ColumnKey, entry: StatEntry) -> Change {
        let team = Arc::make_mut(&mut self.team);
        let former = team.stat(&key).cloned().unwrap_or_default();
        if entry == StatEntry::default() {
            team.forget_stat(&key);
        } else {
            *team.stat_mut(&key) = entry.clone();
        }
        self.described.push((key.clone(), entry));
        (key, former)
    }

    fn changed(&mut self) {
        self.revision += 1;
        self.judge();
    }

    /// Notes what the file's text holds, read back after a restart.
    pub(crate) fn set_baseline(&mut self, saved: Query) {
        self.saved = Some(Arc::new(saved));
        self.judge();
    }

    /// Puts another query in its place. Can be undone. Hands back the former one.
    pub(crate) fn replace(&mut self, query: Query, file: Option<(PathBuf, String)>) -> PutAway {
        let (file, saved_text) = file.unzip();
        if let Some(file) = &file {
            self.remember(file.clone());
        }
        let query = Arc::new(query);
        let former = self.exchange(PutAway { saved: Some(query.clone()), query, file, saved_text });
        // Nothing is lost with an empty query, and nobody misses it.
        if *former.query != Query::default() {
            self.history.note(Step::Document(Box::new(former.clone())), None);
        }
        self.changed();
        former
    }

    fn exchange(&mut self, next: PutAway) -> PutAway {
        PutAway {
            query: std::mem::replace(&mut self.query, next.query),
            file: std::mem::replace(&mut self.file, next.file),
            saved_text: std::mem::replace(&mut self.saved_text, next.saved_text),
            saved: std::mem::replace(&mut self.saved, next.saved),
        }
    }

    /// Notes that `query` stands in `file` as `text`. The query may have changed since it was sent off.
    pub(crate) fn note_saved(&mut self, query: Arc<Query>, file: PathBuf, text: String) {
        self.remember(file.clone());
        self.file = Some(file);
        self.saved_text = Some(text);
        self.saved = Some(query);
        self.judge();
    }

    /// Turns it into a copy without a file.
    pub(crate) fn duplicate(&mut self) -> PutAway {
        let mut query = Query::clone(&self.query);
        query.name = format!("{} copy", self.name());
        let former = self.replace(query, None);
        self.saved = Some(Arc::default());
        self.judge();
        former
    }

    /// What must survive a restart, the parts that this document holds but for the query itself.
    pub(crate) fn fill(&self, draft: &mut Draft) {
        draft.file.clone_from(&self.file);
        draft.saved_text.clone_from(&self.saved_text);
        draft.recent.clone_from(&self.recent);
    }

    fn remember(&mut self, file: PathBuf) {
        self.recent.retain(|known| *known != file);
        self.recent.insert(0, file);
        self.recent.truncate(RECENT_FILES);
    }

    fn judge(&mut self) {
        self.unsaved = match &self.saved {
            Some(saved) => !Arc::ptr_eq(saved, &self.query) && saved != &self.query,
            None => true,
        };
    }
}

/// Ticks or unticks stats. The columns of a title keep the order in which `known` lists them; a
/// title that is new to the query comes last; one without ticked stats stays, to keep its place.
pub(crate) fn tick(query: &mut Query, known: &KnownTitle, stats: &[StatName], on: bool) {
    let place = query.titles.iter().position(|title| title.scid == known.scid);
    let title = match place {
        Some(place) => &mut query.titles[place],
        None if on => {
            query.titles.push(QueryTitle {
                name: known.name.clone(),
                scid: known.scid.clone(),
                title_id: known.title_id,
                stats: Vec::new(),
            });
            let last = query.titles.len() - 1;
            &mut query.titles[last]
        }
        None => return,
    };
    if !on {
        title.stats.retain(|stat| !stats.contains(stat));
        return;
    }
    let rank = |stat: &StatName| known.stats.iter().position(|known| known == stat);
    for stat in stats {
        if title.stats.contains(stat) {
            continue;
        }
        let before = rank(stat).and_then(|own| {
            title.stats.iter().position(|other| rank(other).is_some_and(|other| other > own))
        });
        title.stats.insert(before.unwrap_or(title.stats.len()), stat.clone());
    }
}

/// Whether a column is ticked.
pub(crate) fn is_ticked(query: &Query, scid: &Scid, stat: &StatName) -> bool {
    query.title(scid).is_some_and(|title| title.stats.contains(stat))
}

/// Adds players to the end of the list.
pub(crate) fn add_players(query: &mut Query, entries: Vec<PlayerEntry>) {
    query.players.extend(entries);
}

/// Removes the players at these places, ascending.
pub(crate) fn remove_players(query: &mut Query, places: &[usize]) {
    let mut place = 0;
    query.players.retain(|_| {
        let keep = places.binary_search(&place).is_err();
        place += 1;
        keep
    });
}

/// Removes a title with its ticked stats, and what the charts say of it. What the view says of it
/// stays, passed over and named as gone, for the title may come back.
pub(crate) fn remove_title(query: &mut Query, scid: &Scid) {
    query.titles.retain(|title| title.scid != *scid);
    let of_title = |key: &ColumnKey| key.scid == *scid;
    for chart in &mut query.charts {
        chart.retain(|field| !field.stat().is_some_and(of_title));
    }
}

#[cfg(test)]
mod tests;
