//! The headings: titles, names of columns with the mark of the order, distributions.

use egui::{CursorIcon, Rect, Response, Role, Sense, Shape, Stroke, pos2, text::LayoutJob, vec2};

use super::{
    GridOutput, GridState, MenuRequest, PADDING, SORT_MARK, SORT_PLACE, Scene,
    galleys::{Galleys, Key},
    lanes::{self, Head},
    reorder, sort_place, sorting, widen,
};
use crate::{
    analysis::view::{Line, Shows},
    model::Layout,
    ui::{
        theme::{self, HAIRLINE, icon},
        widgets::spoken,
    },
};

/// Width of the coloured line where a title begins.
const TITLE_MARK: f32 = 2.0;
const CARET_WIDTH: f32 = 18.0;

/// Shows all headings and takes what is done with them.
pub(super) fn header_ui(
    scene: &Scene<'_>,
    state: &mut GridState,
    texts: &mut Galleys,
    output: &mut GridOutput,
) {
    let header = scene.areas.header;
    let colors = scene.colors;
    let line = Stroke::new(HAIRLINE, colors.line);
    let painter = scene.painter(header);
    painter.rect_filled(header, 0, colors.panel);
    let mut bottom = header.top();
    for height in [scene.lanes.title_height, scene.lanes.name_height, scene.lanes.distribution_height] {
        if height > 0.0 {
            bottom += height;
            painter.hline(header.x_range(), bottom - HAIRLINE / 2.0, line);
        }
    }
    let parts =
        [(scene.lanes_in_sight(), scene.scrolling(header)), (0..scene.lanes.frozen, scene.standing(header))];
    for (lanes, clip) in parts {
        for x in lanes.clone() {
            let rect = column_rect(scene, x);
            let right = rect.right() - HAIRLINE / 2.0;
            scene.painter(clip).vline(right, rect.top()..=header.bottom(), line);
            heading_ui(scene, state, x, rect, clip, texts, output);
        }
        if scene.lanes.layout == Layout::Wide {
            lanes.clone().for_each(|x| widen::column_ui(scene, state, x, clip, output));
        }
        titles_ui(scene, lanes, clip, texts);
    }
    heads_ui(scene, state, texts, output);
    reorder::ui(scene, state, output);
}

/// The part of the header below the titles that belongs to a column of values.
pub(super) fn column_rect(scene: &Scene<'_>, x: usize) -> Rect {
    let top = scene.areas.header.top() + scene.lanes.title_height;
    Rect::from_min_size(pos2(scene.left(x), top), vec2(scene.lanes.values.size(x), scene.lanes.name_height))
}

/// The name of a title above its stats, with the start and end of its SCID where there is room.
fn titles_ui(scene: &Scene<'_>, lanes: std::ops::Range<usize>, clip: Rect, texts: &mut Galleys) {
    if scene.lanes.layout != Layout::Wide {
        return;
    }
    let header = scene.areas.header;
    let painter = scene.painter(clip);
    for (place, run) in scene.input.looks.titles().iter().enumerate() {
        let (first, last) = (run.columns.start.max(lanes.start), run.columns.end.min(lanes.end));
        if first >= last {
            continue;
        }
        // A title that goes on from columns that stand still is named there.
        let goes_on = run.columns.start < first;
        let right = scene.left(last - 1) + scene.lanes.values.size(last - 1);
        let rect = Rect::from_min_max(
            pos2(scene.left(first), header.top()),
            pos2(right, header.top() + scene.lanes.title_height),
        );
        let shown = rect.intersect(clip);
        let short = || run.scid.as_ref().map(crate::model::Scid::short).unwrap_or_default();
        let response = scene.ui.interact(shown, scene.id.with(("title", first, place)), Sense::hover());
        spoken(&response, |node| {
            node.set_role(Role::ColumnHeader);
            node.set_label(format!("{}, {}", run.name, short()).trim_end_matches(", ").to_owned());
        });
        if response.hovered()
            && let Some(scid) = &run.scid
        {
            response.on_hover_text(format!("{}\nSCID {scid}", run.name));
        }
        if goes_on && first == scene.lanes.frozen {
            continue;
        }
        let mark = match run.series {
            Some(series) => theme::series(series, !scene.is_dark).color,
            None => scene.colors.muted,
        };
        painter.rect_filled(rect.with_max_x(rect.left() + TITLE_MARK), 0, mark);
        // The name stays in sight while its stats are scrolled by.
        let left = shown.left() + PADDING;
        let room = shown.right() - left - PADDING;
        let semibold = texts.semibold();
        let name = texts.text(scene.ui, Key::Title(place), || semibold, room.max(0.0), || run.name.clone());
        let width = name.size().x;
        let y = rect.center().y;
        painter.galley(pos2(left, y - name.size().y / 2.0), name, scene.colors.text);
        if run.scid.as_ref().is_some_and(|scid| !scid.as_str().is_empty() && scid.as_str() != run.name) {
            let words = texts.text(scene.ui, Key::Scid(place), theme::body, f32::INFINITY, short);
            if width + 6.0 + words.size().x <= room {
                let at = pos2(left + width + 6.0, y - words.size().y / 2.0);
                painter.galley(at, words, scene.colors.faint);
            }
        }
    }
}

