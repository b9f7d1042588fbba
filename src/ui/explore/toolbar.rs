//! The line of chips above the grid. What does not fit is folded into the last of them, never cut off.

mod face;

use egui::{Align, Event, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Rect, Response, ScrollArea, Ui};

use face::{ControlChip, Face, Fitting, Of, SORT_NOW, Widths};

use super::{
    Explore, ExploreAction, ExploreInput, ExportFormat,
    controls::{
        Controls, Sight, chooser, control::Control, filters, heat, order, reference, rows, summary, values,
    },
    find,
    menu::copy_menu_ui,
};
use crate::{
    model::Layout as GridLayout,
    ui::{
        theme::icon,
        widgets::{action_chip, icon_button, link_button},
    },
};

const EXPORTS: [(ExportFormat, &str); 4] = [
    (ExportFormat::Csv, "CSV, a value a row"),
    (ExportFormat::Tsv, "TSV, a value a row"),
    (ExportFormat::Json, "JSON, a value an object"),
    (ExportFormat::Markdown, "Markdown table"),
];

const GAP: f32 = 6.0;
/// How wide the chip is that the rest is folded into.
const MORE_WIDTH: f32 = 24.0;
const FIND_WIDTH: std::ops::RangeInclusive<f32> = 126.0..=170.0;
/// In a line of this width the box is as narrow as it can be.
const NARROW: f32 = 420.0;
const LEAST_FIND: f32 = 90.0;
/// How wide the list is of what is folded away.
const MORE_POPUP: f32 = 260.0;
/// Popups are at most so high.
const POPUP_HEIGHT: f32 = 640.0;

/// What the toolbar keeps: its chips, and what is open in the last of them.
#[derive(Debug, Default)]
pub(super) struct Toolbar {
    face: Face,
    /// What is open among what is folded away.
    folded: Option<Control>,
    /// Whether the columns are to be opened: a key asked for it.
    opens_columns: bool,
}

/// The chips above the grid.
pub(super) fn toolbar_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let mut controls = std::mem::take(&mut state.controls);
    let mut toolbar = std::mem::take(&mut state.toolbar);
    controls.refresh(input);
    let view = state.view().cloned();
    let fields = std::mem::take(&mut controls.fields);
    let sight = Sight {
        input,
        settings: &input.query.view,
        fields: &fields,
        view: view.as_ref(),
        cursor: state.cursor().map(|(row, _)| row),
    };
    let of = Of { fields: fields.version(), view: state.views.version(), is_dark: ui.visuals().dark_mode };
    toolbar.face.refresh(ui, of, sight, controls.players());
    // The longer combinations first: Ctrl+F would take Ctrl+Shift+F as well.
    state.is_chart_alone ^= keys(ui, &mut controls, &mut toolbar, sight, actions);
    find::keys(ui, state, view.as_ref(), actions);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        line_ui(ui, state, &mut controls, &mut toolbar, sight, actions);
    });
    filters::editor_ui(ui, &mut controls.filters, sight, actions);
    controls.fields = fields;
    (state.controls, state.toolbar) = (controls, toolbar);
}

/// The keys of the controls, wherever the keyboard is on the screen. Returns whether that was pressed
/// which gives the chart all the room, or takes it back.
fn keys(
    ui: &Ui,
    controls: &mut Controls,
    toolbar: &mut Toolbar,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) -> bool {
    let is_in_field = ui.ctx().text_edit_focused();
    let (columns, filter, turn, heat, enlarge) = ui.input_mut(|input| {
        // What is typed on the heels of such a key is for the field that it opens.
        let is_typing = is_in_field || input.events.iter().any(opens_field);
        let command_shift = Modifiers::COMMAND | Modifiers::SHIFT;
        let columns = input.consume_key(command_shift, Key::F);
        let filter = input.consume_key(command_shift, Key::A);
        let mut plain = |key| !is_typing && input.consume_key(Modifiers::NONE, key);
        (columns, filter, plain(Key::T), plain(Key::H), plain(Key::M))
    });
    toolbar.opens_columns |= columns;
    if columns {
        controls.chooser.search();
    }
    if filter {
        let bar = ui.max_rect();
        controls.filters_to_choose(Rect::from_min_max(bar.left_top(), egui::pos2(bar.left(), bar.bottom())));
    }
    if turn {
        sight.change(actions, |view| {
            view.layout =
                if view.layout == GridLayout::Wide { GridLayout::Transposed } else { GridLayout::Wide };
        });
    }
    if heat {
        sight.change(actions, |view| view.heat_map = !view.heat_map);
    }
    enlarge
}

/// Whether a key puts the keyboard into a field: Ctrl+F, with Shift or without, and Ctrl+Shift+A.
fn opens_field(event: &Event) -> bool {
    match event {
        Event::Key { key: Key::F, pressed: true, modifiers, .. } => modifiers.command,
        Event::Key { key: Key::A, pressed: true, modifiers, .. } => modifiers.command && modifiers.shift,
        _ => false,
    }
}

