use std::{collections::HashMap, sync::Arc};

use egui::Context;

use super::{
    ExploreInput, SelectionSummary,
    chart::ChartState,
    copy::Copying,
    digest::{INLINE_CELLS, Reference, Rows},
};
use crate::{
    analysis::{Measure, Summary, summary},
    model::{ColumnKey, Group, PlayerRef, StatTable},
    ui::{
        background::Background,
        widgets::grid::{GridState, MenuRequest, Place, Selection},
    },
};

/// What outlives a frame: the selection, the order of the rows, and what was worked out from
/// table and selection and holds until they change.
#[derive(Debug, Default)]
pub struct Explore {
    pub(super) grid: GridState,
    pub(super) rows: Rows,
    pub(super) chart: ChartState,
    pub(super) copying: Copying,
    /// Where the menu of a cell is open.
    pub(super) menu: Option<MenuRequest>,
    /// The revision of the table whose players and stats the keys below are.
    seen: Option<u64>,
    /// Who and what stood in the table, to find the selection again in the next one.
    row_keys: Vec<PlayerRef>,
    column_keys: Vec<ColumnKey>,
    /// The query's groups, and by row the first that holds the player.
    pub(super) groups: (Vec<Group>, Vec<Option<usize>>),
    /// The row under the pointer, in grid or chart.
    pub(super) hovered: Option<u32>,
    pub(super) selected: Selected,
}

/// What is selected, worked out once for each change.
#[derive(Debug, Default)]
pub(super) struct Selected {
    of: Option<(u64, Selection, usize)>,
    /// Another number whenever anything in here changed.
    pub(super) version: usize,
    pub(super) rows: Vec<u32>,
    pub(super) columns: Vec<usize>,
    summary: Option<SelectionSummary>,
    /// Sums up a selection that is too large for a frame.
    job: Background<usize, Summary>,
}

impl Explore {
    /// What is selected, in figures; `None` when nothing is, or when it is so much that the figures
    /// are still being worked out.
    pub fn selection_summary(&self) -> Option<&SelectionSummary> {
        self.selected.summary.as_ref()
    }

    /// Selects all cells of the player in the table's `row` and brings them into view.
    pub fn select_player(&mut self, row: usize) {
        if row < self.row_keys.len() {
            self.grid.selection.select(Place { row: row as u32, lane: 0 });
            self.grid.reveal(row as u32);
        }
    }

    /// The table's rows with anything selected in them, in the order in which they stand.
    pub fn selected_players(&self) -> &[u32] {
        &self.selected.rows
    }

    /// Row and column of the one cell that is selected.
    pub(crate) fn selected_cell(&self) -> Option<(usize, usize)> {
        match (&self.selected.rows[..], &self.selected.columns[..]) {
            ([row], [column]) if !self.grid.selection.is_of_rows() => Some((*row as usize, *column)),
            _ => None,
        }
    }

    /// The table's rows in the order in which they stand.
    pub fn shown_rows(&self) -> &[u32] {
        &self.rows.digest().order
    }

    /// Whether the selection is one of this table. It is not in the frame in which another table
    /// came, until the screen has found the selection again.
    pub(crate) fn fits(&self, table: &StatTable) -> bool {
        let has_row = |row: &u32| {
            table.rows().get(*row as usize).is_some_and(|found| found.asked == self.row_keys[*row as usize])
        };
        let has_column =
            |at: &usize| table.columns().get(*at).is_some_and(|found| *found.key() == self.column_keys[*at]);
        table.rows().len() == self.row_keys.len()
            && table.columns().len() == self.column_keys.len()
            && self.selected.rows.first().is_none_or(has_row)
            && self.selected.columns.first().is_none_or(has_column)
    }

    pub(crate) fn selected_columns(&self) -> &[usize] {
        &self.selected.columns
    }

    pub(crate) fn selection(&self) -> &Selection {
        &self.grid.selection
    }

    pub(crate) fn reference(&self, column: usize) -> Option<Reference> {
        self.rows.digest().references.get(column).copied().flatten()
    }

    pub(crate) fn measure(&self, column: usize) -> Measure {
        self.rows.digest().measures.get(column).copied().unwrap_or_default()
    }

    pub(crate) fn group_of(&self, row: u32) -> Option<usize> {
        self.groups.1.get(row as usize).copied().flatten()
    }

