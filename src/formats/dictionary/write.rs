use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::parse;
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
    match known {
        Some((text, current, document)) => {
            let changed = edit(document, &current, dictionary);
            match changed {
                None => text.to_owned(),
                Some(changed) if text.contains("\r\n") => changed.replace("\r\n", "\n").replace('\n', "\r\n"),
                Some(changed) => changed,
            }
        }
        None => {
            // The text above is valid TOML, so this always reads; an empty document would do as well.
            let document: DocumentMut = NEW_FILE.parse().unwrap_or_default();
            edit(document, &StatDictionary::default(), dictionary).unwrap_or_else(|| NEW_FILE.to_owned())
        }
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
            put(title, "name", new.name.as_deref().map(Value::from));
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

fn edit_stat(table: &mut dyn TableLike, old: &StatEntry, new: &StatEntry) {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    for (key, before, after) in [
        ("name", text(&old.name), text(&new.name)),
        ("description", text(&old.description), text(&new.description)),
        ("unit", text(&old.unit), text(&new.unit)),
        (
            "format",
            old.format.map(|format| format.to_string().into()),
            new.format.map(|format| format.to_string().into()),
        ),
        (
            "better",
            old.better.map(|better| better.name().into()),
            new.better.map(|better| better.name().into()),
        ),
        ("min", old.min.map(number), new.min.map(number)),
        ("max", old.max.map(number), new.max.map(number)),
        ("only_grows", old.only_grows.map(Value::from), new.only_grows.map(Value::from)),
        ("largest_change", old.largest_change.map(number), new.largest_change.map(number)),
        ("ignore_in_checks", old.ignore_in_checks.map(Value::from), new.ignore_in_checks.map(Value::from)),
        ("order", old.order.map(Value::from), new.order.map(Value::from)),
    ] {
        let is_same = match (&before, &after) {
            (Some(before), Some(after)) => before.to_string() == after.to_string(),
            (before, after) => before.is_none() && after.is_none(),
        };
        if !is_same {
            put(table, key, after);
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

fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    match value {
        Some(value) => set(table, key, value),
        None => {
            table.remove(key);
        }
    }
}

/// The table at the end of `path`, made where it is missing. `None` only when something on the way
/// is no table, which no text that was read has.
fn reach<'t>(root: &'t mut Table, path: &[&str]) -> Option<&'t mut dyn TableLike> {
    let mut table: &mut dyn TableLike = root;
    for (depth, key) in path.iter().enumerate() {
        if !table.contains_key(key) {
            let mut new = Table::new();
            // Only titles and stats themselves have a header; what holds them needs none.
            new.set_implicit(depth % 2 == 0);
            table.insert(key, Item::Table(new));
        }
        let item = table.get_mut(key)?;
        if depth + 1 == path.len()
            && let Item::Table(table) = item
        {
            // A header of its own, for the keys to come.
            table.set_implicit(false);
        }
        table = item.as_table_like_mut()?;
    }
    Some(table)
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
