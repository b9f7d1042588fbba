//! The token in the keyring of the operating system.
//!
//! A secret is stored whole or not at all: a crash between any two writes leaves the earlier one
//! readable. Nothing in here writes a secret anywhere but into the keyring, puts one into an
//! error or a log, or knows what a token looks like inside. All functions block, some until the
//! user has answered a prompt of the system. Start with [`Vault`]; `layout` says how a secret lies
//! in the keyring's items, `items` reads and writes them, `platform` picks the keyring.

mod error;
mod items;
mod layout;
mod platform;

use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::CredentialStore;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

pub use error::VaultError;
use items::Items;
use layout::{Generation, Head, PartList};

/// The longest secret that is taken. Tokens have 2,000 to 6,000 bytes; far more is a mistake.
const MAX_SECRET_BYTES: usize = 128 * 1024;

/// How often a secret is read anew when another process replaces it meanwhile.
const READ_ATTEMPTS: usize = 3;

/// Secrets by profile, in the keyring of the operating system.
///
/// After a [`VaultError::NoStore`] or [`VaultError::Refused`] open a new one: a keyring service
/// that was started or restarted since is then found.
pub struct Vault {
    store: Arc<CredentialStore>,
    /// The most bytes that one item holds, where there is a limit.
    item_limit: Option<usize>,
    /// Held during each call: keyrings promise little about calls from several threads at once.
    one_at_a_time: Mutex<()>,
}

impl Vault {
    /// Opens the keyring of this operating system. Every call looks anew whether there is one.
    ///
    /// # Errors
    /// [`VaultError::NoStore`] when there is none.
    pub fn open() -> Result<Self, VaultError> {
        let store = platform::open().map_err(VaultError::no_store)?;
        Ok(Self::with_store(store, platform::ITEM_LIMIT))
    }

    /// Uses a given store, of which an item holds at most `item_limit` bytes.
    pub fn with_store(store: Arc<CredentialStore>, item_limit: Option<usize>) -> Self {
        Self { store, item_limit, one_at_a_time: Mutex::new(()) }
    }

    /// Stores the profile's secret in place of an earlier one.
    ///
    /// # Errors
    /// Any [`VaultError`]; the earlier secret is then still there, whole.
    pub fn save(&self, profile: &str, secret: &SecretString) -> Result<(), VaultError> {
        let secret = secret.expose_secret().as_bytes();
        if secret.len() > MAX_SECRET_BYTES {
            return Err(VaultError::TooLarge { limit: MAX_SECRET_BYTES });
        }
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let items = Items::new(&self.store, profile);
        let old = match items.head() {
            // There is nothing whole to preserve.
            Err(VaultError::Damaged(_)) => None,
            head => head?.and_then(Head::into_parts),
        };
        let new = self.write(&items, secret, old.as_ref())?;
        if let Err(error) = items.clean(new.as_ref(), old.as_ref()) {
            tracing::warn!(%error, "parts of the earlier token stay in the keyring until the next save");
        }
        Ok(())
    }

    /// Reads the profile's secret. `None` when there is none.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when what is stored is not what was saved, or any other.
    pub fn load(&self, profile: &str) -> Result<Option<SecretString>, VaultError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let items = Items::new(&self.store, profile);
        let mut unread: Option<(PartList, VaultError)> = None;
        for _ in 0..READ_ATTEMPTS {
            let bytes = match items.head()? {
                None => return Ok(None),
                Some(Head::Forgotten) => {
                    if let Err(error) = forget(&items) {
                        tracing::warn!(%error, "a forgotten token could not be deleted yet");
                    }
                    return Ok(None);
                }
                Some(Head::Whole(bytes)) => bytes,
                Some(Head::Parts(parts)) => match items.join(&parts) {
                    Ok(bytes) => bytes,
                    // Parts that do not fit are damage, unless the head says by now that another
                    // process has put new ones in their place.
                    Err(error @ VaultError::Damaged(_)) => match unread.replace((parts.clone(), error)) {
                        Some((before, error)) if before == parts => return Err(error),
                        _ => continue,
                    },
                    Err(error) => return Err(error),
                },
            };
            return match std::str::from_utf8(&bytes) {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(_) => Err(VaultError::Damaged("it is not text")),
            };
        }
        Err(unread.map_or(VaultError::Damaged("it changes all the time"), |(_, error)| error))
    }

    /// Deletes the profile's secret and all that crashes may have left of earlier ones.
    ///
    /// # Errors
    /// Any [`VaultError`]. The secret is then either still readable as a whole, or no longer
    /// readable and deleted by the next call of any kind that succeeds.
    pub fn forget(&self, profile: &str) -> Result<(), VaultError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&Items::new(&self.store, profile))
    }

    /// Writes the secret beside the old one and then switches over. Returns the parts it went
    /// into, `None` when the head holds it whole.
    fn write(
        &self,
        items: &Items<'_>,
        secret: &[u8],
        old: Option<&PartList>,
    ) -> Result<Option<PartList>, VaultError> {
        let whole = Head::Whole(Zeroizing::new(secret.to_vec())).encode();
        let Some(limit) = self.item_limit.filter(|limit| whole.len() > *limit) else {
            items.write_head(&whole)?;
            return Ok(None);
        };
        let generation = old.map_or(Generation::A, |parts| parts.generation.other());
        let mut count = 0;
        for part in secret.chunks(limit.max(1)) {
            items.write_part(generation, count, part)?;
            count += 1;
        }
        let parts = PartList::new(generation, count, secret);
        items.write_head(&Head::Parts(parts.clone()).encode())?;
        Ok(Some(parts))
    }
}

fn forget(items: &Items<'_>) -> Result<(), VaultError> {
    let parts = match items.head() {
        Err(VaultError::Damaged(_)) => None,
        head => head?.and_then(Head::into_parts),
    };
    if parts.is_some() || items.has_parts()? {
        // Should this end half-way, the next load sees a forgotten token, not a damaged one.
        items.write_head(&Head::Forgotten.encode())?;
        items.clean(None, parts.as_ref())?;
    }
    items.delete_head()
}
