//! analysis: to be written.
