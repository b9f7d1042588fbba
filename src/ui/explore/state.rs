use std::sync::Arc;

use egui::Context;

use super::{
    ExploreInput, FormulaStart, Heading, SelectionFigures, SelectionSummary,
    chart::ChartState,
    controls::{Controls, words},
    copy::Copying,
    cover::Cover,
    digest::{INLINE_CELLS, Shown as ShownView, Views},
    find::Finder,
    marks::{About, Marks},
    toolbar::Toolbar,
};
use crate::{
    analysis::{
        Figure, Summary, View, display, summary,
        view::{Origin, Shown, Shows},
    },
    model::{Cell, Group, StatType, Statistic, ValueRef, WireForm},
    ui::{
        background::Background,
        formula::FormulaEditor,
        widgets::{
            Share,
            grid::{GridState, Look, Looks, MenuRequest, Place, Selection},
        },
    },
};

/// What outlives a frame: the view on screen, the selection, and what was worked out from both.
#[derive(Debug, Default)]
pub struct Explore {
    pub(super) grid: GridState,
    pub(super) views: Views,
    pub(super) chart: ChartState,
    /// Whether the chart has all the room.
    pub(super) is_chart_alone: bool,
    /// How the height is shared between grid and chart.
    pub(super) chart_share: Share,
    pub(super) copying: Copying,
    pub(super) finder: Finder,
    pub(super) controls: Controls,
    pub(super) toolbar: Toolbar,
    pub(super) marks: Marks,
    pub(super) formulas: FormulaEditor,
    pub(super) cover: Cover,
    /// Where the menu of a cell is open.
    pub(super) menu: Option<MenuRequest>,
    /// The heading whose menu is open.
    pub(super) heading_menu: Option<(Heading, MenuRequest)>,
    /// The row of the table under the pointer, in grid or chart.
    pub(super) hovered: Option<u32>,
    selected: Selected,
}

/// What is selected, worked out once for each change.
#[derive(Debug, Default)]
struct Selected {
    /// The versions of view and selection that it is of.
    of: Option<(usize, usize)>,
    /// Another number whenever anything in here changed.
    version: usize,
    rows: Vec<u32>,
    /// Places in the view.
    places: Vec<usize>,
    /// Those of them that are columns of the table, as its places.
    columns: Vec<usize>,
    summary: Option<SelectionSummary>,
    /// Sums up a selection that is too large for a frame.
    job: Background<usize, Summary>,
}

impl Explore {
    /// What is on screen; `None` before the first frame with a table. The table that rows and columns
    /// refer to is the view's: that of the newest answer may still be on its way.
    pub(crate) fn view(&self) -> Option<&View> {
        self.views.shown().map(|shown| &shown.view)
    }

    /// The same with how its columns are named and written, to work on beside the window, and another
    /// number whenever another is on screen.
    pub(crate) fn sight(&self) -> Option<(View, Arc<Looks>, usize)> {
        let shown = self.views.shown()?;
        Some((shown.view.clone(), shown.looks.clone(), self.views.version()))
    }

    /// How the columns of the view are named and written, by their place in it.
    pub(crate) fn looks(&self) -> Option<&Looks> {
        self.views.shown().map(|shown| &*shown.looks)
    }

    /// Whether the order waits for the fetch to end, so that rows do not move under the hand.
    pub(crate) fn is_order_held(&self) -> bool {
        self.views.is_held()
    }

    /// Has the order follow the values that are there by now.
    pub(crate) fn sort_now(&mut self) {
        self.views.settle();
    }

    /// How many texts the grid ever laid out. A frame in which nothing changed adds none.
    pub fn texts_laid_out(&self) -> u64 {
        self.grid.laid_out()
    }

    /// What stands in place of the numbers, in a few words; `None` when they are shown as they are.
    pub(crate) fn shown_as(&self) -> Option<String> {
        words::shown_as(&self.view()?.input().settings, &self.controls.fields)
    }

    /// Notes that a popup was open when the frame began: the click that closes it does nothing else. To
    /// be called before the screen is shown; its own popups it knows.
    pub(crate) fn note_popup(&mut self) {
        self.cover.note();
    }

    /// Opens the editor of formulas.
    pub(crate) fn edit_formula(&mut self, start: FormulaStart) {
        self.formulas.open(start);
    }

    /// What is wrong with the value in a row and a column of the table, and by how much it changed.
    pub(crate) fn about(&self, row: u32, column: usize) -> About {
        self.view().map(|view| self.marks.about(view, row, column)).unwrap_or_default()
    }

