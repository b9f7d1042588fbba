//! Order, summaries and bars, over tables as a fetch leaves them.

use std::sync::Arc;

use proptest::prelude::*;
use statlens::{
    analysis::{
        Derived, Figure, Measure, Stop, View, ViewInput, measure, order,
        series::{self, BarSeries},
        summary,
    },
    model::{
        BarScale, Cell, Column, ColumnKey, Failure, Gamertag, Normalise, Player, PlayerRef, PlayerRow,
        Remedy, RowState, Scid, Sort, SortBy, StatName, StatTable, ViewSettings, WireForm, WireValue, Xuid,
    },
};

#[derive(Clone, Debug)]
enum Given {
    NotAsked,
    Pending,
    NoValue,
    Failed,
    Number(String),
    Text(String),
}

fn key(stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }
}

fn failure() -> Arc<Failure> {
    Arc::new(Failure {
        status: Some(403),
        reason: "Not allowed".into(),
        causes: Vec::new(),
        advice: String::new(),
        detail: None,
        remedy: Remedy::None,
    })
}

fn column(stat: &str, cells: &[Given]) -> Column {
    let mut column = Column::new(key(stat), cells.len());
    for (row, cell) in cells.iter().enumerate() {
        let value = |text, stat_type| WireValue { text, form: WireForm::String, stat_type };
        match cell {
            Given::NotAsked => {}
            Given::Pending => column.set_pending(row),
            Given::NoValue => column.set_no_value(row),
            Given::Failed => column.set_failed(row, &failure()),
            Given::Number(text) => column.set_value(row, value(text, "Integer")),
            Given::Text(text) => column.set_value(row, value(text, "String")),
        }
    }
    column
}

fn table(columns: &[(&str, &[Given])]) -> StatTable {
    let rows = columns.first().map_or(0, |(_, cells)| cells.len());
    let rows = (0..rows).map(|row| {
        let player = Player::nameless(Xuid(row as u64));
        PlayerRow { asked: PlayerRef::Xuid(player.xuid), state: RowState::Known(player) }
    });
    let columns = columns.iter().map(|(stat, cells)| column(stat, cells)).collect();
    StatTable::from_parts(rows.collect(), columns).expect("columns of one length")
}

fn numbers(texts: &[&str]) -> Vec<Given> {
    texts.iter().map(|text| Given::Number((*text).to_owned())).collect()
}

fn by_stat(descending: bool) -> [Sort; 1] {
    [Sort { by: SortBy::Column(key("Kills").into()), descending }]
}

fn sorted(cells: &[Given], descending: bool) -> Vec<u32> {
    order(&table(&[("Kills", cells)]), &by_stat(descending))
}

#[test]
fn large_integers_are_ordered_by_their_last_digit() {
    let cells = numbers(&[
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775806",
        "18446744073709551615",
        "-9223372036854775807",
        "18446744073709551614",
        "9223372036854775806.5",
    ]);
    assert_eq!(sorted(&cells, false), [1, 4, 2, 6, 0, 5, 3]);
    assert_eq!(sorted(&cells, true), [3, 5, 0, 6, 2, 4, 1]);
}

#[test]
fn what_has_no_value_stands_last_in_both_directions() {
    let cells = [
        Given::NoValue,
        Given::Number("0".into()),
        Given::Failed,
        Given::Text("Gold 10".into()),
        Given::Number("-5".into()),
        Given::Pending,
        Given::Text("gold 9".into()),
        Given::NotAsked,
    ];
    assert_eq!(sorted(&cells, false), [4, 1, 6, 3, 0, 2, 5, 7]);
    assert_eq!(sorted(&cells, true), [1, 4, 3, 6, 0, 2, 5, 7]);
}

#[test]
fn equal_rows_keep_the_order_of_the_table_in_both_directions() {
    let cells = numbers(&["1", "2", "1.0", "2", "01", "1e0"]);
    assert_eq!(sorted(&cells, false), [0, 2, 4, 5, 1, 3]);
    assert_eq!(sorted(&cells, true), [1, 3, 0, 2, 4, 5]);
}

