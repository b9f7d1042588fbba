//! The comparison as plain data: all that is drawn and copied, worked out once for each change.

use std::borrow::Cow;

use crate::{
    analysis::compare::Verdict,
    model::{Beside, SeriesSlot},
};

/// All of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sheet {
    /// Those compared, from left to right.
    pub(super) heads: Vec<Head>,
    /// How many of them are pinned: the first ones.
    pub(super) pinned: usize,
    pub(super) lines: Vec<SheetLine>,
    pub(super) profile: Profile,
    /// Where they differ most, the most first.
    pub(super) differ: Vec<Differ>,
    pub(super) says: Says,
}

/// What stands above a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    pub(super) name: String,
    /// Its colour and, by the place of that, its marker; `None` for a figure to measure by.
    pub(super) colour: Option<SeriesSlot>,
    /// What is said below the name, a line each.
    pub(super) notes: Vec<String>,
    /// Whether the first of the notes is a warning: who it is cannot be shown.
    pub(super) is_absent: bool,
    pub(super) is_reference: bool,
    pub(super) is_pinned: bool,
    /// How many characters its longest cell has.
    pub(super) longest: usize,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SheetLine {
    /// The name of a title.
    Title(String),
    /// A stat.
    Stat(Stat),
}

/// What those compared have of a stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stat {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) is_derived: bool,
    /// Its place among the lines that were compared.
    pub(super) line: usize,
    pub(super) cells: Vec<SheetCell>,
}

/// What one of those compared has of a stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SheetCell {
    pub(super) kind: CellKind,
    /// The value; in words where there is none.
    pub(super) text: String,
    /// What stands beside it; empty for nothing.
    pub(super) beside: String,
    pub(super) verdict: Verdict,
    pub(super) is_best: bool,
}

/// What there is in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    Value,
    NoValue,
    /// Could not be read.
    Failed,
    /// Still to come.
    Pending,
    /// Not asked for.
    #[default]
    Empty,
}

/// What the radar shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Profile {
    /// The places of the drawn stats among the lines that were compared.
    pub(super) lines: Vec<usize>,
    pub(super) axes: Vec<String>,
    /// Which of the axes are turned round.
    pub(super) turned: Option<String>,
    pub(super) shapes: Vec<Shape>,
}

/// One of those compared on the radar.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// Its place among the heads.
    pub(super) head: usize,
    pub(super) corners: Vec<Option<f64>>,
    pub(super) words: Vec<String>,
}

/// How far apart those compared are in a stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Differ {
    pub(super) name: String,
    pub(super) bars: Vec<Bar>,
}

/// The bar of one of those compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bar {
    /// Its place among the heads.
    pub(super) head: usize,
    pub(super) score: f64,
    /// The value.
    pub(super) text: String,
}

/// What is said of the comparison as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Says {
    /// Who and what is compared: "4 players and 1 reference · 9 stats in 2 titles".
    pub(super) what: String,
    /// Which direction is good, and who says so.
    pub(super) better: String,
    /// What the others are held against.
    pub(super) reference: String,
    /// What stands beside the values.
    pub(super) beside: Beside,
    /// How many players scores are among: "24 players".
    pub(super) among: String,
    /// What stands in place of the values; empty for the values themselves.
    pub(super) shown_as: String,
}

impl Sheet {
    /// The stats, without the titles.
    pub(super) fn stats(&self) -> impl Iterator<Item = &Stat> {
        self.lines.iter().filter_map(|line| match line {
            SheetLine::Stat(stat) => Some(stat),
            SheetLine::Title(_) => None,
        })
    }

    /// What a screen reader says of a cell: who, which stat, the value, and what stands beside it.
    pub(super) fn said(&self, stat: &Stat, column: usize) -> String {
        let Some((head, cell)) = self.heads.get(column).zip(stat.cells.get(column)) else {
            return String::new();
        };
        let mut said = format!("{}, {}: {}", head.name, stat.name, cell.words());
        if !cell.beside.is_empty() {
            let beside = match (self.says.beside, cell.verdict) {
                (Beside::Difference, Verdict::Better) => format!(", {}, better", cell.beside),
                (Beside::Difference, Verdict::Worse) => format!(", {}, worse", cell.beside),
                (Beside::Difference, Verdict::None) => format!(", {}", cell.beside),
                (beside, _) => format!(", {} {}", super::words::beside(beside), cell.beside),
            };
            said.push_str(&beside);
        }
        if cell.is_best {
            said.push_str(", best");
        }
        said
    }
}

impl SheetCell {
    /// The value, or why there is none.
    pub(super) fn words(&self) -> Cow<'_, str> {
        match self.kind {
            CellKind::Pending => "pending".into(),
            CellKind::Empty if self.text.is_empty() => "not asked".into(),
            CellKind::Failed if self.text.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("failed, {}", self.text).into()
            }
            _ => self.text.as_str().into(),
        }
    }
}
