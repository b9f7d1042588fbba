use std::{cmp::Ordering, sync::Arc};

use proptest::prelude::*;
use statlens::{
    analysis::{
        Figure, Stop, View,
        view::{Line, Shown, Spot},
    },
    model::{
        Cell, ColumnSettings, Comparison, Filter, GroupBy, Grouping, Layout, Number, PlayerRef, RankOrder,
        Sort, SortBy, StatTable, Statistic, Test, ViewSettings,
    },
};

use crate::world::*;

const STATS: [&str; 3] = ["A", "B", "C"];

/// A change of the view that a user makes.
#[derive(Clone, Debug)]
enum Step {
    Sort(Vec<Sort>),
    Filter(Vec<Filter>),
    Group(Option<usize>, bool),
    Layout(Layout),
    Hide(usize, bool),
    Undo,
}

fn any_cell() -> impl Strategy<Value = Given> {
    prop_oneof![
        6 => (-3i64..4).prop_map(|number| Given::Number(number.to_string())),
        1 => (0i64..4).prop_map(|below| Given::Number((i64::MAX - below).to_string())),
        3 => prop_oneof!["a", "b", "B"].prop_map(Given::Text),
        2 => prop_oneof![
            Just(Given::NoValue),
            Just(Given::Failed),
            Just(Given::Pending),
            Just(Given::NotAsked)
        ],
    ]
}

fn any_table() -> impl Strategy<Value = StatTable> {
    prop::collection::vec(prop::array::uniform3(any_cell()), 0..24).prop_map(|rows| {
        let columns: Vec<(&str, Vec<Given>)> = STATS
            .iter()
            .enumerate()
            .map(|(at, stat)| (*stat, rows.iter().map(|row| row[at].clone()).collect()))
            .collect();
        table_of(&columns)
    })
}

fn any_stat() -> impl Strategy<Value = statlens::model::Field> {
    (0..STATS.len()).prop_map(|stat| field(STATS[stat]))
}

fn any_sort() -> impl Strategy<Value = Sort> {
    let by = prop_oneof![1 => Just(SortBy::Player), 4 => any_stat().prop_map(SortBy::Column)];
    (by, any::<bool>()).prop_map(|(by, descending)| Sort { by, descending })
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let test = prop_oneof![
        (-3i128..4).prop_map(|bound| Test::Compare(Comparison::AtLeast, Number::Int(bound))),
        Just(Test::Compare(Comparison::Less, Number::Int(i128::from(i64::MAX)))),
        Just(Test::HasValue),
        Just(Test::Missing),
        Just(Test::OneOf(vec!["a".into(), "1".into()])),
    ];
    (any_stat(), test).prop_map(|(field, test)| Filter::Column(field, test))
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(any_sort(), 0..4).prop_map(Step::Sort),
        2 => prop::collection::vec(any_filter(), 0..3).prop_map(Step::Filter),
        1 => (prop::option::of(0..STATS.len()), any::<bool>())
            .prop_map(|(by, collapsed)| Step::Group(by, collapsed)),
        1 => prop_oneof![Just(Layout::Wide), Just(Layout::Transposed), Just(Layout::Long)]
            .prop_map(Step::Layout),
        1 => (0..STATS.len(), any::<bool>()).prop_map(|(stat, hidden)| Step::Hide(stat, hidden)),
        1 => Just(Step::Undo),
    ]
}

fn take(step: Step, settings: &mut ViewSettings, history: &mut Vec<ViewSettings>) {
    let before = settings.clone();
    match step {
        Step::Sort(keys) => settings.sort = keys,
        Step::Filter(filters) => settings.filters = filters,
        Step::Group(by, collapsed) => {
            settings.grouping = by.map(|stat| Grouping {
                collapsed: if collapsed { vec!["a".into(), "1".into()] } else { Vec::new() },
                rest_collapsed: collapsed,
                ..Grouping::new(GroupBy::Column(field(STATS[stat])))
            });
        }
        Step::Layout(layout) => settings.layout = layout,
        Step::Hide(stat, hidden) => {
            settings.columns.change(&field(STATS[stat]), |column| column.hidden = hidden);
        }
        Step::Undo => {
            *settings = history.pop().unwrap_or_default();
            return;
        }
    }
    history.push(before);
}

