use std::hash::Hash;

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::{
    arrays,
    charts::edit_charts,
    parse,
    read::{group_member, player_text},
    tables::{paired, renumber, rewrite},
    write_compare::edit_compare,
    write_view::edit_view,
};
use crate::{
    formats::toml::set,
    model::{Group, PlayerEntry, PlayerRef, Query, QueryTitle},
};

const NEW_FILE: &str = "\
# A Statlens query: which players, which stats, and how they are shown.
# Values: statlens fetch --query <this file>

format = 1
";

/// The text of a query file that holds `query`.
///
/// With the text that the file had before, only what differs is changed: comments, order, spelling
/// and keys that are not ours stay, and an unchanged query gives back the same text, byte for
/// byte. A text that is no query file counts as none.
#[must_use]
pub fn write(query: &Query, previous_text: Option<&str>) -> String {
    let known = previous_text.and_then(|text| {
        let current = parse(text).ok()?.query;
        Some((text, current, text.parse::<DocumentMut>().ok()?))
    });
    match known {
        Some((text, current, _)) if current == *query => text.to_owned(),
        Some((text, current, document)) => {
            let changed = edit(document, &current, query);
            if text.contains("\r\n") { changed.replace("\r\n", "\n").replace('\n', "\r\n") } else { changed }
        }
        None => {
            // The text above is valid TOML, so this always reads; an empty document would do as well.
            edit(NEW_FILE.parse().unwrap_or_default(), &Query::default(), query)
        }
    }
}

fn edit(mut document: DocumentMut, old: &Query, new: &Query) -> String {
    let root = document.as_table_mut();
    if old.name != new.name {
        set(root, "name", new.name.as_str());
    }
    edit_players(root, &old.players, &new.players);
    let moved = [
        edit_groups(root, &old.groups, &new.groups),
        edit_titles(root, &old.titles, &new.titles),
        edit_view(root, &old.view, &new.view),
        edit_charts(root, &old.charts, &new.charts),
        edit_compare(root, &old.compare, &new.compare),
    ];
    if moved.contains(&true) {
        renumber(root);
    }
    document.to_string()
}

fn edit_players(root: &mut Table, old: &[PlayerEntry], new: &[PlayerEntry]) {
    let is_new = !root.contains_key("players");
    let texts = |entries: &[PlayerEntry]| -> Vec<String> {
        entries.iter().map(|entry| entry.text().to_owned()).collect()
    };
    edit_list(root, "players", &texts(old), &texts(new), player_text, |text| text.as_str().into());
    if let Some(mut key) = root.key_mut("players").filter(|_| is_new) {
        key.leaf_decor_mut().set_prefix("\n");
    }
}

fn edit_groups(root: &mut Table, old: &[Group], new: &[Group]) -> bool {
    if old == new {
        return false;
    }
    let pairs = paired(old, new, &[&|old, new| old.name == new.name, &|old, new| old.players == new.players]);
    rewrite(
        root,
        "group",
        |_| true,
        &pairs,
        |place, table| {
            let (old, new) = (pairs[place].map(|place| &old[place]), &new[place]);
            if old.is_none_or(|old| old.name != new.name) {
                set(table, "name", new.name.as_str());
            }
            let look = old.map(|old| old.look).unwrap_or_default();
            edit_word(table, "colour", look.colour, new.look.colour);
            edit_word(table, "shape", look.shape, new.look.shape);
            let old = old.map_or(&[][..], |old| &old.players);
            edit_list(table, "players", old, &new.players, group_member, player_value);
        },
    )
}

/// Writes what is chosen from a few words, and takes away what no longer is.
fn edit_word<T: Copy + PartialEq + ToString>(table: &mut Table, key: &str, old: Option<T>, new: Option<T>) {
    match new {
        new if new == old => {}
        Some(new) => set(table, key, new.to_string()),
        None => {
            table.remove(key);
        }
    }
}

fn edit_titles(root: &mut Table, old: &[QueryTitle], new: &[QueryTitle]) -> bool {
    if old == new {
        return false;
    }
    let pairs = paired(old, new, &[&|old, new| old.scid == new.scid]);
    rewrite(
        root,
        "title",
        |_| true,
        &pairs,
        |place, table| {
            edit_title(table, pairs[place].map(|place| &old[place]), &new[place]);
        },
    )
}

fn edit_title(table: &mut Table, old: Option<&QueryTitle>, new: &QueryTitle) {
    if old.is_none_or(|old| old.name != new.name) {
        set(table, "name", new.name.as_str());
    }
    if old.is_none() {
        set(table, "scid", new.scid.as_str());
    }
    if old.and_then(|old| old.title_id) != new.title_id {
        match new.title_id {
            Some(id) => set(table, "title_id", i64::from(id.0)),
            None => {
                table.remove("title_id");
            }
        }
    }
    let names = |title: &QueryTitle| -> Vec<String> { title.stats.iter().map(ToString::to_string).collect() };
    let read = |value: &Value| value.as_str().map(str::to_owned);
    edit_list(table, "stats", &old.map(names).unwrap_or_default(), &names(new), read, |name| {
        name.as_str().into()
    });
}

fn player_value(player: &PlayerRef) -> Value {
    PlayerEntry::from(player.clone()).text().into()
}

pub(super) fn edit_list<K: Eq + Hash>(
    table: &mut dyn TableLike,
    key: &str,
    old: &[K],
    new: &[K],
    read: impl Fn(&Value) -> Option<K>,
    make: impl Fn(&K) -> Value,
) {
    if old == new {
        return;
    }
    if table.get(key).is_none() {
        table.insert(key, Item::Value(Value::Array(Array::new())));
    }
    if let Some(array) = table.get_mut(key).and_then(Item::as_array_mut) {
        let mut changed = array.clone();
        arrays::rewrite(&mut changed, new, read, make);
        *changed.decor_mut() = array.decor().clone();
        *array = changed;
    }
}
