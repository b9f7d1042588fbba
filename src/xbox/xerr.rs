//! What the sign-in service means by an `XErr` (`XBOX-API.md`, section 5).

use crate::model::Remedy;

/// Why the sign-in service refuses, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) reason: &'static str,
    /// What likely caused it, most likely first; empty when the reason says it all.
    pub(super) causes: &'static [&'static str],
    pub(super) advice: &'static str,
    pub(super) remedy: Remedy,
}

/// The family that all these codes belong to, above its last byte.
const FAMILY: u64 = 0x8015_DC00;

/// What each code of the family means, by its last byte.
const MEANINGS: &[(u64, Meaning)] = &[
    (
        0x03,
        account(
            "The account of the token is banned",
            &["It broke the rules of Xbox", "It was taken over by somebody else"],
            "Use another account",
        ),
    ),
    (
        0x04,
        account(
            "The account of the token is banned",
            &["It broke the rules of Xbox", "It was taken over by somebody else"],
            "Use another account",
        ),
    ),
    (
        0x05,
        account(
            "A guardian's settings keep the account of the token from this",
            &["It is a child's, and the guardian has not allowed it"],
            "Ask the guardian to allow it, or use another account",
        ),
    ),
    (
        0x08,
        account(
            "The account of the token has a billing problem",
            &["A payment failed or a card has expired"],
            "Settle it on account.microsoft.com, or use another account",
        ),
    ),
    (
        0x09,
        account(
            "The account of the token has no Xbox profile yet",
            &["Nobody has signed in to Xbox with it so far"],
            "Sign in on xbox.com once, then get a new token",
        ),
    ),
    (
        0x0A,
        account(
            "The account of the token has not accepted the terms of Xbox",
            &["The terms are new to it, or have changed"],
            "Sign in on xbox.com and accept them, then get a new token",
        ),
    ),
    (
        0x0B,
        account(
            "Xbox Live is not available in the region of the token's account",
            &["The account's country has no Xbox Live", "The account's country is set wrongly"],
            "Use an account of another region",
        ),
    ),
    (
        0x0C,
        account(
            "The account of the token must prove its age",
            &["The law of its country wants a proof"],
            "Sign in on xbox.com and do so, then get a new token",
        ),
    ),
    (
        0x0D,
        account(
            "The account of the token has used up its playtime",
            &["A guardian has set a limit"],
            "Wait until it may play again, or use another account",
        ),
    ),
    (
        0x0E,
        account(
            "The account of the token is a child's and belongs to no family",
            &["No adult has added it to a family yet"],
            "Add it to a family on account.microsoft.com, or use another account",
        ),
    ),
    (
        0x0F,
        account(
            "The account of the token needs maintenance",
            &["It must be confirmed, or something about it is missing"],
            "Sign in on xbox.com and follow what it asks, then get a new token",
        ),
    ),
    (
        0x10,
        account(
            "The account of the token needs maintenance",
            &["It must be confirmed, or something about it is missing"],
            "Sign in on xbox.com and follow what it asks, then get a new token",
        ),
    ),
    (
        0x11,
        account(
            "Accounts of this type are not allowed here",
            &["It is a test account outside of its sandbox, or a work account"],
            "Use another account",
        ),
    ),
    (
        0x12,
        account(
            "The account of the token has no access to this sandbox",
            &["It is no test account of the sandbox", "The sandbox is misspelt: capitals count"],
            "Use a test account of the sandbox, or another sandbox",
        ),
    ),
    (
        0x13,
        account(
            "The account of the token must change its gamertag first",
            &["Its gamertag broke a rule"],
            "Sign in on xbox.com and do so, then get a new token",
        ),
    ),
    (
        0x18,
        account(
            "Retail accounts are not allowed in this sandbox",
            &["The account is an everyday one, and no test account of the sandbox"],
            "Use a test account, or the sandbox RETAIL",
        ),
    ),
    (
        0x19,
        title(
            "The sandbox of the token may not see this title",
            &["The title is in another sandbox", "The SCID is misspelt"],
            "Check the SCID, or use a token of the title's sandbox",
        ),
    ),
];

/// A code of the family that is in no list.
const UNKNOWN: Meaning = account(
    "The sign-in service refused the account of the token",
    &["Something about the account needs its owner"],
    "Sign in on xbox.com to see what is wrong, or use another account",
);

const fn account(reason: &'static str, causes: &'static [&'static str], advice: &'static str) -> Meaning {
    Meaning { reason, causes, advice, remedy: Remedy::NewToken }
}

const fn title(reason: &'static str, causes: &'static [&'static str], advice: &'static str) -> Meaning {
    Meaning { reason, causes, advice, remedy: Remedy::EditStats }
}

/// What the code means, if it is one of the sign-in service's.
pub(super) fn meaning(code: u64) -> Option<Meaning> {
    let low = code.checked_sub(FAMILY).filter(|low| *low <= 0xFF)?;
    let known = MEANINGS.iter().find(|(known, _)| *known == low);
    Some(known.map_or(UNKNOWN, |(_, meaning)| *meaning))
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
