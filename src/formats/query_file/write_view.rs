use std::hash::Hash;

use toml_edit::{InlineTable, Item, Table, TableLike, Value};

use super::{view_values::InFile, write::edit_list};
use crate::{
    formats::toml::set,
    model::{Sort, ViewSettings},
};

/// Returns whether the table is new.
pub(super) fn edit_view(root: &mut Table, old: &ViewSettings, new: &ViewSettings) -> bool {
    if old == new {
        return false;
    }
    let is_new = !root.contains_key("view");
    if is_new {
        root.insert("view", Item::Table(Table::new()));
    }
    let Some(view) = root.get_mut("view").and_then(Item::as_table_like_mut) else { return false };
    edit_sort(view, &old.sort, &new.sort);
    edit_known(view, "filters", &old.filters, &new.filters);
    edit_one(view, "normalise", &old.normalise, &new.normalise);
    edit_one(view, "reference", &old.reference, &new.reference);
    match &new.grouping {
        Some(grouping) if old.grouping != new.grouping => set_value(view, "grouping", grouping.to_value()),
        None if old.grouping.is_some() => drop(view.remove("grouping")),
        _ => {}
    }
    edit_one(view, "layout", &old.layout, &new.layout);
    edit_known(view, "column_order", &old.columns.order, &new.columns.order);
    if old.columns.frozen != new.columns.frozen {
        set(view, "frozen", i64::from(new.columns.frozen));
    }
    edit_known(view, "columns", &old.columns.settings, &new.columns.settings);
    edit_flag(view, "row_numbers", old.row_numbers, new.row_numbers);
    edit_known(view, "summary", &old.summary, &new.summary);
    edit_flag(view, "heat_map", old.heat_map, new.heat_map);
    edit_one(view, "heat_scope", &old.heat_scope, &new.heat_scope);
    edit_flag(view, "diverging", old.diverging, new.diverging);
    edit_flag(view, "bars", old.bars, new.bars);
    edit_known(view, "rules", &old.rules, &new.rules);
    edit_known(view, "derived", &old.derived, &new.derived);
    is_new
}

/// A single key is written without a list around it, as versions with one key at most did.
fn edit_sort(view: &mut dyn TableLike, old: &[Sort], new: &[Sort]) {
    if old == new {
        return;
    }
    let is_list = view.get("sort").is_some_and(|item| item.as_array().is_some_and(|array| !array.is_empty()));
    match new {
        [key] if !is_list => edit_key(view, key),
        [] if !is_list => drop(view.remove("sort")),
        _ => {
            if !is_list {
                view.remove("sort");
            }
            edit_known(view, "sort", if is_list { old } else { &[] }, new);
        }
    }
}

fn edit_key(view: &mut dyn TableLike, sort: &Sort) {
    let wanted = sort.to_value();
    let Some(wanted) = wanted.as_inline_table() else { return };
    if view.get("sort").is_none_or(|item| !item.is_table_like()) {
        view.insert("sort", Item::Value(Value::InlineTable(InlineTable::new())));
    }
    let Some(item) = view.get_mut("sort") else { return };
    let Some(table) = item.as_table_like_mut() else { return };
    let keys_before = table.len();
    for (key, value) in wanted {
        set(table, key, value.clone());
    }
    if !wanted.contains_key("of") {
        table.remove("of");
    }
    if !sort.descending && table.contains_key("descending") {
        set(table, "descending", false);
    }
    if table.len() != keys_before
        && let Some(inline) = item.as_inline_table_mut()
    {
        // With other keys than before, the spaces at the brackets stand in the wrong place.
        inline.fmt();
    }
}

fn edit_flag(view: &mut dyn TableLike, key: &str, old: bool, new: bool) {
    if old != new {
        set(view, key, new);
    }
}

pub(super) fn edit_one<T: InFile + PartialEq>(view: &mut dyn TableLike, key: &str, old: &T, new: &T) {
    if old != new {
        set_value(view, key, new.to_value());
    }
}

/// Sets a value also where a table of its own stood.
pub(super) fn set_value(view: &mut dyn TableLike, key: &str, value: Value) {
    if view.get(key).is_some_and(|item| !item.is_value()) {
        view.remove(key);
    }
    set(view, key, value);
}

pub(super) fn edit_known<T: InFile + Eq + Hash + Clone>(
    view: &mut dyn TableLike,
    key: &str,
    old: &[T],
    new: &[T],
) {
    edit_list(view, key, old, new, T::from_value, T::to_value);
    let is_bare = view.get(key).and_then(Item::as_array).is_some_and(toml_edit::Array::is_empty);
    if new.is_empty() && !old.is_empty() && is_bare {
        view.remove(key);
    }
}
