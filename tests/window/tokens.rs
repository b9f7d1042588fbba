//! Tokens in the panel: good ones, bad ones, and keyrings in trouble.

use std::{any::Any, collections::HashMap, sync::Arc};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use keyring_core::{CredentialStore, Entry, Error, api::CredentialStoreApi};

use crate::desk::*;

#[test]
fn a_token_is_refused_accepted_and_forgotten_and_never_told() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Add a token");
    paste_into(&mut window, "Token", "XBL3.0 x=12345;abc\ndef ghi SECRETPART");
    click(&mut window, Role::Button, "Use token");
    until(&mut window, "a refusal", |window| {
        window
            .query_by_role_and_label(Role::PasswordInput, "Token")
            .is_some_and(|field| field.value().is_some_and(|value| !value.is_empty()))
    });
    assert!(!everything_told(&window).contains("SECRETPART"));
    paste_into(&mut window, "Token", TOKEN);
    let told = everything_told(&window);
    assert!(!told.contains("abcDEF") && told.contains("••••"), "{told}");
    click(&mut window, Role::Button, "Use token");
    until(&mut window, "the token to be kept", |window| has(window, "kept in the keyring"));
    settle(&mut window);
    assert!(!everything_told(&window).contains("abcDEF"));
    assert!(has(&window, "Token: ready"));
    click(&mut window, Role::Button, "Forget token");
    until(&mut window, "the token to be gone", |window| has(window, "There is none yet."));
}

#[test]
fn a_token_in_the_players_box_is_not_taken_for_a_player() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    paste_into(&mut window, "Players to add", &format!("{TOKEN}\n"));
    window.key_press(Key::Enter);
    window.run();
    assert!(has(&window, "That looks like a token"));
    assert!(!everything_told(&window).contains("abcDEF"));
}

/// A keyring that answers nothing but this error.
struct Broken(fn() -> Error);

impl CredentialStoreApi for Broken {
    fn vendor(&self) -> String {
        "test".to_owned()
    }

    fn id(&self) -> String {
        "test".to_owned()
    }

    fn build(&self, _: &str, _: &str, _: Option<&HashMap<&str, &str>>) -> keyring_core::Result<Entry> {
        Err((self.0)())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[test]
fn without_a_usable_keyring_a_token_lasts_for_the_session() {
    let locked: fn() -> Error = || Error::NoStorageAccess("locked".into());
    let failing: fn() -> Error = || Error::PlatformFailure("on purpose".into());
    for (error, told) in [(locked, "The keyring is locked"), (failing, "reported an error")] {
        let home = tempfile::tempdir().unwrap();
        let store: Arc<CredentialStore> = Arc::new(Broken(error));
        let mut window = open(home.path(), &store);
        window.key_press_modifiers(Modifiers::COMMAND, Key::T);
        window.run();
        window.event(egui::Event::Paste(TOKEN.to_owned()));
        window.run();
        window.key_press(Key::Enter);
        until(&mut window, "the keyring's answer", |window| has(window, told));
        settle(&mut window);
        assert!(has(&window, "A token is in use, for this session only"), "{}", everything_told(&window));
        assert!(has(&window, "Token: ready"));
        assert!(window.query_by_role_and_label(Role::Button, "Try again").is_some());
        drop(window);
        let mut window = open(home.path(), &store);
        window.key_press_modifiers(Modifiers::COMMAND, Key::T);
        window.run();
        assert!(has(&window, told) && !has(&window, "A token is in use"), "it is gone with its session");
        assert!(has(&window, "A token can still be used for this session only"));
    }
}

#[test]
fn a_bad_token_says_what_is_wrong_and_keeps_its_text() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    for bad in ["XBL3.0 x=1;a", "hello", "{\"Token\": 5}", "XBL3.0 x=12345;abc\ndef ghi SECRETPART"] {
        paste_into(&mut window, "Token", bad);
        let before = everything_told(&window);
        window.key_press(Key::Enter);
        until(&mut window, "a refusal", |window| {
            everything_told(window) != before && !has(window, "Waiting")
        });
        let field = window.get_by_role_and_label(Role::PasswordInput, "Token");
        assert_eq!(field.value().map(|value| value.chars().count()), Some(bad.chars().count()), "{bad:?}");
        assert!(!everything_told(&window).contains("SECRETPART"));
    }
}
