//! The body of `POST /batch`, dialect A (`XBOX-API.md`, section 1a).

use serde::{Serialize, Serializer};

use crate::model::{Scid, StatName, Xuid};

/// Which stats of which users to ask for: every stat of every SCID for every user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchRequest {
    /// The users.
    pub users: Vec<Xuid>,
    /// The SCIDs, each with its stats.
    pub scids: Vec<(Scid, Vec<StatName>)>,
}

impl BatchRequest {
    /// The body as it is sent. XUIDs are JSON strings, since as numbers they can lose digits on the
    /// way, and SCIDs keep their case (`XBOX-API.md`, section 1a).
    #[must_use]
    pub fn body(&self) -> String {
        let body = Body {
            users: self.users.iter().map(|xuid| XuidText(*xuid)).collect(),
            scids: self.scids.iter().map(|(scid, stats)| ScidBody { scid, stats }).collect(),
        };
        // Cannot fail: there are no maps with keys other than strings, and no I/O.
        serde_json::to_string(&body).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "requestedusers")]
    users: Vec<XuidText>,
    #[serde(rename = "requestedscids")]
    scids: Vec<ScidBody<'a>>,
}

#[derive(Serialize)]
struct ScidBody<'a> {
    scid: &'a Scid,
    #[serde(rename = "requestedstats")]
    stats: &'a [StatName],
}

struct XuidText(Xuid);

impl Serialize for XuidText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_as_the_service_wants_it() {
        let request = BatchRequest {
            users: vec![Xuid(2_533_274_792_693_551), Xuid(u64::MAX)],
            scids: vec![(
                Scid::from_wire("7492BACA-c1b4"),
                ["OverallReputation", "Say\"Hi\""].map(StatName::from_wire).to_vec(),
            )],
        };
        assert_eq!(
            request.body(),
            concat!(
                r#"{"requestedusers":["2533274792693551","18446744073709551615"],"#,
                r#""requestedscids":[{"scid":"7492BACA-c1b4","requestedstats":["OverallReputation","Say\"Hi\""]}]}"#
            )
        );
    }
}
