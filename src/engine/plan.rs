//! What a fetch asks for, cut into requests. Pure: the same question gives the same plan.

use std::collections::HashMap;

use crate::model::{ColumnKey, Scid, StatName, Xuid};

/// The columns of a fetch in the two orders in which they are needed: by SCID for the requests,
/// by name for the answers.
#[derive(Debug)]
pub(super) struct Columns {
    keys: Vec<ColumnKey>,
    by_scid: Vec<(Scid, Vec<StatName>)>,
    /// For each SCID of `by_scid`, the columns by the names of their stats.
    places: Vec<HashMap<Box<str>, usize>>,
}

/// The place of a SCID among those of a fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScidIndex(usize);

/// Which SCID that was asked for a SCID of an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScidMatch {
    Exact(ScidIndex),
    OtherCase(ScidIndex),
    None,
}

impl Columns {
    pub(super) fn new(keys: Vec<ColumnKey>) -> Self {
        let mut indices: HashMap<Scid, usize> = HashMap::new();
        let mut by_scid: Vec<(Scid, Vec<StatName>)> = Vec::new();
        let mut places: Vec<HashMap<Box<str>, usize>> = Vec::new();
        for (column, key) in keys.iter().enumerate() {
            let index = *indices.entry(key.scid.clone()).or_insert_with(|| {
                by_scid.push((key.scid.clone(), Vec::new()));
                places.push(HashMap::new());
                places.len() - 1
            });
            by_scid[index].1.push(key.stat.clone());
            places[index].insert(key.stat.as_str().into(), column);
        }
        Self { keys, by_scid, places }
    }

    /// As asked for.
    pub(super) fn keys(&self) -> &[ColumnKey] {
        &self.keys
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The body of a request: each SCID once, with its stats.
    pub(super) fn by_scid(&self) -> &[(Scid, Vec<StatName>)] {
        &self.by_scid
    }

    /// Where a SCID of an answer belongs. One that differs only by case from a single SCID asked
    /// for can only mean that one: the service answers what it was asked.
    pub(super) fn scid(&self, text: &str) -> ScidMatch {
        let place = |matches: &dyn Fn(&str) -> bool, from: usize| {
            let found = self.by_scid[from..].iter().position(|(scid, _)| matches(scid.as_str()));
            found.map(|index| index + from)
        };
        if let Some(index) = place(&|scid| scid == text, 0) {
            return ScidMatch::Exact(ScidIndex(index));
        }
        let is_alike = |scid: &str| scid.eq_ignore_ascii_case(text);
        match place(&is_alike, 0) {
            Some(index) if place(&is_alike, index + 1).is_none() => ScidMatch::OtherCase(ScidIndex(index)),
            _ => ScidMatch::None,
        }
    }

    /// The column of a stat.
    pub(super) fn column(&self, scid: ScidIndex, stat: &str) -> Option<usize> {
        self.places[scid.0].get(stat).copied()
    }

    /// The columns of a SCID.
    pub(super) fn of_scid(&self, scid: ScidIndex) -> impl Iterator<Item = usize> {
        self.places[scid.0].values().copied()
    }

    /// The columns of a stat of this name, whatever their SCID.
    pub(super) fn of_stat(&self, stat: &str) -> Vec<usize> {
        self.places.iter().filter_map(|stats| stats.get(stat).copied()).collect()
    }
}

/// Cuts users into requests as even as they can be, so that no request is left with one straggler.
pub(super) fn batches(users: &[Xuid], users_per_request: usize) -> impl Iterator<Item = &[Xuid]> {
    let requests = requests(users.len(), users_per_request).max(1);
    users.chunks(users.len().div_ceil(requests).max(1))
}

/// How many requests so many users take.
pub(super) fn requests(users: usize, users_per_request: usize) -> usize {
    users.div_ceil(users_per_request.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(scid: &str, stat: &str) -> ColumnKey {
        ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
    }

    #[test]
    fn columns_are_gathered_by_scid() {
        let columns = Columns::new(vec![key("a", "Kills"), key("b", "Laps"), key("a", "Deaths")]);
        let shape: Vec<_> =
            columns.by_scid().iter().map(|(scid, stats)| (scid.as_str(), stats.len())).collect();
        assert_eq!(shape, [("a", 2), ("b", 1)]);
        let ScidMatch::Exact(scid) = columns.scid("a") else { panic!("not found") };
        assert_eq!(columns.column(scid, "Deaths"), Some(2));
        assert_eq!(columns.column(scid, "Laps"), None);
        assert_eq!(columns.of_scid(scid).count(), 2);
        assert_eq!(columns.of_stat("Laps"), [1]);
    }

    #[test]
    fn a_scid_of_other_case_counts_when_only_one_can_be_meant() {
        let columns = Columns::new(vec![key("abc", "Kills"), key("XYZ", "Kills"), key("xyz", "Kills")]);
        assert_eq!(columns.scid("ABC"), ScidMatch::OtherCase(ScidIndex(0)));
        assert_eq!(columns.scid("xyz"), ScidMatch::Exact(ScidIndex(2)));
        assert_eq!(columns.scid("Xyz"), ScidMatch::None);
    }

    #[test]
    fn batches_hold_everyone_once_and_never_too_many() {
        for count in [0_u64, 1, 99, 100, 101, 250] {
            let users: Vec<Xuid> = (0..count).map(Xuid).collect();
            let cut: Vec<_> = batches(&users, 100).collect();
            assert!(cut.iter().all(|batch| batch.len() <= 100), "{count}");
            assert_eq!(cut.len(), requests(users.len(), 100), "{count}");
            assert_eq!(cut.concat(), users);
        }
    }
}
