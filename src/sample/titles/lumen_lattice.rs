//! A puzzle: few stats, many ties, best times; its SCID has upper-case letters.

use super::{
    Basis::{Matches, Stat as Of},
    Best,
    Derived::{self, LastPlayed, Minutes, Progress, Ratio},
    Drawn::{self, BestCount, BestTime, Choice, Count},
    Stat, Title, derived, part_of, per_match, percent, share_of_matches, stat,
};

pub(super) static TITLE: Title = Title {
    name: "Lumen Lattice",
    id: 0x7682_9D35,
    scid: "5E0B9A74-2D1C-4F3E-9B7A-0D4C8E61A2F5",
    pfn: "SmallHours.LumenLattice_7w1e4p9k3g6ju",
    devices: &["PC", "Mobile", "XboxOne"],
    played_by: [0.4, 0.35, 0.2],
    hours: [6.0, 14.0, 20.0],
    match_minutes: 4.0,
    stats: STATS,
};

/// Of a board whose usual best solve takes so many seconds.
const fn solve(typical: f64) -> Drawn {
    let (least, most) = (typical * 0.35, typical * 4.0);
    BestTime(Best { lower: true, typical, skill: 0.1, spread: 0.25, least, most }, 2)
}

static STATS: &[Stat] = &[
    stat(
        "PuzzlesSolved",
        "Puzzles solved",
        Count(share_of_matches(0.8).skill(0.06).spread(0.06).limit(1.25)),
    )
    .hero(),
    stat(
        "PerfectSolves",
        "Perfect solves",
        Count(part_of("PuzzlesSolved", 0.3).skill(0.25).spread(0.2).limit(3.0)),
    )
    .hero(),
    derived("PuzzlesStarted", "Puzzles started", Derived::Matches),
    derived("SolvedPercentage", "Solved", percent("PuzzlesSolved", Matches)),
    stat("HintsUsed", "Hints used", Count(per_match(0.35).skill(-0.5).spread(0.8))),
    derived(
        "HintsPerSolve",
        "Hints per solve",
        Ratio { of: Of("HintsUsed"), by: Of("PuzzlesSolved"), scale: 1.0, decimals: 3 },
    ),
    stat("BestTime.Board.001", "Best time, board 1", solve(41.0)).hero(),
    stat("BestTime.Board.014", "Best time, board 14", solve(96.5)).held_by(0.6),
    stat("BestTime.Board.100", "Best time, board 100", solve(412.0)).held_by(0.15),
    derived("StarsPercent", "Stars collected", Progress { of: "PerfectSolves", whole: 120.0 }),
    stat(
        "LongestStreakDays",
        "Longest streak",
        BestCount(Best { lower: false, typical: 6.0, skill: 0.1, spread: 0.7, least: 1.0, most: 365.0 }),
    )
    .hero(),
    stat(
        "FavouritePalette",
        "Favourite palette",
        Choice { among: &["Dusk", "Mint", "High contrast", "Paper"], changes: false },
    )
    .held_by(0.7),
    derived("MinutesPlayed", "Time played", Minutes),
    derived("LastPuzzleUtc", "Last puzzle", LastPlayed),
];
