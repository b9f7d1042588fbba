//! Damaged, foreign and unusable files.

use std::{fs, path::Path};

use statlens::{
    model::{Api, Cell, Remedy},
    store::{Store, StoreError},
};

use super::helpers::{XBOX, at, key, row_of_values, xuid};

async fn filled(folder: &Path) {
    let store = Store::open(folder).unwrap();
    let players = (1..400).map(xuid).collect();
    let columns = (0..10).map(|column| key("scid", &format!("Stat{column}"))).collect();
    let run = store.begin_run(XBOX, players, columns, at(1)).await.unwrap();
    for row in 0..399 {
        store.save_cells(run, row_of_values(row, 10, "4531")).await.unwrap();
    }
}

/// A file that is no database any more, and one of which a page in the middle is lost.
#[tokio::test]
async fn a_damaged_file_is_set_aside_and_an_empty_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    for n in 1..=2 {
        filled(folder.path()).await;
        let mut damaged = fs::read(&file).unwrap();
        damaged[..64].fill(b'x');
        fs::write(&file, &damaged).unwrap();
        let store = Store::open(folder.path()).unwrap();
        let aside = folder.path().join(format!("history.damaged-{n}.db"));
        let trouble = store.trouble().unwrap();
        assert!(trouble.contains(&aside.display().to_string()), "{trouble}");
        assert_eq!(fs::read(&aside).unwrap(), damaged);
        assert!(store.last_run(XBOX).await.unwrap().is_none());
        store.put_state("works", "1".to_owned()).await.unwrap();
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().trouble(), None);
    }
}

#[tokio::test]
async fn damage_that_shows_only_while_reading_is_set_aside_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    filled(folder.path()).await;
    let mut damaged = fs::read(&file).unwrap();
    // All pages behind the table of contents.
    let start = 8192.min(damaged.len());
    damaged[start..].fill(0xa5);
    fs::write(&file, &damaged).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut told = store.trouble().map(str::to_owned);
    for _ in 0..2 {
        match store.last_run(XBOX).await {
            Err(error @ StoreError::Damaged { moved_to: Some(_) }) => told = Some(error.to_string()),
            Ok(None) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(told.unwrap().contains("history.damaged-1.db"));
    assert!(folder.path().join("history.damaged-1.db").exists());
    store.put_state("works", "1".to_owned()).await.unwrap();
    assert_eq!(store.state("works").await.unwrap().unwrap(), "1");
}

#[tokio::test]
async fn a_file_of_a_newer_statlens_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    drop(Store::open(folder.path()).unwrap());
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = fs::read(&file).unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error:?}");
    assert!(error.to_string().contains("newer Statlens"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_file_of_an_older_statlens_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(folder.path().join("history.db")).unwrap();
    old.execute_batch(include_str!("../fixtures/store/version_1.sql")).unwrap();
    drop(old);
    for _ in 0..2 {
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.trouble(), None);
        assert_eq!(store.state("key").await.unwrap().unwrap(), "\"kept\"");
        let run = store.last_run(XBOX).await.unwrap().unwrap();
        assert!(matches!(run.table.cell(0, 0), Cell::Value(value) if value.text == "4531"));
        let Cell::Failed(failure) = run.table.cell(1, 0) else { panic!("not failed") };
        assert_eq!((failure.reason.as_str(), failure.causes.len()), ("private", 0));
        assert_eq!(failure.remedy, Remedy::EditPlayers);
        store.spend(XBOX, Api::Stats, at(1)).await.unwrap();
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "mine").unwrap();
    for path in [in_the_way.clone(), in_the_way.join("below")] {
        let error = Store::open(&path).unwrap_err();
        assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
        assert!(error.to_string().contains(&in_the_way.display().to_string()), "{error}");
    }
    assert_eq!(fs::read(&in_the_way).unwrap(), b"mine");
}

/// Nobody can make files in `/sys/kernel`, not even the superuser, whom permissions do not stop.
#[test]
#[cfg(target_os = "linux")]
fn a_read_only_folder_is_an_error_with_its_name() {
    let error = Store::open(Path::new("/sys/kernel")).unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("/sys/kernel"), "{error}");
}

#[tokio::test]
#[cfg(unix)]
async fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("made/here");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let store = Store::open(&folder).unwrap();
    store.put_state("key", "1".to_owned()).await.unwrap();
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in &files {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
    drop(store);
    let file = folder.join("history.db");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    drop(Store::open(&folder).unwrap());
    assert_eq!(mode(&file), 0o600);
}

#[tokio::test]
async fn cells_outside_of_the_table_are_refused_and_the_store_goes_on() {
    let store = Store::in_memory().unwrap();
    let run = store.begin_run(XBOX, vec![xuid(1)], vec![key("scid", "Stat0")], at(1)).await.unwrap();
    for block in [row_of_values(1, 1, "7"), row_of_values(0, 2, "7"), row_of_values(usize::MAX, 1, "7")] {
        assert!(matches!(store.save_cells(run, block).await, Err(StoreError::Outside)));
    }
    assert!(store.last_run(XBOX).await.unwrap().is_none());
    store.save_cells(run, row_of_values(0, 1, "7")).await.unwrap();
    assert!(store.last_run(XBOX).await.unwrap().is_some());
}
