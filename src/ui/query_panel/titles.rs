//! Titles and their stats, as a tree of checkboxes.

use egui::{Align2, CornerRadius, Response, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{
    QueryPanelInput, explain,
    title_form::TitleForm,
    tree::{Line, Tree, display_name},
};
use crate::{
    model::{KnownTitle, Query, Scid, StatName},
    ui::{
        actions::Action,
        document,
        theme::{self, CORNER_RADIUS, icon},
        widgets,
    },
};

const LINE_HEIGHT: f32 = 26.0;
const BOX_SIZE: f32 = 15.0;

/// What is typed, unfolded and renamed in the tree.
#[derive(Default)]
pub(super) struct TitlesPanel {
    form: Option<TitleForm>,
    renaming: Option<(Scid, String)>,
    tree: Tree,
}

/// How much of a title is ticked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ticked {
    None,
    Some,
    All,
}

pub(super) fn titles_ui(
    ui: &mut Ui,
    state: &mut TitlesPanel,
    input: &QueryPanelInput<'_>,
    actions: &mut Vec<Action>,
) {
    state.tree.refresh(input);
    header_ui(ui, state, input);
    if let Some(form) = &mut state.form {
        // A form that is higher than the room scrolls, so that the Fetch button keeps its place.
        let room = (ui.available_height() - LINE_HEIGHT).max(LINE_HEIGHT);
        let form = ScrollArea::vertical()
            .id_salt("title form")
            .max_height(room)
            .min_scrolled_height(0.0)
            .show(ui, |ui| form.form_ui(ui, input.catalogue));
        match form.inner {
            super::title_form::Outcome::GoesOn => {}
            super::title_form::Outcome::Closed => state.form = None,
            super::title_form::Outcome::Done(title) => {
                actions.push(Action::AddTitle(title));
                state.form = None;
            }
        }
    }
    if !state.tree.has_titles() {
        if state.form.is_none() {
            widgets::muted_label(ui, "No titles yet.");
            if ui.button("Add a title").clicked() {
                state.form = Some(TitleForm::default());
            }
        }
        return;
    }
    let field =
        TextEdit::singleline(&mut state.tree.filter).hint_text("Filter stats").desired_width(f32::INFINITY);
    let response = ui.add(field);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter stats"));
    tree_ui(ui, state, input, actions);
}

fn header_ui(ui: &mut Ui, state: &mut TitlesPanel, input: &QueryPanelInput<'_>) {
    let titles = input.query.titles.iter().filter(|title| !title.stats.is_empty()).count();
    let chosen: usize = input.query.titles.iter().map(|title| title.stats.len()).sum();
    let form = &mut state.form;
    widgets::row_ui(
        ui,
        |ui| {
            widgets::section_header(ui, "Titles and stats", &format!("{titles} / {chosen}"))
                .on_hover_text(format!("{titles} titles, {chosen} stats chosen"));
        },
        |ui| {
            let add = widgets::icon_button(ui, icon::PLUS, "Add title or stats");
            if add.on_hover_text("Add a title by its SCID, or stats by name").clicked() {
                *form = if form.is_some() { None } else { Some(TitleForm::default()) };
            }
        },
    );
}

fn tree_ui(ui: &mut Ui, state: &mut TitlesPanel, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    state.tree.refresh_lines(input.dictionary);
    let tree = &state.tree;
    if tree.count() == 0 {
        widgets::muted_label(ui, "No title or stat has this in its name.");
        return;
    }
    let (mut fold, mut form, mut renaming) = (None, None, state.renaming.take());
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("titles tree")
        .min_scrolled_height(0.0)
        .auto_shrink([false, false])
        .show_rows(ui, LINE_HEIGHT, tree.count(), |ui, shown| {
            for line in tree.lines(shown) {
                match line {
                    Line::Stat(title, stat) => stat_ui(ui, input, title, stat, actions),
                    Line::Title(title) => {
                        let asked =
                            title_ui(ui, input, title, tree.is_folded(&title.scid), &mut renaming, actions);
                        match asked {
                            Some(Asked::Fold) => fold = Some(title.scid.clone()),
                            Some(Asked::AddStats) => form = Some(TitleForm::for_title(title)),
                            None => {}
                        }
                    }
                }
            }
        });
    state.renaming = renaming;
    if let Some(title) = fold {
        state.tree.fold(title);
    }
    if form.is_some() {
        state.form = form;
    }
}

