//! What is taken down of a request, however it ends.

use std::time::{Duration, Instant};

use statlens::{
    model::{Api, Window, Xuid},
    xbox::{ClientOptions, RequestError, Transport, Validators, profile},
};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use super::server::{
    Deed, SECRET, Server, body_of, client, kind, options, read_request, reply_of, request, token,
};

#[tokio::test]
async fn requests_are_called_what_they_ask_for() {
    let client = client("http://127.0.0.1:1", options());
    let batch = client.prepare_batch(&request());
    assert_eq!((batch.api, batch.title.as_str()), (Api::Stats, "POST /batch 1 × 1"));
    assert_eq!((batch.sent.users, batch.sent.stats, batch.host()), (1, 1, "127.0.0.1:1"));
    let name = client.prepare_profile_by_gamertag("Quiet Orbit");
    assert_eq!((name.api, name.title.as_str()), (Api::Profile, "GET gt(Quiet Orbit)"));
    let names = client.prepare_profiles_by_xuid(&(0..24).map(Xuid).collect::<Vec<_>>());
    assert_eq!((names.api, names.title.as_str()), (Api::Profile, "POST /users/batch (24 users)"));
    let search = client.prepare_people_search("a\nb\u{1b}[31m");
    assert_eq!((search.api, search.title.as_str()), (Api::People, "GET search(ab[31m)"));
}

#[tokio::test]
async fn what_is_shown_is_what_is_sent_but_for_the_token() {
    let server = Server::start(Deed::answer("200 OK", "", "{}")).await;
    let client = client(&server.url, ClientOptions { service_version: Some(7), ..options() });
    let validators = Validators { etag: Some("W/\"7\"".to_owned()), last_modified: Some("then".to_owned()) };
    for prepared in [
        client.prepare_batch(&request()),
        client.prepare_profile_by_gamertag("Major Nelson"),
        client.prepare_profiles_by_xuid(&[Xuid(7)]),
        client.prepare_people_search("星野"),
    ] {
        for validators in [None, Some(&validators)] {
            client.send(&token(), &prepared, validators).await.result.unwrap();
            let shown = prepared.sent_with(validators);
            assert!(!format!("{prepared:?} {shown:?}").contains(&SECRET[..12]));
            let wire = server.requests().pop().unwrap();
            let (head, body) = wire.split_once("\r\n\r\n").unwrap();
            let mut lines = head.lines();
            let path = shown.url.strip_prefix(&server.url).unwrap();
            assert_eq!(lines.next(), Some(format!("{} {path} HTTP/1.1", shown.method).as_str()));
            let mut sent: Vec<String> = lines.map(str::to_lowercase).collect();
            let mut told: Vec<String> =
                shown.headers.iter().map(|(name, value)| format!("{name}: {value}").to_lowercase()).collect();
            told.push(format!("authorization: xbl3.0 x=1234567890;{}", SECRET.to_lowercase()));
            sent.sort_unstable();
            told.sort_unstable();
            assert_eq!(sent, told);
            assert_eq!(body, &*shown.body);
        }
    }
}

#[tokio::test]
async fn an_answer_is_taken_down_whole() {
    let headers = "X-XblCorrelationId: 0a1b\r\nMS-CV: zzz\r\nX-Odd: \u{e9}\r\n";
    let reply = reply_of(Deed::answer("200 OK", headers, r#"{"users":[]}"#)).await;
    let attempt = &reply.attempt;
    assert_eq!((attempt.status, attempt.correlation.as_deref()), (Some(200), Some("0a1b")));
    assert_eq!((body_of(attempt), attempt.body.bytes()), (&br#"{"users":[]}"#[..], 12));
    assert!(attempt.headers.contains(&("ms-cv".to_owned(), "zzz".to_owned())), "{attempt:?}");
    assert_eq!(attempt.failure, None);
    assert_eq!(reply.result.unwrap().body, &br#"{"users":[]}"#[..]);
}

#[tokio::test]
async fn a_failure_is_taken_down_with_its_body_and_without_the_token() {
    let body = format!("no {} no {SECRET}", &SECRET[10..30]);
    let headers = format!("MS-CV: {SECRET}\r\nX-Echo: a {} b\r\n", &SECRET[3..20]);
    for status in ["403 Forbidden", "200 OK"] {
        let reply = reply_of(Deed::answer(status, &headers, &body)).await;
        let attempt = &reply.attempt;
        assert_eq!(body_of(attempt), b"no (token) no (token)");
        assert_eq!(attempt.correlation.as_deref(), Some("(token)"));
        assert!(attempt.headers.contains(&("x-echo".to_owned(), "a (token) b".to_owned())), "{attempt:?}");
        let error = reply.result.unwrap_err();
        assert_eq!(attempt.failure.as_deref(), Some(&error.to_failure()));
    }
}

#[tokio::test]
async fn of_an_answer_that_is_cut_off_what_came_is_kept() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\nMS-CV: zzz\r\n\r\n{\"users\":[";
    let reply = reply_of(Deed::Send(cut.as_bytes().to_vec())).await;
    assert_eq!(kind(&reply.result.unwrap_err()), Some(Transport::CutOff));
    let attempt = reply.attempt;
    assert_eq!((attempt.status, attempt.correlation.as_deref()), (Some(200), Some("zzz")));
    assert_eq!(body_of(&attempt), b"{\"users\":[");

    let server = Server::start(Deed::Stall(cut.as_bytes().to_vec())).await;
    let hasty = client(&server.url, ClientOptions { timeout: Duration::from_millis(200), ..options() });
    let reply = hasty.send(&token(), &hasty.prepare_batch(&request()), None).await;
    assert_eq!(kind(&reply.result.unwrap_err()), Some(Transport::Timeout));
    assert_eq!((reply.attempt.status, body_of(&reply.attempt)), (Some(200), &b"{\"users\":["[..]));
}

#[tokio::test]
async fn nothing_at_all_is_taken_down_as_that() {
    for deed in [Deed::Reset, Deed::Send(b"SSH-2.0\r\n\r\n".to_vec())] {
        let attempt = reply_of(deed).await.attempt;
        assert_eq!((attempt.status, attempt.headers.len(), attempt.body.bytes()), (None, 0, 0));
        assert!(attempt.failure.is_some());
    }
}

#[tokio::test]
async fn a_deadline_ends_the_wait_and_not_what_was_said_before() {
    let server = Server::start(Deed::Stall(Vec::new())).await;
    let client = client(&server.url, options());
    let prepared = client.prepare_batch(&request());
    let reply = client.send_until(&token(), &prepared, None, std::future::ready(())).await;
    assert_eq!(reply.result, Err(RequestError::timed_out(prepared.host())));
    let answers = Server::start(Deed::answer("200 OK", "", "{}")).await;
    let client = super::server::client(&answers.url, options());
    let prepared = client.prepare_batch(&request());
    let reply = client.send_until(&token(), &prepared, None, std::future::pending()).await;
    assert!(reply.result.is_ok());
}

/// Answers as many requests as come on each connection.
async fn steady() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                while !read_request(&mut stream).await.is_empty() {
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
                }
            });
        }
    });
    url
}

