//! What a player has reached in a title: the first values, all drawn from the seed.
//!
//! One latent skill and one amount of playtime stand behind all stats of a player, so that stats
//! go together as they do in real games: kills follow minutes, headshots follow kills.

use super::{
    chance::{Chance, part},
    players::{Person, Quirk},
    titles::{Basis, Best, Derived, Drawn, Growth, Rule, Stat, TITLES, Title},
};
use crate::model::UnixMillis;

/// 2026-11-20T18:00:00Z, when the sample world begins. It moves on with each play session.
pub(super) const FIRST_MOMENT: UnixMillis = UnixMillis(1_795_197_600_000);

const DAY: f64 = 86_400_000.0;

/// What a stat stands at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Whole(i64),
    /// A number and how many decimals are sent. What is below them is kept for later sessions.
    Real(f64, u8),
    Text(&'static str),
    Truth(bool),
    Moment(UnixMillis),
}

impl Value {
    /// As a number, to build others on; 0 for what is none.
    pub(super) fn number(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real, _) => real,
            Self::Text(_) | Self::Truth(_) | Self::Moment(_) => 0.0,
        }
    }
}

/// All values of one player in one title.
#[derive(Clone, Debug)]
pub(super) struct Career {
    pub(super) minutes: i64,
    pub(super) matches: i64,
    /// How many play sessions were simulated.
    pub(super) sessions: u64,
    /// Skill in this title.
    pub(super) skill: f64,
    pub(super) first_played: UnixMillis,
    pub(super) last_played: UnixMillis,
    /// A value for each stat of the title, held or not.
    pub(super) values: Vec<Value>,
}

impl Career {
    /// The career as the seed has it; `None` when the player never played the title.
    pub(super) fn drawn(seed: u64, person: &Person, title_place: usize) -> Option<Self> {
        if !person.plays(title_place) {
            return None;
        }
        let title = TITLES[title_place];
        let mut chance = person.chance(seed, u64::from(title.id));
        let skill = person.skill + 0.3 * chance.bell();
        let hours = title.hours[person.cohort.place()] * (0.62 * chance.bell() + 0.1 * skill).exp();
        let (minutes, matches) = if person.quirk == Some(Quirk::OneMatch) {
            (title.match_minutes.ceil() as i64, 1)
        } else {
            let minutes = (hours * 60.0).max(title.match_minutes).round();
            let pace = title.match_minutes * (0.12 * chance.bell()).exp();
            (minutes as i64, (minutes / pace).max(1.0) as i64)
        };
        let idle = 400.0 * DAY * chance.unit().powi(4) / [1.0, 3.0, 12.0][person.cohort.place()];
        let last_played = UnixMillis(FIRST_MOMENT.0 - idle as i64);
        let played_days = minutes as f64 / 60.0 * (0.6 + 2.0 * chance.unit());
        let first_played = UnixMillis(last_played.0 - (played_days * DAY) as i64);
        let mut career = Self {
            minutes,
            matches,
            sessions: 0,
            skill,
            first_played,
            last_played,
            values: Vec::with_capacity(title.stats.len()),
        };
        for stat in title.stats {
            let value = quirk(person, stat, &career).unwrap_or_else(|| match &stat.rule {
                Rule::Derived(rule) => career.derived(title, rule),
                Rule::Drawn(rule) => {
                    career.drawn_value(title, rule, &mut stat_chance(seed, person, title, stat))
                }
            });
            career.values.push(value);
        }
        Some(career)
    }

    /// How much of a basis there is so far.
    pub(super) fn amount(&self, title: &Title, basis: Basis) -> f64 {
        match basis {
            Basis::Hours => self.minutes as f64 / 60.0,
            Basis::Matches => self.matches as f64,
            Basis::Stat(name) => self.number(title, name),
        }
    }

    /// The number of an earlier stat.
    fn number(&self, title: &Title, name: &str) -> f64 {
        let value = title.position(name).and_then(|place| self.values.get(place));
        value.map_or(0.0, |value| value.number())
    }

