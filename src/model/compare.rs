//! Who stands beside whom on the Compare screen, and what is shown of them.

use serde::{Deserialize, Serialize};

use super::{Cohort, Field, PlayerRef, Reference, SeriesSlot};

/// Who is compared, and how. Saved with the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Compare {
    /// From left to right: none twice, no more than [`Compare::MOST`], pinned ones first.
    pub contestants: Vec<Contestant>,
    /// What the others are held against; `None`: what the view holds its numbers against.
    pub reference: Option<Reference>,
    /// What stands beside each number.
    pub beside: Beside,
    /// The stats of the profile. Empty: the first few that hold numbers.
    pub profile: Vec<Field>,
}

/// A player who is compared, or what stands for many.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contestant {
    /// Who.
    pub who: Reference,
    /// Whether it stays when others are replaced, and in sight when columns scroll.
    #[serde(default)]
    pub pinned: bool,
    /// Its colour, which goes with it wherever it is moved. `None`: one that no other has.
    #[serde(default)]
    pub colour: Option<SeriesSlot>,
}

/// What stands beside each number that is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beside {
    /// How far it is from the reference.
    #[default]
    Difference,
    /// How many standard deviations it is above the mean of the players shown.
    ZScore,
    /// How many in a hundred of the players shown have less, half of those with as much counted.
    Percentile,
    /// How many times the reference it is.
    Ratio,
    /// Nothing.
    Nothing,
}

/// Why somebody was not added to a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// They stand there.
    #[error("Already compared: nobody stands there twice")]
    Twice,
    /// There is no room.
    #[error("Eight are the most that can be compared. Drop one first")]
    Full,
    /// There is no room beside those that are pinned.
    #[error(
        "Eight are the most that can be compared, those that are pinned among them. Choose fewer, or unpin"
    )]
    FullOfPinned,
}

impl Compare {
    /// The most that stand side by side.
    pub const MOST: usize = 8;

    /// Puts somebody at the end.
    ///
    /// # Errors
    /// When they stand there, or there is no room.
    pub fn add(&mut self, who: Reference) -> Result<(), CompareError> {
        if self.contestants.iter().any(|other| is_same(&other.who, &who)) {
            return Err(CompareError::Twice);
        }
        if self.contestants.len() >= Self::MOST {
            return Err(CompareError::Full);
        }
        let colour = Some(self.free_colour(&who));
        self.contestants.push(Contestant { who, pinned: false, colour });
        Ok(())
    }

    /// Puts these players in the place of all that are not pinned. Those who are pinned already are
    /// not put there a second time.
    ///
    /// # Errors
    /// When there is no room for them: nothing is changed then.
    pub fn replace(&mut self, players: impl IntoIterator<Item = PlayerRef>) -> Result<(), CompareError> {
        let mut next = self.clone();
        next.contestants.retain(|contestant| contestant.pinned);
        for player in players {
            match next.add(Reference::Player(player)) {
                Ok(()) | Err(CompareError::Twice) => {}
                Err(_) => return Err(CompareError::FullOfPinned),
            }
        }
        next.forget_reference();
        *self = next;
        Ok(())
    }

    /// Takes out the one at a place. The reference falls back to that of the view with it.
    pub fn remove(&mut self, place: usize) {
        if place < self.contestants.len() {
            self.contestants.remove(place);
            self.forget_reference();
        }
    }

    /// Moves the one at a place to another, as far as its side of the pinned ones reaches. Returns where
    /// it stands now.
    pub fn shift(&mut self, from: usize, to: usize) -> usize {
        let Some(moved) = self.contestants.get(from) else { return from };
        let pinned = self.pinned();
        let side = if moved.pinned { 0..pinned } else { pinned..self.contestants.len() };
        let to = to.clamp(side.start, side.end.saturating_sub(1));
        let moved = self.contestants.remove(from);
        self.contestants.insert(to, moved);
        to
    }

    /// Pins the one at a place, behind those that are pinned, or lets it go. Returns where it stands now.
    pub fn pin(&mut self, place: usize, pinned: bool) -> usize {
        let Some(contestant) = self.contestants.get_mut(place) else { return place };
        let was = std::mem::replace(&mut contestant.pinned, pinned);
        if was == pinned {
            return place;
        }
        let border = self.pinned();
        let to = if pinned { border - 1 } else { border };
        let moved = self.contestants.remove(place);
        self.contestants.insert(to, moved);
        to
    }

