use crate::analysis::view::{Hit, Hits};

/// What is looked for in the grid, and what was found.
#[derive(Debug, Default)]
pub(super) struct Finder {
    hits: Hits,
    current: Option<Hit>,
}

impl Finder {
    /// What was found in the view that is on screen; `None` while nothing is looked for.
    pub(super) fn hits(&self) -> Option<&Hits> {
        (!self.hits.all().is_empty()).then_some(&self.hits)
    }

    /// The one of them that was gone to last.
    pub(super) fn current(&self) -> Option<Hit> {
        self.current
    }

    /// Puts the keyboard into the box: Ctrl+F.
    pub(super) fn open(&mut self) {
        self.current = None;
    }
}
