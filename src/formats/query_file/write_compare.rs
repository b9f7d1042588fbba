use toml_edit::{Item, Table};

use super::{
    view_values::InFile,
    write_view::{edit_known, edit_one, set_value},
};
use crate::model::Compare;

/// Returns whether the table is new.
pub(super) fn edit_compare(root: &mut Table, old: &Compare, new: &Compare) -> bool {
    if old == new {
        return false;
    }
    let is_new = !root.contains_key("compare");
    if is_new {
        root.insert("compare", Item::Table(Table::new()));
    }
    let Some(compare) = root.get_mut("compare").and_then(Item::as_table_like_mut) else { return false };
    edit_known(compare, "columns", &old.contestants, &new.contestants);
    match &new.reference {
        Some(reference) if old.reference != new.reference => {
            set_value(compare, "reference", reference.to_value());
        }
        None if old.reference.is_some() => drop(compare.remove("reference")),
        _ => {}
    }
    edit_one(compare, "beside", &old.beside, &new.beside);
    edit_known(compare, "profile", &old.profile, &new.profile);
    is_new
}
