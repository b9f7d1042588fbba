//! What the grid says of a cell: on hover, and to a screen reader.

use std::borrow::Cow;

use super::looks::Look;
use crate::{
    analysis::{
        View,
        view::{Origin, Shown, Shows},
    },
    model::{Cell, Normalise, PlayerRow, RowState, ValueRef, WireForm},
};

/// What stands in for a value that the service did not send.
pub(crate) const NO_VALUE: &str = "no value";

/// A cell in a few words: the value as shown with its unit, or what there is instead.
pub(super) fn said<'a>(look: &'a Look, shown: Shown<'a>) -> Cow<'a, str> {
    match shown {
        Shown::Cell(Cell::NotAsked) => "not asked".into(),
        Shown::Cell(Cell::Pending) => "pending".into(),
        Shown::Waiting => "being worked out".into(),
        Shown::Cell(Cell::Failed(failure)) => match failure.status {
            Some(status) => format!("failed, {status}").into(),
            None => "failed".into(),
        },
        Shown::Nothing(why) => format!("{NO_VALUE}, {why}").into(),
        Shown::Cell(Cell::Value(_)) => look.format.with_unit(look.text(shown)),
        _ => look.text(shown),
    }
}

/// A cell of the grid on hover.
pub(super) fn explained_in(view: &View, look: &Look, row: u32, column: usize) -> String {
    let own = match (view.columns()[column].origin, view.columns()[column].shows) {
        (Origin::Stat(at), Shows::Value) => Some(view.table().cell(row as usize, at)),
        _ => None,
    };
    let is_raw = view.input().settings.normalise == Normalise::Raw;
    match (view.cell(row, column), own) {
        (Shown::Nothing(why), None) => format!("No value. {why}."),
        (Shown::Nothing(why), Some(own)) => format!("No value. {why}.\n{}", explained(&own)),
        (shown @ Shown::Number(_), Some(own)) if !is_raw => {
            format!("{}\n{}", look.text(shown), explained(&own))
        }
        (Shown::Cell(cell), _) => explained(&cell),
        (Shown::Number(number), _) => format!("{number}\nWorked out from other values."),
        (shown, _) => look.text(shown).into_owned(),
    }
}

/// A cell on hover: the text as sent with its type, or why there is none.
pub(crate) fn explained(cell: &Cell<'_>) -> String {
    match cell {
        Cell::NotAsked => "Nobody asked for this value.".to_owned(),
        Cell::Pending => "Asked for. The answer is still to come.".to_owned(),
        Cell::Value(value) => format!("{}\nAs sent: {}", value.text, sent_as(value)),
        Cell::NoValue => {
            "No value. The service answered and sent none: it returns only statistics that have one."
                .to_owned()
        }
        Cell::Failed(failure) if failure.advice.is_empty() => format!("{failure}."),
        Cell::Failed(failure) => format!("{failure}.\n{}.", failure.advice),
    }
}

/// The type and the JSON form that a value came in.
pub(crate) fn sent_as(value: &ValueRef<'_>) -> String {
    let form = match value.form {
        WireForm::String => "JSON string",
        WireForm::Number => "JSON number",
        WireForm::Bool => "JSON boolean",
        WireForm::Other => "JSON",
    };
    match value.stat_type.as_str() {
        "" => format!("no type, {form}"),
        stat_type => format!("{stat_type}, {form}"),
    }
}

/// A player on hover.
pub(crate) fn player(row: &PlayerRow) -> String {
    match &row.state {
        RowState::LookingUp => format!("{}\nLooking up their XUID.", row.name()),
        RowState::Known(player) => format!("{}\nXUID {}", row.name(), player.xuid),
        RowState::Failed(failure) => format!("{}\n{failure}.\n{}.", row.name(), failure.advice),
        RowState::DuplicateOf(_) => format!("{}\nThe same player as another row.", row.name()),
    }
}
