//! The popup that asks how a picture is to be drawn, and whether to save or to copy it.

use egui::{Context, Event, Grid, Id, Ui};

use super::{Form, Options, Order, Paper, Picture, PictureAction};
use crate::ui::{
    actions::Action,
    spot::Spot,
    widgets::{muted_label, section_header},
};

const WIDTH: f32 = 300.0;
const SCALES: [(u8, &str, &str); 3] = [
    (1, "1×", "As large as on a usual screen"),
    (2, "2×", "Twice as many pixels each way: sharp on any screen"),
    (4, "4×", "Four times as many pixels each way: sharp in print"),
];

/// The popup, and what was chosen in it last.
#[derive(Debug, Default)]
pub(crate) struct PicturePanel {
    open: Option<Asked>,
    spot: Spot,
    options: Options,
}

/// The picture that the popup is open for.
#[derive(Debug)]
struct Asked {
    picture: Picture,
    print: Vec<String>,
    is_light: bool,
    /// Whether the keyboard has not come to it yet.
    is_fresh: bool,
}

impl PicturePanel {
    /// Opens the popup for a picture. `print` is what is said of query, time and source.
    pub(super) fn show(&mut self, spot: Spot, picture: Picture, print: Vec<String>, is_light: bool) {
        self.open = Some(Asked { picture, print, is_light, is_fresh: true });
        self.spot = spot;
    }

    pub(crate) fn close(&mut self) {
        self.open = None;
    }

    /// Where it was opened last.
    pub(crate) fn spot(&self) -> Spot {
        self.spot
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

/// What is to be done with the picture.
enum Chosen {
    Save,
    Copy,
}

/// The popup, while it is open.
pub(crate) fn picture_panel_ui(ctx: &Context, panel: &mut PicturePanel, actions: &mut Vec<Action>) {
    let Some(asked) = &mut panel.open else { return };
    let mut open = true;
    let mut chosen = None;
    let popup = panel.spot.popup(ctx, Id::unique("picture popup")).open_bool(&mut open);
    popup.accessible_name("Picture").width(WIDTH).show(|ui| {
        ui.set_width(WIDTH);
        chosen = content_ui(ui, asked, &mut panel.options);
    });
    if let Some(chosen) = chosen {
        let Asked { picture, print, is_light, .. } = asked;
        let form = form(picture, panel.options);
        let order = Order {
            picture: picture.clone(),
            print: std::mem::take(print),
            is_light: *is_light,
            options: Options { form, ..panel.options },
        };
        actions.push(Action::Picture(match chosen {
            Chosen::Save => PictureAction::AskFile(order),
            Chosen::Copy => PictureAction::Copy(order),
        }));
        open = false;
    }
    if !open {
        panel.open = None;
    }
}

/// How this picture is written: what was chosen last may not be offered for it.
fn form(picture: &Picture, options: Options) -> Form {
    if picture.has_vector { options.form } else { Form::Png }
}

fn content_ui(ui: &mut Ui, asked: &mut Asked, options: &mut Options) -> Option<Chosen> {
    section_header(ui, "Picture", "");
    muted_label(ui, &asked.picture.title);
    ui.add_space(4.0);
    Grid::new("picture options").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
        if asked.picture.has_vector {
            choice_ui(ui, "Form", |ui| {
                ui.radio_value(&mut options.form, Form::Png, "PNG").on_hover_text("Pixels: opens everywhere");
                ui.radio_value(&mut options.form, Form::Svg, "SVG")
                    .on_hover_text("Shapes and letters: sharp at any size, and can be edited");
            });
        }
        let has_pixels = form(&asked.picture, *options) == Form::Png;
        choice_ui(ui, "Size", |ui| {
            for (scale, name, hint) in SCALES {
                ui.add_enabled_ui(has_pixels, |ui| {
                    let choice = ui.radio_value(&mut options.scale, scale, name).on_hover_text(hint);
                    choice.on_disabled_hover_text("SVG has no pixels: it is sharp at any size");
                });
            }
        });
        choice_ui(ui, "Background", |ui| {
            ui.radio_value(&mut options.paper, Paper::Screen, "Screen")
                .on_hover_text("The colours of the screen");
            ui.radio_value(&mut options.paper, Paper::White, "White")
                .on_hover_text("Light colours on white, for documents and print");
        });
    });
    ui.add_space(4.0);
    buttons_ui(ui, asked)
}

fn choice_ui(ui: &mut Ui, name: &str, choices: impl FnOnce(&mut Ui)) {
    muted_label(ui, name);
    ui.horizontal(choices);
    ui.end_row();
}

fn buttons_ui(ui: &mut Ui, asked: &mut Asked) -> Option<Chosen> {
    ui.horizontal(|ui| {
        let save = ui.button("Save…").on_hover_text("Choose a file. Enter");
        if std::mem::take(&mut asked.is_fresh) {
            save.request_focus();
        }
        let copy = ui.button("Copy picture").on_hover_text("Put it on the clipboard. Ctrl+C");
        if save.clicked() {
            Some(Chosen::Save)
        } else if copy.clicked() || takes_copy(ui) {
            Some(Chosen::Copy)
        } else {
            None
        }
    })
    .inner
}

/// Whether the keys of the clipboard were pressed.
fn takes_copy(ui: &Ui) -> bool {
    ui.input_mut(|input| {
        let place = input.events.iter().position(|event| matches!(event, Event::Copy));
        place.map(|place| input.events.remove(place)).is_some()
    })
}
