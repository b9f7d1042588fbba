//! Servers that want to use up memory or time.

use std::time::Duration;

use statlens::xbox::{ClientOptions, RequestError, Transport};

use super::server::{Deed, Server, ask, batch, body_of, client, error_of, kind, options, reply_of, request};

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let limit = options().max_body_bytes;
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: 2147483648\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n80000000\r\n".to_owned(),
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
        let error = error_of(ask(&hasty, &hasty.prepare_batch(&request()))).await;
        assert_eq!(kind(&error), Some(Transport::Timeout), "{bytes:?}");
    }
}

#[tokio::test]
async fn of_a_body_that_is_too_large_little_is_kept() {
    let reply = reply_of(Deed::Flood(b"HTTP/1.1 200 OK\r\n\r\n{".to_vec())).await;
    assert_eq!(reply.result, Err(RequestError::TooLarge { limit: options().max_body_bytes }));
    assert_eq!(reply.attempt.status, Some(200));
    assert_eq!(body_of(&reply.attempt).len(), 64 * 1024);
    let reply = reply_of(Deed::Flood(b"HTTP/1.1 403 No\r\n\r\n".to_vec())).await;
    assert_eq!(reply.attempt.status, Some(403));
    assert_eq!(body_of(&reply.attempt).len(), 64 * 1024);
}

#[tokio::test]
async fn headers_without_end_are_not_taken() {
    let many = "x-more: and more\r\n".repeat(5_000);
    let long = format!("x-long: {}\r\n", "x".repeat(4 << 20));
    for headers in [many, long] {
        let error = error_of(batch(Deed::answer("200 OK", &headers, "{}"))).await;
        let told = kind(&error);
        // A server that is still writing may have the connection closed on it.
        assert!(matches!(told, Some(Transport::HugeHead | Transport::Reset)), "{error:?}");
    }
    let some = format!("x-more: {}\r\n", "y".repeat(2_000)).repeat(80);
    let reply = reply_of(Deed::answer("200 OK", &some, "{}")).await;
    assert!(reply.result.is_ok());
    let kept: usize = reply.attempt.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!((1_000..=64 * 1024).contains(&kept), "{kept}");
}

#[tokio::test]
async fn a_failure_that_nests_deep_is_told_all_the_same() {
    let body = format!("{{\"code\":{}", "[".repeat(100_000));
    let reply = reply_of(Deed::answer("400 Bad Request", "", &body)).await;
    assert_eq!(reply.result.unwrap_err().status(), Some(400));
}
