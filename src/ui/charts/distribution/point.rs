//! What pointer and keyboard do in a distribution.

use egui::{Key, Pos2, Response, Ui};

use super::Frame;
use crate::{
    analysis::display,
    ui::{
        charts::{Output, cells::At, keys, notes::players, sight::Marked, tip},
        theme::semibold,
        widgets::muted_label,
    },
};

/// How near to a player's mark the pointer must be.
const REACH: f32 = 6.0;
/// How far above zero the marks of players reach.
pub(super) const MARKS: f32 = 12.0;
/// With so many players, each has a mark.
pub(super) const FEW: usize = 300;
/// So many selected players are looked at to find the one below the pointer.
const LOOKED_AT: usize = 2_000;
/// A range as narrow as this is none.
const LEAST_RANGE: f32 = 2.0;
/// How high a line of a tooltip is at least.
const TIP_LINE: f32 = 16.0;
/// The tooltip of a bin names so many players, and tells of so many series.
const NAMED: usize = 6;
const SERIES: usize = 12;

impl Frame<'_> {
    /// Shows what is below the pointer and takes what was clicked or marked out. Returns the bin below
    /// the pointer.
    pub(super) fn point(
        &self,
        ui: &Ui,
        response: &Response,
        cursor: &mut Option<At>,
        marked: Option<Marked>,
        output: &mut Output,
    ) -> Option<usize> {
        let adds = ui.input(|input| input.modifiers.command || input.modifiers.shift);
        if let Some(rows) = marked.and_then(|marked| self.rows_within(&marked)) {
            output.marked = Some((rows.to_vec(), adds));
        }
        let at = response.hover_pos().filter(|at| self.plane.rect.contains(*at) && !response.dragged());
        let player = at.and_then(|at| self.player(at));
        let bin = at
            .filter(|_| player.is_none())
            .and_then(|at| self.binned.bins().bin_of(self.plane.place(at).x))
            .filter(|bin| self.binned.count(*bin) > 0);
        if let Some(row) = player {
            output.hovered = Some(row);
            let (scene, columns) = (&self.drawing.scene, &self.drawing.told.columns);
            tip::player_tip(response.clone(), self.given, scene, row, columns);
        } else if let Some(bin) = bin {
            output.hovered = self.only(bin).or(output.hovered);
            response.clone().on_hover_ui_at_pointer(|ui| self.tip_ui(ui, bin));
        }
        if response.clicked() {
            response.request_focus();
            *cursor = bin.map(|bin| (self.number, bin));
            match (player, bin) {
                (Some(row), _) => output.clicked = Some((row, ui.input(|input| input.modifiers))),
                (None, Some(bin)) => self.select(bin, adds, output),
                (None, None) => output.escaped = true,
            }
        }
        bin
    }

    /// Selects the players of a bin; once more, all are shown again.
    fn select(&self, bin: usize, adds: bool, output: &mut Output) {
        let rows = self.plot.rows_of(self.binned, bin);
        let selected = self.given.selected;
        let are_selected = selected.count() == rows.len() && rows.iter().all(|row| selected.has(*row));
        if are_selected || rows.is_empty() {
            output.escaped = true;
        } else {
            output.marked = Some((rows.to_vec(), adds));
        }
    }

    fn rows_within(&self, marked: &Marked) -> Option<&[u32]> {
        let (from, to) = match marked {
            Marked::Area(area) => (area.least.x, area.greatest.x),
            Marked::Lasso(corners) => corners
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), at| (from.min(at.x), to.max(at.x))),
        };
        let is_range = self.plane.x(to) - self.plane.x(from) >= LEAST_RANGE;
        is_range.then(|| self.plot.rows_within(from, to))
    }

    /// The player of a bin that holds but one.
    fn only(&self, bin: usize) -> Option<u32> {
        match self.plot.rows_of(self.binned, bin) {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The player whose mark is below the pointer.
    fn player(&self, at: Pos2) -> Option<u32> {
        if at.y < self.plane.y(0.0) - MARKS {
            return None;
        }
        let distance = |row: u32| Some((self.plane.x(self.place(row)?) - at.x).abs());
        let near = |row: u32| Some((distance(row)?, row)).filter(|(distance, _)| *distance <= REACH);
        let nearest = |rows: &mut dyn Iterator<Item = u32>| {
            rows.filter_map(near).min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, row)| row)
        };
        if self.plot.rows.len() <= FEW {
            return nearest(&mut self.plot.rows.iter().copied());
        }
        nearest(&mut self.given.selected.rows().take(LOOKED_AT))
    }

    /// Goes from bin to bin with the arrows, selects with Enter or Space.
    pub(super) fn take_keys(
        &self,
        ui: &Ui,
        cursor: &mut Option<At>,
        response: &Response,
        output: &mut Output,
    ) {
        if !response.has_focus() {
            return;
        }
        keys::hold(ui, response.id, &keys::ACROSS);
        let pressed = |key| keys::is_pressed(ui, key);
        let at = cursor.filter(|at| at.0 == self.number).map(|at| at.1);
        let has_players = |bin: &usize| self.binned.count(*bin) > 0;
        let bins = 0..self.binned.len();
        let to = if pressed(Key::ArrowRight) {
            bins.clone().skip(at.map_or(0, |at| at + 1)).find(has_players)
        } else if pressed(Key::ArrowLeft) {
            bins.clone().take(at.unwrap_or(1)).rfind(has_players)
        } else if pressed(Key::Home) {
            bins.clone().find(has_players)
        } else if pressed(Key::End) {
            bins.clone().rfind(has_players)
        } else {
            None
        };
        let bin = to.or(at).filter(|bin| bins.contains(bin));
        *cursor = bin.map(|bin| (self.number, bin)).or(*cursor);
        output.hovered = bin.and_then(|bin| self.only(bin));
        if let Some((bin, keys)) = bin.and_then(|bin| Some((bin, keys::chosen(ui)?))) {
            self.select(bin, keys.command, output);
        }
        output.escaped |= pressed(Key::Escape);
    }

    /// What is said of a bin: "Kills 1,000 to 1,500: 4 players".
    pub(super) fn words(&self, bin: usize) -> String {
        let entries = &self.drawing.series.entries;
        let all = players(self.binned.count(bin));
        let mut words = vec![format!("{} {}: {all}", self.cell.name, self.plot.range(self.binned, bin))];
        if entries.len() > 1 {
            let counts = entries.iter().zip(self.binned.series());
            let counts = counts.filter(|(_, counts)| counts.bins[bin] > 0);
            words.extend(counts.map(|(entry, counts)| {
                format!("{} {}", entry.name, display::count(counts.bins[bin] as usize))
            }));
        }
        words.join(", ")
    }

    fn tip_ui(&self, ui: &mut egui::Ui, bin: usize) {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = TIP_LINE;
        ui.label(egui::RichText::new(self.plot.range(self.binned, bin)).font(semibold()));
        let is_single = self.drawing.series.entries.len() == 1;
        let entries = self.drawing.series.entries.iter().zip(self.binned.series());
        for (entry, counts) in entries.filter(|(_, counts)| counts.bins[bin] > 0).take(SERIES) {
            let (here, all) = (counts.bins[bin], counts.numbers().max(1));
            let share = percent(f64::from(here) / f64::from(all));
            let up_to: u32 = counts.below + counts.bins[..=bin].iter().sum::<u32>();
            let up_to = percent(f64::from(up_to) / f64::from(all));
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                if is_single {
                    ui.label(players(here as usize));
                } else {
                    muted_label(ui, &entry.name);
                    ui.label(display::count(here as usize));
                }
                muted_label(ui, &format!("{share}, {up_to} up to here"));
            });
        }
        let rows = self.plot.rows_of(self.binned, bin);
        let mut names: Vec<String> =
            rows.iter().take(NAMED).map(|row| self.drawing.scene.player(*row)).collect();
        if rows.len() > NAMED {
            names.push(format!("{} more", display::count(rows.len() - NAMED)));
        }
        ui.set_max_width(320.0);
        ui.label(names.join(", "));
        muted_label(ui, "Click selects them");
    }
}

fn percent(share: f64) -> String {
    format!("{} %", display::number((share * 1000.0).round() / 10.0))
}
