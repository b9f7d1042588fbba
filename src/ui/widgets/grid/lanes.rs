//! What stands beside what: the heads at the left, the columns that stand still, those that scroll,
//! and how wide and high all of them are.

use egui::{FontId, Rect, Ui, pos2};

use super::{
    Axis, GridInput, PADDING, SORT_MARK, SORT_PLACE,
    looks::{Look, Looks},
    sorting::sort_place,
};
use crate::{
    analysis::{
        View,
        view::{Line, Shows, ViewColumn},
    },
    model::{Layout, Statistic, ViewSettings},
    ui::theme::{self, ROW_HEIGHT},
};

/// How narrow and how wide a column can be made by hand, in points.
pub(super) const BY_HAND: std::ops::RangeInclusive<f32> = 40.0..=600.0;
/// How wide the player column is by itself: names beyond it end in "…".
const PLAYER_WIDTH: std::ops::RangeInclusive<f32> = 120.0..=220.0;
/// How wide a column of values is by itself.
const COLUMN_WIDTH: std::ops::RangeInclusive<f32> = 56.0..=240.0;
/// How many names are measured: their width is not told by how many letters they have.
const NAMES_TRIED: usize = 300;
/// How much wider than its texts a column gets where there is room, in points.
const MOST_SPARE_WIDTH: f32 = 24.0;
/// How wide each player is when they stand beside each other.
const PLAYER_LANE: f32 = 118.0;
/// How wide what sums a stat up is beside its name.
const TOTAL_LANE: f32 = 98.0;
const DISTRIBUTION_LANE: f32 = 92.0;
/// The least room for what scrolls: columns that would take it scroll too.
const LEAST_SCROLLING: f32 = 120.0;
/// Where the name begins in the player column, behind its marker.
pub(super) const NAME_LEFT: f32 = 24.0;
pub(super) const HEADER_HEIGHT: f32 = 26.0;
const TALL_HEADER_HEIGHT: f32 = 40.0;

/// A column at the left that names rows, or sums them up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Number,
    Player,
    Stat,
    Distribution,
    Total(Statistic),
}

/// The sizes of everything, until view, widths or room change.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    pub(super) layout: Layout,
    pub(super) heads: Vec<(Head, f32)>,
    pub(super) heads_width: f32,
    /// The columns of values.
    pub(super) values: Axis,
    /// How many of them stand still.
    pub(super) frozen: usize,
    pub(super) rows: Axis,
    /// Heights of the rows of the header; 0 for those that are not there.
    pub(super) title_height: f32,
    pub(super) name_height: f32,
    pub(super) distribution_height: f32,
    /// The statistics below the rows.
    pub(super) totals: Vec<Statistic>,
}

/// Where the parts of the grid are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Areas {
    pub(super) all: Rect,
    pub(super) header: Rect,
    pub(super) body: Rect,
    pub(super) totals: Rect,
    /// Where the heads end.
    pub(super) heads_right: f32,
    /// Where the columns that stand still end.
    pub(super) frozen_right: f32,
}

impl Lanes {
    pub(super) fn of(ui: &Ui, input: &GridInput<'_>, player: Option<f32>, room: f32) -> Self {
        let settings = &input.view.input().settings;
        let number = (Head::Number, number_width(ui, input.view.order().len()));
        let numbers = Some(number).filter(|_| settings.row_numbers && settings.layout != Layout::Transposed);
        let player_width = |ui: &Ui| player.unwrap_or_else(|| self::player_width(ui, input.view));
        let mut heads: Vec<(Head, f32)> = numbers.into_iter().collect();
        let totals = settings.summary.clone();
        match settings.layout {
            Layout::Wide => heads.push((Head::Player, player_width(ui))),
            Layout::Transposed => {
                let stat = stat_width(ui, input.looks);
                heads.push((Head::Stat, stat));
                heads.push((Head::Distribution, DISTRIBUTION_LANE));
                // Players matter more than what sums them up: half of the room is theirs.
                let free = (room / 2.0 - stat - DISTRIBUTION_LANE).max(0.0);
                let fitting = totals.iter().take((free / TOTAL_LANE) as usize);
                heads.extend(fitting.map(|total| (Head::Total(*total), TOTAL_LANE)));
            }
            Layout::Long => {
                heads.push((Head::Player, player_width(ui)));
                heads.push((Head::Stat, stat_width(ui, input.looks)));
            }
        }
        let heads_width: f32 = heads.iter().map(|(_, width)| *width).sum();
        let left = room - heads_width;
        let values = match settings.layout {
            Layout::Wide => Axis::each(widths(ui, input, left)),
            Layout::Transposed => Axis::Even { count: input.view.width(), size: PLAYER_LANE },
            Layout::Long => Axis::each((input.view.width() > 0).then(|| left.clamp(120.0, 280.0))),
        };
        let wanted = if settings.layout == Layout::Wide { usize::from(settings.columns.frozen) } else { 0 };
        let fits = |count: &usize| values.start(*count) <= f64::from((left - LEAST_SCROLLING).max(0.0));
        let frozen = (0..=wanted.min(values.count())).rev().find(fits).unwrap_or(0);
        let is_wide = settings.layout == Layout::Wide;
        let has_raw = is_wide && input.looks.columns().iter().any(|look| look.raw.is_some());
        Self {
            layout: settings.layout,
            heads,
            heads_width,
            values,
            frozen,
            rows: Axis::Even { count: input.view.height(), size: ROW_HEIGHT },
            title_height: if is_wide { HEADER_HEIGHT } else { 0.0 },
            name_height: if has_raw { TALL_HEADER_HEIGHT } else { HEADER_HEIGHT },
            distribution_height: if is_wide { HEADER_HEIGHT } else { 0.0 },
            totals: if is_wide { totals } else { Vec::new() },
        }
    }