#[test]
fn players_are_ordered_by_the_name_that_is_shown() {
    let mut table = table(&[("Kills", &numbers(&["1", "2", "3", "4"]))]);
    for (row, name) in ["nova 10", "Nova 2", "Ärger", "nova 2"].into_iter().enumerate() {
        let gamertag = Some(Gamertag::from_wire(name));
        table.set_player(row, Player { gamertag, ..Player::nameless(Xuid(9)) });
    }
    let by_player = |descending| order(&table, &[Sort { by: SortBy::Player, descending }]);
    assert_eq!(by_player(false), [1, 3, 0, 2]);
    assert_eq!(by_player(true), [2, 0, 3, 1]);
}

#[test]
fn a_repeated_player_is_not_shown_and_an_unknown_column_changes_nothing() {
    let mut table = table(&[("Kills", &numbers(&["3", "2", "1"]))]);
    table.set_duplicate(2, 0);
    assert_eq!(order(&table, &[]), [0, 1]);
    assert_eq!(order(&table, &by_stat(false)), [1, 0]);
    let unknown = Sort { by: SortBy::Column(key("Gone").into()), descending: true };
    assert_eq!(order(&table, &[unknown]), [0, 1]);
}

#[test]
fn missing_values_enter_no_figure() {
    let mut cells = numbers(&["10", "20"]);
    cells.extend([Given::NoValue, Given::Failed, Given::Pending, Given::NotAsked, Given::Text("x".into())]);
    let found = summarised(&cells);
    assert_eq!((found.numbers, found.texts, found.values()), (2, 1, 3));
    assert_eq!((found.no_value, found.failed, found.pending), (1, 1, 1));
    assert_eq!(found.sum, Some(Figure::Int(30)));
    assert_eq!(found.mean, Some(15.0));
    assert_eq!((found.min, found.max), (Some(Figure::Int(10)), Some(Figure::Int(20))));
    let nothing = summarised(&[Given::NoValue]);
    assert_eq!((nothing.sum, nothing.mean, nothing.min, nothing.max), (None, None, None, None));
}

fn summarised(cells: &[Given]) -> statlens::analysis::Summary {
    let column = column("Kills", cells);
    summary::of((0..column.len()).map(|row| column.cell(row)))
}

#[test]
fn sums_are_exact_where_they_can_be_and_careful_where_not() {
    let big = summarised(&numbers(&["9223372036854775807", "9223372036854775807", "1"]));
    assert_eq!(big.sum, Some(Figure::Int(18_446_744_073_709_551_615)));
    assert_eq!(big.max, Some(Figure::Int(i128::from(i64::MAX))));
    let careful = summarised(&numbers(&["1e30", "1.5", "-1e30"]));
    assert_eq!(careful.sum, Some(Figure::Real(1.5)));
    let too_much = summarised(&numbers(&["1.5e308", "1.5e308"]));
    assert_eq!((too_much.sum, too_much.mean), (None, None));
    assert_eq!(too_much.numbers, 2);
}

fn view(table: StatTable, settings: ViewSettings, derived: &[(&str, &[f64])]) -> View {
    let derived = derived.iter().map(|(name, numbers)| {
        let why = vec![0; numbers.len()];
        let reasons = vec!["It has none".into()];
        Arc::new(Derived { name: (*name).into(), numbers: numbers.to_vec(), why, reasons })
    });
    let input = ViewInput {
        table: Arc::new(table),
        before: None,
        groups: Arc::new([]),
        settings: Arc::new(settings),
        derived: derived.collect(),
    };
    View::compute(input, None, &Stop::default()).expect("nobody stops it")
}

fn raw(table: StatTable) -> View {
    view(table, ViewSettings::default(), &[])
}

/// Bars that say what is drawn where.
fn bars(view: &View, rows: &[u32], columns: &[usize], scale: BarScale, limit: usize) -> BarSeries {
    series::bars(view, rows, columns, scale, limit, |row, column| format!("{column} of {row}"))
}

