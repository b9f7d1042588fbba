//! Profiles, people search and title history.

use std::collections::HashMap;

use serde_json::{Value, json};
use statlens::sample::{SEED, catalogue};

use crate::{HIDDEN_HERON, MAJOR_FENNEC, NOVA, SHOOTER, Sample, WARRIOR_SAINT, escape};

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
