//! The reader of `userstats` answers on every form that `XBOX-API.md`, section 1, lists, and on
//! what a careless or hostile service could send instead.

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use statlens::{
    model::{WireForm, Xuid},
    xbox::userstats::{MAX_UNREAD, ReadError, ReadReport, read_answer},
};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    xuid: u64,
    scid: Option<String>,
    name: String,
    /// Text, form and type.
    value: Option<(String, WireForm, String)>,
    display_name: Option<String>,
}

fn read(body: impl AsRef<[u8]>) -> (Vec<Entry>, Result<ReadReport, ReadError>) {
    let mut entries = Vec::new();
    let report = read_answer(body.as_ref(), &mut |entry| {
        entries.push(Entry {
            xuid: entry.xuid.0,
            scid: entry.scid.map(str::to_owned),
            name: entry.name.to_owned(),
            value: entry.value.map(|value| (value.text.to_owned(), value.form, value.stat_type.to_owned())),
            display_name: entry.display_name.map(str::to_owned),
        });
    });
    (entries, report)
}

/// Entries of an answer that must be read to its end, as `xuid/scid/name=text`.
fn lines(body: impl AsRef<[u8]>) -> Vec<String> {
    let (entries, report) = read(body);
    let report = report.expect("it is an answer");
    assert_eq!(report.entries, entries.len());
    entries
        .iter()
        .map(|entry| {
            let value = entry.value.as_ref().map_or("-", |(text, ..)| text);
            format!("{}/{}/{}={value}", entry.xuid, entry.scid.as_deref().unwrap_or("-"), entry.name)
        })
        .collect()
}

fn unread(body: impl AsRef<[u8]>) -> Vec<String> {
    let report = read(body).1.expect("it is an answer");
    report.unread.iter().map(|unread| format!("{}: {}", unread.path, unread.why)).collect()
}

/// The entries of one stat with this JSON as `value`.
fn value(json: &str) -> (String, WireForm) {
    let body = format!(
        r#"{{"users":[{{"xuid":"1","scids":[{{"scid":"s","stats":[{{"statname":"k","value":{json}}}]}}]}}]}}"#
    );
    let (entries, report) = read(body);
    assert_eq!(report.map(|report| report.unread), Ok(vec![]), "{json}");
    let (text, form, _) = entries[0].value.clone().expect("it has a value");
    (text, form)
}

#[test]
fn dialect_a_in_full() {
    let body = r#"{"users":[{"gamertag":"WarriorSaint","xuid":"2533274792693551","scids":[
        {"scid":"7492BACA-c1b4","stats":[
            {"statname":"Kills","type":"Integer","value":4531},
            {"statname":"Ratio","type":"Double","value":"1.50","extra":{"x":[1]}},
            {"statname":"Mode","type":"String","value":null},
            {"statname":"Rank","type":"Integer"}]},
        {"scid":"none","stats":[]}]}]}"#;
    let (entries, report) = read(body);
    assert_eq!(entries[0].value, Some(("4531".into(), WireForm::Number, "Integer".into())));
    assert_eq!(entries[1].value, Some(("1.50".into(), WireForm::String, "Double".into())));
    assert_eq!((&entries[2].value, &entries[3].value), (&None, &None));
    assert_eq!(entries[0].scid.as_deref(), Some("7492BACA-c1b4"), "the case stays");
    let report = report.unwrap();
    assert_eq!((report.users, report.entries, report.unread), (vec![Xuid(2_533_274_792_693_551)], 4, vec![]));
}

#[test]
fn the_documented_sample_is_read_though_it_is_no_json() {
    assert_eq!(
        lines(include_str!("fixtures/userstats/documented.txt")),
        [
            "123456789/c402ff50-3e76-11e2-a25f-0800200c1212/Kills=7",
            "123456789/c402ff50-3e76-11e2-a25f-0800200c1212/Headshots=4",
            "1234567890123234/123456789/Kills=63",
        ]
    );
}

#[test]
fn dialect_b_with_groups_and_lists() {
    let (entries, report) = read(include_str!("fixtures/userstats/dialect_b.json"));
    let report = report.unwrap();
    assert_eq!(report.unread, []);
    assert_eq!(report.users, [Xuid(2_584_878_536_129_841), Xuid(2_584_878_536_129_842)]);
    let names: Vec<_> = entries
        .iter()
        .map(|entry| (entry.name.as_str(), entry.display_name.as_deref(), entry.value.is_some()))
        .collect();
    assert_eq!(
        names,
        [
            ("EnemiesDefeated", Some("Enemies defeated"), true),
            ("BestLap", Some("Best lap"), false),
            ("MinutesPlayed", None, true),
        ]
    );
    assert_eq!(entries[2].xuid, 2_584_878_536_129_841, "the collection says whose it is");
}

