//! The reader of `userstats` answers on every form that `XBOX-API.md`, section 1, lists, and on
//! what a careless or hostile service could send instead.

mod any_answer;
mod hostile;

use statlens::{
    model::{WireForm, Xuid},
    xbox::userstats::{ReadError, ReadReport, read_answer},
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
            display_name: entry.told.display_name.map(str::to_owned),
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
        lines(include_str!("../fixtures/userstats/documented.txt")),
        [
            "123456789/c402ff50-3e76-11e2-a25f-0800200c1212/Kills=7",
            "123456789/c402ff50-3e76-11e2-a25f-0800200c1212/Headshots=4",
            "1234567890123234/123456789/Kills=63",
        ]
    );
}

#[test]
fn dialect_b_with_groups_and_lists() {
    let (entries, report) = read(include_str!("../fixtures/userstats/dialect_b.json"));
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
    let body = include_str!("../fixtures/userstats/one_broken.json");
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
fn a_failure_of_reading_tells_what_to_do() {
    let failure = read("<html>").1.unwrap_err().to_failure();
    assert!(failure.reason.contains("<html>") && failure.advice.contains("service address"), "{failure:?}");
    assert!(read("{").1.unwrap_err().to_failure().reason.contains("cut off"));
}
