//! Joins an answer onto what was asked: users × columns, each cell accounted for.
//!
//! The service's order and count are never trusted. What was asked and is not in a whole answer
//! has no value (`XBOX-API.md`, section 1a); what could not be read failed, with the reason.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::plan::{Columns, ScidIndex, ScidMatch};
use crate::{
    model::{Cell, Column, ColumnKey, Failure, Remedy, Scid, StatDictionary, StatName, ToldStat, Xuid},
    xbox::userstats::{ReadError, ReadReport, StatEntry, Unread, read_answer},
};

/// Unreadable places that are named one by one; the rest is counted.
const NAMED_UNREAD: usize = 5;
/// Stats that one answer may teach: more is no catalogue.
const MOST_LEARNT: usize = 500;
/// The longest name for people that is taken from an answer, in bytes.
const LONGEST_TOLD: usize = 512;

/// So much of a name that a service made up is repeated to the user.
const SHOWN_CHARS: usize = 128;

/// An answer, joined.
#[derive(Debug)]
pub(super) struct Joined {
    /// A column for each that was asked for, a row for each user, in the order of the request.
    pub(super) columns: Vec<(usize, Column)>,
    /// What is worth knowing of the answer, a sentence each.
    pub(super) remarks: Vec<String>,
    /// Stats that the answer held, asked for or not.
    pub(super) learnt: Vec<ColumnKey>,
    /// What the answer says of stats themselves.
    pub(super) told: StatDictionary,
    /// Whether it answers anything: it could be read to its end, or a value came before it broke off.
    pub(super) answered: bool,
    /// How many values it holds that were asked for.
    pub(super) values: usize,
    /// How many entries it holds, whoever asked for them.
    pub(super) entries: usize,
    /// Why it could not be read to its end; what came before that is in `columns`.
    pub(super) broken: Option<ReadError>,
}

/// Joins the bytes of an answer onto what was asked.
pub(super) fn join(body: &[u8], users: &[Xuid], columns: &Columns) -> Joined {
    let mut joiner = Joiner::new(users, columns);
    let read = read_answer(body, &mut |entry| joiner.visit(entry));
    joiner.finish(&read)
}

/// Cells of some columns that all failed for one reason.
pub(super) fn failed(
    rows: usize,
    columns: &Columns,
    set: &[usize],
    failure: &Arc<Failure>,
) -> Vec<(usize, Column)> {
    let failed = |column: &usize| {
        let mut cells = Column::new(columns.keys()[*column].clone(), rows);
        for row in 0..rows {
            cells.set_failed(row, failure);
        }
        (*column, cells)
    };
    set.iter().map(failed).collect()
}

fn blank(users: usize, columns: &Columns) -> Vec<Column> {
    columns.keys().iter().map(|key| Column::new(key.clone(), users)).collect()
}

/// Counts like things and remembers the first as an example.
#[derive(Debug, Default)]
struct Tally {
    count: usize,
    example: String,
}

impl Tally {
    fn note(&mut self, example: impl FnOnce() -> String) {
        if self.count == 0 {
            self.example = example();
        }
        self.count += 1;
    }

    fn sentence(&self, one: &str, many: &str) -> Option<String> {
        let Self { count, example } = self;
        match count {
            0 => None,
            1 => Some(format!("{one}: {example}")),
            _ => Some(format!("{count} {many}, such as {example}")),
        }
    }
}

struct Joiner<'a> {
    columns: &'a Columns,
    users: HashMap<Xuid, usize>,
    /// Of whom the last entry was, and who that is: those of a user stand together.
    last_user: Option<(Xuid, Option<usize>)>,
    /// The column that most often follows: answers keep the order of the request.
    next_column: Option<usize>,
    cells: Vec<Column>,
    not_asked: Tally,
    differing: Tally,
    no_title: Tally,
    other_case: HashSet<String>,
    seen: Vec<bool>,
    learnt: HashSet<(String, String)>,
    told: StatDictionary,
    /// How much was said so far of each of `columns`.
    told_of: Vec<usize>,
    /// How many other stats something was said of.
    told_others: usize,
    entries: usize,
}

impl<'a> Joiner<'a> {
    fn new(users: &[Xuid], columns: &'a Columns) -> Self {
        Self {
            columns,
            users: users.iter().enumerate().map(|(index, xuid)| (*xuid, index)).collect(),
            last_user: None,
            next_column: None,
            cells: blank(users.len(), columns),
            not_asked: Tally::default(),
            differing: Tally::default(),
            no_title: Tally::default(),
            other_case: HashSet::new(),
            seen: vec![false; columns.len()],
            learnt: HashSet::new(),
            told: StatDictionary::default(),
            told_of: vec![0; columns.len()],
            told_others: 0,
            entries: 0,
        }
    }

    fn visit(&mut self, entry: StatEntry<'_>) {
        self.entries += 1;
        let column = match entry.scid {
            Some(scid) => self.column_of(scid, entry.name),
            None => self.column_without_scid(&entry),
        };
        self.note_told(column, &entry);
        match (self.user(entry.xuid), column) {
            (Some(user), Some(column)) => self.put(user, column, &entry),
            // What names no SCID has been noted already.
            (_, None) if entry.scid.is_none() => {}
            _ => self.not_asked.note(|| place(&entry)),
        }
    }

