//! A Requests screen with a fixed log and a clock that stands still.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use egui::{Frame, Margin, Vec2};
use egui_kittest::Harness;
use statlens::{
    clock::Clock,
    engine::{Budget, Budgets, Event},
    model::{
        Api, Attempt, Body, Exchange, ExchangeId, ExchangeState, Failure, Remedy, Sent, UnixMillis,
        WaitReason, Window, WindowUse,
    },
    ui::{
        requests::{LocalTime, Requests, RequestsAction, RequestsInput, request_inspector_ui, requests_ui},
        theme,
    },
};

/// When the first request stood ready.
pub(crate) const START: i64 = 1_795_000_000_000;
pub(crate) const SIZE: Vec2 = Vec2::new(1600.0, 928.0);

/// What the shell would keep.
pub(crate) struct World {
    pub(crate) state: Requests,
    pub(crate) budgets: Budgets,
    pub(crate) clock: LocalTime,
    pub(crate) now: Arc<StillClock>,
    pub(crate) light: bool,
    pub(crate) actions: Vec<RequestsAction>,
}

/// A clock that is moved by hand.
pub(crate) struct StillClock(AtomicI64);

impl StillClock {
    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_millis() as i64, Ordering::SeqCst);
    }
}

impl Clock for StillClock {
    fn now(&self) -> UnixMillis {
        UnixMillis(self.0.load(Ordering::SeqCst))
    }
}

impl World {
    pub(crate) fn of(exchanges: impl IntoIterator<Item = Exchange>) -> Self {
        let mut state = Requests::default();
        for exchange in exchanges {
            state.apply(&Event::Exchange(Arc::new(exchange)));
        }
        let now = Arc::new(StillClock(AtomicI64::new(START + 8_000)));
        World {
            state,
            budgets: Budgets::default(),
            clock: LocalTime::new(now.clone()),
            now,
            light: false,
            actions: Vec::new(),
        }
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        theme::set_light(ui.ctx(), self.light);
        let input = RequestsInput { budgets: &self.budgets, clock: &self.clock, has_choice: true };
        let fill = ui.visuals().panel_fill;
        let width = (ui.available_width() * 0.35).round();
        self.actions.extend(
            egui::Panel::right("request inspector")
                .resizable(false)
                .exact_size(width)
                .frame(Frame::new().fill(fill).inner_margin(Margin::symmetric(12, 10)))
                .show(ui, |ui| request_inspector_ui(ui, &mut self.state, &input))
                .inner,
        );
        self.actions.extend(
            egui::CentralPanel::default()
                .frame(Frame::new())
                .show(ui, |ui| requests_ui(ui, &mut self.state, &input))
                .inner,
        );
    }

    pub(crate) fn apply(&mut self, exchange: Exchange) {
        self.state.apply(&Event::Exchange(Arc::new(exchange)));
    }
}

pub(crate) fn harness(world: World, size: Vec2) -> Harness<'static, World> {
    let mut harness = Harness::builder()
        .with_size(size)
        // Bodies are laid out beside the window, which takes as many frames as it takes.
        .with_max_steps(60)
        .allow_missing_glyphs()
        .with_context_setup(theme::install)
        .build_ui_state(|ui, world: &mut World| world.show(ui), world);
    harness.run();
    harness
}

/// Steps until work beside the window has come to what is waited for.
pub(crate) fn until(harness: &mut Harness<'_, World>, reached: impl Fn(&Harness<'_, World>) -> bool) {
    for _ in 0..1_000_000 {
        if reached(harness) {
            return;
        }
        harness.step();
        std::thread::yield_now();
    }
    panic!("what was waited for did not come");
}

pub(crate) fn failure(status: Option<u16>, reason: &str, advice: &str, remedy: Remedy) -> Arc<Failure> {
    Arc::new(Failure {
        status,
        reason: reason.into(),
        causes: Vec::new(),
        advice: advice.into(),
        detail: None,
        remedy,
    })
}

pub(crate) fn throttled() -> Arc<Failure> {
    let reason = "The service had too many requests: it allows 100 in 15 s and asks to wait 4 s";
    failure(Some(429), reason, "Wait, then try again", Remedy::Retry)
}

pub(crate) fn private() -> Arc<Failure> {
    let reason =
        "Not allowed: a player is private, a title is restricted, or the token is for another sandbox";
    failure(Some(403), reason, "Remove private players and restricted titles", Remedy::EditPlayers)
}

const SCID: &str = "7492baca-c1b4-440d-a391-b7ef364a8d40";

/// An answer of so many bytes at least.
pub(crate) fn answer(bytes: usize) -> Body {
    let mut text = String::from(r#"{"users":["#);
    for user in 0.. {
        if user > 0 {
            text.push(',');
        }
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            r#"{{"xuid":"25354661207{user:05}","scids":[{{"scid":"{SCID}","stats":[{{"statname":"Kills","type":"Integer","value":"18204"}},{{"statname":"Deaths","type":"Integer","value":9113}}]}}]}}"#
        );
        if text.len() >= bytes {
            break;
        }
    }
    text.push_str("]}");
    Body::Here(text.into_bytes().into())
}

