//! The order in which people expect texts: "Item 2" before "Item 10".

use std::{cmp::Ordering, iter::Peekable, str::Chars};

/// A text with its lower-case form, made once for a whole sort.
pub(super) struct Folded<'a> {
    lower: String,
    text: std::borrow::Cow<'a, str>,
}

impl<'a> Folded<'a> {
    pub(super) fn new(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        let text = text.into();
        Self { lower: text.to_lowercase(), text }
    }

    /// Runs of digits by their number, all else by letter; case decides only between texts that
    /// differ in nothing else. `Equal` for identical texts alone.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        natural(&self.lower, &other.lower).then_with(|| self.text.cmp(&other.text))
    }
}

fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.chars().peekable(), right.chars().peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                match compare_runs(&mut left, &mut right) {
                    Ordering::Equal => {}
                    unequal => return unequal,
                }
            }
            (Some(a), Some(b)) if a == b => {
                left.next();
                right.next();
            }
            (Some(a), Some(b)) => return a.cmp(&b),
        }
    }
}

/// Compares two runs of digits by their number and steps over both, whatever their length.
fn compare_runs(left: &mut Peekable<Chars<'_>>, right: &mut Peekable<Chars<'_>>) -> Ordering {
    skip_zeros(left);
    skip_zeros(right);
    let mut first_difference = Ordering::Equal;
    loop {
        match (left.next_if(char::is_ascii_digit), right.next_if(char::is_ascii_digit)) {
            (None, None) => return first_difference,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => first_difference = first_difference.then(a.cmp(&b)),
        }
    }
}

fn skip_zeros(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if_eq(&'0').is_some() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts_count() {
        let mut names = ["Item 10", "item 2", "Item 2", "Item 02", "Item", "ITEM 9a", "Über", "uber"];
        names.sort_by(|a, b| Folded::new(*a).compare(&Folded::new(*b)));
        assert_eq!(names, ["Item", "Item 02", "Item 2", "item 2", "ITEM 9a", "Item 10", "uber", "Über"]);
    }
}
