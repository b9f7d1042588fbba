use egui::{Event, Key, Ui};

/// What a key asks of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// Select another request.
    Move(Way),
    /// Look at the selected one.
    Inspect,
    /// Select none.
    Unselect,
}

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// Takes the keys that belong to the table out of the frame's input.
pub(super) fn taken(ui: &Ui) -> Vec<Pressed> {
    let mut taken = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if !modifiers.alt => {
                let pressed = pressed(*key, modifiers.command);
                taken.extend(pressed);
                pressed.is_none()
            }
            _ => true,
        });
    });
    taken
}

fn pressed(key: Key, command: bool) -> Option<Pressed> {
    let way = match (key, command) {
        (Key::ArrowUp, false) => Way::Up,
        (Key::ArrowDown, false) => Way::Down,
        (Key::PageUp, false) => Way::PageUp,
        (Key::PageDown, false) => Way::PageDown,
        (Key::Home, _) | (Key::ArrowUp | Key::PageUp, true) => Way::First,
        (Key::End, _) | (Key::ArrowDown | Key::PageDown, true) => Way::Last,
        (Key::Enter, false) => return Some(Pressed::Inspect),
        (Key::Escape, false) => return Some(Pressed::Unselect),
        _ => return None,
    };
    Some(Pressed::Move(way))
}

/// Which of `rows` a key leads to. From nowhere the last is the nearest end of a list that grows.
pub(super) fn target(from: Option<usize>, rows: usize, page: usize, way: Way) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    let Some(from) = from else {
        return Some(if matches!(way, Way::Up | Way::PageUp | Way::Last) { last } else { 0 });
    };
    let to = match way {
        Way::Up => from.saturating_sub(1),
        Way::Down => from + 1,
        Way::PageUp => from.saturating_sub(page),
        Way::PageDown => from + page,
        Way::First => 0,
        Way::Last => last,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_inside_the_table() {
        let go = |from, way| target(from, 30, 10, way);
        assert_eq!([go(Some(0), Way::Up), go(Some(29), Way::Down)], [Some(0), Some(29)]);
        assert_eq!([go(Some(25), Way::PageDown), go(Some(5), Way::PageUp)], [Some(29), Some(0)]);
        assert_eq!([go(Some(5), Way::First), go(Some(5), Way::Last)], [Some(0), Some(29)]);
        assert_eq!([go(None, Way::Down), go(None, Way::Up)], [Some(0), Some(29)]);
        assert_eq!(target(None, 0, 10, Way::Down), None);
    }
}
