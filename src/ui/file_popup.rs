//! The popup that asks which file: to open, to save to, or to export to.

use std::{path::PathBuf, sync::Arc};

use egui::{Id, Key, Popup, PopupCloseBehavior, RectAlign, Response, ScrollArea, TextEdit, Ui};

use super::{
    actions::Action,
    explore::ExportFormat,
    picture::{Form, Order, PictureAction},
    spot::Spot,
    theme, widgets,
};
use crate::model::Exchange;

const WIDTH: f32 = 420.0;

/// What the file is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Purpose {
    /// A query to open.
    Open,
    /// Where to save the query.
    SaveAs,
    /// Where to write the shown rows.
    Export(ExportFormat),
    /// The file of the stat dictionary.
    Dictionary,
    /// Where to write these requests.
    Har(Arc<[Arc<Exchange>]>),
    /// Where to draw this picture to.
    Picture(Box<Order>),
}

impl Purpose {
    /// Whether it is about a query, so that the query files that there are help to choose.
    pub(crate) fn is_of_queries(&self) -> bool {
        matches!(self, Self::Open | Self::SaveAs)
    }

    /// Whether it is about what the screen shows.
    pub(crate) fn is_of_screen(&self) -> bool {
        matches!(self, Self::Export(_) | Self::Har(_) | Self::Picture(_))
    }
}

/// The popup, while it is open.
#[derive(Debug)]
pub(crate) struct FilePopup {
    purpose: Purpose,
    spot: Spot,
    /// The path as typed.
    path: String,
    /// The query files of the home folder.
    listed: Vec<PathBuf>,
    /// Why the desktop's dialog did not come, and the like.
    trouble: Option<String>,
    fresh: bool,
}

impl FilePopup {
    /// `spot` is where it opens, unless it is about a query.
    pub(crate) fn new(purpose: Purpose, spot: Spot, proposed: &std::path::Path) -> Self {
        let path = proposed.display().to_string();
        Self { purpose, spot, path, listed: Vec::new(), trouble: None, fresh: true }
    }

    pub(crate) fn purpose(&self) -> &Purpose {
        &self.purpose
    }

    pub(crate) fn set_listed(&mut self, files: Vec<PathBuf>) {
        self.listed = files;
    }

    pub(crate) fn set_path(&mut self, path: &std::path::Path) {
        self.path = path.display().to_string();
    }

    pub(crate) fn set_trouble(&mut self, trouble: String) {
        self.trouble = Some(trouble);
    }

    /// The path as typed, for the desktop's dialog to start at.
    pub(crate) fn path(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }

    fn action(&self, path: PathBuf) -> Action {
        match &self.purpose {
            Purpose::Open => Action::Open(path),
            Purpose::SaveAs => Action::SaveAs(path),
            Purpose::Export(format) => Action::Export(*format, path),
            Purpose::Dictionary => Action::UseDictionary(Some(path)),
            Purpose::Har(exchanges) => Action::SaveHar(exchanges.clone(), path),
            Purpose::Picture(order) => Action::Picture(PictureAction::Save(order.clone(), path)),
        }
    }
}

/// The popup, when there is one: about a query it hangs below `query`. Takes it away once it is done
/// with.
pub(crate) fn file_popup_ui(query: &Response, popup: &mut Option<FilePopup>, actions: &mut Vec<Action>) {
    let Some(state) = popup else { return };
    let mut open = true;
    let mut chosen = None;
    let id = Id::unique("file popup");
    let place = if state.purpose.is_of_queries() {
        Popup::from_response(query)
            .id(id)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .align(RectAlign::BOTTOM_START)
    } else {
        state.spot.popup(&query.ctx, id)
    };
    place.open_bool(&mut open).accessible_name("Choose a file").width(WIDTH).show(|ui| {
        ui.set_width(WIDTH);
        chosen = content_ui(ui, state, actions);
    });
    if let Some(path) = chosen {
        actions.push(state.action(path));
        open = false;
    }
    if !open {
        *popup = None;
    }
}

fn content_ui(ui: &mut Ui, state: &mut FilePopup, actions: &mut Vec<Action>) -> Option<PathBuf> {
    let (title, button) = match &state.purpose {
        Purpose::Open => ("Open query", "Open file"),
        Purpose::SaveAs => ("Save query as", "Save file"),
        Purpose::Export(ExportFormat::Csv) => ("Export as CSV", "Export file"),
        Purpose::Export(ExportFormat::Tsv) => ("Export as TSV", "Export file"),
        Purpose::Export(ExportFormat::Json) => ("Export as JSON", "Export file"),
        Purpose::Export(ExportFormat::Markdown) => ("Export as Markdown", "Export file"),
        Purpose::Dictionary => ("Use a file for the stat dictionary", "Use file"),
        Purpose::Har(_) => ("Save requests as HAR", "Save file"),
        Purpose::Picture(order) => match order.options.form {
            Form::Png => ("Save picture as PNG", "Save file"),
            Form::Svg => ("Save picture as SVG", "Save file"),
        },
    };
    let mut chosen = None;
    widgets::section_header(ui, title, "");
    if !state.listed.is_empty() && state.purpose.is_of_queries() {
        ScrollArea::vertical().max_height(200.0).show(ui, |ui| {
            for file in &state.listed {
                let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
                let row = ui.selectable_label(false, name.as_ref()).on_hover_text(file.display().to_string());
                if row.clicked() {
                    match state.purpose {
                        Purpose::Open => chosen = Some(file.clone()),
                        _ => state.path = file.display().to_string(),
                    }
                }
            }
        });
        ui.separator();
    }
    let field = ui.add(
        TextEdit::singleline(&mut state.path).hint_text("Path of the file").desired_width(f32::INFINITY),
    );
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Path of the file"));
    if std::mem::take(&mut state.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if let Some(trouble) = &state.trouble {
        ui.colored_label(theme::palette(ui).warning, trouble);
    }
    ui.horizontal(|ui| {
        let typed = !state.path.trim().is_empty();
        let go = ui.add_enabled(typed, egui::Button::new(button)).on_hover_text("Enter").clicked();
        if (go || entered) && typed {
            chosen = Some(state.path());
        }
        if ui.button("Browse…").on_hover_text("Choose in the desktop's own dialog").clicked() {
            actions.push(Action::Browse);
        }
    });
    chosen
}
