//! The settings of a view, as the values that stand for them in a file.

use toml_edit::{Array, InlineTable, Value};

use super::{
    read::{column_key, player_text},
    tables::inline,
};
use crate::model::{
    Cohort, ColourRule, ColumnKey, ColumnSettings, Comparison, DerivedColumn, Field, Filter, GroupBy,
    GroupTest, Grouping, HeatScope, HeldBy, Layout, Normalise, Number, PlayerEntry, PlayerRef, RankOrder,
    Reference, Sort, SortBy, Statistic, Test, TextTest,
};

pub(super) type Names<T> = &'static [(&'static str, T)];

const COMPARISONS: Names<Comparison> = &[
    ("=", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<", Comparison::Less),
    ("<=", Comparison::AtMost),
    (">", Comparison::Greater),
    (">=", Comparison::AtLeast),
];
const HELD_BY: Names<HeldBy> =
    &[("any", HeldBy::Any), ("all", HeldBy::All), ("one", HeldBy::One), ("none", HeldBy::None)];
const RANK_ORDERS: Names<RankOrder> =
    &[("greatest_first", RankOrder::GreatestFirst), ("least_first", RankOrder::LeastFirst)];
const SCOPES: Names<HeatScope> =
    &[("column", HeatScope::Column), ("row", HeatScope::Row), ("title", HeatScope::Title)];
const LAYOUTS: Names<Layout> =
    &[("wide", Layout::Wide), ("transposed", Layout::Transposed), ("long", Layout::Long)];
const STATISTICS: Names<Statistic> = &[
    ("count", Statistic::Count),
    ("missing", Statistic::Missing),
    ("sum", Statistic::Sum),
    ("mean", Statistic::Mean),
    ("median", Statistic::Median),
    ("p10", Statistic::P10),
    ("p90", Statistic::P90),
    ("min", Statistic::Min),
    ("max", Statistic::Max),
    ("deviation", Statistic::Deviation),
];

pub(super) fn name<T: PartialEq>(names: Names<T>, value: &T) -> Value {
    // The lists above name every value.
    names.iter().find(|(_, known)| known == value).map_or("", |(name, _)| *name).into()
}

pub(super) fn named<T: Copy>(names: Names<T>, value: &Value) -> Option<T> {
    let text = value.as_str()?;
    names.iter().find(|(name, _)| *name == text).map(|(_, known)| *known)
}

/// A setting that a file holds as one value.
pub(super) trait InFile: Sized {
    /// The value that stands for it.
    fn to_value(&self) -> Value;
    /// What a value stands for; `None` when this version does not know it.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! in_file_by_name {
    ($($type:ty: $names:ident),+) => {$(
        impl InFile for $type {
            fn to_value(&self) -> Value {
                name($names, self)
            }

            fn from_value(value: &Value) -> Option<Self> {
                named($names, value)
            }
        }
    )+};
}

pub(super) use in_file_by_name;

in_file_by_name!(HeatScope: SCOPES, Layout: LAYOUTS, Statistic: STATISTICS);

impl InFile for Field {
    fn to_value(&self) -> Value {
        match self {
            Self::Stat(ColumnKey { scid, stat }) => {
                inline([("scid", scid.as_str().into()), ("stat", stat.as_str().into())]).into()
            }
            Self::Derived { derived } => inline([("derived", derived.as_str().into())]).into(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        match table.get("derived") {
            Some(name) => name.as_str().map(Self::derived),
            None => column_key(table).map(Self::Stat),
        }
    }
}

impl InFile for Number {
    fn to_value(&self) -> Value {
        match self {
            Self::Int(int) => i64::try_from(*int).map_or_else(|_| int.to_string().into(), Value::from),
            Self::Real(real) => (*real).into(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Integer(int) => Some(Self::Int((*int.value()).into())),
            Value::Float(real) => Some(*real.value()).filter(|real| real.is_finite()).map(Self::Real),
            Value::String(text) => text.value().parse().ok(),
            _ => None,
        }
    }
}

impl InFile for Sort {
    fn to_value(&self) -> Value {
        let mut table = InlineTable::new();
        let (by, of) = match &self.by {
            SortBy::Player => ("player".into(), None),
            SortBy::Group => ("group".into(), None),
            SortBy::Column(field) => (field.to_value(), None),
            SortBy::Absolute(field) => (field.to_value(), Some("size")),
            SortBy::Change(field) => (field.to_value(), Some("change")),
        };
        table.insert("by", by);
        if let Some(of) = of {
            table.insert("of", of.into());
        }
        if self.descending {
            table.insert("descending", true.into());
        }
        table.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let by = table.get("by")?;
        let by = match (by.as_str(), table.get("of").map(Value::as_str)) {
            (Some("player"), None) => SortBy::Player,
            (Some("group"), None) => SortBy::Group,
            (None, None) => SortBy::Column(Field::from_value(by)?),
            (None, Some(Some("size"))) => SortBy::Absolute(Field::from_value(by)?),
            (None, Some(Some("change"))) => SortBy::Change(Field::from_value(by)?),
            _ => return None,
        };
        Some(Self { by, descending: flag(table, "descending")? })
    }
}

impl InFile for Filter {
    fn to_value(&self) -> Value {
        let mut table = InlineTable::new();
        match self {
            Self::Player(test) => {
                table.insert("on", "player".into());
                put_text_test(&mut table, test);
            }
            Self::Groups(GroupTest { held_by, groups }) => {
                table.insert("on", "groups".into());
                table.insert("held_by", name(HELD_BY, held_by));
                table.insert("groups", texts(groups));
            }
            Self::Column(field, test) => {
                table.insert("on", field.to_value());
                put_test(&mut table, test);
            }
        }
        table.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let on = table.get("on")?;
        match on.as_str() {
            Some("player") => text_test(table).map(Self::Player),
            Some("groups") => Some(Self::Groups(GroupTest {
                held_by: table.get("held_by").map_or(Some(HeldBy::Any), |held_by| named(HELD_BY, held_by))?,
                groups: list(table.get("groups")?)?,
            })),
            Some(_) => None,
            None => Some(Self::Column(Field::from_value(on)?, test(table)?)),
        }
    }
}

impl InFile for ColourRule {
    fn to_value(&self) -> Value {
        let mut table = InlineTable::new();
        if let Some(field) = &self.field {
            table.insert("on", field.to_value());
        }
        put_test(&mut table, &self.test);
        table.insert("colour", self.colour.to_string().into());
        table.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let field = match table.get("on") {
            Some(field) => Some(Field::from_value(field)?),
            None => None,
        };
        Some(Self { field, test: test(table)?, colour: table.get("colour")?.as_str()?.parse().ok()? })
    }
}

impl InFile for DerivedColumn {
    fn to_value(&self) -> Value {
        inline([("name", self.name.as_str().into()), ("formula", self.formula.as_str().into())]).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let text = |key| Some(table.get(key)?.as_str()?.to_owned());
        Some(Self { name: text("name")?, formula: text("formula")? })
    }
}

impl InFile for ColumnSettings {
    fn to_value(&self) -> Value {
        let mut table = inline([("column", self.field.to_value())]);
        if self.hidden {
            table.insert("hidden", true.into());
        }
        if let Some(width) = self.width {
            table.insert("width", i64::from(width).into());
        }
        if let Some(order) = &self.rank {
            table.insert("rank", name(RANK_ORDERS, order));
        }
        if self.percentile {
            table.insert("percentile", true.into());
        }
        table.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let width = table.get("width").map(whole);
        let rank = table.get("rank").map(|order| named(RANK_ORDERS, order));
        Some(Self {
            field: Field::from_value(table.get("column")?)?,
            hidden: flag(table, "hidden")?,
            width: width.map_or(Some(None), |width| width.map(Some))?,
            rank: rank.map_or(Some(None), |rank| rank.map(Some))?,
            percentile: flag(table, "percentile")?,
        })
    }
}

impl InFile for Normalise {
    fn to_value(&self) -> Value {
        match self {
            Self::Raw => "raw".into(),
            Self::Difference => "difference".into(),
            Self::Ratio => "ratio".into(),
            Self::ShareOfGreatest => "share_of_greatest".into(),
            Self::ZScore => "z_score".into(),
            Self::Percentile => "percentile".into(),
            Self::Per(field, factor) => {
                inline([("per", field.to_value()), ("times", factor.to_value())]).into()
            }
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        if let Some(table) = value.as_inline_table() {
            let factor = table.get("times").map_or(Some(Number::Int(1)), Number::from_value)?;
            return Some(Self::Per(Field::from_value(table.get("per")?)?, factor));
        }
        let known =
            [Self::Raw, Self::Difference, Self::Ratio, Self::ShareOfGreatest, Self::ZScore, Self::Percentile];
        known.into_iter().find(|known| known.to_value().as_str() == value.as_str())
    }
}

impl InFile for Reference {
    fn to_value(&self) -> Value {
        let (of, cohort) = match self {
            Self::Player(player) => return inline([("player", player_value(player))]).into(),
            Self::Median(cohort) => ("median".into(), cohort),
            Self::Mean(cohort) => ("mean".into(), cohort),
            Self::Percentile(percent, cohort) => (i64::from(*percent).into(), cohort),
        };
        let key = if matches!(self, Self::Percentile(..)) { "percentile" } else { "of" };
        let mut table = inline([(key, of)]);
        if let Cohort::Group(name) = cohort {
            table.insert("group", name.as_str().into());
        }
        table.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        if let Some(player) = table.get("player") {
            return PlayerEntry::new(&player_text(player)?).read().ok().cloned().map(Self::Player);
        }
        let cohort = match table.get("group") {
            Some(name) => Cohort::Group(name.as_str()?.to_owned()),
            None => Cohort::All,
        };
        if let Some(percent) = table.get("percentile") {
            return whole(percent)
                .filter(|percent: &u8| *percent <= 100)
                .map(|percent| Self::Percentile(percent, cohort));
        }
        match table.get("of")?.as_str()? {
            "median" => Some(Self::Median(cohort)),
            "mean" => Some(Self::Mean(cohort)),
            _ => None,
        }
    }
}

impl InFile for Grouping {
    fn to_value(&self) -> Value {
        let by = match &self.by {
            GroupBy::PlayerGroup => "player_group".into(),
            GroupBy::Column(field) => field.to_value(),
        };
        let mut table = inline([("by", by), ("subtotal", self.subtotal.to_value())]);
        if !self.collapsed.is_empty() {
            table.insert("collapsed", texts(&self.collapsed));
        }
        if self.rest_collapsed {
            table.insert("rest_collapsed", true.into());
        }
        table.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let by = table.get("by")?;
        Some(Self {
            by: match by.as_str() {
                Some("player_group") => GroupBy::PlayerGroup,
                Some(_) => return None,
                None => GroupBy::Column(Field::from_value(by)?),
            },
            collapsed: table.get("collapsed").map_or(Some(Vec::new()), list)?,
            rest_collapsed: flag(table, "rest_collapsed")?,
            subtotal: table.get("subtotal").map_or(Some(Statistic::Mean), Statistic::from_value)?,
        })
    }
}

fn player_value(player: &PlayerRef) -> Value {
    PlayerEntry::from(player.clone()).text().into()
}

fn put_test(table: &mut InlineTable, test: &Test) {
    let (name, parts): (Value, Vec<(&str, Value)>) = match test {
        Test::Text(test) => return put_text_test(table, test),
        Test::Compare(comparison, bound) => {
            (name(COMPARISONS, comparison), vec![("value", bound.to_value())])
        }
        Test::Between(least, greatest) => {
            ("between".into(), vec![("from", least.to_value()), ("to", greatest.to_value())])
        }
        Test::OneOf(all) => ("one_of".into(), vec![("texts", texts(all))]),
        Test::Top(count) => ("top".into(), vec![("count", i64::from(*count).into())]),
        Test::Bottom(count) => ("bottom".into(), vec![("count", i64::from(*count).into())]),
        Test::Missing => ("missing".into(), Vec::new()),
        Test::Failed => ("failed".into(), Vec::new()),
        Test::HasValue => ("has_value".into(), Vec::new()),
        Test::Outlier => ("outlier".into(), Vec::new()),
    };
    table.insert("test", name);
    for (key, value) in parts {
        table.insert(key, value);
    }
}

fn test(table: &InlineTable) -> Option<Test> {
    let wanted = table.get("test")?;
    let number = |key| Number::from_value(table.get(key)?);
    if let Some(comparison) = named(COMPARISONS, wanted) {
        return Some(Test::Compare(comparison, number("value")?));
    }
    Some(match wanted.as_str()? {
        "between" => Test::Between(number("from")?, number("to")?),
        "one_of" => Test::OneOf(list(table.get("texts")?)?),
        "top" => Test::Top(whole(table.get("count")?)?),
        "bottom" => Test::Bottom(whole(table.get("count")?)?),
        "missing" => Test::Missing,
        "failed" => Test::Failed,
        "has_value" => Test::HasValue,
        "outlier" => Test::Outlier,
        _ => Test::Text(text_test(table)?),
    })
}

fn put_text_test(table: &mut InlineTable, test: &TextTest) {
    let (name, wanted) = match test {
        TextTest::Contains(wanted) => ("contains", wanted),
        TextTest::Equals(wanted) => ("equals", wanted),
        TextTest::StartsWith(wanted) => ("starts_with", wanted),
        TextTest::Matches(wanted) => ("matches", wanted),
    };
    table.insert("test", name.into());
    table.insert("text", wanted.as_str().into());
}

fn text_test(table: &InlineTable) -> Option<TextTest> {
    let text = table.get("text")?.as_str()?.to_owned();
    Some(match table.get("test")?.as_str()? {
        "contains" => TextTest::Contains(text),
        "equals" => TextTest::Equals(text),
        "starts_with" => TextTest::StartsWith(text),
        "matches" => TextTest::Matches(text),
        _ => return None,
    })
}

fn texts(texts: &[String]) -> Value {
    texts.iter().map(String::as_str).collect::<Array>().into()
}

fn list(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}

/// A number without fraction that fits.
pub(super) fn whole<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    T::try_from(value.as_integer()?).ok()
}

/// Off when it is not there; `None` when it is neither true nor false.
pub(super) fn flag(table: &InlineTable, key: &str) -> Option<bool> {
    table.get(key).map_or(Some(false), Value::as_bool)
}
