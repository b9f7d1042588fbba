//! Runs what draws in a context without a window, until it stands still.

use std::sync::{Arc, LazyLock};

use egui::{
    ClippedPrimitive, Context, Pos2, RawInput, Rect, Ui, Vec2,
    epaint::{ClippedShape, text::FontProvider},
    vec2,
};
use egui_system_font_provider::SystemFontProvider;

use super::{develop::Trouble, textures::Textures};
use crate::ui::theme;

/// In the first frame sizes are learnt; what opens or scrolls needs one or two more.
const LEAST_PASSES: usize = 3;
/// What moves for ever is drawn as it is then.
const MOST_PASSES: usize = 8;
/// Seconds between two frames: whatever moves has come to its end in the next one.
const BETWEEN: f64 = 1.0;
/// The widest texture of letters: four times the size needs more room than a window does.
const TEXTURE_SIDE: usize = 4_096;

/// Finds the fonts of the system for names in any script, as the window does. Listing them takes a
/// while: it is done once, when the first picture is drawn.
static SYSTEM_FONTS: LazyLock<Arc<SystemFontProvider>> = LazyLock::new(Arc::default);

/// How large a picture may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) pixels: f64,
    /// What could not hold more.
    pub(super) place: &'static str,
    /// Whether there is a smaller scale.
    pub(super) can_shrink: bool,
}

/// What was drawn.
pub(super) struct Drawing {
    context: Context,
    pub(super) textures: Textures,
    pub(super) shapes: Vec<ClippedShape>,
    /// In points.
    pub(super) size: Vec2,
    /// Pixels for each point.
    pub(super) scale: f32,
}

/// Runs `draw` with `room` points at first, then with as much as it says that it takes.
pub(super) fn draw(
    is_light: bool,
    scale: f32,
    room: Vec2,
    limit: Limit,
    mut draw: impl FnMut(&mut Ui) -> Vec2,
) -> Result<Drawing, Trouble> {
    let context = Context::default();
    theme::install(&context);
    theme::set_light(&context, is_light);
    let system_fonts: Arc<dyn FontProvider> = SYSTEM_FONTS.clone();
    context.add_font_provider(system_fonts);
    let mut drawing =
        Drawing { context, textures: Textures::default(), shapes: Vec::new(), size: room, scale };
    for pass in 0..MOST_PASSES {
        let stands_still = drawing.pass(pass, limit, &mut draw)?;
        if stands_still && pass + 1 >= LEAST_PASSES {
            break;
        }
    }
    Ok(drawing)
}

impl Drawing {
    /// Draws a frame. Returns whether the next one would be the same.
    fn pass(
        &mut self,
        pass: usize,
        limit: Limit,
        draw: &mut impl FnMut(&mut Ui) -> Vec2,
    ) -> Result<bool, Trouble> {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            max_texture_side: Some(TEXTURE_SIDE),
            time: Some(pass as f64 * BETWEEN),
            ..RawInput::default()
        };
        input.viewports.entry(input.viewport_id).or_default().native_pixels_per_point = Some(self.scale);
        let mut size = self.size;
        let mut output = self.context.run_ui(input, |ui| size = draw(ui));
        self.textures.apply(&mut output.textures_delta);
        self.shapes = std::mem::take(&mut output.shapes);
        limit.check(size * self.scale)?;
        let wants_more = output.viewport_output.values().any(|window| window.repaint_delay.is_zero());
        let is_same = std::mem::replace(&mut self.size, size) == size;
        Ok(is_same && !wants_more)
    }

    /// In pixels.
    pub(super) fn pixels(&self) -> [usize; 2] {
        let size = (self.size * self.scale).round();
        [size.x as usize, size.y as usize]
    }

    /// The shapes as triangles.
    pub(super) fn triangles(&mut self) -> Vec<ClippedPrimitive> {
        self.context.tessellate(std::mem::take(&mut self.shapes), self.scale)
    }
}

impl Limit {
    fn check(self, pixels: Vec2) -> Result<(), Trouble> {
        if f64::from(pixels.x) * f64::from(pixels.y) <= self.pixels {
            return Ok(());
        }
        let Vec2 { x, y } = pixels.clamp(Vec2::ZERO, vec2(1e9, 1e9)).round();
        let remedy = if self.can_shrink {
            "Choose a smaller size, or show fewer players or stats"
        } else {
            "Show fewer players or stats"
        };
        Err(Trouble::TooLarge { width: x as usize, height: y as usize, place: self.place, remedy })
    }
}
