//! The button with the query's name, and the menu of what can be done with a query.

use egui::{Key, Popup, PopupCloseBehavior, Response, TextEdit, Ui};

use super::{actions::Action, document::Document, theme::icon, widgets};

/// What is being typed in the menu.
#[derive(Debug, Default)]
pub(crate) struct QueryMenu {
    renaming: Option<String>,
}

/// The button; the popup for files hangs below it.
pub(crate) fn query_menu_ui(
    ui: &mut Ui,
    state: &mut QueryMenu,
    document: &Document,
    actions: &mut Vec<Action>,
) -> Response {
    let mark = if document.is_unsaved() { "●" } else { "" };
    let button = widgets::chip_button(ui, document.name(), mark);
    let about = match (document.is_unsaved(), document.file()) {
        (true, Some(file)) => format!("Changed since it was saved to {} (Ctrl+S saves)", file.display()),
        (true, None) => {
            "Not saved to a file yet (Ctrl+S saves). It is kept for the next start all the same".to_owned()
        }
        (false, Some(file)) => format!("Saved in {}", file.display()),
        (false, None) => "The query: whom and what to ask for".to_owned(),
    };
    let button = button.on_hover_text(about);
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(240.0).show(|ui| {
        ui.set_min_width(220.0);
        if menu_ui(ui, state, document, actions) {
            ui.close();
        }
    });
    button
}

/// The entries. Returns whether one was chosen.
fn menu_ui(ui: &mut Ui, state: &mut QueryMenu, document: &Document, actions: &mut Vec<Action>) -> bool {
    let mut chosen = false;
    if let Some(name) = &mut state.renaming {
        let field = ui.add(TextEdit::singleline(name).hint_text("Name").desired_width(f32::INFINITY));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Name of the query"));
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.button("Rename query").clicked() || entered {
            actions.push(Action::RenameQuery(name.trim().to_owned()));
            state.renaming = None;
            chosen = true;
        }
        ui.separator();
    }
    let entries = [
        (icon::FILE_PLUS, "New", "Ctrl+N", Action::NewQuery),
        (icon::FOLDER_OPEN, "Open…", "Ctrl+O", Action::AskOpen),
        (icon::FLOPPY_DISK, "Save", "Ctrl+S", Action::Save),
        (icon::FLOPPY_DISK, "Save as…", "Ctrl+Shift+S", Action::AskSaveAs),
        (icon::COPY, "Duplicate", "", Action::Duplicate),
        (icon::INFO, "Stat dictionary…", "", Action::OpenDictionary(None)),
    ];
    for (glyph, label, key, action) in entries {
        if entry_ui(ui, glyph, label, key) {
            actions.push(action);
            chosen = true;
        }
    }
    if state.renaming.is_none() && entry_ui(ui, icon::PENCIL_SIMPLE, "Rename", "") {
        state.renaming = Some(document.name().to_owned());
    }
    if !document.recent().is_empty() {
        ui.separator();
        widgets::muted_label(ui, "Recent");
        for file in document.recent() {
            let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
            if ui.button(name.as_ref()).on_hover_text(file.display().to_string()).clicked() {
                actions.push(Action::Open(file.clone()));
                chosen = true;
            }
        }
    }
    chosen
}

fn entry_ui(ui: &mut Ui, glyph: &str, label: &str, key: &str) -> bool {
    let icon = egui::RichText::new(glyph);
    let button =
        egui::Button::new((icon, label)).shortcut_text(key).min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    let name = label.to_owned();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.clicked()
}
