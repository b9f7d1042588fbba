//! Opens the real window: the only place that knows eframe.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use egui::{ViewportBuilder, vec2};

use super::{
    app::{App, AppConfig, StartService},
    options::{Screenshot, WindowError, WindowOptions},
    screenshot::Photographer,
    theme,
};
use crate::engine::Home;

const SIZE: (f32, f32) = (1600.0, 1000.0);
const LEAST_SIZE: (f32, f32) = (960.0, 600.0);
/// How long sizes and places may wait to be written.
const SAVE_PAUSE: Duration = Duration::from_secs(2);
const APP_ID: &str = "statlens";

/// Opens the window and runs it until it is closed.
///
/// # Errors
/// When there is no display to open it on, or the picture that was asked for could not be taken.
#[expect(clippy::needless_pass_by_value, reason = "the door that the command line hands its options through")]
pub fn run(options: WindowOptions) -> Result<(), WindowError> {
    let picture = options.screenshot.clone();
    let config = config(&options);
    let native = native_options(&config, picture.as_ref());
    let outcome = Arc::new(Mutex::new(None));
    let reported = outcome.clone();
    let opened = eframe::run_native(
        APP_ID,
        native,
        Box::new(move |creation| {
            theme::install(&creation.egui_ctx);
            let app = App::new(&creation.egui_ctx, config)?;
            let photographer = picture.map(|picture| Photographer::new(picture.file));
            Ok(Box::new(Window { app, photographer, outcome: reported, is_fresh: true }))
        }),
    );
    let taken = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
    match opened {
        Err(eframe::Error::AppCreation(error)) => Err(WindowError::Engine(error.to_string())),
        Err(error) => Err(WindowError::Open(error.to_string())),
        Ok(()) => taken.unwrap_or(Ok(())),
    }
}

fn config(options: &WindowOptions) -> AppConfig {
    let mut config = AppConfig::default();
    let picture = options.screenshot.as_ref();
    let own_session = picture.is_none() || std::env::var_os("STATLENS_HOME").is_some();
    if own_session {
        match Home::find() {
            Ok(home) => config.home = Some(home),
            Err(error) => config.trouble = Some(error.to_string()),
        }
    }
    config.service = match &options.service_url {
        Some(url) => StartService::At(url.clone()),
        None if options.sample || !own_session => StartService::Sample,
        None => StartService::Auto,
    };
    config.theme = picture.and_then(|picture| picture.theme);
    config.screen = picture.and_then(|picture| picture.screen);
    config
}

fn native_options(config: &AppConfig, picture: Option<&Screenshot>) -> eframe::NativeOptions {
    let size = picture.and_then(|picture| picture.size);
    let (width, height) = size.unwrap_or(SIZE);
    let mut viewport = ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Statlens")
        .with_inner_size(vec2(width, height))
        .with_drag_and_drop(true)
        .with_clamp_size_to_monitor_size(picture.is_none());
    if picture.is_none() {
        viewport = viewport.with_min_inner_size(vec2(LEAST_SIZE.0, LEAST_SIZE.1));
    }
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")) {
        viewport = viewport.with_icon(icon);
    }
    eframe::NativeOptions {
        viewport,
        renderer: renderer(),
        persist_window: picture.is_none(),
        persistence_path: Some(window_file(config, picture.is_some())),
        ..eframe::NativeOptions::default()
    }
}

/// Where eframe keeps place and layout. A picture has the layout of a first start, and leaves none.
fn window_file(config: &AppConfig, picture: bool) -> std::path::PathBuf {
    match &config.home {
        Some(home) if !picture => home.window_file(),
        _ => std::env::temp_dir().join(format!("statlens-{}.ron", std::process::id())),
    }
}

fn renderer() -> eframe::Renderer {
    #[cfg(feature = "wgpu")]
    return eframe::Renderer::Wgpu;
    #[cfg(not(feature = "wgpu"))]
    eframe::Renderer::Glow
}

/// What eframe drives.
struct Window {
    app: App,
    photographer: Option<Photographer>,
    /// Where `run` finds how the picture went. A lock that nobody else holds while the window runs.
    outcome: Arc<Mutex<Option<Result<(), WindowError>>>>,
    /// Whether no frame was drawn yet.
    is_fresh: bool,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.ui(ui);
        if let Some(photographer) = &mut self.photographer {
            photographer.frame(ui.ctx(), self.app.is_settled());
        }
        // The two that claims about starting and idling are measured by.
        if std::mem::take(&mut self.is_fresh) {
            tracing::debug!("first frame drawn");
        }
        tracing::trace!("frame drawn");
    }

    fn raw_input_hook(&mut self, _ctx: &egui::Context, input: &mut egui::RawInput) {
        // A pointer that happens to be over the window has no place in a picture.
        if self.photographer.is_some() {
            input.events.retain(|event| !matches!(event, egui::Event::PointerMoved(_)));
        }
    }

    /// Sizes and places are to outlive a crash as well. Only frames save: an idle window does not.
    fn auto_save_interval(&self) -> Duration {
        SAVE_PAUSE
    }

    fn persist_egui_memory(&self) -> bool {
        self.photographer.is_none()
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(photographer) = self.photographer.take() {
            let outcome = photographer.into_outcome();
            *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        }
    }
}
