use crate::model::{Exchange, holds_token};

/// The request as a cURL command for a POSIX shell, in which the variable `XBL_TOKEN` stands for the
/// token. Everything else is between single quotes, so that the shell changes nothing of it. There is
/// no line break at its end, with which a terminal would run it as soon as it is pasted.
#[must_use]
pub fn write(exchange: &Exchange) -> String {
    let sent = &exchange.sent;
    let mut parts = vec![format!("curl {}", quoted(&sent.url))];
    if sent.url.contains(['[', ']', '{', '}']) {
        parts.push("--globoff".to_owned());
    }
    if sent.method != implied_method(&sent.body) {
        parts.push(format!("-X {}", quoted(sent.method)));
    }
    parts.push(r#"-H "Authorization: $XBL_TOKEN""#.to_owned());
    // A service could have put the token into an `ETag`, which is sent back to it.
    let is_told =
        |name: &str, value: &str| !name.eq_ignore_ascii_case("authorization") && !holds_token(value);
    let others = sent.headers.iter().filter(|(name, value)| is_told(name, value));
    parts.extend(others.map(|(name, value)| format!("-H {}", quoted(&header(name, value)))));
    if !sent.body.is_empty() {
        parts.push(format!("--data-raw {}", quoted(&sent.body)));
    }
    parts.join(" \\\n  ")
}

/// What cURL sends unless told otherwise.
fn implied_method(body: &str) -> &'static str {
    if body.is_empty() { "GET" } else { "POST" }
}

/// A header as cURL wants it: one without a value ends in a semicolon, or it would be left out.
fn header(name: &str, value: &str) -> String {
    if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") }
}

/// A text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
