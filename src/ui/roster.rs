//! What became of each player of the list: joins the lines as typed with the rows of the table.

use std::collections::HashMap;

use crate::model::{Gamertag, PlayerEntry, PlayerRef, Query, RowState, StatTable, Xuid};

/// The list joined with the table.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    made_for: Option<(u64, u64)>,
    /// For each line: its row in the table, or the line that names the same player.
    places: Vec<Place>,
    /// For each row of the table: the first line that asked for it.
    lines: Vec<Option<u32>>,
    tally_for: Option<(u64, u64)>,
    tally: Tally,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Not in the table: not fetched yet.
    New,
    Row(u32),
    /// Written before, in the given line.
    SameAs(u32),
    Unreadable,
}

/// What became of one line.
#[derive(Debug)]
pub(crate) enum Fate<'a> {
    /// Not fetched yet.
    New,
    /// Its name is being looked up.
    LookingUp,
    /// Found.
    Found(&'a crate::model::Player),
    /// Could not be found.
    Failed(&'a crate::model::Failure),
    /// The same player as in this other line.
    SameAs(usize),
    /// Neither a gamertag nor a XUID.
    Unreadable(String),
}

/// How many lines came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Lines that name a player, each player once.
    pub(crate) players: usize,
    /// Players that could not be found.
    pub(crate) not_found: usize,
    /// Players whose look-up failed for another reason.
    pub(crate) failed: usize,
    /// Lines that name a player who is named before.
    pub(crate) duplicates: usize,
    /// Lines that are neither a gamertag nor a XUID.
    pub(crate) unreadable: usize,
    /// Names that no fetch has found yet.
    pub(crate) names_to_find: usize,
}

/// A player as far as can be told without asking.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Xuid(Xuid),
    Name(String),
}

impl Key {
    fn of(player: &PlayerRef) -> Self {
        match player {
            PlayerRef::Xuid(xuid) => Self::Xuid(*xuid),
            PlayerRef::Gamertag(gamertag) => Self::Name(Gamertag::folded(gamertag)),
        }
    }
}

impl Roster {
    /// Joins anew where the list (`revision`) or the rows asked for (`rows_revision`) are others.
    pub(crate) fn update(&mut self, query: &Query, revision: u64, table: &StatTable, rows_revision: u64) {
        if self.made_for == Some((revision, rows_revision)) {
            return;
        }
        self.made_for = Some((revision, rows_revision));
        self.tally_for = None;
        let rows: HashMap<Key, usize> =
            table.rows().iter().enumerate().map(|(row, asked)| (Key::of(&asked.asked), row)).collect();
        let mut seen: HashMap<Key, usize> = HashMap::with_capacity(query.players.len());
        self.places = query
            .players
            .iter()
            .enumerate()
            .map(|(line, entry)| {
                let Ok(player) = entry.read() else { return Place::Unreadable };
                let key = Key::of(player);
                if let Some(first) = seen.get(&key) {
                    return Place::SameAs(*first as u32);
                }
                let place = rows.get(&key).map_or(Place::New, |row| Place::Row(*row as u32));
                seen.insert(key, line);
                place
            })
            .collect();
        self.lines = vec![None; table.rows().len()];
        for (line, place) in self.places.iter().enumerate() {
            if let Place::Row(row) = place {
                self.lines[*row as usize] = Some(line as u32);
            }
        }
    }

