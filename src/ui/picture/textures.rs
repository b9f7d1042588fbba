//! The textures of a drawing: letters, and what was loaded beside them.

use std::collections::HashMap;

use egui::{Color32, ImageData, TextureFilter, TextureId, TexturesDelta, epaint::ImageDelta};

/// All textures by id.
#[derive(Debug, Default)]
pub(super) struct Textures(HashMap<TextureId, Texture>);

/// One texture, its colours premultiplied.
#[derive(Debug)]
pub(super) struct Texture {
    pub(super) size: [usize; 2],
    pixels: Vec<Color32>,
    is_nearest: bool,
}

impl Textures {
    /// Takes in what changed in a frame.
    pub(super) fn apply(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                self.set(id, &image);
            }
        }
        for id in delta.free.drain() {
            self.0.remove(&id);
        }
    }

    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.0.get(&id).filter(|texture| !texture.pixels.is_empty())
    }

    fn set(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            let is_nearest = delta.options.magnification == TextureFilter::Nearest;
            self.0.insert(id, Texture { size: image.size, pixels: image.pixels.clone(), is_nearest });
            return;
        };
        let Some(texture) = self.0.get_mut(&id) else { return };
        let width = image.size[0];
        for (line, row) in image.pixels.chunks_exact(width.max(1)).enumerate() {
            let start = (top + line) * texture.size[0] + left;
            if let Some(place) = texture.pixels.get_mut(start..start + width) {
                place.copy_from_slice(row);
            }
        }
    }
}

impl Texture {
    /// The colour at a place, in texels from the middle of the first: shares of red, green, blue and
    /// opacity. Beyond the edges the colour of the edge goes on.
    pub(super) fn sample(&self, x: f32, y: f32) -> [f32; 4] {
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        if self.is_nearest {
            return shares(self.texel((x + 0.5).floor(), (y + 0.5).floor()));
        }
        // Letters stand on whole pixels, so that mostly one texel is all.
        if right_share.max(bottom_share) < 1e-3 {
            return shares(self.texel(left, top));
        }
        let mix = |from: [f32; 4], to: [f32; 4], share: f32| {
            std::array::from_fn(|channel| from[channel] + (to[channel] - from[channel]) * share)
        };
        let row = |y: f32| {
            let (from, to) = (shares(self.texel(left, y)), shares(self.texel(left + 1.0, y)));
            mix(from, to, right_share)
        };
        mix(row(top), row(top + 1.0), bottom_share)
    }

    fn texel(&self, x: f32, y: f32) -> Color32 {
        let [width, height] = self.size;
        let (x, y) = ((x.max(0.0) as usize).min(width - 1), (y.max(0.0) as usize).min(height - 1));
        self.pixels[y * width + x]
    }
}

fn shares(color: Color32) -> [f32; 4] {
    color.to_array().map(|channel| f32::from(channel) / 255.0)
}
