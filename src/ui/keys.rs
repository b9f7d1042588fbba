//! The keys of the whole window. Each is also named in a tooltip.

use egui::{Context, Key, KeyboardShortcut, Modifiers, Popup};

use super::{actions::Action, options::Theme, picture::PictureAction, query_panel, screen::Screen};
use crate::engine::Ask;

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// What keys depend on.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five independent facts, each named where it is set")]
pub(crate) struct KeyState {
    pub(crate) fetching: bool,
    pub(crate) can_fetch: bool,
    pub(crate) light: bool,
    /// Whether one of our own popups is open: Esc is for it then.
    pub(crate) popup_open: bool,
    /// Whether something is typed in the players box.
    pub(crate) box_filled: bool,
}

/// Whether Esc closes no popup and leaves no field in this frame. To be asked before anything is shown:
/// what Esc closes is closed afterwards.
pub(crate) fn esc_is_free(ctx: &Context, state: KeyState) -> bool {
    // In the players box Esc has nothing to drop, and it is where a fetch is mostly started from.
    let elsewhere = |id| id != query_panel::box_id();
    let typing =
        ctx.memory(|memory| memory.focused().is_some_and(elsewhere)) && ctx.egui_wants_keyboard_input();
    !state.popup_open && !Popup::is_any_open(ctx) && !typing
}

/// Takes the window's keys out of the frame's input.
pub(crate) fn pressed(ctx: &Context, state: KeyState) -> Vec<Action> {
    let mut actions = Vec::new();
    let esc_is_free = esc_is_free(ctx, state);
    // A field takes back what was typed in it. The empty players box has nothing of the kind.
    let in_box = ctx.memory(|memory| memory.has_focus(query_panel::box_id()));
    let in_field = ctx.text_edit_focused() && (!in_box || state.box_filled);
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
        for screen in Screen::ALL {
            on(Modifiers::COMMAND, screen.key().0, Action::ShowScreen(screen));
        }
        on(Modifiers::COMMAND, Key::M, Action::CompareSelected);
        on(Modifiers::COMMAND, Key::B, Action::FoldQuery);
        on(Modifiers::COMMAND, Key::I, Action::FoldInspector);
        let theme = if state.light { Theme::Dark } else { Theme::Light };
        on(COMMAND_SHIFT, Key::P, Action::Picture(PictureAction::AskScreen));
        on(COMMAND_SHIFT, Key::L, Action::SetTheme(theme));
        if state.can_fetch {
            on(COMMAND_SHIFT, Key::Enter, Action::FetchSome(Ask::Missing));
            on(Modifiers::SHIFT, Key::F5, Action::FetchSome(Ask::Failed));
            on(Modifiers::COMMAND, Key::Enter, Action::Fetch);
            on(Modifiers::NONE, Key::F5, Action::Fetch);
        }
        if !in_field {
            on(COMMAND_SHIFT, Key::Z, Action::Redo);
            on(Modifiers::COMMAND, Key::Z, Action::Undo);
            on(Modifiers::COMMAND, Key::Y, Action::Redo);
        }
        if state.fetching && esc_is_free {
            on(Modifiers::NONE, Key::Escape, Action::Cancel);
        }
    });
    actions
}

/// A text pasted while nothing has the keyboard: beside the grid a list is meant for the players; a
/// copied request, and anything beside the requests, for the query.
pub(crate) fn stray_paste(ctx: &Context, screen: Screen) -> Option<Action> {
    if ctx.memory(|memory| memory.focused().is_some()) {
        return None;
    }
    ctx.input_mut(|input| {
        let place = input.events.iter().position(|event| matches!(event, egui::Event::Paste(_)))?;
        match input.events.remove(place) {
            egui::Event::Paste(text) if screen == Screen::Requests || is_command(&text) => {
                Some(Action::FillQuery(text))
            }
            egui::Event::Paste(text) if screen == Screen::Explore => Some(Action::AddPlayers(text)),
            _ => None,
        }
    })
}

/// Whether a text is a cURL command, as browsers copy requests.
fn is_command(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.eq_ignore_ascii_case("curl") || first.eq_ignore_ascii_case("curl.exe")
}
