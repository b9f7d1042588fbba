use std::{fmt::Display, str::FromStr};

use toml_edit::{TableLike, Value};

use super::{FORMAT, QueryFile, QueryFileError};
use crate::{
    formats::toml::{self, Found, Read, Reader},
    model::{
        ColumnKey, Gamertag, Group, GroupLook, PlayerEntry, PlayerRef, Query, QueryTitle, Scid, StatName,
        TitleId,
    },
};

const ROOT_KEYS: [&str; 8] = ["format", "name", "players", "group", "title", "view", "chart", "compare"];
const TITLE_KEYS: [&str; 4] = ["name", "scid", "title_id", "stats"];
const GROUP_KEYS: [&str; 4] = ["name", "colour", "shape", "players"];

/// Reads a query file.
///
/// # Errors
/// When it is no TOML, a value is of the wrong kind, or a title has no usable SCID: the first
/// such place.
pub fn parse(text: &str) -> Result<QueryFile, QueryFileError> {
    let document = toml::document(text)?;
    let mut reader = Reader { text, warnings: Vec::new() };
    let query = reader.query(document.as_table())?;
    Ok(QueryFile { query, warnings: reader.warnings })
}

/// The player that a value of a list names.
pub(super) fn player_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.value().trim().to_owned()),
        Value::Integer(number) if *number.value() >= 0 => Some(number.value().to_string()),
        _ => None,
    }
}

/// The member of a group that a text names. What names nobody is kept: it just never matches.
pub(super) fn group_member(value: &Value) -> Option<PlayerRef> {
    let text = player_text(value)?;
    Some(PlayerEntry::new(&text).read().cloned().unwrap_or_else(|_| {
        PlayerRef::Gamertag(Gamertag::from_wire(text.strip_prefix("gt:").unwrap_or(&text)))
    }))
}

/// The stat that `{ scid = "…", stat = "…" }` names.
pub(super) fn column_key(table: &dyn TableLike) -> Option<ColumnKey> {
    Some(ColumnKey {
        scid: Scid::from_wire(table.get("scid")?.as_str()?),
        stat: StatName::from_wire(table.get("stat")?.as_str()?),
    })
}

impl Reader<'_> {
    fn query(&mut self, root: &dyn TableLike) -> Read<Query> {
        self.check_format(root, FORMAT)?;
        self.warn_of_slips(root, &ROOT_KEYS);
        let name = self.string(root, "name")?.unwrap_or_default();
        let players = self.list(root, "players", "text in quotes", player_text)?;
        let players = players.into_iter().map(|text| PlayerEntry::new(&text)).collect();
        let groups = self.tables(root, "group")?;
        let titles = self.tables(root, "title")?;
        let charts = self.tables(root, "chart")?;
        Ok(Query {
            name,
            players,
            groups: groups.into_iter().map(|found| self.group(found)).collect::<Read<_>>()?,
            titles: titles.into_iter().map(|found| self.title(found)).collect::<Read<_>>()?,
            view: self.view(root)?,
            charts: charts
                .into_iter()
                .filter_map(|found| self.chart(found).transpose())
                .collect::<Read<_>>()?,
            compare: self.compare(root)?,
        })
    }

    fn group(&mut self, (table, _): Found<'_>) -> Read<Group> {
        self.warn_of_slips(table, &GROUP_KEYS);
        Ok(Group {
            name: self.string(table, "name")?.unwrap_or_default(),
            players: self.list(table, "players", "text in quotes", group_member)?,
            look: GroupLook { colour: self.look(table, "colour")?, shape: self.look(table, "shape")? },
        })
    }

    /// The colour or shape that a group names. One that this version does not know counts as none.
    fn look<T: FromStr<Err: Display>>(&mut self, table: &dyn TableLike, key: &str) -> Read<Option<T>> {
        let Some(word) = self.string(table, key)? else { return Ok(None) };
        match word.parse() {
            Ok(look) => Ok(Some(look)),
            Err(reason) => {
                let line = self.line(table.get(key));
                self.warnings.push(format!(
                    "Line {line}: this version does not know the {key} “{word}” and takes that of the group's \
                     place: {reason}"
                ));
                Ok(None)
            }
        }
    }

    fn title(&mut self, (table, span): Found<'_>) -> Read<QueryTitle> {
        self.warn_of_slips(table, &TITLE_KEYS);
        let Some(scid_item) = table.get("scid") else {
            return Err(self.error(span, "this title has no \"scid\": add scid = \"…\" below it".to_owned()));
        };
        let scid = self.string(table, "scid")?.unwrap_or_default();
        let scid = scid.parse().map_err(|reason| {
            let reason = format!("{reason}");
            let reason = reason.strip_prefix("it ").unwrap_or(&reason).to_owned();
            self.error(scid_item.span(), format!("\"scid\" {reason}"))
        })?;
        Ok(QueryTitle {
            name: self.string(table, "name")?.unwrap_or_default(),
            scid,
            title_id: self.title_id(table)?,
            stats: self.stats(table)?,
        })
    }

    fn title_id(&self, table: &dyn TableLike) -> Read<Option<TitleId>> {
        let Some(item) = table.get("title_id") else { return Ok(None) };
        let id = match item.as_value() {
            Some(Value::Integer(number)) => u32::try_from(*number.value()).ok().map(TitleId),
            Some(Value::String(text)) => text.value().parse().ok(),
            _ => None,
        };
        let wanted = "a title id: a number up to 4294967295, or hexadecimal text such as \"0x6658FD71\"";
        id.map(Some).ok_or_else(|| self.wrong(item, "title_id", wanted))
    }

    fn stats(&mut self, table: &dyn TableLike) -> Read<Vec<StatName>> {
        let names = self.list(table, "stats", "text in quotes", |value| value.as_str().map(str::to_owned))?;
        for name in &names {
            if let Err(reason) = name.parse::<StatName>() {
                let line = self.line(table.get("stats"));
                self.warnings.push(format!(
                    "Line {line}: the stat “{name}” is asked for as it is written, but {reason}"
                ));
            }
        }
        Ok(names.iter().map(|name| StatName::from_wire(name)).collect())
    }
}
