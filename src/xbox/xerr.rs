//! What the sign-in service means by an `XErr` (`XBOX-API.md`, section 5).

use crate::model::Remedy;

/// Why the sign-in service refuses, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) reason: &'static str,
    pub(super) advice: &'static str,
    pub(super) remedy: Remedy,
}

/// The family that all these codes belong to, above its last byte.
const FAMILY: u64 = 0x8015_DC00;

/// What the code means, if it is one of the sign-in service's.
pub(super) fn meaning(code: u64) -> Option<Meaning> {
    let low = code.checked_sub(FAMILY).filter(|low| *low <= 0xFF)?;
    let account = |reason, advice| Meaning { reason, advice, remedy: Remedy::NewToken };
    Some(match low {
        0x03 | 0x04 => account("The account of the token is banned", "Use another account"),
        0x05 => account(
            "A guardian's settings keep the account of the token from this",
            "Ask the guardian to allow it, or use another account",
        ),
        0x08 => account(
            "The account of the token has a billing problem",
            "Settle it on account.microsoft.com, or use another account",
        ),
        0x09 => account(
            "The account of the token has no Xbox profile yet",
            "Sign in on xbox.com once, then get a new token",
        ),
        0x0A => account(
            "The account of the token has not accepted the terms of Xbox",
            "Sign in on xbox.com and accept them, then get a new token",
        ),
        0x0B => account(
            "Xbox Live is not available in the region of the token's account",
            "Use an account of another region",
        ),
        0x0C => account(
            "The account of the token must prove its age",
            "Sign in on xbox.com and do so, then get a new token",
        ),
        0x0D => account(
            "The account of the token has used up its playtime",
            "Wait until it may play again, or use another account",
        ),
        0x0E => account(
            "The account of the token is a child's and belongs to no family",
            "Add it to a family on account.microsoft.com, or use another account",
        ),
        0x0F | 0x10 => account(
            "The account of the token needs maintenance",
            "Sign in on xbox.com and follow what it asks, then get a new token",
        ),
        0x11 => account("Accounts of this type are not allowed here", "Use another account"),
        0x12 => account(
            "The account of the token has no access to this sandbox",
            "Use a test account of the sandbox, or another sandbox",
        ),
        0x13 => account(
            "The account of the token must change its gamertag first",
            "Sign in on xbox.com and do so, then get a new token",
        ),
        0x18 => account(
            "Retail accounts are not allowed in this sandbox",
            "Use a test account, or the sandbox RETAIL",
        ),
        0x19 => Meaning {
            reason: "The sandbox of the token may not see this title",
            advice: "Check the SCID, or use a token of the title's sandbox",
            remedy: Remedy::EditStats,
        },
        _ => account(
            "The sign-in service refused the account of the token",
            "Sign in on xbox.com to see what is wrong, or use another account",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_family_have_a_meaning_and_others_none() {
        assert_eq!(
            meaning(2_148_916_233).unwrap().reason,
            "The account of the token has no Xbox profile yet"
        );
        assert_eq!(meaning(0x8015_DC19).unwrap().remedy, Remedy::EditStats);
        assert!(meaning(0x8015_DCFF).is_some());
        assert_eq!(meaning(0x8015_DD00), None);
        assert_eq!(meaning(0), None);
        assert_eq!(meaning(u64::MAX), None);
    }
}
