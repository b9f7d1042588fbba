//! What can go wrong with a keyring, in words for the user.

use keyring_core::error::{Error, PlatformError};
use secrecy::zeroize::Zeroizing;

/// Why a token could not be stored, read or deleted. No variant holds any of a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no keyring.
    #[error("{}", NO_STORE)]
    NoStore(#[source] PlatformError),
    /// The keyring is locked, and the user did not unlock it; or it was never set up.
    #[error(
        "The keyring is locked or not set up, so the token cannot be kept or read. Unlock it and try again, \
         or keep the token for this session only"
    )]
    Locked(#[source] PlatformError),
    /// The keyring answered with an error of its own.
    #[error(
        "The keyring of this computer reported an error, so the token could not be kept or read. Try again, \
         or keep the token for this session only"
    )]
    Refused(#[source] PlatformError),
    /// What is stored is not what was saved. Saving and forgetting mend it.
    #[error("The token in the keyring is damaged: {0}. Paste the token again, or forget it")]
    Damaged(&'static str),
    /// The secret does not fit.
    #[error(
        "The token is too long for the keyring, which takes {limit} bytes. Check that only a token was \
         pasted, or keep it for this session only"
    )]
    TooLarge {
        /// The most bytes that fit.
        limit: usize,
    },
}

#[cfg(all(unix, not(target_os = "macos")))]
const NO_STORE: &str = "This computer offers no keyring to keep the token in: no Secret Service answers. \
    Install gnome-keyring or KWallet and try again, or keep the token for this session only";
#[cfg(not(all(unix, not(target_os = "macos"))))]
const NO_STORE: &str = "The keyring of this computer could not be opened, so the token cannot be kept or \
    read. Try again, or keep the token for this session only";

impl VaultError {
    pub(super) fn no_store(error: Error) -> Self {
        match error {
            Error::PlatformFailure(error) | Error::NoStorageAccess(error) => Self::NoStore(error),
            other => Self::NoStore(Box::new(other)),
        }
    }
}

impl From<Error> for VaultError {
    fn from(error: Error) -> Self {
        match error {
            Error::NoStorageAccess(error) => Self::Locked(error),
            Error::PlatformFailure(error) => Self::Refused(error),
            Error::TooLong(_, limit) => {
                Self::TooLarge { limit: usize::try_from(limit).unwrap_or(usize::MAX) }
            }
            // These two carry the stored bytes.
            Error::BadEncoding(bytes) | Error::BadDataFormat(bytes, _) => {
                drop(Zeroizing::new(bytes));
                Self::Damaged("the keyring cannot decode it")
            }
            Error::BadStoreFormat(_) => Self::Damaged("the keyring itself is not as it should be"),
            Error::Ambiguous(_) => Self::Damaged("the keyring holds it more than once"),
            error @ Error::NoDefaultStore => Self::no_store(error),
            other => Self::Refused(Box::new(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_carries_stored_bytes_loses_them() {
        let secret = b"not to be seen".to_vec();
        let broken = std::io::Error::other("broken");
        for error in
            [Error::BadEncoding(secret.clone()), Error::BadDataFormat(secret.clone(), Box::new(broken))]
        {
            let error = VaultError::from(error);
            assert!(matches!(error, VaultError::Damaged(_)));
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("not to be seen") && !shown.contains("110, 111, 116"), "{shown}");
        }
    }
}
