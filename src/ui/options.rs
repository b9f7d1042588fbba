//! What the command line asks of the window.

use std::path::PathBuf;

use super::screen::Screen;

/// How the window opens.
#[derive(Clone, Debug, Default)]
pub struct WindowOptions {
    /// Show the sample service, whatever is stored.
    pub sample: bool,
    /// Talk to this base URL instead of Xbox Live: loopback, or a host under `xboxlive.com`.
    pub service_url: Option<String>,
    /// Take a picture and close, instead of staying open.
    pub screenshot: Option<Screenshot>,
}

/// A picture of the window, taken once its data is there and it stands still.
///
/// Nothing of the user's session is read or written for it, unless `STATLENS_HOME` names a folder
/// whose session is meant.
#[derive(Clone, Debug)]
pub struct Screenshot {
    /// The PNG to write.
    pub file: PathBuf,
    /// Width and height of the window in points; `None` is the usual size.
    pub size: Option<(f32, f32)>,
    /// Dark or light; `None` is what the session has, else dark.
    pub theme: Option<Theme>,
    /// Which screen; `None` is what the session has, else Explore.
    pub screen: Option<Screen>,
}

/// Dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light text on dark.
    Dark,
    /// Dark text on light.
    Light,
}

/// Why the window could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// No display, or no OpenGL on it.
    #[error(
        "The window could not be opened: {0}. Check that a display is there and that OpenGL 2.1 or later works on it"
    )]
    Open(String),
    /// The engine could not start.
    #[error("Statlens could not start: {0}")]
    Engine(String),
    /// The data did not come, or the picture did not come to rest.
    #[error("No picture was taken: after {0} seconds the window was still {1}")]
    PictureTimeout(u64, &'static str),
    /// The PNG could not be written.
    #[error("The picture could not be written to {0}: {1}")]
    PictureFile(PathBuf, String),
    /// The window went away before the picture was taken.
    #[error("No picture was taken: the window was closed first")]
    PictureMissed,
}
