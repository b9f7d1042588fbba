//! The invented titles: what they are called, what they measure, and how each stat comes about.
//!
//! A title is data, one file each. A stat's [`Rule`] says what its value is made of, so that the
//! first value and the change after a play session come from the same description (`values`). A
//! stat may build on others only if they stand before it.

mod emberfall;
mod halcyon_drift;
mod iron_meridian;
mod lumen_lattice;
mod touchline;

use crate::model::{Catalogue, KnownTitle, Scid, StatName, TitleId};

/// All titles with stats, in the order in which they are offered.
pub(super) static TITLES: [&Title; 5] = [
    &iron_meridian::TITLE,
    &halcyon_drift::TITLE,
    &emberfall::TITLE,
    &lumen_lattice::TITLE,
    &touchline::TITLE,
];

/// A title of the sample service.
#[derive(Debug)]
pub(super) struct Title {
    /// What it is called.
    pub(super) name: &'static str,
    /// Its number in title history and dialect B.
    pub(super) id: u32,
    /// Its service configuration. Case matters.
    pub(super) scid: &'static str,
    /// Its package family name.
    pub(super) pfn: &'static str,
    /// Where it runs, in the service's words.
    pub(super) devices: &'static [&'static str],
    /// The share of casual, regular and competitive players who ever played it.
    pub(super) played_by: [f64; 3],
    /// The usual hours of casual, regular and competitive players.
    pub(super) hours: [f64; 3],
    /// How long a match, race, quest or puzzle usually lasts.
    pub(super) match_minutes: f64,
    /// What it measures.
    pub(super) stats: &'static [Stat],
}

impl Title {
    /// The place of the stat of this name. Names are compared exactly.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.stats.iter().position(|stat| stat.name == name)
    }
}

/// One stat of a title.
#[derive(Debug)]
pub(super) struct Stat {
    /// Its name on the wire.
    pub(super) name: &'static str,
    /// Its name for people (dialect B).
    pub(super) display: &'static str,
    /// What its value is made of.
    pub(super) rule: Rule,
    /// The share of the title's players who have it.
    pub(super) held_by: f64,
    /// Whether it is one of the title's featured stats (dialect B, group `Hero`).
    pub(super) hero: bool,
}

impl Stat {
    /// The `type` of its values, with or without one.
    pub(super) fn stat_type(&self) -> &'static str {
        match &self.rule {
            Rule::Drawn(Drawn::Count(_) | Drawn::Large(_) | Drawn::BestCount(_) | Drawn::Rating { .. })
            | Rule::Derived(
                Derived::Minutes | Derived::Matches | Derived::Difference { .. } | Derived::Level { .. },
            ) => "Integer",
            Rule::Drawn(Drawn::Amount(..) | Drawn::BestTime(..))
            | Rule::Derived(Derived::Ratio { .. } | Derived::Progress { .. }) => "Double",
            Rule::Drawn(Drawn::Choice { .. })
            | Rule::Derived(Derived::Tier { .. } | Derived::Reached { .. }) => "String",
            Rule::Derived(Derived::LastPlayed | Derived::FirstPlayed) => "DateTime",
        }
    }

    const fn hero(mut self) -> Self {
        self.hero = true;
        self
    }

    const fn held_by(mut self, share: f64) -> Self {
        self.held_by = share;
        self
    }
}

/// What a stat counts along with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Basis {
    /// The hours played.
    Hours,
    /// The matches played.
    Matches,
    /// An earlier stat.
    Stat(&'static str),
}

/// How fast something grows along with its basis, and how that differs between players.
#[derive(Clone, Copy, Debug)]
pub(super) struct Growth {
    pub(super) basis: Basis,
    /// How much a player of middling skill gains for each unit of the basis.
    pub(super) rate: f64,
    /// How much skill adds: the exponent for a player one step above the middle.
    pub(super) skill: f64,
    /// How much players of the same skill differ: the deviation of the logarithm.
    pub(super) spread: f64,
    /// The greatest factor between a player's rate and `rate`, up and down.
    pub(super) limit: f64,
    /// Whether it is a part of its basis and never exceeds it, as headshots never exceed kills.
    pub(super) is_part: bool,
}

impl Growth {
    const fn on(basis: Basis, rate: f64) -> Self {
        Self { basis, rate, skill: 0.0, spread: 0.15, limit: 6.0, is_part: false }
    }

    const fn skill(mut self, skill: f64) -> Self {
        self.skill = skill;
        self
    }

    const fn spread(mut self, spread: f64) -> Self {
        self.spread = spread;
        self
    }

    const fn limit(mut self, limit: f64) -> Self {
        self.limit = limit;
        self
    }
}

/// A best result: only ever replaced by a better one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    /// Whether less is better, as for lap times.
    pub(super) lower: bool,
    /// The best of a player of middling skill.
    pub(super) typical: f64,
    /// How much better a player one step above the middle is, as a share.
    pub(super) skill: f64,
    /// How much players of the same skill differ, as a share.
    pub(super) spread: f64,
    /// What nobody goes below.
    pub(super) least: f64,
    /// What nobody goes above.
    pub(super) most: f64,
}

/// What a value is made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    Drawn(Drawn),
    Derived(Derived),
}

/// A value of its own: drawn at first, then moved by play sessions.
#[derive(Clone, Copy, Debug)]
pub(super) enum Drawn {
    /// A whole number that grows.
    Count(Growth),
    /// A number with so many decimals that grows.
    Amount(Growth, u8),
    /// A whole number that grows by so much an hour, often past what a double holds exactly.
    Large(f64),
    /// A best result with so many decimals.
    BestTime(Best, u8),
    /// A best result in whole numbers.
    BestCount(Best),
    /// A rating that goes up and down: the middle, and what a step of skill is worth.
    Rating { middle: f64, skill: f64 },
    /// One of several names, and whether it changes from match to match.
    Choice { among: &'static [&'static str], changes: bool },
}

