//! What the benchmarks of the engine share.

use std::{fs, time::Duration};

use statlens::{
    model::{ColumnKey, StatName},
    sample,
};

/// How often results are taken in, as the window does.
pub(crate) const FRAME: Duration = Duration::from_millis(4);

/// Stats asked for of each title.
const STATS: usize = 20;

/// Twenty stats of each of two titles.
pub(crate) fn columns() -> Vec<ColumnKey> {
    let catalogue = sample::catalogue();
    let titles = catalogue.titles().iter().take(2);
    titles
        .flat_map(|title| {
            let known = title.stats.iter().cloned();
            // Titles have fewer stats than that; of the others nobody has a value.
            let more = (0..STATS).map(|number| StatName::from_wire(&format!("NobodyHasThis{number}")));
            known
                .chain(more)
                .take(STATS)
                .map(|stat| ColumnKey { scid: title.scid.clone(), stat })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A figure of this process's memory, such as `VmRSS:` or `VmHWM:`, in bytes.
pub(crate) fn memory(what: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("a system that tells");
    let line = status.lines().find(|line| line.starts_with(what)).expect("a line of it");
    let kilobytes: usize =
        line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a number");
    kilobytes << 10
}
