//! Which side panels are folded away. Kept with their sizes, for the next start.

use egui::{Context, Id};

/// Which side panels are folded away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folding {
    pub(crate) query: bool,
    pub(crate) inspector: bool,
}

impl Folding {
    /// As it was left.
    pub(crate) fn restored(ctx: &Context) -> Self {
        let is_folded = |name| ctx.data_mut(|data| data.get_persisted(id(name))).unwrap_or_default();
        Self { query: is_folded("query"), inspector: is_folded("inspector") }
    }

    /// Leaves it for the next start.
    pub(crate) fn keep(self, ctx: &Context) {
        ctx.data_mut(|data| {
            data.insert_persisted(id("query"), self.query);
            data.insert_persisted(id("inspector"), self.inspector);
        });
    }
}

fn id(name: &str) -> Id {
    Id::unique(("folded panel", name))
}
