//! From a gamertag to a player.
//!
//! There is no call that looks up several gamertags at once, so each takes its own: the profile
//! service for names it can find, people search for the rest (`XBOX-API.md`, section 2).

use std::collections::BTreeMap;

use crate::{
    model::{Failure, Gamertag, Player, Remedy, Xuid},
    xbox::{Prepared, XboxClient, people, profile},
};

/// Full names that a failure lists when several players bear the name.
const LISTED_NAMES: usize = 5;

/// The search for the player who bears a gamertag: one request at a time.
#[derive(Clone, Debug)]
pub(super) struct LookUp {
    gamertag: Gamertag,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Asking for this classic form of the name.
    Profile(String),
    /// Searching for this text, and then for the rest.
    Search { text: String, then: Option<String> },
}

/// What follows from an answer.
#[derive(Debug)]
pub(super) enum Next {
    Found(Player),
    /// Nobody, or several.
    Nobody(Failure),
    /// Another request is needed.
    Ask(LookUp),
}

impl LookUp {
    pub(super) fn new(gamertag: Gamertag) -> Self {
        match profile::gt_form(&gamertag) {
            Some(classic) => Self { gamertag, stage: Stage::Profile(classic) },
            None => Self::search(gamertag),
        }
    }

    fn search(gamertag: Gamertag) -> Self {
        let (name, suffix) = gamertag.split_suffix();
        // Search is fuzzy and cut off: a common name may crowd out the one that is meant.
        let then = suffix.is_some().then(|| gamertag.as_str().to_owned());
        let text = name.to_owned();
        Self { gamertag, stage: Stage::Search { text, then } }
    }

    pub(super) fn gamertag(&self) -> &Gamertag {
        &self.gamertag
    }

    /// Whether it asks the profile service, else it searches people.
    pub(super) fn asks_profile(&self) -> bool {
        matches!(self.stage, Stage::Profile(_))
    }

    pub(super) fn prepare(&self, client: &XboxClient) -> Prepared {
        match &self.stage {
            Stage::Profile(classic) => client.prepare_profile_by_gamertag(classic),
            Stage::Search { text, .. } => client.prepare_people_search(text),
        }
    }

    /// Reads the players of an answer.
    pub(super) fn read(&self, body: &[u8]) -> Result<Vec<Player>, String> {
        match &self.stage {
            Stage::Profile(_) => profile::read(body),
            Stage::Search { .. } => people::read(body),
        }
    }

    /// Takes the players of an answer.
    pub(super) fn answered(self, players: Vec<Player>) -> Next {
        let Self { gamertag, stage } = self;
        match stage {
            Stage::Profile(classic) => match players.into_iter().next() {
                Some(player) if bears(&player, &gamertag) => Next::Found(player),
                Some(player) => Next::Nobody(another(&gamertag, &player)),
                None => Self { gamertag, stage: Stage::Profile(classic) }.not_found(),
            },
            Stage::Search { then, .. } => match (choose(&gamertag, players), then) {
                (Choice::One(player), _) => Next::Found(player),
                (_, Some(text)) => {
                    Next::Ask(Self { gamertag, stage: Stage::Search { text, then: None } })
                }
                (Choice::Several(names), None) => Next::Nobody(ambiguous(&gamertag, &names)),
                (Choice::Nobody, None) => Next::Nobody(unknown(&gamertag)),
            },
        }
    }

