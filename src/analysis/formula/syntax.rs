//! What formulas are made of, and how they are written.

use std::{fmt, ops::Range, sync::Arc};

use super::token::{begins_word, word_end};
use crate::analysis::Figure;

/// A step of a formula in postfix order: operands first, then what is done with them. There is no
/// tree, so nothing in here recurses, however long a formula is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Number(Figure),
    Text(Arc<str>),
    /// The name at this place of the formula's names.
    Name(usize),
    Negate,
    Not,
    Binary(Binary),
    /// With so many arguments.
    Call(Function, usize),
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Binary {
    /// How tightly it binds: more is tighter.
    pub(super) fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual | Self::Less | Self::AtMost | Self::Greater | Self::AtLeast => {
                COMPARISON
            }
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
        }
    }

    /// As it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }

    /// Whether it takes texts as well as numbers.
    pub(super) fn takes_text(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// How tightly `not` binds: it takes a whole comparison.
pub(super) const NOT: u8 = 3;
/// How tightly comparisons bind. They do not chain.
pub(super) const COMPARISON: u8 = 4;
/// How tightly a sign before an operand binds.
pub(super) const SIGN: u8 = 7;
/// Numbers, names, calls and what is in parentheses.
const WHOLE: u8 = 8;

/// What can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    If,
    Min,
    Max,
    Sum,
    Mean,
    Median,
    Abs,
    Round,
    Sqrt,
    Ln,
    Log,
    Rank,
    Percentile,
}

impl Function {
    pub(super) const ALL: [Self; 13] = [
        Self::If,
        Self::Rank,
        Self::Percentile,
        Self::Min,
        Self::Max,
        Self::Sum,
        Self::Mean,
        Self::Median,
        Self::Abs,
        Self::Round,
        Self::Sqrt,
        Self::Log,
        Self::Ln,
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::Min => "min",
            Self::Max => "max",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Abs => "abs",
            Self::Round => "round",
            Self::Sqrt => "sqrt",
            Self::Ln => "ln",
            Self::Log => "log",
            Self::Rank => "rank",
            Self::Percentile => "percentile",
        }
    }

    /// How it is called.
    pub(super) fn usage(self) -> &'static str {
        match self {
            Self::If => "if(condition, then, else)",
            Self::Min => "min(a, b, …)",
            Self::Max => "max(a, b, …)",
            Self::Sum => "sum(a, b, …)",
            Self::Mean => "mean(a, b, …)",
            Self::Median => "median(a, b, …)",
            Self::Abs => "abs(x)",
            Self::Round => "round(x) or round(x, decimals)",
            Self::Sqrt => "sqrt(x)",
            Self::Ln => "ln(x)",
            Self::Log => "log(x) or log(x, base)",
            Self::Rank => "rank(x)",
            Self::Percentile => "percentile(x)",
        }
    }

    /// What it gives, for people.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::If => "The second where the condition holds, else the third",
            Self::Min => "The least of its arguments",
            Self::Max => "The greatest of its arguments",
            Self::Sum => "The sum of its arguments",
            Self::Mean => "The mean of its arguments",
            Self::Median => "The middle one of its arguments",
            Self::Abs => "Without the sign",
            Self::Round => "To the nearest whole number, or to so many decimals",
            Self::Sqrt => "The square root",
            Self::Ln => "The natural logarithm",
            Self::Log => "The logarithm to base 10, or to the base given",
            Self::Rank => "The place among the shown players, 1 for the greatest: rank(-x) for the least",
            Self::Percentile => "The share of the shown players that are below, from 0 to 100",
        }
    }

    /// How many arguments it takes.
    pub(super) fn arguments(self) -> Range<usize> {
        match self {
            Self::If => 3..4,
            Self::Min | Self::Max | Self::Sum | Self::Mean | Self::Median => 1..usize::MAX,
            Self::Round | Self::Log => 1..3,
            Self::Abs | Self::Sqrt | Self::Ln | Self::Rank | Self::Percentile => 1..2,
        }
    }

    /// Whether it looks at all rows at once.
    pub(super) fn is_whole_column(self) -> bool {
        matches!(self, Self::Rank | Self::Percentile)
    }
}

/// A stat or another formula, as a formula names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name {
    /// The title, by name or SCID, where one is given.
    pub(super) title: Option<Arc<str>>,
    /// The stat or formula.
    pub(super) stat: Arc<str>,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(title) = &self.title {
            write_name(f, title)?;
            f.write_str("::")?;
        }
        write_name(f, &self.stat)
    }
}

/// A name as it must be written in a formula: in brackets, unless it is one plain word.
pub(super) fn write_name(out: &mut impl fmt::Write, name: &str) -> fmt::Result {
    let is_reserved = ["and", "or", "not"].iter().any(|word| name.eq_ignore_ascii_case(word));
    let is_word =
        name.starts_with(begins_word) && word_end(name) == name.len() && !name.contains('.') && !is_reserved;
    if is_word { out.write_str(name) } else { write!(out, "[{}]", name.replace(']', "]]")) }
}

/// Writes steps as a formula.
pub(super) fn written(steps: &[Step], names: &[Name]) -> String {
    let mut stack: Vec<(String, u8)> = Vec::new();
    for step in steps {
        let piece = match step {
            Step::Number(Figure::Int(int)) => (int.to_string(), WHOLE),
            Step::Number(Figure::Real(real)) => (format!("{real:?}"), WHOLE),
            Step::Text(text) => (format!("\"{}\"", text.replace('"', "\"\"")), WHOLE),
            Step::Name(place) => (names.get(*place).map(ToString::to_string).unwrap_or_default(), WHOLE),
            Step::Negate => (format!("-{}", wrapped(stack.pop(), SIGN)), SIGN),
            Step::Not => (format!("not {}", wrapped(stack.pop(), NOT)), NOT),
            Step::Binary(binary) => {
                let own = binary.precedence();
                let right = wrapped(stack.pop(), own + 1);
                // Comparisons do not chain, so even one on the left needs parentheses.
                let left = wrapped(stack.pop(), if own == COMPARISON { own + 1 } else { own });
                let mut whole = left;
                for part in [" ", binary.sign(), " ", &right] {
                    whole.push_str(part);
                }
                (whole, own)
            }
            Step::Call(function, count) => {
                let arguments = stack.split_off(stack.len().saturating_sub(*count));
                let arguments: Vec<String> = arguments.into_iter().map(|(text, _)| text).collect();
                (format!("{}({})", function.name(), arguments.join(", ")), WHOLE)
            }
        };
        stack.push(piece);
    }
    stack.pop().unwrap_or_default().0
}

/// An operand, in parentheses when it binds less tightly than it must.
fn wrapped(piece: Option<(String, u8)>, at_least: u8) -> String {
    let (text, precedence) = piece.unwrap_or_default();
    if precedence >= at_least { text } else { format!("({text})") }
}
