//! Who is drawn in which colour and shape.

use std::sync::Arc;

use egui::Color32;

use super::Scene;
use crate::{
    analysis::chart::NO_GROUP,
    model::{Cell, ColourBy, GroupMark, MarkerShape},
    ui::theme::{self, Series},
};

/// Numbers are told by so many shades; texts by so many colours, the commonest first.
const SHADES: usize = 5;
const MOST_TEXTS: usize = 8;

/// The series of a chart, and which of them each row is of.
#[derive(Clone, Debug, Default)]
pub(crate) struct SeriesSet {
    pub(crate) entries: Arc<[Entry]>,
    /// For each row of the scene the place of its series.
    pub(crate) of: Arc<[u32]>,
}

/// A series.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    tint: Tint,
}

/// How a series is told from the others.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Tint {
    Mark(GroupMark),
    /// From 0 for the least numbers to 1 for the greatest.
    Shade(f32),
    /// Those of no group.
    Plain,
}

impl Entry {
    /// The series at a place where there are no groups: a stat, a player.
    pub(crate) fn of_place(name: String, place: usize) -> Self {
        Self { name, tint: Tint::Mark(GroupMark::of_place(place)) }
    }

    pub(crate) fn look(&self, light: bool) -> Series {
        let colors = theme::palette_of(!light);
        match self.tint {
            Tint::Mark(mark) => theme::mark_series(mark, light),
            Tint::Plain => Series { color: colors.muted, marker: MarkerShape::Circle },
            Tint::Shade(share) => Series { color: theme::shade(share, light), marker: MarkerShape::Circle },
        }
    }

    pub(crate) fn color(&self, light: bool) -> Color32 {
        self.look(light).color
    }
}

impl SeriesSet {
    /// What colours tell of a scene. `column` is the one that [`ColourBy::Field`] names.
    pub(crate) fn of(scene: &Scene, colour: &ColourBy, column: Option<usize>) -> Self {
        match (colour, column) {
            (ColourBy::Field(_), Some(column)) if scene.holds_texts(column) => Self::of_texts(scene, column),
            (ColourBy::Field(_), Some(column)) => Self::of_numbers(scene, column),
            (ColourBy::Group, _) if !scene.groups.is_empty() => Self::of_groups(scene),
            _ => Self::single(scene),
        }
    }

    /// All in one.
    fn single(scene: &Scene) -> Self {
        let entries = [Entry::of_place("All players".into(), 0)];
        Self { entries: entries.into(), of: scene.rows().iter().map(|_| 0).collect() }
    }

    /// Everybody in their first group; at the end those that are in none, where there are such.
    fn of_groups(scene: &Scene) -> Self {
        let groups = scene.groups.iter().enumerate();
        let mut entries: Vec<Entry> = groups
            .map(|(place, group)| Entry { name: group.name.clone(), tint: Tint::Mark(group.mark(place)) })
            .collect();
        let rest = entries.len() as u32;
        let of: Arc<[u32]> = scene
            .rows()
            .iter()
            .map(|row| scene.looks.group_of(*row).map_or(rest, |group| (group as u32).min(rest)))
            .collect();
        if of.contains(&rest) {
            entries.push(Entry { name: "No group".into(), tint: Tint::Plain });
        }
        Self { entries: entries.into(), of }
    }

    /// Numbers in five parts with as many players each, as far as equal numbers can be parted.
    fn of_numbers(scene: &Scene, column: usize) -> Self {
        let numbers = scene.numbers(column);
        let of_all = scene.numbers_of_all(column);
        let all = of_all.as_deref().unwrap_or(&numbers);
        let mut sorted: Vec<f64> = all.iter().copied().filter(|number| number.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut least: Vec<f64> =
            (0..SHADES).filter_map(|part| sorted.get(part * sorted.len() / SHADES)).copied().collect();
        least.dedup();
        let write =
            |number: f64| scene.look(column).map_or_else(|| number.to_string(), |look| look.number(number));
        let count = least.len();
        let mut entries: Vec<Entry> = (0..count)
            .map(|part| Entry {
                name: match least.get(part + 1) {
                    Some(next) => format!("{} to {}", write(least[part]), write(*next)),
                    None => format!("{} and more", write(least[part])),
                },
                tint: Tint::Shade(part as f32 / (count - 1).max(1) as f32),
            })
            .collect();
        let of: Arc<[u32]> = numbers
            .iter()
            .map(|number| match least.partition_point(|least| least <= number) {
                _ if number.is_nan() => count as u32,
                0 => 0,
                part => part as u32 - 1,
            })
            .collect();
        if of.contains(&(count as u32)) {
            entries.push(Entry { name: format!("No {}", scene.name(column)), tint: Tint::Plain });
        }
        Self { entries: entries.into(), of }
    }

    /// The commonest texts.
    fn of_texts(scene: &Scene, column: usize) -> Self {
        let text = |row: u32| match scene.view.cell(row, column) {
            crate::analysis::view::Shown::Cell(Cell::Value(value)) => Some(value.text),
            _ => None,
        };
        let mut counts: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        for text in scene.rows_of_all().iter().filter_map(|row| text(*row)) {
            *counts.entry(text).or_default() += 1;
        }
        let mut texts: Vec<(&str, usize)> = counts.into_iter().collect();
        texts.sort_unstable_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
        texts.truncate(MOST_TEXTS);
        let rest = texts.len() as u32;
        let places: std::collections::HashMap<&str, u32> =
            texts.iter().enumerate().map(|(place, (text, _))| (*text, place as u32)).collect();
        let of: Arc<[u32]> = scene
            .rows()
            .iter()
            .map(|row| text(*row).and_then(|text| places.get(text).copied()).unwrap_or(rest))
            .collect();
        let named = texts.iter().enumerate();
        let mut entries: Vec<Entry> =
            named.map(|(place, (text, _))| Entry::of_place((*text).to_owned(), place)).collect();
        if of.contains(&rest) {
            entries.push(Entry { name: "Other or none".into(), tint: Tint::Plain });
        }
        Self { entries: entries.into(), of }
    }

    /// The place of those of no group, where there are such.
    pub(crate) fn rest(&self) -> Option<u32> {
        let rest = self.entries.iter().position(|entry| entry.tint == Tint::Plain);
        rest.map(|place| place as u32)
    }

    /// For each row of the scene the place of its series, `NO_GROUP` for those that are hidden.
    pub(crate) fn shown(&self, is_hidden: impl Fn(&str) -> bool) -> Vec<u32> {
        let hidden: Vec<bool> = self.entries.iter().map(|entry| is_hidden(&entry.name)).collect();
        let shown = |of: &u32| if hidden.get(*of as usize) == Some(&true) { NO_GROUP } else { *of };
        self.of.iter().map(shown).collect()
    }
}
