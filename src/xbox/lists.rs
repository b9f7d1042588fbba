//! Reading the list of players that the answer of a look-up holds under a key, each by itself, so
//! that a broken one loses nobody else, and however many there are.

use serde_json::Value;

use super::scan::{Raw, Scanner, Stop};
use crate::model::Player;

/// More players than this are no answer to anything that is asked.
const MOST_PLAYERS: usize = 100_000;

/// A player of more bytes than this is none that can be read. A tree of JSON takes many times the
/// bytes of its text.
const LARGEST_PLAYER: usize = 256 * 1024;

/// Reads the players under `key`. One that cannot be read is left out. A key that is repeated adds to
/// the list.
///
/// # Errors
/// What came instead of such an answer. Never quotes it.
pub(super) fn players(
    body: &[u8],
    key: &str,
    read: fn(&Value) -> Option<Player>,
) -> Result<Vec<Player>, String> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut scan = Scanner::new(body);
    let why = match scan.peek() {
        None => "it is empty",
        Some(b'<') => "it is a web page",
        Some(b'[') => "it has another form",
        Some(b'{') => match of_object(&mut scan, key.as_bytes(), read) {
            Ok(Some(players)) => return Ok(players),
            Ok(None) => "it has another form",
            Err(Stop::CutOff) => "it is cut off",
            Err(Stop::Broken(_)) => "it is not JSON",
        },
        Some(_) => "it is not JSON",
    };
    Err(why.to_owned())
}

/// `None` when something else than a list stands under the key; `null` is an empty one.
fn of_object(
    scan: &mut Scanner<'_>,
    key: &[u8],
    read: fn(&Value) -> Option<Player>,
) -> Result<Option<Vec<Player>>, Stop> {
    let mut players = Vec::new();
    let mut is_list = true;
    scan.enter();
    while let Some(name) = scan.next_key()? {
        if name != key {
            scan.value()?;
        } else if scan.peek() == Some(b'[') {
            scan.enter();
            while scan.next_item()? {
                let player = player(scan.value()?, read);
                players.extend(player.filter(|_| players.len() < MOST_PLAYERS));
            }
        } else {
            is_list &= matches!(scan.value()?, Raw::Null);
        }
    }
    Ok(is_list.then_some(players))
}

fn player(raw: Raw<'_>, read: fn(&Value) -> Option<Player>) -> Option<Player> {
    let Raw::Object(json) = raw else { return None };
    if json.len() > LARGEST_PLAYER {
        return None;
    }
    read(&serde_json::from_slice(json).ok()?)
}
