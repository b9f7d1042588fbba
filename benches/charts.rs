//! How long a frame of a chart takes, layout and tessellation, headless, against a bare `egui_plot`
//! in a window of the same size, in turn.
//!
//! Of a million players: both move and zoom a step each frame. Of a hundred thousand players with
//! twenty stats: the pointer goes over the chart, against a plot of a thousand points.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{
    Context, Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TextureId, TouchPhase,
    Ui, Vec2, pos2, vec2,
};
use egui_plot::{Plot, PlotPoint, PlotPoints, Points};
use statlens::{
    model::{
        Catalogue, Chart, ChartKind, Column, ColumnKey, Group, Player, PlayerRef, PlayerRow, Query, RowState,
        Scid, StatDictionary, StatName, StatTable, WireForm, WireValue, Xuid,
    },
    ui::{
        explore::{Explore, ExploreInput, chart_ui},
        theme,
    },
};

const SIZE: Vec2 = vec2(1920.0, 1080.0);
const MIDDLE: Pos2 = pos2(900.0, 500.0);
/// Frames that nobody measures: fonts get ready in them.
const WARM_UP: usize = 20;
/// Players are in so many groups.
const GROUPS: usize = 3;

fn main() {
    let frames = 120;
    let ratio = compared("1,000,000 players", 1_000_000, 2, 1_000_000, frames, moved);
    println!("claim scatter_million: {ratio:.3} (at most 0.1)");
    let frames = 600;
    let ratio = compared("100,000 players × 20 stats", 100_000, 20, 1_000, frames, hovered);
    println!("claim scatter_100k_frame: {ratio:.2} (at most 1.5)");
}

/// How much longer a median frame of ours takes than one of a bare plot.
fn compared(
    what: &str,
    players: usize,
    stats: usize,
    bare_points: usize,
    frames: usize,
    done: impl Fn(usize) -> Done,
) -> f64 {
    let (mut ours, mut bare) = (Ours::new(players, stats), Bare::new(bare_points));
    ours.until_ready();
    let (mut ours_took, mut bare_took) = (Vec::new(), Vec::new());
    for frame in 0..WARM_UP + frames {
        let done = done(frame);
        let ((ours_frame, is_new), bare_frame) = (ours.frame(frame, &done.events), bare.frame(frame, &done));
        if frame >= WARM_UP {
            assert_eq!(
                is_new, done.is_moved,
                "what is in sight is drawn anew when it is other, and only then"
            );
            ours_took.push(ours_frame);
            bare_took.push(bare_frame);
        }
    }
    let median = |took: &mut Vec<Duration>| {
        took.sort_unstable();
        took[took.len() / 2]
    };
    let (ours, bare) = (median(&mut ours_took), median(&mut bare_took));
    println!("{what}: ours {ours:?}, egui_plot of {bare_points} points {bare:?}");
    ours.as_secs_f64() / bare.as_secs_f64()
}

/// What is done in a frame.
struct Done {
    events: Vec<Event>,
    /// The same for a plot that is told what to do: by how much it moves, in points, and zooms.
    moves: Vec2,
    zooms: f32,
    is_moved: bool,
}

/// The middle button is held, and the pointer goes round while the wheel turns to and fro.
fn moved(frame: usize) -> Done {
    let at = |frame: usize| {
        let turn = frame as f32 * 0.1;
        MIDDLE + vec2(turn.cos(), turn.sin()) * 60.0
    };
    let by = if (frame / 20).is_multiple_of(2) { 24.0 } else { -24.0 };
    let mut events = vec![Event::PointerMoved(at(frame))];
    if frame == 0 {
        let (button, modifiers) = (PointerButton::Middle, Modifiers::NONE);
        events.push(Event::PointerButton { pos: at(0), button, pressed: true, modifiers });
    }
    events.push(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Wheel,
        delta: vec2(0.0, by),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    let moves = if frame == 0 { Vec2::ZERO } else { at(frame) - at(frame - 1) };
    Done { events, moves, zooms: (by / 240.0).exp2(), is_moved: true }
}

/// The pointer goes over the marks.
fn hovered(frame: usize) -> Done {
    let at = MIDDLE + vec2((frame % 160) as f32 * 3.0 - 240.0, (frame % 90) as f32 * 2.0 - 90.0);
    Done { events: vec![Event::PointerMoved(at)], moves: Vec2::ZERO, zooms: 1.0, is_moved: false }
}

/// How long a frame takes, and whether pixels were drawn anew in it.
fn frame_of(ctx: &Context, frame: usize, events: &[Event], show: impl FnMut(&mut Ui)) -> (Duration, bool) {
    let mut show = show;
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
        time: Some(frame as f64 / 60.0),
        events: events.to_vec(),
        ..RawInput::default()
    };
    let began = Instant::now();
    let output = ctx.run_ui(input, |ui| show(ui));
    let drawn = ctx.tessellate(output.shapes, output.pixels_per_point);
    let took = began.elapsed();
    assert!(!drawn.is_empty(), "something is drawn");
    let fonts = TextureId::default();
    (took, output.textures_delta.set.iter().any(|(texture, _)| *texture != fonts))
}

