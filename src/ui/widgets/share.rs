//! The part of a height that a panel takes. What was chosen by hand stays when there is less room for
//! a while, or more: egui alone keeps the height that was left.

use egui::{Id, IdSalt, PanelState, Rect, Ui};

/// A height that differs by less is the same.
const SAME: f32 = 0.5;

/// The part of a panel, kept from frame to frame.
#[derive(Debug, Default)]
pub(crate) struct Share {
    room: f32,
    /// How high the panel was last.
    shown: f32,
    /// What part of the room was asked for; `None` until the panel was shown.
    part: Option<f32>,
}

impl Share {
    /// To be called before the panel of this name is shown in `ui`, where there is so much room.
    pub(crate) fn before(&self, ui: &Ui, name: &'static str, room: f32) {
        let Some(part) = self.part.filter(|_| (room - self.room).abs() >= SAME) else { return };
        let id: Id = ui.scope_id().with_salt(IdSalt::new(name));
        if let Some(state) = PanelState::load(ui, id) {
            let height = (part * room).round();
            let outer_rect = Rect::from_min_size(state.outer_rect.min, egui::vec2(state.size().x, height));
            ui.data_mut(|data| data.insert_persisted(id, PanelState { outer_rect }));
        }
    }

    /// To be called with the height that it was shown with.
    pub(crate) fn after(&mut self, room: f32, shown: f32) {
        let is_same_room = (room - self.room).abs() < SAME;
        if self.part.is_none() || (is_same_room && (shown - self.shown).abs() >= SAME) {
            self.part = Some(shown / room);
        }
        (self.room, self.shown) = (room, shown);
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, Panel, Pos2, RawInput, Vec2};

    use super::*;

    #[test]
    fn a_panel_comes_back_when_there_is_room_again() {
        let (ctx, mut share) = (Context::default(), Share::default());
        let mut shown = |room: f32| {
            let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(400.0, room));
            let mut height = 0.0;
            for _ in 0..2 {
                let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
                let mut output = ctx.run_ui(input, |ui| {
                    share.before(ui, "part", room);
                    let panel = Panel::bottom("part").resizable(true).default_size(600.0);
                    let shown = panel.size_range(100.0..=room - 200.0).show(ui, |ui| {
                        ui.allocate_space(ui.available_size());
                    });
                    height = shown.response.rect.height();
                    share.after(room, height);
                });
                output.textures_delta.clear();
            }
            height
        };
        assert_eq!([900.0, 310.0, 450.0, 900.0].map(&mut shown), [600.0, 110.0, 250.0, 600.0]);
    }
}
