//! How closely each stat goes with each. A click on a cell opens the scatter of both.

use std::sync::Arc;

use egui::{Align2, Role, Sense, Ui};

use super::{
    DrawState, Drawing, Given, Made, Output, Scene, Told, Work,
    cells::{At, Field, Shown, cells_ui},
    notes::players,
};
use crate::{
    analysis::{
        Stopped,
        chart::correlation::{Matrix, Method, matrix},
    },
    model::{Chart, ChartKind, CorrelationForm},
    ui::{
        theme::{self, blend, palette, tinted},
        widgets::spoken,
    },
};

const CELL_WIDTH: std::ops::RangeInclusive<f32> = 26.0..=110.0;
const CELL_HEIGHT: std::ops::RangeInclusive<f32> = 20.0..=34.0;
const NAMES: f32 = 150.0;
/// Cells as wide as this have their number written.
const WRITTEN_FROM: f32 = 34.0;
/// How strong the shade of stats is that go together as closely as can be.
const STRONGEST: f32 = 0.6;
/// Two points always lie on a line: with fewer players, nothing is told of a pair.
const FEWEST: usize = 3;

#[derive(Debug)]
struct Correlations {
    scene: Scene,
    chart: Chart,
    matrix: Matrix,
    told: Told,
}

pub(super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, stop, .. } = work;
    let columns = chosen.columns.clone();
    if columns.len() < 2 {
        return Ok(Made::Nothing(
            "A correlation needs two stats that hold numbers. Choose another one.".into(),
        ));
    }
    let numbers: Vec<Vec<f64>> = columns.iter().map(|column| scene.numbers(*column)).collect();
    let slices: Vec<&[f64]> = numbers.iter().map(Vec::as_slice).collect();
    let method = match chart.correlation {
        CorrelationForm::Pearson => Method::Pearson,
        CorrelationForm::Spearman => Method::Spearman,
    };
    let matrix = matrix(&slices, method, stop)?;
    if pairs(&matrix).all(|(one, other)| matrix.at(one, other).pairs < FEWEST) {
        return Ok(Made::Nothing(format!(
            "A correlation needs at least {FEWEST} players with values of both stats. Show more players, or choose other stats."
        )));
    }
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    let most = pairs(&matrix).map(|(one, other)| matrix.at(one, other).missing).max().unwrap_or(0);
    if most > 0 {
        let are = if most == 1 { "is" } else { "are" };
        notes.push(format!("Up to {} {are} left out of a pair, for want of a value", players(most)));
    }
    let summary = format!("Correlation of {} stats, {}", columns.len(), strongest(scene, &columns, &matrix));
    let told = Told { summary, notes, columns, ..Told::default() };
    let (scene, chart) = (scene.clone(), chart.clone());
    Ok(Made::Chart(Arc::new(Correlations { scene, chart, matrix, told })))
}

/// Each two stats once.
fn pairs(matrix: &Matrix) -> impl Iterator<Item = (usize, usize)> + use<> {
    (0..matrix.size()).flat_map(|one| (0..one).map(move |other| (one, other)))
}

/// How closely two stats go together, where there are enough players to tell.
fn known(matrix: &Matrix, one: usize, other: usize) -> Option<f64> {
    let pair = matrix.at(one, other);
    pair.r.filter(|_| pair.pairs >= FEWEST)
}

/// The pair that goes together the closest, in words.
fn strongest(scene: &Scene, columns: &[usize], matrix: &Matrix) -> String {
    let known = pairs(matrix).filter_map(|(one, other)| Some((one, other, known(matrix, one, other)?)));
    let closest = known.max_by(|left, right| left.2.abs().total_cmp(&right.2.abs()));
    closest.map_or_else(
        || "none of which go together in any way that can be told".to_owned(),
        |(one, other, r)| {
            format!("closest {} and {}: {}", scene.name(columns[one]), scene.name(columns[other]), written(r))
        },
    )
}

fn written(r: f64) -> String {
    format!("{r:.2}").replace('-', "−")
}

