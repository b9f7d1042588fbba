//! Charts of a view: what they draw, and how.
//!
//! Every chart reads the same [`Scene`]: the view that the grid shows, with the looks of its columns
//! and the groups of the query. [`make`] works out a [`Drawing`] from it, on a worker where the view
//! is large; the drawing holds all it takes to be shown, frame by frame, in this window or in a
//! picture. What outlives a frame (where it is zoomed to, which series are hidden, where the keyboard
//! is) is in [`DrawState`], the same for all kinds. A drawing changes nothing: what was done in it
//! comes back as [`Output`].
//!
//! A file or folder a kind: `bars/`, `scatter/`, and so on. What they share: `scene.rs`, `series.rs` (who is
//! drawn in which colour), `chosen.rs` (which kind and which columns), `axis.rs` and `plane.rs` (numbers
//! on the screen and back), `sight.rs` (zooming, moving, marking out an area), `legend.rs`, `tip.rs`, `tiles.rs`, `keys.rs`, `notes.rs`
//! (what is said of all that is not drawn).
//! What they compute is in `analysis::chart`. Nothing here fetches or writes.

mod axis;
mod bars;
mod boxes;
mod cells;
mod chosen;
mod clock_ticks;
mod correlation;
mod distribution;
mod heat_map;
mod keys;
mod legend;
mod meshed;
mod multiples;
mod names;
mod notes;
mod nothing;
mod parallel;
mod plane;
mod radar;
mod scatter;
mod scene;
mod series;
mod sight;
mod tiles;
mod tip;

use std::{fmt::Debug, sync::Arc};

use egui::{Modifiers, Ui};

pub(crate) use chosen::{Chosen, Columns};
pub(crate) use legend::Hidden;
pub(crate) use notes::notes_ui;
pub(crate) use nothing::nothing_ui;
pub(crate) use scene::{RowSet, Scene};
pub(crate) use series::SeriesSet;
pub(crate) use sight::Tool;
pub(crate) use tip::pinned_ui;

use crate::{
    analysis::{Stop, Stopped},
    model::{Chart, ChartKind, Filter},
};

/// Why nothing is drawn over time.
const NO_HISTORY: &str = "Values over time need a history of fetches, and only the last fetch is kept so far. \
     The grid marks what changed since the fetch before.";

/// A chart that was made: all it takes to draw it.
pub(crate) trait Drawing: Debug + Send + Sync {
    /// Draws it in all the room that there is.
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output;

    /// What is said of it.
    fn told(&self) -> &Told;

    /// The numbers behind it, to be copied: a line of headings, then a line each.
    fn data(&self) -> Vec<Vec<String>>;

    /// Conditions that only those players meet who are in sight; none when all are.
    fn filters(&self, _state: &DrawState) -> Vec<Filter> {
        Vec::new()
    }
}

/// What is said of a chart.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// What it is of, in words: what a screen reader is told, and what stands above a picture.
    pub(crate) summary: String,
    /// What is not drawn, and why: parts of a sentence that stand below the chart.
    pub(crate) notes: Vec<String>,
    /// The columns that the tooltip of a player tells.
    pub(crate) columns: Vec<usize>,
    /// Its series, where their colours tell the same in every part of several small charts.
    legend: Arc<[series::Entry]>,
}

/// What was made of a scene.
#[derive(Clone, Debug)]
pub(crate) enum Made {
    /// A chart.
    Chart(Arc<dyn Drawing>),
    /// None, for this reason: one sentence, and what to do.
    Nothing(String),
}

/// What a drawing is shown with.
pub(crate) struct Given<'a> {
    /// The row of the table that the pointer is over, here or elsewhere.
    pub(crate) hovered: Option<u32>,
    /// The rows of the table that are selected; none when all are.
    pub(crate) selected: &'a RowSet,
    /// The player whose numbers the tooltip compares with.
    pub(crate) pinned: Option<u32>,
    /// Whether it is drawn for a picture: nothing to be touched is shown.
    pub(crate) is_picture: bool,
}

