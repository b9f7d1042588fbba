//! ui: to be written.
use std::path::PathBuf;

/// How the window opens.
#[derive(Clone, Debug, Default)]
pub struct WindowOptions {
    /// Show the sample service, whatever is stored.
    pub sample: bool,
    /// Talk to this base URL instead of Xbox Live.
    pub service_url: Option<String>,
    /// Take a picture and close, instead of staying open.
    pub screenshot: Option<Screenshot>,
}

/// A picture of the window.
#[derive(Clone, Debug)]
pub struct Screenshot {
    /// The PNG to write.
    pub file: PathBuf,
    /// Width and height of the window in points; `None` is the usual size.
    pub size: Option<(f32, f32)>,
    /// Dark or light.
    pub theme: Option<Theme>,
    /// Which screen.
    pub screen: Option<String>,
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
    /// There is none in this build.
    #[error("There is no window in this build. Use statlens fetch")]
    Missing,
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Always: there is none in this build.
pub fn run(_options: WindowOptions) -> Result<(), WindowError> {
    Err(WindowError::Missing)
}