/// What a cell is, worked out the slow way.
#[derive(Debug, PartialEq)]
enum Plain<'a> {
    Number(i128),
    Text(&'a str),
    Nothing,
}

fn plain<'a>(table: &'a StatTable, row: u32, field: &statlens::model::Field) -> Plain<'a> {
    let column = table.column_index(field.stat().unwrap()).unwrap();
    match table.cell(row as usize, column) {
        Cell::Value(value) => value.text.parse().map_or(Plain::Text(value.text), Plain::Number),
        _ => Plain::Nothing,
    }
}

fn meets(table: &StatTable, row: u32, filter: &Filter) -> bool {
    let Filter::Column(field, test) = filter else { panic!("no other filter is made") };
    let cell = plain(table, row, field);
    match test {
        Test::Compare(comparison, Number::Int(bound)) => {
            let Plain::Number(number) = cell else { return false };
            if *comparison == Comparison::Less { number < *bound } else { number >= *bound }
        }
        Test::HasValue => cell != Plain::Nothing,
        Test::Missing => {
            matches!(
                table.cell(row as usize, table.column_index(field.stat().unwrap()).unwrap()),
                Cell::NoValue
            )
        }
        Test::OneOf(wanted) => match cell {
            Plain::Number(number) => wanted.contains(&number.to_string()),
            Plain::Text(held) => wanted.iter().any(|one| one == held),
            Plain::Nothing => false,
        },
        other => panic!("{other:?} is not made"),
    }
}

/// Letters by the alphabet, the lower case last: as natural order has it for single letters.
fn compare_texts(left: &str, right: &str) -> Ordering {
    left.to_lowercase().cmp(&right.to_lowercase()).then_with(|| left.cmp(right))
}

fn compare(table: &StatTable, key: &Sort, left: u32, right: u32) -> Ordering {
    let turn = |ordering: Ordering| if key.descending { ordering.reverse() } else { ordering };
    let SortBy::Column(field) = &key.by else { return turn(left.cmp(&right)) };
    match (plain(table, left, field), plain(table, right, field)) {
        (Plain::Number(left), Plain::Number(right)) => turn(left.cmp(&right)),
        (Plain::Text(left), Plain::Text(right)) => turn(compare_texts(left, right)),
        (left, right) => {
            let class = |cell: &Plain<'_>| match cell {
                Plain::Number(_) => 0,
                Plain::Text(_) => 1,
                Plain::Nothing => 2,
            };
            class(&left).cmp(&class(&right))
        }
    }
}

/// The order of rows worked out the slow way, without regard to headers.
fn expected_order(table: &StatTable, settings: &ViewSettings) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..table.rows().len() as u32)
        .filter(|row| settings.filters.iter().all(|filter| meets(table, *row, filter)))
        .collect();
    rows.sort_by(|left, right| {
        settings
            .sort
            .iter()
            .fold(Ordering::Equal, |ordering, key| ordering.then_with(|| compare(table, key, *left, *right)))
    });
    rows
}

