//! Ids as requests hold them: XUIDs as strings or numbers, `xuid(…)` and `gt(…)` in paths, tokens.

use serde::Deserialize;

use super::refusal::Refusal;
use crate::{
    model::Xuid,
    sample::{players::Person, world::World},
};

/// A XUID in a body. Documentation shows numbers, Microsoft's client sends strings
/// (`XBOX-API.md`, section 1a): both are taken.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum WrittenXuid {
    Number(u64),
    Text(String),
}

impl WrittenXuid {
    pub(super) fn read(&self) -> Result<Xuid, Refusal> {
        match self {
            Self::Number(number) => Ok(Xuid(*number)),
            Self::Text(text) => text.parse().map_err(|_| Refusal::Malformed("A user id is not a XUID.")),
        }
    }
}

/// Reads all XUIDs of a list, each once, in the order of the list.
pub(super) fn read_xuids(written: &[WrittenXuid]) -> Result<Vec<Xuid>, Refusal> {
    let mut seen = std::collections::HashSet::new();
    let read: Result<Vec<_>, _> = written.iter().map(WrittenXuid::read).collect();
    Ok(read?.into_iter().filter(|xuid| seen.insert(*xuid)).collect())
}

/// The user that a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// `me`: the owner of the token.
    Me,
    /// `xuid(…)`
    Xuid(Xuid),
    /// `gt(…)`
    Gamertag(String),
}

impl Who {
    /// Reads a decoded path segment; `None` for one that names no user.
    pub(super) fn read(segment: &str) -> Option<Self> {
        if segment == "me" {
            return Some(Self::Me);
        }
        if let Some(digits) = in_brackets(segment, "xuid") {
            return digits.parse().ok().map(Self::Xuid);
        }
        in_brackets(segment, "gt").map(|gamertag| Self::Gamertag(gamertag.to_owned()))
    }

    /// The player, if there is one.
    pub(super) fn find<'a>(&self, world: &'a World) -> Option<&'a Person> {
        match self {
            Self::Me => Some(world.players().owner()),
            Self::Xuid(xuid) => world.players().by_xuid(*xuid),
            Self::Gamertag(gamertag) => world.players().by_gamertag(gamertag),
        }
    }
}

/// What stands between the brackets of `name(…)`.
pub(super) fn in_brackets<'a>(segment: &'a str, name: &str) -> Option<&'a str> {
    segment.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

/// Whether a header is of the form `XBL3.0 x=<userhash>;<token>` (`XBOX-API.md`, section 5).
pub(super) fn is_token(header: &str) -> bool {
    let Some((userhash, token)) = header.strip_prefix("XBL3.0 x=").and_then(|rest| rest.split_once(';'))
    else {
        return false;
    };
    let is_hash = userhash == "-"
        || ((1..=20).contains(&userhash.len()) && userhash.bytes().all(|byte| byte.is_ascii_digit()));
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+/=.".contains(&byte);
    is_hash && !token.is_empty() && token.bytes().all(in_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_tokens_pass() {
        assert!(is_token("XBL3.0 x=-;a.b.c.d.e"));
        assert!(is_token("XBL3.0 x=12345678901234567890;eyJ_-+/="));
        for bad in ["", "XBL3.0 x=-;", "XBL3.0 x=;abc", "XBL3.0 x=12a;abc", "Bearer abc", "XBL3.0 x=-;a b"] {
            assert!(!is_token(bad), "{bad}");
        }
    }

    #[test]
    fn users_in_paths_are_read() {
        assert_eq!(Who::read("me"), Some(Who::Me));
        assert_eq!(Who::read("xuid(5)"), Some(Who::Xuid(Xuid(5))));
        assert_eq!(Who::read("gt(Major Fennec)"), Some(Who::Gamertag("Major Fennec".into())));
        assert_eq!(Who::read("xuid(five)"), None);
        assert_eq!(Who::read("someone"), None);
    }
}
