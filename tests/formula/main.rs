//! Formulas: read, refused with the place and a guess, completed, and worked out over tables.

mod completion;
mod naive;
mod reading;
mod values;
mod world;
