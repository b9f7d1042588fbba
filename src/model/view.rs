//! How a table is looked at: everything about the grid that is saved with the query.
//!
//! A plain value: two that are equal show the same, and keeping old ones is all that undo needs.

use serde::{Deserialize, Deserializer, Serialize};

use super::{ColourSlot, ColumnKey, Number, PlayerRef};

/// How grid and charts show a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct ViewSettings {
    /// What the rows are ordered by, the weightiest first. Empty: the order of the players list.
    #[serde(deserialize_with = "one_or_many")]
    pub sort: Vec<Sort>,
    /// What a row must meet to be shown: all of them.
    pub filters: Vec<Filter>,
    /// What stands in place of each number.
    pub normalise: Normalise,
    /// What a number is held against.
    pub reference: Reference,
    /// What the rows are put together by.
    pub grouping: Option<Grouping>,
    /// What stands in the rows and what in the columns.
    pub layout: Layout,
    /// The columns: which, in what order, how wide.
    pub columns: Columns,
    /// Whether each row has its number in front.
    pub row_numbers: bool,
    /// The rows below the grid that sum up each column, in order.
    pub summary: Vec<Statistic>,
    /// Whether cells are shaded by where their number stands among others.
    pub heat_map: bool,
    /// Among which others.
    pub heat_scope: HeatScope,
    /// Whether the shade tells the distance from the reference, to both sides, instead of that
    /// from the least number.
    pub diverging: bool,
    /// Whether each number has a bar in its cell.
    pub bars: bool,
    /// What colours single values, the first that holds.
    pub rules: Vec<ColourRule>,
    /// Columns that are worked out from others, in the order in which they were made. They stand
    /// behind the stats unless [`Columns::order`] says otherwise.
    pub derived: Vec<DerivedColumn>,
}

/// What a column shows: a stat that was asked for, or what a formula makes of such.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Field {
    /// A stat.
    Stat(ColumnKey),
    /// The [`DerivedColumn`] of this name.
    Derived {
        /// Its name.
        derived: String,
    },
}

/// A column that is worked out from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DerivedColumn {
    /// What it is called, and found by. Of two with one name the first counts.
    pub name: String,
    /// How it is worked out, as typed: also while it is not complete.
    pub formula: String,
}

/// A key that rows are ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    /// What is compared.
    pub by: SortBy,
    /// Greatest first. What is not a value stands last either way.
    pub descending: bool,
}

/// What rows are compared by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortBy {
    /// The player's name.
    Player,
    /// The place of the player's group in the query. Players without one stand last.
    Group,
    /// What a column shows.
    Column(Field),
    /// How far a column's number is from zero.
    Absolute(Field),
    /// By how much a column's number grew since the fetch before.
    Change(Field),
}

/// A condition that a row must meet. Numbers and texts are those sent, or worked out by a formula,
/// whatever [`Normalise`] makes of them: switching that moves no row in or out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Filter {
    /// On the name that is shown for the player.
    Player(TextTest),
    /// On the groups that hold the player.
    Groups(GroupTest),
    /// On the cell in this column.
    Column(Field, Test),
}

/// A condition on the groups of the query that hold a player, by their names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupTest {
    /// How many of the groups must hold the player.
    pub held_by: HeldBy,
    /// The groups.
    pub groups: Vec<String>,
}

/// How many of some groups hold a player.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HeldBy {
    /// At least one.
    #[default]
    Any,
    /// Each of them.
    All,
    /// Exactly one.
    One,
    /// None of them.
    None,
}

/// A condition on a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Test {
    /// It holds a number that compares so to the given one. Exact for integers of any size.
    Compare(Comparison, Number),
    /// It holds a number from the first to the second, both included.
    Between(Number, Number),
    /// It holds a value whose text as sent meets this.
    Text(TextTest),
    /// It holds a value whose text as sent is one of these.
    OneOf(Vec<String>),
    /// It was answered without a value, or a formula has none.
    Missing,
    /// It could not be read.
    Failed,
    /// It holds a value.
    HasValue,
    /// Its number is among the so many greatest of the rows that all other kinds of filters leave.
    /// Who ties with the last of them is among them.
    Top(u32),
    /// Its number is among the so many least of these rows.
    Bottom(u32),
    /// Its number is more than 1.5 interquartile ranges below the first or above the third quartile
    /// of these rows (Tukey's fences).
    Outlier,
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `>`
    Greater,
    /// `≥`
    AtLeast,
}

