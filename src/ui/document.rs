//! The query that is being edited, the file it belongs to, and whether it is saved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    engine::Draft,
    model::{ColumnKey, Group, KnownTitle, PlayerEntry, PlayerRef, Query, QueryTitle, Scid, StatName},
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

    /// What the last session left. `baseline` is the query in its file's text.
    pub(crate) fn restored(draft: &Draft) -> Self {
        let mut document = Self {
            query: Arc::new(draft.query.clone()),
            revision: 1,
            file: draft.file.clone(),
            saved_text: draft.saved_text.clone(),
            saved: None,
            unsaved: false,
            recent: draft.recent.clone(),
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

    /// Changes the query.
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Query)) {
        change(Arc::make_mut(&mut self.query));
        self.revision += 1;
        self.judge();
    }

    /// Notes what the file's text holds, read back after a restart.
    pub(crate) fn set_baseline(&mut self, saved: Query) {
        self.saved = Some(Arc::new(saved));
        self.judge();
    }

    /// Puts another query in its place, and hands back the former one.
    pub(crate) fn replace(&mut self, query: Query, file: Option<(PathBuf, String)>) -> PutAway {
        let (file, saved_text) = file.unzip();
        if let Some(file) = &file {
            self.remember(file.clone());
        }
        let query = Arc::new(query);
        let next = PutAway { saved: Some(query.clone()), query, file, saved_text };
        self.swap(next)
    }

    /// Brings back a document that was put away, and hands back the one in its place.
    pub(crate) fn swap(&mut self, next: PutAway) -> PutAway {
        let former = PutAway {
            query: std::mem::replace(&mut self.query, next.query),
            file: std::mem::replace(&mut self.file, next.file),
            saved_text: std::mem::replace(&mut self.saved_text, next.saved_text),
            saved: std::mem::replace(&mut self.saved, next.saved),
        };
        self.revision += 1;
        self.judge();
        former
    }

    /// A copy to be brought back, of the document as it stands.
    pub(crate) fn put_away(&self) -> PutAway {
        PutAway {
            query: self.query.clone(),
            file: self.file.clone(),
            saved_text: self.saved_text.clone(),
            saved: self.saved.clone(),
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

/// Puts players into the group called `name`, which is made where there is none. A player belongs to
/// one group, so that their colour is certain.
pub(crate) fn put_into_group(query: &mut Query, name: &str, players: Vec<PlayerRef>) {
    take_from_groups(query, &players);
    match query.groups.iter_mut().find(|group| group.name == name) {
        Some(group) => group.players.extend(players),
        None => query.groups.push(Group { name: name.to_owned(), players }),
    }
}

/// Takes players out of whatever group they are in.
pub(crate) fn take_from_groups(query: &mut Query, players: &[PlayerRef]) {
    for group in &mut query.groups {
        group.players.retain(|member| !players.contains(member));
    }
}

/// Removes a title with its ticked stats, and what the view and the charts say of it.
pub(crate) fn remove_title(query: &mut Query, scid: &Scid) {
    query.titles.retain(|title| title.scid != *scid);
    let of_title = |key: &ColumnKey| key.scid == *scid;
    for chart in &mut query.charts {
        chart.stats.retain(|key| !of_title(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownTitle {
        KnownTitle {
            name: "Iron Meridian".into(),
            scid: Scid::from_wire("s"),
            title_id: None,
            stats: ["Kills", "Deaths", "Wins"].map(StatName::from_wire).to_vec(),
        }
    }

    fn names(query: &Query) -> Vec<&str> {
        query.titles[0].stats.iter().map(StatName::as_str).collect()
    }

    #[test]
    fn ticking_keeps_the_known_order() {
        let (mut query, known) = (Query::default(), known());
        tick(&mut query, &known, &[StatName::from_wire("Wins")], true);
        tick(&mut query, &known, &[StatName::from_wire("Kills")], true);
        tick(&mut query, &known, &[StatName::from_wire("Deaths")], true);
        assert_eq!(names(&query), ["Kills", "Deaths", "Wins"]);
        tick(&mut query, &known, &[StatName::from_wire("Deaths")], false);
        assert_eq!(names(&query), ["Kills", "Wins"]);
        assert!(is_ticked(&query, &known.scid, &StatName::from_wire("Wins")));
    }

    #[test]
    fn unticking_what_was_never_there_adds_nothing() {
        let mut query = Query::default();
        tick(&mut query, &known(), &[StatName::from_wire("Wins")], false);
        assert_eq!(query, Query::default());
    }

    #[test]
    fn a_change_and_its_undoing_leave_it_saved() {
        let mut document = Document::untouched(Query::default());
        assert!(!document.is_unsaved());
        document.edit(|query| query.name = "a".into());
        assert!(document.is_unsaved());
        document.edit(|query| query.name.clear());
        assert!(!document.is_unsaved());
    }

    #[test]
    fn what_is_replaced_comes_back_whole() {
        let mut document = Document::untouched(Query::default());
        document.edit(|query| query.name = "mine".into());
        let former = document.replace(Query::default(), Some(("a.toml".into(), "text".into())));
        assert!(!document.is_unsaved());
        assert_eq!(document.file(), Some(Path::new("a.toml")));
        document.swap(former);
        assert!(document.is_unsaved());
        assert_eq!((document.name(), document.file()), ("mine", None));
        assert_eq!(document.recent(), [PathBuf::from("a.toml")]);
    }

    #[test]
    fn a_player_is_in_one_group_only() {
        let mut query = Query::default();
        let player = PlayerRef::Xuid(crate::model::Xuid(5));
        put_into_group(&mut query, "a", vec![player.clone()]);
        put_into_group(&mut query, "b", vec![player.clone()]);
        assert_eq!(query.groups[0].players, []);
        assert_eq!(query.groups[1].players, [player]);
    }
}
