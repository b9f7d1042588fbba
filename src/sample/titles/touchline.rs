//! A sports manager: money in pennies, a goal difference that may be negative, clubs and titles.

use super::{
    Basis::{Matches, Stat as Of},
    Best,
    Derived::{self, Difference, LastPlayed, Minutes, Ratio, Tier},
    Drawn::{BestCount, Choice, Count, Large, Rating},
    Stat, Title, derived, per_match, percent, share_of_matches, stat,
};

pub(super) static TITLE: Title = Title {
    name: "Touchline Manager 27",
    id: 0x7B11_C0A8,
    scid: "b81d6c3f-84e2-4b69-9d05-e7f3526a4c90",
    pfn: "SecondHalf.TouchlineManager27_5y8c2m6v4d1qo",
    devices: &["PC", "XboxSeries"],
    played_by: [0.22, 0.34, 0.3],
    hours: [20.0, 90.0, 210.0],
    match_minutes: 22.0,
    stats: STATS,
};

static STATS: &[Stat] = &[
    derived("MatchesManaged", "Matches managed", Derived::Matches).hero(),
    stat("MatchesWon", "Matches won", Count(share_of_matches(0.42).skill(0.14).spread(0.08).limit(1.5)))
        .hero(),
    stat("MatchesDrawn", "Matches drawn", Count(share_of_matches(0.24).spread(0.1).limit(1.3))),
    derived("WinPercentage", "Win percentage", percent("MatchesWon", Matches)).hero(),
    stat("GoalsScored", "Goals scored", Count(per_match(1.5).skill(0.1).spread(0.1))).hero(),
    stat("GoalsConceded", "Goals conceded", Count(per_match(1.3).skill(-0.12).spread(0.1))),
    derived("GoalDifference", "Goal difference", Difference { of: "GoalsScored", minus: "GoalsConceded" })
        .hero(),
    derived(
        "GoalsPerMatch",
        "Goals per match",
        Ratio { of: Of("GoalsScored"), by: Matches, scale: 1.0, decimals: 2 },
    ),
    stat("TransferSpendPence", "Transfer spend", Large(4.4e13)),
    stat("TransferIncomePence", "Transfer income", Large(3.9e13)),
    stat("LeagueTitles", "League titles", Count(per_match(0.008).skill(0.5).spread(0.4))).held_by(0.6),
    stat("CupsWon", "Cups won", Count(per_match(0.011).skill(0.4).spread(0.4))).held_by(0.7),
    stat("YouthPromoted", "Youth players promoted", Count(per_match(0.05).spread(0.5))),
    stat("ManagerRating", "Manager rating", Rating { middle: 60.0, skill: 9.0 }),
    derived(
        "ReputationTier",
        "Reputation",
        Tier {
            of: "ManagerRating",
            steps: &[45, 55, 65, 75],
            names: &["Unknown", "Local", "National", "Continental", "World class"],
        },
    ),
    stat(
        "HighestAttendance",
        "Highest attendance",
        BestCount(Best {
            lower: false,
            typical: 24_000.0,
            skill: 0.3,
            spread: 0.4,
            least: 310.0,
            most: 98_787.0,
        }),
    ),
    stat(
        "LongestUnbeatenRun",
        "Longest unbeaten run",
        BestCount(Best { lower: false, typical: 11.0, skill: 0.2, spread: 0.3, least: 1.0, most: 63.0 }),
    ),
    stat(
        "ClubManagedMostRecently",
        "Last club",
        Choice {
            among: &["Harrow Vale", "Real Marisma", "FK Sever", "Kita Rovers", "União do Cabo", "IF Nordlys"],
            changes: true,
        },
    ),
    stat(
        "FavouriteFormation",
        "Favourite formation",
        Choice { among: &["4-3-3", "4-2-3-1", "3-5-2", "4-4-2"], changes: false },
    ),
    derived("MinutesPlayed", "Time played", Minutes),
    derived("LastMatchUtc", "Last match", LastPlayed),
];
