//! One profile's items in a credential store.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::zeroize::Zeroizing;

use super::{
    VaultError,
    layout::{Generation, Head, PartList},
};

/// Under which name the items stand in the keyring.
const SERVICE: &str = "Statlens";

/// Reads, writes and deletes the items of one profile.
pub(super) struct Items<'a> {
    store: &'a Arc<CredentialStore>,
    profile: &'a str,
}

impl<'a> Items<'a> {
    pub(super) fn new(store: &'a Arc<CredentialStore>, profile: &'a str) -> Self {
        Self { store, profile }
    }

    pub(super) fn head(&self) -> Result<Option<Head>, VaultError> {
        match self.head_entry()?.get_secret() {
            Ok(bytes) => Head::decode(&Zeroizing::new(bytes)).map(Some),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn write_head(&self, bytes: &[u8]) -> Result<(), VaultError> {
        Ok(self.head_entry()?.set_secret(bytes)?)
    }

    pub(super) fn delete_head(&self) -> Result<(), VaultError> {
        delete(&self.head_entry()?)
    }

    pub(super) fn write_part(
        &self,
        generation: Generation,
        index: usize,
        bytes: &[u8],
    ) -> Result<(), VaultError> {
        Ok(self.part_entry(generation, index)?.set_secret(bytes)?)
    }

    /// Puts the parts together and checks that they are what was stored.
    pub(super) fn join(&self, parts: &PartList) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut secret = Zeroizing::new(Vec::with_capacity(parts.length));
        for index in 0..parts.count {
            match self.part_entry(parts.generation, index)?.get_secret() {
                // Any longer, the buffer would move and leave a copy behind.
                Ok(part) if secret.len() + part.len() <= parts.length => {
                    secret.extend_from_slice(&Zeroizing::new(part));
                }
                Ok(part) => {
                    drop(Zeroizing::new(part));
                    return Err(VaultError::Damaged("its parts are too long"));
                }
                Err(Error::NoEntry) => return Err(VaultError::Damaged("a part of it is missing")),
                Err(error) => return Err(error.into()),
            }
        }
        if parts.fits(&secret) { Ok(secret) } else { Err(VaultError::Damaged("its parts do not fit")) }
    }

    /// Whether any generation has a part.
    pub(super) fn has_parts(&self) -> Result<bool, VaultError> {
        for generation in Generation::ALL {
            if self.has_part(generation, 0)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Deletes all parts but those of `keep`. `old` tells of parts that are surely there, so that
    /// they go even when one before them is missing.
    pub(super) fn clean(&self, keep: Option<&PartList>, old: Option<&PartList>) -> Result<(), VaultError> {
        let count_in = |parts: Option<&PartList>, generation| {
            parts.filter(|parts| parts.generation == generation).map_or(0, |parts| parts.count)
        };
        for generation in Generation::ALL {
            let start = count_in(keep, generation);
            let mut end = start.max(count_in(old, generation));
            while self.has_part(generation, end)? {
                end += 1;
            }
            for index in (start..end).rev() {
                delete(&self.part_entry(generation, index)?)?;
            }
        }
        Ok(())
    }

    fn has_part(&self, generation: Generation, index: usize) -> Result<bool, VaultError> {
        match self.part_entry(generation, index)?.get_credential() {
            Ok(_) | Err(Error::Ambiguous(_)) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn head_entry(&self) -> Result<Entry, VaultError> {
        Ok(self.store.build(SERVICE, &format!("token/{}", self.profile), None)?)
    }

    /// The profile stands last, so that whatever is in its name, no two items get one name.
    fn part_entry(&self, generation: Generation, index: usize) -> Result<Entry, VaultError> {
        let name = format!("token-part/{}/{index}/{}", generation.letter(), self.profile);
        Ok(self.store.build(SERVICE, &name, None)?)
    }
}

/// Deletes an item, or all of that name. One that is not there is as good as deleted.
fn delete(entry: &Entry) -> Result<(), VaultError> {
    match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(Error::Ambiguous(all)) => all.iter().try_for_each(delete),
        Err(error) => Err(error.into()),
    }
}