    pub(super) fn header_height(&self) -> f32 {
        self.title_height + self.name_height + self.distribution_height
    }

    fn frozen_width(&self) -> f32 {
        self.values.start(self.frozen) as f32
    }

    /// Where the parts are in `all`. What sums up stands below the last row, or at the bottom.
    pub(super) fn areas(&self, all: Rect) -> Areas {
        let header = all.with_max_y((all.top() + self.header_height()).min(all.bottom()));
        let totals_height = self.totals.len() as f32 * ROW_HEIGHT;
        // Rows matter more than what sums them up.
        let free = all.bottom() - header.bottom();
        let totals_height = if free - totals_height < 2.0 * ROW_HEIGHT { 0.0 } else { totals_height };
        let body_height = f64::from(free - totals_height).min(self.rows.end()).max(0.0) as f32;
        let body = Rect::from_min_max(
            pos2(all.left(), header.bottom()),
            pos2(all.right(), header.bottom() + body_height),
        );
        let totals = Rect::from_min_max(body.left_bottom(), pos2(all.right(), body.bottom() + totals_height));
        let heads_right = all.left() + self.heads_width.min(all.width());
        Areas {
            all,
            header,
            body,
            totals,
            heads_right,
            frozen_right: (heads_right + self.frozen_width()).min(all.right()),
        }
    }

    /// Where the values end that scroll, before they are scrolled.
    pub(super) fn scrolled_width(&self) -> f64 {
        self.values.end() - self.values.start(self.frozen)
    }

    /// What is in sight of the values that scroll.
    pub(super) fn in_sight(&self, areas: &Areas, x: f64) -> std::ops::Range<usize> {
        let start = self.values.start(self.frozen) + x;
        let width = f64::from((areas.all.right() - areas.frozen_right).max(0.0));
        let range = self.values.between(start, start + width);
        range.start.max(self.frozen)..range.end.max(self.frozen)
    }

    /// The left end of a column of values on the screen.
    pub(super) fn left(&self, areas: &Areas, x: f64, lane: usize) -> f32 {
        if lane < self.frozen {
            areas.heads_right + self.values.start(lane) as f32
        } else {
            areas.frozen_right + (self.values.start(lane) - self.values.start(self.frozen) - x) as f32
        }
    }

    /// The column of values below a point.
    pub(super) fn lane_at(&self, areas: &Areas, x: f64, at: f32) -> Option<usize> {
        if self.values.count() == 0 || at < areas.heads_right {
            return None;
        }
        if at < areas.frozen_right {
            return Some(self.values.at(f64::from(at - areas.heads_right)));
        }
        let position = self.values.start(self.frozen) + x + f64::from(at - areas.frozen_right);
        (position < self.values.end()).then(|| self.values.at(position))
    }
}

/// How wide each column of the view is: as it was made by hand, else as its texts ask for and a
/// little more where there is room.
fn widths(ui: &Ui, input: &GridInput<'_>, room: f32) -> Vec<f32> {
    let columns = input.view.columns();
    let mut widths: Vec<f32> = (0..columns.len())
        .map(|column| match (input.widening, columns[column].width) {
            (Some((of, width)), _) if of == column => width,
            (_, Some(width)) => f32::from(width).clamp(*BY_HAND.start(), *BY_HAND.end()),
            _ => fitting(ui, input, column).clamp(*COLUMN_WIDTH.start(), *COLUMN_WIDTH.end()),
        })
        .collect();
    let free = room - widths.iter().sum::<f32>();
    let spare = (free / columns.len().max(1) as f32).floor().clamp(0.0, MOST_SPARE_WIDTH);
    for (width, column) in widths.iter_mut().zip(columns) {
        if column.width.is_none() {
            *width += spare;
        }
    }
    widths
}

