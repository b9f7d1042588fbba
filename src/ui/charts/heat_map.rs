//! Players × stats, each cell shaded by where its number stands among the others of its stat, so that
//! stats of any size compare and a single great number does not blot out the rest.

use std::sync::Arc;

use egui::{Color32, Mesh, Painter, Role, Sense, Shape, Ui};

use super::{
    DrawState, Drawing, Given, Made, Output, Scene, Told, Work,
    cells::{At, Field, Shown, cells_ui},
    notes::{is_lower_better, missing_each, players, turned},
    tip,
};
use crate::{
    analysis::{
        Stopped,
        chart::similarity::{By, order_columns, order_rows},
    },
    model::HeatOrder,
    ui::{
        theme::{self, Palette, blend, is_legible, palette, tinted},
        widgets::spoken,
    },
};

const CELL_WIDTH: std::ops::RangeInclusive<f32> = 24.0..=200.0;
const CELL_HEIGHT: std::ops::RangeInclusive<f32> = 16.0..=24.0;
const NAMES: f32 = 150.0;
/// Cells at least so wide have their number written, where it has room.
const WRITTEN_FROM: f32 = 64.0;
const ASIDE: f32 = 4.0;
/// How strong the greatest number's shade is.
const STRONGEST: f32 = 0.95;
/// Up to so many cells are told to screen readers.
const SPOKEN: usize = 300;
/// The place of a row that is not drawn.
const NOWHERE: u32 = u32::MAX;

#[derive(Debug)]
struct HeatMap {
    scene: Scene,
    /// The rows of the table from top to bottom, and for each row of the table where it is among them.
    rows: Vec<u32>,
    places: Vec<u32>,
    /// For each column and each row of the table where its number stands, from 0 to 1; NaN for none.
    shares: Vec<Vec<f32>>,
    told: Told,
}

pub(super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, stop, .. } = work;
    let mut columns = chosen.columns.clone();
    let numbers: Vec<Vec<f64>> = columns.iter().map(|column| scene.numbers(*column)).collect();
    let greater = "The stronger the shade, the greater the number within its stat".to_owned();
    let greater = std::iter::once(greater).chain(turned(scene, &columns)).collect::<Vec<_>>().join(". ");
    let mut notes = vec![greater];
    notes.extend(chosen.refusals(scene));
    let mut rows: Vec<u32> = scene.rows().to_vec();
    if chart.heat_order == HeatOrder::Similarity {
        let slices: Vec<&[f64]> = numbers.iter().map(Vec::as_slice).collect();
        let of_rows = order_rows(&slices, stop)?;
        rows = of_rows.places.iter().map(|place| scene.rows()[*place as usize]).collect();
        let of_columns = order_columns(&slices, stop)?;
        columns = of_columns.places.iter().map(|place| chosen.columns[*place as usize]).collect();
        if of_rows.by != By::Clusters {
            notes.push("So many players are ordered by where they stand on the whole, not one by one".into());
        }
    }
    notes.extend(missing_each(scene, &chosen.columns, scene.rows()));
    let count = scene.view.table().rows().len();
    let mut shares = Vec::with_capacity(columns.len());
    for column in &columns {
        stop.check()?;
        shares.push(standing(scene, *column, count));
    }
    let mut places = vec![NOWHERE; count];
    for (place, row) in (0..).zip(&rows) {
        places[*row as usize] = place;
    }
    let summary = format!("Heat map of {} stats for {}", columns.len(), players(rows.len()));
    let told = Told { summary, notes, columns, ..Told::default() };
    Ok(Made::Chart(Arc::new(HeatMap { scene: scene.clone(), rows, places, shares, told })))
}

/// For each row of the table which part of the others its number is above, or below where less is better,
/// as in the grid; ties at their middle.
fn standing(scene: &Scene, column: usize, count: usize) -> Vec<f32> {
    let mut shares = vec![f32::NAN; count];
    let Some(numbers) = scene.view.numbers(column) else { return shares };
    let mut rows: Vec<u32> =
        scene.rows().iter().copied().filter(|row| numbers[*row as usize].is_finite()).collect();
    rows.sort_unstable_by(|one, other| numbers[*one as usize].total_cmp(&numbers[*other as usize]));
    let last = rows.len().saturating_sub(1).max(1) as f32;
    let is_turned = is_lower_better(scene, column);
    let mut from = 0;
    for alike in rows.chunk_by(|one, other| numbers[*one as usize] == numbers[*other as usize]) {
        let middle = from as f32 + (alike.len() - 1) as f32 / 2.0;
        let share = if rows.len() == 1 { 0.5 } else { middle / last };
        let share = if is_turned { 1.0 - share } else { share };
        for row in alike {
            shares[*row as usize] = share;
        }
        from += alike.len();
    }
    shares
}

/// The shade of a number that is above so many of the others, and the ink that is legible on it.
fn shade(colors: &Palette, base: Color32, share: f32) -> (Color32, Color32) {
    let fill = blend(base, colors.accent, STRONGEST * share);
    let inks = [colors.text, colors.window];
    match inks.into_iter().find(|ink| is_legible(*ink, fill)) {
        Some(ink) => (fill, ink),
        None => (tinted(base, colors.accent, STRONGEST * share, colors.text), colors.text),
    }
}

