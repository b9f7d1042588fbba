//! The database file: opened, made ready, and set aside when it is damaged.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode};

use super::{StoreError, schema};

const FILE: &str = "history.db";

/// How long a write waits for another process's.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Switching to WAL does not wait for other processes by itself, so it is tried again.
const WAL_ATTEMPTS: u32 = 50;
const WAL_PAUSE: Duration = Duration::from_millis(20);

/// More damaged files than this are nobody's bad luck any more.
const MOST_SET_ASIDE: u32 = 1000;

/// `SQLite` keeps these beside the file itself.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// An open database.
pub(super) struct Database {
    connection: Connection,
    /// `None` when it lives in memory.
    path: Option<PathBuf>,
}

impl Database {
    /// Opens the file in `folder`. Also returns what was wrong with it, if it had to be set aside.
    pub(super) fn open(folder: &Path) -> Result<(Self, Option<String>), StoreError> {
        create_folder(folder).map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        let path = folder.join(FILE);
        let (connection, trouble) = match connect(&path) {
            Err(StoreError::Damaged { .. }) => {
                let moved_to = set_aside(&path)?;
                let trouble = StoreError::Damaged { moved_to: Some(moved_to) };
                (connect(&path)?, Some(trouble.to_string()))
            }
            connection => (connection?, None),
        };
        Ok((Self { connection, path: Some(path) }, trouble))
    }

    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection, path: None })
    }

    /// Does some work. When that finds damage, the file is set aside and an empty one begun.
    pub(super) fn run<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let result = work(&mut self.connection);
        if let Err(StoreError::Damaged { .. }) = result
            && let Some(path) = self.path.clone()
        {
            return Err(StoreError::Damaged { moved_to: Some(self.begin_anew(&path)?) });
        }
        result
    }

    fn begin_anew(&mut self, path: &Path) -> Result<PathBuf, StoreError> {
        // A file in use cannot be renamed everywhere, so the old connection goes first.
        self.connection = Connection::open_in_memory()?;
        let moved_to = set_aside(path)?;
        self.connection = connect(path)?;
        Ok(moved_to)
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let folder_error = |source| StoreError::Folder { path: path.to_owned(), source };
    make_private(path).map_err(folder_error)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let found = schema::version(&connection)?;
    let known = schema::known_version();
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    use_wal(&connection)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

fn use_wal(connection: &Connection) -> rusqlite::Result<()> {
    let mut attempt = 0;
    loop {
        let switched = connection.query_row("PRAGMA journal_mode = WAL", (), |row| row.get::<_, String>(0));
        let busy =
            matches!(&switched, Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        attempt += 1;
        if !busy || attempt == WAL_ATTEMPTS {
            return switched.map(|_| ());
        }
        thread::sleep(WAL_PAUSE);
    }
}

/// Renames the file and its companions to the first free `history.damaged-<n>.db`.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let moved_to = (1..=MOST_SET_ASIDE)
        .map(|n| path.with_file_name(format!("history.damaged-{n}.db")))
        .find(|free| !free.exists())
        .ok_or(StoreError::Damaged { moved_to: None })?;
    let folder_error = |source| StoreError::Folder { path: path.to_owned(), source };
    fs::rename(path, &moved_to).map_err(folder_error)?;
    for companion in COMPANIONS {
        match fs::rename(with_suffix(path, companion), with_suffix(&moved_to, companion)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(folder_error(error)),
            _ => {}
        }
    }
    Ok(moved_to)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A folder that is there already keeps its permissions: it may be shared on purpose.
#[cfg(unix)]
fn create_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes the file, or an existing one, readable by its owner alone. `SQLite` gives its companions
/// the same permissions.
#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    let mut permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o077 != 0 {
        permissions.set_mode(0o600);
        file.set_permissions(permissions)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new().create(true).append(true).open(path).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::state;

    #[test]
    fn a_full_disk_is_told_and_passes() {
        let folder = tempfile::tempdir().unwrap();
        let (mut database, _) = Database::open(folder.path()).unwrap();
        let pages: i64 = database.connection.query_row("PRAGMA page_count", (), |row| row.get(0)).unwrap();
        let limit = |database: &Database, pages: i64| {
            let sql = format!("PRAGMA max_page_count = {pages}");
            database.connection.query_row(&sql, (), |_| Ok(())).unwrap();
        };
        let large = "x".repeat(1 << 20);
        limit(&database, pages + 2);
        database.run(|connection| state::put(connection, "small", "1")).unwrap();
        let error = database.run(|connection| state::put(connection, "large", &large)).unwrap_err();
        assert!(matches!(error, StoreError::Full), "{error:?}");
        assert_eq!(database.run(|connection| state::get(connection, "small")).unwrap().unwrap(), "1");
        limit(&database, 1 << 20);
        database.run(|connection| state::put(connection, "large", &large)).unwrap();
    }
}
