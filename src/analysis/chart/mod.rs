//! What charts are drawn from: bins, densities, boxes, correlations, points, axes, orders.
//!
//! Nothing here knows of the screen but its size in points, and nothing knows of tables: every function
//! takes plain numbers, one for each row that is shown, and says of each result how many of the rows
//! have none. What is not finite is no number: NaN is how a column says that it holds nothing, and
//! nothing is never taken for zero. Rows are spoken of by their place in the slice that was given.
//!
//! Where groups are told apart, [`Groups`] says which row is in which. What may take long takes a
//! [`Stop`](super::Stop) and is meant for a worker; the rest is quick enough for a frame.
//!
//! An axis that is not linear ([`scale::Scale`]) is applied first: bins, densities, trend lines and
//! points are then worked out of what [`scale::Scale::apply`] gives, and drawn without further ado.
//!
//! Start at [`histogram`] for the plainest of them, at [`scatter`] for the largest.

pub mod box_plot;
pub mod correlation;
pub mod density;
mod groups;
pub mod histogram;
mod nice;
mod numbers;
pub mod radar;
pub mod scale;
pub mod scatter;
pub mod similarity;
pub mod ticks;
pub mod trend;

pub use groups::{Groups, NO_GROUP};
