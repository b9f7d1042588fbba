use std::ops::Range;

/// Why a formula cannot be worked out, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("character {column}: {message}")]
pub struct FormulaError {
    /// The bytes of the text that are at fault, on borders of characters. Empty at a place where
    /// something is missing.
    pub span: Range<usize>,
    /// The first character at fault, from 1.
    pub column: usize,
    /// What is wrong there and what to write: sentences without the final stop.
    pub message: String,
    /// What to put in place of `span`, when there is a good guess.
    pub replacement: Option<String>,
}

impl FormulaError {
    pub(super) fn new(text: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        let column = text.get(..span.start).unwrap_or(text).chars().count() + 1;
        Self { span, column, message: message.into(), replacement: None }
    }

    pub(super) fn replaced_by(mut self, replacement: impl Into<String>) -> Self {
        self.replacement = Some(replacement.into());
        self
    }
}
