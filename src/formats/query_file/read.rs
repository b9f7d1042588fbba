use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use super::{FORMAT, QueryFile, QueryFileError};
use crate::model::{
    BarScale, BarsChart, ColumnKey, Gamertag, Group, PlayerEntry, PlayerRef, Query, QueryTitle, Scid,
    StatName, TitleId,
};

const ROOT_KEYS: [&str; 7] = ["format", "name", "players", "group", "title", "view", "chart"];
const TITLE_KEYS: [&str; 4] = ["name", "scid", "title_id", "stats"];
const GROUP_KEYS: [&str; 2] = ["name", "players"];
const CHART_KEYS: [&str; 3] = ["kind", "stats", "scale"];

/// Reads a query file.
///
/// # Errors
/// When it is no TOML, a value is of the wrong kind, or a title has no usable SCID: the first
/// such place.
pub fn parse(text: &str) -> Result<QueryFile, QueryFileError> {
    let document = Document::parse(text).map_err(|error| {
        let message = format!("not valid TOML: {}", error.message().trim_end());
        error_at(text, error.span(), message.replace('\n', ", "))
    })?;
    let mut reader = Reader { text, warnings: Vec::new() };
    let query = reader.query(document.as_table())?;
    Ok(QueryFile { query, warnings: reader.warnings })
}

/// The player that a value of a list names.
pub(super) fn player_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.value().trim().to_owned()),
        Value::Integer(number) if *number.value() >= 0 => Some(number.value().to_string()),
        _ => None,
    }
}

/// The member of a group that a text names. What names nobody is kept: it just never matches.
pub(super) fn group_member(value: &Value) -> Option<PlayerRef> {
    let text = player_text(value)?;
    Some(PlayerEntry::new(&text).read().cloned().unwrap_or_else(|_| {
        PlayerRef::Gamertag(Gamertag::from_wire(text.strip_prefix("gt:").unwrap_or(&text)))
    }))
}

/// The stat that `{ scid = "…", stat = "…" }` names.
pub(super) fn column_key(table: &dyn TableLike) -> Option<ColumnKey> {
    Some(ColumnKey {
        scid: Scid::from_wire(table.get("scid")?.as_str()?),
        stat: StatName::from_wire(table.get("stat")?.as_str()?),
    })
}

/// Whether a chart is of the kind that this version draws.
pub(super) fn is_bars(table: &dyn TableLike) -> bool {
    table.get("kind").is_none_or(|kind| kind.as_str() == Some("bars"))
}

fn error_at(text: &str, span: Option<Range<usize>>, message: String) -> QueryFileError {
    let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    QueryFileError {
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
type Found<'d> = (&'d dyn TableLike, Option<Range<usize>>);
pub(super) type Read<T> = Result<T, QueryFileError>;

pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) warnings: Vec<String>,
}

