//! Colour rules: which values have a colour of their own. The first that holds counts.

use egui::{CornerRadius, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{
    Sight,
    fields::{FieldLook, Holds},
    filters::{At, Kind, TestDraft, TestInput, test_ui},
    parts,
    picker::{Search, picker_ui},
    words,
};
use crate::{
    analysis::FigureFormat,
    model::{ColourRule, ColourSlot, Field, SeriesSlot},
    ui::{
        explore::ExploreAction,
        theme::{self, icon, palette},
        widgets,
    },
};

const SWATCH: f32 = 20.0;

/// The rule that is made or changed.
#[derive(Debug, Default)]
pub(in crate::ui::explore) struct RulesMenu {
    draft: Option<RuleDraft>,
}

#[derive(Debug)]
struct RuleDraft {
    /// Which rule is changed; `None` for a new one.
    place: Option<usize>,
    field: Option<Field>,
    /// Whether the list of columns is open.
    is_choosing: bool,
    search: Search,
    test: TestDraft,
    colour: ColourSlot,
    was_tried: bool,
    wants_focus: bool,
}

/// The rules, and the one that is being made.
pub(super) fn rules_ui(
    ui: &mut Ui,
    state: &mut RulesMenu,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    parts::heading_ui(ui, "Colour rules: the first that holds counts");
    for (place, rule) in sight.settings.rules.iter().enumerate() {
        rule_ui(ui, state, sight, place, rule, actions);
    }
    match &mut state.draft {
        Some(draft) => {
            if draft_ui(ui, draft, sight, actions) {
                state.draft = None;
            }
        }
        None => {
            if widgets::link_button(ui, "Add rule").on_hover_text("Colour cells by their values").clicked() {
                state.draft = Some(RuleDraft::new(sight.settings.rules.len()));
            }
        }
    }
}

fn rule_words(rule: &ColourRule, sight: Sight<'_>) -> String {
    let format = rule.field.as_ref().map(|field| sight.fields.format(field)).unwrap_or_default();
    let test = words::test(&rule.test, &format);
    match &rule.field {
        Some(field) => format!("{} {test}", sight.fields.name(field)),
        None => format!("Any column {test}"),
    }
}

fn rule_ui(
    ui: &mut Ui,
    state: &mut RulesMenu,
    sight: Sight<'_>,
    place: usize,
    rule: &ColourRule,
    actions: &mut Vec<ExploreAction>,
) {
    let words = rule_words(rule, sight);
    let icon_ui = |ui: &mut Ui, glyph: &str, name: &str, hint: &str| {
        widgets::icon_button(ui, glyph, name).on_hover_text(hint).clicked()
    };
    widgets::row_ui(
        ui,
        |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 24.0), Sense::hover());
            let swatch = egui::Rect::from_center_size(rect.center(), vec2(12.0, 12.0));
            ui.painter().rect_filled(swatch, CornerRadius::same(3), color(ui, rule.colour));
            widgets::elided_label(ui, &words, ui.available_width() - 100.0);
        },
        |ui| {
            if icon_ui(ui, icon::X, &format!("Drop rule {words}"), "Drop this rule") {
                sight.change(actions, |view| drop(view.rules.remove(place)));
                state.draft = None;
            }
            if icon_ui(ui, icon::PENCIL_SIMPLE, &format!("Change rule {words}"), "Change this rule") {
                state.draft = Some(RuleDraft::of(place, rule, sight));
            }
            if place > 0
                && icon_ui(ui, icon::CARET_UP, &format!("Sooner: {words}"), "Look at this rule sooner")
            {
                sight.change(actions, |view| view.rules.swap(place, place - 1));
                state.draft = None;
            }
        },
    );
}

impl RuleDraft {
    fn new(place: usize) -> Self {
        Self {
            place: None,
            field: None,
            is_choosing: false,
            search: Search::default(),
            test: TestDraft::new(Kind::Compare(crate::model::Comparison::AtLeast)),
            colour: ColourSlot::Series(SeriesSlot::from_index(place)),
            was_tried: false,
            wants_focus: true,
        }
    }

    fn of(place: usize, rule: &ColourRule, sight: Sight<'_>) -> Self {
        let format = rule.field.as_ref().map(|field| sight.fields.format(field)).unwrap_or_default();
        Self {
            place: Some(place),
            field: rule.field.clone(),
            test: TestDraft::of(&rule.test, &format),
            colour: rule.colour,
            ..Self::new(place)
        }
    }