    pub(super) fn clear_selection(&mut self) {
        self.grid.selection.clear();
    }

    /// Brings what is kept up to date with the table and the query.
    pub(super) fn refresh(&mut self, ctx: &Context, input: &ExploreInput<'_>) {
        let is_new_shape = self.refresh_shape(input);
        if is_new_shape || self.groups.0 != input.query.groups {
            self.groups = (input.query.groups.clone(), groups_of(input));
        }
        let changed = self.rows.refresh(ctx, input, is_new_shape);
        if is_new_shape || (changed && !input.fetching) {
            self.grid.forget_widths();
        }
        if is_new_shape {
            // The inspector may have been drawn before this.
            ctx.request_repaint();
        }
        self.refresh_selected(ctx, input);
    }

    /// Finds the selection again in a table with other players or stats. Returns whether it is one.
    fn refresh_shape(&mut self, input: &ExploreInput<'_>) -> bool {
        if self.seen.replace(input.revision) == Some(input.revision) {
            return false;
        }
        let (rows, columns) = (input.table.rows(), input.table.columns());
        let same_rows = rows.len() == self.row_keys.len()
            && rows.iter().zip(&self.row_keys).all(|(row, key)| row.asked == *key);
        let same_columns = columns.len() == self.column_keys.len()
            && columns.iter().zip(&self.column_keys).all(|(column, key)| column.key() == key);
        if same_rows && same_columns {
            return false;
        }
        let row_at: HashMap<&PlayerRef, usize> =
            rows.iter().enumerate().map(|(at, row)| (&row.asked, at)).collect();
        let (row_keys, column_keys) = (&self.row_keys, &self.column_keys);
        self.grid.selection = self.grid.selection.moved(
            rows.len(),
            columns.len(),
            |row| row_at.get(&row_keys[row as usize]).map(|at| *at as u32),
            |column| input.table.column_index(&column_keys[column]),
        );
        self.row_keys = rows.iter().map(|row| row.asked.clone()).collect();
        self.column_keys = columns.iter().map(|column| column.key().clone()).collect();
        true
    }

    /// Works out what the selection comes to, unless neither it nor the table changed.
    pub(super) fn refresh_selected(&mut self, ctx: &Context, input: &ExploreInput<'_>) {
        if let Some(summary) = self.selected.job.take(&self.selected.version) {
            self.selected.put(summary);
        }
        let selection = &self.grid.selection;
        let version = self.rows.version();
        let is_same = |(revision, of, order): &(u64, Selection, usize)| {
            *revision == input.revision && *order == version && of == selection
        };
        if self.selected.of.as_ref().is_some_and(is_same) {
            return;
        }
        let is_empty = selection.is_empty();
        let rows = if is_empty { Vec::new() } else { selection.rows_of(&self.rows.digest().order) };
        let columns = if is_empty { Vec::new() } else { selection.columns() };
        let of = Some((input.revision, selection.clone(), version));
        let version = self.selected.version + 1;
        let job = std::mem::take(&mut self.selected.job);
        self.selected = Selected { of, version, rows, columns, summary: None, job };
        self.selected.sum_up(ctx, input.table);
    }
}

impl Selected {
    fn sum_up(&mut self, ctx: &Context, table: &Arc<StatTable>) {
        let cells = self.rows.len().saturating_mul(self.columns.len());
        if cells == 0 {
            return;
        }
        if cells <= INLINE_CELLS {
            return self.put(summary_of(table, &self.rows, &self.columns));
        }
        let (table, rows, columns) = (table.clone(), self.rows.clone(), self.columns.clone());
        self.job.request(ctx, self.version, move || summary_of(&table, &rows, &columns));
    }

    fn put(&mut self, summary: Summary) {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        self.summary = Some(SelectionSummary { rows, columns, summary });
    }
}

fn summary_of(table: &StatTable, rows: &[u32], columns: &[usize]) -> Summary {
    summary::of(rows.iter().flat_map(|row| columns.iter().map(|column| table.cell(*row as usize, *column))))
}

