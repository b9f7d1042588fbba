//! The rate limits of the services that were asked, as meters.

use egui::{Align2, CornerRadius, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::words;
use crate::{
    analysis::display::count,
    engine::{Budget, Budgets},
    model::{UnixMillis, WindowUse},
    ui::{
        theme::{self, palette},
        widgets::section_header,
    },
};

const LINE_HEIGHT: f32 = 24.0;
const LABEL_WIDTH: f32 = 100.0;
const GAP: f32 = 14.0;
const METER_HEIGHT: f32 = 10.0;
/// From this width on, longer meters tell no more.
const MOST_METER: f32 = 600.0;
/// The meters leave this much for the words behind them, and more when those are longer.
const WORDS_WIDTH: f32 = 200.0;
const LEAST_METER: f32 = 40.0;

/// A window of a service as a line shows it.
struct Line<'a> {
    budget: &'a Budget,
    window: Option<&'a WindowUse>,
}

/// How high the part is when nothing of it is cut off.
pub(super) fn height(budgets: &Budgets) -> f32 {
    54.0 + LINE_HEIGHT * lines(budgets).len() as f32
}

/// A meter for each window of each service that was asked.
pub(super) fn limits_ui(ui: &mut Ui, budgets: &Budgets, now: UnixMillis) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(10.0);
    section_header(ui, "Rate limits", "of each service that was asked");
    ui.add_space(6.0);
    let lines = lines(budgets);
    let width = |line: &Line<'_>| {
        ui.painter().layout_no_wrap(told(line, now), theme::small(), palette(ui).text).size().x
    };
    let words = lines.iter().map(width).fold(WORDS_WIDTH, f32::max) + GAP;
    ScrollArea::vertical().id_salt("rate limits").auto_shrink(false).show(ui, |ui| {
        let free = ui.available_width() - LABEL_WIDTH - words;
        let meter = free.clamp(LEAST_METER, MOST_METER);
        for line in &lines {
            line_ui(ui, line, now, meter);
        }
    });
}

fn lines(budgets: &Budgets) -> Vec<Line<'_>> {
    budgets.0.iter().flat_map(lines_of).collect()
}

fn lines_of(budget: &Budget) -> impl Iterator<Item = Line<'_>> {
    let none = budget.windows.is_empty().then_some(Line { budget, window: None });
    budget.windows.iter().map(move |window| Line { budget, window: Some(window) }).chain(none)
}

fn line_ui(ui: &mut Ui, line: &Line<'_>, now: UnixMillis, meter: f32) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::hover());
    let label = match line.window {
        Some(used) => format!("{}, {}", line.budget.api, words::period(used.window.period)),
        None => line.budget.api.to_string(),
    };
    let told = told(line, now);
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, format!("{label}: {told}")));
    let middle = rect.center().y;
    let left = rect.left() + LABEL_WIDTH;
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, label, theme::small(), colors.muted);
    let words_left = match line.window {
        Some(used) => {
            let at = pos2(left, middle - METER_HEIGHT / 2.0);
            meter_ui(ui, Rect::from_min_size(at, vec2(meter, METER_HEIGHT)), used);
            left + meter + GAP
        }
        None => left,
    };
    ui.painter().text(pos2(words_left, middle), Align2::LEFT_CENTER, told, theme::small(), colors.text);
}

fn meter_ui(ui: &Ui, rect: Rect, used: &WindowUse) {
    let colors = palette(ui);
    let round = CornerRadius::same((METER_HEIGHT / 2.0) as u8);
    ui.painter().rect_filled(rect, round, colors.hover);
    let share = (used.used as f32 / used.window.limit.max(1) as f32).min(1.0);
    if share > 0.0 {
        let width = (rect.width() * share).max(METER_HEIGHT);
        let color = if is_full(used) { colors.warning } else { colors.accent };
        ui.painter().rect_filled(rect.with_max_x(rect.left() + width), round, color);
    }
}

fn is_full(used: &WindowUse) -> bool {
    used.used >= used.window.limit
}

/// "96/100", "30/30, free again in 0:42", with how many wait.
fn told(line: &Line<'_>, now: UnixMillis) -> String {
    let Some(used) = line.window else { return "no limit".to_owned() };
    let mut told = format!("{}/{}", count(used.used as usize), count(used.window.limit as usize));
    if is_full(used)
        && let Some(frees) = used.frees.filter(|frees| *frees > now)
    {
        told.push_str(&format!(", free again in {}", words::countdown(now, frees)));
        if line.budget.queued > 0 {
            let wait = if line.budget.queued == 1 { "waits" } else { "wait" };
            told.push_str(&format!(", {} {wait}", count(line.budget.queued)));
        }
    }
    told
}

/// Whether what is shown changes with time alone.
pub(super) fn counts_down(budgets: &Budgets, now: UnixMillis) -> bool {
    let full = |used: &WindowUse| is_full(used) && used.frees.is_some_and(|frees| frees > now);
    budgets.0.iter().any(|budget| budget.windows.iter().any(full))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::{Api, Window};

    fn budget(used: u32, queued: usize) -> Budget {
        let window = Window { limit: 30, period: Duration::from_secs(300) };
        let used = WindowUse { window, used, frees: Some(UnixMillis(42_000)), clear: None };
        Budget { api: Api::Profile, windows: vec![used], queued, wait: None }
    }

    #[test]
    fn a_full_window_says_when_it_is_free_again() {
        let said =
            |budget: &Budget, now| told(&Line { budget, window: Some(&budget.windows[0]) }, UnixMillis(now));
        assert_eq!(said(&budget(29, 0), 0), "29/30");
        assert_eq!(said(&budget(30, 0), 0), "30/30, free again in 0:42");
        assert_eq!(said(&budget(30, 12), 0), "30/30, free again in 0:42, 12 wait");
        assert_eq!(said(&budget(30, 12), 42_000), "30/30");
        assert!(counts_down(&Budgets(vec![budget(30, 0)]), UnixMillis(0)));
        assert!(!counts_down(&Budgets(vec![budget(30, 0)]), UnixMillis(42_000)));
        assert!(!counts_down(&Budgets(vec![budget(29, 0)]), UnixMillis(0)));
    }
}