    /// What is selected, in figures; `None` when nothing is, or when it is so much that the figures
    /// are still being worked out.
    pub fn selection_summary(&self) -> Option<&SelectionSummary> {
        self.selected.summary.as_ref()
    }

    /// Selects all cells of the player in the table's `row` and brings them into view.
    pub fn select_player(&mut self, row: usize) {
        let Some(view) = self.views.shown().map(|shown| shown.view.clone()) else { return };
        if row < view.table().rows().len() {
            self.grid.select(Place::player(row as u32), &view);
        }
    }

    /// Puts the keyboard on a cell and brings it into view; without a column, on the player.
    pub(crate) fn reveal(&mut self, row: u32, column: Option<usize>) {
        let Some(view) = self.views.shown().map(|shown| shown.view.clone()) else { return };
        self.grid.select(Place { column, ..Place::player(row) }, &view);
    }

    /// The table's rows with anything selected in them, in the order in which they stand.
    pub fn selected_players(&self) -> &[u32] {
        &self.selected.rows
    }

    /// The row of the table that the keyboard is in, and its column in the view; `None` for a name.
    pub(crate) fn cursor(&self) -> Option<(u32, Option<usize>)> {
        let cursor = self.selection().cursor()?;
        Some((cursor.row()?, cursor.column))
    }

    /// Row and column of the table of the one cell that is selected.
    pub(crate) fn selected_cell(&self) -> Option<(usize, usize)> {
        match (&self.selected.rows[..], &self.selected.columns[..], &self.selected.places[..]) {
            ([row], [column], [_]) if !self.selection().is_of_rows() => Some((*row as usize, *column)),
            _ => None,
        }
    }

    /// The table's rows in the order in which they stand.
    pub fn shown_rows(&self) -> &[u32] {
        self.view().map_or(&[], View::order)
    }

    /// The columns of the table in which something is selected.
    pub(crate) fn selected_columns(&self) -> &[usize] {
        &self.selected.columns
    }

    /// The columns of the view in which something is selected.
    pub(super) fn selected_places(&self) -> &[usize] {
        &self.selected.places
    }

    pub(crate) fn selection(&self) -> &Selection {
        self.grid.selection()
    }

    /// Another number whenever anything in the selection changed.
    pub(super) fn selected_version(&self) -> usize {
        self.selected.version
    }

    /// Where the number of a player stands in a column of the view; `None` where there is none, or it
    /// is still being worked out.
    pub(crate) fn standing(&self, row: u32, place: usize) -> Option<Standing> {
        let view = self.view()?;
        let value = view.number(row, place)?;
        let totals = view.totals(place)?;
        let reference = totals.reference?.as_f64();
        let summary = &totals.totals.summary;
        let (least, greatest) = (summary.min?.as_f64(), summary.max?.as_f64());
        let reach = (greatest - reference).abs().max((least - reference).abs());
        Some(Standing { value, reference, reach, count: summary.numbers })
    }

    /// The place of the player's first group among those of [`Self::groups`].
    pub(crate) fn group_of(&self, row: u32) -> Option<usize> {
        self.looks()?.group_of(row)
    }

    /// The groups that the view on screen is of, with the looks that they have in the query.
    pub(crate) fn groups<'a>(&'a self, asked: &'a [Group]) -> &'a [Group] {
        self.view().map_or(asked, |view| groups_of(view, asked))
    }

    /// Selects nobody.
    pub(crate) fn clear_selection(&mut self) {
        self.grid.clear_selection();
    }

    /// Brings what is kept up to date with the table and the query.
    pub(crate) fn refresh(&mut self, ctx: &Context, input: &ExploreInput<'_>) {
        let columns = [self.grid.columns_in_sight(), &self.chart.columns()].concat();
        if let Some(change) = self.views.refresh(ctx, input, &columns) {
            if let Some(view) = self.views.shown().map(|shown| shown.view.clone()) {
                self.grid.attach(&view, change.rows.as_deref());
            }
            // The inspector may have been drawn before this.
            ctx.request_repaint();
        }
        self.views.prepare(ctx, &columns);
        if let Some(shown) = self.views.shown() {
            self.marks.refresh(ctx, &shown.view, input);
        }
        self.refresh_selected(ctx);
    }

