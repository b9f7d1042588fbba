//! How the parts of the table are painted: of what they show alone, so that a picture can be made of
//! them without the window.

use std::sync::Arc;

use egui::{Align2, Galley, Painter, Rect, Stroke, StrokeKind, Ui, pos2, text::LayoutJob, vec2};

use super::{
    lanes::Lanes,
    sheet::{CellKind, Head, SheetCell, Stat},
};
use crate::{
    analysis::compare::Verdict,
    model::Beside,
    ui::{
        theme::{self, HAIRLINE, blend, failed_shape, paint_marker, palette, series},
        widgets::{elided, paint_portrait, player_name_job},
    },
};

/// Space between the edge of a cell and its text.
pub(super) const PADDING: f32 = 8.0;
/// How large portraits are, from which width of the narrowest column on: all have one, or none.
const PORTRAITS: [(f32, f32); 2] = [(165.0, 40.0), (158.0, 24.0)];
/// Space between the left edge of a head and its content.
const HEAD_LEFT: f32 = 12.0;
/// Between the marker and the name.
const MARKER_GAP: f32 = 5.0;
/// So many notes leave room for a third line of the name.
const FEW_NOTES: usize = 1;
const MARKER: f32 = 10.0;
/// How much of the accent is behind the best.
const BEST: f32 = 0.2;
/// The same of the hairline below it.
const BEST_LINE: f32 = 0.35;

/// How large the portraits above the columns are: as large as leaves each name its words whole. `None`
/// without room for any.
pub(super) fn portraits(ui: &Ui, heads: &[Head], lanes: &Lanes) -> Option<f32> {
    let coloured = || heads.iter().enumerate().filter(|(_, head)| head.colour.is_some());
    let spare = coloured().map(|(column, head)| {
        let longest = head.name.split_whitespace().map(|word| name_width(ui, head, word)).fold(0.0, f32::max);
        lanes.lane(column).1 - HEAD_LEFT - MARKER - MARKER_GAP - PADDING - longest
    });
    let spare = spare.fold(f32::INFINITY, f32::min);
    let narrowest = coloured().map(|(column, _)| lanes.lane(column).1).fold(f32::INFINITY, f32::min);
    let fits = |(from, side): &(f32, f32)| narrowest >= *from && spare >= portrait_room(*side);
    PORTRAITS.into_iter().find(fits).map(|(_, side)| side)
}

/// How much of the width a portrait takes, with the space beside it.
fn portrait_room(side: f32) -> f32 {
    side * 1.25
}

/// Paints what stands above a column. `portrait` is how large the one of a player or group is.
pub(super) fn head(ui: &Ui, painter: &Painter, rect: Rect, head: &Head, portrait: Option<f32>) {
    let colors = palette(ui);
    painter.vline(rect.left(), rect.y_range(), (HAIRLINE, colors.line));
    let mut at = rect.min + vec2(HEAD_LEFT, 14.0);
    let right = rect.right() - PADDING;
    let mut name_left = at.x;
    if let Some(colour) = head.colour {
        if let Some(side) = portrait {
            paint_portrait(ui, painter, Rect::from_min_size(at, vec2(side, side)), colour, &head.name);
            at.x += portrait_room(side);
        }
        let look = series(colour.index(), !ui.visuals().dark_mode);
        paint_marker(painter, at + vec2(MARKER / 2.0, 8.5), MARKER, look);
        name_left = at.x + MARKER + MARKER_GAP;
    }
    for line in name_lines(ui, head, (right - name_left).max(20.0)) {
        let height = line.size().y;
        painter.galley(pos2(name_left, at.y), line, colors.text);
        at.y += height;
    }
    at.y += 3.0;
    for (place, note) in head.notes.iter().enumerate() {
        let color = if head.is_absent && place == 0 { colors.warning } else { colors.muted };
        let job = LayoutJob::simple_singleline(note.clone(), theme::small(), color);
        let words = elided(ui, job, rect.right() - PADDING - at.x);
        painter.galley(at, words.clone(), color);
        at.y += words.size().y + 1.0;
    }
    if head.is_pinned {
        let corner = rect.left_bottom() + vec2(12.0, -8.0);
        painter.text(corner, Align2::LEFT_BOTTOM, "pinned", theme::small(), colors.faint);
    }
}

/// The name above a column in lines of at most `width` points. Lines end at spaces alone; what does not
/// fit ends in "…".
fn name_lines(ui: &Ui, head: &Head, width: f32) -> Vec<Arc<Galley>> {
    let most = if head.notes.len() > FEW_NOTES { 2 } else { 3 };
    let mut lines: Vec<String> = Vec::new();
    for word in head.name.split_whitespace() {
        let is_full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if is_full || name_width(ui, head, &format!("{line} {word}")) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| elided(ui, name_job(ui, head, line), width)).collect()
}

/// How wide a part of the name above a column is.
fn name_width(ui: &Ui, head: &Head, part: &str) -> f32 {
    let mut job = name_job(ui, head, part);
    job.wrap.max_width = f32::INFINITY;
    ui.painter().layout_job(job).size().x
}

