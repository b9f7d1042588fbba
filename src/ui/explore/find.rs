//! Finding in the grid: a text in names and values, which hides nothing.

use egui::{Context, Id, Key, Margin, Modifiers, TextEdit, Ui};

use super::{
    Explore, ExploreAction,
    controls::{Same, Sight},
    digest::INLINE_CELLS,
};
use crate::{
    analysis::{
        Stop, View, display,
        view::{Hit, Hits},
    },
    ui::{
        background::Background,
        theme::{self, icon, palette},
        widgets::{self, grid},
    },
};

/// What is looked for in the grid, and what was found.
#[derive(Debug, Default)]
pub(super) struct Finder {
    text: String,
    /// What the hits were found in, and by which text.
    of: Option<(Same, String)>,
    hits: Hits,
    current: Option<Hit>,
    job: Background<(Same, String), Hits>,
    /// Stops the search under way when it is not wanted any more.
    stop: Stop,
    wants_focus: bool,
    /// Whether the text was typed since the last hit was gone to: then the first is gone to.
    is_fresh: bool,
}

impl Finder {
    /// What was found in the view that is on screen; `None` while nothing is looked for.
    pub(super) fn hits(&self) -> Option<&Hits> {
        (!self.hits.all().is_empty()).then_some(&self.hits)
    }

    /// The one of them that was gone to last.
    pub(super) fn current(&self) -> Option<Hit> {
        self.current
    }

    /// Puts the keyboard into the box: Ctrl+F.
    pub(super) fn open(&mut self) {
        self.wants_focus = true;
    }

    fn clear(&mut self) {
        self.text.clear();
        self.forget();
    }

    fn forget(&mut self) {
        self.stop.stop();
        (self.of, self.hits, self.current) = (None, Hits::default(), None);
    }

    /// Looks again when the view or the text changed. What was found before stays until then.
    fn refresh(&mut self, ctx: &Context, view: &View) {
        let text = self.text.trim().to_owned();
        if text.is_empty() {
            if self.of.is_some() {
                self.forget();
            }
            return;
        }
        let key = (Same(view.clone()), text);
        if self.of.as_ref() == Some(&key) {
            return;
        }
        let cells = view.order().len().saturating_mul(view.columns().len() + 1);
        if cells <= INLINE_CELLS {
            let found = view.find(&key.1, &Stop::default()).unwrap_or_default();
            return self.put(key, found);
        }
        if let Some(found) = self.job.take(&key) {
            return self.put(key, found);
        }
        if !self.job.is_for(|wanted| *wanted == key) {
            self.stop.stop();
            self.stop = Stop::default();
            let (view, text, stop) = (view.clone(), key.1.clone(), self.stop.clone());
            self.job.request(ctx, key, move || view.find(&text, &stop).unwrap_or_default());
        }
    }

    fn put(&mut self, key: (Same, String), found: Hits) {
        let is_same_view = self.of.as_ref().is_some_and(|(view, _)| *view == key.0);
        // In another view the same place is another cell.
        self.current = self.current.filter(|hit| is_same_view && found.contains(*hit));
        (self.of, self.hits) = (Some(key), found);
    }

    /// How many there are, and which of them was gone to.
    fn count(&self) -> String {
        if self.text.trim().is_empty() {
            return String::new();
        }
        if self.of.as_ref().is_none_or(|(_, text)| text != self.text.trim()) {
            return "…".to_owned();
        }
        let all = self.hits.all();
        let more = if self.hits.more { "+" } else { "" };
        let many = display::count(all.len());
        match self.current.and_then(|hit| all.binary_search(&hit).ok()) {
            _ if all.is_empty() => "none".to_owned(),
            Some(place) => format!("{} of {many}{more}", display::count(place + 1)),
            None => format!("{many}{more}"),
        }
    }
}

/// The id of the box.
fn id() -> Id {
    Id::unique("find in grid")
}

/// The keys that find, wherever the keyboard is on the screen.
pub(super) fn keys(ui: &Ui, state: &mut Explore, view: Option<&View>, actions: &mut Vec<ExploreAction>) {
    let (open, back, on) = ui.input_mut(|input| {
        let open = input.consume_key(Modifiers::COMMAND, Key::F);
        let back = input.consume_key(Modifiers::SHIFT, Key::F3);
        (open, back, input.consume_key(Modifiers::NONE, Key::F3))
    });
    if open {
        // What is found is marked in the grid.
        state.is_chart_alone = false;
        state.finder.open();
    }
    if (on || back)
        && let Some(view) = view
    {
        go(state, view, back, actions);
    }
}

