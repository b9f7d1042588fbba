//! Ids with types, so that a XUID can never stand where a SCID should.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

/// Why a text is not the id it was meant to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was written.
    #[error("it is empty")]
    Empty,
    /// A XUID that holds something other than digits.
    #[error("a XUID has digits only")]
    NotDigits,
    /// A XUID above 18446744073709551615.
    #[error("the number is larger than any XUID (a XUID fits in 64 bits)")]
    TooLarge,
    /// A SCID or stat name with a space, tab or line break inside.
    #[error("it has a space inside")]
    Space,
    /// A control character inside.
    #[error("it has an invisible control character inside")]
    Control,
    /// A stat name with a comma: commas separate stat names.
    #[error("it has a comma inside: a comma separates stat names")]
    Comma,
    /// A title id that is neither decimal nor hexadecimal.
    #[error("a title id is a decimal number, or hexadecimal with 0x in front")]
    NotTitleId,
    /// Longer than the service can know.
    #[error("it is longer than {0} characters")]
    TooLong(usize),
}

/// An Xbox user id: a 64-bit number, usually of 16 digits. The key of everything about a player,
/// since gamertags change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Xuid(pub u64);

impl Xuid {
    /// Whether it has the 16 digits that nearly every XUID has.
    #[must_use]
    pub fn has_usual_length(self) -> bool {
        (1_000_000_000_000_000..10_000_000_000_000_000).contains(&self.0)
    }
}

impl FromStr for Xuid {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IdError::NotDigits);
        }
        text.parse().map(Self).map_err(|_| IdError::TooLarge)
    }
}

impl fmt::Display for Xuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text as the service sent it, whatever it looks like.
            #[must_use]
            pub fn from_wire(text: &str) -> Self {
                Self(text.into())
            }

            /// The text, unchanged.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

text_id! {
    /// A player's name: classic (`Major Nelson`) or modern with its suffix (`Dragon#1652`).
    Gamertag
}

text_id! {
    /// A service configuration id. Usually a GUID, not always. Case matters to the service, so it
    /// is never changed.
    Scid
}

text_id! {
    /// The name of a stat within a SCID, such as `EnemiesDefeated.WeaponID.17`.
    StatName
}

impl Scid {
    /// Characters that a SCID shows where there is no room for all of it: `7492baca-…8d40`.
    #[must_use]
    pub fn short(&self) -> String {
        let text = self.as_str();
        let count = text.chars().count();
        if count <= 14 {
            return text.to_owned();
        }
        let head: String = text.chars().take(9).collect();
        let tail: String = text.chars().skip(count - 4).collect();
        format!("{head}…{tail}")
    }
}

impl FromStr for Scid {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        checked(text, 128).map(Self::from_wire)
    }
}

impl StatName {
    /// The longest name of an event-based stat (`XBOX-API.md`, names and timing).
    pub const USUAL_MAX_CHARS: usize = 128;

    /// Whether it looks like an event-based stat name: a letter first, then letters, digits,
    /// hyphens and dots, at most 128. Others can exist, so this warrants a warning, no refusal.
    #[must_use]
    pub fn looks_usual(&self) -> bool {
        let text = self.as_str();
        text.len() <= Self::USUAL_MAX_CHARS
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
    }
}

impl FromStr for StatName {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.contains(',') {
            return Err(IdError::Comma);
        }
        checked(text, 256).map(Self::from_wire)
    }
}

fn checked(text: &str, max_chars: usize) -> Result<&str, IdError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.chars().any(char::is_whitespace) {
        return Err(IdError::Space);
    }
    if text.chars().any(char::is_control) {
        return Err(IdError::Control);
    }
    if text.chars().count() > max_chars {
        return Err(IdError::TooLong(max_chars));
    }
    Ok(text)
}

/// The number of a title. People write it in decimal or in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TitleId(pub u32);

impl FromStr for TitleId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None if text.bytes().all(|b| b.is_ascii_digit()) => text.parse(),
            None => u32::from_str_radix(text, 16),
        };
        parsed.map(Self).map_err(|_| IdError::NotTitleId)
    }
}

impl fmt::Display for TitleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xuid_takes_all_of_64_bits_and_no_more() {
        assert_eq!("18446744073709551615".parse(), Ok(Xuid(u64::MAX)));
        assert_eq!("18446744073709551616".parse::<Xuid>(), Err(IdError::TooLarge));
        assert_eq!("".parse::<Xuid>(), Err(IdError::Empty));
        assert_eq!("+12".parse::<Xuid>(), Err(IdError::NotDigits));
        assert_eq!("１２".parse::<Xuid>(), Err(IdError::NotDigits));
    }

    #[test]
    fn scid_keeps_case_and_refuses_spaces() {
        let scid: Scid = " 7492BACA-c1b4 ".parse().unwrap();
        assert_eq!(scid.as_str(), "7492BACA-c1b4");
        assert_eq!("7492 baca".parse::<Scid>(), Err(IdError::Space));
        assert_ne!("abc".parse::<Scid>(), "ABC".parse::<Scid>());
    }

    #[test]
    fn stat_name_refuses_a_comma_and_warns_of_the_unusual() {
        assert_eq!("Kills,Deaths".parse::<StatName>(), Err(IdError::Comma));
        let usual: StatName = "EnemiesDefeated.WeaponID.17".parse().unwrap();
        assert!(usual.looks_usual());
        let odd: StatName = "7Kills!".parse().unwrap();
        assert!(!odd.looks_usual());
    }

    #[test]
    fn title_id_is_decimal_or_hexadecimal() {
        assert_eq!("1717113201".parse(), Ok(TitleId(1_717_113_201)));
        assert_eq!("0x6658FD71".parse(), Ok(TitleId(0x6658_FD71)));
        assert_eq!("6658fd71".parse(), Ok(TitleId(0x6658_FD71)));
        assert_eq!("4294967296".parse::<TitleId>(), Err(IdError::NotTitleId));
    }

    #[test]
    fn short_scid_keeps_both_ends() {
        let scid = Scid::from_wire("7492baca-c1b4-440d-a391-b7ef364a8d40");
        assert_eq!(scid.short(), "7492baca-…8d40");
        assert_eq!(Scid::from_wire("123456789").short(), "123456789");
    }
}
