//! The screens of the window.

/// A screen, with its tab in the top bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The values: grid, chart, inspector.
    #[default]
    Explore,
    /// Players side by side.
    Compare,
    /// What went over the wire.
    Requests,
}

impl Screen {
    /// All of them, from left to right.
    pub(crate) const ALL: [Self; 3] = [Self::Explore, Self::Compare, Self::Requests];

    /// The screen of this name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|screen| screen.name().eq_ignore_ascii_case(name))
    }

    /// What its tab says.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Explore => "Explore",
            Self::Compare => "Compare",
            Self::Requests => "Requests",
        }
    }

    /// The key that shows it.
    pub(crate) fn key(self) -> (egui::Key, &'static str) {
        match self {
            Self::Explore => (egui::Key::Num1, "Ctrl+1"),
            Self::Compare => (egui::Key::Num2, "Ctrl+2"),
            Self::Requests => (egui::Key::Num5, "Ctrl+5"),
        }
    }
}
