//! What befalls one request. It follows from the seed, what the request asks, and how often it was
//! asked, so that it is the same in every run and whatever else is under way.

use std::cell::LazyCell;

use super::{FaultGroup, FaultKind, Faults, Parameter, parameter::When};
use crate::{
    model::{Scid, Xuid},
    sample::chance::{Chance, part},
};

/// A request that is sent: which one it is, and for which time.
#[derive(Clone, Copy, Debug)]
pub(in crate::sample) struct Sending {
    pub(in crate::sample) seed: u64,
    /// What the request asks, as one number.
    pub(in crate::sample) content: u64,
    /// How often it was sent before.
    pub(in crate::sample) attempt: u32,
}

impl Sending {
    /// A stream of chance of its own.
    pub(in crate::sample) fn chance(&self, purpose: u64) -> Chance {
        Chance::of(&[self.seed, self.content, u64::from(self.attempt), purpose])
    }
}

/// Whom and what a request for stats asks for.
#[derive(Clone, Debug, Default)]
pub(in crate::sample) struct Asked {
    pub(in crate::sample) users: Vec<Xuid>,
    pub(in crate::sample) titles: Vec<Scid>,
}

/// What befalls a request.
#[derive(Clone, Debug)]
pub(in crate::sample) struct Fate {
    struck: Vec<FaultKind>,
    sending: Sending,
}

impl Fate {
    /// Whether a fault of this kind strikes.
    pub(in crate::sample) fn has(&self, kind: FaultKind) -> bool {
        self.struck.contains(&kind)
    }

    /// The fault of a group that shows, where several of them strike.
    pub(in crate::sample) fn of(&self, group: FaultGroup) -> Option<FaultKind> {
        let those: Vec<_> = self.struck.iter().copied().filter(|kind| kind.group() == group).collect();
        (!those.is_empty()).then(|| self.chance(group.name()).pick(&those))
    }

    /// A stream of chance for a purpose.
    pub(in crate::sample) fn chance(&self, purpose: &str) -> Chance {
        self.sending.chance(part(purpose))
    }
}

impl Faults {
    /// What befalls a request. `asked` is called only where a fault is about that, which faults are
    /// for requests for stats alone.
    pub(in crate::sample) fn fate(&self, sending: Sending, asked: &dyn Fn() -> Asked) -> Fate {
        let asked = LazyCell::new(asked);
        let mut struck = Vec::new();
        for (kind, parameter) in &self.0 {
            let strikes = match parameter {
                Parameter::When(When::Share(share)) => {
                    sending.chance(*kind as u64).happens(share.likelihood())
                }
                Parameter::When(When::First(count)) => sending.attempt < *count,
                Parameter::Users(users) => asked.users.iter().any(|user| users.contains(user)),
                Parameter::Titles(titles) => asked.titles.iter().any(|title| titles.contains(title)),
                Parameter::Count(most) => *kind == FaultKind::TooMany && asked.users.len() > *most as usize,
            };
            if strikes {
                struck.push(*kind);
            }
        }
        Fate { struck, sending }
    }

    /// How many requests a token lasts.
    pub(in crate::sample) fn token_lasts(&self) -> Option<u32> {
        match self.0.get(&FaultKind::Token) {
            Some(Parameter::Count(count)) => Some(*count),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fate(faults: &str, content: u64, attempt: u32) -> Fate {
        let sending = Sending { seed: 1, content, attempt };
        let asked = || Asked { users: vec![Xuid(1), Xuid(2)], titles: vec![Scid::from_wire("a")] };
        faults.parse::<Faults>().unwrap().fate(sending, &asked)
    }

    #[test]
    fn a_share_is_a_share_and_a_retry_gets_through() {
        let struck = |content, attempt| fate("500:10%", content, attempt).has(FaultKind::Broken);
        let count = (0..10_000).filter(|content| struck(*content, 0)).count();
        assert!((900..1100).contains(&count), "{count}");
        let unlucky = (0..1000).find(|content| struck(*content, 0)).unwrap();
        assert!((1..20).any(|attempt| !struck(unlucky, attempt)));
        assert!((0..1000).all(|content| !fate("500:0%", content, 0).has(FaultKind::Broken)));
        assert!((0..1000).all(|content| fate("500:100%", content, 0).has(FaultKind::Broken)));
    }

    #[test]
    fn the_first_tries_of_each_request_fail() {
        let struck = |attempt| fate("reset:first 2", 9, attempt).has(FaultKind::Reset);
        assert_eq!([0, 1, 2, 3].map(struck), [true, true, false, false]);
    }

    #[test]
    fn users_titles_and_counts_are_looked_at() {
        assert!(fate("400-user:2 7", 0, 0).has(FaultKind::BadUser));
        assert!(!fate("400-user:3", 0, 0).has(FaultKind::BadUser));
        assert!(fate("403-title:a", 0, 0).has(FaultKind::TitleForbidden));
        assert!(!fate("403-title:A", 0, 0).has(FaultKind::TitleForbidden), "case matters");
        assert!(fate("413:1", 0, 0).has(FaultKind::TooMany) && !fate("413:2", 0, 0).has(FaultKind::TooMany));
    }

    #[test]
    fn of_several_one_shows_and_not_always_the_same() {
        let shown = |content| fate("500:100%, 429:100%", content, 0).of(FaultGroup::Passing).unwrap();
        let broken = (0..100).filter(|content| shown(*content) == FaultKind::Broken).count();
        assert!((20..80).contains(&broken), "{broken}");
        assert_eq!(fate("slow", 1, 0).of(FaultGroup::Passing), None);
    }
}
