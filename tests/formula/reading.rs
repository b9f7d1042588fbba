//! What is read, how it is written again, and what is said of what cannot be read.

use proptest::prelude::*;
use statlens::{
    analysis::formula::{Formula, check, functions},
    model::{DerivedColumn, StatEntry},
};

use crate::world::{World, key, title};

fn world() -> World {
    let mut world =
        World::new(&[("Kills", vec![]), ("Deaths", vec![]), ("EnemiesDefeated.WeaponID.17", vec![])]);
    world.query.titles.push(title("Iron Age", &["Deaths", "Wins"]));
    let said = StatEntry { name: Some("Time played".into()), ..StatEntry::default() };
    *world.dictionary.stat_mut(&key("Meridian", "Kills")) = said;
    world
}

fn written(text: &str) -> String {
    text.parse::<Formula>().unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

#[test]
fn a_formula_is_written_in_plain_spacing_with_the_parentheses_it_needs() {
    for (text, expected) in [
        ("60*Kills/MinutesPlayed", "60 * Kills / MinutesPlayed"),
        ("((Kills)) - (Deaths - 1)", "Kills - (Deaths - 1)"),
        ("(Kills - Deaths) - 1", "Kills - Deaths - 1"),
        ("a × b ÷ c − 1", "a * b / c - 1"),
        ("-(a + b) * - c", "-(a + b) * -c"),
        ("+a", "a"),
        ("if(Kills>100,1,0)", "if(Kills > 100, 1, 0)"),
        (
            "IF(a ≥ b AND NOT c <> 3, 'it''s', \"say \"\"x\"\"\")",
            "if(a >= b and not c != 3, \"it's\", \"say \"\"x\"\"\")",
        ),
        ("(a or b) and c or d", "(a or b) and c or d"),
        ("(a < b) = (c < d)", "(a < b) = (c < d)"),
        ("not (a and b)", "not (a and b)"),
        (
            "[EnemiesDefeated.WeaponID.17] + Enemies.Weapon.1",
            "[EnemiesDefeated.WeaponID.17] + [Enemies.Weapon.1]",
        ),
        ("[ Iron Age ]::Wins", "[Iron Age]::Wins"),
        ("[a]]b]", "[a]]b]"),
        ("[and] + [Kills]", "[and] + Kills"),
        ("1_000 + .5 + 1e3 + 2.50 + 1e20", "1000 + 0.5 + 1000 + 2.5 + 1e20"),
        ("Überlänge + 星", "Überlänge + 星"),
    ] {
        assert_eq!(written(text), expected);
        assert_eq!(written(expected), expected);
    }
}

#[test]
fn an_error_points_at_the_character_and_says_what_to_write() {
    for (text, expected) in [
        ("", "character 1: the formula is empty"),
        ("  ", "character 1: the formula is empty"),
        ("Kills /", "character 8: expected a stat, a number or a function here, and the formula ends"),
        ("Kills / / 2", "character 9: expected a stat, a number or a function here, found /"),
        ("Kills Deaths", "character 7: expected an operator such as + or / before Deaths"),
        ("(Kills + 1", "character 1: this parenthesis is never closed"),
        ("Kills + 1)", "character 10: this parenthesis was never opened"),
        ("min(Kills, 2", "character 4: this parenthesis is never closed"),
        ("Kills, 2", "character 6: a comma stands only between"),
        ("[Kills", "character 1: a name begins here with [ and does not end: write ]"),
        ("Kills + [Deaths", "character 9: a name begins here"),
        ("\"Gold", "character 1: a text begins here"),
        ("[ ]", "character 1: these brackets are empty"),
        ("Kills & Deaths", "character 7: write and, not &"),
        ("ü + ?", "character 5: “?” means nothing in a formula"),
        ("1 < Kills < 3", "character 11: comparisons do not chain: write a < b and b < c"),
        ("\"Gold\" + 1", "character 1: expected a number beside +, found a text"),
        ("1 + +\"Gold\"", "character 6: expected a number beside +, found a text"),
        ("1 + (\"(Gold)\")", "character 5: expected a number beside +, found a text"),
        ("-\"Gold\"", "character 2: expected a number"),
        ("abs(\"x\")", "character 5: expected a number"),
        ("abs(1, 2)", "character 1: abs is called so: abs(x)"),
        ("if(Kills, 1)", "character 1: if is called so: if(condition, then, else)"),
        ("min()", "character 1: min is called so"),
        ("round(Kills, Deaths)", "character 14: the decimals of round are a number from 0 to 15"),
        ("medain(Kills)", "character 1: there is no function medain. Was median meant?"),
        ("frobnicate(Kills)", "character 1: there is no function frobnicate. There are if, rank,"),
        ("7Kills", "character 1: a name that begins with a digit is written in brackets: [7Kills]"),
        ("1e999", "character 1: this number is larger"),
        ("Meridian::", "character 11: expected the name of a stat behind ::"),
        ("Meridian::5", "character 11: expected the name of a stat behind ::"),
        ("Kills + Meridian:Kills", "character 17: between a title and its stat stand two colons"),
        ("Kils / Kills", "character 1: there is no stat “Kils”. Was “Kills” meant?"),
        ("1 + Assists", "character 5: there is no stat “Assists” among the chosen ones. Tick it"),
        (
            "2 * Deaths",
            "character 5: “Deaths” is a stat of Meridian or Iron Age. Write which: Meridian::Deaths or [Iron Age]::Deaths",
        ),
        ("Iron::Wins", "character 1: there is no title “Iron” in the query. There are Meridian or Iron Age"),
        ("[iron aeg]::Wins", "character 1: there is no title “iron aeg” in the query. Was “Iron Age” meant?"),
        ("[Iron Age]::Kills", "character 1: there is no stat “Kills” of Iron Age among the chosen ones"),
        ("Meridian::kils", "character 1: there is no stat “kils” of Meridian. Was “Kills” meant?"),
    ] {
        let error = world().error(text);
        assert!(error.starts_with(expected), "{text}\n{error}\n{expected}");
    }
}

#[test]
fn a_guess_can_take_the_place_of_the_slip() {
    for (text, expected) in [
        ("1 + Kils", "1 + Kills"),
        ("2 * medain(Kills)", "2 * median(Kills)"),
        ("Kills & 1", "Kills and 1"),
        ("Tiem played", ""),
        ("[Tiem played] * 2", "Kills * 2"),
        ("Win", "Wins"),
        ("EnemiesDefeated.WeaponID.18", "[EnemiesDefeated.WeaponID.17]"),
    ] {
        let error = check(text, &world().names()).expect_err(text);
        let Some(replacement) = error.replacement else {
            assert_eq!(expected, "", "{text}: {}", error.message);
            continue;
        };
        let mut mended = text.to_owned();
        mended.replace_range(error.span, &replacement);
        assert_eq!(mended, expected);
        assert_eq!(check(&mended, &world().names()), Ok(()));
    }
}

#[test]
fn a_stat_is_found_by_every_name_that_it_has() {
    let mut world = world();
    world.query.view.derived.push(DerivedColumn { name: "KD".into(), formula: String::new() });
    for text in [
        "Kills",
        "kills",
        "[Time played]",
        "[time played]",
        "Meridian::Kills",
        "meridian::kills",
        "[scid-of-Meridian]::Kills",
        "[scid-of-Iron Age]::Deaths",
        "[Iron Age]::Deaths",
        "EnemiesDefeated.WeaponID.17",
        "[EnemiesDefeated.WeaponID.17]",
        "KD",
        "kd",
    ] {
        assert_eq!(check(text, &world.names()), Ok(()), "{text}");
    }
    assert!(check("[SCID-OF-MERIDIAN]::Kills", &world.names()).is_err(), "the case of a SCID counts");
}

#[test]
fn two_titles_of_one_name_are_told_apart_by_their_scids() {
    let mut world = world();
    let mut twin = title("Meridian", &["Kills"]);
    twin.scid = key("twin", "").scid;
    world.query.titles.push(twin);
    assert!(world.error("Kills").contains("[scid-of-Meridian]::Kills or [scid-of-twin]::Kills"));
    assert!(world.error("Meridian::Kills").contains("several titles are called “Meridian”"));
    assert_eq!(check("[scid-of-twin]::Kills", &world.names()), Ok(()));
}

#[test]
fn what_is_nested_too_deep_or_too_long_is_an_error() {
    for text in [100_000, 2_000].into_iter().flat_map(too_much) {
        assert!(text.parse::<Formula>().is_err());
    }
    let long = format!("1{}", "+1".repeat(400));
    assert_eq!(written(&long), long.replace('+', " + "));
}

fn too_much(deep: usize) -> [String; 13] {
    [
        "(".repeat(deep),
        format!("{}1{}", "(".repeat(deep), ")".repeat(deep)),
        "-".repeat(deep),
        "not ".repeat(deep),
        "+".repeat(deep),
        "abs(".repeat(deep),
        "min(1,".repeat(deep),
        "1+(".repeat(deep),
        "1 or not ".repeat(deep),
        "[".repeat(deep),
        "1+".repeat(deep),
        format!("1{}", "+1".repeat(deep)),
        format!("min(1{})", ",1".repeat(deep)),
    ]
}

#[test]
fn every_function_says_how_it_is_called() {
    assert_eq!(functions().count(), 13);
    assert!(functions().all(|(usage, meaning)| usage.contains('(') && !meaning.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![
        "\\PC{0,40}",
        "(Kills|Kils|Meridian|::|:|\\(|\\)|\\[|\\]|\\+|-|\\*|/|<|=|>|and|or|not|if|rank|,|\"|'|1|\\.|e| |é|“){0,25}",
    ], cursor in 0usize..60) {
        let world = world();
        if let Err(error) = check(&text, &world.names()) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?} in {:?}", error, text);
            prop_assert_eq!(error.column, text[..error.span.start].chars().count() + 1);
        }
        if let Ok(formula) = text.parse::<Formula>() {
            let again: Formula = formula.to_string().parse().expect("what was written is read");
            prop_assert_eq!(&again, &formula);
            prop_assert_eq!(again.to_string(), formula.to_string());
        }
        for completion in statlens::analysis::formula::complete(&text, cursor, &world.names()) {
            prop_assert!(text.get(completion.replaces).is_some());
        }
    }
}
