use std::sync::Arc;

use egui::{Galley, Ui};

use crate::ui::{
    charts::axis::Axis,
    theme::{self, palette},
    widgets::FontsSeen,
};

/// One label for about so many points upwards, and so many across.
const UP_EVERY: f32 = 40.0;
const ACROSS_EVERY: f32 = 90.0;

/// The labels of the axis along which bars grow, kept until there is more or less room.
#[derive(Debug, Default)]
pub(in crate::ui::charts) struct Ticks {
    of: Option<Of>,
    fonts: FontsSeen,
    /// For each its place on the axis.
    pub(super) labels: Vec<(f64, Arc<Galley>)>,
    /// How wide the widest is.
    pub(super) width: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Of {
    length: f32,
    upwards: bool,
    dark: bool,
}

impl Ticks {
    /// To be called when the axis is another.
    pub(in crate::ui::charts) fn forget(&mut self) {
        self.of = None;
    }

    pub(super) fn refresh(&mut self, ui: &Ui, axis: &Axis, length: f32, upwards: bool) {
        let colors = palette(ui);
        let layout = |text: String| ui.painter().layout_no_wrap(text, theme::small(), colors.muted);
        let of = Some(Of { length, upwards, dark: ui.visuals().dark_mode });
        if !self.fonts.changed(ui) && self.of == of {
            return;
        }
        self.of = of;
        let every = if upwards { UP_EVERY } else { ACROSS_EVERY };
        let most = (length / every).clamp(2.0, 10.0) as usize;
        let ticks = axis.ticks(axis.fit, most).into_iter();
        self.labels = ticks.map(|(place, text)| (place, layout(text))).collect();
        self.width = self.labels.iter().map(|(_, label)| label.size().x).fold(0.0, f32::max);
    }
}