fn groups_of(input: &ExploreInput<'_>) -> Vec<Option<usize>> {
    let mut first: HashMap<&PlayerRef, usize> = HashMap::new();
    for (index, group) in input.query.groups.iter().enumerate() {
        for player in &group.players {
            first.entry(player).or_insert(index);
        }
    }
    input.table.rows().iter().map(|row| first.get(&row.asked).copied()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        Catalogue, Column, PlayerRow, Query, RowState, Scid, Sort, SortBy, StatName, WireForm, WireValue,
        Xuid,
    };

    const PLAYERS: u64 = 7;
    const STATS: usize = 4;

    #[derive(Clone, Debug)]
    enum Step {
        /// By stat, or by player; descending or not.
        Sort(Option<usize>, bool),
        /// Another fetch: with these players and stats, in this order.
        Update(Vec<u64>, Vec<usize>),
    }

    fn some_of<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Vec<T>> {
        let most = all.len();
        (Just(all).prop_shuffle(), 1..=most).prop_map(|(all, count)| all[..count].to_vec())
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (proptest::option::of(0..STATS), any::<bool>())
                .prop_map(|(stat, descending)| Step::Sort(stat, descending)),
            (some_of((0..PLAYERS).collect()), some_of((0..STATS).collect()))
                .prop_map(|(players, stats)| Step::Update(players, stats)),
        ]
    }

    fn key(stat: usize) -> ColumnKey {
        ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(&format!("Stat{stat}")) }
    }

    fn table(players: &[u64], stats: &[usize]) -> Arc<StatTable> {
        let rows = players
            .iter()
            .map(|player| PlayerRow { asked: PlayerRef::Xuid(Xuid(*player)), state: RowState::LookingUp });
        let columns = stats.iter().map(|stat| {
            let mut column = Column::new(key(*stat), players.len());
            for (row, player) in players.iter().enumerate() {
                let text = ((player * 31 + 17 * *stat as u64) % 11).to_string();
                let value = WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" };
                column.set_value(row, value);
            }
            column
        });
        Arc::new(StatTable::from_parts(rows.collect(), columns.collect()).unwrap())
    }

    /// Who and what is selected, by name.
    fn selected(state: &Explore, table: &StatTable) -> (BTreeSet<String>, BTreeSet<ColumnKey>) {
        let players = state.selected_players().iter().map(|row| table.rows()[*row as usize].name());
        let keys = state.selected_columns().iter().map(|column| table.columns()[*column].key().clone());
        (players.collect(), keys.collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_selection_stays_on_its_players_and_stats(
            from in (0..PLAYERS as u32, 1..=STATS),
            to in (0..PLAYERS as u32, 1..=STATS),
            steps in proptest::collection::vec(step(), 0..12),
        ) {
            let ctx = Context::default();
            let catalogue = Catalogue::default();
            let (mut query, mut revision) = (Query::default(), 1);
            let mut table = table(&(0..PLAYERS).collect::<Vec<_>>(), &(0..STATS).collect::<Vec<_>>());
            let mut state = Explore::default();
            let show = |state: &mut Explore, table: &Arc<StatTable>, query: &Query, revision| {
                let input = ExploreInput {
                    table, revision, query, catalogue: &catalogue, fetched_at: None, fetching: false, request: None,
                };
                state.refresh(&ctx, &input);
            };
            show(&mut state, &table, &query, revision);
            let order = state.shown_rows().to_vec();
            state.grid.selection.select(Place { row: from.0, lane: from.1 });
            state.grid.selection.extend(Place { row: to.0, lane: to.1 }, &order);
            show(&mut state, &table, &query, revision);
            let (mut players, mut stats) = selected(&state, &table);
            for step in steps {
                match step {
                    Step::Sort(stat, descending) => {
                        let by = stat.map_or(SortBy::Player, |stat| SortBy::Column(key(stat)));
                        query.view.sort = Some(Sort { by, descending });
                    }
                    Step::Update(with, of) => {
                        table = self::table(&with, &of);
                        revision += 1;
                        players.retain(|player| with.iter().any(|other| other.to_string() == *player));
                        stats.retain(|stat| of.iter().any(|other| key(*other) == *stat));
                    }
                }
                show(&mut state, &table, &query, revision);
                if players.is_empty() || stats.is_empty() {
                    prop_assert!(state.selected_players().is_empty());
                    break;
                }
                prop_assert_eq!(selected(&state, &table), (players.clone(), stats.clone()));
                prop_assert!(state.fits(&table));
                let in_order: Vec<u32> =
                    state.shown_rows().iter().copied().filter(|row| state.selection().has_row(*row)).collect();
                prop_assert_eq!(state.selected_players(), in_order);
            }
        }
    }
}
