//! The lines of the tree of titles: which there are, and which of them the filter leaves.

use std::{collections::HashSet, ops::Range, sync::Arc};

use super::QueryPanelInput;
use crate::model::{Catalogue, KnownTitle, Query, Scid, StatDictionary, StatName};

/// The tree, kept until query, catalogue, dictionary, filter or what is folded is another.
#[derive(Default)]
pub(super) struct Tree {
    /// What is typed to find stats.
    pub(super) filter: String,
    folded: HashSet<Scid>,
    titles: Vec<KnownTitle>,
    /// The revisions of query and catalogue that the titles are of.
    titles_of: Option<(u64, u64)>,
    lines: Vec<Place>,
    /// Filter and dictionary that the lines are of.
    lines_of: Option<(String, Arc<StatDictionary>)>,
}

/// Where a line stands among the titles.
#[derive(Clone, Copy)]
struct Place {
    title: usize,
    /// `None` for the title itself.
    stat: Option<usize>,
}

/// A line of the tree.
pub(super) enum Line<'a> {
    Title(&'a KnownTitle),
    Stat(&'a KnownTitle, &'a StatName),
}

impl Tree {
    /// Takes in what query and catalogue have by now.
    pub(super) fn refresh(&mut self, input: &QueryPanelInput<'_>) {
        let of = Some((input.query_revision, input.catalogue_revision));
        if self.titles_of != of {
            self.titles = titles(input.query, input.catalogue);
            (self.titles_of, self.lines_of) = (of, None);
        }
    }

    /// Finds the lines that are left, unless they are the same.
    pub(super) fn refresh_lines(&mut self, dictionary: &Arc<StatDictionary>) {
        let is_same = |(filter, of): &(String, Arc<StatDictionary>)| {
            *filter == self.filter && Arc::ptr_eq(of, dictionary)
        };
        if !self.lines_of.as_ref().is_some_and(is_same) {
            self.lines = lines(&self.titles, &self.filter, &self.folded, dictionary);
            self.lines_of = Some((self.filter.clone(), dictionary.clone()));
        }
    }

    /// Whether any title is known.
    pub(super) fn has_titles(&self) -> bool {
        !self.titles.is_empty()
    }

    /// How many lines are left.
    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// Some of the lines that are left.
    pub(super) fn lines(&self, shown: Range<usize>) -> impl Iterator<Item = Line<'_>> {
        self.lines[shown].iter().map(|place| {
            let title = &self.titles[place.title];
            match place.stat {
                Some(stat) => Line::Stat(title, &title.stats[stat]),
                None => Line::Title(title),
            }
        })
    }

    pub(super) fn is_folded(&self, title: &Scid) -> bool {
        self.folded.contains(title)
    }

    /// Folds a title, or unfolds it.
    pub(super) fn fold(&mut self, title: Scid) {
        if !self.folded.remove(&title) {
            self.folded.insert(title);
        }
        self.lines_of = None;
    }
}

/// All titles: the query's first, then the others that are known. Stats that only the query has
/// come last in their title.
fn titles(query: &Query, catalogue: &Catalogue) -> Vec<KnownTitle> {
    let mut titles: Vec<KnownTitle> = Vec::new();
    for title in &query.titles {
        let known = catalogue.title(&title.scid);
        let mut stats = known.map(|known| known.stats.clone()).unwrap_or_default();
        stats.extend(
            title.stats.iter().filter(|stat| !known.is_some_and(|k| k.stats.contains(stat))).cloned(),
        );
        let name = match (title.name.is_empty(), known) {
            (true, Some(known)) => known.name.clone(),
            _ => title.name.clone(),
        };
        titles.push(KnownTitle { name, scid: title.scid.clone(), title_id: title.title_id, stats });
    }
    let others = catalogue.titles().iter().filter(|known| query.title(&known.scid).is_none());
    titles.extend(others.cloned());
    titles
}

/// What the dictionary calls a stat, if it has a name of its own for it.
pub(super) fn display_name<'d>(
    dictionary: &'d StatDictionary,
    scid: &Scid,
    stat: &StatName,
) -> Option<&'d str> {
    let name = dictionary.titles.get(scid)?.stats.get(stat)?.name.as_deref()?;
    (name != stat.as_str()).then_some(name)
}