    fn user(&mut self, xuid: Xuid) -> Option<usize> {
        match self.last_user {
            Some((last, user)) if last == xuid => user,
            _ => {
                let user = self.users.get(&xuid).copied();
                self.last_user = Some((xuid, user));
                user
            }
        }
    }

    fn column_of(&mut self, scid: &str, stat: &str) -> Option<usize> {
        let column = match self.next_column.filter(|next| self.is_column(*next, scid, stat)) {
            Some(next) => Some(next),
            None => self.matching(scid).and_then(|index| self.columns.column(index, stat)),
        };
        match column {
            Some(column) => {
                self.seen[column] = true;
                self.next_column = Some((column + 1) % self.columns.len());
            }
            None => self.learn(scid, stat),
        }
        column
    }

    fn is_column(&self, column: usize, scid: &str, stat: &str) -> bool {
        let key = &self.columns.keys()[column];
        key.stat.as_str() == stat && key.scid.as_str() == scid
    }

    /// The column of an entry that names no SCID: clear only when one SCID has a stat of the name.
    fn column_without_scid(&mut self, entry: &StatEntry<'_>) -> Option<usize> {
        let candidates = self.columns.of_stat(entry.name);
        if candidates.len() > 1 {
            self.no_title.note(|| place(entry));
            if let Some(user) = self.users.get(&entry.xuid).copied() {
                let failure = unreadable("the answer does not say which title this value belongs to", None);
                for column in &candidates {
                    self.fail(user, *column, &failure);
                }
            }
            return None;
        }
        if candidates.is_empty() {
            self.not_asked.note(|| place(entry));
        }
        candidates.first().copied()
    }

    fn matching(&mut self, scid: &str) -> Option<ScidIndex> {
        match self.columns.scid(scid) {
            ScidMatch::Exact(index) => Some(index),
            ScidMatch::OtherCase(index) => {
                if !self.other_case.contains(scid) {
                    self.other_case.insert(scid.to_owned());
                }
                Some(index)
            }
            ScidMatch::None => None,
        }
    }

    /// Values win over nothing, and a later value over an earlier one.
    fn put(&mut self, user: usize, column: usize, entry: &StatEntry<'_>) {
        let cells = &mut self.cells[column];
        let earlier = cells.text(user);
        match entry.value {
            None if earlier.is_some() => {}
            None => cells.set_no_value(user),
            Some(value) => {
                if earlier.is_some_and(|earlier| earlier != value.text) {
                    self.differing.note(|| place(entry));
                }
                cells.set_value(user, value);
            }
        }
    }

    /// Notes what is said of the stat itself. It is the same for each player: what says no more than
    /// was said before is passed over.
    fn note_told(&mut self, column: Option<usize>, entry: &StatEntry<'_>) {
        let told = entry.told;
        let said = told.said();
        if said == 0 || told.display_name.is_some_and(|name| name.len() > LONGEST_TOLD) {
            return;
        }
        match column {
            Some(column) if said > self.told_of[column] => {
                self.told_of[column] = said;
                self.told.learn(&self.columns.keys()[column], &told);
            }
            Some(_) => {}
            None => self.note_told_of_other(entry, &told),
        }
    }

    /// The same of a stat that was not asked for.
    fn note_told_of_other(&mut self, entry: &StatEntry<'_>, told: &ToldStat<'_>) {
        let Some(Ok(scid)) = entry.scid.map(str::parse::<Scid>) else { return };
        let Ok(stat) = entry.name.parse::<StatName>() else { return };
        let key = ColumnKey { scid, stat };
        if self.told.stat(&key).is_none() && self.told_others < MOST_LEARNT {
            self.told_others += 1;
            self.told.learn(&key, told);
        }
    }

    fn learn(&mut self, scid: &str, stat: &str) {
        if self.learnt.len() < MOST_LEARNT {
            self.learnt.insert((scid.to_owned(), stat.to_owned()));
        }
    }

    /// Marks a cell as failed, unless an entry told what it holds.
    fn fail(&mut self, user: usize, column: usize, failure: &Arc<Failure>) {
        if matches!(self.cells[column].cell(user), Cell::NotAsked) {
            self.cells[column].set_failed(user, failure);
        }
    }

    fn finish(mut self, read: &Result<ReadReport, ReadError>) -> Joined {
        let mut remarks = self.remarks();
        let answered = match read {
            Ok(report) => {
                self.mark_unread(report, &mut remarks);
                if report.unread_left_out > 0 {
                    let failure = unreadable("too much of the answer could not be read", None);
                    self.end_rest(|column, user| column.set_failed(user, &failure));
                }
                self.end_rest(Column::set_no_value);
                true
            }
            Err(error) => {
                let failure = unreadable(&error.to_string(), None);
                remarks.push(format!("An answer could not be read: {error}"));
                self.end_rest(|column, user| column.set_failed(user, &failure));
                self.seen.contains(&true)
            }
        };
        let learnt = self.take_learnt();
        let values = self.cells.iter().map(Column::values).sum();
        let broken = read.as_ref().err().cloned();
        let columns = self.cells.into_iter().enumerate().collect();
        let (told, entries) = (self.told, self.entries);
        Joined { columns, remarks, learnt, told, answered, values, entries, broken }
    }