fn lengths(bars: &BarSeries) -> Vec<f64> {
    bars.groups.iter().flat_map(|group| group.bars.iter().flatten()).map(|bar| bar.length).collect()
}

#[test]
fn bars_leave_out_what_is_missing_and_keep_signs() {
    let kills = [Given::Number("50".into()), Given::NoValue, Given::Number("-100".into()), Given::Failed];
    let rank = [const { Given::NoValue }; 4];
    let view = raw(table(&[("Rank", &rank), ("Kills", &kills)]));
    assert_eq!(series::default_columns(&view), [1], "columns without numbers are not drawn");
    let drawn = bars(&view, &[3, 0, 2, 1], &[1], BarScale::ShareOfGreatest, 3);
    assert_eq!((drawn.left_out, &drawn.missing[..]), (1, &[2][..]));
    assert_eq!(drawn.groups[0].bars, [None]);
    assert_eq!(lengths(&drawn), [0.5, -1.0]);
    assert_eq!((drawn.least, drawn.greatest), (-1.0, 0.5));
    assert_eq!(drawn.groups[2].bars[0].as_ref().map(|bar| bar.label.as_str()), Some("1 of 2"));
    assert_eq!((drawn.groups[1].row, drawn.groups[1].name.as_str()), (0, "0"));
}

#[test]
fn bars_that_nobody_chose_are_of_like_size() {
    let stats = ["100", "3", "45", "100000", "-900", "20"].map(|number| numbers(&[number]));
    let named = ["Kills", "Ratio", "Deaths", "Score", "Balance", "Wins"];
    let columns: Vec<(&str, &[Given])> =
        named.into_iter().zip(&stats).map(|(name, cells)| (name, cells.as_slice())).collect();
    for normalise in [Normalise::Raw, Normalise::ZScore] {
        let settings = ViewSettings { normalise, ..ViewSettings::default() };
        let view = view(table(&columns), settings, &[("ƒ", &[30.0])]);
        assert_eq!(series::default_columns(&view), [0, 2, 4]);
    }
}

#[test]
fn bars_are_of_the_numbers_that_the_grid_shows() {
    let kills = [numbers(&["10", "40", "20"]), vec![Given::NoValue]].concat();
    let mut settings = ViewSettings { normalise: Normalise::Difference, ..ViewSettings::default() };
    settings.columns.change(&key("Kills").into(), |column| column.hidden = true);
    let made = || table(&[("Deaths", &numbers(&["0", "0", "0", "0"])), ("Kills", &kills)]);
    let halves = [2.5, f64::NAN, 0.5, 1.5];
    let waiting = view(made(), settings.clone(), &[("half", &halves)]);
    let columns = [2, 1];
    assert_eq!(
        waiting.all_columns()[2].field,
        key("Kills").into(),
        "a hidden stat stands behind the shown ones"
    );
    assert_eq!(bars(&waiting, &[0], &columns, BarScale::Value, 9).groups[0].bars, [None, None]);
    waiting.prepare(columns.iter().copied(), &Stop::default()).unwrap();
    let drawn = bars(&waiting, &[1, 3, 0, 2], &columns, BarScale::Value, 9);
    assert_eq!(lengths(&drawn), [20.0, 0.0, -10.0, 1.0, 0.0, -1.0], "by player, then by column");
    assert_eq!(drawn.missing, [1, 1]);
    assert_eq!((drawn.least, drawn.greatest), (-10.0, 20.0));
    for (row, group) in [1, 3, 0, 2].into_iter().zip(&drawn.groups) {
        for (column, bar) in columns.iter().zip(&group.bars) {
            assert_eq!(bar.as_ref().map(|bar| bar.length), waiting.number(row, *column));
        }
    }
    settings.normalise = Normalise::Ratio;
    let ratios = view(made(), settings, &[]);
    ratios.prepare([0], &Stop::default()).unwrap();
    let none = bars(&ratios, &[0, 1, 2, 3], &[0], BarScale::ShareOfGreatest, 9);
    assert_eq!((lengths(&none), none.missing), (vec![], vec![4]), "nothing is a multiple of 0");
}

