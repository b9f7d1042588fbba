//! The popup in which a filter is made or changed.

use egui::{Id, Key, Popup, PopupAnchor, PopupCloseBehavior, Rect, SetOpenCommand, Ui};

use super::{
    At, Draft, Filters, Kind, Subject, TestDraft, Wrong,
    facets::{self, Facets},
};
use crate::{
    analysis::FigureFormat,
    model::{DateForm, Filter, HeldBy, ValueFormat},
    ui::{
        explore::{
            ExploreAction,
            controls::{
                Sight,
                fields::FieldLook,
                parts,
                picker::{Search, picker_ui},
            },
        },
        theme, widgets,
    },
};

const WIDTH: f32 = 320.0;

/// What is typed in the popup.
#[derive(Debug)]
pub(super) struct Editor {
    /// `None` until it is chosen what the filter is about.
    draft: Option<Draft>,
    /// Which filter is changed; `None` for a new one.
    place: Option<usize>,
    /// What the popup stands below.
    anchor: Rect,
    /// Whether it was not shown yet.
    is_new: bool,
    /// Whether the keyboard is to be put into its first field.
    wants_focus: bool,
    /// Whether it was tried to be applied: then also what is still empty is wrong.
    was_tried: bool,
    search: Search,
}

impl Editor {
    pub(super) fn new(draft: Option<Draft>, place: Option<usize>, anchor: Rect) -> Self {
        Self {
            draft,
            place,
            anchor,
            is_new: true,
            wants_focus: true,
            was_tried: false,
            search: Search::begun(),
        }
    }
}

/// Shows the popup, when it is open. Takes it away once it is done with.
pub(in crate::ui::explore) fn editor_ui(
    ui: &Ui,
    state: &mut Filters,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let Filters { editor: open, facets } = state;
    let Some(editor) = open else { return };
    let first = std::mem::take(&mut editor.is_new);
    let anchor = PopupAnchor::ParentRect(editor.anchor);
    let shown = Popup::new(Id::unique("filter editor"), ui.ctx().clone(), anchor, ui.layer_id())
        .accessible_name("Filter")
        .gap(4.0)
        .open_memory(first.then_some(SetOpenCommand::Bool(true)))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(WIDTH)
        .show(|ui| {
            ui.set_width(WIDTH);
            content_ui(ui, editor, facets, sight, actions)
        });
    if shown.is_none_or(|shown| shown.inner) {
        *open = None;
        Popup::close_id(ui.ctx(), Id::unique("filter editor"));
    }
}

/// Returns whether it is done with.
fn content_ui(
    ui: &mut Ui,
    editor: &mut Editor,
    facets: &mut Facets,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) -> bool {
    let Some(draft) = &mut editor.draft else {
        let chosen = subject_ui(ui, &mut editor.search, sight);
        if let Some(subject) = chosen {
            facets.reset();
            editor.draft = Some(Draft::new(subject, sight.fields));
            editor.wants_focus = true;
            ui.request_repaint();
        }
        return false;
    };
    let is_known = heading_ui(ui, draft, sight);
    let mut entered = false;
    let wants_focus = std::mem::take(&mut editor.wants_focus);
    let found = draft.read(sight.fields);
    let wrong =
        found.as_ref().err().filter(|wrong| editor.was_tried || !draft.test.is_blank(wrong.at)).cloned();
    match draft.subject.clone() {
        Subject::Groups => groups_ui(ui, draft, facets, sight),
        subject => {
            let column = match &subject {
                Subject::Column(field) => Some(field),
                Subject::Player | Subject::Groups => None,
            };
            let kinds = draft.kinds(sight.fields);
            let format = draft.format(sight.fields);
            let input = TestInput { kinds: &kinds, format: &format, wrong: wrong.as_ref(), wants_focus };
            let output = test_ui(ui, &mut draft.test, &input);
            entered = output.entered;
            if output.is_other_kind {
                editor.wants_focus = true;
                ui.request_repaint();
            }
            if draft.test.kind == Kind::OneOf
                && let Some(field) = column
            {
                facets::facets_ui(ui, facets, sight.view, field, &mut draft.test.ticked);
            }
        }
    }
    if let Some(wrong) = wrong.filter(|wrong| wrong.at == At::List) {
        parts::wrong_ui(ui, &format!("{}.", wrong.words));
    }
    ui.add_space(2.0);
    let mut is_done = false;
    ui.horizontal(|ui| {
        let label = if editor.place.is_some() { "Change filter" } else { "Apply filter" };
        let apply = ui.button(label).on_hover_text("Enter");
        entered |= apply.clicked();
        if let Some(place) = editor.place
            && ui.button("Drop filter").clicked()
        {
            sight.change(actions, |view| {
                if place < view.filters.len() {
                    view.filters.remove(place);
                }
            });
            is_done = true;
        }
        if !is_known {
            widgets::muted_label(ui, "The answer has no such column");
        }
    });
    if entered && !is_done {
        // What was typed in this very frame counts too.
        if let Ok(filter) = draft.read(sight.fields) {
            sight.change(actions, |view| put(&mut view.filters, editor.place, filter));
            is_done = true;
        } else {
            (editor.was_tried, editor.wants_focus) = (true, true);
            ui.request_repaint();
        }
    }
    is_done
}

/// What the filter is about. Returns whether the table has it.
fn heading_ui(ui: &mut Ui, draft: &Draft, sight: Sight<'_>) -> bool {
    let (name, title, is_known) = match &draft.subject {
        Subject::Player => ("Player name", "", true),
        Subject::Groups => ("Groups", "", true),
        Subject::Column(field) => {
            let look = sight.fields.get(field);
            (sight.fields.name(field), look.map_or("", |look| &look.title), look.is_some())
        }
    };
    widgets::section_header(ui, name, title);
    is_known
}

