//! What the address of a request asks for: that of one user's stats (`XBOX-API.md`, section 1c), or
//! any other that names a user by XUID.

use percent_encoding::percent_decode_str;

use super::asked::{Gathered, LeftOut};

/// Adds what an address asks for. One that names neither user nor stats adds nothing.
pub(super) fn read(url: &str, gathered: &mut Gathered) {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<String> =
        path.split('/').map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect();
    let after = |name: &str| {
        let place = parts.iter().position(|part| part.eq_ignore_ascii_case(name))?;
        parts.get(place + 1)
    };
    if let Some(user) = after("users") {
        read_user(user, gathered);
    }
    if let Some(scid) = after("scids").and_then(|scid| gathered.title(scid)) {
        let names = after("stats").map_or("", |names| names.as_str());
        for name in names.split(',').filter(|name| !name.is_empty()) {
            gathered.stat(&scid, name);
        }
    }
}

fn read_user(user: &str, gathered: &mut Gathered) {
    let within = |name: &str| {
        let (head, rest) = user.split_once('(')?;
        head.eq_ignore_ascii_case(name).then(|| rest.strip_suffix(')')).flatten()
    };
    if let Some(xuid) = within("xuid") {
        gathered.player(xuid);
    } else if within("gt").is_some() {
        gathered.leave_out(LeftOut::Gamertag);
    } else if user.eq_ignore_ascii_case("me") {
        gathered.leave_out(LeftOut::Me);
    }
}
