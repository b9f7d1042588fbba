//! What is known of stats beside their values.
//!
//! There are two dictionaries: the team's, a file that people edit, and the service's, gathered
//! from answers by [`StatDictionary::learn`]. What is shown comes from
//! [`team.filled_from(&service)`](StatDictionary::filled_from): the team's word wins.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ColumnKey, DateForm, Number, PercentageOf, Scid, StatName, ValueFormat};

/// What has been said of titles and their stats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatDictionary {
    /// By SCID, whose case matters.
    pub titles: BTreeMap<Scid, TitleEntry>,
}

/// What has been said of a title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TitleEntry {
    /// What it is called.
    pub name: Option<String>,
    /// Its stats.
    pub stats: BTreeMap<StatName, StatEntry>,
}

/// What has been said of a stat. `None` is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatEntry {
    /// Its name for people.
    pub name: Option<String>,
    /// What it measures, in a sentence or two.
    pub description: Option<String>,
    /// What it counts, as written behind a value: `km`.
    pub unit: Option<String>,
    /// How its values are written.
    pub format: Option<ValueFormat>,
    /// Which direction is good.
    pub better: Option<Better>,
    /// The least value that is possible.
    pub min: Option<Number>,
    /// The greatest value that is possible.
    pub max: Option<Number>,
    /// Whether it can never become less.
    pub only_grows: Option<bool>,
    /// By how much it can change in one play session at most, up or down.
    pub largest_change: Option<Number>,
    /// Whether a comparison of before and after passes it over.
    pub ignore_in_checks: Option<bool>,
    /// Where it stands among the title's stats: least first.
    pub order: Option<i64>,
}

/// Which direction of a stat is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better: kills.
    Higher,
    /// Less is better: lap times.
    Lower,
    /// Neither: a count of visits.
    #[default]
    Neither,
}

impl Better {
    /// Its name in a dictionary file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }

    /// The direction of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Higher, Self::Lower, Self::Neither].into_iter().find(|better| better.name() == name)
    }
}

/// What the service says of a stat, as sent: dialect B, `properties` and `groupproperties`
/// (`XBOX-API.md`, 1b).
#[derive(Clone, Copy, Debug, Default)]
pub struct ToldStat<'a> {
    /// `DisplayName`
    pub display_name: Option<&'a str>,
    /// `Ordinal`
    pub ordinal: Option<&'a str>,
    /// `SortOrder`: `Descending` or `Ascending`.
    pub sort_order: Option<&'a str>,
    /// `DisplayFormat`: `Integer` and others. An open set.
    pub display_format: Option<&'a str>,
    /// `DisplaySemantic`: `Cumulative` and others. An open set.
    pub display_semantic: Option<&'a str>,
}

impl ToldStat<'_> {
    /// How many of these things it says: none in most answers.
    #[must_use]
    pub fn said(&self) -> usize {
        let all =
            [self.display_name, self.ordinal, self.sort_order, self.display_format, self.display_semantic];
        all.iter().flatten().count()
    }
}

/// All about one stat, with an answer to every question: what the dictionary says, else what
/// holds for stats of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatTraits {
    /// What to call it: the name on the wire when nobody gave another.
    pub name: String,
    /// What it measures; empty when nobody said.
    pub description: String,
    /// What it counts; empty when nobody said.
    pub unit: String,
    /// How its values are written. `None`: each as it needs.
    pub format: Option<ValueFormat>,
    /// Which direction is good.
    pub better: Better,
    /// The least value that is possible.
    pub min: Option<Number>,
    /// The greatest value that is possible.
    pub max: Option<Number>,
    /// Whether it can never become less.
    pub only_grows: bool,
    /// By how much it can change in one play session at most.
    pub largest_change: Option<Number>,
    /// Whether a comparison of before and after passes it over.
    pub ignore_in_checks: bool,
    /// Where it stands among the title's stats: least first.
    pub order: Option<i64>,
}