/// The box, with what was found in it and the buttons that go through it. From the right.
pub(super) fn find_ui(
    ui: &mut Ui,
    state: &mut Explore,
    sight: Sight<'_>,
    width: f32,
    actions: &mut Vec<ExploreAction>,
) {
    if let Some(view) = sight.view {
        state.finder.refresh(ui.ctx(), view);
    }
    let is_used = !state.finder.text.is_empty();
    if is_used && let Some(view) = sight.view {
        ui.spacing_mut().item_spacing.x = 2.0;
        let next = widgets::icon_button(ui, icon::ARROW_DOWN, "Next hit").on_hover_text("Next (Enter, F3)");
        let before = widgets::icon_button(ui, icon::ARROW_UP, "Previous hit");
        let before = before.on_hover_text("Previous (Shift+Enter, Shift+F3)");
        if next.clicked() || before.clicked() {
            go(state, view, before.clicked(), actions);
        }
        let count = state.finder.count();
        let color = if count == "none" { palette(ui).warning } else { palette(ui).muted };
        let words = ui.label(egui::RichText::new(&count).font(theme::small()).color(color));
        ui.ctx().accesskit_node_builder(words.id, |node| node.set_value(format!("Found: {count}")));
        ui.add_space(4.0);
    }
    box_ui(ui, state, sight, width, actions);
}

/// How much room the count and the buttons take beside the box, while something is looked for.
pub(super) fn room_beside(finder: &Finder) -> f32 {
    if finder.text.is_empty() { 0.0 } else { 120.0 }
}

fn box_ui(ui: &mut Ui, state: &mut Explore, sight: Sight<'_>, width: f32, actions: &mut Vec<ExploreAction>) {
    let id = id();
    if std::mem::take(&mut state.finder.wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
        select_all(ui, id, state.finder.text.chars().count());
    }
    let (mut on, mut back, mut left) = (false, false, false);
    // Esc has taken the keyboard from the field already when it comes here.
    if ui.memory(|memory| memory.has_focus(id) || memory.had_focus_last_frame(id)) {
        ui.input_mut(|input| {
            back = input.consume_key(Modifiers::SHIFT, Key::Enter);
            on = input.consume_key(Modifiers::NONE, Key::Enter);
            left = input.consume_key(Modifiers::NONE, Key::Escape);
        });
    }
    if left {
        state.finder.clear();
        ui.request_repaint();
    }
    let field = TextEdit::singleline(&mut state.finder.text)
        .id(id)
        .hint_text(format!("{} Find in grid", icon::MAGNIFYING_GLASS))
        .desired_width(width - 16.0)
        .margin(Margin::symmetric(8, 5));
    let response = ui.add(field).on_hover_text(
        "Find in names and values (Ctrl+F). Enter goes to the next, Shift+Enter to the one before, Esc ends it. \
         Columns are found by Ctrl+Shift+F",
    );
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find in grid"));
    let Some(view) = sight.view else { return };
    if response.changed() {
        state.finder.is_fresh = true;
        // What was typed is looked for at once where that is quick, so that the count is not late.
        state.finder.refresh(ui.ctx(), view);
    }
    if std::mem::take(&mut state.finder.is_fresh) {
        if state.finder.of.as_ref().is_some_and(|(_, text)| text == state.finder.text.trim()) {
            state.finder.current = None;
            go(state, view, false, actions);
        } else {
            state.finder.is_fresh = !state.finder.text.trim().is_empty();
        }
        ui.request_repaint();
    }
    if on || back {
        go(state, view, back, actions);
    }
    if left {
        ui.memory_mut(|memory| memory.request_focus(grid::id(ui)));
    }
}

fn select_all(ui: &Ui, id: Id, length: usize) {
    let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), id) else { return };
    let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(length));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

/// Goes to the next hit, or to the one before, and opens the header that hides it.
fn go(state: &mut Explore, view: &View, back: bool, actions: &mut Vec<ExploreAction>) {
    let finder = &mut state.finder;
    let here = finder.current;
    let found = if back { finder.hits.previous(here) } else { finder.hits.next(here) };
    let Some((_, hit)) = found else { return };
    finder.current = Some(hit);
    let Some(row) = view.order().get(hit.place as usize).copied() else { return };
    if view.line_of(row).is_none() {
        actions.extend(opened(view, hit.place as usize));
    }
    state.reveal(row, hit.column.map(|column| column as usize));
}

/// The action that shows the rows of the group in which a place is.
fn opened(view: &View, place: usize) -> Option<ExploreAction> {
    let group = view.groups().iter().find(|group| group.rows.contains(&place))?;
    super::controls::changed(&view.input().settings, |settings| {
        if let Some(grouping) = &mut settings.grouping {
            match &group.label {
                Some(label) => grouping.collapsed.retain(|other| other != label),
                None => grouping.rest_collapsed = false,
            }
        }
    })
}
