//! How each column of a view is named and its values are written: worked out once for each view.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::Arc};

use crate::{
    analysis::{
        Figure, FigureFormat, View, display, measure,
        rules::{ColumnRules, RuleCell},
        view::{Origin, Shown, Shows, ViewColumn},
    },
    model::{
        Better, Cell, ColourSlot, Field, Group, Normalise, PercentageOf, PlayerRef, Scid, StatDictionary,
        StatTable, Statistic, ValueFormat,
    },
};

/// Rows that are looked at to learn how wide values are and how many decimals they need.
const ROWS_TRIED: usize = 400;
/// The decimals of numbers that a formula gave.
const MOST_DECIMALS: usize = 3;
/// Stands for no group.
const NO_GROUP: u8 = u8::MAX;

/// What titles are called, in the order of the query.
pub(crate) type TitleNames = Vec<(Scid, String)>;

/// How the columns of a view look, by their place in [`View::all_columns`].
#[derive(Debug, Default)]
pub(crate) struct Looks {
    columns: Vec<Look>,
    /// How many of them are shown; the others are hidden.
    shown: usize,
    titles: Vec<TitleRun>,
    markers: Arc<[u8]>,
}

/// Columns beside each other that belong to one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TitleRun {
    pub(crate) columns: Range<usize>,
    pub(crate) name: String,
    /// `None` for formulas.
    pub(crate) scid: Option<Scid>,
    /// The place of the title in the query: its colour. `None` for formulas.
    pub(crate) series: Option<usize>,
}

/// How one column looks.
#[derive(Debug)]
pub(crate) struct Look {
    /// What it is called.
    pub(crate) name: String,
    /// The name on the wire, where that is another.
    pub(crate) raw: Option<String>,
    /// What the title is called; empty for a formula.
    pub(crate) title: String,
    /// What it measures; empty when nobody said.
    pub(crate) description: String,
    /// Which direction is good.
    pub(crate) better: Better,
    /// Whether it is worked out by a formula.
    pub(crate) is_derived: bool,
    /// How values are written, and what may be typed for them.
    pub(crate) format: FigureFormat,
    has_format: bool,
    is_integer: bool,
    decimals: usize,
    worked: Worked,
    /// The longest text among the values that were looked at.
    pub(super) longest: String,
    rules: ColumnRules,
    origin: Origin,
}

/// How numbers are written that stand in place of the values.
#[derive(Clone, Debug, PartialEq)]
enum Worked {
    Own,
    Difference,
    Plain(FigureFormat),
    Times,
}

impl Looks {
    /// Works out how the columns of `view` look. Meant for a worker where the view is large.
    pub(crate) fn of(
        view: &View,
        dictionary: &StatDictionary,
        titles: &TitleNames,
        markers: Arc<[u8]>,
    ) -> Self {
        let sample = sample(view.order());
        let columns: Vec<Look> = (0..view.all_columns().len())
            .map(|column| Look::of(view, column, dictionary, titles, &sample))
            .collect();
        let shown = view.columns().len();
        let titles = runs(view.columns(), &columns[..shown], titles);
        Self { columns, shown, titles, markers }
    }

    pub(crate) fn column(&self, column: usize) -> Option<&Look> {
        self.columns.get(column)
    }

    /// Those of the columns that are shown.
    pub(crate) fn columns(&self) -> &[Look] {
        &self.columns[..self.shown]
    }

    pub(crate) fn titles(&self) -> &[TitleRun] {
        &self.titles
    }

    /// By row of the table the first group that holds the player, to hand on.
    pub(crate) fn markers(&self) -> &Arc<[u8]> {
        &self.markers
    }

    /// The place of the first group that holds the player in a row of the table.
    pub(crate) fn group_of(&self, row: u32) -> Option<usize> {
        let group = self.markers.get(row as usize).copied().filter(|group| *group != NO_GROUP);
        group.map(usize::from)
    }
}

/// By row of the table the first group that holds the player.
pub(crate) fn markers(table: &StatTable, groups: &[Group]) -> Arc<[u8]> {
    let mut first: HashMap<&PlayerRef, u8> = HashMap::new();
    for (place, group) in groups.iter().enumerate().take(usize::from(NO_GROUP)) {
        for player in &group.players {
            first.entry(player).or_insert(place as u8);
        }
    }
    table.rows().iter().map(|row| first.get(&row.asked).copied().unwrap_or(NO_GROUP)).collect()
}

