//! The program as people run it: options in, data and words out, exit codes.

mod support;

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::channel,
    },
};

use serde_json::{Value, json};
use statlens::{model::Gamertag, store::Store};
use support::{Reply, Server, TOKEN, user};

const IRON_MERIDIAN: &str = "7492baca-5d3e-4c1a-8f27-31d266a10343";
const HALCYON_DRIFT: &str = "c402ff50-0b7e-4d92-a25f-7c1e5c3f1212";
const TEN_NAMES: &str = "WarriorSaint,TigerShark,Нова Звезда#4410,미르 달빛#082,QuietOrbit,OkapiPrime,\
    Major Fennec,RustAndRoot,HexaWren,SilentKite";
/// Łukasz Bór#991.
const ONE_XUID: &str = "2535466122225118";

/// The program in a home of its own, with no keyring in reach.
fn statlens(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_statlens"));
    command
        .args(arguments)
        .env("STATLENS_HOME", home)
        .env("STATLENS_LOG", "trace")
        .env_remove("STATLENS_TOKEN")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let home = tempfile::tempdir().unwrap();
    told(&statlens(home.path(), arguments).output().unwrap())
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// A computer without root certificates, as a fresh one may be.
fn without_certificates(command: &mut Command) -> &mut Command {
    command.env("SSL_CERT_FILE", "/nonexistent/certificates").env("SSL_CERT_DIR", "/nonexistent")
}

#[test]
fn the_sample_service_needs_no_root_certificates_and_xbox_live_says_so() {
    let home = tempfile::tempdir().unwrap();
    let sample = two_titles("TigerShark", &[]);
    let (code, _, words) = told(&without_certificates(&mut statlens(home.path(), &sample)).output().unwrap());
    assert_eq!(code, 0, "{words}");
    let real = ["fetch", "--players", "TigerShark", "--scid", IRON_MERIDIAN, "--stats", "Kills"];
    let mut real = statlens(home.path(), &real);
    real.env("STATLENS_TOKEN", "XBL3.0 x=-;a-token-that-goes-nowhere");
    let (code, _, words) = told(&without_certificates(&mut real).output().unwrap());
    assert_ne!(code, 0);
    assert!(words.contains("root certificates") && words.contains("ca-certificates"), "{words}");
}

/// `fetch` of some players over two titles, in the long form.
fn two_titles<'a>(players: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["fetch", "--sample", "--players", players];
    arguments.extend(["--scid", IRON_MERIDIAN, "--stats", "Kills,Deaths,MatchesWon"]);
    arguments.extend(["--scid", HALCYON_DRIFT, "--stats", "RacesWon,BestLap.Track.04"]);
    arguments.extend_from_slice(more);
    arguments
}

type Row = BTreeMap<String, String>;

fn rows(csv: &str) -> Vec<Row> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn states(rows: &[Row]) -> BTreeMap<&str, usize> {
    let mut states = BTreeMap::new();
    for row in rows {
        *states.entry(row["state"].as_str()).or_default() += 1;
    }
    states
}

#[test]
fn ten_names_one_number_and_one_unknown() {
    let players = format!("{TEN_NAMES},{ONE_XUID},Nobody At All");
    let (code, out, told) = run(&two_titles(&players, &["--format", "csv"]));
    assert_eq!(code, 3, "{told}");
    let header = out.lines().next().unwrap();
    assert_eq!(header, "xuid,gamertag,scid,stat,type,value,state,status,reason");
    let rows = rows(&out);
    assert_eq!(rows.len(), 12 * 5);
    let failed: Vec<&Row> = rows.iter().filter(|row| row["state"] == "failed").collect();
    assert_eq!(failed.len(), 5);
    for row in &failed {
        assert_eq!((row["xuid"].as_str(), row["gamertag"].as_str()), ("", "Nobody At All"));
        assert_eq!((row["status"].as_str(), row["value"].as_str()), ("404", ""));
        assert!(row["reason"].contains("Nobody At All"));
    }
    assert!(told.contains("No player has the gamertag Nobody At All"), "{told}");
    let of = |name: &str| rows.iter().filter(|row| row["gamertag"] == name).collect::<Vec<_>>();
    for name in ["Нова Звезда#4410", "미르 달빛#082", "Łukasz Bór#991"] {
        let kills = of(name)[0];
        assert_eq!((kills["stat"].as_str(), kills["state"].as_str()), ("Kills", "value"), "{name}");
        assert!(kills["value"].parse::<u64>().unwrap() > 0);
    }
}

