//! A racer: lap times that only improve, cars, distances, some tracks that few have driven.

use super::{
    Basis::{Hours, Matches, Stat as Of},
    Best,
    Derived::{self, LastPlayed, Minutes, Ratio, Tier},
    Drawn::{self, Amount, BestTime, Choice, Count, Large, Rating},
    Stat, Title, derived, part_of, per_hour, per_match, percent, share_of_matches, stat,
};

pub(super) static TITLE: Title = Title {
    name: "Halcyon Drift",
    id: 0x5C3F_1212,
    scid: "c402ff50-0b7e-4d92-a25f-7c1e5c3f1212",
    pfn: "Slipstream.HalcyonDrift_9h3d6q2r5c7ye",
    devices: &["XboxSeries", "PC"],
    played_by: [0.5, 0.68, 0.74],
    hours: [7.0, 30.0, 85.0],
    match_minutes: 6.0,
    stats: STATS,
};

/// Of a track whose usual best lap takes so many seconds.
const fn lap(typical: f64) -> Drawn {
    let least = if typical * 0.81 < 60.2 { 60.2 } else { typical * 0.81 };
    BestTime(Best { lower: true, typical, skill: 0.045, spread: 0.035, least, most: 94.9 }, 3)
}

static STATS: &[Stat] = &[
    stat("RacesWon", "Races won", Count(share_of_matches(0.2).skill(0.4).spread(0.2).limit(3.2))).hero(),
    stat("BestLap.Track.04", "Best lap, Harbour Loop", lap(76.0)).hero(),
    stat("DriftScore", "Drift score", Count(per_hour(41_000.0).skill(0.2).spread(0.5))).hero(),
    stat(
        "CarDrivenMostRecently",
        "Last car",
        Choice {
            among: &["Kestrel GT", "Ostra 88", "Vela Spyder", "Brume RS", "Pico", "Ardent V6", "Tamarack"],
            changes: true,
        },
    ),
    derived("RacesFinished", "Races finished", Derived::Matches).hero(),
    derived("WinPercentage", "Win percentage", percent("RacesWon", Matches)),
    stat(
        "PodiumFinishes",
        "Podium finishes",
        Count(share_of_matches(0.42).skill(0.22).spread(0.1).limit(2.2)),
    ),
    stat("CleanRaces", "Clean races", Count(share_of_matches(0.3).skill(0.25).spread(0.3).limit(2.8))),
    stat("PerfectStarts", "Perfect starts", Count(share_of_matches(0.18).skill(0.35).spread(0.3).limit(4.0))),
    stat("Collisions", "Collisions", Count(per_match(4.4).skill(-0.35).spread(0.3))),
    derived(
        "CollisionsPerRace",
        "Collisions per race",
        Ratio { of: Of("Collisions"), by: Matches, scale: 1.0, decimals: 2 },
    ),
    stat("BestLap.Track.01", "Best lap, Old Town", lap(71.5)).held_by(0.9),
    stat("BestLap.Track.02", "Best lap, Cedar Pass", lap(83.0)).held_by(0.7),
    stat("BestLap.Track.07", "Best lap, Salt Lake Oval", lap(66.0)).held_by(0.5),
    stat("BestLap.Track.11", "Best lap, Night Viaduct", lap(88.0)).held_by(0.3),
    derived("MinutesPlayed", "Time played", Minutes).hero(),
    stat("DistanceDrivenKm", "Distance driven", Amount(per_hour(97.0).skill(0.06).spread(0.08), 2)),
    derived(
        "AverageSpeedKmh",
        "Average speed",
        Ratio { of: Of("DistanceDrivenKm"), by: Hours, scale: 1.0, decimals: 1 },
    ),
    stat(
        "TopSpeedKmh",
        "Top speed",
        BestTime(
            Best { lower: false, typical: 338.0, skill: 0.05, spread: 0.05, least: 210.0, most: 433.7 },
            1,
        ),
    ),
    stat(
        "LongestDriftSeconds",
        "Longest drift",
        BestTime(Best { lower: false, typical: 9.5, skill: 0.25, spread: 0.3, least: 1.1, most: 48.0 }, 2),
    ),
    stat("CreditsEarned", "Credits earned", Large(182_500.0)),
    stat("DriverRating", "Driver rating", Rating { middle: 2500.0, skill: 420.0 }),
    derived(
        "LicenceClass",
        "Licence",
        Tier {
            of: "DriverRating",
            steps: &[1900, 2300, 2700, 3100, 3500],
            names: &["Rookie", "D", "C", "B", "A", "Elite"],
        },
    ),
    stat(
        "FavouriteCar",
        "Favourite car",
        Choice { among: &["Kestrel GT", "Vela Spyder", "Ostra 88", "Brume RS", "Pico"], changes: false },
    ),
    stat("GhostsBeaten", "Ghosts beaten", Count(per_match(0.1).skill(0.3).spread(0.6))).held_by(0.35),
    stat("WetRacesWon", "Wet races won", Count(part_of("RacesWon", 0.11).spread(0.5))).held_by(0.6),
    stat("PhotosTaken", "Photos taken", Count(per_hour(0.8).skill(-0.2).spread(1.0).limit(30.0)))
        .held_by(0.2),
    derived("LastRaceUtc", "Last race", LastPlayed),
];