    fn kinds(&self, sight: Sight<'_>) -> Vec<Kind> {
        let look = self.field.as_ref().and_then(|field| sight.fields.get(field));
        let mut kinds = match look {
            Some(look) => Kind::of(look.holds, look.is_derived()),
            None => Kind::of(Holds::Nothing, false),
        };
        // The values of a column are ticked in its filter; a rule is about kinds of values.
        kinds.retain(|kind| *kind != Kind::OneOf || self.test.kind == Kind::OneOf);
        if !kinds.contains(&self.test.kind) {
            kinds.push(self.test.kind);
        }
        kinds
    }
}

/// Returns whether it is done with.
fn draft_ui(ui: &mut Ui, draft: &mut RuleDraft, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) -> bool {
    column_ui(ui, draft, sight);
    let format = draft.field.as_ref().map_or_else(FigureFormat::default, |field| sight.fields.format(field));
    let kinds = draft.kinds(sight);
    let wrong = draft.test.read(&format).err();
    let wrong = wrong.filter(|wrong| draft.was_tried || !draft.test.is_blank(wrong.at));
    let wants_focus = std::mem::take(&mut draft.wants_focus);
    let input = TestInput { kinds: &kinds, format: &format, wrong: wrong.as_ref(), wants_focus };
    let output = test_ui(ui, &mut draft.test, &input);
    if let Some(wrong) = wrong.filter(|wrong| wrong.at == At::List) {
        parts::wrong_ui(ui, &format!("{}.", wrong.words));
    }
    colours_ui(ui, draft);
    let mut apply = output.entered;
    let mut is_done = false;
    ui.horizontal(|ui| {
        let label = if draft.place.is_some() { "Change rule" } else { "Apply rule" };
        apply |= ui.button(label).on_hover_text("Enter").clicked();
        is_done = ui.button("Cancel").clicked();
    });
    if apply && !is_done {
        let Ok(test) = draft.test.read(&format) else {
            (draft.was_tried, draft.wants_focus) = (true, true);
            return false;
        };
        let rule = ColourRule { field: draft.field.clone(), test, colour: draft.colour };
        sight.change(actions, |view| match draft.place.and_then(|place| view.rules.get_mut(place)) {
            Some(former) => *former = rule,
            None => view.rules.push(rule),
        });
        is_done = true;
    }
    is_done
}

fn column_ui(ui: &mut Ui, draft: &mut RuleDraft, sight: Sight<'_>) {
    let name = draft.field.as_ref().map_or("any", |field| sight.fields.name(field)).to_owned();
    let chip = widgets::chip_button(ui, "Column", &name);
    if chip.on_hover_text("Choose the column that the rule is for").clicked() {
        draft.is_choosing = !draft.is_choosing;
    }
    if !draft.is_choosing {
        return;
    }
    if ui.radio(draft.field.is_none(), "Any column").clicked() {
        (draft.field, draft.is_choosing) = (None, false);
    }
    let looks: Vec<&FieldLook> = sight.fields.in_order(&sight.settings.columns);
    let chosen = looks.iter().position(|look| Some(&look.field) == draft.field.as_ref());
    if let Some(place) = picker_ui(ui, &mut draft.search, &looks, chosen, 120.0) {
        (draft.field, draft.is_choosing) = (Some(looks[place].field.clone()), false);
        let kinds = Kind::of(looks[place].holds, looks[place].is_derived());
        let first = kinds.iter().find(|kind| **kind != Kind::OneOf);
        if let Some(first) = first.filter(|_| !kinds.contains(&draft.test.kind)) {
            draft.test.kind = *first;
        }
    }
}

fn colours_ui(ui: &mut Ui, draft: &mut RuleDraft) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for slot in ColourSlot::all() {
            let (rect, response) = ui.allocate_exact_size(vec2(SWATCH, SWATCH), Sense::click());
            let is_chosen = draft.colour == slot;
            let name = format!("Colour {slot}");
            response.widget_info(|| {
                WidgetInfo::selected(egui::Role::RadioButton, ui.is_enabled(), is_chosen, &name)
            });
            let inner = rect.shrink(3.0);
            ui.painter().rect_filled(inner, CornerRadius::same(4), color(ui, slot));
            if is_chosen || response.hovered() || response.has_focus() {
                let colors = palette(ui);
                let line = if is_chosen { colors.text } else { colors.muted };
                let stroke = Stroke::new(1.5, line);
                ui.painter().rect_stroke(rect, CornerRadius::same(5), stroke, StrokeKind::Inside);
            }
            if response.on_hover_text(slot.to_string()).clicked() {
                draft.colour = slot;
            }
        }
    });
}

fn color(ui: &Ui, slot: ColourSlot) -> egui::Color32 {
    let colors = palette(ui);
    match slot {
        ColourSlot::Accent => colors.accent,
        ColourSlot::Warning => colors.warning,
        ColourSlot::Error => colors.error,
        ColourSlot::Series(slot) => theme::series(slot.index(), !ui.visuals().dark_mode).color,
    }
}