/// As wide as the texts of a column ask for.
pub(super) fn fitting(ui: &Ui, input: &GridInput<'_>, column: usize) -> f32 {
    let Some(look) = input.looks.column(column) else { return *COLUMN_WIDTH.start() };
    let settings = &input.view.input().settings;
    let mark = order_mark(settings, &input.view.columns()[column]);
    let heading = heading_width(ui, look, mark);
    let mut content = measured(ui, &look.longest, &theme::body());
    if let Some(totals) = input.view.totals(column) {
        let extremes = [Statistic::Min, Statistic::Max];
        for statistic in extremes.iter().chain(&settings.summary) {
            let text = totals.totals.statistic(*statistic).map(|figure| look.total(*statistic, figure));
            content = content.max(text.map_or(0.0, |text| measured(ui, &text, &theme::body())));
        }
    }
    (content.max(heading) + 2.0 * PADDING).ceil()
}

/// Room for the mark of the order, with the place of a key that is one of several.
fn order_mark(settings: &ViewSettings, column: &ViewColumn) -> f32 {
    let is_key = column.shows == Shows::Value && sort_place(settings, Some(&column.field)).is_some();
    SORT_MARK + if is_key && settings.sort.len() > 1 { SORT_PLACE } else { 0.0 }
}

fn heading_width(ui: &Ui, look: &Look, mark: f32) -> f32 {
    let name = measured(ui, &heading(look), &theme::body());
    let raw = look.raw.as_ref().map_or(0.0, |raw| measured(ui, raw, &theme::small()));
    (name + mark).max(raw)
}

/// What stands in the header of a column.
pub(super) fn heading(look: &Look) -> String {
    let derived = if look.is_derived { " ƒ" } else { "" };
    match look.format.unit() {
        "" => format!("{}{derived}", look.name),
        unit => format!("{} ({unit}){derived}", look.name),
    }
}

fn number_width(ui: &Ui, count: usize) -> f32 {
    let widest = crate::analysis::display::count(count);
    (measured(ui, &widest, &theme::small()) + 2.0 * PADDING).ceil().max(30.0)
}

fn player_width(ui: &Ui, view: &View) -> f32 {
    let step = view.order().len().div_ceil(NAMES_TRIED).max(1);
    let names = view
        .order()
        .iter()
        .step_by(step)
        .map(|row| measured(ui, &view.table().rows()[*row as usize].shown_name(), &theme::body()));
    let labels = view.groups().iter().filter_map(|group| group.label.as_ref());
    let labels = labels.map(|label| measured(ui, label, &theme::body()) + 40.0);
    let longest = names.chain(labels).fold(0.0, f32::max);
    (NAME_LEFT + longest + PADDING).ceil().clamp(*PLAYER_WIDTH.start(), *PLAYER_WIDTH.end())
}

fn stat_width(ui: &Ui, looks: &Looks) -> f32 {
    let widest = looks.columns().iter().map(|look| heading_width(ui, look, SORT_MARK)).fold(0.0, f32::max);
    (widest + NAME_LEFT).ceil().clamp(120.0, 240.0)
}

/// The width of a text without laying it out.
fn measured(ui: &Ui, text: &str, font: &FontId) -> f32 {
    ui.fonts_mut(|fonts| text.chars().map(|letter| fonts.glyph_width(font, letter)).sum())
}

/// The columns of the view whose values are in sight.
pub(super) fn columns_in_sight(view: &View, lanes: &Lanes, areas: &Areas, scroll: (f64, f64)) -> Vec<usize> {
    let count = view.columns().len();
    let height = f64::from(areas.body.height());
    let rows = || lanes.rows.between(scroll.1, scroll.1 + height);
    let mut columns: Vec<usize> = match lanes.layout {
        Layout::Wide => (0..lanes.frozen).chain(lanes.in_sight(areas, scroll.0)).collect(),
        Layout::Transposed => rows().collect(),
        Layout::Long => rows().take(count).map(|row| row % count.max(1)).collect(),
    };
    columns.retain(|column| *column < count);
    columns
}

/// Whether a line in sight is a header of a group.
pub(super) fn is_group(view: &View, line: usize) -> Option<usize> {
    match view.line(line) {
        Some(Line::Group(group)) => Some(group),
        _ => None,
    }
}

/// Whether a column shows what players have.
pub(super) fn shows_values(view: &View, column: usize) -> bool {
    view.columns().get(column).is_some_and(|column| column.shows == Shows::Value)
}