impl Look {
    fn of(
        view: &View,
        column: usize,
        dictionary: &StatDictionary,
        titles: &TitleNames,
        sample: &[u32],
    ) -> Self {
        let ViewColumn { field, origin, shows, .. } = &view.all_columns()[column];
        let settings = &view.input().settings;
        let mut look = match (field, *origin) {
            (Field::Stat(key), Origin::Stat(at)) => {
                let cells = &view.table().columns()[at];
                let measured = measure::of(cells, sample);
                let stat_type = measured.longest.and_then(|row| match cells.cell(row as usize) {
                    Cell::Value(value) => Some(value.stat_type.as_str()),
                    _ => None,
                });
                let said = dictionary.stat(key).and_then(|entry| entry.format).is_some();
                let mut traits = dictionary.traits(key, stat_type);
                // The type of a value is a weak word: what does not fit it is written as it is.
                let fits = match traits.format {
                    Some(ValueFormat::Integer) => measured.decimals == 0,
                    Some(ValueFormat::Text) => false,
                    _ => true,
                };
                if !said && !fits {
                    traits.format = None;
                }
                let is_renamed = traits.name != key.stat.as_str();
                Self {
                    raw: is_renamed.then(|| key.stat.to_string()),
                    title: title_name(titles, &key.scid),
                    format: FigureFormat::new(&traits),
                    has_format: traits.format.is_some(),
                    is_integer: traits.format == Some(ValueFormat::Integer),
                    decimals: measured.decimals,
                    name: traits.name,
                    description: traits.description,
                    better: traits.better,
                    ..Self::bare(*origin)
                }
            }
            (field, origin) => {
                let numbers = match origin {
                    Origin::Derived(at) => &view.input().derived[at].numbers[..],
                    Origin::Stat(_) => &[],
                };
                Self {
                    name: field.name().to_owned(),
                    is_derived: true,
                    decimals: decimals(numbers, sample),
                    ..Self::bare(origin)
                }
            }
        };
        look.worked = worked(&settings.normalise);
        match shows {
            Shows::Value => {
                let numbers = match *origin {
                    Origin::Stat(at) => view.table().columns()[at].numbers(),
                    Origin::Derived(at) => &view.input().derived[at].numbers,
                };
                look.rules = ColumnRules::new(&settings.rules, field, numbers, view.order());
            }
            Shows::Rank(_) => look.name.push_str(" rank"),
            Shows::Percentile => {
                look.name.push_str(" percentile");
                look.worked = Worked::Plain(FigureFormat::plain(Some(ValueFormat::Decimals(0))));
            }
        }
        if !matches!(shows, Shows::Value) {
            look.raw = None;
        }
        look.longest = look.longest_of(view, column, sample);
        look
    }

    fn bare(origin: Origin) -> Self {
        Self {
            name: String::new(),
            raw: None,
            title: String::new(),
            description: String::new(),
            better: Better::Neither,
            is_derived: false,
            format: FigureFormat::default(),
            has_format: false,
            is_integer: false,
            decimals: 0,
            worked: Worked::Own,
            longest: String::new(),
            rules: ColumnRules::default(),
            origin,
        }
    }

    fn longest_of(&self, view: &View, column: usize, sample: &[u32]) -> String {
        let (mut longest, mut most) = (String::new(), 0);
        for row in sample {
            let text = self.text(view.cell(*row, column));
            let characters = text.chars().count();
            if characters > most {
                (longest, most) = (text.into_owned(), characters);
            }
        }
        longest
    }

