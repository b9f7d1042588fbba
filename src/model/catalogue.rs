use serde::{Deserialize, Serialize};

use super::{Scid, StatName, TitleId};

/// A title whose SCID and stat names are known: typed by the user, learnt from an answer, or
/// brought by the sample service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownTitle {
    /// What it is called.
    pub name: String,
    /// Its service configuration.
    pub scid: Scid,
    /// Its title id, where known.
    pub title_id: Option<TitleId>,
    /// Its known stats, in the order in which they became known.
    pub stats: Vec<StatName>,
}

/// All titles and stats that can be ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    titles: Vec<KnownTitle>,
}

impl Catalogue {
    /// The titles, in the order in which they became known.
    #[must_use]
    pub fn titles(&self) -> &[KnownTitle] {
        &self.titles
    }

    /// The title with this SCID.
    #[must_use]
    pub fn title(&self, scid: &Scid) -> Option<&KnownTitle> {
        self.titles.iter().find(|title| title.scid == *scid)
    }

    /// Adds a title, or what is new in it: stats that were not known, a title id where there was
    /// none, and the name unless it is empty. Returns whether anything was new.
    pub fn learn(&mut self, learnt: KnownTitle) -> bool {
        let Some(known) = self.titles.iter_mut().find(|title| title.scid == learnt.scid) else {
            self.titles.push(learnt);
            return true;
        };
        let before = (known.name.clone(), known.title_id, known.stats.len());
        if !learnt.name.is_empty() {
            known.name = learnt.name;
        }
        known.title_id = learnt.title_id.or(known.title_id);
        for stat in learnt.stats {
            if !known.stats.contains(&stat) {
                known.stats.push(stat);
            }
        }
        before != (known.name.clone(), known.title_id, known.stats.len())
    }

    /// Forgets a title and its stats.
    pub fn forget(&mut self, scid: &Scid) {
        self.titles.retain(|title| title.scid != *scid);
    }

    /// Another known SCID that differs from this one only by case: most likely one of the two is
    /// a mistake, since the service takes them for different.
    #[must_use]
    pub fn case_twin(&self, scid: &Scid) -> Option<&KnownTitle> {
        self.titles
            .iter()
            .find(|title| title.scid != *scid && title.scid.as_str().eq_ignore_ascii_case(scid.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(name: &str, scid: &str, stats: &[&str]) -> KnownTitle {
        KnownTitle {
            name: name.into(),
            scid: Scid::from_wire(scid),
            title_id: None,
            stats: stats.iter().map(|stat| StatName::from_wire(stat)).collect(),
        }
    }

    #[test]
    fn learning_adds_and_never_takes_away() {
        let mut catalogue = Catalogue::default();
        assert!(catalogue.learn(title("Iron Meridian", "s", &["Kills", "Deaths"])));
        assert!(!catalogue.learn(title("", "s", &["Deaths"])));
        assert!(catalogue.learn(title("", "s", &["Wins"])));
        let known = catalogue.title(&Scid::from_wire("s")).unwrap();
        assert_eq!(known.name, "Iron Meridian");
        assert_eq!(known.stats.len(), 3);
    }

    #[test]
    fn a_scid_of_other_case_is_another_title_and_pointed_out() {
        let mut catalogue = Catalogue::default();
        catalogue.learn(title("a", "abc", &[]));
        catalogue.learn(title("b", "ABC", &[]));
        assert_eq!(catalogue.titles().len(), 2);
        assert_eq!(catalogue.case_twin(&Scid::from_wire("ABC")).unwrap().name, "a");
        catalogue.forget(&Scid::from_wire("abc"));
        assert_eq!(catalogue.case_twin(&Scid::from_wire("ABC")), None);
    }
}
