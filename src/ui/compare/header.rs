//! The heads of the columns: who it is, with a menu; carried to another place by the pointer.

use egui::{
    Popup, PopupCloseBehavior, Rect, Response, Role, Sense, SetOpenCommand, Ui, UiBuilder, pos2, vec2,
};

use super::{
    lanes::Lanes,
    paint,
    sheet::{Head, Sheet},
    table::{Asked, Explain, TableState},
};
use crate::{
    model::GroupMark,
    ui::{
        theme::{HAIRLINE, icon, palette},
        widgets::{icon_button, spoken},
    },
};

const MENU: f32 = 24.0;

/// What the heads are drawn from.
pub(super) struct Heads<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) lanes: &'a Lanes,
    /// The id of the table.
    pub(super) id: egui::Id,
    /// How far the columns are scrolled.
    pub(super) scrolled: f32,
    pub(super) explain: &'a Explain<'a>,
    /// Whether a key asked for the menu of the column that has the keyboard.
    pub(super) opens_menu: bool,
}

/// What was done with the heads.
#[derive(Debug, Default)]
pub(super) struct HeadsOutput {
    pub(super) asked: Vec<Asked>,
    /// A head was clicked: the keyboard goes to the table.
    pub(super) takes_focus: bool,
}

/// Shows the heads in `header`, at the top of the table's `area`.
pub(super) fn heads_ui(
    ui: &mut Ui,
    state: &mut TableState,
    header: Rect,
    area: Rect,
    heads: &Heads<'_>,
) -> HeadsOutput {
    let mut output = HeadsOutput::default();
    let lanes = heads.lanes;
    let portrait = paint::portraits(ui, &heads.sheet.heads, lanes);
    let scrolling = header.with_min_x(header.left() + lanes.still_width());
    for column in 0..lanes.count() {
        let clip = if column < lanes.still { header } else { scrolling };
        let rect = head_rect(heads, header, column);
        if rect.intersect(clip).is_positive() {
            head_ui(ui, state, Place { rect, clip, portrait }, heads, column, &mut output);
        }
    }
    ui.painter().hline(header.x_range(), header.bottom(), (HAIRLINE, palette(ui).line));
    carry_ui(ui, state, header, area, heads, &mut output);
    output
}

fn head_rect(heads: &Heads<'_>, header: Rect, column: usize) -> Rect {
    let (from, width) = heads.lanes.lane(column);
    let scrolled = if column < heads.lanes.still { 0.0 } else { heads.scrolled };
    let left = header.left() + heads.lanes.names + from - scrolled;
    Rect::from_x_y_ranges(left..=left + width, header.y_range())
}

/// Where a head is drawn.
struct Place {
    rect: Rect,
    /// What of it is in sight.
    clip: Rect,
    /// How large portraits are.
    portrait: Option<f32>,
}

fn head_ui(
    ui: &mut Ui,
    state: &mut TableState,
    Place { rect, clip, portrait }: Place,
    heads: &Heads<'_>,
    column: usize,
    output: &mut HeadsOutput,
) {
    let head = &heads.sheet.heads[column];
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("head", column)));
    inner.set_clip_rect(clip.intersect(ui.clip_rect()));
    let ui = &mut inner;
    let response = ui.interact(rect, heads.id.with(("head", column)), Sense::CLICK | Sense::DRAG);
    let has_cursor = state.cursor == Some(column);
    spoken(&response, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_column_index(column + 1);
        node.set_selected(has_cursor);
        node.set_label(said(head));
    });
    if response.hovered() {
        state.hovered = Some(column);
        ui.painter().rect_filled(rect, 0, palette(ui).panel);
    }
    paint::head(ui, ui.painter(), rect, head, portrait);
    if column + 1 == heads.lanes.count() {
        paint::end(ui, ui.painter(), rect);
    }
    if has_cursor && ui.memory(|memory| memory.has_focus(heads.id)) {
        paint::focus(ui, ui.painter(), rect);
        ui.ctx().accesskit_node_builder(heads.id, |node| {
            node.set_active_descendant(response.id.accesskit_id());
        });
    }
    if response.clicked() {
        state.cursor = Some(column);
        output.takes_focus = true;
    }
    if response.drag_started() {
        state.carried = Some(column);
    }
    menus_ui(ui, state, &response, heads, column, output);
    response.on_hover_text((heads.explain.head)(column));
}

