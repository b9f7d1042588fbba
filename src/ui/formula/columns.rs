//! Derived columns in the settings of a view: added, changed and removed with all that names them.

use crate::model::{DerivedColumn, Field, Filter, GroupBy, Normalise, Sort, SortBy, ViewSettings};

/// The view with a column of this name and formula, in place of the one called `former`.
pub(super) fn with_column(view: &ViewSettings, former: Option<&str>, column: DerivedColumn) -> ViewSettings {
    let mut view = view.clone();
    let place = former.and_then(|former| view.derived.iter().position(|other| other.name == former));
    match place {
        Some(place) => {
            let old = Field::derived(&view.derived[place].name);
            let new = Field::derived(&column.name);
            view.derived[place] = column;
            for field in fields(&mut view) {
                if *field == old {
                    field.clone_from(&new);
                }
            }
        }
        None => view.derived.push(column),
    }
    view
}

/// The view without the column of this name, and without all that is by its values.
pub(super) fn without_column(view: &ViewSettings, name: &str) -> ViewSettings {
    let mut view = view.clone();
    let gone = Field::derived(name);
    view.derived.retain(|column| column.name != name);
    view.sort.retain(|key| sort_field(key) != Some(&gone));
    view.filters.retain(|filter| !matches!(filter, Filter::Column(field, _) if *field == gone));
    view.columns.order.retain(|field| *field != gone);
    view.columns.settings.retain(|settings| settings.field != gone);
    view.rules.retain(|rule| rule.field.as_ref() != Some(&gone));
    view.grouping = view.grouping.filter(|grouping| grouping.by != GroupBy::Column(gone.clone()));
    if matches!(&view.normalise, Normalise::Per(field, _) if *field == gone) {
        view.normalise = Normalise::Raw;
    }
    view
}

fn sort_field(key: &Sort) -> Option<&Field> {
    match &key.by {
        SortBy::Player | SortBy::Group => None,
        SortBy::Column(field) | SortBy::Absolute(field) | SortBy::Change(field) => Some(field),
    }
}

/// Everything that names a column.
fn fields(view: &mut ViewSettings) -> Vec<&mut Field> {
    let mut fields: Vec<&mut Field> = view.columns.order.iter_mut().collect();
    fields.extend(view.columns.settings.iter_mut().map(|settings| &mut settings.field));
    fields.extend(view.sort.iter_mut().filter_map(|key| match &mut key.by {
        SortBy::Player | SortBy::Group => None,
        SortBy::Column(field) | SortBy::Absolute(field) | SortBy::Change(field) => Some(field),
    }));
    fields.extend(view.filters.iter_mut().filter_map(|filter| match filter {
        Filter::Column(field, _) => Some(field),
        Filter::Player(_) | Filter::Groups(_) => None,
    }));
    fields.extend(view.rules.iter_mut().filter_map(|rule| rule.field.as_mut()));
    if let Some(grouping) = &mut view.grouping
        && let GroupBy::Column(field) = &mut grouping.by
    {
        fields.push(field);
    }
    if let Normalise::Per(field, _) = &mut view.normalise {
        fields.push(field);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Grouping, Test};

    fn column(name: &str) -> DerivedColumn {
        DerivedColumn { name: name.into(), formula: "1".into() }
    }

    fn view() -> ViewSettings {
        let field = || Field::derived("kd");
        ViewSettings {
            sort: vec![Sort { by: SortBy::Absolute(field()), descending: true }],
            filters: vec![Filter::Column(field(), Test::HasValue)],
            grouping: Some(Grouping::new(GroupBy::Column(field()))),
            normalise: Normalise::Per(field(), crate::model::Number::Int(1)),
            derived: vec![column("a"), column("kd")],
            columns: crate::model::Columns { order: vec![field()], ..Default::default() },
            ..ViewSettings::default()
        }
    }

    #[test]
    fn a_new_name_is_followed_everywhere() {
        let view = with_column(&view(), Some("kd"), column("ratio"));
        assert!(!format!("{view:?}").contains("\"kd\""), "{view:?}");
        assert_eq!(with_column(&view, Some("ratio"), column("kd")), self::view());
    }

    #[test]
    fn what_is_removed_leaves_nothing_behind() {
        let view = without_column(&view(), "kd");
        assert_eq!(view, ViewSettings { derived: vec![column("a")], ..ViewSettings::default() });
    }
}
