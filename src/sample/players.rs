//! Who there is: names, numbers, cohorts and look-ups. Drawn once from the seed, never changed.

use std::collections::{HashMap, HashSet};

use super::{
    cast::{ROLES, Role},
    chance::Chance,
    names::Name,
    titles::{TITLES, Title},
};
use crate::model::{Gamertag, Xuid};

/// How many players there are, unless others are asked for.
pub(super) const COUNT: usize = 2048;

/// How much and how well somebody plays: three clouds with a gap between their middles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cohort {
    Casual,
    Regular,
    Competitive,
}

impl Cohort {
    /// Its place in a title's figures by cohort.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Casual => 0,
            Self::Regular => 1,
            Self::Competitive => 2,
        }
    }

    fn middle_skill(self) -> f64 {
        [-1.2, 0.2, 1.5][self.place()]
    }
}

/// What sets one player apart from all likely ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quirk {
    /// Kills no human could make.
    Cheater,
    /// A negative number where there should be none.
    Negative,
    /// The greatest whole number that a stat can hold.
    Greatest,
    /// Played each title once.
    OneMatch,
}

/// A player of the sample service.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) xuid: Xuid,
    pub(super) name: Name,
    pub(super) cohort: Cohort,
    /// Around -1 for casual and 1.5 for competitive players.
    pub(super) skill: f64,
    /// Points for achievements.
    pub(super) gamerscore: u64,
    /// The titles that they ever played, as bits by place in `TITLES`.
    plays: u8,
    /// Whether nobody may read their stats.
    pub(super) private: bool,
    pub(super) quirk: Option<Quirk>,
}

impl Person {
    /// The modern gamertag with its suffix.
    pub(super) fn unique_modern(&self) -> String {
        match self.name.suffix.as_str() {
            "" => self.name.modern.clone(),
            suffix => format!("{}#{suffix}", self.name.modern),
        }
    }

    /// Whether they ever played the title at this place of `TITLES`.
    pub(super) fn plays(&self, title: usize) -> bool {
        self.plays >> title & 1 == 1
    }

    /// A stream of chance of their own.
    pub(super) fn chance(&self, seed: u64, purpose: u64) -> Chance {
        Chance::of(&[seed, self.xuid.0, purpose])
    }

    fn of_role(role: &Role, seed: u64) -> Self {
        let name = Name {
            modern: role.modern.to_owned(),
            suffix: role.suffix.to_owned(),
            classic: role.classic.to_owned(),
        };
        let mut person = Self::of(Xuid(role.xuid), name, role.cohort, seed);
        person.plays = role.plays.unwrap_or(person.plays);
        person.private = role.private;
        person.quirk = role.quirk;
        person
    }

    fn of(xuid: Xuid, name: Name, cohort: Cohort, seed: u64) -> Self {
        let mut chance = Chance::of(&[seed, xuid.0]);
        let skill = cohort.middle_skill() + 0.35 * chance.bell();
        let scored = [2_500.0, 14_000.0, 30_000.0][cohort.place()] * (0.7 * chance.bell()).exp();
        let never = chance.happens(0.04);
        let played = |title: &Title, chance: &mut Chance| chance.happens(title.played_by[cohort.place()]);
        let plays = TITLES
            .iter()
            .enumerate()
            .fold(0, |plays, (place, title)| plays | u8::from(played(title, &mut chance)) << place);
        Self {
            xuid,
            name,
            cohort,
            skill,
            gamerscore: scored as u64 / 5 * 5,
            plays: if never { 0 } else { plays },
            private: chance.happens(0.015),
            quirk: None,
        }
    }
}

/// All players, found by number or name.
#[derive(Debug)]
pub(super) struct Players {
    all: Vec<Person>,
    /// The folded classic and modern gamertags of each.
    keys: Vec<[String; 2]>,
    by_xuid: HashMap<Xuid, usize>,
    /// By folded classic gamertag, which holds an ASCII modern one with its suffix as well.
    by_gamertag: HashMap<String, usize>,
}

impl Players {
    /// Draws so many, never fewer than the cast. The first are the same however many there are.
    pub(super) fn of(seed: u64, count: usize) -> Self {
        let mut all: Vec<Person> = ROLES.iter().map(|role| Person::of_role(role, seed)).collect();
        let mut xuids: HashSet<u64> = all.iter().map(|person| person.xuid.0).collect();
        let mut keys: Vec<[String; 2]> = all.iter().map(keys_of).collect();
        let mut names: HashSet<String> = keys.iter().flatten().cloned().collect();
        let mut chance = Chance::of(&[seed]);
        while all.len() < count {
            let xuid = draw_xuid(&mut chance, all.len());
            let share = chance.unit();
            let cohort = match share {
                ..0.5 => Cohort::Casual,
                ..0.85 => Cohort::Regular,
                _ => Cohort::Competitive,
            };
            let person = Person::of(Xuid(xuid), Name::draw(&mut chance), cohort, seed);
            let own = keys_of(&person);
            let taken = own.iter().any(|key| names.contains(key));
            if !taken && xuids.insert(xuid) {
                names.extend(own.clone());
                keys.push(own);
                all.push(person);
            }
        }
        let by_xuid = all.iter().enumerate().map(|(place, person)| (person.xuid, place)).collect();
        let by_gamertag =
            keys.iter().enumerate().map(|(place, [classic, _])| (classic.clone(), place)).collect();
        Self { all, keys, by_xuid, by_gamertag }
    }

