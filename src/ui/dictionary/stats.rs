//! The stats that can be described: those of the query first, then all that are known otherwise.

use std::collections::BTreeSet;

use egui::{TextEdit, Ui};

use crate::{
    analysis::view,
    model::{Catalogue, ColumnKey, Query, Scid, StatDictionary},
    ui::widgets,
};

/// More would not be read to the end: a search finds the rest.
const MOST: usize = 200;

/// A stat that can be described.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) key: ColumnKey,
    /// Its names, the one for people first.
    names: String,
    title: String,
}

/// All of them.
pub(super) fn known(query: &Query, catalogue: &Catalogue, dictionary: &StatDictionary) -> Vec<Known> {
    let asked = query.columns();
    let listed = catalogue.titles().iter().flat_map(|title| {
        title.stats.iter().map(|stat| ColumnKey { scid: title.scid.clone(), stat: stat.clone() })
    });
    let described = dictionary.titles.iter().flat_map(|(scid, title)| {
        title.stats.keys().map(|stat| ColumnKey { scid: scid.clone(), stat: stat.clone() })
    });
    let mut seen = BTreeSet::new();
    asked
        .into_iter()
        .chain(listed)
        .chain(described)
        .filter(|key| seen.insert(key.clone()))
        .map(|key| {
            let name = dictionary.traits(&key, None).name;
            let raw = key.stat.as_str();
            let names = if name == raw { name } else { format!("{name}  {raw}") };
            Known { title: title_name(&key.scid, query, catalogue, dictionary), names, key }
        })
        .collect()
}

/// What a title is called.
pub(super) fn title_name(
    scid: &Scid,
    query: &Query,
    catalogue: &Catalogue,
    dictionary: &StatDictionary,
) -> String {
    let names = [
        query.title(scid).map(|title| title.name.as_str()),
        catalogue.title(scid).map(|title| title.name.as_str()),
        dictionary.title(scid).and_then(|title| title.name.as_deref()),
    ];
    let found = names.into_iter().flatten().find(|name| !name.trim().is_empty());
    found.map_or_else(|| scid.short(), ToOwned::to_owned)
}

/// A list to choose a stat from. Returns the one that was chosen. With `takes_keyboard` the search has
/// the keyboard from now on.
pub(super) fn stats_ui(
    ui: &mut Ui,
    search: &mut String,
    takes_keyboard: bool,
    known: &[Known],
) -> Option<ColumnKey> {
    let field = ui.add(TextEdit::singleline(search).hint_text("Find a stat").desired_width(f32::INFINITY));
    if takes_keyboard {
        field.request_focus();
    }
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Find a stat"));
    let found: Vec<usize> = if search.trim().is_empty() {
        (0..known.len()).collect()
    } else {
        view::named(search, known.iter().map(|stat| stat.names.as_str()))
    };
    if known.is_empty() {
        widgets::muted_label(ui, "No stat is known yet. Add a title, or fetch some values.");
    } else if found.is_empty() {
        widgets::muted_label(ui, "No stat has such a name.");
    }
    let mut chosen = None;
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        chosen = found.first().map(|place| known[*place].key.clone());
    }
    for place in found.iter().take(MOST) {
        let stat = &known[*place];
        let line = ui.selectable_label(false, format!("{}  ·  {}", stat.names, stat.title));
        if line.on_hover_text("See what is said of this stat").clicked() {
            chosen = Some(stat.key.clone());
        }
    }
    if found.len() > MOST {
        widgets::muted_label(ui, "More have such names: type more of it.");
    }
    chosen
}