/// What outlives a frame of a drawing, whichever kind it is of.
#[derive(Debug, Default)]
pub(crate) struct DrawState {
    /// Where it is zoomed to, and what is being marked out.
    pub(crate) sight: sight::Sight,
    /// The series that are not drawn.
    pub(crate) hidden: Hidden,
    /// The row of the table where the keyboard is.
    pub(crate) cursor: Option<u32>,
    /// The cell where the keyboard is: its column and row.
    cell: Option<(usize, usize)>,
    /// The parts of axes that are marked out.
    brushes: Vec<parallel::Brush>,
    /// What bundles of lines are drawn by.
    lines: parallel::Kept,
    /// Whether it is one of several small charts, below a legend of them all.
    is_part: bool,
    /// Those of small charts.
    parts: Vec<DrawState>,
    /// What is written at the axis of bars.
    ticks: bars::Ticks,
    /// What a scatter shows, kept until it is to show something else.
    scatter: scatter::Kept,
    /// What each of several distributions is seen with.
    distributions: distribution::Kept,
}

impl DrawState {
    /// The same part of the same series, for a picture.
    pub(crate) fn still(&self) -> Self {
        Self {
            sight: self.sight.still(),
            hidden: self.hidden.clone(),
            parts: self.parts.iter().map(Self::still).collect(),
            ..Self::default()
        }
    }

    /// Whether it shows a part alone, or one of its small charts does.
    pub(crate) fn is_zoomed(&self) -> bool {
        self.sight.is_zoomed() || self.parts.iter().any(Self::is_zoomed)
    }

    /// Shows all again.
    pub(crate) fn show_whole(&mut self) {
        self.sight.fit();
        self.parts.iter_mut().for_each(Self::show_whole);
    }

    /// To be called with another drawing: what was kept to draw the last one is of no use any more.
    pub(crate) fn forget(&mut self) {
        self.sight.labels.forget();
        self.ticks.forget();
        self.lines.forget();
        self.parts.iter_mut().for_each(Self::forget);
    }

    /// To be called when axes are others: shows all again, with nothing marked out.
    pub(crate) fn start_over(&mut self) {
        self.sight.begin();
        self.brushes.clear();
        self.cell = None;
        self.parts.clear();
    }
}

/// What was done in a drawing.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// The row of the table that the pointer or the keyboard is on.
    pub(crate) hovered: Option<u32>,
    /// A player was clicked, with these keys held.
    pub(crate) clicked: Option<(u32, Modifiers)>,
    /// Players were marked out: their rows; whether they are selected beside those that are.
    pub(crate) marked: Option<(Vec<u32>, bool)>,
    /// This chart is to be drawn instead.
    pub(crate) chart: Option<Box<Chart>>,
    /// The tooltip is to compare with nobody any more.
    pub(crate) unpinned: bool,
    /// Esc was pressed in it.
    pub(crate) escaped: bool,
}

impl Output {
    /// Takes over what was done in another part of the same chart.
    fn join(&mut self, other: Self) {
        self.hovered = self.hovered.or(other.hovered);
        self.clicked = self.clicked.or(other.clicked);
        self.marked = self.marked.take().or(other.marked);
        self.chart = self.chart.take().or(other.chart);
        self.unpinned |= other.unpinned;
        // A click beside the marks of one part is none beside those of another.
        self.escaped |= other.escaped;
    }
}

/// What a chart is made from.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    pub(crate) scene: &'a Scene,
    pub(crate) chart: &'a Chart,
    /// The kind and the columns, whose numbers must be there.
    pub(crate) chosen: &'a Chosen,
    /// The series that are not drawn.
    pub(crate) hidden: &'a Hidden,
    pub(crate) stop: &'a Stop,
}

/// Works out the drawing of a chart. Meant for a worker where the scene is large.
///
/// # Errors
/// When the work was stopped.
pub(crate) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    if let Some(nothing) = work.chosen.nothing(work.scene) {
        return Ok(Made::Nothing(nothing));
    }
    match multiples::make(work)? {
        Some(made) => Ok(made),
        None => make_one(work),
    }
}

fn make_one(work: Work<'_>) -> Result<Made, Stopped> {
    match work.chosen.kind {
        ChartKind::Scatter => scatter::make(work),
        ChartKind::Bars => bars::make(work),
        ChartKind::Distribution => distribution::make(work),
        ChartKind::Box => boxes::make(work),
        ChartKind::Radar => radar::make(work),
        ChartKind::HeatMap => heat_map::make(work),
        ChartKind::Correlation => correlation::make(work),
        ChartKind::Parallel => parallel::make(work),
        ChartKind::OverTime => Ok(Made::Nothing(NO_HISTORY.into())),
    }
}
