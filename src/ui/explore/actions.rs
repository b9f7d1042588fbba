use crate::{
    analysis,
    model::{BarsChart, ExchangeId, Remedy, Sort},
};

/// What the user did on the Explore screen that others must act on.
#[derive(Clone, Debug, PartialEq)]
pub enum ExploreAction {
    /// Show the rows in this order.
    SetSort(Option<Sort>),
    /// Shade the cells, or no longer.
    SetHeatMap(bool),
    /// Draw this chart below the grid.
    SetChart(BarsChart),
    /// Something is on the clipboard now: one sentence for a notice.
    Copied {
        /// Such as "Copied 12 values of 3 players".
        what: String,
    },
    /// Write the shown rows to a file.
    Export(ExportFormat),
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
}
