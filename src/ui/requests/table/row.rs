use std::borrow::Cow;

use egui::{Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, pos2, text::LayoutJob, vec2};

use super::{
    super::{
        outcome::{self, Outcome},
        spans::spans,
        tally,
        view::Column,
        words,
    },
    columns::Lane,
    header::is_figure,
};
use crate::{
    analysis::display::count,
    model::{Exchange, ExchangeState, UnixMillis},
    ui::{
        theme::{self, HAIRLINE, Palette, blend, palette},
        widgets::{
            elided, spoken,
            waterfall::{self, Axis, Phase},
        },
    },
};

/// Space between the edge of a cell and its text, in points.
pub(super) const PADDING: f32 = 7.0;

/// A request as its row shows it.
pub(super) struct Row<'a> {
    pub(super) exchange: &'a Exchange,
    pub(super) index: usize,
    pub(super) selected: bool,
    pub(super) now: UnixMillis,
    pub(super) axis: &'a Axis,
}

/// One request. A click selects it.
pub(super) fn row_ui(ui: &Ui, rect: Rect, lanes: &[Lane], row: &Row<'_>) -> Response {
    let exchange = row.exchange;
    // Clicks, but no stop for the Tab key: the table as a whole is one.
    let response = ui.interact(rect, super::id().with(exchange.id.0), Sense::CLICK);
    spoken(&response, |node| {
        node.set_role(Role::Row);
        node.set_label(outcome::spoken(exchange, row.now));
        node.set_row_index(row.index);
        node.set_selected(row.selected);
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let colors = palette(ui);
    let fill = match (row.selected, response.hovered()) {
        (true, false) => colors.selected_row,
        (true, true) => blend(colors.selected_row, colors.hover, 0.5),
        (false, true) => colors.hover,
        (false, false) => colors.window,
    };
    ui.painter().rect_filled(rect, 0, fill);
    ui.painter().hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, (HAIRLINE, colors.line));
    let mut hint = None;
    let pointer = response.hover_pos();
    for lane in lanes {
        let cell = lane.of(rect);
        let inner = cell.shrink2(vec2(PADDING, 0.0));
        let is_under = pointer.is_some_and(|at| cell.x_range().contains(at.x));
        if lane.column == Column::Waterfall {
            waterfall::paint(ui, inner, row.axis, &spans(exchange, row.now), fill);
        } else {
            let (text, color) = shown(exchange, lane.column, row.now, colors);
            let cut = text_ui(ui, inner, text, color, is_figure(lane.column));
            if cut && is_under {
                hint = Some(exchange.title.clone());
            }
        }
        if is_under {
            hint = hint.or_else(|| explained(exchange, lane.column, row.now));
        }
    }
    match hint {
        Some(hint) => response.on_hover_text_at_pointer(hint),
        None => response,
    }
}

/// A ring around the table: it has the keyboard.
pub(super) fn paint_focus(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(1.0, palette(ui).accent);
    ui.painter().rect_stroke(rect.shrink(0.5), 2, stroke, StrokeKind::Inside);
}

fn shown<'a>(
    exchange: &'a Exchange,
    column: Column,
    now: UnixMillis,
    colors: &Palette,
) -> (Cow<'a, str>, Color32) {
    let tries = tally::tries(exchange);
    match column {
        Column::Number => (exchange.id.0.to_string().into(), colors.muted),
        Column::Request => (exchange.title.as_str().into(), colors.text),
        Column::Service => (exchange.api.name().into(), colors.muted),
        Column::Status => {
            let outcome = Outcome::of(exchange);
            (outcome.short(), outcome.color(colors))
        }
        Column::Tries => {
            let color = if tries > 1 { colors.warning } else { colors.text };
            (if tries == 0 { "".into() } else { tries.to_string().into() }, color)
        }
        Column::Values => (exchange.values.map(count).unwrap_or_default().into(), colors.text),
        Column::Size => (outcome::size(exchange).map(words::size).unwrap_or_default().into(), colors.muted),
        Column::Time => {
            let (text, waits) = outcome::time(exchange, now).unwrap_or_default();
            (text.into(), if waits { colors.warning } else { colors.text })
        }
        Column::Waterfall => ("".into(), colors.text),
    }
}

/// Draws one line. Returns whether it had to be cut.
fn text_ui(ui: &Ui, rect: Rect, text: Cow<'_, str>, color: Color32, at_right: bool) -> bool {
    if text.is_empty() {
        return false;
    }
    let job = LayoutJob::simple_singleline(text.into_owned(), theme::body(), color);
    let galley = elided(ui, job, rect.width());
    let left = if at_right { rect.right() - galley.size().x } else { rect.left() };
    let cut = galley.elided;
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, color);
    cut
}

/// What hovering over a cell tells.
fn explained(exchange: &Exchange, column: Column, now: UnixMillis) -> Option<String> {
    match column {
        Column::Status => match &exchange.state {
            ExchangeState::Failed(failure) => Some(failure.to_string()),
            _ => Some(words::sentence(&outcome::course(exchange))),
        },
        Column::Waterfall => Some(phases(exchange, now)).filter(|told| !told.is_empty()),
        Column::Time => outcome::waiting_for(exchange, now),
        _ => None,
    }
}

/// "Waited 4.20 s, connected 12 ms, answered 180 ms, read 3 ms".
fn phases(exchange: &Exchange, now: UnixMillis) -> String {
    let spans = spans(exchange, now);
    let sum = |of: &[Phase]| {
        let lasted = spans.iter().filter(|span| of.contains(&span.phase)).map(|span| span.to - span.from);
        std::time::Duration::from_secs_f64((lasted.sum::<f64>() / 1e3).max(0.0))
    };
    let parts = [
        ("waited", sum(&[Phase::Waited])),
        ("connected in", sum(&[Phase::Connected])),
        ("answered in", sum(&[Phase::Answered, Phase::Refused])),
        ("read in", sum(&[Phase::Read])),
    ];
    let parts = parts.iter().filter(|(_, lasted)| !lasted.is_zero());
    let told: Vec<String> = parts.map(|(what, lasted)| format!("{what} {}", words::time(*lasted))).collect();
    words::sentence(&told.join(", "))
}
