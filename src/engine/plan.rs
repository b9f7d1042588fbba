//! What a fetch asks for, cut into requests. Pure: the same question gives the same plan.

use std::collections::HashMap;

use super::narrow::ColumnSet;
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

    /// The title of each column, as a number.
    pub(super) fn titles(&self) -> Vec<usize> {
        let places: HashMap<&Scid, usize> =
            self.by_scid.iter().enumerate().map(|(index, (scid, _))| (scid, index)).collect();
        self.keys.iter().map(|key| places[&key.scid]).collect()
    }

    /// Some of them.
    pub(super) fn some(&self, set: &[usize]) -> Self {
        Self::new(set.iter().map(|column| self.keys[*column].clone()).collect())
    }

    /// What some columns take of a body, in bytes.
    fn bytes(&self, set: &[usize]) -> usize {
        let mut title = None;
        let mut bytes = 0;
        for column in self.by_title(set) {
            let key = &self.keys[column];
            if title.replace(&key.scid) != Some(&key.scid) {
                bytes += title_bytes(&key.scid);
            }
            bytes += stat_bytes(&key.stat);
        }
        bytes
    }

    /// Columns so that those of a title stand together, in the order of the titles.
    fn by_title(&self, set: &[usize]) -> Vec<usize> {
        let mut firsts: HashMap<&Scid, usize> = HashMap::new();
        let mut order: Vec<(usize, usize)> = set
            .iter()
            .map(|column| (*firsts.entry(&self.keys[*column].scid).or_insert(*column), *column))
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, column)| column).collect()
    }

    /// Columns in blocks that take so many bytes at most: whole titles together, and a title cut
    /// only when it is too large by itself. A block holds one column at least.
    fn cut(&self, set: &[usize], most: usize) -> Vec<ColumnSet> {
        let ordered = self.by_title(set);
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let mut filled = 0;
        for title in ordered.chunk_by(|left, right| self.keys[*left].scid == self.keys[*right].scid) {
            let whole = self.bytes(title);
            let fits = !blocks.is_empty() && filled + whole <= most;
            if !fits {
                blocks.push(Vec::new());
                filled = 0;
            }
            if whole <= most || fits {
                filled += whole;
                if let Some(block) = blocks.last_mut() {
                    block.extend(title);
                }
                continue;
            }
            for column in title {
                let stat = stat_bytes(&self.keys[*column].stat);
                if let Some(block) =
                    blocks.last_mut().filter(|block| block.is_empty() || filled + stat <= most)
                {
                    filled += stat + if block.is_empty() { title_bytes(&self.keys[*column].scid) } else { 0 };
                    block.push(*column);
                } else {
                    blocks.push(vec![*column]);
                    filled = stat + title_bytes(&self.keys[*column].scid);
                }
            }
        }
        blocks
            .into_iter()
            .map(|mut block| {
                block.sort_unstable();
                block.into()
            })
            .collect()
    }

    /// The columns of a stat of this name, whatever their SCID.
    pub(super) fn of_stat(&self, stat: &str) -> Vec<usize> {
        self.places.iter().filter_map(|stats| stats.get(stat).copied()).collect()
    }
}

/// Cuts users into requests as even as they can be, so that no request is left with one straggler.
pub(super) fn batches(users: &[Xuid], at_once: usize) -> impl Iterator<Item = &[Xuid]> {
    let requests = users.len().div_ceil(at_once.max(1)).max(1);
    users.chunks(users.len().div_ceil(requests).max(1))
}

fn title_bytes(scid: &Scid) -> usize {
    TITLE_BYTES + written(scid.as_str())
}

/// With quotes and a comma.
fn stat_bytes(stat: &StatName) -> usize {
    written(stat.as_str()) + 3
}

/// How long a text is in JSON.
fn written(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '"' | '\\' | '\n' | '\r' | '\t' => 2,
            c if c < ' ' => 6,
            c => c.len_utf8(),
        })
        .sum()
}

/// How large a request may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Users in it.
    pub(super) users: usize,
    /// Bytes of its body.
    pub(super) bytes: usize,
}

/// Requests for some columns of any number of users: which columns go together, and how many users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) blocks: Vec<ColumnSet>,
    pub(super) users: usize,
}

