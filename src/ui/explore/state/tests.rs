use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;

use super::*;
use crate::model::{
    Catalogue, Column, ColumnKey, Filter, GroupBy, Grouping, Layout, PlayerRef, PlayerRow, Query, RowState,
    Scid, Sort, SortBy, StatDictionary, StatName, StatTable, TextTest, WireForm, WireValue, Xuid,
};

const PLAYERS: u64 = 7;
const STATS: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    /// By stat, or by player; descending or not.
    Sort(Option<usize>, bool),
    /// Another fetch: with these players and stats, in this order.
    Update(Vec<u64>, Vec<usize>),
    /// Only players with this digit in their names; all.
    Filter(Option<u64>),
    Hide(usize),
    Turn(Layout),
    Group(bool),
    Undo,
}

fn some_of<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    let most = all.len();
    (Just(all).prop_shuffle(), 1..=most).prop_map(|(all, count)| all[..count].to_vec())
}

fn step() -> impl Strategy<Value = Step> {
    let layouts = [Layout::Wide, Layout::Transposed, Layout::Long];
    prop_oneof![
        (proptest::option::of(0..STATS), any::<bool>())
            .prop_map(|(stat, descending)| Step::Sort(stat, descending)),
        (some_of((0..PLAYERS).collect()), some_of((0..STATS).collect()))
            .prop_map(|(players, stats)| Step::Update(players, stats)),
        proptest::option::of(0..PLAYERS).prop_map(Step::Filter),
        (0..STATS).prop_map(Step::Hide),
        proptest::sample::select(layouts.to_vec()).prop_map(Step::Turn),
        any::<bool>().prop_map(Step::Group),
        Just(Step::Undo),
    ]
}

fn key(stat: usize) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(&format!("Stat{stat}")) }
}

fn table(players: &[u64], stats: &[usize]) -> Arc<StatTable> {
    let row = |player: &u64| PlayerRow { asked: PlayerRef::Xuid(Xuid(*player)), state: RowState::LookingUp };
    let columns = stats.iter().map(|stat| {
        let mut column = Column::new(key(*stat), players.len());
        for (row, player) in players.iter().enumerate() {
            let text = ((player * 7 + *stat as u64 * 3) % 5).to_string();
            column.set_value(row, WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" });
        }
        column
    });
    Arc::new(StatTable::from_parts(players.iter().map(row).collect(), columns.collect()).unwrap())
}

/// A screen without a window.
struct Desk {
    ctx: Context,
    state: Explore,
    table: Arc<StatTable>,
    query: Query,
    revisions: (u64, u64),
    catalogue: Catalogue,
    dictionary: Arc<StatDictionary>,
    undo: Vec<crate::model::ViewSettings>,
}

impl Desk {
    fn new() -> Self {
        let (players, stats): (Vec<u64>, Vec<usize>) = ((0..PLAYERS).collect(), (0..STATS).collect());
        Self {
            ctx: Context::default(),
            state: Explore::default(),
            table: table(&players, &stats),
            query: Query::default(),
            revisions: (1, 1),
            catalogue: Catalogue::default(),
            dictionary: Arc::default(),
            undo: Vec::new(),
        }
    }

    fn show(&mut self) {
        let input = ExploreInput {
            table: &self.table,
            revision: self.revisions.0,
            query: &self.query,
            query_revision: self.revisions.1,
            before: None,
            dictionary: &self.dictionary,
            catalogue: &self.catalogue,
            fetched_at: None,
            fetching: false,
            request: None,
        };
        self.state.refresh(&self.ctx, &input);
    }

    fn apply(&mut self, step: &Step) {
        let before = self.query.view.clone();
        let view = &mut self.query.view;
        match step {
            Step::Sort(stat, descending) => {
                let by = stat.map_or(SortBy::Player, |stat| SortBy::Column(key(stat).into()));
                view.sort = vec![Sort { by, descending: *descending }];
            }
            Step::Update(with, of) => {
                self.table = table(with, of);
                self.revisions.0 += 1;
            }
            Step::Filter(digit) => {
                let test = |digit: u64| Filter::Player(TextTest::Contains(digit.to_string()));
                view.filters = digit.map(test).into_iter().collect();
            }
            Step::Hide(stat) => view.columns.change(&key(*stat).into(), |column| column.hidden ^= true),
            Step::Turn(layout) => view.layout = *layout,
            Step::Group(on) => view.grouping = on.then(|| Grouping::new(GroupBy::Column(key(0).into()))),
            Step::Undo => {
                if let Some(last) = self.undo.pop() {
                    self.query.view = last;
                    self.revisions.1 += 1;
                }
                return self.show();
            }
        }
        if self.query.view != before {
            self.undo.push(before);
            self.revisions.1 += 1;
        }
        self.show();
    }

    /// Who and what is selected, by name.
    fn selected(&self) -> (BTreeSet<String>, BTreeSet<ColumnKey>) {
        let players = self.state.selected_players().iter();
        let keys = self.state.selected_columns().iter();
        (
            players.map(|row| self.table.rows()[*row as usize].name()).collect(),
            keys.map(|column| self.table.columns()[*column].key().clone()).collect(),
        )
    }

    /// Who and what is shown.
    fn shown(&self) -> (BTreeSet<String>, BTreeSet<ColumnKey>) {
        let view = self.state.view().unwrap();
        (
            view.order().iter().map(|row| self.table.rows()[*row as usize].name()).collect(),
            view.columns().iter().filter_map(|column| column.field.stat().cloned()).collect(),
        )
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_selection_stays_on_its_players_and_stats(
        from in (0..PLAYERS as u32, 0..STATS),
        to in (0..PLAYERS as u32, 0..STATS),
        steps in proptest::collection::vec(step(), 0..12),
    ) {
        let mut desk = Desk::new();
        desk.show();
        let view = desk.state.view().unwrap().clone();
        let place = |(row, column)| Place { column: Some(column), ..Place::player(row) };
        desk.state.grid.select(place(from), &view);
        desk.state.grid.extend(place(to), &view);
        desk.show();
        let (mut players, stats) = desk.selected();
        for step in steps {
            desk.apply(&step);
            if let Step::Update(with, _) = &step {
                players.retain(|player| with.iter().any(|other| other.to_string() == *player));
            }
            let shown = desk.shown();
            let seen: BTreeSet<String> = players.intersection(&shown.0).cloned().collect();
            let found = desk.selected();
            prop_assert_eq!(&found.0, &seen);
            if !seen.is_empty() {
                let seen: BTreeSet<ColumnKey> = stats.intersection(&shown.1).cloned().collect();
                prop_assert_eq!(found.1, seen);
            }
            let in_order: Vec<u32> =
                desk.state.shown_rows().iter().copied().filter(|row| desk.state.selection().has_row(*row)).collect();
            prop_assert_eq!(desk.state.selected_players(), in_order);
        }
    }
}
