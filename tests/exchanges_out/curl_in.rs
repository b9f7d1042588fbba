//! What people paste: commands of browsers and of hand, bodies of both dialects, addresses, tokens.

use proptest::prelude::*;
use statlens::{
    formats::curl::{self, Asked, CurlError},
    model::Xuid,
};

const TOKEN: &str = "XBL3.0 x=4711;eyJlbmMiOiJBMTI4Q0JD.SFMyNTYiLCJhbGciOiJS.U0EtT0FFUCIs.abcdef.ghijkl";
const BODY: &str = r#"{"requestedusers":["2533274792693551"],"requestedscids":[{"scid":"7492BACA-c1b4","requestedstats":["Kills","Deaths"]}]}"#;

fn read(text: &str) -> Asked {
    curl::read(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What is asked in one line: `xuid,xuid | scid: stat,stat; scid: stat`.
fn line(asked: &Asked) -> String {
    let players: Vec<String> = asked.players.iter().map(Xuid::to_string).collect();
    let titles: Vec<String> = asked
        .titles
        .iter()
        .map(|(scid, stats)| {
            let stats: Vec<&str> = stats.iter().map(statlens::model::StatName::as_str).collect();
            format!("{scid}: {}", stats.join(","))
        })
        .collect();
    format!("{} | {}", players.join(","), titles.join("; "))
}

const ASKED: &str = "2533274792693551 | 7492BACA-c1b4: Kills,Deaths";

#[test]
fn commands_in_every_dialect_ask_for_the_same() {
    let escaped = BODY.replace('"', "\\\"");
    let carets = BODY.replace('"', "^\\^\"").replace('{', "^{").replace('}', "^}");
    for command in [
        format!(
            "curl 'https://userstats.xboxlive.com/batch' \\\n  -H 'accept: */*' \\\n  --data-raw '{BODY}' \\\n  --compressed"
        ),
        format!(
            "curl 'https://userstats.xboxlive.com/batch' \\\r\n  -H 'accept: */*' \\\r\n  --data-raw $'{BODY}'\r\n"
        ),
        format!("$ curl -sSX POST https://userstats.xboxlive.com/batch?operation=read -d '{BODY}'"),
        format!(
            "curl -XPOST -H 'Content-Type: application/json' -d'{BODY}' --url https://userstats.xboxlive.com/batch"
        ),
        format!("curl --json '{BODY}' https://userstats.xboxlive.com/batch"),
        format!("curl.exe \"https://userstats.xboxlive.com/batch\" --data-binary \"{escaped}\""),
        format!(
            "XBL_TOKEN=x /usr/bin/curl -H \"Authorization: $XBL_TOKEN\" --data \"{escaped}\" https://h/batch"
        ),
        format!(
            "curl ^\"https://userstats.xboxlive.com/batch^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"{carets}^\""
        ),
        format!(
            "curl \"https://userstats.xboxlive.com/batch\" ^\n  -H \"accept: */*\" ^\n  --data-raw \"{escaped}\""
        ),
        BODY.to_owned(),
        format!("\u{feff}\n```json\n{BODY}\n```"),
        format!("POST /batch HTTP/1.1\r\nHost: userstats.xboxlive.com\r\n\r\n{BODY}"),
    ] {
        let asked = read(&command);
        assert_eq!(line(&asked), ASKED, "{command}");
        assert!(asked.left_out.is_empty(), "{:?} in {command}", asked.left_out);
    }
}

#[test]
fn xuids_keep_their_digits_as_strings_and_as_numbers() {
    let asked = read(
        r#"{"requestedusers":[18446744073709551615,"9007199254740993",9007199254740993,"x",1.5,-1,18446744073709551616,null]}"#,
    );
    assert_eq!(line(&asked), "18446744073709551615,9007199254740993 | ");
    assert_eq!(asked.left_out, ["5 players: they are no XUIDs"]);
}

#[test]
fn the_documented_sample_is_read() {
    let sample = r#"
# Sample Request
{
"requestedusers": [
                1234567890123460,
                1234567890123234
            ],
            "requestedscids": [
                {
                    "scid": "c402ff50-3e76-11e2-a25f-0800200c1212",
                    "requestedstats": [
                        "Test4FirefightKills",
                        "Test4FirefightHeadshots"
                    ]
                },
                {
                    "scid": "123456789"
                    "requestedstats": [
                        "OverallTestKills"
                        "TestHeadshots",
                    ],
                }
            ]
}
"#;
    assert_eq!(
        line(&read(sample)),
        "1234567890123460,1234567890123234 | \
         c402ff50-3e76-11e2-a25f-0800200c1212: Test4FirefightKills,Test4FirefightHeadshots; \
         123456789: OverallTestKills,TestHeadshots"
    );
}

#[test]
fn dialect_b_as_far_as_it_names_scids() {
    let asked = read(
        r#"{"arrangebyfield":"xuid","xuids":["2584878536129841"],
            "groups":[{"name":"Hero","titleId":"1717113201"}],
            "stats":[{"name":"MinutesPlayed","titleId":"1717113201"},
                     {"name":"Kills","scid":"s"},{"name":"Deaths","SCID":"s"},{"name":7,"scid":"s"}]}"#,
    );
    assert_eq!(line(&asked), "2584878536129841 | s: Kills,Deaths");
    assert_eq!(
        asked.left_out,
        [
            "One group of stats: Statlens asks for stats by name",
            "One stat that names its title by title id: it needs the SCID",
            "One name of a stat: it is no text",
        ]
    );
}

#[test]
fn addresses_of_one_user() {
    for text in [
        "https://userstats.xboxlive.com/users/xuid(2533274792693551)/scids/7492BACA-c1b4/stats/Kills,Deaths",
        "GET /users/xuid(2533274792693551)/scids/7492BACA-c1b4/stats/Kills,Deaths?include=valuemetadata HTTP/1.1",
        "curl 'https://userstats.xboxlive.com/users/xuid%282533274792693551%29/scids/7492BACA-c1b4/stats/Kills%2CDeaths'",
    ] {
        assert_eq!(line(&read(text)), ASKED, "{text}");
    }
    let me = read("https://userstats.xboxlive.com/users/me/scids/s/stats/Kills");
    assert_eq!((line(&me).as_str(), me.left_out.len()), (" | s: Kills", 1));
    let profile = read(r#"{"userIds":["1","2"],"settings":["Gamertag"]}"#);
    assert_eq!(line(&profile), "1,2 | ");
}

#[test]
fn what_is_odd_is_passed_over_and_said() {
    let asked = read(&format!(
        "curl https://h/batch -F a=b -F c=d --no-such-flag -H 'Authorization: {TOKEN}' -d '{BODY}' | jq ."
    ));
    assert_eq!(line(&asked), ASKED);
    assert_eq!(
        asked.left_out,
        [
            "`-F` and what it gives",
            "One flag that is not known",
            "The token: give it to Statlens where it asks for one",
            "What follows the first command",
        ]
    );
    let odd = read(
        r#"{"requestedusers":["1"],"requestedscids":[{"scid":"a b","requestedstats":["K"]},{"requestedstats":["K"]},
        {"scid":"s","requestedstats":["K","K","a,b","","c d",5]},{"scid":"s","requestedstats":"single"}, 7]}"#,
    );
    assert_eq!(line(&odd), "1 | s: K,single");
    assert_eq!(odd.left_out.len(), 6, "{:?}", odd.left_out);
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_paste() {
    for (text, error) in [
        (" \n", CurlError::Empty),
        ("TigerShark, WarriorSaint", CurlError::NotARequest),
        ("Don't", CurlError::NotARequest),
        ("Invoke-WebRequest -Uri 'x'", CurlError::NotARequest),
        ("curl 'https://h/batch", CurlError::OpenQuote),
        ("curl https://h/batch -d @body.json", CurlError::BodyInFile { flag: "-d" }),
        ("curl https://h/batch --json @b", CurlError::BodyInFile { flag: "--json" }),
        ("curl https://h/batch", CurlError::AsksNothing),
        ("curl -d", CurlError::AsksNothing),
        ("{}", CurlError::AsksNothing),
        (r#"{"users":[]}"#, CurlError::AsksNothing),
        ("{\n\"requestedusers\": [1,\n", CurlError::BrokenJson { line: 2, column: 21 }),
        (TOKEN, CurlError::Token),
    ] {
        assert_eq!(curl::read(text), Err(error), "{text}");
    }
    assert_eq!(curl::read(&"[".repeat(100_000)).map_err(|error| error.to_string().len() > 20), Err(true));
    assert_eq!(curl::read(&"a".repeat(33_000_000)), Err(CurlError::TooLong));
}

#[test]
fn a_token_is_neither_kept_nor_told() {
    let word = &TOKEN[14..];
    let long = "eyJlbmMiOiJBMTI4Q0JD".repeat(12);
    for text in [
        TOKEN.to_owned(),
        format!("Authorization: {TOKEN}"),
        format!(r#"{{"Token":"{word}","DisplayClaims":{{"xui":[{{"uhs":"1"}}]}}}}"#),
        format!("curl -H 'Authorization: {TOKEN}' https://h/batch"),
        format!("curl -H 'Authorization: {TOKEN} https://h/batch"),
        format!("curl -d '{{{TOKEN}' https://h/batch"),
        format!("curl '{TOKEN}' --{word} -{word}"),
        format!(
            r#"{{"requestedusers":["1","{TOKEN}"],"requestedscids":[{{"scid":"{long}","requestedstats":["{long}"]}},{{"scid":"s","requestedstats":["{long}","{TOKEN}"]}}]}}"#
        ),
        format!("https://h/users/xuid({long})/scids/{long}/stats/{long}"),
    ] {
        let told = format!("{:?}", curl::read(&text).map_err(|error| format!("{error} {error:?}")));
        assert!(!told.contains("eyJlbmM") && !told.contains("4711"), "{told}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "(curl )?[ -~\n\r\t^\\\\'\"$@{}\\[\\],:星é]{0,80}") {
        let _ = curl::read(&text);
    }
}