#[test]
fn without_the_unknown_all_is_well_and_no_value_is_told_from_failed() {
    let players = format!("{TEN_NAMES},{ONE_XUID},Hidden Heron");
    let (code, out, _) = run(&two_titles(&players, &["--format", "csv"]));
    assert_eq!(code, 3, "the private player fails");
    let private: Vec<Row> = rows(&out).into_iter().filter(|row| row["state"] == "failed").collect();
    assert!(private.iter().all(|row| row["gamertag"] == "Hidden Heron" && row["status"] == "403"));
    let players = format!("{TEN_NAMES},{ONE_XUID}");
    let (code, out, told) = run(&two_titles(&players, &["--format", "csv", "--stats", "NobodyHasThis"]));
    assert_eq!(code, 0, "{told}");
    let rows = rows(&out);
    let states = states(&rows);
    assert_eq!(states["value"] + states["no_value"], 11 * 6, "{states:?}");
    assert!(states["no_value"] >= 11);
    let missing = rows.iter().find(|row| row["stat"] == "NobodyHasThis").unwrap();
    assert_eq!((missing["state"].as_str(), missing["value"].as_str()), ("no_value", ""));
}

#[test]
fn every_format_holds_every_player() {
    let players = "TigerShark,Нова Звезда#4410";
    for format in [
        &["--format", "table"][..],
        &["--format", "csv"],
        &["--format", "csv", "--wide"],
        &["--format", "tsv"],
        &["--format", "tsv", "--wide"],
        &["--format", "json"],
        &["--format", "markdown"],
    ] {
        let (code, out, told) = run(&two_titles(players, format));
        assert_eq!(code, 0, "{format:?} {told}");
        assert!(out.contains("TigerShark") && out.contains("Нова Звезда#4410"), "{format:?} {out}");
    }
    let (_, out, _) = run(&two_titles(players, &["--format", "json"]));
    let values: Vec<Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(values.len(), 10);
    assert!(values[0]["xuid"].is_string());
}

#[test]
fn a_file_and_standard_input_are_read_and_a_file_written() {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("players.csv");
    fs::write(&list, "name,gamertag\nA,TigerShark\nB,QuietOrbit\n").unwrap();
    let out = home.path().join("out.csv");
    let mut arguments = two_titles("WarriorSaint", &["--format", "csv"]);
    arguments.extend(["--players-file", list.to_str().unwrap(), "--players-file", "-"]);
    arguments.extend(["--out", out.to_str().unwrap()]);
    let mut child =
        statlens(home.path(), &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"HexaWren\n").unwrap();
    let (code, printed, _) = told(&child.wait_with_output().unwrap());
    assert_eq!((code, printed.as_str()), (0, ""));
    let rows = rows(&fs::read_to_string(&out).unwrap());
    let names: std::collections::BTreeSet<&str> = rows.iter().map(|row| row["gamertag"].as_str()).collect();
    assert_eq!(
        names.into_iter().collect::<Vec<_>>(),
        ["HexaWren", "QuietOrbit", "TigerShark", "WarriorSaint"]
    );
}

#[test]
fn a_query_file_is_asked_and_options_add_to_it() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("playtest.toml");
    let query = statlens::sample::first_query();
    fs::write(&file, statlens::formats::query_file::write(&query, None)).unwrap();
    let file = file.to_str().unwrap();
    let (code, out, told) =
        run(&["fetch", "--sample", "--query", file, "--players", "Hexa Wren", "--format", "csv"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(rows(&out).len() % query.columns().len(), 0);
    assert!(rows(&out).len() >= query.players.len() * query.columns().len());
}

#[test]
fn lines_that_name_nobody_fail_and_the_rest_is_done() {
    let (code, out, told) =
        run(&two_titles("TigerShark,what<is>this,99999999999999999999999", &["--format", "csv"]));
    assert_eq!(code, 3);
    assert!(told.contains("what<is>this") && told.contains("larger than any XUID"), "{told}");
    let rows = rows(&out);
    assert_eq!(states(&rows)["failed"], 10);
    assert!(rows.iter().any(|row| row["gamertag"] == "what<is>this" && row["reason"].contains("'<'")));
}

#[test]
fn what_cannot_be_used_is_refused_with_the_reason() {
    let home = tempfile::tempdir().unwrap();
    let broken = home.path().join("broken.toml");
    fs::write(&broken, "name = \"x\"\nplayers = [\n").unwrap();
    let broken = broken.to_str().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["fetch", "--sample"], "No players"),
        (&["fetch", "--sample", "--players", "A"], "No stats"),
        (&["fetch", "--sample", "--players", "A", "--scid", "s"], "has no --stats"),
        (&["fetch", "--sample", "--players", "A", "--stats", "X"], "after the --scid"),
        (&["fetch", "--sample", "--players", "A", "--scid", "a b", "--stats", "X"], "space"),
        (&["fetch", "--sample", "--query", "/no/such/file"], "/no/such/file"),
        (&["fetch", "--sample", "--query", broken], "line"),
        (&["fetch", "--sample", "--service-url", "http://127.0.0.1:1"], "cannot be used with"),
        (&["fetch", "--format", "xml"], "xml"),
        (&["fetch", "--users-per-request", "0"], "users-per-request"),
        (&["fetch", "--requests-at-once", "many"], "requests-at-once"),
        (&["fetch", "--wide", "--format", "json", "--players", "A"], "--wide"),
        (&["sample-service", "--addr", "0.0.0.0:0"], "loopback"),
        (&["--screenshot", "x.png", "--size", "huge"], "1600x1000"),
        (&["nonsense"], "nonsense"),
    ];
    for (arguments, reason) in cases {
        let (code, out, told) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?} {told}");
        assert!(told.contains(reason), "{arguments:?} {told}");
    }
    let home = tempfile::tempdir().unwrap();
    let mut command = statlens(home.path(), &["fetch", "--service-url", "http://example.com"]);
    let output =
        command.args(["--players", "1,xuid:1", "--scid", "s", "--stats", "X"]).env("STATLENS_TOKEN", TOKEN);
    let (code, _, said) = told(&output.output().unwrap());
    assert_eq!(code, 2, "{said}");
}

