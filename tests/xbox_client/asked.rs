//! What is sent.

use statlens::{
    model::{Player, Xuid},
    xbox::{ClientOptions, XboxClient, people, profile},
};

use super::server::{Deed, SECRET, Server, ask, client, header, options, request};

async fn who_is(client: &XboxClient, gamertag: &str) -> Player {
    let body = ask(client, &client.prepare_profile_by_gamertag(gamertag)).await.unwrap();
    profile::read(&body).unwrap().remove(0)
}

const PROFILES: &str = r#"{"profileUsers":[{"id":"2669321029139235","settings":[
    {"id":"Gamertag","value":"Major Nelson"},{"id":"Gamerscore","value":"99"}]}]}"#;

#[tokio::test]
async fn a_batch_request_is_exactly_as_documented() {
    let server = Server::start(Deed::answer("200 OK", "", r#"{"users":[]}"#)).await;
    let client = client(&server.url, options());
    let body = ask(&client, &client.prepare_batch(&request())).await.unwrap();
    assert_eq!(&body[..], br#"{"users":[]}"#);
    let sent = server.requests().remove(0);
    assert!(sent.starts_with("POST /batch?operation=read HTTP/1.1\r\n"), "{sent}");
    for (name, value) in [
        ("authorization", format!("XBL3.0 x=1234567890;{SECRET}")),
        ("x-xbl-contract-version", "1".to_owned()),
        ("content-type", "application/json; charset=utf-8".to_owned()),
        ("accept", "application/json".to_owned()),
        ("accept-language", "en-US,en;q=0.8".to_owned()),
        ("user-agent", format!("Statlens/{}", env!("CARGO_PKG_VERSION"))),
    ] {
        assert_eq!(header(&sent, name), Some(value.as_str()), "{name}");
    }
    for absent in ["x-requestedserviceversion", "cookie", "referer"] {
        assert_eq!(header(&sent, absent), None, "{absent}");
    }
    assert!(sent.ends_with(
        r#"{"requestedusers":["2533274792693551"],"requestedscids":[{"scid":"7492BACA-c1b4","requestedstats":["Kills"]}]}"#
    ));
}

#[tokio::test]
async fn the_service_version_is_sent_when_set_and_only_for_stats() {
    let server = Server::start(Deed::answer("200 OK", "", PROFILES)).await;
    let client = client(&server.url, ClientOptions { service_version: Some(7), ..options() });
    ask(&client, &client.prepare_batch(&request())).await.unwrap();
    who_is(&client, "x").await;
    let sent = server.requests();
    assert_eq!(header(&sent[0], "x-requestedserviceversion"), Some("7"));
    assert_eq!(header(&sent[1], "x-requestedserviceversion"), None);
}

#[tokio::test]
async fn look_ups_are_as_documented() {
    let server = Server::start(Deed::answer("200 OK", "", PROFILES)).await;
    let client = client(&format!("{}/base/", server.url), options());
    let player = who_is(&client, "Major Nelson").await;
    assert_eq!(
        (player.xuid, player.name(), player.gamerscore),
        (Xuid(2_669_321_029_139_235), "Major Nelson".into(), Some(99))
    );
    let body = ask(&client, &client.prepare_profiles_by_xuid(&[player.xuid])).await.unwrap();
    assert_eq!(profile::read(&body), Ok(vec![player]));
    let sent = server.requests();
    assert!(sent[0].starts_with("GET /base/users/gt(Major%20Nelson)/profile/settings?settings=Gamertag,GameDisplayPicRaw,Gamerscore,ModernGamertag,ModernGamertagSuffix,UniqueModernGamertag HTTP/1.1"), "{}", sent[0]);
    assert_eq!(header(&sent[0], "x-xbl-contract-version"), Some("2"));
    assert_eq!(header(&sent[0], "content-type"), None);
    assert!(sent[1].starts_with("POST /base/users/batch/profile/settings HTTP/1.1"), "{}", sent[1]);
    assert_eq!(header(&sent[1], "x-xbl-contract-version"), Some("2"));
    assert!(sent[1].contains(r#""userIds":["2669321029139235"]"#), "{}", sent[1]);
}

#[tokio::test]
async fn the_people_search_is_as_documented() {
    let answer = r#"{"people":[{"xuid":"5","gamertag":"StarSora7715","uniqueModernGamertag":"星野#7715","gamerScore":null}]}"#;
    let server = Server::start(Deed::answer("200 OK", "", answer)).await;
    let client = client(&server.url, options());
    let found = people::read(&ask(&client, &client.prepare_people_search("星野")).await.unwrap()).unwrap();
    assert_eq!(found[0].name(), "星野#7715");
    let sent = server.requests().remove(0);
    assert!(
        sent.starts_with(
            "GET /users/me/people/search/decoration/detail,preferredColor?q=%E6%98%9F%E9%87%8E&maxItems=25 "
        ),
        "{sent}"
    );
    assert_eq!(header(&sent, "x-xbl-contract-version"), Some("3"));
}

#[tokio::test]
async fn localhost_is_this_machine_without_asking_anyone() {
    let server = Server::start(Deed::answer("200 OK", "", "{}")).await;
    let port = server.url.rsplit(':').next().unwrap();
    let client = client(&format!("http://localhost:{port}"), options());
    assert!(ask(&client, &client.prepare_batch(&request())).await.is_ok());
}
