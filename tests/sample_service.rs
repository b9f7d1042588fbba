//! The sample service over real HTTP: what it refuses, what its answers look like, and whether
//! its world is the one that `XBOX-API.md` and the charts need.

use std::{collections::HashMap, net::SocketAddr};

use serde_json::{Value, json};
use statlens::sample::{PlaySession, SEED, SampleError, SampleService, TOKEN, catalogue, first_query};

const SHOOTER: &str = "7492baca-5d3e-4c1a-8f27-31d266a10343";
const RACER: &str = "c402ff50-0b7e-4d92-a25f-7c1e5c3f1212";
const PUZZLE: &str = "5E0B9A74-2D1C-4F3E-9B7A-0D4C8E61A2F5";
const WARRIOR_SAINT: u64 = 2_535_466_120_001_871;
const NOVA: u64 = 2_535_466_120_771_093;
const MAJOR_FENNEC: u64 = 2_535_466_122_967_735;
const HIDDEN_HERON: u64 = 2_535_466_128_903_287;
const IDLE_FERN: u64 = 2_535_466_129_274_852;
const AIM_OF_GOLD: u64 = 2_535_466_129_645_038;
const OVERFLOW_OWL: u64 = 2_535_466_130_387_264;

/// A running service and a client of it.
struct Sample {
    service: SampleService,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }
}

impl Sample {
    fn start(seed: u64) -> Self {
        let service = SampleService::start(SocketAddr::from(([127, 0, 0, 1], 0)), seed).unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { service, client, runtime }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        let method = method.parse().unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.service.url()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json; charset=utf-8").body(body);
        }
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            Answer { status, headers, text: answer.text().await.unwrap() }
        })
    }

    fn get(&self, path: &str, contract: &str) -> Answer {
        self.send("GET", path, &[("authorization", TOKEN), ("x-xbl-contract-version", contract)], None)
    }

    fn post(&self, path: &str, contract: &str, body: &Value) -> Answer {
        let headers = [("authorization", TOKEN), ("x-xbl-contract-version", contract)];
        self.send("POST", path, &headers, Some(body.to_string()))
    }

    fn batch(&self, xuids: &[u64], scids: &[(&str, &[&str])]) -> Answer {
        let users: Vec<String> = xuids.iter().map(u64::to_string).collect();
        let scids: Vec<Value> =
            scids.iter().map(|(scid, stats)| json!({ "scid": scid, "requestedstats": stats })).collect();
        let body = json!({ "requestedusers": users, "requestedscids": scids });
        self.post("/batch?operation=read", "1", &body)
    }

    /// Values by XUID, SCID and stat.
    fn values(&self, xuids: &[u64], scids: &[(&str, &[&str])]) -> HashMap<(u64, String, String), String> {
        let answer = self.batch(xuids, scids);
        assert_eq!(answer.status, 200, "{}", answer.text);
        read(&answer.json())
    }

    fn numbers(&self, xuid: u64, scid: &str, stats: &[&str]) -> Vec<f64> {
        let values = self.values(&[xuid], &[(scid, stats)]);
        stats
            .iter()
            .map(|stat| values[&(xuid, scid.to_owned(), (*stat).to_owned())].parse().unwrap())
            .collect()
    }

    /// Players whose stats can be read, found by searching for every letter of many alphabets.
    fn readable(&self) -> Vec<u64> {
        let mut all = std::collections::BTreeSet::new();
        for first in ('a'..='z').map(String::from).chain(["ий", "星", "ハ"].map(String::from)) {
            for second in ["a", "e", "i", "o", "u", "r", ""] {
                let path = format!("/users/me/people/search?q={first}{second}&maxItems=100");
                for person in self.get(&path, "3").json()["people"].as_array().unwrap() {
                    all.insert(person["xuid"].as_str().unwrap().parse::<u64>().unwrap());
                }
            }
        }
        let all: Vec<u64> = all.into_iter().collect();
        all.into_iter().filter(|xuid| self.batch(&[*xuid], &[(SHOOTER, &["Kills"])]).status == 200).collect()
    }
}