    /// What a stat that is made of others is, as they stand.
    pub(super) fn derived(&self, title: &Title, rule: &Derived) -> Value {
        match *rule {
            Derived::Minutes => Value::Whole(self.minutes),
            Derived::Matches => Value::Whole(self.matches),
            Derived::Ratio { of, by, scale, decimals } => {
                let by = self.amount(title, by);
                Value::Real(scale * self.amount(title, of) / if by == 0.0 { 1.0 } else { by }, decimals)
            }
            Derived::Difference { of, minus } => {
                Value::Whole((self.number(title, of) - self.number(title, minus)) as i64)
            }
            Derived::Progress { of, whole } => {
                Value::Real((100.0 * self.number(title, of) / whole).min(100.0), 1)
            }
            Derived::Level { of, per, last } => {
                Value::Whole((1 + (self.number(title, of) / per).sqrt() as i64).min(last))
            }
            Derived::Tier { of, steps, names } => {
                let reached = self.number(title, of) as i64;
                Value::Text(names[steps.iter().filter(|step| reached >= **step).count()])
            }
            Derived::Reached { of, at } => Value::Truth(self.number(title, of) as i64 >= at),
            Derived::LastPlayed => Value::Moment(self.last_played),
            Derived::FirstPlayed => Value::Moment(self.first_played),
        }
    }

    fn drawn_value(&self, title: &Title, rule: &Drawn, chance: &mut Chance) -> Value {
        match *rule {
            Drawn::Count(growth) => Value::Whole(self.grown(title, &growth, chance).round() as i64),
            Drawn::Amount(growth, decimals) => Value::Real(self.grown(title, &growth, chance), decimals),
            Drawn::Large(rate) => {
                let factor = (0.1 * self.skill + 0.12 * chance.bell()).exp();
                let rough = (self.amount(title, Basis::Hours) * rate * factor) as i64;
                // The last digits are the point: they are lost where a double stands in between.
                Value::Whole(rough.saturating_add(chance.below(4096).cast_signed()))
            }
            Drawn::BestTime(best, decimals) => Value::Real(best.first(self.skill, chance), decimals),
            Drawn::BestCount(best) => Value::Whole(best.first(self.skill, chance).round() as i64),
            Drawn::Rating { middle, skill } => {
                Value::Whole((middle + skill * (self.skill + 0.25 * chance.bell())).max(0.0) as i64)
            }
            Drawn::Choice { among, .. } => {
                let place = chance.unit().powi(2) * among.len() as f64;
                Value::Text(among[(place as usize).min(among.len() - 1)])
            }
        }
    }

    fn grown(&self, title: &Title, growth: &Growth, chance: &mut Chance) -> f64 {
        let basis = self.amount(title, growth.basis);
        let grown = basis * growth.own_rate(self.skill, chance);
        if growth.is_part { grown.min(basis) } else { grown }
    }
}

impl Growth {
    /// How much a player of this skill gains for each unit of the basis.
    pub(super) fn own_rate(&self, skill: f64, chance: &mut Chance) -> f64 {
        let factor = (self.skill * skill + self.spread * chance.bell()).exp();
        self.rate * factor.clamp(1.0 / self.limit, self.limit)
    }
}

impl Best {
    fn first(&self, skill: f64, chance: &mut Chance) -> f64 {
        let better = self.skill * skill + self.spread * chance.bell();
        let factor = if self.lower { (-better).exp() } else { better.exp() };
        self.within(self.typical * factor, chance)
    }

    /// Brings a result between the bounds, a little inside them so that not all who are beyond tie.
    pub(super) fn within(&self, result: f64, chance: &mut Chance) -> f64 {
        let inside = (self.most - self.least) * 0.03 * chance.unit();
        if result < self.least {
            self.least + inside
        } else if result > self.most {
            self.most - inside
        } else {
            result
        }
    }
}

/// The stream of chance of one stat of one player.
pub(super) fn stat_chance(seed: u64, person: &Person, title: &Title, stat: &Stat) -> Chance {
    Chance::of(&[seed, person.xuid.0, u64::from(title.id), part(stat.name)])
}

/// Whether a player of the title has this stat: some are only for those who found a mode or a track.
pub(super) fn holds(seed: u64, person: &Person, title: &Title, stat: &Stat) -> bool {
    stat.held_by >= 1.0 || {
        // Stats of the same share are of the same mode, so that a player has all of them or none.
        let mode = u64::from(title.id) << 16 | (stat.held_by * 1000.0) as u64;
        Chance::of(&[seed, person.xuid.0, mode]).happens(stat.held_by)
    }
}

fn quirk(person: &Person, stat: &Stat, career: &Career) -> Option<Value> {
    let minutes = career.minutes;
    let odd = match (person.quirk?, stat.name) {
        (Quirk::Cheater, "Kills") => minutes * 12,
        (Quirk::Cheater, "Headshots") => minutes * 12 - 7,
        (Quirk::Cheater, "Deaths") => minutes / 30,
        (Quirk::Negative, "DriftScore" | "RevivesGiven") => -5,
        (Quirk::Greatest, "TotalDamage" | "CreditsEarned") => i64::MAX,
        _ => return None,
    };
    Some(Value::Whole(odd))
}
