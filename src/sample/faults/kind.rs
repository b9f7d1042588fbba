//! The list of everything that can go wrong.

use std::fmt;

use super::parameter::{Parameter, Share, When};
use crate::model::{Scid, Xuid};

/// What kinds of faults have in common, as the heading above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultGroup {
    /// Refused for whom or what is asked: lasts as long as the fault is on.
    Refusals,
    /// A status that passes: asked again, the answer may come.
    Passing,
    /// The connection or its speed.
    Connection,
    /// A body that is no answer, with status 200.
    Bodies,
    /// A right answer in a form that is hard to read (`POST /batch`, contract 1).
    Answers,
}

impl FaultGroup {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Refusals, Self::Passing, Self::Connection, Self::Bodies, Self::Answers];

    /// The heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refusals => "Refusals that last",
            Self::Passing => "Refusals that pass",
            Self::Connection => "Connection",
            Self::Bodies => "Broken bodies",
            Self::Answers => "Odd answers",
        }
    }
}

impl fmt::Display for FaultGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The parameter that a kind has when none is written.
enum Usual {
    /// A share of the requests, in percent.
    Percent(u32),
    Count(u32, &'static str),
    /// TigerShark, who is in the first query.
    User,
    /// Halcyon Drift, which is in the first query.
    Title,
}

struct Row {
    name: &'static str,
    group: FaultGroup,
    usual: Usual,
    description: &'static str,
}

macro_rules! kinds {
    ($($kind:ident: $name:literal, $group:ident, $usual:expr, $description:literal;)*) => {
        /// Something that can go wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultKind {
            $(#[doc = $description] $kind,)*
        }

        impl FaultKind {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            fn row(self) -> Row {
                match self {
                    $(Self::$kind => Row {
                        name: $name,
                        group: FaultGroup::$group,
                        usual: $usual,
                        description: $description,
                    },)*
                }
            }
        }
    };
}

use Usual::{Count, Percent, Title, User};

kinds! {
    BadUser: "400-user", Refusals, User, "400 for every request that asks for one of these users";
    Token: "401", Refusals, Count(20, "how many requests a token lasts"),
        "401 once a token was used so often; a new token is taken";
    TitleForbidden: "403-title", Refusals, Title, "403 for every request that asks for one of these titles";
    UserForbidden: "403-user", Refusals, User, "403 for every request that asks for one of these users";
    UserUnknown: "404-user", Refusals, User, "404 for every request that asks for one of these users";
    TooMany: "413", Refusals, Count(25, "the most users of one request"),
        "413 for every request that asks for more users";
    Timeout: "408", Passing, Percent(10), "408, the service timed out";
    Throttled: "429", Passing, Percent(10), "429 with the documented body and Retry-After in seconds";
    ThrottledDate: "429-date", Passing, Percent(10), "429 without a body, Retry-After as a date";
    ThrottledBody: "429-body", Passing, Percent(10), "429 with the documented body, without Retry-After";
    ThrottledBare: "429-bare", Passing, Percent(10), "429 without body and without Retry-After";
    Concurrency: "429-concurrency", Passing, Percent(10), "429 for too many at a time, its limit type in odd case";
    Broken: "500", Passing, Percent(10), "500, the service failed";
    BadGateway: "502", Passing, Percent(10), "502 with a page of HTML, as gateways send it";
    Unavailable: "503", Passing, Percent(10), "503 without Retry-After";
    UnavailableAfter: "503-after", Passing, Percent(10), "503 with Retry-After in seconds";
    UnavailableDate: "503-date", Passing, Percent(10), "503 with Retry-After as a date";
    GatewayTimeout: "504", Passing, Percent(10), "504, a gateway timed out";
    Reset: "reset", Connection, Percent(5), "The connection is reset before the answer";
    Cut: "cut", Connection, Percent(5), "The connection is closed in the middle of the body";
    Stall: "stall", Connection, Percent(2), "No answer for five minutes, then the connection is reset";
    Slow: "slow", Connection, Percent(10), "The body comes in 16 pieces, a quarter of a second apart";
    SignInPage: "html", Bodies, Percent(5), "A sign-in page instead of the answer, with status 200";
    Noise: "noise", Bodies, Percent(5), "Random bytes instead of the answer";
    Half: "half", Bodies, Percent(5), "The first half of the answer, sent as if it were all";
    Nothing: "empty", Bodies, Percent(5), "An empty body instead of the answer";
    OddValues: "odd-values", Answers, Percent(100),
        "Values as text, numbers, with exponents, zeros and long tails, all of them still true";
    OddTypes: "odd-types", Answers, Percent(100), "Types missing, null, numbers, in odd case or unknown";
    NullValues: "null-values", Answers, Percent(100),
        "Stats without a value are sent, with null or with nothing";
    NoEmpties: "no-empties", Answers, Percent(100), "Users and titles without values are left out";
    Doubles: "doubles", Answers, Percent(100), "Some users are sent twice, whole or empty";
    Shuffle: "shuffle", Answers, Percent(100), "Users, titles and stats come in another order each time";
    Extras: "extras", Answers, Percent(100), "Users, titles and stats that nobody asked for";
    OddXuids: "odd-xuids", Answers, Percent(100), "XUIDs now as text, now as numbers";
    ScidCase: "scid-case", Answers, Percent(100), "SCIDs in other case than asked";
    Fields: "fields", Answers, Percent(100), "Fields that no documentation knows";
    Nesting: "nesting", Answers, Percent(100), "An unknown field with lists nested 5,000 deep";
    Etags: "etags", Answers, Percent(100),
        "ETag and Last-Modified with stats, and 304 to those who have them already";
}

impl FaultKind {
    /// Its name in the text form.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The heading that it stands under.
    #[must_use]
    pub fn group(self) -> FaultGroup {
        self.row().group
    }

    /// What goes wrong, in one line for people.
    #[must_use]
    pub fn description(self) -> &'static str {
        self.row().description
    }

    /// What its parameter means and how it is written, in one line for people.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        match self.row().usual {
            Percent(_) => "a share of the requests such as 10%, or `first 3` tries of each request",
            Count(_, meaning) => meaning,
            User => "XUIDs, with spaces between",
            Title => "SCIDs, with spaces between",
        }
    }

    /// Its parameter when none is written.
    pub(super) fn usual(self) -> Parameter {
        match self.row().usual {
            Percent(percent) => Parameter::When(When::Share(Share::percent(percent))),
            Count(count, _) => Parameter::Count(count),
            User => Parameter::Users(vec![Xuid(2_535_466_120_372_514)]),
            Title => Parameter::Titles(vec![Scid::from_wire("c402ff50-0b7e-4d92-a25f-7c1e5c3f1212")]),
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{cast::ROLES, titles::TITLES};

    #[test]
    fn names_are_unique_and_need_no_escaping() {
        for (place, kind) in FaultKind::ALL.iter().enumerate() {
            let name = kind.name();
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
            assert_eq!(FaultKind::named(name), Some(*kind));
            assert_eq!(*kind as usize, place);
            assert!(!kind.description().ends_with('.') && kind.description().len() < 100, "{name}");
        }
        assert!(FaultKind::ALL.is_sorted_by_key(|kind| kind.group()));
    }

    #[test]
    fn the_usual_user_and_title_are_in_the_first_query() {
        assert_eq!(FaultKind::BadUser.usual(), Parameter::Users(vec![Xuid(ROLES[1].xuid)]));
        assert_eq!(
            FaultKind::TitleForbidden.usual(),
            Parameter::Titles(vec![Scid::from_wire(TITLES[1].scid)])
        );
    }
}
