//! Whole answers over HTTP, to the client that the program uses: statuses, error bodies, `Retry-After`,
//! `RateLimit-Policy`, validators, correlation ids, packed bodies.
#![no_main]

use std::{
    cell::RefCell,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use libfuzzer_sys::fuzz_target;
use statlens::{
    model::{Body, Scid, StatName, UnixMillis, Xuid},
    xbox::{ClientOptions, Endpoint, Prepared, Reply, XblToken, XboxClient, userstats::BatchRequest},
};
use statlens_fuzz::{TOKEN, assert_hides_token, text_with_token};
use tokio::runtime::Runtime;

/// The statuses that the first byte of an input chooses from.
const STATUSES: [u16; 14] = [200, 304, 400, 401, 403, 404, 406, 408, 413, 429, 500, 502, 503, 204];

/// The headers whose values stand in the next lines.
const HEADERS: [&str; 6] =
    ["Retry-After", "RateLimit-Policy", "ETag", "Last-Modified", "MS-CV", "Content-Encoding"];

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    let Some(text) = text_with_token(rest) else { return };
    let status = STATUSES[usize::from(*first) % STATUSES.len()];
    let (headers, body) = text.split_once("\n\n").unwrap_or(("", &text));
    // Neither of these two has a body.
    let body = if matches!(status, 204 | 304) { "" } else { body };
    let reply = DESK.with_borrow_mut(|desk| desk.get_or_insert_with(Desk::open).ask(status, headers, body));
    assert_hides_token(&reply);
    if let Body::Here(body) = &reply.attempt.body {
        assert_hides_token(&String::from_utf8_lossy(body));
    }
    assert_eq!(reply.attempt.status, Some(status), "{reply:?}");
    match &reply.result {
        Ok(answer) if answer.not_modified => assert_eq!(status, 304),
        Ok(answer) => assert_eq!(answer.body, body.as_bytes(), "an answer is handed on as it came"),
        Err(error) => {
            let failure = error.to_failure();
            assert_hides_token(&failure);
            assert!(!failure.reason.is_empty() && !failure.advice.is_empty(), "{failure:?}");
            let _ = error.retry_after(UnixMillis(0));
        }
    }
});

/// A client, and the server that it asks.
struct Desk {
    runtime: Runtime,
    client: XboxClient,
    request: Prepared,
    token: XblToken,
    answer: Arc<Mutex<Vec<u8>>>,
}

impl Desk {
    fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let answer = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&answer);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &shared));
            }
        });
        let endpoint = Endpoint::at(&format!("http://{address}")).expect("loopback is allowed");
        let client = XboxClient::new(endpoint, ClientOptions::default()).expect("a client");
        let request = client.prepare_batch(&BatchRequest {
            users: vec![Xuid(1)],
            scids: vec![(Scid::from_wire("s"), vec![StatName::from_wire("Kills")])],
        });
        Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"),
            client,
            request,
            token: XblToken::parse(&TOKEN.into()).expect("it is well formed"),
            answer,
        }
    }

    fn ask(&self, status: u16, headers: &str, body: &str) -> Reply {
        let mut answer = format!("HTTP/1.1 {status} x\r\n");
        for (name, value) in HEADERS.iter().zip(headers.lines()).filter(|(_, value)| !value.is_empty()) {
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            answer.push_str(&format!("{name}: {value}\r\n"));
        }
        answer.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        *self.answer.lock().expect("nothing panics with it") = answer.into_bytes();
        self.runtime.block_on(self.client.send(&self.token, &self.request, None))
    }
}

/// Answers every request of a connection with what lies ready.
fn serve(mut stream: TcpStream, answer: &Mutex<Vec<u8>>) {
    let _ = stream.set_nodelay(true);
    let mut read = Vec::new();
    let mut buffer = [0; 8_192];
    loop {
        while let Some(length) = request_length(&read) {
            read.drain(..length);
            let answer = answer.lock().expect("nothing panics with it").clone();
            if stream.write_all(&answer).is_err() {
                return;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(count) => read.extend_from_slice(&buffer[..count]),
        }
    }
}

/// The length of the request that the bytes begin with, once it is whole.
fn request_length(read: &[u8]) -> Option<usize> {
    let head_length = read.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&read[..head_length]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let whole = head_length + length.unwrap_or(0);
    (read.len() >= whole).then_some(whole)
}
