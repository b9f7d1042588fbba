//! The bar at the top: the query, the screens, the look, the token.

use egui::{Align, CornerRadius, Layout, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    actions::{Action, ServiceChoice},
    budget_chip::budget_chip_ui,
    clock::LocalTime,
    document::Document,
    folding::Folding,
    options::Theme,
    query_menu::{QueryMenu, query_menu_ui},
    screen::Screen,
    theme::{self, icon},
    waits::Waiting,
    widgets,
};
use crate::{
    analysis::display::count,
    engine::{Budgets, TokenInfo, TokenState},
};

/// Room from which the profile button says more than whose it is, in points.
const ROOM_FOR_PROFILE: f32 = 360.0;
/// Room beside the figures of a tab's badge, in points.
const BADGE_PADDING: f32 = 6.0;

/// What the bar shows.
pub(crate) struct TopBarInput<'a> {
    pub(crate) document: &'a Document,
    pub(crate) token: &'a TokenState,
    pub(crate) service: &'a ServiceChoice,
    pub(crate) clock: &'a LocalTime,
    pub(crate) light: bool,
    pub(crate) folding: Folding,
    pub(crate) screen: Screen,
    /// How many requests there are to see.
    pub(crate) requests: usize,
    pub(crate) budgets: &'a Budgets,
    pub(crate) waiting: Option<&'a Waiting>,
}

/// The places below which popups hang.
pub(crate) struct Anchors {
    pub(crate) query: Response,
    pub(crate) profile: Response,
}

/// The bar.
pub(crate) fn top_bar_ui(
    ui: &mut Ui,
    menu: &mut QueryMenu,
    input: &TopBarInput<'_>,
    actions: &mut Vec<Action>,
) -> Anchors {
    ui.horizontal_centered(|ui| {
        brand_ui(ui);
        let query = query_menu_ui(ui, menu, input.document, actions);
        ui.add_space(12.0);
        tabs_ui(ui, input, actions);
        let profile = ui
            .with_layout(Layout::right_to_left(Align::Center), |ui| {
                let profile = profile_ui(ui, input);
                if profile.clicked() {
                    actions.push(Action::ToggleTokenPanel);
                }
                theme_ui(ui, input.light, actions);
                folding_ui(ui, input, actions);
                let waiting = input.waiting.filter(|waiting| waiting.is_for_a_limit());
                let chip = budget_chip_ui(ui, input.budgets, waiting, input.clock.now());
                if chip.is_some_and(|chip| chip.clicked()) {
                    actions.push(Action::ShowScreen(Screen::Requests));
                }
                profile
            })
            .inner;
        Anchors { query, profile }
    })
    .inner
}

fn brand_ui(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
    let corners = [vec2(0.0, -5.5), vec2(5.5, 0.0), vec2(0.0, 5.5), vec2(-5.5, 0.0)];
    let corners = corners.map(|corner| rect.center() + corner).to_vec();
    let accent = theme::palette(ui).accent;
    ui.painter().add(egui::Shape::closed_line(corners, egui::Stroke::new(1.5, accent)));
    ui.painter().circle_filled(rect.center(), 2.0, accent);
    ui.label(RichText::new("Statlens").font(theme::semibold()));
}

/// The tabs of the screens.
fn tabs_ui(ui: &mut Ui, input: &TopBarInput<'_>, actions: &mut Vec<Action>) {
    let list = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for screen in Screen::ALL {
            let count = if screen == Screen::Requests { input.requests } else { 0 };
            if tab_ui(ui, screen, count, screen == input.screen).clicked() && screen != input.screen {
                actions.push(Action::ShowScreen(screen));
            }
        }
    });
    ui.ctx().accesskit_node_builder(list.response.id, |node| node.set_role(Role::TabList));
}

/// A tab: the name of a screen and, where it counts something, how many there are.
fn tab_ui(ui: &mut Ui, screen: Screen, many: usize, is_shown: bool) -> Response {
    let palette = theme::palette(ui);
    let (name, (_, key)) = (screen.name(), screen.key());
    let words = ui.painter().layout_no_wrap(name.to_owned(), theme::body(), palette.muted);
    let badge = (many > 0).then(|| ui.painter().layout_no_wrap(count(many), theme::small(), palette.text));
    let badge_width = badge.as_ref().map_or(0.0, |badge| badge.size().x + 2.0 * BADGE_PADDING + 8.0);
    let size = vec2(words.size().x + badge_width + 24.0, theme::TOP_BAR_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let told = if many > 0 { format!("{name} {}", count(many)) } else { name.to_owned() };
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, &told));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_shown));
    let color = if is_shown || response.hovered() { palette.text } else { palette.muted };
    let left = rect.left_center() + vec2(12.0, 0.0);
    let words_width = words.size().x;
    let at = left - vec2(0.0, words.size().y / 2.0);
    ui.painter().galley_with_override_text_color(at, words, color);
    if let Some(badge) = badge {
        let corner = left + vec2(words_width + 8.0, -9.0);
        let behind = egui::Rect::from_min_size(corner, vec2(badge.size().x + 2.0 * BADGE_PADDING, 18.0));
        ui.painter().rect_filled(behind, CornerRadius::same(5), palette.raised);
        ui.painter().galley(behind.center() - badge.size() / 2.0, badge, palette.text);
    }
    if is_shown {
        let line = egui::Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        ui.painter().rect_filled(line, CornerRadius::ZERO, palette.accent);
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.5, palette.accent);
        let corners = CornerRadius::same(theme::CORNER_RADIUS);
        ui.painter().rect_stroke(rect.shrink2(vec2(2.0, 7.0)), corners, ring, egui::StrokeKind::Inside);
    }
    response.on_hover_text(key)
}

