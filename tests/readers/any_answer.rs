//! Answers of every make, and what is left of them when they are cut or damaged.

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use statlens::{
    model::{WireForm, Xuid},
    xbox::userstats::ReadError,
};

use super::{Entry, read};

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
