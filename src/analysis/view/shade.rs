use super::{Shows, View};
use crate::{analysis::Extent, model::HeatScope};

/// How a cell is shaded by the heat map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shade {
    /// Where its number stands between the least (0) and the greatest (1).
    Share(f32),
    /// How far it is from the reference: −1 and 1 are as far as any is, 0 is the reference itself.
    Side(f32),
}

impl View {
    /// The shade of a cell. `None` without heat map, without a number, and until
    /// [`prepare`](Self::prepare) was called for the column.
    #[must_use]
    pub fn shade(&self, row: u32, column: usize) -> Option<Shade> {
        let settings = &self.input().settings;
        if !settings.heat_map {
            return None;
        }
        let number = self.number(row, column)?;
        if settings.diverging {
            let reference = self.reference(column)?;
            let reach = self.scope(column).filter_map(|other| self.reach(row, other)).fold(0.0, f64::max);
            let side = if reach > 0.0 { (number - reference) / reach } else { 0.0 };
            return Some(Shade::Side(side.clamp(-1.0, 1.0) as f32));
        }
        let extent = self.scope(column).filter_map(|other| self.extent(row, other)).reduce(Extent::joined)?;
        Some(Shade::Share(extent.share(number)))
    }

    /// How long the bar in a cell is: 1 and −1 are as far from zero as any number of the column.
    /// `None` without a number, and until [`prepare`](Self::prepare) was called for the column.
    #[must_use]
    pub fn bar(&self, row: u32, column: usize) -> Option<f32> {
        let number = self.number(row, column)?;
        let summary = &self.totals(column)?.totals.summary;
        let greatest = summary.max?.as_f64().abs().max(summary.min?.as_f64().abs());
        Some(if greatest > 0.0 { (number / greatest) as f32 } else { 0.0 })
    }

    /// The columns among whose numbers a shade places one of `column`.
    fn scope(&self, column: usize) -> impl Iterator<Item = usize> {
        let columns = self.columns();
        let scope = self.input().settings.heat_scope;
        let title = move |at: usize| columns[at].field.stat().map(|key| &key.scid);
        (0..columns.len()).filter(move |other| match scope {
            HeatScope::Column => *other == column,
            HeatScope::Row => columns[*other].shows == Shows::Value,
            HeatScope::Title => columns[*other].shows == Shows::Value && title(*other) == title(column),
        })
    }

    /// Between which numbers a column lies, or only its cell when shades compare along rows.
    fn extent(&self, row: u32, column: usize) -> Option<Extent> {
        if self.input().settings.heat_scope == HeatScope::Row {
            let number = self.number(row, column)?;
            return Some(Extent { least: number, greatest: number });
        }
        let summary = &self.totals(column)?.totals.summary;
        Some(Extent { least: summary.min?.as_f64(), greatest: summary.max?.as_f64() })
    }

    /// How far the numbers of a column, or only its cell, are from the reference.
    fn reach(&self, row: u32, column: usize) -> Option<f64> {
        if self.input().settings.heat_scope == HeatScope::Row {
            return Some((self.number(row, column)? - self.reference(column)?).abs());
        }
        self.totals(column)?.reach()
    }

    fn reference(&self, column: usize) -> Option<f64> {
        self.totals(column)?.reference.map(crate::analysis::Figure::as_f64)
    }
}