/// All of the line, from the right.
fn line_ui(
    ui: &mut Ui,
    state: &mut Explore,
    controls: &mut Controls,
    toolbar: &mut Toolbar,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let has_rows = !sight.input.table.rows().is_empty();
    export_ui(ui, &toolbar.face, has_rows, actions);
    let widths = Widths::of(&toolbar.face, state.is_order_held());
    // What is left of the line is shared by the box and the chips: the box gives way first.
    let beside = find::room_beside(&state.finder);
    let room = ui.available_width() - MORE_WIDTH - 2.0 * GAP - beside;
    let find_width = if room < NARROW {
        LEAST_FIND
    } else {
        (room - widths.all()).clamp(*FIND_WIDTH.start(), *FIND_WIDTH.end())
    };
    stable(ui, "find", |ui| find::find_ui(ui, state, sight, find_width, actions));
    let fitting = widths.fitting(ui.available_width() - MORE_WIDTH - GAP);
    let mut show_column = None;
    if fitting.folded().next().is_some() {
        show_column = stable(ui, "more", |ui| {
            let more =
                icon_button(ui, icon::DOTS_THREE, "More").on_hover_text("What has no room in this line");
            more_ui(&more, &fitting, state, controls, toolbar, sight, actions)
        });
    }
    sort_now_ui(ui, state);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        for control in fitting.shown() {
            let asked = stable(ui, control.label(), |ui| {
                if control != Control::Filters {
                    return control_ui(ui, control, state, controls, toolbar, sight, actions);
                }
                if fitting.is_joined {
                    control_ui(ui, control, state, controls, toolbar, sight, actions);
                } else {
                    chips_ui(ui, controls, toolbar, sight, actions);
                }
                note_ui(ui, &toolbar.face);
                if !fitting.is_joined {
                    filters::add_ui(ui, &mut controls.filters);
                }
                None
            });
            show_column = show_column.take().or(asked);
        }
    });
    if let Some(chooser::Asked::Show(field)) = show_column {
        show(state, sight, &field, actions);
    }
}

/// Adds something whose parts keep their ids, whatever stands beside it in the line: popups and
/// fields would lose what is open or typed in them otherwise.
fn stable<T>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> T) -> T {
    let builder = egui::UiBuilder::new().scope_id(egui::Id::unique(("explore toolbar", name)));
    let mut child = ui.new_child(builder);
    let inner = content(&mut child);
    ui.advance_cursor_after_rect(child.min_rect());
    inner
}

/// What is said behind the filters: how many players they leave.
fn note_ui(ui: &mut Ui, face: &Face) {
    if let Some(players) = &face.players {
        let words = ui.label(players.clone()).on_hover_text("How many players the filters leave");
        ui.ctx()
            .accesskit_node_builder(words.id, |node| node.set_value(format!("{} players", players.text())));
    }
}

/// Offers to order rows while values come. It stands behind all chips: none of them moves for it.
fn sort_now_ui(ui: &mut Ui, state: &mut Explore) {
    let hint = "Rows keep their places while values come. Order them by what is there";
    if state.is_order_held() && action_chip(ui, SORT_NOW, "").on_hover_text(hint).clicked() {
        state.sort_now();
    }
}

/// Brings a column into view, and shows it when it is hidden.
fn show(
    state: &mut Explore,
    sight: Sight<'_>,
    field: &crate::model::Field,
    actions: &mut Vec<ExploreAction>,
) {
    if sight.settings.columns.of(field).is_some_and(|of| of.hidden) {
        sight.change(actions, |view| view.columns.change(field, |of| of.hidden = false));
        return;
    }
    let Some(view) = sight.view else { return };
    let column = view.columns().iter().position(|column| column.field == *field);
    let row = sight.cursor.or_else(|| view.order().first().copied());
    if let (Some(column), Some(row)) = (column, row) {
        state.reveal(row, Some(column));
    }
}

/// The filters, each in a chip of its own.
fn chips_ui(
    ui: &mut Ui,
    controls: &mut Controls,
    toolbar: &Toolbar,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    for (place, chip) in toolbar.face.filters.iter().enumerate() {
        filters::chip_ui(ui, &mut controls.filters, sight, place, chip, actions);
    }
}

/// A chip with its popup.
fn control_ui(
    ui: &mut Ui,
    control: Control,
    state: &mut Explore,
    controls: &mut Controls,
    toolbar: &mut Toolbar,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<chooser::Asked> {
    let ControlChip { chip, hint, .. } = toolbar.face.control(control)?.clone();
    let is_enabled = control != Control::Copy || !sight.input.table.rows().is_empty();
    let chip =
        if is_enabled { chip.button_ui(ui) } else { ui.add_enabled(false, |ui: &mut Ui| chip.button_ui(ui)) };
    let chip = chip.on_hover_text(hint);
    if control == Control::Columns && chip.clicked() {
        controls.chooser.search();
    }
    let mut popup = popup(&chip);
    if control == Control::Columns && std::mem::take(&mut toolbar.opens_columns) {
        popup = popup.open_memory(egui::SetOpenCommand::Bool(true));
    }
    let mut asked = None;
    named(popup, control.label()).show(|ui| {
        asked = scrolled_ui(ui, control.width(), |ui| {
            content_ui(ui, control, state, controls, toolbar, sight, actions)
        });
    });
    asked
}

fn popup(chip: &Response) -> Popup<'_> {
    Popup::from_toggle_button_response(chip).close_behavior(PopupCloseBehavior::CloseOnClickOutside).gap(4.0)
}

