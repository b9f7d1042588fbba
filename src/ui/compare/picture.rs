//! The comparison as a picture: drawn of its sheet alone, in any context that has fonts and theme.

use std::sync::Arc;

use egui::{Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use super::{
    differ,
    lanes::{HEAD_HEIGHT, Lanes},
    paint, profile,
    sheet::{Sheet, SheetLine},
    table::tops,
};
use crate::ui::{
    theme::{HAIRLINE, palette},
    widgets::section_header,
};

/// How wide what stands beside the table is.
const SIDE: f32 = 380.0;
/// The least width of the table.
const TABLE: f32 = 520.0;
/// The height of a heading, and the space at the edges.
const SECTION: f32 = 30.0;
const MARGIN: f32 = 12.0;
/// In so many stats the picture shows how they differ: in those where they differ most.
const MOST_DIFFER: usize = 8;
/// How much room the names and each column have.
const NAMES: f32 = 190.0;
const COLUMN: f32 = 190.0;

/// A comparison that can be drawn anywhere: it holds all that it shows, and no window.
#[derive(Clone, Debug)]
pub struct ComparePicture(pub(super) Arc<Sheet>);

impl ComparePicture {
    /// How large it is, in points.
    #[must_use]
    pub fn size(&self) -> Vec2 {
        size(&self.0)
    }

    /// Draws it from the upper left corner of the room that there is. Nothing scrolls; of the stats
    /// in which those compared differ, the first are drawn.
    pub fn ui(&self, ui: &mut Ui) {
        picture_ui(ui, &self.0);
    }
}

fn size(sheet: &Sheet) -> Vec2 {
    let table = (NAMES + COLUMN * sheet.heads.len() as f32).max(TABLE);
    let lines = HEAD_HEIGHT + tops(sheet).last().copied().unwrap_or_default();
    let side = MARGIN + SECTION + profile::height(SIDE - 2.0 * MARGIN) + SECTION;
    let side = side + differ::needs(sheet, MOST_DIFFER) + MARGIN;
    vec2(table.max(lanes(sheet, table)) + SIDE, lines.max(side))
}

fn lanes(sheet: &Sheet, room: f32) -> f32 {
    let lanes = Lanes::of(sheet, room);
    lanes.names + lanes.width()
}

fn picture_ui(ui: &mut Ui, sheet: &Sheet) {
    let all = Rect::from_min_size(ui.available_rect_before_wrap().min, size(sheet));
    ui.advance_cursor_after_rect(all);
    let colors = palette(ui);
    ui.painter().rect_filled(all, 0, colors.window);
    let table = all.with_max_x(all.right() - SIDE);
    table_ui(ui, table, sheet);
    let side = all.with_min_x(table.right());
    ui.painter().rect_filled(side, 0, colors.panel);
    ui.painter().vline(side.left(), side.y_range(), (HAIRLINE, colors.line));
    let inner = UiBuilder::new().max_rect(side.shrink(MARGIN)).id_salt("side of the picture");
    let mut ui = ui.new_child(inner);
    ui.spacing_mut().item_spacing.y = 0.0;
    let among = &sheet.says.among;
    heading_ui(&mut ui, "Profile", &format!("percentile among {among}"));
    profile::profile_ui(&mut ui, sheet, None);
    heading_ui(&mut ui, "Where they differ most", &format!("z-score among {among}"));
    differ::differ_ui(&mut ui, sheet, None, MOST_DIFFER);
}

fn heading_ui(ui: &mut Ui, title: &str, detail: &str) {
    ui.allocate_ui(vec2(ui.available_width(), SECTION), |ui| {
        ui.set_min_height(SECTION);
        section_header(ui, title, detail);
    });
}

fn table_ui(ui: &Ui, area: Rect, sheet: &Sheet) {
    let lanes = Lanes::of(sheet, area.width());
    let painter = ui.painter();
    let column = |at: usize| {
        let (from, width) = lanes.lane(at);
        let left = area.left() + lanes.names + from;
        left..=left + width
    };
    let portrait = paint::portraits(ui, &sheet.heads, &lanes);
    for (at, head) in sheet.heads.iter().enumerate() {
        let rows = area.top()..=area.top() + HEAD_HEIGHT;
        paint::head(ui, painter, Rect::from_x_y_ranges(column(at), rows), head, portrait);
    }
    let tops = tops(sheet);
    let body = area.top() + HEAD_HEIGHT;
    painter.hline(area.x_range(), body, (HAIRLINE, palette(ui).line));
    for (place, line) in sheet.lines.iter().enumerate() {
        let rows = body + tops[place]..=body + tops[place + 1];
        let stat = match line {
            SheetLine::Title(name) => {
                paint::title(ui, painter, Rect::from_x_y_ranges(area.x_range(), rows), name);
                continue;
            }
            SheetLine::Stat(stat) => stat,
        };
        paint::underline(ui, painter, Rect::from_x_y_ranges(area.x_range(), rows.clone()));
        let names = Rect::from_min_max(
            pos2(area.left(), *rows.start()),
            pos2(area.left() + lanes.names, *rows.end()),
        );
        paint::stat_name(ui, painter, names, stat);
        for (at, (head, cell)) in sheet.heads.iter().zip(&stat.cells).enumerate() {
            let rect = Rect::from_x_y_ranges(column(at), rows.clone());
            paint::cell(ui, painter, rect, head, cell, sheet.says.beside);
        }
    }
}
