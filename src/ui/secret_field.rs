//! A text field for a token. The widget is only ever handed bullets: the text itself stays in memory
//! that is wiped, and cannot reach the undo history, the accessibility tree or the saved state.

use std::ops::Range;

use egui::{Id, TextBuffer, TextEdit, Ui, text::CharIndex};
use secrecy::{ExposeSecret as _, SecretString, zeroize::Zeroize as _};

const BULLET: &str = "•";
/// Room that is taken at once, so that a growing text is not copied from place to place unwiped.
const ROOM: usize = 16 * 1024;

/// What was typed or pasted so far.
#[derive(Default)]
pub(crate) struct SecretField {
    text: SecretText,
}

#[derive(Default)]
struct SecretText {
    secret: String,
    bullets: String,
}

impl SecretField {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.secret.is_empty()
    }

    /// A copy for the engine. What was typed stays until [`wipe`](Self::wipe).
    pub(crate) fn secret(&self) -> SecretString {
        SecretString::from(self.text.secret.as_str())
    }

    /// Forgets what was typed.
    pub(crate) fn wipe(&mut self) {
        self.text.wipe();
    }

    /// The field. Returns whether Enter was pressed in it.
    pub(crate) fn field_ui(&mut self, ui: &mut Ui, id: Id, name: &str, hint: &'static str) -> bool {
        let focused = ui.memory(|memory| memory.has_focus(id));
        if focused && let Some(pasted) = taken_paste(ui) {
            // A paste replaces: nobody puts a token together from pieces.
            self.text.wipe();
            self.text.insert_text(pasted.expose_secret(), CharIndex(0));
        }
        let submitted = focused && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let field = TextEdit::singleline(&mut self.text)
            .id(id)
            .password(true)
            .hint_text(hint)
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
        submitted
    }
}

/// Takes a paste out of the frame's input, wiping the copy there.
fn taken_paste(ui: &Ui) -> Option<SecretString> {
    ui.input_mut(|input| {
        let mut found = None;
        input.events.retain_mut(|event| match event {
            egui::Event::Paste(text) => {
                found = Some(SecretString::from(text.as_str()));
                text.zeroize();
                false
            }
            _ => true,
        });
        for event in &mut input.raw.events {
            if let egui::Event::Paste(text) = event {
                text.zeroize();
            }
        }
        found
    })
}

impl SecretText {
    fn wipe(&mut self) {
        self.secret.zeroize();
        self.bullets.clear();
    }

    fn byte_of(&self, index: usize) -> usize {
        self.secret.char_indices().nth(index).map_or(self.secret.len(), |(byte, _)| byte)
    }

    /// Makes room for `more` bytes without leaving an unwiped copy behind.
    fn make_room(&mut self, more: usize) {
        let needed = self.secret.len() + more;
        if needed <= self.secret.capacity() {
            return;
        }
        let mut larger = String::with_capacity(needed.max(ROOM).next_power_of_two());
        larger.push_str(&self.secret);
        self.secret.zeroize();
        self.secret = larger;
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl TextBuffer for SecretText {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        &self.bullets
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        self.make_room(text.len());
        let at = self.byte_of(char_index.0);
        self.secret.insert_str(at, text);
        let count = text.chars().count();
        self.bullets.push_str(&BULLET.repeat(count));
        count
    }

    fn delete_char_range(&mut self, char_range: Range<CharIndex>) {
        let bytes = self.byte_of(char_range.start.0)..self.byte_of(char_range.end.0);
        self.secret.drain(bytes);
        let left = self.secret.chars().count();
        self.bullets.truncate(left * BULLET.len());
    }

    /// Only undo and redo come this way, and all they know is bullets: the text is gone then.
    fn replace_with(&mut self, _bullets: &str) {
        self.wipe();
    }

    fn take(&mut self) -> String {
        let bullets = std::mem::take(&mut self.bullets);
        self.wipe();
        bullets
    }

    fn type_id(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Self>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widget_sees_bullets_and_the_text_is_kept() {
        let mut text = SecretText::default();
        text.insert_text("ab", CharIndex(0));
        text.insert_text("é", CharIndex(1));
        assert_eq!((text.as_str(), text.secret.as_str()), ("•••", "aéb"));
        text.delete_char_range(CharIndex(1)..CharIndex(2));
        assert_eq!((text.as_str(), text.secret.as_str()), ("••", "ab"));
    }

    #[test]
    fn undo_cannot_bring_bullets_in_as_text() {
        let mut text = SecretText::default();
        text.insert_text("secret", CharIndex(0));
        text.replace_with("•••");
        assert_eq!((text.as_str(), text.secret.as_str()), ("", ""));
    }

    #[test]
    fn nothing_long_is_lost_while_growing() {
        let mut text = SecretText::default();
        let long = "x".repeat(ROOM * 3);
        text.insert_text(&long, CharIndex(0));
        text.insert_text("y", CharIndex(long.len()));
        assert_eq!(text.secret.len(), long.len() + 1);
        assert_eq!(text.as_str().chars().count(), long.len() + 1);
    }
}