#[test]
fn a_column_is_measured_by_what_is_shown_of_it() {
    let cells = [
        Given::Number("7".into()),
        Given::Number("2.25".into()),
        Given::Text("a long text".into()),
        Given::NoValue,
        Given::Number("1.125".into()),
    ];
    let found = measure::of(&column("X", &cells), &[0, 1, 2, 3]);
    assert_eq!(found, Measure { values: 3, texts: 1, decimals: 2, longest: Some(2) });
    assert_eq!(measure::of(&column("X", &cells), &[0, 4, 3]).decimals, 3);
}

#[test]
fn a_column_of_zeros_has_bars_of_no_length() {
    let view = raw(table(&[("Kills", &numbers(&["0", "0"]))]));
    let drawn = bars(&view, &[0, 1], &[0], BarScale::ShareOfGreatest, 10);
    assert_eq!(lengths(&drawn), [0.0, 0.0]);
    assert_eq!(bars(&view, &[], &[0], BarScale::Value, 10).groups.len(), 0);
}

fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| n.to_string()),
        (-3i64..3).prop_map(|n| (i64::MAX - 3 + n).to_string()),
        (-3i32..3).prop_map(|n| n.to_string()),
        (-3i32..3, 0u8..20).prop_map(|(n, zeros)| format!("{n}.{}", "0".repeat(zeros.into()))),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| n.to_string()),
        "[+-]?[0-9]{1,22}(\\.[0-9]{0,4})?(e-?[0-9]{1,3})?",
    ]
}

fn any_cell() -> impl Strategy<Value = Given> {
    prop_oneof![
        1 => Just(Given::NotAsked),
        1 => Just(Given::Pending),
        1 => Just(Given::NoValue),
        1 => Just(Given::Failed),
        4 => any_number().prop_map(Given::Number),
        2 => "[aA0-9 ]{0,4}".prop_map(Given::Text),
        1 => "\\PC{0,4}".prop_map(Given::Text),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_row_is_there_once_and_the_missing_are_last(
        cells in prop::collection::vec(any_cell(), 0..60),
        descending: bool,
    ) {
        let table = table(&[("Kills", &cells)]);
        let found = order(&table, &by_stat(descending));
        let mut all = found.clone();
        all.sort_unstable();
        prop_assert_eq!(all, (0..cells.len() as u32).collect::<Vec<_>>());
        let kinds: Vec<u8> = found
            .iter()
            .map(|row| match table.cell(*row as usize, 0) {
                Cell::Value(value) => u8::from(value.number.is_none()),
                _ => 2,
            })
            .collect();
        prop_assert!(kinds.is_sorted(), "numbers, texts, nothing: {:?}", kinds);
        let values: Vec<f64> = found.iter().map(|row| table.columns()[0].numbers()[*row as usize]).collect();
        let numbers: Vec<f64> = values.into_iter().filter(|number| !number.is_nan()).collect();
        let in_order = numbers.windows(2).all(|pair| if descending { pair[0] >= pair[1] } else { pair[0] <= pair[1] });
        prop_assert!(in_order, "{:?}", numbers);
    }

    #[test]
    fn integers_are_ordered_as_integers(numbers in prop::collection::vec(any::<i64>(), 0..60)) {
        let near: Vec<i64> = numbers.iter().map(|n| i64::MAX - (n & 0xff)).collect();
        let cells: Vec<Given> = near.iter().map(|n| Given::Number(n.to_string())).collect();
        let mut expected: Vec<u32> = (0..near.len() as u32).collect();
        expected.sort_by_key(|row| near[*row as usize]);
        prop_assert_eq!(sorted(&cells, false), expected);
    }

    #[test]
    fn sorting_twice_changes_nothing(cells in prop::collection::vec(any_cell(), 0..40), descending: bool) {
        let once = sorted(&cells, descending);
        let again: Vec<Given> = once.iter().map(|row| cells[*row as usize].clone()).collect();
        prop_assert_eq!(sorted(&again, descending), (0..cells.len() as u32).collect::<Vec<_>>());
    }
}