impl Drawing for HeatMap {
    fn ui(&self, ui: &mut Ui, state: &mut DrawState, given: &Given<'_>) -> Output {
        let field = Field {
            size: (self.told.columns.len(), self.rows.len()),
            cell: (CELL_WIDTH, CELL_HEIGHT),
            beside: NAMES,
            column_name: &|column| self.scene.name(self.told.columns[column]),
            row_name: &|row| self.scene.player(self.rows[row]),
            summary: &self.told.summary,
        };
        let hot = given.hovered.and_then(|row| self.places.get(row as usize).copied());
        let hot = hot.filter(|place| *place != NOWHERE).map(|place| place as usize);
        let mut cursor = state.cell;
        let shown = cells_ui(ui, &field, &mut cursor, hot, |ui, shown| self.paint(ui, given, shown));
        state.cell = cursor;
        let mut output = Output { escaped: shown.escaped, ..Output::default() };
        if let Some(at) = shown.hovered {
            let row = self.rows[at.1];
            output.hovered = Some(row);
            tip::player_tip(shown.response.clone(), given, &self.scene, row, &[self.told.columns[at.0]]);
        } else if shown.response.has_focus() {
            output.hovered = cursor.and_then(|at| self.rows.get(at.1)).copied();
        }
        if let Some(row) = shown.clicked.and_then(|at| self.rows.get(at.1)) {
            output.clicked = Some((*row, ui.input(|input| input.modifiers)));
        }
        output
    }

    fn told(&self) -> &Told {
        &self.told
    }

    fn data(&self) -> Vec<Vec<String>> {
        self.scene.data(&self.rows, &self.told.columns)
    }
}

impl HeatMap {
    fn paint(&self, ui: &Ui, given: &Given<'_>, shown: &Shown) {
        let colors = palette(ui);
        let clip = ui.painter().with_clip_rect(shown.clip);
        let mut mesh = Mesh::default();
        let mut written = Vec::new();
        let base = blend(colors.window, colors.line, 0.6);
        for row in shown.rows.clone() {
            for column in shown.columns.clone() {
                let share = self.shares[column][self.rows[row] as usize];
                if !share.is_finite() {
                    continue;
                }
                let rect = shown.rect((column, row));
                let is_written = rect.width() >= WRITTEN_FROM;
                let (fill, ink) = shade(colors, base, share);
                mesh.add_colored_rect(rect.shrink(0.5), fill);
                written.extend(is_written.then_some(((column, row), ink)));
            }
        }
        clip.add(Shape::mesh(mesh));
        for (at, ink) in written {
            self.write(&clip, shown, at, ink);
        }
        let last = self.told.columns.len().saturating_sub(1);
        for row in shown.rows.clone() {
            let whole = shown.rect((0, row)).union(shown.rect((last, row)));
            if given.selected.count() > 0 && given.selected.has(self.rows[row]) {
                clip.rect_filled(whole.with_max_x(whole.left() + 3.0), 0, colors.text);
            }
            if given.hovered == Some(self.rows[row]) {
                clip.rect_stroke(whole, 0, (1.0, colors.text), egui::StrokeKind::Inside);
            }
        }
        if shown.rows.len() * shown.columns.len() <= SPOKEN && !given.is_picture {
            for row in shown.rows.clone() {
                for column in shown.columns.clone() {
                    self.tell(ui, shown, (column, row));
                }
            }
        }
    }

    /// Writes the number of a cell as the grid does, unless it is too long.
    fn write(&self, clip: &Painter, shown: &Shown, at: At, ink: Color32) {
        let (row, column) = (self.rows[at.1], self.told.columns[at.0]);
        let Some(look) = self.scene.look(column) else { return };
        let text = look.text(self.scene.view.cell(row, column)).into_owned();
        let galley = clip.layout_no_wrap(text, theme::small(), ink);
        let rect = shown.rect(at);
        if galley.size().x <= rect.width() - 2.0 * ASIDE {
            clip.galley(rect.center() - galley.size() / 2.0, galley, ink);
        }
    }

    fn tell(&self, ui: &Ui, shown: &Shown, at: At) {
        let (row, column) = (self.rows[at.1], self.told.columns[at.0]);
        let id = ui.scope_id().with(("cell", row, column));
        let response = ui.interact(shown.rect(at), id, Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::GraphicsObject);
            node.set_label(self.scene.in_words(row, &[column]));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::palette_of;

    #[test]
    fn numbers_are_legible_on_every_shade() {
        for colors in [palette_of(true), palette_of(false)] {
            let base = blend(colors.window, colors.line, 0.6);
            for step in 0_u8..=100 {
                let (fill, ink) = shade(colors, base, f32::from(step) / 100.0);
                assert!(is_legible(ink, fill), "{step} in a hundred: {fill:?} {ink:?}");
            }
        }
    }
}