/// What a title's line asks of the tree itself.
enum Asked {
    Fold,
    AddStats,
}

fn title_ui(
    ui: &mut Ui,
    input: &QueryPanelInput<'_>,
    title: &KnownTitle,
    folded: bool,
    renaming: &mut Option<(Scid, String)>,
    actions: &mut Vec<Action>,
) -> Option<Asked> {
    if let Some((scid, name)) = renaming
        && *scid == title.scid
    {
        if let Some(done) = rename_ui(ui, name) {
            if done && !name.trim().is_empty() {
                actions.push(Action::RenameTitle(scid.clone(), name.trim().to_owned()));
            }
            *renaming = None;
        }
        return None;
    }
    let ticked = ticked(input.query, title);
    let shown = if title.name.is_empty() { "Unnamed title" } else { &title.name };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::click());
    let fold_rect = egui::Rect::from_min_size(rect.min, vec2(18.0, LINE_HEIGHT));
    checkbox_info(ui, &response, ticked, || shown.to_owned());
    let palette = theme::palette(ui);
    hover_ui(ui, &response, rect);
    paint_box(ui, pos2(rect.left() + 18.0 + BOX_SIZE / 2.0, rect.center().y), ticked);
    let tail = tail(&title.scid);
    let tail = widgets::elided(
        ui,
        egui::text::LayoutJob::simple_singleline(tail, theme::small(), palette.muted),
        80.0,
    );
    let tail_at = Align2::RIGHT_CENTER.align_size_within_rect(tail.size(), rect.shrink2(vec2(6.0, 0.0)));
    let name_left = rect.left() + 18.0 + BOX_SIZE + 8.0;
    let mut job = egui::text::LayoutJob::default();
    job.append(shown, 0.0, egui::TextFormat::simple(theme::semibold(), palette.text));
    let name = widgets::elided(ui, job, tail_at.left() - name_left - 8.0);
    ui.painter().galley(pos2(name_left, rect.center().y - name.size().y / 2.0), name, palette.text);
    ui.painter().galley(tail_at.min, tail, palette.muted);
    let fold = fold_ui(ui, fold_rect, &title.scid, shown, folded);
    if response.clicked() {
        let on = ticked != Ticked::All;
        actions.push(Action::Tick(title.scid.clone(), title.stats.clone(), on));
    }
    let mut asked = fold.then_some(Asked::Fold);
    response.context_menu(|ui| {
        if ui.button("Rename").clicked() {
            *renaming = Some((title.scid.clone(), title.name.clone()));
        }
        if ui.button("Add stats").clicked() {
            asked = Some(Asked::AddStats);
        }
        if ui.button("Copy SCID").clicked() {
            actions.push(Action::Copy(title.scid.to_string()));
        }
        if ui
            .button("Forget title")
            .on_hover_text("Remove it from the query and from the known titles")
            .clicked()
        {
            actions.push(Action::ForgetTitle(title.scid.clone()));
        }
    });
    explain(response, || format!("{shown}\nSCID {}\nRight-click for more", title.scid));
    asked
}

/// Returns whether the name is done with: taken (`true`) or dropped.
fn rename_ui(ui: &mut Ui, name: &mut String) -> Option<bool> {
    let id = egui::Id::unique("title being renamed");
    let known = ui.memory(|memory| memory.has_focus(id) || memory.had_focus_last_frame(id));
    let response = ui
        .add(TextEdit::singleline(name).id(id).desired_width(f32::INFINITY).min_size(vec2(0.0, LINE_HEIGHT)));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Name of the title"));
    if !known {
        response.request_focus();
        return None;
    }
    response.lost_focus().then(|| !ui.input(|input| input.key_pressed(egui::Key::Escape)))
}

