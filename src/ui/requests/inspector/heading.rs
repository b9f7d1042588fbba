use std::sync::Arc;

use egui::{Align, CornerRadius, Frame, Layout, Margin, RichText, Stroke, Ui};

use super::{Inspection, tabs::Tab};
use crate::{
    formats::curl,
    model::{Exchange, ExchangeState, Remedy, UnixMillis, WaitReason},
    ui::{
        requests::{
            RequestsAction,
            outcome::{self, Outcome},
            tally, words,
        },
        theme::{self, CORNER_RADIUS, HAIRLINE, palette},
        widgets::{action_chip, elided_label, muted_label},
    },
};

/// Which request it is, what became of it, and what can be done with it.
pub(super) fn heading_ui(
    ui: &mut Ui,
    inspection: &mut Inspection,
    exchange: &Arc<Exchange>,
    now: UnixMillis,
    actions: &mut Vec<RequestsAction>,
) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            badge_ui(ui, exchange);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| title_ui(ui, exchange));
        });
    });
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(8.0, 6.0);
        let curl = action_chip(ui, "Copy as cURL", "token hidden");
        if curl.on_hover_text("A command that sends the same; $XBL_TOKEN stands for the token").clicked() {
            actions.push(RequestsAction::Copy(curl::write(exchange), "a cURL command"));
        }
        copy_body_ui(ui, inspection, exchange, actions);
        retry_ui(ui, exchange, now, actions);
    });
}

fn title_ui(ui: &mut Ui, exchange: &Exchange) {
    let title = format!("{} · {}", exchange.id.0, exchange.title);
    let room = ui.available_width();
    let galley = ui.painter().layout_no_wrap(title.clone(), theme::semibold(), palette(ui).text);
    if galley.size().x <= room {
        ui.label(RichText::new(&title).font(theme::semibold()));
    } else {
        elided_label(ui, &title, room);
        return;
    }
    let host = host(&exchange.sent.url);
    let left = room - galley.size().x - 16.0;
    let words = ui.painter().layout_no_wrap(host.to_owned(), theme::body(), palette(ui).muted);
    if words.size().x <= left {
        muted_label(ui, host);
    }
}

/// The host of an address, with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn badge_ui(ui: &mut Ui, exchange: &Exchange) {
    let colors = palette(ui);
    let outcome = Outcome::of(exchange);
    let passed = matches!(outcome, Outcome::Good(_)) && tally::is_retried(exchange);
    let color = if passed { colors.warning } else { outcome.color(colors) };
    Frame::new()
        .fill(colors.raised)
        .stroke(Stroke::new(HAIRLINE, colors.line))
        .corner_radius(CornerRadius::same(CORNER_RADIUS))
        .inner_margin(Margin::symmetric(10, 3))
        .show(ui, |ui| {
            ui.label(RichText::new(outcome::course(exchange)).font(theme::semibold()).color(color))
                .on_hover_text("The answers that it got, in order");
        });
}

/// Copies the body that the open tab is about: what was sent, or what came back.
fn copy_body_ui(
    ui: &mut Ui,
    inspection: &mut Inspection,
    exchange: &Arc<Exchange>,
    actions: &mut Vec<RequestsAction>,
) {
    let attempt = inspection.attempt(exchange).filter(|_| inspection.tab != Tab::Sent);
    let copy = super::body::Copy::of(exchange, attempt);
    let label = if attempt.is_some() { "answer" } else { "sent" };
    let chip = ui.add_enabled(copy.is_some(), |ui: &mut Ui| action_chip(ui, "Copy body", label));
    let hint = match attempt {
        Some(_) => "Copy the body of the answer as it came",
        None => "Copy the body as it was sent",
    };
    let why_not = "There is no body, it is no longer kept, or it is too large for the clipboard";
    if chip.on_hover_text(hint).on_disabled_hover_text(why_not).clicked()
        && let Some(copy) = copy
    {
        actions.extend(inspection.body.copy(ui.ctx(), exchange.id, copy));
    }
}

fn retry_ui(ui: &mut Ui, exchange: &Exchange, now: UnixMillis, actions: &mut Vec<RequestsAction>) {
    let ExchangeState::Waiting { why, until } = &exchange.state else { return };
    let can_end = matches!(why, WaitReason::AsTold | WaitReason::BackOff | WaitReason::Network);
    let left = until.filter(|until| *until > now).map(|until| words::countdown(now, until));
    let detail = left.map(|left| format!("in {left}")).unwrap_or_default();
    let chip = ui.add_enabled(can_end, |ui: &mut Ui| action_chip(ui, "Retry now", &detail));
    let chip = chip.on_hover_text("End all pauses: of this request and of others").on_disabled_hover_text(
        match why {
            WaitReason::Token => "It goes on with the next token that you give",
            WaitReason::Turn => "It goes on by itself when another request has ended",
            _ => "A rate limit cannot be passed by: it goes on by itself",
        },
    );
    if chip.clicked() {
        actions.push(RequestsAction::RetryNow);
    }
}

/// The button that does what mends a failure.
pub(super) fn remedy_ui(ui: &mut Ui, exchange: &Exchange, actions: &mut Vec<RequestsAction>) {
    let failure = match &exchange.state {
        ExchangeState::Failed(failure) => Some(failure),
        ExchangeState::Done if tally::is_failed(exchange) => {
            exchange.last().and_then(|last| last.failure.as_ref())
        }
        _ => None,
    };
    let Some(failure) = failure else { return };
    let (label, hint) = match failure.remedy {
        Remedy::Retry => ("Retry failed", "Ask again for all that failed"),
        Remedy::NewToken => ("Give a new token", "Open the token panel"),
        Remedy::EditPlayers => ("Edit players", "Go to the players list"),
        Remedy::EditStats => ("Edit stats", "Go to titles and stats"),
        Remedy::None => return,
    };
    ui.add_space(4.0);
    if action_chip(ui, label, "").on_hover_text(hint).clicked() {
        actions.push(RequestsAction::Remedy(failure.remedy));
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_host_is_cut_out_of_an_address() {
        assert_eq!(host("https://userstats.xboxlive.com/batch?a=b"), "userstats.xboxlive.com");
        assert_eq!(host("http://127.0.0.1:4012"), "127.0.0.1:4012");
        assert_eq!(host("nonsense"), "nonsense");
    }
}
