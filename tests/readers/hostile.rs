//! Answers that are made to use up memory or time, or to have a wrong number taken from them.

use statlens::{
    model::{Cell, Column, ColumnKey, Scid, StatName, WireForm, WireValue, Xuid},
    xbox::{
        people, profile,
        userstats::{MAX_UNREAD, ReadError},
    },
};

use super::{lines, read, unread, value};

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

fn number_of(text: &str, form: WireForm, stat_type: &str) -> Option<f64> {
    let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("k") };
    let mut column = Column::new(key, 1);
    column.set_value(0, WireValue { text, form, stat_type });
    match column.cell(0) {
        Cell::Value(value) => {
            assert_eq!(value.text, text);
            value.number
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_no_number_can_hold_never_becomes_one() {
    let digits = format!("1{}", "0".repeat(400));
    for number in ["1e400", "-1e400", "10e399", &digits] {
        for (json, form) in
            [(number.to_owned(), WireForm::Number), (format!("\"{number}\""), WireForm::String)]
        {
            assert_eq!(value(&json), (number.to_owned(), form));
            assert_eq!(number_of(number, form, "Double"), None, "{json}");
        }
    }
    for word in ["NaN", "Infinity", "-Infinity", "inf", "undefined", "0x10"] {
        let body = format!(r#"{{"users":[{{"xuid":"1","stats":[{{"statname":"k","value":{word}}}]}}]}}"#);
        assert_eq!(lines(&body), [""; 0]);
        assert_eq!(unread(&body), [format!("users[0].stats[0].value: expected a value, found {word}")]);
        assert_eq!(value(&format!("\"{word}\"")), (word.to_owned(), WireForm::String));
        assert_eq!(number_of(word, WireForm::String, "Double"), None, "{word}");
    }
}

#[test]
fn a_number_of_ten_megabytes_survives_as_text_and_is_nobodys_id() {
    let digits = "9".repeat(10 << 20);
    let body = format!(
        r#"{{"users":[{{"xuid":"1","stats":[{{"statname":"k","value":{digits}}}]}},{{"xuid":{digits}}}]}}"#
    );
    let (entries, report) = read(&body);
    assert_eq!(entries[0].value.as_ref().map(|(text, ..)| text.len()), Some(digits.len()));
    let report = report.unwrap();
    assert_eq!((report.users, report.unread.len()), (vec![Xuid(1)], 1));
    assert!(report.unread[0].why.len() < 100, "{}", report.unread[0].why.len());
}

#[test]
fn a_million_users_that_nobody_asked_for_cost_only_their_bytes() {
    let users: Vec<String> = (0..1_000_000).map(|xuid| format!("{{\"xuid\":\"{xuid}\"}}")).collect();
    let (entries, report) = read(format!("{{\"users\":[{}]}}", users.join(",")));
    let report = report.unwrap();
    assert_eq!((entries.len(), report.users.len(), report.unread.len()), (0, 1_000_000, 0));
}

#[test]
fn keys_repeated_without_end_are_read_once_each() {
    let stat = r#"{"statname":"k","value":1}"#;
    let lists = format!(r#""stats":[{stat}],"#).repeat(20_000);
    for body in [format!(r#"{{"xuid":"1",{lists}}}"#), format!(r#"{{{lists}"xuid":"1"}}"#)] {
        assert_eq!(lines(body).len(), 20_000);
    }
    let values = r#""value":7,"#.repeat(200_000);
    assert_eq!(lines(format!(r#"{{"xuid":"1","stats":[{{"statname":"k",{values}}}]}}"#)), ["1/-/k=7"]);
}

#[test]
fn a_huge_name_is_not_repeated_for_each_broken_part_of_it() {
    let scid = "s".repeat(1 << 20);
    let broken = "0,".repeat(MAX_UNREAD);
    let body = format!(r#"{{"users":[{{"xuid":"1","scids":[{{"scid":"{scid}","stats":[{broken}]}}]}}]}}"#);
    let report = read(body).1.unwrap();
    assert_eq!(report.unread.len(), MAX_UNREAD);
    assert!(report.unread.iter().all(|unread| unread.xuid == Some(Xuid(1)) && unread.scid.is_none()));
}

#[test]
fn look_ups_survive_what_stats_do() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = "x".repeat(10 << 20);
    let wide = "[],".repeat(1 << 20);
    let answer = |key: &str, id: &str| {
        format!(
            r#"{{"x":{deep},"{key}":[{{"{id}":"1","x":{deep}}},{{"{id}":NaN}},{{"{id}":"2","n":1e400}},
                {{"{id}":"3","x":"{long}"}},{{"{id}":"4","x":[{wide}]}},7,{deep},{{"{id}":"5"}}],
                "y":1e400,"{key}":null,"{key}":[{{"{id}":"6"}}],"z":NaN}}"#
        )
    };
    let xuids = |players: Result<Vec<statlens::model::Player>, String>| {
        players.unwrap().iter().map(|player| player.xuid.0).collect::<Vec<_>>()
    };
    assert_eq!(xuids(profile::read(answer("profileUsers", "id").as_bytes())), [5, 6]);
    assert_eq!(xuids(people::read(answer("people", "xuid").as_bytes())), [5, 6]);
    let endless = "{\"profileUsers\":[".to_owned() + &"{\"id\":1},".repeat(300_000) + "]}";
    assert_eq!(profile::read(endless.as_bytes()).unwrap().len(), 100_000);
    for cut in ["[".repeat(1_000_000), "{\"profileUsers\":".repeat(100_000)] {
        assert!(profile::read(cut.as_bytes()).is_err());
    }
}