struct Ours {
    ctx: Context,
    state: Explore,
    table: Arc<StatTable>,
    query: Query,
    catalogue: Catalogue,
    dictionary: Arc<StatDictionary>,
}

impl Ours {
    fn new(players: usize, stats: usize) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let table = Arc::new(table(players, stats));
        Self {
            ctx,
            state: Explore::default(),
            query: query(&table),
            table,
            catalogue: Catalogue::default(),
            dictionary: Arc::default(),
        }
    }

    /// Waits until the chart is worked out beside the window: until it is drawn, and stays.
    fn until_ready(&mut self) {
        let began = Instant::now();
        while !self.frame(0, &[]).1 {
            assert!(began.elapsed() < Duration::from_mins(5), "the chart did not come");
            std::thread::sleep(Duration::from_millis(20));
        }
        while self.frame(0, &[]).1 || self.ctx.has_requested_repaint() {}
    }

    fn frame(&mut self, frame: usize, events: &[Event]) -> (Duration, bool) {
        let input = ExploreInput {
            table: &self.table,
            revision: 1,
            query: &self.query,
            query_revision: 1,
            before: None,
            dictionary: &self.dictionary,
            catalogue: &self.catalogue,
            fetched_at: None,
            fetching: false,
            request: None,
        };
        let state = &mut self.state;
        frame_of(&self.ctx, frame, events, |ui| drop(chart_ui(ui, state, &input)))
    }
}

struct Bare {
    ctx: Context,
    points: Vec<PlotPoint>,
}

impl Bare {
    fn new(points: usize) -> Self {
        let points = (0..points).map(|row| {
            let [x, y] = [0, 1].map(|stat| number(row, stat));
            PlotPoint::new(x, y)
        });
        Self { ctx: Context::default(), points: points.collect() }
    }

    fn frame(&mut self, frame: usize, done: &Done) -> Duration {
        let points = &self.points;
        let (took, _) = frame_of(&self.ctx, frame, &done.events, |ui| {
            let plot = Plot::new("bare").allow_drag(false).allow_zoom(false).allow_scroll(false);
            plot.show(ui, |plot| {
                if done.moves != Vec2::ZERO || done.zooms != 1.0 {
                    let bounds = plot.plot_bounds();
                    let by = vec2(-done.moves.x, done.moves.y) / SIZE;
                    plot.translate_bounds(by * vec2(bounds.width() as f32, bounds.height() as f32));
                    plot.zoom_bounds_around_hovered(Vec2::splat(done.zooms));
                }
                plot.points(Points::new("players", PlotPoints::Borrowed(points)).radius(2.5));
            });
        });
        took
    }
}

/// Numbers as they come: most in the middle, and the second stat going with the first.
fn number(row: usize, stat: usize) -> f64 {
    let share = |seed: usize| {
        let mixed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(seed as u64);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 32)) % 1_000_000) as f64 / 1_000_000.0
    };
    let spread = |first: usize| (0..4).map(|part| share(first + part)).sum::<f64>() / 4.0;
    let own = spread(stat * 10 + 10);
    let number = if stat == 1 { 0.6 * spread(10) + 0.4 * spread(90) } else { own };
    (number * 1_000_000.0).round()
}

fn key(stat: usize) -> ColumnKey {
    let scid = Scid::from_wire("7492baca-c1b4-440d-a391-b7ef364a8d40");
    ColumnKey { scid, stat: StatName::from_wire(&format!("Stat{stat}")) }
}

fn xuid(row: usize) -> Xuid {
    Xuid(2_535_000_000_000_000 + row as u64)
}

fn table(players: usize, stats: usize) -> StatTable {
    let row = |row| PlayerRow {
        asked: PlayerRef::Xuid(xuid(row)),
        state: RowState::Known(Player::nameless(xuid(row))),
    };
    let columns = (0..stats).map(|stat| {
        let mut cells = Column::new(key(stat), players);
        for row in 0..players {
            let text = number(row, stat).to_string();
            cells.set_value(row, WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" });
        }
        cells
    });
    StatTable::from_parts((0..players).map(row).collect(), columns.collect())
        .expect("all columns are as long")
}

fn query(table: &StatTable) -> Query {
    let group = |place: usize| Group {
        name: format!("Group {place}"),
        players: table.rows().iter().skip(place).step_by(GROUPS).map(|row| row.asked.clone()).collect(),
        ..Group::default()
    };
    let (x, y) = (Some(key(0).into()), Some(key(1).into()));
    let chart = Chart { kind: Some(ChartKind::Scatter), x, y, ..Chart::default() };
    Query { groups: (0..GROUPS).map(group).collect(), charts: vec![chart], ..Query::default() }
}
