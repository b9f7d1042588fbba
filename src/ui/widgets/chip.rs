use std::sync::Arc;

use egui::{
    CornerRadius, Galley, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, text::LayoutJob,
    vec2,
};

use super::{buttons::paint_focus, text::elided};
use crate::ui::theme::{self, CORNER_RADIUS, HAIRLINE, Series, blend, icon, palette};

/// Height of chips, in points.
const CHIP_HEIGHT: f32 = 26.0;
const PADDING: f32 = 10.0;
const GAP: f32 = 6.0;
const MARKER: f32 = 8.0;
/// How wide the value of a chip may be.
const MOST_VALUE: f32 = 190.0;

/// A chip that opens something: "Rows players ▾". Its accessible name is the label, its value
/// the value. An empty `value` is left out.
pub(crate) fn chip_button(ui: &mut Ui, label: &str, value: &str) -> Response {
    Chip::opening(ui, label, value).button_ui(ui)
}

/// A chip that does something. An empty `detail` is left out.
pub(crate) fn action_chip(ui: &mut Ui, label: &str, detail: &str) -> Response {
    Chip::plain(ui, label, detail).button_ui(ui)
}

/// A chip that is on or off.
pub(crate) fn chip_toggle(ui: &mut Ui, label: &str, value: &str, on: bool) -> Response {
    Chip::plain(ui, label, value).toggle_ui(ui, on)
}

/// The words of a chip, laid out: to be kept where it is shown again and again.
#[derive(Clone, Debug)]
pub(crate) struct Chip {
    label: Arc<Galley>,
    /// What stands in front of the value.
    marker: Option<Series>,
    value: Option<Arc<Galley>>,
    icon: Option<Arc<Galley>>,
}

impl Chip {
    /// One that opens something. An empty `value` is left out.
    pub(crate) fn opening(ui: &Ui, label: &str, value: &str) -> Self {
        let color = palette(ui).muted;
        let caret = ui.painter().layout_no_wrap(icon::CARET_DOWN.to_owned(), theme::body(), color);
        Self { icon: Some(caret), ..Self::plain(ui, label, value) }
    }

    /// One that does something, or is on or off.
    pub(crate) fn plain(ui: &Ui, label: &str, value: &str) -> Self {
        let colors = palette(ui);
        // A long value ends in "…": it stands whole in what the chip opens.
        let value = (!value.is_empty()).then(|| {
            let job = LayoutJob::simple_singleline(value.to_owned(), theme::body(), colors.muted);
            elided(ui, job, MOST_VALUE)
        });
        let label = ui.painter().layout_no_wrap(label.to_owned(), theme::body(), colors.text);
        Self { label, marker: None, value, icon: None }
    }

    /// The same with the marker of what its value names.
    pub(crate) fn marked(self, marker: Option<Series>) -> Self {
        Self { marker, ..self }
    }

    /// How wide it is, in points.
    pub(crate) fn width(&self) -> f32 {
        let (words, count) =
            self.parts().fold((0.0, 0), |(words, count), part| (words + part.size().x, count + 1));
        let marker = if self.marker.is_some() { MARKER + GAP } else { 0.0 };
        words + marker + GAP * (count - 1) as f32 + 2.0 * PADDING
    }

    /// Shows it as a button.
    pub(crate) fn button_ui(&self, ui: &mut Ui) -> Response {
        self.ui(ui, false, Role::Button)
    }

    /// Shows it as a button that holds what is chosen, as a toggle does that is on.
    pub(crate) fn lit_button_ui(&self, ui: &mut Ui) -> Response {
        self.ui(ui, true, Role::Button)
    }

    /// Shows it as something that is on or off.
    pub(crate) fn toggle_ui(&self, ui: &mut Ui, on: bool) -> Response {
        self.ui(ui, on, Role::CheckBox)
    }

    fn parts(&self) -> impl Iterator<Item = &Arc<Galley>> {
        std::iter::once(&self.label).chain(&self.value).chain(&self.icon)
    }

    fn name(&self) -> String {
        match &self.value {
            Some(value) => format!("{}: {}", self.label.text(), value.text()),
            None => self.label.text().to_owned(),
        }
    }

    fn ui(&self, ui: &mut Ui, on: bool, role: Role) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width(), CHIP_HEIGHT), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| match role {
            Role::CheckBox => WidgetInfo::selected(role, enabled, on, self.name()),
            _ => WidgetInfo::labeled(role, enabled, self.name()),
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let colors = palette(ui);
        let look = ui.style().interact_selectable(&response, false);
        let fill = if on { blend(colors.raised, colors.accent, 0.12) } else { look.weak_bg_fill };
        let line = if on { Stroke::new(HAIRLINE, colors.accent) } else { look.bg_stroke };
        ui.painter().rect(rect, CornerRadius::same(CORNER_RADIUS), fill, line, StrokeKind::Inside);
        paint_focus(ui, &response);
        let mut at = rect.left_center() + vec2(PADDING, 0.0);
        for part in self.parts() {
            let size = part.size();
            let corner = pos2(at.x, at.y - size.y / 2.0);
            if enabled {
                ui.painter().galley(corner, part.clone(), colors.text);
            } else {
                ui.painter().galley_with_override_text_color(corner, part.clone(), colors.faint);
            }
            at.x += size.x + GAP;
            if let Some(marker) = self.marker.filter(|_| Arc::ptr_eq(part, &self.label)) {
                theme::paint_marker(ui.painter(), at + vec2(MARKER / 2.0, 0.0), MARKER, marker);
                at.x += MARKER + GAP;
            }
        }
        response
    }
}
