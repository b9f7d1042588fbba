//! A shooter: counters that grow together, ratios, weapons, ranks.

use super::{
    Basis::{Hours, Matches, Stat as Of},
    Best,
    Derived::{self, FirstPlayed, LastPlayed, Level, Minutes, Ratio, Reached, Tier},
    Drawn::{Amount, BestCount, BestTime, Choice, Count, Large, Rating},
    Stat, Title, along, derived, part_of, per_hour, per_match, percent, share_of_matches, stat,
};

pub(super) static TITLE: Title = Title {
    name: "Iron Meridian",
    id: 0x66A1_0343,
    scid: "7492baca-5d3e-4c1a-8f27-31d266a10343",
    pfn: "Northgate.IronMeridian_4k2v9s7t1m8xw",
    devices: &["XboxOne", "XboxSeries", "PC"],
    played_by: [0.78, 0.9, 0.96],
    hours: [14.0, 62.0, 170.0],
    match_minutes: 14.0,
    stats: STATS,
};

static STATS: &[Stat] = &[
    stat("Kills", "Kills", Count(per_hour(20.0).skill(0.25).spread(0.06).limit(1.95))).hero(),
    stat("Deaths", "Deaths", Count(along("Kills", 0.87).skill(-0.27).spread(0.06).limit(2.1))).hero(),
    derived("KillsPerHour", "Kills per hour", Ratio { of: Of("Kills"), by: Hours, scale: 1.0, decimals: 2 })
        .hero(),
    derived("KDRatio", "K/D", Ratio { of: Of("Kills"), by: Of("Deaths"), scale: 1.0, decimals: 2 }).hero(),
    stat("Headshots", "Headshots", Count(part_of("Kills", 0.22).skill(0.2).spread(0.2).limit(2.6))).hero(),
    stat("MatchesWon", "Matches won", Count(share_of_matches(0.46).skill(0.14).spread(0.08).limit(1.7)))
        .hero(),
    derived("MinutesPlayed", "Time played", Minutes).hero(),
    stat("FlagCaptures", "Flags captured", Count(per_match(0.3).spread(0.5).limit(4.0))).held_by(0.85),
    stat("RevivesGiven", "Revives given", Count(per_match(1.1).skill(-0.08).spread(0.6))).held_by(0.8),
    derived("MatchesPlayed", "Matches played", Derived::Matches),
    derived("WinPercentage", "Win percentage", percent("MatchesWon", Matches)),
    stat("Assists", "Assists", Count(per_hour(9.0).skill(0.1).spread(0.2))),
    stat("ShotsFired", "Shots fired", Count(per_hour(1900.0).spread(0.25))),
    stat("ShotsHit", "Shots hit", Count(part_of("ShotsFired", 0.24).skill(0.12).spread(0.1).limit(2.2))),
    derived("AccuracyPercentage", "Accuracy", percent("ShotsHit", Of("ShotsFired"))),
    stat("MeleeKills", "Melee kills", Count(part_of("Kills", 0.045).spread(0.5))),
    stat("VehiclesDestroyed", "Vehicles destroyed", Count(per_match(0.12).spread(0.7))).held_by(0.55),
    stat(
        "EnemiesDefeated.WeaponID.04",
        "Defeated with the sidearm",
        Count(part_of("Kills", 0.08).spread(0.4)),
    ),
    stat(
        "EnemiesDefeated.WeaponID.17",
        "Defeated with the carbine",
        Count(part_of("Kills", 0.2).spread(0.3).limit(2.0)),
    ),
    stat(
        "EnemiesDefeated.WeaponID.22",
        "Defeated with the longbow",
        Count(part_of("Kills", 0.05).skill(0.3).spread(0.5)),
    )
    .held_by(0.6),
    stat(
        "EnemiesDefeated.WeaponID.31",
        "Defeated with the arc lance",
        Count(part_of("Kills", 0.03).spread(0.8)),
    )
    .held_by(0.25),
    stat("TotalDamage", "Total damage", Large(9.3e13)),
    stat("Experience", "Experience", Count(per_hour(21_000.0).skill(0.12).spread(0.1))),
    derived("PlayerLevel", "Level", Level { of: "Experience", per: 2_400.0, last: 50 }),
    stat("SkillRating", "Skill rating", Rating { middle: 1200.0, skill: 240.0 }),
    derived(
        "RankName",
        "Rank",
        Tier {
            of: "SkillRating",
            steps: &[850, 1050, 1250, 1450, 1650],
            names: &["Iron", "Bronze", "Silver", "Gold", "Platinum", "Meridian"],
        },
    ),
    stat(
        "FavouriteWeapon",
        "Favourite weapon",
        Choice {
            among: &["Carbine", "Longbow", "Scattergun", "Sidearm", "Arc lance", "Rail pistol", "Mortar"],
            changes: false,
        },
    ),
    stat(
        "MapPlayedMostRecently",
        "Last map",
        Choice { among: &["Foundry", "Salt Flats", "Observatory", "Canal 9", "Terminus"], changes: true },
    ),
    stat(
        "LongestKillStreak",
        "Longest streak",
        BestCount(Best { lower: false, typical: 13.0, skill: 0.3, spread: 0.2, least: 2.0, most: 74.0 }),
    ),
    stat(
        "LongestKillMetres",
        "Longest shot",
        BestTime(
            Best { lower: false, typical: 190.0, skill: 0.18, spread: 0.2, least: 20.0, most: 612.0 },
            1,
        ),
    ),
    stat("DistanceTravelledKm", "Distance travelled", Amount(per_hour(6.2).spread(0.12), 3)),
    derived(
        "SecondsPerLife",
        "Seconds per life",
        Ratio { of: Hours, by: Of("Deaths"), scale: 3600.0, decimals: 1 },
    ),
    derived("CampaignCompleted", "Campaign completed", Reached { of: "PlayerLevel", at: 25 }).held_by(0.9),
    derived("FirstMatchUtc", "First match", FirstPlayed),
    derived("LastMatchUtc", "Last match", LastPlayed),
];
