//! What is done with who is selected, and with the part of the chart that is in sight: links in the line
//! above it, and in its menu what has no room there.

use egui::{Button, Response, Ui};

use super::{
    super::{Explore, ExploreAction, ExploreInput, menu::new_group},
    draws_selected, filtered,
};
use crate::{
    analysis::display::count,
    model::{ChartKind, Compare, Filter},
    ui::{
        charts::Made,
        theme::{body, icon, palette},
        widgets::{icon_button, link_button, muted_label},
    },
};

/// Between two things that can be clicked and have no frame.
const GAP: f32 = 12.0;
/// How wide an icon is that stands in place of words.
const ICON: f32 = 24.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Deselect,
    Group,
    Compare,
    Filter,
    ZoomOut,
}

/// How links are shown in the room that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Words,
    /// With an icon for words where one says as much.
    Short,
    /// The same without what only the menu has then.
    Fewest,
    /// All of them in the menu.
    Folded,
}

/// What can be done in this frame.
pub(super) struct Links {
    /// How many players are selected, or drawn because they are.
    said: String,
    selected: usize,
    is_zoomed: bool,
    /// Conditions that those meet who are in sight, where not all are.
    filters: Vec<Filter>,
    offered: Vec<Link>,
    form: Form,
}

impl Links {
    /// What a chart of this kind offers, in as much room as it asks for.
    pub(super) fn of(state: &Explore, kind: ChartKind) -> Self {
        let selected = state.chart.selected.rows.count();
        let is_zoomed = state.chart.draw.is_zoomed();
        let filters = match state.chart.made.as_ref().map(|shown| &shown.made) {
            Some(Made::Chart(drawing)) => drawing.filters(&state.chart.draw),
            _ => Vec::new(),
        };
        let offered = [
            (Link::Deselect, selected > 0),
            (Link::Group, selected > 0),
            (Link::Compare, can_compare(selected)),
            (Link::Filter, !filters.is_empty()),
            (Link::ZoomOut, is_zoomed),
        ];
        let offered = offered.into_iter().filter(|(_, is_offered)| *is_offered).map(|(link, _)| link);
        let said = match selected {
            0 => String::new(),
            _ if draws_selected(kind) => {
                format!("{} of {} players", count(selected), count(state.shown_rows().len()))
            }
            _ => format!("{} selected", count(selected)),
        };
        Self { said, selected, is_zoomed, filters, offered: offered.collect(), form: Form::Words }
    }

    /// How much room they take at least, in points.
    pub(super) fn least_width(&self, ui: &Ui) -> f32 {
        self.width(ui, Form::Fewest)
    }

    /// Folds what has no room in so many points. Returns how much of it they take.
    pub(super) fn fit(&mut self, ui: &Ui, room: f32) -> f32 {
        let forms = [Form::Words, Form::Short, Form::Fewest].into_iter();
        let mut widths = forms.map(|form| (form, self.width(ui, form)));
        let (form, width) = widths.find(|(_, width)| *width <= room).unwrap_or((Form::Folded, 0.0));
        self.form = form;
        width
    }

    fn width(&self, ui: &Ui, form: Form) -> f32 {
        let color = palette(ui).muted;
        let words = |words: &str| ui.painter().layout_no_wrap(words.to_owned(), body(), color).size().x + GAP;
        let said = if self.said.is_empty() { 0.0 } else { words(&self.said) };
        let links = self.shown(form).map(|link| match icon_of(link, form) {
            Some(_) => ICON + GAP,
            None => words(self.words(link)),
        });
        said + links.sum::<f32>()
    }

    fn shown(&self, form: Form) -> impl DoubleEndedIterator<Item = Link> {
        let has_room = move |link: &Link| match form {
            Form::Words | Form::Short => true,
            Form::Fewest => !matches!(link, Link::Group | Link::Compare),
            Form::Folded => false,
        };
        self.offered.iter().copied().filter(has_room)
    }

