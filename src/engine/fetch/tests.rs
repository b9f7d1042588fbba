use std::sync::{Arc, mpsc::channel};

use secrecy::SecretString;
use tokio::sync::{Notify, mpsc::unbounded_channel, watch};
use tokio_util::sync::CancellationToken;

use super::{requests::Brief, *};
use crate::{
    clock::SystemClock,
    engine::{Event, FetchId, LiveTable, Remember, Service, client, jobs::What, keep::Keeper, narrow::Part},
    model::{Api, Rates, Scid, StatName},
};

#[tokio::test]
async fn a_job_that_panics_fails_its_cells_and_no_others() {
    let (events, received) = channel();
    let outbox = Outbox::new(events, Arc::new(|| {}));
    let limits = Limits { users_per_request: 1, ..Limits::default() };
    let service = Service::At("http://127.0.0.1:1".into());
    let client = client::connect(&service, None, limits).unwrap();
    let token = SecretString::from("XBL3.0 x=1;well-formed-and-worth-nothing");
    let token = Arc::new(XblToken::parse(&token).unwrap());
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let gate = Gate::start(clock.clone(), None, 6, outbox.clone());
    gate.serve("test", Rates::none()).await;
    let context = Context {
        client: Ok(client.clone()),
        token: watch::channel(TokenSlot::Looking).1,
        keeper: Keeper::start(None, Remember::LookUps, outbox.clone()),
        exchanges: Exchanges::new(outbox.clone(), None),
        outbox,
        notes: unbounded_channel().0,
        clock,
        limits,
        patience: Patience::Tries(1),
        gate,
        answers: Answers::default(),
        chance: Chance::new(1),
        service: "test".into(),
        cancel: CancellationToken::new(),
        retry_now: Arc::new(Notify::new()),
    };
    let id = FetchId(1);
    let players: Vec<PlayerRef> = [1, 2].map(|xuid| PlayerRef::Xuid(Xuid(xuid))).to_vec();
    let columns = vec![ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("Kills") }];
    let mut live = LiveTable::new(id, players.clone(), columns.clone());
    let now = context.clock.now();
    let order = Order { id, players, columns, reuse: None };
    let mut fetch = Fetch::new(order, context, client, token, now);
    fetch.place_players();
    let part = Part::new(vec![Xuid(1)], [0].as_slice().into());
    let brief = Brief { what: What::Stats { part, rereads: 0 }, api: Api::Stats };
    fetch.lanes.of_mut(Api::Stats).under_way = 1;
    let task = fetch.tasks.spawn(async { panic!("on purpose") });
    fetch.under_way.insert(task.id(), brief);
    let ended = fetch.tasks.join_next_with_id().await.unwrap();
    let _ = fetch.take(ended);
    while let Ok(event) = received.try_recv() {
        assert!(!matches!(event, Event::FetchEnded { .. }));
        live.apply(&event);
    }
    let counts = live.table().counts();
    assert_eq!((counts.failed, counts.pending), (1, 1));
    assert!(fetch.under_way.is_empty());
}
