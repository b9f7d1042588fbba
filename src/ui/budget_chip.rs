//! The chip in the top bar that shows how much of the rate limits is used, and what waits for them.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, Galley, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    theme::{self, CORNER_RADIUS, HAIRLINE, palette},
    waits::{Waiting, countdown, period_short, period_words},
};
use crate::{
    analysis::display::count,
    engine::Budgets,
    model::{Api, UnixMillis, WaitReason, WindowUse},
};

const HEIGHT: f32 = 26.0;
const PADDING: f32 = 10.0;
const GAP: f32 = 7.0;
const METER: egui::Vec2 = vec2(64.0, 5.0);

/// A part of the chip, from left to right.
enum Part {
    Words(String, Tone),
    /// A meter, filled so far (0 to 1).
    Meter(f32),
}

#[derive(Clone, Copy, PartialEq)]
enum Tone {
    Muted,
    Plain,
    Strong,
}

/// The chip, as wide as it needs to be and there is room for; none before the first request.
/// `waiting` is what a fetch waits for.
pub(crate) fn budget_chip_ui(
    ui: &mut Ui,
    budgets: &Budgets,
    waiting: Option<&Waiting>,
    now: UnixMillis,
) -> Option<Response> {
    let fullest = fullest(budgets);
    let (parts, told) = match (waiting, fullest) {
        (Some(waiting), _) => waiting_parts(budgets, waiting, now),
        (None, Some((api, window))) => quiet_parts(api, &window),
        (None, None) => return None,
    };
    let drawn = fitting(ui, parts)?;
    let response = chip(ui, &drawn, waiting.is_some());
    let told = format!("Budget: {told}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    Some(response.on_hover_text(hint(budgets, waiting)))
}

/// "Budget profile waits 0:42 [meter] 30/30".
fn waiting_parts(budgets: &Budgets, waiting: &Waiting, now: UnixMillis) -> (Vec<Part>, String) {
    let mut parts = vec![
        Part::Words("Budget".to_owned(), Tone::Muted),
        Part::Words(format!("{} waits", waiting.api), Tone::Plain),
    ];
    let mut told = format!("{} waits", waiting.api);
    if let Some(until) = waiting.until {
        let left = countdown(until, now);
        told = format!("{told} {left}");
        parts.push(Part::Words(left, Tone::Strong));
    }
    let holding = budgets.0.iter().find(|budget| budget.api == waiting.api).and_then(|budget| {
        let WaitReason::RateLimit { limit, period } = waiting.why else { return None };
        let is_it = |usage: &&WindowUse| usage.window.limit == limit && usage.window.period == period;
        budget.windows.iter().find(is_it)
    });
    if let Some(usage) = holding {
        parts.push(Part::Meter(share(usage)));
        parts.push(Part::Words(figures(usage), Tone::Plain));
        told = format!("{told}, {}", used_words(usage));
    }
    (parts, told)
}

/// "Budget profile 5 min [meter] 12/30".
fn quiet_parts(api: Api, usage: &WindowUse) -> (Vec<Part>, String) {
    let window = format!("{api} {}", period_short(usage.window.period));
    let parts = vec![
        Part::Words("Budget".to_owned(), Tone::Muted),
        Part::Words(window, Tone::Muted),
        Part::Meter(share(usage)),
        Part::Words(figures(usage), Tone::Plain),
    ];
    (parts, format!("{api} {}", used_words(usage)))
}

/// All windows, a line each, and why something waits.
fn hint(budgets: &Budgets, waiting: Option<&Waiting>) -> String {
    let mut lines: Vec<String> =
        waiting.map(Waiting::reason).map(|reason| format!("{reason}.")).into_iter().collect();
    for budget in &budgets.0 {
        for usage in &budget.windows {
            lines.push(format!("{}: {}", budget.api, used_words(usage)));
        }
    }
    lines.push("Click to see the requests (Ctrl+5)".to_owned());
    lines.join("\n")
}

/// The window that is used most, of whichever service.
fn fullest(budgets: &Budgets) -> Option<(Api, WindowUse)> {
    let all = budgets.0.iter().flat_map(|budget| budget.windows.iter().map(|usage| (budget.api, *usage)));
    all.max_by(|(_, one), (_, other)| share(one).total_cmp(&share(other)))
}

fn share(usage: &WindowUse) -> f32 {
    (usage.used as f32 / usage.window.limit.max(1) as f32).min(1.0)
}

fn figures(usage: &WindowUse) -> String {
    format!("{}/{}", count(usage.used as usize), count(usage.window.limit as usize))
}

/// "30 of 30 requests in 5 minutes".
fn used_words(usage: &WindowUse) -> String {
    let (used, limit) = (count(usage.used as usize), count(usage.window.limit as usize));
    format!("{used} of {limit} requests in {}", period_words(usage.window.period))
}

enum Drawn {
    Words(Arc<Galley>, Color32),
    Meter(f32),
}

impl Drawn {
    fn width(&self) -> f32 {
        match self {
            Self::Words(galley, _) => galley.size().x,
            Self::Meter(_) => METER.x,
        }
    }
}

fn width(parts: &[Drawn]) -> f32 {
    parts.iter().map(Drawn::width).sum::<f32>() + GAP * parts.len().saturating_sub(1) as f32 + 2.0 * PADDING
}

/// What there is room for: first "Budget" goes, then the meter, then everything.
fn fitting(ui: &Ui, parts: Vec<Part>) -> Option<Vec<Drawn>> {
    let colors = palette(ui);
    let mut drawn: Vec<Drawn> = parts
        .into_iter()
        .map(|part| match part {
            Part::Meter(share) => Drawn::Meter(share),
            Part::Words(words, tone) => {
                let color = if tone == Tone::Muted { colors.muted } else { colors.text };
                let font = if tone == Tone::Strong { theme::semibold() } else { theme::body() };
                Drawn::Words(ui.painter().layout_no_wrap(words, font, color), color)
            }
        })
        .collect();
    let room = ui.available_width();
    if width(&drawn) > room {
        drawn.remove(0);
    }
    if width(&drawn) > room {
        drawn.retain(|part| matches!(part, Drawn::Words(..)));
    }
    (width(&drawn) <= room).then_some(drawn)
}

fn chip(ui: &mut Ui, parts: &[Drawn], waits: bool) -> Response {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width(parts), HEIGHT), Sense::click());
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let look = ui.style().interact_selectable(&response, false);
    let line = if waits { Stroke::new(HAIRLINE, colors.warning) } else { look.bg_stroke };
    let corners = CornerRadius::same(CORNER_RADIUS);
    ui.painter().rect(rect, corners, look.weak_bg_fill, line, StrokeKind::Inside);
    if response.has_focus() {
        let ring = Stroke::new(1.5, colors.accent);
        ui.painter().rect_stroke(rect.expand(1.0), corners, ring, StrokeKind::Outside);
    }
    let fill = if waits { colors.warning } else { colors.accent };
    let mut x = rect.left() + PADDING;
    for part in parts {
        match part {
            Drawn::Words(galley, color) => {
                ui.painter().galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley.clone(), *color);
            }
            Drawn::Meter(share) => {
                let track = egui::Rect::from_min_size(pos2(x, rect.center().y - METER.y / 2.0), METER);
                ui.painter().rect_filled(track, CornerRadius::same(2), colors.line);
                let mut filled = track;
                filled.set_width((METER.x * share).max(if *share > 0.0 { 2.0 } else { 0.0 }));
                ui.painter().rect_filled(filled, CornerRadius::same(2), fill);
            }
        }
        x += part.width() + GAP;
    }
    response
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{engine::Budget, model::Window};

    fn usage(used: u32, limit: u32, seconds: u64) -> WindowUse {
        let window = Window { limit, period: Duration::from_secs(seconds) };
        WindowUse { window, used, frees: None, clear: None }
    }

    fn budgets() -> Budgets {
        let of = |api, windows| Budget { api, windows, queued: 0, wait: None };
        Budgets(vec![
            of(Api::Stats, vec![usage(40, 100, 15), usage(50, 300, 300)]),
            of(Api::Profile, vec![usage(5, 10, 15), usage(30, 30, 300)]),
        ])
    }

    #[test]
    fn the_fullest_window_is_shown() {
        let (api, window) = fullest(&budgets()).unwrap();
        assert_eq!((api, figures(&window)), (Api::Profile, "30/30".to_owned()));
        assert!(fullest(&Budgets::default()).is_none());
    }

    #[test]
    fn the_limit_that_holds_is_named() {
        let why = WaitReason::RateLimit { limit: 30, period: Duration::from_mins(5) };
        let waiting = Waiting { api: Api::Profile, until: Some(UnixMillis(42_000)), why };
        let (parts, told) = waiting_parts(&budgets(), &waiting, UnixMillis(0));
        assert_eq!(told, "profile waits 0:42, 30 of 30 requests in 5 minutes");
        assert_eq!(parts.len(), 5);
        let network = Waiting { why: WaitReason::Network, until: None, ..waiting };
        assert_eq!(waiting_parts(&budgets(), &network, UnixMillis(0)).1, "profile waits");
    }
}
