//! A server on loopback that answers as badly as a test wants it to.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    thread,
};

use serde_json::{Value, json};

/// A well-formed token that is worth nothing.
pub(crate) const TOKEN: &str = "XBL3.0 x=4711;a-well-formed.token.that.is.worth.nothing.at.all";

/// What a server was asked.
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: Value,
}

impl Request {
    /// The XUIDs that a batch asks for.
    pub(crate) fn users(&self) -> Vec<u64> {
        let users = self.body["requestedusers"].as_array().cloned().unwrap_or_default();
        users.iter().map(|user| user.as_str().unwrap().parse().unwrap()).collect()
    }

    /// Whether it asks for stats.
    pub(crate) fn is_batch(&self) -> bool {
        self.path.starts_with("/batch")
    }
}

/// What a server answers.
pub(crate) enum Reply {
    /// A status and a body.
    Body(u16, String),
    /// Nothing, for as long as the client waits.
    Silence,
    /// Nothing either, and word when the client is gone.
    SilenceUntilGone(Sender<()>),
}

impl Reply {
    pub(crate) fn json(value: &Value) -> Self {
        Self::Body(200, value.to_string())
    }

    /// Names for the XUIDs that a batch of profiles asks for.
    pub(crate) fn names(request: &Request) -> Self {
        let users = request.body["userIds"].as_array().cloned().unwrap_or_default();
        let profiles = users.iter().map(|id| {
            let name = format!("Player {}", id.as_str().unwrap());
            json!({"id": id, "settings": [{"id": "Gamertag", "value": name}]})
        });
        Self::json(&json!({ "profileUsers": profiles.collect::<Vec<_>>() }))
    }
}

/// A user of an answer with one stat of one SCID.
pub(crate) fn user(xuid: u64, scid: &str, stats: &[(&str, Value)]) -> Value {
    let stats: Vec<Value> = stats
        .iter()
        .map(|(name, value)| json!({"statname": name, "type": "Integer", "value": value}))
        .collect();
    json!({"xuid": xuid.to_string(), "scids": [{"scid": scid, "stats": stats}]})
}

pub(crate) struct Server {
    url: String,
    asked: Arc<Mutex<Vec<Request>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (answer, log, stop) = (Arc::new(answer), asked.clone(), stopped.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (answer, log) = (answer.clone(), log.clone());
                thread::spawn(move || serve(&stream.unwrap(), &*answer, &log));
            }
        });
        Self { url, asked, stopped }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// How many requests for stats came.
    pub(crate) fn batches(&self) -> usize {
        self.asked.lock().unwrap().iter().filter(|request| request.is_batch()).count()
    }

    /// The heads of all requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|request| request.head.clone()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn serve(stream: &TcpStream, answer: &dyn Fn(&Request) -> Reply, log: &Mutex<Vec<Request>>) {
    let Some(request) = read_request(stream) else { return };
    let reply = answer(&request);
    log.lock().unwrap().push(request);
    let mut out = stream;
    match &reply {
        Reply::Body(status, body) => {
            let head = format!(
                "HTTP/1.1 {status} Something\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            // The client may be gone: that is its right.
            let _ = out.write_all(head.as_bytes()).and_then(|()| out.write_all(body.as_bytes()));
            let _ = stream.shutdown(Shutdown::Write);
        }
        Reply::Silence | Reply::SilenceUntilGone(_) => {}
    }
    let mut rest = Vec::new();
    let _ = (&*stream).read_to_end(&mut rest);
    if let Reply::SilenceUntilGone(gone) = reply {
        // The test may be over.
        let _ = gone.send(());
    }
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0_usize);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = head.split(' ').nth(1)?.to_owned();
    Some(Request { path, head, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
}
