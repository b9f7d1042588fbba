//! What is chosen of a stat, not typed: its format, its direction, yes and no.

use egui::{DragValue, Popup, PopupCloseBehavior, Ui};

use crate::{
    model::{Better, DateForm, PercentageOf, TimeUnit, ValueFormat},
    ui::widgets,
};

/// The kinds of formats, with what each is called and an example.
const KINDS: [(ValueFormat, &str, &str); 7] = [
    (ValueFormat::Integer, "Whole number", "12,480"),
    (ValueFormat::Decimals(2), "Decimals", "1,234.50"),
    (ValueFormat::Percentage { of: PercentageOf::Hundred, decimals: 1 }, "Percentage", "45 is 45.0 %"),
    (ValueFormat::Percentage { of: PercentageOf::One, decimals: 1 }, "Share", "0.45 is 45.0 %"),
    (ValueFormat::Duration(TimeUnit::Seconds), "Duration", "12 h 05 m"),
    (ValueFormat::Date(DateForm::Text), "Date", "2026-03-14 09:26"),
    (ValueFormat::Text, "Text", "As sent, digits too"),
];

/// What the team says of a trait from now on; `None` where it says nothing.
pub(super) struct Said<T>(pub(super) Option<T>);

const UNITS: [TimeUnit; 5] =
    [TimeUnit::Milliseconds, TimeUnit::Seconds, TimeUnit::Minutes, TimeUnit::Hours, TimeUnit::Days];

/// The chip that opens a list of choices. Returns the place of the one that was made.
fn choose_ui(ui: &mut Ui, label: &str, value: &str, choices: &[(String, String, bool)]) -> Option<usize> {
    let chip = widgets::chip_button(ui, label, value);
    let mut made = None;
    Popup::menu(&chip).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(200.0);
        for (place, (name, hint, is_chosen)) in choices.iter().enumerate() {
            let response = ui.radio(*is_chosen, name);
            let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
            if response.clicked() {
                made = Some(place);
                ui.close();
            }
        }
    });
    made
}

/// What a format is called.
fn format_name(format: ValueFormat) -> &'static str {
    let same = |kind: &ValueFormat| match (kind, format) {
        (ValueFormat::Percentage { of: left, .. }, ValueFormat::Percentage { of: right, .. }) => {
            *left == right
        }
        (kind, format) => std::mem::discriminant(kind) == std::mem::discriminant(&format),
    };
    KINDS.iter().find(|(kind, ..)| same(kind)).map_or("Text", |(_, name, _)| name)
}

/// The format that the team says; `otherwise` holds when it says none. Returns what to say instead.
pub(super) fn format_ui(
    ui: &mut Ui,
    said: Option<ValueFormat>,
    otherwise: Option<ValueFormat>,
) -> Option<Said<ValueFormat>> {
    let unsaid = match otherwise {
        Some(format) => format!("Not said ({})", format_name(format).to_lowercase()),
        None => "Not said (as each value needs)".to_owned(),
    };
    let name = said.map_or_else(|| unsaid.clone(), |format| format_name(format).to_owned());
    let mut choices =
        vec![(unsaid, "What the service says, or else the type of the values".to_owned(), said.is_none())];
    choices.extend(KINDS.iter().map(|(_, kind, example)| {
        ((*kind).to_owned(), (*example).to_owned(), said.is_some() && name == *kind)
    }));
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        if let Some(place) = choose_ui(ui, "Format", &name, &choices) {
            changed = Some(Said(place.checked_sub(1).map(|kind| KINDS[kind].0)));
        }
        if let Some(format) = said.and_then(|format| parameter_ui(ui, format)) {
            changed = Some(Said(Some(format)));
        }
    });
    changed
}

/// What a format leaves open. Returns the format with it changed.
fn parameter_ui(ui: &mut Ui, format: ValueFormat) -> Option<ValueFormat> {
    match format {
        ValueFormat::Decimals(decimals) => decimals_ui(ui, decimals).map(ValueFormat::Decimals),
        ValueFormat::Percentage { of, decimals } => {
            decimals_ui(ui, decimals).map(|decimals| ValueFormat::Percentage { of, decimals })
        }
        ValueFormat::Duration(unit) => {
            let choices = UNITS.map(|other| (other.name().to_owned(), String::new(), other == unit));
            let made = choose_ui(ui, "The value counts", unit.name(), &choices)?;
            Some(ValueFormat::Duration(UNITS[made]))
        }
        ValueFormat::Date(form) => {
            let forms = [DateForm::Text, DateForm::Seconds, DateForm::Milliseconds];
            let name = |form: DateForm| match form {
                DateForm::Text => "a date as text",
                DateForm::Seconds => "seconds since 1970",
                DateForm::Milliseconds => "milliseconds since 1970",
            };
            let choices = forms.map(|other| (name(other).to_owned(), String::new(), other == form));
            let made = choose_ui(ui, "The value is", name(form), &choices)?;
            Some(ValueFormat::Date(forms[made]))
        }
        ValueFormat::Integer | ValueFormat::Text => None,
    }
}

fn decimals_ui(ui: &mut Ui, decimals: u8) -> Option<u8> {
    let mut changed = decimals;
    let field = ui.add(DragValue::new(&mut changed).range(0..=15).suffix(" decimals"));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Decimals"));
    let changed_now = field.on_hover_text("How many digits stand behind the point").changed();
    (changed_now && changed != decimals).then_some(changed)
}

/// The direction that the team says. Returns what to say instead.
pub(super) fn better_ui(
    ui: &mut Ui,
    said: Option<Better>,
    otherwise: Option<Better>,
) -> Option<Said<Better>> {
    let name = |better| match better {
        Better::Higher => "Higher is better",
        Better::Lower => "Lower is better",
        Better::Neither => "Neither is better",
    };
    let unsaid = match otherwise {
        Some(better) => format!("Not said ({})", name(better).to_lowercase()),
        None => "Not said".to_owned(),
    };
    let all = [Better::Higher, Better::Lower, Better::Neither];
    let mut choices = vec![(unsaid.clone(), String::new(), said.is_none())];
    choices.extend(all.map(|better| (name(better).to_owned(), String::new(), said == Some(better))));
    let shown = said.map_or(unsaid.as_str(), name);
    let made = choose_ui(ui, "Direction", shown, &choices)?;
    Some(Said(made.checked_sub(1).map(|place| all[place])))
}

/// Something that the team affirms, denies or leaves open. Returns what to say instead.
pub(super) fn yes_no_ui(
    ui: &mut Ui,
    label: &str,
    said: Option<bool>,
    otherwise: Option<bool>,
) -> Option<Said<bool>> {
    let name = |yes| if yes { "Yes" } else { "No" };
    let unsaid = format!("Not said ({})", name(otherwise.unwrap_or_default()).to_lowercase());
    let choices = [
        (unsaid.clone(), String::new(), said.is_none()),
        ("Yes".to_owned(), String::new(), said == Some(true)),
        ("No".to_owned(), String::new(), said == Some(false)),
    ];
    let made = choose_ui(ui, label, said.map_or(unsaid.as_str(), name), &choices)?;
    Some(Said(made.checked_sub(1).map(|place| place == 0)))
}
