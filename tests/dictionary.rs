//! Stat dictionary files: read, broken, changed in place.

#[path = "support/lines.rs"]
mod lines;

use lines::{difference, strings};
use proptest::prelude::*;
use statlens::{
    formats::dictionary::{FileError, load, parse, save, write},
    model::{
        Better, ColumnKey, DateForm, Number, PercentageOf, Scid, StatDictionary, StatEntry, StatName,
        TimeUnit, ValueFormat,
    },
};

const FILE: &str = r#"# Ours. Ask Ada before you change it.
format = 1
owner = "ada"

# the shooter
[titles."7492BACA-c1b4-440d-a391-b7ef364a8d40"]
name = "Iron Meridian" # working title
genre = "shooter"

[titles."7492BACA-c1b4-440d-a391-b7ef364a8d40".stats.Kills]
name = "Kills"
max = 10_000 # a season's cap
format = "integer"
better = "higher"
seen_in = ["ranked"]

# lap times are in seconds
[titles."7492BACA-c1b4-440d-a391-b7ef364a8d40".stats."BestLap.Track.04"]
format = "Duration"
better = 'lower'
min = 60.5

[titles.123456789.stats]
Wins = { name = "Wins", only_grows = true } # in one line
Losses.name = "Losses"
Losses.order = 3

[other]
keep = true
"#;

