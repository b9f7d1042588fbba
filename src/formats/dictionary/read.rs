use toml_edit::{Item, TableLike, Value};

use super::{DictionaryError, DictionaryFile, FORMAT, STAT_KEYS};
use crate::{
    formats::toml::{self, Read, Reader},
    model::{Better, Number, Scid, StatDictionary, StatEntry, StatName, TitleEntry, ValueFormat},
};

const ROOT_KEYS: [&str; 2] = ["format", "titles"];
const TITLE_KEYS: [&str; 2] = ["name", "stats"];

/// Reads a dictionary file.
///
/// # Errors
/// When it is no TOML, or a value is of the wrong kind or means nothing: the first such place, and
/// what to write there.
pub fn parse(text: &str) -> Result<DictionaryFile, DictionaryError> {
    let document = toml::document(text)?;
    let mut reader = Reader { text, warnings: Vec::new() };
    let dictionary = reader.dictionary(document.as_table())?;
    Ok(DictionaryFile { dictionary, warnings: reader.warnings })
}

impl Reader<'_> {
    fn dictionary(&mut self, root: &dyn TableLike) -> Read<StatDictionary> {
        self.check_format(root, FORMAT)?;
        self.warn_of_slips(root, &ROOT_KEYS);
        let mut dictionary = StatDictionary::default();
        let Some(titles) = self.table(root, "titles", "[titles.\"…\"] with a SCID in the quotes")? else {
            return Ok(dictionary);
        };
        for (scid, item) in titles.iter() {
            let wrong =
                || self.wrong(item, scid, "a table: write [titles.\"…\"] with the SCID in the quotes");
            let table = item.as_table_like().ok_or_else(wrong)?;
            if let Err(reason) = scid.parse::<Scid>() {
                self.warn(item, &format!("the SCID “{scid}” is kept as it is written, but {reason}"));
            }
            let twin = dictionary.titles.keys().find(|known| known.as_str().eq_ignore_ascii_case(scid));
            if let Some(twin) = twin {
                let words = format!(
                    "the SCID “{scid}” differs from “{twin}” only by case, so the service takes them for two"
                );
                self.warn(item, &words);
            }
            let title = self.title_entry(table)?;
            if title != TitleEntry::default() {
                dictionary.titles.insert(Scid::from_wire(scid), title);
            }
        }
        Ok(dictionary)
    }

    fn title_entry(&mut self, table: &dyn TableLike) -> Read<TitleEntry> {
        self.warn_of_slips(table, &TITLE_KEYS);
        let mut title = TitleEntry { name: self.string(table, "name")?, ..TitleEntry::default() };
        let wanted = "[titles.\"…\".stats.\"…\"] with the stat's name in the last quotes";
        let Some(stats) = self.table(table, "stats", wanted)? else { return Ok(title) };
        for (name, item) in stats.iter() {
            let wrong = || self.wrong(item, name, &format!("a table: write {wanted}"));
            let entry = self.stat_entry(name, item.as_table_like().ok_or_else(wrong)?)?;
            if entry != StatEntry::default() {
                title.stats.insert(StatName::from_wire(name), entry);
            }
        }
        Ok(title)
    }

    fn stat_entry(&mut self, name: &str, table: &dyn TableLike) -> Read<StatEntry> {
        self.warn_of_slips(table, &STAT_KEYS);
        self.warn_of_dots(name, table);
        Ok(StatEntry {
            name: self.string(table, "name")?,
            description: self.string(table, "description")?,
            unit: self.string(table, "unit")?,
            format: self.format(table)?,
            better: self.better(table)?,
            min: self.bound(table, "min")?,
            max: self.bound(table, "max")?,
            only_grows: self.said_flag(table, "only_grows")?,
            largest_change: self.bound(table, "largest_change")?,
            ignore_in_checks: self.said_flag(table, "ignore_in_checks")?,
            order: self.order(table)?,
        })
    }

    /// `stats.Weapon.17` without quotes names the table `17` in a stat `Weapon`.
    fn warn_of_dots(&mut self, name: &str, table: &dyn TableLike) {
        let nested = table.iter().find(|(key, item)| item.is_table_like() && !STAT_KEYS.contains(key));
        if let Some((key, item)) = nested {
            self.warn(item, &format!("a stat's name with a dot stands in quotes: stats.\"{name}.{key}\""));
        }
    }

    fn table<'d>(
        &self,
        parent: &'d dyn TableLike,
        key: &str,
        wanted: &str,
    ) -> Read<Option<&'d dyn TableLike>> {
        let Some(item) = parent.get(key) else { return Ok(None) };
        let wrong = || self.wrong(item, key, &format!("tables: write {wanted}"));
        item.as_table_like().map(Some).ok_or_else(wrong)
    }

    fn format(&self, table: &dyn TableLike) -> Read<Option<ValueFormat>> {
        let Some(text) = self.string(table, "format")? else { return Ok(None) };
        text.parse().map(Some).map_err(|reason| self.meaningless(table, "format", &text, &reason))
    }

    fn better(&self, table: &dyn TableLike) -> Read<Option<Better>> {
        let Some(text) = self.string(table, "better")? else { return Ok(None) };
        let reason = "write \"higher\", \"lower\" or \"neither\"";
        Better::from_name(&text).map(Some).ok_or_else(|| self.meaningless(table, "better", &text, &reason))
    }

    fn bound(&self, table: &dyn TableLike, key: &str) -> Read<Option<Number>> {
        let Some(item) = table.get(key) else { return Ok(None) };
        let number = match item.as_value() {
            Some(Value::Integer(int)) => Some(Number::Int((*int.value()).into())),
            Some(Value::Float(real)) => Some(*real.value()).filter(|real| real.is_finite()).map(Number::Real),
            Some(Value::String(text)) => text.value().parse().ok(),
            _ => None,
        };
        number.map(Some).ok_or_else(|| self.wrong(item, key, "a number, such as 0 or 2.5"))
    }

    /// `None` where nothing is said: `false` is an answer too.
    fn said_flag(&self, table: &dyn TableLike, key: &str) -> Read<Option<bool>> {
        table.get(key).map(|_| self.flag(table, key)).transpose()
    }

    fn order(&self, table: &dyn TableLike) -> Read<Option<i64>> {
        let Some(item) = table.get("order") else { return Ok(None) };
        item.as_integer().map(Some).ok_or_else(|| self.wrong(item, "order", "a whole number, such as 1"))
    }

    fn meaningless(
        &self,
        table: &dyn TableLike,
        key: &str,
        text: &str,
        reason: &dyn std::fmt::Display,
    ) -> DictionaryError {
        self.error(
            table.get(key).and_then(Item::span),
            format!("\"{key}\" is “{text}”, which means nothing: {reason}"),
        )
    }

    fn warn(&mut self, item: &Item, words: &str) {
        let line = self.line(Some(item));
        self.warnings.push(format!("Line {line}: {words}"));
    }
}