const SMALL: [&str; 6] = ["--players", "xuid:1,xuid:2", "--scid", "s", "--stats", "Kills"];

fn ask(server: &Server, token: Option<&str>, more: &[&str]) -> (i32, String, String) {
    let home = tempfile::tempdir().unwrap();
    let mut command = statlens(home.path(), &["fetch", "--service-url", &server.url()]);
    command.args(SMALL).args(more);
    if let Some(token) = token {
        command.env("STATLENS_TOKEN", token);
    }
    let output = command.output().unwrap();
    if let Some(token) = token {
        let secret = token.rsplit(';').next().unwrap();
        assert!(!told(&output).1.contains(secret) && !told(&output).2.contains(secret));
        assert_nowhere(home.path(), secret);
    }
    told(&output)
}

fn assert_nowhere(folder: &Path, secret: &str) {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_nowhere(&path, secret);
        } else {
            let bytes = fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "the token is in {}", path.display());
            files += 1;
        }
    }
    assert!(files > 0, "nothing was searched in {}", folder.display());
}

#[test]
fn a_server_that_takes_liberties_is_understood_and_the_token_is_nowhere() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::Body(503, "<html>down</html>".into());
        }
        Reply::json(&json!({"users": [
            {"xuid": 2, "extra": [], "stats": [{"statname": "Kills", "type": "Odd", "value": 9_223_372_036_854_775_807_i64}]},
            user(3, "t", &[("Kills", json!("3"))]),
        ]}))
    });
    let (code, out, told) = ask(&server, Some(TOKEN), &["--format", "tsv", "--service-version", "3"]);
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("9223372036854775807") && out.contains("no_value"), "{out}");
    assert!(told.contains("nobody asked for"), "{told}");
    let heads = server.heads().join("\n").to_ascii_lowercase();
    assert!(heads.contains("x-requestedserviceversion: 3"), "{heads}");
}

#[test]
fn requests_are_as_large_as_they_may_be_and_no_larger() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let kills = |xuid: &u64| user(*xuid, "s", &[("Kills", json!(xuid))]);
        Reply::json(&json!({"users": request.users().iter().map(kills).collect::<Vec<_>>()}))
    });
    let (code, _, told) = ask(&server, Some(TOKEN), &[]);
    assert_eq!((code, server.batches()), (0, 1), "{told}");
    let one_by_one = ["--users-per-request", "1", "--requests-at-once", "1"];
    let (code, out, told) = ask(&server, Some(TOKEN), &one_by_one);
    assert_eq!((code, server.batches()), (0, 3), "{told}");
    assert!(out.contains('1') && out.contains('2'), "{out}");
}

#[test]
fn without_a_usable_token_it_says_how_to_give_one() {
    let server = Server::start(|_| Reply::Body(401, String::new()));
    let (code, out, told) = ask(&server, None, &[]);
    assert_eq!((code, out.as_str()), (4, ""), "{told}");
    assert!(told.contains("STATLENS_TOKEN"), "{told}");
    let (code, _, told) = ask(&server, Some("XBL3.0 x=1;much too\nbroken-to-be-a-token"), &[]);
    assert_eq!(code, 4, "{told}");
    assert_eq!(server.batches(), 0);
    let (code, _, told) = ask(&server, Some(TOKEN), &[]);
    assert_eq!(code, 4, "{told}");
    assert!(told.contains("401"), "{told}");
}

