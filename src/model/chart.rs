use serde::{Deserialize, Serialize};

use super::Field;

/// A chart of the view: which kind, what of the view it draws, and how.
///
/// It keeps what was chosen for other kinds as well, so that going to and fro between them loses
/// nothing. What names no column draws what suits the view and the selection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chart {
    /// `None`: the kind that suits what is selected.
    pub kind: Option<ChartKind>,
    /// The stats and formulas drawn, for kinds that draw several. Empty: the first few that suit.
    pub stats: Vec<Field>,
    /// What a scatter draws from left to right.
    pub x: Option<Field>,
    /// What a scatter draws upwards.
    pub y: Option<Field>,
    /// What the size of a scatter's marks tells; `None`: nothing.
    pub size: Option<Field>,
    /// What colours tell.
    pub colour: ColourBy,
    /// How the horizontal axis of numbers runs.
    pub x_scale: AxisScale,
    /// How the vertical axis of numbers runs.
    pub y_scale: AxisScale,
    /// What the length of bars means.
    pub scale: BarScale,
    /// How the bars of a player stand.
    pub bars: BarsForm,
    /// How a distribution is drawn.
    pub distribution: DistributionForm,
    /// What a box or violin stands for.
    pub boxes: BoxesForm,
    /// How a correlation is told.
    pub correlation: CorrelationForm,
    /// What a scatter draws beside its marks.
    pub scatter: ScatterParts,
    /// What order a heat map is in.
    pub heat_order: HeatOrder,
    /// What each of several small charts is of.
    pub split: SplitBy,
}

/// A kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChartKind {
    /// For each player a bar for each of some stats.
    Bars,
    /// For each player a mark where two stats meet.
    Scatter,
    /// How the numbers of a stat are spread.
    Distribution,
    /// Quartiles and what stands beyond them.
    Box,
    /// A few players over three to eight stats.
    Radar,
    /// Players × stats, shaded by number.
    HeatMap,
    /// How closely each stat goes with each.
    Correlation,
    /// A line for each player over several axes.
    Parallel,
    /// How numbers changed from fetch to fetch.
    OverTime,
}

/// What colours tell on a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColourBy {
    /// The player's group; stats where groups cannot be told.
    #[default]
    Group,
    /// Nothing.
    Nothing,
    /// Where a number stands among the others of this column, or the text of it.
    Field(Field),
}

/// A setting that is one of a few, each with a name.
pub trait Choice: Copy + PartialEq + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];

    /// What it is called, in lower case. Files have `_` for each space in it.
    fn name(self) -> &'static str;

    /// The one of this name, as files have it.
    #[must_use]
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.key() == name)
    }

    /// The name as files have it.
    #[must_use]
    fn key(self) -> String {
        self.name().replace(' ', "_")
    }
}

/// Enums whose variants have names, the first of them the one that is taken when none was chosen.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $first:ident = $words:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* $first),+
        }

        impl Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$first),+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$first => $words),+
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }
    )+ };
}

choices! {
    /// How an axis of numbers runs.
    AxisScale {
        /// Equal distances are equal differences.
        Linear = "linear",
        /// Equal distances are equal ratios. Zero and negative numbers have no place.
        Log = "log",
        /// Linear near to zero, by ratios far from it, to both sides.
        Symlog = "symlog",
    }

    /// What the length of a bar means.
    BarScale {
        /// The value itself: all stats share one axis.
        Value = "value",
        /// The share of the greatest value of the same stat, so that stats of different size compare.
        ShareOfGreatest = "share of greatest",
    }

    /// How the bars of a player stand.
    BarsForm {
        /// Beside each other.
        Grouped = "grouped",
        /// On top of each other.
        Stacked = "stacked",
        /// Beside each other, the players ordered by the first stat.
        Ranked = "ranked",
    }

    /// How a distribution is drawn.
    DistributionForm {
        /// How many numbers are in each of some bins.
        Histogram = "histogram",
        /// A smooth estimate of the same.
        Density = "density",
        /// How many numbers are at most so great.
        Cumulative = "cumulative",
    }

    /// What a box or a violin stands for.
    BoxesForm {
        /// A box for each group.
        BoxPerGroup = "box per group",
        /// A box for each stat.
        BoxPerStat = "box per stat",
        /// A violin for each group.
        ViolinPerGroup = "violin per group",
        /// A violin for each stat.
        ViolinPerStat = "violin per stat",
    }

    /// How closely two stats go together, as it is told.
    CorrelationForm {
        /// By their numbers: whether they lie on a line.
        Pearson = "by numbers",
        /// By their ranks: whether one rises with the other.
        Spearman = "by ranks",
    }

    /// What order a heat map is in.
    HeatOrder {
        /// That of the grid.
        Grid = "as in the grid",
        /// Players beside those who are like them, stats beside those that go with them.
        Similarity = "by similarity",
    }

    /// What each of several small charts is of.
    SplitBy {
        /// There is but one chart.
        Nothing = "nothing",
        /// A stat.
        Stat = "stat",
        /// A title.
        Title = "title",
        /// A group.
        Group = "group",
    }
}