    fn words(&self, link: Link) -> &'static str {
        match link {
            Link::Deselect => "Deselect",
            Link::Group => "Group",
            Link::Compare => "Compare",
            Link::Filter if self.is_zoomed => "Filter to those in sight",
            Link::Filter => "Filter to these ranges",
            Link::ZoomOut => "Zoom out",
        }
    }

    fn tip(&self, link: Link) -> &'static str {
        match link {
            Link::Deselect => "Deselect all players (Esc). Filters and zoom stay",
            Link::Group => "Make a group of the selected players. It can be renamed in the Groups menu",
            Link::Compare => "The selected players side by side, on a screen of their own (Ctrl+M)",
            Link::Filter if self.is_zoomed => {
                "Filter to those in sight: grid and chart show nobody else. Ctrl+Z brings the others back"
            }
            Link::Filter => {
                "Filter to these ranges: grid and chart show nobody else. Ctrl+Z brings the others back"
            }
            Link::ZoomOut => "Show all marks again (0, or a double click). Filters and selection stay",
        }
    }

    /// Those that have room, from right to left.
    pub(super) fn links_ui(
        &self,
        ui: &mut Ui,
        state: &mut Explore,
        input: &ExploreInput<'_>,
        actions: &mut Vec<ExploreAction>,
    ) {
        ui.spacing_mut().item_spacing.x = GAP;
        for link in self.shown(self.form).rev() {
            let response = match icon_of(link, self.form) {
                Some(icon) => icon_button(ui, icon, self.words(link)),
                None => link_button(ui, self.words(link)),
            };
            if response.on_hover_text(self.tip(link)).clicked() {
                self.act(link, state, input, actions);
            }
        }
        if self.form != Form::Folded && !self.said.is_empty() {
            muted_label(ui, &self.said);
        }
    }

    /// Those without room, and what can always be done with the selected players.
    pub(super) fn menu_ui(
        &self,
        ui: &mut Ui,
        state: &mut Explore,
        input: &ExploreInput<'_>,
        actions: &mut Vec<ExploreAction>,
    ) {
        let shown: Vec<Link> = self.shown(self.form).collect();
        let is_in_menu = |link: &Link| !matches!(link, Link::Group | Link::Compare) && !shown.contains(link);
        for link in self.offered.iter().copied().filter(is_in_menu) {
            let response = ui.button(self.words(link)).on_hover_text(self.tip(link));
            self.close_with(ui, &response, link, state, input, actions);
        }
        let selected = match self.selected {
            0 => "the selected".to_owned(),
            many => format!("the {} selected", count(many)),
        };
        let group = Button::new(format!("Group {selected}"));
        let group = ui.add_enabled(self.selected > 0, group).on_hover_text(self.tip(Link::Group));
        let group = group.on_disabled_hover_text("Select players first, in the chart or the grid");
        self.close_with(ui, &group, Link::Group, state, input, actions);
        let compare = ui.add_enabled(can_compare(self.selected), Button::new(format!("Compare {selected}")));
        let compare = compare.on_hover_text(self.tip(Link::Compare));
        let compare = compare.on_disabled_hover_text("Two to eight selected players can be compared");
        self.close_with(ui, &compare, Link::Compare, state, input, actions);
    }

    fn close_with(
        &self,
        ui: &Ui,
        response: &Response,
        link: Link,
        state: &mut Explore,
        input: &ExploreInput<'_>,
        actions: &mut Vec<ExploreAction>,
    ) {
        if response.clicked() {
            self.act(link, state, input, actions);
            ui.close();
        }
    }

    fn act(
        &self,
        link: Link,
        state: &mut Explore,
        input: &ExploreInput<'_>,
        actions: &mut Vec<ExploreAction>,
    ) {
        match link {
            Link::Deselect => state.clear_selection(),
            Link::Group => actions.extend(new_group(state, input)),
            Link::Compare => actions.push(ExploreAction::CompareSelected),
            Link::Filter => {
                let filters = self.filters.clone();
                actions.push(ExploreAction::SetView(filtered(&input.query.view, filters)));
                state.chart.draw.start_over();
            }
            Link::ZoomOut => state.chart.draw.show_whole(),
        }
    }
}

fn icon_of(link: Link, form: Form) -> Option<&'static str> {
    match link {
        _ if form == Form::Words => None,
        Link::Deselect => Some(icon::X),
        Link::Filter => Some(icon::FUNNEL),
        Link::Group | Link::Compare | Link::ZoomOut => None,
    }
}

/// Whether so many players can stand side by side.
fn can_compare(players: usize) -> bool {
    (2..=Compare::MOST).contains(&players)
}