    /// What became of a line. `New` for a line that is not there.
    pub(crate) fn fate<'a>(&self, line: usize, entry: &PlayerEntry, table: &'a StatTable) -> Fate<'a> {
        match self.places.get(line) {
            None | Some(Place::New) => Fate::New,
            Some(Place::SameAs(first)) => Fate::SameAs(*first as usize),
            Some(Place::Unreadable) => match entry.read() {
                Err(error) => Fate::Unreadable(error.to_string()),
                Ok(_) => Fate::New,
            },
            Some(Place::Row(row)) => match table.rows().get(*row as usize).map(|row| &row.state) {
                None => Fate::New,
                Some(RowState::LookingUp) => Fate::LookingUp,
                Some(RowState::Known(player)) => Fate::Found(player),
                Some(RowState::Failed(failure)) => Fate::Failed(failure),
                Some(RowState::DuplicateOf(first)) => Fate::SameAs(self.line_of(*first).unwrap_or(line)),
            },
        }
    }

    /// The row of a line, where it was fetched.
    pub(crate) fn row(&self, line: usize) -> Option<usize> {
        match self.places.get(line)? {
            Place::Row(row) => Some(*row as usize),
            Place::SameAs(first) => self.row(*first as usize),
            Place::New | Place::Unreadable => None,
        }
    }

    /// The line of a row.
    pub(crate) fn line_of(&self, row: usize) -> Option<usize> {
        self.lines.get(row).copied().flatten().map(|line| line as usize)
    }

    /// How many lines came to what. Counted once for each state of the table.
    pub(crate) fn tally(&mut self, query: &Query, table: &StatTable, revision: u64) -> Tally {
        let key = self.made_for.map(|(lines, _)| (lines, revision));
        if key.is_none() || self.tally_for != key {
            self.tally_for = key;
            self.tally = self.count(query, table);
        }
        self.tally
    }

    fn count(&self, query: &Query, table: &StatTable) -> Tally {
        let mut tally = Tally::default();
        for (line, entry) in query.players.iter().enumerate() {
            let fate = self.fate(line, entry, table);
            match &fate {
                Fate::Unreadable(_) => tally.unreadable += 1,
                Fate::SameAs(_) => tally.duplicates += 1,
                Fate::Failed(failure) if failure.status == Some(404) => tally.not_found += 1,
                Fate::Failed(_) => tally.failed += 1,
                Fate::New | Fate::LookingUp | Fate::Found(_) => {}
            }
            if !matches!(fate, Fate::Unreadable(_) | Fate::SameAs(_)) {
                tally.players += 1;
                let named = matches!(entry.read(), Ok(PlayerRef::Gamertag(_)));
                tally.names_to_find += usize::from(named && !matches!(fate, Fate::Found(_)));
            }
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Failure, Player, Remedy};

    fn query(lines: &[&str]) -> Query {
        Query { players: lines.iter().map(|line| PlayerEntry::new(line)).collect(), ..Query::default() }
    }

    #[test]
    fn each_line_is_told_what_became_of_it() {
        let query = query(&["TigerShark", "tiger shark", "no<name", "Ghost", "5533274792693551", "New"]);
        let mut players = query.player_refs();
        players.pop();
        let mut table = StatTable::pending(players, Vec::new());
        table.set_player(0, Player::nameless(Xuid(7)));
        let failure = Failure {
            status: Some(404),
            reason: "not found".into(),
            advice: String::new(),
            detail: None,
            remedy: Remedy::EditPlayers,
        };
        table.fail_player(1, &Arc::new(failure));
        table.set_duplicate(2, 0);
        let mut roster = Roster::default();
        roster.update(&query, 1, &table, 1);
        let fate = |line: usize| roster.fate(line, &query.players[line], &table);
        assert!(matches!(fate(0), Fate::Found(player) if player.xuid == Xuid(7)));
        assert!(matches!(fate(1), Fate::SameAs(0)));
        assert!(matches!(fate(2), Fate::Unreadable(_)));
        assert!(matches!(fate(3), Fate::Failed(_)));
        assert!(matches!(fate(4), Fate::SameAs(0)));
        assert!(matches!(fate(5), Fate::New));
        assert_eq!((roster.row(1), roster.row(3), roster.row(5)), (Some(0), Some(1), None));
        let tally = roster.tally(&query, &table, 1);
        let expected =
            Tally { players: 3, not_found: 1, failed: 0, duplicates: 2, unreadable: 1, names_to_find: 2 };
        assert_eq!(tally, expected);
    }
}
