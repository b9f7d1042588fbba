//! What a frame allocates in which nothing changed, counted, beside a frame of egui with nothing in
//! it.

use std::sync::Arc;

use egui::{Context, Event, Key, Modifiers, RawInput, Rect, Ui, Vec2, pos2};
use statlens::{
    clock::Clock,
    engine::VaultSource,
    model::{
        Catalogue, Column, ColumnKey, Comparison, Filter, Group, GroupLook, Number, Player, PlayerEntry,
        PlayerRef, PlayerRow, Query, QueryTitle, RowState, Scid, Sort, SortBy, StatDictionary, StatName,
        StatTable, Statistic, Test, UnixMillis, WireForm, WireValue, Xuid,
    },
    ui::{
        App, AppConfig, StartService,
        explore::{Explore, ExploreInput, explore_ui, values_ui},
        theme,
    },
    vault::Vault,
};

const SIZE: Vec2 = Vec2::new(1330.0, 900.0);
/// So low that there is no room for the chart.
const LOW: Vec2 = Vec2::new(1330.0, 340.0);
const ROWS: u64 = 20_000;
const COLUMNS: usize = 50;
/// Frames that are counted.
const FRAMES: usize = 20;

fn key(stat: usize) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire("7492baca"), stat: StatName::from_wire(&format!("Stat{stat}")) }
}

fn table() -> StatTable {
    let row = |xuid| PlayerRow {
        asked: PlayerRef::Xuid(Xuid(xuid)),
        state: RowState::Known(Player::nameless(Xuid(xuid))),
    };
    let columns = (0..COLUMNS).map(|stat| {
        let mut column = Column::new(key(stat), ROWS as usize);
        for row in 0..ROWS {
            let text = (row * 7919 % ROWS).to_string();
            let value = WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" };
            column.set_value(row as usize, value);
        }
        column
    });
    StatTable::from_parts((0..ROWS).map(row).collect(), columns.collect()).unwrap()
}

/// All that a view can show at once: heat, bars, groups, sums, a filter, two keys of the order.
fn query(table: &StatTable) -> Query {
    let players: Vec<PlayerRef> = table.rows().iter().map(|row| row.asked.clone()).collect();
    let stats = table.columns().iter().map(|column| column.key().stat.clone()).collect();
    let title = QueryTitle { name: "Iron".into(), scid: Scid::from_wire("7492baca"), title_id: None, stats };
    let group = Group {
        name: "Odd".into(),
        players: players.iter().step_by(2).cloned().collect(),
        look: GroupLook::default(),
    };
    let mut query = Query {
        players: players.into_iter().map(PlayerEntry::from).collect(),
        groups: vec![group],
        titles: vec![title],
        ..Query::default()
    };
    let by = |stat, descending| Sort { by: SortBy::Column(key(stat).into()), descending };
    query.view.sort = vec![by(0, true), by(1, false)];
    query.view.heat_map = true;
    query.view.bars = true;
    let positive = Test::Compare(Comparison::AtLeast, Number::Int(0));
    query.view.filters = vec![Filter::Column(key(2).into(), positive)];
    query.view.summary = vec![Statistic::Median, Statistic::Mean];
    query
}

/// A window without a screen.
struct Desk {
    ctx: Context,
    size: Vec2,
    time: f64,
}

