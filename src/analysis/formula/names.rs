//! Which names a formula may use, and what they mean.

use std::{collections::HashSet, sync::Arc};

use super::{
    suggest,
    syntax::{Name, write_name},
};
use crate::model::{ColumnKey, DerivedColumn, Query, Scid, StatDictionary};

/// The names that formulas may use: the chosen stats of the query's titles, by the name on the
/// wire or the display name, and other formulas. Made anew when query or dictionary change.
#[derive(Clone, Debug, Default)]
pub struct Names {
    titles: Vec<TitleName>,
    stats: Vec<KnownStat>,
    formulas: Vec<Arc<str>>,
}

#[derive(Clone, Debug)]
pub(super) struct TitleName {
    pub(super) name: String,
    scid: Scid,
}

#[derive(Clone, Debug)]
pub(super) struct KnownStat {
    pub(super) key: ColumnKey,
    /// The place of its title.
    pub(super) title: usize,
    /// Its name for people.
    pub(super) display: String,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Stat(ColumnKey),
    /// The formula at this place.
    Formula(usize),
}

/// Why a name means nothing, and what was meant.
pub(super) struct Unknown {
    pub(super) message: String,
    pub(super) replacement: Option<String>,
}

impl Names {
    /// The names in a query whose dictionary is this one (the team's, filled from the service's).
    #[must_use]
    pub fn new(query: &Query, dictionary: &StatDictionary) -> Self {
        let mut names = Self::default();
        let mut seen = HashSet::new();
        for title in &query.titles {
            let place = names.title_place(&title.scid, &title.name, dictionary);
            for stat in &title.stats {
                let key = ColumnKey { scid: title.scid.clone(), stat: stat.clone() };
                if seen.insert(key.clone()) {
                    let display = dictionary.traits(&key, None).name;
                    names.stats.push(KnownStat { key, title: place, display });
                }
            }
        }
        names.formulas =
            query.view.derived.iter().map(|column: &DerivedColumn| column.name.as_str().into()).collect();
        names
    }

    fn title_place(&mut self, scid: &Scid, name: &str, dictionary: &StatDictionary) -> usize {
        if let Some(place) = self.titles.iter().position(|title| title.scid == *scid) {
            return place;
        }
        let in_dictionary = dictionary.title(scid).and_then(|title| title.name.as_deref());
        let name =
            [Some(name), in_dictionary].into_iter().flatten().map(str::trim).find(|name| !name.is_empty());
        self.titles.push(TitleName { name: name.unwrap_or(scid.as_str()).to_owned(), scid: scid.clone() });
        self.titles.len() - 1
    }

    pub(super) fn titles(&self) -> &[TitleName] {
        &self.titles
    }

    pub(super) fn stats(&self) -> &[KnownStat] {
        &self.stats
    }

    pub(super) fn formulas(&self) -> &[Arc<str>] {
        &self.formulas
    }

    /// What a name means. Exact names come before display names, those before names in other case;
    /// a formula before a stat of the same name.
    pub(super) fn find(&self, name: &Name) -> Result<Meaning, Unknown> {
        let Some(title) = &name.title else { return self.find_bare(&name.stat) };
        let title = self.find_title(title)?;
        let stats: Vec<&KnownStat> = self.stats.iter().filter(|stat| stat.title == title).collect();
        match &matching(&name.stat, &stats)[..] {
            [] => Err(self.unknown(&name.stat, &stats, Some(title))),
            [stat] => Ok(Meaning::Stat(stat.key.clone())),
            several => Err(self.ambiguous(&name.stat, several)),
        }
    }

    fn find_bare(&self, name: &str) -> Result<Meaning, Unknown> {
        if let Some(place) = self.formulas.iter().position(|formula| **formula == *name) {
            return Ok(Meaning::Formula(place));
        }
        let stats: Vec<&KnownStat> = self.stats.iter().collect();
        match &matching(name, &stats)[..] {
            [stat] => Ok(Meaning::Stat(stat.key.clone())),
            [] => match self.formulas.iter().position(|formula| formula.eq_ignore_ascii_case(name)) {
                Some(place) => Ok(Meaning::Formula(place)),
                None => Err(self.unknown(name, &stats, None)),
            },
            several => Err(self.ambiguous(name, several)),
        }
    }

