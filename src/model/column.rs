//! One stat of many players: typed arrays beside an arena of wire texts.

use std::sync::Arc;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    NotAsked,
    Pending,
    NoValue,
    Failed,
    Value(WireForm),
}

/// `start..start + length` in the arena for a value; for a failure `start` is its place in `failures`.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    start: u32,
    length: u32,
}

/// The cells of one stat, a row for each player. 20 bytes a cell beside the wire text.
#[derive(Clone, Debug)]
pub struct Column {
    key: ColumnKey,
    states: Vec<State>,
    /// Index into `types`, for values.
    type_ids: Vec<u8>,
    /// NaN where there is no number.
    numbers: Vec<f64>,
    places: Vec<Place>,
    text: String,
    types: Vec<StatType>,
    failures: Vec<Arc<Failure>>,
}

impl Column {
    /// A column of `rows` cells nobody asked for yet.
    #[must_use]
    pub fn new(key: ColumnKey, rows: usize) -> Self {
        Self {
            key,
            states: vec![State::NotAsked; rows],
            type_ids: vec![0; rows],
            numbers: vec![f64::NAN; rows],
            places: vec![Place::default(); rows],
            text: String::new(),
            types: Vec::new(),
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

    /// The cell in `row`.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell<'_> {
        match self.states[row] {
            State::NotAsked => Cell::NotAsked,
            State::Pending => Cell::Pending,
            State::NoValue => Cell::NoValue,
            State::Failed => Cell::Failed(&self.failures[self.places[row].start as usize]),
            State::Value(form) => {
                let number = self.numbers[row];
                Cell::Value(ValueRef {
                    text: self.text(row).unwrap_or_default(),
                    form,
                    stat_type: &self.types[usize::from(self.type_ids[row])],
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
        self.states[row] == State::Pending
    }

    /// Whether the cell in `row` failed.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn is_failed(&self, row: usize) -> bool {
        self.states[row] == State::Failed
    }

    /// The value in `row` as it came, where there is one.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        let State::Value(_) = self.states[row] else { return None };
        let Place { start, length } = self.places[row];
        Some(self.text.get(start as usize..start.saturating_add(length) as usize).unwrap_or_default())
    }

    /// How many cells hold a value.
    #[must_use]
    pub fn values(&self) -> usize {
        self.states.iter().filter(|state| matches!(state, State::Value(_))).count()
    }

    /// Marks the cell as asked for.
    pub fn set_pending(&mut self, row: usize) {
        self.set_bare(row, State::Pending);
    }

    /// Marks the cell as answered without a value.
    pub fn set_no_value(&mut self, row: usize) {
        self.set_bare(row, State::NoValue);
    }

    /// Marks the cell as failed. Equal failures in a row share their memory.
    pub fn set_failed(&mut self, row: usize, failure: &Arc<Failure>) {
        self.set_bare(row, State::Failed);
        if !self.failures.last().is_some_and(|last| Arc::ptr_eq(last, failure)) {
            self.failures.push(failure.clone());
        }
        self.places[row].start = index(self.failures.len() - 1);
    }

    /// Puts a value into the cell.
    pub fn set_value(&mut self, row: usize, value: WireValue<'_>) {
        let type_id = self.type_id(value.stat_type);
        let stat_type = &self.types[usize::from(type_id)];
        let number = number_of(value.text, value.form, stat_type).unwrap_or(f64::NAN);
        self.put_value(row, value.text, value.form, type_id, number);
    }

    /// Copies the cell in row `from_row` of `from` into `row`.
    pub fn copy_cell(&mut self, row: usize, from: &Self, from_row: usize) {
        let mut types = TypeMap::default();
        self.copy(row, from, from_row, &mut types);
    }

    /// Copies the cells of `from`, in their order, into `rows`.
    ///
    /// # Panics
    /// When `from` has fewer rows than `rows`, or this column no row of one of those.
    pub fn copy_cells(&mut self, rows: &[usize], from: &Self) {
        self.text.reserve(from.text.len());
        let mut types = TypeMap::default();
        for (from_row, row) in rows.iter().enumerate() {
            self.copy(*row, from, from_row, &mut types);
        }
    }

    fn copy(&mut self, row: usize, from: &Self, from_row: usize, types: &mut TypeMap) {
        let State::Value(form) = from.states[from_row] else {
            return self.copy_bare(row, from, from_row);
        };
        let text = from.text(from_row).unwrap_or_default();
        let from_type = from.type_ids[from_row];
        let type_id = types.get_or(from_type, || self.type_id(from.types[usize::from(from_type)].as_str()));
        let number = if type_id == u8::MAX {
            // Another type may stand for it here, which may make another number of the text.
            number_of(text, form, &self.types[usize::from(type_id)]).unwrap_or(f64::NAN)
        } else {
            from.numbers[from_row]
        };
        self.put_value(row, text, form, type_id, number);
    }

    fn copy_bare(&mut self, row: usize, from: &Self, from_row: usize) {
        match from.cell(from_row) {
            Cell::Failed(failure) => self.set_failed(row, failure),
            _ => self.set_bare(row, from.states[from_row]),
        }
    }

    fn put_value(&mut self, row: usize, text: &str, form: WireForm, type_id: u8, number: f64) {
        self.states[row] = State::Value(form);
        self.type_ids[row] = type_id;
        self.numbers[row] = number;
        self.places[row] = Place { start: index(self.text.len()), length: index(text.len()) };
        self.text.push_str(text);
    }

    fn set_bare(&mut self, row: usize, state: State) {
        self.states[row] = state;
        self.numbers[row] = f64::NAN;
        self.places[row] = Place::default();
    }

    /// The id of a type. A column holds one or two; past 255 the last id stands for the rest.
    fn type_id(&mut self, name: &str) -> u8 {
        if let Some(known) = self.types.iter().position(|known| known.as_str() == name) {
            return known.try_into().unwrap_or(u8::MAX);
        }
        if u8::try_from(self.types.len()).is_ok() {
            self.types.push(StatType::from_wire(name));
        }
        (self.types.len() - 1).try_into().unwrap_or(u8::MAX)
    }
}

/// The type of another column that was met last, and which it is here: most columns have one.
#[derive(Default)]
struct TypeMap(Option<(u8, u8)>);

impl TypeMap {
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
    fn more_types_than_ids_do_not_break_a_column() {
        let mut column = column(400);
        for row in 0..400 {
            let name = format!("Type{row}");
            column.set_value(row, WireValue { text: "x", form: WireForm::String, stat_type: &name });
        }
        assert!(matches!(column.cell(399), Cell::Value(_)));
    }
}
