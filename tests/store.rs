//! The store on real files: what comes back, and what happens when things go wrong.

mod store {
    mod helpers;
    mod processes;
    mod round_trips;
    mod spent;
    mod trouble;
}
