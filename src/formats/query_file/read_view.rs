use toml_edit::{Item, TableLike};

use super::view_values::{InFile, whole};
use crate::{
    formats::toml::{Read, Reader},
    model::{Columns, Sort, ViewSettings},
};

const VIEW_KEYS: [&str; 17] = [
    "sort",
    "filters",
    "normalise",
    "reference",
    "grouping",
    "layout",
    "column_order",
    "frozen",
    "columns",
    "row_numbers",
    "summary",
    "heat_map",
    "heat_scope",
    "diverging",
    "bars",
    "rules",
    "derived",
];

impl Reader<'_> {
    pub(super) fn view(&mut self, root: &dyn TableLike) -> Read<ViewSettings> {
        let Some(item) = root.get("view") else { return Ok(ViewSettings::default()) };
        let Some(table) = item.as_table_like() else {
            return Err(self.wrong(item, "view", "a table: write [view]"));
        };
        self.warn_of_slips(table, &VIEW_KEYS);
        Ok(ViewSettings {
            sort: self.sort(table)?,
            filters: self.known(table, "filters")?,
            normalise: self.one(table, "normalise").unwrap_or_default(),
            reference: self.one(table, "reference").unwrap_or_default(),
            grouping: self.one(table, "grouping"),
            layout: self.one(table, "layout").unwrap_or_default(),
            columns: Columns {
                order: self.known(table, "column_order")?,
                frozen: self.frozen(table)?,
                settings: self.known(table, "columns")?,
            },
            row_numbers: self.flag(table, "row_numbers")?,
            summary: self.known(table, "summary")?,
            heat_map: self.flag(table, "heat_map")?,
            heat_scope: self.one(table, "heat_scope").unwrap_or_default(),
            diverging: self.flag(table, "diverging")?,
            bars: self.flag(table, "bars")?,
            rules: self.known(table, "rules")?,
            derived: self.known(table, "derived")?,
        })
    }

    /// One key, or a list of them.
    fn sort(&mut self, view: &dyn TableLike) -> Read<Vec<Sort>> {
        let Some(item) = view.get("sort") else { return Ok(Vec::new()) };
        if item.is_array() || item.is_array_of_tables() {
            return self.known(view, "sort");
        }
        let wanted = "{ by = \"player\" } or { by = { scid = \"…\", stat = \"…\" } }";
        let table = item.as_table_like().ok_or_else(|| self.wrong(item, "sort", wanted))?;
        let by = table.get("by").ok_or_else(|| self.wrong(item, "sort", wanted))?;
        self.flag(table, "descending")?;
        let key = value(item).and_then(|value| Sort::from_value(&value));
        let key = key.ok_or_else(|| self.wrong(by, "by", "\"player\" or { scid = \"…\", stat = \"…\" }"))?;
        Ok(vec![key])
    }

    fn frozen(&self, view: &dyn TableLike) -> Read<u16> {
        let Some(item) = view.get("frozen") else { return Ok(0) };
        let wanted = "how many columns stand still, such as 1";
        item.as_value().and_then(whole).ok_or_else(|| self.wrong(item, "frozen", wanted))
    }

    /// The setting under `key`; a word of warning and `None` when this version does not know it.
    pub(super) fn one<T: InFile>(&mut self, view: &dyn TableLike, key: &str) -> Option<T> {
        let item = view.get(key)?;
        let known = value(item).and_then(|value| T::from_value(&value));
        if known.is_none() {
            let line = self.line(Some(item));
            self.warnings.push(format!(
                "Line {line}: this version does not know this “{key}” and shows values without it"
            ));
        }
        known
    }

    /// The entries under `key` that this version knows; a word of warning for each of the others.
    pub(super) fn known<T: InFile>(&mut self, view: &dyn TableLike, key: &str) -> Read<Vec<T>> {
        let Some(item) = view.get(key) else { return Ok(Vec::new()) };
        let Some(array) = item.as_array() else {
            return Err(self.wrong(item, key, "a list: write [ … ]"));
        };
        let mut known = Vec::new();
        for entry in array {
            if let Some(read) = T::from_value(entry) {
                known.push(read);
                continue;
            }
            let line = self.line_of(entry.span());
            self.warnings.push(format!(
                "Line {line}: this version does not know this entry of “{key}”. It is kept in the file as it is"
            ));
        }
        Ok(known)
    }
}

/// A setting as a value, also where it is written as a table of its own.
fn value(item: &Item) -> Option<toml_edit::Value> {
    item.clone().into_value().ok()
}
