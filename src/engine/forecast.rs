//! What a fetch would cost, told before it is made. Nothing is asked of a service.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use super::{
    Forecast, Limits, Reuse,
    gate::Gate,
    keep::Keeper,
    plan::{self, Columns, Size},
    resolve::{LookUp, bears},
    reuse::Known,
};
use crate::{
    clock::Clock,
    model::{Api, ColumnKey, Gamertag, PlayerRef, UnixMillis, Window, Xuid},
};

/// A fetch that is thought of.
pub(super) struct Question {
    pub(super) number: u64,
    pub(super) players: Vec<PlayerRef>,
    pub(super) columns: Vec<ColumnKey>,
    pub(super) reuse: Option<Reuse>,
}

/// What answers it.
pub(super) struct Desk {
    pub(super) keeper: Keeper,
    pub(super) gate: Arc<Gate>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limits: Limits,
    pub(super) service: Arc<str>,
}

/// Answers it.
pub(super) async fn answer(question: Question, desk: Desk) -> Forecast {
    let Question { players, columns, reuse, .. } = question;
    let known = Known::new(&players, &columns, reuse.as_ref());
    let now = desk.clock.now();
    let mut names = Names::of(&players, &known, &desk, now).await;
    let mut forecast = Forecast {
        look_ups: names.profile + names.people,
        known_names: names.known,
        name_requests: names.nameless.div_ceil(desk.limits.users_per_request.max(1)),
        looked_up: Arc::new(std::mem::take(&mut names.looked_up)),
        ..Forecast::default()
    };
    count_stats(&mut forecast, &players, &columns, &known, desk.limits);
    let (wait, bound_by) = wait(&forecast, &names, &desk, now);
    Forecast { wait, bound_by, ..forecast }
}

/// Players by what finding them costs.
#[derive(Default)]
struct Names {
    known: usize,
    profile: usize,
    people: usize,
    /// XUIDs without a name.
    nameless: usize,
    /// When those were looked up who are remembered.
    looked_up: HashMap<Xuid, UnixMillis>,
}

impl Names {
    async fn of(players: &[PlayerRef], known: &Known, desk: &Desk, now: UnixMillis) -> Self {
        let mut names = Self::default();
        let (mut gamertags, mut xuids): (Vec<Gamertag>, HashSet<Xuid>) = Default::default();
        for (row, player) in players.iter().enumerate() {
            if known.is_left_out(row) {
                continue;
            }
            match (known.player(row), player) {
                (Some(player), _) if player.gamertag.is_some() => names.known += 1,
                (Some(player), _) => drop(xuids.insert(player.xuid)),
                (None, PlayerRef::Xuid(xuid)) => drop(xuids.insert(*xuid)),
                (None, PlayerRef::Gamertag(gamertag)) => gamertags.push(gamertag.clone()),
            }
        }
        let found = desk.keeper.players_by_gamertag(&desk.service, gamertags.clone(), now).await;
        for gamertag in gamertags {
            let remembered = found.get(&gamertag.folded());
            if let Some((player, at)) = remembered.filter(|(player, _)| bears(player, &gamertag)) {
                names.known += 1;
                names.looked_up.insert(player.xuid, *at);
            } else if LookUp::new(gamertag).asks_profile() {
                names.profile += 1;
            } else {
                names.people += 1;
            }
        }
        let found = desk.keeper.players_by_xuid(&desk.service, xuids.iter().copied().collect(), now).await;
        names.nameless = xuids.len();
        for (player, at) in found.into_values().filter(|(player, _)| player.gamertag.is_some()) {
            names.nameless -= 1;
            names.looked_up.insert(player.xuid, at);
        }
        names
    }
}

fn count_stats(
    forecast: &mut Forecast,
    players: &[PlayerRef],
    columns: &[ColumnKey],
    known: &Known,
    limits: Limits,
) {
    let mut users: HashMap<usize, usize> = HashMap::new();
    for row in 0..players.len() {
        if let Some(set) = known.needs(row) {
            *users.entry(set).or_default() += 1;
        }
    }
    let keys = Columns::new(columns.to_vec());
    let size = Size { users: limits.users_per_request, bytes: limits.request_bytes };
    for (set, users) in users {
        let set = known.set(set);
        forecast.values += users * set.len();
        forecast.stat_requests += plan::shape(&keys, set, size, users).requests(users);
    }
    forecast.known_values = players.len() * columns.len() - forecast.values;
}

/// How long the limits have it wait: names first, since stats wait for them, then the stats of the
/// players who are found last.
fn wait(
    forecast: &Forecast,
    names: &Names,
    desk: &Desk,
    now: UnixMillis,
) -> (Duration, Option<(Api, Window)>) {
    let budget = |api| desk.gate.budget(&desk.service, api);
    let last = |api: Api, requests: usize, from: UnixMillis| {
        let mut budget = budget(api)?;
        let wait = budget.forecast(from, requests);
        Some((wait, budget.bound_by(from, requests).map(|window| (api, window))))
    };
    let look_ups = last(Api::Profile, names.profile, now).unwrap_or_default();
    let searches = last(Api::People, names.people, now).unwrap_or_default();
    let found = if look_ups.0 >= searches.0 { look_ups } else { searches };
    let all = last(Api::Stats, forecast.stat_requests, now).unwrap_or_default();
    // Whoever is found last is asked for last.
    let after = if forecast.look_ups > 0 && forecast.stat_requests > 0 {
        let mut late = budget(Api::Stats);
        let from = UnixMillis(now.0.saturating_add(i64::try_from(found.0.as_millis()).unwrap_or(i64::MAX)));
        late.as_mut().map_or(Duration::ZERO, |budget| budget.forecast(from, 1))
    } else {
        Duration::ZERO
    };
    let names_in_batches =
        last(Api::Profile, names.profile + forecast.name_requests, now).unwrap_or_default();
    [(found.0 + after, found.1), all, names_in_batches]
        .into_iter()
        .max_by_key(|(wait, _)| *wait)
        .unwrap_or_default()
}
