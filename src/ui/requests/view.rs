//! Which requests are shown, and in which order.

use std::{cmp::Ordering, sync::Arc};

use super::{find::Finder, log::Log, outcome, spans, tally};
use crate::model::{Api, Exchange, ExchangeId};

/// The kind of requests that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Scope {
    #[default]
    All,
    Of(Api),
    Failed,
    Retried,
    Waiting,
}

impl Scope {
    fn holds(self, exchange: &Exchange) -> bool {
        match self {
            Self::All => true,
            Self::Of(api) => exchange.api == api,
            Self::Failed => tally::is_failed(exchange),
            Self::Retried => tally::is_retried(exchange),
            Self::Waiting => tally::is_waiting(exchange),
        }
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    #[default]
    Number,
    Request,
    Service,
    Status,
    Tries,
    Values,
    Size,
    Time,
    Waterfall,
}

/// An order of the requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) by: Column,
    pub(super) descending: bool,
}

impl Order {
    /// What a click on a heading asks for: figures greatest first, then least, then as they were
    /// planned; words the other way round.
    pub(super) fn next(self, column: Column) -> Self {
        let figures =
            matches!(column, Column::Tries | Column::Values | Column::Size | Column::Time | Column::Number);
        if self.by != column {
            Self { by: column, descending: figures }
        } else if self.descending == figures && column != Column::Number {
            Self { by: column, descending: !figures }
        } else if column == Column::Number {
            Self { by: column, descending: !self.descending }
        } else {
            Self::default()
        }
    }

    fn compare(self, left: &Exchange, right: &Exchange) -> Ordering {
        let by = match self.by {
            Column::Number => left.id.cmp(&right.id),
            Column::Request => left.title.cmp(&right.title),
            Column::Service => left.api.cmp(&right.api),
            Column::Status => left.status().cmp(&right.status()),
            Column::Tries => tally::tries(left).cmp(&tally::tries(right)),
            Column::Values => left.values.cmp(&right.values),
            Column::Size => outcome::size(left).cmp(&outcome::size(right)),
            Column::Time => time(left).cmp(&time(right)),
            Column::Waterfall => left.queued.cmp(&right.queued),
        };
        let by = if self.descending { by.reverse() } else { by };
        by.then(left.id.cmp(&right.id))
    }
}

fn time(exchange: &Exchange) -> Option<std::time::Duration> {
    exchange.last().map(spans::took)
}

/// The statuses that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum StatusChoice {
    #[default]
    Any,
    /// Only this one; `None`: requests without an answer.
    Only(Option<u16>),
}

impl StatusChoice {
    fn holds(self, exchange: &Exchange) -> bool {
        match self {
            Self::Any => true,
            Self::Only(status) => exchange.status() == status,
        }
    }
}

/// What the user chose to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) scope: Scope,
    pub(super) status: StatusChoice,
    /// As typed into the find box.
    pub(super) needle: String,
    pub(super) order: Order,
}

impl Choice {
    /// The same order, and nothing left out.
    pub(super) fn widened(&self) -> Self {
        Self { order: self.order, ..Self::default() }
    }
}

/// The requests that are shown, kept until the log or the choice changes.
#[derive(Debug, Default)]
pub(super) struct Shown {
    of: Option<(u64, Choice)>,
    rows: Vec<Arc<Exchange>>,
    finder: Finder,
}

impl Shown {
    /// Brings the rows up to date. Returns whether that takes another frame.
    pub(super) fn refresh(&mut self, log: &Log, choice: &Choice) -> bool {
        if self.of.as_ref().is_some_and(|(revision, of)| *revision == log.revision() && of == choice) {
            return false;
        }
        self.finder.begin(&choice.needle);
        let mut whole = true;
        self.rows.clear();
        for exchange in log.all() {
            if choice.scope.holds(exchange) && choice.status.holds(exchange) {
                let found = self.finder.finds(exchange);
                whole &= found.is_some();
                if found == Some(true) {
                    self.rows.push(exchange.clone());
                }
            }
        }
        if choice.order != Order::default() {
            self.rows.sort_by(|left, right| choice.order.compare(left, right));
        }
        self.of = whole.then(|| (log.revision(), choice.clone()));
        !whole
    }

    pub(super) fn rows(&self) -> &[Arc<Exchange>] {
        &self.rows
    }

    pub(super) fn position(&self, id: ExchangeId) -> Option<usize> {
        self.rows.iter().position(|exchange| exchange.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_on_a_heading_go_round() {
        let mut order = Order::default();
        let mut seen = Vec::new();
        for _ in 0..4 {
            order = order.next(Column::Size);
            seen.push((order.by, order.descending));
        }
        let planned = (Column::Number, false);
        assert_eq!(seen, [(Column::Size, true), (Column::Size, false), planned, (Column::Size, true)]);
        let order = Order::default().next(Column::Request);
        assert_eq!((order.by, order.descending), (Column::Request, false));
        let number = Order::default().next(Column::Number);
        assert!(number.descending && !number.next(Column::Number).descending);
    }
}