impl Reader<'_> {
    fn query(&mut self, root: &dyn TableLike) -> Read<Query> {
        self.check_format(root)?;
        self.warn_of_slips(root, &ROOT_KEYS);
        let name = self.string(root, "name")?.unwrap_or_default();
        let players = self.list(root, "players", "text in quotes", player_text)?;
        let players = players.into_iter().map(|text| PlayerEntry::new(&text)).collect();
        let groups = self.tables(root, "group")?;
        let titles = self.tables(root, "title")?;
        let charts = self.tables(root, "chart")?;
        Ok(Query {
            name,
            players,
            groups: groups.into_iter().map(|found| self.group(found)).collect::<Read<_>>()?,
            titles: titles.into_iter().map(|found| self.title(found)).collect::<Read<_>>()?,
            view: self.view(root)?,
            charts: charts
                .into_iter()
                .filter_map(|found| self.chart(found).transpose())
                .collect::<Read<_>>()?,
        })
    }

    fn check_format(&mut self, root: &dyn TableLike) -> Read<()> {
        let Some(item) = root.get("format") else { return Ok(()) };
        match item.as_integer() {
            Some(format) if format > FORMAT => {
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

    fn group(&mut self, (table, _): Found<'_>) -> Read<Group> {
        self.warn_of_slips(table, &GROUP_KEYS);
        Ok(Group {
            name: self.string(table, "name")?.unwrap_or_default(),
            players: self.list(table, "players", "text in quotes", group_member)?,
        })
    }

    fn title(&mut self, (table, span): Found<'_>) -> Read<QueryTitle> {
        self.warn_of_slips(table, &TITLE_KEYS);
        let Some(scid_item) = table.get("scid") else {
            return Err(self.error(span, "this title has no \"scid\": add scid = \"…\" below it".to_owned()));
        };
        let scid = self.string(table, "scid")?.unwrap_or_default();
        let scid = scid.parse().map_err(|reason| {
            let reason = format!("{reason}");
            let reason = reason.strip_prefix("it ").unwrap_or(&reason).to_owned();
            self.error(scid_item.span(), format!("\"scid\" {reason}"))
        })?;
        Ok(QueryTitle {
            name: self.string(table, "name")?.unwrap_or_default(),
            scid,
            title_id: self.title_id(table)?,
            stats: self.stats(table)?,
        })
    }

    fn title_id(&self, table: &dyn TableLike) -> Read<Option<TitleId>> {
        let Some(item) = table.get("title_id") else { return Ok(None) };
        let id = match item.as_value() {
            Some(Value::Integer(number)) => u32::try_from(*number.value()).ok().map(TitleId),
            Some(Value::String(text)) => text.value().parse().ok(),
            _ => None,
        };
        let wanted = "a title id: a number up to 4294967295, or hexadecimal text such as \"0x6658FD71\"";
        id.map(Some).ok_or_else(|| self.wrong(item, "title_id", wanted))
    }

    fn stats(&mut self, table: &dyn TableLike) -> Read<Vec<StatName>> {
        let names = self.list(table, "stats", "text in quotes", |value| value.as_str().map(str::to_owned))?;
        for name in &names {
            if let Err(reason) = name.parse::<StatName>() {
                let line = self.line(table.get("stats"));
                self.warnings.push(format!(
                    "Line {line}: the stat “{name}” is asked for as it is written, but {reason}"
                ));
            }
        }
        Ok(names.iter().map(|name| StatName::from_wire(name)).collect())
    }

    /// `None` for a kind of chart that this version does not draw.
    fn chart(&mut self, (table, span): Found<'_>) -> Read<Option<BarsChart>> {
        if !is_bars(table) {
            let line = self.line_of(span);
            self.warnings.push(format!(
                "Line {line}: this version does not draw this kind of chart. It is kept in the file as it is"
            ));
            return Ok(None);
        }
        self.warn_of_slips(table, &CHART_KEYS);
        let stats = self.list(table, "stats", "{ scid = \"…\", stat = \"…\" }", |value| {
            column_key(value.as_inline_table()?)
        })?;
        let scale = match self.string(table, "scale")?.as_deref() {
            None | Some("value") => BarScale::Value,
            Some("share_of_greatest") => BarScale::ShareOfGreatest,
            Some(other) => {
                let line = self.line(table.get("scale"));
                self.warnings.push(format!(
                    "Line {line}: this version does not know the scale “{other}” and shows values"
                ));
                BarScale::Value
            }
        };
        Ok(Some(BarsChart { stats, scale }))
    }

    fn string(&self, table: &dyn TableLike, key: &str) -> Read<Option<String>> {
        let Some(item) = table.get(key) else { return Ok(None) };
        item.as_str().map(|text| Some(text.to_owned())).ok_or_else(|| self.wrong(item, key, "text in quotes"))
    }

    pub(super) fn flag(&self, table: &dyn TableLike, key: &str) -> Read<bool> {
        let Some(item) = table.get(key) else { return Ok(false) };
        item.as_bool().ok_or_else(|| self.wrong(item, key, "true or false"))
    }

    fn list<T>(
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
    fn tables<'d>(&self, root: &'d dyn TableLike, key: &str) -> Read<Vec<Found<'d>>> {
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

    pub(super) fn wrong(&self, item: &Item, key: &str, wanted: &str) -> QueryFileError {
        self.error(item.span(), format!("\"{key}\" must be {wanted}, and is {}", kind_of(item)))
    }

    fn error(&self, span: Option<Range<usize>>, message: String) -> QueryFileError {
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
