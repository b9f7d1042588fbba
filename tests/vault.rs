//! The vault over a store that can fail at any write, and over a real Secret Service.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

use keyring_core::{
    CredentialStore, Entry, Error, Result,
    api::{Credential, CredentialApi, CredentialStoreApi},
};
use secrecy::{ExposeSecret, SecretString};
use statlens::vault::{Vault, VaultError};

/// As many bytes as an item of the Windows credential store takes.
const WINDOWS_LIMIT: usize = 2560;
const LENGTHS: [usize; 5] = [200, 2560, 2561, 6000, 40_000];

/// Items by user name, shared by all stores made from it: the part that outlives a crash.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    items: BTreeMap<String, Vec<u8>>,
    /// Writes and deletes that still succeed; after them the process counts as dead.
    left: Option<usize>,
    changes: usize,
    /// What another process puts in place of `items` as soon as a part is read.
    meanwhile: Option<BTreeMap<String, Vec<u8>>>,
}

impl Disk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn vault(&self, limit: Option<usize>) -> Vault {
        Vault::with_store(Arc::new(FakeStore { disk: self.clone(), limit }), limit)
    }

    /// Does `work`, lets it die after `left` changes, and returns how many it made.
    fn dying_after(&self, left: usize, work: impl FnOnce()) -> usize {
        let before = self.state().changes;
        self.state().left = Some(left);
        work();
        self.state().left = None;
        self.state().changes - before
    }

    fn names(&self) -> Vec<String> {
        self.state().items.keys().cloned().collect()
    }

    fn is_dead(&self) -> bool {
        self.state().left == Some(0)
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Result<()> {
        let mut state = self.state();
        if let Some(left) = &mut state.left {
            if *left == 0 {
                return Err(dead());
            }
            *left -= 1;
        }
        state.changes += 1;
        change(&mut state.items);
        Ok(())
    }
}

fn dead() -> Error {
    Error::PlatformFailure("the process is dead".into())
}

struct FakeStore {
    disk: Disk,
    limit: Option<usize>,
}

impl CredentialStoreApi for FakeStore {
    fn vendor(&self) -> String {
        "test".to_owned()
    }

    fn id(&self) -> String {
        "test".to_owned()
    }

