//! The sample world: its players, what each has reached, and its clock.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    players::{Person, Players},
    session::{self, PlaySession},
    titles::{TITLES, Title},
    truth::Truth,
    values::{Career, FIRST_MOMENT, Value, holds},
};
use crate::model::{Scid, StatName, UnixMillis, Xuid};

/// Everything that the sample service knows.
#[derive(Debug)]
pub(super) struct World {
    seed: u64,
    players: Players,
    /// What play sessions changed. A `std` mutex: it is never held across an await.
    played: Mutex<Played>,
}

#[derive(Debug)]
struct Played {
    now: UnixMillis,
    /// By player's XUID and title's place. Careers that are not here are as the seed has them.
    careers: HashMap<(u64, usize), Career>,
}

impl World {
    /// Draws the world that belongs to `seed`. Values are drawn when they are asked for.
    pub(super) fn of(seed: u64, players: usize) -> Self {
        let played = Played { now: FIRST_MOMENT, careers: HashMap::new() };
        Self { seed, players: Players::of(seed, players), played: Mutex::new(played) }
    }

    pub(super) fn players(&self) -> &Players {
        &self.players
    }

    /// The seed, for choices that have nothing to do with values.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// What the clock of the sample world shows.
    pub(super) fn now(&self) -> UnixMillis {
        self.played().now
    }

    /// What `person` has reached in a title; `None` when they never played it.
    pub(super) fn career(&self, person: &Person, title_place: usize) -> Option<Career> {
        if !person.plays(title_place) {
            return None;
        }
        let played = self.played().careers.get(&(person.xuid.0, title_place)).cloned();
        played.or_else(|| Career::drawn(self.seed, person, title_place))
    }

    /// The value of a stat within a career, if the player has that stat.
    pub(super) fn value(&self, person: &Person, title: &Title, career: &Career, name: &str) -> Option<Value> {
        let place = title.position(name)?;
        holds(self.seed, person, title, &title.stats[place]).then(|| career.values[place])
    }

    /// What is true of a stat, whatever answers make of it.
    pub(super) fn truth(&self, xuid: Xuid, scid: &Scid, stat: &StatName) -> Truth {
        let Some(person) = self.players.by_xuid(xuid) else { return Truth::NoValue };
        if person.private {
            return Truth::Private;
        }
        let title = TITLES.iter().position(|title| title.scid == scid.as_str());
        let value = title.and_then(|place| {
            let career = self.career(person, place)?;
            self.value(person, TITLES[place], &career, stat.as_str())
        });
        value.map_or(Truth::NoValue, |value| Truth::Value(value.truth()))
    }

    /// Lets players play. Returns how many careers moved.
    pub(super) fn play(&self, session: &PlaySession) -> usize {
        let titles = TITLES
            .iter()
            .enumerate()
            .filter(|(_, title)| session.scid.as_ref().is_none_or(|scid| scid.as_str() == title.scid));
        let matches = session.matches.min(PlaySession::MOST_MATCHES);
        if matches == 0 {
            return 0;
        }
        let mut moved = 0;
        for (title_place, title) in titles {
            let end = self.move_clock(title, matches);
            for person in self.who_plays(session) {
                let Some(mut career) = self.career(person, title_place) else { continue };
                session::play(&mut career, self.seed, person, title_place, matches, end);
                self.played().careers.insert((person.xuid.0, title_place), career);
                moved += 1;
            }
        }
        moved
    }

    fn who_plays<'a>(&'a self, session: &'a PlaySession) -> Vec<&'a Person> {
        if session.players.is_empty() {
            return self.players.all().iter().collect();
        }
        let mut people: Vec<_> =
            session.players.iter().filter_map(|xuid| self.players.by_xuid(*xuid)).collect();
        people.sort_by_key(|person| person.xuid);
        people.dedup_by_key(|person| person.xuid);
        people
    }

    /// Moves the clock on by the time that the matches take, and a break.
    fn move_clock(&self, title: &Title, matches: u32) -> UnixMillis {
        let minutes = (f64::from(matches) * title.match_minutes) as i64 + 5;
        let mut played = self.played();
        played.now = UnixMillis(played.now.0 + minutes * 60_000);
        played.now
    }

    fn played(&self) -> MutexGuard<'_, Played> {
        self.played.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
