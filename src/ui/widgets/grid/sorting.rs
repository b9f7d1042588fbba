//! What clicks on headings and headers of groups make of the settings.

use crate::{
    analysis::View,
    model::{Field, Sort, SortBy, ViewSettings},
};

/// The place among the sort keys of what orders by this, and whether the greatest come first.
pub(crate) fn sort_place(settings: &ViewSettings, field: Option<&Field>) -> Option<(usize, bool)> {
    let is_by = |sort: &Sort| match (&sort.by, field) {
        (SortBy::Player, None) => true,
        (SortBy::Column(by) | SortBy::Absolute(by) | SortBy::Change(by), Some(field)) => by == field,
        _ => false,
    };
    let place = settings.sort.iter().position(is_by)?;
    Some((place, settings.sort[place].descending))
}

/// The settings after a click on a heading: greatest first, then least first, then as before; names
/// the other way round. `adds` leaves the other keys in place.
pub(crate) fn next_sort(settings: &ViewSettings, field: Option<&Field>, adds: bool) -> Box<ViewSettings> {
    let mut next = Box::new(settings.clone());
    let first = field.is_some();
    let by = field.map_or(SortBy::Player, |field| SortBy::Column(field.clone()));
    let known = sort_place(settings, field);
    // A click without Shift on one of several keys makes it the only one.
    let known = known.filter(|_| adds || settings.sort.len() == 1);
    match known {
        None if adds => next.sort.push(Sort { by, descending: first }),
        None => next.sort = vec![Sort { by, descending: first }],
        Some((place, descending)) if descending == first => next.sort[place].descending = !first,
        Some((place, _)) => drop(next.sort.remove(place)),
    }
    next
}

/// The settings with the rows under a header hidden, or shown again.
pub(super) fn folded(view: &View, group: usize) -> Option<Box<ViewSettings>> {
    let header = view.groups().get(group)?;
    let mut next = Box::new(ViewSettings::clone(&view.input().settings));
    let grouping = next.grouping.as_mut()?;
    match &header.label {
        None => grouping.rest_collapsed = !header.collapsed,
        Some(label) if header.collapsed => grouping.collapsed.retain(|other| other != label),
        Some(label) => grouping.collapsed.push(label.clone()),
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_go_round_and_shift_adds() {
        let (kills, deaths) = (Field::derived("Kills"), Field::derived("Deaths"));
        let keys = |settings: &ViewSettings| {
            let name = |sort: &Sort| match &sort.by {
                SortBy::Column(field) => {
                    format!("{}{}", field.name(), if sort.descending { "↓" } else { "↑" })
                }
                _ => "Player".to_owned(),
            };
            settings.sort.iter().map(name).collect::<Vec<_>>()
        };
        let mut settings = Box::new(ViewSettings::default());
        for expected in [vec!["Kills↓"], vec!["Kills↑"], vec![], vec!["Kills↓"]] {
            settings = next_sort(&settings, Some(&kills), false);
            assert_eq!(keys(&settings), expected);
        }
        for expected in [vec!["Kills↓", "Deaths↓"], vec!["Kills↓", "Deaths↑"], vec!["Kills↓"]] {
            settings = next_sort(&settings, Some(&deaths), true);
            assert_eq!(keys(&settings), expected);
        }
        settings = next_sort(&next_sort(&settings, Some(&deaths), true), Some(&deaths), false);
        assert_eq!(keys(&settings), ["Deaths↓"]);
    }
}