/// The buttons that fold the side panels away, each a small drawing of the window with its panel.
fn folding_ui(ui: &mut Ui, input: &TopBarInput<'_>, actions: &mut Vec<Action>) {
    let folding = input.folding;
    let beside = if input.screen == Screen::Compare { "profile" } else { "inspector" };
    let sides = [
        (folding.inspector, Align::Max, beside, "Ctrl+I", Action::FoldInspector),
        (folding.query, Align::Min, "query panel", "Ctrl+B", Action::FoldQuery),
    ];
    // The query stands beside the values alone.
    let shown = if input.screen == Screen::Explore { sides.len() } else { 1 };
    for (is_folded, side, panel, key, action) in sides.into_iter().take(shown) {
        let name = format!("{} {panel}", if is_folded { "Show" } else { "Hide" });
        let button = widgets::icon_button(ui, "", &name);
        let palette = theme::palette(ui);
        let color = if button.hovered() || button.has_focus() { palette.text } else { palette.muted };
        let window = egui::Rect::from_center_size(button.rect.center(), vec2(14.0, 12.0));
        let stroke = egui::Stroke::new(1.2, color);
        ui.painter().rect_stroke(window, 2.0, stroke, egui::StrokeKind::Inside);
        let mut strip = window.shrink(1.2);
        match side {
            Align::Max => strip.set_left(window.right() - 5.0),
            _ => strip.set_right(window.left() + 5.0),
        }
        if is_folded {
            let edge = if side == Align::Max { strip.left() } else { strip.right() };
            ui.painter().vline(edge, strip.y_range(), stroke);
        } else {
            ui.painter().rect_filled(strip, 0.0, color);
        }
        if button.on_hover_text(format!("{name} ({key})")).clicked() {
            actions.push(action);
        }
    }
}

fn theme_ui(ui: &mut Ui, light: bool, actions: &mut Vec<Action>) {
    let (glyph, name, next) = if light {
        (icon::MOON, "Dark theme", Theme::Dark)
    } else {
        (icon::SUN, "Light theme", Theme::Light)
    };
    if widgets::icon_button(ui, glyph, name).on_hover_text(format!("{name} (Ctrl+Shift+L)")).clicked() {
        actions.push(Action::SetTheme(next));
    }
}

fn profile_ui(ui: &mut Ui, input: &TopBarInput<'_>) -> Response {
    let palette = theme::palette(ui);
    let (label, value, color) = profile(input, palette);
    // The dot tells much of it where there is no room for words.
    let shown = if ui.available_width() < ROOM_FOR_PROFILE { "" } else { &value };
    let response = widgets::chip_button(ui, &format!("     {label}"), shown);
    let center = response.rect.left_center() + vec2(16.0, 0.0);
    ui.painter().circle_filled(center, 4.0, color);
    let told = if value.is_empty() { label } else { format!("{label}: {value}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    response.on_hover_text("Token and service (Ctrl+T)")
}

/// What the button says of service and token, and the colour of its dot.
fn profile(input: &TopBarInput<'_>, palette: &theme::Palette) -> (String, String, egui::Color32) {
    let words = |label: &str, value: String, color| (label.to_owned(), value, color);
    if *input.service == ServiceChoice::Sample {
        return words("Sample service", "no token needed".into(), palette.accent);
    }
    match input.token {
        TokenState::Unknown => words("Token", "looking…".into(), palette.faint),
        TokenState::Ready(info) | TokenState::KeyringFailed { session: Some(info), .. } => {
            ready(input, info, palette)
        }
        TokenState::Refused { before, .. } => match &**before {
            TokenState::Ready(info) => ready(input, info, palette),
            _ => words("No token", String::new(), palette.warning),
        },
        TokenState::Rejected { .. } => words("Token", "refused by the service".into(), palette.error),
        TokenState::KeyringFailed { session: None, .. } => {
            words("No token", "keyring".into(), palette.warning)
        }
        TokenState::None | TokenState::Sample => words("No token", String::new(), palette.warning),
    }
}

fn ready(
    input: &TopBarInput<'_>,
    info: &TokenInfo,
    palette: &theme::Palette,
) -> (String, String, egui::Color32) {
    let (value, color) = match info.expires {
        Some(at) if input.clock.has_passed(at) => ("ended".to_owned(), palette.error),
        Some(at) => (input.clock.left(at), palette.accent),
        None => ("ready".to_owned(), palette.accent),
    };
    ("Token".to_owned(), value, color)
}
