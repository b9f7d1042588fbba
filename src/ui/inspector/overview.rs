use egui::{Rect, RichText, Role, Sense, Ui, pos2, text::LayoutJob, vec2};

use super::section_line;
use crate::{
    analysis::display,
    model::Scid,
    ui::{
        explore::{Explore, ExploreInput},
        theme::{self, palette},
        widgets::{elided, muted_label, section_header, spoken},
    },
};

const LINE_HEIGHT: f32 = 22.0;
const GAP: f32 = 8.0;
/// The least room for how many have a value.
const COUNT_WIDTH: f32 = 44.0;
const NAME_SHARE: f32 = 0.52;

/// The whole table, while nothing in it is selected: by stat the median, and how many have one.
pub(super) fn overview_ui(ui: &mut Ui, state: &Explore, input: &ExploreInput<'_>) {
    ui.add_space(8.0);
    let columns = input.table.columns();
    if columns.is_empty() || input.table.rows().is_empty() {
        section_header(ui, "Inspector", "");
        muted_label(ui, "What is known of a player or a value shows here.");
        return;
    }
    let players = state.shown_rows().len();
    section_header(ui, &counted(players, "player", "players"), &counted(columns.len(), "stat", "stats"));
    ui.add_space(2.0);
    line_ui(ui, "Stat", "Median", "Values", true);
    let mut title: Option<&Scid> = None;
    for (index, column) in columns.iter().enumerate() {
        let key = column.key();
        if title != Some(&key.scid) {
            title = Some(&key.scid);
            ui.add_space(4.0);
            ui.label(RichText::new(title_name(input, &key.scid)).font(theme::semibold()));
        }
        let measure = state.measure(index);
        let median = match state.reference(index) {
            Some(reference) => display::number(reference.median),
            None if measure.texts > 0 => "text".to_owned(),
            None => "none".to_owned(),
        };
        line_ui(ui, key.stat.as_str(), &median, &display::count(measure.values), false);
    }
    section_line(ui);
    muted_label(
        ui,
        "Click a value or a player to see all that is known of it. Shift and arrows select several.",
    );
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", display::count(count), if count == 1 { one } else { many })
}

fn title_name(input: &ExploreInput<'_>, scid: &Scid) -> String {
    let in_query = input.query.title(scid).map(|title| title.name.as_str());
    let known = input.catalogue.title(scid).map(|title| title.name.as_str());
    let named = [in_query, known].into_iter().flatten().find(|name| !name.is_empty());
    named.map_or_else(|| scid.short(), str::to_owned)
}

/// A name at the left, two figures at the right.
fn line_ui(ui: &mut Ui, name: &str, median: &str, values: &str, is_heading: bool) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::hover());
    if is_heading {
        if ui.is_rect_visible(rect) {
            paint(ui, rect, [name, median, values], [colors.faint; 3]);
        }
        return;
    }
    spoken(&response, |node| {
        node.set_role(Role::ListItem);
        node.set_label(format!("{name}, median {median}, {values} with a value"));
    });
    if ui.is_rect_visible(rect) {
        paint(ui, rect, [name, median, values], [colors.muted, colors.text, colors.muted]);
    }
    response.on_hover_text(format!("{name}\nMedian {median}\n{values} with a value"));
}

fn paint(ui: &Ui, rect: Rect, texts: [&str; 3], colors: [egui::Color32; 3]) {
    let [name, median, values] = texts;
    let line = |text: &str, color, width: f32| {
        elided(ui, LayoutJob::simple_singleline(text.to_owned(), theme::body(), color), width)
    };
    let values = line(values, colors[2], rect.width());
    let values_width = values.size().x.max(COUNT_WIDTH);
    let name_width = (rect.width() * NAME_SHARE).min(rect.width() - values_width);
    let median_right = rect.right() - values_width - GAP;
    let median = line(median, colors[1], median_right - rect.left() - name_width);
    let y = |height: f32| rect.center().y - height / 2.0;
    let name = line(name, colors[0], name_width);
    ui.painter().galley(pos2(rect.left(), y(name.size().y)), name, colors[0]);
    let at = pos2(median_right - median.size().x, y(median.size().y));
    ui.painter().galley(at, median, colors[1]);
    ui.painter().galley(pos2(rect.right() - values.size().x, y(values.size().y)), values, colors[2]);
}
