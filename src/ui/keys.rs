//! The keys of the whole window. Each is also named in a tooltip.

use egui::{Context, Key, KeyboardShortcut, Modifiers, Popup};

use super::{actions::Action, options::Theme};

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// What keys depend on.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each named where it is set")]
pub(crate) struct KeyState {
    pub(crate) fetching: bool,
    pub(crate) can_fetch: bool,
    pub(crate) light: bool,
    /// Whether one of our own popups is open: Esc is for it then.
    pub(crate) popup_open: bool,
}

/// Takes the window's keys out of the frame's input.
pub(crate) fn pressed(ctx: &Context, state: KeyState) -> Vec<Action> {
    let mut actions = Vec::new();
    let popup_open = state.popup_open || Popup::is_any_open(ctx);
    let typing = ctx.memory(|memory| memory.focused().is_some()) && ctx.egui_wants_keyboard_input();
    ctx.input_mut(|input| {
        let mut on = |modifiers, key, action: Action| {
            if input.consume_shortcut(&KeyboardShortcut::new(modifiers, key)) {
                actions.push(action);
            }
        };
        // The longer combination first: the shorter one would take it.
        on(COMMAND_SHIFT, Key::S, Action::AskSaveAs);
        on(Modifiers::COMMAND, Key::S, Action::Save);
        on(Modifiers::COMMAND, Key::N, Action::NewQuery);
        on(Modifiers::COMMAND, Key::O, Action::AskOpen);
        on(Modifiers::COMMAND, Key::T, Action::ToggleTokenPanel);
        on(Modifiers::COMMAND, Key::B, Action::FoldQuery);
        on(Modifiers::COMMAND, Key::I, Action::FoldInspector);
        let theme = if state.light { Theme::Dark } else { Theme::Light };
        on(COMMAND_SHIFT, Key::L, Action::SetTheme(theme));
        if state.can_fetch {
            on(Modifiers::COMMAND, Key::Enter, Action::Fetch);
            on(Modifiers::NONE, Key::F5, Action::Fetch);
        }
        if state.fetching && !popup_open && !typing {
            on(Modifiers::NONE, Key::Escape, Action::Cancel);
        }
    });
    actions
}

/// A list pasted while nothing has the keyboard: it is meant for the players.
pub(crate) fn stray_paste(ctx: &Context) -> Option<Action> {
    if ctx.memory(|memory| memory.focused().is_some()) {
        return None;
    }
    ctx.input_mut(|input| {
        let place = input.events.iter().position(|event| matches!(event, egui::Event::Paste(_)))?;
        match input.events.remove(place) {
            egui::Event::Paste(text) => Some(Action::AddPlayers(text)),
            _ => None,
        }
    })
}