/// What a row shows in a column, and who it is: what a user would copy.
fn copied(view: &View, row: u32, column: usize) -> (PlayerRef, String) {
    (view.table().rows()[row as usize].asked.clone(), written(view, row, column))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_way_to_a_view_shows_the_right_players(
        table in any_table(),
        steps in prop::collection::vec(any_step(), 1..10),
        picked in (0u32..24, 0..STATS.len()),
    ) {
        let stop = Stop::default();
        let mut input = input(table.clone(), ViewSettings::default());
        let (mut settings, mut history) = (ViewSettings::default(), Vec::new());
        let mut view = View::compute(input.clone(), None, &stop).unwrap();
        view.prepare(0..view.columns().len(), &stop).unwrap();
        let picked_row = (picked.0 as usize) < table.rows().len();
        let before = picked_row.then(|| copied(&view, picked.0, picked.1));
        for step in steps {
            take(step, &mut settings, &mut history);
            input.settings = Arc::new(settings.clone());
            view = View::compute(input.clone(), Some(&view), &stop).unwrap();
            view.prepare(0..view.columns().len(), &stop).unwrap();
            let anew = computed(input.clone());
            prop_assert_eq!(view.order(), anew.order());
            prop_assert_eq!(view.groups(), anew.groups());
            let expected = expected_order(&table, &settings);
            if view.groups().is_empty() {
                prop_assert_eq!(view.order(), &expected);
            } else {
                check_groups(&view, &expected)?;
            }
            for column in 0..view.columns().len() {
                prop_assert_eq!(view.totals(column), anew.totals(column));
            }
            check_places(&view)?;
            // What is selected is kept by row and field, and found again wherever it went.
            let column = view.columns().iter().position(|column| column.field == field(STATS[picked.1]));
            if let (Some(before), Some(column)) = (&before, column) {
                prop_assert_eq!(&copied(&view, picked.0, column), before);
                if let Some((y, x)) = view.place_of(picked.0, column) {
                    prop_assert_eq!(view.spot(y, x), Some(Spot::Cell { row: picked.0, column }));
                }
            }
        }
    }

    #[test]
    fn figures_are_those_worked_out_the_slow_way(
        small in prop::collection::vec(-1000i64..1000, 0..80),
        large in prop::collection::vec(any::<i64>(), 0..4),
        halves: bool,
    ) {
        let numbers: Vec<i64> = small.iter().chain(&large).copied().collect();
        let cells = numbers.iter().map(|number| {
            Given::Number(if halves && number.abs() < 1000 { format!("{number}.5") } else { number.to_string() })
        });
        let view = view(table_of(&[("A", cells.collect())]), ViewSettings::default());
        let Some(column) = view.totals(0) else { return Ok(()) };
        let of = |statistic| column.totals.statistic(statistic);
        let half = |number: i64| match (halves && number.abs() < 1000, number < 0) {
            (true, false) => i128::from(number) * 2 + 1,
            // "-0.5" is not made: minus is written before the whole.
            (true, true) => i128::from(number) * 2 - 1,
            (false, _) => i128::from(number) * 2,
        };
        let mut doubled: Vec<i128> = numbers.iter().map(|number| half(*number)).collect();
        doubled.sort_unstable();
        let sum: i128 = doubled.iter().sum();
        // What large numbers of both signs leave of each other is no more exact than they are.
        let size = doubled.iter().map(|number| number.abs()).sum::<i128>() as f64;
        if numbers.is_empty() {
            prop_assert_eq!(of(Statistic::Sum), None);
            return Ok(());
        }
        let is_integer = doubled.iter().all(|number| number % 2 == 0);
        match of(Statistic::Sum).unwrap() {
            Figure::Int(exact) => prop_assert!(is_integer && exact * 2 == sum),
            Figure::Real(real) => {
                prop_assert!(!is_integer);
                let exact = sum as f64 / 2.0;
                prop_assert!((real - exact).abs() <= size * 1e-15, "{} {}", real, exact);
            }
        }
        let mean = sum as f64 / 2.0 / numbers.len() as f64;
        let found = of(Statistic::Mean).unwrap().as_f64();
        prop_assert!((found - mean).abs() <= size * 1e-15, "{} {}", found, mean);
        prop_assert_eq!(of(Statistic::Min).unwrap().as_f64(), doubled[0] as f64 / 2.0);
        prop_assert_eq!(of(Statistic::Max).unwrap().as_f64(), doubled[doubled.len() - 1] as f64 / 2.0);
        if numbers.len() > 1 && large.is_empty() {
            // Of integers, so exact up to the last division: n·Σx² − (Σx)².
            let count = numbers.len() as i128;
            let squares: i128 = doubled.iter().map(|number| number * number).sum();
            let variance = (count * squares - sum * sum) as f64 / 4.0 / (count * (count - 1)) as f64;
            let found = of(Statistic::Deviation).unwrap().as_f64();
            prop_assert!((found - variance.sqrt()).abs() <= variance.sqrt() * 1e-12 + 1e-12);
        }
        for (statistic, share) in [(Statistic::P10, 0.1), (Statistic::Median, 0.5), (Statistic::P90, 0.9)] {
            let place = share * (doubled.len() - 1) as f64;
            let at = |place: f64| doubled[place as usize] as f64 / 2.0;
            let expected = at(place.floor()) + (at(place.ceil()) - at(place.floor())) * place.fract();
            let found = of(statistic).unwrap().as_f64();
            let scale = at(place.floor()).abs().max(at(place.ceil()).abs());
            prop_assert!((found - expected).abs() <= scale * 1e-12, "{:?} {} {}", statistic, found, expected);
        }
    }

    #[test]
    fn ranks_and_percentiles_are_those_counted_one_by_one(
        cells in prop::collection::vec(any_cell(), 0..24),
        order in prop_oneof![Just(RankOrder::GreatestFirst), Just(RankOrder::LeastFirst)],
    ) {
        let mut settings = ViewSettings::default();
        let change = |column: &mut ColumnSettings| (column.rank, column.percentile) = (Some(order), true);
        settings.columns.change(&field("A"), change);
        let table = table_of(&[("A", cells)]);
        let view = view(table.clone(), settings);
        let numbers: Vec<Option<i128>> = (0..table.rows().len() as u32)
            .map(|row| match plain(&table, row, &field("A")) {
                Plain::Number(number) => Some(number),
                _ => None,
            })
            .collect();
        for (row, number) in (0u32..).zip(&numbers) {
            let Some(number) = number else {
                prop_assert_eq!(written(&view, row, 1), ".");
                prop_assert_eq!(written(&view, row, 2), ".");
                continue;
            };
            let all = || numbers.iter().flatten();
            let (below, above) = (all().filter(|other| *other < number).count(), all().filter(|other| *other > number).count());
            let better = if order == RankOrder::GreatestFirst { above } else { below };
            prop_assert_eq!(written(&view, row, 1), format!("#{}", better + 1));
            let (count, equal) = (all().count(), all().count() - below - above);
            let Shown::Number(percentile) = view.cell(row, 2) else { panic!("a percentile") };
            let expected = (below as f64 + equal as f64 / 2.0) / count as f64 * 100.0;
            prop_assert!((percentile - expected).abs() < 1e-9);
        }
    }
}