/// The menu of a head: of its button, of the right mouse button, or of a key.
fn menus_ui(
    ui: &mut Ui,
    state: &mut TableState,
    response: &Response,
    heads: &Heads<'_>,
    column: usize,
    output: &mut HeadsOutput,
) {
    let head = &heads.sheet.heads[column];
    // Below the name, which may need all of the width.
    let corner = pos2(response.rect.right() - MENU - 2.0, response.rect.bottom() - MENU - 2.0);
    let place = Rect::from_min_size(corner, vec2(MENU, MENU));
    let mut corner = ui.new_child(UiBuilder::new().max_rect(place).id_salt("menu"));
    let button = icon_button(&mut corner, icon::DOTS_THREE, &format!("Menu of {}", head.name));
    let button = button.on_hover_text(
        "Pin (P), move (Ctrl+Shift+arrow), drop (Delete). Arrows go from column to column, and Shift+F10 opens this",
    );
    let by_key = heads.opens_menu && state.cursor == Some(column);
    let mut content = |ui: &mut Ui| menu_ui(ui, heads, column, by_key, output);
    let mut menu = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClick);
    if by_key {
        menu = menu.open_memory(Some(SetOpenCommand::Bool(true)));
    }
    menu.accessible_name("Column menu").show(&mut content);
    Popup::context_menu(response).accessible_name("Column menu").show(content);
    if response.secondary_clicked() {
        state.cursor = Some(column);
    }
}

/// `by_key` puts the keyboard on the first entry.
fn menu_ui(ui: &mut Ui, heads: &Heads<'_>, column: usize, by_key: bool, output: &mut HeadsOutput) {
    let sheet = heads.sheet;
    let head = &sheet.heads[column];
    let side = if head.is_pinned { 0..sheet.pinned } else { sheet.pinned..sheet.heads.len() };
    ui.set_min_width(220.0);
    let mut entry = |ui: &mut Ui, is_enabled: bool, label: &str, key: &str, asked: Asked| {
        let button = egui::Button::new(label).shortcut_text(key);
        let button = ui.add_enabled(is_enabled, button).accessible_name(label);
        if button.clicked() {
            output.asked.push(asked);
            output.takes_focus = true;
            ui.close();
        }
        button
    };
    let pin = if head.is_pinned { "Unpin" } else { "Pin" };
    let first = entry(ui, true, pin, "P", Asked::Pin(column));
    if by_key {
        first.request_focus();
    }
    entry(ui, !head.is_reference, "Hold the others against this", "R", Asked::Refer(column));
    let left = column.checked_sub(1).filter(|to| side.contains(to));
    entry(ui, left.is_some(), "Move left", "Ctrl Shift ←", Asked::Move(column, left.unwrap_or(column)));
    let right = Some(column + 1).filter(|to| side.contains(to));
    entry(ui, right.is_some(), "Move right", "Ctrl Shift →", Asked::Move(column, right.unwrap_or(column)));
    entry(ui, head.colour.is_some(), "Show in Explore", "↵", Asked::Show(column));
    ui.separator();
    entry(ui, true, "Drop", "Del", Asked::Drop(column));
}

/// What a screen reader says of a head.
fn said(head: &Head) -> String {
    let mark = head.colour.map(|colour| GroupMark::of_place(colour.index()).to_string());
    let pinned = head.is_pinned.then(|| "pinned".to_owned());
    let parts = [head.name.clone()].into_iter().chain(head.notes.iter().cloned()).chain(mark).chain(pinned);
    parts.collect::<Vec<_>>().join(", ")
}

/// Shows where a head that is carried would go, and puts it there when it is let go.
fn carry_ui(
    ui: &Ui,
    state: &mut TableState,
    header: Rect,
    area: Rect,
    heads: &Heads<'_>,
    output: &mut HeadsOutput,
) {
    let Some(from) = state.carried.filter(|from| *from < heads.lanes.count()) else { return };
    let (at, is_down, is_cancelled) = ui.input(|input| {
        (input.pointer.latest_pos(), input.pointer.primary_down(), input.key_pressed(egui::Key::Escape))
    });
    let to = at.and_then(|at| {
        let x = at.x.clamp(header.left() + heads.lanes.names, header.right() - 1.0) - header.left();
        heads.lanes.column_at(x, heads.scrolled).or_else(|| heads.lanes.count().checked_sub(1))
    });
    if is_cancelled || !is_down {
        state.carried = None;
        if let Some(to) = to.filter(|to| !is_cancelled && *to != from) {
            output.asked.push(Asked::Move(from, to));
        }
        return;
    }
    if let Some(to) = to.filter(|to| *to != from) {
        let rect = head_rect(heads, header, to);
        let x = if to > from { rect.right() } else { rect.left() };
        let line = Rect::from_x_y_ranges(x - 1.0..=x + 1.0, area.y_range());
        ui.painter().rect_filled(line.intersect(area), 0, palette(ui).accent);
    }
    ui.output_mut(|output| output.cursor_icon = egui::CursorIcon::Grabbing);
}
