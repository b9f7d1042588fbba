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

/// How many bytes of a key [`prefix`] tells.
const PREFIX_BYTES: usize = 20;

/// The first bytes of a key whose bytes compare as [`Folded::compare`] does, up to case: two texts
/// whose prefixes differ stand in the order of these. The last of the three has 32 bits.
pub(super) fn prefix(text: &str) -> [u64; 3] {
    let mut key = Prefix::default();
    if text.is_ascii() {
        key.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        key.extend(text.to_lowercase().bytes());
    }
    key.words()
}

#[derive(Default)]
struct Prefix {
    bytes: [u8; PREFIX_BYTES],
    length: usize,
}

impl Prefix {
    fn extend(&mut self, lower: impl Iterator<Item = u8>) {
        let mut lower = lower.peekable();
        while self.length < PREFIX_BYTES {
            match lower.next() {
                None => return,
                Some(digit @ b'0'..=b'9') => self.push_run(digit, &mut lower),
                Some(byte) => self.push(byte),
            }
        }
    }

    /// A run of digits: the mark that places it among other characters, how many digits it has
    /// without leading zeros, then two of them a byte.
    fn push_run(&mut self, first: u8, lower: &mut Peekable<impl Iterator<Item = u8>>) {
        self.push(b'0');
        let place = self.length;
        let mut count: usize = 0;
        let mut next = Some(first);
        while let Some(digit) = next {
            if count > 0 || digit != b'0' {
                if count.is_multiple_of(2) {
                    self.put(place + 1 + count / 2, (digit - b'0') << 4);
                } else {
                    self.put(place + 1 + count / 2, digit - b'0');
                }
                count += 1;
            }
            next = lower.next_if(u8::is_ascii_digit);
        }
        if count < usize::from(u8::MAX) {
            self.put(place, count as u8);
            self.length = place + 1 + count.div_ceil(2);
        } else {
            // Longer runs are all equal here, and told apart by comparing whole texts.
            self.put(place, u8::MAX);
            self.bytes.iter_mut().skip(place + 1).for_each(|byte| *byte = 0);
            self.length = PREFIX_BYTES;
        }
    }

    fn push(&mut self, byte: u8) {
        self.put(self.length, byte);
        self.length += 1;
    }

    fn put(&mut self, place: usize, bits: u8) {
        if let Some(byte) = self.bytes.get_mut(place) {
            *byte |= bits;
        }
    }

    fn words(&self) -> [u64; 3] {
        let word =
            |from: usize, to| self.bytes[from..to].iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        [word(0, 8), word(8, 16), word(16, PREFIX_BYTES)]
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

    #[test]
    fn prefixes_never_contradict_whole_texts() {
        let (short, long) = ("9".repeat(300), "1".repeat(301));
        let texts = [
            "",
            "a",
            "A",
            "a\0",
            "a0",
            "a00",
            "a0b",
            "a1",
            "a 1",
            "a~",
            "a9",
            "a10",
            "a010",
            "a2b",
            "aé",
            "é",
            "É1",
            "2533274792693551",
            "2533274792693552",
            "99999999999999999999999",
            "星野ソラ#7715",
            "x12345678901y",
            &short,
            &long,
        ];
        for left in texts {
            for right in texts {
                let prefixes = prefix(left).cmp(&prefix(right));
                let whole = natural(&left.to_lowercase(), &right.to_lowercase());
                assert!(prefixes.is_eq() || prefixes == whole, "{left:?} {right:?}: {prefixes:?}, {whole:?}");
            }
        }
        assert_ne!(prefix("2533274792693551"), prefix("2533274792693552"), "a whole XUID fits");
    }
}