/// A part of the name above a column.
fn name_job(ui: &Ui, head: &Head, part: &str) -> LayoutJob {
    let font = if head.colour.is_some() { theme::semibold() } else { theme::body() };
    let mut job = player_name_job(ui, part, &font);
    if head.colour.is_none() {
        for section in &mut job.sections {
            section.format.color = palette(ui).muted;
        }
    }
    job
}

/// Paints the line that names a title.
pub(super) fn title(ui: &Ui, painter: &Painter, rect: Rect, name: &str) {
    let colors = palette(ui);
    // The hairline of the line above stays.
    painter.rect_filled(rect.with_min_y(rect.top() + HAIRLINE), 0, colors.panel);
    underline(ui, painter, rect);
    let job = LayoutJob::simple_singleline(name.to_owned(), theme::body(), colors.muted);
    let words = elided(ui, job, rect.width() - 2.0 * PADDING);
    let at = pos2(rect.left() + PADDING, rect.center().y - words.size().y / 2.0);
    painter.galley(at, words, colors.muted);
}

/// Paints the name of a stat.
pub(super) fn stat_name(ui: &Ui, painter: &Painter, rect: Rect, stat: &Stat) {
    let colors = palette(ui);
    underline(ui, painter, rect);
    let mut job = LayoutJob::default();
    let part = |color| egui::TextFormat::simple(theme::body(), color);
    job.append(&stat.name, 0.0, part(colors.text));
    if stat.is_derived {
        job.append(" ƒ", 0.0, part(colors.muted));
    }
    if !stat.unit.is_empty() {
        job.append(&format!("  {}", stat.unit), 0.0, part(colors.faint));
    }
    let words = elided(ui, job, rect.width() - 2.0 * PADDING);
    let at = pos2(rect.left() + PADDING, rect.center().y - words.size().y / 2.0);
    painter.galley(at, words, colors.text);
}

/// Paints a value, and what stands beside it.
pub(super) fn cell(ui: &Ui, painter: &Painter, rect: Rect, head: &Head, cell: &SheetCell, beside: Beside) {
    let colors = palette(ui);
    if cell.is_best {
        // The hairline of the cell above stays, and the one below would not be seen in its usual colour.
        let below = rect.with_min_y(rect.top() + HAIRLINE);
        painter.rect_filled(below, 0, blend(colors.window, colors.accent, BEST));
        painter.hline(
            rect.x_range(),
            rect.bottom(),
            (HAIRLINE, blend(colors.line, colors.accent, BEST_LINE)),
        );
    } else {
        underline(ui, painter, rect);
    }
    painter.vline(rect.left(), rect.y_range(), (HAIRLINE, colors.line));
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let middle = rect.center().y;
    let ink = match cell.kind {
        CellKind::Empty => return,
        CellKind::Pending => {
            for dot in 0..3 {
                let at = pos2(inner.right() - 3.0 - 6.0 * dot as f32, middle);
                painter.circle_filled(at, 1.5, colors.faint);
            }
            return;
        }
        CellKind::NoValue => colors.faint,
        CellKind::Failed => colors.error,
        CellKind::Value if head.colour.is_none() => colors.muted,
        CellKind::Value => colors.text,
    };
    let font = if cell.is_best { theme::semibold() } else { theme::body() };
    let job = LayoutJob::simple_singleline(cell.text.clone(), font, ink);
    let value = elided(ui, job, inner.width());
    let at = pos2(inner.right() - value.size().x, middle - value.size().y / 2.0);
    let left = at.x;
    painter.galley(at, value, ink);
    if cell.kind == CellKind::Failed {
        painter.add(failed_shape(pos2(left - 10.0, middle), ui.visuals().dark_mode));
        return;
    }
    if cell.beside.is_empty() {
        return;
    }
    let color = match (beside, cell.verdict) {
        (Beside::Difference, verdict) if is_signed(&cell.beside) => match verdict {
            Verdict::Better => colors.above,
            Verdict::Worse => colors.below,
            Verdict::None => colors.muted,
        },
        _ => colors.muted,
    };
    let job = LayoutJob::simple_singleline(cell.beside.clone(), theme::small(), color);
    let room = left - 10.0 - inner.left();
    let words = elided(ui, job, room);
    let at = pos2(left - 10.0 - words.size().x, middle - words.size().y / 2.0);
    painter.galley(at, words, color);
}

/// Whether a difference is written as one: what is too small to be written has no direction.
fn is_signed(difference: &str) -> bool {
    !difference.starts_with('±')
}

/// Paints the hairline behind the last column, where there is room beside it.
pub(super) fn end(ui: &Ui, painter: &Painter, rect: Rect) {
    painter.vline(rect.right(), rect.y_range(), (HAIRLINE, palette(ui).line));
}

/// Paints the hairline below a line.
pub(super) fn underline(ui: &Ui, painter: &Painter, rect: Rect) {
    painter.hline(rect.x_range(), rect.bottom(), (HAIRLINE, palette(ui).line));
}

/// A ring around what has the keyboard.
pub(super) fn focus(ui: &Ui, painter: &Painter, rect: Rect) {
    let ring = Stroke::new(1.5, palette(ui).accent);
    painter.rect_stroke(rect.shrink(1.0), theme::CORNER_RADIUS, ring, StrokeKind::Inside);
}
