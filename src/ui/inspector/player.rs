use std::cmp::Ordering;

use egui::{Rect, RichText, Sense, Ui, pos2, vec2};

use super::section_line;
use crate::{
    analysis::{compare::Verdict, display},
    model::{Group, Player, RowState, SeriesSlot},
    ui::{
        explore::{Explore, ExploreAction, ExploreInput, Standing, reference_with, remedy_ui},
        theme::{self, group_series, icon, palette},
        widgets::{
            elided, grid::Look, icon_button, muted_label, paint_portrait, player_name_job, section_header,
            spoken,
        },
    },
};

const PICTURE: f32 = 52.0;
const NAME_WIDTH: f32 = 104.0;
const TRACK_HEIGHT: f32 = 5.0;

/// Who it is: picture, names, XUID, gamerscore; or why they could not be found.
pub(super) fn header_ui(
    ui: &mut Ui,
    state: &Explore,
    input: &ExploreInput<'_>,
    row: u32,
    actions: &mut Vec<ExploreAction>,
) {
    let player_row = &input.table.rows()[row as usize];
    let name = player_row.name();
    ui.add_space(8.0);
    ui.horizontal_top(|ui| {
        picture_ui(ui, state.groups(&input.query.groups), state.group_of(row), &name);
        ui.add_space(4.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let job = player_name_job(ui, &name, &theme::heading());
            ui.add(egui::Label::new(job).truncate());
            match &player_row.state {
                RowState::Known(player) => known_ui(ui, player, actions),
                RowState::LookingUp => {
                    muted_label(ui, "Looking up their XUID");
                }
                RowState::Failed(failure) => {
                    ui.label(RichText::new(format!("{failure}.")).color(palette(ui).error));
                    muted_label(ui, &format!("{}.", failure.advice));
                    remedy_ui(ui, failure, actions);
                }
                RowState::DuplicateOf(_) => {
                    muted_label(ui, "The same player as another row");
                }
            }
        });
    });
}

fn known_ui(ui: &mut Ui, player: &Player, actions: &mut Vec<ExploreAction>) {
    let colors = palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let words = RichText::new(grouped(&player.xuid.to_string())).font(theme::small()).color(colors.muted);
        ui.add(egui::Label::new(words).selectable(true)).on_hover_text("XUID");
        if icon_button(ui, icon::COPY, "Copy XUID").on_hover_text("Copy the XUID").clicked() {
            ui.ctx().copy_text(player.xuid.to_string());
            actions.push(ExploreAction::Copied { what: "Copied 1 XUID".to_owned() });
        }
    });
    let small = |text: String| RichText::new(text).font(theme::small()).color(colors.muted);
    if let Some(classic) = &player.classic_gamertag {
        ui.label(small(format!("Classic gamertag {classic}")));
    }
    if let Some(score) = player.gamerscore {
        ui.label(small(format!(
            "Gamerscore {}",
            display::count(usize::try_from(score).unwrap_or(usize::MAX))
        )));
    }
}

/// The digits of a XUID in groups of four, so that two can be told apart by eye.
fn grouped(digits: &str) -> String {
    let chars: Vec<char> = digits.chars().collect();
    chars.chunks(4).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// What stands for the player's picture, in the colour of their group, with the group's marker.
fn picture_ui(ui: &mut Ui, groups: &[Group], group: Option<usize>, name: &str) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(PICTURE, PICTURE), Sense::hover());
    let mark = group.and_then(|place| Some(groups.get(place)?.mark(place)));
    paint_portrait(ui, ui.painter(), rect, mark.map_or(SeriesSlot::from_index(0), |mark| mark.colour), name);
    let Some((place, group)) = group.and_then(|place| Some((place, groups.get(place)?))) else { return };
    let light = !ui.visuals().dark_mode;
    let corner = rect.right_bottom() - vec2(9.0, 9.0);
    ui.painter().circle_filled(corner, 9.0, colors.panel);
    theme::paint_marker(ui.painter(), corner, 10.0, group_series(groups, place, light));
    let member = format!("In {}, {}", group.name, group.mark(place));
    spoken(&response, |node| {
        node.set_role(egui::Role::Image);
        node.set_label(member.as_str());
    });
    response.on_hover_text(format!("In {}", group.name));
}

