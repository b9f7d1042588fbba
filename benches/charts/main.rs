//! How long a frame of a chart takes, layout and tessellation, headless, against a bare `egui_plot`
//! in a window of the same size, in turn.
//!
//! Of a million players: both move and zoom a step each frame. Of a hundred thousand players with
//! twenty stats: the pointer goes over the chart, against a plot of a thousand: points, bars, bins of
//! their numbers (a plot a stat, as ours has), boxes, corners of a polygon (for a radar), cells of a
//! heat map (for a correlation as well), lines of twenty points.
//!
//! Names of claims may follow `--`: then only these are measured.

mod bare;
#[path = "../shared/explore.rs"]
mod explore;
mod numbers;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{
    Context, Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Shape, TextureId,
    TouchPhase, Ui, Vec2, pos2, vec2,
};
use statlens::{
    model::{Chart, ChartKind, Group, Query, StatTable},
    ui::explore::chart_ui,
};

use bare::{Bare, Drawn};
use explore::Ours;
use numbers::{key, table};

const SIZE: Vec2 = vec2(1920.0, 1080.0);
const MIDDLE: Pos2 = pos2(900.0, 500.0);
/// Frames that nobody measures: fonts get ready in them.
const WARM_UP: usize = 20;
/// Players are in so many groups.
const GROUPS: usize = 3;
const STATS: usize = 20;
/// A radar has no more spokes.
const SPOKES: usize = 8;

/// What it is called, the kind, how many stats, and what is drawn by the bare plot.
type Claim = (&'static str, ChartKind, usize, fn() -> Drawn);

fn main() {
    let names: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let is_asked = |name: &str| names.is_empty() || names.iter().any(|asked| asked == name);
    if is_asked("scatter_million") {
        let ours = charted(&Arc::new(table(1_000_000, 2)), ChartKind::Scatter, 2);
        let ratio = compared("1,000,000 players", ours, Bare::new(Drawn::points(1_000_000)), 120, moved);
        println!("claim scatter_million: {ratio:.3} (at most 0.1)");
    }
    let many = Arc::new(table(100_000, STATS));
    let kinds: [Claim; 8] = [
        ("scatter_100k_frame", ChartKind::Scatter, STATS, || Drawn::points(1_000)),
        ("chart_100k_bars", ChartKind::Bars, STATS, || Drawn::bars(1_000)),
        ("chart_100k_distribution", ChartKind::Distribution, STATS, || Drawn::bins(1_000, STATS, GROUPS)),
        ("chart_100k_box", ChartKind::Box, STATS, || Drawn::boxes(1_000)),
        ("chart_100k_radar", ChartKind::Radar, SPOKES, || Drawn::polygon(1_000)),
        ("chart_100k_heat_map", ChartKind::HeatMap, STATS, || Drawn::cells(STATS, 1_000 / STATS)),
        ("chart_100k_correlation", ChartKind::Correlation, STATS, || Drawn::cells(STATS, 1_000 / STATS)),
        ("chart_100k_parallel", ChartKind::Parallel, STATS, || Drawn::lines(1_000, STATS)),
    ];
    for (name, kind, stats, drawn) in kinds.into_iter().filter(|(name, ..)| is_asked(name)) {
        let what = format!("{kind:?} of {stats} stats, 100,000 players");
        let ratio = compared(&what, charted(&many, kind, stats), Bare::new(drawn()), 300, hovered);
        println!("claim {name}: {ratio:.2} (at most 1.5)");
    }
}

/// How much longer a median frame of ours takes than one of a bare plot.
fn compared(what: &str, mut ours: Ours, mut bare: Bare, frames: usize, done: impl Fn(usize) -> Done) -> f64 {
    until_ready(&mut ours);
    let (mut ours_took, mut bare_took) = (Vec::new(), Vec::new());
    for frame in 0..WARM_UP + frames {
        let done = done(frame);
        let (ours_frame, bare_frame) =
            (frame_of_ours(&mut ours, frame, &done.events), bare.frame(frame, &done));
        if frame >= WARM_UP {
            assert!(!ours_frame.is_waiting, "the chart is there");
            assert_eq!(
                ours_frame.is_new, done.is_moved,
                "what is in sight is drawn anew when it is other, and only then"
            );
            ours_took.push(ours_frame.took);
            bare_took.push(bare_frame);
        }
    }
    let median = |took: &mut Vec<Duration>| {
        took.sort_unstable();
        took[took.len() / 2]
    };
    let (ours, bare) = (median(&mut ours_took), median(&mut bare_took));
    println!("{what}: ours {ours:?}, egui_plot {bare:?}");
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

/// A frame.
struct Shown {
    took: Duration,
    /// Whether pixels were drawn anew in it.
    is_new: bool,
    /// Whether words stand in place of the chart.
    is_waiting: bool,
}

fn frame_of(ctx: &Context, frame: usize, events: &[Event], show: impl FnMut(&mut Ui)) -> Shown {
    let mut show = show;
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
        time: Some(frame as f64 / 60.0),
        events: events.to_vec(),
        ..RawInput::default()
    };
    let began = Instant::now();
    let output = ctx.run_ui(input, |ui| show(ui));
    let laid_out = began.elapsed();
    let is_waiting = output.shapes.iter().any(|clipped| says(&clipped.shape, "being worked out"));
    let began = Instant::now();
    let drawn = ctx.tessellate(output.shapes, output.pixels_per_point);
    let took = laid_out + began.elapsed();
    assert!(!drawn.is_empty(), "something is drawn");
    let fonts = TextureId::default();
    let is_new = output.textures_delta.set.iter().any(|(texture, _)| *texture != fonts);
    Shown { took, is_new, is_waiting }
}

fn says(shape: &Shape, words: &str) -> bool {
    match shape {
        Shape::Text(text) => text.galley.text().contains(words),
        Shape::Vec(shapes) => shapes.iter().any(|shape| says(shape, words)),
        _ => false,
    }
}

/// Waits until the chart is worked out beside the window: until it is drawn, and stays.
fn until_ready(ours: &mut Ours) {
    let began = Instant::now();
    while frame_of_ours(ours, 0, &[]).is_waiting {
        assert!(began.elapsed() < Duration::from_mins(5), "the chart did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
    while frame_of_ours(ours, 0, &[]).is_new || ours.ctx.has_requested_repaint() {}
}

fn frame_of_ours(ours: &mut Ours, frame: usize, events: &[Event]) -> Shown {
    frame_of(&ours.ctx.clone(), frame, events, |ui| ours.show(ui, chart_ui))
}

fn charted(table: &Arc<StatTable>, kind: ChartKind, stats: usize) -> Ours {
    Ours::new(table, query(table, kind, stats))
}

fn query(table: &StatTable, kind: ChartKind, stats: usize) -> Query {
    let group = |place: usize| Group {
        name: format!("Group {place}"),
        players: table.rows().iter().skip(place).step_by(GROUPS).map(|row| row.asked.clone()).collect(),
        ..Group::default()
    };
    let (x, y) = (Some(key(0).into()), Some(key(1).into()));
    let stats = (0..stats).map(|stat| key(stat).into()).collect();
    let chart = Chart { kind: Some(kind), x, y, stats, ..Chart::default() };
    Query { groups: (0..GROUPS).map(group).collect(), charts: vec![chart], ..Query::default() }
}
