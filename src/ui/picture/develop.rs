//! From an order to a picture: pixels, the bytes of a PNG file, or the text of an SVG file. Each takes
//! longer than a frame may.

use egui::{Color32, ColorImage};
use image::{
    ExtendedColorType, ImageEncoder, ImageError,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};

use super::{
    Form, Order, Paper,
    headless::{self, Drawing},
    raster, sheet, svg,
};
use crate::{analysis::display::count, ui::theme};

/// More pixels take more memory than a picture is worth: four bytes each, twice while they are written.
const MOST_PIXELS: f64 = 40_000_000.0;
/// The clipboard packs what it is given within a frame.
const MOST_COPIED: f64 = 12_000_000.0;

/// Why there is no picture. What happened and what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(
        "The picture would have {} × {} pixels, more than fit into {}. {}",
        count(*.width),
        count(*.height),
        .place,
        .remedy
    )]
    TooLarge { width: usize, height: usize, place: &'static str, remedy: &'static str },
    #[error("The picture could not be packed: {0}. Try another size")]
    Packing(#[from] ImageError),
}

impl Order {
    /// The bytes of the file.
    pub(crate) fn file(&self) -> Result<Vec<u8>, Trouble> {
        match self.options.form {
            Form::Png => self.png(),
            Form::Svg => self.svg().map(String::into_bytes),
        }
    }

    /// The pixels, for the clipboard.
    pub(crate) fn copy(&self) -> Result<ColorImage, Trouble> {
        self.image(MOST_COPIED, "the clipboard")
    }

    fn png(&self) -> Result<Vec<u8>, Trouble> {
        let image = self.image(MOST_PIXELS, "a picture")?;
        let [width, height] = image.size;
        // Nothing shines through: the colours alone are a quarter less to pack.
        let bytes: Vec<u8> =
            image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
        drop(image);
        let mut file = Vec::new();
        // Flat colours pack best, and ten times quicker, without a guess at each line.
        let (packing, filter) = (CompressionType::Default, FilterType::NoFilter);
        let encoder = PngEncoder::new_with_quality(&mut file, packing, filter);
        encoder.write_image(&bytes, width as u32, height as u32, ExtendedColorType::Rgb8)?;
        Ok(file)
    }

    fn image(&self, most: f64, place: &'static str) -> Result<ColorImage, Trouble> {
        let drawing = self.drawing(f32::from(self.options.scale), most, place)?;
        Ok(raster::raster(drawing, self.background()))
    }

    fn svg(&self) -> Result<String, Trouble> {
        let drawing = self.drawing(1.0, MOST_PIXELS, "a picture")?;
        let about = svg::About { title: &self.picture.title, print: &sheet::print(self) };
        Ok(svg::write(&drawing.shapes, drawing.size, self.background(), &about))
    }

    fn drawing(&self, scale: f32, most: f64, place: &'static str) -> Result<Drawing, Trouble> {
        let mut draw = (self.picture.make)();
        let mut state = sheet::SheetState::default();
        let limit = headless::Limit { pixels: most, place, can_shrink: scale > 1.0 };
        let room = self.picture.room + sheet::AROUND;
        let mut drawing = headless::draw(self.is_light(), scale, room, limit, |ui| {
            sheet::sheet_ui(ui, &mut state, self, &mut draw)
        })?;
        if self.options.paper == Paper::White {
            drawing.shapes.iter_mut().for_each(|shape| theme::on_white(&mut shape.shape));
        }
        Ok(drawing)
    }

    fn is_light(&self) -> bool {
        self.is_light || self.options.paper == Paper::White
    }

    fn background(&self) -> Color32 {
        match self.options.paper {
            Paper::White => Color32::WHITE,
            Paper::Screen => theme::window(self.is_light),
        }
    }
}

#[cfg(test)]
mod tests;
