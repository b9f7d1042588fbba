//! formats: to be written.
