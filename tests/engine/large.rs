//! A fetch of many cells. What a larger one takes is measured in `benches/large.rs`.

use statlens::{
    engine::{Command, Event, FetchEnd},
    model::{ColumnKey, PlayerRef, StatName, Xuid},
    sample::SampleLimits,
};

use crate::stage::{Stage, columns};

fn players(count: u64) -> Vec<PlayerRef> {
    (0..count).map(|place| PlayerRef::Xuid(Xuid(2_600_000_000_000_000 + place))).collect()
}

/// Twenty stats of each of two titles.
fn forty() -> Vec<ColumnKey> {
    columns(2, 1)
        .into_iter()
        .flat_map(|key| {
            (0..20).map(move |number| ColumnKey {
                scid: key.scid.clone(),
                stat: StatName::from_wire(&format!("{}.Number.{number}", key.stat)),
            })
        })
        .collect()
}

#[test]
fn a_large_fetch_is_cancelled_in_the_middle() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let mut desk = stage.desk();
    let mut live = desk.send_fetch(&players(20_000), &forty());
    desk.until(|event| live.apply(event) && matches!(event, Event::Cells { .. }));
    desk.engine.send(Command::Cancel(live.id()));
    let ended = desk.until(|event| matches!(event, Event::FetchEnded { .. }));
    assert!(matches!(ended, Event::FetchEnded { how: FetchEnd::Cancelled, .. }));
}
