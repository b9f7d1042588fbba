use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{STAT_KEYS, parse};
use crate::{
    formats::toml::set,
    model::{Number, StatDictionary, StatEntry, TitleEntry},
};

const NEW_FILE: &str = "\
# A Statlens stat dictionary: what stats are called, how they are written, which values are possible.

format = 1
";

/// The text of a dictionary file that holds `dictionary`.
///
/// With the text that the file had before, only what differs is changed: comments, order, spelling
/// and keys that are not ours stay, and an unchanged dictionary gives back the same text, byte for
/// byte. A text that is no dictionary file counts as none. Entries of which nothing is said are not
/// written; those that held something before stay while they hold keys that are not ours.
#[must_use]
pub fn write(dictionary: &StatDictionary, previous_text: Option<&str>) -> String {
    let known = previous_text.and_then(|text| {
        let current = parse(text).ok()?.dictionary;
        Some((text, current, text.parse::<DocumentMut>().ok()?))
    });
    let Some((text, current, document)) = known else {
        // The text above is valid TOML, so this always reads; an empty document would do as well.
        let document: DocumentMut = NEW_FILE.parse().unwrap_or_default();
        return edit(document, &StatDictionary::default(), dictionary).unwrap_or_else(|| NEW_FILE.to_owned());
    };
    match edit(document, &current, dictionary) {
        None => text.to_owned(),
        Some(changed) if text.contains("\r\n") => changed.replace("\r\n", "\n").replace('\n', "\r\n"),
        Some(changed) => changed,
    }
}

/// `None` when nothing is different.
fn edit(mut document: DocumentMut, old: &StatDictionary, new: &StatDictionary) -> Option<String> {
    let scids: BTreeSet<_> = old.titles.keys().chain(new.titles.keys()).collect();
    let nothing = TitleEntry::default();
    let mut is_changed = false;
    for scid in scids {
        let of = |dictionary: &StatDictionary| dictionary.titles.get(scid).unwrap_or(&nothing).clone();
        let (old, new) = (of(old), of(new));
        if old != new {
            is_changed |= edit_title(document.as_table_mut(), scid.as_str(), &old, &new);
        }
    }
    is_changed.then(|| document.to_string())
}

fn edit_title(root: &mut Table, scid: &str, old: &TitleEntry, new: &TitleEntry) -> bool {
    let stats: BTreeSet<_> = old.stats.keys().chain(new.stats.keys()).collect();
    let nothing = StatEntry::default();
    let mut is_changed = false;
    if old.name != new.name {
        is_changed = true;
        if let Some(title) = reach(root, &["titles", scid]) {
            edit_keys(title, [("name", new.name.as_deref().map(Value::from))]);
        }
    }
    for stat in stats {
        let of = |title: &TitleEntry| title.stats.get(stat).unwrap_or(&nothing).clone();
        let (old, new) = (of(old), of(new));
        if old != new {
            is_changed = true;
            if let Some(table) = reach(root, &["titles", scid, "stats", stat.as_str()]) {
                edit_stat(table, &old, &new);
            }
        }
        if new == nothing {
            prune(root, &["titles", scid, "stats", stat.as_str()]);
        }
    }
    if new.name.is_none() {
        prune(root, &["titles", scid]);
    }
    is_changed
}

fn edit_stat(item: &mut Item, old: &StatEntry, new: &StatEntry) {
    let (old, new) = (values(old), values(new));
    let is_other = |old: &Option<Value>, new: &Option<Value>| match (old, new) {
        (Some(old), Some(new)) => old.to_string() != new.to_string(),
        (old, new) => old.is_some() || new.is_some(),
    };
    let keys = STAT_KEYS.into_iter().zip(old).zip(new);
    edit_keys(item, keys.filter(|((_, old), new)| is_other(old, new)).map(|((key, _), new)| (key, new)));
}

/// What is written for each of [`STAT_KEYS`].
fn values(entry: &StatEntry) -> [Option<Value>; 11] {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    [
        text(&entry.name),
        text(&entry.description),
        text(&entry.unit),
        entry.format.map(|format| format.to_string().into()),
        entry.better.map(|better| better.name().into()),
        entry.min.map(number),
        entry.max.map(number),
        entry.only_grows.map(Value::from),
        entry.largest_change.map(number),
        entry.ignore_in_checks.map(Value::from),
        entry.order.map(Value::from),
    ]
}

/// Sets keys of a table, or takes them out.
fn edit_keys(item: &mut Item, keys: impl IntoIterator<Item = (&'static str, Option<Value>)>) {
    let Some(table) = item.as_table_like_mut() else { return };
    let before = table.len();
    for (key, value) in keys {
        match value {
            Some(value) => set(table, key, value),
            None => {
                table.remove(key);
            }
        }
    }
    let has_grown = table.len() > before;
    if let Some(inline) = item.as_inline_table_mut().filter(|_| has_grown) {
        let mut inside = inline.clone();
        inside.decor_mut().clear();
        if !inside.to_string().contains('#') {
            // Where there was one key less, the spaces at the brackets stand in the wrong place now.
            inline.fmt();
        }
    }
}

/// A number as TOML holds it: in quotes what does not fit 64 bits.
fn number(number: Number) -> Value {
    match number {
        Number::Int(int) => i64::try_from(int).map_or_else(|_| int.to_string().into(), Value::from),
        Number::Real(real) => real.into(),
    }
}

/// The table at the end of `path`, made where it is missing. `None` only when something on the way
/// is no table, which no text that was read has.
fn reach<'t>(root: &'t mut Table, path: &[&str]) -> Option<&'t mut Item> {
    let (last, parents) = path.split_last()?;
    let mut table: &mut dyn TableLike = root;
    for (depth, key) in parents.iter().enumerate() {
        // What only holds titles or stats needs no header.
        table = made(table, key, depth % 2 == 0)?.as_table_like_mut()?;
    }
    let item = made(table, last, false)?;
    if let Item::Table(table) = &mut *item {
        // A header of its own, for the keys to come.
        table.set_implicit(false);
    }
    Some(item)
}

fn made<'t>(table: &'t mut dyn TableLike, key: &str, is_implicit: bool) -> Option<&'t mut Item> {
    if !table.contains_key(key) {
        let mut new = Table::new();
        new.set_implicit(is_implicit);
        table.insert(key, Item::Table(new));
    }
    table.get_mut(key)
}

/// Takes out the table at the end of `path` if nothing is in it, then those that held it alone.
fn prune(root: &mut Table, path: &[&str]) {
    for end in (1..=path.len()).rev() {
        let (last, parents) = (path[end - 1], &path[..end - 1]);
        let mut table: &mut dyn TableLike = root;
        for key in parents {
            let Some(next) = table.get_mut(key).and_then(Item::as_table_like_mut) else { return };
            table = next;
        }
        let is_empty = table.get(last).and_then(Item::as_table_like).is_some_and(TableLike::is_empty);
        if !is_empty {
            return;
        }
        table.remove(last);
    }
}
