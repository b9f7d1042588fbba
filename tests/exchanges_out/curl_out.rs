//! A request as a cURL command: a shell takes it, cURL sends it, and it asks for the same.

use std::{
    io::Write,
    net::SocketAddr,
    process::{Command, Stdio},
    sync::Arc,
};

use proptest::prelude::*;
use serde_json::{Value, json};
use statlens::{
    formats::curl,
    model::{Body, Exchange, Sent},
    sample::{SampleService, TOKEN},
};

use super::{SCID, XUID, answered, sent};

fn with(sent: Sent) -> Exchange {
    Exchange { sent: Arc::new(sent), ..answered(Body::Empty) }
}

/// The words that a shell makes of a command whose program prints its arguments.
fn words_by_the_shell(command: &str) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
    let out = Command::new("sh").args(["-c", &script]).env("XBL_TOKEN", "the token").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn it_reads_well() {
    let command = curl::write(&answered(Body::Empty));
    let lines: Vec<&str> = command.lines().collect();
    assert_eq!(lines[0], r"curl 'https://userstats.xboxlive.com/batch?operation=read' \");
    assert_eq!(lines[1], r#"  -H "Authorization: $XBL_TOKEN" \"#);
    assert_eq!(lines[2], r"  -H 'x-xbl-contract-version: 1' \");
    assert!(lines.last().unwrap().starts_with("  --data-raw '{"));
}

#[test]
fn a_shell_takes_it_and_changes_nothing_of_it() {
    let nasty = "it's `rm -rf` $HOME \"x\" \\ !! \n{星}*";
    let mut sent = sent();
    sent.url = "https://userstats.xboxlive.com/users/xuid(1)/scids/[a]/stats/it's".to_owned();
    sent.body = nasty.into();
    sent.headers.push(("x-note".to_owned(), nasty.replace('\n', " ")));
    sent.headers.push(("x-empty".to_owned(), String::new()));
    sent.headers.push(("authorization".to_owned(), "XBL3.0 x=1;secret".to_owned()));
    sent.headers.push(("if-none-match".to_owned(), "\"XBL3.0 x=1;secret\"".to_owned()));
    let command = curl::write(&with(sent.clone()));
    assert!(!command.contains("secret"));

    let mut checker = Command::new("sh").args(["-n", "/dev/stdin"]).stdin(Stdio::piped()).spawn().unwrap();
    checker.stdin.take().unwrap().write_all(command.as_bytes()).unwrap();
    assert!(checker.wait().unwrap().success(), "{command}");

    let words = words_by_the_shell(&command);
    assert_eq!(words[0], sent.url);
    assert!(words.contains(&"--globoff".to_owned()), "brackets would be patterns");
    assert!(words.contains(&"Authorization: the token".to_owned()));
    assert!(words.contains(&format!("x-note: {}", nasty.replace('\n', " "))));
    assert!(words.contains(&"x-empty;".to_owned()));
    assert_eq!(words.last().unwrap(), nasty);
}

#[test]
fn a_request_without_a_body_is_a_get() {
    let get = Sent { method: "GET", body: "".into(), ..sent() };
    let command = curl::write(&with(get));
    assert!(!command.contains("-X") && !command.contains("--data"), "{command}");
    let post = Sent { body: "".into(), ..sent() };
    assert!(curl::write(&with(post)).contains("-X 'POST'"));
}

/// Runs the command, or, where there is no cURL, what the shell would have given it.
fn sent_by_curl(command: &str, sent: &Sent) -> Option<Value> {
    if Command::new("curl").arg("--version").output().is_err() {
        let words = words_by_the_shell(command);
        assert_eq!((words.first(), words.last()), (Some(&sent.url), Some(&sent.body.to_string())));
        return None;
    }
    let script = command.replacen("curl ", "curl -sS --noproxy '*' ", 1);
    let out = Command::new("sh").args(["-c", &script]).env("XBL_TOKEN", TOKEN).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(serde_json::from_slice(&out.stdout).unwrap())
}

#[test]
fn the_service_answers_it() {
    let service = SampleService::start(SocketAddr::from(([127, 0, 0, 1], 0)), 7).unwrap();
    let mut sent = sent();
    sent.url = format!("{}/batch?operation=read", service.url());
    let command = curl::write(&with(sent.clone()));
    if let Some(answer) = sent_by_curl(&command, &sent) {
        let user = &answer["users"][0];
        assert_eq!(user["xuid"].to_string().trim_matches('"'), XUID.to_string());
        assert_eq!(user["scids"][0]["scid"], SCID);
        assert_eq!(user["scids"][0]["stats"].as_array().unwrap().len(), 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(
        players in prop::collection::vec(any::<u64>(), 0..5),
        titles in prop::collection::vec(("[!-+\\--~星é]{1,40}", prop::collection::vec("[!-+\\--~星é]{1,40}", 1..4)), 0..4),
    ) {
        prop_assume!(!players.is_empty() || !titles.is_empty());
        let asked = json!({
            "requestedusers": players.iter().map(u64::to_string).collect::<Vec<_>>(),
            "requestedscids": titles.iter().map(|(scid, stats)| json!({"scid": scid, "requestedstats": stats})).collect::<Vec<_>>(),
        });
        let exchange = with(Sent { body: asked.to_string().into(), ..sent() });
        let from_body = curl::read(&asked.to_string()).unwrap();
        let from_command = curl::read(&curl::write(&exchange)).unwrap();
        prop_assert_eq!(&from_command, &from_body);
        prop_assert!(from_command.left_out.is_empty(), "{:?}", from_command.left_out);
        let mut wanted = players;
        let mut seen = std::collections::HashSet::new();
        wanted.retain(|xuid| seen.insert(*xuid));
        prop_assert_eq!(from_command.players.iter().map(|xuid| xuid.0).collect::<Vec<_>>(), wanted);
        let stats: usize = from_command.titles.iter().map(|(_, stats)| stats.len()).sum();
        let distinct: std::collections::HashSet<(&str, &str)> = titles
            .iter()
            .flat_map(|(scid, stats)| stats.iter().map(move |stat| (scid.as_str(), stat.as_str())))
            .collect();
        prop_assert_eq!(stats, distinct.len());
    }
}