    pub(super) fn find_title(&self, name: &str) -> Result<usize, Unknown> {
        if let Some(place) = self.titles.iter().position(|title| title.scid.as_str() == name) {
            return Ok(place);
        }
        let folded = name.to_lowercase();
        let exact: Vec<usize> =
            (0..self.titles.len()).filter(|place| self.titles[*place].name == name).collect();
        let same = |place: &usize| self.titles[*place].name.to_lowercase() == folded;
        let loose: Vec<usize> = (0..self.titles.len()).filter(same).collect();
        match if exact.is_empty() { &loose[..] } else { &exact[..] } {
            [place] => Ok(*place),
            [] => {
                let near = suggest::nearest(name, self.titles.iter().map(|title| title.name.as_str()));
                let message = match near {
                    Some(near) => format!("there is no title “{name}” in the query. Was “{near}” meant?"),
                    None => format!(
                        "there is no title “{name}” in the query. There are {}",
                        listed(self.titles.iter().map(|title| title.name.clone()))
                    ),
                };
                // The stat behind the title would be lost, so there is no replacement.
                Err(Unknown { message, replacement: None })
            }
            several => {
                let scids = listed(several.iter().map(|place| format!("[{}]", self.titles[*place].scid)));
                let message =
                    format!("several titles are called “{name}”: write a SCID before the colons, {scids}");
                Err(Unknown { message, replacement: None })
            }
        }
    }

    fn unknown(&self, name: &str, stats: &[&KnownStat], title: Option<usize>) -> Unknown {
        let place = title.map(|title| format!(" of {}", self.titles[title].name)).unwrap_or_default();
        let known = stats.iter().flat_map(|stat| [stat.key.stat.as_str(), stat.display.as_str()]);
        let formulas = self.formulas.iter().filter(|_| title.is_none()).map(|formula| &**formula);
        match suggest::nearest(name, known.chain(formulas)) {
            Some(near) => {
                let stat = stats.iter().find(|stat| stat.key.stat.as_str() == near || stat.display == near);
                let replacement = match stat {
                    Some(stat) => self.reference(stat),
                    None => bracketed(near),
                };
                let message = format!("there is no stat “{name}”{place}. Was “{near}” meant?");
                Unknown { message, replacement: Some(replacement) }
            }
            None => Unknown {
                message: format!(
                    "there is no stat “{name}”{place} among the chosen ones. Tick it in the query, or correct the name"
                ),
                replacement: None,
            },
        }
    }

    fn ambiguous(&self, name: &str, several: &[&KnownStat]) -> Unknown {
        let choices = listed(several.iter().map(|stat| self.reference(stat)));
        let titles: HashSet<usize> = several.iter().map(|stat| stat.title).collect();
        let message = if titles.len() == several.len() {
            let titles = listed(several.iter().map(|stat| self.titles[stat.title].name.clone()));
            format!("“{name}” is a stat of {titles}. Write which: {choices}")
        } else {
            format!("“{name}” means several stats. Write which: {choices}")
        };
        Unknown { message, replacement: None }
    }

    /// How a formula names a stat: as short as it is unmistakable.
    pub(super) fn reference(&self, stat: &KnownStat) -> String {
        let raw = stat.key.stat.as_str();
        let same_name = self.stats.iter().filter(|other| other.key.stat.as_str() == raw).count();
        let is_formula = self.formulas.iter().any(|formula| **formula == *raw);
        if same_name == 1 && !is_formula {
            return bracketed(raw);
        }
        format!("{}::{}", self.title_reference(stat.title), bracketed(raw))
    }

    /// How a formula names a title.
    pub(super) fn title_reference(&self, place: usize) -> String {
        let title = &self.titles[place];
        let same_name = self.titles.iter().filter(|other| other.name == title.name).count();
        bracketed(if same_name == 1 { &title.name } else { title.scid.as_str() })
    }
}

/// The stats that `name` means, by the strictest reading that finds any.
fn matching<'s>(name: &str, stats: &[&'s KnownStat]) -> Vec<&'s KnownStat> {
    let folded = name.to_lowercase();
    let is_raw = |stat: &KnownStat| stat.key.stat.as_str() == name;
    let is_display = |stat: &KnownStat| stat.display == name;
    let is_folded = |stat: &KnownStat| {
        stat.key.stat.as_str().to_lowercase() == folded || stat.display.to_lowercase() == folded
    };
    let readings: [&dyn Fn(&KnownStat) -> bool; 3] = [&is_raw, &is_display, &is_folded];
    let found = readings
        .iter()
        .map(|reads| -> Vec<&KnownStat> { stats.iter().copied().filter(|stat| reads(stat)).collect() });
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// A name as it must be written.
pub(super) fn bracketed(name: &str) -> String {
    let mut written = String::new();
    // Writing to a string never fails.
    let _ = write_name(&mut written, name);
    written
}

fn listed(names: impl Iterator<Item = String>) -> String {
    const MOST: usize = 8;
    let names: Vec<String> = names.collect();
    match names.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) if rest.len() < MOST => format!("{} or {last}", rest.join(", ")),
        Some(_) => format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST),
    }
}