    /// All of them, the cast first.
    pub(super) fn all(&self) -> &[Person] {
        &self.all
    }

    /// The owner of whatever token is sent.
    pub(super) fn owner(&self) -> &Person {
        &self.all[0]
    }

    pub(super) fn by_xuid(&self, xuid: Xuid) -> Option<&Person> {
        self.by_xuid.get(&xuid).map(|place| &self.all[*place])
    }

    /// By gamertag as `gt()` takes it: case and spaces are ignored, and only names that are all
    /// ASCII are found, without their `#`.
    pub(super) fn by_gamertag(&self, gamertag: &str) -> Option<&Person> {
        if gamertag.contains('#') {
            return None;
        }
        self.by_gamertag.get(&folded(gamertag)).map(|place| &self.all[*place])
    }

    /// Up to `limit` players whose name holds `text`, those that equal it or begin with it first.
    pub(super) fn search(&self, text: &str, limit: usize) -> Vec<&Person> {
        let wanted = folded(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let nearest = |keys: &[String; 2]| keys.iter().filter_map(|key| nearness(key, &wanted)).min();
        let people = self.all.iter().zip(&self.keys);
        let mut found: Vec<_> = people.filter_map(|(person, keys)| Some((nearest(keys)?, person))).collect();
        found.sort_by_key(|(nearness, person)| (*nearness, person.xuid));
        found.into_iter().take(limit).map(|(_, person)| person).collect()
    }
}

/// 0 for the name itself, 1 for its beginning, 2 for a part of it.
fn nearness(key: &str, wanted: &str) -> Option<u8> {
    match key.find(wanted)? {
        0 if key.len() == wanted.len() => Some(0),
        0 => Some(1),
        _ => Some(2),
    }
}

fn keys_of(person: &Person) -> [String; 2] {
    [folded(&person.name.classic), folded(&person.unique_modern())]
}

fn folded(name: &str) -> String {
    Gamertag::from_wire(name).folded()
}

/// Nearly all XUIDs have 16 digits and begin with 2533 to 2814. A few do not, and readers must live
/// with them.
fn draw_xuid(chance: &mut Chance, place: usize) -> u64 {
    match place {
        40 => 900_719_925_474_099,
        41 => 12_533_274_790_395_904,
        42 => 18_446_744_073_709_550_615,
        43 => 281_474_976,
        _ => {
            let first: u64 =
                chance.pick(&[2_533_274_790_000_000, 2_535_405_290_000_000, 2_814_613_560_000_000]);
            first + chance.below(68_000_000_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_players_of_every_kind() {
        let players = Players::of(1, COUNT);
        assert_eq!(players.all().len(), COUNT);
        let count = |test: fn(&Person) -> bool| players.all().iter().filter(|person| test(person)).count();
        assert!((10..80).contains(&count(|person| person.private)));
        assert!(count(|person| person.plays == 0) > 20);
        assert!(count(|person| !person.xuid.has_usual_length()) >= 4);
        assert!(count(|person| !person.name.modern.is_ascii()) > 600);
        assert!(count(|person| !person.name.suffix.is_empty()) > 600);
    }

    #[test]
    fn names_are_found_as_the_service_finds_them() {
        let players = Players::of(1, COUNT);
        let xuid = |found: Option<&Person>| found.map(|person| person.xuid.0);
        assert_eq!(xuid(players.by_gamertag("major  FENNEC")), Some(2_535_466_122_967_735));
        assert_eq!(xuid(players.by_gamertag("Dragon1652")), Some(2_535_466_126_677_134));
        assert_eq!(xuid(players.by_gamertag("Dragon#1652")), None, "the mark is not part of a classic name");
        assert_eq!(xuid(players.by_gamertag("Нова Звезда#4410")), None, "only ASCII is found");
        let found = players.search("нова зв", 25);
        assert_eq!(found[0].unique_modern(), "Нова Звезда#4410");
        assert!(players.search("", 25).is_empty());
        assert_eq!(players.search("a", 3).len(), 3);
    }

    #[test]
    fn the_seed_decides() {
        let names =
            |seed| Players::of(seed, COUNT).all().iter().map(Person::unique_modern).collect::<Vec<_>>();
        assert_eq!(names(5), names(5));
        assert_ne!(names(5), names(6));
    }
}
