//! The columns that there are, as controls speak of them.

use std::sync::Arc;

use crate::{
    analysis::FigureFormat,
    model::{Cell, Column, Columns, Field, StatDictionary},
    ui::explore::ExploreInput,
};

/// So many rows are looked at to tell what a column holds.
const LOOKED_AT: usize = 4096;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::explore) enum Holds {
    Numbers,
    Texts,
    /// There is no value to tell by.
    Nothing,
}

/// A column as controls speak of it.
#[derive(Clone, Debug)]
pub(in crate::ui::explore) struct FieldLook {
    pub(in crate::ui::explore) field: Field,
    /// Its name for people, with that of the title where two columns have the same.
    pub(in crate::ui::explore) name: String,
    /// The name of its title; empty for what is worked out.
    pub(in crate::ui::explore) title: String,
    pub(in crate::ui::explore) holds: Holds,
    pub(in crate::ui::explore) format: FigureFormat,
}

impl FieldLook {
    pub(in crate::ui::explore) fn is_derived(&self) -> bool {
        self.field.stat().is_none()
    }
}

/// All columns of the table and all derived ones, in the order of the query.
#[derive(Debug, Default)]
pub(in crate::ui::explore) struct Fields {
    of: Option<(u64, u64, Arc<StatDictionary>)>,
    list: Vec<FieldLook>,
    version: u64,
}

impl Fields {
    /// Looks again when table, query or dictionary changed.
    pub(super) fn refresh(&mut self, input: &ExploreInput<'_>) {
        let is_same = |(revision, query, dictionary): &(u64, u64, Arc<StatDictionary>)| {
            (*revision, *query) == (input.revision, input.query_revision)
                && Arc::ptr_eq(dictionary, input.dictionary)
        };
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        self.of = Some((input.revision, input.query_revision, input.dictionary.clone()));
        let stats = input.table.columns().iter().map(|column| look(input, column));
        let derived = input.query.view.derived.iter().map(|column| FieldLook {
            field: Field::derived(column.name.clone()),
            name: column.name.clone(),
            title: String::new(),
            holds: Holds::Numbers,
            format: FigureFormat::default(),
        });
        self.list = stats.chain(derived).collect();
        self.version += 1;
        self.tell_apart();
    }

    /// Adds the title to names that several columns have.
    fn tell_apart(&mut self) {
        let names: Vec<String> = self.list.iter().map(|look| look.name.clone()).collect();
        for look in &mut self.list {
            let same = names.iter().filter(|name| **name == look.name).count();
            if same > 1 && !look.title.is_empty() {
                look.name = format!("{} ({})", look.name, look.title);
            }
        }
    }

    /// All of them, in the order of the query.
    pub(in crate::ui::explore) fn all(&self) -> &[FieldLook] {
        &self.list
    }

    /// Another number whenever anything in here may have changed.
    pub(in crate::ui::explore) fn version(&self) -> u64 {
        self.version
    }

    /// One of them; `None` when table and query have it no more.
    pub(in crate::ui::explore) fn get(&self, field: &Field) -> Option<&FieldLook> {
        self.list.iter().find(|look| look.field == *field)
    }

    /// The name of a column, also of one that is there no more.
    pub(in crate::ui::explore) fn name<'a>(&'a self, field: &'a Field) -> &'a str {
        self.get(field).map_or_else(|| field.name(), |look| &look.name)
    }

    /// How values of a column are written and read.
    pub(in crate::ui::explore) fn format(&self, field: &Field) -> FigureFormat {
        self.get(field).map(|look| look.format.clone()).unwrap_or_default()
    }

    /// All of them in the order in which they stand, hidden ones among them.
    pub(in crate::ui::explore) fn in_order(&self, columns: &Columns) -> Vec<&FieldLook> {
        let mut ordered: Vec<&FieldLook> = Vec::with_capacity(self.list.len());
        for look in columns.order.iter().filter_map(|field| self.get(field)) {
            if !ordered.iter().any(|other| other.field == look.field) {
                ordered.push(look);
            }
        }
        ordered.extend(self.list.iter().filter(|look| !columns.order.contains(&look.field)));
        ordered
    }
}

fn look(input: &ExploreInput<'_>, column: &Column) -> FieldLook {
    let key = column.key();
    let first = (0..column.len().min(LOOKED_AT)).find_map(|row| match column.cell(row) {
        Cell::Value(value) => Some((value.number.is_some(), value.stat_type.as_str().to_owned())),
        _ => None,
    });
    let traits = input.dictionary.traits(key, first.as_ref().map(|(_, stat_type)| stat_type.as_str()));
    let named = input.query.title(&key.scid).map(|title| title.name.as_str());
    let known = || input.catalogue.title(&key.scid).map(|title| title.name.as_str());
    let title = named.filter(|name| !name.is_empty()).or_else(known).unwrap_or_default();
    FieldLook {
        field: key.clone().into(),
        name: traits.name.clone(),
        title: if title.is_empty() { key.scid.short() } else { title.to_owned() },
        holds: match first {
            Some((true, _)) => Holds::Numbers,
            Some((false, _)) => Holds::Texts,
            None => Holds::Nothing,
        },
        format: FigureFormat::new(&traits),
    }
}
