//! Pure functions over a [`StatTable`](crate::model::StatTable): what order rows stand in, what a
//! column adds up to, how long a bar is, how a value is written for the eye.
//!
//! Nothing in here does I/O, waits, draws or keeps state: the same table and settings always give
//! the same answer, so all of it can run on any thread. A missing value is never taken for zero.
//!
//! From a table and settings to what a grid draws: put both into a [`ViewInput`], with the groups of
//! the query and what its formulas came to ([`Derived`]), and on a worker call [`View::compute`],
//! then [`View::prepare`] for the columns in sight. The view is a handle: send a clone to the window
//! and ask it there, which never waits. [`View::height`], [`View::width`] and [`View::spot`] tell
//! what stands where in any layout; [`View::columns`] and [`View::groups`] what heads it;
//! [`View::cell`] what is written in a cell; [`View::shade`] and [`View::bar`] how it is coloured;
//! [`View::totals`] the summary rows, the distribution in the header and the reference;
//! [`View::problems`] which filter or key could not be applied. Columns that come in sight later are
//! prepared later, on the same view. A selection is kept as rows of the table and fields of columns:
//! [`View::place_of`] finds them again in any other view. While a fetch runs, [`View::later`]
//! shows the new values in the old order. Everything that the user changes gives new settings, and a
//! new view that takes over from the one before all that did not change; settings that were kept are
//! what undo goes back to.

pub mod chart;
pub mod compare;
mod counted;
mod derived;
pub mod display;
mod exact;
pub mod extent;
mod figure;
pub mod figure_format;
pub mod flags;
pub mod formula;
pub mod measure;
mod moments;
mod natural;
mod order;
mod packed;
pub mod quantile;
pub mod rules;
pub mod series;
mod sort;
mod stop;
pub mod summary;
mod threads;
pub mod view;

pub use derived::Derived;
pub use extent::Extent;
pub use figure::Figure;
pub use figure_format::FigureFormat;
pub use measure::Measure;
pub use order::order;
pub use stop::{Stop, Stopped};
pub use summary::Summary;
pub use view::{Later, View, ViewInput};