/// The rows under each header are those of the plain order, in its order, none twice.
fn check_groups(view: &View, expected: &[u32]) -> Result<(), TestCaseError> {
    let mut all = Vec::new();
    let mut line = 0;
    for (at, group) in view.groups().iter().enumerate() {
        prop_assert_eq!(group.line, line);
        prop_assert_eq!(view.line(line), Some(Line::Group(at)));
        line += 1 + if group.collapsed { 0 } else { group.rows.len() };
        let rows = &view.order()[group.rows.clone()];
        let places: Vec<usize> =
            rows.iter().map(|row| expected.iter().position(|other| other == row).unwrap()).collect();
        prop_assert!(!places.is_empty() && places.is_sorted());
        all.extend_from_slice(rows);
    }
    prop_assert_eq!(view.lines(), line);
    prop_assert_eq!(&all, view.order());
    let mut sorted = (all, expected.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    prop_assert_eq!(sorted.0, sorted.1);
    Ok(())
}

fn check_places(view: &View) -> Result<(), TestCaseError> {
    for (place, row) in view.order().iter().enumerate() {
        prop_assert_eq!(view.place(*row), Some(place));
    }
    for y in 0..view.height() {
        for x in 0..view.width() {
            if let Some(Spot::Cell { row, column }) = view.spot(y, x) {
                prop_assert_eq!(view.place_of(row, column), Some((y, x)));
            }
        }
    }
    Ok(())
}
