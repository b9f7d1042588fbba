use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
const ICONS: &[u8] = include_bytes!("../../../assets/fonts/Phosphor-subset.ttf");

const SEMIBOLD_FAMILY: &str = "semibold";

/// Inter first, then the icons, then what egui brings; the system's fonts fill in behind them.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [("inter", REGULAR), ("inter-semibold", SEMIBOLD), ("icons", ICONS)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let brought = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family =
        |text: &str| [text.to_owned(), "icons".to_owned()].into_iter().chain(brought.clone()).collect();
    fonts.families.insert(FontFamily::Proportional, family("inter"));
    fonts.families.insert(FontFamily::Name(SEMIBOLD_FAMILY.into()), family("inter-semibold"));
    fonts
}

/// Words and figures.
pub(crate) const fn body() -> FontId {
    FontId::proportional(13.0)
}

/// Words that explain.
pub(crate) const fn small() -> FontId {
    FontId::proportional(12.0)
}

/// Words that head something, in the size of the body.
pub(crate) fn semibold() -> FontId {
    FontId::new(13.0, FontFamily::Name(SEMIBOLD_FAMILY.into()))
}

/// The name of what a panel shows.
pub(crate) fn heading() -> FontId {
    FontId::new(16.0, FontFamily::Name(SEMIBOLD_FAMILY.into()))
}
