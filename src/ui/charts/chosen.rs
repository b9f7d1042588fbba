//! Which kind of chart is drawn, and which columns: what was chosen, or what suits the selection.

use super::Scene;
use crate::{
    analysis::series,
    model::{Chart, ChartKind, ColourBy, Field},
};

/// Up to so many players, each has a bar that can be told from the others by name.
const FEW_PLAYERS: usize = 40;
/// How many columns are drawn, when none are chosen, on charts that have an axis for each.
const MOST_AXES: usize = 8;
const MOST_SPOKES: usize = 6;

/// What of the grid is selected, as far as charts follow it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Columns {
    /// Columns that are selected as a whole, as places in the view.
    pub(crate) whole: Vec<usize>,
    /// How many players are selected; 0 when all are.
    pub(crate) players: usize,
}

/// What a chart draws, as places in `View::all_columns`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen {
    pub(crate) kind: ChartKind,
    /// For kinds that draw several columns.
    pub(crate) columns: Vec<usize>,
    /// Those asked for that hold texts.
    pub(crate) refused: Vec<usize>,
    pub(crate) x: Option<usize>,
    pub(crate) y: Option<usize>,
    pub(crate) size: Option<usize>,
    /// The column that colours tell, where they tell one.
    pub(crate) colour: Option<usize>,
}

impl Chosen {
    pub(crate) fn of(scene: &Scene, chart: &Chart, selected: &Columns) -> Self {
        let numeric: Vec<usize> = scene.columns().filter(|column| scene.has_numbers(*column)).collect();
        let whole: Vec<usize> =
            selected.whole.iter().copied().filter(|column| numeric.contains(column)).collect();
        let kind = chart.kind.unwrap_or_else(|| suiting(scene, selected, &whole, numeric.len()));
        let asked: Vec<usize> = chart.stats.iter().filter_map(|field| scene.place(field)).collect();
        let columns = match (chart.stats.is_empty(), whole.is_empty()) {
            (false, _) => asked,
            (true, false) => whole.clone(),
            (true, true) => usual(scene, kind, &numeric),
        };
        let (refused, columns) = columns.into_iter().partition(|column| scene.holds_texts(*column));
        let place = |field: &Option<Field>| field.as_ref().and_then(|field| scene.place(field));
        // The first that is not yet an axis.
        let free = |taken: Option<usize>| {
            whole.iter().chain(&numeric).copied().find(|column| Some(*column) != taken)
        };
        let y = place(&chart.y).or_else(|| free(place(&chart.x)));
        let x = place(&chart.x).or_else(|| free(y));
        let colour = match &chart.colour {
            ColourBy::Field(field) => scene.place(field),
            ColourBy::Group | ColourBy::Nothing => None,
        };
        Self { kind, columns, refused, x, y, size: place(&chart.size), colour }
    }

    /// Every column that is read.
    pub(crate) fn read(&self) -> Vec<usize> {
        let several = match self.kind {
            ChartKind::Scatter => &[][..],
            _ => &self.columns,
        };
        let single = match self.kind {
            ChartKind::Scatter => [self.x, self.y, self.size, self.colour],
            _ => [self.colour, None, None, None],
        };
        several.iter().copied().chain(single.into_iter().flatten()).collect()
    }

    pub(crate) fn has(&self, column: usize) -> bool {
        self.columns.contains(&column) || self.refused.contains(&column)
    }

    /// What the chart draws when this column is taken in, or left out where it is drawn: in the order
    /// of the grid. What the view does not have stays, last.
    pub(crate) fn toggled(&self, scene: &Scene, chart: &Chart, column: usize) -> Vec<Field> {
        let columns = scene.view.all_columns();
        let mut stats = chart.stats.clone();
        if stats.is_empty() {
            stats = self.columns.iter().map(|column| columns[*column].field.clone()).collect();
        }
        let field = &columns[column].field;
        if stats.contains(field) {
            stats.retain(|other| other != field);
        } else {
            stats.push(field.clone());
        }
        stats.sort_by_key(|field| scene.place(field).unwrap_or(usize::MAX));
        stats
    }

    /// Why nothing can be drawn, where nothing can: one sentence.
    pub(super) fn nothing(&self, scene: &Scene) -> Option<String> {
        if scene.rows().is_empty() {
            return Some("No player is shown: there is nothing to draw.".into());
        }
        if self.kind == ChartKind::Scatter {
            let axes = [self.x, self.y];
            if axes.contains(&None) {
                return Some("A scatter needs two stats that hold numbers. Tick another one.".into());
            }
            let text = axes.into_iter().flatten().find(|column| scene.holds_texts(*column))?;
            let name = scene.name(text);
            return Some(format!("{name} holds texts: an axis needs numbers. Choose another stat."));
        }
        match (&self.columns[..], &self.refused[..]) {
            ([], []) => Some("No stat holds numbers: there is nothing to draw.".into()),
            ([], refused) => Some(format!("{}.", self.refusal(scene, refused))),
            _ => None,
        }
    }

    /// What is said of the columns that hold texts.
    pub(super) fn refusals(&self, scene: &Scene) -> Option<String> {
        (!self.refused.is_empty()).then(|| self.refusal(scene, &self.refused))
    }

    fn refusal(&self, scene: &Scene, refused: &[usize]) -> String {
        let names: Vec<String> = refused.iter().map(|column| scene.name(*column)).collect();
        let needs =
            if self.kind == ChartKind::Bars { "bars need numbers" } else { "this chart needs numbers" };
        match &names[..] {
            [one] => format!("{one} holds texts: {needs}"),
            several => format!("{} hold texts: {needs}", several.join(", ")),
        }
    }
}

/// The kind that suits what is selected: of two whole columns how they go together, of one how it is
/// spread; else a bar for each player, as long as they are few.
fn suiting(scene: &Scene, selected: &Columns, whole: &[usize], numeric: usize) -> ChartKind {
    let players = if selected.players > 0 { selected.players } else { scene.rows().len() };
    match whole.len() {
        2 => ChartKind::Scatter,
        0 if players <= FEW_PLAYERS => ChartKind::Bars,
        0 if numeric > 1 => ChartKind::Scatter,
        0 | 1 => ChartKind::Distribution,
        _ => ChartKind::Parallel,
    }
}

/// What a kind draws when nothing was chosen.
fn usual(scene: &Scene, kind: ChartKind, numeric: &[usize]) -> Vec<usize> {
    let shown = |most: usize| {
        let shown = scene.view.columns().len();
        numeric.iter().copied().filter(|column| *column < shown).take(most).collect()
    };
    match kind {
        ChartKind::Bars | ChartKind::Box => series::default_columns(&scene.view),
        ChartKind::Scatter | ChartKind::Distribution | ChartKind::OverTime => shown(1),
        ChartKind::Radar => shown(MOST_SPOKES),
        ChartKind::Parallel => shown(MOST_AXES),
        ChartKind::HeatMap | ChartKind::Correlation => shown(usize::MAX),
    }
}