/// Reads a dialect A answer, XUIDs as numbers or strings, values in any form.
fn read(answer: &Value) -> HashMap<(u64, String, String), String> {
    let mut values = HashMap::new();
    for user in answer["users"].as_array().unwrap() {
        let xuid = user["xuid"].as_u64().or_else(|| user["xuid"].as_str()?.parse().ok()).unwrap();
        for scid in user["scids"].as_array().unwrap() {
            for stat in scid["stats"].as_array().unwrap() {
                let value = stat["value"].as_str().map_or_else(|| stat["value"].to_string(), str::to_owned);
                let key = (xuid, text(&scid["scid"]), text(&stat["statname"]));
                assert!(values.insert(key, value).is_none(), "sent twice: {stat}");
            }
        }
    }
    values
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

#[test]
fn it_listens_on_this_machine_alone_and_stops_when_dropped() {
    let anywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    assert!(matches!(SampleService::start(anywhere, 1), Err(SampleError::NotLoopback(_))));
    let service = SampleService::start(SocketAddr::from(([127, 0, 0, 1], 0)), 1).unwrap();
    let addr: SocketAddr = service.url().strip_prefix("http://").unwrap().parse().unwrap();
    assert!(matches!(SampleService::start(addr, 1), Err(SampleError::Listen { .. })));
    drop(service);
    drop(SampleService::start(addr, 1).unwrap());
}

#[test]
fn tokens_and_contracts_are_checked_before_bodies() {
    let sample = Sample::start(SEED);
    let send = |headers: &[(&str, &str)]| sample.send("POST", "/batch", headers, Some("nonsense".into()));
    let contract = ("x-xbl-contract-version", "1");
    for bad in ["XBL3.0 x=-;", "Bearer abc", "XBL3.0 x=12ab;cd", "XBL3.0 x=1;a b", ""] {
        let refused = send(&[("authorization", bad), contract]);
        assert_eq!((refused.status, refused.text.as_str()), (401, ""), "{bad:?}");
        assert!(refused.headers.contains_key("www-authenticate"));
    }
    assert_eq!(send(&[contract]).status, 401);
    assert_eq!(send(&[("authorization", TOKEN)]).status, 406);
    let other = send(&[("authorization", TOKEN), ("x-xbl-contract-version", "4")]);
    assert_eq!(other.status, 406);
    assert!(other.json()["description"].is_string());
    assert_eq!(send(&[("authorization", TOKEN), contract]).status, 400);
    for (path, wrong) in [
        ("/users/me/profile/settings", "1"),
        ("/users/me/people/search?q=a", "2"),
        ("/users/me/titles/titlehistory/decoration/scid", "1"),
        ("/users/xuid(2535466120001871)/scids/x/stats/Kills", "9"),
    ] {
        assert_eq!(sample.get(path, wrong).status, 406, "{path}");
    }
    assert_eq!(sample.get("/nowhere", "1").status, 404);
    assert_eq!(sample.get("/batch", "1").status, 404);
}

#[test]
fn every_answer_says_what_it_is_and_can_be_traced() {
    let sample = Sample::start(SEED);
    let answers = [
        sample.get("/users/me/profile/settings?settings=Gamertag", "2"),
        sample.get("/nowhere", "2"),
        sample.send("POST", "/batch", &[], None),
    ];
    let mut ids = std::collections::HashSet::new();
    for answer in answers {
        assert_eq!(answer.headers["content-type"], "application/json; charset=utf-8");
        let id = answer.headers["x-xblcorrelationid"].to_str().unwrap().to_owned();
        assert_eq!(id.len(), 36);
        assert!(ids.insert(id), "correlation ids differ");
        assert!(answer.headers["ms-cv"].to_str().unwrap().ends_with(".0"));
    }
}

#[test]
fn malformed_bodies_are_refused_with_a_reason() {
    let sample = Sample::start(SEED);
    let stats = json!([{ "scid": SHOOTER, "requestedstats": ["Kills"] }]);
    for (path, contract, body) in [
        ("/batch", "1", json!({})),
        ("/batch", "1", json!({ "requestedusers": ["12x"], "requestedscids": stats })),
        ("/batch", "1", json!({ "requestedusers": [1.5], "requestedscids": stats })),
        ("/batch", "1", json!({ "requestedusers": ["1"], "requestedscids": [{ "scid": SHOOTER }] })),
        ("/batch", "2", json!({ "xuids": ["1"], "stats": [{ "name": "Kills" }] })),
        ("/batch", "2", json!({ "xuids": ["1"], "arrangebyfield": "colour" })),
        ("/users/batch/profile/settings", "2", json!({ "userIds": "1", "settings": [] })),
    ] {
        let refused = sample.post(path, contract, &body);
        assert_eq!(refused.status, 400, "{body}");
        let error = refused.json();
        assert!(error["code"].is_u64() && error["source"].is_string() && error["description"].is_string());
        assert_eq!(error.get("traceInformation"), Some(&Value::Null));
    }
    let large = json!({ "requestedusers": ["1".repeat(2 << 20)], "requestedscids": [] });
    assert_eq!(sample.post("/batch", "1", &large).status, 413);
}

#[test]
fn a_batch_is_the_product_of_users_and_stats() {
    let sample = Sample::start(SEED);
    let wanted: &[(&str, &[&str])] =
        &[(SHOOTER, &["Kills", "RankName"]), (RACER, &["RacesWon", "NoSuchStat"])];
    let values = sample.values(&[WARRIOR_SAINT, NOVA, MAJOR_FENNEC, NOVA, 17], wanted);
    let has = |xuid, scid: &str, stat: &str| values.contains_key(&(xuid, scid.to_owned(), stat.to_owned()));
    for xuid in [WARRIOR_SAINT, NOVA] {
        assert!(
            has(xuid, SHOOTER, "Kills") && has(xuid, SHOOTER, "RankName") && has(xuid, RACER, "RacesWon")
        );
    }
    assert!(has(MAJOR_FENNEC, SHOOTER, "Kills") && !has(MAJOR_FENNEC, RACER, "RacesWon"));
    assert_eq!(values.len(), 8, "neither unknown stats nor unknown users have values");
}

#[test]
fn users_are_taken_as_numbers_too_and_both_paths_of_batch_are_one() {
    let sample = Sample::start(SEED);
    let stats = json!([{ "scid": SHOOTER, "requestedstats": ["Kills"] }]);
    let strings = json!({ "requestedusers": [NOVA.to_string()], "requestedscids": stats });
    let numbers = json!({ "requestedusers": [NOVA], "requestedscids": stats });
    let answer = sample.post("/batch", "1", &strings).text;
    assert_eq!(answer, sample.post("/batch?operation=read", "1", &numbers).text);
    assert!(answer.contains("Kills"));
}

#[test]
fn a_scid_of_other_case_is_another() {
    let sample = Sample::start(SEED);
    let known = sample.readable();
    let values = sample.values(&known[..100], &[(PUZZLE, &["PuzzlesSolved"])]);
    assert!(!values.is_empty());
    let lower = PUZZLE.to_ascii_lowercase();
    assert!(sample.values(&known[..100], &[(&lower, &["PuzzlesSolved"])]).is_empty());
}

#[test]
fn a_batch_with_a_private_player_is_refused_whole() {
    let sample = Sample::start(SEED);
    let refused = sample.batch(&[WARRIOR_SAINT, HIDDEN_HERON], &[(SHOOTER, &["Kills"])]);
    assert_eq!(refused.status, 403);
    assert!(refused.json()["description"].is_string());
    let xuid = HIDDEN_HERON;
    assert_eq!(sample.get(&format!("/users/xuid({xuid})/scids/{SHOOTER}/stats/Kills"), "1").status, 403);
    assert_eq!(
        sample.get(&format!("/users/xuid({xuid})/titles/titlehistory/decoration/scid"), "2").status,
        403
    );
    let body = json!({ "xuids": [xuid], "groups": [{ "name": "Hero", "scid": SHOOTER }] });
    assert_eq!(sample.post("/batch", "2", &body).status, 403);
    assert_eq!(
        sample.get(&format!("/users/xuid({xuid})/profile/settings?settings=Gamertag"), "2").status,
        200
    );
}

#[test]
fn answers_take_every_liberty() {
    let sample = Sample::start(SEED);
    let known = sample.readable();
    let wanted: &[(&str, &[&str])] = &[
        (SHOOTER, &["Kills", "KillsPerHour", "RankName", "LastMatchUtc", "CampaignCompleted"]),
        (RACER, &["RacesWon"]),
    ];
    let mut seen = HashMap::<&str, usize>::new();
    let mut order_kept = true;
    for chunk in known.chunks(100) {
        let answer = sample.batch(chunk, wanted).json();
        let users = answer["users"].as_array().unwrap();
        *seen.entry("user left out").or_default() += chunk.len() - users.len();
        let xuids: Vec<String> =
            users.iter().map(|user| user["xuid"].to_string().trim_matches('"').to_owned()).collect();
        order_kept &= xuids == chunk.iter().map(u64::to_string).collect::<Vec<_>>();
        for user in users {
            let mut note = |what, is: bool| *seen.entry(what).or_default() += usize::from(is);
            note("xuid number", user["xuid"].is_u64());
            note("xuid string", user["xuid"].is_string());
            note("gamertag", user["gamertag"].is_string());
            note("user empty", user["scids"].as_array().unwrap().is_empty());
            for stat in
                user["scids"].as_array().unwrap().iter().flat_map(|scid| scid["stats"].as_array().unwrap())
            {
                note("value string", stat["value"].is_string());
                note("value integer", stat["value"].is_i64());
                note("value double", stat["value"].is_f64());
                note("value bool", stat["value"].is_boolean());
                for name in ["Integer", "Double", "String", "DateTime"] {
                    note(name, stat["type"] == name);
                }
            }
        }
    }
    assert!(!order_kept);
    for what in [
        "user left out",
        "xuid number",
        "xuid string",
        "gamertag",
        "user empty",
        "value string",
        "value integer",
        "value double",
        "value bool",
        "Integer",
        "Double",
        "String",
        "DateTime",
    ] {
        assert!(seen.get(what).is_some_and(|count| *count > 0), "never seen: {what} in {seen:?}");
    }
}

#[test]
fn large_integers_keep_every_digit() {
    let sample = Sample::start(SEED);
    let stats = ["TotalDamage"];
    let overflow = sample.values(&[OVERFLOW_OWL], &[(SHOOTER, &stats)]);
    assert_eq!(overflow.values().collect::<Vec<_>>(), ["9223372036854775807"]);
    let known = sample.readable();
    let values = sample.values(&known[..400], &[(SHOOTER, &stats)]);
    let beyond = |value: &&String| {
        let whole: i64 = value.parse().unwrap();
        whole > 1 << 53 && whole as f64 as i64 != whole
    };
    assert!(values.values().filter(beyond).count() > 20, "digits that a double would lose");
}

#[test]
fn featured_stats_are_listed_even_without_values() {
    let sample = Sample::start(SEED);
    let title = catalogue().titles()[0].title_id.unwrap().0;
    let body = json!({
        "arrangebyfield": "xuid",
        "xuids": [WARRIOR_SAINT.to_string(), IDLE_FERN],
        "groups": [{ "name": "Hero", "titleId": title }, { "name": "Villain", "titleId": title.to_string() }],
        "stats": [{ "name": "MinutesPlayed", "titleId": title.to_string() }, { "name": "RacesWon", "scid": RACER }],
    });
    let answer = sample.post("/batch", "2", &body).json();
    let hero = &answer["groups"][0];
    assert_eq!((hero["name"].as_str(), text(&hero["titleid"])), (Some("Hero"), title.to_string()));
    assert_eq!(answer["groups"][1]["statlistscollection"], json!([]));
    let (player, idle) = (&hero["statlistscollection"][0], &hero["statlistscollection"][1]);
    assert_eq!(player["arrangebyfield"], "xuid");
    assert_eq!(player["arrangebyfieldid"], WARRIOR_SAINT.to_string());
    let kills = &player["stats"][0];
    assert_eq!(kills["name"], "Kills");
    assert!(kills["value"].is_string() && kills["xuid"].is_string() && kills["titleid"].is_string());
    assert_eq!(
        kills["groupproperties"],
        json!({
            "Ordinal": "1", "SortOrder": "Descending", "DisplayName": "Kills", "DisplayFormat": "Integer",
            "DisplaySemantic": "Cumulative",
        })
    );
    assert_eq!(kills["properties"]["DisplayName"], "Kills");
    assert_eq!(idle["stats"][0]["name"], "Kills");
    assert!(idle["stats"][0].get("value").is_none(), "no value is an entry without one here");
    let minutes = &answer["statlistscollection"][0]["stats"][0];
    assert_eq!((minutes["name"].as_str(), &minutes["groupproperties"]), (Some("MinutesPlayed"), &json!({})));
    assert_eq!(answer["statlistscollection"][0]["stats"][1]["scid"], RACER);
}

#[test]
fn one_user_is_answered_in_every_documented_shape() {
    let sample = Sample::start(SEED);
    let path = |xuid: u64| format!("/users/xuid({xuid})/scids/{SHOOTER}/stats/Kills,RankName,NoSuchStat");
    let (mut wrapped, mut bare) = (0, 0);
    for player in &first_query().players {
        let found =
            sample.get(&format!("/users/me/people/search?q={}&maxItems=1", escape(player.text())), "3");
        let xuid: u64 = text(&found.json()["people"][0]["xuid"]).parse().unwrap();
        let answer = sample.get(&path(xuid), "1").json();
        let stats = if answer["user"].is_object() {
            wrapped += 1;
            assert!(answer["user"]["gamertag"].is_string());
            &answer["user"]["stats"]
        } else {
            bare += 1;
            assert_eq!(answer["scids"][0]["scid"], SHOOTER);
            &answer["scids"][0]["stats"]
        };
        assert_eq!(stats.as_array().unwrap().len(), 2);
        assert_eq!(stats[0]["statname"], "Kills");
    }
    assert!(wrapped > 0 && bare > 0);
    let second = sample.get(&path(NOVA), "2").json();
    assert_eq!(second["statlistscollection"][0]["stats"][0]["name"], "Kills");
    assert!(second["statlistscollection"][0]["stats"][0].get("valuemetadata").is_none());
    let third = sample.get(&format!("{}?include=valuemetadata", path(NOVA)), "3").json();
    let stats = &third["statlistscollection"][0]["stats"];
    let metadata: Value = serde_json::from_str(stats[0]["valuemetadata"].as_str().unwrap()).unwrap();
    assert_eq!(metadata["displayName"], "Kills");
    assert_eq!(stats[1]["valuemetadata"], "");
    assert_eq!(sample.get(&path(17), "1").status, 404);
}

#[test]
fn profiles_are_found_by_classic_gamertag_number_and_token() {
    let sample = Sample::start(SEED);
    let settings = "Gamertag,GameDisplayPicRaw,Gamerscore,ModernGamertag,ModernGamertagSuffix,UniqueModernGamertag,Nonsense";
    let profile = |who: &str| sample.get(&format!("/users/{who}/profile/settings?settings={settings}"), "2");
    let found = profile("gt(major%20fennec)").json();
    let user = &found["profileUsers"][0];
    assert_eq!(user["id"], MAJOR_FENNEC.to_string());
    let settings: HashMap<&str, &str> = user["settings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|setting| (setting["id"].as_str().unwrap(), setting["value"].as_str().unwrap()))
        .collect();
    assert_eq!(settings.len(), 6, "settings that do not exist are left out");
    assert_eq!((settings["Gamertag"], settings["ModernGamertagSuffix"]), ("Major Fennec", ""));
    assert!(settings["Gamerscore"].parse::<u64>().is_ok());
    assert_eq!(profile("gt(MAJORFENNEC)").json(), found);
    assert!(profile("gt(Dragon1652)").text.contains("Dragon#1652"));
    assert!(profile(&format!("xuid({NOVA})")).text.contains("Нова Звезда#4410"));
    assert!(profile("me").text.contains("WarriorSaint"));
    for unknown in
        ["gt(NobodyAtAll)", "xuid(17)", "gt(%D0%9D%D0%BE%D0%B2%D0%B0%20%D0%97%D0%B2%D0%B5%D0%B7%D0%B4%D0%B0)"]
    {
        let refused = profile(unknown);
        assert_eq!(refused.status, 404);
        assert_eq!(
            refused.json(),
            json!({
                "code": 28, "source": "Profile", "traceInformation": null,
                "description": "The server found no data for the requested entity.",
            })
        );
    }
}

#[test]
fn profiles_come_in_batches_by_number() {
    let sample = Sample::start(SEED);
    let ask = |ids: Value| {
        let body = json!({ "userIds": ids, "settings": ["UniqueModernGamertag"] });
        sample.post("/users/batch/profile/settings", "2", &body)
    };
    let found = ask(json!([NOVA.to_string(), 17, WARRIOR_SAINT, HIDDEN_HERON])).json();
    let names: Vec<&str> = found["profileUsers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["settings"][0]["value"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Нова Звезда#4410", "WarriorSaint", "Hidden Heron"]);
    assert_eq!(ask(json!(["17"])).status, 404);
}

#[test]
fn people_are_found_in_any_script() {
    let sample = Sample::start(SEED);
    let search = |text: &str, contract: &str| {
        let path = format!("/users/me/people/search/decoration/detail,preferredColor?q={}", escape(text));
        sample.get(&path, contract).json()["people"].as_array().unwrap().clone()
    };
    for (text, name) in [
        ("нова зв", "Нова Звезда#4410"),
        ("미르 달빛#082", "미르 달빛#082"),
        ("星野ソラ", "星野ソラ#7715"),
        ("ดาวเหนือ#310", "ดาวเหนือ#310"),
        ("نجمة الشمال", "نجمة الشمال#77"),
        ("łukasz bór", "Łukasz Bór#991"),
        ("निशा वीर", "निशा वीर#508"),
        ("warriors", "WarriorSaint"),
    ] {
        for contract in ["3", "5", "7"] {
            let found = search(text, contract);
            assert!(found.iter().any(|person| person["uniqueModernGamertag"] == name), "{text}: {found:?}");
        }
    }
    let many = search("wolf", "3");
    assert_eq!(many.len(), 25);
    for field in ["xuid", "gamertag", "modernGamertag", "uniqueModernGamertag"] {
        assert!(many.iter().all(|person| person[field].is_string()), "{field}");
    }
    assert!(many.iter().any(|person| person["gamerScore"].is_null()), "any field may be null");
    assert!(search("nobody at all", "3").is_empty());
    assert_eq!(
        sample.get("/users/me/people/search?q=wolf&maxItems=3", "3").json()["people"][2]["isFavorite"],
        false
    );
    assert_eq!(sample.get("/users/me/people/search", "3").status, 400);
}

#[test]
fn title_history_has_all_that_clients_insist_on() {
    let sample = Sample::start(SEED);
    let path = format!("/users/xuid({NOVA})/titles/titlehistory/decoration/achievement,image,scid");
    let history = sample.get(&path, "2").json();
    assert_eq!(history["xuid"], NOVA.to_string());
    let titles = history["titles"].as_array().unwrap();
    let mut without_scid = 0;
    for title in titles {
        for field in ["name", "type", "displayImage", "mediaItemType", "modernTitleId", "pfn"] {
            assert!(title[field].is_string(), "{field} of {title}");
        }
        assert!(title["titleId"].as_str().unwrap().parse::<u32>().is_ok());
        assert!(!title["devices"].as_array().unwrap().is_empty());
        assert!(title["isBundle"].is_boolean());
        assert!(title["titleHistory"]["lastTimePlayed"].is_string());
        assert!(
            title["titleHistory"]["visible"].is_boolean() && title["titleHistory"]["canHide"].is_boolean()
        );
        match title["serviceConfigId"].as_str() {
            Some(_) => assert!(title["achievement"]["totalGamerscore"].is_u64()),
            None => without_scid += 1,
        }
    }
    assert_eq!(without_scid, 1);
    assert!(titles.iter().any(|title| title["serviceConfigId"] == SHOOTER));
    let played: Vec<&str> =
        titles.iter().map(|title| title["titleHistory"]["lastTimePlayed"].as_str().unwrap()).collect();
    assert!(played.is_sorted_by(|left, right| left >= right), "latest first: {played:?}");

    let few = sample.get(&format!("{path}?maxItems=1"), "2").json();
    assert_eq!(few["titles"].as_array().unwrap().len(), 1);
    let plain = sample.get(&format!("/users/xuid({NOVA})/titles/titlehistory/decoration/image"), "2").json();
    assert!(plain["titles"].as_array().unwrap().iter().all(|title| title["serviceConfigId"].is_null()));
    let id = catalogue().titles()[0].title_id.unwrap();
    let one = sample.get(&format!("/users/xuid({NOVA})/titles/titleid({id})/decoration/scid"), "2").json();
    assert_eq!(one["titles"][0]["serviceConfigId"], SHOOTER);
    assert_eq!(sample.get("/users/me/titles/titleid(5)/decoration/scid", "2").status, 404);
}

#[test]
fn the_seed_decides_everything() {
    let (first, same, other) = (Sample::start(7), Sample::start(7), Sample::start(8));
    let xuids = [WARRIOR_SAINT, NOVA, MAJOR_FENNEC];
    let stats: &[(&str, &[&str])] =
        &[(SHOOTER, &["Kills", "TotalDamage", "RankName"]), (RACER, &["RacesWon"])];
    let ask = |sample: &Sample| sample.batch(&xuids, stats).text;
    assert_eq!(ask(&first), ask(&same));
    assert_ne!(ask(&first), ask(&other));
    let session = |scid: &str| json!({ "xuids": [NOVA], "scid": scid, "matches": 2 });
    for sample in [&first, &same] {
        assert_eq!(sample.post("/sample/play-session", "1", &session(SHOOTER)).status, 200);
        assert_eq!(sample.post("/sample/play-session", "1", &session(RACER)).status, 200);
    }
    assert_eq!(ask(&first), ask(&same));
    assert_ne!(ask(&first), Sample::start(7).batch(&xuids, stats).text);
}

#[test]
fn a_play_session_moves_values_as_matches_would() {
    let sample = Sample::start(SEED);
    let counters =
        ["Kills", "Deaths", "Headshots", "MinutesPlayed", "MatchesPlayed", "MatchesWon", "TotalDamage"];
    let records = ["LongestKillStreak", "LongestKillMetres"];
    let ratios = ["Kills", "MinutesPlayed", "KillsPerHour"];
    let laps = ["BestLap.Track.04"];
    let before = (
        sample.numbers(NOVA, SHOOTER, &counters),
        sample.numbers(NOVA, SHOOTER, &records),
        sample.numbers(NOVA, RACER, &laps),
    );
    let played = |xuid: u64| sample.values(&[xuid], &[(SHOOTER, &["LastMatchUtc", "Kills"])]);
    let (date, untouched) = (played(NOVA), played(WARRIOR_SAINT));
    let mut improved = 0;
    for round in 1..=8 {
        let body = json!({ "xuids": [NOVA.to_string()], "matches": 3 });
        let answer = sample.send("POST", "/sample/play-session", &[], Some(body.to_string()));
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.json()["moved"].as_u64().unwrap() >= 2);
        let now = sample.numbers(NOVA, SHOOTER, &counters);
        assert_eq!(now[4] - before.0[4], f64::from(3 * round), "matches");
        improved += usize::from(sample.numbers(NOVA, RACER, &laps)[0] < before.2[0]);
    }
    let after = (
        sample.numbers(NOVA, SHOOTER, &counters),
        sample.numbers(NOVA, SHOOTER, &records),
        sample.numbers(NOVA, RACER, &laps),
    );
    for (place, counter) in counters.iter().enumerate() {
        assert!(after.0[place] > before.0[place], "{counter}: {before:?} {after:?}");
    }
    let (kills, headshots) = (after.0[0] - before.0[0], after.0[2] - before.0[2]);
    assert!(headshots <= kills && kills < 8.0 * 3.0 * 40.0, "{kills} kills, {headshots} headshots");
    assert!(after.0[5] - before.0[5] <= 24.0, "no more wins than matches");
    assert!(after.1[0] >= before.1[0] && after.1[1] >= before.1[1] && after.2[0] <= before.2[0]);
    assert!(improved > 0, "a best lap may fall");
    let ratio = sample.numbers(NOVA, SHOOTER, &ratios);
    assert!((ratio[0] * 60.0 / ratio[1] - ratio[2]).abs() < 0.006, "{ratio:?}");
    assert_ne!(played(NOVA), date);
    assert_eq!(played(WARRIOR_SAINT), untouched, "others did not play");
}

