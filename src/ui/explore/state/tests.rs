use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;

use super::*;
use crate::{
    formats::delimited::unguarded,
    model::{
        Catalogue, Column, ColumnKey, Filter, Gamertag, GroupBy, Grouping, Layout, PlayerRef, PlayerRow,
        Query, RowState, Scid, Sort, SortBy, StatDictionary, StatName, StatTable, TextTest, WireForm,
        WireValue, Xuid,
    },
    ui::explore::CopyKind,
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

/// What a player has: some have the same of the first stat, and of the last it takes 64 bits.
fn value(player: u64, stat: usize) -> String {
    let digit = (player * 7 + stat as u64 * 3) % 5;
    match stat {
        0 => digit.to_string(),
        3 => i64::MIN.saturating_add_unsigned(digit * 10 + player).to_string(),
        _ => (digit * 10 + player).to_string(),
    }
}

fn table(players: &[u64], stats: &[usize]) -> Arc<StatTable> {
    let row = |player: &u64| PlayerRow { asked: PlayerRef::Xuid(Xuid(*player)), state: RowState::LookingUp };
    let columns = stats.iter().map(|stat| {
        let mut column = Column::new(key(*stat), players.len());
        for (row, player) in players.iter().enumerate() {
            let text = value(*player, *stat);
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
        self.with_input(Explore::refresh);
    }

    /// With the cells selected from one place to another: rows of the view, and columns.
    fn with_selected(from: (u32, usize), to: (u32, usize)) -> Self {
        let mut desk = Self::new();
        desk.show();
        let view = desk.state.view().unwrap().clone();
        let place = |(row, column)| Place { column: Some(column), ..Place::player(row) };
        desk.state.grid.select(place(from), &view);
        desk.state.grid.extend(place(to), &view);
        desk.show();
        desk
    }

    fn with_input<R>(&mut self, show: impl FnOnce(&mut Explore, &Context, &ExploreInput<'_>) -> R) -> R {
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
        show(&mut self.state, &self.ctx, &input)
    }

    /// What is copied, read back: a row of cells a line.
    fn copied(&mut self, kind: CopyKind) -> Vec<Vec<String>> {
        self.with_input(|state, ctx, input| state.copy(ctx, input, kind))
            .expect("little enough to copy at once");
        let command = self.ctx.output_mut(|output| output.commands.pop());
        let Some(egui::OutputCommand::CopyText(text)) = command else { panic!("{command:?}") };
        let delimiter = if kind == CopyKind::Csv { b',' } else { b'\t' };
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
        let plain = |row: csv::StringRecord| row.iter().map(|cell| unguarded(cell).to_owned()).collect();
        reader.into_records().map(|row| plain(row.unwrap())).collect()
    }

    /// Whose values are copied, and which: player, stat and value.
    fn copied_values(&mut self, kind: CopyKind) -> BTreeSet<[String; 3]> {
        let lines = self.copied(kind);
        let (heads, lines) = lines.split_first().expect("headings");
        let cells = |line: &[String]| {
            let cells = line.iter().cloned().zip(heads.iter().cloned());
            cells.skip(1).collect::<Vec<_>>()
        };
        let mut found = BTreeSet::new();
        for line in lines {
            match self.query.view.layout {
                Layout::Wide => {
                    found.extend(cells(line).into_iter().map(|(cell, stat)| [line[0].clone(), stat, cell]));
                }
                Layout::Transposed => {
                    found.extend(cells(line).into_iter().map(|(cell, who)| [who, line[0].clone(), cell]));
                }
                Layout::Long => {
                    found.extend([[line[0].clone(), line[2].clone(), line[3].clone()]]);
                }
            }
        }
        // What is not selected is left empty between what is.
        found.retain(|[_, _, cell]| !cell.is_empty());
        found
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
        let mut desk = Desk::with_selected(from, to);
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

    #[test]
    fn what_is_copied_stays_on_its_players_and_stats(
        from in (0..PLAYERS as u32, 0..STATS),
        to in (0..PLAYERS as u32, 0..STATS),
        steps in proptest::collection::vec(step(), 0..12),
        kind in proptest::sample::select(vec![CopyKind::WithHeadings, CopyKind::Csv]),
    ) {
        let mut desk = Desk::with_selected(from, to);
        let (mut players, stats) = desk.selected();
        for step in steps {
            desk.apply(&step);
            if let Step::Update(with, _) = &step {
                players.retain(|player| with.iter().any(|other| other.to_string() == *player));
            }
            let (mut of, mut stats_shown) = desk.shown();
            // All is copied when nothing that is selected is shown.
            if !of.is_disjoint(&players) {
                of.retain(|player| players.contains(player));
                stats_shown.retain(|stat| stats.contains(stat));
            }
            let mut expected = BTreeSet::new();
            for stat in (0..STATS).filter(|stat| stats_shown.contains(&key(*stat))) {
                expected.extend(of.iter().map(|player| {
                    [player.clone(), format!("Stat{stat}"), value(player.parse().unwrap(), stat)]
                }));
            }
            prop_assert_eq!(desk.copied_values(kind), expected);
        }
    }

    #[test]
    fn what_is_copied_is_every_name_and_value_as_sent(
        names in proptest::collection::vec(any_text(), 1..5),
        values in proptest::collection::vec(any_text(), 8),
        kind in proptest::sample::select(vec![CopyKind::Values, CopyKind::WithHeadings, CopyKind::Csv]),
    ) {
        let row = |name: &String| {
            PlayerRow { asked: PlayerRef::Gamertag(Gamertag::from_wire(name)), state: RowState::LookingUp }
        };
        let columns = values.chunks(4).enumerate().map(|(stat, values)| {
            let mut column = Column::new(key(stat), names.len());
            for (row, text) in values.iter().enumerate().take(names.len()) {
                column.set_value(row, WireValue { text, form: WireForm::String, stat_type: "String" });
            }
            column
        });
        let mut desk = Desk::new();
        desk.table = Arc::new(StatTable::from_parts(names.iter().map(row).collect(), columns.collect()).unwrap());
        desk.show();
        let mut lines = desk.copied(kind);
        if kind != CopyKind::Values {
            prop_assert_eq!(lines.remove(0), ["Player", "Stat0", "Stat1"]);
        }
        let expected: Vec<Vec<String>> = (0..names.len())
            .map(|row| vec![names[row].clone(), values[row].clone(), values[4 + row].clone()])
            .collect();
        prop_assert_eq!(lines, expected);
    }
}

/// Numbers, ids, names in every script, and what spreadsheets and files trip over.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "25[0-9]{14}",
        "[-=+@'\t\"]{1,2}[a-z0-9 ,\"\t\r\n]{0,6}",
        "[А-я가-힣ぁ-ん\u{e00}-\u{e2e}\u{627}-\u{64a}\u{1f600}-\u{1f64f}]{1,8}#[0-9]{1,4}",
        "\\PC{1,8}",
    ]
}
