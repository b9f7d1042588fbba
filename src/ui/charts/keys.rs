//! Keys that lead from mark to mark, and what they do there.

use egui::{EventFilter, Id, Key, Modifiers, Ui};

/// Keys that go back and on, along one way.
pub(super) const ACROSS: [Key; 2] = [Key::ArrowLeft, Key::ArrowRight];
pub(super) const DOWN: [Key; 2] = [Key::ArrowUp, Key::ArrowDown];
/// The same along both ways.
pub(super) const ALL: [Key; 4] = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];

/// Keeps these arrows and Esc from leading the keyboard away from what has it.
pub(super) fn hold(ui: &Ui, id: Id, arrows: &[Key]) {
    let filter = EventFilter {
        horizontal_arrows: arrows.contains(&Key::ArrowLeft),
        vertical_arrows: arrows.contains(&Key::ArrowUp),
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Whether a key was pressed alone.
pub(super) fn is_pressed(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Where the keyboard goes to among so many marks, with arrows, Home or End; the first time to the
/// first. `None` when it stays.
pub(super) fn walked(ui: &Ui, at: Option<usize>, count: usize, [back, on]: [Key; 2]) -> Option<usize> {
    let last = count.checked_sub(1)?;
    if is_pressed(ui, on) {
        Some(at.map_or(0, |at| (at + 1).min(last)))
    } else if is_pressed(ui, back) {
        Some(at.map_or(0, |at| at.saturating_sub(1)))
    } else if is_pressed(ui, Key::Home) {
        Some(0)
    } else {
        is_pressed(ui, Key::End).then_some(last)
    }
}

/// The keys that were held while the mark was chosen with Enter or Space. `None` when it was not.
pub(super) fn chosen(ui: &Ui) -> Option<Modifiers> {
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Space)) {
        return Some(Modifiers::COMMAND);
    }
    (is_pressed(ui, Key::Enter) || is_pressed(ui, Key::Space)).then_some(Modifiers::NONE)
}