    /// How many are pinned.
    #[must_use]
    pub fn pinned(&self) -> usize {
        self.contestants.iter().filter(|contestant| contestant.pinned).count()
    }

    /// The colour of each: the chosen one, or one that is free.
    #[must_use]
    pub fn colours(&self) -> Vec<SeriesSlot> {
        let mut taken: Vec<SeriesSlot> = Vec::new();
        let chosen = self.contestants.iter().map(|contestant| {
            let own = contestant.colour.filter(|colour| !taken.contains(colour));
            taken.extend(own);
            own
        });
        let chosen: Vec<Option<SeriesSlot>> = chosen.collect();
        let mut free = SeriesSlot::all().filter(|slot| !taken.contains(slot));
        let first = SeriesSlot::from_index(0);
        chosen.into_iter().map(|own| own.or_else(|| free.next()).unwrap_or(first)).collect()
    }

    /// Brings contestants that were written by hand into order: none twice, no more than there is room
    /// for, pinned ones first. Returns how many were left out.
    pub fn tidy(&mut self) -> usize {
        let all = std::mem::take(&mut self.contestants);
        let before = all.len();
        for contestant in all {
            let is_there = self.contestants.iter().any(|other| is_same(&other.who, &contestant.who));
            if !is_there && self.contestants.len() < Self::MOST {
                self.contestants.push(contestant);
            }
        }
        self.contestants.sort_by_key(|contestant| !contestant.pinned);
        before - self.contestants.len()
    }

    /// The cohorts that anything in here stands for.
    pub fn cohorts_mut(&mut self) -> impl Iterator<Item = &mut Cohort> {
        let contestants = self.contestants.iter_mut().map(|contestant| &mut contestant.who);
        contestants.chain(&mut self.reference).filter_map(Reference::cohort_mut)
    }

    /// A reference that stood beside the others goes with its column.
    fn forget_reference(&mut self) {
        let is_gone = |reference: &Reference| {
            matches!(reference, Reference::Player(_))
                && !self.contestants.iter().any(|other| is_same(&other.who, reference))
        };
        if self.reference.as_ref().is_some_and(is_gone) {
            self.reference = None;
        }
    }

    /// A colour that no other has. What is drawn muted takes from the end: the first ones are for players.
    fn free_colour(&self, who: &Reference) -> SeriesSlot {
        let taken = self.colours();
        let mut free = SeriesSlot::all().filter(|slot| !taken.contains(slot)).collect::<Vec<_>>().into_iter();
        let found = if who.is_yardstick() { free.next_back() } else { free.next() };
        found.unwrap_or(SeriesSlot::from_index(0))
    }
}

impl Contestant {
    /// One that nothing was chosen for.
    #[must_use]
    pub fn new(who: Reference) -> Self {
        Self { who, pinned: false, colour: None }
    }
}

impl Reference {
    /// Whether it is a figure to measure by, and neither a player nor what stands for a group: such
    /// a figure is never the best.
    #[must_use]
    pub fn is_yardstick(&self) -> bool {
        matches!(self, Self::Percentile(..) | Self::Median(Cohort::All) | Self::Mean(Cohort::All))
    }

    /// Those whom it stands for; `None` for a player.
    #[must_use]
    pub fn cohort(&self) -> Option<&Cohort> {
        match self {
            Self::Player(_) => None,
            Self::Median(cohort) | Self::Mean(cohort) | Self::Percentile(_, cohort) => Some(cohort),
        }
    }

    /// The same, to change it.
    pub fn cohort_mut(&mut self) -> Option<&mut Cohort> {
        match self {
            Self::Player(_) => None,
            Self::Median(cohort) | Self::Mean(cohort) | Self::Percentile(_, cohort) => Some(cohort),
        }
    }
}

