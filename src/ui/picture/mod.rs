//! Pictures of what is on the screen: as PNG at one, two or four times the size, as SVG, or on the
//! clipboard.
//!
//! A picture is drawn by the same `…_ui` functions as the screen, in a context of its own on a
//! worker: nothing in here draws a chart, a grid or a screen, and nothing in here knows one. What
//! leaves the program says what it is of and where it comes from, and holds neither token nor path.
//!
//! A screen hands over a [`Picture`]: what is called on the worker to get the function that draws.
//! That function takes along shared data and makes its own state, so that it need not be `Send`:
//!
//! ```ignore
//! let (view, settings) = (view.clone(), settings.clone());
//! let picture = Picture::new("Kills by player", vec2(1000.0, 480.0), move || {
//!     let (view, settings, mut state) = (view.clone(), settings.clone(), ChartState::default());
//!     move |ui| chart_ui(ui, &mut state, &view, &settings)
//! })
//! .with_vector()
//! .with_note("11 players have no value");
//! actions.push(Action::Picture(PictureAction::Ask(picture)));
//! ```
//!
//! The function is called for a few frames, with no pointer and no keyboard, in as much room as the
//! picture asks for; it may take more or less, and the sheet fits around it. Textures of the window
//! are not there. What the sheet says beside that (query, time, source) `App` adds.
//!
//! Start with `develop.rs`: from an [`Order`] to a file. `headless.rs` runs the function, `sheet.rs`
//! is what stands around, `raster.rs` and `svg/` turn shapes into pixels and into text, `panel.rs`
//! asks the user, `act.rs` does what they chose.

mod act;
mod develop;
mod headless;
mod panel;
mod raster;
mod sheet;
mod svg;
mod textures;

use std::{fmt, path::PathBuf, sync::Arc};

use egui::{Ui, Vec2};

pub(crate) use panel::{PicturePanel, picture_panel_ui};

/// Draws what the picture is of.
type Draw = Box<dyn FnMut(&mut Ui)>;

/// What a picture is of.
#[derive(Clone)]
pub(crate) struct Picture {
    /// What stands above.
    title: String,
    /// What it is, as its file is named: "scatter".
    what: String,
    /// What is said of the values in small print, in a few words each.
    notes: Vec<String>,
    /// How much room there is for it, in points.
    room: Vec2,
    /// Whether it can be written as SVG.
    has_vector: bool,
    make: Arc<dyn Fn() -> Draw + Send + Sync>,
}

impl Picture {
    /// `make` is called on a worker and gives the function that draws, in about `room` points.
    pub(crate) fn new<D: FnMut(&mut Ui) + 'static>(
        title: impl Into<String>,
        room: Vec2,
        make: impl Fn() -> D + Send + Sync + 'static,
    ) -> Self {
        let make = Arc::new(move || -> Draw { Box::new(make()) });
        Self { title: title.into(), what: String::new(), notes: Vec::new(), room, has_vector: false, make }
    }

    /// Names what it is in the name of its file, behind that of the query.
    pub(crate) fn with_name(mut self, what: impl Into<String>) -> Self {
        self.what = what.into();
        self
    }

    /// Offers it as SVG too.
    pub(crate) fn with_vector(mut self) -> Self {
        self.has_vector = true;
        self
    }

    /// Says something of what is shown in small print, such as "first 200 of 512 players".
    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture")
            .field("title", &self.title)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.make, &other.make) && self.title == other.title && self.notes == other.notes
    }
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// Pixels.
    #[default]
    Png,
    /// Shapes, sharp at any size.
    Svg,
}

impl Form {
    /// How files of it end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// What is behind everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paper {
    /// The colours of the screen.
    #[default]
    Screen,
    /// The light colours on white, to print and for documents.
    White,
}

/// How the user wants pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) form: Form,
    /// Pixels for each point: 1, 2 or 4.
    pub(crate) scale: u8,
    pub(crate) paper: Paper,
}

impl Default for Options {
    fn default() -> Self {
        Self { form: Form::default(), scale: 2, paper: Paper::default() }
    }
}

/// A thing to do with pictures.
#[derive(Clone, Debug)]
pub(crate) enum PictureAction {
    /// Ask how what is on the screen is to be drawn.
    AskScreen,
    /// Offer a picture of the chart on the Explore screen.
    AskChart,
    /// Ask how this is to be drawn.
    Ask(Picture),
    /// Ask for the file to draw it to.
    AskFile(Order),
    /// Draw it to this file.
    Save(Box<Order>, PathBuf),
    /// Put it on the clipboard.
    Copy(Order),
}

/// A picture that was asked for, with all that is needed to draw it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) picture: Picture,
    /// The small print: query, time and source, in a few words each.
    pub(crate) print: Vec<String>,
    /// Whether the screen is light.
    pub(crate) is_light: bool,
    pub(crate) options: Options,
}
