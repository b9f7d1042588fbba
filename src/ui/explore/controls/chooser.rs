//! The columns: which are shown, in what order, how many stand still.

use egui::{CursorIcon, Id, Key, Modifiers, Rect, Response, ScrollArea, Sense, Ui, vec2};

use super::{Sight, fields::FieldLook, parts, picker};
use crate::{
    model::{Columns, Field, RankOrder, ViewSettings},
    ui::{
        explore::{ExploreAction, FormulaStart},
        theme::{CORNER_RADIUS, icon, palette},
        widgets,
    },
};

const LINE: f32 = 26.0;
/// How high the list is at most.
const LIST: f32 = 300.0;
/// Room for the buttons behind a column's name.
const BUTTONS: f32 = 92.0;

/// What is typed and dragged in the popup.
#[derive(Debug, Default)]
pub(in crate::ui::explore) struct Chooser {
    search: String,
    /// Whether the search is to have the keyboard when it is shown next.
    wants_focus: bool,
    dragged: Option<Field>,
    /// The column whose line is to have the keyboard: it was moved by a key.
    follow: Option<Field>,
}

/// What was asked for beside other settings.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::explore) enum Asked {
    /// Bring this column into view.
    Show(Field),
}

impl Chooser {
    /// Puts the keyboard into the search when the popup is shown next.
    pub(in crate::ui::explore) fn search(&mut self) {
        self.search.clear();
        self.wants_focus = true;
    }
}

/// The content of the popup.
pub(in crate::ui::explore) fn chooser_ui(
    ui: &mut Ui,
    state: &mut Chooser,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<Asked> {
    let looks = sight.fields.in_order(&sight.settings.columns);
    let field = parts::field_ui(
        ui,
        &mut state.search,
        "Find a column",
        "Find a column (Ctrl+Shift+F)",
        f32::INFINITY,
    );
    let field = field.on_hover_text("Enter brings the first one found into view");
    if std::mem::take(&mut state.wants_focus) {
        field.request_focus();
    }
    let found = picker::found(&state.search, &looks);
    let mut asked = None;
    if parts::entered(ui, &field)
        && let Some(first) = found.first()
    {
        asked = Some(Asked::Show(looks[*first].field.clone()));
        ui.close();
    }
    if found.is_empty() {
        let words = if looks.is_empty() { "There are no columns yet" } else { "No column has such a name" };
        widgets::muted_label(ui, words);
    }
    let mut lines: Vec<(Rect, usize)> = Vec::with_capacity(found.len());
    let list = ScrollArea::vertical().id_salt("all columns");
    list.max_height(LIST).min_scrolled_height(LIST).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for place in found {
            let rect = line_ui(ui, state, sight, &looks, place, actions);
            lines.push((rect, place));
        }
        drag_ui(ui, state, sight, &looks, &lines, actions);
    });
    ui.separator();
    let new = widgets::link_button(ui, "New column…").on_hover_text("Work a column out by a formula");
    if new.clicked() {
        actions.push(ExploreAction::EditFormula(FormulaStart::New(None)));
        ui.close();
    }
    frozen_ui(ui, sight, actions);
    all_ui(ui, sight, actions);
    asked
}

