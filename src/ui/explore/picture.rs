//! The grid as a picture: all that it takes along to be drawn elsewhere.

use std::{collections::HashMap, sync::Arc};

use egui::{Ui, vec2};

use super::{Explore, state::groups_of};
use crate::{
    analysis::{Stop, View, display::count},
    model::Group,
    ui::{
        picture::Picture,
        widgets::grid::{GridInput, Looks, Mark, Still, still_ui},
    },
};

/// The grid takes what it needs: this is only where the first frame begins.
const ROOM: egui::Vec2 = vec2(1_200.0, 900.0);

/// All that the grid shows, as it was when the picture was asked for.
struct Shown {
    view: View,
    looks: Arc<Looks>,
    groups: Vec<Group>,
    marks: HashMap<(u32, usize), Mark>,
    still: Still,
}

impl Explore {
    /// The grid as it is shown, with nothing selected; `None` where there is none. `title` stands
    /// above it, `groups` are those of the query.
    pub(crate) fn grid_picture(&self, title: &str, groups: &[Group]) -> Option<Picture> {
        let shown = self.views.shown()?;
        let (view, looks) = (shown.view.clone(), shown.looks.clone());
        let players = Still::players(&view);
        let note = players_shown(&view, players.len());
        let columns = view.columns().len();
        let cells = players.iter().flat_map(|row| (0..columns).map(move |column| (*row, column)));
        let marks = cells.filter_map(|(row, column)| {
            let mark = self.marks.of(&view, row, column)?;
            Some(((row, column), Mark { flash: 0.0, ..mark }))
        });
        let marks = marks.collect();
        let groups = groups_of(&view, groups).to_vec();
        let shown = Arc::new(Shown { view, looks, groups, marks, still: self.grid.still() });
        let picture = Picture::new(title, ROOM, move || draws(shown.clone())).with_note(note);
        Some(match self.shown_as() {
            Some(words) => picture.with_note(format!("shown as {words}")),
            None => picture,
        })
    }
}

fn draws(shown: Arc<Shown>) -> impl FnMut(&mut Ui) {
    // Nobody can stop it: what sums up the columns is there in any case then.
    let _ = shown.view.prepare(0..shown.view.columns().len(), &Stop::default());
    let mut state = shown.still.state();
    move |ui| {
        let mark = |row: u32, column: usize| shown.marks.get(&(row, column)).copied();
        let input = GridInput {
            view: &shown.view,
            version: 0,
            looks: &shown.looks,
            groups: &shown.groups,
            hovered: None,
            hits: None,
            hit: None,
            mark: &mark,
            explain: &|_, _| String::new(),
            widening: None,
        };
        still_ui(ui, shown.still, &mut state, &input);
    }
}

/// How many players the picture shows, of how many.
fn players_shown(view: &View, shown: usize) -> String {
    let (left, all) = (view.order().len(), view.table().rows().len());
    let is_filtered = left < all;
    let filtered = if is_filtered { ", filtered" } else { "" };
    match shown {
        1 if all == 1 => "1 player".to_owned(),
        _ if shown == all => format!("{} players", count(all)),
        _ if shown == left => format!("{} of {} players{filtered}", count(shown), count(all)),
        _ => format!("first {} of {} players{filtered}", count(shown), count(left)),
    }
}

#[cfg(test)]
mod tests;