    /// Takes a 404.
    pub(super) fn not_found(self) -> Next {
        // The classic form of a modern name with a suffix is only a good guess.
        if matches!(self.stage, Stage::Profile(_)) && self.gamertag.split_suffix().1.is_some() {
            return Next::Ask(Self::search(self.gamertag));
        }
        Next::Nobody(unknown(&self.gamertag))
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Choice {
    Nobody,
    One(Player),
    /// Their full names.
    Several(Vec<String>),
}

/// Who of those found is meant: the one of exactly this name, else the only one of the name whatever
/// the suffix, when none was written.
fn choose(asked: &Gamertag, found: Vec<Player>) -> Choice {
    let found: BTreeMap<Xuid, Player> = found.into_iter().map(|player| (player.xuid, player)).collect();
    let named = |is_called: fn(&Player, &Gamertag) -> bool| {
        found.values().filter(|player| is_called(player, asked)).collect::<Vec<_>>()
    };
    let exact = named(is_exactly);
    let candidates = if exact.is_empty() { named(is_without_suffix) } else { exact };
    match candidates.as_slice() {
        [] => Choice::Nobody,
        [player] => Choice::One((*player).clone()),
        several => Choice::Several(several.iter().map(|player| player.name()).collect()),
    }
}

/// Whether a player can be meant by a gamertag. One whose name the service did not say can.
pub(super) fn bears(player: &Player, asked: &Gamertag) -> bool {
    player.gamertag.is_none() || is_exactly(player, asked) || is_without_suffix(player, asked)
}

/// Whether one of the player's full names is the one that was asked for.
fn is_exactly(player: &Player, asked: &Gamertag) -> bool {
    [&player.gamertag, &player.classic_gamertag].into_iter().flatten().any(|name| name.matches(asked))
}

/// Whether the name that was asked for, written without a suffix, is the player's but for theirs.
fn is_without_suffix(player: &Player, asked: &Gamertag) -> bool {
    let base = |gamertag: &Gamertag| Gamertag::from_wire(gamertag.split_suffix().0);
    asked.split_suffix().1.is_none()
        && player.gamertag.as_ref().is_some_and(|gamertag| base(gamertag).matches(asked))
}

fn another(asked: &Gamertag, found: &Player) -> Failure {
    Failure {
        status: None,
        reason: format!("The service answered with another player than {asked}: {}", found.name()),
        causes: Vec::new(),
        advice: "Write the name that the player has now, or use the XUID".into(),
        detail: None,
        remedy: Remedy::EditPlayers,
    }
}

fn unknown(gamertag: &Gamertag) -> Failure {
    let without_suffix = gamertag.split_suffix().1.is_none();
    let hint = if without_suffix { ", add its #number if it has one," } else { "" };
    Failure {
        status: Some(404),
        reason: format!("No player has the gamertag {gamertag}"),
        causes: Vec::new(),
        advice: format!("Check the spelling{hint} or use the XUID"),
        detail: None,
        remedy: Remedy::EditPlayers,
    }
}

fn ambiguous(gamertag: &Gamertag, names: &[String]) -> Failure {
    let mut listed = names.iter().take(LISTED_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > LISTED_NAMES {
        listed.push_str(" and others");
    }
    Failure {
        status: None,
        reason: format!("Several players are called {gamertag}: {listed}"),
        causes: Vec::new(),
        advice: "Add the #number of the one you mean, or use the XUID".into(),
        detail: None,
        remedy: Remedy::EditPlayers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn player(xuid: u64, gamertag: &str) -> Player {
        Player { gamertag: Some(Gamertag::from_wire(gamertag)), ..Player::nameless(Xuid(xuid)) }
    }

    fn chosen(asked: &str, found: &[(u64, &str)]) -> Choice {
        let found = found.iter().map(|(xuid, gamertag)| player(*xuid, gamertag)).collect();
        choose(&Gamertag::from_wire(asked), found)
    }

    #[test]
    fn the_exact_name_wins_over_others_that_hold_it() {
        let found = [(1, "星野ソラ#7715"), (2, "星野ソラ#77150"), (3, "星野ソラ")];
        assert_eq!(chosen("星野ソラ#7715", &found), Choice::One(player(1, "星野ソラ#7715")));
        assert_eq!(chosen("星野ソラ", &found), Choice::One(player(3, "星野ソラ")));
    }

    #[test]
    fn a_name_without_suffix_is_enough_when_only_one_bears_it() {
        let found = [(1, "Нова Звезда#4410"), (2, "Нова Звездочка#1")];
        assert_eq!(chosen("нова звезда", &found), Choice::One(player(1, "Нова Звезда#4410")));
        assert_eq!(chosen("Нова", &found), Choice::Nobody);
    }

    #[test]
    fn several_of_the_name_are_listed_and_the_same_twice_is_one() {
        let twice = [(1, "ดาวเหนือ#310"), (1, "ดาวเหนือ#310")];
        assert_eq!(chosen("ดาวเหนือ", &twice), Choice::One(player(1, "ดาวเหนือ#310")));
        let names: Vec<String> = (0..7).map(|number| format!("미르#{number}")).collect();
        let failure = ambiguous(&Gamertag::from_wire("미르"), &names);
        assert!(failure.reason.contains("미르#4 and others"), "{}", failure.reason);
        assert!(!failure.reason.contains("미르#5"));
    }

    #[test]
    fn a_like_name_is_not_the_name() {
        let asked = Gamertag::from_wire;
        assert_eq!(chosen("ソラ#7715", &[(1, "ソラ7#715")]), Choice::Nobody);
        assert!(bears(&player(1, "Dragon#1652"), &asked("dragon1652")));
        assert!(bears(&player(1, "Dragon#1652"), &asked("Dragon")));
        assert!(bears(&Player::nameless(Xuid(1)), &asked("Dragon")));
        for other in ["Dragon#1653", "Dragons#1652", "Dragons"] {
            assert!(!bears(&player(1, other), &asked("Dragon#1652")), "{other}");
        }
        let classic = Some(asked("StarSora7715"));
        let renamed = Player { classic_gamertag: classic, ..player(1, "星野ソラ#7715") };
        assert!(bears(&renamed, &asked("Star Sora 7715")));
        assert!(!bears(&renamed, &asked("OldName")));
    }

    #[test]
    fn people_without_a_name_are_passed_over() {
        let found = vec![Player::nameless(Xuid(1))];
        assert_eq!(choose(&Gamertag::from_wire("ดาว"), found), Choice::Nobody);
    }
}
