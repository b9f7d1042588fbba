//! What formulas come to.

use statlens::{
    analysis::{
        Stop, Stopped,
        formula::{DerivedColumns, NothingKind},
    },
    model::{Query, StatDictionary},
};

use crate::world::{Given, World, column, digits, key, number, outcome, table, text, title};

fn world() -> World {
    World::new(&[
        ("Kills", vec![number(100), number(7), number(0), Given::NoValue, Given::Failed, Given::Pending]),
        ("Deaths", vec![number(50), number(0), number(3), number(1), number(1), number(1)]),
        (
            "Rank",
            vec![text("Gold"), text("Silver"), text("gold"), Given::NotAsked, text("Gold"), text("Gold")],
        ),
    ])
}

#[test]
fn a_missing_operand_gives_nothing_and_says_why() {
    let outcomes = world().outcomes("Kills / Deaths");
    let expected = [
        "2",
        "Deaths is 0, and nothing can be divided by 0",
        "0",
        "Kills has no value",
        "Kills could not be read: Not allowed",
        "Kills is still to come",
    ];
    assert_eq!(outcomes, expected);
    let derived = world().with("KD", "1 + Kills / Deaths").derived();
    let world = world();
    let kind = |row| derived.why(0, row, &world.table).expect("a reason").kind;
    assert_eq!(derived.why(0, 0, &world.table), None);
    assert_eq!(kind(1), NothingKind::Undefined);
    assert_eq!(derived.why(0, 1, &world.table).expect("a reason").span, 12..18);
    assert_eq!(kind(3), NothingKind::NoValue);
    assert!(matches!(kind(4), NothingKind::Failed(failure) if failure.status == Some(403)));
    assert_eq!(kind(5), NothingKind::Pending);
    assert!(derived.get(0).expect("worked out").numbers()[1].is_nan());
}

/// What a formula of constants comes to.
fn constant(formula: &str) -> String {
    World::new(&[("x", vec![number(1)])]).outcomes(formula).remove(0)
}

