use std::borrow::Cow;

/// Whether the text is for programs or for spreadsheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Every cell is exactly what it is.
    Exact,
    /// Whatever a spreadsheet would spoil is written so that it cannot; [`unguarded`] reads it back.
    ///
    /// - An integer of more than 15 digits, above all a XUID, is written `="2535466120001871"`: a
    ///   spreadsheet keeps 15 digits of a number, and takes this for a text. No other form is kept
    ///   both where cells are pasted and where a file is opened, and looks there like the number.
    /// - A name or text that would become a formula (it starts with `=`, `+`, `-`, `@`, a tab or a
    ///   line break) gets an apostrophe in front. Numbers do not: `-5` is no formula.
    Spreadsheet,
}

impl Guard {
    /// A name, text or id.
    pub(super) fn text(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Spreadsheet if is_long(text) => as_text(text),
            // What looks guarded, and is not, gets an apostrophe that is taken off in its place.
            Self::Spreadsheet if is_formula(text) || unguarded(text) != text => {
                Cow::Owned(format!("'{text}"))
            }
            Self::Spreadsheet | Self::Exact => Cow::Borrowed(text),
        }
    }

    /// A number, as sent or as shown.
    pub(super) fn number(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Spreadsheet if is_long(text) => as_text(text),
            Self::Spreadsheet | Self::Exact => Cow::Borrowed(text),
        }
    }

    /// A cell of which nothing tells whether it is a number: whatever reads as one is.
    pub(super) fn either(self, text: &str) -> Cow<'_, str> {
        if is_figure(text) { self.number(text) } else { self.text(text) }
    }
}

/// What a cell holds that was written with [`Guard::Spreadsheet`], or that a person kept from a
/// spreadsheet in one of the same two ways: `="2535466120001871"` and `'2535466120001871` are
/// `2535466120001871`.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    let quoted = cell.strip_prefix(AS_TEXT).and_then(|rest| rest.strip_suffix('"'));
    if let Some(inside) = quoted.filter(|inside| !inside.is_empty() && !inside.contains('"')) {
        return inside;
    }
    let guarded = cell.trim_start_matches('\'');
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(guarded) || is_long(guarded) => rest,
        _ => cell,
    }
}

/// Whether a cell is of the form of `="2535466120001871"`.
pub(super) fn is_as_text(cell: &str) -> bool {
    let inside = cell.strip_prefix(AS_TEXT).and_then(|rest| rest.strip_suffix('"'));
    inside.is_some_and(is_long)
}

const AS_TEXT: &str = "=\"";
/// The digits of a number that a spreadsheet keeps.
const MOST_DIGITS: usize = 15;

fn as_text(number: &str) -> Cow<'_, str> {
    Cow::Owned(format!("{AS_TEXT}{number}\""))
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether a text is nothing but a number, in the form in which programs write one.
fn is_figure(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

/// Whether a text is an integer, as sent or with its thousands separated, that loses digits.
fn is_long(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '−']).unwrap_or(text).bytes();
    digits.clone().all(|byte| byte.is_ascii_digit() || byte == b',')
        && digits.filter(u8::is_ascii_digit).count() > MOST_DIGITS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_integers_stay_whole_and_all_else_what_it_is() {
        let guard = Guard::Spreadsheet;
        assert_eq!(guard.text("2535466120001871"), "=\"2535466120001871\"");
        assert_eq!(guard.number("-9223372036854775808"), "=\"-9223372036854775808\"");
        assert_eq!(guard.number("−9,223,372,036,854,775,808"), "=\"−9,223,372,036,854,775,808\"");
        for kept in ["999999999999999", "-5", "0.12345678901234567", "1e300", ""] {
            assert_eq!(guard.number(kept), kept);
        }
        assert_eq!(Guard::Exact.text("2535466120001871"), "2535466120001871");
        assert_eq!((guard.text("'=1"), guard.text("'t is")), ("''=1".into(), "'t is".into()));
    }

    #[test]
    fn what_reads_as_a_number_is_one_and_all_else_a_text() {
        let guard = Guard::Spreadsheet;
        for kept in ["-0.394", "-5", "-1e-7", "0.5", "7", "TigerShark", ""] {
            assert_eq!(guard.either(kept), kept);
        }
        for text in ["-1+2", "-", "--5", "-A1", "+5", "-inf", "-.5", "=1", "@x", "-5 ", "-1,5"] {
            assert_eq!(guard.either(text), format!("'{text}"));
        }
        assert_eq!(guard.either("-9223372036854775808"), "=\"-9223372036854775808\"");
        assert_eq!(guard.either("2535466120001871"), "=\"2535466120001871\"");
        assert_eq!(Guard::Exact.either("=1"), "=1");
    }

    #[test]
    fn what_a_person_kept_from_a_spreadsheet_is_read() {
        for cell in ["=\"2535466120001871\"", "'2535466120001871", "2535466120001871"] {
            assert_eq!(unguarded(cell), "2535466120001871");
        }
        for kept in ["=\"\"", "=\"a\"&\"b\"", "'", "'t is", "=A1", "\"", "=\""] {
            assert_eq!(unguarded(kept), kept);
        }
        assert_eq!(unguarded(&"'".repeat(1_000_000)).len(), 1_000_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn what_is_guarded_reads_back(text in "['=\"]{0,4}([-+@−]?[0-9,]{0,20}|\\PC{0,5})[\"]?") {
            let guarded = Guard::Spreadsheet.text(&text);
            prop_assert_eq!(unguarded(&guarded), &text, "{}", guarded);
        }
    }
}
