//! Which keyring this operating system has.
//!
//! The first time the `keyring` crate picks it. That crate remembers a failed start for the whole
//! process, and its connection may outlive the service behind it, so every later time makes a new
//! store from the same platform crates.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use keyring_core::{CredentialStore, Error};

/// The most bytes of an item. Windows: `CRED_MAX_CREDENTIAL_BLOB_SIZE`.
pub(super) const ITEM_LIMIT: Option<usize> = if cfg!(target_os = "windows") { Some(2560) } else { None };

/// Opens the keyring of this system.
pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
    static OPENED_BEFORE: AtomicBool = AtomicBool::new(false);
    if !OPENED_BEFORE.swap(true, Ordering::Relaxed)
        && keyring::Entry::store_status().is_ok()
        && let Some(store) = keyring_core::get_default_store()
    {
        return Ok(store);
    }
    open_anew()
}

/// The login keychain.
#[cfg(target_os = "macos")]
fn open_anew() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// The credential manager.
#[cfg(target_os = "windows")]
fn open_anew() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The Secret Service on the session bus: gnome-keyring, `KWallet`, `KeePassXC` and others.
#[cfg(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
fn open_anew() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// None that is known.
#[cfg(not(any(target_os = "windows", all(unix, not(any(target_os = "ios", target_os = "android"))))))]
fn open_anew() -> Result<Arc<CredentialStore>, Error> {
    Err(Error::NotSupportedByStore("no keyring is known for this system".to_owned()))
}