fn line_ui(
    ui: &mut Ui,
    state: &mut Chooser,
    sight: Sight<'_>,
    looks: &[&FieldLook],
    place: usize,
    actions: &mut Vec<ExploreAction>,
) -> Rect {
    let look = looks[place];
    let of_column = sight.settings.columns.of(&look.field);
    let is_hidden = of_column.is_some_and(|of| of.hidden);
    let id = Id::unique(("chooser line", &look.field));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let colors = palette(ui);
    let is_dragged = state.dragged.as_ref() == Some(&look.field);
    if is_dragged || ui.rect_contains_pointer(rect) {
        let fill = if is_dragged { colors.selected_row } else { colors.hover };
        ui.painter().rect_filled(rect, egui::CornerRadius::same(CORNER_RADIUS), fill);
    }
    let builder = egui::UiBuilder::new().max_rect(rect).scope_id(id);
    ui.scope_builder(builder.layout(egui::Layout::left_to_right(egui::Align::Center)), |ui| {
        let handle = handle_ui(ui, &look.name);
        if handle.drag_started() {
            state.dragged = Some(look.field.clone());
        }
        let mut is_shown = !is_hidden;
        let tick = ui.checkbox(&mut is_shown, "");
        let name =
            if look.title.is_empty() { look.name.clone() } else { format!("{}, {}", look.name, look.title) };
        parts::named(ui, &tick, &name);
        if state.follow.as_ref() == Some(&look.field) {
            tick.request_focus();
            state.follow = None;
        }
        if tick.changed() {
            sight.change(actions, |view| view.columns.change(&look.field, |of| of.hidden = !is_shown));
        }
        if let Some(down) = moved_by_key(ui, &tick).or_else(|| moved_by_key(ui, &handle)) {
            state.follow = Some(look.field.clone());
            sight.change(actions, |view| step(&mut view.columns, looks, place, down));
        }
        widgets::row_ui(
            ui,
            |ui| {
                widgets::elided_label(ui, &look.name, ui.available_width() - BUTTONS);
                let behind = if look.is_derived() { "ƒ" } else { look.title.as_str() };
                let room = ui.available_width() - BUTTONS;
                if room > 20.0 {
                    ui.scope(|ui| {
                        ui.set_max_width(room);
                        ui.add(egui::Label::new(egui::RichText::new(behind).color(colors.muted)).truncate());
                    });
                }
            },
            |ui| {
                let percentile = of_column.is_some_and(|of| of.percentile);
                if small_toggle(ui, "%", &format!("Percentile column of {}", look.name), percentile) {
                    sight.change(actions, |view| {
                        view.columns.change(&look.field, |of| of.percentile = !percentile);
                    });
                }
                about_ui(ui, look, actions);
                let rank = of_column.and_then(|of| of.rank);
                let name = format!("Rank column of {}", look.name);
                if small_toggle(ui, icon::HASH, &name, rank.is_some()) {
                    let rank = if rank.is_some() { None } else { Some(RankOrder::GreatestFirst) };
                    sight.change(actions, |view| view.columns.change(&look.field, |of| of.rank = rank));
                }
            },
        );
    });
    rect
}

/// The button that tells what a column is.
fn about_ui(ui: &mut Ui, look: &FieldLook, actions: &mut Vec<ExploreAction>) {
    let (glyph, name, action) = if let Some(key) = look.field.stat() {
        let name = format!("What {} is", look.name);
        (icon::INFO, name, ExploreAction::DescribeStat(key.clone()))
    } else {
        let start = FormulaStart::Change(look.field.name().to_owned());
        (icon::PENCIL_SIMPLE, format!("Formula of {}", look.name), ExploreAction::EditFormula(start))
    };
    if widgets::icon_button(ui, glyph, &name).on_hover_text(&name).clicked() {
        actions.push(action);
        ui.close();
    }
}

/// What a column is dragged by.
fn handle_ui(ui: &mut Ui, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(16.0, LINE), Sense::drag());
    parts::named(ui, &response, &format!("Move {name}"));
    let color = if response.hovered() { palette(ui).text } else { palette(ui).faint };
    for y in [-4.0, 0.0, 4.0] {
        for x in [-2.0, 2.0] {
            ui.painter().circle_filled(rect.center() + vec2(x, y), 1.0, color);
        }
    }
    response
        .on_hover_and_drag_cursor(CursorIcon::Grab)
        .on_hover_text("Drag to move it, or press Alt+↑ and Alt+↓")
}

/// A small button that is on or off.
fn small_toggle(ui: &mut Ui, glyph: &str, name: &str, is_on: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 22.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, enabled, is_on, name));
    let colors = palette(ui);
    let corners = egui::CornerRadius::same(CORNER_RADIUS);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, corners, colors.raised);
    }
    if is_on || response.has_focus() {
        let stroke = egui::Stroke::new(1.0, colors.accent);
        ui.painter().rect_stroke(rect, corners, stroke, egui::StrokeKind::Inside);
    }
    let color = if is_on { colors.text } else { colors.muted };
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, glyph, crate::ui::theme::body(), color);
    response.on_hover_text(name).clicked()
}

/// Whether a key moved the column of what has the keyboard: down or up.
fn moved_by_key(ui: &Ui, response: &Response) -> Option<bool> {
    if !response.has_focus() {
        return None;
    }
    ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::ALT, Key::ArrowDown);
        let up = input.consume_key(Modifiers::ALT, Key::ArrowUp);
        (down || up).then_some(down)
    })
}

