//! Play sessions: how a player's values move when they have played some matches.
//!
//! Everything moves as one evening would move it: time and matches first, counters along with
//! them, parts along with their wholes, bests only to the better, ratios as the counters then say.

use super::{
    chance::{Chance, part},
    players::Person,
    titles::{Basis, Best, Drawn, Growth, Rule, Stat, TITLES, Title},
    values::{Career, Value, stat_chance},
};
use crate::model::{Scid, UnixMillis, Xuid};

/// Who plays what, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaySession {
    /// The players; empty for all of them. Unknown ones are left out.
    pub players: Vec<Xuid>,
    /// The title; `None` for every title that a player plays. Players who never played it stay so.
    pub scid: Option<Scid>,
    /// How many matches each of them plays. At most [`PlaySession::MOST_MATCHES`] are simulated.
    pub matches: u32,
}

impl PlaySession {
    /// The longest session.
    pub const MOST_MATCHES: u32 = 1000;
}

/// Lets `person` play so many matches that end at `end`.
pub(super) fn play(
    career: &mut Career,
    seed: u64,
    person: &Person,
    title_place: usize,
    matches: u32,
    end: UnixMillis,
) {
    let title = TITLES[title_place];
    let before = career.clone();
    career.sessions += 1;
    let mut chance = Chance::of(&[seed, person.xuid.0, u64::from(title.id), career.sessions]);
    let minutes = f64::from(matches) * title.match_minutes * (0.8 + 0.4 * chance.unit());
    career.minutes += (minutes.round() as i64).max(1);
    career.matches += i64::from(matches);
    career.last_played = end;
    for (place, stat) in title.stats.iter().enumerate() {
        let parts = [seed, person.xuid.0, u64::from(title.id), part(stat.name), career.sessions];
        let session = Session { seed, person, title, before: &before, matches, luck: Chance::of(&parts) };
        career.values[place] = session.moved(stat, before.values[place], career);
    }
}

struct Session<'a> {
    seed: u64,
    person: &'a Person,
    title: &'a Title,
    before: &'a Career,
    matches: u32,
    luck: Chance,
}

impl Session<'_> {
    fn moved(mut self, stat: &Stat, before: Value, career: &Career) -> Value {
        let rule = match &stat.rule {
            Rule::Derived(rule) => return career.derived(self.title, rule),
            Rule::Drawn(rule) => *rule,
        };
        match (rule, before) {
            (Drawn::Count(growth), Value::Whole(total)) => {
                Value::Whole(total.saturating_add(self.gained(stat, &growth, career)))
            }
            (Drawn::Amount(growth, decimals), Value::Real(total, _)) => {
                Value::Real(total + self.gain(stat, &growth, career), decimals)
            }
            (Drawn::Large(rate), Value::Whole(total)) => {
                let hours = self.grown_by(Basis::Hours, career);
                let gain = (hours * rate * (0.8 + 0.4 * self.luck.unit())) as i64;
                Value::Whole(total.saturating_add(gain).saturating_add(self.luck.below(64).cast_signed()))
            }
            (Drawn::BestTime(best, decimals), Value::Real(record, _)) => {
                Value::Real(self.best(&best, record), decimals)
            }
            (Drawn::BestCount(best), Value::Whole(record)) => {
                Value::Whole(self.best(&best, record as f64).round() as i64)
            }
            (Drawn::Rating { skill, .. }, Value::Whole(rating)) => {
                let swing = skill * 0.05 * f64::from(self.matches).sqrt() * self.luck.bell();
                Value::Whole((rating + swing.round() as i64).max(0))
            }
            (Drawn::Choice { among, changes: true }, _) => Value::Text(self.luck.pick(among)),
            (_, unchanged) => unchanged,
        }
    }

    /// How much of a basis this session brought.
    fn grown_by(&self, basis: Basis, career: &Career) -> f64 {
        career.amount(self.title, basis) - self.before.amount(self.title, basis)
    }

    fn gain(&mut self, stat: &Stat, growth: &Growth, career: &Career) -> f64 {
        let mut own = stat_chance(self.seed, self.person, self.title, stat);
        let rate = growth.own_rate(career.skill, &mut own);
        self.grown_by(growth.basis, career).max(0.0) * rate * (0.7 + 0.6 * self.luck.unit())
    }

    fn gained(&mut self, stat: &Stat, growth: &Growth, career: &Career) -> i64 {
        let most = if growth.is_part { self.grown_by(growth.basis, career) } else { f64::INFINITY };
        let gain = self.gain(stat, growth, career);
        // Rounded by chance: three matches of 0.3 flags each bring one flag, not none.
        (gain + self.luck.unit()).floor().min(most) as i64
    }

    /// The better one of the record and the best of this session.
    fn best(&mut self, best: &Best, record: f64) -> f64 {
        let tries = 1.0 + 0.35 * f64::from(self.matches).ln().max(0.0);
        let share = best.spread * 0.35 * (self.luck.bell() - 1.6 + 0.4 * tries);
        let (result, beyond) = if best.lower {
            (record * (1.0 - share), best.least)
        } else {
            (record * (1.0 + share), best.most)
        };
        if best.lower { result.max(beyond).min(record) } else { result.min(beyond).max(record) }
    }
}