/// The lines that the filter leaves: by the names on the wire and those of the dictionary. A title
/// whose name matches keeps all its stats.
fn lines(
    titles: &[KnownTitle],
    filter: &str,
    folded: &HashSet<Scid>,
    dictionary: &StatDictionary,
) -> Vec<Place> {
    let wanted = filter.trim().to_lowercase();
    let matches = |text: &str| wanted.is_empty() || text.to_lowercase().contains(&wanted);
    let mut lines = Vec::new();
    for (place, title) in titles.iter().enumerate() {
        let whole = matches(&title.name) || matches(title.scid.as_str());
        let is_left = |stat: &StatName| {
            let named = || display_name(dictionary, &title.scid, stat).is_some_and(matches);
            whole || matches(stat.as_str()) || named()
        };
        let left = title.stats.iter().enumerate().filter(|(_, stat)| is_left(stat));
        let stats: Vec<usize> = left.map(|(stat, _)| stat).collect();
        if !whole && stats.is_empty() {
            continue;
        }
        lines.push(Place { title: place, stat: None });
        if !wanted.is_empty() || !folded.contains(&title.scid) {
            lines.extend(stats.into_iter().map(|stat| Place { title: place, stat: Some(stat) }));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnKey, QueryTitle};

    fn known(name: &str, scid: &str, stats: &[&str]) -> KnownTitle {
        let stats = stats.iter().map(|stat| StatName::from_wire(stat)).collect();
        KnownTitle { name: name.into(), scid: Scid::from_wire(scid), title_id: None, stats }
    }

    #[test]
    fn the_query_s_titles_come_first_and_keep_stats_nobody_knows() {
        let mut catalogue = Catalogue::default();
        catalogue.learn(known("Other", "o", &["A"]));
        catalogue.learn(known("Mine", "m", &["Kills"]));
        let chosen = QueryTitle {
            name: String::new(),
            scid: Scid::from_wire("m"),
            title_id: None,
            stats: vec![StatName::from_wire("Odd")],
        };
        let query = Query { titles: vec![chosen], ..Query::default() };
        let titles = titles(&query, &catalogue);
        assert_eq!(titles[0], known("Mine", "m", &["Kills", "Odd"]));
        assert_eq!(titles[1].name, "Other");
    }

    fn tree() -> Tree {
        let titles =
            vec![known("Iron Meridian", "aa", &["Kills", "Deaths"]), known("Drift", "bb", &["Wins"])];
        Tree { titles, ..Tree::default() }
    }

    #[test]
    fn the_filter_finds_stats_titles_and_scids_and_unfolds() {
        let mut tree = tree();
        tree.fold(Scid::from_wire("aa"));
        let mut dictionary = StatDictionary::default();
        let wins = ColumnKey { scid: Scid::from_wire("bb"), stat: StatName::from_wire("Wins") };
        dictionary.stat_mut(&wins).name = Some("Races won".into());
        let dictionary = Arc::new(dictionary);
        for (filter, lines) in
            [("", 3), ("kil", 2), ("IRON", 3), ("bb", 2), ("win", 2), ("races", 2), ("nothing", 0)]
        {
            filter.clone_into(&mut tree.filter);
            tree.refresh_lines(&dictionary);
            assert_eq!(tree.count(), lines, "{filter:?}");
        }
    }

    #[test]
    fn lines_are_found_anew_when_what_they_follow_from_is_other() {
        let mut tree = tree();
        let mut shown = |change: &mut dyn FnMut(&mut Tree), dictionary: &Arc<StatDictionary>| {
            change(&mut tree);
            tree.refresh_lines(dictionary);
            tree.count()
        };
        let plain = Arc::new(StatDictionary::default());
        assert_eq!(shown(&mut |_| {}, &plain), 5);
        assert_eq!(shown(&mut |tree| tree.fold(Scid::from_wire("aa")), &plain), 3);
        assert_eq!(shown(&mut |tree| tree.fold(Scid::from_wire("aa")), &plain), 5);
        assert_eq!(shown(&mut |tree| tree.filter = "races".into(), &plain), 0);
        let mut named = StatDictionary::default();
        let wins = ColumnKey { scid: Scid::from_wire("bb"), stat: StatName::from_wire("Wins") };
        named.stat_mut(&wins).name = Some("Races won".into());
        assert_eq!(shown(&mut |_| {}, &Arc::new(named)), 2);
    }
}