/// The list of what a filter can be about.
fn subject_ui(ui: &mut Ui, search: &mut Search, sight: Sight<'_>) -> Option<Subject> {
    let mut chosen = None;
    widgets::section_header(ui, "Filter by", "");
    if ui.radio(false, "Player name").clicked() {
        chosen = Some(Subject::Player);
    }
    if !sight.input.query.groups.is_empty() && ui.radio(false, "Groups").clicked() {
        chosen = Some(Subject::Groups);
    }
    ui.separator();
    let looks: Vec<&FieldLook> = sight.fields.in_order(&sight.settings.columns);
    let picked = picker_ui(ui, search, &looks, None, 260.0);
    picked.map(|place| Subject::Column(looks[place].field.clone())).or(chosen)
}

/// The groups to tick, and how many of them must hold a player.
fn groups_ui(ui: &mut Ui, draft: &mut Draft, facets: &mut Facets, sight: Sight<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (held_by, label, hint) in [
            (HeldBy::Any, "In any", "At least one of the ticked groups holds the player"),
            (HeldBy::All, "In all", "Each of the ticked groups holds the player"),
            (HeldBy::One, "In only one", "Exactly one of the ticked groups holds the player"),
            (HeldBy::None, "In none", "None of the ticked groups holds the player"),
        ] {
            if widgets::chip_toggle(ui, label, "", draft.held_by == held_by).on_hover_text(hint).clicked() {
                draft.held_by = held_by;
            }
        }
    });
    let counts = sight.view.map(|view| facets.group_counts(ui.ctx(), view)).unwrap_or_default();
    let groups = &sight.input.query.groups;
    for (place, group) in groups.iter().enumerate() {
        let count = counts.get(place).copied().unwrap_or(group.players.len());
        let marker = theme::group_series(groups, place, !ui.visuals().dark_mode);
        let tick = facets::facet_ui(ui, &group.name, count, Some(marker), &mut draft.test.ticked);
        widgets::describe_groups(&tick, groups, &[place]);
    }
}

/// What the part of the popup shows in which a condition is typed.
pub(in crate::ui::explore) struct TestInput<'a> {
    pub(in crate::ui::explore) kinds: &'a [Kind],
    pub(in crate::ui::explore) format: &'a FigureFormat,
    pub(in crate::ui::explore) wrong: Option<&'a Wrong>,
    pub(in crate::ui::explore) wants_focus: bool,
}

/// What was done in it.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui::explore) struct TestOutput {
    /// Enter was pressed in a field.
    pub(in crate::ui::explore) entered: bool,
    /// Another kind of condition was chosen.
    pub(in crate::ui::explore) is_other_kind: bool,
}

/// The kinds of conditions, and the fields of the chosen one.
pub(in crate::ui::explore) fn test_ui(
    ui: &mut Ui,
    draft: &mut TestDraft,
    input: &TestInput<'_>,
) -> TestOutput {
    let mut output = TestOutput::default();
    ui.horizontal_wrapped(|ui| {
        for kind in input.kinds {
            let chip = widgets::chip_toggle(ui, kind.label(), "", draft.kind == *kind);
            let chip = chip.on_hover_text(kind.hint());
            parts::named(ui, &chip, &format!("{}: {}", kind.label(), kind.hint()));
            if chip.clicked() && draft.kind != *kind {
                draft.kind = *kind;
                output.is_other_kind = true;
            }
        }
    });
    let example = example(input.format);
    let fields: &[(At, &str, &str)] = match draft.kind {
        Kind::Compare(_) => &[(At::First, "Value", &example)],
        Kind::Between => &[(At::First, "From", &example), (At::Second, "To", &example)],
        Kind::Top | Kind::Bottom => &[(At::First, "How many", "10")],
        Kind::Contains | Kind::Equals | Kind::StartsWith => &[(At::First, "Text", "Text")],
        Kind::Matches => &[(At::First, "Regular expression", "^Gold.*")],
        Kind::OneOf | Kind::Outlier | Kind::Missing | Kind::Failed | Kind::HasValue => &[],
    };
    for (at, name, hint) in fields {
        let text = if *at == At::Second { &mut draft.second } else { &mut draft.first };
        let field = parts::field_ui(ui, text, name, hint, f32::INFINITY);
        if input.wants_focus && *at == At::First {
            field.request_focus();
        }
        let has_key = field.has_focus() || field.lost_focus();
        output.entered |= has_key && ui.input(|input| input.key_pressed(Key::Enter));
        if let Some(wrong) = input.wrong.filter(|wrong| wrong.at == *at) {
            parts::wrong_ui(ui, &format!("{}.", wrong.words));
        }
    }
    output
}

/// How a value of the column may be typed.
fn example(format: &FigureFormat) -> String {
    let example = match format.format() {
        Some(ValueFormat::Percentage { .. }) => "45 %",
        Some(ValueFormat::Duration(_)) => "1 h 30 m",
        Some(ValueFormat::Date(DateForm::Seconds | DateForm::Milliseconds)) => "2026-03-14 09:26",
        _ => "1,500",
    };
    match format.unit() {
        "" => example.to_owned(),
        unit => format!("{example} {unit}"),
    }
}

/// Puts a filter in the place of another, or behind all.
fn put(filters: &mut Vec<Filter>, place: Option<usize>, filter: Filter) {
    match place.and_then(|place| filters.get_mut(place)) {
        Some(former) => *former = filter,
        None => filters.push(filter),
    }
}
