//! The keys of the table.

use egui::{Event, EventFilter, Id, Key, Modifiers, Ui};

use super::table::Asked;

/// Where the keyboard goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// To this column.
    Column(usize),
    /// The lines scroll by so many pages.
    Pages(f32),
    /// The lines scroll by so many lines.
    Lines(f32),
}

/// What the keys came to.
#[derive(Debug, Default)]
pub(super) struct Pressed {
    pub(super) steps: Vec<Step>,
    pub(super) asked: Vec<Asked>,
    /// The menu of the column is to be opened.
    pub(super) menu: bool,
}

/// Takes the keys that belong to the table out of the input. `cursor` is the column that has the
/// keyboard, of `count`.
pub(super) fn taken(ui: &Ui, id: Id, cursor: Option<usize>, count: usize) -> Pressed {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut pressed = Pressed::default();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => {
                !apply(*key, *modifiers, cursor, count, &mut pressed)
            }
            _ => true,
        });
    });
    pressed
}

/// Whether the key belongs to the table.
fn apply(key: Key, modifiers: Modifiers, cursor: Option<usize>, count: usize, pressed: &mut Pressed) -> bool {
    let Some(last) = count.checked_sub(1) else { return false };
    let at = cursor.unwrap_or(0).min(last);
    let go = |to: usize| Step::Column(if cursor.is_none() { 0 } else { to });
    if modifiers.command && modifiers.shift {
        let to = match key {
            Key::ArrowLeft => at.saturating_sub(1),
            Key::ArrowRight => (at + 1).min(last),
            _ => return false,
        };
        pressed.asked.push(Asked::Move(at, to));
        return true;
    }
    if key == Key::F10 && modifiers.shift_only() {
        pressed.menu = true;
        return true;
    }
    if !modifiers.is_none() {
        return false;
    }
    match key {
        Key::ArrowLeft => pressed.steps.push(go(at.saturating_sub(1))),
        Key::ArrowRight => pressed.steps.push(go((at + 1).min(last))),
        Key::Home => pressed.steps.push(Step::Column(0)),
        Key::End => pressed.steps.push(Step::Column(last)),
        Key::ArrowUp => pressed.steps.push(Step::Lines(-1.0)),
        Key::ArrowDown => pressed.steps.push(Step::Lines(1.0)),
        Key::PageUp => pressed.steps.push(Step::Pages(-1.0)),
        Key::PageDown => pressed.steps.push(Step::Pages(1.0)),
        Key::Delete | Key::Backspace => pressed.asked.push(Asked::Drop(at)),
        Key::P => pressed.asked.push(Asked::Pin(at)),
        Key::R => pressed.asked.push(Asked::Refer(at)),
        Key::Enter => pressed.asked.push(Asked::Show(at)),
        Key::Menu => pressed.menu = true,
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(key: Key, modifiers: Modifiers, cursor: Option<usize>, count: usize) -> Option<Pressed> {
        let mut pressed = Pressed::default();
        apply(key, modifiers, cursor, count, &mut pressed).then_some(pressed)
    }

    #[test]
    fn arrows_stay_among_the_columns() {
        let to = |key, cursor| after(key, Modifiers::NONE, cursor, 3).unwrap().steps;
        assert_eq!(to(Key::ArrowRight, Some(1)), [Step::Column(2)]);
        assert_eq!(to(Key::ArrowRight, Some(2)), [Step::Column(2)]);
        assert_eq!(to(Key::ArrowLeft, Some(0)), [Step::Column(0)]);
        assert_eq!(to(Key::ArrowRight, None), [Step::Column(0)], "the first step goes to the first");
        assert!(after(Key::ArrowRight, Modifiers::NONE, None, 0).is_none());
        assert!(after(Key::P, Modifiers::COMMAND, Some(0), 3).is_none(), "others' keys stay theirs");
    }

    #[test]
    fn a_column_is_moved_and_dropped() {
        let both = Modifiers::COMMAND | Modifiers::SHIFT;
        let asked = |key, modifiers, cursor| after(key, modifiers, cursor, 3).unwrap().asked;
        assert_eq!(asked(Key::ArrowRight, both, Some(0)), [Asked::Move(0, 1)]);
        assert_eq!(asked(Key::ArrowLeft, both, Some(0)), [Asked::Move(0, 0)]);
        assert_eq!(asked(Key::Delete, Modifiers::NONE, Some(2)), [Asked::Drop(2)]);
    }
}
