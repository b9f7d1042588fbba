use egui::{Event, Key, Modifiers, Ui};

use super::{
    Selection,
    place::{At, Place},
};
use crate::analysis::{View, view::Line};

/// What the keyboard asked of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyAction {
    /// The keyboard went elsewhere: show it.
    Moved,
    /// Copy what is selected.
    Copy {
        /// With the headings and the players' names.
        headings: bool,
    },
    /// Show the menu of the cell.
    Menu,
    /// Show all that is known of it.
    Inspect,
    /// Look for something.
    Find,
    /// Hide the rows under this header, or show them again.
    Fold(usize),
}

/// How large the grid is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) height: usize,
    pub(super) width: usize,
    /// How many rows a page has.
    pub(super) page: usize,
}

/// Takes the keys that belong to the grid out of the input and applies them to the selection.
pub(super) fn handle(ui: &Ui, selection: &mut Selection, view: &View, size: Size) -> Vec<KeyAction> {
    let mut taken = Vec::new();
    let any_selected = !selection.is_empty();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Copy => {
                taken.push((Key::C, Modifiers::COMMAND));
                false
            }
            Event::Key { key, pressed: true, modifiers, .. } if belongs(*key, *modifiers, any_selected) => {
                taken.push((*key, *modifiers));
                false
            }
            _ => true,
        });
    });
    taken.into_iter().filter_map(|(key, modifiers)| apply(selection, view, size, key, modifiers)).collect()
}

fn belongs(key: Key, modifiers: Modifiers, any_selected: bool) -> bool {
    match key {
        Key::ArrowUp
        | Key::ArrowDown
        | Key::ArrowLeft
        | Key::ArrowRight
        | Key::Home
        | Key::End
        | Key::PageUp
        | Key::PageDown
        | Key::Space => !modifiers.alt,
        Key::A | Key::F => modifiers.command && !modifiers.shift && !modifiers.alt,
        Key::C => modifiers.command && modifiers.shift,
        Key::Escape => any_selected && modifiers.is_none(),
        Key::Enter | Key::Menu => modifiers.is_none(),
        Key::F10 => modifiers.shift_only(),
        _ => false,
    }
}

fn apply(
    selection: &mut Selection,
    view: &View,
    size: Size,
    key: Key,
    modifiers: Modifiers,
) -> Option<KeyAction> {
    match key {
        Key::A => selection.select_all(view),
        Key::C => return Some(KeyAction::Copy { headings: modifiers.shift }),
        Key::F => return Some(KeyAction::Find),
        Key::Escape => selection.clear(),
        Key::Space if modifiers.command && modifiers.shift => selection.select_all(view),
        Key::Space if modifiers.command => selection.whole_columns(view),
        Key::Space if modifiers.shift => selection.whole_rows(view),
        Key::Enter | Key::Space => {
            let cursor = selection.cursor()?;
            if let Some(Line::Group(group)) = cursor.line {
                return Some(KeyAction::Fold(group));
            }
            selection.select(cursor, view);
            return Some(if key == Key::Enter { KeyAction::Inspect } else { KeyAction::Moved });
        }
        Key::Menu | Key::F10 => {
            if selection.is_empty() {
                selection.select(selection.cursor().or_else(|| first(view, size))?, view);
            }
            return Some(KeyAction::Menu);
        }
        _ => {
            let from = selection.cursor().and_then(|cursor| cursor.at(view));
            let to = match from {
                Some(from) => step(from, size, key, modifiers.command)?,
                None => first(view, size)?.at(view)?,
            };
            let to = Place::of(view, to)?;
            if modifiers.shift {
                selection.extend(to, view);
            } else {
                selection.select(to, view);
            }
            return Some(KeyAction::Moved);
        }
    }
    None
}

/// The first cell.
fn first(view: &View, size: Size) -> Option<Place> {
    if size.height == 0 {
        return None;
    }
    Place::of(view, At { y: 0, x: (size.width > 0).then_some(0) })
}

/// Where a key leads.
fn step(At { y, x }: At, size: Size, key: Key, far: bool) -> Option<At> {
    let last = size.height.checked_sub(1)?;
    let last_x = size.width.checked_sub(1);
    let (y, x) = match key {
        Key::ArrowUp => (if far { 0 } else { y.saturating_sub(1) }, x),
        Key::ArrowDown => (if far { last } else { y + 1 }, x),
        Key::ArrowLeft if far => (y, None),
        Key::ArrowLeft => (y, x.and_then(|x| x.checked_sub(1))),
        Key::ArrowRight if far => (y, last_x),
        Key::ArrowRight => (y, x.map_or(Some(0), |x| Some(x + 1)).min(last_x)),
        Key::PageUp => (if far { 0 } else { y.saturating_sub(size.page) }, x),
        Key::PageDown => (if far { last } else { y + size.page }, x),
        Key::Home => (if far { 0 } else { y }, None),
        Key::End => (if far { last } else { y }, last_x),
        _ => return None,
    };
    Some(At { y: y.min(last), x })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_inside_the_grid() {
        let size = Size { height: 3, width: 2, page: 10 };
        let go = |y, x, key, far| {
            let to = step(At { y, x }, size, key, far).unwrap();
            (to.y, to.x)
        };
        assert_eq!(go(0, None, Key::ArrowUp, false), (0, None));
        assert_eq!(go(0, None, Key::ArrowDown, false), (1, None));
        assert_eq!(go(0, Some(0), Key::ArrowLeft, false), (0, None));
        assert_eq!(go(0, None, Key::PageDown, false), (2, None));
        assert_eq!(go(1, Some(1), Key::ArrowRight, false), (1, Some(1)));
        assert_eq!(go(1, Some(1), Key::Home, false), (1, None));
        assert_eq!(go(1, Some(0), Key::Home, true), (0, None));
        assert_eq!(go(1, Some(0), Key::End, true), (2, Some(1)));
        assert_eq!(step(At { y: 0, x: None }, Size { height: 0, ..size }, Key::Home, false), None);
        let bare = Size { width: 0, ..size };
        assert_eq!(step(At { y: 0, x: None }, bare, Key::ArrowRight, false), Some(At { y: 0, x: None }));
    }
}
