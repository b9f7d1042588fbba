//! How long a frame of the grid takes, layout and tessellation, against a bare `egui_table` that
//! shows as many plain text cells. Both scroll through the same rows, headless, in turn.

#[path = "shared/explore.rs"]
mod explore;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{
    Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Ui, Vec2, pos2, vec2,
};
use egui_table::{CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, Table, TableDelegate};
use statlens::{
    model::{
        Column, ColumnKey, Comparison, Field, Filter, Number, Player, PlayerRef, PlayerRow, Query, RowState,
        Scid, Sort, SortBy, StatName, StatTable, Statistic, Test, WireForm, WireValue, Xuid,
    },
    ui::{explore::values_ui, theme},
};

use explore::Ours;

const ROWS: usize = 1_000_000;
const COLUMNS: usize = 50;
const COLUMN_WIDTH: u16 = 100;
const ROW_HEIGHT: f32 = 27.0;
const SIZE: Vec2 = vec2(1920.0, 1080.0);
const FRAMES: usize = 600;
/// Frames that nobody measures: fonts and views get ready in them.
const WARM_UP: usize = 60;

fn main() {
    let table = Arc::new(table());
    let query = query(&table);
    let (mut ours, mut bare) = (Ours::new(&table, query), Bare::new(table));
    until_ready(&mut ours);
    let (mut ours_took, mut bare_took) = (Vec::new(), Vec::new());
    for frame in 0..WARM_UP + FRAMES {
        let took = (
            frame_of(&ours.ctx.clone(), |ui| ours.show(ui, values_ui)),
            frame_of(&bare.ctx.clone(), |ui| bare.show(ui)),
        );
        if frame >= WARM_UP {
            assert!(took.0.1 > 0 && took.1.1 > 0, "something is drawn");
            ours_took.push(took.0.0);
            bare_took.push(took.1.0);
        }
    }
    ours_took.sort_unstable();
    bare_took.sort_unstable();
    let at = |took: &[Duration], share: f64| took[(took.len() as f64 * share) as usize];
    let ratio = |share| at(&ours_took, share).as_secs_f64() / at(&bare_took, share).as_secs_f64();
    println!("ours {:?}, bare {:?}, {} rows", at(&ours_took, 0.5), at(&bare_took, 0.5), ROWS);
    println!("claim grid_frame_median: {:.2} (at most 1.3)", ratio(0.5));
    println!("claim grid_frame_p99: {:.2} (at most 2)", ratio(0.99));
}

/// Waits until the view is worked out beside the window.
fn until_ready(ours: &mut Ours) {
    let began = Instant::now();
    while ours.state.shown_rows().is_empty() {
        assert!(began.elapsed() < Duration::from_mins(2), "the view did not come");
        let ctx = ours.ctx.clone();
        frame_of(&ctx, |ui| ours.show(ui, values_ui));
    }
}

/// How long a frame takes, and how many shapes it draws.
fn frame_of(ctx: &Context, show: impl FnMut(&mut Ui)) -> (Duration, usize) {
    let mut show = show;
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Wheel,
        delta: vec2(0.0, -61.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    };
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
        events: vec![Event::PointerMoved(pos2(900.0, 600.0)), wheel],
        ..RawInput::default()
    };
    let began = Instant::now();
    let output = ctx.run_ui(input, |ui| show(ui));
    let shapes = ctx.tessellate(output.shapes, output.pixels_per_point);
    (began.elapsed(), shapes.len())
}

struct Bare {
    ctx: Context,
    table: Arc<StatTable>,
}

impl Bare {
    fn new(table: Arc<StatTable>) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        Self { ctx, table }
    }

    fn show(&mut self, ui: &mut Ui) {
        let column = TableColumn::new(f32::from(COLUMN_WIDTH)).resizable(false);
        let table = Table::new()
            .num_rows(ROWS as u64)
            .columns(vec![column; COLUMNS + 1])
            .num_sticky_cols(1)
            .headers(vec![HeaderRow::new(ROW_HEIGHT)]);
        table.show(ui, &mut Cells(&self.table));
    }
}

struct Cells<'a>(&'a StatTable);

impl TableDelegate for Cells<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        ui.label(format!("Stat{}", cell.col_range.start));
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let row = cell.row_nr as usize;
        let text = match cell.col_nr.checked_sub(1) {
            None => self.0.rows()[row].name(),
            Some(column) => self.0.columns()[column].numbers()[row].to_string(),
        };
        ui.label(text);
    }

    fn default_row_height(&self) -> f32 {
        ROW_HEIGHT
    }
}

fn key(column: usize) -> ColumnKey {
    let scid = Scid::from_wire("7492baca-c1b4-440d-a391-b7ef364a8d40");
    ColumnKey { scid, stat: StatName::from_wire(&format!("Stat{column}")) }
}

fn table() -> StatTable {
    let row = |row| {
        let xuid = Xuid(2_535_000_000_000_000 + row as u64);
        PlayerRow { asked: PlayerRef::Xuid(xuid), state: RowState::Known(Player::nameless(xuid)) }
    };
    let columns = (0..COLUMNS).map(|column| {
        let mut cells = Column::new(key(column), ROWS);
        for row in 0..ROWS {
            let text = (row * 7919 % 99_991 + column * 13).to_string();
            cells.set_value(row, WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" });
        }
        cells
    });
    StatTable::from_parts((0..ROWS).map(row).collect(), columns.collect()).expect("all columns are as long")
}

/// Heat map on, two sort keys, one filter.
fn query(table: &StatTable) -> Query {
    let mut query = Query::default();
    let view = &mut query.view;
    view.heat_map = true;
    view.sort =
        [0, 1].map(|column| Sort { by: SortBy::Column(Field::from(key(column))), descending: true }).to_vec();
    let at_least = Test::Compare(Comparison::AtLeast, Number::Int(10));
    view.filters = vec![Filter::Column(Field::from(key(2)), at_least)];
    view.summary = vec![Statistic::Median];
    for column in table.columns() {
        let field = Field::from(column.key().clone());
        view.columns.change(&field, |settings| settings.width = Some(COLUMN_WIDTH));
    }
    query
}