/// Whether both are the same, as far as names tell.
fn is_same(left: &Reference, right: &Reference) -> bool {
    match (left, right) {
        (Reference::Player(PlayerRef::Gamertag(left)), Reference::Player(PlayerRef::Gamertag(right))) => {
            left.matches(right)
        }
        (left, right) => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Gamertag, Xuid};

    fn player(xuid: u64) -> PlayerRef {
        PlayerRef::Xuid(Xuid(xuid))
    }

    fn of(players: std::ops::Range<u64>) -> Compare {
        let mut compare = Compare::default();
        compare.replace(players.map(player)).unwrap();
        compare
    }

    fn order(compare: &Compare) -> Vec<u64> {
        let xuid = |contestant: &Contestant| match &contestant.who {
            Reference::Player(PlayerRef::Xuid(xuid)) => xuid.0,
            other => panic!("{other:?}"),
        };
        compare.contestants.iter().map(xuid).collect()
    }

    #[test]
    fn nobody_is_compared_twice_and_no_more_than_eight() {
        let mut compare = Compare::default();
        let name = |name: &str| Reference::Player(PlayerRef::Gamertag(Gamertag::from_wire(name)));
        assert_eq!(compare.add(name("Major Fennec")), Ok(()));
        assert_eq!(compare.add(name("majorfennec")), Err(CompareError::Twice));
        assert_eq!(compare.add(Reference::Median(Cohort::All)), Ok(()));
        assert_eq!(compare.add(Reference::Median(Cohort::All)), Err(CompareError::Twice));
        let mut compare = of(0..8);
        assert_eq!(compare.add(Reference::Mean(Cohort::All)), Err(CompareError::Full));
        assert_eq!(compare.replace((0..9).map(player)), Err(CompareError::FullOfPinned));
        assert_eq!(order(&compare), [0, 1, 2, 3, 4, 5, 6, 7], "nothing is changed then");
    }

    #[test]
    fn a_pinned_one_stays_in_front_when_others_are_replaced() {
        let mut compare = of(0..4);
        assert_eq!(compare.pin(2, true), 0);
        assert_eq!(order(&compare), [2, 0, 1, 3]);
        assert_eq!(compare.shift(3, 0), 1, "it stops where the pinned ones end");
        assert_eq!(compare.shift(0, 3), 0);
        compare.reference = Some(Reference::Player(player(0)));
        compare.replace([player(9), player(2)]).unwrap();
        assert_eq!(order(&compare), [2, 9]);
        assert_eq!(compare.reference, None, "nobody is held against who is gone");
        assert_eq!(compare.pin(0, false), 0);
        assert_eq!(compare.pinned(), 0);
    }

    #[test]
    fn colours_go_with_their_columns() {
        let mut compare = of(0..3);
        let colours = compare.colours();
        compare.shift(0, 2);
        assert_eq!(compare.colours(), [colours[1], colours[2], colours[0]]);
        compare.remove(0);
        compare.add(Reference::Player(player(7))).unwrap();
        assert_eq!(compare.colours()[2], colours[1], "one that is free again is taken first");
        compare.add(Reference::Median(Cohort::All)).unwrap();
        assert_eq!(compare.colours()[3], SeriesSlot::from_index(7));
        for contestant in &mut compare.contestants {
            contestant.colour = Some(SeriesSlot::from_index(4));
        }
        let mut colours: Vec<usize> = compare.colours().into_iter().map(SeriesSlot::index).collect();
        colours.sort_unstable();
        assert_eq!(colours, [0, 1, 2, 4], "two of one colour cannot be told apart");
    }

    #[test]
    fn what_was_written_by_hand_is_brought_into_order() {
        let mut compare = of(0..8);
        let again = Contestant::new(Reference::Player(player(3)));
        compare.contestants.insert(0, again);
        compare.contestants.push(Contestant::new(Reference::Median(Cohort::All)));
        compare.contestants[5].pinned = true;
        assert_eq!(compare.tidy(), 2);
        assert_eq!(compare.contestants.len(), 8);
        assert!(compare.contestants[0].pinned);
        let json = serde_json::to_string(&compare).unwrap();
        assert_eq!(serde_json::from_str::<Compare>(&json).unwrap(), compare);
        assert_eq!(serde_json::from_str::<Compare>("{}").unwrap(), Compare::default());
    }
}
