//! The popups of two chips: what the others are held against, and what stands beside each number.

use egui::Ui;

use super::{CompareAction, words};
use crate::{
    analysis::View,
    model::{Beside, Cohort, Compare, Query, Reference},
    ui::{explore, widgets::muted_label},
};

const BESIDE: [(Beside, &str, &str); 5] = [
    (Beside::Difference, "Difference", "How far each number is from the reference, with its sign"),
    (Beside::ZScore, "Z-score", "How many standard deviations above the mean of the players shown"),
    (Beside::Percentile, "Percentile", "How many in a hundred of the players shown are below"),
    (Beside::Ratio, "Ratio", "How many times the reference"),
    (Beside::Nothing, "Nothing", "The values alone"),
];

/// What stands beside each number.
pub(super) fn beside_ui(ui: &mut Ui, compare: &Compare, actions: &mut Vec<CompareAction>) {
    for (beside, label, hint) in BESIDE {
        let choice = ui.radio(compare.beside == beside, label).on_hover_text(hint);
        if choice.clicked() && compare.beside != beside {
            actions.push(CompareAction::set(Compare { beside, ..compare.clone() }));
        }
    }
}

/// What the others are held against.
pub(super) fn reference_ui(
    ui: &mut Ui,
    query: &Query,
    view: Option<&View>,
    actions: &mut Vec<CompareAction>,
) {
    let compare = &query.compare;
    let mut choice = |ui: &mut Ui, label: &str, hint: &str, reference: Option<&Reference>| {
        let is_chosen = compare.reference.as_ref() == reference;
        let response = ui.radio(is_chosen, label);
        let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
        if response.clicked() && !is_chosen {
            let reference = reference.cloned();
            actions.push(CompareAction::set(Compare { reference, ..compare.clone() }));
        }
    };
    let name = |who: &Reference| match view {
        Some(view) => words::name(view, who),
        None => explore::reference(who),
    };
    let of_view = format!("As in Explore: {}", name(&query.view.reference));
    choice(ui, &of_view, "What all numbers are held against, in grid and inspector too", None);
    if !compare.contestants.is_empty() {
        muted_label(ui, "One of those compared");
    }
    for contestant in &compare.contestants {
        choice(ui, &name(&contestant.who), "", Some(&contestant.who));
    }
    muted_label(ui, "Or what stands for many");
    for who in stand_ins(query).filter(|who| compare.contestants.iter().all(|other| other.who != *who)) {
        choice(ui, &name(&who), "", Some(&who));
    }
}

/// What can stand for many: of all players, then of each group.
pub(super) fn stand_ins(query: &Query) -> impl Iterator<Item = Reference> {
    let percentiles = [10, 25, 75, 90].map(|percent| Reference::Percentile(percent, Cohort::All));
    let of_all = [Reference::Median(Cohort::All), Reference::Mean(Cohort::All)];
    let of_groups = query.groups.iter().flat_map(|group| {
        let cohort = || Cohort::Group(group.name.clone());
        [Reference::Median(cohort()), Reference::Mean(cohort())]
    });
    of_all.into_iter().chain(of_groups).chain(percentiles)
}