/// A name for screen readers, which nothing asks for while the popup is closed.
fn named<'a>(popup: Popup<'a>, name: &str) -> Popup<'a> {
    if popup.is_open() { popup.accessible_name(name) } else { popup }
}

fn scrolled_ui<T>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> T) -> T {
    let room = ui.ctx().content_rect().height() - crate::ui::theme::TOP_BAR_HEIGHT - 70.0;
    let most = room.clamp(120.0, POPUP_HEIGHT);
    // A popup offers no more room than it took in the frame before: what grows has to ask for it.
    let scroll = ScrollArea::vertical().max_height(most).min_scrolled_height(most);
    scroll
        .show(ui, |ui| {
            ui.set_width(width);
            content(ui)
        })
        .inner
}

/// What is in the popup of a control.
fn content_ui(
    ui: &mut Ui,
    control: Control,
    state: &mut Explore,
    controls: &mut Controls,
    toolbar: &Toolbar,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<chooser::Asked> {
    match control {
        Control::Rows => rows::rows_ui(ui, sight, actions),
        Control::Values => values::values_ui(ui, &mut controls.values, sight, actions),
        Control::Heat => heat::heat_ui(ui, &mut controls.rules, sight, actions),
        Control::Reference => reference::reference_ui(ui, &mut controls.reference, sight, actions),
        Control::Filters => {
            filters::list_ui(ui, &mut controls.filters, sight, &toolbar.face.filters, actions);
        }
        Control::Columns => return chooser::chooser_ui(ui, &mut controls.chooser, sight, actions),
        Control::Summary => summary::summary_ui(ui, sight, actions),
        Control::Order => order::order_ui(ui, sight, actions),
        Control::Copy => copy_ui(ui, state, sight, actions),
    }
    None
}

/// The popup of what has no room: a list, and then what was chosen in it.
fn more_ui(
    more: &Response,
    fitting: &Fitting,
    state: &mut Explore,
    controls: &mut Controls,
    toolbar: &mut Toolbar,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<chooser::Asked> {
    let is_folded = |control| fitting.folded().any(|folded| folded == control);
    let mut popup = popup(more);
    if is_folded(Control::Columns) && std::mem::take(&mut toolbar.opens_columns) {
        toolbar.folded = Some(Control::Columns);
        popup = popup.open_memory(egui::SetOpenCommand::Bool(true));
    }
    if more.clicked() {
        toolbar.folded = None;
    }
    let mut asked = None;
    named(popup, "More").show(|ui| {
        let open = toolbar.folded.filter(|control| is_folded(*control));
        asked = scrolled_ui(ui, open.map_or(MORE_POPUP, Control::width), |ui| match open {
            None => {
                for control in fitting.folded() {
                    let Some(ControlChip { chip, hint, .. }) = toolbar.face.control(control) else {
                        continue;
                    };
                    if chip.button_ui(ui).on_hover_text(hint.clone()).clicked() {
                        if control == Control::Columns {
                            controls.chooser.search();
                        }
                        toolbar.folded = Some(control);
                        ui.request_repaint();
                    }
                }
                None
            }
            Some(control) => {
                let back = format!("{} {}", icon::CARET_LEFT, control.label());
                let link = link_button(ui, &back).on_hover_text("Back to the list");
                ui.ctx().accesskit_node_builder(link.id, |node| node.set_label("Back"));
                if link.clicked() {
                    toolbar.folded = None;
                    ui.request_repaint();
                }
                content_ui(ui, control, state, controls, toolbar, sight, actions)
            }
        });
    });
    asked
}

/// The ways to copy, and what they have in common.
fn copy_ui(ui: &mut Ui, state: &mut Explore, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let options = state.copy_options_mut();
    ui.checkbox(&mut options.as_shown, "Values as shown")
        .on_hover_text("As they are written in the grid, instead of as they were sent");
    ui.checkbox(&mut options.all, "All that is shown").on_hover_text("Whatever is selected");
    ui.separator();
    ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
        copy_menu_ui(ui, state, sight.input, actions);
    });
}

fn export_ui(ui: &mut Ui, face: &Face, has_rows: bool, actions: &mut Vec<ExploreAction>) {
    let Some(chip) = &face.export else { return };
    let export = ui.add_enabled(has_rows, |ui: &mut Ui| chip.button_ui(ui));
    let export = export.on_hover_text("Write the shown rows to a file");
    Popup::menu(&export).show(|ui| {
        for (format, label) in EXPORTS {
            if ui.button(label).clicked() {
                actions.push(ExploreAction::Export(format));
                ui.close();
            }
        }
        if ui.button("Picture…").on_hover_text("Ctrl+Shift+P").clicked() {
            actions.push(ExploreAction::Picture);
            ui.close();
        }
    });
}
