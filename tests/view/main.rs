//! Views: what stands where, filtered, ordered, put together, normalised and summed up.

mod filters;
mod finding;
mod grouping;
mod layouts;
mod properties;
mod sorting;
mod totals;
mod values;
mod world;
