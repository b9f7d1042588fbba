//! What is said of one stat, to be changed.

use std::borrow::Cow;

use egui::{Grid, Label, RichText, TextEdit, Ui};

use super::{
    choices::{self, Said},
    draft::{Draft, Field},
};
use crate::{
    analysis::{Figure, FigureFormat},
    model::{Cell, Column, ColumnKey, StatEntry, StatTraits},
    ui::{
        theme::{self, palette},
        widgets,
    },
};

/// The value that shows the format where none was fetched.
const EXAMPLE: u32 = 12_480;

/// The form while it is filled in.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) key: ColumnKey,
    draft: Draft,
    /// The word that the draft was made of.
    of: Option<(StatEntry, StatTraits)>,
    /// The field that the keyboard was in.
    typing: Option<Field>,
    wants_focus: bool,
}

/// What the form shows.
pub(super) struct FormInput<'a> {
    pub(super) title: &'a str,
    /// What the team says.
    pub(super) team: StatEntry,
    /// What the service says.
    pub(super) service: StatEntry,
    /// What holds in all.
    pub(super) traits: StatTraits,
    /// The values that were fetched, for an example.
    pub(super) values: Option<&'a Column>,
    /// Whether anything can be changed.
    pub(super) is_open: bool,
}

impl Form {
    pub(super) fn new(key: ColumnKey) -> Self {
        Self { key, draft: Draft::default(), of: None, typing: None, wants_focus: true }
    }

    /// Takes up what is said now, but for the field that is being typed in.
    fn refresh(&mut self, input: &FormInput<'_>) {
        let is_same =
            |(team, traits): &(StatEntry, StatTraits)| *team == input.team && *traits == input.traits;
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        let mut draft = Draft::of(&input.team, &input.traits);
        if let Some(field) = self.typing {
            self.draft.text(field).clone_into(draft.text_mut(field));
        }
        (self.draft, self.of) = (draft, Some((input.team.clone(), input.traits.clone())));
    }
}

/// The form. Returns what the team says from now on.
pub(super) fn form_ui(ui: &mut Ui, form: &mut Form, input: &FormInput<'_>) -> Option<StatEntry> {
    form.refresh(input);
    widgets::section_header(ui, &input.traits.name, input.title);
    let about = format!("{} in {}", form.key.stat, form.key.scid);
    ui.add(Label::new(RichText::new(about).font(theme::small()).color(palette(ui).muted)).wrap());
    ui.add_space(6.0);
    let mut said = None;
    ui.add_enabled_ui(input.is_open, |ui| {
        Grid::new("stat").num_columns(2).spacing([10.0, 8.0]).show(ui, |ui| {
            said = lines_ui(ui, form, input);
        });
    });
    said
}

fn lines_ui(ui: &mut Ui, form: &mut Form, input: &FormInput<'_>) -> Option<StatEntry> {
    let mut said = None;
    let mut typed = |ui: &mut Ui, form: &mut Form, field| {
        if let Some(entry) = typed_ui(ui, form, input, field) {
            said = Some(entry);
        }
    };
    for field in [Field::Name, Field::Description, Field::Unit] {
        typed(ui, form, field);
    }
    let mut chosen = None;
    let mut choose = |change: &dyn Fn(&mut StatEntry)| {
        let mut entry = input.team.clone();
        change(&mut entry);
        chosen = Some(entry);
    };
    let (team, service) = (&input.team, &input.service);
    line_ui(ui, "Written as", |ui| {
        ui.vertical(|ui| {
            let otherwise = if team.format.is_none() { input.traits.format } else { service.format };
            if let Some(Said(format)) = choices::format_ui(ui, team.format, otherwise) {
                choose(&|entry| entry.format = format);
            }
            example_ui(ui, input);
        });
    });
    line_ui(ui, "Good", |ui| {
        if let Some(Said(better)) = choices::better_ui(ui, team.better, service.better) {
            choose(&|entry| entry.better = better);
        }
    });
    line_ui(ui, "Over time", |ui| {
        if let Some(Said(grows)) = choices::yes_no_ui(ui, "Only grows", team.only_grows, service.only_grows) {
            choose(&|entry| entry.only_grows = grows);
        }
    });
    line_ui(ui, "In checks", |ui| {
        let ignored = choices::yes_no_ui(ui, "Ignore", team.ignore_in_checks, service.ignore_in_checks);
        if let Some(Said(ignored)) = ignored {
            choose(&|entry| entry.ignore_in_checks = ignored);
        }
    });
    let mut bounds = None;
    for field in [Field::Least, Field::Greatest, Field::LargestChange] {
        if let Some(entry) = typed_ui(ui, form, input, field) {
            bounds = Some(entry);
        }
    }
    chosen.or(said).or(bounds)
}

