//! The panel: one stat and what is said of it, or a list to choose one from; the file below.

use egui::{Align2, Context, Key, Label, RichText, ScrollArea, Ui, Window, pos2};

use super::{
    form::{Form, FormInput, form_ui},
    state::Dictionary,
    stats,
};
use crate::{
    model::{Catalogue, Cell, Column, ColumnKey, Query, StatDictionary, StatTable},
    ui::{
        actions::Action,
        theme::{self, BAR_HEIGHT, TOP_BAR_HEIGHT, icon, palette},
        widgets,
    },
};

const WIDTH: f32 = 380.0;
/// What the bars of the window, the panel's own title and its file need above and below, in points.
const AROUND: f32 = 330.0;
const LEAST: f32 = 160.0;

/// What the panel shows.
pub(crate) struct DictionaryInput<'a> {
    pub(crate) dictionary: &'a Dictionary,
    /// What the team says.
    pub(crate) team: &'a StatDictionary,
    pub(crate) query: &'a Query,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) table: &'a StatTable,
}

/// What outlives a frame.
#[derive(Debug, Default)]
pub(crate) struct DictionaryPanel {
    is_open: bool,
    form: Option<Form>,
    search: String,
    /// Whether the keyboard has not come to the search yet.
    is_fresh: bool,
}

impl DictionaryPanel {
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows the panel with this stat, or with the list of all.
    pub(crate) fn open(&mut self, stat: Option<ColumnKey>) {
        self.is_open = true;
        self.form = stat.map(Form::new);
        self.is_fresh = true;
    }
}

/// The panel, when it is open.
pub(crate) fn dictionary_panel_ui(
    ctx: &Context,
    state: &mut DictionaryPanel,
    input: &DictionaryInput<'_>,
    actions: &mut Vec<Action>,
) {
    if !state.is_open {
        return;
    }
    let mut is_open = true;
    let room = ctx.content_rect().size();
    Window::new("Stat dictionary")
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .pivot(Align2::RIGHT_TOP)
        .default_pos(pos2(room.x - 12.0, TOP_BAR_HEIGHT + BAR_HEIGHT))
        .show(ctx, |ui| {
            ui.set_width(WIDTH.min(room.x - 40.0));
            let height = (room.y - AROUND).max(LEAST);
            // All of it is there from the first frame: nothing moves away under the pointer.
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .show(ui, |ui| content_ui(ui, state, input, actions));
            ui.add_space(8.0);
            ui.separator();
            file_ui(ui, input.dictionary, actions);
        });
    let escaped = ctx.memory(|memory| memory.focused().is_none())
        && !egui::Popup::is_any_open(ctx)
        && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
    // What is typed is said when the keyboard leaves the field: in the frame after this one.
    state.is_open = is_open && !escaped;
}

fn content_ui(
    ui: &mut Ui,
    state: &mut DictionaryPanel,
    input: &DictionaryInput<'_>,
    actions: &mut Vec<Action>,
) {
    let Some(form) = &mut state.form else {
        let known = stats::known(input.query, input.catalogue, input.dictionary.shown());
        let takes_keyboard = std::mem::take(&mut state.is_fresh);
        if let Some(key) = stats::stats_ui(ui, &mut state.search, takes_keyboard, &known) {
            state.form = Some(Form::new(key));
        }
        return;
    };
    let all = widgets::link_button(ui, "All stats").on_hover_text("Choose another stat");
    let dictionary = input.dictionary;
    let key = form.key.clone();
    let values = input.table.column_index(&key).map(|at| &input.table.columns()[at]);
    let title = stats::title_name(&key.scid, input.query, input.catalogue, dictionary.shown());
    let form_input = FormInput {
        title: &title,
        team: input.team.stat(&key).cloned().unwrap_or_default(),
        service: dictionary.service().stat(&key).cloned().unwrap_or_default(),
        traits: dictionary.shown().traits(&key, values.and_then(stat_type)),
        values,
        is_open: dictionary.trouble().is_none(),
    };
    if let Some(entry) = form_ui(ui, form, &form_input) {
        actions.push(Action::Describe(key.clone(), Box::new(entry)));
    }
    if input.team.stat(&key).is_some() {
        let forget = widgets::link_button(ui, "Forget what we say");
        if forget.on_hover_text("What the service says shows again. Ctrl+Z brings it back").clicked() {
            actions.push(Action::Describe(key, Box::default()));
        }
    }
    if all.clicked() {
        state.form = None;
        state.is_fresh = true;
    }
}

/// The type of the first value of a column.
fn stat_type(column: &Column) -> Option<&str> {
    (0..column.len()).find_map(|row| match column.cell(row) {
        Cell::Value(value) => Some(value.stat_type.as_str()),
        _ => None,
    })
}

/// Which file it is in, and what is wrong with that.
fn file_ui(ui: &mut Ui, dictionary: &Dictionary, actions: &mut Vec<Action>) {
    let colors = palette(ui);
    let Some(file) = dictionary.file() else {
        widgets::muted_label(ui, "Nothing is kept in this session: choose a file to keep what you say.");
        use_file_ui(ui, actions);
        return;
    };
    ui.horizontal(|ui| {
        widgets::muted_label(ui, "File");
        widgets::elided_label(ui, &file.display().to_string(), ui.available_width());
    });
    if let Some(trouble) = dictionary.trouble() {
        let words = RichText::new(format!("{} {trouble}.", icon::WARNING)).color(colors.error);
        ui.add(Label::new(words).wrap());
    }
    for warning in dictionary.warnings() {
        let words = RichText::new(format!("{warning}.")).font(theme::small()).color(colors.warning);
        ui.add(Label::new(words).wrap());
    }
    if dictionary.unwritten() > 0 && dictionary.trouble().is_some() {
        widgets::muted_label(ui, "What you said last is not in the file yet.");
    }
    ui.horizontal_wrapped(|ui| {
        use_file_ui(ui, actions);
        if dictionary.chosen().is_some() {
            let own = ui.button("Use own file");
            if own.on_hover_text("Use the one in the folder of Statlens again").clicked() {
                actions.push(Action::UseDictionary(None));
            }
        }
        if ui.button("Open folder").on_hover_text("Show the folder that the file is in").clicked() {
            actions.push(Action::OpenDictionaryFolder);
        }
        if ui.button("Read again").on_hover_text("Take in what others changed in the file").clicked() {
            actions.push(Action::ReadDictionary);
        }
    });
}

fn use_file_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    let button = ui.button("Use a file…");
    if button.on_hover_text("Use one that a team shares, such as in a git checkout").clicked() {
        actions.push(Action::AskDictionary);
    }
}
