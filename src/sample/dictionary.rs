//! What the sample service's titles would say of their stats, had a team written it down.

use super::titles::{Best, Drawn, Rule, Stat, TITLES};
use crate::model::{
    Better, PercentageOf, Scid, StatDictionary, StatEntry, StatName, TimeUnit, TitleEntry, ValueFormat,
};

/// Stats with a direction that does not follow from their kind, or a better name than the one on the wire.
const SPECIAL: [(&str, Option<&str>, Better); 7] = [
    ("Deaths", None, Better::Lower),
    ("KillsPerHour", Some("Kills per hour"), Better::Higher),
    ("KDRatio", Some("K/D"), Better::Higher),
    ("Kills", None, Better::Higher),
    ("Headshots", None, Better::Higher),
    ("MatchesWon", None, Better::Higher),
    ("RacesWon", None, Better::Higher),
];

/// Formats and directions of the stats of the sample titles, where they are not plain: lap times,
/// percentages, names for two that are ratios.
#[must_use]
pub fn dictionary() -> StatDictionary {
    let entry_of = |stat: &Stat| Some((StatName::from_wire(stat.name), entry(stat)?));
    let titles = TITLES.iter().map(|title| {
        let stats = title.stats.iter().filter_map(entry_of).collect();
        (Scid::from_wire(title.scid), TitleEntry { name: None, stats })
    });
    StatDictionary { titles: titles.filter(|(_, title)| !title.stats.is_empty()).collect() }
}

fn entry(stat: &Stat) -> Option<StatEntry> {
    if let Some((_, name, better)) = SPECIAL.iter().find(|(special, ..)| *special == stat.name) {
        let name = name.map(str::to_owned);
        return Some(StatEntry { name, better: Some(*better), ..StatEntry::default() });
    }
    if let Rule::Drawn(Drawn::BestTime(Best { lower: true, .. }, _)) = stat.rule {
        return Some(StatEntry {
            format: Some(ValueFormat::Duration(TimeUnit::Seconds)),
            better: Some(Better::Lower),
            ..StatEntry::default()
        });
    }
    stat.name.ends_with("Percentage").then(|| StatEntry {
        format: Some(ValueFormat::Percentage { of: PercentageOf::Hundred, decimals: 1 }),
        better: Some(Better::Higher),
        ..StatEntry::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ColumnKey;

    #[test]
    fn lap_times_are_durations_and_less_of_them_is_better() {
        let dictionary = dictionary();
        let key = ColumnKey {
            scid: Scid::from_wire(TITLES[1].scid),
            stat: StatName::from_wire("BestLap.Track.04"),
        };
        let lap = dictionary.stat(&key).unwrap();
        assert_eq!(lap.format, Some(ValueFormat::Duration(TimeUnit::Seconds)));
        assert_eq!(lap.better, Some(Better::Lower));
    }

    #[test]
    fn what_is_special_exists() {
        let names: Vec<&str> = TITLES.iter().flat_map(|title| title.stats).map(|stat| stat.name).collect();
        for (special, ..) in SPECIAL {
            assert!(names.contains(&special), "{special}");
        }
    }
}
