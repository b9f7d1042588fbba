//! Bodies as lines: laid out, bounded, and nothing lost that is not counted.

use proptest::prelude::*;
use statlens::formats::pretty::{Ink, Limits, Pretty, lay_out};

fn text(pretty: &Pretty) -> String {
    pretty.lines().map(|line| line.to_string() + "\n").collect()
}

fn shown(body: &str) -> String {
    text(&lay_out(body.as_bytes(), Limits::default()))
}

fn few(body: &str, limits: Limits) -> String {
    text(&lay_out(body.as_bytes(), limits))
}

#[test]
fn an_answer_is_laid_out() {
    let body = r#"{"users":[{"xuid":"2535466120771093","scids":[{"scid":"7492baca-c1b4-440d-a391-b7ef364a8d40","stats":[{"statname":"Kills","type":"Integer","value":"18204"},{"statname":"Deaths","type":"Integer","value":9113}]}]}],"none":{},"nothing":[]}"#;
    assert_eq!(
        shown(body),
        r#"{
  "users": [
    {
      "xuid": "2535466120771093",
      "scids": [
        {
          "scid": "7492baca-c1b4-440d-a391-b7ef364a8d40",
          "stats": [
            { "statname": "Kills", "type": "Integer", "value": "18204" },
            { "statname": "Deaths", "type": "Integer", "value": 9113 }
          ]
        }
      ]
    }
  ],
  "none": {},
  "nothing": []
}
"#
    );
}

#[test]
fn each_piece_says_what_it_is() {
    let pretty = lay_out(br#"{"a": [1, "b", null, -2.5e3]}"#, Limits::default());
    let pieces: Vec<(Ink, &str)> = pretty.line(1).unwrap().pieces().collect();
    assert_eq!(
        pieces,
        [
            (Ink::Key, "\"a\""),
            (Ink::Punctuation, ": ["),
            (Ink::Number, "1"),
            (Ink::Punctuation, ", "),
            (Ink::Text, "\"b\""),
            (Ink::Punctuation, ", "),
            (Ink::Word, "null"),
            (Ink::Punctuation, ", "),
            (Ink::Number, "-2.5e3"),
            (Ink::Punctuation, "]"),
        ]
    );
    assert_eq!((pretty.line_count(), pretty.line(3)), (3, None));
}

#[test]
fn what_is_left_out_is_counted_at_every_level() {
    let list: Vec<String> = (0..100).map(|at| format!(r#"{{"a":[{at}],"b":{at}}}"#)).collect();
    let body = format!(r#"{{"users":[{}],"x":1,"y":2}}"#, list.join(","));
    assert_eq!(
        few(&body, Limits { items: 1, ..Limits::default() }),
        "{\n  \"users\": [\n    {\n      \"a\": [0],\n      … 1 more\n    },\n    … 99 more\n  ],\n  … 2 more\n}\n"
    );
    assert_eq!(
        few(&body, Limits { lines: 15, ..Limits::default() }),
        "{\n  \"users\": [\n    {\n      \"a\": [0],\n      … 1 more\n    },\n    … 99 more\n  ],\n  … 2 more\n}\n"
    );
    let short = few(&body, Limits { bytes: 400, ..Limits::default() });
    assert!(short.len() < 600 && short.contains(" more\n"), "{short}");
}

#[test]
fn what_is_cut_off_or_broken_is_laid_out_up_to_there() {
    assert_eq!(
        shown(r#"{"users":[{"xuid":"1","scids":[{"sc"#),
        "{\n  \"users\": [\n    {\n      \"xuid\": \"1\",\n      \"scids\": [\n        {\n… cut off here\n"
    );
    assert_eq!(shown("{\"a\": 1, <html>\nx\n"), "{\n  \"a\": 1,\n… not JSON from here\n<html>\nx\n");
    assert_eq!(shown("[1] trailing"), "[1]\n… not JSON from here\ntrailing\n");
    assert_eq!(shown("[1}"), "[\n  1\n… not JSON from here\n}\n");
    assert_eq!(shown("{"), "{\n… cut off here\n");
    let counted = few("[[1],[2],[3", Limits { items: 1, ..Limits::default() });
    assert_eq!(counted, "[\n  [1],\n  … 2 more\n… cut off here\n");
}

#[test]
fn missing_and_spare_commas_are_shown_as_they_came() {
    assert_eq!(shown("[,1 2,,3,]"), "[1 2, 3,]\n");
    assert_eq!(
        shown("{\"a\":[[1] [2],]\n\"b\":2}"),
        "{\n  \"a\": [\n    [1]\n    [2],\n  ]\n  \"b\": 2\n}\n"
    );
    assert!(shown(include_str!("../fixtures/userstats/documented.txt")).lines().count() > 20);
}

#[test]
fn what_is_not_json_is_shown_as_it_came() {
    assert_eq!(shown("<html>\r\n<body>\n"), "<html>\n<body>\n");
    assert_eq!(shown(""), "");
    assert_eq!(shown("timeout"), "timeout\n");
    assert_eq!(
        text(&lay_out(b"a\xFFb\x1b[31m\x00\x7f\xe2\x80\xae", Limits::default())),
        "a�b\\u001b[31m\\u0000\\u007f\\u202e\n"
    );
    assert_eq!(
        few("a\nb\nc\nd\ne\nf", Limits { lines: 4, ..Limits::default() }),
        "a\nb\nc\n… 3 more lines\n"
    );
    let long = shown(&format!("[\"{}\"]", "星".repeat(1_000)));
    assert_eq!(long.lines().nth(1).unwrap().chars().filter(|c| *c == '星').count(), 333);
    assert!(long.contains("… 2,002 more bytes"), "{long}");
}

#[test]
fn depth_takes_no_stack() {
    let deep = "[{\"a\":".repeat(100_000) + "1" + &"}]".repeat(100_000);
    let pretty = lay_out(deep.as_bytes(), Limits::default());
    let lines: Vec<String> = pretty.lines().map(|line| line.to_string()).collect();
    assert!(lines.iter().any(|line| line.contains(" … ")), "{lines:#?}");
    assert_eq!(lines.last().unwrap(), "]");
    assert!(shown(&"[".repeat(1_000_000)).ends_with("… cut off here\n"));
    assert!(shown(&"{\"a\":".repeat(1_000_000)).ends_with("… cut off here\n"));
}

proptest! {
    #[test]
    fn all_of_a_json_body_is_there_when_there_is_room(value in json_value()) {
        let body = value.to_string();
        let all = Limits { lines: usize::MAX, bytes: usize::MAX, items: usize::MAX };
        let pretty = lay_out(body.as_bytes(), all);
        prop_assert!(pretty.lines().all(|line| line.pieces().all(|(ink, _)| ink != Ink::Fold)));
        let back: serde_json::Value = serde_json::from_str(&text(&pretty)).unwrap();
        prop_assert_eq!(back, value);
    }

    #[test]
    fn limits_hold_whatever_comes(body in r#"[\[{"a1,:\]}n \n\x00-\xff]{0,200}"#, lines in 0..30_usize, bytes in 0..2_000_usize) {
        let pretty = lay_out(body.as_bytes(), Limits { lines, bytes, items: 3 });
        prop_assert!(pretty.line_count() <= lines.max(10));
        let length: usize = pretty.lines().flat_map(|line| line.pieces().map(|(_, text)| text.len()).collect::<Vec<_>>()).sum();
        prop_assert!(length <= bytes + 1_500, "{} of {}", length, bytes);
    }
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~星\"\\\\\n]{0,60}".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..8)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
    .prop_filter("JSON in lines is a list or an object", |value| value.is_object() || value.is_array())
}
