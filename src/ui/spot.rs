//! Where a popup opens that hangs below no button of its own.

use egui::{Context, Id, LayerId, Popup, PopupCloseBehavior, Pos2, RectAlign};

use super::theme::{BAR_HEIGHT, TOP_BAR_HEIGHT};

/// Where it was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Spot {
    /// In the middle near the top: by a key.
    #[default]
    Top,
    /// There: by a click.
    Click(Pos2),
}

impl Spot {
    /// The spot of what is asked for in this frame.
    pub(crate) fn of_frame(ctx: &Context) -> Self {
        let clicked = ctx.input(|input| {
            let pointer = &input.pointer;
            pointer.interact_pos().filter(|_| pointer.any_click())
        });
        clicked.map_or(Self::Top, Self::Click)
    }

    /// A popup there, so far inside the window that all of it is seen. A click outside closes it.
    pub(crate) fn popup(self, ctx: &Context, id: Id) -> Popup<'static> {
        let window = ctx.content_rect();
        let (at, align) = match self {
            Self::Top => {
                (window.center_top() + egui::vec2(0.0, TOP_BAR_HEIGHT + BAR_HEIGHT), RectAlign::BOTTOM)
            }
            Self::Click(at) => (at, RectAlign::BOTTOM_START),
        };
        Popup::new(id, ctx.clone(), at, LayerId::background())
            .align(align)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
    }
}
