//! The service client against servers that behave, misbehave and attack, all on loopback.

use std::{
    fmt::Debug,
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

use statlens::{
    model::{Remedy, Scid, StatName, UnixMillis, Xuid},
    xbox::{
        ClientOptions, Endpoint, RequestError, Transport, XblToken, XboxClient,
        retry::{self, Verdict},
        userstats::{BatchRequest, ReadError, read_answer},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const SECRET: &str = "eyJTRUNSRVQiOiJzZWNyZXQi.SECRETsecretSECRETsecret.U0VDUkVU-_x";

fn token() -> XblToken {
    XblToken::parse(&format!("XBL3.0 x=1234567890;{SECRET}").into()).expect("it is well formed")
}

fn options() -> ClientOptions {
    ClientOptions { timeout: Duration::from_secs(20), max_body_bytes: 1 << 20, ..ClientOptions::default() }
}

fn client(url: &str, options: ClientOptions) -> XboxClient {
    XboxClient::new(Endpoint::at(url).expect("it is on loopback"), options).expect("there is a client")
}

fn request() -> BatchRequest {
    BatchRequest {
        users: vec![Xuid(2_533_274_792_693_551)],
        scids: vec![(Scid::from_wire("7492BACA-c1b4"), vec![StatName::from_wire("Kills")])],
    }
}

/// What a server does with a connection once the request is there.
#[derive(Clone)]
enum Deed {
    /// Sends this and closes.
    Send(Vec<u8>),
    /// Sends this and then nothing more, leaving the connection open.
    Stall(Vec<u8>),
    /// Sends this, and then `x` without end.
    Flood(Vec<u8>),
    /// Sends this before anything is asked, and closes.
    Greet(&'static [u8]),
    /// Closes without reading the request, which resets the connection.
    Reset,
}

impl Deed {
    fn answer(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}connection: close\r\n\r\n");
        Self::Send([head.as_bytes(), body.as_bytes()].concat())
    }

    async fn on(self, mut stream: TcpStream, requests: &Mutex<Vec<String>>) {
        match self {
            Self::Reset => {
                let _ = stream.readable().await;
                return;
            }
            Self::Greet(bytes) => {
                let _ = stream.write_all(bytes).await;
                let _ = stream.read(&mut [0; 4096]).await;
                return;
            }
            Self::Send(_) | Self::Stall(_) | Self::Flood(_) => {}
        }
        let request = read_request(&mut stream).await;
        requests.lock().expect("no test panicked holding it").push(request);
        match self {
            Self::Send(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            }
            Self::Stall(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.read(&mut [0; 1]).await;
            }
            Self::Flood(bytes) => {
                let _ = stream.write_all(&bytes).await;
                while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
            }
            Self::Greet(_) | Self::Reset => {}
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let is_whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = header(head, "content-length").and_then(|length| length.parse().ok());
            body.len() >= length.unwrap_or(0)
        });
        if is_whole || count == 0 {
            return text.into_owned();
        }
    }
}

fn header<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    let head = request.split("\r\n\r\n").next()?;
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}

struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(deed: Deed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (deed, seen) = (deed.clone(), seen.clone());
                tokio::spawn(async move { deed.on(stream, &seen).await });
            }
        });
        Self { url, requests }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no test panicked holding it").clone()
    }
}

/// Asks a server that does `deed` for stats.
async fn batch(deed: Deed) -> Result<Vec<u8>, RequestError> {
    let server = Server::start(deed).await;
    let answer = client(&server.url, options()).batch(&token(), &request()).await;
    answer.map(|body| body.to_vec())
}

/// The error of a call, after a look that nothing shown of it holds a piece of the token.
async fn error_of<T: Debug>(call: impl Future<Output = Result<T, RequestError>>) -> RequestError {
    let error = call.await.expect_err("it fails");
    let shown = format!("{error} {error:?} {:?}", error.to_failure());
    for start in 0..SECRET.len() - 12 {
        assert!(!shown.contains(&SECRET[start..start + 12]), "{shown}");
    }
    error
}

fn kind(error: &RequestError) -> Option<Transport> {
    match error {
        RequestError::Transport { kind, .. } => Some(*kind),
        _ => None,
    }
}

const PROFILES: &str = r#"{"profileUsers":[{"id":"2669321029139235","settings":[
    {"id":"Gamertag","value":"Major Nelson"},{"id":"Gamerscore","value":"99"}]}]}"#;

