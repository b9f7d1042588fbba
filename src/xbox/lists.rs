//! Reading the list of players that the answer of a look-up holds under a key, each by itself, so
//! that a broken one loses nobody else, and however many there are.

use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, value::RawValue};

use crate::model::Player;

/// More players than this are no answer to anything that is asked.
const MOST_PLAYERS: usize = 100_000;

/// A player of more bytes than this is none that can be read. A tree of JSON takes many times the
/// bytes of its text.
const LARGEST_PLAYER: usize = 256 * 1024;

/// Reads the players under `key`. One that cannot be read is left out.
///
/// # Errors
/// What came instead of such an answer.
pub(super) fn players(
    body: &[u8],
    key: &'static str,
    read: fn(&Value) -> Option<Player>,
) -> Result<Vec<Player>, String> {
    let mut found = Vec::new();
    let mut json = serde_json::Deserializer::from_slice(body);
    let visitor = Answer { key, read, found: &mut found };
    let answer = (&mut json).deserialize_map(visitor).and_then(|()| json.end());
    answer.map_err(|error| no_such_answer(body, &error))?;
    Ok(found)
}

/// What came instead of a look-up's answer. The words of `error` could quote the answer, so only
/// its kind is told.
fn no_such_answer(body: &[u8], error: &serde_json::Error) -> String {
    match (body.trim_ascii_start().first(), error.classify()) {
        (None, _) => "it is empty",
        (Some(b'<'), _) => "it is a web page",
        (Some(b'{' | b'['), serde_json::error::Category::Data) => "it has another form",
        (Some(b'{' | b'['), serde_json::error::Category::Eof) => "it is cut off",
        (Some(_), _) => "it is not JSON",
    }
    .to_owned()
}

/// The object around the list. A key that is repeated adds to the list.
struct Answer<'f> {
    key: &'static str,
    read: fn(&Value) -> Option<Player>,
    found: &'f mut Vec<Player>,
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            if key == self.key {
                map.next_value_seed(List { read: self.read, found: self.found })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The list itself; `null` stands for an empty one.
struct List<'f> {
    read: fn(&Value) -> Option<Player>,
    found: &'f mut Vec<Player>,
}

impl<'de> serde::de::DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(player) = list.next_element::<&RawValue>()? {
            let player = player.get();
            if player.len() > LARGEST_PLAYER || self.found.len() == MOST_PLAYERS {
                continue;
            }
            let tree = serde_json::from_str(player).ok();
            self.found.extend(tree.as_ref().and_then(self.read));
        }
        Ok(())
    }
}
