//! The icons of Statlens: characters of its icon font, by our own names.
//!
//! Drawn as text of any proportional font; see `assets/fonts/README.md`.

pub(crate) const ARROW_DOWN: &str = "\u{e03e}";
pub(crate) const ARROW_UP: &str = "\u{e08e}";
pub(crate) const CARET_DOWN: &str = "\u{e136}";
pub(crate) const CARET_LEFT: &str = "\u{e138}";
pub(crate) const CARET_RIGHT: &str = "\u{e13a}";
pub(crate) const CARET_UP: &str = "\u{e13c}";
pub(crate) const CHECK: &str = "\u{e182}";
pub(crate) const COPY: &str = "\u{e1ca}";
pub(crate) const DOTS_THREE: &str = "\u{e1fe}";
pub(crate) const FILE_PLUS: &str = "\u{e236}";
pub(crate) const FLOPPY_DISK: &str = "\u{e248}";
pub(crate) const FOLDER_OPEN: &str = "\u{e256}";
pub(crate) const FUNNEL: &str = "\u{e266}";
pub(crate) const HASH: &str = "\u{e2a2}";
pub(crate) const INFO: &str = "\u{e2ce}";
pub(crate) const LIST: &str = "\u{e2f0}";
pub(crate) const MAGNIFYING_GLASS: &str = "\u{e30c}";
pub(crate) const MINUS: &str = "\u{e32a}";
pub(crate) const MOON: &str = "\u{e330}";
pub(crate) const PENCIL_SIMPLE: &str = "\u{e3b4}";
pub(crate) const PLUS: &str = "\u{e3d4}";
pub(crate) const SUN: &str = "\u{e472}";
pub(crate) const TABLE: &str = "\u{e476}";
pub(crate) const TRASH: &str = "\u{e4a6}";
pub(crate) const WARNING: &str = "\u{e4e0}";
pub(crate) const WARNING_CIRCLE: &str = "\u{e4e2}";
pub(crate) const X: &str = "\u{e4f6}";
