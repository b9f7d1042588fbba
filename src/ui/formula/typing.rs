//! The field of a formula, and the names that are offered below it.

use std::ops::Range;

use egui::{
    Area, Context, EventFilter, Frame, Id, Key, Label, Modifiers, Order, Response, RichText, ScrollArea,
    Stroke, TextEdit, Ui,
    text::{CCursor, CCursorRange},
    vec2,
};

use crate::{
    analysis::formula::{self, Completion, CompletionKind, Names},
    ui::theme::{self, palette},
};

const WIDTH: f32 = 340.0;
const HEIGHT: f32 = 220.0;

/// What is offered, and where the cursor was.
#[derive(Debug, Default)]
pub(super) struct Typing {
    offers: Vec<Completion>,
    chosen: usize,
    /// The text and the cursor, in bytes, that the offers are for.
    of: (String, usize),
    /// Whether arrows were used among the offers.
    was_moved: bool,
    /// Whether names are offered: after something was typed, until Esc or the cursor moves away.
    is_offering: bool,
    /// Where the cursor is to go, in characters.
    cursor: Option<usize>,
}

/// What was done in the field.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Enter was pressed and nothing was offered.
    pub(super) entered: bool,
}

impl Typing {
    /// At the end of a text that was written before.
    pub(super) fn behind(text: &str) -> Self {
        // No cursor stands there: the first look finds another one, and the same text.
        let of = (text.to_owned(), usize::MAX);
        Self { of, cursor: Some(text.chars().count()), ..Self::default() }
    }

    pub(super) fn has_offers(&self) -> bool {
        !self.offers.is_empty() && self.is_offering
    }

    /// Puts a text where the field's selection is, such as a name that was clicked.
    fn take(&mut self, text: &mut String, offer: &Completion) {
        let Range { start, end } = offer.replaces;
        if text.get(start..end).is_none() {
            return;
        }
        text.replace_range(start..end, &offer.text);
        let behind = start + offer.text.len();
        self.cursor = Some(text[..behind].chars().count());
        self.was_moved = false;
        self.chosen = 0;
    }

    fn refresh(&mut self, text: &str, cursor: usize, names: &Names) {
        if (self.of.0.as_str(), self.of.1) == (text, cursor) {
            return;
        }
        self.is_offering = self.of.0 != text;
        self.of = (text.to_owned(), cursor);
        (self.chosen, self.was_moved) = (0, false);
        self.offers = formula::complete(text, cursor, names);
        // What is there already needs no offer.
        let is_there = |offer: &Completion| text.get(offer.replaces.clone()) == Some(offer.text.as_str());
        if self.offers.first().is_some_and(is_there) {
            self.offers.clear();
        }
    }

    /// Whether Enter takes an offer: a name was begun, or one was chosen.
    fn enter_takes(&self) -> bool {
        self.was_moved || self.offers.first().is_some_and(|offer| !offer.replaces.is_empty())
    }

    /// The keys of the list, before the field sees them. Returns the offer that was taken.
    fn keys(&mut self, ctx: &Context) -> Option<Completion> {
        if !self.has_offers() {
            return None;
        }
        let enter_takes = self.enter_takes();
        let last = self.offers.len() - 1;
        let (down, up, tab, enter, escape) = ctx.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            let moves = (key(Key::ArrowDown), key(Key::ArrowUp));
            let takes = (key(Key::Tab), enter_takes && key(Key::Enter));
            (moves.0, moves.1, takes.0, takes.1, key(Key::Escape))
        });
        if down {
            self.chosen = if self.chosen == last { 0 } else { self.chosen + 1 };
        }
        if up {
            self.chosen = self.chosen.checked_sub(1).unwrap_or(last);
        }
        self.was_moved |= down || up;
        if escape {
            self.is_offering = false;
        }
        (tab || enter).then(|| self.offers[self.chosen].clone())
    }
}

