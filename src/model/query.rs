use serde::{Deserialize, Serialize};

use super::{
    Chart, ColumnKey, Compare, DerivedColumn, Field, Group, PlayerEntry, PlayerRef, Scid, StatName, TitleId,
    ViewSettings,
};

/// Everything that is asked, and how its answer is looked at. What a query file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// What the user calls it.
    pub name: String,
    /// The players in the order of the list, bad lines among them: nothing typed is lost.
    pub players: Vec<PlayerEntry>,
    /// Named sets of players. Members are players of the list; others are kept and ignored.
    pub groups: Vec<Group>,
    /// The titles and their chosen stats, in the order of the columns.
    pub titles: Vec<QueryTitle>,
    /// How the grid shows the answer.
    pub view: ViewSettings,
    /// The charts below the grid; the first is drawn.
    pub charts: Vec<Chart>,
    /// Who is compared with whom.
    pub compare: Compare,
}

/// A title (a SCID) and the stats that are chosen of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryTitle {
    /// What the user calls the title.
    pub name: String,
    /// Its service configuration.
    pub scid: Scid,
    /// Its title id, where known.
    pub title_id: Option<TitleId>,
    /// The chosen stats, in the order of the columns.
    pub stats: Vec<StatName>,
}

/// Why a query cannot be fetched yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// No line of the list names a player.
    #[error("Add at least one player: a gamertag or a XUID")]
    NoPlayers,
    /// No stat is chosen.
    #[error("Choose at least one stat of a title")]
    NoStats,
}

impl Query {
    /// The columns that it asks for: each title's chosen stats, in order, none twice.
    #[must_use]
    pub fn columns(&self) -> Vec<ColumnKey> {
        let mut seen = std::collections::HashSet::new();
        self.titles
            .iter()
            .flat_map(|title| {
                title.stats.iter().map(|stat| ColumnKey { scid: title.scid.clone(), stat: stat.clone() })
            })
            .filter(|key| seen.insert(key.clone()))
            .collect()
    }

    /// The players that can be asked for: bad lines left out, none twice.
    #[must_use]
    pub fn player_refs(&self) -> Vec<PlayerRef> {
        let mut seen = std::collections::HashSet::new();
        self.players
            .iter()
            .filter_map(|entry| entry.read().ok())
            .filter(|player| {
                seen.insert(match player {
                    PlayerRef::Xuid(xuid) => Err(*xuid),
                    PlayerRef::Gamertag(gamertag) => Ok(gamertag.folded()),
                })
            })
            .cloned()
            .collect()
    }

    /// Whether there is anything to fetch.
    ///
    /// # Errors
    /// What is missing.
    pub fn ready(&self) -> Result<(), NotReady> {
        if !self.players.iter().any(|entry| entry.read().is_ok()) {
            return Err(NotReady::NoPlayers);
        }
        if self.titles.iter().all(|title| title.stats.is_empty()) {
            return Err(NotReady::NoStats);
        }
        Ok(())
    }

    /// Looks at the answer in another way, and gives back the former one. Charts and the profile of
    /// those compared follow a derived column to its new name.
    pub fn set_view(&mut self, view: ViewSettings) -> ViewSettings {
        let former = std::mem::replace(&mut self.view, view);
        for (old, new) in renamed(&former.derived, &self.view.derived) {
            let drawn = self.charts.iter_mut().flat_map(Chart::fields_mut);
            for field in drawn.chain(&mut self.compare.profile) {
                if matches!(field, Field::Derived { derived } if *derived == old.name) {
                    *field = Field::derived(&new.name);
                }
            }
        }
        former
    }

    /// The title with this SCID.
    #[must_use]
    pub fn title(&self, scid: &Scid) -> Option<&QueryTitle> {
        self.titles.iter().find(|title| title.scid == *scid)
    }

    /// The place of the group that `player` belongs to; the first, when several hold them.
    #[must_use]
    pub fn group_of(&self, player: &PlayerRef) -> Option<usize> {
        self.groups.iter().position(|group| group.players.contains(player))
    }
}

/// The columns that have another name in the same place.
fn renamed<'a>(
    old: &'a [DerivedColumn],
    new: &'a [DerivedColumn],
) -> impl Iterator<Item = (&'a DerivedColumn, &'a DerivedColumn)> {
    let has = |columns: &[DerivedColumn], name: &str| columns.iter().any(|column| column.name == name);
    let is_same_list = old.len() == new.len();
    let pairs = old.iter().zip(new).filter(move |_| is_same_list);
    pairs.filter(move |(before, after)| !has(new, &before.name) && !has(old, &after.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(scid: &str, stats: &[&str]) -> QueryTitle {
        QueryTitle {
            name: scid.into(),
            scid: Scid::from_wire(scid),
            title_id: None,
            stats: stats.iter().map(|stat| StatName::from_wire(stat)).collect(),
        }
    }

    #[test]
    fn an_empty_query_says_what_is_missing() {
        let mut query = Query::default();
        assert_eq!(query.ready(), Err(NotReady::NoPlayers));
        query.players.push(PlayerEntry::new("bad<line>"));
        assert_eq!(query.ready(), Err(NotReady::NoPlayers));
        query.players.push(PlayerEntry::new("TigerShark"));
        query.titles.push(title("s", &[]));
        assert_eq!(query.ready(), Err(NotReady::NoStats));
        query.titles[0].stats.push(StatName::from_wire("Kills"));
        assert_eq!(query.ready(), Ok(()));
    }

    #[test]
    fn a_chart_follows_a_formula_to_its_new_name_and_back() {
        let named = |names: &[&str]| ViewSettings {
            derived: names
                .iter()
                .map(|name| DerivedColumn { name: (*name).into(), formula: "1".into() })
                .collect(),
            ..ViewSettings::default()
        };
        let chart = Chart { stats: vec![Field::derived("kd")], ..Chart::default() };
        let mut query = Query { view: named(&["a", "kd"]), charts: vec![chart], ..Query::default() };
        let former = query.set_view(named(&["a", "ratio"]));
        assert_eq!(query.charts[0].stats, [Field::derived("ratio")]);
        query.set_view(former);
        assert_eq!(query.charts[0].stats, [Field::derived("kd")]);
        query.set_view(named(&["a"]));
        query.set_view(named(&["b"]));
        assert_eq!(query.charts[0].stats, [Field::derived("kd")], "one that is gone may come back");
    }

    #[test]
    fn what_is_written_twice_is_asked_once() {
        let query = Query {
            players: ["TigerShark", "tigershark", "2533274792693551", "xuid:2533274792693551", "no<no"]
                .map(PlayerEntry::new)
                .to_vec(),
            titles: vec![title("s", &["Kills", "Kills"]), title("S", &["Kills"])],
            ..Query::default()
        };
        assert_eq!(query.player_refs().len(), 2);
        assert_eq!(query.columns().len(), 2, "SCIDs that differ by case are two");
    }
}