impl StatDictionary {
    /// What has been said of a title.
    #[must_use]
    pub fn title(&self, scid: &Scid) -> Option<&TitleEntry> {
        self.titles.get(scid)
    }

    /// What has been said of a stat.
    #[must_use]
    pub fn stat(&self, key: &ColumnKey) -> Option<&StatEntry> {
        self.title(&key.scid)?.stats.get(&key.stat)
    }

    /// What has been said of a stat, to change it; made when nothing had been.
    pub fn stat_mut(&mut self, key: &ColumnKey) -> &mut StatEntry {
        self.titles.entry(key.scid.clone()).or_default().stats.entry(key.stat.clone()).or_default()
    }

    /// Takes back all that was said of a stat. What the service says shows again.
    pub fn forget_stat(&mut self, key: &ColumnKey) {
        if let Some(title) = self.titles.get_mut(&key.scid) {
            title.stats.remove(&key.stat);
        }
    }

    /// Notes what the service says of a stat: what is new replaces what it said before, silence
    /// takes nothing away. Returns whether anything is different now.
    pub fn learn(&mut self, key: &ColumnKey, told: &ToldStat<'_>) -> bool {
        let new = StatEntry::told(told);
        if new == StatEntry::default() {
            return false;
        }
        let entry = self.stat_mut(key);
        let filled = new.filled_from(entry);
        let is_different = filled != *entry;
        *entry = filled;
        is_different
    }

    /// This dictionary, with what it does not say from `other`.
    #[must_use]
    pub fn filled_from(&self, other: &Self) -> Self {
        let mut filled = self.clone();
        for (scid, theirs) in &other.titles {
            let title = filled.titles.entry(scid.clone()).or_default();
            title.name = title.name.take().or_else(|| theirs.name.clone());
            for (stat, theirs) in &theirs.stats {
                let entry = title.stats.entry(stat.clone()).or_default();
                *entry = entry.filled_from(theirs);
            }
        }
        filled
    }

    /// All about a stat. `stat_type` is the type of its values, where any is known: it decides the
    /// format when nobody else does.
    #[must_use]
    pub fn traits(&self, key: &ColumnKey, stat_type: Option<&str>) -> StatTraits {
        let said = self.stat(key).cloned().unwrap_or_default();
        let name = said.name.filter(|name| !name.trim().is_empty());
        StatTraits {
            name: name.unwrap_or_else(|| key.stat.to_string()),
            description: said.description.unwrap_or_default(),
            unit: said.unit.unwrap_or_default(),
            format: said.format.or_else(|| ValueFormat::of_type(stat_type?)),
            better: said.better.unwrap_or_default(),
            min: said.min,
            max: said.max,
            only_grows: said.only_grows.unwrap_or_default(),
            largest_change: said.largest_change,
            ignore_in_checks: said.ignore_in_checks.unwrap_or_default(),
            order: said.order,
        }
    }
}

impl StatEntry {
    /// What the service's words come to. That greater values are listed first says that more is
    /// better, that values cumulate that they only grow; words that mean nothing here are passed over.
    #[must_use]
    pub fn told(told: &ToldStat<'_>) -> Self {
        let is = |text: Option<&str>, word: &str| text.is_some_and(|text| text.eq_ignore_ascii_case(word));
        Self {
            name: told.display_name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
            format: told.display_format.and_then(told_format),
            better: if is(told.sort_order, "Descending") {
                Some(Better::Higher)
            } else {
                is(told.sort_order, "Ascending").then_some(Better::Lower)
            },
            only_grows: is(told.display_semantic, "Cumulative").then_some(true),
            order: told.ordinal.and_then(|ordinal| ordinal.trim().parse().ok()),
            ..Self::default()
        }
    }

