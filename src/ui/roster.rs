//! What became of each player of the list: joins the lines as typed with the rows of the table.

use std::{collections::HashMap, sync::Arc};

use egui::Context;

use super::background::Background;
use crate::model::{Gamertag, PlayerEntry, PlayerRef, Query, RowState, StatTable, Xuid};

/// Lines and rows up to which they are joined in the frame itself.
const INLINE: usize = 5_000;

/// The list joined with the table. Of a long list by a worker: until it is done, the lines that the
/// former join still fits show what it says, and the others count as new.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    joined: Arc<Joined>,
    /// What `joined` was made of.
    made_for: Option<Made>,
    /// Whether list or rows are others than those that were joined.
    stale: bool,
    job: Background<Made, Arc<Joined>>,
}

/// What a join is made of: the revisions of the list, of the rows asked for, and of what came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) list: u64,
    pub(crate) rows: u64,
    pub(crate) answer: u64,
}

#[derive(Clone, Debug, Default)]
struct Joined {
    /// For each line: its row in the table, or the line that names the same player.
    places: Vec<Place>,
    /// For each row of the table: the first line that asked for it.
    lines: Vec<Option<u32>>,
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
    /// Whether other players or stats are asked for than those in the table.
    pub(crate) is_changed: bool,
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
    /// Joins anew where anything changed. While a long list is fetched, its lines are not counted
    /// with each piece that arrives.
    pub(crate) fn update(
        &mut self,
        ctx: &Context,
        query: &Arc<Query>,
        table: &Arc<StatTable>,
        now: Made,
        fetching: bool,
    ) {
        let is_long = query.players.len() + table.rows().len() > INLINE;
        let now = if is_long && fetching { Made { answer: 0, ..now } } else { now };
        self.stale = self.made_for.is_none_or(|made| (made.list, made.rows) != (now.list, now.rows));
        if self.made_for == Some(now) {
            return;
        }
        if !is_long {
            if self.stale {
                self.joined = Arc::new(Joined::of(query, table));
            } else {
                Arc::make_mut(&mut self.joined).count(query, table);
            }
            (self.made_for, self.stale) = (Some(now), false);
            return;
        }
        let (query, table) = (query.clone(), table.clone());
        self.job.request(ctx, now, move || Arc::new(Joined::of(&query, &table)));
        if let Some(joined) = self.job.take(&now) {
            self.joined = joined;
            (self.made_for, self.stale) = (Some(now), false);
        }
    }

    /// Whether the list is being joined outside the frame.
    pub(crate) fn is_busy(&self) -> bool {
        self.stale && self.made_for.is_some()
    }

    /// What became of a line. `New` for a line that is not there.
    pub(crate) fn fate<'a>(&self, line: usize, entry: &PlayerEntry, table: &'a StatTable) -> Fate<'a> {
        let player = match entry.read() {
            Ok(player) => player,
            Err(error) => return Fate::Unreadable(error.to_string()),
        };
        match self.joined.places.get(line) {
            None | Some(Place::New | Place::Unreadable) => Fate::New,
            Some(Place::SameAs(_)) if self.stale => Fate::New,
            Some(Place::SameAs(first)) => Fate::SameAs(*first as usize),
            Some(Place::Row(row)) if self.stale && !is_of(table, *row, player) => Fate::New,
            Some(Place::Row(row)) => match table.rows().get(*row as usize).map(|row| &row.state) {
                None => Fate::New,
                Some(RowState::LookingUp) => Fate::LookingUp,
                Some(RowState::Known(player)) => Fate::Found(player),
                Some(RowState::Failed(failure)) => Fate::Failed(failure),
                Some(RowState::DuplicateOf(first)) => {
                    Fate::SameAs(self.joined.line_of(*first).unwrap_or(line))
                }
            },
        }
    }

    /// The row of a line, where it was fetched.
    pub(crate) fn row(&self, line: usize) -> Option<usize> {
        if self.stale { None } else { self.joined.row(line) }
    }

    /// How many lines came to what.
    pub(crate) fn tally(&self) -> Tally {
        self.joined.tally
    }
}

impl Joined {
    fn of(query: &Query, table: &StatTable) -> Self {
        let rows: HashMap<Key, usize> =
            table.rows().iter().enumerate().map(|(row, asked)| (Key::of(&asked.asked), row)).collect();
        let mut seen: HashMap<Key, usize> = HashMap::with_capacity(query.players.len());
        let place = |(line, entry): (usize, &PlayerEntry)| {
            let Ok(player) = entry.read() else { return Place::Unreadable };
            let key = Key::of(player);
            if let Some(first) = seen.get(&key) {
                return Place::SameAs(*first as u32);
            }
            let place = rows.get(&key).map_or(Place::New, |row| Place::Row(*row as u32));
            seen.insert(key, line);
            place
        };
        let places: Vec<Place> = query.players.iter().enumerate().map(place).collect();
        let mut lines = vec![None; table.rows().len()];
        for (line, place) in places.iter().enumerate() {
            if let Place::Row(row) = place {
                lines[*row as usize] = Some(line as u32);
            }
        }
        let is_changed = places.contains(&Place::New) || lines.contains(&None) || !same_columns(query, table);
        let mut joined = Self { places, lines, tally: Tally { is_changed, ..Tally::default() } };
        joined.count(query, table);
        joined
    }

