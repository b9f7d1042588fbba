//! The Explore screen with a table and a query, as the benchmarks of its parts show it.

use std::sync::Arc;

use egui::{Context, Ui};
use statlens::{
    model::{Catalogue, Query, StatDictionary, StatTable},
    ui::{
        explore::{Explore, ExploreAction, ExploreInput},
        theme,
    },
};

/// A part of the screen.
pub(crate) type Part = fn(&mut Ui, &mut Explore, &ExploreInput<'_>) -> Vec<ExploreAction>;

/// What the window keeps of it.
pub(crate) struct Ours {
    pub(crate) ctx: Context,
    pub(crate) state: Explore,
    table: Arc<StatTable>,
    query: Query,
    catalogue: Catalogue,
    dictionary: Arc<StatDictionary>,
}

impl Ours {
    pub(crate) fn new(table: &Arc<StatTable>, query: Query) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        Self {
            ctx,
            state: Explore::default(),
            table: table.clone(),
            query,
            catalogue: Catalogue::default(),
            dictionary: Arc::default(),
        }
    }

    pub(crate) fn show(&mut self, ui: &mut Ui, part: Part) {
        let input = ExploreInput {
            table: &self.table,
            revision: 1,
            query: &self.query,
            query_revision: 1,
            before: None,
            dictionary: &self.dictionary,
            catalogue: &self.catalogue,
            fetched_at: None,
            fetching: false,
            request: None,
        };
        part(ui, &mut self.state, &input);
    }
}
