//! The rows of a view in a later table, where they were: what is shown while a fetch runs, so that
//! nothing jumps under a hand.

use std::sync::Arc;

use super::{Context, Lazies, View, ViewInput};
use crate::{
    analysis::Derived,
    model::{RowState, StatTable},
};

/// What a view is to show instead of its table.
#[derive(Clone, Debug)]
pub struct Later<'a> {
    /// The table.
    pub table: Arc<StatTable>,
    /// The answer to the fetch before.
    pub before: Option<Arc<StatTable>>,
    /// What the formulas come to by now.
    pub derived: Vec<Arc<Derived>>,
    /// For each row of the table so far its place in this one; `None` when each is where it was.
    pub rows: Option<&'a [Option<u32>]>,
}

impl View {
    /// The same rows in the same order. Players that turned out to be there already are taken out;
    /// those who came in stand last, or wait for the order to settle where there are filters.
    /// `None` when rows are in groups and others came in, or went: these have no place without values.
    #[must_use]
    pub fn later(&self, later: Later<'_>) -> Option<Self> {
        let held = &self.0;
        let Later { table, before, derived, rows } = later;
        let counted = rows.map_or(table.rows().len(), <[_]>::len);
        if counted != self.table().rows().len() || (rows.is_some() && !held.groups.is_empty()) {
            return None;
        }
        let is_shown = |row: &u32| !matches!(table.rows()[*row as usize].state, RowState::DuplicateOf(_));
        let now = |row: &u32| rows.map_or(Some(*row), |rows| rows[*row as usize]).filter(is_shown);
        let mut order = Vec::with_capacity(table.rows().len());
        let mut groups = held.groups.clone();
        let mut line = 0;
        for group in &mut groups {
            let start = order.len();
            order.extend(held.order[group.rows.clone()].iter().filter_map(now));
            group.rows = start..order.len();
            group.line = line;
            line += 1 + if group.collapsed { 0 } else { group.rows.len() };
        }
        if groups.is_empty() {
            order.extend(held.order.iter().filter_map(now));
        }
        let mut kept: Vec<u32> = held.kept.iter().filter_map(now).collect();
        let input = ViewInput { table, before, derived, ..self.input().clone() };
        let context = Context::new(input, None);
        if let Some(rows) = rows.filter(|_| context.input.settings.filters.is_empty()) {
            let mut is_known = vec![false; context.input.table.rows().len()];
            rows.iter().flatten().for_each(|row| is_known[*row as usize] = true);
            order.extend(context.shown.iter().filter(|row| !is_known[**row as usize]));
            kept = context.shown.to_vec();
        }
        let lazies = Arc::new(Lazies::new(&context));
        let (kept, order) = (Arc::new(kept), Arc::new(order));
        Some(Self::put_together(context, kept, order, groups, lazies, held.problems.clone()))
    }
}
