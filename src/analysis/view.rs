use super::{Extent, extent, order};
use crate::model::{StatTable, ViewSettings};

/// A table as it is looked at: which rows in which order, and how far each column reaches. Made
/// once when table or settings change, then read by grid and charts as often as they draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    rows: Vec<u32>,
    extents: Vec<Option<Extent>>,
}

impl View {
    /// Looks at a table. Takes time in proportion to its cells, and to sort its rows.
    #[must_use]
    pub fn new(table: &StatTable, settings: &ViewSettings) -> Self {
        let rows = order(table, &settings.sort);
        let extents = if settings.heat_map {
            table.columns().iter().map(|column| extent::of(column, &rows)).collect()
        } else {
            Vec::new()
        };
        Self { rows, extents }
    }

    /// The table's rows, in the order in which they stand.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Between which numbers a column lies. `None` when it has none, and when there is no heat
    /// map to draw.
    #[must_use]
    pub fn extent(&self, column: usize) -> Option<Extent> {
        self.extents.get(column).copied().flatten()
    }
}
