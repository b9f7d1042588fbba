//! xbox: to be written.
