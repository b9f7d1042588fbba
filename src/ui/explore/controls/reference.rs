//! What a number is held against: a player, or what stands for many.

use egui::{ScrollArea, Ui};

use super::{Sight, parts, words};
use crate::{
    model::{Cohort, PlayerRef, Reference},
    ui::{explore::ExploreAction, player_search::PlayerSearch, widgets},
};

/// How high the list is at most.
const LIST: f32 = 150.0;

/// What is typed in the popup, and who was found.
#[derive(Debug, Default)]
pub(in crate::ui::explore) struct ReferenceMenu {
    search: String,
    percent: Option<String>,
    players: PlayerSearch,
}

/// The content of the popup.
pub(in crate::ui::explore) fn reference_ui(
    ui: &mut Ui,
    state: &mut ReferenceMenu,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let now = &sight.settings.reference;
    let cohort = cohort_of(now);
    let percent = match now {
        Reference::Percentile(percent, _) => *percent,
        _ => 90,
    };
    for (label, reference, hint) in [
        ("Median", Reference::Median(cohort.clone()), "The number in the middle"),
        ("Mean", Reference::Mean(cohort.clone()), "The sum, divided by how many there are"),
        (
            "Percentile",
            Reference::Percentile(percent, cohort.clone()),
            "The number that so many percent are at most",
        ),
    ] {
        if parts::choice_ui(ui, *now == reference, label, hint) {
            sight.change(actions, |view| view.reference = reference);
        }
    }
    if let Reference::Percentile(..) = now {
        percent_ui(ui, state, sight, percent, &cohort, actions);
    } else {
        state.percent = None;
    }
    if !matches!(now, Reference::Player(_)) {
        cohorts_ui(ui, sight, &cohort, actions);
    }
    ui.separator();
    parts::heading_ui(ui, "Or one player");
    players_ui(ui, state, sight, actions);
}

/// The place of the group that the reference is of; `None` where it is of all, or of a player.
pub(in crate::ui::explore) fn group(sight: Sight<'_>) -> Option<usize> {
    let Cohort::Group(name) = cohort_of(&sight.settings.reference) else { return None };
    sight.input.query.groups.iter().position(|group| group.name == name)
}

/// The players that stand for all others; all, when one player does.
fn cohort_of(reference: &Reference) -> Cohort {
    match reference {
        Reference::Player(_) => Cohort::All,
        Reference::Median(cohort) | Reference::Mean(cohort) | Reference::Percentile(_, cohort) => {
            cohort.clone()
        }
    }
}

fn percent_ui(
    ui: &mut Ui,
    state: &mut ReferenceMenu,
    sight: Sight<'_>,
    percent: u8,
    cohort: &Cohort,
    actions: &mut Vec<ExploreAction>,
) {
    let mut text = state.percent.clone().unwrap_or_else(|| percent.to_string());
    let field = ui
        .horizontal(|ui| {
            ui.add_space(23.0);
            let field = parts::field_ui(ui, &mut text, "Which percentile", "90", 50.0);
            widgets::muted_label(ui, "from 0 to 100");
            field
        })
        .inner;
    if field.changed() {
        state.percent = Some(text);
    }
    let Some(typed) = state.percent.as_deref() else { return };
    let bare = typed.trim().trim_end_matches(['%', 't', 'h']).trim_end();
    match bare.parse::<u8>().ok().filter(|percent| *percent <= 100) {
        None => parts::wrong_ui(ui, "Type a whole number from 0 to 100, such as 90"),
        Some(percent) if field.lost_focus() => {
            sight.change(actions, |view| view.reference = Reference::Percentile(percent, cohort.clone()));
            state.percent = None;
        }
        Some(_) => {}
    }
}

fn cohorts_ui(ui: &mut Ui, sight: Sight<'_>, cohort: &Cohort, actions: &mut Vec<ExploreAction>) {
    parts::heading_ui(ui, "Of");
    let mut chosen = parts::choice_ui(ui, *cohort == Cohort::All, "All players", "").then_some(Cohort::All);
    let groups = &sight.input.query.groups;
    for (place, group) in groups.iter().enumerate() {
        let one = Cohort::Group(group.name.clone());
        let is_chosen = *cohort == one;
        if widgets::group_radio(ui, is_chosen, groups, place).clicked() && !is_chosen {
            chosen = Some(one);
        }
    }
    let Some(one) = chosen else { return };
    sight.change(actions, |view| {
        view.reference = match view.reference {
            Reference::Mean(_) => Reference::Mean(one),
            Reference::Percentile(percent, _) => Reference::Percentile(percent, one),
            Reference::Median(_) | Reference::Player(_) => Reference::Median(one),
        };
    });
}

fn players_ui(ui: &mut Ui, state: &mut ReferenceMenu, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let rows = sight.input.table.rows();
    let now = match &sight.settings.reference {
        Reference::Player(player) => Some(player),
        _ => None,
    };
    let mut chosen: Option<PlayerRef> = None;
    if let Some(row) = sight.cursor.and_then(|row| rows.get(row as usize)) {
        let is_now = now == Some(&row.asked);
        let label = format!("{}, selected", row.shown_name());
        if parts::choice_ui(ui, is_now, &label, "The player with the keyboard in the grid") {
            chosen = Some(row.asked.clone());
        }
    }
    parts::field_ui(ui, &mut state.search, "Find a player", "Find a player", f32::INFINITY);
    state.players.find(ui.ctx(), sight.input.table, sight.input.revision, &state.search);
    let found = state.players.found();
    if found.is_empty() {
        let words = if state.players.is_busy() { "Searching…" } else { "No player has such a name" };
        widgets::muted_label(ui, words);
    }
    let list = ScrollArea::vertical().id_salt("players to choose");
    list.max_height(LIST).min_scrolled_height(LIST).show(ui, |ui| {
        for row in found.iter().take(PlayerSearch::MOST_LISTED).filter_map(|row| rows.get(*row as usize)) {
            if parts::choice_ui(ui, now == Some(&row.asked), &row.shown_name(), "") {
                chosen = Some(row.asked.clone());
            }
        }
        if found.len() > PlayerSearch::MOST_LISTED {
            widgets::muted_label(ui, "There are more. Type some of the name to find them");
        }
    });
    if let Some(player) = chosen {
        sight.change(actions, |view| view.reference = Reference::Player(player));
    }
}

/// What the chip says: a player by the name that is shown.
pub(in crate::ui::explore) fn words(sight: Sight<'_>) -> String {
    if let Reference::Player(player) = &sight.settings.reference {
        let row = sight.input.table.rows().iter().find(|row| row.asked == *player);
        return row
            .map_or_else(|| format!("{player}, not in the answer"), |row| row.shown_name().into_owned());
    }
    words::reference(&sight.settings.reference)
}
