//! One stat of many players: typed arrays beside an arena of wire texts.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    Cell, Failure, Scid, StatName, ValueRef,
    value::{StatType, WireForm, WireValue, number_of},
};

/// What a column shows: one stat of one SCID.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ColumnKey {
    /// The service configuration that defines the stat.
    pub scid: Scid,
    /// The stat's name there.
    pub stat: StatName,
}

/// What a cell is, in a byte: one of these, or from [`FIRST_KIND`] on a value of that kind.
const NOT_ASKED: u8 = 0;
const PENDING: u8 = 1;
const NO_VALUE: u8 = 2;
const FAILED: u8 = 3;
const FIRST_KIND: u8 = 4;
/// The last kind that a byte has room for: it stands for all that come later.
const LAST_KIND: u8 = u8::MAX - FIRST_KIND;

/// The length that stands for all those too long for a byte.
const LONG: u8 = u8::MAX;

/// The cells of one stat, a row for each player. 14 bytes a cell beside the wire text.
#[derive(Clone, Debug)]
pub struct Column {
    key: ColumnKey,
    states: Vec<u8>,
    /// NaN where there is no number.
    numbers: Vec<f64>,
    /// For a value where its text starts in `text`; for a failure its place in `failures`.
    starts: Vec<u32>,
    /// How many bytes a value's text has; [`LONG`] when `long_texts` knows.
    lengths: Vec<u8>,
    text: String,
    /// By start: the lengths of long texts.
    long_texts: HashMap<u32, u32>,
    /// The forms and types that values came with: one or two in most columns.
    kinds: Vec<(WireForm, StatType)>,
    failures: Vec<Arc<Failure>>,
}

/// An arena begins with room for so many bytes: the texts of one answer fit as a rule.
const SMALLEST_ARENA: usize = 1024;

impl Column {
    /// A column of `rows` cells nobody asked for yet.
    #[must_use]
    pub fn new(key: ColumnKey, rows: usize) -> Self {
        Self {
            key,
            states: vec![NOT_ASKED; rows],
            numbers: vec![f64::NAN; rows],
            starts: vec![0; rows],
            lengths: vec![0; rows],
            text: String::new(),
            long_texts: HashMap::new(),
            kinds: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// The SCID and stat that it shows.
    #[must_use]
    pub fn key(&self) -> &ColumnKey {
        &self.key
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// The numbers of all rows, NaN where a row has none.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Whether any row holds a number.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.numbers.iter().any(|number| !number.is_nan())
    }

    /// Whether the cell in `row` holds a value: quicker than to look at all of it.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn has_value(&self, row: usize) -> bool {
        self.states[row] >= FIRST_KIND
    }

    /// The cell in `row`.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell<'_> {
        match self.states[row] {
            NOT_ASKED => Cell::NotAsked,
            PENDING => Cell::Pending,
            NO_VALUE => Cell::NoValue,
            FAILED => Cell::Failed(&self.failures[self.starts[row] as usize]),
            kind => {
                let (form, stat_type) = &self.kinds[usize::from(kind - FIRST_KIND)];
                let number = self.numbers[row];
                Cell::Value(ValueRef {
                    text: self.text(row).unwrap_or_default(),
                    form: *form,
                    stat_type,
                    number: (!number.is_nan()).then_some(number),
                })
            }
        }
    }

