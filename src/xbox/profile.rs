//! `profile.xboxlive.com`: who has a gamertag, what XUIDs are called (`XBOX-API.md`, section 2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::lists;
use crate::model::{Gamertag, Player, Xuid};

/// What is asked of a profile.
const SETTINGS: [&str; 6] = [
    "Gamertag",
    "GameDisplayPicRaw",
    "Gamerscore",
    "ModernGamertag",
    "ModernGamertagSuffix",
    "UniqueModernGamertag",
];

/// All but what a path segment and a query value can hold as it is.
pub(super) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The form in which the `gt(…)` call finds a gamertag: `Dragon#1652` is found as `Dragon1652`,
/// its classic form. `None` for names beyond ASCII, whose classic forms are unrelated: the people
/// search finds those (`XBOX-API.md`, section 2).
#[must_use]
pub fn gt_form(gamertag: &Gamertag) -> Option<String> {
    let text = gamertag.as_str();
    text.is_ascii().then(|| text.replace('#', ""))
}

/// The path of the look-up by gamertag.
pub(super) fn by_gamertag_path(gamertag: &str) -> String {
    let gamertag = utf8_percent_encode(gamertag, ENCODED);
    format!("/users/gt({gamertag})/profile/settings?settings={}", SETTINGS.join(","))
}

/// The path of the look-up of many XUIDs.
pub(super) const BATCH_PATH: &str = "/users/batch/profile/settings";

/// The body of the look-up of many XUIDs, which are JSON strings.
pub(super) fn batch_body(xuids: &[Xuid]) -> String {
    let xuids: Vec<String> = xuids.iter().map(Xuid::to_string).collect();
    serde_json::json!({ "userIds": xuids, "settings": SETTINGS }).to_string()
}

/// Reads the players of an answer. One that cannot be read is left out, as is one without XUID.
///
/// # Errors
/// What came instead of a profile answer.
pub fn read(body: &[u8]) -> Result<Vec<Player>, String> {
    lists::players(body, "profileUsers", player)
}

fn player(user: &Value) -> Option<Player> {
    let setting = |name: &str| {
        let settings = user["settings"].as_array()?;
        let setting = settings.iter().find(|setting| setting["id"].as_str() == Some(name))?;
        text(&setting["value"])
    };
    Some(named_player(
        xuid(&user["id"])?,
        Names {
            classic: setting("Gamertag"),
            modern: setting("ModernGamertag"),
            suffix: setting("ModernGamertagSuffix"),
            unique: setting("UniqueModernGamertag"),
        },
        setting("Gamerscore").and_then(|score| score.parse().ok()),
    ))
}

/// The names that a service gives a player.
pub(super) struct Names {
    pub(super) classic: Option<String>,
    pub(super) modern: Option<String>,
    pub(super) suffix: Option<String>,
    pub(super) unique: Option<String>,
}

pub(super) fn named_player(xuid: Xuid, names: Names, gamerscore: Option<u64>) -> Player {
    let Names { classic, modern, suffix, unique } = names;
    let joined = modern.map(|name| match suffix {
        Some(suffix) => format!("{name}#{suffix}"),
        None => name,
    });
    let shown = unique.or(joined).or_else(|| classic.clone());
    let classic = classic.filter(|classic| Some(classic) != shown.as_ref());
    Player {
        xuid,
        gamertag: shown.map(|name| Gamertag::from_wire(&name)),
        classic_gamertag: classic.map(|name| Gamertag::from_wire(&name)),
        gamerscore,
    }
}

/// A XUID as text or number.
pub(super) fn xuid(json: &Value) -> Option<Xuid> {
    json.as_u64().map(Xuid).or_else(|| json.as_str()?.trim().parse().ok())
}

/// A text that is not empty, or a number as text.
pub(super) fn text(json: &Value) -> Option<String> {
    match json {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_bodies_are_as_documented() {
        assert_eq!(
            by_gamertag_path("Major Nelson"),
            "/users/gt(Major%20Nelson)/profile/settings?settings=Gamertag,GameDisplayPicRaw,\
             Gamerscore,ModernGamertag,ModernGamertagSuffix,UniqueModernGamertag"
        );
        assert!(by_gamertag_path("a/../?#%)é").starts_with("/users/gt(a%2F..%2F%3F%23%25%29%C3%A9)/"));
        assert!(batch_body(&[Xuid(7), Xuid(u64::MAX)]).contains(r#""userIds":["7","18446744073709551615"]"#));
    }

    #[test]
    fn a_suffix_becomes_part_of_the_classic_form() {
        let form = |text| gt_form(&Gamertag::from_wire(text));
        assert_eq!(form("Dragon#1652").as_deref(), Some("Dragon1652"));
        assert_eq!(form("Major Nelson").as_deref(), Some("Major Nelson"));
        assert_eq!(form("Łukasz#1"), None);
    }

    #[test]
    fn the_modern_name_is_shown_and_the_classic_kept() {
        let json = r#"{"profileUsers":[
            {"id":"2669321029139235","hostId":null,"settings":[
                {"id":"Gamertag","value":"Dragon1652"},{"id":"Gamerscore","value":"12345"},
                {"id":"ModernGamertag","value":"Dragon"},{"id":"ModernGamertagSuffix","value":"1652"},
                {"id":"UniqueModernGamertag","value":"Dragon#1652"}],"isSponsoredUser":false},
            {"id":7,"settings":[{"id":"Gamertag","value":"e"},{"id":"ModernGamertagSuffix","value":""}]},
            {"id":"8","settings":[{"id":"ModernGamertag","value":"Новая"},{"id":"ModernGamertagSuffix","value":"12"}]},
            {"id":"9"}]}"#;
        let players = read(json.as_bytes()).unwrap();
        let names: Vec<_> = players
            .iter()
            .map(|player| (player.name(), player.classic_gamertag.as_ref().map(Gamertag::as_str)))
            .collect();
        assert_eq!(
            names,
            [
                ("Dragon#1652".to_owned(), Some("Dragon1652")),
                ("e".to_owned(), None),
                ("Новая#12".to_owned(), None),
                ("9".to_owned(), None),
            ]
        );
        assert_eq!(players[0].gamerscore, Some(12_345));
    }

    #[test]
    fn a_broken_profile_hides_no_other() {
        let json = r#"{"profileUsers":[7,{"id":"x"},{"settings":[]},
            {"id":"1","settings":[{"id":"Gamertag","value":"\ud800"}]},{"id":"2","settings":7}]}"#;
        let xuids: Vec<_> = read(json.as_bytes()).unwrap().iter().map(|player| player.xuid).collect();
        assert_eq!(xuids, [Xuid(2)]);
        assert_eq!(read(br#"{"profileUsers":null}"#), Ok(vec![]));
    }

    #[test]
    fn what_is_no_profile_answer_is_named_without_quoting_it() {
        for (body, why) in [
            ("", "it is empty"),
            (" <html>", "it is a web page"),
            ("SECRET", "it is not JSON"),
            ("\"SECRET\"", "it is not JSON"),
            (r#"{"profileUsers":"SECRET"}"#, "it has another form"),
            (r#"{"profileUsers":[{"id":"#, "it is cut off"),
        ] {
            assert_eq!(read(body.as_bytes()), Err(why.to_owned()), "{body}");
        }
    }
}
