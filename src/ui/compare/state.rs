use std::sync::Arc;

use egui::Context;

use super::{
    CompareAction, ComparePicture,
    add::AddMenu,
    copy,
    fill::{Made, Work},
    sheet::Sheet,
    table::TableState,
};
use crate::{
    analysis::{Stop, View},
    model::{Compare, PlayerRef, Query, Reference},
    ui::{
        background::Background,
        explore::{Explore, ExploreInput},
        widgets::grid::Looks,
    },
};

/// More cells than these are compared beside the window.
const INLINE_CELLS: usize = 60_000;

/// What a comparison is made of: the version of the view, and that of the query.
type Of = (usize, u64);

/// What outlives a frame: the comparison on screen, and where keyboard and pointer are.
#[derive(Debug, Default)]
pub struct CompareScreen {
    of: Option<Of>,
    made: Option<Arc<Made>>,
    job: Background<Of, Option<Made>>,
    pub(super) table: TableState,
    pub(super) add: AddMenu,
    /// The one that the pointer is at beside the table.
    pub(super) pointed: Option<usize>,
}

impl CompareScreen {
    /// All that is drawn; `None` before the first comparison.
    pub(super) fn sheet(&self) -> Option<&Arc<Sheet>> {
        self.made.as_ref().map(|made| &made.sheet)
    }

    pub(super) fn made(&self) -> Option<&Arc<Made>> {
        self.made.as_ref()
    }

    /// Whether another comparison is being worked out.
    pub(super) fn is_busy(&self) -> bool {
        self.job.is_busy()
    }

    /// Who and what is compared, and which direction is good, for the line at the bottom of the window;
    /// `None` while nobody is compared.
    #[must_use]
    pub fn status(&self) -> Option<(&str, &str)> {
        let sheet = self.sheet().filter(|sheet| !sheet.heads.is_empty())?;
        Some((&sheet.says.what, &sheet.says.better))
    }

    /// The comparison to be drawn elsewhere; `None` while nobody is compared.
    #[must_use]
    pub fn picture(&self) -> Option<ComparePicture> {
        self.sheet().filter(|sheet| !sheet.heads.is_empty()).cloned().map(ComparePicture)
    }

    /// The comparison on the clipboard.
    pub(super) fn copied(&self) -> Option<CompareAction> {
        let sheet = self.sheet().filter(|sheet| !sheet.heads.is_empty())?;
        let (text, what) = copy::markdown(sheet);
        Some(CompareAction::Copy { text, what })
    }

    /// Brings the comparison up to date with view and query.
    pub(super) fn refresh(&mut self, ctx: &Context, explore: &Explore, input: &ExploreInput<'_>) {
        if let Some((of, Some(made))) = self.job.take_if(|_| true) {
            self.put(of, made);
        }
        let Some((view, looks, version)) = explore.sight() else { return };
        let of = (version, input.query_revision);
        if self.of == Some(of) {
            return;
        }
        // One that was begun is finished: while values come, each moment would bring another.
        if self.job.is_busy() {
            return;
        }
        let cells = view.table().rows().len().saturating_mul(view.columns().len());
        let work = work(view, looks, input.query, explore.shown_as().unwrap_or_default());
        if cells <= INLINE_CELLS {
            if let Some(made) = work.run(&Stop::default()) {
                self.put(of, made);
            }
        } else {
            self.job.request(ctx, of, move || work.run(&Stop::default()));
        }
    }

    fn put(&mut self, of: Of, made: Made) {
        self.of = Some(of);
        self.made = Some(Arc::new(made));
    }
}

fn work(view: View, looks: Arc<Looks>, query: &Query, shown_as: String) -> Work {
    let asked: Compare = query.compare.clone();
    let left = asked.contestants.iter().map(|contestant| match &contestant.who {
        Reference::Player(player) => !is_asked(query, player, &view),
        _ => false,
    });
    Work { left: left.collect(), view, looks, asked, shown_as }
}

/// Whether the query asks for a player, as far as names and XUIDs tell.
fn is_asked(query: &Query, player: &PlayerRef, view: &View) -> bool {
    let is_same = |other: &PlayerRef| match (player, other) {
        (PlayerRef::Gamertag(one), PlayerRef::Gamertag(other)) => one == other || one.matches(other),
        (one, other) => one == other,
    };
    let asked = || query.players.iter().filter_map(|entry| entry.read().ok());
    if asked().any(|other| other == player) || asked().any(is_same) {
        return true;
    }
    // They may be asked for by the other of name and XUID: the table knows both.
    let row = view.row_of(player).map(|row| &view.table().rows()[row as usize].asked);
    row.is_some_and(|row| asked().any(|other| other == row))
}