/// A value that follows from others as they stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Derived {
    /// Minutes played.
    Minutes,
    /// Matches played.
    Matches,
    /// One thing for each of another, times a scale.
    Ratio { of: Basis, by: Basis, scale: f64, decimals: u8 },
    /// One earlier stat minus another: may be negative.
    Difference { of: &'static str, minus: &'static str },
    /// How much of a whole is done, in per cent, never above 100.
    Progress { of: &'static str, whole: f64 },
    /// A level that is ever harder to reach, from the square root of a stat; and the last level.
    Level { of: &'static str, per: f64, last: i64 },
    /// The name of the step that an earlier stat has reached. One name more than steps.
    Tier { of: &'static str, steps: &'static [i64], names: &'static [&'static str] },
    /// `true` once an earlier stat has reached a number.
    Reached { of: &'static str, at: i64 },
    /// When it was played last.
    LastPlayed,
    /// When it was played first.
    FirstPlayed,
}

const fn stat(name: &'static str, display: &'static str, drawn: Drawn) -> Stat {
    Stat { name, display, rule: Rule::Drawn(drawn), held_by: 1.0, hero: false }
}

const fn derived(name: &'static str, display: &'static str, derived: Derived) -> Stat {
    Stat { name, display, rule: Rule::Derived(derived), held_by: 1.0, hero: false }
}

const fn per_hour(rate: f64) -> Growth {
    Growth::on(Basis::Hours, rate)
}

const fn per_match(rate: f64) -> Growth {
    Growth::on(Basis::Matches, rate)
}

const fn share_of_matches(rate: f64) -> Growth {
    let mut growth = per_match(rate);
    growth.is_part = true;
    growth
}

const fn along(stat: &'static str, rate: f64) -> Growth {
    Growth::on(Basis::Stat(stat), rate)
}

const fn part_of(stat: &'static str, rate: f64) -> Growth {
    let mut growth = along(stat, rate);
    growth.is_part = true;
    growth
}

const fn percent(of: &'static str, by: Basis) -> Derived {
    Derived::Ratio { of: Basis::Stat(of), by, scale: 100.0, decimals: 1 }
}

/// Every title and stat of the sample service, known without asking it.
#[must_use]
pub fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for title in TITLES {
        catalogue.learn(KnownTitle {
            name: title.name.to_owned(),
            scid: Scid::from_wire(title.scid),
            title_id: Some(TitleId(title.id)),
            stats: title.stats.iter().map(|stat| StatName::from_wire(stat.name)).collect(),
        });
    }
    catalogue
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn built_on(rule: &Rule) -> Vec<&'static str> {
        let named = |basis: &Basis| match basis {
            Basis::Stat(name) => Some(*name),
            Basis::Hours | Basis::Matches => None,
        };
        match rule {
            Rule::Drawn(Drawn::Count(growth) | Drawn::Amount(growth, _)) => {
                named(&growth.basis).into_iter().collect()
            }
            Rule::Derived(Derived::Ratio { of, by, .. }) => named(of).into_iter().chain(named(by)).collect(),
            Rule::Derived(Derived::Difference { of, minus }) => vec![of, minus],
            Rule::Derived(
                Derived::Progress { of, .. }
                | Derived::Level { of, .. }
                | Derived::Tier { of, .. }
                | Derived::Reached { of, .. },
            ) => vec![of],
            _ => Vec::new(),
        }
    }

    #[test]
    fn stats_build_only_on_earlier_ones() {
        for title in TITLES {
            for (place, stat) in title.stats.iter().enumerate() {
                for needed in built_on(&stat.rule) {
                    let found = title.position(needed);
                    assert!(found.is_some_and(|at| at < place), "{}: {} on {needed}", title.name, stat.name);
                }
            }
        }
    }

    #[test]
    fn titles_have_eight_to_forty_stats_with_usual_names_none_twice() {
        for title in TITLES {
            assert!((8..=40).contains(&title.stats.len()), "{}: {}", title.name, title.stats.len());
            let names: HashSet<_> = title.stats.iter().map(|stat| stat.name).collect();
            assert_eq!(names.len(), title.stats.len(), "{}", title.name);
            assert!(names.iter().all(|name| StatName::from_wire(name).looks_usual()));
            assert!(title.position("MinutesPlayed").is_some(), "{}", title.name);
            assert!(title.stats.iter().any(|stat| stat.hero), "{}", title.name);
        }
    }

    #[test]
    fn scids_are_of_every_kind() {
        let known = catalogue();
        assert_eq!(known.titles().len(), TITLES.len());
        assert!(known.titles().iter().all(|title| known.case_twin(&title.scid).is_none()));
        let any = |test: fn(&Title) -> bool| TITLES.iter().any(|title| test(title));
        assert!(any(|title| title.scid == format!("00000000-0000-0000-0000-0000{:08x}", title.id)));
        assert!(any(|title| title.scid.bytes().any(|byte| byte.is_ascii_uppercase())));
        assert!(any(|title| !title.scid.ends_with(&format!("{:08x}", title.id))));
    }

    #[test]
    fn tiers_have_a_name_for_each_step() {
        for stat in TITLES.iter().flat_map(|title| title.stats) {
            if let Rule::Derived(Derived::Tier { steps, names, .. }) = stat.rule {
                assert_eq!(names.len(), steps.len() + 1, "{}", stat.name);
            }
        }
    }
}