    fn mark_unread(&mut self, report: &ReadReport, remarks: &mut Vec<String>) {
        for unread in &report.unread {
            self.mark(unread);
        }
        if report.unread.iter().any(is_lost_user) {
            self.mark_absent(report);
        }
        let named = report.unread.iter().take(NAMED_UNREAD);
        remarks.extend(named.map(|unread| {
            format!("Part of an answer could not be read: {}, at {}", unread.why, unread.path)
        }));
        if report.unread.len() > NAMED_UNREAD {
            let more = report.unread.len() - NAMED_UNREAD + report.unread_left_out;
            remarks.push(format!("{more} more parts of the same answer could not be read"));
        }
    }

    /// The cells that an unreadable part was about.
    fn mark(&mut self, unread: &Unread) {
        if is_lost_user(unread) {
            return;
        }
        let users: Vec<usize> = match unread.xuid {
            Some(xuid) => self.users.get(&xuid).copied().into_iter().collect(),
            None => (0..self.users.len()).collect(),
        };
        let scid = unread.scid.as_deref().map(|scid| self.matching(scid));
        let columns: Vec<usize> = match (scid, unread.stat.as_deref()) {
            (Some(None), _) => return,
            (Some(Some(scid)), Some(stat)) => self.columns.column(scid, stat).into_iter().collect(),
            (Some(Some(scid)), None) => self.columns.of_scid(scid).collect(),
            (None, Some(stat)) => self.columns.of_stat(stat),
            (None, None) => (0..self.cells.len()).collect(),
        };
        let failure = unreadable(&unread.why, Some(&unread.path));
        for user in users {
            for column in &columns {
                self.fail(user, *column, &failure);
            }
        }
    }

    /// A user without a XUID may have been anyone whom the answer seems not to hold.
    fn mark_absent(&mut self, report: &ReadReport) {
        let present: HashSet<Xuid> = report.users.iter().copied().collect();
        let absent: Vec<usize> =
            self.users.iter().filter(|(xuid, _)| !present.contains(*xuid)).map(|(_, user)| *user).collect();
        let failure = unreadable(
            "the answer holds a player whom Statlens could not tell, and this one is missing from it",
            None,
        );
        for user in absent {
            for column in 0..self.cells.len() {
                self.fail(user, column, &failure);
            }
        }
    }

    fn end_rest(&mut self, end: impl Fn(&mut Column, usize)) {
        for column in &mut self.cells {
            for user in 0..column.len() {
                if matches!(column.cell(user), Cell::NotAsked) {
                    end(column, user);
                }
            }
        }
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks: Vec<String> = [
            self.not_asked.sentence(
                "An answer held a value that nobody asked for",
                "values that nobody asked for were in an answer",
            ),
            self.differing.sentence(
                "An answer gave a value twice and differently, the later one is shown",
                "values were given twice and differently by an answer, the later ones are shown",
            ),
            self.no_title.sentence(
                "An answer does not say which title a value belongs to",
                "values of an answer do not say which title they belong to",
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut other_case: Vec<&String> = self.other_case.iter().collect();
        other_case.sort();
        remarks.extend(
            other_case
                .iter()
                .map(|scid| format!("An answer writes a SCID in another case than asked: {scid}")),
        );
        remarks
    }

    /// What the answer teaches, in a stable order: asked columns first.
    fn take_learnt(&mut self) -> Vec<ColumnKey> {
        let asked = self.columns.keys().iter().zip(&self.seen);
        let mut learnt: Vec<ColumnKey> =
            asked.filter(|(_, seen)| **seen).map(|(key, _)| key.clone()).collect();
        let mut others: Vec<(String, String)> = self.learnt.drain().collect();
        others.sort();
        learnt.extend(others.into_iter().filter_map(|(scid, stat)| {
            Some(ColumnKey { scid: scid.parse::<Scid>().ok()?, stat: stat.parse::<StatName>().ok()? })
        }));
        learnt
    }
}

fn place(entry: &StatEntry<'_>) -> String {
    let name: String = entry.name.chars().filter(|c| !c.is_control()).take(SHOWN_CHARS).collect();
    format!("{name} of player {}", entry.xuid)
}

/// Whether it was a user of dialect A, who stands in an answer once.
fn is_lost_user(unread: &Unread) -> bool {
    unread.xuid.is_none() && unread.stat.is_none() && unread.path.starts_with("users")
}

fn unreadable(why: &str, path: Option<&str>) -> Arc<Failure> {
    Arc::new(Failure {
        status: Some(200),
        reason: format!("The answer could not be read here: {why}"),
        causes: Vec::new(),
        advice: "Fetch again; if it stays, the service sends it so".into(),
        detail: path.map(|path| format!("At {path} of the answer")),
        remedy: Remedy::Retry,
    })
}
