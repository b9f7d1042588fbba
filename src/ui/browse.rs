//! The desktop's own file dialog. Where there is none, the path can be typed.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use super::file_jobs::Done;

/// A dialog that is gone sooner than this was never there: no hand closes one so fast.
const SHOWN_AT_LEAST: Duration = Duration::from_millis(400);

/// Asks for a file to open, or for one to write when `save_name` is given. Runs on a thread of its
/// own for as long as the dialog is open.
pub(crate) fn browse(folder: Option<PathBuf>, save_name: Option<String>) -> Done {
    let mut dialog = rfd::FileDialog::new();
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    let asked = Instant::now();
    let file = match save_name {
        Some(name) => dialog.set_file_name(name).save_file(),
        None => dialog.add_filter("Query", &["toml"]).pick_file(),
    };
    if file.is_none() && asked.elapsed() < SHOWN_AT_LEAST {
        return Done::Browsed(Err("This desktop shows no file dialog. Type the path instead".into()));
    }
    Done::Browsed(Ok(file))
}