impl Desk {
    fn new(size: Vec2) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        Self { ctx, size, time: 0.0 }
    }

    fn frame(&mut self, show: impl FnMut(&mut Ui)) -> Allocations {
        self.frame_with(Vec::new(), show)
    }

    fn frame_with(&mut self, events: Vec<Event>, show: impl FnMut(&mut Ui)) -> Allocations {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), self.size));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() };
        let mut shapes = Vec::new();
        let mut scale = 1.0;
        let laid_out = allocation_counter::measure(|| {
            let mut output = self.ctx.run_ui(input, show);
            output.textures_delta.clear();
            (shapes, scale) = (output.shapes, output.pixels_per_point);
        });
        let tessellated = allocation_counter::measure(|| drop(self.ctx.tessellate(shapes, scale)));
        Allocations { layout: laid_out.count_total, tessellation: tessellated.count_total }
    }

    /// The most allocations of any of some frames at rest.
    fn counted(&mut self, mut show: impl FnMut(&mut Ui)) -> Allocations {
        (0..FRAMES).map(|_| self.frame(&mut show)).fold(Allocations::default(), Allocations::most)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Allocations {
    /// Of all that works out what is on screen.
    layout: u64,
    /// Of egui's part alone, which makes triangles of it: a few lists that grow.
    tessellation: u64,
}

impl Allocations {
    fn most(self, other: Self) -> Self {
        Self {
            layout: self.layout.max(other.layout),
            tessellation: self.tessellation.max(other.tessellation),
        }
    }
}

/// Shows a screen until the view is there and nothing more is to come, and then counts.
fn at_rest(
    table: &Arc<StatTable>,
    size: Vec2,
    show: fn(&mut Ui, &mut Explore, &ExploreInput<'_>),
) -> Allocations {
    let query = query(table);
    let (dictionary, catalogue): (Arc<StatDictionary>, _) = (Arc::default(), Catalogue::default());
    let input = ExploreInput {
        table,
        revision: 1,
        query: &query,
        query_revision: 1,
        before: None,
        dictionary: &dictionary,
        catalogue: &catalogue,
        fetched_at: Some(UnixMillis(1_795_000_000_000)),
        fetching: false,
        request: None,
    };
    let mut state = Explore::default();
    let mut desk = Desk::new(size);
    let mut texts = (u64::MAX, 0);
    // Work beside the window has come in once many frames in a row lay out nothing anew.
    while state.shown_rows().is_empty() || desk.ctx.has_requested_repaint() || texts.1 < 200 {
        desk.frame(|ui| show(ui, &mut state, &input));
        let laid_out = state.texts_laid_out();
        texts = if texts.0 == laid_out { (laid_out, texts.1 + 1) } else { (laid_out, 0) };
        std::thread::yield_now();
    }
    // On a busy machine work may come in even now; what each frame allocates, the least of them does too.
    let frames = (0..10).map(|_| desk.counted(|ui| show(ui, &mut state, &input)));
    let counted = frames.min_by_key(|counted| counted.layout).expect("some frames");
    assert_eq!(state.texts_laid_out(), texts.0, "no text is laid out anew");
    counted
}

#[test]
fn a_frame_in_which_nothing_changed_allocates_next_to_nothing() {
    let mut desk = Desk::new(SIZE);
    desk.counted(|_| ());
    let empty = desk.counted(|_| ());
    let table = Arc::new(table());
    let grid = at_rest(&table, SIZE, |ui, state, input| drop(values_ui(ui, state, input)));
    let with_bar = at_rest(&table, LOW, |ui, state, input| drop(explore_ui(ui, state, input)));
    let with_chart = at_rest(&table, SIZE, |ui, state, input| drop(explore_ui(ui, state, input)));
    let told = format!(
        "an empty frame: {empty:?}, with the grid: {grid:?}, with the bar above it: {with_bar:?}, \
         with the chart below it: {with_chart:?}"
    );
    // Over 300 cells are in sight: none of them, no row and no heading takes memory.
    assert!(grid.layout <= empty.layout + GRID, "{told}");
    assert!(grid.tessellation <= empty.tessellation + TRIANGLES, "{told}");
    assert!(with_bar.layout <= empty.layout + WITH_BAR, "{told}");
    assert!(with_chart.layout <= empty.layout + WITH_CHART, "{told}");
    println!("{told}");
}

/// What the grid may allocate a frame.
const GRID: u64 = 24;
/// What egui may allocate for the triangles of the grid.
const TRIANGLES: u64 = 200;
/// What grid and toolbar may allocate a frame. No chip lays out its words: the rest is egui's own, for
/// panels, for the box that finds, and for what is said of each part when the pointer rests on it.
const WITH_BAR: u64 = 75;
/// The same with the chart, most of whose words are egui's labels.
const WITH_CHART: u64 = 400;

/// A clock that stands still: words that count seconds stay as they are.
struct Still;

impl Clock for Still {
    fn now(&self) -> UnixMillis {
        UnixMillis(1_795_000_000_000)
    }
}

/// The whole window, with the query of the first start: 24 players, nine stats of two titles.
struct Window {
    desk: Desk,
    app: App,
}

impl Window {
    fn open() -> Self {
        let desk = Desk::new(SIZE);
        let vault = Vault::with_store(keyring_core::mock::Store::new().unwrap(), None);
        let config = AppConfig {
            service: StartService::Sample,
            vault: VaultSource::Vault(Arc::new(vault)),
            clock: Arc::new(Still),
            ..AppConfig::default()
        };
        let app = App::new(&desk.ctx, config).unwrap();
        Self { desk, app }
    }

    fn frame(&mut self, events: Vec<Event>) -> Allocations {
        let app = &mut self.app;
        self.desk.frame_with(events, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        })
    }

    /// The most allocations of any of some frames, once nothing more is to come.
    fn at_rest(&mut self) -> Allocations {
        let mut still = 0;
        while still < 200 {
            self.frame(Vec::new());
            let is_still = self.app.is_settled() && !self.desk.ctx.has_requested_repaint();
            still = if is_still { still + 1 } else { 0 };
            std::thread::yield_now();
        }
        (0..FRAMES).map(|_| self.frame(Vec::new())).fold(Allocations::default(), Allocations::most)
    }
}

#[test]
fn the_query_panel_at_rest_allocates_for_what_is_in_sight_alone() {
    let mut window = Window::open();
    let open = window.at_rest();
    let (key, modifiers) = (Key::B, Modifiers::COMMAND);
    let pressed = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    window.frame(vec![pressed]);
    let folded = window.at_rest();
    let told = format!("with the query panel: {open:?}, without: {folded:?}");
    assert!(open.layout > folded.layout, "{told}");
    assert!(open.layout <= folded.layout + QUERY_PANEL, "{told}");
    println!("{told}");
}

/// What the query panel may allocate a frame: a dozen for each line in sight, and egui's part for panels,
/// fields and labels.
const QUERY_PANEL: u64 = 400;