/// A condition on a text. Case counts in a regular expression only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextTest {
    /// It holds this anywhere.
    Contains(String),
    /// It is this.
    Equals(String),
    /// It starts with this.
    StartsWith(String),
    /// This regular expression is found in it.
    Matches(String),
}

/// What stands in place of each number. Taken over all players of the table, filtered out or not,
/// so that a filter changes no value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Normalise {
    /// The number itself.
    #[default]
    Raw,
    /// How far it is above the reference.
    Difference,
    /// How many times the reference it is.
    Ratio,
    /// How many hundredths of its column's greatest number it is.
    ShareOfGreatest,
    /// How many standard deviations it is above its column's mean.
    ZScore,
    /// How many in a hundred numbers of its column are below it, half of those equal to it counted.
    Percentile,
    /// The number, divided by another stat of the same player and multiplied by a factor: per hour
    /// played, when the stat counts minutes and the factor is 60.
    Per(Field, Number),
}

/// What a number is held against: in each column the number of a player, or one that stands for
/// many. Those without a number there do not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reference {
    /// The number of one player.
    Player(PlayerRef),
    /// The median of some.
    Median(Cohort),
    /// The mean of some.
    Mean(Cohort),
    /// The number that so many percent of some are at most, from 0 to 100.
    Percentile(u8, Cohort),
}

impl Default for Reference {
    fn default() -> Self {
        Self::Median(Cohort::All)
    }
}

/// Some players of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cohort {
    /// All of them.
    #[default]
    All,
    /// The members of the group of this name.
    Group(String),
}

/// Rows put together under a header each, with a subtotal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grouping {
    /// What rows under one header have in common.
    pub by: GroupBy,
    /// The headers whose rows are hidden, by name.
    pub collapsed: Vec<String>,
    /// Whether the rows that have no group are hidden.
    pub rest_collapsed: bool,
    /// What the header tells of each column.
    pub subtotal: Statistic,
}

impl Grouping {
    /// Rows put together, all of them shown, each column's mean in the headers.
    #[must_use]
    pub fn new(by: GroupBy) -> Self {
        Self { by, collapsed: Vec::new(), rest_collapsed: false, subtotal: Statistic::Mean }
    }
}

/// What rows are put together by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupBy {
    /// The first group of the query that holds the player.
    PlayerGroup,
    /// The text of this column as sent.
    Column(Field),
}

/// What stands in the rows and what in the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// A player a row, a stat a column.
    #[default]
    Wide,
    /// A stat a row, a player a column.
    Transposed,
    /// A value a row.
    Long,
}

/// Which columns are shown, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Columns {
    /// The order, as far as it was changed: the columns named here come first, then all others in
    /// the order of the query. Names that the table lacks are passed over.
    pub order: Vec<Field>,
    /// How many columns stand still beside the player's while the rest scrolls.
    pub frozen: u16,
    /// What is not as it is by default.
    pub settings: Vec<ColumnSettings>,
}

/// What can be set for a single column.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnSettings {
    /// The column.
    pub field: Field,
    /// Not shown.
    pub hidden: bool,
    /// How wide, in points. `None`: as its content asks for.
    pub width: Option<u16>,
    /// Followed by a column of ranks, in this order.
    pub rank: Option<RankOrder>,
    /// Followed by a column of percentiles.
    pub percentile: bool,
}

impl ColumnSettings {
    /// What a column has when nothing was set.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, hidden: false, width: None, rank: None, percentile: false }
    }
}

/// Which number has rank 1. Equal numbers share the best of their ranks: 1, 2, 2, 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RankOrder {
    /// The greatest.
    GreatestFirst,
    /// The least.
    LeastFirst,
}

/// A figure that sums up a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Statistic {
    /// How many cells hold a value.
    Count,
    /// How many cells that were asked for hold none.
    Missing,
    /// The sum.
    Sum,
    /// The mean.
    Mean,
    /// The median.
    Median,
    /// The 10th percentile.
    P10,
    /// The 90th percentile.
    P90,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The standard deviation (of a sample: divided by one less than the count).
    Deviation,
}

