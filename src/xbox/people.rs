//! `peoplehub.xboxlive.com`: the search for players by name (`XBOX-API.md`, section 2). It finds
//! names in every script, and names that only resemble the one searched for.

use percent_encoding::utf8_percent_encode;
use serde_json::Value;

use super::{
    lists,
    profile::{ENCODED, Names, named_player, text, xuid},
};
use crate::model::Player;

/// The path of a search.
pub(super) fn search_path(sought: &str) -> String {
    let sought = utf8_percent_encode(sought, ENCODED);
    format!("/users/me/people/search/decoration/detail,preferredColor?q={sought}&maxItems=25")
}

/// Reads the players of an answer. One that cannot be read is left out, as is one without XUID.
///
/// # Errors
/// What came instead of a people answer.
pub fn read(body: &[u8]) -> Result<Vec<Player>, String> {
    lists::players(body, "people", player)
}

fn player(person: &Value) -> Option<Player> {
    Some(named_player(
        xuid(&person["xuid"])?,
        Names {
            classic: text(&person["gamertag"]),
            modern: text(&person["modernGamertag"]),
            suffix: text(&person["modernGamertagSuffix"]),
            unique: text(&person["uniqueModernGamertag"]),
        },
        text(&person["gamerScore"]).and_then(|score| score.parse().ok()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_field_may_be_null() {
        let json = r#"{"people":[
            {"xuid":"1","gamertag":"StarSora7715","modernGamertag":"星野ソラ","modernGamertagSuffix":"7715",
             "uniqueModernGamertag":"星野ソラ#7715","displayPicRaw":null,"gamerScore":"4200"},
            {"xuid":"2","gamertag":null,"modernGamertag":null,"modernGamertagSuffix":null,
             "uniqueModernGamertag":null,"gamerScore":null},
            {"xuid":null,"gamertag":"nobody"}]}"#;
        let players = read(json.as_bytes()).unwrap();
        assert_eq!(players.len(), 2);
        assert_eq!(players[0].name(), "星野ソラ#7715");
        assert_eq!(players[0].gamerscore, Some(4_200));
        assert_eq!(players[1].gamertag, None);
        assert_eq!(read(br#"{"people":null}"#), Ok(vec![]));
        assert!(read(b"<html>").is_err());
    }

    #[test]
    fn the_text_is_encoded() {
        assert_eq!(
            search_path("星#1&x=y"),
            "/users/me/people/search/decoration/detail,preferredColor?q=%E6%98%9F%231%26x%3Dy&maxItems=25"
        );
    }
}