/// Moves a column by one place.
fn step(columns: &mut Columns, looks: &[&FieldLook], place: usize, down: bool) {
    let to = if down { place + 1 } else { place.wrapping_sub(1) };
    if to < looks.len() {
        columns.order = moved(looks, place, to);
    }
}

/// The order with the column at `from` in the place `to`.
pub(in crate::ui::explore) fn moved(looks: &[&FieldLook], from: usize, to: usize) -> Vec<Field> {
    let mut order: Vec<Field> = looks.iter().map(|look| look.field.clone()).collect();
    if from < order.len() {
        let field = order.remove(from);
        order.insert(to.min(order.len()), field);
    }
    order
}

/// Shows where a dragged column would come to stand, and puts it there.
fn drag_ui(
    ui: &Ui,
    state: &mut Chooser,
    sight: Sight<'_>,
    looks: &[&FieldLook],
    lines: &[(Rect, usize)],
    actions: &mut Vec<ExploreAction>,
) {
    let Some(field) = &state.dragged else { return };
    let (pointer, is_down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.any_down()));
    let from = looks.iter().position(|look| look.field == *field);
    if let (Some(pointer), Some(from)) = (pointer, from) {
        let over = lines.iter().find(|(rect, _)| pointer.y < rect.bottom()).or(lines.last());
        if let Some((rect, to)) = over {
            let is_below = *to > from;
            let y = if is_below { rect.bottom() } else { rect.top() };
            ui.painter().hline(rect.x_range(), y, (2.0, palette(ui).accent));
            if !is_down && *to != from {
                sight.change(actions, |view| view.columns.order = moved(looks, from, *to));
            }
        }
    }
    if !is_down {
        state.dragged = None;
    }
}

fn frozen_ui(ui: &mut Ui, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let frozen = sight.settings.columns.frozen;
    let most = sight.view.map_or(0, |view| view.columns().len()) as u16;
    widgets::row_ui(
        ui,
        |ui| {
            ui.label("Columns that stand still");
        },
        |ui| {
            ui.add_enabled_ui(frozen < most, |ui| {
                if widgets::icon_button(ui, icon::PLUS, "Freeze one more")
                    .on_hover_text("Freeze one more")
                    .clicked()
                {
                    sight.change(actions, |view| view.columns.frozen = frozen + 1);
                }
            });
            ui.label(frozen.to_string());
            ui.add_enabled_ui(frozen > 0, |ui| {
                if widgets::icon_button(ui, icon::MINUS, "Freeze one less")
                    .on_hover_text("Freeze one less")
                    .clicked()
                {
                    sight.change(actions, |view| view.columns.frozen = frozen - 1);
                }
            });
        },
    );
}

/// What is done with all columns at once.
type Change = fn(&mut ViewSettings);

/// What is done with all columns.
fn all_ui(ui: &mut Ui, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    ui.horizontal_wrapped(|ui| {
        let columns = &sight.settings.columns;
        let entries: [(&str, &str, bool, Change); 3] = [
            ("Show all", "Show what is hidden", columns.settings.iter().any(|of| of.hidden), |view| {
                each(&mut view.columns, |of| of.hidden = false);
            }),
            (
                "Reset widths",
                "Each as wide as its content asks for",
                columns.settings.iter().any(|of| of.width.is_some()),
                |view| {
                    each(&mut view.columns, |of| of.width = None);
                },
            ),
            (
                "Order of the query",
                "As titles and stats stand in the query",
                !columns.order.is_empty(),
                |view| {
                    view.columns.order.clear();
                },
            ),
        ];
        for (label, hint, can, change) in entries {
            ui.add_enabled_ui(can, |ui| {
                if widgets::link_button(ui, label).on_hover_text(hint).clicked() {
                    sight.change(actions, change);
                }
            });
        }
    });
}

/// Changes what is set for each column that anything is set for.
fn each(columns: &mut Columns, change: impl Fn(&mut crate::model::ColumnSettings)) {
    let fields: Vec<Field> = columns.settings.iter().map(|of| of.field.clone()).collect();
    for field in fields {
        columns.change(&field, &change);
    }
}
