//! Players that were found, so that nobody is looked up twice.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};

use super::StoreError;
use crate::model::{Gamertag, Player, UnixMillis, Xuid};

// What an earlier answer told stays where a later one is silent.
const PUT_PLAYER: &str = "
    INSERT INTO player (service, xuid, gamertag, classic_gamertag, gamerscore, found_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (service, xuid) DO UPDATE SET
        classic_gamertag = CASE WHEN excluded.gamertag IS NULL
            THEN classic_gamertag ELSE excluded.classic_gamertag END,
        gamertag = coalesce(excluded.gamertag, gamertag),
        gamerscore = coalesce(excluded.gamerscore, gamerscore),
        found_at = excluded.found_at";

const PUT_NAME: &str = "
    INSERT OR REPLACE INTO player_name (service, folded, xuid, found_at) VALUES (?1, ?2, ?3, ?4)";

const BY_NAME: &str = "
    SELECT player.xuid, gamertag, classic_gamertag, gamerscore, player_name.found_at
    FROM player_name JOIN player USING (service, xuid)
    WHERE service = ?1 AND folded = ?2";

// One statement for all of them: ten thousand of their own take several times as long.
const BY_XUID: &str = "
    SELECT xuid, gamertag, classic_gamertag, gamerscore, found_at
    FROM json_each(?2) AS asked CROSS JOIN player ON service = ?1 AND xuid = asked.value";

pub(super) fn remember(
    connection: &mut Connection,
    service: &str,
    found: &[(Gamertag, Player)],
    at: UnixMillis,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut put_player = transaction.prepare_cached(PUT_PLAYER)?;
        let mut put_name = transaction.prepare_cached(PUT_NAME)?;
        for (asked, player) in found {
            let xuid = player.xuid.0.cast_signed();
            put_player.execute((
                service,
                xuid,
                player.gamertag.as_ref().map(Gamertag::as_str),
                player.classic_gamertag.as_ref().map(Gamertag::as_str),
                player.gamerscore.map(u64::cast_signed),
                at.0,
            ))?;
            let names = [Some(asked), player.gamertag.as_ref(), player.classic_gamertag.as_ref()];
            let folded: HashSet<String> = names.into_iter().flatten().map(Gamertag::folded).collect();
            for name in folded {
                put_name.execute((service, name, xuid, at.0))?;
            }
        }
    }
    Ok(transaction.commit()?)
}

pub(super) fn by_gamertag(
    connection: &Connection,
    service: &str,
    gamertags: &[Gamertag],
) -> Result<HashMap<String, (Player, UnixMillis)>, StoreError> {
    let mut statement = connection.prepare_cached(BY_NAME)?;
    let mut found = HashMap::with_capacity(gamertags.len());
    for folded in gamertags.iter().map(Gamertag::folded) {
        if let Some(player) = statement.query_row((service, &folded), player_and_time).optional()? {
            found.insert(folded, player);
        }
    }
    Ok(found)
}

pub(super) fn by_xuid(
    connection: &Connection,
    service: &str,
    xuids: &[Xuid],
) -> Result<HashMap<Xuid, (Player, UnixMillis)>, StoreError> {
    let mut statement = connection.prepare_cached(BY_XUID)?;
    let asked: Vec<String> = xuids.iter().map(|xuid| xuid.0.cast_signed().to_string()).collect();
    let players = statement.query_map((service, format!("[{}]", asked.join(","))), player_and_time)?;
    let mut found = HashMap::with_capacity(xuids.len());
    for player in players {
        let (player, at) = player?;
        found.insert(player.xuid, (player, at));
    }
    Ok(found)
}

fn player_and_time(row: &Row<'_>) -> rusqlite::Result<(Player, UnixMillis)> {
    Ok((player(row, 0)?, UnixMillis(row.get(4)?)))
}

/// A player from four columns: XUID, gamertag, classic gamertag, gamerscore.
pub(super) fn player(row: &Row<'_>, first: usize) -> rusqlite::Result<Player> {
    let gamertag = |text: Option<String>| text.map(|text| Gamertag::from_wire(&text));
    Ok(Player {
        xuid: Xuid(row.get::<_, i64>(first)?.cast_unsigned()),
        gamertag: gamertag(row.get(first + 1)?),
        classic_gamertag: gamertag(row.get(first + 2)?),
        gamerscore: row.get::<_, Option<i64>>(first + 3)?.map(i64::cast_unsigned),
    })
}