/// For each stat, where the player stands against the reference.
pub(super) fn against_reference_ui(ui: &mut Ui, state: &Explore, row: u32) {
    let (Some(view), Some(looks)) = (state.view(), state.looks()) else { return };
    if row as usize >= view.table().rows().len() {
        return;
    }
    let compared: Vec<(&Look, Standing)> = looks
        .columns()
        .iter()
        .enumerate()
        .filter_map(|(place, look)| Some((look, state.standing(row, place)?)))
        .collect();
    if compared.is_empty() {
        return;
    }
    section_line(ui);
    let shown = view.order().len();
    let players = if shown == 1 { "player" } else { "players" };
    let against = reference_with(&view.input().settings.reference, |percent| format!("p{percent}"));
    section_header(ui, &format!("Against {against}"), &format!("{} {players}", display::count(shown)));
    ui.add_space(2.0);
    for (look, standing) in compared {
        compared_ui(ui, look, &against, standing);
    }
}

fn compared_ui(ui: &mut Ui, look: &Look, against: &str, standing: Standing) {
    let colors = palette(ui);
    let stat = look.name.as_str();
    let difference = standing.value - standing.reference;
    let shown = look.difference(difference);
    let verdict = Verdict::of(difference.partial_cmp(&0.0).unwrap_or(Ordering::Equal), look.better);
    let response = ui
        .horizontal(|ui| {
            ui.set_min_height(22.0);
            let left = ui.cursor().left();
            let job = egui::text::LayoutJob::simple_singleline(stat.to_owned(), theme::body(), colors.muted);
            let name = elided(ui, job, NAME_WIDTH);
            let at = pos2(left, ui.max_rect().center().y - name.size().y / 2.0);
            ui.painter().galley(at, name, colors.muted);
            let right = ui.max_rect().right();
            let middle = ui.max_rect().center().y;
            let figures = ui.painter().layout_no_wrap(shown.clone(), theme::body(), colors.text);
            let width = figures.size().x;
            let track_left = left + NAME_WIDTH + 8.0;
            let track_right = (right - width.max(64.0) - 10.0).max(track_left + 24.0);
            let track = Rect::from_min_max(
                pos2(track_left, middle - TRACK_HEIGHT / 2.0),
                pos2(track_right, middle + TRACK_HEIGHT / 2.0),
            );
            ui.painter().rect_filled(track, 2, colors.hover);
            let center = track.center().x;
            ui.painter().vline(center, track.y_range().expand(2.0), (1.0, colors.muted));
            let share = if standing.reach > 0.0 { (difference / standing.reach) as f32 } else { 0.0 };
            let at = center + share.clamp(-1.0, 1.0) * (track.width() / 2.0 - 2.0);
            let color = match verdict {
                Verdict::Better => colors.above,
                Verdict::Worse => colors.below,
                Verdict::None => colors.muted,
            };
            let mark = Rect::from_center_size(pos2(at, middle), vec2(3.0, TRACK_HEIGHT + 8.0));
            ui.painter().rect_filled(mark, 1, color);
            let at = pos2(right - width, middle - figures.size().y / 2.0);
            ui.painter().galley(at, figures, colors.text);
            ui.allocate_space(vec2(right - ui.cursor().left(), 1.0));
        })
        .response;
    spoken(&response, |node| {
        node.set_role(egui::Role::ListItem);
        node.set_label(format!("{stat}, {shown} against the {against}{}", said(verdict)));
    });
    let hint = format!(
        "{stat}: {}{}\nThe {against}, of {} players who have a value: {}",
        look.number(standing.value),
        said(verdict),
        display::count(standing.count),
        look.number(standing.reference)
    );
    response.on_hover_text(hint);
}

/// What is said of a difference behind it.
fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => ", better",
        Verdict::Worse => ", worse",
        Verdict::None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xuids_are_read_in_fours() {
        assert_eq!(grouped("2535466120771093"), "2535 4661 2077 1093");
        assert_eq!(grouped("1"), "1");
    }
}
