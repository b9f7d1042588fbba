//! What fails, and what is told of it.

use std::time::Duration;

use statlens::{
    model::{Remedy, UnixMillis},
    xbox::{
        Transport, profile,
        retry::{self, Verdict},
        userstats::{ReadError, read_answer},
    },
};
use tokio::net::TcpListener;

use super::server::{
    Deed, SECRET, Server, ask, batch, client, error_of, fickle, kind, options, request, token,
};

#[tokio::test]
async fn redirects_are_not_followed() {
    let thief = Server::start(Deed::answer("200 OK", "", "{}")).await;
    for status in
        ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let location = format!("location: {}/batch\r\n", thief.url);
        let error = error_of(batch(Deed::answer(status, &location, ""))).await;
        assert_eq!(error.status(), status[..3].parse().ok());
        assert_eq!(error.to_failure().remedy, Remedy::None);
    }
    assert_eq!(thief.requests(), [""; 0]);
}

#[tokio::test]
async fn statuses_become_failures_with_what_to_do() {
    for (status, remedy) in [
        ("304 Not Modified", Remedy::Retry),
        ("400 Bad Request", Remedy::EditStats),
        ("401 Unauthorized", Remedy::NewToken),
        ("403 Forbidden", Remedy::EditPlayers),
        ("404 Not Found", Remedy::EditStats),
        ("406 Not Acceptable", Remedy::None),
        ("408 Request Timeout", Remedy::Retry),
        ("413 Too Large", Remedy::EditStats),
        ("418 Teapot", Remedy::Retry),
        ("429 Too Many Requests", Remedy::Retry),
        ("500 Broken", Remedy::Retry),
        ("503 Unavailable", Remedy::Retry),
    ] {
        let failure = error_of(batch(Deed::answer(status, "", ""))).await.to_failure();
        assert_eq!((failure.status, failure.remedy), (status[..3].parse().ok(), remedy), "{failure:?}");
        assert_eq!(failure.detail, None, "nothing was said");
    }
}

