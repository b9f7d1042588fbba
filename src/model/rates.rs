//! How many requests a service takes in which time.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use super::UnixMillis;

/// The services that are asked, each with its own host and its own rate limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// `userstats.xboxlive.com`: stats.
    Stats,
    /// `profile.xboxlive.com`: gamertags and XUIDs.
    Profile,
    /// `peoplehub.xboxlive.com`: the search for players.
    People,
}

impl Api {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Stats, Self::Profile, Self::People];

    /// The word for it in lists: "stats", "profile", "people".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stats => "stats",
            Self::Profile => "profile",
            Self::People => "people",
        }
    }
}

impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// So many requests in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many requests are taken in a period.
    pub limit: u32,
    /// How long a period is.
    pub period: Duration,
}

/// How much of a window is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowUse {
    /// The limit.
    pub window: Window,
    /// Requests that count towards it.
    pub used: u32,
    /// When the next of them counts no more.
    pub frees: Option<UnixMillis>,
    /// When none of them counts any more.
    pub clear: Option<UnixMillis>,
}

/// The rate limits of one service: a short and a long window, both of which hold. `None`: no limit.
pub type Windows = Option<[Window; 2]>;

/// The rate limits of all services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Of `userstats`.
    pub stats: Windows,
    /// Of `profile`.
    pub profile: Windows,
    /// Of `peoplehub`.
    pub people: Windows,
}

impl Rates {
    /// The periods of the two windows (`XBOX-API.md`, section 4).
    pub const PERIODS: [Duration; 2] = [Duration::from_secs(15), Duration::from_mins(5)];

    /// The published limits; those of `peoplehub` are not, and are taken to be those of `profile`
    /// (`XBOX-API.md`, section 4).
    #[must_use]
    pub fn documented() -> Self {
        Self::times(1)
    }

    /// The limits of the sample service unless it is told otherwise: ten times those of the real
    /// one, so that a first try never waits.
    #[must_use]
    pub fn generous() -> Self {
        Self::times(10)
    }

    /// No limits at all.
    #[must_use]
    pub fn none() -> Self {
        Self { stats: None, profile: None, people: None }
    }

    /// Those of one service.
    #[must_use]
    pub fn of(&self, api: Api) -> Windows {
        match api {
            Api::Stats => self.stats,
            Api::Profile => self.profile,
            Api::People => self.people,
        }
    }

    fn times(factor: u32) -> Self {
        let [short, long] = Self::PERIODS;
        let windows = |in_short: u32, in_long: u32| {
            Some([
                Window { limit: in_short * factor, period: short },
                Window { limit: in_long * factor, period: long },
            ])
        };
        Self { stats: windows(100, 300), profile: windows(10, 30), people: windows(10, 30) }
    }
}