    /// This entry, with what it does not say from `other`.
    #[must_use]
    pub fn filled_from(&self, other: &Self) -> Self {
        let text = |ours: &Option<String>, theirs: &Option<String>| ours.clone().or_else(|| theirs.clone());
        Self {
            name: text(&self.name, &other.name),
            description: text(&self.description, &other.description),
            unit: text(&self.unit, &other.unit),
            format: self.format.or(other.format),
            better: self.better.or(other.better),
            min: self.min.or(other.min),
            max: self.max.or(other.max),
            only_grows: self.only_grows.or(other.only_grows),
            largest_change: self.largest_change.or(other.largest_change),
            ignore_in_checks: self.ignore_in_checks.or(other.ignore_in_checks),
            order: self.order.or(other.order),
        }
    }
}

/// The format that a `DisplayFormat` names. `Double` names none: such numbers keep the decimals
/// that they need.
fn told_format(name: &str) -> Option<ValueFormat> {
    let is = |known: &str| name.trim().eq_ignore_ascii_case(known);
    if is("Percentage") || is("Percent") {
        Some(ValueFormat::Percentage { of: PercentageOf::Hundred, decimals: 1 })
    } else if is("Date") {
        Some(ValueFormat::Date(DateForm::Text))
    } else {
        ValueFormat::of_type(name.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(scid: &str, stat: &str) -> ColumnKey {
        ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
    }

    fn told<'a>(name: &'a str, ordinal: &'a str, order: &'a str, format: &'a str) -> ToldStat<'a> {
        ToldStat {
            display_name: Some(name),
            ordinal: Some(ordinal),
            sort_order: Some(order),
            display_format: Some(format),
            display_semantic: None,
        }
    }

    #[test]
    fn the_team_s_word_wins_and_the_service_fills_the_rest() {
        let mut service = StatDictionary::default();
        assert!(service.learn(&key("s", "BestLap"), &told("Best lap", "2", "Ascending", "Double")));
        assert!(!service.learn(&key("s", "BestLap"), &told("Best lap", "2", "ascending", "Double")));
        assert!(!service.learn(&key("s", "BestLap"), &ToldStat::default()), "silence takes nothing away");
        let mut team = StatDictionary::default();
        team.stat_mut(&key("s", "BestLap")).name = Some("Fastest lap".into());
        let both = team.filled_from(&service);
        let traits = both.traits(&key("s", "BestLap"), Some("Double"));
        assert_eq!(traits.name, "Fastest lap");
        assert_eq!((traits.better, traits.order, traits.format), (Better::Lower, Some(2), None));
        team.stat_mut(&key("s", "BestLap")).better = Some(Better::Neither);
        assert_eq!(team.filled_from(&service).traits(&key("s", "BestLap"), None).better, Better::Neither);
    }

    #[test]
    fn scids_of_other_case_are_other_titles() {
        let mut dictionary = StatDictionary::default();
        dictionary.stat_mut(&key("abc", "Kills")).name = Some("Kills here".into());
        assert_eq!(dictionary.traits(&key("ABC", "Kills"), None).name, "Kills");
    }

    #[test]
    fn what_nobody_said_follows_from_the_type() {
        let dictionary = StatDictionary::default();
        let format = |stat_type| dictionary.traits(&key("s", "x"), stat_type).format;
        assert_eq!(format(Some("Integer")), Some(ValueFormat::Integer));
        assert_eq!(format(Some("DateTime")), Some(ValueFormat::Date(DateForm::Text)));
        assert_eq!(format(Some("Double")), None);
        assert_eq!(format(None), None);
    }

    #[test]
    fn odd_words_of_the_service_harm_nothing() {
        let mut service = StatDictionary::default();
        assert!(!service.learn(&key("s", "x"), &told("  ", "first", "Random", "Sparkline")));
        assert_eq!(service, StatDictionary::default(), "nothing said, nothing kept");
        assert!(service.learn(&key("s", "x"), &told("X", "-1", "", "percent")));
        assert_eq!(service.traits(&key("s", "x"), None).order, Some(-1));
        let json = serde_json::to_string(&service).unwrap();
        assert_eq!(serde_json::from_str::<StatDictionary>(&json).unwrap(), service);
    }
}
