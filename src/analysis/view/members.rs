use std::collections::HashMap;

use crate::{
    analysis::sort::NOWHERE,
    model::{Group, PlayerRef, StatTable},
};

/// Which rows of a table belong to which groups of a query.
#[derive(Debug)]
pub(super) struct Members {
    /// For each group its rows in the table, ascending. Repeated players are not among them.
    rows: Vec<Vec<u32>>,
    /// For each row of the table its first group.
    first: Vec<u32>,
}

impl Members {
    /// Looks at the rows of `shown`.
    pub(super) fn of(table: &StatTable, shown: &[u32], groups: &[Group]) -> Self {
        let mut places: HashMap<&PlayerRef, Vec<u32>> = HashMap::new();
        for (place, group) in (0u32..).zip(groups) {
            for player in &group.players {
                let places = places.entry(player).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        let mut members =
            Self { rows: vec![Vec::new(); groups.len()], first: vec![NOWHERE; table.rows().len()] };
        for row in shown {
            let Some(places) = places.get(&table.rows()[*row as usize].asked) else { continue };
            for place in places {
                members.rows[*place as usize].push(*row);
            }
            members.first[*row as usize] = places.first().copied().unwrap_or(NOWHERE);
        }
        members
    }

    pub(super) fn rows(&self, group: usize) -> &[u32] {
        &self.rows[group]
    }

    /// For each row of the table the place of its first group.
    pub(super) fn first(&self) -> &[u32] {
        &self.first
    }
}