#[test]
fn one_users_answers_in_both_forms_and_other_wrappings() {
    let stats = r#""stats":[{"statname":"Kills","type":"Integer","value":1}]"#;
    for (body, line) in [
        (format!(r#"{{"user":{{"xuid":"7","gamertag":"x",{stats}}}}}"#), "7/-/Kills=1"),
        (format!(r#"{{"xuid":"7","scids":[{{"scid":"s",{stats}}}]}}"#), "7/s/Kills=1"),
        (format!(r#"{{"scids":[{{{stats},"scid":"s"}}],"xuid":7}}"#), "7/s/Kills=1"),
        (format!(r#"{{"users":[{{{stats},"xuid":"7"}}]}}"#), "7/-/Kills=1"),
        (format!(r#"[{{"xuid":"7",{stats}}}]"#), "7/-/Kills=1"),
        (format!(r#"{{"Users":[{{"XUID":"7","Scids":[{{"ScId":"S",{stats}}}]}}]}}"#), "7/S/Kills=1"),
        (r#"{"xuid":"7","stats":[{"name":"Kills","scid":"own","value":1}]}"#.into(), "7/own/Kills=1"),
        (r#"{"stats":[{"name":"Kills","xuid":7,"value":1}]}"#.into(), "7/-/Kills=1"),
        (
            r#"{"statlistscollection":[{"stats":[{"xuid":"7","name":"Kills","value":1}]}]}"#.into(),
            "7/-/Kills=1",
        ),
    ] {
        assert_eq!(lines(&body), [line], "{body}");
        assert_eq!(unread(&body), [""; 0], "{body}");
    }
}

#[test]
fn nothing_in_an_answer_is_no_error() {
    for body in
        ["{}", "[]", r#"{"users":[]}"#, r#"{"users":null}"#, r#"{"groups":[],"statlistscollection":[]}"#]
    {
        assert_eq!(read(body), (vec![], Ok(ReadReport::default())), "{body}");
    }
}

#[test]
fn the_text_of_a_value_survives() {
    for number in
        ["0", "-0", "1E5", "1.50", "12345678901234567890", "18446744073709551616", "1e400", "-1.5e-7"]
    {
        assert_eq!(value(number), (number.to_owned(), WireForm::Number));
        assert_eq!(value(&format!("\"{number}\"")), (number.to_owned(), WireForm::String));
    }
    assert_eq!(value("true"), ("true".into(), WireForm::Bool));
    assert_eq!(value(r#""a\"\\\/\n\u00e9\ud83d\ude00 星""#), ("a\"\\/\né😀 星".into(), WireForm::String));
    assert_eq!(value("\"\""), (String::new(), WireForm::String));
    assert_eq!(value(r#"{ "a" : [1, "]"] }"#), (r#"{ "a" : [1, "]"] }"#.into(), WireForm::Other));
    assert_eq!(value("[1, {}]"), ("[1, {}]".into(), WireForm::Other));
}

#[test]
fn one_broken_entry_loses_only_itself() {
    let body = include_str!("fixtures/userstats/one_broken.json");
    assert_eq!(lines(body), ["1/s/Kills=10", "3/t/Kills=30", "3/t/Wins=31", "6/s/Kills=60"]);
    assert_eq!(
        unread(body),
        [
            "users[1].scids: expected a list, found 7",
            "users[2].scids[0].scid: expected a text, found an object",
            "users[2].scids[1].stats: expected a list, found \"none\"",
            "users[2].scids[2].stats[1]: expected an object, found 5",
            "users[2].scids[2].stats[2].statname: no name",
            "users[2].scids[2].stats[3].value: the text holds half of a surrogate pair",
            "users[2].scids[2].stats[4].value: expected a value, found NaN",
            "users[3]: expected an object, found \"not a user\"",
            "users[4].xuid: expected a XUID, found \"twelve\"",
            "users[5]: no `xuid`",
        ]
    );
    let report = read(body).1.unwrap();
    assert_eq!(report.users, [1, 2, 3, 4, 5, 6].map(Xuid));
    let known = |index: usize| {
        let unread = &report.unread[index];
        (unread.xuid, unread.scid.as_deref(), unread.stat.as_deref())
    };
    assert_eq!(known(0), (Some(Xuid(2)), None, None));
    assert_eq!(known(2), (Some(Xuid(3)), Some("s"), None));
    assert_eq!(known(5), (Some(Xuid(3)), Some("t"), Some("Bad")));
    assert_eq!(known(8), (None, None, None));
}

#[test]
fn a_broken_entry_of_dialect_b_loses_only_itself() {
    let body = r#"{"statlistscollection":[{"arrangebyfield":"xuid","arrangebyfieldid":"1","stats":[
        {"xuid":"1","scid":"s","name":"a","value":"1"},{"xuid":"x","scid":"s","name":"b","value":"2"},
        {"xuid":"1","scid":[],"name":"c"},{"scid":"s","name":"d","value":"4"}]}]}"#;
    assert_eq!(lines(body), ["1/s/a=1", "1/s/d=4"]);
    assert_eq!(
        unread(body),
        [
            "statlistscollection[0].stats[1].xuid: expected a XUID, found \"x\"",
            "statlistscollection[0].stats[2].scid: expected a text, found a list",
        ]
    );
    let report = read(body).1.unwrap();
    assert_eq!(report.unread[0].xuid, None, "it may be anybody's");
    assert_eq!(report.unread[1].scid, None);
}

#[test]
fn of_repeated_keys_the_first_counts_and_lists_add_up() {
    let body = r#"{"users":[{"xuid":"1","xuid":"2","scids":[{"scid":"s","scid":"t",
        "stats":[{"statname":"a","value":1,"value":2,"statname":"b"}],"stats":[{"statname":"c","value":3}]}]}]}"#;
    assert_eq!(lines(body), ["1/s/a=1", "1/s/c=3"]);
}

#[test]
fn xuids_come_in_odd_forms() {
    for (json, xuid) in [
        ("\"18446744073709551615\"", u64::MAX),
        ("18446744073709551615", u64::MAX),
        ("2.533274792693551E15", 2_533_274_792_693_551),
        ("7.0", 7),
        ("\" 7 \"", 7),
    ] {
        let report = read(format!(r#"{{"users":[{{"xuid":{json}}}]}}"#)).1.unwrap();
        assert_eq!(report.users, [Xuid(xuid)], "{json}");
    }
    for json in ["18446744073709551616", "-1", "1.5", "1e300", "\"\"", "true", "null", "[1]"] {
        let report = read(format!(r#"{{"users":[{{"xuid":{json}}}]}}"#)).1.unwrap();
        assert_eq!((report.users.len(), report.unread.len()), (0, 1), "{json}");
    }
}

#[test]
fn a_byte_order_mark_and_what_follows_the_end_do_no_harm() {
    assert_eq!(lines("\u{FEFF} {\"xuid\":\"1\",\"stats\":[{\"name\":\"a\",\"value\":1}]} \n"), ["1/-/a=1"]);
    let twice = r#"{"users":[{"xuid":"1","stats":[{"statname":"a","value":1}]}]}{"users":[]}"#;
    assert_eq!(lines(twice), ["1/-/a=1"]);
    assert_eq!(unread(twice), ["end: more follows after the answer's end"]);
}

#[test]
fn bytes_that_are_not_utf8_lose_one_entry() {
    let mut body =
        br#"{"users":[{"xuid":"1","stats":[{"statname":"a","value":"?"},{"statname":"b","value":2}]}]}"#
            .to_vec();
    let at = body.iter().position(|byte| *byte == b'?').unwrap();
    body[at] = 0xFF;
    assert_eq!(lines(&body), ["1/-/b=2"]);
    assert_eq!(unread(&body), ["users[0].stats[0].value: the text holds bytes that are not UTF-8"]);
}

#[test]
fn what_is_no_answer_says_what_came_instead() {
    let error = |body: &str| read(body).1.unwrap_err().to_string();
    assert_eq!(error(" \n"), "The answer is empty");
    assert_eq!(
        error("<html>\n<body>Sign in"),
        "The answer is not JSON: it begins with `<html><body>Sign in`"
    );
    assert_eq!(error("Bad gateway"), "The answer is not JSON: it begins with `Bad gateway`");
    assert_eq!(error("\"text\""), "The answer holds no stats: \"text\"");
    assert_eq!(
        error(r#"{"code":28,"description":"x"}"#),
        "The answer holds no stats: its fields are `code`, `description`"
    );
    let (_, report) = read([0xFF, 0xFE, b'{', 0]);
    assert!(matches!(report, Err(ReadError::NotJson { .. })));
}

#[test]
fn a_cut_off_answer_keeps_what_came_before() {
    let body = r#"{"users":[{"xuid":"1","scids":[{"scid":"s","stats":[{"statname":"a","value":1},{"statname":"b","value":22}]}]}]}"#;
    let mut most = 0;
    for end in 1..body.len() {
        let (entries, report) = read(&body[..end]);
        let Err(ReadError::CutOff { read }) = report else { panic!("{report:?} for {}", &body[..end]) };
        assert_eq!(read.entries, entries.len());
        assert!(read.unread.is_empty(), "a cut is no broken entry: {}", &body[..end]);
        for entry in &entries {
            let value = entry.value.as_ref().map(|(text, ..)| text.as_str());
            assert!(matches!((entry.name.as_str(), value), ("a", Some("1")) | ("b", Some("22"))));
        }
        most = most.max(entries.len());
    }
    assert_eq!(most, 2);
    let (entries, report) = read(r#"{"users":[{"xuid":"1","stats":[{"statname":"a","value":1}}]}"#);
    assert_eq!(entries.len(), 1);
    assert!(matches!(report, Err(ReadError::Broken { at: 57, .. })), "{report:?}");
}

#[test]
fn no_nesting_is_too_deep() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let maps = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    for odd in [&deep, &maps] {
        let body = format!(
            r#"{{"x":{odd},"users":[{{"xuid":"1","y":{odd},"scids":[{{"scid":"s","stats":[
               {{"statname":"a","value":{odd}}},{{"statname":{odd}}},{{"statname":"b","value":2}}]}}]}}]}}"#
        );
        let (entries, report) = read(&body);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].value.as_ref().map(|(text, ..)| text), Some(odd));
        assert_eq!(report.unwrap().unread.len(), 1);
    }
    assert!(matches!(read("[".repeat(1_000_000)).1, Err(ReadError::CutOff { .. })));
    assert!(matches!(read("{\"users\":".repeat(100_000)).1, Err(ReadError::CutOff { .. })));
}

#[test]
fn the_account_of_what_is_broken_is_bounded() {
    let body = format!("[{}0]", "0,".repeat(MAX_UNREAD + 9));
    let report = read(body).1.unwrap();
    assert_eq!((report.unread.len(), report.unread_left_out), (MAX_UNREAD, 10));
}

#[test]
fn a_failure_of_reading_tells_what_to_do() {
    let failure = read("<html>").1.unwrap_err().to_failure();
    assert!(failure.reason.contains("<html>") && failure.advice.contains("service address"), "{failure:?}");
    assert!(read("{").1.unwrap_err().to_failure().reason.contains("cut off"));
}

/// Values in every JSON form; numbers as `serde_json` writes them.
fn any_value() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        any::<i64>().prop_map(|number| Some(json!(number))),
        any::<u64>().prop_map(|number| Some(json!(number))),
        (-1e9..1e9).prop_map(|number: f64| Some(json!(number))),
        ".{0,12}".prop_map(|text| Some(json!(text))),
        any::<bool>().prop_map(|word| Some(json!(word))),
        Just(Some(Value::Null)),
        Just(None),
        Just(Some(json!({}))),
    ]
}

/// Users with their SCIDs with their stats: (xuid, [(scid, [(name, type, value)])]).
type Truth = Vec<(u64, Vec<(String, Vec<(String, String, Option<Value>)>)>)>;

fn truth() -> impl Strategy<Value = Truth> {
    let stat = (".{1,10}", "(Integer|Double|String|)", any_value());
    let scid = ("[0-9a-fA-F-]{1,12}", vec(stat, 0..4));
    vec((any::<u64>(), vec(scid, 0..3)), 0..5)
}

fn entries_of(truth: &Truth) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (xuid, scids) in truth {
        for (scid, stats) in scids {
            for (name, stat_type, value) in stats {
                let value = value.as_ref().and_then(|value| {
                    let (text, form) = match value {
                        Value::Null => return None,
                        Value::String(text) => (text.clone(), WireForm::String),
                        Value::Number(number) => (number.to_string(), WireForm::Number),
                        Value::Bool(word) => (word.to_string(), WireForm::Bool),
                        other => (other.to_string(), WireForm::Other),
                    };
                    Some((text, form, stat_type.clone()))
                });
                entries.push(Entry {
                    xuid: *xuid,
                    scid: Some(scid.clone()),
                    name: name.clone(),
                    value,
                    display_name: None,
                });
            }
        }
    }
    entries
}

/// The choices that services make: how to write a XUID, which dialect, where the keys stand.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four choices that do not depend on each other")]
struct Liberties {
    dialect_b: bool,
    xuid_as_number: bool,
    lists_first: bool,
    pretty: bool,
}

fn answer_of(truth: &Truth, liberties: Liberties) -> String {
    let body = if liberties.dialect_b { dialect_b(truth, liberties) } else { dialect_a(truth, liberties) };
    if liberties.pretty { format!("{body:#}") } else { body.to_string() }
}

fn xuid_json(xuid: u64, liberties: Liberties) -> Value {
    if liberties.xuid_as_number { json!(xuid) } else { json!(xuid.to_string()) }
}

fn dialect_a(truth: &Truth, liberties: Liberties) -> Value {
    // serde_json writes keys in the order of the alphabet: `scids` < `xuid`, `scid` < `stats`.
    // Another case, which the reader ignores, turns that round.
    let (xuid_key, stats_key) = if liberties.lists_first { ("xuid", "STATS") } else { ("XUID", "stats") };
    let users = truth.iter().map(|(xuid, scids)| {
        let scids = scids.iter().map(|(scid, stats)| {
            let stats = stats.iter().map(|(name, stat_type, value)| {
                let mut stat = json!({"statname": name, "type": stat_type, "more": {"x": []}});
                if let Some(value) = value {
                    stat["value"] = value.clone();
                }
                stat
            });
            json!({"scid": scid, stats_key: stats.collect::<Vec<_>>()})
        });
        json!({xuid_key: xuid_json(*xuid, liberties), "scids": scids.collect::<Vec<_>>()})
    });
    json!({"users": users.collect::<Vec<_>>()})
}

fn dialect_b(truth: &Truth, liberties: Liberties) -> Value {
    let lists = truth.iter().map(|(xuid, scids)| {
        let stats = scids.iter().flat_map(|(scid, stats)| {
            stats.iter().map(move |(name, stat_type, value)| {
                let mut stat = json!({"scid": scid, "name": name, "type": stat_type});
                if !liberties.lists_first {
                    stat["xuid"] = xuid_json(*xuid, liberties);
                }
                if let Some(value) = value {
                    stat["value"] = value.clone();
                }
                stat
            })
        });
        json!({
            "arrangebyfield": "xuid",
            "arrangebyfieldid": xuid_json(*xuid, liberties),
            "stats": stats.collect::<Vec<_>>(),
        })
    });
    json!({"statlistscollection": lists.collect::<Vec<_>>(), "groups": []})
}

fn liberties() -> impl Strategy<Value = Liberties> {
    any::<[bool; 4]>().prop_map(|[dialect_b, xuid_as_number, lists_first, pretty]| Liberties {
        dialect_b,
        xuid_as_number,
        lists_first,
        pretty,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_in_comes_out(truth in truth(), liberties in liberties()) {
        let body = answer_of(&truth, liberties);
        let (entries, report) = read(&body);
        let report = report.unwrap();
        prop_assert_eq!(&report.unread, &[]);
        prop_assert_eq!(entries, entries_of(&truth), "{}", body);
        let mut users: Vec<_> = truth.iter().map(|(xuid, _)| Xuid(*xuid)).collect();
        users.sort_unstable();
        users.dedup();
        prop_assert_eq!(report.users, users);
    }

    #[test]
    fn nothing_panics_and_a_cut_invents_nothing(
        truth in truth(),
        liberties in liberties(),
        edits in vec((any::<Index>(), any::<u8>()), 0..4),
        end in any::<Index>(),
    ) {
        let mut body = answer_of(&truth, liberties).into_bytes();
        let whole = entries_of(&truth);
        let cut = &body[..end.index(body.len())];
        for entry in read(cut).0 {
            prop_assert!(whole.contains(&entry), "{entry:?}");
        }
        for (at, byte) in edits {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let (entries, report) = read(&body);
        let counted = match report {
            Ok(report) => report.entries,
            Err(ReadError::CutOff { read } | ReadError::Broken { read, .. }) => read.entries,
            Err(_) => 0,
        };
        prop_assert_eq!(counted, entries.len());
    }

    #[test]
    fn no_bytes_panic(body in vec(any::<u8>(), 0..200), json in r#"[\[\]{}",:\\a-z0-9.]{0,200}"#) {
        let _ = (read(body), read(json));
    }
}
