//! Which keyring this operating system has.
//!
//! Every call makes a new store. The process-wide default that keyring libraries offer remembers a
//! failed start for good, which would leave nobody a second try.

use std::sync::Arc;

use keyring_core::{CredentialStore, Error};

/// The most bytes of an item. Windows: `CRED_MAX_CREDENTIAL_BLOB_SIZE`.
pub(super) const ITEM_LIMIT: Option<usize> = if cfg!(target_os = "windows") { Some(2560) } else { None };

/// The login keychain.
#[cfg(target_os = "macos")]
pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// The credential manager.
#[cfg(target_os = "windows")]
pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The Secret Service on the session bus: gnome-keyring, `KWallet`, `KeePassXC` and others.
#[cfg(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// None that is known.
#[cfg(not(any(target_os = "windows", all(unix, not(any(target_os = "ios", target_os = "android"))))))]
pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
    Err(Error::NotSupportedByStore("no keyring is known for this system".to_owned()))
}
