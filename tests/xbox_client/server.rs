//! Servers that do with a connection what a test wants, and what is sent to them.

use std::{
    fmt::Debug,
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

use statlens::{
    model::{Attempt, Body, Scid, StatName, Xuid},
    xbox::{
        ClientOptions, Endpoint, Prepared, Reply, RequestError, Transport, XblToken, XboxClient,
        userstats::BatchRequest,
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) const SECRET: &str = "eyJTRUNSRVQiOiJzZWNyZXQi.SECRETsecretSECRETsecret.U0VDUkVU-_x";

pub(crate) fn token() -> XblToken {
    XblToken::parse(&format!("XBL3.0 x=1234567890;{SECRET}").into()).expect("it is well formed")
}

pub(crate) fn options() -> ClientOptions {
    ClientOptions { timeout: Duration::from_secs(20), max_body_bytes: 1 << 20, ..ClientOptions::default() }
}

pub(crate) fn client(url: &str, options: ClientOptions) -> XboxClient {
    XboxClient::new(Endpoint::at(url).expect("it is on loopback"), options).expect("there is a client")
}

pub(crate) fn request() -> BatchRequest {
    BatchRequest {
        users: vec![Xuid(2_533_274_792_693_551)],
        scids: vec![(Scid::from_wire("7492BACA-c1b4"), vec![StatName::from_wire("Kills")])],
    }
}

/// What a server does with a connection once the request is there.
#[derive(Clone)]
pub(crate) enum Deed {
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
    pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Self {
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

pub(crate) async fn read_request(stream: &mut TcpStream) -> String {
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

pub(crate) fn header<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    let head = request.split("\r\n\r\n").next()?;
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start(deed: Deed) -> Self {
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

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no test panicked holding it").clone()
    }
}

/// Asks a server that does `deed` for stats.
pub(crate) async fn batch(deed: Deed) -> Result<Vec<u8>, RequestError> {
    let server = Server::start(deed).await;
    let client = client(&server.url, options());
    ask(&client, &client.prepare_batch(&request())).await
}

/// Sends a request once.
pub(crate) async fn ask(client: &XboxClient, prepared: &Prepared) -> Result<Vec<u8>, RequestError> {
    let reply = client.send(&token(), prepared, None).await;
    reply.result.map(|answer| answer.body.to_vec())
}

/// What is taken down of asking a server that does `deed`, after a look that nothing of it holds a
/// piece of the token.
pub(crate) async fn reply_of(deed: Deed) -> Reply {
    let server = Server::start(deed).await;
    let client = client(&server.url, options());
    let reply = client.send(&token(), &client.prepare_batch(&request()), None).await;
    assert_no_token(&format!("{:?} {}", reply.attempt, String::from_utf8_lossy(body_of(&reply.attempt))));
    reply
}

pub(crate) fn body_of(attempt: &Attempt) -> &[u8] {
    match &attempt.body {
        Body::Here(body) => body,
        Body::Empty => b"",
        other => panic!("{other:?}"),
    }
}

fn assert_no_token(shown: &str) {
    for start in 0..SECRET.len() - 12 {
        assert!(!shown.contains(&SECRET[start..start + 12]), "{shown}");
    }
}

/// The error of a call, after a look that nothing shown of it holds a piece of the token.
pub(crate) async fn error_of<T: Debug>(call: impl Future<Output = Result<T, RequestError>>) -> RequestError {
    let error = call.await.expect_err("it fails");
    assert_no_token(&format!("{error} {error:?} {:?}", error.to_failure()));
    error
}

pub(crate) fn kind(error: &RequestError) -> Option<Transport> {
    match error {
        RequestError::Transport { kind, .. } => Some(*kind),
        _ => None,
    }
}

/// Answers the first request of each connection and closes it at the second, without an answer.
pub(crate) async fn fickle() -> String {
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