impl Drawing for Correlations {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        let count = self.told.columns.len();
        let name = |place: usize| self.scene.name(self.told.columns[place]);
        let field = Field {
            size: (count, count),
            cell: (CELL_WIDTH, CELL_HEIGHT),
            beside: NAMES,
            column_name: &name,
            row_name: &name,
            summary: &self.told.summary,
        };
        let mut cursor = state.cell;
        let shown = cells_ui(ui, &field, &mut cursor, None, |ui, shown| self.paint(ui, given, shown));
        state.cell = cursor;
        if let Some(at) = shown.hovered {
            shown.response.clone().on_hover_text_at_pointer(self.tip(at));
        }
        let chart = shown.clicked.filter(|(column, row)| column != row).map(|at| Box::new(self.scatter(at)));
        Output { chart, escaped: shown.escaped, ..Output::default() }
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        let names = self.told.columns.iter().map(|column| self.scene.name(*column));
        let headings = std::iter::once(String::new()).chain(names.clone()).collect();
        let line = |(row, name): (usize, String)| {
            let numbers = (0..self.told.columns.len())
                .map(|column| known(&self.matrix, row, column).map(|r| r.to_string()).unwrap_or_default());
            std::iter::once(name).chain(numbers).collect()
        };
        std::iter::once(headings).chain(names.enumerate().map(line)).collect()
    }
}

impl Correlations {
    /// The scatter of the stats that meet in a cell.
    fn scatter(&self, (column, row): At) -> Chart {
        let field = |place: usize| self.scene.field(self.told.columns[place]);
        Chart {
            kind: Some(ChartKind::Scatter),
            x: Some(field(column)),
            y: Some(field(row)),
            ..self.chart.clone()
        }
    }

    /// What is said of a cell beside the pointer.
    fn tip(&self, at: At) -> String {
        let words = self.in_words(at);
        if at.0 == at.1 { words } else { format!("{words}\nClick, or Enter: the scatter of both") }
    }

    fn in_words(&self, (column, row): At) -> String {
        let pair = self.matrix.at(row, column);
        let names = format!(
            "{} and {}",
            self.scene.name(self.told.columns[row]),
            self.scene.name(self.told.columns[column])
        );
        let over = format!("over {}", players(pair.pairs));
        match known(&self.matrix, row, column) {
            _ if column == row => self.scene.name(self.told.columns[row]),
            None if pair.pairs < FEWEST => {
                format!("{names}: cannot be told {over}: it needs at least {FEWEST}")
            }
            Some(r) => format!("{names}: {} {over}", written(r)),
            None => format!("{names}: cannot be told {over}: one of both is the same for all"),
        }
    }

    fn paint(&self, ui: &Ui, given: &Given<'_>, shown: &Shown) {
        let colors = palette(ui);
        let clip = ui.painter().with_clip_rect(shown.clip);
        let base = blend(colors.window, colors.line, 0.4);
        for row in shown.rows.clone() {
            for column in shown.columns.clone() {
                let rect = shown.rect((column, row));
                let r = known(&self.matrix, row, column);
                let side = if r.is_some_and(|r| r < 0.0) { colors.below } else { colors.above };
                let strength = r.map_or(0.0, |r| r.abs() as f32);
                let fill =
                    if column == row { base } else { tinted(base, side, STRONGEST * strength, colors.text) };
                clip.rect_filled(rect.shrink(0.5), 0, fill);
                if rect.width() >= WRITTEN_FROM && column != row {
                    let words = r.map_or_else(|| "–".to_owned(), written);
                    clip.text(rect.center(), Align2::CENTER_CENTER, words, theme::small(), colors.text);
                }
                if !given.is_picture && shown.rows.len() <= 20 {
                    let id = ui.scope_id().with(("pair", row, column));
                    let response = ui.interact(rect.intersect(shown.clip), id, Sense::hover());
                    spoken(&response, |node| {
                        node.set_role(Role::GraphicsObject);
                        node.set_label(self.in_words((column, row)));
                    });
                }
            }
        }
        if let Some(at) = shown.hovered {
            shown.frame(ui, at);
        }
    }
}