fn line_ui(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui)) {
    widgets::muted_label(ui, label);
    content(ui);
    ui.end_row();
}

fn label(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Name => ("Name", "What to call it, instead of its name on the wire"),
        Field::Description => ("Description", "What it measures, in a sentence or two"),
        Field::Unit => ("Unit", "What it counts, such as km. Stands behind values"),
        Field::Least => ("Least possible", "Values below are flagged"),
        Field::Greatest => ("Greatest possible", "Values above are flagged"),
        Field::LargestChange => {
            ("Largest change", "In one play session, up or down. Values that change by more are flagged")
        }
    }
}

/// A field that is typed in. Said when the keyboard leaves it.
fn typed_ui(ui: &mut Ui, form: &mut Form, input: &FormInput<'_>, field: Field) -> Option<StatEntry> {
    let (name, hint) = label(field);
    let placeholder = match field {
        Field::Name => Cow::Borrowed(input.service.name.as_deref().unwrap_or(form.key.stat.as_str())),
        _ => Cow::Borrowed("Not said"),
    };
    let mut left = false;
    let mut wrong = None;
    line_ui(ui, name, |ui| {
        ui.vertical(|ui| {
            let text = form.draft.text_mut(field);
            let edit = match field {
                Field::Description => TextEdit::multiline(text).desired_rows(2),
                _ => TextEdit::singleline(text),
            };
            let edit = ui.add(edit.hint_text(placeholder.as_ref()).desired_width(f32::INFINITY));
            ui.ctx().accesskit_node_builder(edit.id, |node| node.set_label(name));
            // In the pass that measures a new window nothing can have the keyboard.
            if field == Field::Name && ui.is_enabled() && std::mem::take(&mut form.wants_focus) {
                edit.request_focus();
            }
            if edit.has_focus() {
                form.typing = Some(field);
            } else if form.typing == Some(field) {
                form.typing = None;
                left = true;
            }
            edit.on_hover_text(hint);
            wrong = form.draft.read(field, &input.team, &input.traits).err();
            if let Some(wrong) = &wrong {
                ui.add(Label::new(RichText::new(format!("{wrong}.")).color(palette(ui).warning)).wrap());
            }
        });
    });
    if !left || wrong.is_some() {
        return None;
    }
    let entry = form.draft.read(field, &input.team, &input.traits).ok()?;
    (entry != input.team).then_some(entry)
}

/// How a value looks that was fetched, or one that might be.
fn example_ui(ui: &mut Ui, input: &FormInput<'_>) {
    let format = FigureFormat::new(&input.traits);
    let fetched = input.values.and_then(|column| {
        (0..column.len()).find_map(|row| match column.cell(row) {
            Cell::Value(value) => Some((value.text.to_owned(), format.value(&value).into_owned())),
            _ => None,
        })
    });
    let (sent, shown) =
        fetched.unwrap_or_else(|| (EXAMPLE.to_string(), format.figure(Figure::Int(EXAMPLE.into()))));
    let example = format!("{sent} is written {}", format.with_unit(shown));
    let words = RichText::new(example).font(theme::small()).color(palette(ui).muted);
    ui.add(Label::new(words).wrap());
}