    /// What is written in a cell; empty where nothing is.
    pub(crate) fn text<'a>(&self, shown: Shown<'a>) -> Cow<'a, str> {
        match shown {
            Shown::Cell(Cell::Value(value)) if self.has_format => self.format.value(&value),
            Shown::Cell(Cell::Value(value)) => display::aligned(&value, self.decimals),
            Shown::Cell(Cell::NoValue) | Shown::Nothing(_) => super::words::NO_VALUE.into(),
            Shown::Cell(Cell::Failed(failure)) => {
                failure.status.map_or(Cow::Borrowed("failed"), |status| status.to_string().into())
            }
            Shown::Cell(Cell::NotAsked | Cell::Pending) | Shown::Waiting => Cow::default(),
            Shown::Number(number) => self.worked(Figure::from_f64(number)).into(),
            Shown::Rank(rank) => display::count(rank as usize).into(),
        }
    }

    /// The same, with the unit where the number is on the column's own scale.
    pub(crate) fn measured<'a>(&'a self, shown: Shown<'a>) -> Cow<'a, str> {
        let is_own = matches!(self.worked, Worked::Own | Worked::Difference);
        match shown {
            Shown::Cell(Cell::Value(_)) => self.format.with_unit(self.text(shown)),
            Shown::Number(_) if is_own => self.format.with_unit(self.text(shown)),
            _ => self.text(shown),
        }
    }

    /// A number on the column's own scale, whatever is shown in its place.
    pub(crate) fn own_number(&self, number: f64) -> String {
        self.own(Figure::from_f64(number))
    }

    /// A round number that the column could show, without decimals that it does not need.
    pub(crate) fn tick(&self, number: f64) -> String {
        let is_percentage =
            |format: &FigureFormat| matches!(format.format(), Some(ValueFormat::Percentage { .. }));
        match &self.worked {
            Worked::Own | Worked::Difference if self.has_format => self.number(number),
            Worked::Difference if number > 0.0 => format!("+{}", display::number(number)),
            Worked::Plain(format) if is_percentage(format) => format!("{} %", display::number(number)),
            Worked::Times => format!("{}×", display::number(number)),
            Worked::Own | Worked::Difference | Worked::Plain(_) => display::number(number),
        }
    }

    /// Whether both write their [ticks](Self::tick) alike.
    pub(crate) fn ticks_like(&self, other: &Self) -> bool {
        let has_same_format = || (self.has_format, &self.format) == (other.has_format, &other.format);
        let is_own = matches!(self.worked, Worked::Own | Worked::Difference);
        self.worked == other.worked && (!is_own || has_same_format())
    }

    /// Whether the numbers shown are points in time, which have no sum.
    pub(crate) fn is_moment(&self) -> bool {
        self.worked == Worked::Own && matches!(self.format.format(), Some(ValueFormat::Date(_)))
    }

    /// How much a second is, where the numbers shown are lengths of time.
    pub(crate) fn second(&self) -> Option<f64> {
        let is_own = matches!(self.worked, Worked::Own | Worked::Difference);
        match self.format.format() {
            Some(ValueFormat::Duration(unit)) if is_own => Some(1000.0 / unit.milliseconds() as f64),
            _ => None,
        }
    }

    /// A figure that the whole column comes to, on the scale that is shown.
    pub(crate) fn total(&self, statistic: Statistic, figure: Figure) -> String {
        match (statistic, figure) {
            (Statistic::Count | Statistic::Missing, figure) => display::figure(figure),
            (Statistic::Deviation, figure) if self.worked == Worked::Difference => self.own(figure),
            (_, figure) => self.worked(figure),
        }
    }

    /// A number that the column shows.
    pub(crate) fn number(&self, number: f64) -> String {
        self.worked(Figure::from_f64(number))
    }

    /// How far two numbers that the column shows are from each other, with its sign.
    pub(crate) fn difference(&self, difference: f64) -> String {
        let written = self.worked(Figure::from_f64(difference));
        if difference > 0.0 && !written.starts_with('+') { format!("+{written}") } else { written }
    }

    /// The same of a difference that may be exact, and never without a sign: `+2,628`, `±0`. Between two
    /// moments lies a length of time.
    pub(crate) fn apart(&self, difference: Figure) -> String {
        let written = match &self.worked {
            Worked::Own | Worked::Difference if self.has_format && !self.is_integer => {
                self.format.difference(difference)
            }
            Worked::Own | Worked::Difference => self.own(difference),
            Worked::Plain(_) | Worked::Times => self.worked(difference),
        };
        let bare = written.trim_start_matches(['+', display::MINUS]);
        if !bare.contains(|c: char| ('1'..='9').contains(&c)) {
            return format!("±{bare}");
        }
        let sign = if difference.as_f64() < 0.0 { display::MINUS } else { '+' };
        format!("{sign}{bare}")
    }

    fn worked(&self, figure: Figure) -> String {
        match &self.worked {
            Worked::Own => self.own(figure),
            Worked::Difference if self.has_format && !self.is_integer => self.format.difference(figure),
            Worked::Difference => {
                let written = self.own(figure);
                if figure.as_f64() > 0.0 { format!("+{written}") } else { written }
            }
            Worked::Plain(format) => format.figure(figure),
            Worked::Times => {
                let decimals = FigureFormat::plain(Some(ValueFormat::Decimals(2)));
                format!("{}×", decimals.figure(figure))
            }
        }
    }

    /// A number on the column's own scale.
    fn own(&self, figure: Figure) -> String {
        match figure {
            // Means and medians of integers need not be integers.
            Figure::Real(real) if self.is_integer && real.abs() < 1e6 => {
                FigureFormat::plain(Some(ValueFormat::Decimals(1))).figure(figure)
            }
            figure if self.has_format => self.format.figure(figure),
            Figure::Int(_) if self.decimals == 0 => display::figure(figure),
            figure => {
                let decimals = self.decimals.clamp(1, MOST_DECIMALS) as u8;
                FigureFormat::plain(Some(ValueFormat::Decimals(decimals))).figure(figure)
            }
        }
    }

    /// The colour that a rule gives a cell.
    pub(super) fn rule(&self, view: &View, row: u32) -> Option<ColourSlot> {
        if self.rules.is_empty() {
            return None;
        }
        match self.origin {
            Origin::Stat(at) => self.rules.colour(RuleCell::from(view.table().cell(row as usize, at))),
            Origin::Derived(at) => {
                let number = view.input().derived[at].numbers[row as usize];
                self.rules.colour(RuleCell::from((!number.is_nan()).then(|| Figure::from_f64(number))))
            }
        }
    }
}