impl Shape {
    /// How many requests so many users take.
    pub(super) fn requests(&self, users: usize) -> usize {
        users.div_ceil(self.users.max(1)) * self.blocks.len()
    }
}

/// What surrounds the users and titles of a body, in bytes.
const BODY_BYTES: usize = r#"{"requestedusers":[],"requestedscids":[]}"#.len();
/// What a user takes at most: 20 digits, quotes and a comma.
const USER_BYTES: usize = 23;
/// What surrounds the SCID and the stats of a title.
const TITLE_BYTES: usize = r#"{"scid":"","requestedstats":[]},"#.len();

/// The shape of fewest requests for `users` users. Columns are cut by title where they have to be,
/// and by stats only within a title that is too large by itself. `columns` are the places of `set`.
pub(super) fn shape(columns: &Columns, set: &ColumnSet, size: Size, users: usize) -> Shape {
    let room = size.bytes.saturating_sub(BODY_BYTES);
    let most = size.users.clamp(1, users.max(1));
    let smallest = columns.cut(set, room.saturating_sub(most * USER_BYTES));
    let mut best: Option<Shape> = None;
    // More columns at once leave room for fewer users: from as few blocks as there can be upwards.
    let fewest = columns.cut(set, room.saturating_sub(USER_BYTES)).len();
    for count in fewest..=smallest.len() {
        let blocks = if count == smallest.len() {
            smallest.clone()
        } else {
            let target = columns.bytes(set).div_ceil(count);
            columns.cut(set, (target + target / 16).min(room.saturating_sub(USER_BYTES)))
        };
        let largest = blocks.iter().map(|block| columns.bytes(block)).max().unwrap_or(0);
        let at_once = (room.saturating_sub(largest) / USER_BYTES).clamp(1, most);
        let shape = Shape { blocks, users: at_once };
        if best.as_ref().is_none_or(|best| shape.requests(users) < best.requests(users)) {
            best = Some(shape);
        }
        if at_once == most || count - fewest > MOST_TRIED {
            break;
        }
    }
    best.unwrap_or(Shape { blocks: smallest, users: most })
}

/// So many ways of cutting are compared.
const MOST_TRIED: usize = 64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::xbox::userstats::BatchRequest;

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
            assert_eq!(cut.len(), users.len().div_ceil(100), "{count}");
            assert_eq!(cut.concat(), users);
        }
    }

    fn many(titles: usize, stats: usize) -> Columns {
        let keys = (0..titles).flat_map(|title| {
            (0..stats).map(move |stat| {
                let scid = format!("00000000-0000-0000-0000-{title:012}");
                key(&scid, &format!("EnemiesDefeated.WeaponID.{stat}"))
            })
        });
        Columns::new(keys.collect())
    }

    #[test]
    fn what_fits_is_asked_at_once() {
        let columns = many(2, 20);
        let all: ColumnSet = (0..40).collect();
        let shape = shape(&columns, &all, Size { users: 100, bytes: 128 << 10 }, 10_000);
        assert_eq!(shape, Shape { blocks: vec![all], users: 100 });
        assert_eq!(shape.requests(10_000), 100);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_column_is_asked_once_within_the_limits(
            titles in 1_usize..6,
            stats in 1_usize..300,
            users in 1_usize..5_000,
            at_once in 1_usize..200,
            bytes in 4_000_usize..40_000,
        ) {
            let columns = many(titles, stats);
            let all: ColumnSet = (0..titles * stats).collect();
            let shape = shape(&columns, &all, Size { users: at_once, bytes }, users);
            let mut asked: Vec<usize> = shape.blocks.concat();
            asked.sort_unstable();
            prop_assert_eq!(asked.as_slice(), &*all);
            prop_assert!((1..=at_once).contains(&shape.users));
            for block in &shape.blocks {
                let request = BatchRequest {
                    users: (0..shape.users).map(|user| Xuid(u64::MAX - user as u64)).collect(),
                    scids: columns.some(block).by_scid().to_vec(),
                };
                prop_assert!(request.body().len() <= bytes);
            }
            // No worse than the obvious way: as many users as may be, and the columns cut to fit.
            let room = bytes.saturating_sub(BODY_BYTES + at_once.min(users) * USER_BYTES);
            let obvious = columns.cut(&all, room).len() * users.div_ceil(at_once);
            prop_assert!(shape.requests(users) <= obvious);
        }
    }
}