    fn build(&self, _service: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let item = FakeItem { disk: self.disk.clone(), limit: self.limit, user: user.to_owned() };
        Ok(Entry::new_with_credential(Arc::new(item)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct FakeItem {
    disk: Disk,
    limit: Option<usize>,
    user: String,
}

impl CredentialApi for FakeItem {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        if let Some(limit) = self.limit.filter(|limit| secret.len() > *limit) {
            return Err(Error::TooLong("secret".to_owned(), u32::try_from(limit).unwrap()));
        }
        self.disk.change(|items| drop(items.insert(self.user.clone(), secret.to_vec())))
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        if self.disk.is_dead() {
            return Err(dead());
        }
        let mut state = self.disk.state();
        if self.user.starts_with("token-part/")
            && let Some(items) = state.meanwhile.take()
        {
            state.items = items;
        }
        state.items.get(&self.user).cloned().ok_or(Error::NoEntry)
    }

    fn delete_credential(&self) -> Result<()> {
        if !self.disk.state().items.contains_key(&self.user) {
            return Err(Error::NoEntry);
        }
        self.disk.change(|items| drop(items.remove(&self.user)))
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        self.get_secret().map(|_| None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A secret of this many bytes that differs from those of other seeds in every part.
fn secret(length: usize, seed: usize) -> SecretString {
    let letters = (0..7).map(|at| char::from(b'a' + ((at + seed) % 26) as u8));
    let mut text = letters.collect::<String>().repeat(length / 7 + 1);
    text.truncate(length);
    text.into()
}

fn loaded(vault: &Vault, profile: &str) -> Option<String> {
    vault.load(profile).unwrap().map(|secret| secret.expose_secret().to_owned())
}

#[track_caller]
fn assert_holds(vault: &Vault, profile: &str, expected: &SecretString) {
    assert!(loaded(vault, profile).as_deref() == Some(expected.expose_secret()), "another secret or none");
}

#[test]
fn a_secret_of_any_length_comes_back_from_a_store_with_small_items() {
    let disk = Disk::default();
    let vault = disk.vault(Some(WINDOWS_LIMIT));
    assert!(vault.load("default").unwrap().is_none());
    for length in [0, 1].into_iter().chain(LENGTHS).chain(LENGTHS.into_iter().rev()) {
        vault.save("default", &secret(length, 1)).unwrap();
        assert_holds(&disk.vault(Some(WINDOWS_LIMIT)), "default", &secret(length, 1));
        let least = length.div_ceil(WINDOWS_LIMIT).max(1);
        assert!(disk.names().len() <= least + 1, "{length} bytes leave {:?}", disk.names());
    }
    vault.forget("default").unwrap();
    assert!(vault.load("default").unwrap().is_none());
    assert_eq!(disk.names(), [""; 0]);
}

#[test]
fn a_store_without_a_limit_gets_one_item() {
    let disk = Disk::default();
    let vault = disk.vault(None);
    for length in LENGTHS {
        vault.save("default", &secret(length, 1)).unwrap();
        assert_eq!(disk.names(), ["token/default"]);
        assert_holds(&vault, "default", &secret(length, 1));
    }
}

#[test]
fn a_crash_between_any_two_writes_leaves_the_old_or_the_new_secret_whole() {
    for old_length in [None].into_iter().chain(LENGTHS.map(Some)) {
        for new_length in LENGTHS {
            for left in 0.. {
                let disk = Disk::default();
                let vault = disk.vault(Some(WINDOWS_LIMIT));
                if let Some(length) = old_length {
                    vault.save("default", &secret(length, 1)).unwrap();
                }
                let mut saved = true;
                let changes =
                    disk.dying_after(left, || saved = vault.save("default", &secret(new_length, 2)).is_ok());
                let what = format!("{old_length:?} to {new_length} dying after {left}");

                let after = disk.vault(Some(WINDOWS_LIMIT));
                let read = loaded(&after, "default");
                let old = old_length.map(|length| secret(length, 1).expose_secret().to_owned());
                let new = Some(secret(new_length, 2).expose_secret().to_owned());
                assert!(read == new || (!saved && read == old), "{what}: neither old nor new");

                after.save("default", &secret(3000, 3)).unwrap();
                assert_holds(&after, "default", &secret(3000, 3));
                assert_eq!(disk.names().len(), 3, "{what}: leftovers in {:?}", disk.names());
                if changes < left {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_crash_while_forgetting_leaves_the_secret_whole_or_gone() {
    for length in LENGTHS {
        for left in 0.. {
            let disk = Disk::default();
            let vault = disk.vault(Some(WINDOWS_LIMIT));
            vault.save("default", &secret(length, 1)).unwrap();
            let mut forgotten = false;
            let changes = disk.dying_after(left, || forgotten = vault.forget("default").is_ok());
            let after = disk.vault(Some(WINDOWS_LIMIT));
            match loaded(&after, "default") {
                None => assert_eq!(disk.names(), [""; 0], "{length} dying after {left}"),
                Some(read) => assert!(!forgotten && read == secret(length, 1).expose_secret()),
            }
            if changes < left {
                break;
            }
        }
    }
}

#[test]
fn two_crashes_in_a_row_are_cleaned_up_too() {
    for first in 0..20 {
        for second in 0..20 {
            let disk = Disk::default();
            let vault = disk.vault(Some(WINDOWS_LIMIT));
            vault.save("default", &secret(6000, 1)).unwrap();
            disk.dying_after(first, || drop(vault.save("default", &secret(40_000, 2))));
            disk.dying_after(second, || drop(vault.save("default", &secret(2561, 3))));
            assert!(loaded(&vault, "default").is_some());
            vault.forget("default").unwrap();
            assert_eq!(disk.names(), [""; 0], "dying after {first}, then after {second}");
        }
    }
}

#[test]
fn damage_is_reported_and_mended_by_the_next_save() {
    for damage in 0..4 {
        let disk = Disk::default();
        let vault = disk.vault(Some(WINDOWS_LIMIT));
        vault.save("default", &secret(6000, 1)).unwrap();
        let part = disk.names().into_iter().find(|name| name.contains("/1/")).unwrap();
        match damage {
            0 => drop(disk.state().items.remove(&part)),
            1 => disk.state().items.get_mut(&part).unwrap()[7] ^= 1,
            2 => drop(disk.state().items.insert(part, vec![b'x'; 200_000])),
            _ => drop(disk.state().items.insert("token/default".to_owned(), b"\xff\xfe".to_vec())),
        }
        let error = vault.load("default").unwrap_err();
        assert!(matches!(error, VaultError::Damaged(_)), "{error:?}");
        vault.save("default", &secret(6000, 2)).unwrap();
        assert_holds(&vault, "default", &secret(6000, 2));
        vault.forget("default").unwrap();
        assert_eq!(disk.names(), [""; 0]);
    }
}

#[test]
fn a_secret_that_another_process_replaces_meanwhile_is_no_damage() {
    let disk = Disk::default();
    let vault = disk.vault(Some(WINDOWS_LIMIT));
    vault.save("default", &secret(6000, 1)).unwrap();
    let before = disk.state().items.clone();
    vault.save("default", &secret(40_000, 2)).unwrap();
    let after = std::mem::replace(&mut disk.state().items, before);
    disk.state().meanwhile = Some(after);
    assert_holds(&vault, "default", &secret(40_000, 2));
}

#[test]
fn a_damaged_secret_can_be_forgotten() {
    let disk = Disk::default();
    let vault = disk.vault(None);
    disk.state().items.insert("token/default".to_owned(), b"statlens 1 whole\n\xff".to_vec());
    assert!(matches!(vault.load("default"), Err(VaultError::Damaged(_))));
    vault.forget("default").unwrap();
    assert!(vault.load("default").unwrap().is_none());
}

#[test]
fn profiles_do_not_meet_whatever_their_names() {
    let disk = Disk::default();
    let vault = disk.vault(Some(WINDOWS_LIMIT));
    let profiles = ["default", "Spieler ü", "a/0/default", "token/default", ""];
    for (seed, profile) in profiles.iter().enumerate() {
        vault.save(profile, &secret(6000, seed)).unwrap();
    }
    for (seed, profile) in profiles.iter().enumerate() {
        assert_holds(&vault, profile, &secret(6000, seed));
    }
    vault.forget("default").unwrap();
    assert_holds(&vault, "a/0/default", &secret(6000, 2));
}

#[test]
fn errors_of_the_store_become_errors_to_act_on() {
    let disk = Disk::default();
    let vault = disk.vault(None);
    disk.dying_after(0, || {
        assert!(matches!(vault.load("default"), Err(VaultError::Refused(_))));
        assert!(matches!(vault.forget("default"), Err(VaultError::Refused(_))));
    });
    let far_too_long = secret(1_000_000, 1);
    assert!(matches!(vault.save("default", &far_too_long), Err(VaultError::TooLarge { .. })));
    let store: Arc<CredentialStore> = Arc::new(FakeStore { disk, limit: Some(100) });
    let error = Vault::with_store(store, None).save("default", &secret(200, 1)).unwrap_err();
    assert!(matches!(error, VaultError::TooLarge { limit: 100 }), "{error:?}");
}

/// Each role runs in a process of its own, because its session is part of the process's environment.
#[cfg(target_os = "linux")]
mod secret_service {
    use std::{
        env,
        path::Path,
        process::{Command, Output},
    };

    use super::*;

    const ROLE: &str = "STATLENS_VAULT_TEST_ROLE";

    fn play(role: &str, command: &mut Command) -> Output {
        let arguments = ["secret_service::role", "--exact", "--ignored", "--nocapture"];
        command.args(arguments).env(ROLE, role).output().unwrap()
    }

    #[track_caller]
    fn assert_passed(output: &Output) {
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && out.contains("1 passed"), "{}\n{out}\n{err}", output.status);
    }

    /// Fails with the names of the packages where `dbus` or `gnome-keyring` is missing.
    #[test]
    fn a_real_secret_service_keeps_the_secret() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-keyring");
        assert_passed(&play("session", Command::new(script).arg(env::current_exe().unwrap())));
    }

    #[test]
    fn without_a_session_bus_there_is_no_store() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command.env("XDG_RUNTIME_DIR", folder.path()).env_remove("DBUS_SESSION_BUS_ADDRESS");
        assert_passed(&play("no store", &mut command));
    }

    #[test]
    #[ignore = "started by the two tests above, in its own process"]
    fn role() {
        match env::var(ROLE).as_deref() {
            Ok("session") => {
                stores_and_reads_back();
                tells_that_it_is_locked();
            }
            Ok("second process") => {
                let read = || assert_holds(&Vault::open().unwrap(), "default", &secret(201, 1));
                read();
                // As the engine calls it.
                let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
                runtime.block_on(async { tokio::task::spawn_blocking(read).await.unwrap() });
                assert_holds(&Vault::open().unwrap(), "other", &secret(6000, 2));
            }
            Ok("no store") => {
                let error = Vault::open().err().unwrap();
                assert!(matches!(error, VaultError::NoStore(_)), "{error:?}");
                assert!(error.to_string().contains("gnome-keyring"), "{error}");
            }
            other => panic!("not to be run by itself: {other:?}"),
        }
    }

    fn stores_and_reads_back() {
        let vault = Vault::open().unwrap();
        assert!(vault.load("default").unwrap().is_none());
        for length in [200, 6000, 201] {
            vault.save("default", &secret(length, 1)).unwrap();
            assert_holds(&vault, "default", &secret(length, 1));
        }
        vault.save("other", &secret(6000, 2)).unwrap();
        assert_passed(&play("second process", &mut Command::new(env::current_exe().unwrap())));
        vault.forget("default").unwrap();
        assert!(vault.load("default").unwrap().is_none());
        assert_holds(&vault, "other", &secret(6000, 2));
    }

    fn tells_that_it_is_locked() {
        let vault = Vault::open().unwrap();
        sh("dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
            org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login");
        for error in [
            vault.load("other").unwrap_err(),
            vault.save("other", &secret(200, 3)).unwrap_err(),
            vault.save("default", &secret(200, 3)).unwrap_err(),
            vault.forget("other").unwrap_err(),
        ] {
            assert!(matches!(error, VaultError::Locked(_)), "{error:?}");
        }
        sh("printf %s \"$KEYRING_PASSWORD\" | \
            gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null");
        sh("gnome-keyring-daemon --start --components=secrets >/dev/null");
        assert_holds(&Vault::open().unwrap(), "other", &secret(6000, 2));
    }

    fn sh(script: &str) {
        assert!(Command::new("sh").args(["-c", script]).status().unwrap().success());
    }
}
