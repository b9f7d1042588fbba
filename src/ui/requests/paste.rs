//! A request pasted from elsewhere, to ask for the same in the query.

use egui::{Align, Event, Layout, Popup, PopupCloseBehavior, ScrollArea, TextEdit, Ui};

use super::{RequestsAction, words};
use crate::{
    formats::curl,
    model::holds_token,
    ui::{
        background::Background,
        theme::{self, palette},
        widgets::{action_chip, muted_label},
    },
};

const WIDTH: f32 = 420.0;
const BOX_HEIGHT: f32 = 150.0;
/// Longer texts are read beside the frame.
const READ_IN_FRAME: usize = 64 * 1024;
/// What stands where a token stood.
const NO_TOKEN: &str = "$XBL_TOKEN";
/// A word of so many letters and figures is a token.
const TOKEN_CHARS: usize = 200;

/// What is typed into the panel, and what it comes to.
#[derive(Default)]
pub(super) struct Paste {
    text: String,
    /// Another number with each change of the text.
    version: u64,
    reading: Background<u64, Verdict>,
    verdict: Option<(u64, Verdict)>,
}

/// What a text asks for, in words, or why it asks for nothing.
type Verdict = Result<String, String>;

impl Paste {
    /// What the text comes to, once it was read; beside the frame, since it may be long.
    fn verdict(&mut self, ctx: &egui::Context) -> Option<&Verdict> {
        if self.text.trim().is_empty() {
            return None;
        }
        if self.verdict.as_ref().is_none_or(|(version, _)| *version != self.version) {
            if self.text.len() <= READ_IN_FRAME {
                self.verdict = Some((self.version, verdict(&self.text)));
            } else {
                let text = self.text.clone();
                self.reading.request(ctx, self.version, move || verdict(&text));
                let read = self.reading.take(&self.version);
                self.verdict = read.map(|verdict| (self.version, verdict));
            }
        }
        self.verdict.as_ref().map(|(_, verdict)| verdict)
    }

    fn forget(&mut self) -> String {
        self.version += 1;
        std::mem::take(&mut self.text)
    }
}

fn verdict(text: &str) -> Verdict {
    let asked = curl::read(text).map_err(|error| format!("{error}."))?;
    let stats = asked.titles.iter().map(|(_, stats)| stats.len()).sum();
    let players = words::many(asked.players.len(), "player", "players");
    let stats = words::many(stats, "stat", "stats");
    let titles = words::many(asked.titles.len(), "title", "titles");
    let mut told = vec![format!("{players}, {stats} of {titles}.")];
    told.extend(asked.left_out.iter().map(|sentence| format!("{sentence}.")));
    Ok(told.join(" "))
}

/// The button with its panel.
pub(super) fn button_ui(ui: &mut Ui, state: &mut Paste, actions: &mut Vec<RequestsAction>) {
    let chip = action_chip(ui, "Paste a request", "")
        .on_hover_text("Ask in the query for what a cURL command or the body of a request asks for");
    let popup = Popup::from_toggle_button_response(&chip)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .layout(Layout::top_down(Align::Min))
        .accessible_name("Paste a request")
        .gap(4.0);
    popup.show(|ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 40.0));
        ui.label(egui::RichText::new("Paste a request").font(theme::semibold()));
        muted_label(
            ui,
            "A cURL command, or the body of a request to /batch. Its players and stats fill the query; its \
             token is not taken.",
        );
        ui.add_space(4.0);
        box_ui(ui, state);
        ui.add_space(4.0);
        let colors = palette(ui);
        let verdict = state.verdict(ui.ctx()).cloned();
        match &verdict {
            Some(Ok(told)) => ui.label(told),
            Some(Err(why)) => ui.label(egui::RichText::new(why).color(colors.warning)),
            None => muted_label(ui, "Nothing pasted yet."),
        };
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let fits = matches!(verdict, Some(Ok(_)));
            let fill = ui.add_enabled(fits, |ui: &mut Ui| action_chip(ui, "Fill the query", ""));
            if fill.on_hover_text("Adds these players and stats to the query").clicked() {
                actions.push(RequestsAction::FillQuery(state.forget()));
                ui.close();
            }
            if action_chip(ui, "Cancel", "").on_hover_text("Close without a change (Esc)").clicked() {
                ui.close();
            }
        });
    });
}

fn box_ui(ui: &mut Ui, state: &mut Paste) {
    let id = egui::Id::unique("pasted request");
    if ui.memory(|memory| memory.has_focus(id)) {
        hide_tokens(ui);
    }
    ScrollArea::vertical().max_height(BOX_HEIGHT).show(ui, |ui| {
        let field = TextEdit::multiline(&mut state.text)
            .id(id)
            .font(egui::TextStyle::Monospace)
            .desired_rows(8)
            .desired_width(f32::INFINITY)
            .hint_text(
                "curl -X POST https://userstats.xboxlive.com/batch … --data '{\"requestedusers\": …}'",
            );
        let response = ui.add(field);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Request to take over"));
        if response.changed() {
            state.version += 1;
        }
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
    });
    if holds_token(&state.text) {
        // Typed, not pasted: it must not stay either.
        state.text = without_tokens(&state.text);
        state.version += 1;
    }
}

/// Takes tokens out of what is pasted, before the field and its undo history see them.
fn hide_tokens(ui: &Ui) {
    ui.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Paste(text) = event
                && holds_token(text)
            {
                *text = without_tokens(text);
            }
        }
    });
}

/// The text with [`NO_TOKEN`] in place of each token.
fn without_tokens(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.to_ascii_lowercase().find("xbl3.0") {
        clean.push_str(&rest[..at]);
        clean.push_str(NO_TOKEN);
        let token = &rest[at..];
        let end = token.find(['"', '\'', '\n', '\r']).unwrap_or(token.len());
        rest = &token[end..];
    }
    clean.push_str(rest);
    without_long_words(&clean)
}

/// The text with [`NO_TOKEN`] in place of words that are as long as only tokens are.
fn without_long_words(text: &str) -> String {
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=' | '.');
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c| !in_word(c)) {
        let word = piece.trim_end_matches(|c| !in_word(c));
        if word.len() >= TOKEN_CHARS && word.contains(|c: char| c.is_ascii_digit()) {
            clean.push_str(NO_TOKEN);
            clean.push_str(&piece[word.len()..]);
        } else {
            clean.push_str(piece);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_taken_out_and_all_else_stays() {
        let command = "curl -H 'Authorization: XBL3.0 x=12;abc.def' -H \"x: y\" --data '{\"a\":1}'";
        let clean = without_tokens(command);
        assert_eq!(clean, "curl -H 'Authorization: $XBL_TOKEN' -H \"x: y\" --data '{\"a\":1}'");
        let bare = format!("Authorization: {}\n{{}}", "eyJ0.a1".repeat(60));
        assert_eq!(without_tokens(&bare), "Authorization: $XBL_TOKEN\n{}");
        assert!(!holds_token(&without_tokens(&format!("xbl3.0 x=1;a XBL3.0 x=2;b {bare}"))));
        let body = r#"{"requestedusers":["2533274792693551"]}"#;
        assert_eq!(without_tokens(body), body);
    }
}
