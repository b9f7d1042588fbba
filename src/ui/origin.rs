//! From which request a value came, looked for among those that are kept.

use std::sync::Arc;

use egui::Context;

use super::background::Background;
use crate::model::{Api, Exchange, ExchangeId, Scid, Xuid};

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sought {
    /// The request that asked for stats of a title of a player.
    Stats(Xuid, Scid),
    /// The one that looked a name up.
    LookUp(String),
}

/// The last search. Done by a worker: bodies may be long and many.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    search: Background<(Sought, u64), Option<ExchangeId>>,
    found: Option<((Sought, u64), Option<ExchangeId>)>,
}

impl Origin {
    /// Looks for a request among `kept`, which is another list whenever `revision` is another number.
    pub(crate) fn seek<'a>(
        &mut self,
        ctx: &Context,
        sought: Option<Sought>,
        revision: u64,
        kept: impl Iterator<Item = &'a Arc<Exchange>>,
    ) {
        let Some(sought) = sought else {
            self.found = None;
            return;
        };
        let key = (sought, revision);
        if self.found.as_ref().is_some_and(|(found, _)| *found == key) {
            return;
        }
        if self.found.as_ref().is_some_and(|((of, _), _)| *of != key.0) {
            self.found = None;
        }
        let kept: Vec<Arc<Exchange>> = kept.cloned().collect();
        let sought = key.0.clone();
        self.search.request(ctx, key.clone(), move || find(&kept, &sought));
        if let Some(found) = self.search.take(&key) {
            self.found = Some((key, found));
        }
    }

    /// The request, once it is found.
    pub(crate) fn request(&self) -> Option<ExchangeId> {
        self.found.as_ref().and_then(|(_, request)| *request)
    }
}

/// The last one that is over and asked for it.
fn find(kept: &[Arc<Exchange>], sought: &Sought) -> Option<ExchangeId> {
    let over = kept.iter().rev().filter(|exchange| exchange.is_over() && !exchange.attempts.is_empty());
    let mut asked = over.filter(|exchange| match sought {
        Sought::Stats(xuid, scid) => {
            let body = &exchange.sent.body;
            exchange.api == Api::Stats
                && body.contains(&format!("\"{scid}\""))
                && body.contains(&format!("\"{xuid}\""))
        }
        Sought::LookUp(name) => exchange.api != Api::Stats && exchange.title.contains(&format!("({name})")),
    });
    asked.next().map(|exchange| exchange.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attempt, ExchangeState, Sent, UnixMillis};

    fn exchange(id: u64, api: Api, title: &str, body: &str) -> Arc<Exchange> {
        Arc::new(Exchange {
            id: ExchangeId(id),
            api,
            title: title.into(),
            sent: Arc::new(Sent { body: body.into(), ..Sent::default() }),
            queued: UnixMillis(0),
            state: ExchangeState::Done,
            attempts: vec![Attempt::default()],
            values: None,
            entries: 0,
            unread: Arc::new([]),
        })
    }

    #[test]
    fn the_last_request_that_asked_is_found() {
        let kept = [
            exchange(1, Api::Profile, "GET gt(TigerShark)", ""),
            exchange(
                2,
                Api::Stats,
                "POST /batch",
                r#"{"requestedusers":["12"],"requestedscids":[{"scid":"s"}]}"#,
            ),
            exchange(
                3,
                Api::Stats,
                "POST /batch",
                r#"{"requestedusers":["123"],"requestedscids":[{"scid":"s"}]}"#,
            ),
        ];
        let stats = |xuid, scid| Sought::Stats(Xuid(xuid), Scid::from_wire(scid));
        assert_eq!(find(&kept, &stats(12, "s")), Some(ExchangeId(2)), "a XUID is no part of another");
        assert_eq!(find(&kept, &stats(12, "t")), None);
        assert_eq!(find(&kept, &Sought::LookUp("TigerShark".into())), Some(ExchangeId(1)));
        assert_eq!(find(&kept, &Sought::LookUp("Tiger".into())), None);
    }
}
