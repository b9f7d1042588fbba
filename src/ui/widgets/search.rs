use egui::{Align2, Key, Margin, Response, TextEdit, Ui};

use super::muted_label;
use crate::analysis::view;

/// A list of so many can be taken in at a glance.
const SHORT: usize = 8;

/// What is typed to find one of many names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    text: String,
    /// Whether the field is to have the keyboard when it is shown next.
    wants_focus: bool,
    /// Whether the field is there however short the list is: one can type at once.
    is_shown: bool,
    /// Whether the field has the keyboard whenever nothing else has.
    keeps_focus: bool,
}

/// Which names a search finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Their places, the best first; all in their order while nothing is typed.
    pub(crate) places: Vec<usize>,
    /// Whether Enter was pressed behind what is typed, to take the first.
    pub(crate) entered: bool,
}

impl Search {
    /// A search that has the keyboard from the beginning.
    pub(crate) fn begun() -> Self {
        Self { wants_focus: true, is_shown: true, ..Self::default() }
    }

    /// A search in a menu: it has the keyboard from the beginning, and whenever nothing else has, where the
    /// list is long enough for a field.
    pub(crate) fn opened() -> Self {
        Self { wants_focus: true, keeps_focus: true, ..Self::default() }
    }

    /// Whether a list of so many has a field.
    pub(crate) fn has_field(&self, many: usize) -> bool {
        many > SHORT || self.is_shown
    }

    /// Empties the field, to find another.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
    }
}

/// The field above a list of `names`, where they are more than a few. `words` says what is found by it,
/// and `none` that nothing was.
pub(crate) fn search_ui(ui: &mut Ui, search: &mut Search, words: &str, none: &str, names: &[&str]) -> Found {
    let mut entered = false;
    if search.has_field(names.len()) {
        let field = field_ui(ui, &mut search.text, words);
        entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_free = ui.memory(|memory| memory.focused().is_none());
        if std::mem::take(&mut search.wants_focus) || (search.keeps_focus && is_free) {
            field.request_focus();
        }
    } else {
        search.text.clear();
    }
    let places = found(&search.text, names);
    if places.is_empty() {
        muted_label(ui, none);
    }
    Found { places, entered: entered && !search.text.trim().is_empty() }
}

/// The places of the names that a text finds, the best first; all in their order while nothing is typed.
pub(crate) fn found(text: &str, names: &[&str]) -> Vec<usize> {
    if text.trim().is_empty() { (0..names.len()).collect() } else { view::named(text, names.iter().copied()) }
}

fn field_ui(ui: &mut Ui, text: &mut String, words: &str) -> Response {
    let field = TextEdit::singleline(text).hint_text(words).desired_width(f32::INFINITY);
    // Menus leave no room around what is in them.
    let field = ui.add(field.margin(Margin::symmetric(8, 4)).align(Align2::LEFT_CENTER));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(words));
    field
}