#[tokio::test]
async fn a_batch_request_is_exactly_as_documented() {
    let server = Server::start(Deed::answer("200 OK", "", r#"{"users":[]}"#)).await;
    let body = client(&server.url, options()).batch(&token(), &request()).await.unwrap();
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
    client.batch(&token(), &request()).await.unwrap();
    client.profile_by_gamertag(&token(), "x").await.unwrap();
    let sent = server.requests();
    assert_eq!(header(&sent[0], "x-requestedserviceversion"), Some("7"));
    assert_eq!(header(&sent[1], "x-requestedserviceversion"), None);
}

#[tokio::test]
async fn look_ups_are_as_documented() {
    let server = Server::start(Deed::answer("200 OK", "", PROFILES)).await;
    let client = client(&format!("{}/base/", server.url), options());
    let player = client.profile_by_gamertag(&token(), "Major Nelson").await.unwrap();
    assert_eq!(
        (player.xuid, player.name(), player.gamerscore),
        (Xuid(2_669_321_029_139_235), "Major Nelson".into(), Some(99))
    );
    assert_eq!(client.profiles_by_xuid(&token(), &[player.xuid]).await.unwrap(), [player]);
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
    let found = client(&server.url, options()).search_people(&token(), "星野").await.unwrap();
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
    assert!(client.batch(&token(), &request()).await.is_ok());
}

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

/// Answers the first request of each connection and closes it at the second, without an answer.
async fn fickle() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            read_request(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            read_request(&mut stream).await;
        }
    });
    url
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
    let client_of = |server: &Server| client(&server.url, options());
    let failure = error_of(client_of(&server).profile_by_gamertag(&token(), "nobody")).await.to_failure();
    assert_eq!(failure.to_string(), "404: No player has this gamertag");
    assert_eq!(failure.remedy, Remedy::EditPlayers);

    let server = Server::start(Deed::answer("200 OK", "", r#"{"profileUsers":[]}"#)).await;
    let error = error_of(client_of(&server).profile_by_gamertag(&token(), "nobody")).await;
    assert_eq!(error, RequestError::NoSuchPlayer);
}

#[tokio::test]
async fn a_web_page_instead_of_an_answer_is_told() {
    let page = "<!DOCTYPE html><html>Sign in</html>";
    let server = Server::start(Deed::answer("200 OK", "content-type: text/html\r\n", page)).await;
    let client = client(&server.url, options());
    let body = client.batch(&token(), &request()).await.unwrap();
    let error = read_answer(&body, &mut |_| {}).unwrap_err();
    assert!(matches!(&error, ReadError::NotJson { begins } if begins.starts_with("<!DOCTYPE html>")));
    let error = error_of(client.profile_by_gamertag(&token(), "x")).await;
    assert!(error.to_string().contains("it is a web page"), "{error}");
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
async fn a_body_without_end_is_not_read_to_its_end() {
    let limit = options().max_body_bytes;
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", limit + 1),
        "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551615\r\n\r\n".to_owned(),
    ] {
        let error = error_of(batch(Deed::Flood(head.clone().into_bytes()))).await;
        let is_bounded = matches!(error, RequestError::TooLarge { limit: told } if told == limit);
        assert!(is_bounded || kind(&error).is_some(), "{head}: {error:?}");
    }
    let error = error_of(batch(Deed::Flood(b"HTTP/1.1 500 No\r\n\r\n".to_vec()))).await;
    assert_eq!(error.status(), Some(500));
}

#[tokio::test]
async fn a_stalled_answer_ends_in_time() {
    for bytes in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let server = Server::start(Deed::Stall(bytes.as_bytes().to_vec())).await;
        let hasty = client(&server.url, ClientOptions { timeout: Duration::from_millis(200), ..options() });
        let error = error_of(hasty.batch(&token(), &request())).await;
        assert_eq!(kind(&error), Some(Transport::Timeout), "{bytes:?}");
    }
}

#[tokio::test]
async fn connections_that_fail_are_told_apart() {
    assert_eq!(kind(&error_of(batch(Deed::Reset)).await), Some(Transport::Reset));
    assert_eq!(kind(&error_of(batch(Deed::Send(Vec::new()))).await), Some(Transport::Reset));
    let other = b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec();
    assert_eq!(kind(&error_of(batch(Deed::Send(other))).await), Some(Transport::NotHttp));

    let server = Server::start(Deed::Greet(b"220 no TLS here\r\n")).await;
    let secure = client(&server.url.replace("http:", "https:"), options());
    let error = error_of(secure.batch(&token(), &request())).await;
    assert_eq!(kind(&error), Some(Transport::Tls), "{error:?}");

    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let nobody = client(&format!("http://127.0.0.1:{port}"), options());
    let error = error_of(nobody.batch(&token(), &request())).await;
    assert_eq!(kind(&error), Some(Transport::Refused));
    assert_eq!(error.to_string(), format!("Nothing answers at 127.0.0.1:{port}"));
}
