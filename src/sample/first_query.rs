//! The query of the first start.

use super::{
    cast::{IN_FIRST_QUERY, ROLES, Role},
    players::Cohort,
    titles::TITLES,
};
use crate::model::{
    Chart, ChartKind, Cohort as Players, ColumnKey, Compare, Group, PlayerEntry, Query, QueryTitle,
    Reference, Scid, Sort, SortBy, StatName, Statistic, TitleId, ViewSettings,
};

/// The stats of Iron Meridian and of Halcyon Drift that it asks for.
const STATS: [&[&str]; 2] = [
    &["Kills", "Deaths", "KillsPerHour", "KDRatio", "Headshots", "MatchesWon", "MinutesPlayed"],
    &["RacesWon", "BestLap.Track.04"],
];
/// Who is compared, by the modern gamertag without its suffix. The others are held against the first.
const COMPARED: [&str; 4] = ["TigerShark", "Нова Звезда", "QuietOrbit", "미르 달빛"];

/// The query that the first start shows, already fetched: 24 players in many scripts, in three
/// groups, with nine stats of two titles. Everybody in it can be read, whatever the seed; three
/// never played the second title.
#[must_use]
pub fn first_query() -> Query {
    let roles = &ROLES[..IN_FIRST_QUERY];
    let group = |name: &str, cohort| Group {
        name: name.to_owned(),
        players: roles
            .iter()
            .filter(|role| role.cohort == cohort)
            .filter_map(|role| entry(role).read().ok().cloned())
            .collect(),
        ..Group::default()
    };
    let titles = STATS.iter().zip(TITLES).map(|(stats, title)| QueryTitle {
        name: title.name.to_owned(),
        scid: Scid::from_wire(title.scid),
        title_id: Some(TitleId(title.id)),
        stats: stats.iter().map(|stat| StatName::from_wire(stat)).collect(),
    });
    Query {
        name: "Ranked playtest, week 12".to_owned(),
        players: roles.iter().map(entry).collect(),
        groups: vec![
            group("Casual", Cohort::Casual),
            group("Regular", Cohort::Regular),
            group("Competitive", Cohort::Competitive),
        ],
        titles: titles.collect(),
        view: ViewSettings {
            sort: vec![Sort { by: SortBy::Column(shooter("Kills").into()), descending: true }],
            heat_map: true,
            summary: vec![Statistic::Median],
            ..ViewSettings::default()
        },
        charts: vec![Chart {
            kind: Some(ChartKind::Scatter),
            x: Some(shooter("MinutesPlayed").into()),
            y: Some(shooter("KillsPerHour").into()),
            ..Chart::default()
        }],
        compare: compared(),
    }
}

fn compared() -> Compare {
    let role = |name: &&str| ROLES.iter().find(|role| role.modern == *name);
    let players = COMPARED.iter().filter_map(role).filter_map(|role| entry(role).read().ok().cloned());
    let players: Vec<Reference> = players.map(Reference::Player).collect();
    let mut compare = Compare { reference: players.first().cloned(), ..Compare::default() };
    for who in players.into_iter().chain([Reference::Median(Players::All)]) {
        // Five different ones, so that there is room for each.
        let _ = compare.add(who);
    }
    compare
}

fn shooter(stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(TITLES[0].scid), stat: StatName::from_wire(stat) }
}

fn entry(role: &Role) -> PlayerEntry {
    match role.suffix {
        "" => PlayerEntry::new(role.modern),
        suffix => PlayerEntry::new(&format!("{}#{suffix}", role.modern)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::catalogue;

    #[test]
    fn it_asks_for_players_and_stats_that_exist() {
        let query = first_query();
        assert_eq!(query.ready(), Ok(()));
        assert_eq!(query.player_refs().len(), 24);
        assert_eq!(query.columns().len(), 9);
        assert!(query.groups.iter().all(|group| group.players.len() == 8));
        assert!(query.players.iter().all(|player| query.group_of(player.read().unwrap()).is_some()));
        let catalogue = catalogue();
        for key in query.columns() {
            assert!(catalogue.title(&key.scid).unwrap().stats.contains(&key.stat), "{key:?}");
        }
        let mut charts = query.charts.clone();
        let drawn: Vec<_> = charts[0].fields_mut().map(|field| field.stat().unwrap().clone()).collect();
        assert!(drawn.len() == 2 && drawn.iter().all(|stat| query.columns().contains(stat)));
        assert_eq!(query.compare.contestants.len(), 5);
        let is_asked = |who: &Reference| match who {
            Reference::Player(player) => query.player_refs().contains(player),
            _ => true,
        };
        assert!(query.compare.contestants.iter().all(|contestant| is_asked(&contestant.who)));
    }

    #[test]
    fn nobody_in_it_is_private() {
        assert!(ROLES[..IN_FIRST_QUERY].iter().all(|role| !role.private));
    }
}
