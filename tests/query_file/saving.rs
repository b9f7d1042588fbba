//! Query files on disk: saved, opened, and what goes wrong with either.

use statlens::formats::query_file::{FileError, load, save};

use crate::FILE;

#[test]
fn a_file_is_saved_whole_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("night.toml");
    save(&path, FILE).expect("saved");
    assert_eq!(load(&path).expect("opened").text, FILE);
    save(&path, "name = 'other'").expect("saved over it");
    assert_eq!(load(&path).expect("opened").file.query.name, "other");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (path, link) = (folder.path().join("night.toml"), folder.path().join("link.toml"));
    save(&path, FILE).expect("saved");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&path, &link).expect("linked");
    save(&link, "name = 'other'").expect("saved through the link");
    assert!(std::fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert_eq!(load(&path).expect("opened").file.query.name, "other");
    assert_eq!(std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o440)).expect("set");
    assert!(matches!(save(&path, FILE), Err(FileError::Write { .. })), "a file to be only read is");
    assert_eq!(load(&path).expect("opened").file.query.name, "other");
}

#[test]
fn what_cannot_be_opened_or_saved_names_the_file_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gone").join("night.toml");
    let words = load(&path).expect_err("it is not there").to_string();
    assert!(words.contains("night.toml") && words.contains("Check that"), "{words}");
    let words = save(&path, FILE).expect_err("its folder is not there").to_string();
    assert!(words.contains("night.toml") && words.contains("as it was"), "{words}");
    let path = folder.path().join("picture.toml");
    std::fs::write(&path, [0xff, 0xfe, 0]).expect("written");
    assert!(matches!(load(&path), Err(FileError::NotText(_))));
    std::fs::write(&path, "\n\nname = 5").expect("written");
    let words = load(&path).expect_err("broken").to_string();
    assert!(words.contains("picture.toml, line 3: \"name\" must be text"), "{words}");
    assert!(load(folder.path()).is_err() && save(folder.path(), FILE).is_err());
}
