//! Where those compared differ most: their z-scores as bars, the stats in order.

use egui::{Rect, Role, Sense, Ui, pos2, text::LayoutJob, vec2};

use super::{
    fill::score,
    profile::look,
    sheet::{Bar, Differ, Sheet},
    side::nothing_ui,
};
use crate::ui::{
    theme::{self, HAIRLINE, blend, marker_shape, palette},
    widgets::{elided, spoken},
};

const BAR: f32 = 8.0;
const BAR_GAP: f32 = 4.0;
const STAT_GAP: f32 = 16.0;
const TOP: f32 = 6.0;
/// How much of the width the names take, and no more than so many points.
const NAMES_SHARE: f32 = 0.27;
const MOST_NAMES: f32 = 150.0;
const MARGIN: f32 = 14.0;
const MARKER: f32 = 7.0;
/// How far the marker is from the end of the bar.
const BEYOND: f32 = 8.0;
/// How much is left of a bar's colour while another is pointed at.
const DIMMED: f32 = 0.3;

/// The bars of the first `most` stats, one below the other. Returns whose the pointer is at.
pub(super) fn differ_ui(ui: &mut Ui, sheet: &Sheet, hovered: Option<usize>, most: usize) -> Option<usize> {
    if sheet.differ.is_empty() {
        nothing_ui(ui, "Two players with different numbers are needed to tell them apart.");
        return None;
    }
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), needs(sheet, most)), Sense::hover());
    let axis = Axis::of(area, sheet);
    let colors = palette(ui);
    ui.painter().vline(axis.zero, area.y_range(), (HAIRLINE, colors.muted));
    let mut top = area.top() + TOP;
    let mut pointed = None;
    for (place, differ) in sheet.differ.iter().enumerate().take(most) {
        let rect = Rect::from_x_y_ranges(area.x_range(), top..=top + self::height(differ));
        top = rect.bottom();
        if ui.is_rect_visible(rect) {
            pointed = stat_ui(ui, rect, sheet, differ, &axis, hovered, place).or(pointed);
        }
    }
    pointed
}

/// How high the first `most` of them are.
pub(super) fn needs(sheet: &Sheet, most: usize) -> f32 {
    TOP + sheet.differ.iter().take(most).map(height).sum::<f32>()
}

/// How much a stat takes.
fn height(differ: &Differ) -> f32 {
    differ.bars.len() as f32 * (BAR + BAR_GAP) + STAT_GAP
}

/// Where scores stand.
struct Axis {
    left: f32,
    zero: f32,
    /// Points for a deviation.
    scale: f32,
}

impl Axis {
    fn of(area: Rect, sheet: &Sheet) -> Self {
        let scores = || sheet.differ.iter().flat_map(|differ| &differ.bars).map(|bar| bar.score);
        let (least, greatest) = (scores().fold(0.0, f64::min), scores().fold(0.0, f64::max));
        let left = area.left() + (area.width() * NAMES_SHARE).min(MOST_NAMES) + MARGIN + 2.0 * BEYOND;
        let room = (area.right() - MARGIN - 2.0 * BEYOND - left).max(1.0);
        let width = (greatest - least) as f32;
        let scale = if width > 0.0 { room / width } else { 0.0 };
        Self { left, zero: left + (-least as f32) * scale, scale }
    }

    fn x(&self, score: f64) -> f32 {
        self.zero + score as f32 * self.scale
    }
}

fn stat_ui(
    ui: &mut Ui,
    rect: Rect,
    sheet: &Sheet,
    differ: &Differ,
    axis: &Axis,
    hovered: Option<usize>,
    place: usize,
) -> Option<usize> {
    let colors = palette(ui);
    let name_right = axis.left - MARGIN - BEYOND;
    let job = LayoutJob::simple_singleline(differ.name.clone(), theme::small(), colors.muted);
    let name = elided(ui, job, name_right - rect.left() - 6.0);
    let middle = rect.top() + (rect.height() - STAT_GAP) / 2.0;
    let at = pos2(name_right - name.size().x, middle - name.size().y / 2.0);
    ui.painter().galley(at, name, colors.muted);
    let mut pointed = None;
    for (row, bar) in differ.bars.iter().enumerate() {
        let top = rect.top() + row as f32 * (BAR + BAR_GAP);
        let head = &sheet.heads[bar.head];
        let look = look(ui, head);
        let is_dimmed = hovered.is_some_and(|hovered| hovered != bar.head);
        let color = if is_dimmed { blend(colors.panel, look.color, DIMMED) } else { look.color };
        let end = axis.x(bar.score);
        let shape = Rect::from_x_y_ranges(axis.zero.min(end)..=axis.zero.max(end), top..=top + BAR);
        ui.painter().rect_filled(shape, 2, color);
        let beyond = if bar.score < 0.0 { -BEYOND } else { BEYOND };
        let tip = pos2(end + beyond, top + BAR / 2.0);
        ui.painter().add(marker_shape(tip, MARKER, theme::Series { color, ..look }));
        let lane = Rect::from_x_y_ranges(axis.left - MARGIN..=rect.right(), top..=top + BAR + BAR_GAP);
        let response = ui.interact(lane, ui.scope_id().with(("bar", place, row)), Sense::hover());
        let said = said(sheet, differ, bar);
        spoken(&response, |node| {
            node.set_role(Role::ListItem);
            node.set_label(said.clone());
        });
        if response.hovered() {
            pointed = Some(bar.head);
            response.on_hover_text(said);
        }
    }
    pointed
}

fn said(sheet: &Sheet, differ: &Differ, bar: &Bar) -> String {
    format!("{}, {}: z-score {} ({})", sheet.heads[bar.head].name, differ.name, score(bar.score), bar.text)
}
