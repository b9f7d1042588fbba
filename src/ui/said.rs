//! A few words in the status bar on what was done just now. They go by themselves, and nothing on the
//! screen moves for them.

use egui::Context;

/// How long they stay, in seconds.
const STAYS: f64 = 6.0;

/// The words that were said last.
#[derive(Debug, Default)]
pub(crate) struct Said {
    words: String,
    /// When they go, in seconds of the window; `None` until they were shown.
    until: Option<f64>,
}

impl Said {
    pub(crate) fn say(&mut self, words: impl Into<String>) {
        *self = Self { words: words.into(), until: None };
    }

    /// Says no more what was said last: it is not so any longer.
    pub(crate) fn take_back(&mut self) {
        *self = Self::default();
    }

    /// What is to be shown now.
    pub(crate) fn now(&mut self, ctx: &Context) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let now = ctx.input(|input| input.time);
        let until = *self.until.get_or_insert(now + STAYS);
        if now >= until {
            self.words.clear();
            return None;
        }
        ctx.request_repaint_after_secs((until - now) as f32);
        Some(&self.words)
    }
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;

    #[test]
    fn words_go_by_themselves() {
        let (ctx, mut said) = (Context::default(), Said::default());
        let at = |time, said: &mut Said| {
            let mut shown = None;
            let input = RawInput { time: Some(time), ..RawInput::default() };
            ctx.run_ui(input, |ui| shown = said.now(ui.ctx()).map(str::to_owned)).textures_delta.clear();
            shown
        };
        assert_eq!(at(1.0, &mut said), None);
        said.say("Copied 1 XUID");
        assert_eq!(at(60.0, &mut said).as_deref(), Some("Copied 1 XUID"), "not before they were shown");
        assert_eq!(at(65.9, &mut said).as_deref(), Some("Copied 1 XUID"));
        assert_eq!(at(66.0, &mut said), None);
        said.say("Drawing the picture…");
        assert!(at(67.0, &mut said).is_some());
        said.take_back();
        assert_eq!(at(67.1, &mut said), None);
    }
}
