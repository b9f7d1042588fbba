//! What pointer and keyboard do among boxes.

use egui::{Key, Pos2, Response, RichText, Ui};

use super::{
    Boxes, Frame,
    item::{Item, written},
};
use crate::{
    analysis::display,
    ui::{
        charts::{Output, cells::At, keys, notes::players, sight::Marked, tip},
        theme::semibold,
        widgets::{muted_label, row_ui},
    },
};

/// How near to a mark the pointer must be.
const REACH: f32 = 7.0;
/// How high a line of a tooltip is at least.
const TIP_LINE: f32 = 16.0;
/// So many neighbours of the nearest player are looked at for one that has a mark.
const NEIGHBOURS: usize = 64;

/// What is below the pointer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hot {
    /// The box.
    pub(super) item: Option<usize>,
    /// Whether a click would select its players.
    is_body: bool,
    player: Option<u32>,
}

impl Frame<'_> {
    /// Shows what is below the pointer and takes what was clicked or marked out.
    pub(super) fn point(
        &self,
        ui: &Ui,
        response: &Response,
        cursor: &mut Option<At>,
        marked: Option<&Marked>,
        output: &mut Output,
    ) -> Hot {
        let modifiers = ui.input(|input| input.modifiers);
        let adds = modifiers.command || modifiers.shift;
        if let Some(marked) = marked {
            output.marked = Some((self.within(marked), adds));
        }
        let hot = response
            .hover_pos()
            .filter(|at| self.plane.rect.contains(*at) && !response.dragged())
            .map(|at| self.hot(at))
            .unwrap_or_default();
        if let Some(row) = hot.player {
            output.hovered = Some(row);
            let boxes = self.boxes;
            tip::player_tip(response.clone(), self.given, &boxes.scene, row, &boxes.told.columns);
        } else if let Some(item) = hot.item.filter(|_| hot.is_body) {
            response.clone().on_hover_ui_at_pointer(|ui| self.boxes.tip_ui(ui, &self.boxes.items[item]));
        }
        if response.clicked() {
            response.request_focus();
            *cursor = hot.item.map(|item| (item, 0));
            match (hot.player, hot.item.filter(|_| hot.is_body)) {
                (Some(row), _) => output.clicked = Some((row, modifiers)),
                (None, Some(item)) => self.boxes.select(item, self.given.selected, adds, output),
                (None, None) => output.escaped = true,
            }
        }
        hot
    }

    fn hot(&self, at: Pos2) -> Hot {
        let item = ((at.x - self.lanes.left) / self.lanes.width).floor().max(0.0) as usize;
        let Some(found) = self.boxes.items.get(item) else { return Hot::default() };
        let player = self.player(item, at);
        let is_body = found.plot.as_ref().is_some_and(|plot| {
            let (top, bottom) = (self.y(item, plot.upper_whisker), self.y(item, plot.lower_whisker));
            self.body(item).expand(4.0).contains(at.x) && (top - 4.0..=bottom + 4.0).contains(&at.y)
        });
        Hot { item: Some(item), is_body, player }
    }

    /// The player whose mark is below the pointer.
    fn player(&self, number: usize, at: Pos2) -> Option<u32> {
        if (at.x - self.marks(number)).abs() > REACH {
            return None;
        }
        let item = &self.boxes.items[number];
        let place = self.plane.place(at).y;
        let near = item.numbers.partition_point(|number| item.placing.place(*number) < place);
        let neighbours = near.saturating_sub(NEIGHBOURS)..(near + NEIGHBOURS).min(item.rows.len());
        let has_mark = |index: &usize| {
            self.boxes.marks_all || !item.inner.contains(index) || self.given.selected.has(item.rows[*index])
        };
        let distance = |index: usize| (self.y(number, item.numbers[index]) - at.y).abs();
        neighbours
            .filter(has_mark)
            .map(|index| (distance(index), item.rows[index]))
            .filter(|(distance, _)| *distance <= REACH)
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, row)| row)
    }

    /// The players of all boxes whose numbers were marked out.
    fn within(&self, marked: &Marked) -> Vec<u32> {
        let (from, to) = match marked {
            Marked::Area(area) => (area.least.y, area.greatest.y),
            Marked::Lasso(corners) => corners
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), at| (from.min(at.y), to.max(at.y))),
        };
        let rows = self.boxes.items.iter().flat_map(|item| {
            let first = item.numbers.partition_point(|number| item.placing.place(*number) < from);
            let end = item.numbers.partition_point(|number| item.placing.place(*number) <= to);
            &item.rows[first..end.max(first)]
        });
        let mut rows: Vec<u32> = rows.copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

impl Boxes {
    /// Selects the players within the quartiles of a box; once more, all are shown again.
    fn select(&self, item: usize, selected: &crate::ui::charts::RowSet, adds: bool, output: &mut Output) {
        let rows = self.items[item].within_box();
        if rows.is_empty() || (selected.count() == rows.len() && rows.iter().all(|row| selected.has(*row))) {
            output.escaped = true;
        } else {
            output.marked = Some((rows.to_vec(), adds));
        }
    }

    /// Goes from box to box with the arrows, selects with Enter or Space. Returns whether the keyboard
    /// went elsewhere.
    pub(super) fn take_keys(
        &self,
        ui: &Ui,
        cursor: &mut Option<At>,
        response: &Response,
        selected: &crate::ui::charts::RowSet,
        output: &mut Output,
    ) -> bool {
        if !response.has_focus() || self.items.is_empty() {
            return false;
        }
        keys::hold(ui, response.id, &keys::ACROSS);
        let at = cursor.map(|at| at.0.min(self.items.len() - 1));
        let to = keys::walked(ui, at, self.items.len(), keys::ACROSS);
        *cursor = to.or(at).map(|item| (item, 0));
        if let Some((item, keys)) = at.and_then(|at| Some((at, keys::chosen(ui)?))) {
            self.select(item, selected, keys.command, output);
        }
        output.escaped |= keys::is_pressed(ui, Key::Escape);
        to.is_some()
    }

    fn tip_ui(&self, ui: &mut Ui, item: &Item) {
        let Some(plot) = &item.plot else { return };
        ui.set_max_width(220.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = TIP_LINE;
        ui.label(RichText::new(&item.name).font(semibold()));
        let write = |number: f64| written(&self.scene, item.column, number);
        for (name, number) in [
            ("upper whisker", plot.upper_whisker),
            ("upper quartile", plot.upper),
            ("median", plot.median),
            ("lower quartile", plot.lower),
            ("lower whisker", plot.lower_whisker),
        ] {
            row_ui(
                ui,
                |ui| {
                    muted_label(ui, name);
                },
                |ui| {
                    ui.label(write(number));
                },
            );
        }
        let mut count = players(item.rows.len());
        if item.missing > 0 {
            count = format!("{count}, {} without a number", display::count(item.missing));
        }
        muted_label(ui, &count);
        muted_label(ui, "Click selects those within the box");
    }
}
