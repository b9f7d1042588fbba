//! What can go wrong with the database, in words for the user.

use std::{io, path::PathBuf};

use rusqlite::ErrorCode;

/// Why something could not be kept or read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder, or the file in it, cannot be made or written.
    #[error(
        "{} cannot be made or written, so nothing is kept for the next start. Check its permissions, or set \
         STATLENS_HOME to another folder",
        path.display()
    )]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A newer Statlens wrote the database. It was left as it is.
    #[error(
        "{} was written by a newer Statlens (version {found} of the file, this one knows {known}), so it is \
         left alone and nothing is kept. Update Statlens, or move the file away",
        path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The latest version that is known.
        known: i64,
    },
    /// The database was found to be damaged.
    #[error("The history is damaged and could not be read. {}", damaged_advice(moved_to.as_ref()))]
    Damaged {
        /// Where it lies now, when it could be set aside and an empty one begun.
        moved_to: Option<PathBuf>,
    },
    /// The disk is full.
    #[error("The disk is full, so the latest results are not kept. Free some space and fetch again")]
    Full,
    /// The file or folder cannot be written.
    #[error(
        "The history cannot be written, so the latest results are not kept. Check that its folder and file \
         may be written and that the disk has space"
    )]
    Unwritable(#[source] rusqlite::Error),
    /// Another process keeps the database to itself.
    #[error("The history is in use by another program, so this was not kept. Close other Statlens windows")]
    Busy,
    /// A text in the database is not what was written there.
    #[error("What was kept cannot be read back. Statlens goes on without it")]
    Unreadable(#[source] serde_json::Error),
    /// The thread of the database is gone.
    #[error("The history is closed, so nothing is kept any more. Start Statlens again")]
    Stopped,
    /// A cell for a row or column that its run does not have: a mistake of ours.
    #[error("Some results do not fit the table that they belong to, so they were not kept. Fetch again")]
    Outside,
    /// Anything else that the database reported.
    #[error("The history reported an error, so this was not kept. Start Statlens again if it stays")]
    Sqlite(#[source] Box<dyn std::error::Error + Send + Sync>),
}

fn damaged_advice(moved_to: Option<&PathBuf>) -> String {
    match moved_to {
        Some(path) => format!("It was set aside as {} and an empty one begun", path.display()),
        None => "Move the file history.db away and start Statlens again".to_owned(),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { moved_to: None },
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure,
            ) => Self::Unwritable(error),
            _ => Self::Sqlite(Box::new(error)),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
    }
}