#[tokio::test]
async fn the_services_own_words_are_kept_without_an_echoed_token() {
    let body = format!(
        r#"{{"code":28,"description":"No data.","traceInformation":"XBL3.0 x=1234567890;{SECRET}"}}"#
    );
    let headers = "X-XblCorrelationId: 0a1b-2c\r\nMS-CV: zzz\r\n";
    let failure = error_of(batch(Deed::answer("404 Not Found", headers, &body))).await.to_failure();
    let detail = failure.detail.unwrap();
    assert!(detail.starts_with(r#"{"code":28,"description":"No data.""#), "{detail}");
    assert!(
        detail.contains("x=1234567890;(token)") && detail.ends_with("X-XblCorrelationId: 0a1b-2c"),
        "{detail}"
    );

    let echo = format!("MS-CV: {SECRET}\r\n");
    error_of(batch(Deed::answer("500 Broken", &echo, &SECRET[3..40]))).await;
    let page = "<html><body>Sign in to the hotel network</body></html>";
    let failure = error_of(batch(Deed::answer("503 Unavailable", "", page))).await.to_failure();
    assert_eq!(failure.detail.as_deref(), Some(page));
}

#[tokio::test]
async fn throttling_says_how_long_and_never_asks_for_a_token() {
    let body =
        r#"{"version":1,"currentRequests":13,"maxRequests":10,"periodInSeconds":15,"limitType":"Rate"}"#;
    let error = error_of(batch(Deed::answer("429 Too Many Requests", "Retry-After: 12\r\n", body))).await;
    assert_eq!(error.retry_after(UnixMillis(0)), Some(Duration::from_secs(12)));
    let failure = error.to_failure();
    assert!(failure.reason.contains("10 in 15 s") && failure.reason.contains("12 s"), "{failure:?}");
    assert!(!format!("{failure:?}").to_lowercase().contains("token"), "{failure:?}");

    let date = "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    let error = error_of(batch(Deed::answer("429 Too Many Requests", date, ""))).await;
    assert_eq!(error.retry_after(UnixMillis(784_111_767_000)), Some(Duration::from_secs(10)));
}

#[tokio::test]
async fn a_kept_connection_that_is_closed_is_told_from_a_new_one() {
    let client = client(&fickle().await, options());
    let prepared = client.prepare_batch(&request());
    for _ in 0..10 {
        let reply = client.send(&token(), &prepared, None).await;
        assert_eq!(reply.result.map(|answer| answer.body.to_vec()), Ok(b"{}".to_vec()));
        let error = error_of(async { client.send(&token(), &prepared, None).await.result }).await;
        assert_eq!(kind(&error), Some(Transport::KeptClosed), "{error:?}");
        let verdict = retry::verdict(&error, 1, UnixMillis(0), 1.0);
        assert!(matches!(verdict, Verdict::Again { after: Duration::ZERO, .. }), "{verdict:?}");
    }
}

#[tokio::test]
async fn an_answer_that_repeats_the_token_is_not_taken() {
    let echo = format!("{{\"users\":[],\"you sent\":\"XBL3.0 x=1;{SECRET}\"}}");
    let error = error_of(batch(Deed::answer("200 OK", "", &echo))).await;
    assert!(error.to_failure().reason.contains("repeats the token"), "{error}");
}

#[tokio::test]
async fn a_packed_answer_is_told() {
    let error = error_of(batch(Deed::answer("200 OK", "content-encoding: gzip\r\n", "\u{1f}"))).await;
    assert!(error.to_failure().reason.contains("packed (gzip)"), "{error}");
    let plain = batch(Deed::answer("200 OK", "content-encoding: identity\r\n", "{}")).await;
    assert_eq!(plain, Ok(b"{}".to_vec()));
}

#[tokio::test]
async fn an_unknown_gamertag_is_the_players_list_to_mend() {
    let body = r#"{"code":28,"source":"Profile","description":"The server found no data for the requested entity.","traceInformation":null}"#;
    let server = Server::start(Deed::answer("404 Not Found", "", body)).await;
    let client = client(&server.url, options());
    let nobody = client.prepare_profile_by_gamertag("nobody");
    let failure = error_of(ask(&client, &nobody)).await.to_failure();
    assert_eq!(failure.to_string(), "404: No player has this gamertag");
    assert_eq!(failure.remedy, Remedy::EditPlayers);
}

#[tokio::test]
async fn a_web_page_instead_of_an_answer_is_told() {
    let page = "<!DOCTYPE html><html>Sign in</html>";
    let server = Server::start(Deed::answer("200 OK", "content-type: text/html\r\n", page)).await;
    let client = client(&server.url, options());
    let body = ask(&client, &client.prepare_batch(&request())).await.unwrap();
    let error = read_answer(&body, &mut |_| {}).unwrap_err();
    assert!(matches!(&error, ReadError::NotJson { begins } if begins.starts_with("<!DOCTYPE html>")));
    assert_eq!(profile::read(&body), Err("it is a web page".to_owned()));
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_told() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"users\":[".to_vec();
    assert_eq!(kind(&error_of(batch(Deed::Send(cut))).await), Some(Transport::CutOff));
    let cut = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"use\r\n".to_vec();
    assert_eq!(kind(&error_of(batch(Deed::Send(cut))).await), Some(Transport::CutOff));
    let cut = b"HTTP/1.1 401 No\r\ncontent-length: 500\r\n\r\nwhy".to_vec();
    let failure = error_of(batch(Deed::Send(cut))).await.to_failure();
    assert_eq!((failure.status, failure.detail.as_deref()), (Some(401), Some("why")));
}

#[tokio::test]
async fn connections_that_fail_are_told_apart() {
    assert_eq!(kind(&error_of(batch(Deed::Reset)).await), Some(Transport::Reset));
    assert_eq!(kind(&error_of(batch(Deed::Send(Vec::new()))).await), Some(Transport::Reset));
    let other = b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec();
    assert_eq!(kind(&error_of(batch(Deed::Send(other))).await), Some(Transport::NotHttp));

    let server = Server::start(Deed::Greet(b"220 no TLS here\r\n")).await;
    let secure = client(&server.url.replace("http:", "https:"), options());
    let error = error_of(ask(&secure, &secure.prepare_batch(&request()))).await;
    assert_eq!(kind(&error), Some(Transport::Tls), "{error:?}");

    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let nobody = client(&format!("http://127.0.0.1:{port}"), options());
    let error = error_of(ask(&nobody, &nobody.prepare_batch(&request()))).await;
    assert_eq!(kind(&error), Some(Transport::Refused));
    assert_eq!(error.to_string(), format!("Nothing answers at 127.0.0.1:{port}"));
}
