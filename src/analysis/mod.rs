//! Pure functions over a [`StatTable`](crate::model::StatTable): what order rows stand in, what a
//! column adds up to, how long a bar is, how a value is written for the eye.
//!
//! Nothing in here does I/O, waits, draws or keeps state: the same table and settings always give
//! the same answer, so all of it can run on any thread. A missing value is never taken for zero.
//! Start with [`View`] (rows in order, extents of columns), then [`display`] (how values are shown).

pub mod display;
mod exact;
pub mod extent;
mod figure;
pub mod figure_format;
pub mod flags;
pub mod formula;
pub mod measure;
mod natural;
mod order;
pub mod series;
pub mod summary;
mod view;

pub use extent::Extent;
pub use figure::Figure;
pub use figure_format::FigureFormat;
pub use measure::Measure;
pub use order::order;
pub use summary::Summary;
pub use view::View;