fn key(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

const SHOOTER: &str = "7492BACA-c1b4-440d-a391-b7ef364a8d40";

fn dictionary(text: &str) -> StatDictionary {
    parse(text).expect("a dictionary").dictionary
}

#[test]
fn all_of_a_file_is_read() {
    let file = parse(FILE).expect("a dictionary");
    assert_eq!(file.warnings, [""; 0]);
    let dictionary = file.dictionary;
    let title = dictionary.title(&Scid::from_wire(SHOOTER)).expect("a title");
    assert_eq!(title.name.as_deref(), Some("Iron Meridian"));
    let expected = StatEntry {
        name: Some("Kills".into()),
        max: Some(Number::Int(10_000)),
        format: Some(ValueFormat::Integer),
        better: Some(Better::Higher),
        ..StatEntry::default()
    };
    assert_eq!(dictionary.stat(&key(SHOOTER, "Kills")), Some(&expected));
    let lap = dictionary.traits(&key(SHOOTER, "BestLap.Track.04"), None);
    assert_eq!(lap.format, Some(ValueFormat::Duration(TimeUnit::Seconds)));
    assert_eq!((lap.better, lap.min), (Better::Lower, Some(Number::Real(60.5))));
    assert!(dictionary.traits(&key("123456789", "Wins"), None).only_grows);
    assert_eq!(dictionary.traits(&key("123456789", "Losses"), None).order, Some(3));
    assert_eq!(dictionary.stat(&key(&SHOOTER.to_lowercase(), "Kills")), None, "the case of a SCID counts");
}

#[test]
fn an_unchanged_dictionary_gives_the_same_bytes() {
    assert_eq!(write(&dictionary(FILE), Some(FILE)), FILE);
    let windows = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    assert_eq!(write(&dictionary(&windows), Some(&windows)), windows);
    assert_eq!(write(&StatDictionary::default(), Some("")), "");
    let mut hollow = dictionary(FILE);
    hollow.stat_mut(&key(SHOOTER, "Unsaid"));
    assert_eq!(write(&hollow, Some(FILE)), FILE, "nothing said, nothing written");
}

fn changed(change: impl FnOnce(&mut StatDictionary)) -> (Vec<String>, Vec<String>) {
    let mut dictionary = dictionary(FILE);
    change(&mut dictionary);
    let text = write(&dictionary, Some(FILE));
    assert_eq!(parse(&text).expect("still a dictionary").dictionary, dictionary, "{text}");
    let (mut gone, mut added) = difference(FILE, &text);
    for lines in [&mut gone, &mut added] {
        lines.retain(|line| !line.is_empty());
    }
    (gone, added)
}

#[test]
fn only_what_changed_is_changed() {
    let entry = |dictionary: &mut StatDictionary, scid: &str, stat: &str, change: fn(&mut StatEntry)| {
        change(dictionary.stat_mut(&key(scid, stat)));
    };
    let cap = changed(|all| entry(all, SHOOTER, "Kills", |kills| kills.max = Some(Number::Int(20_000))));
    assert_eq!(cap.0, ["max = 10_000 # a season's cap"]);
    assert_eq!(cap.1, ["max = 20000 # a season's cap"]);
    let unit = changed(|all| entry(all, SHOOTER, "Kills", |kills| kills.unit = Some("foes".into())));
    assert_eq!(unit, (vec![], strings(&["unit = \"foes\""])));
    let gone = changed(|all| entry(all, SHOOTER, "BestLap.Track.04", |lap| lap.min = None));
    assert_eq!(gone, (strings(&["min = 60.5"]), vec![]));
    let spelling = changed(|all| {
        entry(all, SHOOTER, "BestLap.Track.04", |lap| {
            lap.format = Some(ValueFormat::Duration(TimeUnit::Seconds));
        });
    });
    assert_eq!(spelling, (vec![], vec![]), "another spelling of the same stays");
    let inline = changed(|all| entry(all, "123456789", "Wins", |wins| wins.order = Some(1)));
    assert_eq!(inline.1, ["Wins = { name = \"Wins\", only_grows = true, order = 1 } # in one line"]);
    let dotted = changed(|all| entry(all, "123456789", "Losses", |losses| losses.unit = Some("x".into())));
    assert_eq!(dotted, (vec![], strings(&["Losses.unit = \"x\""])));
    let stat = changed(|all| entry(all, SHOOTER, "Deaths", |deaths| deaths.better = Some(Better::Lower)));
    let header = format!("[titles.\"{SHOOTER}\".stats.Deaths]");
    assert_eq!(stat, (vec![], strings(&[&header, "better = \"lower\""])));
    let title = changed(|all| {
        all.titles.entry(Scid::from_wire("new")).or_default().name = Some("New".into());
    });
    assert_eq!(title, (vec![], strings(&["[titles.new]", "name = \"New\""])));
    let named = changed(|all| {
        all.titles.entry(Scid::from_wire("123456789")).or_default().name = Some("Old".into());
    });
    assert_eq!(named, (vec![], strings(&["[titles.123456789]", "name = \"Old\""])));
}

#[test]
fn what_is_taken_out_leaves_the_keys_that_are_not_ours() {
    let (gone, new) = changed(|all| all.forget_stat(&key(SHOOTER, "Kills")));
    assert_eq!(gone.len(), 4);
    assert!(!gone.iter().any(|line| line.contains("seen_in") || line.contains("stats.Kills")), "{gone:?}");
    assert_eq!(new, [""; 0]);
    let (gone, _) = changed(|all| all.forget_stat(&key(SHOOTER, "BestLap.Track.04")));
    assert!(gone.iter().any(|line| line.contains("BestLap")), "an empty table goes: {gone:?}");
    let (gone, _) = changed(|all| all.titles.clear());
    for kept in ["genre", "seen_in", "owner", "keep"] {
        assert!(!gone.iter().any(|line| line.contains(kept)), "{kept} is gone: {gone:?}");
    }
}

#[test]
fn windows_line_ends_stay() {
    let windows = FILE.replace('\n', "\r\n");
    let mut dictionary = dictionary(&windows);
    dictionary.stat_mut(&key("s", "New")).name = Some("New".into());
    let text = write(&dictionary, Some(&windows));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(parse(&text).expect("a dictionary").dictionary, dictionary);
}

#[test]
fn a_new_file_is_plain_and_in_order() {
    let mut dictionary = StatDictionary::default();
    let title = dictionary.titles.entry(Scid::from_wire("s-1")).or_default();
    title.name = Some("Iron \"Meridian\"".into());
    *dictionary.stat_mut(&key("s-1", "Score.Best")) = StatEntry {
        name: Some("Best".into()),
        description: Some("Highest score".into()),
        unit: Some("points".into()),
        format: Some(ValueFormat::Percentage { of: PercentageOf::One, decimals: 0 }),
        better: Some(Better::Higher),
        min: Some(Number::Int(-1)),
        max: Some(Number::Int(u64::MAX.into())),
        only_grows: Some(true),
        largest_change: Some(Number::Real(2.0)),
        ignore_in_checks: Some(false),
        order: Some(2),
    };
    let expected = r#"# A Statlens stat dictionary: what stats are called, how they are written, which values are possible.

format = 1

[titles.s-1]
name = 'Iron "Meridian"'

[titles.s-1.stats."Score.Best"]
name = "Best"
description = "Highest score"
unit = "points"
format = "share(0)"
better = "higher"
min = -1
max = "18446744073709551615"
only_grows = true
largest_change = 2.0
ignore_in_checks = false
order = 2
"#;
    assert_eq!(write(&dictionary, None), expected);
    assert_eq!(
        write(&dictionary, Some("no = [dictionary")),
        expected,
        "what cannot be read is not built upon"
    );
    assert_eq!(parse(expected).expect("a dictionary").dictionary, dictionary);
}

#[test]
fn a_broken_file_says_where_and_what_to_write_instead() {
    let stat = "[titles.s.stats.Kills]\n";
    for (text, expected) in [
        (
            format!("{stat}format = \"money\""),
            "line 2: \"format\" is “money”, which means nothing: a format is one of integer, decimals(2)",
        ),
        (format!("{stat}format = 2"), "line 2: \"format\" must be text in quotes, and is a number"),
        (
            format!("{stat}better = \"up\""),
            "line 2: \"better\" is “up”, which means nothing: write \"higher\"",
        ),
        (format!("{stat}\nmin = \"few\""), "line 3: \"min\" must be a number, such as 0 or 2.5, and is text"),
        (format!("{stat}max = nan"), "line 2: \"max\" must be a number"),
        (format!("{stat}only_grows = 1"), "line 2: \"only_grows\" must be true or false, and is a number"),
        (format!("{stat}order = 1.5"), "line 2: \"order\" must be a whole number"),
        ("[titles.s]\nname = 5".into(), "line 2: \"name\" must be text in quotes"),
        (
            "[titles.s]\nstats = 5".into(),
            "line 2: \"stats\" must be tables: write [titles.\"…\".stats.\"…\"]",
        ),
        ("[titles.s.stats]\nKills = 5".into(), "line 2: \"Kills\" must be a table"),
        ("titles = 5".into(), "line 1: \"titles\" must be tables: write [titles.\"…\"]"),
        ("[titles]\ns = 'x'".into(), "line 2: \"s\" must be a table"),
        (format!("{stat}name = 'a'\n\n{stat}"), "line 4: not valid TOML: Kills stands here a second time"),
        (format!("{stat}name = 'a'\nname = 'b'"), "line 3: not valid TOML: name stands here a second time"),
        (format!("{stat}name = 'a"), "line 2: not valid TOML: "),
    ] {
        let error = parse(&text).expect_err("a broken file");
        assert!(error.to_string().starts_with(expected), "{text}\n{error}");
    }
    let place = parse("[titles.s]\nname = 5").expect_err("a number is no name");
    assert_eq!((place.line, place.column), (2, 8));
    assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err(), "deep nesting is refused");
}

