//! The players with a part to play: those of the first query, and those whom a demonstration or a
//! test wants to find under a fixed name. They are the same whatever the seed; their values are not.

use super::players::{Cohort, Quirk};

/// A player who is always there.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) xuid: u64,
    /// The modern gamertag without its suffix.
    pub(super) modern: &'static str,
    /// The suffix; empty when there is none.
    pub(super) suffix: &'static str,
    /// The classic gamertag.
    pub(super) classic: &'static str,
    pub(super) cohort: Cohort,
    /// The titles that they play, as bits by place in `TITLES`; `None` leaves it to chance.
    pub(super) plays: Option<u8>,
    /// Whether nobody may read their stats.
    pub(super) private: bool,
    pub(super) quirk: Option<Quirk>,
}

impl Role {
    const fn plays(mut self, titles: u8) -> Self {
        self.plays = Some(titles);
        self
    }

    const fn private(mut self) -> Self {
        self.private = true;
        self
    }

    const fn quirk(mut self, quirk: Quirk) -> Self {
        self.quirk = Some(quirk);
        self
    }
}

const fn role(
    xuid: u64,
    modern: &'static str,
    suffix: &'static str,
    classic: &'static str,
    cohort: Cohort,
) -> Role {
    Role { xuid, modern, suffix, classic, cohort, plays: Some(BOTH), private: false, quirk: None }
}

const fn plain(xuid: u64, name: &'static str, cohort: Cohort) -> Role {
    role(xuid, name, "", name, cohort)
}

/// Iron Meridian and Halcyon Drift, the titles of the first query.
const BOTH: u8 = 0b0_0011;
/// All but Halcyon Drift.
const NO_RACER: u8 = 0b0_0101;

/// How many of [`ROLES`] are in the first query: the first ones.
pub(super) const IN_FIRST_QUERY: usize = 24;

/// All players with a part. The first is the owner of the token (`users/me`).
pub(super) static ROLES: [Role; 30] = {
    use Cohort::{Casual, Competitive, Regular};
    [
        plain(2_535_466_120_001_871, "WarriorSaint", Casual),
        plain(2_535_466_120_372_514, "TigerShark", Casual),
        role(2_535_466_120_771_093, "Нова Звезда", "4410", "NorthNova4410", Regular),
        role(2_535_466_121_112_860, "미르 달빛", "082", "MoonlitMir082", Casual),
        plain(2_535_466_121_483_347, "QuietOrbit", Competitive),
        role(2_535_466_121_854_926, "星野ソラ", "7715", "StarField7715", Regular),
        role(2_535_466_122_225_118, "Łukasz Bór", "991", "PineForest991", Regular),
        plain(2_535_466_122_596_402, "OkapiPrime", Competitive).plays(0b1_0011),
        plain(2_535_466_122_967_735, "Major Fennec", Regular).plays(NO_RACER),
        plain(2_535_466_123_338_059, "RustAndRoot", Casual),
        plain(2_535_466_123_709_684, "HexaWren", Competitive),
        plain(2_535_466_124_080_271, "DunePilot77", Competitive),
        plain(2_535_466_124_451_908, "SilentKite", Casual),
        role(2_535_466_124_822_533, "ดาวเหนือ", "310", "PoleStar310", Casual),
        plain(2_535_466_125_193_640, "Pixel Moth", Casual).plays(NO_RACER),
        role(2_535_466_125_564_217, "نجمة الشمال", "77", "DesertLamp77", Casual),
        role(2_535_466_125_935_802, "Ήσυχος Λύκος", "205", "GreyHarbor205", Regular),
        plain(2_535_466_126_306_449, "CopperLark", Regular),
        role(2_535_466_126_677_134, "Dragon", "1652", "Dragon1652", Regular),
        role(2_535_466_127_048_773, "Zoë Sørby", "118", "FjordRunner118", Regular),
        role(2_535_466_127_419_360, "निशा वीर", "508", "NightGuard508", Competitive),
        plain(2_535_466_127_790_025, "VantaLynx", Competitive),
        role(2_535_466_128_161_591, "밤하늘 여우", "119", "SkyFox119", Competitive),
        plain(2_535_466_128_532_946, "Tempest Ibis", Competitive).plays(NO_RACER),
        plain(2_535_466_128_903_287, "Hidden Heron", Regular).private(),
        plain(2_535_466_129_274_852, "Idle Fern", Casual).plays(0),
        plain(2_535_466_129_645_038, "AimOfGold", Competitive).quirk(Quirk::Cheater),
        plain(2_535_466_130_016_715, "Minus Magpie", Casual).quirk(Quirk::Negative),
        plain(2_535_466_130_387_264, "OverflowOwl", Competitive).quirk(Quirk::Greatest),
        plain(2_535_466_130_758_901, "One Match Wren", Casual).quirk(Quirk::OneMatch),
    ]
};
