//! Changing a list in place: what stays keeps its place in the file, its spelling and its comments.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

use toml_edit::{Array, RawString, Value};

const INDENT: &str = "    ";

/// Makes `array` hold `wanted`. Values that `read` takes for a wanted entry stay as they are
/// written, comments and all; values that it cannot read stay at the end. A comment behind a
/// removed value goes with it; a comment on its own line stays.
pub(super) fn rewrite<K: Eq + Hash>(
    array: &mut Array,
    wanted: &[K],
    read: impl Fn(&Value) -> Option<K>,
    make: impl Fn(&K) -> Value,
) {
    let mut layout = Layout::take_apart(array);
    let mut places: HashMap<K, VecDeque<usize>> = HashMap::new();
    let mut unread = Vec::new();
    for (place, piece) in layout.pieces.iter().enumerate() {
        match read(&piece.value) {
            Some(key) => places.entry(key).or_default().push_back(place),
            None => unread.push(place),
        }
    }
    let kept_or_new = |key: &K| match places.get_mut(key).and_then(VecDeque::pop_front) {
        Some(place) => Choice::Kept(place),
        None => Choice::New(make(key)),
    };
    let mut chosen: Vec<Choice> = wanted.iter().map(kept_or_new).collect();
    chosen.extend(unread.into_iter().map(Choice::Kept));
    layout.save_comments(&chosen);
    *array = layout.put_together(chosen);
}

/// An array of values, each with the text around it that belongs to it.
struct Layout {
    /// What stands behind the opening bracket on its line.
    opening: String,
    pieces: Vec<Piece>,
    /// What stands between the last value's line and the closing bracket.
    closing: String,
    is_multi_line: bool,
    indent: String,
}

#[derive(Clone)]
struct Piece {
    /// The lines above the value, and the spaces before it.
    lead: String,
    value: Value,
    /// What follows its comma on the same line.
    tail: String,
}

/// An entry of the list to be.
enum Choice {
    /// The piece at this place.
    Kept(usize),
    New(Value),
}

fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

impl Layout {
    fn take_apart(array: &Array) -> Self {
        let mut layout = Self {
            opening: String::new(),
            pieces: Vec::with_capacity(array.len()),
            closing: String::new(),
            is_multi_line: array.is_empty(),
            indent: INDENT.to_owned(),
        };
        let mut before_comma = String::new();
        for value in array {
            let lead = layout.end_line(&before_comma, raw(value.decor().prefix()));
            raw(value.decor().suffix()).clone_into(&mut before_comma);
            layout.pieces.push(Piece {
                lead: lead.unwrap_or_default(),
                value: value.clone().decorated("", ""),
                tail: String::new(),
            });
        }
        layout.closing = layout.end_line(&before_comma, raw(Some(array.trailing()))).unwrap_or_default();
        if let Some(first) = layout.pieces.first().filter(|_| layout.is_multi_line) {
            let spaces = first.lead.rsplit('\n').next().unwrap_or_default();
            if !spaces.is_empty() {
                spaces.clone_into(&mut layout.indent);
            }
        }
        let indent = layout.indent.clone();
        for piece in layout.pieces.iter_mut().filter(|piece| piece.lead.is_empty()) {
            piece.lead.clone_from(&indent);
        }
        layout
    }

    /// Gives what stands before the next line break to the value before it (or to the opening
    /// bracket), and returns what stands after; `None` when no line ends here.
    fn end_line(&mut self, before_comma: &str, after_comma: &str) -> Option<String> {
        let both = format!("{before_comma}{after_comma}").replace("\r\n", "\n");
        let (same_line, below) = both.split_once('\n')?;
        self.is_multi_line = true;
        let owner = self.pieces.last_mut().map_or(&mut self.opening, |piece| &mut piece.tail);
        same_line.trim_end().clone_into(owner);
        Some(below.to_owned())
    }

    /// Hands the comment lines above values that go to the next value that stays.
    fn save_comments(&mut self, chosen: &[Choice]) {
        let mut stays = vec![false; self.pieces.len()];
        for choice in chosen {
            if let Choice::Kept(place) = choice {
                stays[*place] = true;
            }
        }
        let mut saved = String::new();
        for (piece, stays) in self.pieces.iter_mut().zip(stays) {
            if stays {
                piece.lead.insert_str(0, &std::mem::take(&mut saved));
            } else if let Some(end) = piece.lead.rfind('\n') {
                saved.push_str(&piece.lead[..=end]);
            }
        }
        self.closing.insert_str(0, &saved);
    }

    fn put_together(self, chosen: Vec<Choice>) -> Array {
        let mut array = Array::new();
        let mut line_end = self.opening;
        for choice in chosen {
            let piece = match choice {
                Choice::Kept(place) => self.pieces[place].clone(),
                Choice::New(value) => Piece { lead: self.indent.clone(), value, tail: String::new() },
            };
            let prefix = match (self.is_multi_line, array.is_empty()) {
                (true, _) => format!("{line_end}\n{}", piece.lead),
                (false, true) => String::new(),
                (false, false) => " ".to_owned(),
            };
            array.push_formatted(piece.value.decorated(prefix, ""));
            line_end = piece.tail;
        }
        if self.is_multi_line && !(array.is_empty() && line_end.is_empty() && self.closing.is_empty()) {
            array.set_trailing(format!("{line_end}\n{}", self.closing));
            array.set_trailing_comma(!array.is_empty());
        }
        array
    }
}
