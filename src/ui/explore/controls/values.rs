//! What stands in place of each number, in grid, chart and inspector.

use egui::Ui;

use super::{
    Sight,
    fields::{FieldLook, Holds},
    parts,
    picker::{Search, picker_ui},
};
use crate::{
    model::{Normalise, Number, TimeUnit, ValueFormat},
    ui::explore::ExploreAction,
};

/// What is typed in the popup.
#[derive(Debug, Default)]
pub(in crate::ui::explore) struct ValuesMenu {
    search: Search,
    /// The factor as typed; `None` while it is the one in use.
    factor: Option<String>,
}

const KINDS: [(Normalise, &str, &str); 6] = [
    (Normalise::Raw, "Raw", "The numbers as they were sent"),
    (Normalise::Difference, "Difference from the reference", "How far each number is above it"),
    (Normalise::Ratio, "Ratio to the reference", "How many times the reference each number is"),
    (Normalise::ShareOfGreatest, "% of the column's maximum", "100 is the greatest number of the column"),
    (Normalise::ZScore, "Z-score", "How many standard deviations above the column's mean"),
    (Normalise::Percentile, "Percentile", "How many in a hundred numbers of the column are below"),
];

/// The content of the popup.
pub(in crate::ui::explore) fn values_ui(
    ui: &mut Ui,
    state: &mut ValuesMenu,
    sight: Sight<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let now = &sight.settings.normalise;
    for (kind, label, hint) in KINDS {
        if parts::choice_ui(ui, *now == kind, label, hint) {
            sight.change(actions, |view| view.normalise = kind);
        }
    }
    let looks: Vec<&FieldLook> =
        sight.fields.all().iter().filter(|look| look.holds != Holds::Texts).collect();
    for look in &looks {
        let Some(factor) = in_an_hour(look) else { continue };
        let per_hour = Normalise::Per(look.field.clone(), factor);
        let label = format!("Per hour of {}", look.name);
        let hint = format!("Divided by {}, for an hour of it", look.name);
        if parts::choice_ui(ui, *now == per_hour, &label, &hint) {
            state.factor = None;
            sight.change(actions, |view| view.normalise = per_hour);
        }
    }
    ui.separator();
    parts::heading_ui(ui, "Per another stat of the same player");
    let typed = state.factor.as_deref().map(str::parse);
    factor_ui(ui, state, sight, actions);
    let chosen = match now {
        Normalise::Per(field, _) => looks.iter().position(|look| look.field == *field),
        _ => None,
    };
    if let Some(place) = picker_ui(ui, &mut state.search, &looks, chosen, 150.0) {
        let factor = match (now, typed) {
            (_, Some(Ok(factor))) => factor,
            (Normalise::Per(_, factor), _) => *factor,
            _ => Number::Int(1),
        };
        let field = looks[place].field.clone();
        sight.change(actions, |view| view.normalise = Normalise::Per(field, factor));
    }
}

/// The field for what the quotient is multiplied by.
fn factor_ui(ui: &mut Ui, state: &mut ValuesMenu, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let in_use = match &sight.settings.normalise {
        Normalise::Per(_, factor) => *factor,
        _ => Number::Int(1),
    };
    let mut text = state.factor.clone().unwrap_or_else(|| in_use.to_string());
    let field = ui
        .horizontal(|ui| {
            ui.label("Times");
            parts::field_ui(ui, &mut text, "Times", "1", 70.0)
        })
        .inner
        .on_hover_text("What the quotient is multiplied by: 60 for an hour, when the stat counts minutes");
    if field.changed() {
        state.factor = Some(text);
    }
    let Some(typed) = &state.factor else { return };
    match typed.parse::<Number>() {
        Err(error) => parts::wrong_ui(ui, &sentence(&error.to_string())),
        Ok(Number::Int(0)) => parts::wrong_ui(ui, "Nothing is left of a number times 0. Type another factor"),
        Ok(factor) if field.lost_focus() => {
            if let Normalise::Per(of, _) = &sight.settings.normalise {
                let per = Normalise::Per(of.clone(), factor);
                sight.change(actions, |view| view.normalise = per);
                state.factor = None;
            }
        }
        Ok(_) => {}
    }
}

/// The same words with a capital in front.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// By what numbers are multiplied to be those of an hour, when a column counts time.
fn in_an_hour(look: &FieldLook) -> Option<Number> {
    let name = look.field.name().to_lowercase();
    let unit = match look.format.format() {
        Some(ValueFormat::Duration(unit)) => unit,
        _ if name.contains("minutesplayed") || name.contains("minutes played") => TimeUnit::Minutes,
        _ if name.contains("hoursplayed") || name.contains("hours played") => TimeUnit::Hours,
        _ if name.contains("secondsplayed") || name.contains("seconds played") => TimeUnit::Seconds,
        _ => return None,
    };
    // The length of a lap is a time too, but nobody counts per hour of best laps.
    name.contains("play").then_some(match unit {
        TimeUnit::Milliseconds => Number::Int(3_600_000),
        TimeUnit::Seconds => Number::Int(3_600),
        TimeUnit::Minutes => Number::Int(60),
        TimeUnit::Hours => Number::Int(1),
        TimeUnit::Days => Number::Real(1.0 / 24.0),
    })
}
