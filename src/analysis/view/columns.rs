use super::{Origin, context::Context};
use crate::model::{Field, RankOrder};

/// A column of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewColumn {
    /// The stat or formula that it is about.
    pub field: Field,
    /// Where that comes from.
    pub origin: Origin,
    /// What it tells of it.
    pub shows: Shows,
    /// How wide the user made it, in points.
    pub width: Option<u16>,
}

/// What a column tells of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// What players have.
    Value,
    /// Where they rank.
    Rank(RankOrder),
    /// How many in a hundred are below them.
    Percentile,
}

/// The columns to show, in order, and the values of those that are hidden.
pub(super) fn of(context: &Context) -> (Vec<ViewColumn>, Vec<ViewColumn>) {
    let settings = &context.input.settings.columns;
    let stats = context.input.table.columns().iter().map(|column| Field::from(column.key().clone()));
    let derived = context.input.derived.iter().map(|column| Field::derived(column.name.clone()));
    let others = stats.chain(derived).filter(|field| !settings.order.contains(field));
    let (mut columns, mut hidden): (Vec<ViewColumn>, Vec<ViewColumn>) = (Vec::new(), Vec::new());
    for field in settings.order.iter().cloned().chain(others) {
        let Some(origin) = context.origin(&field) else { continue };
        let of_field = settings.of(&field);
        if columns.iter().chain(&hidden).any(|column| column.field == field) {
            continue;
        }
        if of_field.is_some_and(|settings| settings.hidden) {
            hidden.push(ViewColumn { field, origin, shows: Shows::Value, width: None });
            continue;
        }
        let mut add = |shows, width| columns.push(ViewColumn { field: field.clone(), origin, shows, width });
        add(Shows::Value, of_field.and_then(|settings| settings.width));
        if let Some(order) = of_field.and_then(|settings| settings.rank) {
            add(Shows::Rank(order), None);
        }
        if of_field.is_some_and(|settings| settings.percentile) {
            add(Shows::Percentile, None);
        }
    }
    (columns, hidden)
}
