//! How a secret lies in the items of a keyring.
//!
//! A head item holds a short secret whole. A longer one lies in parts, numbered from 0, of one of
//! two generations; the head then says which generation, how many parts, and what they must join
//! to. A new secret is written as parts of the other generation, and one write of the head makes
//! it the current one. Parts are written upwards and deleted downwards, so that what a crash
//! leaves of a generation has no gaps and its end can be found.

use secrecy::zeroize::Zeroizing;

use super::VaultError;

/// The first line of a head starts with this; the number is that of this layout.
const MARK: &str = "statlens 1 ";

/// Which of two sets of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    A,
    B,
}

impl Generation {
    pub(super) const ALL: [Self; 2] = [Self::A, Self::B];

    pub(super) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    pub(super) fn letter(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

/// The parts that make up a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartList {
    pub(super) generation: Generation,
    pub(super) count: usize,
    /// Of the whole, in bytes.
    pub(super) length: usize,
    checksum: u64,
}

impl PartList {
    pub(super) fn new(generation: Generation, count: usize, secret: &[u8]) -> Self {
        Self { generation, count, length: secret.len(), checksum: checksum(secret) }
    }

    /// Whether `secret` is what was stored.
    pub(super) fn fits(&self, secret: &[u8]) -> bool {
        self.length == secret.len() && self.checksum == checksum(secret)
    }

    fn parse(words: &str) -> Option<Self> {
        let mut words = words.split(' ');
        let letter = words.next()?;
        let generation = Generation::ALL.into_iter().find(|generation| generation.letter() == letter)?;
        let count = words.next()?.parse().ok()?;
        let length = words.next()?.parse().ok()?;
        let checksum = u64::from_str_radix(words.next()?, 16).ok()?;
        let plausible = count <= length && length <= super::MAX_SECRET_BYTES && words.next().is_none();
        plausible.then_some(Self { generation, count, length, checksum })
    }
}

/// What the head item says.
pub(super) enum Head {
    /// The secret itself.
    Whole(Zeroizing<Vec<u8>>),
    /// The secret lies in these parts.
    Parts(PartList),
    /// The secret is being deleted.
    Forgotten,
}

impl Head {
    pub(super) fn into_parts(self) -> Option<PartList> {
        match self {
            Self::Parts(parts) => Some(parts),
            Self::Whole(_) | Self::Forgotten => None,
        }
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let line = match self {
            Self::Whole(_) => format!("{MARK}whole\n"),
            Self::Parts(PartList { generation, count, length, checksum }) => {
                format!("{MARK}parts {} {count} {length} {checksum:016x}\n", generation.letter())
            }
            Self::Forgotten => format!("{MARK}forgotten\n"),
        };
        let secret: &[u8] = if let Self::Whole(secret) = self { secret } else { &[] };
        // In one piece, so that no smaller buffer with a part of the secret is left behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(line.len() + secret.len()));
        bytes.extend_from_slice(line.as_bytes());
        bytes.extend_from_slice(secret);
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, VaultError> {
        const FOREIGN: VaultError = VaultError::Damaged("another program or a newer Statlens wrote it");
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(FOREIGN)?;
        let line = std::str::from_utf8(&bytes[..end]).ok().and_then(|line| line.strip_prefix(MARK));
        match line.ok_or(FOREIGN)? {
            "whole" => Ok(Self::Whole(Zeroizing::new(bytes[end + 1..].to_vec()))),
            "forgotten" => Ok(Self::Forgotten),
            line => line
                .strip_prefix("parts ")
                .and_then(PartList::parse)
                .map(Self::Parts)
                .ok_or(VaultError::Damaged("the list of its parts cannot be read")),
        }
    }
}

/// FNV-1a: tells parts of one secret from a mix of two. No protection against forgery, which who
/// can write the keyring has no need of.
fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_of_parts_comes_back() {
        let parts = PartList::new(Generation::B, 3, b"secret");
        let Ok(Head::Parts(read)) = Head::decode(&Head::Parts(parts.clone()).encode()) else {
            panic!("not a list of parts")
        };
        assert_eq!(read, parts);
        assert!(read.fits(b"secret"));
        assert!(!read.fits(b"secre7"));
    }

    #[test]
    fn a_list_that_cannot_be_is_damage() {
        for head in [
            "",
            "statlens 1 whole",
            "statlens 2 whole\nx",
            "statlens 1 parts c 1 1 0\n",
            "statlens 1 parts a 9 1 0\n",
            "statlens 1 parts a 1 99999999999 0\n",
            "statlens 1 parts a 1 1 0 0\n",
            "statlens 1 parts a -1 1 0\n",
        ] {
            assert!(matches!(Head::decode(head.as_bytes()), Err(VaultError::Damaged(_))), "{head:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_come_back_whole_and_none_panics(bytes: Vec<u8>) {
            let encoded = Head::Whole(Zeroizing::new(bytes.clone())).encode();
            let Ok(Head::Whole(read)) = Head::decode(&encoded) else { panic!("not whole") };
            prop_assert_eq!(&*read, &bytes);
            let _ = Head::decode(&bytes);
        }
    }
}
