//! Which of its calls a request is.

use axum::http::Method;

use super::ids::{self, Who};
use crate::model::Api;

/// A call of the services, or one of ours.
pub(super) enum Call<'a> {
    Batch,
    Single {
        who: Who,
        scid: &'a str,
        names: &'a str,
    },
    Settings(Who),
    SettingsBatch,
    Search,
    TitleHistory {
        who: Who,
        decoration: &'a str,
    },
    Title {
        who: Who,
        id: u32,
        decoration: &'a str,
    },
    /// Ours: lets players play.
    PlaySession,
    /// Ours: which faults are on.
    Faults,
    /// Ours: changes the faults.
    SetFaults,
    /// Ours: moves the service's time.
    FastForward,
}

impl<'a> Call<'a> {
    /// The call behind a method and path; `None` for one that is not known. The host does not
    /// matter: the paths of the services do not collide.
    pub(super) fn of(method: &Method, segments: &[&'a str]) -> Option<Self> {
        let get = method == Method::GET;
        let post = method == Method::POST;
        Some(match *segments {
            ["batch"] if post => Self::Batch,
            ["users", who, "scids", scid, "stats", names] if get => {
                Self::Single { who: Who::read(who)?, scid, names }
            }
            ["users", "batch", "profile", "settings"] if post => Self::SettingsBatch,
            ["users", who, "profile", "settings"] if get => Self::Settings(Who::read(who)?),
            ["users", "me", "people", "search"] | ["users", "me", "people", "search", "decoration", _]
                if get =>
            {
                Self::Search
            }
            ["users", who, "titles", "titlehistory", "decoration", decoration] if get => {
                Self::TitleHistory { who: Who::read(who)?, decoration }
            }
            ["users", who, "titles", title, "decoration", decoration] if get => Self::Title {
                who: Who::read(who)?,
                id: ids::in_brackets(title, "titleid")?.parse().ok()?,
                decoration,
            },
            ["sample", "play-session"] if post => Self::PlaySession,
            ["sample", "faults"] if get => Self::Faults,
            ["sample", "faults"] if post => Self::SetFaults,
            ["sample", "clock"] if post => Self::FastForward,
            _ => return None,
        })
    }

    /// The contract versions that the real service is seen to take; empty for what is ours alone.
    pub(super) fn contracts(&self) -> &'static [u32] {
        match self {
            Self::Batch => &[1, 2],
            Self::Single { .. } => &[1, 2, 3],
            Self::Settings(_) | Self::SettingsBatch => &[2, 3],
            Self::Search => &[3, 5, 7],
            Self::TitleHistory { .. } | Self::Title { .. } => &[2],
            Self::PlaySession | Self::Faults | Self::SetFaults | Self::FastForward => &[],
        }
    }

    /// Whether it is ours: no Xbox call, so that it needs no token and nothing goes wrong with it.
    pub(super) fn is_ours(&self) -> bool {
        self.contracts().is_empty()
    }

    /// Whose rate limits it counts towards. Those of titlehub are not published, and nothing is
    /// known of them (`XBOX-API.md`, section 4): it has none here.
    pub(super) fn api(&self) -> Option<Api> {
        match self {
            Self::Batch | Self::Single { .. } => Some(Api::Stats),
            Self::Settings(_) | Self::SettingsBatch => Some(Api::Profile),
            Self::Search => Some(Api::People),
            Self::TitleHistory { .. }
            | Self::Title { .. }
            | Self::PlaySession
            | Self::Faults
            | Self::SetFaults
            | Self::FastForward => None,
        }
    }

    /// The name that stands as `source` in error bodies.
    pub(super) fn source(&self) -> &'static str {
        match self {
            Self::Batch | Self::Single { .. } => "UserStats",
            Self::Settings(_) | Self::SettingsBatch => "Profile",
            Self::Search => "PeopleHub",
            Self::TitleHistory { .. } | Self::Title { .. } => "TitleHub",
            Self::PlaySession | Self::Faults | Self::SetFaults | Self::FastForward => "Sample",
        }
    }
}