    /// Whether the cell in `row` waits for an answer.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn is_pending(&self, row: usize) -> bool {
        self.states[row] == PENDING
    }

    /// Whether the cell in `row` failed.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn is_failed(&self, row: usize) -> bool {
        self.states[row] == FAILED
    }

    /// The value in `row` as it came, where there is one.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        if !self.has_value(row) {
            return None;
        }
        let start = self.starts[row];
        let length = match self.lengths[row] {
            LONG => self.long_texts.get(&start).copied().unwrap_or_default(),
            length => length.into(),
        };
        Some(self.text.get(start as usize..start.saturating_add(length) as usize).unwrap_or_default())
    }

    /// How many cells hold a value.
    #[must_use]
    pub fn values(&self) -> usize {
        self.states.iter().filter(|state| **state >= FIRST_KIND).count()
    }

    /// Marks the cell as asked for.
    pub fn set_pending(&mut self, row: usize) {
        self.set_bare(row, PENDING);
    }

    /// Marks the cell as answered without a value.
    pub fn set_no_value(&mut self, row: usize) {
        self.set_bare(row, NO_VALUE);
    }

    /// Marks the cell as failed. Equal failures in a row share their memory.
    pub fn set_failed(&mut self, row: usize, failure: &Arc<Failure>) {
        self.set_bare(row, FAILED);
        if !self.failures.last().is_some_and(|last| Arc::ptr_eq(last, failure)) {
            self.failures.push(failure.clone());
        }
        self.starts[row] = index(self.failures.len() - 1);
    }

    /// Puts a value into the cell.
    pub fn set_value(&mut self, row: usize, value: WireValue<'_>) {
        let kind = self.kind(value.form, value.stat_type);
        let number = number_of(value.text, value.form, &self.kinds[usize::from(kind)].1);
        self.put_value(row, value.text, kind, number.unwrap_or(f64::NAN));
    }

    /// Copies the cell in row `from_row` of `from` into `row`.
    pub fn copy_cell(&mut self, row: usize, from: &Self, from_row: usize) {
        let mut kinds = KindMap::default();
        self.copy(row, from, from_row, &mut kinds);
    }

    /// Copies the cells of `from`, in their order, into `rows`.
    ///
    /// # Panics
    /// When `from` has fewer rows than `rows`, or this column no row of one of those.
    pub fn copy_cells(&mut self, rows: &[usize], from: &Self) {
        self.make_room(from.text.len());
        let mut kinds = KindMap::default();
        for (from_row, row) in rows.iter().enumerate() {
            self.copy(*row, from, from_row, &mut kinds);
        }
    }

    fn copy(&mut self, row: usize, from: &Self, from_row: usize, kinds: &mut KindMap) {
        let Some(text) = from.text(from_row) else { return self.copy_bare(row, from, from_row) };
        let from_kind = from.states[from_row] - FIRST_KIND;
        let (form, stat_type) = &from.kinds[usize::from(from_kind)];
        let kind = kinds.get_or(from_kind, || self.kind(*form, stat_type.as_str()));
        let number = if kind == LAST_KIND {
            // Another type may stand for it here, which may make another number of the text.
            number_of(text, *form, &self.kinds[usize::from(kind)].1).unwrap_or(f64::NAN)
        } else {
            from.numbers[from_row]
        };
        self.put_value(row, text, kind, number);
    }

    fn copy_bare(&mut self, row: usize, from: &Self, from_row: usize) {
        match from.cell(from_row) {
            Cell::Failed(failure) => self.set_failed(row, failure),
            _ => self.set_bare(row, from.states[from_row]),
        }
    }

    fn put_value(&mut self, row: usize, text: &str, kind: u8, number: f64) {
        let start = index(self.text.len());
        self.states[row] = FIRST_KIND + kind;
        self.numbers[row] = number;
        self.starts[row] = start;
        self.lengths[row] = u8::try_from(text.len()).unwrap_or(LONG);
        if self.lengths[row] == LONG {
            self.long_texts.insert(start, index(text.len()));
        }
        self.make_room(text.len());
        self.text.push_str(text);
    }

    fn set_bare(&mut self, row: usize, state: u8) {
        self.states[row] = state;
        self.numbers[row] = f64::NAN;
        self.starts[row] = 0;
        self.lengths[row] = 0;
    }

    /// Grows the arena by an eighth instead of doubling it: half of it may stay empty for good otherwise.
    fn make_room(&mut self, more: usize) {
        if self.text.capacity() - self.text.len() < more {
            self.text.reserve_exact(more.max(self.text.len() / 8).max(SMALLEST_ARENA));
        }
    }

    /// The place in `kinds`. When a byte has no room for more of them, the last stands for the rest.
    fn kind(&mut self, form: WireForm, type_name: &str) -> u8 {
        let is_it =
            |(known, stat_type): &(WireForm, StatType)| *known == form && stat_type.as_str() == type_name;
        if let Some(known) = self.kinds.iter().position(is_it) {
            return known.try_into().unwrap_or(LAST_KIND);
        }
        if self.kinds.len() <= usize::from(LAST_KIND) {
            self.kinds.push((form, StatType::from_wire(type_name)));
        }
        (self.kinds.len() - 1).try_into().unwrap_or(LAST_KIND)
    }
}