/// A request that stood ready so many milliseconds after the first, and was not sent yet.
pub(crate) fn queued(id: u64, api: Api, title: &str, at: i64) -> Exchange {
    let (method, host, path) = match api {
        Api::Stats => ("POST", "userstats.xboxlive.com", "/batch?operation=read"),
        Api::Profile => ("GET", "profile.xboxlive.com", "/users/gt(Somebody)/profile/settings"),
        Api::People => ("GET", "peoplehub.xboxlive.com", "/users/me/people/search"),
    };
    let body = if method == "POST" {
        format!(
            r#"{{"requestedusers":["25354661207710{id:02}"],"requestedscids":[{{"scid":"{SCID}","requestedstats":["Kills","Deaths"]}}]}}"#
        )
    } else {
        String::new()
    };
    Exchange {
        id: ExchangeId(id),
        api,
        title: title.into(),
        sent: Arc::new(Sent {
            method,
            url: format!("https://{host}{path}"),
            headers: vec![
                ("x-xbl-contract-version".into(), "1".into()),
                ("Content-Type".into(), "application/json; charset=utf-8".into()),
            ],
            body: body.into(),
            users: 100,
            stats: 9,
        }),
        queued: UnixMillis(START + at),
        state: ExchangeState::Waiting { until: None, why: WaitReason::Turn },
        attempts: Vec::new(),
        values: None,
        entries: 0,
        unread: Arc::new([]),
    }
}

/// An attempt that began so many milliseconds after the first request and took so many.
pub(crate) fn attempt(at: i64, took: u64, status: Option<u16>, body: Body) -> Attempt {
    Attempt {
        started: UnixMillis(START + at),
        connecting: Duration::from_millis(took / 10),
        waiting: Duration::from_millis(took * 7 / 10),
        reading: Duration::from_millis(took * 2 / 10),
        status,
        headers: vec![("Content-Type".into(), "application/json".into())],
        body,
        correlation: Some(format!("c0ffee00-{at:04}-4b1b-9d7a-00001212abcd")),
        failure: None,
    }
}

/// A 429 with `Retry-After: 4`.
pub(crate) fn refused(at: i64) -> Attempt {
    let mut attempt = attempt(at, 40, Some(429), Body::Here(b"{\"currentRequests\":104}".as_slice().into()));
    attempt.headers.push(("Retry-After".into(), "4".into()));
    attempt.failure = Some(throttled());
    attempt
}

fn read(id: u64, title: &str, at: i64, took: u64, values: usize, kilobytes: usize) -> Exchange {
    Exchange {
        state: ExchangeState::Done,
        attempts: vec![attempt(at + 12, took, Some(200), answer(kilobytes * 1_000))],
        values: Some(values),
        entries: values + 72,
        ..queued(id, Api::Stats, title, at)
    }
}

fn looked_up(id: u64, title: &str, at: i64, took: u64, status: u16) -> Exchange {
    Exchange {
        state: ExchangeState::Done,
        attempts: vec![attempt(at + 8, took, Some(status), answer(1_900))],
        ..queued(id, Api::Profile, title, at)
    }
}

fn retried(id: u64, at: i64, took: u64, values: usize, waited: i64, times: i64) -> Exchange {
    let refusals = (0..times).map(|time| refused(at + 10 + time * waited));
    let last = attempt(at + 10 + times * waited, took, Some(200), answer(104_000));
    Exchange {
        attempts: refusals.chain([last]).collect(),
        unread: Arc::new(
            ["users[37].scids: expected a list, found 7. Its 9 values are marked failed".into()],
        ),
        entries: 840,
        ..read(id, "POST /batch 100 × 9", at, took, values, 104)
    }
}

fn not_allowed(id: u64, title: &str, at: i64, took: u64) -> Exchange {
    let mut failed = attempt(at + 9, took, Some(403), answer(200));
    failed.failure = Some(private());
    Exchange {
        state: ExchangeState::Failed(private()),
        attempts: vec![failed],
        values: Some(0),
        ..queued(id, Api::Stats, title, at)
    }
}

/// A window of a service's rate limit.
pub(crate) fn window(limit: u32, seconds: u64, used: u32) -> WindowUse {
    WindowUse {
        window: Window { limit, period: Duration::from_secs(seconds) },
        used,
        frees: Some(UnixMillis(START + 8_000 + 42_000)),
        clear: None,
    }
}

/// The requests of the picture that the screen is made after.
pub(crate) fn picture() -> World {
    let until = Some(UnixMillis(START + 50_000));
    let why = WaitReason::RateLimit { limit: 30, period: Duration::from_mins(5) };
    let waiting = Exchange {
        state: ExchangeState::Waiting { until, why: why.clone() },
        ..queued(14, Api::Profile, "GET gt(DunePilot77)", 5_400)
    };
    let big = "POST /batch 100 × 9";
    let mut world = World::of([
        looked_up(1, "GET gt(Нова Звезда)", 0, 296, 200),
        looked_up(2, "GET gt(QuietOrbit)", 240, 288, 200),
        looked_up(3, "GET gt(Nobody Here 9)", 500, 271, 404),
        looked_up(4, "POST /users/batch (24 users)", 760, 440, 200),
        read(5, big, 1_000, 712, 804, 100),
        read(6, big, 1_260, 731, 795, 101),
        not_allowed(7, big, 1_520, 320),
        read(8, "POST /batch 50 × 9", 1_780, 580, 777, 103),
        retried(9, 2_000, 707, 768, 1_480, 1),
        retried(10, 2_300, 719, 759, 1_480, 1),
        not_allowed(11, "POST /batch 1 × 9", 2_600, 299),
        read(12, "POST /batch 49 × 9", 2_900, 576, 741, 107),
        retried(13, 3_100, 740, 732, 720, 2),
        waiting,
    ]);
    let budget = |api, short, long, queued, wait| Budget { api, windows: vec![short, long], queued, wait };
    world.budgets = Budgets(vec![
        budget(Api::Stats, window(100, 15, 96), window(300, 300, 122), 0, None),
        budget(Api::Profile, window(10, 15, 5), window(30, 300, 30), 1, Some((until, why))),
    ]);
    world
}
