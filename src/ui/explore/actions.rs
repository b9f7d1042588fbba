use crate::{
    analysis,
    model::{Chart, ColumnKey, ExchangeId, Field, PlayerRef, Remedy, ViewSettings},
};

/// What the editor of formulas begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaStart {
    /// A new column; from this one, where there is one.
    New(Option<Field>),
    /// The derived column of this name.
    Change(String),
}

/// What the menu of a heading is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// The players.
    Player,
    /// The column at this place of [`View::columns`](analysis::View::columns).
    Column(usize),
}

/// What the user did on the Explore screen that others must act on.
#[derive(Clone, Debug, PartialEq)]
pub enum ExploreAction {
    /// Look at the table so: everything that is done with the grid comes to this.
    SetView(Box<ViewSettings>),
    /// Add these players to the group of this name, made where there is none.
    AddToGroup(String, Vec<PlayerRef>),
    /// Take these players out of the group at this place.
    TakeFromGroup(usize, Vec<PlayerRef>),
    /// Show what is said of this stat, to change it.
    DescribeStat(ColumnKey),
    /// Open the editor of formulas. The screen does it itself for what its own parts ask.
    EditFormula(FormulaStart),
    /// Show what is known of the selection, also where the inspector is folded away.
    Inspect,
    /// Save or copy the chart as a picture.
    ChartPicture,
    /// Draw this chart below the grid.
    SetChart(Box<Chart>),
    /// Compare the selected players side by side.
    CompareSelected,
    /// Something is on the clipboard now: one sentence for a notice.
    Copied {
        /// Such as "Copied 12 values of 3 players".
        what: String,
    },
    /// Write the shown rows to a file.
    Export(ExportFormat),
    /// Ask how the screen is to be drawn as a picture.
    Picture,
    /// Do what mends a failure.
    Remedy(Remedy),
    /// Show this request.
    ShowRequest(ExchangeId),
    /// Fetch what the query asks for.
    Fetch,
}

/// The form of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A value a row, separated by commas.
    Csv,
    /// A value a row, separated by tabs.
    Tsv,
    /// A list of objects, one a value.
    Json,
    /// Players × stats, for a chat or a wiki.
    Markdown,
}

/// What is selected in the grid, in figures.
#[derive(Clone, Debug)]
pub struct SelectionSummary {
    /// How many players.
    pub rows: usize,
    /// How many stats.
    pub columns: usize,
    /// Over the cells selected.
    pub summary: analysis::summary::Summary,
    /// The same as it is written: in the form of the columns, where they have one in common.
    pub figures: SelectionFigures,
}

/// Figures of a selection in words; `None` where there is none.
#[derive(Clone, Debug, Default)]
pub struct SelectionFigures {
    /// All together. Moments have no sum.
    pub sum: Option<String>,
    /// The mean.
    pub mean: Option<String>,
    /// The least.
    pub min: Option<String>,
    /// The greatest.
    pub max: Option<String>,
}