#[test]
fn what_looks_like_a_mistake_is_said() {
    let warnings = |text: &str| parse(text).expect("a dictionary").warnings;
    assert_eq!(
        warnings("[titles.s.stats.Kills]\nnames = 'x'"),
        ["Line 2: “names” has no meaning here. Was “name” meant?"]
    );
    let dotted = warnings("[titles.s.stats.Weapon.17]\nname = 'Sword'");
    assert!(dotted[0].contains("stands in quotes: stats.\"Weapon.17\""), "{dotted:?}");
    let twins = warnings("[titles.abc]\nname = 'a'\n[titles.ABC]\nname = 'b'");
    assert!(twins[0].starts_with("Line 3: the SCID “ABC” differs from “abc” only by case"), "{twins:?}");
    assert!(warnings("format = 2")[0].contains("A newer Statlens"));
    assert!(warnings("[titles.'7 4']\nname = 'x'")[0].contains("the SCID “7 4” is kept"));
}

#[test]
fn a_file_is_saved_and_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stats.toml");
    save(&path, FILE).expect("saved");
    assert_eq!(load(&path).expect("opened").text, FILE);
    std::fs::write(&path, "\n[titles.s]\nname = 5").expect("written");
    let words = load(&path).expect_err("broken").to_string();
    assert!(words.contains("stats.toml, line 3: \"name\" must be text"), "{words}");
    assert!(matches!(load(&folder.path().join("gone.toml")), Err(FileError::Read { .. })));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z ]{0,8}", "\\PC{0,8}", "[\"'\\\\#\n\t,\\[\\]{}=.]{0,6}"]
}

