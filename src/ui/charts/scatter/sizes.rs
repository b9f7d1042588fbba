use std::sync::Arc;

use egui::{Galley, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::super::{Scene, axis::Axis};
use crate::{
    analysis::{Stop, Stopped, chart::histogram::core_range},
    model::AxisScale,
    ui::{
        theme::{self, palette},
        widgets::spoken,
    },
};

/// The least mark across, in points. That of a player without a number.
const LEAST: f32 = 4.0;
/// Of so many round numbers the least, the greatest and one between are examples.
const ROUND: usize = 6;
/// Areas below this share of the greatest are as small as can be.
const LEAST_EXAMPLE: f32 = 0.02;
const GAP: f32 = 6.0;
const HEIGHT: f32 = 22.0;
/// Examples are no larger than the line that they stand in.
const LARGEST_EXAMPLE: f32 = 22.0;

/// How the areas of marks tell a column.
#[derive(Debug)]
pub(super) struct Sizes {
    /// What the column is called.
    pub(super) name: String,
    /// For each row of the scene how much of the greatest area it has; NaN for no number.
    shares: Vec<f32>,
    /// Round numbers and their shares.
    examples: Vec<(f32, String)>,
}

impl Sizes {
    /// `None` when the column has no number. The least area is zero's, or the least number's where
    /// that is negative. What stands far above all others is no larger than the greatest of these.
    pub(super) fn of(scene: &Scene, column: usize, stop: &Stop) -> Result<Option<Self>, Stopped> {
        let numbers = scene.numbers(column);
        let Some((least, greatest)) = core_range(&numbers, stop)? else { return Ok(None) };
        let from = least.min(0.0);
        // By halves: the distance of two doubles may be more than a double holds.
        let width = greatest / 2.0 - from / 2.0;
        let share = |number: f64| {
            if width > 0.0 { ((number / 2.0 - from / 2.0) / width).clamp(0.0, 1.0) as f32 } else { 0.5 }
        };
        let axis = Axis::of_column(scene, column, AxisScale::Linear, &numbers);
        let round = axis.ticks((from, greatest), ROUND).into_iter();
        let mut examples: Vec<(f32, String)> = round.map(|(number, text)| (share(number), text)).collect();
        examples.retain(|(share, _)| *share > LEAST_EXAMPLE);
        if let [first, .., _, last] = &examples[..] {
            examples = vec![first.clone(), examples[examples.len() / 2].clone(), last.clone()];
        }
        let shares = numbers.iter().map(|number| share(*number)).collect();
        Ok(Some(Self { name: axis.name, shares, examples }))
    }

    /// How far a row of the scene is across, where the greatest is `largest`, in points.
    pub(super) fn across(&self, index: u32, largest: f32) -> f32 {
        across(self.shares[index as usize], largest)
    }

    /// How wide [`Self::note_ui`] is.
    pub(super) fn note_width(&self, ui: &Ui) -> f32 {
        let (name, examples) = self.note(ui);
        let each = |galley: &Arc<Galley>| galley.size().x + LARGEST_EXAMPLE + 2.0 * GAP;
        name.size().x + examples.iter().map(each).sum::<f32>() + 2.0 * GAP
    }

    /// What sizes mean, at the right end of a line.
    pub(super) fn note_ui(&self, ui: &mut Ui, largest: f32) {
        let colors = palette(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(self.note_width(ui), HEIGHT), Sense::hover());
        spoken(&response, |node| {
            node.set_role(egui::Role::Label);
            node.set_value(format!("Sizes tell {}", self.name));
        });
        let (name, examples) = self.note(ui);
        let middle = rect.center().y;
        let mut left = rect.left();
        let write = |galley: Arc<Galley>, left: &mut f32| {
            let size = galley.size();
            ui.painter().galley(pos2(*left, middle - size.y / 2.0), galley, colors.muted);
            *left += size.x + GAP;
        };
        write(name, &mut left);
        for ((share, _), galley) in self.examples.iter().zip(examples) {
            let radius = across(*share, largest).min(LARGEST_EXAMPLE) / 2.0;
            let at = pos2(left + LARGEST_EXAMPLE / 2.0, middle);
            ui.painter().circle_stroke(at, radius, Stroke::new(1.0, colors.muted));
            left += LARGEST_EXAMPLE + GAP;
            write(galley, &mut left);
        }
        response.on_hover_text("The area of a mark grows with the number");
    }

    fn note(&self, ui: &Ui) -> (Arc<Galley>, Vec<Arc<Galley>>) {
        let muted = palette(ui).muted;
        let layout = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), theme::small(), muted);
        (layout(&self.name), self.examples.iter().map(|(_, text)| layout(text)).collect())
    }
}

fn across(share: f32, largest: f32) -> f32 {
    // NaN is not the greater.
    LEAST.max(largest * share.sqrt())
}

/// Where the line of the legend ends, so that a note of this width stands beside it.
pub(super) fn beside(line: Rect, width: f32) -> f32 {
    (line.width() - width).max(line.width() / 2.0)
}