#[test]
fn arithmetic_is_exact_where_it_can_be() {
    for (formula, expected) in [
        ("9007199254740993 + 0", "9007199254740993"),
        ("9223372036854775807 * 9223372036854775807", "85070591730234615847396907784232501249"),
        ("9223372036854775807 - 9223372036854775806", "1"),
        ("18014398509481986 / 2", "9007199254740993"),
        ("1 / 3", "0.3333333333333333"),
        ("6 / 3", "2"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("2.5 * 2", "5"),
        ("-9007199254740993", "-9007199254740993"),
        ("1 - 1 / 4 * 2", "0.5"),
        ("2 - 3 - 4", "-5"),
        ("max(9007199254740992, 9007199254740993) - 9007199254740992", "1"),
        ("sum(9007199254740992, 1, -9007199254740992)", "1"),
        ("mean(1, 2, 6)", "3"),
        ("median(5, 1, 3)", "3"),
        ("median(5, 1, 3, 100)", "4"),
        ("median(1, 2)", "1.5"),
        ("abs(-3) + abs(3)", "6"),
        ("round(2.5) + round(-2.5) + round(7)", "7"),
        ("round(2.345, 2)", "2.35"),
        ("round(1e300, 2)", &format!("{}", 1e300)),
        ("sqrt(16)", "4"),
        ("log(1000)", "3"),
        ("log(8, 2)", "3"),
        ("ln(1)", "0"),
        ("-0 * 5", "0"),
        ("170141183460469231731687303715884105727 + 1", &format!("{}", 2f64.powi(127))),
    ] {
        assert_eq!(constant(formula), expected, "{formula}");
    }
}

#[test]
fn what_has_no_result_says_why_and_is_never_an_infinity() {
    for (formula, expected) in [
        ("1 / (x - x)", "x - x is 0, and nothing can be divided by 0"),
        ("0 / 0", "0 is 0, and nothing can be divided by 0"),
        ("sqrt(-x)", "-x is below 0, and has no square root"),
        ("log(0)", "0 is not above 0, and has no logarithm"),
        ("ln(-1)", "-1 is not above 0, and has no logarithm"),
        ("log(5, 1)", "1 is no base of logarithms: a base is above 0, and not 1"),
        ("log(5, 0)", "0 is no base of logarithms: a base is above 0, and not 1"),
        ("1e300 * 1e300", "1e300 * 1e300 comes to more than can be reckoned with"),
        ("0 * (1e300 * 1e300)", "1e300 * 1e300 comes to more than can be reckoned with"),
        ("1 / (1e300 * 1e300)", "1e300 * 1e300 comes to more than can be reckoned with"),
        ("1 < if(x, \"a\", 1)", "if(x, \"a\", 1) is a text here, and a number is needed"),
    ] {
        assert_eq!(constant(formula), expected, "{formula}");
    }
}

#[test]
fn conditions_are_one_and_zero_and_branches_not_taken_do_not_matter() {
    for (formula, expected) in [
        ("if(1 > 2, 1 / 0, 7)", "7"),
        ("if(2 > 1, 7, 1 / 0)", "7"),
        ("if(1 / 0, 1, 2)", "0 is 0, and nothing can be divided by 0"),
        ("1 > 0 or 1 / 0", "1"),
        ("1 < 0 and 1 / 0", "0"),
        ("1 / 0 or 1 > 0", "0 is 0, and nothing can be divided by 0"),
        ("not 5", "0"),
        ("not 1 = 2", "1"),
        ("(1 < 2) + (2 <= 2) + (3 != 3) + (3 >= 4)", "2"),
        ("\"a\" = \"a\"", "1"),
        ("\"a\" = \"A\"", "0"),
        ("\"1\" = 1", "0"),
        ("if(1, \"yes\", \"no\")", "\"yes\""),
    ] {
        assert_eq!(constant(formula), expected, "{formula}");
    }
}

#[test]
fn texts_can_be_compared_and_given() {
    let outcomes = world().outcomes("if(Rank = \"Gold\", Kills, Rank)");
    assert_eq!(outcomes[..4], ["100", "\"Silver\"", "\"gold\"", "Rank was not asked for"]);
    assert_eq!(world().outcomes("Rank")[..3], ["\"Gold\"", "\"Silver\"", "\"gold\""]);
    assert_eq!(world().outcomes("Rank * 2")[0], "Rank is a text here, and a number is needed");
    assert_eq!(world().outcomes("min(Rank, 2)")[0], "Rank is a text here, and a number is needed");
}

#[test]
fn ranks_are_taken_among_the_rows_shown() {
    let scores = [30, 10, 30, 20, 50].map(number).into_iter().chain([Given::NoValue]).collect::<Vec<_>>();
    let world = World::new(&[("Score", scores)])
        .with("rank", "rank(Score)")
        .with("least", "rank(-Score)")
        .with("percentile", "percentile(Score)")
        .with("nested", "if(rank(Score) <= 2, rank(rank(Score) + 1), 0)");
    let derived = world.derived();
    let row = |place: usize| -> Vec<String> {
        (0..6).map(|row| outcome(&derived, &world.table, place, row)).collect()
    };
    assert_eq!(row(0), ["2", "5", "2", "4", "1", "Score has no value"]);
    assert_eq!(row(1)[..5], ["3", "1", "3", "2", "5"]);
    assert_eq!(row(2)[..5], ["60", "10", "60", "30", "90"]);
    assert_eq!(row(3), ["3", "0", "3", "0", "5", "Score has no value"]);
    let shown = world.derived_among(&[0, 1, 99]);
    let of = |row| outcome(&shown, &world.table, 0, row);
    assert_eq!([of(0), of(1)], ["1", "2"]);
    assert_eq!(of(4), "The player is not among those shown, and only those are ranked");
}

#[test]
fn ranks_tell_large_integers_apart() {
    let world = World::new(&[(
        "Score",
        vec![
            digits("9007199254740992"),
            digits("9007199254740993"),
            digits("9007199254740994"),
            digits("9007199254740993"),
        ],
    )]);
    assert_eq!(world.outcomes("rank(Score)"), ["4", "2", "1", "2"]);
}

#[test]
fn formulas_build_on_each_other_in_any_order() {
    let world = World::new(&[("Kills", vec![digits("9007199254740993"), number(3)])])
        .with("c", "b + 1")
        .with("b", "a * 2")
        .with("a", "if(Kills > 5, Kills, \"few\")");
    let derived = world.derived();
    assert_eq!(outcome(&derived, &world.table, 0, 0), "18014398509481987");
    assert_eq!(outcome(&derived, &world.table, 0, 1), "a is a text here, and a number is needed");
    assert_eq!(derived.named("a").and_then(|column| column.text(1)), Some("few"));
    let missing = World::new(&[("Kills", vec![Given::NoValue])]).with("a", "Kills").with("b", "a + 1");
    assert_eq!(outcome(&missing.derived(), &missing.table, 1, 0), "Kills has no value");
}

#[test]
fn a_cycle_is_named_and_harms_no_other_formula() {
    let world = World::new(&[("Kills", vec![number(1)])])
        .with("a", "b + 1")
        .with("b", "Kills + c")
        .with("c", "a")
        .with("self", "1 + self")
        .with("on top", "2 * a")
        .with("fine", "Kills + 1")
        .with("broken", "Kills +")
        .with("on broken", "broken");
    let derived = world.derived();
    let error = |place: usize| derived.error(place).expect("an error").to_string();
    assert_eq!(error(0), "character 1: a formula cannot build on itself: “a” needs “b” needs “c” needs “a”");
    assert_eq!(error(1), "character 9: a formula cannot build on itself: “b” needs “c” needs “a” needs “b”");
    assert_eq!(error(3), "character 5: a formula cannot build on itself: “self” needs “self”");
    assert_eq!(error(4), "character 5: the formula “a” has an error: correct it first");
    assert_eq!(outcome(&derived, &world.table, 5, 0), "2");
    assert!(error(6).starts_with("character 8: expected"));
    assert_eq!(error(7), "character 1: the formula “broken” has an error: correct it first");
    assert!(derived.get(0).is_none() && derived.get(99).is_none() && derived.named("a").is_none());
}

#[test]
fn a_stat_chosen_after_the_fetch_was_not_asked_for() {
    let mut world = World::new(&[("Kills", vec![number(1)])]);
    world.query.titles.push(title("Iron Age", &["Wins"]));
    assert_eq!(world.outcomes("Kills + Wins"), ["Wins was not asked for: fetch again"]);
}

#[test]
fn stats_of_several_titles_meet_in_one_formula() {
    let columns = vec![
        column(key("Meridian", "Deaths"), &[number(6)]),
        column(key("Iron Age", "Deaths"), &[number(4)]),
    ];
    let titles = vec![title("Meridian", &["Deaths"]), title("Iron Age", &["Deaths"])];
    let world = World {
        query: Query { titles, ..Query::default() },
        table: table(1, columns),
        dictionary: StatDictionary::default(),
    };
    assert_eq!(world.outcomes("Meridian::Deaths - [Iron Age]::Deaths"), ["2"]);
}

#[test]
fn an_empty_table_and_no_formulas_are_fine() {
    let world = World::new(&[("Kills", vec![])]).with("a", "rank(Kills) / percentile(Kills)");
    assert_eq!(world.derived().get(0).expect("worked out").numbers(), [0.0; 0]);
    assert!(World::new(&[]).derived().is_empty());
    let twice = World::new(&[("x", vec![number(1)])]).with("a", "x").with("a", "x + 1").with("b", "a");
    assert_eq!(outcome(&twice.derived(), &twice.table, 2, 0), "1", "of two with one name the first counts");
}

#[test]
fn a_view_gets_numbers_and_a_reason_for_each_row_without() {
    let world = world()
        .with("KD", "Kills / Deaths")
        .with("broken", "Kills /")
        .with("title", "if(Kills > 50, \"veteran\", 0)")
        .with("on top", "KD + 1");
    let columns = world.derived().for_view(&world.table);
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["KD", "title", "on top"]);
    assert_eq!(columns[0].numbers[0], 2.0);
    assert_eq!(columns[0].reason(1), "Deaths is 0, and nothing can be divided by 0");
    assert_eq!(columns[0].reason(3), "Kills has no value");
    assert_eq!(columns[0].reason(4), "Kills could not be read: Not allowed");
    assert_eq!(columns[0].reason(5), "Kills is still to come");
    assert_eq!(columns[1].reason(0), "The formula gives the text “veteran” here, and no number");
    assert_eq!(columns[1].numbers[1], 0.0);
    assert_eq!(columns[2].reason(1), "Deaths is 0, and nothing can be divided by 0");
}

#[test]
fn work_that_is_not_wanted_any_more_stops() {
    let world = world().with("KD", "Kills / Deaths");
    let stop = Stop::default();
    stop.stop();
    let stopped = DerivedColumns::new(&world.query.view.derived, &world.names(), &world.table, &[], &stop);
    assert_eq!(stopped.err(), Some(Stopped));
}
