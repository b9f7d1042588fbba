//! What came of reading and writing files, applied to the window.

use super::{
    actions::Action,
    app::App,
    file_jobs::Done,
    notices::{Notice, Subject, Tone},
};
use crate::analysis::display::count;

impl App {
    /// Applies what came of one job.
    pub(super) fn apply_file(&mut self, done: Done) {
        match done {
            Done::Opened { file, text, query, warnings } => {
                self.put_opened(file, text, query);
                if let Some(first) = warnings.first() {
                    let more = warnings.len() - 1;
                    let text = if more == 0 { first.clone() } else { format!("{first} (and {more} more)") };
                    self.file_notice(Tone::Warning, text);
                }
            }
            Done::Baseline(query) => self.document.set_baseline(query),
            Done::Saved { file, text, query } => {
                let told = format!("Saved in {}", file.display());
                self.document.note_saved(query, file, text);
                self.drafts.touch();
                // What went wrong with the file before is over.
                self.notices.drop_subject(Subject::File);
                self.said.say(told);
            }
            Done::Exported { file, rows } => {
                let players =
                    if rows == 1 { "1 player".to_owned() } else { format!("{} players", count(rows)) };
                self.said.say(format!("{players} exported to {}", file.display()));
            }
            Done::Drawn(file) => self.said.say(format!("Picture saved in {}", file.display())),
            Done::Copied(image) => {
                let [width, height] = image.size.map(count);
                self.context.copy_image(image);
                self.said.say(format!("Picture copied: {width} × {height} pixels"));
            }
            Done::SavedHar { file, requests } => {
                let many = if requests == 1 {
                    "1 request".to_owned()
                } else {
                    format!("{} requests", count(requests))
                };
                self.said.say(format!("{many} saved in {}. No token is in it", file.display()));
            }
            Done::Asked(asked) => self.fill_query(asked),
            Done::Players(text) => self.act(Action::AddPlayers(text)),
            Done::Split(split) => self.take_split(split),
            Done::Prepared(prepared) => self.begin_fetch(*prepared),
            Done::Question(question) => self.engine.send(*question),
            Done::Draft(number, draft) => self.take_draft(number, *draft),
            Done::Listed(files) => {
                if let Some(popup) = &mut self.panels.file {
                    popup.set_listed(files);
                }
            }
            Done::Browsed(outcome) => {
                let Some(popup) = &mut self.panels.file else { return };
                match outcome {
                    Ok(Some(file)) => popup.set_path(&file),
                    Ok(None) => {}
                    Err(reason) => popup.set_trouble(reason),
                }
            }
            Done::Dictionary(done) => self.take_dictionary(done),
            Done::FolderShown => {}
            Done::Failed(reason) => {
                // A picture that failed is not being drawn any more.
                self.said.take_back();
                self.file_notice(Tone::Error, reason);
            }
        }
    }

    fn file_notice(&mut self, tone: Tone, text: String) {
        self.notices.push(Notice::new(Subject::File, tone, text));
    }
}
