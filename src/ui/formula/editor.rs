use std::sync::Arc;

use egui::{Align2, Context, Id, Key, Label, Modifiers, RichText, TextEdit, Ui, Window, pos2};

use super::{
    check::{Check, Line},
    columns::{with_column, without_column},
    typing::{self, Typing},
};
use crate::{
    analysis::formula::FormulaError,
    model::{DerivedColumn, Field, Query, StatDictionary, StatTable, ViewSettings},
    ui::{
        explore::FormulaStart,
        theme::{self, icon, palette},
        widgets,
    },
};

const WIDTH: f32 = 400.0;

/// What the editor looks at.
pub(crate) struct EditorInput<'a> {
    pub(crate) query: &'a Query,
    /// Another number whenever anything in the query changed.
    pub(crate) query_revision: u64,
    pub(crate) dictionary: &'a Arc<StatDictionary>,
    pub(crate) table: &'a Arc<StatTable>,
    /// Rows of the table in the order in which they are shown.
    pub(crate) order: &'a [u32],
}

/// The editor: closed, or with a column.
#[derive(Debug, Default)]
pub(crate) struct FormulaEditor {
    start: Option<FormulaStart>,
    edited: Option<Edited>,
}

/// The column that is made or changed.
#[derive(Debug, Default)]
struct Edited {
    /// What it was called; `None` for a new one.
    former: Option<String>,
    column: DerivedColumn,
    typing: Typing,
    check: Check,
    wants_focus: bool,
    /// Whether it was tried to take it as it is.
    was_tried: bool,
}

impl FormulaEditor {
    /// Shows the editor with this, when it is drawn next.
    pub(crate) fn open(&mut self, start: FormulaStart) {
        self.start = Some(start);
    }
}

impl Edited {
    fn new(start: &FormulaStart, input: &EditorInput<'_>) -> Self {
        let (former, column) = match start {
            FormulaStart::New(from) => (None, begun(from.as_ref(), input)),
            FormulaStart::Change(name) => {
                let known = input.query.view.derived.iter().find(|column| column.name == *name);
                (known.map(|known| known.name.clone()), known.cloned().unwrap_or_default())
            }
        };
        let typing = Typing::behind(&column.formula);
        Self { former, column, typing, wants_focus: true, ..Self::default() }
    }

    /// The column as it would be taken: without a name of its own it is called as its formula is.
    fn taken(&self) -> DerivedColumn {
        let formula = self.column.formula.trim().to_owned();
        let name = match self.column.name.trim() {
            "" => formula.clone(),
            name => name.to_owned(),
        };
        DerivedColumn { name, formula }
    }

    /// Why the name cannot be: a sentence without the final stop.
    fn name_trouble(&self, view: &ViewSettings) -> Option<&'static str> {
        let name = self.taken().name;
        let others = view.derived.iter().filter(|column| Some(&column.name) != self.former.as_ref());
        others.clone().any(|column| column.name == name).then_some("Another formula has this name")
    }

    fn error(&self) -> Option<&FormulaError> {
        self.check.error.as_ref().or(self.check.preview.error.as_ref())
    }
}

/// A formula that begins with a column.
fn begun(from: Option<&Field>, input: &EditorInput<'_>) -> DerivedColumn {
    let Some(field) = from else { return DerivedColumn::default() };
    let is_one_word = |name: &str| {
        name.chars().all(|c| c.is_alphanumeric() || c == '_')
            && name.starts_with(|c: char| c.is_alphabetic() || c == '_')
    };
    let bare = |name: &str| if is_one_word(name) { name.to_owned() } else { format!("[{name}]") };
    let same = |scid: Option<&crate::model::Scid>| {
        let titles = input.query.titles.iter().filter(|title| Some(&title.scid) != scid);
        titles.flat_map(|title| &title.stats).any(|stat| stat.as_str() == field.name())
    };
    let written = match field.stat() {
        // Several titles have a stat of the name: which one must be said.
        Some(key) if same(Some(&key.scid)) => {
            let title = input.query.title(&key.scid).map(|title| title.name.trim()).unwrap_or_default();
            let title = if title.is_empty() { key.scid.as_str() } else { title };
            format!("{}::{}", bare(title), bare(field.name()))
        }
        _ => bare(field.name()),
    };
    DerivedColumn { name: String::new(), formula: format!("{written} ") }
}

/// The editor, when it is open. Returns how to look at the table from now on.
pub(crate) fn formula_editor_ui(
    ctx: &Context,
    state: &mut FormulaEditor,
    input: &EditorInput<'_>,
) -> Option<ViewSettings> {
    if let Some(start) = state.start.take() {
        state.edited = Some(Edited::new(&start, input));
    }
    let edited = state.edited.as_mut()?;
    let taken = edited.taken();
    let former = edited.former.clone();
    edited.check.refresh(ctx, input, former.as_deref(), &taken);
    let mut is_open = true;
    let mut done = None;
    let room = ctx.content_rect();
    let title = if edited.former.is_some() { "Change column" } else { "New column" };
    Window::new(title)
        .id(Id::unique("formula editor"))
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .pivot(Align2::CENTER_TOP)
        .default_pos(pos2(room.center().x, room.top() + theme::TOP_BAR_HEIGHT + theme::BAR_HEIGHT + 12.0))
        .show(ctx, |ui| {
            ui.set_width(WIDTH.min(room.width() - 40.0));
            done = content_ui(ui, edited, input);
            others_ui(ui, edited.former.as_deref(), input, &mut state.start);
        });
    let escaped = !egui::Popup::is_any_open(ctx)
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if !is_open || escaped || matches!(done, Some(Done::Closed | Done::Changed(_))) {
        state.edited = None;
    }
    match done {
        Some(Done::Changed(view)) => Some(*view),
        _ => None,
    }
}

