use std::collections::HashMap;

use super::{Origin, View, filter};
use crate::{
    analysis::{Stop, Stopped},
    model::{Cell, Field, Filter},
};

/// A value of a column, and how many rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The text as sent; `None` for all cells without a value.
    pub text: Option<String>,
    /// How many rows.
    pub count: usize,
}

impl View {
    /// The different values of a stat, the most frequent first, over the rows that all filters but
    /// those on this column leave. Empty for formulas and for columns that the table lacks.
    ///
    /// # Errors
    /// When `stop` says so.
    pub fn facets(&self, field: &Field, stop: &Stop) -> Result<Vec<Facet>, Stopped> {
        let Some(origin @ Origin::Stat(_)) = self.0.context.origin(field) else { return Ok(Vec::new()) };
        let skip = |filter: &Filter| matches!(filter, Filter::Column(on, _) if on == field);
        let mut counts: HashMap<Option<&str>, usize> = HashMap::new();
        for row in self.filtered_but(skip, stop)? {
            let text = match self.0.context.cell(origin, row) {
                Cell::Value(value) => Some(value.text),
                _ => None,
            };
            *counts.entry(text).or_default() += 1;
        }
        let mut facets: Vec<Facet> =
            counts.into_iter().map(|(text, count)| Facet { text: text.map(str::to_owned), count }).collect();
        facets.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.text.cmp(&right.text)));
        Ok(facets)
    }

    /// For each group of the query, how many of its members are among the rows that all filters but
    /// those on groups leave.
    ///
    /// # Errors
    /// When `stop` says so.
    pub fn group_counts(&self, stop: &Stop) -> Result<Vec<usize>, Stopped> {
        let rows = self.filtered_but(|filter| matches!(filter, Filter::Groups(_)), stop)?;
        let members = self.0.context.members();
        let count = |group| members.rows(group).iter().filter(|row| rows.binary_search(row).is_ok()).count();
        Ok((0..self.input().groups.len()).map(count).collect())
    }

    fn filtered_but(&self, skip: impl Fn(&Filter) -> bool, stop: &Stop) -> Result<Vec<u32>, Stopped> {
        // What cannot be applied was said when the view was made.
        filter::keep(&self.0.context, &self.0.context.shown, skip, &mut Vec::new(), stop)
    }
}
