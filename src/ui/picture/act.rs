//! Does what the user chose for a picture.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::{Order, Picture, PictureAction};
use crate::ui::{actions::ServiceChoice, app::App, file_popup::Purpose, screen::Screen, spot::Spot};

impl App {
    /// Does what concerns pictures.
    pub(in crate::ui) fn act_on_picture(&mut self, action: PictureAction) {
        match action {
            PictureAction::AskScreen => self.ask_screen_picture(),
            PictureAction::AskChart => {
                if let Some(picture) = self.explore.chart_picture() {
                    self.act_on_picture(PictureAction::Ask(picture));
                }
            }
            PictureAction::Ask(picture) => {
                let print = self.print(&picture);
                self.panels.picture.show(Spot::of_frame(&self.context), picture, print, self.light);
            }
            PictureAction::AskFile(order) => {
                let proposed = named(&self.proposed(order.options.form.extension()), &order.picture.what);
                self.ask_file(Purpose::Picture(Box::new(order)), &proposed);
            }
            PictureAction::Save(order, file) => self.save_picture(*order, file),
            PictureAction::Copy(order) => {
                self.tell_drawing();
                self.jobs.copy_picture(order);
            }
        }
    }

    /// Offers a picture of what is on the screen.
    fn ask_screen_picture(&mut self) {
        let picture = match self.screen {
            Screen::Explore => {
                let query = self.document.query();
                let picture = self.explore.grid_picture(self.document.name(), &query.groups);
                picture.map(|picture| picture.with_name("grid"))
            }
            Screen::Compare => self.compare.picture().map(|compared| {
                Picture::new("Compared", compared.size(), move || {
                    let compared = compared.clone();
                    move |ui| compared.ui(ui)
                })
                .with_name("compare")
            }),
            Screen::Requests => None,
        };
        if let Some(picture) = picture {
            self.act_on_picture(PictureAction::Ask(picture));
        }
    }

    /// The query, the time and the source, for the small print.
    fn print(&self, picture: &Picture) -> Vec<String> {
        let query = self.document.name();
        let query = (picture.title != query).then(|| query.to_owned());
        let time =
            self.answer.fetched_at().map(|at| format!("values as of {}", self.clock.date_and_time(at)));
        let source = match self.services.choice() {
            ServiceChoice::Sample => "Statlens, sample service: invented players",
            ServiceChoice::Xbox => "Statlens, Xbox Live userstats",
            // Its address may hold what is nobody's business.
            ServiceChoice::At(_) => "Statlens, a service in place of Xbox Live",
        };
        query.into_iter().chain(time).chain([source.to_owned()]).collect()
    }

    fn save_picture(&mut self, order: Order, file: PathBuf) {
        let extension = order.options.form.extension();
        let file = if file.extension().is_none() { file.with_extension(extension) } else { file };
        self.tell_drawing();
        self.jobs.save_picture(file, order);
    }

    fn tell_drawing(&mut self) {
        self.said.say("Drawing the picture…");
    }
}

/// The same file with the name of what it shows: "Week 12 – scatter.png".
fn named(file: &Path, what: &str) -> PathBuf {
    let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(file.file_stem()), part(file.extension()));
    if what.is_empty() {
        file.to_owned()
    } else {
        file.with_file_name(format!("{stem} – {what}.{extension}"))
    }
}