#[test]
fn sessions_without_players_are_for_all_and_odd_ones_are_refused() {
    let sample = Sample::start(SEED);
    let kills = |xuid| sample.numbers(xuid, SHOOTER, &["Kills"])[0];
    let (warrior, nova) = (kills(WARRIOR_SAINT), kills(NOVA));
    sample.service.play_session(PlaySession { players: Vec::new(), scid: None, matches: 4 });
    let none = json!({ "xuids": [17], "matches": 1 });
    let answer = sample.post("/sample/play-session", "1", &none).json();
    assert_eq!(answer["moved"], 0, "sessions are played in order: this one ended after the one before");
    assert!(kills(WARRIOR_SAINT) > warrior && kills(NOVA) > nova);
    for body in [json!({ "scid": "nope" }), json!({ "xuids": ["x"] }), json!({ "matchez": 1 }), json!([])] {
        assert_eq!(sample.post("/sample/play-session", "1", &body).status, 400, "{body}");
    }
    let idle = sample.values(&[IDLE_FERN, MAJOR_FENNEC], &[(RACER, &["RacesWon"])]);
    assert!(idle.is_empty(), "who never played a title stays without values");
}

#[test]
fn distributions_look_like_those_of_games() {
    let sample = Sample::start(SEED);
    let known = sample.readable();
    assert!(known.len() > 900, "{}", known.len());
    let mut all = HashMap::new();
    for chunk in known.chunks(100) {
        let shooter = [
            "Kills",
            "Deaths",
            "Headshots",
            "MinutesPlayed",
            "KillsPerHour",
            "KillDeathRatio",
            "VehiclesDestroyed",
        ];
        all.extend(sample.values(chunk, &[(SHOOTER, &shooter), (RACER, &["BestLap.Track.04"])]));
    }
    let of = |xuid: u64, scid: &str, stat: &str| -> Option<f64> {
        all.get(&(xuid, scid.to_owned(), stat.to_owned())).map(|value| value.parse().unwrap())
    };
    let likely = || known.iter().copied().filter(|xuid| *xuid != AIM_OF_GOLD);
    let shooter = |stat: &str| -> Vec<f64> { likely().filter_map(|xuid| of(xuid, SHOOTER, stat)).collect() };
    let within = |numbers: &[f64], least: f64, most: f64| {
        numbers.iter().filter(|number| (least..=most).contains(*number)).count() as f64 / numbers.len() as f64
    };
    let (kills, minutes) = (shooter("Kills"), shooter("MinutesPlayed"));
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
    let (mean_kills, mean_minutes) = (mean(&kills), mean(&minutes));
    let sum = |pair: &dyn Fn(f64, f64) -> f64| -> f64 {
        kills
            .iter()
            .zip(&minutes)
            .map(|(kills, minutes)| pair(kills - mean_kills, minutes - mean_minutes))
            .sum()
    };
    let r = sum(&|k, m| k * m) / (sum(&|k, _| k * k) * sum(&|_, m| m * m)).sqrt();
    assert!(r > 0.5, "kills follow minutes: r = {r}");
    assert!(mean_kills > 1.3 * median(kills.clone()), "a long tail");
    assert!(within(&shooter("KillsPerHour"), 10.0, 40.0) > 0.98);
    assert!(within(&shooter("KillDeathRatio"), 0.5, 2.5) > 0.98);
    let laps: Vec<f64> = known.iter().filter_map(|xuid| of(*xuid, RACER, "BestLap.Track.04")).collect();
    assert!(within(&laps, 60.0, 95.0) == 1.0 && laps.len() * 3 < known.len() * 2);
    assert!(shooter("VehiclesDestroyed").len() * 3 < kills.len() * 2, "a stat of some players only");
    assert!(likely().all(|xuid| of(xuid, SHOOTER, "Headshots") <= of(xuid, SHOOTER, "Kills")));
    let cheater = sample.numbers(AIM_OF_GOLD, SHOOTER, &["KillsPerHour"])[0];
    assert!(cheater > 10.0 * median(shooter("KillsPerHour")), "{cheater}");
}

#[test]
fn the_groups_of_the_first_query_differ() {
    let sample = Sample::start(SEED);
    let query = first_query();
    let mut medians = Vec::new();
    let mut without_laps = 0;
    for group in &query.groups {
        let mut minutes = Vec::new();
        for player in &group.players {
            let path = format!("/users/me/people/search?q={}&maxItems=1", escape(&player.to_string()));
            let person = sample.get(&path, "3").json()["people"][0].clone();
            assert_eq!(person["uniqueModernGamertag"], player.to_string());
            let xuid: u64 = text(&person["xuid"]).parse().unwrap();
            minutes.push(sample.numbers(xuid, SHOOTER, &["MinutesPlayed"])[0]);
            without_laps += usize::from(sample.values(&[xuid], &[(RACER, &["RacesWon"])]).is_empty());
        }
        medians.push(median(minutes));
    }
    assert!(medians.is_sorted_by(|left, right| 1.5 * left < *right), "{medians:?}");
    assert_eq!(without_laps, 3);
}

fn escape(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
