//! Processes that are killed, that meet, and that run out of space.

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use statlens::{
    model::{Cell, RowState},
    store::{Store, StoreError},
};

use super::helpers::{XBOX, at, key, player, row_of_values, xuid};

const ROLE: &str = "STATLENS_STORE_TEST_ROLE";
const FOLDER: &str = "STATLENS_STORE_TEST_FOLDER";
const ROWS: usize = 20_000;
const COLUMNS: usize = 4;

/// What a re-executed test binary needs to play a role.
const ARGUMENTS: [&str; 4] = ["store::processes::role", "--exact", "--ignored", "--nocapture"];

fn playing<'a>(command: &'a mut Command, role: &str, folder: &Path) -> &'a mut Command {
    command.args(ARGUMENTS).env(ROLE, role).env(FOLDER, folder)
}

fn this_binary() -> PathBuf {
    env::current_exe().unwrap()
}

#[tokio::test]
#[ignore = "started by the other tests, in its own process"]
async fn role() {
    let folder = PathBuf::from(env::var_os(FOLDER).unwrap());
    match env::var(ROLE).unwrap().as_str() {
        "write until killed" => write(&folder, XBOX, ROWS, |row| println!("\ncommitted {row}")).await,
        "fill the disk" => fill_the_disk(&folder).await,
        service => write(&folder, service, 100, |_| ()).await,
    }
}

/// Writes a run of `rows` rows, and reports each that is committed.
async fn write(folder: &Path, service: &str, rows: usize, report: impl Fn(usize)) {
    let store = Store::open(folder).unwrap();
    assert_eq!(store.trouble(), None);
    let players = (0..rows as u64).map(xuid).collect();
    let columns = (0..COLUMNS).map(|column| key("scid", &format!("Stat{column}"))).collect();
    let run = store.begin_run(service, players, columns, at(1)).await.unwrap();
    for row in 0..rows {
        let state = RowState::Known(player(row as u64, "Known"));
        store.save_rows(run, vec![(row, state)]).await.unwrap();
        store.save_cells(run, row_of_values(row, COLUMNS, &row.to_string())).await.unwrap();
        report(row);
    }
}

#[tokio::test]
async fn all_that_was_committed_is_there_after_a_kill() {
    for enough in [1, 40, 300] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = playing(&mut Command::new(this_binary()), "write until killed", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next_committed =
            || output.by_ref().find_map(|line| line.unwrap().strip_prefix("committed ").map(str::to_owned));
        let mut committed = 0;
        while committed < enough {
            committed = next_committed().expect("the child ended by itself").parse().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        while let Some(row) = next_committed() {
            committed = row.parse().unwrap();
        }

        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.trouble(), None);
        let read = store.last_run(XBOX).await.unwrap().unwrap();
        for row in 0..=committed {
            assert_eq!(read.table.rows()[row].name(), "Known");
            for column in 0..COLUMNS {
                let cell = read.table.cell(row, column);
                assert!(
                    matches!(cell, Cell::Value(value) if value.text == row.to_string()),
                    "{row}: {cell:?}"
                );
            }
        }
        assert_eq!(read.table.counts().pending, 0);
    }
}

#[tokio::test]
async fn processes_that_open_one_folder_at_once_all_work() {
    let folder = tempfile::tempdir().unwrap();
    let services = ["one", "two", "three", "four"];
    let children = services.map(|service| {
        playing(&mut Command::new(this_binary()), service, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    });
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let store = Store::open(folder.path()).unwrap();
    for service in services {
        let read = store.last_run(service).await.unwrap().unwrap();
        assert_eq!(read.table.counts().values, 100 * COLUMNS);
    }
}

/// No file of the child may grow over a limit, which writing answers like a full disk.
#[tokio::test]
#[cfg(unix)]
async fn a_disk_without_space_is_told_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let limited = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", limited]).arg(this_binary());
    let output = playing(&mut shell, "fill the disk", folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.trouble(), None);
    assert_eq!(store.state("before").await.unwrap().unwrap(), "1");
    assert_eq!(store.state("after").await.unwrap().unwrap(), "2");
    assert_eq!(store.state("large").await.unwrap(), None);
}

async fn fill_the_disk(folder: &Path) {
    let store = Store::open(folder).unwrap();
    store.put_state("before", "1".to_owned()).await.unwrap();
    let error = store.put_state("large", "x".repeat(4 << 20)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_) | StoreError::Full), "{error:?}");
    assert!(error.to_string().contains("space"), "{error}");
    store.put_state("after", "2".to_owned()).await.unwrap();
}
