//! Changing tables in place: what stays keeps its comments and the keys that are not ours.

use toml_edit::{InlineTable, Item, Table, Value};

/// Whether a table in the file and a wanted one are the same.
pub(super) type Test<'a, T> = &'a dyn Fn(&T, &T) -> bool;

/// Which of the tables in the file each wanted one was, by the first test that holds for a table
/// not taken yet.
pub(super) fn paired<T>(current: &[T], wanted: &[T], tests: &[Test<'_, T>]) -> Vec<Option<usize>> {
    let mut taken = vec![false; current.len()];
    let mut pairs = vec![None; wanted.len()];
    for test in tests {
        for (pair, new) in pairs.iter_mut().zip(wanted).filter(|(pair, _)| pair.is_none()) {
            let found = current.iter().enumerate().position(|(place, old)| !taken[place] && test(old, new));
            if let Some(place) = found {
                taken[place] = true;
                *pair = Some(place);
            }
        }
    }
    pairs
}

/// Makes the tables under `key` those of `pairs`: the ones already there in that order, new ones
/// where there is `None`, then `edit` called for each. Tables that are not `ours` stay where they
/// are. Returns whether any table came, went or moved.
pub(super) fn rewrite(
    root: &mut Table,
    key: &str,
    ours: impl Fn(&Table) -> bool,
    pairs: &[Option<usize>],
    mut edit: impl FnMut(usize, &mut Table),
) -> bool {
    let tables = match root.get_mut(key) {
        Some(item) => as_tables(std::mem::take(item)),
        None => Vec::new(),
    };
    let mut mine: Vec<Option<Table>> = Vec::new();
    let mut others: Vec<(usize, Table)> = Vec::new();
    for (place, table) in tables.into_iter().enumerate() {
        if ours(&table) { mine.push(Some(table)) } else { others.push((place, table)) }
    }
    let is_same = mine.len() == pairs.len() && pairs.iter().enumerate().all(|(new, old)| *old == Some(new));
    let mut kept: Vec<Table> = pairs
        .iter()
        .enumerate()
        .map(|(new, old)| {
            let old = old.and_then(|place| mine.get_mut(place)).and_then(Option::take);
            let mut table = old.unwrap_or_default();
            edit(new, &mut table);
            table
        })
        .collect();
    for (place, table) in others {
        kept.insert(place.min(kept.len()), table);
    }
    if kept.is_empty() {
        root.remove(key);
    } else {
        root.insert(key, Item::ArrayOfTables(kept.into_iter().collect()));
    }
    !is_same
}

fn as_tables(item: Item) -> Vec<Table> {
    match item {
        Item::Table(table) => vec![table],
        Item::Value(Value::InlineTable(table)) => vec![table.into_table()],
        other => {
            other.into_array_of_tables().map_or_else(|_| Vec::new(), |tables| tables.into_iter().collect())
        }
    }
}

/// The inline table of `{ scid = "…", stat = "…" }` and the like.
pub(super) fn inline(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> InlineTable {
    let mut table = InlineTable::new();
    for (key, value) in pairs {
        table.insert(key, value);
    }
    table
}

/// Gives all tables the place in the file that they have in the document, new and moved ones too:
/// sections by where their first table stood, new sections last, tables of a section in order.
pub(super) fn renumber(root: &mut Table) {
    number_children(root, &mut 0);
}

fn number_children(table: &mut Table, next: &mut isize) {
    let mut children: Vec<(Option<isize>, &mut Item)> =
        table.iter_mut().map(|(_, item)| (first_position(item), item)).collect();
    children.sort_by_key(|(position, _)| position.unwrap_or(isize::MAX));
    for (_, item) in children {
        match item {
            Item::Table(table) => number(table, next),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| number(table, next)),
            Item::None | Item::Value(_) => {}
        }
    }
}

fn number(table: &mut Table, next: &mut isize) {
    *next += 1;
    table.set_position(Some(*next));
    number_children(table, next);
}

fn first_position(item: &Item) -> Option<isize> {
    let of_table = |table: &Table| {
        let nested = table.iter().filter_map(|(_, item)| first_position(item));
        table.position().into_iter().chain(nested).min()
    };
    match item {
        Item::Table(table) => of_table(table),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(of_table).min(),
        Item::None | Item::Value(_) => None,
    }
}
