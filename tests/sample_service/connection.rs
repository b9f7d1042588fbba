//! Faults of the connection, seen from the other end of it.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    sync::Arc,
};

use statlens::sample::{Faults, SampleLimits, SampleOptions, TOKEN};

use crate::{NOVA, SHOOTER, Sample, batch_body, hand_clock::HandClock};

/// Everything that comes back for a request, and how it ended.
fn raw(sample: &Sample) -> (Vec<u8>, std::io::Result<usize>) {
    let addr = sample.service.url().replace("http://", "");
    let mut stream = TcpStream::connect(addr).unwrap();
    let body = batch_body(&[NOVA], &[(SHOOTER, &["Kills"])]).to_string();
    let request = format!(
        "POST /batch HTTP/1.1\r\nHost: sample\r\nAuthorization: {TOKEN}\r\nx-xbl-contract-version: 1\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    (answer, end)
}

/// The length that the head tells, and the body.
fn body_of(answer: &[u8]) -> (usize, String) {
    let answer = String::from_utf8(answer.to_vec()).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let length = head.to_ascii_lowercase();
    let length = length.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    (length.unwrap(), body.to_owned())
}

fn with_clock(faults: &str) -> (Sample, Arc<HandClock>) {
    let clock = HandClock::at(1_795_197_600_000);
    let faults: Faults = faults.parse().unwrap();
    let options =
        SampleOptions { faults, limits: SampleLimits::Off, clock: clock.clone(), ..SampleOptions::default() };
    (Sample::with(options), clock)
}

#[test]
fn a_reset_comes_before_any_answer_and_the_next_try_gets_through() {
    let sample = Sample::with_faults("reset:first 1");
    let (answer, end) = raw(&sample);
    assert!(answer.is_empty());
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    let (answer, end) = raw(&sample);
    assert!(end.is_ok() && answer.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn a_cut_body_ends_before_the_length_that_was_told() {
    let sample = Sample::with_faults("cut:first 1");
    let (answer, end) = raw(&sample);
    assert!(end.is_ok(), "closed, not reset");
    let (length, half) = body_of(&answer);
    assert_eq!(half.len(), length / 2);
    let (whole_length, whole) = body_of(&raw(&sample).0);
    assert_eq!((whole_length, whole.len()), (length, length));
    assert!(whole.starts_with(&half));
    let client = sample.client.get(format!("{}/users/me/people/search?q=nova", sample.service.url()));
    let client = client.header("authorization", TOKEN).header("x-xbl-contract-version", "3");
    let read = sample.runtime.block_on(async { client.send().await.unwrap().bytes().await });
    assert!(read.is_err(), "a client notices");
}

#[test]
fn a_stalled_request_is_answered_with_a_reset_after_five_minutes() {
    let (sample, clock) = with_clock("stall:first 1");
    std::thread::scope(|threads| {
        let client = threads.spawn(|| raw(&sample));
        sample.runtime.block_on(clock.waits(1, 0));
        clock.forward(299_999);
        assert!(!client.is_finished());
        clock.forward(1);
        let (answer, end) = client.join().unwrap();
        assert!(answer.is_empty());
        assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    });
    sample.runtime.block_on(clock.waits(1, 1));
    assert!(raw(&sample).0.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn a_client_that_leaves_ends_the_stall() {
    let (sample, clock) = with_clock("stall:100%");
    let url = format!("{}/users/me/people/search?q=nova", sample.service.url());
    let request = sample.client.get(url).header("authorization", TOKEN).header("x-xbl-contract-version", "3");
    sample.runtime.block_on(async {
        tokio::select! {
            answer = request.send() => panic!("{answer:?}"),
            () = clock.waits(1, 0) => {}
        }
        clock.waits(1, 1).await;
    });
}

#[test]
fn a_slow_body_comes_in_pieces_and_whole() {
    let (sample, clock) = with_clock("slow:first 1");
    let slow = std::thread::scope(|threads| {
        let client = threads.spawn(|| raw(&sample));
        let pieces = 16;
        for piece in 0..pieces {
            sample.runtime.block_on(clock.waits(piece + 1, piece));
            assert!(!client.is_finished());
            clock.forward(250);
        }
        let (answer, end) = client.join().unwrap();
        assert!(end.is_ok());
        sample.runtime.block_on(clock.waits(pieces, pieces));
        body_of(&answer)
    });
    assert_eq!(slow, body_of(&raw(&sample).0));
}