    fn row(&self, line: usize) -> Option<usize> {
        match self.places.get(line)? {
            Place::Row(row) => Some(*row as usize),
            Place::SameAs(first) => self.row(*first as usize),
            Place::New | Place::Unreadable => None,
        }
    }

    /// The line of a row.
    fn line_of(&self, row: usize) -> Option<usize> {
        self.lines.get(row).copied().flatten().map(|line| line as usize)
    }

    fn count(&mut self, query: &Query, table: &StatTable) {
        let mut tally = Tally { is_changed: self.tally.is_changed, ..Tally::default() };
        for (place, entry) in self.places.iter().zip(&query.players) {
            let state = match place {
                Place::Unreadable => {
                    tally.unreadable += 1;
                    continue;
                }
                Place::SameAs(_) => {
                    tally.duplicates += 1;
                    continue;
                }
                Place::New => None,
                Place::Row(row) => table.rows().get(*row as usize).map(|row| &row.state),
            };
            match state {
                Some(RowState::DuplicateOf(_)) => {
                    tally.duplicates += 1;
                    continue;
                }
                Some(RowState::Failed(failure)) if failure.status == Some(404) => tally.not_found += 1,
                Some(RowState::Failed(_)) => tally.failed += 1,
                Some(RowState::LookingUp | RowState::Known(_)) | None => {}
            }
            tally.players += 1;
            let is_named = matches!(entry.read(), Ok(PlayerRef::Gamertag(_)));
            tally.names_to_find += usize::from(is_named && !matches!(state, Some(RowState::Known(_))));
        }
        self.tally = tally;
    }
}

/// Whether the table's row was asked for as this player.
fn is_of(table: &StatTable, row: u32, player: &PlayerRef) -> bool {
    table.rows().get(row as usize).is_some_and(|row| Key::of(&row.asked) == Key::of(player))
}

/// Whether the table has the stats that the query asks for, in whatever order.
fn same_columns(query: &Query, table: &StatTable) -> bool {
    let asked = query.columns();
    asked.len() == table.columns().len() && asked.iter().all(|key| table.column_index(key).is_some())
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
            causes: Vec::new(),
            advice: String::new(),
            detail: None,
            remedy: Remedy::EditPlayers,
        };
        table.fail_player(1, &Arc::new(failure));
        table.set_duplicate(2, 0);
        let (query, table) = (Arc::new(query), Arc::new(table));
        let mut roster = Roster::default();
        let made = Made { list: 1, rows: 1, answer: 1 };
        roster.update(&Context::default(), &query, &table, made, false);
        let fate = |line: usize| roster.fate(line, &query.players[line], &table);
        assert!(matches!(fate(0), Fate::Found(player) if player.xuid == Xuid(7)));
        assert!(matches!(fate(1), Fate::SameAs(0)));
        assert!(matches!(fate(2), Fate::Unreadable(_)));
        assert!(matches!(fate(3), Fate::Failed(_)));
        assert!(matches!(fate(4), Fate::SameAs(0)));
        assert!(matches!(fate(5), Fate::New));
        assert_eq!((roster.row(1), roster.row(3), roster.row(5)), (Some(0), Some(1), None));
        let expected = Tally {
            players: 3,
            not_found: 1,
            duplicates: 2,
            unreadable: 1,
            names_to_find: 2,
            is_changed: true,
            ..Tally::default()
        };
        assert_eq!(roster.tally(), expected);
    }

    #[test]
    fn a_list_is_unchanged_whatever_its_order() {
        let table = Arc::new(StatTable::pending(query(&["A", "B"]).player_refs(), Vec::new()));
        let is_changed = |lines: &[&str]| Joined::of(&query(lines), &table).tally.is_changed;
        assert!(!is_changed(&["b", "A", "no<name", "a"]));
        assert!(is_changed(&["A"]));
        assert!(is_changed(&["A", "B", "C"]));
    }

    #[test]
    fn a_long_list_is_joined_outside_the_frame_and_shows_nobody_wrong_meanwhile() {
        let names: Vec<String> = (0..INLINE).map(|number| format!("Player{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let full = Arc::new(query(&names));
        let mut table = StatTable::pending(full.player_refs(), Vec::new());
        for row in 0..INLINE {
            table.set_player(row, Player::nameless(Xuid(row as u64)));
        }
        let table = Arc::new(table);
        let (ctx, mut roster) = (Context::default(), Roster::default());
        let mut made = Made { list: 1, rows: 1, answer: 1 };
        let settle = |roster: &mut Roster, query: &Arc<Query>, made: Made| {
            while roster.made_for != Some(made) {
                roster.update(&ctx, query, &table, made, false);
                std::thread::yield_now();
            }
        };
        settle(&mut roster, &full, made);
        assert_eq!(roster.row(7), Some(7));
        let shorter = Arc::new(query(&names[1..]));
        made.list = 2;
        roster.update(&ctx, &shorter, &table, made, false);
        for line in [0, 7] {
            assert!(matches!(roster.fate(line, &shorter.players[line], &table), Fate::New));
        }
        settle(&mut roster, &shorter, made);
        let fate = roster.fate(7, &shorter.players[7], &table);
        assert!(matches!(fate, Fate::Found(player) if player.xuid == Xuid(8)));
        assert!(roster.tally().is_changed);
    }
}
