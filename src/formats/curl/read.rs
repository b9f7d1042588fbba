use super::{
    Asked, CurlError, MAX_BYTES, address,
    asked::{Gathered, LeftOut},
    body, flags, posix, windows,
};
use crate::model::holds_token;

/// In a pasted command, so many words at most stand before `curl`: a prompt, variables.
const MOST_BEFORE_CURL: usize = 8;

/// Reads what a pasted request asks for: a cURL command for a POSIX shell or for `cmd.exe`, the JSON
/// body of a request, also with lines around it, or an address.
///
/// # Errors
/// Why nothing can be taken from it, in words that hold none of it.
pub fn read(text: &str) -> Result<Asked, CurlError> {
    if text.len() > MAX_BYTES {
        return Err(CurlError::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(CurlError::Empty);
    }
    let mut gathered = Gathered::default();
    if is_command(text) {
        read_command(text, &mut gathered)?;
    } else {
        read_plain(text, &mut gathered)?;
    }
    if !gathered.names_nothing() {
        return Ok(gathered.finish());
    }
    Err(if holds_token(text) && !is_command(text) { CurlError::Token } else { CurlError::AsksNothing })
}

fn is_command(text: &str) -> bool {
    !text.starts_with(['{', '[']) && text.split_whitespace().take(MOST_BEFORE_CURL).any(is_curl)
}

/// Whether a word is the program's name, with or without quotes and path.
fn is_curl(word: &str) -> bool {
    let name = word.trim_matches(['"', '\'', '^']).rsplit(['/', '\\']).next().unwrap_or_default();
    name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
}

fn read_command(text: &str, gathered: &mut Gathered) -> Result<(), CurlError> {
    let text = text.trim_start_matches(['$', '>', '%', ' ']);
    let command = if windows::is_meant(text) { windows::split(text)? } else { posix::split(text)? };
    let Some(start) = command.words.iter().position(|word| is_curl(word)) else {
        return Err(CurlError::NotARequest);
    };
    let request = flags::read(&command.words[start + 1..], gathered)?;
    request.urls.iter().for_each(|url| address::read(url, gathered));
    if let Some(json) = request.body {
        body::read(&json, gathered)?;
    }
    if command.is_followed {
        gathered.leave_out(LeftOut::Rest);
    }
    Ok(())
}

/// A body, an address, or a request as it goes over the wire: an address in its first line, headers,
/// a body.
fn read_plain(text: &str, gathered: &mut Gathered) -> Result<(), CurlError> {
    let (around, json) = split_at_body(text);
    let url = around
        .split_whitespace()
        .find(|word| word.contains("/users/") || word.starts_with("https://") || word.starts_with("http://"));
    if let Some(url) = url {
        address::read(url, gathered);
    }
    match json {
        Some(json) => {
            body::read(json, gathered)?;
            if holds_token(around) {
                gathered.leave_out(LeftOut::Token);
            }
            Ok(())
        }
        None if url.is_some() => Ok(()),
        None if holds_token(text) => Err(CurlError::Token),
        None => Err(CurlError::NotARequest),
    }
}

/// What stands before the body, and the body: from the first bracket to the last.
fn split_at_body(text: &str) -> (&str, Option<&str>) {
    let Some(start) = text.find(['{', '[']) else { return (text, None) };
    let end = text.rfind(['}', ']']).map_or(text.len(), |end| end + 1).max(start);
    let end = if end == start { text.len() } else { end };
    (&text[..start], Some(&text[start..end]))
}