fn any_number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(|int| Number::Int(int.into())),
        any::<i128>().prop_map(Number::Int),
        (-1e6f64..1e6).prop_map(Number::Real),
        prop_oneof![Just(1e300), Just(-0.0), Just(5.0)].prop_map(Number::Real),
    ]
}

fn any_format() -> impl Strategy<Value = ValueFormat> {
    let of = prop_oneof![Just(PercentageOf::One), Just(PercentageOf::Hundred)];
    prop_oneof![
        Just(ValueFormat::Integer),
        (0u8..16).prop_map(ValueFormat::Decimals),
        (of, 0u8..16).prop_map(|(of, decimals)| ValueFormat::Percentage { of, decimals }),
        Just(ValueFormat::Duration(TimeUnit::Milliseconds)),
        Just(ValueFormat::Duration(TimeUnit::Days)),
        Just(ValueFormat::Date(DateForm::Seconds)),
        Just(ValueFormat::Text),
    ]
}

fn any_entry() -> impl Strategy<Value = StatEntry> {
    use prop::option::of;
    let better = prop_oneof![Just(Better::Higher), Just(Better::Lower), Just(Better::Neither)];
    (
        (of(any_text()), of(any_text()), of(any_text()), of(any_format()), of(better)),
        (of(any_number()), of(any_number()), of(any::<bool>()), of(any_number()), of(any::<bool>())),
        of(any::<i64>()),
    )
        .prop_map(
            |(
                (name, description, unit, format, better),
                (min, max, only_grows, largest_change, ignore),
                order,
            )| {
                StatEntry {
                    name,
                    description,
                    unit,
                    format,
                    better,
                    min,
                    max,
                    only_grows,
                    largest_change,
                    ignore_in_checks: ignore,
                    order,
                }
            },
        )
}

fn any_dictionary() -> impl Strategy<Value = StatDictionary> {
    let scid =
        prop_oneof!["[a-c]", "[A-C\"'. ]{1,3}", Just(SHOOTER.to_owned()), Just("123456789".to_owned())];
    let stat = prop_oneof!["[A-C]", "[A-C.\"' ]{1,4}", Just("Kills".to_owned()), Just("Losses".to_owned())];
    let stats =
        prop::collection::btree_map(stat.prop_map(|stat| StatName::from_wire(&stat)), any_entry(), 0..3);
    let title = (prop::option::of(any_text()), stats);
    prop::collection::btree_map(scid.prop_map(|scid| Scid::from_wire(&scid)), title, 0..4).prop_map(
        |titles| {
            let mut dictionary = StatDictionary::default();
            for (scid, (name, stats)) in titles {
                let stats: std::collections::BTreeMap<_, _> =
                    stats.into_iter().filter(|(_, entry)| *entry != StatEntry::default()).collect();
                if name.is_some() || !stats.is_empty() {
                    let title = dictionary.titles.entry(scid).or_default();
                    (title.name, title.stats) = (name, stats);
                }
            }
            dictionary
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_dictionary_comes_back(before in any_dictionary(), after in any_dictionary()) {
        let first = write(&before, None);
        prop_assert_eq!(&parse(&first).expect("what was written is read").dictionary, &before);
        prop_assert_eq!(&write(&before, Some(&first)), &first);
        let second = write(&after, Some(&first));
        prop_assert_eq!(&parse(&second).expect("what was changed is read").dictionary, &after, "{}", second);
        let over = write(&after, Some(FILE));
        prop_assert_eq!(&parse(&over).expect("what was changed is read").dictionary, &after, "{}", over);
        for kept in ["# Ours.", "owner = \"ada\"", "genre = \"shooter\"", "seen_in = [\"ranked\"]", "keep = true"] {
            prop_assert!(over.contains(kept), "{} is gone from\n{}", kept, over);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(titles|stats|name|format|min|\\[|\\]| = |\\{|\\}|\"|a|,|\n|\\.|5|'|é){0,30}") {
        match parse(&text) {
            Ok(file) => prop_assert_eq!(write(&file.dictionary, Some(&text)), text),
            Err(error) => prop_assert!(error.line >= 1 && error.line <= text.matches('\n').count() + 1),
        }
    }
}