impl Statistic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Count,
        Self::Missing,
        Self::Sum,
        Self::Mean,
        Self::Median,
        Self::P10,
        Self::P90,
        Self::Min,
        Self::Max,
        Self::Deviation,
    ];
}

/// Among which numbers a shade places a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeatScope {
    /// Those of its column.
    #[default]
    Column,
    /// Those of its player.
    Row,
    /// Those of all shown columns of its title.
    Title,
}

/// What colours a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColourRule {
    /// The column; `None` for all.
    pub field: Option<Field>,
    /// What the cell must meet.
    pub test: Test,
    /// What it is drawn in.
    pub colour: ColourSlot,
}

impl From<ColumnKey> for Field {
    fn from(key: ColumnKey) -> Self {
        Self::Stat(key)
    }
}

impl Field {
    /// The derived column of this name.
    #[must_use]
    pub fn derived(name: impl Into<String>) -> Self {
        Self::Derived { derived: name.into() }
    }

    /// The stat that it shows; `None` for what is worked out.
    #[must_use]
    pub fn stat(&self) -> Option<&ColumnKey> {
        match self {
            Self::Stat(key) => Some(key),
            Self::Derived { .. } => None,
        }
    }

    /// The name without that of the title: the stat's as the service knows it, or the formula's.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Stat(key) => key.stat.as_str(),
            Self::Derived { derived } => derived,
        }
    }
}

impl Columns {
    /// What is set for a column; `None` when all is as by default.
    #[must_use]
    pub fn of(&self, field: &Field) -> Option<&ColumnSettings> {
        self.settings.iter().find(|settings| settings.field == *field)
    }

    /// Changes what is set for a column, and forgets it when nothing but the default is left.
    pub fn change(&mut self, field: &Field, change: impl FnOnce(&mut ColumnSettings)) {
        let bare = ColumnSettings::new(field.clone());
        let place = self.settings.iter().position(|settings| settings.field == *field);
        let mut settings = place.map_or_else(|| bare.clone(), |place| self.settings[place].clone());
        change(&mut settings);
        match place {
            Some(place) if settings == bare => drop(self.settings.remove(place)),
            Some(place) => self.settings[place] = settings,
            None if settings == bare => {}
            None => self.settings.push(settings),
        }
    }
}

/// Sessions that were kept when there was one key at most hold it bare, or `null`.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Sort>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Many(Vec<Sort>),
        One(Option<Sort>),
    }
    Ok(match Kept::deserialize(deserializer)? {
        Kept::Many(keys) => keys,
        Kept::One(key) => key.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Scid, StatName};

    fn field(stat: &str) -> Field {
        ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }.into()
    }

    #[test]
    fn what_earlier_sessions_kept_is_read() {
        let read = |json: &str| serde_json::from_str::<ViewSettings>(json).unwrap().sort;
        assert_eq!(read("{}"), []);
        assert_eq!(read(r#"{"sort":null,"heat_map":true}"#), []);
        let by_kills = Sort { by: SortBy::Column(field("Kills")), descending: true };
        let one = r#"{"sort":{"by":{"Column":{"scid":"s","stat":"Kills"}},"descending":true}}"#;
        assert_eq!(read(one), std::slice::from_ref(&by_kills));
        let by_name = Sort { by: SortBy::Player, descending: false };
        let settings = ViewSettings { sort: vec![by_name, by_kills], ..ViewSettings::default() };
        let json = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<ViewSettings>(&json).unwrap(), settings);
    }

    #[test]
    fn a_column_back_at_its_default_is_forgotten() {
        let mut columns = Columns::default();
        columns.change(&field("Kills"), |column| column.hidden = true);
        columns.change(&field("Kills"), |column| column.width = Some(90));
        assert_eq!(
            columns.of(&field("Kills")).map(|column| (column.hidden, column.width)),
            Some((true, Some(90)))
        );
        columns.change(&field("Wins"), |_| {});
        columns.change(&field("Kills"), |column| *column = ColumnSettings::new(column.field.clone()));
        assert_eq!(columns, Columns::default());
    }
}