fn fold_ui(ui: &Ui, rect: egui::Rect, scid: &Scid, name: &str, folded: bool) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(("fold", scid)), Sense::click());
    let label = if folded { format!("Unfold {name}") } else { format!("Fold {name}") };
    response.widget_info(|| WidgetInfo::labeled(Role::DisclosureTriangle, true, &label));
    let glyph = if folded { icon::CARET_RIGHT } else { icon::CARET_DOWN };
    let palette = theme::palette(ui);
    let color = if response.hovered() || response.has_focus() { palette.text } else { palette.faint };
    ui.painter().text(rect.center() - vec2(2.0, 0.0), Align2::CENTER_CENTER, glyph, theme::small(), color);
    response.clicked()
}

fn stat_ui(
    ui: &mut Ui,
    input: &QueryPanelInput<'_>,
    title: &KnownTitle,
    stat: &StatName,
    actions: &mut Vec<Action>,
) {
    let on = document::is_ticked(input.query, &title.scid, stat);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::click());
    let ticked = if on { Ticked::All } else { Ticked::None };
    let named = display_name(input.dictionary, &title.scid, stat);
    checkbox_info(ui, &response, ticked, || match named {
        Some(name) => format!("{name} ({stat}), {}", title.name),
        None => format!("{stat}, {}", title.name),
    });
    hover_ui(ui, &response, rect);
    paint_box(ui, pos2(rect.left() + 36.0 + BOX_SIZE / 2.0, rect.center().y), ticked);
    let palette = theme::palette(ui);
    let left = rect.left() + 36.0 + BOX_SIZE + 8.0;
    let shown = named.unwrap_or(stat.as_str());
    let job = egui::text::LayoutJob::simple_singleline(shown.to_owned(), theme::body(), palette.text);
    let galley = widgets::elided(ui, job, rect.right() - left - 4.0);
    let cut = galley.elided;
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, palette.text);
    if response.clicked() {
        actions.push(Action::Tick(title.scid.clone(), vec![stat.clone()], !on));
    }
    if let Some(name) = named {
        explain(response, || format!("{name}: {stat} on the wire"));
    } else if cut {
        explain(response, || stat.to_string());
    }
}

fn ticked(query: &Query, title: &KnownTitle) -> Ticked {
    let on = query.title(&title.scid).map_or(0, |chosen| chosen.stats.len());
    match on {
        0 => Ticked::None,
        all if all >= title.stats.len() => Ticked::All,
        _ => Ticked::Some,
    }
}

fn checkbox_info(ui: &Ui, response: &Response, ticked: Ticked, name: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked == Ticked::All, name()));
    if ticked == Ticked::Some {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_toggled(egui::accesskit::Toggled::Mixed);
        });
    }
}

fn hover_ui(ui: &Ui, response: &Response, rect: egui::Rect) {
    let palette = theme::palette(ui);
    if response.hovered() {
        ui.painter().rect_filled(rect, CORNER_RADIUS, palette.hover);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(theme::HAIRLINE, palette.accent);
        ui.painter().rect_stroke(rect, CORNER_RADIUS, stroke, egui::StrokeKind::Inside);
    }
}

fn paint_box(ui: &Ui, center: egui::Pos2, ticked: Ticked) {
    let palette = theme::palette(ui);
    let rect = egui::Rect::from_center_size(center, egui::Vec2::splat(BOX_SIZE));
    let corners = CornerRadius::same(4);
    let line = |color| egui::Stroke::new(theme::HAIRLINE, color);
    let inside = egui::StrokeKind::Inside;
    let painter = ui.painter();
    match ticked {
        Ticked::None => {
            painter.rect_stroke(rect, corners, line(palette.faint), inside);
        }
        Ticked::Some => {
            painter.rect(rect, corners, palette.selected_row, line(palette.accent), inside);
            painter.hline(
                rect.left() + 4.0..=rect.right() - 4.0,
                center.y,
                egui::Stroke::new(2.0, palette.accent),
            );
        }
        Ticked::All => {
            painter.rect_filled(rect, corners, palette.accent);
            let font = egui::FontId::proportional(11.0);
            painter.text(center, Align2::CENTER_CENTER, icon::CHECK, font, palette.on_accent);
        }
    }
}

/// The end of a SCID: enough to tell titles of one name apart.
fn tail(scid: &Scid) -> String {
    let text = scid.as_str();
    let count = text.chars().count();
    if count <= 8 {
        text.to_owned()
    } else {
        text.chars().skip(count - 4).fold("…".to_owned(), |mut tail, c| {
            tail.push(c);
            tail
        })
    }
}
