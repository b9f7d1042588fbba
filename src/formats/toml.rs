//! What readers and writers of our TOML files share: places of errors, values of the wrong kind,
//! keys that are slips of others, and values changed in place.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

/// Where a file is broken, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ReadError {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong there: one sentence without the final stop.
    pub message: String,
}

/// Reads a text as TOML.
pub(super) fn document(text: &str) -> Read<Document<&str>> {
    Document::parse(text).map_err(|error| {
        let twice = error.span().filter(|_| error.message().starts_with("duplicate key"));
        let message = match twice.and_then(|span| text.get(span)) {
            Some(key) => format!("{} stands here a second time. Keep one of the two", key.trim()),
            None => error.message().trim_end().replace('\n', ", "),
        };
        error_at(text, error.span(), format!("not valid TOML: {message}"))
    })
}

fn error_at(text: &str, span: Option<Range<usize>>, message: String) -> ReadError {
    let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    ReadError {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
    }
}

fn kind_of(item: &Item) -> &'static str {
    match item.type_name() {
        "string" => "text",
        "integer" | "float" => "a number",
        "boolean" => "true or false",
        "datetime" => "a date",
        "array" => "a list",
        _ => "a table",
    }
}

/// A table of the file, and where it stands.
pub(super) type Found<'d> = (&'d dyn TableLike, Option<Range<usize>>);
/// Something read, or the first place that cannot be.
pub(super) type Read<T> = Result<T, ReadError>;

/// The text that is read, and what is said of it besides.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) warnings: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn check_format(&mut self, root: &dyn TableLike, known: i64) -> Read<()> {
        let Some(item) = root.get("format") else { return Ok(()) };
        match item.as_integer() {
            Some(format) if format > known => {
                self.warnings.push(format!(
                    "A newer Statlens wrote this file (format {format}). What this version does not know is \
                     kept in the file as it is"
                ));
                Ok(())
            }
            Some(_) => Ok(()),
            None => Err(self.wrong(item, "format", "a whole number, such as 1")),
        }
    }

    pub(super) fn string(&self, table: &dyn TableLike, key: &str) -> Read<Option<String>> {
        let Some(item) = table.get(key) else { return Ok(None) };
        item.as_str().map(|text| Some(text.to_owned())).ok_or_else(|| self.wrong(item, key, "text in quotes"))
    }

    pub(super) fn flag(&self, table: &dyn TableLike, key: &str) -> Read<bool> {
        let Some(item) = table.get(key) else { return Ok(false) };
        item.as_bool().ok_or_else(|| self.wrong(item, key, "true or false"))
    }

    pub(super) fn list<T>(
        &self,
        table: &dyn TableLike,
        key: &str,
        wanted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Read<Vec<T>> {
        let Some(item) = table.get(key) else { return Ok(Vec::new()) };
        let Some(array) = item.as_array() else {
            return Err(self.wrong(item, key, "a list: write [ … ]"));
        };
        let read = |value: &Value| {
            read(value)
                .ok_or_else(|| self.error(value.span(), format!("each entry of \"{key}\" must be {wanted}")))
        };
        array.iter().map(read).collect()
    }

    /// The tables under `key`: `[[key]]`, a single `[key]`, or a list of tables in one line each.
    pub(super) fn tables<'d>(&self, root: &'d dyn TableLike, key: &str) -> Read<Vec<Found<'d>>> {
        let Some(item) = root.get(key) else { return Ok(Vec::new()) };
        let wrong = || self.wrong(item, key, &format!("tables: write [[{key}]]"));
        if let Some(tables) = item.as_array_of_tables() {
            return Ok(tables.iter().map(|table| (table as &dyn TableLike, table.span())).collect());
        }
        if let Some(table) = item.as_table_like() {
            return Ok(vec![(table, item.span())]);
        }
        let array = item.as_array().ok_or_else(wrong)?;
        let tables = array.iter().map(|value| {
            let table = value.as_inline_table().ok_or_else(wrong)?;
            Ok((table as &dyn TableLike, value.span()))
        });
        tables.collect()
    }

    pub(super) fn warn_of_slips(&mut self, table: &dyn TableLike, known: &[&str]) {
        for (key, item) in table.iter().filter(|(key, _)| !known.contains(key)) {
            if let Some(meant) = known.iter().find(|known| is_slip(key, known)) {
                let line = self.line(Some(item));
                self.warnings.push(format!("Line {line}: “{key}” has no meaning here. Was “{meant}” meant?"));
            }
        }
    }

    pub(super) fn wrong(&self, item: &Item, key: &str, wanted: &str) -> ReadError {
        self.error(item.span(), format!("\"{key}\" must be {wanted}, and is {}", kind_of(item)))
    }

    pub(super) fn error(&self, span: Option<Range<usize>>, message: String) -> ReadError {
        error_at(self.text, span, message)
    }

    pub(super) fn line(&self, item: Option<&Item>) -> usize {
        self.line_of(item.and_then(Item::span))
    }

    pub(super) fn line_of(&self, span: Option<Range<usize>>) -> usize {
        error_at(self.text, span, String::new()).line
    }
}

/// Whether `key` most likely is `known` mistyped: in other case, or one letter more or less.
fn is_slip(key: &str, known: &str) -> bool {
    let one_more = |long: &str, short: &str| {
        long.len() == short.len() + 1
            && long.char_indices().any(|(place, c)| {
                short.get(..place) == Some(&long[..place])
                    && short.get(place..) == Some(&long[place + c.len_utf8()..])
            })
    };
    key.eq_ignore_ascii_case(known) || one_more(key, known) || one_more(known, key)
}

/// Sets a value and keeps the comment behind it.
pub(super) fn set(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}