/// The heading of a column of values: a stat, or a player when they stand beside each other.
fn heading_ui(
    scene: &Scene<'_>,
    state: &mut GridState,
    x: usize,
    rect: Rect,
    clip: Rect,
    texts: &mut Galleys,
    output: &mut GridOutput,
) {
    match scene.lanes.layout {
        Layout::Wide => {
            let shown = rect.intersect(clip);
            let response = stat_ui(scene, Some(x), rect, shown, clip, texts, output);
            reorder::take(scene, state, x, &response);
            let below = rect.bottom()..=scene.areas.header.bottom();
            let bars = histogram(scene, x, Rect::from_x_y_ranges(rect.x_range(), below));
            scene.painter(clip).extend(bars);
        }
        Layout::Transposed => line_ui(scene, state, x, rect, clip, texts, output),
        Layout::Long => {
            let galley =
                texts.text(scene.ui, Key::Word("Value"), theme::body, rect.width(), || "Value".to_owned());
            let at = pos2(rect.right() - PADDING - galley.size().x, rect.center().y - galley.size().y / 2.0);
            scene.painter(clip).galley(at, galley, scene.colors.muted);
        }
    }
}

/// A player, or a group of them, above their values.
fn line_ui(
    scene: &Scene<'_>,
    state: &mut GridState,
    x: usize,
    rect: Rect,
    clip: Rect,
    texts: &mut Galleys,
    output: &mut GridOutput,
) {
    let Some(line) = scene.input.view.line(x) else { return };
    let response =
        scene.ui.interact(rect.intersect(clip), scene.id.with(("line", line_id(line))), Sense::CLICK);
    match line {
        Line::Group(group) if response.clicked() => {
            output.settings = sorting::folded(scene.input.view, group);
        }
        Line::Player(_) if response.clicked() => state.clicked_line = Some(line),
        _ => {}
    }
    spoken(&response, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_label(super::heads::line_name(scene, line));
    });
    let mut shapes = super::body::Shapes::default();
    match line {
        Line::Player(row) => super::heads::player(scene, row, rect, texts, &mut shapes),
        Line::Group(group) => super::heads::group_header(scene, group, rect, texts, &mut shapes),
    }
    shapes.flush(&scene.painter(clip));
}

fn line_id(line: Line) -> (bool, usize) {
    match line {
        Line::Player(row) => (true, row as usize),
        Line::Group(group) => (false, group),
    }
}

/// The headings of the heads.
fn heads_ui(scene: &Scene<'_>, state: &mut GridState, texts: &mut Galleys, output: &mut GridOutput) {
    let header = scene.areas.header;
    let clip = header.with_max_x(scene.areas.heads_right);
    let painter = scene.painter(clip);
    painter.rect_filled(clip, 0, scene.colors.panel);
    let line = Stroke::new(HAIRLINE, scene.colors.line);
    let top = header.top() + scene.lanes.title_height;
    let mut left = header.left();
    for (head, width) in &scene.lanes.heads {
        let rect = Rect::from_min_size(pos2(left, top), vec2(*width, scene.lanes.name_height));
        left += width;
        let word = match head {
            Head::Number => "",
            Head::Stat => "Stat",
            Head::Distribution => "distribution",
            Head::Total(statistic) => super::totals::name(*statistic),
            Head::Player => {
                stat_ui(scene, None, rect, rect, clip, texts, output);
                widen::player_ui(scene, state, rect);
                ""
            }
        };
        if !word.is_empty() {
            let galley = texts.text(scene.ui, Key::Word(word), theme::body, rect.width(), || word.to_owned());
            let y = rect.center().y - galley.size().y / 2.0;
            let x = if matches!(head, Head::Total(_)) {
                rect.right() - PADDING - galley.size().x
            } else {
                rect.left() + PADDING
            };
            painter.galley(pos2(x, y), galley, scene.colors.muted);
        }
        painter.vline(left - HAIRLINE / 2.0, header.y_range(), line);
    }
    let mut bottom = header.top();
    for height in [scene.lanes.title_height, scene.lanes.name_height, scene.lanes.distribution_height] {
        bottom += height;
        painter.hline(clip.x_range(), bottom - HAIRLINE / 2.0, line);
    }
    if scene.lanes.distribution_height > 0.0 {
        let word = "distribution";
        let galley = texts.text(scene.ui, Key::Word(word), theme::body, clip.width(), || word.to_owned());
        let y = header.bottom() - scene.lanes.distribution_height / 2.0 - galley.size().y / 2.0;
        let last = scene.lanes.heads.last().map_or(0.0, |(_, width)| *width);
        painter.galley(pos2(clip.right() - last + PADDING, y), galley, scene.colors.faint);
    }
}