#[cfg(unix)]
#[test]
fn cancelled_it_prints_what_arrived() {
    let (silent, is_silent) = channel();
    let (gone, is_gone) = channel();
    let server = Server::start(move |request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        match request.users().as_slice() {
            [answered @ 1..=2] => {
                Reply::json(&json!({"users": [user(*answered, "s", &[("Kills", json!("1"))])]}))
            }
            [_] => {
                silent.send(()).unwrap();
                Reply::SilenceUntilGone(gone.clone())
            }
            _ => Reply::Body(403, String::new()),
        }
    });
    let home = tempfile::tempdir().unwrap();
    let child = statlens(home.path(), &["fetch", "--service-url", &server.url(), "--format", "csv"])
        .args(["--players", "xuid:1,xuid:2,xuid:3", "--scid", "s", "--stats", "Kills"])
        .env("STATLENS_TOKEN", TOKEN)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    is_silent.recv().unwrap();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    is_gone.recv().unwrap();
    let (code, out, told) = told(&child.wait_with_output().unwrap());
    assert_eq!(code, 130, "{told}");
    let rows = rows(&out);
    let states: Vec<&str> = rows.iter().map(|row| row["state"].as_str()).collect();
    assert_eq!(states, ["value", "value", "failed"], "{out}");
    assert!(rows[2]["reason"].contains("cancelled"));
}

#[test]
fn killed_it_has_kept_whom_it_found() {
    let is_quick = Arc::new(AtomicBool::new(false));
    let quick = is_quick.clone();
    let server = Server::start(move |request| {
        if !request.is_batch() {
            let settings = [json!({"id": "Gamertag", "value": "TigerShark"})];
            return Reply::json(&json!({"profileUsers": [{"id": "1", "settings": settings}]}));
        }
        if quick.load(Ordering::SeqCst) {
            return Reply::json(&json!({"users": [user(1, "s", &[("Kills", json!("1"))])]}));
        }
        Reply::Silence
    });
    let home = tempfile::tempdir().unwrap();
    let fetch = || {
        let mut command = statlens(home.path(), &["fetch", "--service-url", &server.url()]);
        command.args(["--players", "TigerShark", "--scid", "s", "--stats", "Kills"]);
        command.env("STATLENS_TOKEN", TOKEN).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let mut child = fetch().spawn().unwrap();
    let store = Store::open(home.path()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let name = || vec![Gamertag::from_wire("TigerShark")];
    while runtime.block_on(store.players_by_gamertag(&server.url(), name())).unwrap().is_empty() {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    drop(store);
    is_quick.store(true, Ordering::SeqCst);
    let (code, out, told) = told(&fetch().output().unwrap());
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("TigerShark"), "{out}");
    let looked_up = server.heads().iter().filter(|head| head.contains("/users/gt(")).count();
    assert_eq!(looked_up, 1);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    for format in ["table", "csv", "tsv", "json", "markdown"] {
        let home = tempfile::tempdir().unwrap();
        let mut child = statlens(home.path(), &two_titles("TigerShark", &["--format", format]))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let (code, _, told) = told(&child.wait_with_output().unwrap());
        assert_eq!((code, told.as_str()), (0, ""), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn words_that_nobody_reads_are_no_error() {
    let home = tempfile::tempdir().unwrap();
    let mut child = statlens(home.path(), &two_titles("TigerShark,what<is>this", &["--format", "csv"]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    let (code, out, _) = told(&child.wait_with_output().unwrap());
    assert_eq!((code, rows(&out).len()), (3, 10));
    assert_eq!(fs::read_dir(home.path().join("logs")).unwrap().count(), 1, "no report of a panic");
}

#[cfg(unix)]
#[test]
fn what_is_written_through_a_link_stays_behind_it() {
    let home = tempfile::tempdir().unwrap();
    let (file, link) = (home.path().join("real.csv"), home.path().join("link.csv"));
    fs::write(&file, "before").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let (code, ..) = run(&two_titles("TigerShark", &["--format", "csv", "--out", link.to_str().unwrap()]));
    assert_eq!(code, 0);
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&file).unwrap().contains("TigerShark"));
}

#[cfg(unix)]
#[test]
fn the_sample_service_serves_until_it_is_stopped() {
    let home = tempfile::tempdir().unwrap();
    let mut child =
        statlens(home.path(), &["sample-service", "--seed", "7"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let url = url.trim();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let output = statlens(home.path(), &["fetch", "--service-url", url, "--players", "TigerShark"])
        .args(["--scid", IRON_MERIDIAN, "--stats", "Kills"])
        .env("STATLENS_TOKEN", TOKEN)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn help_shows_an_example_of_each_command() {
    for command in [&["--help"][..], &["fetch", "--help"], &["sample-service", "--help"]] {
        let (code, out, _) = run(command);
        assert_eq!(code, 0);
        assert!(out.contains("Example") && out.contains("  statlens"), "{out}");
    }
}