impl Choice for ChartKind {
    const ALL: &'static [Self] = &[
        Self::Scatter,
        Self::Bars,
        Self::Distribution,
        Self::Box,
        Self::Radar,
        Self::HeatMap,
        Self::Correlation,
        Self::Parallel,
        Self::OverTime,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Scatter => "scatter",
            Self::Distribution => "distribution",
            Self::Box => "box",
            Self::Radar => "radar",
            Self::HeatMap => "heat map",
            Self::Correlation => "correlation",
            Self::Parallel => "parallel",
            Self::OverTime => "over time",
        }
    }
}

/// What a scatter draws beside its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScatterParts {
    /// The line that runs nearest through the points, with r.
    pub trend: bool,
    /// How the numbers of each axis are spread, at its edge.
    pub margins: bool,
    /// Names of players, where there is room.
    pub labels: bool,
}

impl Default for ScatterParts {
    fn default() -> Self {
        Self { trend: true, margins: false, labels: true }
    }
}

impl Chart {
    /// The columns that it names, to be changed when they are called otherwise.
    pub fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        let colour = match &mut self.colour {
            ColourBy::Field(field) => Some(field),
            ColourBy::Group | ColourBy::Nothing => None,
        };
        let others = [self.x.as_mut(), self.y.as_mut(), self.size.as_mut(), colour];
        self.stats.iter_mut().chain(others.into_iter().flatten())
    }

    /// Forgets columns that are gone.
    pub fn retain(&mut self, stays: impl Fn(&Field) -> bool) {
        self.stats.retain(&stays);
        for field in [&mut self.x, &mut self.y, &mut self.size] {
            field.take_if(|field| !stays(field));
        }
        if matches!(&self.colour, ColourBy::Field(field) if !stays(field)) {
            self.colour = ColourBy::Group;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_that_earlier_sessions_kept_are_read() {
        let kept = r#"{"stats":[{"scid":"s","stat":"Kills"}],"scale":"ShareOfGreatest"}"#;
        let chart: Chart = serde_json::from_str(kept).unwrap();
        assert_eq!((chart.stats.len(), chart.scale, chart.kind), (1, BarScale::ShareOfGreatest, None));
        let all = Chart {
            kind: Some(ChartKind::OverTime),
            x: Some(Field::derived("K/D")),
            colour: ColourBy::Field(Field::derived("a")),
            split: SplitBy::Title,
            ..chart
        };
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Chart>(&json).unwrap(), all);
    }

    #[test]
    fn every_choice_is_found_by_its_key() {
        fn check<T: Choice + std::fmt::Debug>() {
            for choice in T::ALL {
                assert_eq!(T::named(&choice.key()), Some(*choice));
            }
            assert_eq!(T::named("no such"), None);
        }
        check::<ChartKind>();
        check::<BarScale>();
        check::<BoxesForm>();
        check::<SplitBy>();
        assert_eq!(BarScale::ShareOfGreatest.key(), "share_of_greatest");
    }
}