fn worked(normalise: &Normalise) -> Worked {
    let share = ValueFormat::Percentage { of: PercentageOf::Hundred, decimals: 1 };
    let plain = |format| Worked::Plain(FigureFormat::plain(Some(format)));
    match normalise {
        Normalise::Raw => Worked::Own,
        Normalise::Difference => Worked::Difference,
        Normalise::Ratio => Worked::Times,
        Normalise::ShareOfGreatest => plain(share),
        Normalise::ZScore | Normalise::Per(..) => plain(ValueFormat::Decimals(2)),
        Normalise::Percentile => plain(ValueFormat::Decimals(0)),
    }
}

/// Rows spread evenly over all.
fn sample(order: &[u32]) -> Vec<u32> {
    let step = order.len().div_ceil(ROWS_TRIED).max(1);
    order.iter().step_by(step).copied().collect()
}

/// The decimals that numbers of a formula need: two, unless all are integers.
fn decimals(numbers: &[f64], rows: &[u32]) -> usize {
    let is_fraction = |row: &u32| numbers.get(*row as usize).is_some_and(|number| number.fract().abs() > 0.0);
    if rows.iter().any(is_fraction) { 2 } else { 0 }
}

fn title_name(titles: &TitleNames, scid: &Scid) -> String {
    let named = titles.iter().find(|(known, name)| known == scid && !name.is_empty());
    named.map_or_else(|| scid.short(), |(_, name)| name.clone())
}

fn runs(columns: &[ViewColumn], looks: &[Look], titles: &TitleNames) -> Vec<TitleRun> {
    let scid = |at: usize| columns.get(at).and_then(|column| column.field.stat()).map(|key| &key.scid);
    let mut runs: Vec<TitleRun> = Vec::new();
    for (at, look) in looks.iter().enumerate() {
        // A formula among the stats of a title stands under it.
        let next = (at..columns.len()).find_map(scid);
        let joins = runs.last().is_some_and(|run| {
            if look.is_derived {
                run.scid.is_none() || run.scid.as_ref() == next
            } else {
                run.scid.as_ref() == scid(at)
            }
        });
        match runs.last_mut() {
            Some(run) if joins => run.columns.end = at + 1,
            _ => {
                let scid = scid(at).cloned();
                let series = scid
                    .as_ref()
                    .map(|scid| titles.iter().position(|(known, _)| known == scid).unwrap_or(runs.len()));
                let name = if look.is_derived { "Formulas".to_owned() } else { look.title.clone() };
                runs.push(TitleRun { columns: at..at + 1, name, scid, series });
            }
        }
    }
    runs
}