/// The field. `wrong` are the bytes at fault.
pub(super) fn field_ui(
    ui: &mut Ui,
    id: Id,
    state: &mut Typing,
    text: &mut String,
    names: &Names,
    wrong: Option<&Range<usize>>,
) -> Typed {
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if has_focus && let Some(offer) = state.keys(ui.ctx()) {
        state.take(text, &offer);
    }
    if let Some(cursor) = state.cursor.take() {
        put_cursor(ui.ctx(), id, cursor);
    }
    let enter = has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let output = TextEdit::multiline(text)
        .id(id)
        .desired_rows(2)
        .desired_width(f32::INFINITY)
        .hint_text("60 * Kills / MinutesPlayed")
        .font(theme::body())
        .lock_focus(state.has_offers())
        .show(ui);
    let response = output.response.response;
    if state.has_offers() && response.has_focus() {
        // Esc sends the list away, and leaves the keyboard in the field.
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Formula"));
    if text.contains(['\n', '\r']) {
        *text = text.replace(['\n', '\r'], " ");
    }
    let at_end = text.chars().count();
    let cursor = output.cursor_range.map_or(at_end, |range| range.primary.index.0);
    state.refresh(text, byte_of(text, cursor), names);
    if let Some(wrong) = wrong {
        mark(ui, &output.galley, output.galley_pos, text, wrong);
    }
    if response.has_focus()
        && state.has_offers()
        && !text.is_empty()
        && let Some(offer) = offers_ui(ui, state, &response)
    {
        state.take(text, &offer);
        response.request_focus();
        ui.ctx().request_repaint();
    }
    Typed { entered: enter }
}

fn put_cursor(ctx: &Context, id: Id, at: usize) {
    let mut edit = TextEdit::load_state(ctx, id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
    TextEdit::store_state(ctx, id, edit);
}

/// The byte at which a character begins.
fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte)
}

/// A line under what is at fault; under the place where something is missing, a short one.
fn mark(ui: &Ui, galley: &egui::Galley, at: egui::Pos2, text: &str, wrong: &Range<usize>) {
    let character = |byte: usize| text.get(..byte).unwrap_or(text).chars().count();
    let (from, to) = (character(wrong.start), character(wrong.end));
    let corner = |index| galley.pos_from_cursor(CCursor::new(index)).translate(at.to_vec2());
    let stroke = Stroke::new(2.0, palette(ui).error);
    let mut start = corner(from);
    for index in from + 1..=to.max(from + 1) {
        let next = if to > from { corner(index) } else { start.translate(vec2(8.0, 0.0)) };
        // A word at a line's end goes on below.
        if next.bottom() == start.bottom() {
            ui.painter().hline(start.left()..=next.left(), start.bottom(), stroke);
        }
        start = next;
    }
}

/// The list below the field. Returns the offer that was clicked.
fn offers_ui(ui: &Ui, state: &Typing, field: &Response) -> Option<Completion> {
    let mut clicked = None;
    let colors = palette(ui);
    Area::new(field.id.with("offers"))
        .order(Order::Tooltip)
        .fixed_pos(field.rect.left_bottom() + vec2(0.0, 2.0))
        .constrain(true)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(WIDTH.min(field.rect.width().max(220.0)));
                ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 1.0;
                    ui.set_min_width(ui.available_width());
                    for (place, offer) in state.offers.iter().enumerate() {
                        let is_chosen = place == state.chosen;
                        let line = ui.selectable_label(is_chosen, line(ui, offer));
                        ui.ctx().accesskit_node_builder(line.id, |node| {
                            node.set_label(format!("{}: {}", offer.label, offer.detail));
                        });
                        if is_chosen && state.was_moved {
                            line.scroll_to_me(None);
                        }
                        if line.clicked() {
                            clicked = Some(offer.clone());
                        }
                    }
                });
                if let Some(offer) = state.offers.get(state.chosen) {
                    ui.separator();
                    let help = RichText::new(help(offer)).font(theme::small()).color(colors.muted);
                    ui.add(Label::new(help).wrap());
                }
            });
        });
    clicked
}

fn line(ui: &Ui, offer: &Completion) -> egui::text::LayoutJob {
    let colors = palette(ui);
    let mut job = egui::text::LayoutJob::default();
    let kind = match offer.kind {
        CompletionKind::Formula => "ƒ  ",
        CompletionKind::Stat | CompletionKind::Title => "",
        CompletionKind::Function => "ƒ( )  ",
    };
    let simple = |color| egui::TextFormat::simple(theme::body(), color);
    job.append(kind, 0.0, simple(colors.faint));
    job.append(&offer.label, 0.0, simple(colors.text));
    if offer.kind != CompletionKind::Function {
        job.append(&offer.detail, 10.0, egui::TextFormat::simple(theme::small(), colors.muted));
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width(WIDTH - 20.0);
    job
}

fn help(offer: &Completion) -> String {
    let what = match offer.kind {
        CompletionKind::Formula => "Another column with a formula",
        CompletionKind::Stat => "A stat",
        CompletionKind::Title => "A title: its stats are offered next",
        CompletionKind::Function => offer.detail.as_str(),
    };
    format!("{what}. Tab or Enter takes it")
}
