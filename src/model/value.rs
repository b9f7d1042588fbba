use std::{fmt, sync::Arc};

/// The `type` that the service sent with a value: `Integer`, `Double`, `String`, `DateTime` or
/// anything else. An open set: what is not known is shown as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatType(Arc<str>);

impl StatType {
    /// Takes the text as sent. Empty when the service sent none.
    #[must_use]
    pub fn from_wire(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn reads_as_number(&self, form: WireForm) -> bool {
        let known = |name: &str| self.0.eq_ignore_ascii_case(name);
        known("Integer") || known("Double") || (form == WireForm::Number && !known("String"))
    }
}

impl fmt::Display for StatType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The JSON form in which a value arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireForm {
    /// `"4531"`
    String,
    /// `4531`
    Number,
    /// `true` or `false`
    Bool,
    /// An object or a list: kept as its JSON text.
    Other,
}

/// A value on its way from an answer into a [`Column`](super::Column): borrowed, nothing made of it yet.
#[derive(Clone, Copy, Debug)]
pub struct WireValue<'a> {
    /// What was sent, without the quotes of a JSON string.
    pub text: &'a str,
    /// How it was sent.
    pub form: WireForm,
    /// The `type` beside it; empty when there was none.
    pub stat_type: &'a str,
}

/// A value that stands in a table.
#[derive(Clone, Copy, Debug)]
pub struct ValueRef<'a> {
    /// The text exactly as sent, so that 64-bit integers survive.
    pub text: &'a str,
    /// How it was sent.
    pub form: WireForm,
    /// The `type` that was sent beside it.
    pub stat_type: &'a StatType,
    /// The number that we make of it, when it is one: finite, and exact up to 2^53.
    pub number: Option<f64>,
}

/// The finite number in `text`, if the type and form say that it is a number.
pub(super) fn number_of(text: &str, form: WireForm, stat_type: &StatType) -> Option<f64> {
    if !stat_type.reads_as_number(form) {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str, form: WireForm, stat_type: &str) -> Option<f64> {
        number_of(text, form, &StatType::from_wire(stat_type))
    }

    #[test]
    fn numbers_come_as_strings_and_as_numbers() {
        assert_eq!(number("7", WireForm::String, "Integer"), Some(7.0));
        assert_eq!(number("7.5", WireForm::Number, "Double"), Some(7.5));
        assert_eq!(number("7", WireForm::Number, ""), Some(7.0));
        assert_eq!(number("7", WireForm::Number, "Ratio"), Some(7.0));
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(number("007", WireForm::String, "String"), None);
        assert_eq!(number("7", WireForm::String, ""), None);
        assert_eq!(number("true", WireForm::Bool, "Integer"), None);
    }

    #[test]
    fn what_is_not_finite_is_no_number() {
        assert_eq!(number("NaN", WireForm::String, "Double"), None);
        assert_eq!(number("1e400", WireForm::Number, "Double"), None);
        assert_eq!(number("inf", WireForm::String, "Double"), None);
    }
}
