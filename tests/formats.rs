//! What is pasted and what is exported, with names and values as nasty as the service may send.

use std::sync::Arc;

use proptest::prelude::*;
use statlens::{
    formats::{
        Sheet,
        cells::{self, Form, Text},
        delimited::{self, Guard, Separator},
        json, markdown,
        player_list::{self, Split},
        stat_list, text, title_input,
    },
    model::{
        Column, ColumnKey, Failure, Gamertag, IdError, Player, PlayerEntry, PlayerRef, PlayerRow, QueryTitle,
        Remedy, RowState, Scid, StatName, StatTable, WireForm, WireValue, Xuid,
    },
};

fn texts(split: &Split) -> Vec<&str> {
    split.entries.iter().map(PlayerEntry::text).collect()
}

fn players(text: &str) -> Vec<String> {
    texts(&player_list::split(text)).into_iter().map(str::to_owned).collect()
}

#[test]
fn one_line_or_many() {
    assert_eq!(players("A, B, C"), ["A", "B", "C"]);
    assert_eq!(players("A\r\nB\n\n  C  \rD,\n"), ["A", "B", "C", "D"]);
    assert_eq!(players("A;B\tC；D、E"), ["A", "B", "C", "D", "E"]);
    assert_eq!(players(r#""Smith, J", B"#), ["Smith, J", "B"]);
    assert_eq!(players(""), [""; 0]);
}

#[test]
fn comments_and_bullets_are_dropped_and_suffixes_are_not() {
    let text = "# my friends\n- Dragon#1652\n* Major Nelson\n#\n• Нова Звезда#4410\n12. TigerShark\n7 Up";
    assert_eq!(players(text), ["Dragon#1652", "Major Nelson", "Нова Звезда#4410", "TigerShark", "7 Up"]);
    assert_eq!(players("#1234"), ["#1234"], "shown as a line that names nobody");
}

#[test]
fn invisible_characters_around_names_are_dropped() {
    assert_eq!(
        players("\u{feff}\u{200b}Major\u{a0}Nelson\u{200e}\n\u{a0}\u{202a}B\u{202c}"),
        ["Major Nelson", "B"]
    );
}

#[test]
fn a_column_is_found_by_its_header() {
    let csv = "xuid,gamertag,kills\n2533274792693551,TigerShark,12\n,\"Smith, J\",3\n2.53E+15,Bob,\nbad,,\n";
    assert_eq!(players(csv), ["2533274792693551", "Smith, J", "Bob", "bad"]);
    assert_eq!(players("Rank;Gamer Tag\r\n1;TigerShark\r\n2;Bob"), ["TigerShark", "Bob"]);
    assert_eq!(players("Gamertag\nA\n\"B, C\"\n"), ["A", "B, C"]);
    assert_eq!(players("XUID\n12\n"), ["xuid:12"]);
    assert_eq!(players("Player\tKills\nA\t1,234\nB\t"), ["A", "B"]);
    let broken = "gamertag,note\nA,\"two\nlines, of it\"\nB,\"never closed\nC,\n";
    assert_eq!(players(broken), ["A", "B", "C"]);
}

#[test]
fn a_grid_without_header_gives_its_first_column() {
    assert_eq!(players("A\t1,234\t−5.2\nB\t\t2026-03-14 09:26"), ["A", "B"]);
    assert_eq!(players("A\tB\nC\tD"), ["A", "B", "C", "D"]);
    let xuids = "2533274792693551\t2533274792693552";
    assert_eq!(players(xuids), ["2533274792693551", "2533274792693552"]);
}

#[test]
fn a_xuid_that_was_kept_from_a_spreadsheet_is_one() {
    let xuid = "2535466120001871";
    for kept in ["=\"2535466120001871\"", "'2535466120001871", "\"=\"\"2535466120001871\"\"\""] {
        assert_eq!(players(kept), [xuid], "{kept}");
        assert_eq!(players(&format!("Bob\t{kept}, Ada")), ["Bob", xuid, "Ada"], "{kept}");
        assert_eq!(players(&format!("xuid,gamertag\n{kept},Ada")), [xuid], "{kept}");
        assert_eq!(players(&format!("{kept}\t12\n{kept}\t=\"-9223372036854775808\"")), [xuid], "{kept}");
    }
}

#[test]
fn repeated_players_are_counted_and_left_out() {
    let split = player_list::split("Major Nelson\nmajornelson\nDragon#1652\nDragon1652\nno<no\nno<no");
    assert_eq!(texts(&split), ["Major Nelson", "Dragon#1652", "no<no"]);
    assert_eq!(split.duplicates, 3);
    let present = [PlayerEntry::new("MAJOR NELSON")];
    let split = player_list::split_new("Major Nelson\nBob", &present);
    assert_eq!((texts(&split), split.duplicates), (vec!["Bob"], 1));
}

#[test]
fn a_token_never_becomes_a_player() {
    for text in [
        "TigerShark\nAuthorization: XBL3.0 x=123;eyJabc\nB",
        "xbl3.0 X=-;abc",
        r#"{"Token":"eyJ","DisplayClaims":{"xui":[]}}"#,
    ] {
        assert_eq!(player_list::split(text), Split { holds_token: true, ..Split::default() });
    }
}

#[test]
fn a_long_list_takes_no_time_to_compare_each_with_each() {
    let text = (0..50_000).map(|n| format!("Player {n}\n")).collect::<Vec<_>>().concat();
    let twice = format!("{text}{text}");
    let split = player_list::split(&twice);
    assert_eq!((split.entries.len(), split.duplicates), (50_000, 50_000));
}

#[test]
fn a_long_table_of_quotes_that_never_close_is_read_line_by_line() {
    let table = format!("rank,gamertag\n{}", "1,\"ab\n2,“cd\n".repeat(25_000));
    let split = player_list::split(&table);
    assert_eq!((texts(&split), split.duplicates), (vec!["\"ab", "“cd"], 49_998));
}

fn any_gamertag() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][A-Za-z0-9]{0,5}( [A-Za-z0-9]{1,6})?",
        "[а-яА-Я가-힣ぁ-ん\u{915}-\u{939}]{1,10}#[0-9]{1,4}",
        "[0-9]{16}",
        "[A-Za-z]{1,5}, [A-Za-z]{1,5}",
    ]
    .prop_filter("a header's word", |name| {
        !matches!(name.to_lowercase().replace(' ', "").as_str(), "gamertag" | "xuid")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn names_come_back_however_they_are_listed(names in prop::collection::vec(any_gamertag(), 1..20)) {
        let lines: Vec<String> = names.iter().map(|name| format!("\"{name}\"\n")).collect();
        let expected = players(&lines.concat());
        prop_assert!(expected.iter().all(|name| names.contains(name)));
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        prop_assert_eq!(&players(&quoted.join(",")), &expected);
        prop_assert_eq!(&players(&format!("Gamertag\r\n{}", quoted.join("\r\n"))), &expected);
        let rows: Vec<String> = quoted.iter().enumerate().map(|(n, name)| format!("{n},{name},\n")).collect();
        prop_assert_eq!(&players(&format!("nr,gamertag,note\n{}", rows.concat())), &expected);
        let bare: Vec<String> = names.iter().filter(|name| !name.contains(',')).cloned().collect();
        prop_assert_eq!(players(&bare.join("\n")), players(&bare.join(", ")));
        prop_assert!(bare.iter().all(|name| player_list::split(name).entries == [PlayerEntry::new(name)]));
    }

    #[test]
    fn no_text_is_too_odd(text in "[\\PC\n\t\"“”,;#=-]{0,80}") {
        let split = player_list::split(&text);
        let set: Vec<_> = split.entries.iter().filter(|entry| split.entries.iter().filter(|other| entry.is_same_as(other)).count() > 1).collect();
        prop_assert!(set.is_empty(), "twice: {:?}", set);
        let _ = stat_list::split(&text);
        let _ = title_input::read(&text, &text, &text);
    }
}

#[test]
fn stat_names_come_from_anywhere() {
    let names =
        |text| stat_list::split(text).into_iter().map(|r| r.map(|n| n.to_string())).collect::<Vec<_>>();
    let ok = |name: &str| Ok(name.to_owned());
    assert_eq!(
        names("Kills, Deaths\nKills;Wins.Map.3 `K-D`"),
        ["Kills", "Deaths", "Wins.Map.3", "K-D"].map(ok)
    );
    assert_eq!(names(r#"["Kills","Deaths"]"#), ["Kills", "Deaths"].map(ok));
    assert_eq!(names("\"Kills,Deaths\""), [Err(("Kills,Deaths".to_owned(), IdError::Comma))]);
    assert_eq!(names("\"My Kills\""), [Err(("My Kills".to_owned(), IdError::Space))]);
    assert_eq!(names("\"` [Kills ] \""), [ok("Kills")], "wrapped in more than one way");
    assert_eq!(names(" ,\n- \n"), []);
}

#[test]
fn a_title_is_read_field_by_field() {
    let guid = "7492BACA-c1b4-440d-a391-b7ef364a8d40";
    for pasted in
        [guid.to_owned(), format!("{{{guid}}}"), format!("\"scid\": \"{guid}\","), format!(" '{guid}'\n")]
    {
        let read = title_input::read("Iron Meridian", &pasted, "Kills").expect("a title");
        assert_eq!((read.title.scid.as_str(), read.warnings), (guid, vec![]), "{pasted}");
    }
    let nameless = title_input::read(" ", "123456789", "7Kills!").expect("odd, and a title");
    assert_eq!((nameless.title.name.as_str(), nameless.warnings.len()), ("123456789", 2));
    let error = title_input::read("x", "7492 baca", "Kills, \"a,b\"").expect_err("both are wrong");
    assert_eq!(error.scid.as_deref(), Some("This is no SCID: it has a space inside"));
    assert_eq!(error.stats.len(), 1);
    assert!(title_input::read("x", "\u{e9}\u{e9}\u{e9}", "Kills").is_ok(), "no character is cut in two");
    assert!(title_input::read("x", "", "").expect_err("no SCID").scid.expect("said so").starts_with("Enter"));
}

/// Four players over two titles that share a stat's name, every kind of cell and many nasty texts.
fn table() -> StatTable {
    let key = |scid, stat| ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) };
    let failure = Arc::new(Failure {
        status: Some(403),
        reason: "Private, \"says\" the service".into(),
        causes: Vec::new(),
        advice: "Ask them".into(),
        detail: None,
        remedy: Remedy::None,
    });
    let mut kills = Column::new(key("s1", "Kills"), 4);
    let number = |text| WireValue { text, form: WireForm::String, stat_type: "Integer" };
    kills.set_value(0, number("9223372036854775807"));
    kills.set_value(1, number("-5"));
    kills.set_no_value(2);
    let mut rank = Column::new(key("s1", "Rank"), 4);
    let text = |text| WireValue { text, form: WireForm::String, stat_type: "String" };
    rank.set_value(0, text("=cmd|'/c calc'!A0"));
    rank.set_value(1, text("line\nbreak\t\"quoted\" \u{1b}[31m"));
    rank.set_value(2, text("-"));
    let mut other = Column::new(key("s2", "Kills"), 4);
    other.set_value(0, WireValue { text: "0.10", form: WireForm::Number, stat_type: "Double" });
    other.set_failed(1, &failure);
    other.set_pending(2);
    for column in [&mut kills, &mut rank, &mut other] {
        column.set_failed(3, &failure);
    }
    let known = |xuid, name: &str| {
        let gamertag = Some(Gamertag::from_wire(name));
        let player = Player { gamertag, ..Player::nameless(Xuid(xuid)) };
        PlayerRow { asked: PlayerRef::Xuid(Xuid(xuid)), state: RowState::Known(player) }
    };
    let rows = vec![
        known(2_533_274_792_693_551, "星野ソラ#7715"),
        known(2_533_274_792_693_552, "=2+\u{202e}5|x*"),
        PlayerRow { asked: PlayerRef::Xuid(Xuid(3)), state: RowState::Known(Player::nameless(Xuid(3))) },
        PlayerRow {
            asked: PlayerRef::Gamertag(Gamertag::from_wire("Nobody")),
            state: RowState::Failed(failure),
        },
    ];
    StatTable::from_parts(rows, vec![kills, rank, other]).expect("columns of one length")
}

fn titles() -> Vec<QueryTitle> {
    ["s1", "s2"]
        .map(|scid| QueryTitle {
            name: scid.replace('s', "Title "),
            scid: Scid::from_wire(scid),
            title_id: None,
            stats: vec![],
        })
        .to_vec()
}

fn written(write: impl Fn(&Sheet<'_>, &mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let (table, titles) = (table(), titles());
    let mut out = Vec::new();
    write(&Sheet::new(&table, &[0, 1, 2, 3], &titles), &mut out).expect("a Vec takes everything");
    String::from_utf8(out).expect("UTF-8")
}

fn parsed(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.expect("a line").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn long_csv_tells_everything_exactly() {
    let text = written(|sheet, out| delimited::long(sheet, Separator::Comma, Guard::Exact, out));
    let lines = parsed(&text, b',');
    assert_eq!(lines[0].join(","), "xuid,gamertag,scid,stat,type,value,state,status,reason");
    assert_eq!(lines.len(), 13);
    assert_eq!(
        lines[1].join("|"),
        "2533274792693551|星野ソラ#7715|s1|Kills|Integer|9223372036854775807|value||"
    );
    assert_eq!(lines[5][5], "line\nbreak\t\"quoted\" \u{1b}[31m");
    assert_eq!(lines[6][5..].join("|"), "|failed|403|Private, \"says\" the service");
    assert_eq!(lines[7].join("|"), "3||s1|Kills|||no_value||");
    assert_eq!(lines[9][6], "pending");
    assert_eq!(
        (lines[10][0].as_str(), lines[10][1].as_str(), lines[10][6].as_str()),
        ("", "Nobody", "failed")
    );
}

#[test]
fn tsv_reads_back_and_spreadsheets_are_guarded() {
    let text = written(|sheet, out| delimited::long(sheet, Separator::Tab, Guard::Spreadsheet, out));
    let lines = parsed(&text, b'\t');
    assert_eq!(lines[2][5], "'=cmd|'/c calc'!A0");
    assert_eq!(lines[4][1], "'=2+\u{202e}5|x*");
    assert_eq!(lines[4][5], "-5", "a number is no formula");
    assert_eq!(lines[8][5], "'-", "a text that starts like one is guarded");
    assert_eq!(lines[1][0], "=\"2533274792693551\"", "all digits of a XUID are kept");
    assert_eq!(lines[1][5], "=\"9223372036854775807\"", "and those of a large integer");
    assert_eq!((&*lines[7][0], &*lines[2][5]), ("3", "'=cmd|'/c calc'!A0"));
    for separator in [Separator::Comma, Separator::Tab] {
        let plain = written(|sheet, out| delimited::long(sheet, separator, Guard::Exact, out));
        let guarded = written(|sheet, out| delimited::long(sheet, separator, Guard::Spreadsheet, out));
        assert!(plain.contains("2533274792693551") && !plain.contains("=\"2"), "programs get plain digits");
        assert_eq!(players(&guarded)[..3], players(&plain)[..3], "the players box reads both");
        let guarded = written(|sheet, out| delimited::wide(sheet, separator, Guard::Spreadsheet, out));
        assert_eq!(players(&guarded)[..3], ["2533274792693551", "2533274792693552", "xuid:3"]);
    }
}

#[test]
fn wide_csv_has_a_column_for_each_stat() {
    let text = written(|sheet, out| delimited::wide(sheet, Separator::Comma, Guard::Exact, out));
    let lines = parsed(&text, b',');
    assert_eq!(lines[0], ["xuid", "gamertag", "Title 1: Kills", "Rank", "Title 2: Kills"]);
    assert_eq!(lines[1][2..], ["9223372036854775807", "=cmd|'/c calc'!A0", "0.10"]);
    assert_eq!(lines[3], ["3", "", "", "-", ""]);
    assert_eq!(lines[4], ["", "Nobody", "", "", ""]);
}

#[test]
fn json_is_an_array_of_objects() {
    let text = written(json::long);
    let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(read.as_array().map(Vec::len), Some(12));
    assert_eq!(read[0]["value"], "9223372036854775807");
    assert_eq!(read[0]["xuid"], "2533274792693551");
    assert_eq!(read[0]["type"], "Integer");
    assert_eq!(read[5]["status"], 403);
    assert_eq!((&read[6]["value"], &read[6]["state"]), (&serde_json::Value::Null, &"no_value".into()));
    assert_eq!(read[9]["xuid"], serde_json::Value::Null);
    let mut empty = Vec::new();
    json::long(&Sheet::new(&StatTable::default(), &[], &[]), &mut empty).expect("a Vec takes everything");
    assert_eq!(empty, b"[]\n");
}

#[test]
fn markdown_stays_a_table() {
    let text = written(markdown::table);
    let expected = "\
| Player | Title 1: Kills | Rank | Title 2: Kills |
| --- | ---: | --- | ---: |
| 星野ソラ#7715 | 9,223,372,036,854,775,807 | =cmd\\|'/c calc'!A0 | 0.1 |
| =2+\u{fffd}5\\|x\\* | −5 | line break \"quoted\" \u{fffd}\\[31m | failed (403) |
| 3 | no value | - | pending |
| Nobody | failed (403) | failed (403) | failed (403) |
";
    assert_eq!(text, expected);
}

#[test]
fn a_terminal_gets_aligned_columns_and_nothing_that_steers_it() {
    let text = written(text::table);
    let expected = "\
Player                    Title 1: Kills  Rank                       Title 2: Kills
星野ソラ#7715  9,223,372,036,854,775,807  =cmd|'/c calc'!A0                     0.1
=2+\u{fffd}5|x*                              −5  line break \"quoted\" \u{fffd}[31m    failed (403)
3                               no value  -                                 pending
Nobody                      failed (403)  failed (403)                 failed (403)
";
    assert_eq!(text, expected);
}

#[test]
fn a_long_text_is_cut_in_a_terminal() {
    let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(&"星".repeat(60)) };
    let table = StatTable::pending(vec![PlayerRef::Xuid(Xuid(1))], vec![key]);
    let mut out = Vec::new();
    text::table(&Sheet::new(&table, &[0], &[]), &mut out).expect("a Vec takes everything");
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(
        text.lines().next().is_some_and(|line| line.ends_with('…') && line.matches('星').count() == 19),
        "{text}"
    );
}

fn any_text() -> impl Strategy<Value = Text<'static>> {
    prop_oneof![
        any::<i64>().prop_map(|number| Text::number(number.to_string())),
        any::<u64>().prop_map(|number| Text::number(number.to_string())),
        any::<u64>().prop_map(|id| Text::words(id.to_string())),
        "[-=+@'\t\"]{0,2}[a-z0-9 ,;|\"\t\r\n]{0,6}".prop_map(Text::words),
        "[-=+@＝]?[А-я가-힣ぁ-ん\u{e00}-\u{e4e}\u{600}-\u{6ff}\u{1f600}-\u{1f64f}#0-9]{0,8}"
            .prop_map(Text::words),
        "\\PC{0,8}".prop_map(Text::words),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_copied_reads_back_cell_by_cell(
        rows in prop::collection::vec(prop::collection::vec(any_text(), 3), 1..5),
    ) {
        let headings = ["A", "B", "C"].map(str::to_owned);
        let texts: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()).collect();
        let write = |form| {
            let mut out = Vec::new();
            cells::write(form, &headings, false, rows.iter().cloned(), &mut out).expect("a Vec takes everything");
            String::from_utf8(out).expect("UTF-8")
        };
        for (form, delimiter) in [(Form::Tsv, b'\t'), (Form::Csv, b',')] {
            let read = parsed(&write(form), delimiter);
            let read: Vec<Vec<&str>> =
                read.iter().map(|row| row.iter().map(|cell| delimited::unguarded(cell)).collect()).collect();
            prop_assert_eq!(&read, &texts);
        }
        let json: serde_json::Value = serde_json::from_str(&write(Form::Json)).expect("JSON");
        for (read, row) in json.as_array().expect("a list").iter().zip(&texts) {
            for (heading, text) in headings.iter().zip(row) {
                let read = match &read[heading] {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    number => number.to_string(),
                };
                prop_assert_eq!(&read, text);
            }
        }
    }
}

/// What is copied: a name, an integer, a text, an id and a decimal of each of two players.
fn copied(form: Form, has_headings: bool) -> String {
    let headings = ["Player", "Kills", "Rank", "Match", "=Share"].map(str::to_owned);
    let rows = [
        vec![
            Text::words("星野ソラ#7715"),
            Text::number("9223372036854775807"),
            Text::words("=cmd|'/c calc'!A0"),
            Text::words("2533274792693551"),
            Text::number("0.10"),
        ],
        vec![
            Text::words("@A|B"),
            Text::number("-5"),
            Text::words("line\nbreak\t\"quoted\""),
            Text::words("-"),
            Text::default(),
        ],
    ];
    let mut out = Vec::new();
    cells::write(form, &headings, has_headings, rows.into_iter(), &mut out).expect("a Vec takes everything");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn what_is_copied_pastes_into_a_spreadsheet() {
    for (form, delimiter) in [(Form::Tsv, b'\t'), (Form::Csv, b',')] {
        let lines = parsed(&copied(form, true), delimiter);
        assert_eq!(lines[0], ["Player", "Kills", "Rank", "Match", "'=Share"]);
        let first = [
            "星野ソラ#7715",
            "=\"9223372036854775807\"",
            "'=cmd|'/c calc'!A0",
            "=\"2533274792693551\"",
            "0.10",
        ];
        assert_eq!(lines[1], first);
        assert_eq!(lines[2], ["'@A|B", "-5", "line\nbreak\t\"quoted\"", "'-", ""]);
        assert_eq!(parsed(&copied(form, false), delimiter), lines[1..], "the same without headings");
    }
}

#[test]
fn what_is_copied_for_people_and_programs_is_what_it_is() {
    let json: serde_json::Value = serde_json::from_str(&copied(Form::Json, false)).expect("JSON");
    let first = &json[0];
    assert_eq!(first["Kills"], "9223372036854775807", "a number that readers would round stays text");
    assert_eq!((&first["Rank"], &first["=Share"]), (&"=cmd|'/c calc'!A0".into(), &0.10.into()));
    assert_eq!((&json[1]["Kills"], &json[1]["=Share"]), (&(-5).into(), &serde_json::Value::Null));
    let table = copied(Form::Markdown, true);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4, "a line break stays in its row: {table}");
    assert_eq!(lines[1], "| --- | ---: | --- | --- | ---: |");
    assert!(lines[3].starts_with("| @A\\|B | -5 |"), "{table}");
}

#[test]
fn our_own_exports_paste_back_as_players() {
    let long = written(|sheet, out| delimited::long(sheet, Separator::Comma, Guard::Exact, out));
    let split = player_list::split(&long);
    assert_eq!(texts(&split)[0], "2533274792693551");
    assert_eq!(split.duplicates, 0, "a line for each value is no mistake");
    assert!(texts(&split).contains(&"xuid:3") && texts(&split).contains(&"Nobody"));
    let wide = written(|sheet, out| delimited::wide(sheet, Separator::Tab, Guard::Exact, out));
    assert_eq!(players(&wide)[..3], ["2533274792693551", "2533274792693552", "xuid:3"]);
}
