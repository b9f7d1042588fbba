//! A window and what a test does with it.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use keyring_core::CredentialStore;
use statlens::{
    engine::{Home, VaultSource},
    ui::{App, AppConfig, StartService, theme},
    vault::Vault,
};

const PATIENCE: Duration = Duration::from_mins(1);
pub(crate) const TOKEN: &str = "XBL3.0 x=1234567890;abcDEF.ghiJKL.mnoPQR.stuVWX.yz0123456789";

pub(crate) type Window = Harness<'static, Option<App>>;

pub(crate) fn open(home: &Path, store: &Arc<CredentialStore>) -> Window {
    open_with(home, store, StartService::Auto)
}

pub(crate) fn open_with(home: &Path, store: &Arc<CredentialStore>, service: StartService) -> Window {
    open_at(home, store, service, [1600.0, 1000.0])
}

pub(crate) fn open_at(
    home: &Path,
    store: &Arc<CredentialStore>,
    service: StartService,
    size: [f32; 2],
) -> Window {
    start(home, store, size, |config| config.service = service)
}

/// Opens a window with what `change` makes of the usual configuration.
pub(crate) fn open_as(
    home: &Path,
    store: &Arc<CredentialStore>,
    change: impl FnOnce(&mut AppConfig),
) -> Window {
    start(home, store, [1600.0, 1000.0], change)
}

fn start(
    home: &Path,
    store: &Arc<CredentialStore>,
    size: [f32; 2],
    change: impl FnOnce(&mut AppConfig),
) -> Window {
    let home = Home::at(home).unwrap();
    let vault = VaultSource::Vault(Arc::new(Vault::with_store(store.clone(), None)));
    let mut config = AppConfig { home: Some(home), vault, ..AppConfig::default() };
    change(&mut config);
    let mut config = Some(config);
    let mut window =
        Harness::builder().with_size(size).allow_missing_glyphs().with_max_steps(60).build_ui_state(
            move |ui, app: &mut Option<App>| {
                let ctx = ui.ctx().clone();
                if let Some(app) = app {
                    app.logic(&ctx);
                    app.ui(ui);
                } else {
                    theme::install(&ctx);
                    *app = config.take().map(|config| App::new(&ctx, config).unwrap());
                }
            },
            None,
        );
    settle(&mut window);
    window
}

pub(crate) fn store() -> Arc<CredentialStore> {
    let store: Arc<CredentialStore> = keyring_core::mock::Store::new().unwrap();
    store
}

/// Steps until `reached`, or fails naming what was waited for.
pub(crate) fn until(window: &mut Window, what: &str, reached: impl Fn(&Window) -> bool) {
    let began = Instant::now();
    while !reached(window) {
        assert!(
            began.elapsed() < PATIENCE,
            "waited too long for {what} while the window told: {}",
            everything_told(window)
        );
        window.step();
        std::thread::yield_now();
    }
}

pub(crate) fn settle(window: &mut Window) {
    until(window, "the window to settle", |window| window.state().as_ref().is_some_and(App::is_settled));
    window.run();
}

pub(crate) fn has(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

pub(crate) fn click(window: &mut Window, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click();
    window.run();
}

pub(crate) fn type_into(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(field_role(window, label), label).focus();
    window.run();
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

fn field_role(window: &Window, label: &str) -> Role {
    [Role::TextInput, Role::MultilineTextInput, Role::PasswordInput]
        .into_iter()
        .find(|role| window.query_by_role_and_label(*role, label).is_some())
        .unwrap_or_else(|| panic!("there is no field {label:?}"))
}

pub(crate) fn paste_into(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(field_role(window, label), label).focus();
    window.run();
    window.event(egui::Event::Paste(text.to_owned()));
    window.run();
}

/// Everything that a screen reader could say of the window.
pub(crate) fn everything_told(window: &Window) -> String {
    let mut told = String::new();
    let mut open = vec![window.root()];
    while let Some(node) = open.pop() {
        let access = node.accesskit_node();
        told.push_str(&access.label().unwrap_or_default());
        told.push_str(&access.value().unwrap_or_default());
        told.push('\n');
        open.extend(node.children());
    }
    told
}

pub(crate) fn empty_list(window: &mut Window) {
    click(window, Role::Button, "Clear list");
}

/// Presses the keys of a fetch and waits for its end.
pub(crate) fn fetch(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(2);
    settle(window);
}

/// Clicks the first thing whose name holds `text`.
pub(crate) fn click_first(window: &mut Window, text: &str) {
    window.query_all_by_label_contains(text).next().unwrap_or_else(|| panic!("there is no {text:?}")).click();
    window.run();
}

/// Puts a text in the place of what stands in a field.
pub(crate) fn paste_over(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(field_role(window, label), label).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.event(egui::Event::Paste(text.to_owned()));
    window.run();
}

/// Opens the panel of the sample service.
pub(crate) fn open_faults(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    click(window, Role::Button, "Faults and limits…");
}

/// Turns a fault of the sample service on, as it usually is.
pub(crate) fn turn_on(window: &mut Window, fault: &str) {
    open_faults(window);
    switch(window, fault);
    window.key_press(Key::Escape);
    window.run();
}

/// Turns a fault on or off in the open panel, wherever its list stands.
pub(crate) fn switch(window: &mut Window, fault: &str) {
    window.get_by_role_and_label(Role::CheckBox, fault).click_accesskit();
    window.run();
}

/// Turns a fault on with this parameter.
pub(crate) fn turn_on_with(window: &mut Window, fault: &str, parameter: &str) {
    open_faults(window);
    switch(window, fault);
    paste_over(window, &format!("Parameter of {fault}"), parameter);
    window.key_press(Key::Escape);
    window.run();
}
