//! What stands in the place of a chart that cannot be drawn.

use egui::{Align, Align2, Label, RichText, TextStyle, Ui, UiBuilder, WidgetText, vec2};

use crate::ui::theme::palette;

/// Beside the words, so that those of two small charts stand apart.
const ASIDE: f32 = 16.0;

/// Says in the middle of the room why no chart is drawn there.
pub(crate) fn nothing_ui(ui: &mut Ui, why: &str) {
    let room = ui.available_rect_before_wrap();
    let width = (room.width() - 2.0 * ASIDE).max(0.0);
    let words = RichText::new(why).color(palette(ui).muted);
    let laid_out = WidgetText::from(words.clone()).into_galley(ui, None, width, TextStyle::Body);
    let place = Align2::CENTER_CENTER.align_size_within_rect(vec2(width, laid_out.size().y), room);
    let mut middle = ui.new_child(UiBuilder::new().max_rect(place));
    middle.vertical_centered(|ui| ui.add(Label::new(words).halign(Align::Center)));
    ui.advance_cursor_after_rect(room);
}
