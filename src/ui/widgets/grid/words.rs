//! What the grid says of a cell: on hover, and to a screen reader.

use std::borrow::Cow;

use crate::{
    analysis::display,
    model::{Cell, PlayerRow, RowState, ValueRef, WireForm},
};

/// What stands in for a value that the service did not send.
pub(crate) const NO_VALUE: &str = "no value";

/// A cell in a few words: the value as shown, or what there is instead.
pub(crate) fn shown<'a>(cell: &'a Cell<'a>) -> Cow<'a, str> {
    match cell {
        Cell::NotAsked => "not asked".into(),
        Cell::Pending => "pending".into(),
        Cell::Value(value) => display::value(value),
        Cell::NoValue => NO_VALUE.into(),
        Cell::Failed(failure) => match failure.status {
            Some(status) => format!("failed, {status}").into(),
            None => "failed".into(),
        },
    }
}

/// A cell in a few words, numbers with as many decimals as their column has.
pub(crate) fn shown_in_column<'a>(cell: &'a Cell<'a>, decimals: usize) -> Cow<'a, str> {
    match cell {
        Cell::Value(value) => display::aligned(value, decimals),
        _ => shown(cell),
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
