//! How cells end, and what is told of it.

use std::sync::Arc;

use super::Fetch;
use crate::{
    engine::{Event, Progress, join, narrow::ColumnSet},
    model::{CellBlock, Column, ExchangeId, Failure, UnixMillis, Xuid},
};

impl Fetch {
    /// Keeps what is known from before with what this fetch brings.
    pub(super) fn keep_known(&mut self) {
        if let Some(block) = self.known.kept(&self.columns) {
            self.run.cells(Arc::new(block), false);
        }
    }

    /// Sends cells of some users, each ended one way or another, or still pending.
    pub(super) fn end_cells(
        &mut self,
        users: &[Xuid],
        columns: Vec<(usize, Column)>,
        exchange: Option<ExchangeId>,
        answered: bool,
    ) {
        // Every user of a request has a row: it was planned from the rows' owners.
        let rows: Vec<usize> = users.iter().filter_map(|xuid| self.ledger.row_of(*xuid)).collect();
        for (column, cells) in &columns {
            for (from, row) in rows.iter().enumerate() {
                if !cells.is_pending(from) {
                    self.ledger.end(*row, *column);
                }
            }
        }
        let block = Arc::new(CellBlock { rows, columns, exchange });
        self.run.cells(block.clone(), answered);
        self.outbox.send(Event::Cells { id: self.id, block });
    }

    pub(super) fn fail_cells(
        &mut self,
        users: &[Xuid],
        columns: &ColumnSet,
        failure: &Arc<Failure>,
        exchange: Option<ExchangeId>,
    ) {
        let cells = join::failed(users.len(), &self.columns, columns, failure);
        self.end_cells(users, cells, exchange, false);
    }

    /// Notes that cells which ended are asked for again.
    pub(super) fn reopen(&mut self, users: &[Xuid], columns: &ColumnSet) {
        for user in users {
            let Some(row) = self.ledger.row_of(*user) else { continue };
            for column in columns.iter() {
                self.ledger.reopen(row, *column);
            }
        }
    }

    /// Ends every cell that is still pending.
    pub(super) fn fail_rest(&mut self, failure: &Arc<Failure>) {
        for row in std::mem::take(&mut self.unresolved) {
            self.fail_player(row, failure);
        }
        for (rows, columns) in self.ledger.pending() {
            for row in &rows {
                for column in columns.iter() {
                    self.ledger.end(*row, *column);
                }
            }
            let block = self.failed_block(rows, &columns, failure);
            self.run.cells(block.clone(), false);
            self.outbox.send(Event::Cells { id: self.id, block });
        }
    }

    pub(super) fn failed_block(
        &self,
        rows: Vec<usize>,
        columns: &[usize],
        failure: &Arc<Failure>,
    ) -> Arc<CellBlock> {
        let columns = join::failed(rows.len(), &self.columns, columns, failure);
        Arc::new(CellBlock { rows, columns, exchange: None })
    }

    /// Notes that the fetch ended. Cells that are still pending need not be written: when they are read
    /// back it is known why they were left.
    pub(super) fn close(self, at: UnixMillis) {
        self.run.end(at);
    }

    pub(super) fn remark(&self, text: String) {
        self.outbox.send(Event::Remark { id: self.id, text });
    }

    pub(super) fn report_progress(&self) {
        let to_do = self.lanes.waiting() + self.under_way.len() + self.unplanned_requests();
        let (cells_total, cells_done) = self.ledger.counts();
        let progress = Progress {
            requests_done: self.requests_done,
            requests_total: self.requests_done + to_do,
            cells_done,
            cells_total,
        };
        self.outbox.send(Event::Progress { id: self.id, progress });
    }
}
