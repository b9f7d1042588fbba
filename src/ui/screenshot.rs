//! Takes a picture of the window once it stands still.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    time::{Duration, Instant},
};

use egui::{ColorImage, Context, ScreenshotCallback, ViewportCommand};

use super::options::WindowError;

/// A window that has not settled by then never will.
const PATIENCE: Duration = Duration::from_secs(30);
/// System fonts are found in the background: they are given this long, so that names are not boxes.
const FONTS: Duration = Duration::from_millis(700);

/// The picture that is to be taken.
pub(crate) struct Photographer {
    file: PathBuf,
    began: Instant,
    sender: Sender<Arc<ColorImage>>,
    receiver: Receiver<Arc<ColorImage>>,
    /// Whether a picture was asked for and has not come.
    waiting: bool,
    last: Option<Arc<ColorImage>>,
    outcome: Option<Result<(), WindowError>>,
}

impl Photographer {
    pub(crate) fn new(file: PathBuf) -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { file, began: Instant::now(), sender, receiver, waiting: false, last: None, outcome: None }
    }

    /// How it ended.
    pub(crate) fn into_outcome(self) -> Result<(), WindowError> {
        self.outcome.unwrap_or(Err(WindowError::PictureMissed))
    }

    /// To be called each frame. Closes the window when the picture is written, or cannot be.
    pub(crate) fn frame(&mut self, ctx: &Context, settled: bool) {
        if self.outcome.is_some() {
            return;
        }
        let came = self.receiver.try_iter().last();
        self.waiting &= came.is_none();
        if self.began.elapsed() > PATIENCE {
            let doing = if settled { "moving" } else { "waiting for data" };
            self.end(ctx, Err(WindowError::PictureTimeout(PATIENCE.as_secs(), doing)));
        } else if !settled || self.began.elapsed() < FONTS {
            self.last = None;
            ctx.request_repaint_after(Duration::from_millis(50));
        } else if let Some(picture) = came {
            if self.last.as_ref().is_some_and(|last| last == &picture) {
                let written = self.write(&picture);
                self.end(ctx, written);
                return;
            }
            self.last = Some(picture);
            self.ask(ctx);
        } else if !self.waiting {
            self.ask(ctx);
        }
    }

    fn ask(&mut self, ctx: &Context) {
        self.waiting = true;
        let (sender, context) = (self.sender.clone(), ctx.clone());
        ctx.send_viewport_cmd(ViewportCommand::Screenshot(ScreenshotCallback::new(move |picture| {
            // Received in the next frame; when that never comes, nobody waits.
            let _ = sender.send(picture);
            context.request_repaint();
        })));
        ctx.request_repaint();
    }

    fn write(&self, picture: &ColorImage) -> Result<(), WindowError> {
        let failed = |reason: String| WindowError::PictureFile(self.file.clone(), reason);
        let [width, height] = picture.size;
        let bytes: Vec<u8> = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
        let image = image::RgbaImage::from_raw(width as u32, height as u32, bytes)
            .ok_or_else(|| failed("it has no pixels".into()))?;
        image.save_with_format(&self.file, image::ImageFormat::Png).map_err(|error| failed(error.to_string()))
    }

    fn end(&mut self, ctx: &Context, outcome: Result<(), WindowError>) {
        self.outcome = Some(outcome);
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}
