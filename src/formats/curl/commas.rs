//! Commas put right, since the documented samples have some too many and some too few, and what is
//! edited by hand has as well.

/// JSON with a comma between any two values of a list or object and nowhere else. What is no JSON
/// otherwise remains none.
pub(super) fn mended(json: &str) -> String {
    let mut mended = String::with_capacity(json.len());
    let mut follows_value = false;
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(token_length(rest, first));
        rest = after;
        if first == ',' || first.is_whitespace() {
            continue;
        }
        if follows_value && !matches!(first, '}' | ']' | ':') {
            mended.push(',');
        }
        mended.push_str(token);
        follows_value = !matches!(first, '{' | '[' | ':');
    }
    mended
}

fn token_length(text: &str, first: char) -> usize {
    match first {
        '"' => string_length(text),
        ',' | '{' | '}' | '[' | ']' | ':' => 1,
        c if c.is_whitespace() => c.len_utf8(),
        _ => text.find(|c: char| c.is_whitespace() || ",{}[]:\"".contains(c)).unwrap_or(text.len()),
    }
}

/// The length of the string that `text` begins with, quotes included; all of it when it is open.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn commas_come_where_they_belong() {
        for (given, wanted) in [
            (r#"{"a":1,"b":[1,2]}"#, r#"{"a":1,"b":[1,2]}"#),
            ("{\n \"a\" : 1\n \"b\" : [1 2,,3,],\n}", r#"{"a":1,"b":[1,2,3]}"#),
            (r#"[,{} {}"x""y"]"#, r#"[{},{},"x","y"]"#),
            (r#"{"a,b\",":"]",}"#, r#"{"a,b\",":"]"}"#),
        ] {
            assert_eq!(mended(given), wanted);
        }
    }

    #[test]
    fn what_is_broken_stays_broken() {
        for broken in [r#"{"a" 1}"#, r#"{"a":"#, r#"["a]"#, "[1}", "星"] {
            assert!(serde_json::from_str::<serde_json::Value>(&mended(broken)).is_err(), "{broken}");
        }
    }
}