enum Done {
    Closed,
    Changed(Box<ViewSettings>),
}

fn formula_id() -> Id {
    Id::unique("the formula")
}

fn content_ui(ui: &mut Ui, edited: &mut Edited, input: &EditorInput<'_>) -> Option<Done> {
    let view = &input.query.view;
    let name_hint = edited.taken().formula;
    let name = TextEdit::singleline(&mut edited.column.name)
        .hint_text(if name_hint.is_empty() { "Name" } else { name_hint.as_str() })
        .desired_width(f32::INFINITY);
    let name = ui.add(name);
    ui.ctx().accesskit_node_builder(name.id, |node| node.set_label("Name of the column"));
    let entered_name = name.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if let Some(trouble) = edited.name_trouble(view) {
        ui.colored_label(palette(ui).warning, format!("{trouble}."));
    }
    ui.add_space(4.0);
    // In the pass that measures a new window nothing can have the keyboard.
    if ui.is_enabled() && std::mem::take(&mut edited.wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(formula_id()));
    }
    let wrong = edited.error().map(|error| error.span.clone());
    let is_typing = edited.typing.has_offers();
    let is_blank = edited.column.formula.trim().is_empty();
    let wrong = wrong.filter(|_| !is_blank && (!is_typing || edited.was_tried));
    let names = edited.check.names.clone();
    let typed = typing::field_ui(
        ui,
        formula_id(),
        &mut edited.typing,
        &mut edited.column.formula,
        &names,
        wrong.as_ref(),
    );
    error_ui(ui, edited);
    preview_ui(ui, &edited.check.preview.lines);
    ui.add_space(6.0);
    buttons_ui(ui, edited, view, typed.entered || entered_name)
}

/// What is wrong, in words, with what to write instead.
fn error_ui(ui: &mut Ui, edited: &mut Edited) {
    if edited.column.formula.trim().is_empty() {
        widgets::muted_label(
            ui,
            "Stats by name, + − * /, comparisons, and functions such as rank(Kills) or if(Kills > 10, 1, 0).",
        );
        return;
    }
    // While a name is still being typed it is no mistake yet.
    let Some(error) = edited.error().filter(|_| edited.was_tried || !edited.typing.has_offers()).cloned()
    else {
        return;
    };
    let stop = if error.message.ends_with('?') { "" } else { "." };
    let words = RichText::new(format!("Character {}: {}{stop}", error.column, error.message));
    ui.add(Label::new(words.color(palette(ui).error)).wrap());
    if let Some(replacement) = &error.replacement {
        let button = widgets::link_button(ui, &format!("Write {replacement}"));
        let text = &mut edited.column.formula;
        if button.on_hover_text("Put this in the place of what is marked").clicked()
            && text.get(error.span.clone()).is_some()
        {
            text.replace_range(error.span, replacement);
        }
    }
}

/// What the first players get.
fn preview_ui(ui: &mut Ui, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let colors = palette(ui);
    for line in lines {
        widgets::row_ui(
            ui,
            |ui| {
                widgets::elided_label(ui, &line.player, ui.available_width() * 0.4);
            },
            |ui| match &line.value {
                Ok(value) => {
                    ui.label(value);
                }
                Err(reason) => {
                    let words = RichText::new(reason).font(theme::small()).color(colors.muted);
                    ui.add(Label::new(words).truncate()).on_hover_text(format!("{reason}."));
                }
            },
        );
    }
}

fn buttons_ui(ui: &mut Ui, edited: &mut Edited, view: &ViewSettings, entered: bool) -> Option<Done> {
    let mut done = None;
    let label = if edited.former.is_some() { "Change column" } else { "Add column" };
    ui.horizontal(|ui| {
        let take = ui.button(label).on_hover_text("Enter").clicked() || entered;
        if take {
            edited.was_tried = true;
            let is_good = edited.error().is_none()
                && !edited.column.formula.trim().is_empty()
                && edited.name_trouble(view).is_none();
            if is_good {
                let view = with_column(view, edited.former.as_deref(), edited.taken());
                done = Some(Done::Changed(Box::new(view)));
            } else {
                edited.wants_focus = true;
            }
        }
        if let Some(former) = &edited.former
            && ui.button("Remove column").on_hover_text("Ctrl+Z brings it back").clicked()
        {
            done = Some(Done::Changed(Box::new(without_column(view, former))));
        }
        if ui.button("Cancel").on_hover_text("Esc").clicked() {
            done = Some(Done::Closed);
        }
    });
    done
}

/// The other formulas of the view, to go on with.
fn others_ui(ui: &mut Ui, former: Option<&str>, input: &EditorInput<'_>, start: &mut Option<FormulaStart>) {
    let others = || input.query.view.derived.iter().filter(|column| Some(column.name.as_str()) != former);
    if others().next().is_none() {
        return;
    }
    ui.separator();
    widgets::muted_label(ui, "Other formulas");
    for column in others() {
        widgets::row_ui(
            ui,
            |ui| {
                let words = format!("ƒ {}  {}", column.name, column.formula);
                widgets::elided_label(ui, &words, ui.available_width() - 30.0);
            },
            |ui| {
                let pencil =
                    widgets::icon_button(ui, icon::PENCIL_SIMPLE, &format!("Change {}", column.name));
                if pencil.on_hover_text("Change this formula").clicked() {
                    *start = Some(FormulaStart::Change(column.name.clone()));
                }
            },
        );
    }
}