    /// Works out what the selection comes to, unless neither it nor the view changed.
    pub(super) fn refresh_selected(&mut self, ctx: &Context) {
        let Some(shown) = self.views.shown() else { return };
        if let Some(summary) = self.selected.job.take(&self.selected.version) {
            self.selected.put(summary, shown);
        }
        let selection = self.grid.selection();
        let of = Some((self.views.version(), selection.version()));
        if self.selected.of == of {
            return;
        }
        let view = shown.view.clone();
        let rows = selection.rows_of(view.order());
        let places = if rows.is_empty() { Vec::new() } else { selection.columns_of(&view) };
        let columns = places.iter().filter_map(|place| stat_of(&view, *place)).collect();
        let version = self.selected.version + 1;
        let job = std::mem::take(&mut self.selected.job);
        self.selected = Selected { of, version, rows, places, columns, summary: None, job };
        let cells = self.selected.rows.len().saturating_mul(self.selected.places.len());
        if cells == 0 {
            return;
        }
        if cells <= INLINE_CELLS {
            let summary = sum_up(&view, selection, &self.selected.rows, &self.selected.places);
            return self.selected.put(summary, shown);
        }
        let (rows, places) = (self.selected.rows.clone(), self.selected.places.clone());
        let selection = selection.clone();
        self.selected.job.request(ctx, version, move || sum_up(&view, &selection, &rows, &places));
    }
}

/// The groups that a view is of. Where they are still those of the query, as it has them: a look
/// that was chosen is seen before the next view is worked out.
pub(super) fn groups_of<'a>(view: &'a View, asked: &'a [Group]) -> &'a [Group] {
    let held = &view.input().groups;
    let names = |groups: &'a [Group]| groups.iter().map(|group| &group.name);
    if names(held).eq(names(asked)) { asked } else { held }
}

/// A number of a player beside what it is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) value: f64,
    pub(crate) reference: f64,
    /// How far the farthest number is from the reference.
    pub(crate) reach: f64,
    /// How many players have a number.
    pub(crate) count: usize,
}

impl Selected {
    fn put(&mut self, summary: Summary, shown: &ShownView) {
        let (rows, columns) = (self.rows.len(), self.places.len());
        let figures = figures(&summary, common_look(shown, &self.places));
        self.summary = Some(SelectionSummary { rows, columns, summary, figures });
    }
}

/// A look by which all of these columns write their values.
fn common_look<'a>(shown: &'a ShownView, places: &[usize]) -> Option<&'a Look> {
    let is_value =
        |place: &usize| shown.view.columns().get(*place).is_some_and(|column| column.shows == Shows::Value);
    let first = shown.looks.column(*places.first()?)?;
    let is_alike = |place: &usize| shown.looks.column(*place).is_some_and(|look| first.ticks_like(look));
    places.iter().all(|place| is_value(place) && is_alike(place)).then_some(first)
}

/// A sum of selected cells in words, in the form of their columns or as plain numbers.
fn figures(summary: &Summary, look: Option<&Look>) -> SelectionFigures {
    let written = |statistic, figure| match look {
        Some(look) => look.total(statistic, figure),
        None => display::figure(figure),
    };
    let sum = summary.sum.filter(|_| !look.is_some_and(Look::is_moment));
    SelectionFigures {
        sum: sum.map(|sum| written(Statistic::Sum, sum)),
        mean: summary.mean.map(|mean| written(Statistic::Mean, Figure::from_f64(mean))),
        min: summary.min.map(|min| written(Statistic::Min, min)),
        max: summary.max.map(|max| written(Statistic::Max, max)),
    }
}

/// The column of the table whose values a column of the view shows.
fn stat_of(view: &View, place: usize) -> Option<usize> {
    let column = view.columns().get(place)?;
    match (column.origin, column.shows) {
        (Origin::Stat(at), Shows::Value) => Some(at),
        _ => None,
    }
}

/// What the selected cells come to, as they are shown.
fn sum_up(view: &View, selection: &Selection, rows: &[u32], places: &[usize]) -> Summary {
    let worked_out = StatType::from_wire("");
    let is_block = selection.is_block();
    let cells = rows.iter().flat_map(|row| places.iter().map(move |place| (*row, *place)));
    summary::of(cells.filter(|(row, place)| is_block || selection.has(*row, *place)).map(|(row, place)| {
        let number = |number| {
            let number = Some(number);
            Cell::Value(ValueRef { text: "", form: WireForm::Number, stat_type: &worked_out, number })
        };
        match view.cell(row, place) {
            Shown::Cell(cell) => cell,
            Shown::Number(shown) => number(shown),
            Shown::Rank(rank) => number(f64::from(rank)),
            Shown::Nothing(_) => Cell::NoValue,
            Shown::Waiting => Cell::Pending,
        }
    }))
}

#[cfg(test)]
mod tests;
