//! One line of the players list: who, and what became of it.

use egui::{Align2, Color32, Id, Key, Response, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::explain;
use crate::{
    model::{Group, PlayerEntry, PlayerRef, UnixMillis, Xuid},
    ui::{
        actions::Action,
        clock::ago,
        roster::Fate,
        theme::{self, CORNER_RADIUS},
        widgets,
    },
};

const MARKER_ROOM: f32 = 26.0;
const STATUS_ROOM: f32 = 118.0;
/// Fewer digits than this of a XUID would tell nothing.
const LEAST_DIGITS: usize = 4;

/// What a line shows.
pub(super) struct Line<'a> {
    pub(super) place: usize,
    pub(super) entry: &'a PlayerEntry,
    pub(super) fate: Fate<'a>,
    pub(super) groups: &'a [Group],
    /// The group that gives colour and shape.
    pub(super) group: Option<usize>,
    pub(super) selected: bool,
    pub(super) fetching: bool,
    /// How long ago it was looked up, where that is known: when, and when it is now.
    pub(super) looked_up: Option<(UnixMillis, UnixMillis)>,
}

/// The words at the right end of a line.
struct Status {
    text: String,
    color: Color32,
    /// The whole story, on hover.
    more: String,
    /// A click takes the other reading of an ambiguous number.
    switches: bool,
    /// Takes only the room that the name leaves.
    gives_way: bool,
}

/// How an edit in place stands.
pub(super) enum Edit {
    GoesOn,
    Done,
    Dropped,
}

impl Line<'_> {
    /// The XUID, where it is known.
    pub(super) fn xuid(&self) -> Option<Xuid> {
        match (&self.fate, self.entry.read()) {
            (Fate::Found(player), _) => Some(player.xuid),
            (_, Ok(PlayerRef::Xuid(xuid))) => Some(*xuid),
            _ => None,
        }
    }

    fn name(&self) -> String {
        match &self.fate {
            Fate::Found(player) if player.gamertag.is_some() => player.name(),
            _ => self.entry.text().to_owned(),
        }
    }

    fn status(&self, ui: &Ui) -> Status {
        let palette = theme::palette(ui);
        let status = |text: &str, color, more: String| Status {
            text: text.into(),
            color,
            more,
            switches: false,
            gives_way: false,
        };
        match &self.fate {
            Fate::Unreadable(reason) => {
                status("to correct", palette.warning, format!("{reason}. Press F2 to edit it"))
            }
            Fate::SameAs(line) => {
                let more = format!("The same player as in line {}: asked for once", line + 1);
                status("duplicate", palette.faint, more)
            }
            Fate::Failed(failure) => {
                let text = if failure.status == Some(404) { "not found" } else { "not looked up" };
                status(text, palette.warning, format!("{}. {}.", failure.reason, failure.advice))
            }
            Fate::LookingUp if self.fetching => {
                status("looking up…", palette.warning, "Its XUID is being looked up".into())
            }
            Fate::Found(player) if player.gamertag.is_some() => {
                let more = format!("XUID {}", player.xuid);
                Status { gives_way: true, ..status(&player.xuid.to_string(), palette.muted, more) }
            }
            Fate::Found(player) => {
                let more = format!("XUID {}. The service told no gamertag", player.xuid);
                status("no gamertag", palette.muted, more)
            }
            Fate::New | Fate::LookingUp => self.new_status(palette),
        }
    }

    /// Of a line that no fetch has met: what it was read as, where that could be doubted.
    fn new_status(&self, palette: &theme::Palette) -> Status {
        let quiet = |text: &str, more: &str| Status {
            text: text.into(),
            color: palette.faint,
            more: more.into(),
            switches: false,
            gives_way: false,
        };
        match self.entry.read() {
            Ok(PlayerRef::Gamertag(_)) if self.entry.is_ambiguous() => Status {
                text: "gamertag, not XUID".into(),
                color: palette.muted,
                more: "Up to 15 digits can be either. Click to take it as a XUID".into(),
                switches: true,
                gives_way: false,
            },
            Ok(PlayerRef::Xuid(xuid)) if other_reading(self.entry).is_some() => Status {
                text: "XUID, not gamertag".into(),
                color: palette.muted,
                more: format!("Taken as XUID {xuid}. Click to take it as a gamertag"),
                switches: true,
                gives_way: false,
            },
            Ok(PlayerRef::Xuid(xuid)) if !xuid.has_usual_length() => Status {
                text: "unusual XUID".into(),
                color: palette.warning,
                more: "A XUID nearly always has 16 digits. It is asked for all the same".into(),
                switches: false,
                gives_way: false,
            },
            Ok(PlayerRef::Xuid(_)) => quiet("XUID", "Nothing to look up: a XUID says who it is"),
            _ => quiet("new", "Looked up with the next fetch"),
        }
    }
}

/// The other reading of a line that is nothing but digits, with or without its prefix.
pub(super) fn other_reading(entry: &PlayerEntry) -> Option<PlayerEntry> {
    if entry.is_ambiguous() {
        return Some(PlayerEntry::new(&format!("xuid:{}", entry.text())));
    }
    match entry.read() {
        Ok(PlayerRef::Xuid(xuid)) => {
            let digits = PlayerEntry::new(&xuid.to_string());
            digits.is_ambiguous().then_some(digits)
        }
        _ => None,
    }
}

/// What the menu calls taking the other reading.
pub(super) fn other_reading_label(entry: &PlayerEntry) -> &'static str {
    if entry.is_ambiguous() { "Take as a XUID" } else { "Take as a gamertag" }
}

