use egui::{Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, HAIRLINE, palette};

/// What of a request is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// Address and body as sent.
    Sent,
    /// The answer, indented and coloured.
    #[default]
    Answer,
    /// The answer as it came.
    Raw,
    /// The headers of both.
    Headers,
    /// Every time that it was sent.
    Attempts,
}

const TABS: [(Tab, &str, &str); 5] = [
    (Tab::Sent, "Sent", "The address and body as sent"),
    (Tab::Answer, "Answer", "The body of the answer, indented"),
    (Tab::Raw, "Raw", "The body of the answer as it came"),
    (Tab::Headers, "Headers", "The headers of both; the token is hidden"),
    (Tab::Attempts, "Attempts", "Every time that it was sent"),
];
const HEIGHT: f32 = 30.0;
const PADDING: f32 = 12.0;
/// With less than this for each tab, they stand closer.
const NARROW: f32 = 80.0;

/// The tabs. The number of attempts stands beside their name.
pub(super) fn tabs_ui(ui: &mut Ui, tab: &mut Tab, attempts: usize) {
    let colors = palette(ui);
    let padding = if ui.available_width() < NARROW * TABS.len() as f32 { 6.0 } else { PADDING };
    let line = ui.available_rect_before_wrap();
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (this, name, hint) in TABS {
            let on = *tab == this;
            let label = match this {
                Tab::Attempts if attempts > 1 => format!("{name} {attempts}"),
                _ => name.to_owned(),
            };
            let color = if on { colors.text } else { colors.muted };
            let galley = ui.painter().layout_no_wrap(label, theme::body(), color);
            let size = vec2(galley.size().x + 2.0 * padding, HEIGHT);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
            let color = if response.hovered() { colors.text } else { color };
            let at = rect.center() - galley.size() / 2.0;
            ui.painter().galley_with_override_text_color(at, galley, color);
            if on {
                ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(2.0, colors.accent));
            }
            if response.has_focus() {
                let ring = Stroke::new(1.5, colors.accent);
                ui.painter().rect_stroke(rect.shrink(2.0), 4, ring, egui::StrokeKind::Inside);
            }
            if response.on_hover_text(hint).clicked() {
                *tab = this;
            }
        }
    });
    let below = row.response.rect.bottom();
    ui.painter().line_segment(
        [pos2(line.left(), below), pos2(line.right(), below)],
        Stroke::new(HAIRLINE, colors.line),
    );
}
