//! Popups above grid and chart: a click beside one closes it, and does nothing else.

use egui::{Context, InputOptions, InputState, PointerState, Popup, RawInput};

/// Whether a popup was above grid and chart when a frame began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cover {
    /// One that is not told by [`Popup::is_any_open`], or that was closed earlier in the frame.
    is_noted: bool,
    is_open: bool,
    /// Whether a button of the pointer was pressed or let go to close it.
    is_clicked: bool,
}

impl Cover {
    /// Notes that a popup was open when the frame began. To be called before the screen is shown.
    pub(super) fn note(&mut self) {
        self.is_noted = true;
    }

    /// To be called in each frame before any of the screen's own popups is shown: they may close.
    pub(super) fn begin(&mut self, ctx: &Context) {
        let is_open = std::mem::take(&mut self.is_noted) || Popup::is_any_open(ctx);
        // The grid selects on the press, charts on the release. A drag closes nothing.
        let is_clicked =
            is_open && ctx.input(|input| input.pointer.primary_pressed() || input.pointer.primary_clicked());
        *self = Self { is_noted: false, is_open, is_clicked };
    }

    pub(super) fn is_open(self) -> bool {
        self.is_open
    }

    /// Shows what is below: a click for the popup does not come to it. What the pointer is over is seen
    /// as ever.
    pub(super) fn below<R>(self, ctx: &Context, show: impl FnOnce() -> R) -> R {
        if !self.is_clicked {
            return show();
        }
        let options = ctx.options(|options| options.input_options);
        let pointer = ctx.input_mut(|input| {
            let at_rest = at_rest(input, options);
            std::mem::replace(&mut input.pointer, at_rest)
        });
        let shown = show();
        ctx.input_mut(|input| input.pointer = pointer);
        shown
    }
}

/// The pointer where it is, with nothing done in this frame.
fn at_rest(input: &InputState, options: InputOptions) -> PointerState {
    let nothing = RawInput { time: Some(input.time), ..RawInput::default() };
    input.clone().begin_pass(nothing, false, input.pixels_per_point, options).pointer
}
