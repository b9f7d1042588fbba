//! The rate limits of the services that were asked, as meters.

use egui::{Align2, CornerRadius, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{RequestsAction, RequestsInput, outcome, words};
use crate::{
    analysis::display::count,
    engine::{Budget, Budgets},
    model::{UnixMillis, WaitReason, WindowUse},
    ui::{
        theme::{self, palette},
        widgets::{link_button, section_header},
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

/// What a line shows of a service.
enum Line<'a> {
    /// One of its windows.
    Window(&'a Budget, &'a WindowUse),
    /// That it has no limit.
    NoLimit(&'a Budget),
    /// That something else than a window holds its requests back, until then perhaps.
    Held(&'a Budget, Option<UnixMillis>, &'a WaitReason),
}

impl Line<'_> {
    fn label(&self) -> String {
        match self {
            Self::Window(budget, used) => format!("{}, {}", budget.api, words::period(used.window.period)),
            Self::NoLimit(budget) | Self::Held(budget, ..) => budget.api.to_string(),
        }
    }

    /// "96/100", "30/30, free again in 0:42, 12 wait", "no limit".
    fn told(&self, now: UnixMillis) -> String {
        match self {
            Self::NoLimit(_) => "no limit".to_owned(),
            Self::Held(budget, until, why) => {
                let why = outcome::why(budget.api, why);
                let until = until.filter(|until| *until > now);
                let left = until.map(|until| format!(", {}", words::countdown(now, until)));
                format!("{why}{}{}", left.unwrap_or_default(), waiting(budget.queued))
            }
            Self::Window(budget, used) => {
                let counts = format!("{}/{}", count(used.used as usize), count(used.window.limit as usize));
                match used.frees.filter(|frees| is_full(used) && *frees > now) {
                    Some(frees) => {
                        let left = words::countdown(now, frees);
                        format!("{counts}, free again in {left}{}", waiting(budget.queued))
                    }
                    None => counts,
                }
            }
        }
    }
}

fn waiting(queued: usize) -> String {
    match queued {
        0 => String::new(),
        1 => ", 1 waits".to_owned(),
        _ => format!(", {} wait", count(queued)),
    }
}

/// How high the part is when nothing of it is cut off.
pub(super) fn height(budgets: &Budgets) -> f32 {
    54.0 + LINE_HEIGHT * lines(budgets).len() as f32
}

/// A meter for each window of each service that was asked.
pub(super) fn limits_ui(
    ui: &mut Ui,
    input: &RequestsInput<'_>,
    now: UnixMillis,
    actions: &mut Vec<RequestsAction>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        section_header(ui, "Rate limits", "of each service that was asked");
        let hint = "Other limits for the sample service, and faults";
        if input.has_choice && link_button(ui, "Choose limits").on_hover_text(hint).clicked() {
            actions.push(RequestsAction::ChooseLimits);
        }
    });
    ui.add_space(6.0);
    let lines = lines(input.budgets);
    let width = |line: &Line<'_>| match line {
        Line::Window(..) => {
            ui.painter().layout_no_wrap(line.told(now), theme::small(), palette(ui).text).size().x
        }
        _ => 0.0,
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
    let none = budget.windows.is_empty().then_some(Line::NoLimit(budget));
    let held = match &budget.wait {
        None | Some((_, WaitReason::RateLimit { .. } | WaitReason::Turn)) => None,
        Some((until, why)) => Some(Line::Held(budget, *until, why)),
    };
    budget.windows.iter().map(move |window| Line::Window(budget, window)).chain(none).chain(held)
}

fn line_ui(ui: &mut Ui, line: &Line<'_>, now: UnixMillis, meter: f32) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::hover());
    let (label, told) = (line.label(), line.told(now));
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, format!("{label}: {told}")));
    let middle = rect.center().y;
    let left = rect.left() + LABEL_WIDTH;
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, label, theme::small(), colors.muted);
    let words_left = if let Line::Window(_, used) = line {
        let at = pos2(left, middle - METER_HEIGHT / 2.0);
        meter_ui(ui, Rect::from_min_size(at, vec2(meter, METER_HEIGHT)), used);
        left + meter + GAP
    } else {
        left
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

/// Whether what is shown changes with time alone.
pub(super) fn counts_down(budgets: &Budgets, now: UnixMillis) -> bool {
    let later = |moment: Option<UnixMillis>| moment.is_some_and(|moment| moment > now);
    lines(budgets).iter().any(|line| match line {
        Line::Window(_, used) => is_full(used) && later(used.frees),
        Line::Held(_, until, _) => later(*until),
        Line::NoLimit(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::{Api, Window};

    fn budget(used: u32, queued: usize) -> Budget {
        let window = Window { limit: 30, period: Duration::from_mins(5) };
        let used = WindowUse { window, used, frees: Some(UnixMillis(42_000)), clear: None };
        Budget { api: Api::Profile, windows: vec![used], queued, wait: None }
    }

    fn said(budget: &Budget, now: i64) -> Vec<String> {
        lines_of(budget).map(|line| format!("{}: {}", line.label(), line.told(UnixMillis(now)))).collect()
    }

    #[test]
    fn a_full_window_says_when_it_is_free_again() {
        assert_eq!(said(&budget(29, 0), 0), ["profile, 5 min: 29/30"]);
        assert_eq!(said(&budget(30, 0), 0), ["profile, 5 min: 30/30, free again in 0:42"]);
        assert_eq!(said(&budget(30, 12), 0), ["profile, 5 min: 30/30, free again in 0:42, 12 wait"]);
        assert_eq!(said(&budget(30, 12), 42_000), ["profile, 5 min: 30/30"]);
        assert!(counts_down(&Budgets(vec![budget(30, 0)]), UnixMillis(0)));
        assert!(!counts_down(&Budgets(vec![budget(30, 0)]), UnixMillis(42_000)));
        assert!(!counts_down(&Budgets(vec![budget(29, 0)]), UnixMillis(0)));
    }

    #[test]
    fn what_else_holds_a_service_back_is_told_too() {
        let wait = Some((Some(UnixMillis(12_000)), WaitReason::AsTold));
        let held = Budget { windows: Vec::new(), wait, ..budget(0, 3) };
        let words = "profile: The service said how long to stay away, 0:12, 3 wait";
        assert_eq!(said(&held, 0), ["profile: no limit", words]);
        assert!(counts_down(&Budgets(vec![held]), UnixMillis(0)));
    }
}