/// The name of a column, or of the players, with the mark of the order. A click sorts, with Shift it
/// adds a key; the small arrow and the right button open the menu.
fn stat_ui(
    scene: &Scene<'_>,
    column: Option<usize>,
    rect: Rect,
    shown: Rect,
    clip: Rect,
    texts: &mut Galleys,
    output: &mut GridOutput,
) -> Response {
    let Scene { ui, input, colors, .. } = scene;
    let settings = &input.view.input().settings;
    let field = column.map(|column| &input.view.columns()[column].field);
    let is_value = column.is_none_or(|column| lanes::shows_values(input.view, column));
    let sorted = sort_place(settings, field).filter(|_| is_value);
    let key = column.map(|column| &input.view.columns()[column]);
    let id = scene.id.with((
        "heading",
        key.map(|key| {
            (&key.field, matches!(key.shows, Shows::Value), matches!(key.shows, Shows::Percentile))
        }),
    ));
    // Clicks, but no stop for the Tab key: the grid as a whole is one, and its menu does the same.
    let response = ui.interact(shown, id, Sense::CLICK | Sense::DRAG);
    let look = column.and_then(|column| input.looks.column(column));
    spoken(&response, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_label(said(look, sorted, settings.sort.len()));
        node.set_column_index(column.map_or(0, |column| column + 1));
    });
    let painter = scene.painter(clip);
    let is_hot = response.hovered() || response.has_focus();
    let is_chosen = column.is_some_and(|column| scene.selection.has_whole_column(column));
    if is_hot || is_chosen {
        let fill = if is_hot { colors.hover } else { colors.selected_row };
        painter.rect_filled(rect.shrink2(vec2(HAIRLINE, HAIRLINE)), 0, fill);
    }
    name(scene, column, rect, sorted, is_hot, clip, texts);
    let caret = Rect::from_min_size(rect.min, vec2(CARET_WIDTH, rect.height())).intersect(clip);
    let caret =
        if column.is_none() { caret.translate(vec2(rect.width() - CARET_WIDTH - 6.0, 0.0)) } else { caret };
    let over_caret = is_hot && ui.rect_contains_pointer(caret);
    if is_hot {
        painter.rect_filled(
            caret.shrink2(vec2(1.0, 2.0)),
            3,
            if over_caret { colors.line } else { colors.hover },
        );
        let glyph =
            texts.text(ui, Key::Word(icon::CARET_DOWN), theme::body, 20.0, || icon::CARET_DOWN.to_owned());
        painter.galley(caret.center() - glyph.size() / 2.0, glyph, colors.muted);
    }
    let modifiers = ui.input(|input| input.modifiers);
    if response.secondary_clicked() || (response.clicked() && over_caret) {
        let request = MenuRequest { at: rect.left_bottom(), by_key: false };
        output.heading_menu = Some((column, request));
    } else if response.clicked() && is_value && !(modifiers.command && column.is_some()) {
        output.settings = Some(sorting::next_sort(settings, field, modifiers.shift));
    }
    if response.hovered() && !over_caret {
        response.clone().on_hover_ui(|ui| {
            ui.label(hint(look));
        });
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn name(
    scene: &Scene<'_>,
    column: Option<usize>,
    rect: Rect,
    sorted: Option<(usize, bool)>,
    is_hot: bool,
    clip: Rect,
    texts: &mut Galleys,
) {
    let Scene { ui, input, colors, .. } = scene;
    let painter = scene.painter(clip);
    let color = if sorted.is_some() || is_hot { colors.text } else { colors.muted };
    let is_one_of_many = sorted.is_some() && input.view.input().settings.sort.len() > 1;
    let mark = if sorted.is_some() { SORT_MARK } else { 0.0 } + if is_one_of_many { SORT_PLACE } else { 0.0 };
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let look = column.and_then(|column| input.looks.column(column));
    let (words, raw) = match (column, look) {
        (Some(column), Some(look)) => {
            // The arrow of the menu stands in front of the name.
            let front = if is_hot { CARET_WIDTH - PADDING } else { 0.0 };
            let room = inner.width() - mark - front;
            let words = texts.text(ui, Key::Stat(column), theme::body, room, || lanes::heading(look));
            let raw = look
                .raw
                .as_ref()
                .map(|raw| texts.text(ui, Key::Raw(column), theme::small, inner.width(), || raw.clone()));
            (words, raw)
        }
        _ => (texts.text(ui, Key::Word("Player"), theme::body, inner.width(), || "Player".to_owned()), None),
    };
    let middle = rect.center().y - if raw.is_some() { 8.0 } else { 0.0 };
    let left = if column.is_none() { inner.left() } else { inner.right() - mark - words.size().x };
    let right = left + words.size().x;
    painter.galley(pos2(left, middle - words.size().y / 2.0), words, color);
    if let Some(raw) = raw {
        let at = pos2(inner.right() - raw.size().x, middle + 16.0 - raw.size().y / 2.0);
        painter.galley(at, raw, colors.faint);
    }
    if let Some((place, descending)) = sorted {
        painter.add(sort_mark(scene, pos2(right + SORT_MARK - 4.0, middle), descending));
        if is_one_of_many {
            let galley = texts.text(ui, Key::Place(place), theme::small, 20.0, || (place + 1).to_string());
            painter.galley(
                pos2(right + SORT_MARK + 2.0, middle - galley.size().y / 2.0),
                galley,
                colors.accent,
            );
        }
    }
}

/// A small triangle: down for the greatest first.
fn sort_mark(scene: &Scene<'_>, center: egui::Pos2, descending: bool) -> Shape {
    let way = if descending { 1.0 } else { -1.0 };
    let points = [vec2(-4.0, -3.0 * way), vec2(4.0, -3.0 * way), vec2(0.0, 3.5 * way)];
    let points = points.iter().map(|offset| center + *offset).collect();
    Shape::convex_polygon(points, scene.colors.accent, Stroke::NONE)
}

fn said(look: Option<&super::Look>, sorted: Option<(usize, bool)>, keys: usize) -> String {
    let words = match look {
        None => "Player".to_owned(),
        Some(look) if look.title.is_empty() => format!("{}, formula", look.name),
        Some(look) => format!("{}, {}", look.name, look.title),
    };
    let way = |descending| if descending { "sorted descending" } else { "sorted ascending" };
    match sorted {
        None => words,
        Some((_, descending)) if keys == 1 => format!("{words}, {}", way(descending)),
        Some((place, descending)) => format!("{words}, {}, key {}", way(descending), place + 1),
    }
}

fn hint(look: Option<&super::Look>) -> String {
    let how = "Click to sort, again to turn the order round, again to sort no more. Shift+click adds a key. \
               Menu: right click, or Shift+F10";
    match look {
        None => format!("Player\n{how}"),
        Some(look) => {
            let raw = look.raw.as_ref().map(|raw| format!(" ({raw})")).unwrap_or_default();
            let about =
                if look.description.is_empty() { String::new() } else { format!("\n{}", look.description) };
            format!("{}{raw}{about}\n{how}", look.name)
        }
    }
}

/// The distribution of a column as small bars.
pub(super) fn histogram<'a>(
    scene: &Scene<'a>,
    column: usize,
    rect: Rect,
) -> impl Iterator<Item = Shape> + use<'a> {
    let found = scene.input.view.totals(column).and_then(|totals| totals.histogram.as_ref());
    let bins = found.map_or(&[][..], |histogram| &histogram.bins);
    // Two bins a bar: small bars that can be told apart beat many that cannot.
    let counts = bins.chunks(2).map(|pair| pair.iter().sum::<u32>());
    let most = counts.clone().max().unwrap_or(0);
    let inner = rect.shrink2(vec2(PADDING, 5.0));
    let bars = (bins.len() / 2).max(1);
    let step = (inner.width().min(74.0) / bars as f32).max(2.0);
    let left = inner.right() - step * bars as f32;
    let color = theme::blend(scene.colors.panel, scene.colors.muted, 0.5);
    counts.enumerate().filter(move |_| most > 0).map(move |(place, count)| {
        let share = count as f32 / most as f32;
        let height = if count == 0 { 1.0 } else { (share * inner.height()).max(2.0) };
        let x = left + place as f32 * step;
        let bar = Rect::from_min_max(pos2(x, inner.bottom() - height), pos2(x + step - 1.0, inner.bottom()));
        super::cell::rect(bar, color)
    })
}

/// The marker and name of a series, for what follows the pointer.
pub(super) fn dragged(scene: &Scene<'_>, x: usize) -> LayoutJob {
    let name = scene.input.looks.column(x).map(lanes::heading).unwrap_or_default();
    LayoutJob::simple_singleline(name, theme::body(), scene.colors.text)
}
