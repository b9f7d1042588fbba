/// The group of a row that is in none.
pub const NO_GROUP: u32 = u32::MAX;

/// Which row is in which group. A row is in one group at most: that in whose colour it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// `None` when all rows are in the first.
    of_rows: Option<&'a [u32]>,
    count: usize,
}

impl<'a> Groups<'a> {
    /// A single group, which holds every row.
    pub const ALL: Groups<'static> = Groups { of_rows: None, count: 1 };

    /// So many groups, and for each row the place of its group; [`NO_GROUP`], or any other that is
    /// not below `count`, for none. Rows beyond the end of `of_rows` are in none.
    #[must_use]
    pub fn new(of_rows: &'a [u32], count: usize) -> Self {
        Self { of_rows: Some(of_rows), count }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The group of a row.
    #[must_use]
    pub fn of(&self, row: usize) -> Option<usize> {
        let group = self.of_rows.map_or(Some(0), |of_rows| of_rows.get(row).map(|group| *group as usize))?;
        (group < self.count).then_some(group)
    }

    /// For each group its rows with a number, and how many have none.
    pub(super) fn members(&self, values: &[f64]) -> Vec<Members> {
        let mut members = vec![Members::default(); self.count];
        for (row, value) in values.iter().enumerate() {
            let Some(group) = self.of(row) else { continue };
            if value.is_finite() {
                members[group].rows.push(row as u32);
            } else {
                members[group].missing += 1;
            }
        }
        members
    }
}

/// The rows of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    /// Those with a number, ascending.
    pub(super) rows: Vec<u32>,
    /// How many have none.
    pub(super) missing: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_group_or_a_number_are_told_apart() {
        let values = [1.0, f64::NAN, 3.0, f64::INFINITY, 5.0, 6.0];
        let of_rows = [0, 0, 1, 1, NO_GROUP];
        let members = Groups::new(&of_rows, 3).members(&values);
        let told: Vec<_> = members.iter().map(|group| (group.rows.as_slice(), group.missing)).collect();
        assert_eq!(told, [(&[0u32][..], 1), (&[2][..], 1), (&[][..], 0)]);
        let all = Groups::ALL.members(&values);
        assert_eq!((all[0].rows.as_slice(), all[0].missing), (&[0u32, 2, 4, 5][..], 2));
        assert!(Groups::new(&[], 0).members(&values).is_empty());
    }
}
