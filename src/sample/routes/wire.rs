//! Values as they go over the wire, with the liberties that documentation and clients disagree about.

use serde::Serialize;

use crate::{
    model::UnixMillis,
    sample::{
        chance::part,
        players::Person,
        truth::{TrueKind, TrueValue},
        values::Value,
        world::World,
    },
};

/// A value in one of the JSON forms that the service is seen to use.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Sent {
    Text(String),
    Whole(i64),
    Real(f64),
    Truth(bool),
}

impl Sent {
    /// Without the quotes of a JSON string.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(whole) => whole.to_string(),
            Self::Real(real) => real.to_string(),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// Whether it is a JSON string.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}

impl Value {
    /// As a JSON string.
    pub(super) fn text(self) -> String {
        match self {
            Self::Whole(whole) => whole.to_string(),
            Self::Real(real, decimals) => rounded(real, decimals).to_string(),
            Self::Text(text) => text.to_owned(),
            Self::Truth(truth) => truth.to_string(),
            Self::Moment(moment) => iso(moment),
        }
    }

    /// What it is, for whoever measures answers by it.
    pub(in crate::sample) fn truth(self) -> TrueValue {
        let kind = match self {
            Self::Whole(_) => TrueKind::Whole,
            Self::Real(..) => TrueKind::Real,
            Self::Text(_) | Self::Truth(_) | Self::Moment(_) => TrueKind::Text,
        };
        TrueValue { text: self.text(), kind }
    }

    fn bare(self) -> Sent {
        match self {
            Self::Whole(whole) => Sent::Whole(whole),
            Self::Real(real, decimals) => Sent::Real(rounded(real, decimals)),
            Self::Truth(truth) => Sent::Truth(truth),
            Self::Text(_) | Self::Moment(_) => Sent::Text(self.text()),
        }
    }
}

fn rounded(real: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    (real * scale).round() / scale
}

/// A moment in ISO 8601 at UTC.
pub(super) fn iso(moment: UnixMillis) -> String {
    jiff::Timestamp::from_millisecond(moment.0).unwrap_or_default().to_string()
}

/// The liberties that answers take about one player: always the same ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Liberties(u64);

impl Liberties {
    pub(super) fn of(world: &World, person: &Person) -> Self {
        Self(person.chance(world.seed(), part("liberties")).bits())
    }

    /// Of a XUID that no player has.
    pub(super) fn of_nobody(xuid: u64) -> Self {
        Self(xuid.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// One of `ways`, independent for each `from` that lies far enough apart.
    fn part(self, from: u32, ways: u64) -> u64 {
        (self.0 >> from) % ways
    }

    /// Whether the XUID goes out as a number.
    pub(super) fn xuid_is_number(self) -> bool {
        self.part(0, 4) == 0
    }

    /// Whether the gamertag goes out beside the XUID.
    pub(super) fn tells_gamertag(self) -> bool {
        self.part(2, 4) == 0
    }

    /// Whether what holds no value goes out empty; otherwise it is left out.
    pub(super) fn sends_empty(self) -> bool {
        self.part(4, 2) == 0
    }

    /// Which of two documented shapes an answer about one user has.
    pub(super) fn is_wrapped(self) -> bool {
        self.part(5, 2) == 0
    }

    /// Whether a field that may be null is.
    pub(super) fn is_null(self, field: u32) -> bool {
        self.part(32 + field, 8) == 0
    }

    /// Where the player stands in an answer: not where the request had them.
    pub(super) fn place(self) -> u64 {
        self.0.rotate_left(17)
    }

    /// A value in the form that this player's values have: strings, numbers or both.
    pub(super) fn sent(self, value: Value, stat: &str) -> Sent {
        let bare = match self.part(6, 4) {
            0 | 1 => false,
            2 => true,
            _ => part(stat) & 1 == 0,
        };
        if bare { value.bare() } else { Sent::Text(value.text()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        assert_eq!(Value::Whole(i64::MAX).text(), "9223372036854775807");
        let bare = serde_json::to_string(&Value::Whole(9_007_199_254_740_993).bare()).unwrap();
        assert_eq!(bare, "9007199254740993");
        assert_eq!(Value::Real(63.617_44, 3).text(), "63.617");
        assert_eq!(Value::Moment(UnixMillis(1_795_197_600_000)).text(), "2026-11-20T18:00:00Z");
    }
}
