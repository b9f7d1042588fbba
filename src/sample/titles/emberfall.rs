//! A role-playing game: the most stats, gold beyond 2^53, schools and families as instance names.

use super::{
    Basis::{Hours, Stat as Of},
    Best,
    Derived::{self, FirstPlayed, LastPlayed, Level, Minutes, Progress, Ratio, Reached, Tier},
    Drawn::{Amount, BestCount, BestTime, Choice, Count, Large, Rating},
    Stat, Title, derived, part_of, per_hour, per_match, share_of_matches, stat,
};

pub(super) static TITLE: Title = Title {
    name: "Emberfall Chronicles",
    id: 0x6A3C_51F2,
    scid: "00000000-0000-0000-0000-00006a3c51f2",
    pfn: "HollowOak.EmberfallChronicles_2b8n5f1x9z3ta",
    devices: &["XboxOne", "XboxSeries", "PC", "Mobile"],
    played_by: [0.45, 0.6, 0.4],
    hours: [18.0, 75.0, 110.0],
    match_minutes: 35.0,
    stats: STATS,
};

static STATS: &[Stat] = &[
    stat("TotalExperience", "Experience", Count(per_hour(38_000.0).skill(0.1).spread(0.15))).hero(),
    derived("CharacterLevel", "Level", Level { of: "TotalExperience", per: 640.0, last: 80 }).hero(),
    stat("QuestsCompleted", "Quests completed", Count(per_match(1.0).spread(0.2))).hero(),
    stat("GoldEarned", "Gold earned", Large(2.6e14)).hero(),
    stat("MonstersSlain", "Monsters slain", Count(per_hour(44.0).skill(0.15).spread(0.3))).hero(),
    derived("MinutesPlayed", "Time played", Minutes).hero(),
    derived("AdventuresStarted", "Adventures started", Derived::Matches),
    stat(
        "MonstersSlain.Family.01",
        "Wolves slain",
        Count(part_of("MonstersSlain", 0.24).spread(0.2).limit(1.8)),
    ),
    stat(
        "MonstersSlain.Family.02",
        "Wraiths slain",
        Count(part_of("MonstersSlain", 0.16).spread(0.3).limit(2.0)),
    ),
    stat("MonstersSlain.Family.03", "Golems slain", Count(part_of("MonstersSlain", 0.07).spread(0.4))),
    stat(
        "MonstersSlain.Family.04",
        "Wyrms slain",
        Count(part_of("MonstersSlain", 0.02).skill(0.3).spread(0.5)),
    )
    .held_by(0.7),
    stat(
        "MonstersSlain.Family.05",
        "Basilisks slain",
        Count(part_of("MonstersSlain", 0.01).skill(0.3).spread(0.6)),
    )
    .held_by(0.45),
    stat("BossesDefeated", "Bosses defeated", Count(per_hour(0.55).skill(0.2).spread(0.2))),
    stat("Deaths", "Deaths", Count(per_hour(1.9).skill(-0.3).spread(0.3))),
    stat("DungeonsCleared", "Dungeons cleared", Count(per_hour(0.4).skill(0.1).spread(0.3))),
    stat("ItemsCrafted", "Items crafted", Count(per_hour(5.0).spread(0.9).limit(12.0))).held_by(0.85),
    stat("PotionsBrewed", "Potions brewed", Count(per_hour(3.2).spread(0.8).limit(12.0))).held_by(0.75),
    stat("BooksRead", "Books read", Count(per_hour(0.9).skill(-0.1).spread(0.9).limit(12.0))).held_by(0.6),
    stat("ChestsOpened", "Chests opened", Count(per_hour(7.0).spread(0.2))),
    stat("FishCaught", "Fish caught", Count(per_hour(1.5).skill(-0.2).spread(1.1).limit(30.0))).held_by(0.3),
    stat(
        "LargestFishKg",
        "Largest fish",
        BestTime(Best { lower: false, typical: 7.0, skill: 0.0, spread: 0.5, least: 0.2, most: 61.3 }, 3),
    )
    .held_by(0.3),
    stat("DistanceWalkedKm", "Distance walked", Amount(per_hour(4.7).spread(0.15), 3)),
    stat("SpellsCast", "Spells cast", Count(per_hour(62.0).spread(0.7).limit(8.0))),
    stat("SpellsCast.School.Fire", "Fire spells", Count(part_of("SpellsCast", 0.33).spread(0.3).limit(1.8))),
    stat("SpellsCast.School.Frost", "Frost spells", Count(part_of("SpellsCast", 0.2).spread(0.3).limit(1.8))),
    stat("SpellsCast.School.Storm", "Storm spells", Count(part_of("SpellsCast", 0.1).spread(0.5).limit(1.8)))
        .held_by(0.55),
    stat(
        "HighestDamage",
        "Highest damage",
        BestCount(Best {
            lower: false,
            typical: 18_400.0,
            skill: 0.5,
            spread: 0.5,
            least: 90.0,
            most: 2_400_000.0,
        }),
    ),
    derived(
        "DamagePerSecond",
        "Damage per second",
        Ratio { of: Of("MonstersSlain"), by: Hours, scale: 11.7, decimals: 3 },
    ),
    derived("StoryProgressPercent", "Story progress", Progress { of: "QuestsCompleted", whole: 140.0 }),
    derived("StoryCompleted", "Story completed", Reached { of: "QuestsCompleted", at: 140 }),
    stat(
        "ClassName",
        "Class",
        Choice {
            among: &["Warden", "Ashmage", "Ranger", "Lorekeeper", "Duelist", "Hedge witch"],
            changes: false,
        },
    ),
    stat(
        "Faction",
        "Faction",
        Choice { among: &["Emberguard", "Tidebound", "Free Companies"], changes: false },
    )
    .held_by(0.8),
    stat(
        "CompanionMostRecent",
        "Last companion",
        Choice { among: &["Sable the fox", "Old Maren", "Tobias", "Irrlicht", "Quill"], changes: true },
    ),
    stat("ArenaRating", "Arena rating", Rating { middle: 1000.0, skill: 180.0 }).held_by(0.3),
    stat("ArenaWins", "Arena wins", Count(share_of_matches(0.25).skill(0.5).spread(0.5))).held_by(0.3),
    derived(
        "ArenaLeague",
        "Arena league",
        Tier { of: "ArenaRating", steps: &[900, 1150, 1400], names: &["Ash", "Coal", "Flame", "Star"] },
    )
    .held_by(0.3),
    stat(
        "FastestDungeonSeconds",
        "Fastest dungeon",
        BestTime(
            Best { lower: true, typical: 611.0, skill: 0.12, spread: 0.15, least: 205.5, most: 2400.0 },
            1,
        ),
    )
    .held_by(0.65),
    derived("FirstPlayedUtc", "First played", FirstPlayed),
    derived("LastPlayedUtc", "Last played", LastPlayed),
];