/// The kind of another column that was met last, and which it is here: most columns have one.
#[derive(Default)]
struct KindMap(Option<(u8, u8)>);

impl KindMap {
    fn get_or(&mut self, from: u8, find: impl FnOnce() -> u8) -> u8 {
        match self.0 {
            Some((last, here)) if last == from => here,
            _ => {
                let here = find();
                self.0 = Some((from, here));
                here
            }
        }
    }
}

/// Narrows an arena position. A column's texts stay far below 4 GiB because answers are bounded;
/// past that, positions stick to the end and the text reads as empty rather than wrong.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(rows: usize) -> Column {
        let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("Kills") };
        Column::new(key, rows)
    }

    fn value(text: &str) -> WireValue<'_> {
        WireValue { text, form: WireForm::String, stat_type: "Integer" }
    }

    #[test]
    fn the_text_on_the_wire_survives() {
        let mut column = column(2);
        column.set_value(1, value("9223372036854775807"));
        let Cell::Value(read) = column.cell(1) else { panic!("no value") };
        assert_eq!(read.text, "9223372036854775807");
        assert_eq!(read.stat_type.as_str(), "Integer");
        assert!(matches!(column.cell(0), Cell::NotAsked));
    }

    #[test]
    fn a_cell_that_is_no_value_any_more_has_no_number() {
        let mut column = column(1);
        column.set_value(0, value("7"));
        column.set_no_value(0);
        assert!(matches!(column.cell(0), Cell::NoValue));
        assert!(!column.is_numeric());
    }

    #[test]
    fn failures_are_shared_and_found_again() {
        let mut column = column(3);
        let failure = |reason: &str| {
            Arc::new(Failure {
                status: Some(403),
                reason: reason.into(),
                causes: Vec::new(),
                advice: String::new(),
                detail: None,
                remedy: super::super::Remedy::None,
            })
        };
        let (first, second) = (failure("first"), failure("second"));
        column.set_failed(0, &first);
        column.set_failed(1, &first);
        column.set_failed(2, &second);
        assert_eq!(column.failures.len(), 2);
        let Cell::Failed(read) = column.cell(1) else { panic!("not failed") };
        assert_eq!(read.reason, "first");
        let mut copy = self::column(1);
        copy.copy_cell(0, &column, 2);
        let Cell::Failed(read) = copy.cell(0) else { panic!("not failed") };
        assert_eq!(read.reason, "second");
    }

    #[test]
    fn texts_of_every_length_survive() {
        let mut column = column(4);
        let texts = [0, 254, 255, 70_000].map(|length| "é".repeat(length / 2) + &"x".repeat(length % 2));
        for (row, text) in texts.iter().enumerate() {
            column.set_value(row, value(text));
        }
        for (row, text) in texts.iter().enumerate() {
            assert!(matches!(column.cell(row), Cell::Value(read) if read.text == text), "{}", text.len());
        }
        let mut copy = self::column(5);
        copy.set_value(0, WireValue { text: "before", form: WireForm::Number, stat_type: "Double" });
        copy.copy_cells(&[4, 3, 2, 1], &column);
        for (text, row) in texts.iter().zip([4, 3, 2, 1]) {
            assert_eq!(copy.text(row), Some(text.as_str()));
            assert!(matches!(copy.cell(row), Cell::Value(read) if read.stat_type.as_str() == "Integer"));
        }
        assert_eq!((copy.text(0), copy.values()), (Some("before"), 5));
    }

    #[test]
    fn more_types_than_ids_do_not_break_a_column() {
        let mut column = column(400);
        for row in 0..400 {
            let name = format!("Type{row}");
            column.set_value(row, WireValue { text: "x", form: WireForm::String, stat_type: &name });
        }
        assert!(matches!(column.cell(399), Cell::Value(_)));
    }
}
