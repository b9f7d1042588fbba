use egui::{Event, Key, Modifiers, Ui};

use super::{Place, Selection};

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
}

/// Takes the keys that belong to the grid out of the input and applies them to the selection.
pub(super) fn handle(
    ui: &Ui,
    selection: &mut Selection,
    order: &[u32],
    lanes: usize,
    page: usize,
) -> Vec<KeyAction> {
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
    taken
        .into_iter()
        .filter_map(|(key, modifiers)| apply(selection, order, lanes, page, key, modifiers))
        .collect()
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
        | Key::PageDown => !modifiers.alt,
        Key::A => modifiers.command && !modifiers.shift,
        Key::C => modifiers.command && modifiers.shift,
        Key::Escape => any_selected && modifiers.is_none(),
        Key::Enter | Key::Menu => modifiers.is_none(),
        Key::F10 => modifiers.shift_only(),
        _ => false,
    }
}

fn apply(
    selection: &mut Selection,
    order: &[u32],
    lanes: usize,
    page: usize,
    key: Key,
    modifiers: Modifiers,
) -> Option<KeyAction> {
    match key {
        Key::A => selection.select_all(order),
        Key::C => return Some(KeyAction::Copy { headings: modifiers.shift }),
        Key::Escape => selection.clear(),
        Key::Enter => {
            selection.select(selection.cursor()?);
            return Some(KeyAction::Moved);
        }
        Key::Menu | Key::F10 => {
            if selection.is_empty() {
                selection.select(selection.cursor().or(first(order, lanes))?);
            }
            return Some(KeyAction::Menu);
        }
        _ => {
            let to = step(selection.cursor(), order, lanes, page, key, modifiers.command)?;
            if modifiers.shift {
                selection.extend(to, order);
            } else {
                selection.select(to);
            }
            return Some(KeyAction::Moved);
        }
    }
    None
}

/// The first cell.
fn first(order: &[u32], lanes: usize) -> Option<Place> {
    Some(Place { row: *order.first()?, lane: lanes.checked_sub(1)?.min(1) })
}

/// Where a key leads. From nowhere, every key leads to the first cell.
fn step(from: Option<Place>, order: &[u32], lanes: usize, page: usize, key: Key, far: bool) -> Option<Place> {
    let last = order.len().checked_sub(1)?;
    let last_lane = lanes.checked_sub(1)?;
    let at = from.and_then(|place| Some((order.iter().position(|row| *row == place.row)?, place.lane)));
    let Some((index, lane)) = at else { return first(order, lanes) };
    let (index, lane) = match key {
        Key::ArrowUp => (if far { 0 } else { index.saturating_sub(1) }, lane),
        Key::ArrowDown => (if far { last } else { index + 1 }, lane),
        Key::ArrowLeft => (index, if far { 0 } else { lane.saturating_sub(1) }),
        Key::ArrowRight => (index, if far { last_lane } else { lane + 1 }),
        Key::PageUp => (if far { 0 } else { index.saturating_sub(page) }, lane),
        Key::PageDown => (if far { last } else { index + page }, lane),
        Key::Home => (if far { 0 } else { index }, 0),
        Key::End => (if far { last } else { index }, last_lane),
        _ => return None,
    };
    Some(Place { row: order[index.min(last)], lane: lane.min(last_lane) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_inside_the_grid() {
        let order = [2, 0, 1];
        let go = |row, lane, key, far| {
            let to = step(Some(Place { row, lane }), &order, 3, 10, key, far).unwrap();
            (to.row, to.lane)
        };
        assert_eq!(go(2, 0, Key::ArrowUp, false), (2, 0));
        assert_eq!(go(2, 0, Key::ArrowDown, false), (0, 0));
        assert_eq!(go(2, 0, Key::PageDown, false), (1, 0));
        assert_eq!(go(0, 2, Key::ArrowRight, false), (0, 2));
        assert_eq!(go(0, 2, Key::Home, false), (0, 0));
        assert_eq!(go(0, 1, Key::Home, true), (2, 0));
        assert_eq!(go(0, 1, Key::End, true), (1, 2));
        assert_eq!(step(None, &[], 3, 10, Key::Home, false), None);
        assert_eq!(step(None, &order, 3, 10, Key::ArrowDown, false), Some(Place { row: 2, lane: 1 }));
    }
}
