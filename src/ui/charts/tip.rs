//! The tooltip of a player's mark, and the pinned one that others are held against.

use egui::{Align2, Area, Frame, Order, Pos2, Response, RichText, Ui, vec2};

use super::{Given, Scene};
use crate::ui::{
    theme::{self, icon, palette},
    widgets::{icon_button, muted_label, player_name_job},
};

/// Shows a player's numbers in some columns beside the pointer, with the difference from the pinned
/// player.
pub(crate) fn player_tip(response: Response, given: &Given<'_>, scene: &Scene, row: u32, columns: &[usize]) {
    crowd_tip(response, given, scene, row, columns, None);
}

/// The same for the nearest of several, who are told of in `crowd`.
pub(crate) fn crowd_tip(
    response: Response,
    given: &Given<'_>,
    scene: &Scene,
    row: u32,
    columns: &[usize],
    crowd: Option<&str>,
) {
    response.on_hover_ui_at_pointer(|ui| {
        if let Some(crowd) = crowd {
            ui.label(RichText::new(crowd).font(theme::small()).color(palette(ui).muted));
        }
        lines_ui(ui, scene, row, columns, given.pinned.filter(|pinned| *pinned != row));
        if given.pinned.is_none() {
            ui.label(RichText::new("P pins it, to compare").font(theme::small()).color(palette(ui).faint));
        }
    });
}

/// The pinned player's numbers, at the top left of the chart. Returns whether they are to go.
pub(crate) fn pinned_ui(ui: &Ui, at: Pos2, scene: &Scene, row: u32, columns: &[usize]) -> bool {
    let id = ui.scope_id().with("pinned");
    let shown =
        Area::new(id).order(Order::Middle).fixed_pos(at).pivot(Align2::LEFT_TOP).show(ui.ctx(), |ui| {
            Frame::popup(ui.style())
                .show(ui, |ui| {
                    ui.horizontal_top(|ui| {
                        lines_ui(ui, scene, row, columns, None);
                        icon_button(ui, icon::X, "Unpin").on_hover_text("Unpin (P)").clicked()
                    })
                    .inner
                })
                .inner
        });
    shown.inner
}

fn lines_ui(ui: &mut Ui, scene: &Scene, row: u32, columns: &[usize], against: Option<u32>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let name = scene.player(row);
        ui.label(player_name_job(ui, &name, &theme::semibold()));
        for column in columns {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
                muted_label(ui, &scene.name(*column));
                ui.label(scene.written(row, *column));
                if let Some(difference) = against.and_then(|other| difference(scene, row, other, *column)) {
                    ui.label(RichText::new(difference).color(palette(ui).muted));
                }
            });
        }
        if let Some(other) = against {
            let words = format!("against {}", scene.player(other));
            ui.label(RichText::new(words).font(theme::small()).color(palette(ui).muted));
        }
    });
}

fn difference(scene: &Scene, row: u32, other: u32, column: usize) -> Option<String> {
    let (number, other) = (scene.view.number(row, column)?, scene.view.number(other, column)?);
    Some(scene.look(column)?.difference(number - other))
}
