//! ui: to be written.