#[tokio::test]
async fn time_is_split_and_connecting_counts_once() {
    let client = client(&steady().await, options());
    let prepared = client.prepare_batch(&request());
    for is_first in [true, false, false] {
        let began = Instant::now();
        let attempt = client.send(&token(), &prepared, None).await.attempt;
        assert_eq!(attempt.connecting > Duration::ZERO, is_first, "{attempt:?}");
        assert!(attempt.waiting > Duration::ZERO);
        assert!(attempt.connecting + attempt.waiting + attempt.reading <= began.elapsed());
    }
}

#[tokio::test]
async fn validators_come_back_and_304_means_nothing_changed() {
    let headers = "ETag: \"v7\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    let known = reply_of(Deed::answer("200 OK", headers, "{}")).await.result.unwrap().validators.unwrap();
    assert_eq!(known.etag.as_deref(), Some("\"v7\""));
    assert_eq!(known.last_modified.as_deref(), Some("Sun, 06 Nov 1994 08:49:37 GMT"));

    let server = Server::start(Deed::answer("304 Not Modified", "", "")).await;
    let client = client(&server.url, options());
    let prepared = client.prepare_batch(&request());
    let reply = client.send(&token(), &prepared, Some(&known)).await;
    let answer = reply.result.unwrap();
    assert!(answer.not_modified && answer.body.is_empty(), "{answer:?}");
    assert_eq!(answer.validators, Some(known), "they hold on");
    assert_eq!((reply.attempt.status, reply.attempt.failure), (Some(304), None));
    let unasked = client.send(&token(), &prepared, None).await;
    assert_eq!(unasked.result.unwrap_err().status(), Some(304));
}

#[tokio::test]
async fn odd_validators_are_not_sent_back() {
    for headers in ["ETag: \r\n", "ETag: \u{e9}\r\n", &format!("ETag: {}\r\n", "x".repeat(2_000)), ""] {
        let answer = reply_of(Deed::answer("200 OK", headers, "{}")).await.result.unwrap();
        assert_eq!(answer.validators, None, "{headers}");
    }
    let odd = Validators { etag: Some("a\r\nx-injected: 1".to_owned()), last_modified: None };
    let server = Server::start(Deed::answer("200 OK", "", "{}")).await;
    let client = client(&server.url, options());
    client.send(&token(), &client.prepare_batch(&request()), Some(&odd)).await.result.unwrap();
    assert!(!server.requests().remove(0).contains("injected"));
}

#[tokio::test]
async fn declared_rate_limits_are_read_of_answers_and_refusals() {
    let headers = "RateLimit-Policy: \"short\";q=1000;w=15, \"long\";q=3000;w=300\r\n";
    let window = |limit, seconds| Window { limit, period: Duration::from_secs(seconds) };
    let declared = [window(1000, 15), window(3000, 300)];
    for status in ["200 OK", "429 Too Many Requests"] {
        assert_eq!(reply_of(Deed::answer(status, headers, "{}")).await.policy(), Some(declared), "{status}");
    }
    assert_eq!(reply_of(Deed::answer("200 OK", "", "{}")).await.policy(), None);
    let here = client("http://127.0.0.1:1", options());
    assert_eq!(here.believed(declared, Some([window(100, 15), window(300, 300)])), Some(declared));
}

#[tokio::test]
async fn a_look_up_that_finds_nobody_is_read_as_that() {
    let answer = reply_of(Deed::answer("200 OK", "", r#"{"profileUsers":[]}"#)).await.result.unwrap();
    assert_eq!(profile::read(&answer.body), Ok(vec![]));
}