/// Draws a line and returns what was done with it.
pub(super) fn line_ui(ui: &mut Ui, line: &Line<'_>, height: f32, actions: &mut Vec<Action>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let (name, status) = (line.name(), line.status(ui));
    let told = format!("{name}, {}", status.text);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, line.selected, &told));
    if let Some(place) = line.group {
        widgets::describe_member(&response, line.groups, place);
    }
    let palette = theme::palette(ui);
    let fill = match (line.selected, response.hovered()) {
        (true, _) => Some(palette.selected_row),
        (false, true) => Some(palette.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, CORNER_RADIUS, fill);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(theme::HAIRLINE, palette.accent);
        ui.painter().rect_stroke(rect, CORNER_RADIUS, stroke, egui::StrokeKind::Inside);
    }
    paint_marker(ui, line, pos2(rect.left() + 11.0, rect.center().y));
    let room = rect.width() - MARKER_ROOM - 6.0;
    let name_job = widgets::player_name_job(ui, &name, &theme::body());
    let (name_galley, status_galley) = if status.gives_way {
        let name_galley = widgets::elided(ui, name_job, room);
        let left = room - name_galley.size().x - 10.0;
        (name_galley, ending(ui, &status, left))
    } else {
        let status_galley = widgets::elided(ui, small_job(&status.text, status.color), STATUS_ROOM);
        let left = room - status_galley.size().x - 8.0;
        (widgets::elided(ui, name_job, left), status_galley)
    };
    let status_at =
        Align2::RIGHT_CENTER.align_size_within_rect(status_galley.size(), rect.shrink2(vec2(6.0, 0.0)));
    let cut = name_galley.elided;
    let name_at = pos2(rect.left() + MARKER_ROOM, rect.center().y - name_galley.size().y / 2.0);
    ui.painter().galley(name_at, name_galley, palette.text);
    ui.painter().galley(status_at.min, status_galley, status.color);
    if status.switches {
        switch_ui(ui, line, status_at.expand(4.0), &status, actions);
    }
    explain(response, || {
        let name = cut.then_some(name);
        let looked_up = line.looked_up.map(|(at, now)| format!("Looked up {}", ago(at, now)));
        let lines = name.into_iter().chain([status.more]).chain(looked_up);
        lines.collect::<Vec<_>>().join("\n")
    })
}

fn switch_ui(ui: &mut Ui, line: &Line<'_>, rect: egui::Rect, status: &Status, actions: &mut Vec<Action>) {
    let response = ui.interact(rect, ui.scope_id().with(("switch", line.place)), Sense::click());
    let label = format!("{}: {}", other_reading_label(line.entry), line.entry.text());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() || response.has_focus() {
        let y = rect.bottom() - 4.0;
        let stroke = egui::Stroke::new(theme::HAIRLINE, status.color);
        ui.painter().hline(rect.left() + 4.0..=rect.right() - 4.0, y, stroke);
    }
    if response.on_hover_text(&status.more).clicked()
        && let Some(other) = other_reading(line.entry)
    {
        actions.push(Action::SetPlayer(line.place, other));
    }
}

fn paint_marker(ui: &Ui, line: &Line<'_>, center: egui::Pos2) {
    match line.group {
        Some(group) => {
            let series = theme::group_series(line.groups, group, !ui.visuals().dark_mode);
            theme::paint_marker(ui.painter(), center, 10.0, series);
        }
        None => {
            ui.painter().circle_filled(center, 2.0, theme::palette(ui).faint);
        }
    }
}

/// The digits of a XUID, or as many of the last as fit: those tell players apart.
fn ending(ui: &Ui, status: &Status, room: f32) -> std::sync::Arc<egui::Galley> {
    let whole = ui.painter().layout_job(small_job(&status.text, status.color));
    if whole.size().x <= room {
        return whole;
    }
    let digits = status.text.len();
    let each = whole.size().x / digits as f32;
    let fit = ((room / each).max(0.0) as usize).saturating_sub(1);
    let text = match fit {
        0..LEAST_DIGITS => String::new(),
        _ => format!("…{}", &status.text[digits.saturating_sub(fit)..]),
    };
    ui.painter().layout_job(small_job(&text, status.color))
}

fn small_job(text: &str, color: Color32) -> egui::text::LayoutJob {
    egui::text::LayoutJob::simple_singleline(text.to_owned(), theme::small(), color)
}

/// The line while it is edited in place.
pub(super) fn edit_ui(ui: &mut Ui, text: &mut String, height: f32) -> Edit {
    let id = Id::unique("player being edited");
    let known = ui.memory(|memory| memory.has_focus(id) || memory.had_focus_last_frame(id));
    let field = TextEdit::singleline(text).id(id).desired_width(f32::INFINITY).min_size(vec2(0.0, height));
    let response = ui.add(field);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Edit player"));
    if !known {
        response.request_focus();
        return Edit::GoesOn;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        Edit::Dropped
    } else if response.lost_focus() {
        Edit::Done
    } else {
        Edit::GoesOn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_has_two_readings_and_both_lead_back() {
        let name = PlayerEntry::new("12345");
        let xuid = other_reading(&name).unwrap();
        assert_eq!(xuid.read(), Ok(&PlayerRef::Xuid(Xuid(12345))));
        assert_eq!(other_reading(&xuid).unwrap(), name);
        assert_eq!(other_reading(&PlayerEntry::new("2533274792693551")), None);
        assert_eq!(other_reading(&PlayerEntry::new("TigerShark")), None);
    }
}
